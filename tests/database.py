"""A database for the tests, started before Django reads its settings.

DATABASE_URL, if it is set, names another one. The workers of pytest-xdist find it
in the environment that they inherit.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import pytest

from hub.embedded_database import FAST, DatabaseTrouble, EmbeddedDatabase


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    """Start the database; it goes when pytest ends, however that comes."""
    if os.environ.get("DATABASE_URL"):
        return
    folder = Path(tempfile.mkdtemp(prefix="handover-tests-"))
    database = EmbeddedDatabase(folder, options=FAST)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(database.stop)
    try:
        database.start()
    except DatabaseTrouble as trouble:
        pytest.exit(f"The tests need a database. {trouble}", returncode=2)
    os.environ["DATABASE_URL"] = database.url
