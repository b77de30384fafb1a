"""The corpus `threads`: guides and what is said beside them, the same each time.

`python -m bench.corpus 1M`, as a process of the site that is to hold it, loads it into
an empty database. Comments come in the order in which they were written, so those of
one guide lie far apart, as they do on a site that grew.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

SEED = 1854
SIZES = {"1k": 1_000, "10k": 10_000, "100k": 100_000, "1M": 1_000_000}
# Guides that rows are about, by their keys; the first of them has key 1.
NAMED = ("fifty-comments", "many-threads", "long-thread", "new-comments")
FIFTY, MANY, LONG, NEW = NAMED
COMMENTS_A_THREAD = 5  # of every thread but the long one
BEGAN, DAYS = datetime(2024, 1, 1, tzinfo=UTC), 700
DUE = date(2100, 1, 1)
NOT_SHOWN = (
    ("held", "first", ""),
    ("hidden", "", "It names a colleague."),
    ("spam", "", ""),
)
CURATOR = 1  # the key of the one person who may use the admin
PROJECT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Plan:
    """How many of everything stand beside so many comments."""

    comments: int

    @property
    def guides(self) -> int:
        """How many guides there are: enough to fill a page of each topic."""
        return max(400, self.comments // 500)

    @property
    def members(self) -> int:
        """How many people; each of them can post once in a run."""
        return max(2_000, self.comments // 10)

    @property
    def most(self) -> int:
        """How many comments the two longest discussions have."""
        return min(10_000, self.comments * 2 // 5)


def session_of(person: int) -> str:
    """The key of the session in which this person is signed in."""
    return f"bench{person:027}"


def guide_of_each(plan: Plan, chance: Random) -> list[int]:
    """The key of the guide that each comment is about, in the order written."""
    guides = [1] * 50 + [2] * plan.most + [3] * plan.most
    # The next ones are spoken of nearly as much as those two, the last ones little.
    others = range(len(NAMED) + 1, plan.guides + 1)
    weights = [(n + 60) ** -1.5 for n in others]
    guides += chance.choices(others, weights, k=plan.comments - len(guides))
    chance.shuffle(guides)
    return guides


class Writer:
    """Makes up text from the words of the starter guides."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        texts = sorted((PROJECT / "content" / "guides").glob("*.md"))
        self.words = re.findall(r"[a-z]{2,}", " ".join(p.read_text() for p in texts))

    def sentence(self) -> str:
        """A sentence in which one word matters."""
        words = self.chance.choices(self.words, k=self.chance.randint(8, 18))
        words[3] = f"*{words[3]}*"
        return " ".join(words).capitalize() + "."

    def paragraph(self) -> str:
        """A few sentences."""
        return " ".join(self.sentence() for _ in range(self.chance.randint(2, 5)))

    def guide(self) -> str:
        """A guide of about 1,200 words."""
        parts = []
        for _ in range(6):
            heading = " ".join(self.chance.choices(self.words, k=4)).capitalize()
            parts += [f"## {heading}", *(self.paragraph() for _ in range(4))]
        return "\n\n".join(parts)


def copy(cursor, model, names: Iterable[str], rows: Iterable[tuple]) -> None:
    """Load rows that give the fields `names`; the others get the model's defaults."""
    from django.db import connection

    given = [model._meta.get_field(name) for name in names]
    others = [
        field
        for field in model._meta.concrete_fields
        if field not in given and not field.generated and not field.primary_key
    ]
    values = [
        field.get_db_prep_save(field.get_default(), connection) for field in others
    ]
    columns = ", ".join(f'"{field.column}"' for field in [*given, *others])
    sql = f"COPY {model._meta.db_table} ({columns}) FROM STDIN"
    with cursor.copy(sql) as sent:
        for row in rows:
            sent.write_row((*row, *values))


def load_people(cursor, plan: Plan) -> None:
    """Members who joined long ago; the first is a curator."""
    from allauth.account.models import EmailAddress
    from django.contrib.sessions.models import Session

    from accounts.models import User

    everybody = range(1, plan.members + 1)
    names = "id email display_name handle password date_joined is_staff is_superuser"
    people = (
        (n, _email(n), f"Person {n}", f"person-{n}", "!", BEGAN, *[n == CURATOR] * 2)
        for n in everybody
    )
    copy(cursor, User, names.split(), people)
    addresses = ((n, n, _email(n), True, True) for n in everybody)
    names = "id user email verified primary"
    copy(cursor, EmailAddress, names.split(), addresses)
    sessions = ((session_of(n), _session_data(n), DUE) for n in everybody[:2_000])
    copy(cursor, Session, ["session_key", "session_data", "expire_date"], sessions)


def _email(person: int) -> str:
    return f"person{person}@bench.example"


def _session_data(person: int) -> str:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from accounts.models import User

    return SessionStore().encode(
        {
            SESSION_KEY: str(person),
            BACKEND_SESSION_KEY: "accounts.backends.PersonBackend",
            HASH_SESSION_KEY: User(password="!").get_session_auth_hash(),
        }
    )


def load_guides(cursor, plan: Plan, writer: Writer) -> None:
    """Live guides on twelve topics."""
    from guides.models import Edition, Guide, Topic

    topics = ((n, f"topic-{n}", f"Topic {n}", "What people ask.") for n in range(1, 13))
    copy(cursor, Topic, ["id", "slug", "title", "summary"], topics)
    keys, slugs = range(1, plan.guides + 1), dict(enumerate(NAMED, 1))
    names = "id slug owner live_edition"
    names += " kind public_benefit visibility due_on first_published_at created_at"
    same = ("primer", "People who claim once.", "live", DUE, BEGAN, BEGAN)
    guides = ((n, slugs.get(n, f"guide-{n}"), n, n, *same) for n in keys)
    copy(cursor, Guide, names.split(), guides)
    names = "id guide created_by title summary published_at number state change_note"
    names += " body body_html body_text contents word_count"
    # They ask the database for terms, which cannot be while it takes rows.
    texts = [Edition(body=writer.guide(), guide_id=keys[0]) for _ in range(40)]
    for text in texts:
        text.render()
    copy(cursor, Edition, names.split(), _editions(keys, texts, writer))
    shelves = ((n, n, n % 12 + 1) for n in keys)
    copy(cursor, Guide.topics.through, ["id", "guide", "topic"], shelves)


def _editions(keys: Iterable[int], texts: list, writer: Writer) -> Iterator[tuple]:
    """One for each guide, with one of these texts."""
    from psycopg.types.json import Jsonb

    same = (1, "published", "First published.")
    for n in keys:
        text = texts[n % len(texts)]
        title = f"Guide {n}: {text.contents[0]['title']}"
        moment = BEGAN + timedelta(hours=n)
        words = (text.body, text.body_html, text.body_text, Jsonb(text.contents))
        about = (n, n, n, title, writer.sentence(), moment)
        yield (*about, *same, *words, text.word_count)


class Discussions:
    """Threads and their comments, as they come."""

    def __init__(self, plan: Plan, writer: Writer) -> None:
        from discussions.models import Comment

        self.plan, self.chance = plan, writer.chance
        self.threads: list[tuple] = []
        self.openings: dict[int, tuple[int, int]] = {}  # a guide's newest thread's
        self.pool = [Comment(body=writer.paragraph()) for _ in range(500)]
        for comment in self.pool:
            comment.render()

    def comments(self) -> Iterator[tuple]:
        """Every comment; the threads that they open are kept in `threads`."""
        step = timedelta(days=DAYS) / self.plan.comments
        written: Counter[int] = Counter()  # how many comments a guide has so far
        for key, guide in enumerate(guide_of_each(self.plan, self.chance), 1):
            number, moment = written[guide], BEGAN + step * key
            written[guide] += 1
            opens = number == 0 if guide == 3 else number % COMMENTS_A_THREAD == 0
            if opens:
                self._open(guide, key, moment)
            thread, opening = self.openings[guide]
            author = self.chance.randint(1, self.plan.members)
            text = self.chance.choice(self.pool)
            words = (text.body, text.body_html, f"00000000-0000-4000-8000-{key:012}")
            state = self._state(guide, is_last=number % COMMENTS_A_THREAD == 4)
            answered = None if opens else opening
            yield (key, thread, answered, author, moment, *words, *state)

    def _open(self, guide: int, key: int, moment: datetime) -> None:
        kind = self.chance.choice(("question", "field-note", "comment"))
        self.threads.append((len(self.threads) + 1, guide, guide, kind, moment))
        self.openings[guide] = len(self.threads), key

    def _state(self, guide: int, *, is_last: bool) -> tuple[str, str, str]:
        """The state of a comment with the reasons for it; few are not shown."""
        number = self.chance.randrange(400)
        if guide <= len(NAMED) or not is_last or number >= len(NOT_SHOWN):
            return "published", "", ""
        return NOT_SHOWN[number]


def load_discussions(cursor, plan: Plan, writer: Writer) -> None:
    """Comments, and the threads they stand in."""
    from discussions.models import Comment, Thread

    discussions = Discussions(plan, writer)
    names = "id thread in_reply_to author created_at body body_html key"
    names += " state held_reason hidden_reason"
    copy(cursor, Comment, names.split(), discussions.comments())
    names = "id guide edition kind created_at"
    copy(cursor, Thread, names.split(), discussions.threads)


def load(size: str) -> None:
    """Fill the database of this process's settings."""
    from django.apps import apps
    from django.core.management.color import no_style
    from django.db import connection, transaction

    plan, writer = Plan(SIZES[size]), Writer(Random(SEED))
    with transaction.atomic(), connection.cursor() as cursor:
        # Neither triggers nor foreign keys row by row: what follows breaks none.
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("SET LOCAL statement_timeout = 0")
        load_people(cursor, plan)
        load_guides(cursor, plan, writer)
        load_discussions(cursor, plan, writer)
        for sql in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(sql)
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("VACUUM ANALYZE")


if __name__ == "__main__":
    import django

    django.setup()
    load(sys.argv[1])
