"""Completeness as data: of what happened, how much the loaded lists know, by state, instrument and year.

The unit is a pair of states in a year, which did something together at least once or did not. What a state has of it
is the number of its partners. What the numbers rest on stands in `docs/why/completeness.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from comity.errors import BadRequest
from comity.panel.facts import Facts
from comity.panel.occasions import OF_ASKED, Lists, lists_of
from comity.panel.shares import OF_ALL_YEARS, OF_STATE_YEARS, Regions, Shares, shares_of
from comity.panel.stretches import Stretch, pooled, stretches
from comity.vocab.states import members, state

if TYPE_CHECKING:
    import pyarrow as pa

OVERLAP, DECLARED, UNKNOWN = "overlap", "declared", "unknown"
_REGIONS = "SELECT region, states FROM core.region ORDER BY len(states), region"
Row = dict[str, Any]


def completeness(store: Facts, instrument: str, years: tuple[int, int], states: Iterable[str] = ()) -> pa.Table:
    """For each state and year, of how many of its partners the lists know, and of how many there were by estimate.

    Columns: state, instrument, year; `listed`: partners with whom a list that knows the whole year has the state;
    `estimated` with its 95 % interval `low` to `high`; `completeness`: the share of what happened that is listed;
    `method`: `overlap` of lists made apart, `declared` by a list that holds itself complete, or `unknown`; `pool`: over
    what the overlap was counted; `partner_count`: how many partners both lists can know, where that is not everybody;
    `sources`. Null is unknown: no list knows the year, or one alone does that does not hold itself complete, or too
    little stands on both.
    """
    _check_years(years)
    asked = tuple(sorted({state(code).code for code in states}))
    lists = lists_of(store, instrument)
    names = asked or _everybody(lists, years)
    regions = _regions(store)
    told: dict[tuple[str, int], Row] = {}
    for stretch in stretches(lists, years):
        scope = (stretch.scope,) if stretch.scope else lists.not_singled(names)
        told |= _cells(stretch, tuple(name for name in scope if name in names), regions)
    return _table(_rows(instrument, years, names, told), _COLUMNS)


def completeness_by_stretch(
    store: Facts, instrument: str, years: tuple[int, int], states: Iterable[str] = ()
) -> pa.Table:
    """The same over each whole run of years in which the same lists speak: how many pairs and years in all.

    `scope` is null for all states that no list singles out, or the state that one does. With states given, the pairs
    and years are those that name one of them; where too little of that stands on both lists, the share is that of all
    states, and `pool` says so.
    """
    _check_years(years)
    asked = frozenset(state(code).code for code in states)
    found = stretches(lists_of(store, instrument), years)
    rows = (_whole(instrument, each, asked) for each in found if not (asked and each.scope) or each.scope in asked)
    return _table(rows, _STRETCH_COLUMNS)


def _check_years(years: tuple[int, int]) -> None:
    if years[0] > years[1]:
        raise BadRequest(f"years {years[0]}:{years[1]} end before they begin")


def _regions(store: Facts) -> Regions:
    return [(row["region"], frozenset(row["states"])) for row in store.ask(_REGIONS).to_pylist()]


def _everybody(lists: Lists, years: tuple[int, int]) -> tuple[str, ...]:
    held = (lists.year >= years[0]) & (lists.year <= years[1])
    listed = {lists.states[place] for side in (lists.state_a, lists.state_b) for place in np.unique(side[held])}
    return tuple(sorted(listed.union(*(members("gw", year) for year in range(years[0], years[1] + 1)))))


def _cells(stretch: Stretch, names: tuple[str, ...], regions: Regions) -> dict[tuple[str, int], Row]:
    """What a stretch says of each of some states in each of its years."""
    listed = stretch.counts_of(names)[3]
    shares = shares_of(stretch, names, regions)
    fixed = {"sources": list(stretch.sources), "partner_count": stretch.partner_count}
    return {
        (name, stretch.years[0] + at): fixed | _estimate(int(listed[row, at]), shares, (row, at))
        for row, name in enumerate(names)
        for at in range(listed.shape[1])
    }


def _whole(instrument: str, stretch: Stretch, asked: frozenset[str]) -> Row:
    """A stretch as one row."""
    inside = stretch.involving(asked) if asked and not stretch.scope else None
    listed = len(stretch.rows) if inside is None else int(np.count_nonzero(inside))
    shares = Shares.unknown((1, 1))
    if stretch.is_compared:
        if inside is not None:
            shares.take(pooled(stretch.counts(inside).sum(axis=1)), OF_ASKED)
        shares.take(pooled(stretch.counts().sum(axis=1)), OF_STATE_YEARS if stretch.scope else OF_ALL_YEARS)
    if stretch.is_complete:
        shares.declare()
    row: Row = {"instrument": instrument, "scope": stretch.scope or None, "sources": list(stretch.sources)}
    row |= {"first_year": stretch.years[0], "last_year": stretch.years[1], "partner_count": stretch.partner_count}
    return row | _estimate(listed, shares, (0, 0))


def _estimate(listed: int, shares: Shares, at: tuple[int, int]) -> Row:
    """How many there were, from how many are listed and the share that is."""
    share, pool = float(shares.share[at]), shares.pool[at]
    if np.isnan(share):
        return {"listed": listed, "method": UNKNOWN}
    told = {"listed": listed, "completeness": share, "method": OVERLAP if pool else DECLARED, "pool": pool}
    told |= {"completeness_low": float(shares.low[at]), "completeness_high": float(shares.high[at])}
    # Where none is listed, a share does not tell how many were missed; a complete list does.
    if listed or not pool:
        low, high = float(shares.high[at]), float(shares.low[at])
        told |= {"estimated": listed / share, "low": listed / low, "high": listed / high}
    return told


def _rows(
    instrument: str, years: tuple[int, int], names: Iterable[str], told: dict[tuple[str, int], Row]
) -> Iterator[Row]:
    """Every state in every year in which it is one or is listed; where no list speaks, unknown."""
    standing = {year: frozenset(members("gw", year)) for year in range(years[0], years[1] + 1)}
    for name in names:
        for year in range(years[0], years[1] + 1):
            row = told.get((name, year), {"method": UNKNOWN, "sources": []})
            if name in standing[year] or row.get("listed"):
                yield row | {"state": name, "instrument": instrument, "year": year}


_ESTIMATE = {
    "listed": "int64",
    "estimated": "float64",
    "low": "float64",
    "high": "float64",
    "completeness": "float64",
    "completeness_low": "float64",
    "completeness_high": "float64",
    "method": "string",
    "pool": "string",
    "partner_count": "int64",
}
_COLUMNS = {"state": "string", "instrument": "string", "year": "int64"} | _ESTIMATE
_STRETCH_COLUMNS = {"instrument": "string", "scope": "string", "first_year": "int64", "last_year": "int64"} | _ESTIMATE


def _table(rows: Iterable[Row], columns: dict[str, str]) -> pa.Table:
    import pyarrow as pa

    fields = [pa.field(name, pa.type_for_alias(kind)) for name, kind in columns.items()]
    return pa.Table.from_pylist(list(rows), pa.schema([*fields, pa.field("sources", pa.list_(pa.string()))]))
