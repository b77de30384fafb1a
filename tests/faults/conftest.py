"""A deployment that is broken in many ways, and has to come back each time."""

import os
import random
import shutil
import tempfile
from pathlib import Path

import pytest

from tests.faults.deployment import Deployment
from tests.faults.proxy import Proxy

SLACK = 3


@pytest.fixture(scope="session")
def whole(request) -> bool:
    """Whether this is the long run."""
    return request.config.getoption("--whole")


@pytest.fixture(scope="session")
def at_most(whole):
    """The most that a measure may be: as promised in the long run, three times that in
    the short one, since machines of CI are busy."""
    return lambda promised: promised if whole else SLACK * promised


@pytest.fixture(scope="session")
def _deployment():
    with tempfile.TemporaryDirectory(
        prefix="handover-faults-", ignore_cleanup_errors=True
    ) as folder:
        Path(folder).chmod(0o711)  # PostgreSQL, as another user, must pass through
        deployment = Deployment(Path(folder))
        try:
            deployment.make()
            yield deployment
        finally:
            deployment.end()


@pytest.fixture
def site(_deployment):
    """A site that runs, without comments yet."""
    _deployment.ask(
        "TRUNCATE discussions_thread, discussions_notice, procrastinate_jobs CASCADE"
    )
    if _deployment.web is None:
        _deployment.start()
    _deployment.wait_until_ready()
    return _deployment


@pytest.fixture
def _nginx():
    if not shutil.which("nginx") and not os.environ.get("CI"):
        pytest.skip("There is no nginx here; install Debian's package nginx-light.")


@pytest.fixture
def proxy(site, tmp_path, _nginx):
    """nginx in front of the site, as an operator runs it."""
    proxy = Proxy(tmp_path, site.port)
    proxy.start()
    yield proxy
    proxy.stop()


@pytest.fixture
def chance(request) -> random.Random:
    """The same chances in each run."""
    return random.Random(request.node.name)


@pytest.fixture
def told(record_property):
    """Puts a row into the table of faults."""
    return lambda *row: record_property("fault", row)
