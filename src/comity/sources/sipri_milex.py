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
NOT_NUMBERS = {"Regional totals": "a total of a region", "Footnotes": "a note in prose"}
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
WHOLE = re.compile(r"\d{4}")


@dataclass(frozen=True)
class Country:
    """The row of one country on one sheet; `years` and `remarks` are its columns by what their heads say."""

    row: Row
    sheet: str
    fact: str
    unit: int
    years: dict[int, str]
    remarks: dict[str, str]

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
        for remark, column in country.remarks.items():
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
        for year, column in country.years.items()
        if country.row.plain(column) == "0"
    }
    seen: set[tuple[str, tuple[str, str], int]] = set()
    for country in _countries(raw, is_counted):
        row = country.row
        figures = {year: column for year, column in country.years.items() if row.plain(column) not in NO_FIGURE}
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
    """The rows of countries on every sheet of figures; titles, notes and regions are passed over."""
    for sheet, rows in groupby(raw.rows("workbook"), key=lambda row: row.plain("sheet")):
        years: dict[int, str] = {}
        remarks: dict[str, str] = {}
        for row in rows:
            if years and any(row.plain(column) for column in years.values()):
                fact, unit = _meaning(row)
                yield Country(row, sheet, fact, unit, years, remarks)
                continue
            if not years and sheet not in NOT_NUMBERS and row.text("0") == "Country":
                years, remarks = _heads(row)
            if is_counted:
                raw.leave_out(row, NOT_NUMBERS.get(sheet, "a title, a note or the name of a region"))


def _meaning(row: Row) -> tuple[str, int]:
    """What the figures of a sheet are: our fact and the unit."""
    sheet = row.plain("sheet")
    if match := CONSTANT.fullmatch(sheet):
        return f"military_expenditure_usd{match[1]}", MILLION
    if sheet not in SHEETS:
        raise row.broken("sheet", "is a sheet nobody knows")
    return SHEETS[sheet]


def _heads(row: Row) -> tuple[dict[int, str], dict[str, str]]:
    """The columns under a row of heads: by year, and by a name of ours for what else is said."""
    columns = [column for column in row.layout.fields if column.isdigit() and column != "0" and row.plain(column)]
    years = {int(row.plain(column)): column for column in columns if WHOLE.fullmatch(row.plain(column))}
    others = [column for column in columns if not WHOLE.fullmatch(row.plain(column))]
    return years, {"_".join(row.plain(column).partition("(")[0].lower().split()): column for column in others}
