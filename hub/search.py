"""One search: what was typed, what it found, and what was perhaps meant."""

from django.conf import settings
from django.db.models import QuerySet, prefetch_related_objects
from django.http import Http404, QueryDict

from accounts.prepared import Prepared
from guides.facets import Kind, Stage
from guides.models import EmptySearch, Guide, Topic, Word
from guides.search import MOST, find, marked, sign_of, unmarked_words, with_extracts
from landscape.search import Found
from landscape.search import find as find_in_registers

MAX_LENGTH = 200
RESULTS_A_PAGE = 10

_topics = Prepared(lambda: Topic.objects.listed())


def _with_extracts(words: str, sign: str, *ids: int) -> QuerySet:
    guides = Guide.objects.for_cards().filter(pk__in=ids).order_by()
    return with_extracts(guides, words, sign)


_cards = Prepared(_with_extracts, str, str, *[int] * RESULTS_A_PAGE)


class Search:
    """Guides for the words in an address, with a second try for typing slips, and
    what the registers have under these words.

    Raises Http404 for a filter value that no search can have.
    """

    def __init__(self, query: QueryDict, *, is_recorded: bool = True) -> None:
        self.words = " ".join(query.get("q", "").split())[:MAX_LENGTH]
        self.kind = query.get("kind", "")
        self.stage = query.get("stage", "")
        self.topic = query.get("topic", "")
        self.is_recorded = is_recorded
        self._check()
        self.instead = ""
        self.registers = self._in_registers()
        self.ids = self._find(self.words) if self.words else []
        if self.words and not self.ids:
            self._try_again()

    @property
    def used_words(self) -> str:
        """The words whose results are shown."""
        return self.instead or self.words

    @property
    def is_found_as_typed(self) -> bool:
        """Whether the whole site has something under these very words."""
        has_found = (self.ids and not self.instead) or self.registers
        return bool(has_found) and not self.is_filtered

    @property
    def is_full(self) -> bool:
        """Whether there may be more results than are listed."""
        return len(self.ids) == MOST

    @property
    def ranks_all(self) -> bool:
        """Whether the best of all guides are listed, not of the newest."""
        return settings.SEARCH_RUM

    def results(self, ids: list[int]) -> list[Guide]:
        """The guides of one page, with their extracts, in the order of the ids."""
        if not ids:
            return []
        words = self.used_words
        nobodys = [0] * (RESULTS_A_PAGE - len(ids))  # so that it is always one query
        cards = _cards(words, sign_of(words), *ids, *nobodys)
        prefetch_related_objects(cards, "topics")
        for guide in cards:
            guide.extract = marked(guide.extract)
        return sorted(cards, key=lambda guide: ids.index(guide.pk))

    def _check(self) -> None:
        if self.kind and self.kind not in Kind.values:
            raise Http404(f"There is no kind of guide “{self.kind}”.")
        self.topics = _topics()
        if self.topic and self.topic not in {topic.slug for topic in self.topics}:
            raise Http404(f"There is no topic “{self.topic}”.")
        if self.stage and self.stage not in Stage.values:
            raise Http404(f"There is no stage “{self.stage}”.")

    @property
    def is_filtered(self) -> bool:
        """Whether only some guides are wanted."""
        return bool(self.kind or self.stage or self.topic)

    def _in_registers(self) -> Found:
        """Rows with such a name, unless only some guides are wanted."""
        names = " ".join(self.words.replace('"', " ").split())
        return find_in_registers("" if self.is_filtered else names)

    def _find(self, words: str) -> list[int]:
        return find(words, kind=self.kind, stage=self.stage, topic=self.topic)

    def _try_again(self) -> None:
        meant = Word.objects.meant_by(unmarked_words(self.words))
        if meant:
            self.ids = self._find(meant)
            self.instead = meant if self.ids else ""
        is_answered = self.ids or self.registers
        if not is_answered and not self.is_filtered and self.is_recorded:
            EmptySearch.objects.record(self.words)
