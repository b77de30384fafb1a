"""Time the pages of registers of 10,000 rows: `uv run python -m bench.registers`.

Each page is asked through Django, with no page kept, on an embedded database of its
own, which goes at the end. Prints milliseconds and queries; ends with 1 where a page
takes longer, or asks more, than it may. A number after the name makes as many policies,
bodies and terms.
"""

import os
import sys
import tempfile
import warnings
from pathlib import Path
from statistics import median
from time import perf_counter

from hub.embedded_database import FAST, EmbeddedDatabase

ROWS, ASKED = 10_000, 15  # the first of those warms up
MOST_MILLISECONDS, MOST_QUERIES = 50, 6
PAGES = [
    "/policies/",
    "/policies/?kind=act&status=in-force&force=law&owner=body-4&place=place-2",
    "/policies/?q=rule",
    "/policies/?q=standard+rule+99",
    "/policies/?page=200",
    "/policies/policy-50/",
    "/policies.json",
    "/policies/policy-50.json",
    "/organisations/",
    "/organisations/?letter=O",
    "/organisations/?q=office",
    "/organisations/?q=OLD77",
    "/organisations/body-1/",
    "/organisations/body-10/",
    "/organisations.json",
    "/organisations/body-10.json",
    "/glossary/",
    "/glossary/?q=term",
    "/glossary/?letter=T",
    "/glossary/?page=100",
    "/glossary/term-50/",
    "/glossary.json",
    "/glossary/term-50.json",
    "/search/?q=BDY10",
]


def main(rows: int) -> bool:
    """Make the rows, then ask every page. Whether each is as it must be."""
    from django.core.management import call_command
    from django.db import transaction
    from django.test import Client

    from tests.landscape.many import fill

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    with transaction.atomic():
        fill(rows)
    browser = Client(headers={"host": "127.0.0.1"})
    enough = [_is_enough(browser, address) for address in PAGES]
    return all(enough)


def _is_enough(browser, address: str) -> bool:
    asked = [_ask(browser, address) for _ in range(ASKED)][1:]
    took, queries = median(ms for ms, _ in asked), max(number for _, number in asked)
    is_enough = took <= MOST_MILLISECONDS and queries <= MOST_QUERIES
    verdict = "reached" if is_enough else "missed"
    print(f"{address}: {took:.1f} ms, {queries} queries: {verdict}")
    return is_enough


def _ask(browser, address: str) -> tuple[float, int]:
    from django.db import connection

    asked = []

    def count(execute, *given):
        asked.append(given[0])
        return execute(*given)

    with connection.execute_wrapper(count):
        start = perf_counter()
        page = browser.get(address)
        took = (perf_counter() - start) * 1000
    if page.status_code != 200:
        raise SystemExit(f"{address} was answered {page.status_code}.")
    return took, len(asked)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        database = EmbeddedDatabase(Path(folder), options=FAST)
        database.start()
        os.environ |= {
            "DATABASE_URL": database.url,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        }
        import django
        from django.conf import settings

        django.setup()
        settings.MIDDLEWARE.remove("zeal.middleware.zeal_middleware")  # for tests only
        warnings.filterwarnings("ignore", "No directory at", UserWarning)
        try:
            is_enough = main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
        finally:
            django.db.connections.close_all()
            database.stop()
    sys.exit(0 if is_enough else 1)
