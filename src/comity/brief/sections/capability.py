"""Capability and burden: what the states have and what it costs them, as published, side by side."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from comity.brief.blocks import Block, Cell, Column, Row, Table
from comity.brief.knowledge import horizon
from comity.brief.registry import section
from comity.brief.resting import from_rows
from comity.brief.subject import Subject
from comity.brief.wording import with_article
from comity.vocab.states import state

_LATEST = """
    SELECT state, fact, source, year, value FROM core.state_year_fact
    WHERE list_contains($states, state) AND list_contains($facts, fact) AND year <= $year AND value IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY state, fact ORDER BY year DESC, source) = 1
    ORDER BY state, fact, source
"""
Show = Callable[[float], Cell]
LEAST = 1000  # the list of soldiers is in thousands: it tells no number below
_GDP, _BUDGET = "military_expenditure_gdp_share", "military_expenditure_government_share"
_USD, _SOLDIERS = "military_expenditure_usd2023", "military_personnel_count"
# Two shares that make all that a government spends so little of the product cannot both be right, or mean another
# government than that of the whole state.
LEAST_GOVERNMENT = 0.07
Held = dict[tuple[str, str], dict[str, Any]]
FACTS: dict[str, tuple[str, Show]] = {
    _USD: ("Spending, million US dollars of 2023", lambda value: round(value / 1e6)),
    _GDP: ("Spending, share of gross domestic product", lambda value: f"{value:.1%}"),
    _BUDGET: ("Spending, share of government spending", lambda value: f"{value:.1%}"),
    _SOLDIERS: ("Soldiers", round),
    "cinc_share": ("Share of the world’s material capability", lambda value: f"{value:.1%}"),
}


@section("Capability and burden", order=45, kinds=("pair", "state", "comparison"))
def capability(subject: Subject) -> list[Block]:
    """The latest known figure of each state, with its year; nothing where no source is loaded."""
    rows, query = subject.asked(_LATEST, states=list(subject.states), facts=list(FACTS), year=subject.as_of.year)
    if not rows:
        return []
    told = {(row["state"], row["fact"]): row for row in rows}
    at_odds = {code: share for code in subject.states if (share := _government(told, code)) is not None}
    held = {key: row for key, row in told.items() if key[1] != _BUDGET or key[0] not in at_odds}
    cites = tuple(sorted({row["source"] for row in rows}))
    columns = [Column("What")]
    for code in subject.states:
        columns += [Column(state(code).name, "number"), Column("Year", "date")]
    return [
        Table(
            title="The latest figures known",
            columns=tuple(columns),
            rows=tuple(_row(subject, fact, held) for fact in FACTS if any(fact == key[1] for key in held)),
            note="Definitions differ between states, and official figures leave out what governments do not show."
            + "".join(f" {_left_out(told, code, share)}" for code, share in at_odds.items()),
            null_means="not listed by a loaded source" + (", or left out" if at_odds else ""),
            cites=cites,
            as_of=horizon(subject, cites),
            basis=from_rows("The latest year of each figure of each state.", rows, query, of=LEAST,
                least_government=f"{LEAST_GOVERNMENT:.0%}", **_printed(rows), **_shares(at_odds)),
        )
    ]  # fmt: skip


def _government(held: Held, code: str) -> float | None:
    """All that a government spends as a share of the product, by two shares of one list and year that are at odds."""
    of_product, of_budget = held.get((code, _GDP)), held.get((code, _BUDGET))
    if not of_product or not of_budget or not of_budget["value"]:
        return None
    if (of_product["source"], of_product["year"]) != (of_budget["source"], of_budget["year"]):
        return None
    share = float(of_product["value"] / of_budget["value"])
    return share if share < LEAST_GOVERNMENT else None


def _left_out(held: Held, code: str, share: float) -> str:
    """That a share of government spending is left out, and why."""
    budget, product = held[code, _BUDGET], held[code, _GDP]
    return (
        f"Left out is {budget['value']:.1%} of government spending for {with_article(code)} in {budget['year']}: with "
        f"{product['value']:.1%} of gross domestic product in the same list it would make all government spending "
        f"{share:.1%} of that product, which is too little to be of the whole government."
    )


def _shares(at_odds: dict[str, float]) -> dict[str, Cell]:
    """The shares of government spending in the product that the note tells, as printed."""
    return {f"government of {code}": f"{share:.1%}" for code, share in at_odds.items()}


def under_least(has_forces: bool) -> str:
    """What a list of soldiers in thousands says by a zero; a state that spends on forces has some.

    >>> under_least(True), under_least(False)
    ('under 1,000', 'none, or under 1,000')
    """
    return f"under {LEAST:,}" if has_forces else f"none, or under {LEAST:,}"


def _shown(held: Held, code: str, fact: str) -> Cell:
    value = held[code, fact]["value"]
    if fact == _SOLDIERS and not value:
        return under_least(any(held.get((code, spent), {}).get("value") for spent in (_USD, _GDP)))
    return FACTS[fact][1](value)


def _row(subject: Subject, fact: str, held: Held) -> Row:
    cells: list[Cell] = [FACTS[fact][0]]
    for code in subject.states:
        found = held.get((code, fact))
        cells += [_shown(held, code, fact), str(found["year"])] if found else [None, None]
    refs = tuple(sorted({row["source"] for key, row in held.items() if key[1] == fact}))
    return Row(cells=tuple(cells), refs=refs)


def _printed(rows: list[dict[str, Any]]) -> dict[str, Cell]:
    """The figures as printed: in millions, or in percent."""
    return {f"{row['fact']} of {row['state']}": FACTS[row["fact"]][1](row["value"]) for row in rows}
