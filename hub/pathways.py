"""Loads the pathways of `content/pathways.yaml` with their steps."""

import re
from dataclasses import dataclass
from typing import Any

from guides.models import Guide, Pathway, Step
from guides.schedule import TimeBox
from landscape.models import Policy

Row = dict[str, Any]
WHEN = re.compile("(before|in one go)|(day|week) ([1-9][0-9]?)")
CALLED = {"title": "task", "box": "when", "number": "when"}  # in the file
KNOWN = {
    *("when", "guide", "part", "task", "why", "done_when", "minutes"),
    *("policy", "professions", "tiers"),
}


@dataclass
class Pathways:
    """Adds the pathways that the database has not. One that it has stays, with its
    steps, as curators have it."""

    loader: Any

    def load(self) -> None:
        """Add every pathway. The guides of its steps must be there."""
        seen: set[str] = set()
        for order, (row, where) in enumerate(
            self.loader.rows("pathways.yaml"), start=1
        ):
            slug, steps = str(row.get("slug", "")), row.get("steps")
            if slug in seen:
                self._report(where, "slug", f"“{slug}” stands above already.")
            elif not isinstance(steps, list) or not steps:
                self._report(where, "steps", "must be a list of steps.")
            else:
                self._pathway({**row, "order": order}, where)
            seen.add(slug)

    def _pathway(self, row: Row, where: str) -> None:
        steps = row.pop("steps")
        pathway = self.loader.add(Pathway, row, where)
        if pathway not in self.loader.new:
            return
        for position, step in enumerate(steps, start=1):
            at = f"{where}, field steps, row {position}"
            if isinstance(step, dict):
                self._step(Step(pathway=pathway, position=position), dict(step), at)
            else:
                self.loader.problems.append(f"{at}: must be a list of fields.")

    def _step(self, step: Step, row: Row, where: str) -> None:
        if self.loader.report_unknown(row.keys() - KNOWN, where):
            return
        found = WHEN.fullmatch(str(row.pop("when", "")))
        if not found:
            words = "must be “before”, “in one go”, or such as “day 1” or “week 2”."
            self._report(where, "when", words)
            return
        step.box = found[2] or {"before": TimeBox.BEFORE}.get(found[1], TimeBox.SITTING)
        step.number = int(found[3] or 0)
        for name, model in ("guide", Guide), ("policy", Policy):
            if slug := row.pop(name, None):
                row[name] = self.loader.one(model, slug, where, name)
                if not row[name]:
                    return
        step.title = row.pop("task", "")
        if self.loader.report_shapes(Step, row, where):
            return
        for name, value in row.items():
            setattr(step, name, value)
        if self.loader.is_clean(step, where, called=CALLED):
            step.save()

    def _report(self, where: str, name: str, problem: str) -> None:
        self.loader.problems.append(f"{where}, field {name}: {problem}")
