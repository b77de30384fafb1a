"""The home page as it is until a curator arranges it."""

from django.apps import apps as installed

SECTIONS = [
    {
        "kind": "pathway",
        "order": 5,
        "heading": "Your first days",
        "kicker": "Starting on Monday?",
    },
    {
        "kind": "first",
        "order": 10,
        "heading": "Read these first",
        "kicker": "Starting on Monday?",
    },
    {"kind": "verified", "order": 15, "heading": "Found still correct"},
    {"kind": "newest", "order": 20, "heading": "New and changed guides"},
    {"kind": "topics", "order": 30, "heading": "Browse by topic"},
    {"kind": "searches", "order": 40, "heading": "Often looked up"},
]


def arrange(apps=installed) -> None:
    """Put the usual sections where there are none at all."""
    if not apps.get_model("hub", "HomeSection").objects.exists():
        add_missing(apps)


def add_missing(apps=installed) -> None:
    """Put each usual section that the site can have, and has not, where it goes."""
    HomeSection = apps.get_model("hub", "HomeSection")
    known = dict(HomeSection._meta.get_field("kind").choices)
    there = set(HomeSection.objects.values_list("kind", flat=True))
    HomeSection.objects.bulk_create(
        HomeSection(**section)
        for section in SECTIONS
        if section["kind"] in known and section["kind"] not in there
    )
