"""The reply form: where its words would stand, and what becomes of them."""

from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect

from accounts.connecting import connecting_page
from accounts.providers import enabled, signed_in_with
from discussions.door import network_of
from discussions.forms import CommentForm, ThreadForm
from discussions.limits import TooMany
from discussions.models import Comment, PendingReply, Thread
from discussions.threads import as_shown, discussion_of, place_of
from discussions.waiting import add, remember, take_away, waiting
from guides.markdown import render_comment
from guides.models import Guide, WhyBlock


@dataclass(frozen=True)
class Place:
    """Where words would stand: beside a guide or one of its “Why is it like this?”
    blocks, or in answer to a comment."""

    guide: Guide
    to: Comment | None = None
    about: WhyBlock | None = None

    @property
    def address(self) -> str:
        """Of the page that asks for the words."""
        if not self.to:
            new = reverse("discussions:thread-new", args=[self.guide.slug])
            return f"{new}?about={self.about.block}" if self.about else new
        thread = [self.guide.slug, self.to.thread_id]
        return f"{reverse('discussions:reply', args=thread)}?to={self.to.pk}"

    @property
    def form_id(self) -> str:
        """The form's name in its page, which may hold several."""
        return f"compose-{self.to.pk}" if self.to else "compose"

    def ask(self, *args, **given) -> CommentForm:
        """The form for words here: a new thread has a kind."""
        form_class = CommentForm if self.to else ThreadForm
        return form_class(*args, auto_id=f"{self.form_id}-%s", **given)

    @property
    def begun(self) -> dict[str, str]:
        """What the form begins with: about a block, that its reason no longer holds."""
        if not self.about:
            return {}
        kind = Thread.Kind.CORRECTION
        return {"kind": kind, "body": f"> {self.about.title}\n\n"}

    @property
    def why_closed(self) -> str:
        """Why nothing can be posted here; "" when it can."""
        if self.guide.visibility != Guide.Visibility.LIVE:
            return "This guide has been withdrawn, so its discussion is closed."
        if self.to and self.to.thread.state == Thread.State.CLOSED:
            return "This thread is closed: it takes no more replies."
        if self.to and self.to.state != Comment.State.PUBLISHED:
            return "The comment you answer is no longer shown."
        return ""

    def holds(self, pending: PendingReply) -> bool:
        """Whether these words were written for here."""
        here = (self.guide.pk, self.to.pk if self.to else None)
        return here == (pending.guide_id, pending.in_reply_to_id)

    def waiting(self, request: HttpRequest) -> PendingReply | None:
        """The words that this browser left here, if any still wait."""
        return next(filter(self.holds, waiting(request)), None)

    def post(self, *, by, **given) -> Comment:
        """Post the words. Raises what Thread.start and Thread.reply raise."""
        if self.to:
            return self.to.thread.reply(by=by, to=self.to, **given)
        return Thread.start(self.guide, by=by, about=self.about, **given)


def composer_of(
    request: HttpRequest, place: Place, form: CommentForm | None = None
) -> dict[str, object]:
    """What the form's template needs: the words that wait here come back."""
    pending = place.waiting(request)
    elsewhere = [words for words in waiting(request) if words != pending]
    if form is None:
        kept = {"body": pending.body, "kind": pending.kind} if pending else place.begun
        key = pending.key if pending else uuid4()
        form = place.ask(initial={**kept, "key": key})
    return {
        "place": place,
        "form": form,
        "is_kept": bool(pending),
        "waits_elsewhere": _address_of(elsewhere[0]) if elsewhere else "",
        "ways": enabled(),
        "signed_in_with": signed_in_with(request),
    }


def _address_of(pending: PendingReply) -> str:
    return Place(pending.guide, pending.in_reply_to).address


def compose(request: HttpRequest, place: Place) -> HttpResponse:
    """Ask for words; preview them, keep them until their author is signed in, or
    post them."""
    if request.method != "POST" and (why := place.why_closed):
        pending = place.waiting(request)
        typed = pending.body if pending else ""
        return closed(request, place.guide, why, typed, status=200)
    form = place.ask(request.POST) if request.method == "POST" else None
    is_leaving = bool({"sign_out", "change"} & request.POST.keys())
    is_sent = form and form.is_valid() and "preview" not in request.POST
    if not is_sent and not is_leaving:
        return _page(request, place, form)
    try:
        if is_leaving:
            return _sign_out(request, place, form)
        if request.user.is_authenticated and not request.is_unsigned:
            return _post(request, place, form)
        return _keep(request, place, form)
    except ValidationError as error:
        form.add_error(None, error)
    except TooMany as error:
        form.add_error(None, str(error))
        response = _page(request, place, form, status=429)
        response["Retry-After"] = error.seconds
        return response
    return _page(request, place, form)


def closed(
    request: HttpRequest, guide: Guide, why: str, typed: str, status: int = 409
) -> HttpResponse:
    """Says why nothing can be posted, and gives back what was typed."""
    context = {"guide": guide, "why": why, "typed": typed}
    return render(request, "discussions/closed.html", context, status=status)


def _page(
    request: HttpRequest, place: Place, form: CommentForm | None, status: int = 200
) -> HttpResponse:
    context = composer_of(request, place, form)
    context |= {"guide": place.guide, "edition": place.guide.live_edition}
    context["is_inline"] = bool(request.htmx)
    if request.htmx and not form:  # it has just come to stand under a comment
        context["form"].fields["body"].widget.attrs["autofocus"] = True
    if form and form.errors:
        status = 422 if status == 200 else status
    elif form:
        context["preview"] = render_comment(form.cleaned_data["body"])
    template = "_composer" if request.htmx else "composer"
    page = render(request, f"discussions/{template}.html", context, status=status)
    patch_vary_headers(page, ["HX-Request"])  # a part is never kept as the page
    return page


def _post(request: HttpRequest, place: Place, form: CommentForm) -> HttpResponse:
    comment = place.post(by=request.user, **form.for_posting())
    pending = place.waiting(request)
    # Words that wait for another place, or were changed in another tab, go on waiting.
    is_posted = bool(pending) and pending.key == form.cleaned_data["key"]
    if is_posted:
        take_away(request, pending)
    if request.htmx:
        response = _posted(request, place, comment)
    else:
        response = redirect(place_of(comment, request.user))
    return remember(request, response) if is_posted else response


def _posted(request: HttpRequest, place: Place, comment: Comment) -> HttpResponse:
    """The comment, to be put in the form's place without a new page."""
    shown = as_shown(comment)
    context = {"comment": shown, "thread": comment.thread, "guide": place.guide}
    context |= {"is_fresh": True, "is_inline": True, **composer_of(request, place)}
    page = urlsplit(request.htmx.current_url or "").path
    if page != comment.thread.get_absolute_url():
        context["discussion"] = discussion_of(place.guide, request.user)
    return render(request, "discussions/_posted.html", context)


def _keep(request: HttpRequest, place: Place, form: CommentForm) -> HttpResponse:
    if place.why_closed:
        raise ValidationError(place.why_closed)
    _store(request, place, form)
    is_member = request.user.is_authenticated
    way = "" if is_member else request.POST.get("sign_with", "")
    if way in {provider.id for provider in enabled()}:
        return remember(request, connecting_page(request, way, place.address))
    address = place.address
    return remember(request, _go(request, _sign_in(address) if way else address))


def _sign_out(request: HttpRequest, place: Place, form: CommentForm) -> HttpResponse:
    address = place.address
    is_change = "change" in request.POST
    response = _go(request, _sign_in(address) if is_change else address)
    if form.is_valid():
        _store(request, place, form)
        remember(request, response)
    elif form.data.get("body", "").strip():
        return _page(request, place, form)
    logout(request)
    return response


def _sign_in(address: str) -> str:
    return f"{reverse('account_login')}?{urlencode({'next': address})}"


def _go(request: HttpRequest, address: str) -> HttpResponse:
    kind = HttpResponseClientRedirect if request.htmx else HttpResponseRedirect
    return kind(address)


def _store(request: HttpRequest, place: Place, form: CommentForm) -> None:
    pending = PendingReply.store(
        network=network_of(request),
        replaces=place.waiting(request),
        guide=place.guide,
        in_reply_to=place.to,
        kind=form.cleaned_data.get("kind", ""),
        body=form.cleaned_data["body"],
    )
    add(request, pending)
