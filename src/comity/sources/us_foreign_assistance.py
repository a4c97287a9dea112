"""Assistance of the United States to each country by fiscal year, civil and military together."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

from comity.sources.raw import Raw, Row
from comity.vocab.states import members

# The stage at which an amount is counted. One dollar may pass through all four, so they are four facts, never a sum.
STAGES = {
    "1": "appropriated",
    "2": "obligations",
    "3": "disbursements",
    "18": "requested",
}
PRICES = {"usd": "current_amount", "constant_usd": "constant_amount"}
# What the publisher keeps a book for after the state has ended.
FORMER = {
    "Czechoslovakia (former)": "CSK",
    "Germany (former East)": "DDR",
    "Serbia and Montenegro (former)": "YUG",
    "Soviet Union (former)": "RUS",
    "Sudan (former)": "SDN",
    "Vietnam (former South)": "RVN",
    "Yemen (former P.D.R.)": "YMD",
    "Yugoslavia (former)": "YUG",
}
NO_COUNTRIES = frozenset({"World", "Pacific Island Trust Territory", "Berlin, West"})
TRANSITION = "transition quarter"  # July to September 1976, when the fiscal year was moved


@dataclass
class Amount:
    """What one fact sums: the books of one place, stage and fiscal year, in one kind of price."""

    value: int = 0
    references: list[str] = field(default_factory=list)


Key = tuple[str, str, str, int, str]
_AMOUNTS: WeakKeyDictionary[Raw, dict[Key, Amount]] = WeakKeyDictionary()


def dyad_year_fact(raw: Raw) -> Iterator[dict[str, Any]]:
    """Dollars from the United States to a state; the year is the fiscal year, October to September."""
    for (kind, party, fact, year, item), amount in _amounts(raw).items():
        if kind == "state":
            yield {
                "fact": fact,
                "from_state": "USA",
                "to_state": party,
                "year": year,
                "item": item,
                "value": float(amount.value),
                "row_ref": "; ".join(sorted(amount.references)),
            }


def party_year_fact(raw: Raw) -> Iterator[dict[str, Any]]:
    """The same for territories."""
    for (kind, party, fact, year, item), amount in _amounts(raw).items():
        if kind != "state":
            yield {
                "fact": f"us_{fact}",
                "party_kind": kind,
                "party": party,
                "year": year,
                "item": item,
                "value": float(amount.value),
                "row_ref": "; ".join(sorted(amount.references)),
            }


def _amounts(raw: Raw) -> dict[Key, Amount]:
    """Every amount by place, fact, year and part of the year; two books of one state are added."""
    if raw not in _AMOUNTS:
        found: dict[Key, Amount] = {}
        for row in raw.rows("assistance"):
            year, item = _fiscal_year(row)
            place = _place(raw, row, year)
            if place is None:
                continue
            stage = STAGES[row.needed("Transaction Type ID")]
            for price, column in PRICES.items():
                amount = found.setdefault((*place, f"assistance_{stage}_{price}", year, item), Amount())
                amount.value += row.needed_integer(column)
                amount.references.append(row.ref("Country Name", "Transaction Type ID", "Fiscal Year"))
        _AMOUNTS[raw] = found
    return _AMOUNTS[raw]


def _fiscal_year(row: Row) -> tuple[int, str]:
    text = row.needed("Fiscal Year")
    if text == "1976tq":
        return 1976, TRANSITION
    return row.needed_integer("Fiscal Year"), ""


def _place(raw: Raw, row: Row, year: int) -> tuple[str, str] | None:
    """The state or territory of a row; nothing, with the reason counted, where it is neither."""
    name = row.needed("Country Name")
    if name.endswith(" Region") or name in NO_COUNTRIES:
        raw.leave_out(row, "a region, or a place without a state")
        return None
    if name not in FORMER:
        return row.party(("Country Name",), year)
    if FORMER[name] not in members("cow", year):
        raw.leave_out(row, "booked for a state that had ended")
        return None
    return "state", FORMER[name]
