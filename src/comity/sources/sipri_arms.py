"""Transfers of major conventional arms, deal by deal, 1950 on (Stockholm International Peace Research Institute)."""

import re
from collections.abc import Iterator
from typing import Any

from comity.sources.raw import Raw, Row

DEAL = ("Recipient", "Supplier", "Year of order", "Weapon designation")
YEARS = "Year(s) of delivery"
UNCERTAIN = {
    "Year of order flag": "is_order_year_uncertain",
    "Number ordered flag": "is_ordered_count_uncertain",
    "Number delivered flag": "is_delivered_count_uncertain",
}
# Here 0 means not known, or too small to show.
ORDER_VALUES = {
    "Number ordered": "ordered_count",
    "SIPRI TIV per unit": "unit_tiv",
    "SIPRI TIV for total order": "order_tiv",
}
REMARKS = {"status": "condition", "Comments": "remarks"}
# Parties the publisher does not mark with stars and that are no states of the vocabulary.
OTHERS = {
    "unknown supplier(s)": ("unknown", "unknown"),
    "unknown recipient(s)": ("unknown", "unknown"),
    "unknown rebel group*": ("unknown", "unknown-rebel-group"),
    "Biafra": ("group", "biafra"),
    "Katanga": ("group", "katanga"),
    "Northern Cyprus": ("group", "northern-cyprus"),
}


def arms_delivery(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per deal and year of delivery, each with an equal share; one without year where nothing came."""
    for deal, row in _deals(raw):
        order_year = row.needed_integer("Year of order")
        years: list[int | None] = [*_years(row)] or [None]
        counts = equal_shares(row.needed_integer("Number delivered"), len(years))
        tiv = row.needed_number("SIPRI TIV of delivered weapons") / len(years)
        for year, count in zip(years, counts, strict=True):
            on = order_year if year is None else year
            yield {
                "delivery": f"{deal}/{year or 'undelivered'}",
                **_party_columns("from", _party(row, "Supplier", on)),
                **_party_columns("to", _party(row, "Recipient", on)),
                "weapon": row.needed("Weapon designation"),
                "category": row.text("Weapon description"),
                "order_year": order_year,
                "delivery_year": year,
                "delivered_count": count,
                "delivered_tiv": tiv,
                "row_ref": row.ref(*DEAL),
            }


def property(raw: Raw) -> Iterator[dict[str, Any]]:  # noqa: A001 (named like its table)
    """What a deal says beside its deliveries: number and volume ordered, condition, remarks, what is uncertain."""
    for deal, row in _deals(raw):
        fact = {"core_table": "arms_delivery", "item": deal, "part": "", "row_ref": row.ref(*DEAL)}
        yield from (
            fact | {"property": name, "value": 1.0} for column, name in UNCERTAIN.items() if row.text(column) == "?"
        )
        yield from (fact | {"property": name, "value": value} for name, value in _ordered(raw, row))
        remarks = ((name, row.text(column)) for column, name in REMARKS.items())
        yield from (fact | {"property": name, "content": words} for name, words in remarks if words)


def equal_shares(total: int, parts: int) -> list[int]:
    """A whole number in nearly equal whole parts that add up to it; the smaller ones come first.

    >>> equal_shares(7, 3)
    [2, 2, 3]
    """
    share, rest = divmod(total, parts)
    return [share] * (parts - rest) + [share + 1] * rest


def _deals(raw: Raw) -> Iterator[tuple[str, Row]]:
    """Every deal with our name for it: what identifies it, and a number among those that agree in that."""
    alike: dict[tuple[str, ...], list[Row]] = {}
    for row in raw.rows("deals"):
        alike.setdefault(tuple(row.needed(column) for column in DEAL), []).append(row)
    for key, rows in alike.items():
        for number, row in enumerate(sorted(rows, key=lambda row: row.values), start=1):
            yield "/".join((*key, str(number))), row


def _ordered(raw: Raw, row: Row) -> Iterator[tuple[str, float]]:
    """What was ordered, as far as it is known."""
    for column, name in ORDER_VALUES.items():
        value = row.number(column)
        if value:
            yield name, value
        elif value is not None:
            raw.leave_out_value(row, f"{column} is 0: not known, or too small to show")


def _years(row: Row) -> list[int]:
    """The years of delivery; a deal has some when, and only when, something was delivered."""
    listed = row.text(YEARS)
    if (listed is None) != (row.needed_integer("Number delivered") == 0):
        raise row.broken(YEARS, f"does not fit the number delivered, {row.plain('Number delivered')!r}")
    years = listed.split("; ") if listed else []
    if not all(re.fullmatch(r"\d{4}", year, re.ASCII) for year in years) or len(set(years)) < len(years):
        raise row.broken(YEARS, "is not a list of years")
    return [int(year) for year in years]


def _party(row: Row, column: str, on: int) -> tuple[str, str]:
    name = row.needed(column)
    if name in OTHERS:
        return OTHERS[name]
    if name.endswith("**"):
        return "organisation", _identifier(name)
    if name.endswith("*"):
        return "group", _identifier(name)
    return row.party((column,), on)


def _party_columns(side: str, party: tuple[str, str]) -> dict[str, str | None]:
    kind, code = party
    return {f"{side}_kind": kind, f"{side}_party": code, f"{side}_state": code if kind == "state" else None}


def _identifier(name: str) -> str:
    """A name in lower case, its words joined by `-`."""
    return re.sub(r"[\W_]+", "-", name.casefold()).strip("-")
