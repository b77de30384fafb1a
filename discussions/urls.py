"""Addresses of threads and comments."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from discussions import helped_views, notifications, report_views, views


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
    path("comments/<row:pk>/edit/", views.comment_edit, name="comment-edit"),
    path("comments/<row:pk>/delete/", views.comment_delete, name="comment-delete"),
    path(
        "comments/<row:pk>/report/", report_views.report_comment, name="report-comment"
    ),
    path("guides/<slug:slug>/helped/", helped_views.helped, name="helped"),
    path("guides/<slug:slug>/report/", report_views.report_guide, name="report-guide"),
    path(
        "guides/<slug:slug>/report/thanks/",
        report_views.report_thanks,
        name="report-thanks",
    ),
    path("accounts/notifications/", notifications.notifications, name="notifications"),
    path(
        "accounts/notifications/stop/<str:token>/",
        notifications.mail_stop,
        name="mail-stop",
    ),
]
