"""Invented numbers about states and pairs, and panels of them or of the publishers' own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as st

from comity.panel import panel
from comity.panel.frame import Panel
from comity.store import Store, open_store
from comity.vocab.coverage import Coverage
from panel_samples import Row, Sample
from source_mirror import loaded
from strategies import write_sources

Given = Mapping[tuple[Any, ...], float]
numbers = st.one_of(st.just(np.nan), st.just(0.0), st.integers(0, 1000).map(lambda whole: whole / 100))


def state_facts(fact: str, given: Given, item: str = "") -> list[Row]:
    """Rows of one fact from value by state and year."""
    return [
        {"fact": fact, "state": state, "year": year, "item": item, "value": value}
        for (state, year), value in given.items()
    ]


def pair_facts(fact: str, given: Given) -> list[Row]:
    """Rows of one fact from value by the state that acts, the other, and year."""
    return [
        {"fact": fact, "from_state": one, "to_state": other, "year": year, "item": "", "value": value}
        for (one, other, year), value in given.items()
    ]


def membership(
    state: str, code: int, start: date, end: date | None = None, *, system: str = "cow", role: str = "member"
) -> Row:
    """One spell of a state in a system whose list is known to the end of 2016."""
    spell = {"system": system, "state": state, "code": code, "role": role, "known_until": date(2016, 12, 31)}
    return spell | {"start_date": start, "end_date": end}


def complete(kind: str, first: int, last: int) -> Coverage:
    """A statement that a source lists all there is of a kind in whole years."""
    return Coverage(kinds=(kind,), completeness="complete", start=date(first, 1, 1), end=date(last, 12, 31))


def one_source(tables: Mapping[str, list[Row]], *coverage: Coverage, name: str = "alpha") -> Sample:
    """One invented source."""
    return Sample(name, coverage, tables)


@contextmanager
def opened(place: Path, *samples: Sample) -> Iterator[Store]:
    """A new store of these sources."""
    write_sources(place / "store", *(sample.loaded() for sample in samples))
    with open_store(place / "store") as store:
        yield store


def cells(made: Panel, column: str) -> dict[tuple[Any, ...], float | None]:
    """A column as value by key, None where nothing is known."""
    table = made.to_arrow()
    keys = [table.column(name).to_pylist() for name in made.rows.key_names()]
    return dict(zip(zip(*keys, strict=True), table.column(column).to_pylist(), strict=True))


@contextmanager
def mirror_panel(place: Path, sources: tuple[str, ...], unit: str) -> Iterator[Panel]:
    """A panel of 1816 to 2010, the years of the reference, over the publishers' own files."""
    write_sources(place / "store", *(loaded(source) for source in sources))
    with open_store(place / "store") as store:
        yield panel(store, unit, years=(1816, 2010))


def told(made: Panel, column: str) -> tuple[int, float]:
    """How many rows of a column are null, and the sum of the others: what the reference publishes of each column."""
    values = made.add(column)[column].astype(np.float64)
    return int(np.isnan(values).sum()), float(np.nansum(values))
