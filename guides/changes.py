"""What happened to a policy or a public body that a guide rests on, in words."""

from dataclasses import dataclass
from datetime import datetime

from guides.citations import address_of
from landscape.models.dates import in_words
from landscape.wording import and_, in_part

POLICY_ENDED = {
    "being-replaced": "is being replaced",
    "superseded": "was superseded",
    "withdrawn": "was withdrawn",
}
BODY_ENDED = {
    "renamed": ("was renamed", "and is now"),
    "merged": ("was merged", "into"),
    "split": ("was split up", "into"),
    "closed": ("was closed", ""),
}


@dataclass(frozen=True)
class Heir:
    """What stands in the place of something: its name, the page about it, for what it
    does, if not for all, and what happened to it too."""

    name: str
    address: str
    scope: str = ""
    happened: str = ""

    def __str__(self) -> str:
        too = f", which {self.happened}" if self.happened else ""
        return f"{self.name} {self.scope}".strip() + too


@dataclass(frozen=True)
class Change:
    """That something is not what it was: "X was superseded on 1 June 2024 by Y"."""

    name: str
    address: str
    happened: str
    joint: str
    heirs: list[Heir]
    since: datetime | None = None  # when a guide's keepers were asked to look
    limits: str = ""  # what it holds no more for, and what it still holds for

    def __str__(self) -> str:
        names = and_(str(heir) for heir in self.heirs)
        heirs = f"{self.joint} {names}" if names else ""
        limits = self.limits and f"{self.limits}. It"
        return " ".join(filter(None, [self.name, limits, self.happened, heirs]))


def change_in(row, since: datetime | None = None) -> Change | None:
    """What happened to the policy or body of a citation or task; None for nothing.

    row: with `replaced_by`, `taken_over_by`, `shown_as` and `called_so_until`.
    """
    if row.policy_id:
        return change_in_policy(row.policy, row.replaced_by, since)
    return change_in_body(row, since) if row.organisation_id else None


def change_in_policy(policy, heirs: list[dict], since=None) -> Change | None:
    """What happened to a policy. heirs: what replaces it."""
    if policy.status not in POLICY_ENDED:
        return None
    on = policy.ended or max((heir["on"] for heir in heirs), default="")
    is_going = policy.status == "being-replaced"
    day = f"from {in_words(on)}" if on and is_going else when(on)
    happened = f"{POLICY_ENDED[policy.status]} {day}".strip()
    limits = "" if is_going else in_part((h["scope"], h["still"]) for h in heirs)
    is_said = limits and len(heirs) == 1  # for what the only heir stands in its place
    found = [
        Heir(
            h["name"],
            address_of("policy", h["slug"]),
            "" if is_said else h["scope"],
            POLICY_ENDED.get(h["status"], ""),
        )
        for h in heirs
    ]
    address = address_of("policy", policy.slug)
    return Change(str(policy), address, happened, "by", found, since, limits)


def change_in_body(row, since=None) -> Change | None:
    """What happened to a body, or to its name."""
    body = row.organisation
    address = address_of("org", body.slug)
    if body.status in BODY_ENDED:
        happened, joint = BODY_ENDED[body.status]
        if any(heir["status"] != "active" for heir in row.taken_over_by):
            joint = joint.replace("is now", "became")
        on = body.closed or max((h["on"] for h in row.taken_over_by), default="")
        heirs = [
            Heir(h["name"], address_of("org", h["slug"])) for h in row.taken_over_by
        ]
        happened = f"{happened} {when(on)}".strip()
        return Change(body.name, address, happened, joint, heirs, since)
    if row.called_so_until and row.shown_as != body.name:
        until = in_words(row.called_so_until)
        happened = f"was called {row.shown_as} before {until}"
        return Change(body.name, address, happened, "", [], since)
    return None


def when(on: str) -> str:
    """A partial date as an adverb: on 1 June 2024, in June 2024, in 2024."""
    return f"{'on' if len(on) == 10 else 'in'} {in_words(on)}" if on else ""
