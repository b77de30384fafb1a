"""Pages about guides."""

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import QuerySet, Value
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch
from django.utils.cache import patch_cache_control
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe

from accounts.prepared import Prepared
from guides import image_names
from guides.addresses import guide_at
from guides.diff import compare, fold
from guides.filters import Filters
from guides.markdown import write_out
from guides.models import Citation, Edition, Guide, Topic, WhyBlock
from guides.reads import count_read
from guides.resting import bases_of, changes_in, register_of
from landscape.models import Jurisdiction, Organisation
from landscape.paging import KeyPaginator, page_of

GUIDES_A_PAGE = 20
EDITIONS_A_PAGE = 50
BLOCKS_A_PAGE = 50
OF_NO_BODY = "none"  # in an address; no body has this slug


class Cards(Paginator):
    """Guides on pages, the newest first. They are counted without what a card shows."""

    def __init__(self, guides: QuerySet) -> None:
        cards = guides.newest_first().for_cards().prefetch_related("topics")
        super().__init__(cards, GUIDES_A_PAGE)
        self.guides = guides

    @cached_property
    def count(self) -> int:
        """How many there are."""
        return self.guides.order_by().count()


@require_safe
def guide_list(request: HttpRequest) -> HttpResponse:
    """Every live guide, newest first, with filters."""
    filters = Filters(request.GET)
    live = Guide.objects.live()
    page = page_of(Cards(filters.apply(live)), request)
    context = {"page": page, "filters": filters, "facets": filters.facets(live)}
    return render(request, "guides/guide_list.html", context)


@require_safe
def topic_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The guides on one topic."""
    topic = get_object_or_404(Topic.objects.select_related("merged_into"), slug=slug)
    if topic.merged_into:
        return redirect(topic.merged_into, permanent=True)
    page = page_of(Cards(topic.guides.live()), request)
    return render(request, "guides/topic_detail.html", {"topic": topic, "page": page})


@require_safe
def guide_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The guide, as its live edition has it."""
    guide, elsewhere = guide_at(request, slug, "guides:detail")
    if elsewhere:
        return elsewhere
    if guide.live_edition is None:
        draft = guide.editions.visible_to(request.user).first()
        return redirect(draft or "guides:list")
    count_read(request, guide)
    return _edition_page(request, guide, guide.live_edition)


@require_safe
def guide_markdown(request: HttpRequest, slug: str) -> HttpResponse:
    """The guide as Markdown, to take along."""
    guide, elsewhere = guide_at(request, slug, "guides:markdown")
    if elsewhere:
        return elsewhere
    if guide.live_edition is None:
        raise Http404
    edition = guide.live_edition
    citations = list(_citations_of(edition.pk))
    body = image_names.with_host(edition.body, settings.SITE_URL)
    body = write_out(body, register_of(citations), settings.SITE_URL)
    context = {"guide": guide, "edition": edition, "body": body}
    context |= {"bases": bases_of(citations), "changes": changes_in(citations)}
    kind = "text/markdown; charset=utf-8"
    return render(request, "guides/guide.md", context, content_type=kind)


@require_safe
def guide_history(request: HttpRequest, slug: str) -> HttpResponse:
    """Every published edition, with what changed and why."""
    guide, elsewhere = guide_at(request, slug, "guides:history")
    if elsewhere:
        return elsewhere
    editions = guide.editions.published().visible_to(request.user)
    rows = editions.with_previous_numbers().for_history()
    page = page_of(Paginator(rows, EDITIONS_A_PAGE), request)
    if not page.paginator.count:
        raise Http404
    context = {"guide": guide, "edition": guide.live_edition, "page": page}
    return render(request, "guides/guide_history.html", context)


@require_safe
def edition_detail(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One edition: an old one, the live one, or a draft for those who may."""
    guide, elsewhere = guide_at(request, slug, "guides:edition", number)
    if elsewhere:
        return elsewhere
    editions = guide.editions.visible_to(request.user).select_related("created_by")
    edition = get_object_or_404(editions, number=number)
    return _edition_page(request, guide, edition)


@require_safe
def edition_compare(
    request: HttpRequest, slug: str, old: int, new: int
) -> HttpResponse:
    """What changed between two editions, word by word."""
    guide, elsewhere = guide_at(request, slug, "guides:compare", old, new)
    if elsewhere:
        return elsewhere
    editions = guide.editions.visible_to(request.user)
    context = {
        "guide": guide,
        "old": get_object_or_404(editions, number=old),
        "new": get_object_or_404(editions, number=new),
    }
    context["changes"] = fold(compare(context["old"].body, context["new"].body))
    response = render(request, "guides/edition_compare.html", context)
    return _private_unless(
        context["old"].is_public and context["new"].is_public, response
    )


@require_safe
def compare_choice(request: HttpRequest, slug: str) -> HttpResponse:
    """Leads from the two editions chosen in the history to their comparison."""
    try:
        old, new = (int(request.GET[name]) for name in ("old", "new"))
        return redirect("guides:compare", slug, *sorted((old, new)))
    except (KeyError, ValueError, NoReverseMatch):
        return redirect("guides:history", slug)


@require_safe
def why_list(request: HttpRequest) -> HttpResponse:
    """Every “Why is it like this?” block of live guides, by body."""
    found = WhyBlock.objects.live()
    bodies = list(found.bodies())
    body = None
    if chosen := request.GET.get("body", ""):
        body = _body_in(bodies, chosen)
        found = found.of_body(body)
    page = page_of(KeyPaginator(found.for_list(body), BLOCKS_A_PAGE), request)
    context = {"page": page, "bodies": bodies, "chosen": chosen}
    context |= {"of_no_body": OF_NO_BODY}
    return render(request, "guides/why_list.html", context)


def _body_in(bodies: list[Organisation], slug: str) -> Organisation | None:
    if slug == OF_NO_BODY:
        return None
    if body := next((body for body in bodies if body.slug == slug), None):
        return body
    raise Http404(f"Nothing here is about a body “{slug}”.")


def _labels(guide: int) -> QuerySet:
    """Order, title and slug of its topics, and its places, which no page links to,
    with an empty slug."""
    topics = Topic.objects.filter(guides=guide).values_list("order", "title", "slug")
    places = Jurisdiction.objects.filter(guides=guide)
    places = places.values_list(Value(0), "name", Value(""))
    return topics.union(places, all=True).order_by("order", "title")


_labels_of = Prepared(_labels, int)
_citations_of = Prepared(
    lambda edition: Citation.objects.filter(edition=edition).for_page(), int
)


def _edition_page(request: HttpRequest, guide: Guide, edition: Edition) -> HttpResponse:
    citations, labels = _citations_of(edition.pk), _labels_of(guide.pk)
    context = {
        "guide": guide,
        "edition": edition,
        "bases": bases_of(citations),
        "changes": changes_in(citations),
        "topics": [Topic(title=title, slug=slug) for _, title, slug in labels if slug],
        "places": [name for _, name, slug in labels if not slug],
        "is_live": edition.pk == guide.live_edition_id,
        "is_keeper": _is_keeper(request, guide),
    }
    response = render(request, "guides/guide_detail.html", context)
    return _private_unless(edition.is_public, response)


def _is_keeper(request: HttpRequest, guide: Guide) -> bool:
    """Whether the reader looks after the guide, and so has more to do on its page."""
    user = request.user
    return user.is_authenticated and (user.is_staff or user.pk == guide.owner_id)


def _private_unless(is_public: bool, response: HttpResponse) -> HttpResponse:
    if not is_public:
        patch_cache_control(response, private=True, no_store=True)
    return response
