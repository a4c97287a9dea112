"""Further properties of a fact: the columns of a row that no core table has a column for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from comity.sources.raw import Row


def number_properties(row: Row, fact: Mapping[str, Any], columns: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """One row of `property` for each of our names whose column holds a number; a missing mark makes none."""
    for name, column in columns.items():
        value = row.number(column)
        if value is not None:
            yield {**fact, "property": name, "part": "", "value": value}


def text_properties(row: Row, fact: Mapping[str, Any], columns: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """The same for columns that hold text."""
    for name, column in columns.items():
        content = row.text(column)
        if content is not None:
            yield {**fact, "property": name, "part": "", "content": content}
