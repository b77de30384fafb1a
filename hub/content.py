"""Loads `content/` into the database: places, bodies, topics, pages and guides.

What is there already stays as curators have it, so a second run doubles nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models, transaction

from guides.models import Edition, Guide, Topic
from hub.models import Page
from hub.usual_home import arrange
from landscape.models import Jurisdiction, Organisation

Row = dict[str, Any]


@dataclass
class Loader:
    """Reads one folder of content. Problems are collected, not raised one by one."""

    folder: Path
    problems: list[str] = field(default_factory=list)
    added: dict[str, int] = field(default_factory=dict)

    @transaction.atomic
    def load(self) -> None:
        """Load everything, or nothing: raises ValidationError with every problem."""
        for row, where in self._rows("jurisdictions.yaml"):
            self._with_parent(Jurisdiction, row, where)
        for row, where in self._rows("organisations.yaml"):
            self._with_parent(Organisation, row, where)
        for order, (row, where) in enumerate(self._rows("topics.yaml"), start=1):
            self._add(Topic, row | {"order": order}, where)
        for path in sorted((self.folder / "pages").glob("*.md")):
            self._page(*self._document(path))
        arrange()
        for path in sorted((self.folder / "guides").glob("*.md")):
            self._guide(*self._document(path))
        if self.problems:
            raise ValidationError(self.problems)

    def _rows(self, name: str) -> Iterator[tuple[Row, str]]:
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
        row = self._yaml(head, name)
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

    def _yaml(self, text: str, name: str) -> Any:
        try:
            return yaml.safe_load(text)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = f", line {mark.line + 1}" if mark else ""
            self.problems.append(f"{name}{line}: this is not valid YAML.")
            return None

    def _with_parent(self, model: type[models.Model], row: Row, where: str) -> None:
        row = dict(row)
        if parent := row.pop("parent", None):
            row["parent"] = self._one(model, parent, where, "parent")
        self._add(model, row, where)

    def _add(self, model: type[models.Model], row: Row, where: str):
        if found := model.objects.filter(slug=row.get("slug", "")).first():
            return found
        many = {f.name for f in model._meta.many_to_many} & set(row)
        known = {f.name for f in model._meta.fields}
        if self._report_unknown(set(row) - known - many, where):
            return None
        related = {
            name: self._several(model, name, row.pop(name), where) for name in many
        }
        if self._report_shapes(model, row, where):
            return None
        thing = model(**row)
        if not self._is_clean(thing, where):
            return None
        thing.save()
        for name, things in related.items():
            getattr(thing, name).set(things)
        name = str(model._meta.verbose_name_plural)
        self.added[name] = self.added.get(name, 0) + 1
        return thing

    def _page(self, row: Row, where: str) -> None:
        page = self._add(Page, row, where)
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
        is_clean = self._is_clean(edition, where, but=["guide"])
        guide = self._add(Guide, row, where)
        if guide and is_clean:
            edition.guide = guide
            edition.save()
            edition.publish(by=None)

    def _is_clean(self, thing: models.Model, where: str, but=()) -> bool:
        try:
            thing.full_clean(exclude=but)
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                at = where if name == "__all__" else f"{where}, field {name}"
                self.problems += [f"{at}: {message}" for message in messages]
            return False
        return True

    def _report_unknown(self, names: set[str], where: str) -> bool:
        self.problems += [
            f"{where}, field {name}: there is no such field." for name in sorted(names)
        ]
        return bool(names)

    def _report_shapes(self, model: type[models.Model], row: Row, where: str) -> bool:
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
        found = [self._one(target, slug, where, name) for slug in slugs]
        return [thing for thing in found if thing]

    def _one(self, model, slug: Any, where: str, name: str):
        found = model.objects.filter(slug=str(slug)).first()
        if not found:
            self.problems.append(f"{where}, field {name}: there is no “{slug}”.")
        return found


def _shape_problem(field: models.Field, value: Any) -> str:
    """What is wrong with the shape of a value, before its meaning is looked at."""
    is_list = isinstance(field, ArrayField)
    if is_list != isinstance(value, list) or isinstance(value, dict):
        return f"must be {'a list, such as [first-day]' if is_list else 'one value'}."
    is_reference = isinstance(field, models.ForeignKey)
    if is_reference and not isinstance(value, models.Model | None):
        return "cannot be set here."
    return ""
