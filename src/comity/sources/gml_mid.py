"""Militarized interstate disputes by directed pair and year, 1816 to 2010 (Gibler, Miller and Little)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from comity.sources.dispute_columns import END, LEVELS, START
from comity.sources.raw import Raw, Row
from comity.vocab.dates import Dated, dated_parts

LAST_YEAR = 2010


def dispute(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per dispute; the publisher gives its first and last month, and repeats them in every row."""
    disputes: dict[str, list[Row]] = defaultdict(list)
    for row in _dispute_years(raw):
        disputes[row.needed("dispnum")].append(row)
    for number, rows in disputes.items():
        row = _agreed(rows, (*LEVELS.values(), "stmon", "endmon", "recip", "ongo2010"))
        years = [each.needed_integer("year") for each in rows]
        start = dated_parts(min(years), row.needed_integer("stmon"), None)
        end = dated_parts(max(years), row.needed_integer("endmon"), None, edge="end")
        is_over = not row.flag("ongo2010")
        yield {
            "dispute": number,
            "start_date": start.day,
            "start_precision": start.precision,
            "end_date": end.day if is_over else None,
            "end_precision": end.precision if is_over else None,
            "is_reciprocated": row.flag("recip"),
            "row_ref": row.ref("dispnum"),
            **{column: row.integer(given) for column, given in LEVELS.items()},
        }


def dispute_party(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per spell of a state in a dispute; in 1939-1945 six states changed sides.

    The release that lists the parties has their days. From dispute-years alone it is a row for each side and unbroken
    run of years.
    """
    if parties := list(raw.rows("later_parties")):
        yield from _dated_parties(raw, parties)
        return
    years: dict[tuple[str, str, str], dict[int, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in _dispute_years(raw):
        years[row.needed("dispnum"), row.needed("ccode1"), row.needed("sidea1")][row.needed_integer("year")].append(row)
    for by_year in years.values():
        for run in _runs(sorted(by_year)):
            yield _party(run, [row for year in run for row in by_year[year]])


def dyad_year_fact(raw: Raw) -> Iterator[dict[str, Any]]:
    """For each directed pair and year of a dispute, that it is under way and, where it is, that it begins."""
    for row in _dispute_years(raw):
        year = row.needed_integer("year")
        fact = {
            "from_state": row.state("ccode1", "cow", year),
            "to_state": row.state("ccode2", "cow", year),
            "year": year,
            "item": row.needed("dispnum"),
            "value": 1.0,
            "row_ref": row.ref("dispnum", "ccode1", "ccode2", "year"),
        }
        yield fact | {"fact": "dispute_ongoing"}
        if row.flag("midonset"):
            yield fact | {"fact": "dispute_onset"}


def _dispute_years(raw: Raw) -> Iterator[Row]:
    """The dispute-years of the one release that is read."""
    yield from raw.rows("disputes")
    yield from raw.rows("later")


def _dated_parties(raw: Raw, parties: list[Row]) -> Iterator[dict[str, Any]]:
    """The parties with their days; of an open dispute those are open that were in it to its last known day."""
    levels: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    open_disputes: set[str] = set()
    for row in _dispute_years(raw):
        by_year, year = levels[row.needed("dispnum"), row.needed("ccode1")], row.needed_integer("year")
        by_year[year] = max(by_year.get(year, 0), row.needed_integer("hostlev1"))
        if row.flag("ongo2010"):
            open_disputes.add(row.needed("dispnum"))
    last_days: dict[str, date] = {}
    for row in parties:
        last_days[row.needed("dispnum")] = max(last_days.get(row.needed("dispnum"), date.min), _edge(row, END).day)
    for row in parties:
        number, start, end = row.needed("dispnum"), _edge(row, START), _edge(row, END)
        by_year = levels[number, row.needed("ccode")]
        is_over = number not in open_disputes or end.day < last_days[number]
        reached = [level for year, level in by_year.items() if start.day.year <= year <= end.day.year]
        yield {
            "dispute": number,
            "state": row.state("ccode", "cow", start.day),
            "side": "a" if row.flag("sidea") else "b",
            "is_originator": row.flag("orig"),
            "start_date": start.day,
            "start_precision": start.precision,
            "end_date": end.day if is_over else None,
            "end_precision": end.precision if is_over else None,
            "hostility_level": max(reached, default=None),
            "row_ref": row.ref("dispnum", "ccode", *START),
        }


def _edge(row: Row, columns: tuple[str, str, str]) -> Dated:
    found = row.date_parts(columns, edge="end" if columns is END else "start")
    if found is None:
        raise row.broken(columns[0], "must not be missing")
    return found


def _agreed(rows: list[Row], columns: tuple[str, ...]) -> Row:
    """Any of the rows, which say one thing in these columns; a row that says another is refused."""
    first = rows[0]
    for column in columns:
        for row in rows:
            if row.plain(column) != first.plain(column):
                raise row.broken(column, f"is {first.plain(column)!r} in row {first.place} of the same dispute")
    return first


def _runs(years: list[int]) -> list[list[int]]:
    """Years in order, parted where one is left out."""
    found: list[list[int]] = []
    for year in years:
        if found and found[-1][-1] == year - 1:
            found[-1].append(year)
        else:
            found.append([year])
    return found


def _party(years: list[int], rows: list[Row]) -> dict[str, Any]:
    first = _agreed(rows, ("orig1",))
    start, end = dated_parts(years[0], None, None), dated_parts(years[-1], None, None, edge="end")
    is_over = years[-1] < LAST_YEAR or not first.flag("ongo2010")
    return {
        "dispute": first.needed("dispnum"),
        "state": first.state("ccode1", "cow", years[0]),
        "side": "a" if first.flag("sidea1") else "b",
        "is_originator": first.flag("orig1"),
        "start_date": start.day,
        "start_precision": start.precision,
        "end_date": end.day if is_over else None,
        "end_precision": end.precision if is_over else None,
        "hostility_level": max(row.needed_integer("hostlev1") for row in rows),
        "row_ref": first.ref("dispnum", "ccode1"),
    }
