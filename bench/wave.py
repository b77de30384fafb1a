"""Time what a change sets off in 1,000 live guides: `uv run python -m bench.wave`.

Prints the seconds of each verb on an embedded database of its own, which goes at the
end. A number after the name makes as many guides.
"""

import os
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from hub.embedded_database import FAST, EmbeddedDatabase

GUIDES = 1_000
WORDS = "A lead assessor runs the day and writes the report. " * 150  # 1,500 words


def main(guides: int) -> None:
    """Make the guides, then time each verb, and once more."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    policy, successor, body, heir = _make(guides)
    from guides.wave import reorganise, supersede

    ends = {"status": "superseded", "successor": successor, "on": "2026", "by": None}
    merges = {"status": "merged", "into": [heir], "on": "2026", "by": None}
    for name, verb in (
        ("supersede", lambda: supersede(policy, **ends)),
        ("supersede again", lambda: supersede(policy, **ends)),
        ("reorganise", lambda: reorganise(body, **merges)),
        ("reorganise again", lambda: reorganise(body, **merges)),
    ):
        start = perf_counter()
        touched = verb()
        print(f"{name}: {touched} guides in {perf_counter() - start:.2f} s")


def _make(guides: int) -> tuple:
    """A policy and a body that every guide cites, and what takes their place."""
    from accounts.models import User
    from guides.models import Guide
    from landscape.models import Organisation, Policy

    facets = {"kind": "standard", "force": "law", "reach": "bound"}
    policies = [
        Policy.objects.create(slug=s, title=s, status="in-force", **facets)
        for s in ("old", "new")
    ]
    bodies = [
        Organisation.objects.create(slug=s, name=s, kind="team") for s in ("ccs", "gca")
    ]
    for number in range(guides):
        owner = User.objects.create_user(
            email=f"{number}@bench.example", password=None, display_name="Owner"
        )
        guide = Guide.objects.create(
            slug=f"guide-{number}", kind="primer", public_benefit="All.", owner=owner
        )
        text = f"## Why\n\n[[policy:old §1]] of [[org:ccs]].\n\n{WORDS}"
        guide.editions.create(
            title="Spend", summary="How.", body=text, created_by=owner
        ).publish(by=None)
    return *policies, *bodies


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        database = EmbeddedDatabase(Path(folder), options=FAST)
        database.start()
        os.environ |= {
            "DATABASE_URL": database.url,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        }
        import django

        django.setup()
        try:
            main(int(sys.argv[1]) if len(sys.argv) > 1 else GUIDES)
        finally:
            django.db.connections.close_all()
            database.stop()
