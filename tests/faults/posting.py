"""Many people who post at once, each as a person would: once more after an error."""

import re
import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from tests.faults.browser import CUT, Answer
from tests.faults.deployment import POSTERS, Deployment

THREADS = 8
RETRIES = 3
# nginx's own page while nobody answers has no words; the browser keeps the form.
WORDLESS = "what you typed is still in the form"


@dataclass
class Posted:
    """What became of one comment: its words, who wrote them, and each answer."""

    body: str
    person: int
    answers: list[Answer] = field(default_factory=list)

    @property
    def is_acknowledged(self) -> bool:
        """Whether the site said that it is there."""
        return bool(self.answers) and self.answers[-1].is_taken


def post(
    site: Deployment,
    person: int,
    body: str,
    retries: int = RETRIES,
    address: str = "",
) -> Posted:
    """Open the form, fill it in, and send it, again after an error."""
    browser = site.member(person, address)
    path = f"/guides/{site.slug}/discussion/new/"
    posted = Posted(body, person)
    for _ in range(10 * (retries + 1)):
        form = browser.get(path)
        if form.status == 200:
            break
        time.sleep(0.2)
    if form.status != 200:
        return posted
    typed = form.hidden | {"kind": "question", "body": body}
    for turn in range(retries + 1):
        answer = browser.post(path, typed)
        posted.answers.append(answer)
        if answer.is_taken or 400 <= answer.status < 500:
            break
        time.sleep(0.5 * 2**turn)
    return posted


def post_all(site: Deployment, people: Iterable[int], **given) -> list[Posted]:
    """A comment of each of these people, by eight at a time."""
    with ThreadPoolExecutor(THREADS) as crowd:
        work = [
            crowd.submit(post, site, person, f"Question of person {person}.", **given)
            for person in people
        ]
        return [future.result() for future in work]


def post_until(site: Deployment, is_over: Callable[[], bool]) -> list[Posted]:
    """A comment of one person after the other, by eight at a time, without a second
    try, until it is over."""
    people = iter(range(1, POSTERS))

    def go_on() -> list[Posted]:
        posted = []
        while not is_over() and (person := next(people, None)):
            posted.append(post(site, person, f"Question of {person}.", retries=0))
        return posted

    with ThreadPoolExecutor(THREADS) as crowd:
        work = [crowd.submit(go_on) for _ in range(THREADS)]
        return [each for future in work for each in future.result()]


def during(posting: Callable[[], list[Posted]], fault: Callable[[Callable], None]):
    """Post while a fault happens. The fault is given a function that says whether
    people are still at it."""
    with ThreadPoolExecutor(1) as one:
        work = one.submit(posting)
        fault(lambda: not work.done())
        return work.result()


def check(site: Deployment, posted: list[Posted]) -> str:
    """Every acknowledged comment is there once, every other at most once, each by its
    author; whoever got an error page got the words back, or sent them again from their
    browser when it was nginx's. Returns it in words."""
    rows = site.ask(
        "SELECT body, email FROM discussions_comment c "
        "JOIN accounts_user u ON u.id = c.author_id"
    )
    there = Counter(row["body"] for row in rows)
    acknowledged = [each for each in posted if each.is_acknowledged]
    missing = [each.body for each in acknowledged if not there[each.body]]
    doubled = [body for body, times in there.items() if times > 1]
    by = {row["body"]: row["email"] for row in rows}
    wrong = [
        each.body
        for each in posted
        if each.body in by and by[each.body] != f"person{each.person}@fault.example"
    ]
    errors = [(each, a) for each in posted for a in each.answers if a.status >= 400]
    bare = [(each, a) for each, a in errors if each.body not in a.text]
    lost = [
        (a.status, a.text[:200])
        for each, a in bare
        if WORDLESS not in a.text or not each.is_acknowledged
    ]
    unworded = {a.status for _, a in errors} - {503}
    assert (missing, doubled, wrong, lost) == ([], [], [], [])
    assert not unworded, unworded
    cut = sum(a.status == CUT for each in posted for a in each.answers)
    return (
        f"{len(posted)} posted, {len(acknowledged)} acknowledged, {len(there)} there, "
        f"0 missing, 0 doubled, {len(errors) - len(bare)} error pages with the words, "
        f"{len(bare)} of nginx without, {cut} connections cut"
    )


def shown(site: Deployment) -> int:
    """How many comments a reader finds who pages through the discussion."""
    reader, path = site.reader(), f"/guides/{site.slug}/discussion/"
    found, after = set(), "?after=0"
    while after:
        answer = reader.get(path + after)
        assert answer.status == 200, f"{path}{after} says {answer.status}"
        page = answer.text
        found |= set(re.findall(r'<article class="comment" id="comment-(\d+)"', page))
        after = next(iter(re.findall(r'href="[^"]*(\?after=\d+)[^"]*"', page)), "")
    return len(found)
