"""Capability and burden: what the states have and what it costs them, as published, side by side."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from comity.brief.blocks import Block, Cell, Column, Row, Table
from comity.brief.knowledge import horizon
from comity.brief.registry import section
from comity.brief.resting import from_rows
from comity.brief.subject import Subject
from comity.vocab.states import state

_LATEST = """
    SELECT state, fact, source, year, value FROM core.state_year_fact
    WHERE list_contains($states, state) AND list_contains($facts, fact) AND year <= $year AND value IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY state, fact ORDER BY year DESC, source) = 1
    ORDER BY state, fact, source
"""
Show = Callable[[float], Cell]
FACTS: dict[str, tuple[str, Show]] = {
    "military_expenditure_usd2023": ("Spending, million US dollars of 2023", lambda value: round(value / 1e6)),
    "military_expenditure_gdp_share": ("Spending, share of gross domestic product", lambda value: f"{value:.1%}"),
    "military_expenditure_government_share": ("Spending, share of government spending", lambda value: f"{value:.1%}"),
    "military_personnel_count": ("Soldiers", round),
    "cinc_share": ("Share of the world’s material capability", lambda value: f"{value:.1%}"),
}


@section("Capability and burden", order=45, kinds=("pair", "state", "comparison"))
def capability(subject: Subject) -> list[Block]:
    """The latest known figure of each state, with its year; nothing where no source is loaded."""
    rows, query = subject.asked(_LATEST, states=list(subject.states), facts=list(FACTS), year=subject.as_of.year)
    if not rows:
        return []
    held = {(row["state"], row["fact"]): row for row in rows}
    cites = tuple(sorted({row["source"] for row in rows}))
    columns = [Column("What")]
    for code in subject.states:
        columns += [Column(state(code).name, "number"), Column("Year", "date")]
    return [
        Table(
            title="The latest figures known",
            columns=tuple(columns),
            rows=tuple(_row(subject, fact, held) for fact in FACTS if any(fact == key[1] for key in held)),
            note="Definitions differ between states, and official figures leave out what governments do not show.",
            cites=cites,
            as_of=horizon(subject, cites),
            basis=from_rows("The latest year of each figure of each state.", rows, query, **_printed(rows)),
        )
    ]


def _row(subject: Subject, fact: str, held: dict[tuple[str, str], dict[str, Any]]) -> Row:
    words, show = FACTS[fact]
    cells: list[Cell] = [words]
    for code in subject.states:
        found = held.get((code, fact))
        cells += [show(found["value"]), str(found["year"])] if found else [None, None]
    refs = tuple(sorted({row["source"] for key, row in held.items() if key[1] == fact}))
    return Row(cells=tuple(cells), refs=refs)


def _printed(rows: list[dict[str, Any]]) -> dict[str, Cell]:
    """The figures as printed: in millions, or in percent."""
    return {f"{row['fact']} of {row['state']}": FACTS[row["fact"]][1](row["value"]) for row in rows}
