"""Training of foreign forces by the United States, course by course, as its departments report to Congress."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from itertools import groupby
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from comity.errors import UnknownWord
from comity.sources.columns import Columns
from comity.sources.raw import Raw, column_parties
from comity.sources.year_facts import columns_of
from comity.vocab.dates import dated_parts

# Our name for each field, and the publisher's in the tables and in the pages.
FIELDS = {
    "country": ("training:country", "country@name"),
    "program": ("training:program", "program@name"),
    "title": ("training:course_title", "course_title"),
    "start": ("training_start_date", "start_date"),
    "end": ("training_end_date", "end_date"),
    "location": ("training:location", "location"),
    "quantity": ("training:quantity", "quantity"),
    "cost": ("training:total_cost", "total_cost"),
}
NO_TRAINING = (
    ("a printed subtotal", "title", r"(?i)^\s*fiscal year \d{4} program totals\s*$"),
    ("a country without training", "program", r"^\s*No activities reported\b"),
)
# The government of the south of Sudan is listed before it was that of a state.
EARLY, EARLY_YEAR = "Sudan, Government of Southern", 2011
# The years around the fiscal year in which a date is believed: a few courses take years.
BEFORE, AFTER = 7, 2

_DATE = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?![\d/])")
_COUNT = re.compile(r"(\d+)(?:\s+(?!\d+$)(.+))?")
_AMOUNT = re.compile(r"(?:[^\s$]+ (?=\$))?\$?(\d[\d,]*(?:\.\d+)?)")
_FISCAL_YEAR = re.compile(r"(?:FY|Fiscal Year)\s*(?:19|20)?(\d\d)\b")
_PROGRAM_END = re.compile(r"[,\s-]*(?:FY|Fiscal Year)(?=[\s\d]|$).*$|\s*\(Note \d\)")
_PROGRAM_START = re.compile(r"^(?:.*?\bRegion,.*?,\s{2,}|Republic Of,\s*)")
_SHORT_NAME = re.compile(r"\(([A-Z]{3,})\)")


@dataclass(frozen=True)
class Report:
    """The rows of one file, in one of two layouts; `year` is the first fiscal year in its report's name."""

    year: int
    rows: Columns
    layout: int

    @property
    def identifiers(self) -> pa.Array:
        """The report and the line; where a report has one file for each region, the region between them."""
        folder, _, name = self.rows.file.rpartition("/")
        region = name[10:].removesuffix(".xml").removesuffix("_dedup").removesuffix("_fmtrpt") + "/" if folder else ""
        report = f"{self.year}-{self.year + 1}/{region}"
        return pc.binary_join_element_wise(pa.scalar(report), self.rows.lines(), "")

    def text(self, field: str) -> pa.Array:
        """One field, null where it is missing."""
        return self.rows.text(self.column(field)).combine_chunks()

    def column(self, field: str) -> str:
        """The publisher's name for a field."""
        return FIELDS[field][self.layout]

    def only(self, rows: Columns) -> "Report":
        """The same report with some of its rows."""
        return replace(self, rows=rows)


def series(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per programme that pays for training; of several spellings of its name, small letters come first."""
    spellings: dict[str, tuple[str, str]] = {}
    for report in _reports(raw):
        for text in pc.unique(report.text("program").drop_null()).to_pylist():
            identifier, name = _program(text)
            if name > spellings.setdefault(identifier, ("", ""))[0]:
                spellings[identifier] = (name, f"{report.rows.file}:{text}")
    for identifier, (name, reference) in spellings.items():
        yield {
            "series": identifier,
            "name": name,
            "instrument": "training",
            "verification": "secondary",
            "row_ref": reference,
        }


def engagement(raw: Raw) -> Iterator[pa.Table]:
    """One row per line of a report; lines that repeat exactly are courses given more than once, and all stay."""
    for report in _reports(raw, is_counted=True):
        count = report.rows.row_count
        programs, quantity, cost = (report.text(field) for field in ("program", "quantity", "cost"))
        years = _each(programs, partial(_program_year, year=report.year), pa.int64())
        people, amount = _each(quantity, _people, pa.int64()), _each(cost, _amount, pa.float64())
        _count_unread(raw, report, quantity, people, "a number of people that cannot be read")
        _count_unread(raw, report, cost, amount, "an amount that cannot be read")
        parts = [pc.fill_null(part, "") for part in (report.text("location"), _each(quantity, _place, pa.string()))]
        places = pc.utf8_trim_whitespace(pc.binary_join_element_wise(*parts, " "))
        yield pa.table(
            {
                "engagement": report.identifiers,
                "name": report.text("title"),
                "series": _each(programs, lambda text: _program(text)[0], pa.string()),
                "instrument": pa.repeat("training", count),
                "status": pc.if_else(
                    pc.fill_null(pc.greater(years, report.year), fill_value=False), "proposed", "completed"
                ),
                **_dates(raw, report, pc.fill_null(years, report.year)),
                "location": pc.if_else(pc.equal(places, ""), pa.scalar(None, pa.string()), places),
                "personnel_count": people,
                "cost_usd": amount,
                "verification": pa.repeat("secondary", count),
                "row_ref": report.rows.refs(),
            }
        )


def engagement_party(raw: Raw) -> Iterator[pa.Table]:
    """Two rows per line: the United States, which trains, and the country whose people are trained."""
    for report in _reports(raw):
        is_early = pc.is_in(report.text("country"), value_set=pa.array([EARLY]))
        for year, chosen in ((report.year, pc.invert(is_early)), (EARLY_YEAR, is_early)):
            part = report.only(report.rows.only(chosen))
            identifiers, references = part.identifiers, part.rows.refs()
            kinds, parties = column_parties(part.rows, part.column("country"), year)
            for kind, party, role in (
                (pa.repeat("state", len(parties)), pa.repeat("USA", len(parties)), "provider"),
                (kinds, parties, "recipient"),
            ):
                yield pa.table(
                    {
                        "engagement": identifiers,
                        "party_kind": kind,
                        "party": party,
                        "role": pa.repeat(role, len(parties)),
                        "row_ref": references,
                    }
                )


def _reports(raw: Raw, is_counted: bool = False) -> Iterator[Report]:
    """Every file, with the rows that are to be facts; the others are counted once, by the reader that asks for it."""
    tables = [_report(columns, 0) for columns in raw.columns("tables")]
    for report in (*tables, *_pages(raw, {report.year for report in tables}, is_counted)):
        rows = report.rows
        for reason, field, pattern in NO_TRAINING:
            wanted = pc.invert(pc.match_substring_regex(rows.table.column(report.column(field)), pattern))
            rows = raw.keep(rows, wanted, reason) if is_counted else rows.only(wanted)
        yield report.only(rows)


def _pages(raw: Raw, years: set[int], is_counted: bool) -> Iterator[Report]:
    """The reports that are there as pages only; pages of a report that is there as a table say nothing new."""
    for _, group in groupby(raw.rows("pages"), key=lambda row: row.file):
        rows = list(group)
        [columns] = columns_of(rows)
        report = _report(columns, 1)
        if report.year not in years:
            yield report
        elif is_counted:
            for row in rows:
                raw.leave_out(row, "the same report is there as a table")


def _report(columns: Columns, layout: int) -> Report:
    """A file and the report it is part of, which its name tells: `fmtrpt_2020_2021…`."""
    return Report(int(columns.file.removeprefix("fmtrpt_")[:4]), columns, layout)


def _dates(raw: Raw, report: Report, years: pa.Array) -> dict[str, pa.Array]:
    """The columns of dates; where no day can be read, the year of the end or else the fiscal year is known."""
    days = cache(lambda text: _days(text, report.year))
    cells = [report.text(field).to_pylist() for field in ("start", "cost", "end")]
    spans = [_span(days(start), days(cost), days(end)) for start, cost, end in zip(*cells, strict=True)]
    unread = sum(
        bool(start and not days(start)) + bool(end and not days(end)) for start, _, end in zip(*cells, strict=True)
    )
    turned = sum(1 for first, last in spans if first and last and last < first)
    raw.leave_out_values(report.rows, unread, "a date that cannot be read or lies far from the report")
    raw.leave_out_values(report.rows, turned, "an end before the start")
    ends = [None if first and last and last < first else last for first, last in spans]
    starts = [
        first or date(last.year if last else year, 1, 1)
        for (first, last), year in zip(spans, years.to_pylist(), strict=True)
    ]
    return {
        "start_date": pa.array(starts, pa.date32()),
        "start_precision": pa.array(["day" if first else "year" for first, _ in spans]),
        "end_date": pa.array(ends, pa.date32()),
        "end_precision": pa.array(["day" if end else None for end in ends], pa.string()),
    }


def _span(start: list[date], cost: list[date], end: list[date]) -> tuple[date | None, date | None]:
    """First and last day from three cells: a damaged line has both dates in one cell, or a date beside the amount."""
    first = min(start or cost or (end[1:] and end), default=None)
    last = max(end or (start[1:] and start) or (cost[1:] and cost), default=None)
    return first, last


def _days(text: str | None, year: int) -> list[date]:
    """The days a cell names; a year of two digits is of this century, and one far from the report is a slip."""
    found = []
    for month, day, written in _DATE.findall(text or ""):
        full_year = int(written) + (2000 if len(written) == 2 else 0)
        if not year - BEFORE <= full_year <= year + AFTER:
            continue
        try:
            found.append(dated_parts(full_year, int(month), int(day)).day)
        except UnknownWord:
            continue  # a day that no calendar has; the cell is counted as unread
    return found


def _people(text: str) -> int | None:
    """How many people; the place of training may have slipped in behind the number.

    >>> _people("2 Garmisch,"), _people("30 30")
    (2, None)
    """
    match = _COUNT.fullmatch(text)
    return int(match[1]) if match else None


def _place(text: str) -> str | None:
    """The place that slipped in behind the number of people."""
    match = _COUNT.fullmatch(text)
    return match[2] if match else None


def _amount(text: str) -> float | None:
    """The dollars, without a date that slipped in; two amounts in one cell are no amount.

    >>> _amount("$64,360"), _amount("320 9/15/2003"), _amount("$48,102 $0")
    (64360.0, 320.0, None)
    """
    match = _AMOUNT.fullmatch(_DATE.sub("", text).strip())
    return float(match[1].replace(",", "")) if match else None


def _program(text: str) -> tuple[str, str]:
    """Identifier and name of a programme, without region, country and fiscal year.

    >>> _program("DoS Africa Region, Benin,  International Military Education and Training (IMET), FY 01")
    ('imet', 'International Military Education and Training (IMET)')
    """
    name = " ".join(_PROGRAM_START.sub("", _PROGRAM_END.sub("", text)).split())
    short = _SHORT_NAME.search(name)
    return re.sub(r"[\W_]+", "-", (short[1] if short else name).casefold()).strip("-"), name


def _program_year(text: str, year: int) -> int:
    """The fiscal year a programme is said to be of: the report's first, or the second, which is then proposed."""
    match = _FISCAL_YEAR.search(text)
    return year + 1 if match and int(match[1]) == (year + 1) % 100 else year


def _count_unread(raw: Raw, report: Report, given: pa.Array, read: pa.Array, reason: str) -> None:
    raw.leave_out_values(report.rows, read.null_count - given.null_count, reason)


def _each(values: pa.Array, read: Callable[[str], Any], kind: pa.DataType) -> pa.Array:
    """What a function makes of each text; every text is read once, however often it is there."""
    texts = values.dictionary_encode()
    return pa.array([read(text) for text in texts.dictionary.to_pylist()], kind).take(texts.indices)
