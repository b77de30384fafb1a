"""Addresses of the registers."""

from django.urls import path

from landscape import views

app_name = "landscape"
urlpatterns = [
    path("policies/", views.policy_list, name="policies"),
    path("policies.json", views.policy_list_json, name="policies-json"),
    path("policies/<slug:slug>/", views.policy_detail, name="policy"),
    path("policies/<slug:slug>.json", views.policy_json, name="policy-json"),
    path("organisations/", views.organisation_list, name="organisations"),
    path("organisations.json", views.organisation_list_json, name="organisations-json"),
    path(
        "organisations/<slug:slug>/",
        views.organisation_detail,
        name="organisation",
    ),
    path(
        "organisations/<slug:slug>.json",
        views.organisation_json,
        name="organisation-json",
    ),
    path("glossary/", views.glossary, name="glossary"),
    path("glossary.json", views.glossary_json, name="glossary-json"),
    path("glossary/<slug:slug>/", views.term_detail, name="term"),
    path("glossary/<slug:slug>.json", views.term_json, name="term-json"),
]
