"""Addresses of guides, pathways, topics and their feeds."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter, StringConverter
from django.views.decorators.http import require_safe

from guides import (
    desk_views,
    feeds,
    image_names,
    image_views,
    keeping_views,
    pathway_views,
    plan_views,
    views,
    workflow_views,
    writing_views,
)


class EditionNumber(IntConverter):
    """A number small enough for the database."""

    regex = "[1-9][0-9]{0,8}"


class ImageName(StringConverter):
    """The name of a picture of ours."""

    regex = image_names.NAME


class ImageWidth(IntConverter):
    """The width of one of its files, in pixels."""

    regex = "[1-9][0-9]{0,3}"


register_converter(EditionNumber, "edition")
register_converter(ImageName, "image")
register_converter(ImageWidth, "width")

app_name = "guides"
urlpatterns = [
    path("guides/", views.guide_list, name="list"),
    path("guides/new/", writing_views.guide_new, name="new"),
    path("guides/new/autosave/", writing_views.guide_autosave, name="new-autosave"),
    path("guides/new/preview/", writing_views.guide_preview, name="new-preview"),
    path("guides/new/cite/", writing_views.cite, name="cite"),
    path("guides/new/paste/", writing_views.paste, name="paste"),
    path("guides/<slug:slug>/edit/", writing_views.guide_edit, name="edit"),
    path("guides/<slug:slug>/autosave/", writing_views.guide_autosave, name="autosave"),
    path("guides/<slug:slug>/preview/", writing_views.guide_preview, name="preview"),
    path("guides/<slug:slug>/delete/", writing_views.draft_delete, name="draft-delete"),
    path("guides/<slug:slug>.md", views.guide_markdown, name="markdown"),
    path("guides/<slug:slug>/", views.guide_detail, name="detail"),
    path("guides/<slug:slug>/history/", views.guide_history, name="history"),
    path(
        "guides/<slug:slug>/editions/<edition:number>/",
        views.edition_detail,
        name="edition",
    ),
    path(
        "guides/<slug:slug>/compare/",
        views.compare_choice,
        name="compare-choice",
    ),
    path(
        "guides/<slug:slug>/compare/<edition:old>/<edition:new>/",
        views.edition_compare,
        name="compare",
    ),
    path(
        "guides/<slug:slug>/editions/<edition:number>/restore/",
        workflow_views.edition_restore,
        name="edition-restore",
    ),
    path("guides/<slug:slug>/submit/", workflow_views.guide_submit, name="submit"),
    path(
        "guides/<slug:slug>/take-back/",
        workflow_views.guide_take_back,
        name="take-back",
    ),
    path("guides/<slug:slug>/verify/", keeping_views.guide_verify, name="verify"),
    path("guides/<slug:slug>/withdraw/", keeping_views.guide_withdraw, name="withdraw"),
    path(
        "guides/<slug:slug>/hand-over/",
        keeping_views.guide_hand_over,
        name="hand-over",
    ),
    path("desk/", desk_views.desk, name="desk"),
    path("guides/<slug:slug>/images/", image_views.guide_images, name="images"),
    path(
        "guides/<slug:slug>/images/<image:name>/delete/",
        image_views.image_delete,
        name="image-delete",
    ),
    path("images/<image:name>", image_views.image_widest, name="image"),
    path(
        "images/<image:name>-<width:width>.webp",
        image_views.image_file,
        name="image-file",
    ),
    path("why/", views.why_list, name="why"),
    path("pathways/", pathway_views.pathway_list, name="pathways"),
    path("pathways/<slug:slug>/", pathway_views.pathway_detail, name="pathway"),
    path("pathways/<slug:slug>/plan/", plan_views.plan, name="plan"),
    path("pathways/<slug:slug>/plan/start/", plan_views.plan_start, name="plan-start"),
    path(
        "pathways/<slug:slug>/plan/delete/", plan_views.plan_delete, name="plan-delete"
    ),
    path("pathways/<slug:slug>/plan/plan.ics", plan_views.plan_file, name="plan-file"),
    path("topics/<slug:slug>/", views.topic_detail, name="topic"),
    path("feeds/guides/", require_safe(feeds.GuideFeed()), name="feed"),
    path(
        "feeds/topics/<slug:slug>/", require_safe(feeds.TopicFeed()), name="topic-feed"
    ),
]
