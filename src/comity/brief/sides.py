"""Two outside powers in a region: what each has with the states there."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from comity.brief.arrangements import presences
from comity.brief.basis import Query
from comity.brief.facts import Fact, agreements, by_year, engagements, incidents
from comity.brief.subject import Subject, once
from comity.network import FIGHTING, IN_FORCE

ARMS_YEARS = 10
_ARMS = """
    SELECT from_state, to_state, source, sum(delivered_tiv) AS delivered_tiv FROM core.arms_delivery
    WHERE list_contains($around, to_state) AND delivery_year BETWEEN $first AND $last AND from_state IS NOT NULL
    GROUP BY ALL ORDER BY from_state, to_state, source
"""
RUNGS = ("nothing listed", "acts", "text", "framework", "information", "access", "alliance")
_KINDS = {
    "framework": 3,
    "information_security": 4,
    "information_sharing": 4,
    "access": 5,
    "visiting_forces": 5,
}


def of_power(facts: list[Fact], power: str) -> list[Fact]:
    """The facts in which one power takes part."""
    return [fact for fact in facts if power in fact.states]


@once
def acts_with(subject: Subject, power: str, other: str | None = None) -> list[Fact]:
    """Engagements of the window of a power with a state of the region, or with any."""
    done = of_power(engagements(subject, date(subject.window[0], 1, 1)), power)
    return [fact for fact in done if (other in fact.states if other else fact.states & set(subject.partners))]


@once
def texts_with(subject: Subject, power: str, other: str | None = None) -> list[Fact]:
    """Texts in force or declared of a power with a state of the region, or with any."""
    held = [fact for fact in of_power(agreements(subject), power) if fact["standing"] in IN_FORCE]
    return [fact for fact in held if (other in fact.states if other else fact.states & set(subject.partners))]


def incidents_with(subject: Subject, power: str) -> list[Fact]:
    """Incidents of the window between a power and a state of the region, as actor or affected."""
    found = []
    for fact in incidents(subject):
        roles = {party.code: party.role for party in fact.parties if party.kind == "state"}
        if fact.year >= subject.window[0] and roles.get(power) in ("actor", "affected"):
            other = "affected" if roles[power] == "actor" else "actor"
            if any(roles.get(code) == other for code in subject.partners):
                found.append(fact)
    return found


def forces_of(subject: Subject, power: str) -> list[Fact]:
    """Forces of a power that stand in a state of the region."""
    return [
        fact
        for fact in presences(subject)
        if fact["from_state"] == power and fact.row.get("to_state") in subject.partners
    ]


@once
def partners_of(subject: Subject, power: str) -> Counter[str]:
    """With which states of the region a power did something in the window, and how often, counted as all acts are."""
    counts = {code: sum(by_year(acts_with(subject, power, code), "instrument").values()) for code in subject.partners}
    return Counter({code: count for code, count in counts.items() if count})


def rung(subject: Subject, power: str, other: str) -> int:
    """How deep a tie goes: the number of its highest rung in RUNGS; 0 where nothing is listed."""
    held = [_rung_of(fact) for fact in texts_with(subject, power, other) if fact["standing"] == "in_force"]
    return max([*held, 1 if acts_with(subject, power, other) else 0])


def _rung_of(fact: Fact) -> int:
    if fact["agreement_kind"] == "alliance":
        return 6 if set(fact["obligations"]) & set(FIGHTING) else 2
    return _KINDS.get(fact["agreement_kind"], 2)


@once
def arms(subject: Subject) -> tuple[list[dict[str, Any]], Query]:
    """Major arms delivered to each state of the region in ten years, by supplier."""
    last = subject.full_year
    return subject.asked(_ARMS, around=list(subject.partners), first=last - ARMS_YEARS + 1, last=last)


def arms_share(subject: Subject, power: str, other: str | None = None) -> float | None:
    """Which share of the arms delivered to a state, or to the region, came from a power; None where none was."""
    rows = [row for row in arms(subject)[0] if other in (None, row["to_state"])]
    everything = sum(row["delivered_tiv"] or 0 for row in rows)
    if not everything:
        return None
    return float(sum(row["delivered_tiv"] or 0 for row in rows if row["from_state"] == power) / everything)
