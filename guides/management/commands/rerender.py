"""`manage.py rerender`: render all stored text again, after the renderer changed."""

from django.apps import apps
from django.core.management import BaseCommand
from django.db import models, transaction

BATCH = 200
RENDERED = {
    *("body_html", "body_text", "contents", "word_count"),
    *("explained_html", "terms", "glossary_version"),
}


class Command(BaseCommand):
    """Renders the Markdown of every edition, comment and page again."""

    help = __doc__

    def handle(self, **options) -> None:
        """Go through every model that stores rendered text."""
        for model in apps.get_models():
            names = {field.name for field in model._meta.fields}
            if {"body", "body_html"} <= names:
                changed = sum(self._batches(model))
                self.stdout.write(f"{model._meta.verbose_name_plural}: {changed}")

    def _batches(self, model: type[models.Model]):
        last = 0
        while rows := self._batch(model, last):
            yield len(rows)
            last = rows[-1]

    @transaction.atomic
    def _batch(self, model: type[models.Model], after: int) -> list[int]:
        # Locked, so that an edit of the same moment is neither lost nor undone.
        rows = model.objects.select_for_update(of=["self"]).order_by("pk")
        rows = list(rows.filter(pk__gt=after)[:BATCH])
        for row in rows:
            row.render()
            row.save(update_fields=RENDERED & {f.name for f in model._meta.fields})
        return [row.pk for row in rows]
