"""The home page as it is until a curator arranges it."""

from django.apps import apps as installed

SECTIONS = [
    {"kind": "first", "heading": "Read these first", "kicker": "Starting on Monday?"},
    {"kind": "newest", "heading": "New and changed guides"},
    {"kind": "topics", "heading": "Browse by topic"},
]


def arrange(apps=installed) -> None:
    """Put the usual sections where there are none at all."""
    HomeSection = apps.get_model("hub", "HomeSection")
    if not HomeSection.objects.exists():
        HomeSection.objects.bulk_create(
            HomeSection(order=10 * place, **section)
            for place, section in enumerate(SECTIONS, start=1)
        )
