"""Loads the registers of `content/`: places, bodies, policies and terms."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from landscape.models import (
    FormerName,
    Jurisdiction,
    Organisation,
    Policy,
    PolicyRelation,
    Succession,
    Term,
)

Row = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """A list inside a row: of which model, and what its rows call the fields that lead
    to the row and on to another one."""

    model: type[models.Model]
    row: str
    other: str = ""
    other_in_file: str = ""
    takes_place: frozenset[str] = frozenset()  # kinds by which one replaces the other
    verb: str = ""  # by which a curator says that it was replaced

    @property
    def called(self) -> dict[str, str]:
        """What the file calls fields that have another name in the database."""
        return {self.other: self.other_in_file} if self.other else {}


PARTS = {
    "former_names": Part(FormerName, "organisation"),
    "successions": Part(
        *(Succession, "new", "old", "from"),
        frozenset({"renamed", "merged", "split"}),
        "Say what became of it",
    ),
    "relations": Part(
        *(PolicyRelation, "policy", "other", "policy"),
        frozenset({"replaces"}),
        "Change its status",
    ),
}
REPLACING = [
    (Organisation, "organisations.yaml", "successions"),
    (Policy, "policies.yaml", "relations"),
]


@dataclass
class Registers:
    """Adds what the files have and the database has not. A list inside a row is read
    after all rows, so they may stand in any order."""

    loader: Any
    parts: list[tuple] = field(default_factory=list)
    replaced: list[tuple] = field(default_factory=list)

    def load(self) -> None:
        """Add every row, then what leads from one to another."""
        self._register(Jurisdiction, "jurisdictions.yaml", "parent")
        self._register(Organisation, "organisations.yaml", "parent")
        self._register(Policy, "policies.yaml", "owner")
        self._register(Term, "terms.yaml", "policy", "organisation")
        for part in self.parts:
            self._part(*part)
        for replaced in self.replaced:
            self._replaced(*replaced)

    def left_to_curators(self) -> Iterator[str]:
        """What the files have as replaced and the database has not: it would change
        what guides say, so it is not loaded where the old row was there before."""
        for model, name, inside in REPLACING:
            standing = {row.slug: row for row in model.objects.all() if row.stands}
            part = PARTS[inside]
            for row, where in self.loader.rows(name):
                for step in row.get(inside, ()):
                    old = standing.get(str(step.get(part.other_in_file)))
                    if old and step.get("kind") in part.takes_place:
                        new = row.get("name") or row.get("title")
                        yield (
                            f"{where}: here {old} is {old.get_status_display().lower()}"
                            f", but “{new}” should be in its place. Have a curator use "
                            f"“{part.verb}” on the page of {old}."
                        )

    def _register(self, model: type[models.Model], name: str, *references) -> None:
        seen: dict[str, str] = {}
        for row, where in self.loader.rows(name):
            slug = str(row.get("slug", ""))
            if slug in seen:
                problem = f"“{slug}” stands in {seen[slug]} already."
                self.loader.problems.append(f"{where}, field slug: {problem}")
                continue
            seen[slug] = where
            self._row(model, dict(row), where, references)

    def _row(self, model, row: Row, where: str, references) -> None:
        for reference in references:
            if slug := row.pop(reference, None):
                target = model._meta.get_field(reference).related_model
                row[reference] = self.loader.one(target, slug, where, reference)
        names = {relation.name for relation in model._meta.related_objects}
        inside = {name: row.pop(name) for name in PARTS.keys() & names & row.keys()}
        later = model is Term and row.pop("replaced_by", None)
        thing = self.loader.add(model, row, where)
        if thing:
            self.parts += [(thing, *part, where) for part in inside.items()]
        if thing and later:
            self.replaced.append((thing, later, where))

    def _part(self, thing: models.Model, name: str, rows: Any, where: str) -> None:
        where = f"{where}, field {name}"
        if not isinstance(rows, list):
            self.loader.problems.append(f"{where}: must be a list.")
            return
        for number, row in enumerate(rows, start=1):
            at = f"{where}, row {number}"
            if isinstance(row, dict):
                self._row_of_part(PARTS[name], thing, row, at)
            else:
                self.loader.problems.append(f"{at}: must be a list of fields.")

    def _row_of_part(self, part: Part, thing, row: Row, where: str) -> None:
        row, other = dict(row), None
        if slug := row.pop(part.other_in_file, None):
            other = self.loader.one(type(thing), slug, where, part.other_in_file)
            if not other:
                return
        # What leads from one known row to another stays as curators have it.
        if not {thing, other} & self.loader.new:
            return
        takes_place = other and row.get("kind") in part.takes_place
        if takes_place and other not in self.loader.new and other.stands:
            return  # see left_to_curators
        known = {f.name for f in part.model._meta.fields} - {part.row, part.other}
        if self.loader.report_unknown(row.keys() - known, where):
            return
        if part.other:
            row[part.other] = other
        made = part.model(**row, **{part.row: thing})
        if self.loader.is_clean(made, where, called=part.called):
            made.save()

    def _replaced(self, thing: Term, slug: Any, where: str) -> None:
        if thing not in self.loader.new:
            return
        thing.replaced_by = self.loader.one(Term, slug, where, "replaced_by")
        if self.loader.is_clean(thing, where):
            thing.save(update_fields=["replaced_by"])
