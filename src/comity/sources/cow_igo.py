"""Intergovernmental organizations and their members, 1816 to 2014 (Correlates of War)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from comity.sources.columns import Columns
from comity.sources.raw import Raw
from comity.vocab.dates import last_day

Numbers = npt.NDArray[np.int64]

ROLES = {1: "member", 2: "associate", 3: "observer"}
NO_MEMBER, NO_ORGANISATION, UNKNOWN = 0, -1, -9
CODES = (UNKNOWN, NO_ORGANISATION, NO_MEMBER, *ROLES)
_KNOWN = pa.array([str(code) for code in CODES], pa.string())
NUMBERS = ("political", "social", "economic", "ionum", "igocode", "dead", "integrated", "replaced")
TEXTS = {"pre1965_accuracy": "accuracyofpre1965membershipdates"}
NOT_ORGANISATIONS = ("ccode", "year", "state")


def organisation(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per organization, by the name of its last year."""
    for row in _last_years(raw):
        start, end = int(row["sdate"]), row["deaddate"] and int(row["deaddate"])
        yield {
            "organisation": _identifier(row["ioname"]),
            "name": row["longorgname"] or row["orgname"],
            "short_name": row["ioname"],
            "organisation_kind": "intergovernmental",
            "start_date": date(start, 1, 1),
            "start_precision": "year",
            "end_date": last_day(end) if end else None,
            "end_precision": "year" if end else None,
            "known_until": _horizon(raw),
            "verification": "secondary",
            "row_ref": row["row_ref"],
        }


def organisation_member(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per state, organization, role and unbroken run of years."""
    horizon = _horizon(raw)
    for read in _columns(raw, "states"):
        states = np.array(read.states("ccode", "cow", "year").to_pylist())
        years = _numbers(read, "year")
        order = np.lexsort((years, states))
        states, years = states[order], years[order]
        refs = read.refs("ccode", "year").take(pa.array(order)).to_pylist()
        follows = (states[1:] == states[:-1]) & (years[1:] == years[:-1] + 1)
        for name in read.table.column_names:
            if name in NOT_ORGANISATIONS:
                continue
            codes = _codes(read, name)[order]
            for first, last in _runs(codes, follows):
                is_over = last + 1 < len(codes) and follows[last] and codes[last + 1] != UNKNOWN
                until = last_day(int(years[last]))
                yield {
                    "organisation": _identifier(name),
                    "party_kind": "state",
                    "party": str(states[first]),
                    "role": ROLES[int(codes[first])],
                    "start_date": date(int(years[first]), 1, 1),
                    "start_precision": "year",
                    "end_date": until if is_over else None,
                    "end_precision": "year" if is_over else None,
                    "known_until": horizon if is_over else until,
                    "row_ref": f"{refs[first]}/{name}",
                }


def property(raw: Raw) -> Iterator[dict[str, Any]]:  # noqa: A001 (named like its table)
    """What an organization is for, its numbers in other lists, and how exact its early membership is."""
    for row in _last_years(raw):
        fact = {
            "core_table": "organisation",
            "item": _identifier(row["ioname"]),
            "part": "",
            "row_ref": row["row_ref"],
        }
        for name in NUMBERS:
            if row[name] is not None:
                yield fact | {"property": name, "value": float(row[name])}
        for name, column in TEXTS.items():
            if row[column] is not None:
                yield fact | {"property": name, "content": row[column]}


def _identifier(name: str) -> str:
    """Apart from the organizations of other sources, whose acronyms can be the same."""
    return f"igo/{name.lower()}"


def _columns(raw: Raw, name: str) -> list[Columns]:
    return raw.columns(name) or raw.columns(f"derived_{name}")


def _numbers(read: Columns, column: str) -> Numbers:
    return np.asarray(read.integers(column).combine_chunks().to_numpy(zero_copy_only=False), dtype=np.int64)


def _horizon(raw: Raw) -> date:
    return last_day(max(int(_numbers(read, "year").max()) for read in _columns(raw, "states")))


def _last_years(raw: Raw) -> Iterator[dict[str, Any]]:
    """The row of each organization's last year; the years before repeat it."""
    for read in _columns(raw, "organisations"):
        wanted = ("ioname", "orgname", "longorgname", "sdate", "deaddate", *NUMBERS, *TEXTS.values())
        texts = {column: read.text(column).to_pylist() for column in wanted}
        refs = read.refs("ioname", "year").to_pylist()
        last: dict[str, tuple[int, int]] = {}
        for place, (name, year) in enumerate(zip(texts["ioname"], _numbers(read, "year").tolist(), strict=True)):
            if name is None:
                raise read.broken("ioname", place, "must not be missing")
            last[name] = max(last.get(name, (0, 0)), (year, place))
        for _, place in last.values():
            yield {column: values[place] for column, values in texts.items()} | {"row_ref": refs[place]}


def _codes(read: Columns, name: str) -> Numbers:
    """The codes of one organization; any that the code book does not know is refused."""
    codes = read.text(name)
    known = pc.is_in(codes, value_set=_KNOWN)
    place = pc.index(known, value=False).as_py()
    if place >= 0:
        raise read.broken(name, place, f"is not one of {', '.join(map(str, CODES))}")
    return _numbers(read, name)


def _runs(codes: Numbers, follows: npt.NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """First and last place of each run of one role in years of one state that follow each other."""
    breaks = np.flatnonzero(~follows | (codes[1:] != codes[:-1])) + 1
    firsts = np.concatenate(([0], breaks))
    lasts = np.concatenate((breaks, [len(codes)])) - 1
    is_role = codes[firsts] > NO_MEMBER
    yield from zip(firsts[is_role].tolist(), lasts[is_role].tolist(), strict=True)
