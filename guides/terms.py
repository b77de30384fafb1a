"""Words of the trade, explained where they stand first in a guide. Pure."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from html import escape, unescape
from itertools import groupby

from guides.glossary import ANYWHERE, Glossary, Meaning

# As the sanitiser writes them: attributes in double quotes, and no other "<". What has
# become of a body is told anew whenever it changes, so its words stay as they are.
TAG = re.compile(r'(<span class="now">[^<]*</span>|<[^<>"]*(?:"[^"]*"[^<>"]*)*>)')
NAME = re.compile(r"</?([a-z0-9]+)")
PINNED = re.compile(r'<a [^>]*?\bhref="/glossary/([a-z0-9-]+)/"')
# Where a link would stand in another one, change what somebody else said, or be in
# the way of those who jump from heading to heading.
CLOSED = {
    *("h1", "h2", "h3", "h4", "h5", "h6", "a", "code", "pre", "blockquote", "q"),
    *("abbr", "figcaption", "sup"),
}
INLINE = {"a", "abbr", "code", "em", "q", "s", "span", "strong"}  # words run through


@dataclass(frozen=True)
class Explained:
    """A text with its terms explained, and the list of them that stands under it."""

    html: str
    terms: list[dict]

    @property
    def acronyms(self) -> set[str]:
        """What needs no other explaining in the text."""
        told = (meaning for term in self.terms for meaning in term["meanings"])
        return {meaning["short"] for meaning in told}


@dataclass(frozen=True)
class Use:
    """Where a form stands: in which part of the text, from where to where in it. In a
    link to the page of a term, that is nowhere: its words stay as they are."""

    part: int
    start: int
    end: int
    word: str
    meanings: tuple[Meaning, ...]


def explain(
    html: str,
    glossary: Glossary,
    *,
    places: Collection[str] = (),
    pinned: Collection[str] = (),
    muted: Collection[str] = (),
) -> Explained:
    """A sanitised text in which the first use of each term leads to what it means.

    places: what the guide is about, by slug. pinned: terms to explain in any case, by
    slug; a link to a term's page pins it, and counts as its first use. muted: terms to
    leave alone, by slug or any form.
    """
    parts = TAG.split(html)
    pins = list(_pins(parts, glossary))
    pinned = {*pinned, *(pin.meanings[0].slug for pin in pins)}
    choose = _chooser(glossary, places, pinned, {name.lower() for name in muted})
    uses = [
        Use(use.part, use.start, use.end, use.word, meant)
        for run in _runs(parts)
        for use in _uses(run, glossary)
        if (meant := choose(use.meanings))
    ]
    first = list(_first_uses([*pins, *uses]))
    for number, here in groupby(sorted(first, key=_place), key=lambda use: use.part):
        link = _pin_explained if number % 2 else _linked
        parts[number] = link(parts[number], list(here), glossary)
    terms = [_entry(use, glossary) for use in first]
    terms.sort(key=lambda term: (term["word"].casefold(), term["slug"]))
    return Explained("".join(parts), terms)


Run = list[tuple[int, str, bool]]
Choice = Callable[[tuple[Meaning, ...]], tuple[Meaning, ...]]


def _runs(parts: list[str]) -> Iterator[Run]:
    """Words that run on through any marks: the number of each part, its words, and
    whether they are to be left alone."""
    run, depth = [], 0
    for number, part in enumerate(parts):
        if number % 2 == 0:
            run.append((number, unescape(part), depth > 0))
            continue
        name = NAME.match(part)[1]
        if name in CLOSED:
            depth += -1 if part.startswith("</") else 1
        if name not in INLINE:
            yield run
            run = []
    yield run


def _uses(run: Run, glossary: Glossary) -> Iterator[Use]:
    whole = "".join(words for _, words, _ in run)
    start = 0
    for number, words, is_closed in run:
        end = start + len(words)
        if not is_closed:
            for first, last, meanings in glossary.find(whole, start, end):
                word = whole[first:last]
                yield Use(number, first - start, last - start, word, meanings)
        start = end


def _pins(parts: list[str], glossary: Glossary) -> Iterator[Use]:
    for number in range(1, len(parts), 2):
        found = PINNED.match(parts[number])
        if found and (meaning := glossary.by_slug.get(found[1])):
            yield Use(number, 0, 0, meaning.short, (meaning,))


def _chooser(glossary: Glossary, places, pinned: set[str], muted: set[str]) -> Choice:
    near = glossary.distances(places)

    def distance(meaning: Meaning) -> int | None:
        far = [near[slug] for slug in meaning.places if slug in near]
        return min(far, default=None) if meaning.places else ANYWHERE

    def choose(meanings: tuple[Meaning, ...]) -> tuple[Meaning, ...]:
        """What a form means here: the nearest of all; nothing, to leave it alone."""
        if chosen := tuple(each for each in meanings if each.slug in pinned):
            return chosen
        reach = {
            each: far
            for each in meanings
            if each.is_explained
            and not each.is_one_of(muted)
            and (far := distance(each)) is not None
        }
        nearest = min(reach.values(), default=None)
        return tuple(each for each, far in reach.items() if far == nearest)

    return choose


def _first_uses(uses: list[Use]) -> Iterator[Use]:
    """Each term once. A form of several meanings has the one that the text itself
    spells out, if it does."""
    spelled = {use.meanings[0].slug for use in uses if len(use.meanings) == 1}
    done: set[str] = set()
    for use in uses:
        said = tuple(each for each in use.meanings if each.slug in spelled)
        meanings = said or use.meanings
        slugs = {meaning.slug for meaning in meanings}
        if not slugs & done:
            done |= slugs
            yield Use(use.part, use.start, use.end, use.word, meanings)


def _place(use: Use) -> tuple[int, int]:
    return use.part, use.start


def _linked(part: str, uses: list[Use], glossary: Glossary) -> str:
    words, end, said = unescape(part), 0, []
    for use in uses:
        said.append(escape(words[end : use.start], quote=False))
        to_the_list = f'class="term" href="#term-{use.meanings[0].slug}"'
        about = _about(use, glossary)
        said.append(f"<a {to_the_list} {about}>{escape(use.word, quote=False)}</a>")
        end = use.end
    return "".join([*said, escape(words[end:], quote=False)])


def _pin_explained(tag: str, uses: list[Use], glossary: Glossary) -> str:
    """The writer's own link, which leads to the page of the term."""
    rest = tag.removeprefix("<a ")
    if 'class="' in rest:
        rest = rest.replace('class="', 'class="term ', 1)
    else:
        rest = f'class="term" {rest}'
    return f"<a {_about(uses[0], glossary)} {rest}"


def _about(use: Use, glossary: Glossary) -> str:
    slug = use.meanings[0].slug
    told = escape(_told(use, glossary))
    return f'id="term--{slug}" aria-describedby="term-{slug}" data-meaning="{told}"'


def _told(use: Use, glossary: Glossary) -> str:
    """What is shown beside the word."""
    if len(use.meanings) > 1:
        several = (_doubted(each, glossary) for each in use.meanings)
        return f"{use.word} can mean: {', or '.join(several)}."
    (meaning,) = use.meanings
    other = _with_place(meaning, glossary, beside=use.word)
    told = f"{other[:1].upper()}{other[1:]}: {meaning.meaning}" if other else ""
    told = told or meaning.meaning
    if meaning.is_old:
        told += " This is an old word."
    if meaning.now:
        told += f" Now: {meaning.now}."
    return f"{told} Not verified. {meaning.doubt}" if meaning.doubt else told


def _doubted(meaning: Meaning, glossary: Glossary) -> str:
    name = _with_place(meaning, glossary)
    return f"{name} (not verified)" if meaning.doubt else name


def _with_place(meaning: Meaning, glossary: Glossary, beside: str = "") -> str:
    """Its other name than the one it stands beside, and where it is so called."""
    is_long = meaning.long and beside.lower().startswith(meaning.long.lower())
    name = meaning.short if is_long else meaning.long
    name = name or ("" if beside else meaning.short)
    place = glossary.place_of(meaning)
    return " ".join(filter(None, [name, place and f"({place})"]))


def _entry(use: Use, glossary: Glossary) -> dict:
    meanings = [
        {
            "slug": meaning.slug,
            "short": meaning.short,
            "long": meaning.long,
            "meaning": meaning.meaning,
            "place": glossary.place_of(meaning),
            "is_old": meaning.is_old,
            "now": meaning.now,
            "doubt": meaning.doubt,
        }
        for meaning in use.meanings
    ]
    first = use.meanings[0]
    return {"slug": first.slug, "word": first.short, "meanings": meanings}
