"""Two outside powers in a region: what each has with the states there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from comity.brief.access_changes import changes
from comity.brief.arrangements import listed_sites, presences
from comity.brief.basis import Query
from comity.brief.facts import Fact, agreements, by_year, engagements, incidents, opposed
from comity.brief.subject import REACH_YEARS, Subject, once
from comity.brief.text_days import standing_of
from comity.brief.texts import each_once, paired
from comity.network import FIGHTING, IN_FORCE

ARMS_YEARS = 10
RESTORED = "restored"
_ARMS = """
    SELECT from_state, to_state, source, sum(delivered_tiv) AS delivered_tiv FROM core.arms_delivery
    WHERE list_contains($around, to_state) AND delivery_year BETWEEN $first AND $last AND from_state IS NOT NULL
    GROUP BY ALL ORDER BY from_state, to_state, source
"""
RUNGS = ("nothing listed", "acts", "text", "framework", "information", "access", "forces there", "alliance")
ACCESS, FORCES, ALLIANCE = 5, 6, 7  # the numbers of these rungs
_KINDS = {
    "framework": 3,
    "information_security": 4,
    "information_sharing": 4,
    "access": ACCESS,
    "visiting_forces": ACCESS,
}


def of_power(facts: list[Fact], power: str) -> list[Fact]:
    """The facts in which one power takes part."""
    return [fact for fact in facts if power in fact.states]


@once
def acts_with(subject: Subject, power: str, other: str | None = None) -> list[Fact]:
    """Engagements of a power with a state of the region, or with any, that ran in a year of the window."""
    since = min(subject.window[0], subject.as_of.year - REACH_YEARS + 1)
    done = running(subject, of_power(engagements(subject, date(since, 1, 1)), power), *subject.window)
    return [fact for fact in done if (other in fact.states if other else fact.states & set(subject.partners))]


def running(subject: Subject, facts: list[Fact], first: int, last: int) -> list[Fact]:
    """The facts that began in some years or ran on into them; one that goes on is told of to the day of the brief."""
    return [fact for fact in facts if fact.year <= last and _last_year(subject, fact) >= first]


def _last_year(subject: Subject, fact: Fact) -> int:
    end = fact.row.get("end_date") or (subject.as_of if fact.row.get("status") == "ongoing" else None)
    return max(fact.year, min(end, subject.as_of).year) if end else fact.year


@once
def texts_with(subject: Subject, power: str, other: str | None = None) -> list[Fact]:
    """Texts in force or declared of a power with a state of the region, or with any; each once."""
    standing = (pair for pair in paired(subject, agreements(subject)) if standing_of(subject, pair) in IN_FORCE)
    held = of_power(each_once(standing), power)
    return [fact for fact in held if (other in fact.states if other else fact.states & set(subject.partners))]


def incidents_with(subject: Subject, power: str) -> list[Fact]:
    """Incidents of the window in which a power and a state of the region stood against each other."""
    of_region = {(min(power, code), max(power, code)) for code in subject.partners}
    recent = (fact for fact in incidents(subject) if fact.year >= subject.window[0])
    return [fact for fact in recent if of_region.intersection(opposed(fact))]


def changes_in_window(subject: Subject) -> list[dict[str, Any]]:
    """Changes of access between the two and the region in the years that are told of, the newest first."""
    return [row for row in changes(subject)[0] if row["date"].year >= subject.window[0]]


def changes_of(subject: Subject, power: str, *, by_it: bool = False, back: bool = False) -> list[dict[str, Any]]:
    """Changes in the window of a power's access by states of the region, or of theirs by it: lost, or given back.

    The newest stand first.
    """
    return [
        row
        for row in changes_in_window(subject)
        if (row["change_kind"] == RESTORED) is back
        and (power == row["by_party"] if by_it else power in row["of_parties"])
    ]


@once
def forces_of(subject: Subject, power: str) -> list[Fact]:
    """Forces of a power that stand in a state of the region, the heaviest first."""
    return _in_the_region(subject, presences(subject), power)


@once
def listed_sites_of(subject: Subject, power: str) -> list[Fact]:
    """Places of a power in a state of the region that only a list without days names; whether they stand is unknown."""
    return _in_the_region(subject, listed_sites(subject), power)


def _in_the_region(subject: Subject, places: Iterable[Fact], power: str) -> list[Fact]:
    return [fact for fact in places if fact["from_state"] == power and fact.row.get("to_state") in subject.partners]


@once
def partners_of(subject: Subject, power: str) -> Counter[str]:
    """With which states of the region a power did something in the window, and how often, counted as all acts are."""
    counts = {code: sum(by_year(acts_with(subject, power, code), "instrument").values()) for code in subject.partners}
    return Counter({code: count for code, count in counts.items() if count})


def deepest(subject: Subject, power: str, other: str) -> tuple[int, list[Fact]]:
    """How deep a tie goes: the number of its highest rung in RUNGS, 0 where nothing is listed, and what is on it."""
    top, held = deepest_text(subject, power, other)
    standing = [fact for fact in forces_of(subject, power) if fact["to_state"] == other]
    return (FORCES, standing) if standing and top < FORCES else (top, held)


def deepest_text(subject: Subject, power: str, other: str) -> tuple[int, list[Fact]]:
    """The same by texts and acts alone, with the texts that are on the rung."""
    held = [(_rung_of(fact), fact) for fact in texts_with(subject, power, other) if fact["standing"] == "in_force"]
    top = max([*(rung for rung, _ in held), 1 if acts_with(subject, power, other) else 0])
    return top, [fact for rung, fact in held if rung == top]


def checked_year(subject: Subject, facts: list[Fact]) -> int | None:
    """The year in which that of several which was checked last was checked; None where none is, or on the day."""
    days = [fact["known_until"] for fact in facts if fact["known_until"] is not None]
    return max(days).year if days and max(days) < subject.as_of else None


def _rung_of(fact: Fact) -> int:
    if fact["agreement_kind"] == "alliance":
        return ALLIANCE if set(fact["obligations"]) & set(FIGHTING) else 2
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
