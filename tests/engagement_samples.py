"""Invented engagements of every sort for the tests of measures of them, and what a measure's SQL says of them."""

from __future__ import annotations

import inspect
from datetime import date
from itertools import combinations
from typing import Any

from hypothesis import strategies as st

from comity.store import open_store
from panel_samples import Sample
from strategies import write_sources

STATES = ("FRA", "JPN", "PHL", "USA")
ROLES = ("participant", "participant", "host", "visitor", "observer", "provider", "recipient")
DOMAINS = ("land", "sea", "air", "amphibious", "cyber", "space", "information")
YEAR_FACTS = ("joint_exercise_count", "leader_visit_count", "military_visit_count", "senior_military_engagement_count")
DIRECTED_FACTS = ("leader_visit_count",)
Row = dict[str, Any]
Key = tuple[Any, ...]

days = st.dates(date(1999, 10, 1), date(2001, 3, 31))
people = st.none() | st.integers(0, 500)
members = st.one_of(
    st.sampled_from(STATES).map(lambda code: ("state", code)),
    st.sampled_from([("territory", "HKG"), ("organisation", "nato"), ("unknown", "unknown")]),
)


@st.composite
def dates(draw: st.DrawFn) -> Row:
    """The dates of an engagement, with how exactly they are known."""
    start, end = sorted((draw(days), draw(days)))
    has_end = draw(st.booleans())
    return {
        "start_date": start,
        "start_precision": draw(st.sampled_from(("day", "day", "day", "month", "year", "disputed"))),
        "end_date": end if has_end else None,
        "end_precision": draw(st.sampled_from(("day", "day", "month"))) if has_end else None,
    }


@st.composite
def engagements(draw: st.DrawFn, instrument: str) -> tuple[list[Row], list[Row]]:
    """Rows of engagements, most of them of one instrument, and their parties."""
    held, took_part = [], []
    for number in range(draw(st.integers(0, 6))):
        report = draw(st.sampled_from(("", "", "2000-2001/", "2001-2002/east/")))
        name = f"{report}{number}"
        held.append(
            {
                "engagement": name,
                "instrument": draw(st.sampled_from((instrument, instrument, instrument, "exchange"))),
                "level": draw(st.sampled_from((None, "head", "minister", "chief", "commander"))),
                "status": draw(st.sampled_from(("completed", "completed", "ongoing", "proposed"))),
                **draw(dates()),
                "domains": draw(st.lists(st.sampled_from(DOMAINS), max_size=2, unique=True)),
                "personnel_count": draw(people),
                "cost_usd": draw(st.none() | st.integers(0, 500).map(lambda whole: whole / 4)),
                "verification": "primary",
            }
        )
        parties = draw(st.lists(st.tuples(members, st.sampled_from(ROLES)), max_size=5, unique_by=lambda one: one[0]))
        took_part += [
            {"engagement": name, "party_kind": kind, "party": party, "role": role} for (kind, party), role in parties
        ]
    return held, took_part


@st.composite
def year_facts(draw: st.DrawFn) -> list[Row]:
    """What sources count for whole years, of two states in order of code where it has no direction."""
    facts = {}
    for fact in draw(st.lists(st.sampled_from(YEAR_FACTS), max_size=6)):
        pair = draw(st.sampled_from(tuple(combinations(STATES, 2))))
        if fact in DIRECTED_FACTS and draw(st.booleans()):
            pair = pair[::-1]
        facts[fact, pair, draw(st.sampled_from((2000, 2001)))] = draw(st.integers(0, 4))
    return [
        {"fact": fact, "from_state": pair[0], "to_state": pair[1], "year": year, "item": "", "value": float(value)}
        for (fact, pair, year), value in facts.items()
    ]


@st.composite
def samples(draw: st.DrawFn, instrument: str) -> list[Sample]:
    """Two invented sources with engagements of an instrument."""
    found = []
    for name in ("alpha", "beta"):
        held, took_part = draw(engagements(instrument))
        rows = {"engagement": held, "engagement_party": took_part, "dyad_year_fact": draw(year_facts())}
        found.append(Sample(name, (), rows))
    return found


def told(tmp_path_factory, given_samples, *functions) -> list[dict[Key, float]]:
    """What the SQL of each measure says of the samples: a value by key, the source at its end; no key twice."""
    place = tmp_path_factory.mktemp("engagements") / "store"
    write_sources(place, *(sample.loaded() for sample in given_samples))
    answers = []
    with open_store(place) as store:
        for function in functions:
            rows = store.ask(inspect.cleandoc(function())).to_pylist()
            found = {tuple(value for name, value in row.items() if name != "value"): row["value"] for row in rows}
            assert len(found) == len(rows), f"{function.__name__} says two things of one key"
            assert None not in found.values(), f"{function.__name__} lists what nobody knows"
            answers.append(found)
    return answers


def held(sample: Sample, instrument: str) -> list[tuple[Row, list[Row]]]:
    """The engagements of an instrument that took place, each with those who did more than watch."""
    return [
        (row, [party for party in sample.rows["engagement_party"]
               if party["engagement"] == row["engagement"] and party["role"] != "observer"])
        for row in sample.rows["engagement"]
        if row["instrument"] == instrument and row["status"] in ("completed", "ongoing")
    ]  # fmt: skip


def pairs(parties: list[Row]) -> list[tuple[Row, Row]]:
    """Every two states among the parties, in order of code."""
    those = sorted((row for row in parties if row["party_kind"] == "state"), key=lambda row: row["party"])
    return list(combinations(those, 2))


def year_fact(sample: Sample, fact: str) -> dict[Key, float]:
    """What a sample counts for whole years, by key."""
    return {
        (row["from_state"], row["to_state"], row["year"], sample.name): row["value"]
        for row in sample.rows["dyad_year_fact"]
        if row["fact"] == fact
    }


def larger(one: dict[Key, float], other: dict[Key, float]) -> dict[Key, float]:
    """Of two values of a key the larger."""
    return {key: max(part[key] for part in (one, other) if key in part) for key in one | other}
