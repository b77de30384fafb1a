"""Topics: their words and order, and two that become one."""

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from accounts.curating import CuratorAdmin, verb_action
from guides.models import Topic


class MergeTopicForm(forms.Form):
    """Which topic takes the guides."""

    into = forms.ModelChoiceField(
        Topic.objects.listed(),
        label="The topic that takes its guides",
        error_messages={"invalid_choice": "Choose a topic that is not merged itself."},
    )


def _where_merged_topics_are(done: list[Topic], by) -> str:
    return f"{reverse('admin:guides_topic_changelist')}?show=merged"


class Merged(admin.SimpleListFilter):
    """Topics that readers find, until those that were merged are asked for."""

    title = "what is shown"
    parameter_name = "show"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str]]:
        """The choices beside the list."""
        return [("merged", "Merged into another")]

    def choices(self, changelist):
        """Django's own "All" stands for the topics that readers find."""
        first, *others = super().choices(changelist)
        return [first | {"display": "In the lists"}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """The topics to show."""
        return queryset.filter(merged_into__isnull=self.value() != "merged")


@admin.register(Topic)
class TopicAdmin(CuratorAdmin):
    """The shelves, in the order the home page shows them."""

    list_display = ["title", "order", "page", "its_guides"]
    list_editable = ["order"]
    list_filter = [Merged]
    list_select_related = ["merged_into", "merged_by"]
    ordering = ["order", "title"]
    search_fields = ["title"]
    fields = ["title", "slug", "summary", "order"]
    actions = [
        verb_action(
            "Merge into another topic",
            Topic.merge,
            MergeTopicForm,
            explanation="Its guides move to the other topic. It leaves every list, "
            "and its address and its feed lead readers to the other one. To undo "
            "it, choose “Merged into another” beside the list, and there “Make it a "
            "topic of its own again”: the guides that it had go back.",
            way_back=_where_merged_topics_are,
        ),
        verb_action(
            "Make it a topic of its own again",
            Topic.separate,
            forms.Form,
            explanation="It returns to the lists with the guides that it had. Guides "
            "that were put on the other topic since stay there.",
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Without the keys of guides that moved, which no page shows."""
        topics = super().get_queryset(request).defer("moved_guides", "shared_guides")
        is_choice = request.resolver_match.url_name == "autocomplete"
        return topics.listed() if is_choice else topics

    def get_list_display(self, request: HttpRequest) -> list[str]:
        """Of a merged topic it matters where it went, and who decided that."""
        if request.GET.get("show") != "merged":
            return self.list_display
        return ["title", "order", "page", "merged_into", "merged_by", "merged_at"]

    def get_readonly_fields(self, request: HttpRequest, obj=None) -> list[str]:
        """Other sites link to a topic, so its address lasts."""
        return ["slug"] if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj=None) -> dict:
        """Only a new topic still needs an address."""
        return {} if obj else {"slug": ["title"]}

    @admin.display(description="page")
    def page(self, topic: Topic) -> str:
        """Where readers find it."""
        address = topic.get_absolute_url()
        return format_html('<a href="{}">{}</a>', address, address)

    @admin.display(description="guides")
    def its_guides(self, topic: Topic) -> str:
        """The way to its guides; to count them would take too long."""
        address = reverse("admin:guides_guide_changelist")
        words = '<a href="{}?topics__id__exact={}">Guides<span class="visually-hidden">'
        return format_html(words + " on {}</span></a>", address, topic.pk, topic.title)
