"""Addresses under /accounts/ at which we do otherwise than allauth; they come first."""

from allauth.account.decorators import reauthentication_required
from allauth.account.views import password_set
from django.contrib.auth.decorators import login_required
from django.urls import path

from accounts import sign_in

set_password = login_required(reauthentication_required(password_set))

urlpatterns = [
    path("login/", sign_in.SignIn.as_view()),
    path("login/code/", sign_in.one_door),
    path("login/code/confirm/", sign_in.ConfirmCode.as_view()),
    path("signup/", sign_in.one_door),
    path("join/", sign_in.join, name="account_join"),
    path("password/set/", set_password),
]
