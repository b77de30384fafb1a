"""The site with a second list of comments, at /stock/: as Django's admin makes it."""

from django.contrib import admin
from django.urls import path

# First, as it gets the applications ready that the others need.
from hub import wsgi  # isort: skip

from discussions.models import Comment
from hub import urls


class StockComments(admin.ModelAdmin):
    """What the first page of Django's tutorial would do."""

    list_display = ["body", "author", "state", "created_at"]
    list_filter = ["state"]
    search_fields = ["body"]


stock = admin.AdminSite("stock")
stock.register(Comment, StockComments)
urls.urlpatterns.insert(0, path("stock/", stock.urls))
application = wsgi.application
