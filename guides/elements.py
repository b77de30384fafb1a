"""How single elements of a text become HTML, where our way differs."""

from django.utils.html import escape


def open_table(renderer, tokens, place, options, env) -> str:
    """A wide table scrolls inside itself, so it is named and can be reached."""
    token = tokens[place]
    label = escape(token.meta.get("label", "Table"))
    own = renderer.renderAttrs(token)
    return (
        f'<div class="table-scroll" role="region" tabindex="0" aria-label="{label}">'
        f"<table{own}>\n"
    )


def image_as_link(renderer, tokens, place, options, env) -> str:
    """Pictures of others are never loaded: their description links to them."""
    token = tokens[place]
    address = escape(str(token.attrGet("src") or ""))
    words = escape(token.content) or "A picture"
    return f'<a class="outside" rel="nofollow noopener" href="{address}">{words}</a>'


def open_notes(renderer, tokens, place, options, env) -> str:
    """Footnotes stand under a heading of their own."""
    return (
        '<section class="footnotes" aria-labelledby="fn-notes">'
        '<h2 id="fn-notes">Notes</h2>\n<ol class="footnotes-list">\n'
    )


def note_number(renderer, tokens, place, options, env) -> str:
    """The number of a footnote in the text, with a name for those who hear it."""
    number, again = tokens[place].meta["id"] + 1, tokens[place].meta["subId"]
    name = f"fnref{number}" + (f"-{again}" if again else "")
    return (
        f'<sup class="footnote-ref"><a href="#fn{number}" id="{name}" '
        f'aria-label="Note {number}">{number}</a></sup>'
    )


def back_to_text(renderer, tokens, place, options, env) -> str:
    """The way back from a footnote to where it is called."""
    number, again = tokens[place].meta["id"] + 1, tokens[place].meta["subId"]
    name = f"fnref{number}" + (f"-{again}" if again else "")
    said = f"Back to the text at note {number}" + (f", {again + 1}" if again else "")
    return f' <a href="#{name}" class="footnote-backref" aria-label="{said}">↩</a>'
