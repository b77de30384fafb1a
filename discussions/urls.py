"""Addresses of threads and comments."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from discussions import views


class RowNumber(IntConverter):
    """A number small enough for the database."""

    regex = "[1-9][0-9]{0,17}"


register_converter(RowNumber, "row")

app_name = "discussions"
urlpatterns = [
    path("guides/<slug:slug>/discussion/", views.discussion, name="list"),
    path("guides/<slug:slug>/discussion/new/", views.thread_new, name="thread-new"),
    path(
        "guides/<slug:slug>/discussion/<row:thread>/",
        views.thread_detail,
        name="thread",
    ),
    path(
        "guides/<slug:slug>/discussion/<row:thread>/reply/",
        views.reply,
        name="reply",
    ),
    path("comments/<row:pk>/", views.comment_detail, name="comment"),
]
