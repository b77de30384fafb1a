"""Addresses of each provider; those of one that is off answer 404."""

from django.urls import path

from accounts.providers import KNOWN, views

urlpatterns = []
for provider in KNOWN:
    given = {"provider_id": provider.id}
    login = f"{provider.id}/login/"
    urlpatterns += [
        path(login, views.login, given, name=f"{provider.id}_login"),
        path(
            f"{login}callback/", views.callback, given, name=f"{provider.id}_callback"
        ),
    ]
