"""Time the explaining of terms: `uv run python -m bench.terms`.

2,000 terms, each with a long form, and a guide of 1,500 words in which every tenth word
begins one of them. Needs no database.
"""

from pathlib import Path
from random import Random
from statistics import median
from string import ascii_uppercase
from time import perf_counter

from guides.glossary import Glossary, Meaning, Place
from guides.markdown import render_guide
from guides.terms import explain

SEED, TERMS, WORDS, AMONG = 1854, 2_000, 1_500, 10
GUIDES = Path(__file__).parent.parent / "content" / "guides"
ROUNDS = 50


def meanings(chance: Random, words: list[str]) -> list[Meaning]:
    """Terms that nobody uses, but for the words their long forms begin with."""
    made = {}
    while len(made) < TERMS:
        short = "".join(chance.choices(ascii_uppercase, k=4))
        long = " ".join(chance.choices(words, k=3))
        forms = frozenset([short, long])
        about = {"places": frozenset(["uk"]), "is_acronym": True}
        made[short] = Meaning(
            short.lower(), short, long, "What it means.", forms, **about
        )
    return list(made.values())


def guide(chance: Random, words: list[str], terms: list[Meaning]) -> str:
    """A guide's HTML: paragraphs of 50 words under headings."""
    said = chance.choices(words, k=WORDS)
    for place in range(0, WORDS, AMONG):
        term = chance.choice(terms)
        said[place] = chance.choice([term.short, term.long.split()[0]])
    rows = [" ".join(said[at : at + 50]) for at in range(0, WORDS, 50)]
    return render_guide("\n\n".join(f"## Part\n\n*{row}*." for row in rows)).html


def milliseconds(work) -> float:
    """How long it takes, in the middle of many tries."""
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        work()
        times.append((perf_counter() - start) * 1000)
    return median(times)


def main() -> None:
    """Print what making a glossary ready takes, and what explaining a guide by it."""
    chance = Random(SEED)
    text = " ".join(path.read_text() for path in sorted(GUIDES.glob("*.md")))
    words = [word for word in text.split() if word.isalpha()]
    terms = meanings(chance, words)
    places = {"uk": Place("United Kingdom")}
    ready = milliseconds(lambda: Glossary(terms, places))
    print(f"{TERMS:,} terms made ready, once for each state of them: {ready:.1f} ms")
    glossary = Glossary(terms, places)
    html = guide(chance, words, terms)
    found = len(explain(html, glossary, places=["uk"]).terms)
    took = milliseconds(lambda: explain(html, glossary, places=["uk"]))
    print(f"{WORDS:,} words, {found} terms found and explained: {took:.2f} ms")


if __name__ == "__main__":
    main()
