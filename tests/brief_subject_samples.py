"""The invented world of `brief_samples` with what briefs on other subjects than pairs and regions need."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from msgspec import structs

from brief_samples import (
    REGISTER_COVERAGE,
    TALLY_COVERAGE,
    agreement,
    channel,
    covered,
    engagement,
    incident,
    loaded,
    published_rows,
    register_rows,
    together,
)
from comity.record import SOURCE as REGISTER
from comity.store import writing

CASE = "amber-outreach"
# One subject of each kind, as a user would name it.
WORDS = {
    "pair": ("ISL", "IRL"),
    "region": ("amber-sea",),
    "state": ("ISL",),
    "organisation": ("club",),
    "case": (CASE,),
    "world": ("world",),
    "topic": ("technology",),
}
_CASE = {
    "case_study": CASE,
    "name": "Outreach of Iceland",
    "parties": ["ISL", "IRL", "NZL"],
    "turning_points": ["2010: The old pact is renewed", "2018: The games grow to 3 states", "2024: Harbors open"],
    "summary": "How an island finds friends. Critics ask about sovereignty and dependence. "
    "The question: which instruments grow, and who pays?",
    "verification": "secondary",
}


def subject_rows() -> dict[str, list[dict]]:
    """What the register of the invented world holds: all of `register_rows`, and a club, a case and some cyber."""
    code = {"regime": "amber-code-regime", "name": "Amber code", "agreement": "amber code", "status": "in_force"}
    code |= {"start_date": date(2012, 3, 4), "start_precision": "day", "known_until": date(2025, 3, 4)}
    code |= {"verification": "primary", "summary": "Each tells the other 14 days ahead."}
    change = {"item": "harbor-base", "core_table": "presence", "date": date(2020, 2, 2), "precision": "day"}
    change |= {"change_kind": "ended", "access_kind": "basing", "by_kind": "state", "by_party": "IRL"}
    change |= {"of_parties": ["ISL"], "reason": "The lease ended.", "cases": [CASE], "verification": "secondary"}
    return together(
        register_rows(),
        {"case_study": [_CASE], "regime_status": [code], "access_change": [change]},
        {"organisation_member": [_member(state, year, end) for state, year, end in _MEMBERS]},
        agreement("amber code", ("ISL", "IRL"), agreement_kind="confidence_building", start_date=date(2012, 3, 4)),
        agreement("club charter", ("club", "ISL"), start_date=date(2003, 1, 1)),
        agreement("cyber accord", ("ISL", "NZL"), agreement_kind="information_sharing", start_date=date(2021, 5, 5)),
        engagement("cyber shield 2023", date(2023, 5, 5), ("ISL", "NZL"), domains=["cyber"]),
        engagement("cyber shield 2024", date(2024, 5, 5), ("ISL", "IRL", "NZL"), domains=["cyber"]),
        engagement("club patrol", date(2019, 5, 5), ("club", "MLT"), instrument="operation", personnel_count=300),
        engagement("secret club talks", date(2024, 7, 7), ("club", "ISL"), label="owner"),
        engagement("secret cyber drill", date(2025, 7, 7), ("ISL", "NZL"), domains=["cyber"], label="owner"),
        incident("third pass", date(2025, 5, 5), ("ISL:actor", "NZL:affected"), killed_count=1),
        channel("club line", ("club", "NZL")),
    )


_MEMBERS = (("ISL", 2001, None), ("IRL", 2001, 2015), ("NZL", 2022, None))


def _member(state: str, year: int, end: int | None) -> dict:
    row = {"organisation": "club", "party_kind": "state", "party": state, "role": "member", "source": REGISTER}
    row |= {"start_date": date(year, 6, 1), "start_precision": "day", "known_until": date(2025, 1, 1)}
    return row | ({"end_date": date(end, 6, 1), "end_precision": "day"} if end else {})


def closed_rows() -> dict[str, list[dict]]:
    """An invented source whose terms do not let its rows be passed on."""
    return engagement("closed games", date(2022, 3, 3), ("ISL", "IRL", "NZL"), source="closed")


def write_subjects(place: Path) -> Path:
    """The invented world with every kind of subject in a store, one of its sources not to be passed on."""
    with writing(place) as load:
        load.replace(loaded(REGISTER, subject_rows(), REGISTER_COVERAGE, "Invented register"))
        load.replace(loaded("tally", published_rows(), TALLY_COVERAGE, "Invented Tally of Exercises"))
        held = loaded("closed", closed_rows(), (covered(("exercise",), "positive_only", 2020, 2024),), "Closed List")
        load.replace(replace(held, about=structs.replace(held.about, redistribute=False)))
    return place
