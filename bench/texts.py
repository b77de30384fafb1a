"""The corpus `texts`: guides of 800 words, the same ones for the same seed.

They lie in a PostgreSQL of their own under `bench/.data/` and stay there until the
seed, the size or the migrations change.
"""

import json
import os
import random
import shutil
import warnings
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

import django

from hub import demo
from hub.embedded_database import FAST, EmbeddedDatabase

SEED = 21
WORDS_A_GUIDE, WORDS_IN_ALL = 800, 40_000
FIRST_DAY, BETWEEN = datetime(2020, 1, 1, tzinfo=UTC), timedelta(minutes=10)
DATA = Path(__file__).parent / ".data"
SERVER = [*FAST, "-c", "shared_buffers=2GB", "-c", "max_wal_size=8GB"]
FUNCTION = """the of to and a in is for that on with as be are this by it from or an at
    not have was which will can their has your but if all they more one other when
    there no who about any these should each how only into our than such do where what
    some them its also been after before over""".split()
DOMAIN = """policy procurement clearance onboarding contractor department procedure
    strategy citizen budget approval framework governance delivery assessment security
    service standard committee minister briefing tender invoice timesheet milestone
    assurance audit accessibility privacy records supplier directorate agency council
    statute regulation consultation evaluation submission treasury mandate""".split()
ONSETS = """b bl br c ch cl cr d dr f fl fr g gl gr h j l m n p pl pr qu r s sc sh sl
    sp st str t th tr v w wh y z""".split()
VOWELS = "a e i o u ai ea ee ie oa oo ou".split()
CODAS = "b ck ct d ft g l ld lt m mp n nd nt p r rd rm rn rt s sk st t x".split()

TABLE = """
CREATE UNLOGGED TABLE bench_text (
    id integer, title text, summary text, body text, published timestamptz)
"""
FILL = """
INSERT INTO guides_guide (id, slug, kind, stages, professions, tiers, public_benefit,
    visibility, visibility_reason, created_at, first_published_at, due_on,
    live_edition_id)
SELECT id, 'guide-' || id, (ARRAY['primer', 'how-to', 'map'])[id % 3 + 1],
    ARRAY[(ARRAY['first-day', 'first-week', 'ongoing'])[id % 3 + 1]],
    '{}', '{}', 'The public.', 'live', '', published, published, '2099-01-01', id
FROM bench_text;

INSERT INTO guides_guide_topics (guide_id, topic_id)
SELECT id, id % 12 + 1 FROM bench_text;

INSERT INTO guides_edition (id, guide_id, number, title, summary, body, body_html,
    body_text, contents, word_count, byline, is_minor, change_note, state, created_at,
    published_at, override_reason)
SELECT id, id, 1, title, summary, replace(body, E'\n', E'\n\n'),
    '<p>' || replace(body, E'\n', E'</p>\n<p>') || '</p>', body, '[]', 800,
    'Sample Author', false, 'First published.', 'published', published, published, ''
FROM bench_text;
DROP TABLE bench_text
"""
INDEXES = """
SELECT indexname, indexdef FROM pg_indexes WHERE indexname IN
    ('published_edition_words', 'published_edition_ranks', 'words_alike')
"""


def start(size: int, extension: str = "") -> EmbeddedDatabase:
    """The running database with so many guides, for which Django is set up.

    It is filled where that has not been done. The caller stops it. With `extension`
    it is a server of this machine that has it.
    """
    folder = DATA / "-".join(filter(None, ["texts", str(size), extension]))
    os.environ["DJANGO_SETTINGS_MODULE"] = "hub.settings"
    demo.set_environment(["demo", "--data", str(folder)])
    warnings.filterwarnings("ignore", "No directory at", UserWarning)
    django.setup()
    kept, wanted = folder / "made-from.json", _made_from(size)
    is_filled = kept.exists() and json.loads(kept.read_text()) == wanted
    if not is_filled:
        shutil.rmtree(folder / "database", ignore_errors=True)
    database = demo.database_in(folder, options=SERVER, extension=extension)
    database.start()
    try:
        if not is_filled:
            _fill(size)
            kept.write_text(json.dumps(wanted))
    except BaseException:
        database.stop()
        raise
    return database


def vocabulary() -> list[str]:
    """All words, those that are used most first."""
    dice = random.Random(SEED)
    words = dict.fromkeys(FUNCTION + DOMAIN)
    while len(words) < WORDS_IN_ALL:
        syllables = dice.choices((1, 2, 3), (1, 5, 4))[0]
        word = "".join(map(dice.choice, (ONSETS, VOWELS) * syllables))
        words.setdefault(word + dice.choice(CODAS))
    return list(words)


def texts(size: int, counts: Counter) -> Iterator[tuple[int, str, str, str]]:
    """Number, title, summary and text of each guide; counts the guides of a word."""
    dice, words = random.Random(SEED), vocabulary()
    titles = words[200:4000]
    shares = list(accumulate(1 / (place + 4) ** 1.02 for place in range(len(words))))
    for number in range(1, size + 1):
        used = dice.choices(words, cum_weights=shares, k=WORDS_A_GUIDE)
        named = dice.sample(DOMAIN, 2) + dice.sample(titles, 3)
        summary = f"{' '.join(used[:12])}.".capitalize()
        body = "\n".join(
            f"{' '.join(used[at : at + 16])}.".capitalize()
            for at in range(0, WORDS_A_GUIDE, 16)
        )
        counts.update({*used, *named})
        yield number, " ".join(named).capitalize(), summary, body


def _made_from(size: int) -> dict[str, object]:
    from django.db.migrations.loader import MigrationLoader

    leaves = MigrationLoader(None).graph.leaf_nodes()
    return {"seed": SEED, "size": size, "migrations": sorted(map(".".join, leaves))}


def _fill(size: int) -> None:
    from django.core.management import call_command
    from django.db import connection, transaction

    from guides.models import Topic

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    with transaction.atomic(), connection.cursor() as cursor:
        # No triggers and no checks of keys: every row is made here.
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SET LOCAL maintenance_work_mem = '1GB'")
        cursor.execute(INDEXES)
        indexes = dict(cursor.fetchall())
        cursor.execute(f"DROP INDEX {', '.join(indexes)}")
        cursor.execute(TABLE)
        _copy_texts(cursor, size)
        Topic.objects.bulk_create(
            Topic(id=n, slug=f"topic-{n}", title=f"Topic {n}") for n in range(1, 13)
        )
        cursor.execute(FILL)
        for definition in indexes.values():
            cursor.execute(definition)
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("VACUUM ANALYZE")
    connection.close()


def _copy_texts(cursor, size: int) -> None:
    from guides.models import Word

    counts = Counter()
    with cursor.copy("COPY bench_text FROM STDIN") as rows:
        for number, *words in texts(size, counts):
            rows.write_row((number, *words, FIRST_DAY + number * BETWEEN))
    with cursor.copy("COPY guides_word (word, guides) FROM STDIN") as rows:
        for word in sorted(Word.words_of(" ".join(counts))):
            rows.write_row((word, counts[word]))
