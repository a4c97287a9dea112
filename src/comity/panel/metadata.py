"""What a panel says of itself: the metadata of its Arrow schema, from which files and side-cars are made.

A column's field has `means` (the first sentence of its meaning), `unit` (what it is measured in), `type`, `sources` and
`versions` (separated by commas, in the same order), `coverage` (one statement a line) and `is_hindsight` (`true` or
`false`). The schema has `title`, `unit` (of the rows), `system`, `years`, `command`, `comity` (the version of it),
`as_of` (empty, or a day) and `citations` (JSON: what a source is, how to cite it, and on what terms it may be used).
There is no time of writing in it: the same store and the same request make the same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec
import pyarrow as pa

from comity import __version__

if TYPE_CHECKING:  # the readers of stored panels need no reader of sources
    from comity.sources.about import About

_SENTENCE = re.compile(r"(?<!e\.g)(?<!i\.e)(?<!\bcf)(?<!\bvs)(?<!\b[A-Z])\.(?=\s|$)")


@dataclass(frozen=True, kw_only=True)
class ColumnFacts:
    """What is known of a column: its meaning, what it is measured in, and the sources that speak in it.

    `kinds` names the kinds of fact it is made of, so that the coverage told is of these alone; empty, of every kind.
    """

    means: str
    measured_in: str
    type: str
    is_hindsight: bool = False
    sources: tuple[About, ...] = ()
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PanelFacts:
    """What is known of a whole panel; `command` is the request as a command line, `as_of` the day it stands on."""

    title: str
    unit: str
    system: str
    years: tuple[int, int]
    command: str = ""
    as_of: date | None = None
    sources: tuple[About, ...] = ()


@dataclass(frozen=True)
class ColumnSaid:
    """What the metadata of a column say, read back."""

    name: str
    means: str = ""
    unit: str = ""
    type: str = ""
    sources: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    coverage: tuple[str, ...] = ()
    is_hindsight: bool = False


class SourceSaid(msgspec.Struct, frozen=True, kw_only=True):
    """What a panel says of a source; it can be cited as the source's contract can."""

    title: str
    version: str
    publisher: str
    url: str
    citation: str
    terms: str
    redistribute: bool
    user_supplied: bool
    published: date | None = None


@dataclass(frozen=True)
class PanelSaid:
    """What the metadata of a table say, read back."""

    title: str
    unit: str
    system: str
    years: str
    command: str
    comity: str
    as_of: str
    sources: dict[str, SourceSaid]


def column_metadata(column: ColumnFacts) -> dict[str, str]:
    """The metadata of a column's field.

    >>> column_metadata(ColumnFacts(means="Visits. Of any level.", measured_in="visits", type="count"))["means"]
    'Visits.'
    """
    sources = sorted(column.sources, key=lambda about: about.source)
    return {
        "means": first_sentence(column.means),
        "unit": column.measured_in,
        "type": column.type,
        "sources": ",".join(about.source for about in sources),
        "versions": ",".join(about.version.replace(",", " ") for about in sources),
        "coverage": "\n".join(said for about in sources for said in _coverage(about, column.kinds)),
        "is_hindsight": str(column.is_hindsight).lower(),
    }


def table_metadata(panel: PanelFacts) -> dict[str, str]:
    """The metadata of a panel's schema."""
    sources = {about.source: msgspec.to_builtins(_said(about)) for about in panel.sources}
    return {
        "title": panel.title,
        "unit": panel.unit,
        "system": panel.system,
        "years": f"{panel.years[0]}:{panel.years[1]}",
        "command": panel.command,
        "comity": __version__,
        "as_of": panel.as_of.isoformat() if panel.as_of else "",
        "citations": json.dumps(dict(sorted(sources.items())), ensure_ascii=False),
    }


def first_sentence(text: str) -> str:
    """The first sentence of a text, on one line.

    >>> first_sentence("Days of exercises, e.g. of two navies. Spells of a day count as one.")
    'Days of exercises, e.g. of two navies.'
    """
    line = " ".join(text.strip().partition("\n\n")[0].split())
    found = _SENTENCE.search(line)
    return line[: found.end()] if found else line


def column_said(field: pa.Field) -> ColumnSaid:
    """What a field's metadata say of its column; what they do not say is empty."""
    said = _texts(field.metadata)
    sources, versions = (
        tuple(part for part in said.get(key, "").split(",") if part) for key in ("sources", "versions")
    )
    return ColumnSaid(
        name=field.name,
        means=said.get("means", ""),
        unit=said.get("unit", ""),
        type=said.get("type", ""),
        sources=sources,
        versions=versions,
        coverage=tuple(said.get("coverage", "").splitlines()),
        is_hindsight=said.get("is_hindsight") == "true",
    )


def panel_said(schema: pa.Schema) -> PanelSaid:
    """What a schema's metadata say of the panel; what they do not say is empty."""
    said = _texts(schema.metadata)
    sources = msgspec.json.decode(said.get("citations") or "{}", type=dict[str, SourceSaid])
    texts = {key: said.get(key, "") for key in ("title", "unit", "system", "years", "command", "comity", "as_of")}
    return PanelSaid(**texts, sources=sources)


def is_panel(schema: pa.Schema) -> bool:
    """Whether a schema is that of a panel comity made."""
    return {"comity", "unit", "citations"} <= _texts(schema.metadata).keys()


def _coverage(about: About, kinds: tuple[str, ...]) -> Iterable[str]:
    """The statements of a source about the kinds named, without repeats."""
    spoken = (each for each in about.coverage if not kinds or set(kinds) & set(each.kinds))
    return dict.fromkeys(
        f"{about.source} {about.version}: {each.start} to {each.end}, {each.completeness.replace('_', ' ')}"
        for each in spoken
    )


def _said(about: About) -> SourceSaid:
    return SourceSaid(**{name: getattr(about, name) for name in SourceSaid.__struct_fields__})


def _texts(metadata: dict[Any, Any] | None) -> dict[str, str]:
    return {key.decode(): value.decode() for key, value in (metadata or {}).items()}
