"""What a guide's page says of the policies and bodies that it rests on."""

from dataclasses import dataclass, field
from datetime import date

from guides.changes import Change, change_in
from guides.citations import Register, Row, address_of
from guides.registers import what_became_of

WORST_FIRST = [
    *("withdrawn", "superseded", "being-replaced"),
    *("proposed", "partly-in-force", "in-force"),
]


@dataclass
class Basis:
    """A policy that a text rests on, with all places where it says so."""

    policy: object
    checked_on: date
    change: Change | None
    sections: list[str] = field(default_factory=list)
    quotes: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        """The page about the policy."""
        return address_of("policy", self.policy.slug)

    @property
    def order(self) -> tuple:
        """Its place in the list: what holds least comes first."""
        return WORST_FIRST.index(self.policy.status), self.policy.title


def bases_of(citations: list) -> list[Basis]:
    """The policies cited, each once, the worst first; checked when the claim was that
    is longest unchecked."""
    bases: dict[int, Basis] = {}
    for row in citations:
        if not row.policy_id:
            continue
        new = Basis(row.policy, row.checked_on, change_in(row))
        basis = bases.setdefault(row.policy_id, new)
        basis.checked_on = min(basis.checked_on, row.checked_on)
        for words, known in (row.section, basis.sections), (row.quoted, basis.quotes):
            if words and words not in known:
                known.append(words)
    return sorted(bases.values(), key=lambda basis: basis.order)


def changes_in(citations: list) -> list[Change]:
    """What has changed since the guide's keepers last looked, each once, the oldest
    first."""
    found: dict[tuple, Change] = {}
    for row in citations:
        if row.waits_since and (change := change_in(row, row.waits_since)):
            found.setdefault((row.policy_id, row.organisation_id), change)
    return sorted(found.values(), key=lambda change: change.since)


def register_of(citations: list) -> Register:
    """The rows cited, by the names that the text shows, with what has become of
    bodies."""
    named = {row.organisation_id: row for row in citations if row.organisation_id}
    bodies = {key: row.organisation for key, row in named.items()}
    shown = {key: row.shown_as for key, row in named.items()}
    became = what_became_of(bodies, shown)
    return {
        (row.kind, row.row.slug): Row(
            row.row_id, row.shown_as, became.get(row.organisation_id, "")
        )
        for row in citations
    }
