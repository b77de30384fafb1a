"""Guides, pages and registers as files of `content/`, read without a database."""

import re
from dataclasses import dataclass
from pathlib import Path

import yaml
from yaml.constructor import ConstructorError

from guides.citations import Register, Row

# The registers, and how an author names their rows.
REGISTERS = {
    "jurisdictions.yaml": "jurisdiction",
    "organisations.yaml": "org",
    "policies.yaml": "policy",
    "terms.yaml": "term",
    "topics.yaml": "topic",
}
FIELD = re.compile(r"^(\w+):", re.MULTILINE)
MARK = "---\n"


class Unreadable(ValueError):
    """A file that is not as it should be; `line` says where, from 1."""

    def __init__(self, message: str, line: int = 1) -> None:
        self.line = line
        super().__init__(message)


class Reader(yaml.SafeLoader):
    """Reads YAML so that what is odd in it can be told by the name of its field."""

    def construct_mapping(self, node, deep=False):
        """Fields with their names as they are typed: a bare “on” would be “true”.

        Raises ConstructorError for a name that stands there twice.
        """
        if isinstance(node, yaml.MappingNode):
            _refuse_twins(node)
            self.flatten_mapping(node)
            for name, _ in node.value:
                if isinstance(name, yaml.ScalarNode):
                    name.tag = "tag:yaml.org,2002:str"
        return super().construct_mapping(node, deep=deep)

    def construct_object(self, node, deep=False):
        """A value that there is not, as 2026-02-30, stays the text it was typed as, so
        that its field refuses it."""
        try:
            return super().construct_object(node, deep=deep)
        except (ValueError, LookupError, AttributeError):
            return node.value


@dataclass(frozen=True)
class Manuscript:
    """A guide or page as it was typed: its fields, the line of each, and its text with
    the number of lines above it."""

    fields: dict
    lines: dict[str, int]
    body: str
    above: int


@dataclass(frozen=True)
class Known:
    """What texts may cite, and the short forms that need no explaining."""

    register: Register
    forms: frozenset[str]


def manuscript_in(text: str) -> Manuscript:
    """The parts of a text. Raises Unreadable when it does not begin with its fields."""
    before, head, body = [*text.split(MARK, 2), "", ""][:3]
    if before or not head:
        raise Unreadable("Begin with fields between --- lines.")
    fields = rows_of(head, above=1)
    if not isinstance(fields, dict):
        raise Unreadable("Begin with fields between --- lines.")
    lines = {
        field[1]: head.count("\n", 0, field.start()) + 2
        for field in FIELD.finditer(head)
    }
    return Manuscript(fields, lines, body, text.count("\n", 0, len(text) - len(body)))


def rows_of(text: str, above: int = 0):
    """What YAML says. Raises Unreadable. above: how many lines stand before it."""
    try:
        return yaml.load(text, Loader=Reader)  # noqa: S506 - it is a SafeLoader
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 + above if mark else 1
        raise Unreadable("This is not valid YAML.", line) from None


def known_in(folder: Path) -> Known:
    """What the registers of a folder hold. Raises OSError and Unreadable."""
    register, forms = {}, set()
    for name, kind in REGISTERS.items():
        if kind not in {"org", "policy", "term"}:
            continue
        for row in _fields_of((folder / name).read_text("utf-8"), name):
            register[kind, str(row.get("slug"))] = Row(1, _name_of(row))
            forms |= _forms_of(row) if kind != "policy" else set()
    return Known(register, frozenset(forms))


def forms_in(text: str) -> set[str]:
    """Every way to write a term of a glossary. Raises Unreadable."""
    return {
        str(form)
        for row in _fields_of(text, "It")
        for form in (row.get("short"), row.get("long"), *(row.get("aliases") or ()))
        if form
    }


def _fields_of(text: str, name: str) -> list[dict]:
    rows = rows_of(text) or []
    is_table = isinstance(rows, list) and all(isinstance(row, dict) for row in rows)
    if not is_table:
        raise Unreadable(f"{name} must be a list of rows with fields.")
    return rows


def _refuse_twins(fields: yaml.MappingNode) -> None:
    names: set[str] = set()
    for name, _ in fields.value:
        if isinstance(name, yaml.ScalarNode) and name.value in names:
            problem = f"“{name.value}” stands there twice"
            raise ConstructorError(None, None, problem, name.start_mark)
        names.add(str(name.value))


def _name_of(row: dict) -> str:
    names = "title", "name", "long", "short"
    return str(next((row[name] for name in names if row.get(name)), row.get("slug")))


def _forms_of(row: dict) -> set[str]:
    given = row.get("abbreviation"), row.get("short"), *(row.get("aliases") or ())
    return {str(form) for form in given if form}
