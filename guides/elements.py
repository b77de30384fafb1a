"""How single elements of a text become HTML, where our way differs."""

from django.utils.html import escape

from guides import image_names
from guides.links import words

# The sanitiser takes quadratic time over the ampersands of one run of text. A comment,
# which it strips, parts long runs.
RUN = 10_000


def open_table(renderer, tokens, place, options, env) -> str:
    """A wide table scrolls inside itself, so it is named and can be reached."""
    token = tokens[place]
    label = escape(token.meta.get("label", "Table"))
    own = renderer.renderAttrs(token)
    return (
        f'<div class="table-scroll" role="region" tabindex="0" aria-label="{label}">'
        f"<table{own}>\n"
    )


def close_table(renderer, tokens, place, options, env) -> str:
    """The end of a table and of what it scrolls in."""
    return "</table></div>\n"


def code(renderer, tokens, place, options, env) -> str:
    """Code is shown line by line and scrolls, so the keyboard must reach it."""
    token = tokens[place]
    own = renderer.renderAttrs(token)
    return f'<pre tabindex="0"{own}><code>{_escape(token.content)}</code></pre>\n'


def text(renderer, tokens, place, options, env) -> str:
    """What was written, marks of HTML included."""
    return _escape(tokens[place].content)


def picture(renderer, tokens, place, options, env) -> str:
    """A picture of ours, in the width that fits, with its room kept free."""
    token = tokens[place]
    name = image_names.name_in(token.attrs["src"])
    width, height = image_names.size_of(name)
    return (
        f'<img src="{image_names.widest(name)}" srcset="{image_names.sources(name)}" '
        f'sizes="{image_names.SIZES}" width="{width}" height="{height}" '
        f'alt="{escape(words(token))}" loading="lazy" decoding="async">'
    )


def open_notes(renderer, tokens, place, options, env) -> str:
    """Footnotes stand under a heading of their own."""
    return (
        '<section class="footnotes" aria-labelledby="fn-notes">'
        '<h2 id="fn-notes">Notes</h2>\n<ol class="footnotes-list">\n'
    )


def note_number(renderer, tokens, place, options, env) -> str:
    """The number of a footnote in the text, with a name for those who hear it."""
    number, name, _ = _call(tokens[place])
    return (
        f'<sup class="footnote-ref"><a href="#fn{number}" id="{name}" '
        f'aria-label="Note {number}">{number}</a></sup>'
    )


def back_to_text(renderer, tokens, place, options, env) -> str:
    """The way back from a footnote to where it is called."""
    number, name, again = _call(tokens[place])
    said = f"Back to the text at note {number}" + (
        f", place {again + 1}" if again else ""
    )
    return f' <a href="#{name}" class="footnote-backref" aria-label="{said}">↩</a>'


def _escape(content: str) -> str:
    runs = range(0, len(content), RUN)
    return "<!---->".join(escape(content[start : start + RUN]) for start in runs)


def _call(token) -> tuple[int, str, int]:
    number, again = token.meta["id"] + 1, token.meta["subId"]
    return number, f"fnref{number}" + (f"-{again}" if again else ""), again
