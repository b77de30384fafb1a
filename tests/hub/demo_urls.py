"""The addresses of a site that runs as a demo."""

from django.urls import path

from hub import demo_providers, urls
from hub.demo_mail import demo_mail

handler404 = urls.handler404
urlpatterns = [
    path("demo/mail/", demo_mail),
    *demo_providers.urlpatterns,
    *urls.urlpatterns,
]
