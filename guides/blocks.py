"""What becomes of headings, lists, tables and notes between reading and writing."""

import re
from collections import Counter
from hashlib import blake2s

from django.utils.text import slugify
from markdown_it.token import Token

from guides.links import words

KEYED = {
    *("paragraph_open", "heading_open", "table_open", "blockquote_open"),
    *("bullet_list_open", "ordered_list_open", "dl_open", "fence", "code_block"),
    "why_open",
}
# Ids of our own pages, which a heading may not take.
TAKEN = {
    *("main", "title", "contents", "discussion", "discussion-title", "trust"),
    *("along", "old", "new", "found", "search", "site-search", "fn-notes", "terms"),
    "rests-on",
}
OURS = re.compile(
    r"(b|by|comment|thread)(-[0-9a-f-]*)?$|why-[0-9a-f-]+$|fn(ref)?[0-9-]*$|id_|term-"
)
BOX = re.compile(r"\[[ xX]\]\s+")


def shift_headings(tokens: list[Token]) -> None:
    """The page has the only h1, so headings begin at h2; each is one level below the
    one it stands under, whatever the author wrote. So is the title of a block, which
    has nothing below it."""
    above: list[int] = []
    for token in tokens:
        if token.type == "heading_open":
            own = int(token.tag[1])
            above = [*(level for level in above if level < own), own]
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(len(above) + 1, 6)}"
        elif token.type in {"why_title_open", "why_title_close"}:
            token.tag = f"h{min(len(above) + 2, 6)}"


def name_headings(tokens: list[Token]) -> list[dict]:
    """Give each heading an id made of its words; the list of contents."""
    used, contents = Counter(TAKEN), []
    for place, token in enumerate(tokens):
        if token.type != "heading_open":
            continue
        title = words(tokens[place + 1])
        # A heading without words would be announced as one that says nothing.
        token.hidden = tokens[place + 2].hidden = not title
        if title:
            name = _free_name(title, used)
            token.attrSet("id", name)
            level = int(token.tag[1])
            if level <= 3 and token.level == 0:
                contents.append({"id": name, "title": title, "level": level})
    return contents


def embolden_headings(tokens: list[Token]) -> None:
    """A comment has no place among the headings of the page: its own are bold."""
    for place, token in enumerate(tokens):
        if token.type in {"heading_open", "heading_close"}:
            token.tag = "p"
        if token.type == "heading_open" and tokens[place + 1].children:
            strong = (
                Token("strong_open", "strong", 1),
                Token("strong_close", "strong", -1),
            )
            tokens[place + 1].children = [
                strong[0],
                *tokens[place + 1].children,
                strong[1],
            ]


def key_blocks(tokens: list[Token], lines: list[str]) -> None:
    """Give each block of the text a key made from its own words alone, so that it
    stays the same whatever happens to the others."""
    seen = Counter()
    for token in tokens:
        if token.level or token.type not in KEYED or not token.map or token.hidden:
            continue
        own = " ".join("\n".join(lines[slice(*token.map)]).split())
        key = blake2s(own.encode(), digest_size=4).hexdigest()
        seen[key] += 1
        key = key if seen[key] == 1 else f"{key}-{seen[key]}"
        token.attrSet("data-block", key)
        if token.type != "heading_open":
            token.attrSet("id", f"b-{key}")


def drop_dead_ends(tokens: list[Token]) -> None:
    """Leave out ways back to calls of a note that are in no text."""
    calls = {
        (child.meta["id"], child.meta["subId"])
        for token in tokens
        for child in token.children or []
        if child.type == "footnote_ref"
    }
    tokens[:] = [
        token
        for token in tokens
        if token.type != "footnote_anchor"
        or (token.meta["id"], token.meta["subId"]) in calls
    ]


def label_tables(tokens: list[Token]) -> None:
    """Name each table by its heads: it scrolls, so it must be reachable."""
    labels, heads, table = Counter(), [], None
    for place, token in enumerate(tokens):
        if token.type in {"th_open", "td_open"}:
            _align(token)
        if token.type == "table_open":
            table, heads = token, []
        elif token.type == "th_open":
            heads.append(words(tokens[place + 1]))
            _head(token, tokens[place + 2], heads[-1])
        elif token.type == "thead_close" and table:
            named = ", ".join(filter(None, heads))[:80]
            label = f"Table: {named}" if named else "Table"
            labels[label] += 1
            again = f" ({labels[label]})" if labels[label] > 1 else ""
            table.meta["label"] = label + again


def tick_boxes(tokens: list[Token]) -> None:
    """Items that begin with [ ] or [x] become boxes to tick on paper. Boxes are drawn,
    not form controls, which would promise that something is kept."""
    lists = []
    for token, inner, inline in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            lists.append(token)
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            lists.pop()
        elif token.type != "list_item_open" or inner.type != "paragraph_open":
            continue
        elif box := _take_box(inline):
            is_done = box[1] in "xX"
            token.attrSet("class", "task task--done" if is_done else "task")
            lists[-1].attrSet("class", "tasks")
            inline.children[:0] = [DONE] if is_done else []


def plain_text(tokens: list[Token]) -> str:
    """The words alone, a line for each block."""
    lines = []
    for token in tokens:
        if token.type == "inline":
            lines.append(words(token))
        elif token.type in {"fence", "code_block"}:
            lines.append(token.content.strip())
    return "\n".join(line for line in lines if line)


def _free_name(title: str, used: Counter) -> str:
    stem = slugify(title)[:60].strip("-") or "section"
    if OURS.match(stem):
        stem = f"section-{stem}"
    used[stem] += 1
    name = stem if used[stem] == 1 else f"{stem}-{used[stem]}"
    while name != stem and used[name]:
        used[stem] += 1
        name = f"{stem}-{used[stem]}"
    used[name] = max(used[name], 1)
    return name


def _align(cell: Token) -> None:
    """Authors' alignment as a class: style attributes are forbidden everywhere."""
    side = str(cell.attrs.pop("style", "")).removeprefix("text-align:")
    if side in {"center", "right"}:
        cell.attrSet("class", f"cell--{side}")


def _head(opening: Token, closing: Token, said: str) -> None:
    if said:
        opening.attrSet("scope", "col")
    else:
        opening.tag = closing.tag = "td"


def _take_box(inline: Token) -> str:
    first = inline.children[0] if inline.children else None
    found = BOX.match(first.content) if first and first.type == "text" else None
    if not found:
        return ""
    first.content = first.content[found.end() :]
    return found.group()


DONE = Token("html_inline", "", 0, content='<span class="done">Done: </span>')
