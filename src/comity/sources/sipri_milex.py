"""Military expenditure of states by year, in money and as shares (Stockholm International Peace Research Institute)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from comity.sources.raw import Raw, Row

# The base year of constant prices changes with each release and is in the sheet's name.
CONSTANT = re.compile(r"Constant \((\d{4})\) US\$")
CURRENT = "Current US$"
MILLION = 1_000_000
# The other sheets: our fact, and what one unit of the sheet is.
SHEETS = {
    CURRENT: ("military_expenditure_current_usd", MILLION),
    "Share of GDP": ("military_expenditure_gdp_share", 1),
    "Per capita": ("military_expenditure_per_capita_usd", 1),
    "Share of Govt. spending": ("military_expenditure_government_share", 1),
    "Local currency calendar years": ("military_expenditure_local_currency", 1),
    "Local currency financial years": ("military_expenditure_local_currency_fiscal_year", 1),
}
# What else is said of a country beside its figures; the constant sheet has a column without a head.
REMARKS = {
    "Currency": "currency",
    "Fiscal Year (Jan-Dec if not stated)": "fiscal_year",
    "Notes": "notes",
    "Reporting year": "reporting_year",
}
# What blue and red mean by the publisher's legend; black and no color mark plain figures.
BASIS = {
    "indexed 12": "estimate",
    "rgb FF0000FF": "estimate",
    "indexed 10": "highly uncertain",
    "rgb FFFF0000": "highly uncertain",
    "indexed 8": "",
    "rgb FF000000": "",
    "theme 1": "",
    "": "",
}
NO_FIGURE = frozenset({"...", ". .", "xxx", ""})  # no data (two marks), no such state then, nothing there
ORGANISATIONS = {"European Union": "european-union"}
YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True)
class Heads:
    """The row of heads of one sheet: its place, and the columns by year and by what else they say."""

    place: int
    years: dict[int, str]
    remarks: dict[str, str]


@dataclass(frozen=True)
class Country:
    """The row of one country on one sheet."""

    row: Row
    sheet: str
    fact: str
    unit: int
    heads: Heads

    @property
    def name(self) -> str:
        """The publisher's name for the country."""
        return self.row.needed("0")


@dataclass(frozen=True)
class Figure:
    """One number and the place it belongs to; `basis` is what its color says."""

    country: Country
    place: tuple[str, str]
    year: int
    value: float
    basis: str


def state_year_fact(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per figure of a state."""
    for figure in _figures(raw, is_counted=True):
        kind, party = figure.place
        if kind == "state":
            yield _fact(figure) | {"state": party}


def party_year_fact(raw: Raw) -> Iterator[dict[str, Any]]:
    """The same for the European Union."""
    for figure in _figures(raw):
        kind, party = figure.place
        if kind != "state":
            yield _fact(figure) | {"party_kind": kind, "party": party}


def property(raw: Raw) -> Iterator[dict[str, Any]]:  # noqa: A001 (named like the table)
    """Which figures are estimates or highly uncertain, and a country's currency, fiscal year and marks of notes."""
    for figure in _figures(raw):
        if figure.basis:
            kind, party = figure.place
            yield {
                "core_table": "state_year_fact" if kind == "state" else "party_year_fact",
                "item": f"{figure.country.fact}/{party}/{figure.year}",
                "property": "basis",
                "part": "",
                "content": figure.basis,
                "row_ref": figure.country.row.ref("0"),
            }
    for country in _countries(raw):
        for remark, column in country.heads.remarks.items():
            content = country.row.text(column)
            if content is not None:
                yield {
                    "core_table": "state_year_fact",
                    "item": f"{country.fact}/{country.name}",
                    "property": remark,
                    "part": "",
                    "content": content,
                    "row_ref": country.row.ref("0"),
                }


def _fact(figure: Figure) -> dict[str, Any]:
    return {
        "fact": figure.country.fact,
        "year": figure.year,
        "item": "",
        "value": figure.value,
        "row_ref": figure.country.row.ref("0"),
    }


def _figures(raw: Raw, is_counted: bool = False) -> Iterator[Figure]:
    """Every figure; a 0 in current dollars where constant dollars are not 0 is a formula that found nothing."""
    nothing = {
        (country.name, year)
        for country in _countries(raw)
        if CONSTANT.fullmatch(country.sheet)
        for year, column in country.heads.years.items()
        if country.row.plain(column) == "0"
    }
    seen: set[tuple[str, tuple[str, str], int]] = set()
    for country in _countries(raw, is_counted):
        row = country.row
        figures = {year: column for year, column in country.heads.years.items() if row.plain(column) not in NO_FIGURE}
        if is_counted and not figures:
            raw.leave_out(row, "a country without a figure")
        for year, column in figures.items():
            place = _place(country, year)
            reason = ""
            if country.sheet == CURRENT and row.plain(column) == "0" and (country.name, year) not in nothing:
                reason = "a 0 in current dollars where constant dollars are not 0"
            elif (country.fact, place, year) in seen:
                reason = "a second figure for one state and year, in an older currency"
            if not reason:
                seen.add((country.fact, place, year))
                number = row.needed_number(column) * country.unit
                yield Figure(country, place, year, number, _basis(row, column))
            elif is_counted:
                raw.leave_out_value(row, reason)


def _place(country: Country, year: int) -> tuple[str, str]:
    if country.name in ORGANISATIONS:
        return "organisation", ORGANISATIONS[country.name]
    return country.row.party(("0",), year)


def _basis(row: Row, column: str) -> str:
    color = row.plain(f"{column} color")
    if color not in BASIS:
        raise row.broken(f"{column} color", "is a color without a meaning")
    return BASIS[color]


def _countries(raw: Raw, is_counted: bool = False) -> Iterator[Country]:
    """The rows of countries on every sheet; titles and the names of regions are passed over."""
    for sheet, group in groupby(raw.rows("workbook"), key=lambda row: row.plain("sheet")):
        rows = list(group)
        fact, unit = _meaning(rows[0])
        heads = _heads(rows)
        for row in rows:
            if row.place > heads.place and any(row.plain(column) for column in heads.years.values()):
                yield Country(row, sheet, fact, unit, heads)
            elif is_counted:
                raw.leave_out(row, "a title or the name of a region")


def _meaning(row: Row) -> tuple[str, int]:
    """What the figures of a sheet are: our fact and the unit."""
    sheet = row.plain("sheet")
    if match := CONSTANT.fullmatch(sheet):
        return f"military_expenditure_usd{match[1]}", MILLION
    if sheet not in SHEETS:
        raise row.broken("sheet", "is a sheet nobody knows")
    return SHEETS[sheet]


def _heads(rows: list[Row]) -> Heads:
    """The row of heads of a sheet: where it is, its columns by year, and those of remarks."""
    head = next((row for row in rows if row.text("0") == "Country"), None)
    if head is None:
        raise rows[0].broken("0", "and what follows holds no row of heads")
    columns = [column for column in head.layout.fields if column.isdigit() and column != "0" and head.plain(column)]
    years = {int(head.plain(column)): column for column in columns if YEAR.fullmatch(head.plain(column))}
    remarks = {}
    for column in columns:
        title = head.plain(column)
        if title in REMARKS:
            remarks[REMARKS[title]] = column
        elif not YEAR.fullmatch(title):
            raise head.broken(column, "is the head of no column we know")
    return Heads(head.place, years, remarks)
