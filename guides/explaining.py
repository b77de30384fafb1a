"""What the worker does so that each guide explains its words as the glossary does."""

from django.utils import timezone
from procrastinate.contrib.django import app

from guides.jobs import close_after
from guides.models import Edition, GlossaryVersion, UnknownAcronym


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="explain_again", task_middleware=[close_after])
def explain_again(timestamp: int = 0) -> None:
    """Explain anew where the glossary changed or its day came, and count again what
    it lacks."""
    GlossaryVersion.objects.begin(timezone.localdate())
    if Edition.objects.explain_again():
        UnknownAcronym.objects.replace(Edition.objects.acronym_coverage().unknown)


@app.periodic(cron="23 * * * *")
@app.task(queueing_lock="count_unknown", task_middleware=[close_after])
def count_unknown(timestamp: int = 0) -> None:
    """Find the acronyms that guides share and nobody has explained."""
    UnknownAcronym.objects.replace(Edition.objects.acronym_coverage().unknown)
