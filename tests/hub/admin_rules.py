"""Who may do what in the admin: worked out from the rights of each role."""

from collections.abc import Iterator

from django.apps import apps
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from accounts.curators import RIGHTS
from tests.hub.places import NO_ROW, first_row
from tests.hub.rules import (
    FORBIDDEN,
    HIDDEN,
    LET_IN,
    MOVED,
    NO_METHOD,
    SHOWN,
    SIGN_IN,
    STAFF,
)

# What the site alone writes, or what lasts: no right lets anybody do it by a form.
WRITTEN_BY_THE_SITE = {"add", "change", "delete"}
NEVER = {
    **dict.fromkeys(
        [
            *("guides.edition", "guides.emptysearch", "guides.guideaction"),
            *("guides.verification", "guides.reads", "discussions.comment"),
            "guides.unknownacronym",
            *("guides.citation", "guides.reviewtask"),
            *("discussions.member", "discussions.report"),
            "discussions.moderationaction",
        ],
        WRITTEN_BY_THE_SITE,
    ),
    "accounts.curatornote": {"change", "delete"},
    "mfa.authenticator": {"add", "change"},
    "guides.guide": {"delete"},
    "guides.pathway": {"delete"},
    "hub.page": {"delete"},
    "hub.homesection": {"delete"},  # of the usual ones
}
NEEDS = {  # to read the page, and to send its form
    "changelist": ("view", "view"),
    "add": ("add", "add"),
    "change": ("view", "change"),
    "delete": ("delete", "delete"),
    "history": ("view", "view"),
}


# A name, an address, what is right there, and an address with nothing behind it.
Cell = tuple[str, str, dict, str]


def has_right(role: str, verb: str, label: str) -> bool:
    """Whether a role was given a right, whatever the site makes of it."""
    rights = {"superuser": [verb], "viewer": ["view"], "curator": RIGHTS.get(label, [])}
    return verb in rights.get(role, [])


def may(role: str, verb: str, label: str) -> bool:
    """Whether a role may do something to the rows of a model by a form."""
    return has_right(role, verb, label) and verb not in NEVER.get(label, set())


def admin_cells(role: str) -> Iterator[Cell]:
    """Every address of the admin, with what is right there for a role."""
    for model, model_admin in admin.site._registry.items():
        label = model._meta.label_lower
        yield from _of_model(role, label, f"admin:{label.replace('.', '_')}")
        for field in model_admin.autocomplete_fields:
            yield _choice(role, model, field)
    yield from _of_their_own(role)
    yield from _of_the_site(role)


def verb_forms() -> Iterator[tuple[str, str, dict]]:
    """A form that does each verb of each list: its model, address and fields.

    All rows are chosen: the verb is done to those to which it can be.
    """
    for model, model_admin in admin.site._registry.items():
        label = model._meta.label_lower
        keys = list(model._default_manager.values_list("pk", flat=True))
        lists = reverse(f"admin:{label.replace('.', '_')}_changelist")
        for verb in model_admin.actions or []:
            name = getattr(verb, "__name__", verb)
            chosen = keys[:1] if name in ONE_AT_A_TIME else keys
            typed = {"confirmed": "1", **ASKED, **_asked(label, name)}
            sent = {"action": name, "_selected_action": chosen, **typed}
            yield label, lists + SHOW.get(label, SHOW.get(name, "")), sent


ONE_AT_A_TIME = {"rename", "supersede", "reorganise", "reopen", "respell"}
SHOW = {  # where a list shows less than all rows until it is asked
    "discussions.comment": "?show=all",
    "discussions.report": "?show=all",
    "separate": "?show=merged",
}
ASKED = {
    **{"reason": "To try it.", "change_note": "To try it.", "slug": "tried"},
    **{"override_reason": "To try it.", "at": "2199-01-01T09:00"},
}


def _asked(label: str, verb: str) -> dict[str, object]:
    """What one verb asks for that another asks for in other words."""
    live = apps.get_model("guides.guide").objects.live().order_by("pk").first()
    topic = apps.get_model("guides.topic").objects.listed().order_by("pk").first()
    staff = apps.get_model("accounts.user").objects.filter(is_staff=True).first()
    return {
        ("guides.guide", "assign"): {"to": staff.pk},
        ("guides.guide", "hand_over"): {"to": staff.handle},
        ("guides.guide", "merge"): {"into": live.slug},
        ("guides.topic", "merge"): {"into": topic.pk},
        ("landscape.policy", "supersede"): {"status": "withdrawn"},
        ("landscape.organisation", "reorganise"): {"status": "closed", "on": "2026"},
        ("landscape.organisation", "respell"): {"name": "Tried"},
    }.get((label, verb), {})


def _of_model(role: str, label: str, name: str) -> Iterator[Cell]:
    key = first_row(label).pk
    for place, needs in NEEDS.items():
        args = [] if place in ("changelist", "add") else [key]
        address = reverse(f"{name}_{place}", args=args)
        right = [_staff(role, may(role, verb, label)) for verb in needs]
        if (label, place) == ("guides.guide", "add"):
            right = [_staff(role, True)] * 2  # leads to the page on which all write
        yield f"{name}_{place}", address, _methods(*right), ""
    old = reverse(f"{name}_changelist") + f"{key}/"
    yield f"{name}: its old address", old, _methods(*[_staff(role, True)] * 2), ""


def _choice(role: str, model, field: str) -> Cell:
    about = model._meta
    other = about.get_field(field).related_model._meta.label_lower
    asked = f"app_label={about.app_label}&model_name={about.model_name}"
    address = f"{reverse('admin:autocomplete')}?{asked}&field_name={field}"
    right = _staff(role, may(role, "view", other))
    return (
        f"admin:autocomplete {field}",
        address,
        _methods(right, {NO_METHOD, SIGN_IN}),
        "",
    )


def _of_their_own(role: str) -> Iterator[Cell]:
    """Pages that a model has beside the usual ones."""
    sees_sections = _staff(role, may(role, "view", "hub.homesection"))
    section = first_row("hub.homesection").pk
    name = "admin:hub_homesection_preview"
    right = _methods(sees_sections, sees_sections)
    yield name, reverse(name, args=[section]), right, reverse(name, args=[NO_ROW])
    name, page = "admin:hub_page_version", first_row("hub.page").pk
    read, write = (_staff(role, may(role, v, "hub.page")) for v in ("view", "change"))
    nothing = reverse(name, args=[NO_ROW, 1])
    yield name, reverse(name, args=[page, 1]), _methods(read, write), nothing
    name = "admin:discussions_comment_undo"
    decides = has_right(role, "change", "discussions.comment")
    right = {HIDDEN} if decides else _staff(role, False)
    yield name, reverse(name, args=["forged"]), _methods(right, right), ""
    name, person = "admin:auth_user_password_change", first_row("accounts.user").pk
    right = _staff(role, may(role, "change", "accounts.user"))
    yield name, reverse(name, args=[person]), _methods(right, right), ""


def _of_the_site(role: str) -> Iterator[Cell]:
    anybody, nothing = _staff(role, True), {HIDDEN} if role in STAFF else {SIGN_IN}
    for place in "index", "password_change", "password_change_done", "jsi18n":
        sent = anybody | {NO_METHOD}
        yield f"admin:{place}", reverse(f"admin:{place}"), _methods(anybody, sent), ""
    way_in = {SHOWN, MOVED, SIGN_IN, FORBIDDEN}
    yield "admin:login", reverse("admin:login"), _methods(way_in, way_in), ""
    left = _methods({NO_METHOD, *way_in}, way_in)
    yield "admin:logout", reverse("admin:logout"), left, ""
    yield "admin: no page", "/admin/nowhere/", _methods(nothing, nothing), ""
    for label in {model._meta.app_label for model in admin.site._registry}:
        models = [m._meta.label_lower for m in admin.site._registry]
        mine = [m for m in models if m.startswith(f"{label}.")]
        right = anybody if any(may(role, "view", m) for m in mine) else nothing
        address = reverse("admin:app_list", args=[label])
        yield f"admin:app_list {label}", address, _methods(right, right), ""
    for label in "guides.guide", "guides.edition", "accounts.user", "hub.page":
        row = first_row(label)
        kind = ContentType.objects.get_for_model(type(row)).pk
        right = _staff(role, may(role, "view", label))
        address = reverse("admin:view_on_site", args=[kind, row.pk])
        yield f"admin:view_on_site {label}", address, _methods(right, right), ""


def _staff(role: str, is_right: bool) -> set:
    if role not in STAFF:
        return {SIGN_IN}
    return set(LET_IN) if is_right else {FORBIDDEN}


def _methods(read: set, write: set) -> dict[str, set]:
    return {"GET": read, "HEAD": read, "OPTIONS": read | {NO_METHOD}, "POST": write}
