"""Addresses of people and of their accounts; allauth has the rest of /accounts/."""

from django.urls import path

from accounts import sessions, views

app_name = "accounts"
urlpatterns = [
    path("people/<slug:handle>/", views.person, name="person"),
    path("accounts/profile/", views.profile, name="profile"),
    path("accounts/profile/experience/", views.experience, name="experience-new"),
    path("accounts/profile/experience/<int:pk>/", views.experience, name="experience"),
    path(
        "accounts/profile/experience/<int:pk>/delete/",
        views.experience_delete,
        name="experience-delete",
    ),
    path("accounts/sessions/<int:pk>/end/", sessions.session_end, name="session-end"),
]
