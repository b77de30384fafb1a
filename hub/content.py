"""Loads `content/` into the database: registers, topics, pages, guides and
pathways.

What is there already stays as curators have it, so a second run doubles nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models, transaction

from guides.manuscripts import Unreadable, rows_of
from guides.models import Edition, Guide, Topic
from hub.models import Page
from hub.pathways import Pathways
from hub.registers import Registers
from hub.usual_home import arrange

Row = dict[str, Any]


@dataclass
class Loader:
    """Reads one folder of content. Problems are collected, not raised one by one."""

    folder: Path
    problems: list[str] = field(default_factory=list)
    added: dict[str, int] = field(default_factory=dict)
    new: set[models.Model] = field(default_factory=set)

    @transaction.atomic
    def load(self) -> None:
        """Load everything, or nothing: raises ValidationError with every problem."""
        Registers(self).load()
        for order, (row, where) in enumerate(self.rows("topics.yaml"), start=1):
            self.add(Topic, row | {"order": order}, where)
        for path in sorted((self.folder / "pages").glob("*.md")):
            self._page(*self._document(path))
        arrange()
        for path in sorted((self.folder / "guides").glob("*.md")):
            self._guide(*self._document(path))
        Pathways(self).load()
        if self.problems:
            raise ValidationError(self.problems)

    def rows(self, name: str) -> Iterator[tuple[Row, str]]:
        """The rows of a file, each with the place where it stands."""
        rows = self._yaml(self._text(self.folder / name), name) or []
        if not isinstance(rows, list):
            self.problems.append(f"{name}: must be a list.")
            rows = []
        for number, row in enumerate(rows, start=1):
            where = f"{name}, row {number}"
            if isinstance(row, dict):
                yield row, where
            else:
                self.problems.append(f"{where}: must be a list of fields.")

    def _document(self, path: Path) -> tuple[Row, str]:
        name = path.relative_to(self.folder).as_posix()
        text = self._text(path)
        _, head, body = [*text.split("---\n", 2), "", ""][:3]
        row = self._yaml(head, name, above=1)
        if not isinstance(row, dict):
            self.problems.append(f"{name}: must start with fields between --- lines.")
            row = {}
        return row | {"slug": path.stem, "body": body.strip()}, name

    def _text(self, path: Path) -> str:
        try:
            return path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            name = path.relative_to(self.folder).as_posix()
            self.problems.append(f"{name}: this is not text in UTF-8.")
            return ""

    def _yaml(self, text: str, name: str, above: int = 0) -> Any:
        try:
            return rows_of(text, above)
        except Unreadable as error:
            problem = "this is not valid YAML."
            self.problems.append(f"{name}, line {error.line}: {problem}")
            return None

    def add(self, model: type[models.Model], row: Row, where: str):
        """The row of the database with this slug, made if there is none; None where
        it cannot be."""
        if found := model.objects.filter(slug=str(row.get("slug", ""))).first():
            return found
        many = {f.name for f in model._meta.many_to_many} & set(row)
        known = {f.name for f in model._meta.fields}
        if self.report_unknown(set(row) - known - many, where):
            return None
        row = dict(row)
        related = {
            name: self._several(model, name, row.pop(name), where) for name in many
        }
        if self.report_shapes(model, row, where):
            return None
        thing = model(**row)
        if not self.is_clean(thing, where):
            return None
        thing.save()
        for name, things in related.items():
            getattr(thing, name).set(things)
        self.new.add(thing)
        name = str(model._meta.verbose_name_plural)
        self.added[name] = self.added.get(name, 0) + 1
        return thing

    def _page(self, row: Row, where: str) -> None:
        page = self.add(Page, row, where)
        if page and not page.version:
            page.keep(by=None, note="As it came with the site.")

    def _guide(self, row: Row, where: str) -> None:
        if Guide.objects.filter(slug=row["slug"]).exists():
            return
        if not row.get("topics"):
            self.problems.append(f"{where}, field topics: name at least one.")
        names = ["title", "summary", "body", "byline", "sources_read_on"]
        text = {name: row.pop(name) for name in names if name in row}
        if not isinstance(text.get("sources_read_on", date.min), date):
            problem = "must be a date such as 2026-11-23."
            self.problems.append(f"{where}, field sources_read_on: {problem}")
            return
        edition = Edition(**text)
        is_clean = self.is_clean(edition, where, but=["guide"])
        faults = edition.faults
        self.problems += [f"{where}, field body: {fault}" for fault in faults]
        guide = self.add(Guide, row, where)
        if guide and is_clean and not faults:
            edition.guide = guide
            edition.save()
            edition.publish(by=None)

    def is_clean(self, thing: models.Model, where: str, but=(), called=None) -> bool:
        """Whether a row may be stored; else says why not. called: what the file calls
        fields that have another name in the database."""
        if self.report_shapes(type(thing), _values_of(thing), where):
            return False
        try:
            thing.full_clean(exclude=but)
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                name = (called or {}).get(name, name)
                at = where if name == "__all__" else f"{where}, field {name}"
                self.problems += [f"{at}: {message}" for message in messages]
            return False
        return True

    def report_unknown(self, names: set[str], where: str) -> bool:
        """Whether there are names that no field has."""
        self.problems += [
            f"{where}, field {name}: there is no such field." for name in sorted(names)
        ]
        return bool(names)

    def report_shapes(self, model: type[models.Model], row: Row, where: str) -> bool:
        """Whether values are of a shape that their fields cannot take."""
        found = [
            f"{where}, field {name}: {problem}"
            for name, value in row.items()
            if (problem := _shape_problem(model._meta.get_field(name), value))
        ]
        self.problems += found
        return bool(found)

    def _several(self, model, name: str, slugs: Any, where: str) -> list:
        target = model._meta.get_field(name).related_model
        slugs = slugs if isinstance(slugs, list) else [slugs]
        found = [self.one(target, slug, where, name) for slug in slugs]
        return [thing for thing in found if thing]

    def one(self, model, slug: Any, where: str, name: str):
        """The row with this slug, or None and a problem."""
        found = model.objects.filter(slug=str(slug)).first()
        if not found:
            self.problems.append(f"{where}, field {name}: there is no “{slug}”.")
        return found


def _values_of(thing: models.Model) -> Row:
    """What a row that is not stored yet was given for the fields that files fill."""
    typed = models.CharField | models.TextField | models.DateField | ArrayField
    fields = (f for f in thing._meta.concrete_fields if isinstance(f, typed))
    return {f.name: thing.__dict__[f.name] for f in fields if f.name in thing.__dict__}


def _shape_problem(field: models.Field, value: Any) -> str:
    """What is wrong with the shape of a value, before its meaning is looked at."""
    if isinstance(field, ArrayField):
        if not isinstance(value, list):
            return "must be a list, such as [first-day]."
        problems = (_shape_problem(field.base_field, each) for each in value)
        return next((f"each in it {problem}" for problem in problems if problem), "")
    if isinstance(value, list | dict):
        return "must be one value."
    if type(field) is models.DateField and not isinstance(value, date | None):
        return "must be a date such as 2026-11-23."
    if isinstance(value, bool | float) and not isinstance(field, models.BooleanField):
        return "must be words or a whole number: put yes, no or 1.10 between quotes."
    is_reference = isinstance(field, models.ForeignKey)
    if is_reference and not isinstance(value, models.Model | None):
        return "cannot be set here."
    return ""
