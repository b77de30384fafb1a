"""Terms for tests, as the pure modules take them and as rows."""

from guides.glossary import Glossary, Meaning, Place
from landscape.models import Jurisdiction, Term

PLACES = {
    "uk": Place("United Kingdom"),
    "england": Place("England", "uk"),
    "wales": Place("Wales", "uk"),
}


def meaning(short: str, long: str = "", *, aliases=(), places=(), **given) -> Meaning:
    """A term; acronyms are those in capitals."""
    given.setdefault("slug", (long or short).lower().replace(" ", "-"))
    given.setdefault("meaning", f"What {long or short} means.")
    given.setdefault("is_acronym", short.isupper())
    forms = frozenset(filter(None, [short, long, *aliases]))
    where = {"forms": forms, "places": frozenset(places)}
    return Meaning(short=short, long=long, **where, **given)


def glossary(*meanings: Meaning) -> Glossary:
    """These terms, in the United Kingdom."""
    return Glossary(meanings, PLACES)


def make_term(short: str, long: str = "", *, places=(), **given) -> Term:
    """A term in the register."""
    given.setdefault("slug", (long or short).lower().replace(" ", "-"))
    given.setdefault("meaning", f"What {long or short} means.")
    given.setdefault("kind", "acronym" if short.isupper() else "word")
    term = Term.objects.create(short=short, long=long, **given)
    term.jurisdictions.set(Jurisdiction.objects.filter(slug__in=places))
    return term
