"""How peaceful the relations of two states were, 1900 to 2020, in five steps (Diehl, Goertz and Gallegos)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from comity.errors import UnknownWord
from comity.sources.raw import Raw, Row
from comity.sources.spells import Span, holders, shared_spans
from comity.vocab.dates import Dated, dated_parts
from comity.vocab.states import state_from_code

HORIZON = date(2020, 12, 31)
PERIODS = tuple((f"period{number}", f"level{number}") for number in range(1, 11))
TRANSITION = -9
GERMANY, WEST_GERMANY = 255, 260
CAPITULATION, UNIFICATION = date(1945, 5, 8), date(1990, 10, 3)
Period = tuple[Dated, Dated, float]


def dyad_spell(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per pair and period of one level, cut where another state takes over a code."""
    for row in raw.rows("periods"):
        ref = row.ref("dyad")
        for start, end, level in _periods(row):
            is_transition = level == TRANSITION
            for from_state, to_state, first, last in _pieces(row, start.day, end.day):
                is_open = last == HORIZON
                yield {
                    "fact": "peace_transition" if is_transition else "peace_level",
                    "from_state": min(from_state, to_state),
                    "to_state": max(from_state, to_state),
                    "item": "",
                    "value": 1.0 if is_transition else level,
                    "start_date": first,
                    "start_precision": start.precision if first == start.day else "day",
                    "end_date": None if is_open else last,
                    "end_precision": None if is_open else end.precision if last == end.day else "day",
                    "known_until": HORIZON,
                    "row_ref": ref,
                }


def dyad_year_fact(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per pair and year with the publisher's mean level, but for years that a transition touches."""
    transitions = {
        (row.needed("dyad"), year)
        for row in raw.rows("periods")
        for start, end, level in _periods(row)
        if level == TRANSITION
        for year in range(start.day.year, end.day.year + 1)
    }
    for row in raw.rows("years"):
        year, mean = row.needed_integer("yearmonth"), row.needed_number("peacelevel")
        if (row.needed("dyad"), year) in transitions:
            raw.leave_out(row, "a mean of a year with a transition, which counts as the number 9")
            continue
        if mean > 1:
            raise row.broken("peacelevel", "is above 1 in a year without a transition")
        ends = [_holder(row, code, year) for code in _codes(row)]
        yield {
            "fact": "peace_level_mean",
            "from_state": min(ends),
            "to_state": max(ends),
            "year": year,
            "item": "",
            "value": mean,
            "row_ref": row.ref("dyad", "yearmonth"),
        }


def _periods(row: Row) -> Iterator[Period]:
    """The periods of a pair with their levels; a period without a level, or a level without a period, is refused."""
    for period, level in PERIODS:
        text = row.text(period)
        if text is None:
            if row.text(level) is not None:
                raise row.broken(level, "has no period")
            continue
        first, _, last = text.partition("-")
        start, end = _date(row, period, first, "start"), _date(row, period, last, "end")
        if end.day < start.day:
            raise row.broken(period, "ends before it begins")
        yield start, end, row.needed_number(level)


def _date(row: Row, column: str, text: str, edge: str) -> Dated:
    """A date as `YYYYMMDD`; 99 and 00 stand for a month or day that is not known."""
    if len(text) != 8 or not text.isdecimal():
        raise row.broken(column, "is no period (YYYYMMDD-YYYYMMDD)")
    month, day = (None if part in ("99", "00") else int(part) for part in (text[4:6], text[6:]))
    try:
        return dated_parts(int(text[:4]), month, day if month else None, edge)
    except UnknownWord as error:
        raise row.broken(column, str(error)) from error


def _codes(row: Row) -> tuple[int, int]:
    """The two codes of a pair, pasted together: 200220 is 200 and 220, 2020 is 2 and 20."""
    return divmod(row.needed_integer("dyad"), 1000)


def _pieces(row: Row, start: date, end: date) -> Iterator[tuple[str, str, date, date]]:
    """The parts of a period within which both codes have one holder."""
    try:
        first, second = (_spans(code, start, end) for code in _codes(row))
    except UnknownWord as error:
        raise row.broken("dyad", f"holds no cow state code: {error}") from error
    yield from shared_spans((first, second))


def _spans(code: int, start: date, end: date) -> list[Span]:
    """Who holds a code between two dates; here 255 is West Germany while Germany was divided."""
    if code != GERMANY:
        return holders("cow", code, start, end)
    day = timedelta(days=1)
    parts = (
        ("DEU", start, min(end, CAPITULATION)),
        ("GFR", max(start, CAPITULATION + day), min(end, UNIFICATION - day)),
        ("DEU", max(start, UNIFICATION), end),
    )
    return [part for part in parts if part[1] <= part[2]]


def _holder(row: Row, code: int, year: int) -> str:
    """The state of a code in a year, on the last day it was a member."""
    is_divided = CAPITULATION.year < year < UNIFICATION.year
    try:
        return state_from_code("cow", WEST_GERMANY if code == GERMANY and is_divided else code, year)
    except UnknownWord as error:
        raise row.broken("dyad", f"holds no cow state code: {error}") from error
