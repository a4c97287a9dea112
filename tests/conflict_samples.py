"""Invented disputes, rivalries and the like, and the panels of small stores that hold them."""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from hypothesis import strategies as st

from comity.panel import panel
from comity.store import open_store
from comity.vocab.coverage import Coverage
from panel_samples import Row, Sample
from strategies import write_sources

STATES = ("BRA", "DEU", "FRA", "ITA", "JPN", "USA", "YUG")
YEARS = (1988, 1992)


def knows(kind: str, first: int, last: int, completeness: str = "complete") -> Coverage:
    """A statement about whole years."""
    return Coverage(kinds=(kind,), completeness=completeness, start=date(first, 1, 1), end=date(last, 12, 31))


def fact(name: str, pair: tuple[str, str], year: int, item: str = "", value: float = 1.0) -> Row:
    """One fact of a directed pair in a year."""
    return {"fact": name, "from_state": pair[0], "to_state": pair[1], "year": year, "item": item, "value": value}


def both_ways(name: str, pair: tuple[str, str], year: int, item: str = "", value: float = 1.0) -> list[Row]:
    """One fact of a pair in a year, told of each of the two."""
    return [fact(name, pair, year, item, value), fact(name, pair[::-1], year, item, value)]


def dispute(number: str, start: date, end: date | None, **more: Any) -> Row:
    """One dispute of which the months are known."""
    given = {"hostility_level": 2, "fatality_level": 0, "is_reciprocated": False} | more
    return given | {
        "dispute": number,
        "start_date": start,
        "start_precision": "month",
        "end_date": end,
        "end_precision": end and "month",
    }


def part(number: str, state: str, side: str, years: tuple[int, int], **more: Any) -> Row:
    """A state's part in a dispute of which the years are known."""
    given = {"is_originator": True, "hostility_level": 2, "start_precision": "year", "end_precision": "year"} | more
    dates = {"start_date": date(years[0], 1, 1), "end_date": date(years[1], 12, 31)}
    return dates | given | {"dispute": number, "state": state, "side": side}


@contextmanager
def opened(tmp_path_factory, *samples: Sample):
    """A new store of these samples."""
    place = tmp_path_factory.mktemp("conflict") / "store"
    write_sources(place, *(sample.loaded() for sample in samples))
    with open_store(place) as store:
        yield store


def columns(store, names, unit: str = "dyad_year", years: tuple[int, int] = YEARS) -> list[dict[tuple[Any, ...], Any]]:
    """Columns of a panel by the key of its rows, of those rows alone that are about the invented states."""
    table = panel(store, unit, years=years).add(*names).to_arrow()
    sides = [name for name in ("state", "state_a", "state_b", "from_state", "to_state") if name in table.column_names]
    keys = [*sides, *(name for name in ("year", "month") if name in table.column_names)]
    for name in sides:
        table = table.filter(pc.is_in(table.column(name), pa.array(STATES)))
    rows = list(zip(*(table.column(name).to_pylist() for name in keys), strict=True))
    return [dict(zip(rows, table.column(name).to_pylist(), strict=True)) for name in names]


def column(store, name: str, unit: str = "dyad_year", years: tuple[int, int] = YEARS) -> dict[tuple[Any, ...], Any]:
    """One column of a panel by the key of its rows."""
    return columns(store, [name], unit, years)[0]


@st.composite
def disputed(draw: st.DrawFn) -> Sample:
    """A source of disputes with parties on two sides, some of whom come late, and the pairs that face each other."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for number in map(str, range(draw(st.integers(1, 5)))):
        first = draw(st.integers(1988, 1991))
        last = draw(st.integers(first, 1991))
        months = sorted((draw(st.integers(1, 12)), draw(st.integers(1, 12))))
        level = draw(st.integers(1, 5))
        rows["dispute"].append(
            dispute(
                number,
                date(first, months[0], 1),
                date(last, months[1], 28),
                fatality_level=draw(st.sampled_from((None, 0, 1, 6))),
                hostility_level=level,
                is_reciprocated=draw(st.booleans()),
            )
        )
        states = draw(st.lists(st.sampled_from(("BRA", "FRA", "JPN", "USA")), min_size=2, max_size=4, unique=True))
        sides = {
            state: side.strip() or draw(st.sampled_from("ab")) for state, side in zip(states, "ab  ", strict=False)
        }
        parts = {}
        for state, side in sides.items():
            joins = draw(st.sampled_from((first, first, last)))
            own = {"is_originator": joins == first, "hostility_level": draw(st.integers(1, level))}
            parts[state] = part(number, state, side, (joins, last), **own)
        rows["dispute_party"] += parts.values()
        for one in parts.values():
            for other in parts.values():
                if one["side"] == other["side"]:
                    continue
                began = max(one["start_date"], other["start_date"]).year
                for year in range(began, last + 1):
                    pair = (one["state"], other["state"])
                    rows["dyad_year_fact"].append(fact("dispute_ongoing", pair, year, number))
                    if year == began:
                        rows["dyad_year_fact"].append(fact("dispute_onset", pair, year, number))
    return Sample("alpha", (knows("dispute", 1988, 1991),), dict(rows))
