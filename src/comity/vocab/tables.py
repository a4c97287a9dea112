"""The shape of `core`: every table, its columns, types, words and key, read from `tables.yml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from comity.errors import UnknownWord
from comity.vocab.words import vocabularies

PROVENANCE = ("source", "source_version", "row_ref", "label")
TYPES = frozenset({"text", "integer", "number", "boolean", "date", "texts"})


@dataclass(frozen=True)
class Column:
    """One column: its type, whether null is allowed, and the table of words its values come from."""

    name: str
    type: str
    nullable: bool
    words: str | None

    @property
    def means(self) -> str:
        """What the column holds, in which unit, and what null says; from the table of columns in `docs/words.md`.

        >>> table("territorial_change").columns[8].means
        'the area that changes hands, in square kilometres'
        """
        return vocabularies()["columns"][self.name]


@dataclass(frozen=True)
class Table:
    """One table of `core`; `columns` ends with the four provenance columns."""

    name: str
    means: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def column_names(self) -> tuple[str, ...]:
        """The names of the columns in order."""
        return tuple(column.name for column in self.columns)


@cache
def tables() -> dict[str, Table]:
    """Every table of `core`, in the order of the page.

    >>> tables()["engagement_party"].key
    ('source', 'engagement', 'party_kind', 'party')
    """
    text = (files("comity.vocab") / "tables.yml").read_text(encoding="utf-8")
    return {name: _table(name, entry) for name, entry in yaml.load(text, Loader=yaml.CSafeLoader).items()}


def table(name: str) -> Table:
    """One table of `core` by name, or UnknownWord."""
    if name not in tables():
        raise UnknownWord(f"core has no table {name!r}")
    return tables()[name]


def _table(name: str, entry: dict[str, object]) -> Table:
    given = entry["columns"]
    assert isinstance(given, dict)
    columns = [_column(str(column), str(spec)) for column, spec in given.items()]
    columns += [Column(column, "text", False, None) for column in PROVENANCE]
    key = entry["key"]
    assert isinstance(key, list)
    missing = set(key) - {column.name for column in columns}
    assert not missing, f"{name}: key names no column {missing}"
    return Table(name, str(entry["means"]), tuple(key), tuple(columns))


def _column(name: str, spec: str) -> Column:
    kind, _, words = spec.partition("@")
    assert kind.strip() in TYPES, f"{name}: {kind!r} is no type"
    return Column(name.rstrip("?"), kind.strip(), name.endswith("?"), words.strip() or None)
