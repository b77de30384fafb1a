"""Addresses of people and of their accounts; allauth has the rest of /accounts/."""

from django.urls import path  # noqa: F401

urlpatterns = []
