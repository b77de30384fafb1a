"""What a text would be for its readers, while it is written."""

from dataclasses import dataclass
from math import ceil

from guides.advice import Advice, advice_on
from guides.markdown import Rendered, render_guide
from guides.models.edition import WORDS_A_MINUTE
from guides.models.glossary import current_glossary
from guides.registers import look_up
from guides.terms import Explained, explain
from guides.writing_forms import names_in


@dataclass(frozen=True)
class Preview:
    """A text as readers would see it, with what a program noticed in it."""

    title: str
    summary: str
    rendered: Rendered
    explained: Explained
    advice: list[Advice]

    @property
    def word_count(self) -> int:
        """The words that a search would find."""
        return len(self.rendered.text.split())

    @property
    def reading_minutes(self) -> int:
        """Minutes an adult needs to read it, at least one."""
        return max(1, ceil(self.word_count / WORDS_A_MINUTE))


def preview_of(form, guide) -> Preview:
    """The preview of what was typed, errors or not."""
    typed = {name: form.data.get(name, "") for name in ("title", "summary", "body")}
    typed["body"] = typed["body"][: form.fields["body"].max_length]
    benefit = form.data.get("public_benefit") or (guide and guide.public_benefit) or ""
    register = look_up(typed["body"], guesses=True)
    rendered = render_guide(typed["body"], register)
    explained = explain(
        rendered.html,
        current_glossary(),
        places=[place.slug for place in guide.jurisdictions.all()] if guide else [],
        muted=names_in(form.data.get("muted_terms", "")),
    )
    about = {"public_benefit": benefit, "register": register}
    about["explained"] = explained.acronyms
    advice = advice_on(**typed, **about)
    return Preview(typed["title"], typed["summary"], rendered, explained, advice)
