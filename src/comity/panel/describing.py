"""What a panel says of itself: its Arrow schema, with the meaning, sources and citations of what is in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyarrow as pa

from comity.panel.columns import Column
from comity.panel.ground import Ground
from comity.panel.metadata import ColumnFacts, PanelFacts, column_metadata, table_metadata

if TYPE_CHECKING:
    from comity.sources.about import About

_TITLES = {
    "state_year": "States by year",
    "dyad_year": "Pairs of states by year",
    "directed_dyad_year": "Directed pairs of states by year",
    "dyad_month": "Pairs of states by month",
}


@dataclass
class Request:
    """What was asked of a panel, in the order in which it was asked."""

    measures: list[str] = field(default_factory=list)
    is_relevant: bool = False

    def command(self, ground: Ground) -> str:
        """The request as a command line; columns of a user's own cannot be said in one."""
        rows, span = ground.rows, ground.rows.index.span
        words = ["comity panel", rows.unit, f"--years {span.first_year}:{span.last_year}"]
        words += [] if rows.system.name == "cow" else [f"--system {rows.system.name}"]
        words += [f"--states {','.join(ground.named)}"] if ground.named else []
        words += ["--relevant"] if self.is_relevant else []
        words += [f"--as-of {ground.as_of}"] if ground.as_of else []
        return " ".join([*words, f"--measures {','.join(dict.fromkeys(self.measures)) or 'none'}"])


def schema_of(ground: Ground, columns: Mapping[str, Column], request: Request) -> pa.Schema:
    """The columns of a panel as an Arrow table has them, each with what it means and who speaks in it."""
    keys = zip(ground.rows.key_names(), ground.rows.key_arrays(slice(0)), strict=True)
    fields = [pa.field(name, array.type, nullable=False) for name, array in keys]
    abouts = ground.store.abouts()
    for name, column in columns.items():
        facts = ColumnFacts(
            means=column.measure.means,
            measured_in=column.measure.measured_in,
            type=column.measure.type,
            is_hindsight=column.filled.is_hindsight,
            sources=tuple(abouts[source] for source in column.filled.sources if source in abouts),
            kinds=column.filled.kinds,
        )
        fields.append(pa.field(name, column.type, metadata=column_metadata(facts)))
    return pa.schema(fields, metadata=table_metadata(_facts(ground, columns, request)))


def used_sources(ground: Ground, columns: Mapping[str, Column]) -> tuple[About, ...]:
    """The sources that speak in the columns."""
    abouts = ground.store.abouts()
    spoken = {source for column in columns.values() for source in column.filled.sources}
    return tuple(abouts[source] for source in sorted(spoken & abouts.keys()))


def _facts(ground: Ground, columns: Mapping[str, Column], request: Request) -> PanelFacts:
    span = ground.rows.index.span
    return PanelFacts(
        title=f"{_TITLES[ground.rows.unit]}, {span.first_year} to {span.last_year}",
        unit=ground.rows.unit,
        system=ground.rows.system.name,
        years=(span.first_year, span.last_year),
        command=request.command(ground),
        as_of=ground.as_of,
        sources=used_sources(ground, columns),
    )
