"""The one page on which a guide is written."""

from django import forms
from django.conf import settings

from guides.facets import Profession, Stage, Tier
from guides.markdown import clean_line, clean_text
from guides.models import Edition, Guide, Topic
from guides.skeletons import SKELETONS

WORDS = ["title", "summary", "body", "muted_terms"]
ABOUT = ["public_benefit", "topics", "stages", "professions", "tiers"]
NEXT = ["change_note", "is_minor"]


def names_in(line: str) -> list[str]:
    """The names that stand in a line, with commas between them."""
    names = (clean_line(name) for name in line.split(","))
    return list(dict.fromkeys(filter(None, names)))


class LineInput(forms.CharField):
    """One line, as it is stored."""

    def to_python(self, value: str | None) -> str:
        """Counted and compared without letters that cannot be seen."""
        return clean_line(super().to_python(value))


class ProseInput(forms.CharField):
    """Several lines, as they are stored."""

    def __init__(self, *, rows: int, **given) -> None:
        widget = forms.Textarea(attrs={"rows": rows, "maxlength": None})
        super().__init__(widget=widget, strip=False, **given)

    def to_python(self, value: str | None) -> str:
        """With the line ends that are stored, however a browser spells them."""
        return clean_text(super().to_python(value))


class NamesInput(LineInput):
    """Several names in one line, parted by commas."""

    def clean(self, value: str | None) -> list[str]:
        """Each name once, in the order typed."""
        return names_in(super().clean(value))

    def prepare_value(self, value: list[str] | str | None) -> str | None:
        """The line again."""
        return ", ".join(value) if isinstance(value, list) else value


class Boxes(forms.MultipleChoiceField):
    """Several values to tick."""

    widget = forms.CheckboxSelectMultiple


class WritingForm(forms.Form):
    """A text and what it is about. Nothing is required: a draft may have gaps."""

    title = LineInput(
        required=False,
        max_length=120,
        help_text="What it is about, in up to 65 letters. “Spend control: how to ask”.",
    )
    summary = LineInput(
        label="Summary in one sentence",
        required=False,
        max_length=300,
        help_text="What readers know or can do afterwards. Lists and searches show it.",
    )
    public_benefit = ProseInput(
        label="Who this helps, in the end",
        required=False,
        max_length=600,
        rows=2,
        help_text="Who in the public is better off when a newcomer knows this?",
    )
    topics = forms.ModelMultipleChoiceField(
        Topic.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="The shelves it stands on. One or two are enough.",
    )
    stages = Boxes(
        label="When in a stay it helps", choices=Stage.choices, required=False
    )
    professions = Boxes(
        label="Whose work it is about",
        choices=Profession.choices,
        required=False,
        help_text="None means everyone.",
    )
    tiers = Boxes(
        label="Which part of the public sector",
        choices=Tier.choices,
        required=False,
        help_text="None means any public body.",
    )
    body = ProseInput(
        label="The text",
        required=False,
        max_length=settings.GUIDE_MAX_LENGTH,
        rows=24,
        help_text="Answer the questions and delete them. Start sections with ##.",
        error_messages={
            "max_length": "This is too long: the limit is "
            f"{settings.GUIDE_MAX_LENGTH:,} letters. Part it into two guides."
        },
    )
    muted_terms = NamesInput(
        label="Leave unexplained",
        required=False,
        max_length=300,
        help_text="The glossary explains its words where they stand first. Name those "
        "that it should leave alone here, with commas between them: AO, box.",
    )
    change_note = ProseInput(
        label="What changed for readers",
        required=False,
        max_length=1000,
        rows=3,
        help_text="They read it in the history and in the feed.",
    )
    is_minor = forms.BooleanField(
        label="Only spelling or layout changed", required=False
    )
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, guide: Guide | None = None, **given) -> None:
        super().__init__(*args, **given)
        is_public = bool(guide and guide.first_published_at)
        for name in ABOUT if is_public else NEXT:
            del self.fields[name]
        if not is_public:
            self.fields["topics"].queryset = Topic.objects.listed()

    @classmethod
    def blank(cls, kind: str, key) -> dict:
        """What the page of a new guide begins with."""
        return {"body": SKELETONS[kind], "key": key}

    @staticmethod
    def words_of(guide: Guide, edition: Edition | None, version: int) -> dict:
        """What the page of a guide that exists begins with."""
        names = WORDS + NEXT if edition and not edition.is_public else WORDS
        words = {name: getattr(edition, name) for name in names if edition}
        about = {name: getattr(guide, name) for name in ABOUT if name != "topics"}
        read = {"edition": edition and edition.pk, "version": version}
        return words | about | read | {"topics": guide.topics.all()}

    def version_read(self, draft: Edition) -> int:
        """Which version of the draft its writer has read; 0 for none.

        A draft that was only begun has the words that readers see: those who opened
        them, or saved them last before they came out, have read its first version.
        Words of any other edition are older, and meet what was saved since. Editions
        are told apart by key: the number of a deleted one is given again.
        """
        edition, version = (self.cleaned_data[n] for n in ("edition", "version"))
        if edition in (None, draft.pk):
            return version or 1
        live = draft.guide.live_edition
        is_read = live and edition == live.pk and version in (None, 0, live.version)
        return 1 if is_read else 0

    @property
    def words(self) -> dict:
        """The fields of the edition."""
        return {n: self.cleaned_data[n] for n in WORDS + NEXT if n in self.fields}

    @property
    def about(self) -> dict:
        """The fields of the guide, while they are written here."""
        return {n: self.cleaned_data[n] for n in ABOUT if n in self.fields}
