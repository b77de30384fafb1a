"""Full disks, wrong clocks, new keys, long texts and slow readers."""

import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from statistics import quantiles

import pytest

from tests.factories import picture_file
from tests.faults.browser import Browser
from tests.faults.deployment import POSTERS, timed
from tests.faults.posting import check, post, post_all
from tests.faults.slow import SlowReaders

PAGES = ["/", "/guides/", "/search/?q=service", "/feeds/guides/", "/sitemap.xml"]
CLOCKS = {
    "a day ahead": "86400",
    "a day behind": "-86400",
    "29 February": "2028-02-29T23:59:30+00:00",
    "an hour that does not exist": "2027-03-28T01:30:00+00:00",
    "an hour that comes twice": "2026-10-25T01:30:00+01:00",
}
MAIL_LINK = """
from accounts.models import User
from discussions.models import MailChoice
from django.urls import reverse
token = MailChoice.token(User.objects.first(), "replies")
print(reverse("discussions:mail-stop", args=[token]))
"""
MOST_MEMORY = 300  # MiB of one worker


@contextmanager
def full_disk(folder):
    """A small disk without a byte left; skipped where nobody may mount one."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("Only root may mount a disk.")
    try:
        with (folder / "all of it").open("wb") as file, suppress(OSError):
            file.write(b"x" * 200_000)
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_with_full_disks_the_site_goes_on(site, told, tmp_path):
    site.stop()
    with full_disk(tmp_path / "disk") as disk, open("/dev/full", "w") as log:
        site.start(log=log, TMPDIR=str(disk), LOG_LEVEL="DEBUG")
        try:
            pages = [site.reader().get(page).status for page in PAGES]
            posted = post(site, 1, "Is there room?")
            author = site.member(0)
            images = f"/guides/{site.slug}/images/"
            form = author.get(images).hidden | {"alt": "A form.", "image": ""}
            file = ("a.png", picture_file(size=(3000, 2000)))
            answer = author.send_file(images, form, "image", file)
        finally:
            site.stop()

    assert set(pages) == {200}
    assert posted.is_acknowledged
    assert answer.status == 302, answer.text[:500]
    told("F9", "log and temporary files on full disks", "read, posted, image stored")


@pytest.mark.parametrize("clock", CLOCKS)
def test_with_a_wrong_clock_nothing_breaks(site, told, clock):
    site.stop()
    site.start("tests.faults.odd_clock:application", CLOCK=CLOCKS[clock])
    try:
        pages = [site.reader().get(page) for page in PAGES]
        posted = [post(site, n, f"Question {n}?") for n in range(1, 4)]
        page = site.reader().get(f"/guides/{site.slug}/")
    finally:
        site.stop()

    assert {page.status for page in pages} == {200}
    found = check(site, posted)
    assert all(each.is_acknowledged for each in posted)
    assert len(site.ask("SELECT 1 FROM discussions_comment")) == len(posted)
    assert "in the future" not in page.text
    told("F12", f"the clock says: {clock}", f"pages 200, {found}")


def test_two_workers_may_disagree_about_the_time(site, told):
    site.stop()
    odd = {"CLOCK": "90", "CLOCK_OF_HALF": "1"}
    site.start("tests.faults.odd_clock:application", **odd)
    try:
        posted = post_all(site, range(1, 31))
    finally:
        site.stop()

    found = check(site, posted)
    assert all(each.is_acknowledged for each in posted)
    told("F12", "two workers, 90 seconds apart", found)


def test_a_new_key_with_the_old_one_behind_it_shuts_nobody_out(site, told):
    old = site.settings["SECRET_KEY"]
    new = f"another key, otherwise {old}"
    link = site.manage("shell", "--no-imports", "-c", MAIL_LINK).stdout.strip()
    pages = ("/desk/", "/", link)
    # Whoever comes meanwhile is signed in by the new key: so two, one for each case.
    came, came_not = site.member(POSTERS), site.member(POSTERS + 1)

    def answers(browser) -> list[int]:
        return [browser.get(page).status for page in pages]

    found = [answers(came), answers(came_not)]
    for browser, more in (came, {"SECRET_KEY_FALLBACKS": old}), (came_not, {}):
        site.stop()
        site.start(SECRET_KEY=new, **more)
        found.append(answers(browser))
    still = came.get("/desk/").status
    site.stop()

    assert found == [[200, 200, 200]] * 3 + [[302, 200, 404]]
    assert still == 200
    kept = "signed in, and links in mails work, with the old one behind it, else not"
    told("F17", "SECRET_KEY changed", kept)


def test_the_largest_forms_fill_no_memory(site, told, proxy):
    author = site.member(0, proxy.address)
    path = "/guides/new/preview/"
    hidden = author.get("/guides/new/?kind=primer").hidden
    longest = hidden | {"title": "Long", "body": ("*a_[b](c) `d` " * 20_000)[:200_000]}
    too_long = hidden | {"title": "Long", "body": "a" * 3_000_000}
    with ThreadPoolExecutor(4) as four:
        work = [four.submit(author.post, path, longest) for _ in range(8)]
        work += [four.submit(author.post, path, too_long) for _ in range(8)]
        answers = [each.result() for each in work]
    memory = [site.memory_of(worker) for worker in site.workers()]

    assert {answer.status for answer in answers[:8]} <= {200, 422, 429}
    assert {answer.status for answer in answers[8:]} <= {400, 413}
    assert max(memory) < MOST_MEMORY
    done = "8 previews of 200,000 characters and 8 forms of 3 MB"
    told("F15", done, f"workers take {max(memory):.0f} MiB at most, the long refused")


def test_slow_readers_wait_alone(site, whole, told, proxy, at_most):
    number, seconds = 200, 60 if whole else 20  # nginx closes them after fifteen
    reader = site.reader(proxy.address)
    quiet = usual_wait(reader, seconds / 2)
    with SlowReaders(proxy.port, number) as slow:
        busy = usual_wait(reader, seconds)

    assert slow.begun_again >= number
    ratio = busy / quiet
    assert ratio <= at_most(3)
    done = f"{number} connections that send a byte a second, for {seconds} s, "
    done += f"closed by nginx and opened again {slow.begun_again} times"
    told("F16", done, f"95 of 100 pages within {ratio:.1f} times as long as without")


def usual_wait(reader: Browser, seconds: float) -> float:
    """Seconds within which 95 of 100 pages come, asked for so long."""
    began, took = time.monotonic(), []
    while time.monotonic() - began < seconds:
        answer, wait = timed(reader.get, "/guides/")
        assert answer.status == 200
        took.append(wait)
    return quantiles(took, n=20)[-1]
