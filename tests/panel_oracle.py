"""Every sort of measure said a second time, in plain loops over the rows of invented sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from typing import Any

from comity.panel import StateSystem, state_system
from panel_samples import Sample

Key = tuple[Any, ...]
Facts = dict[Key, float]
Value = float | None


# Who is there.


def step_days(year: int, month: int | None = None) -> list[date]:
    """Every day of a year or of a month."""
    first = date(year, month or 1, 1)
    after = date(year + 1, 1, 1) if month in (None, 12) else date(year, month + 1, 1)
    return [first + timedelta(n) for n in range((after - first).days)]


def present(system: StateSystem, days: list[date]) -> tuple[set[str], set[tuple[str, str]]]:
    """The states of some days, day by day, and the pairs that met; a code counts for its last holder."""
    holder: dict[Any, str] = {}
    held: dict[Any, set[date]] = defaultdict(set)
    for spell in sorted(system.members, key=lambda spell: spell.start):
        here = {day for day in days if spell.start <= day and (spell.end is None or day <= spell.end)}
        if here:
            holder[spell.what] = spell.state
            held[spell.what] |= here
    met = {
        tuple(sorted((holder[a], holder[b])))
        for a in held for b in held if holder[a] != holder[b] and held[a] & held[b]
    }  # fmt: skip
    return set(holder.values()), met


# What one source lists.


def _pairs(codes: list[str]) -> Iterator[tuple[str, str]]:
    return combinations(sorted(codes), 2)


def _together(sample: Sample, instrument: str, *, by_month: bool = False) -> Facts:
    count: Facts = defaultdict(float)
    for held in sample.rows["engagement"]:
        if held["instrument"] != instrument or held["status"] not in ("completed", "ongoing"):
            continue
        if by_month and held["start_precision"] == "year":
            continue
        begun = held["start_date"]
        role = {
            row["party"]: row["role"]
            for row in sample.rows["engagement_party"]
            if row["engagement"] == held["engagement"] and row["party_kind"] == "state" and row["role"] != "observer"
        }
        for a, b in _pairs(list(role)):
            if instrument == "visit" and role[a] == role[b] and role[a] in ("visitor", "host"):
                continue
            count[(a, b, begun.year, begun.month) if by_month else (a, b, begun.year)] += 1
    return count


def _dyad_facts(sample: Sample, fact: str, fold: Callable[[float, float], float]) -> Facts:
    found: Facts = {}
    for row in sample.rows["dyad_year_fact"]:
        if row["fact"] == fact:
            key = (*sorted((row["from_state"], row["to_state"])), row["year"])
            found[key] = fold(found.get(key, row["value"]), row["value"])
    return found


def _signed(sample: Sample) -> Facts:
    count: Facts = defaultdict(float)
    for text in sample.rows["agreement"]:
        kinds = {
            (row["party_kind"], row["party"])
            for row in sample.rows["agreement_party"]
            if row["agreement"] == text["agreement"]
        }
        two_states = len(kinds) == 2 and all(kind == "state" for kind, _ in kinds)
        if two_states and text["agreement_kind"] != "alliance" and text["signed_date"]:
            count[(*sorted(code for _, code in kinds), text["signed_date"].year)] += 1
    return count


def _allied(sample: Sample, obliged: Callable[[list[bool]], bool]) -> Facts:
    found: Facts = {}
    spells = [row for row in sample.rows["agreement_party"] if row["party_kind"] == "state" and row["start_date"]]
    for one, other in combinations(spells, 2):
        if one["agreement"] != other["agreement"] or one["party"] == other["party"]:
            continue
        if not obliged(["defense" in row["obligations"] for row in (one, other)]):
            continue
        first = max(one["start_date"], other["start_date"])
        last = min(row["end_date"] or row["known_until"] for row in (one, other))
        if first <= last:
            for year in range(first.year, last.year + 1):
                found[(*sorted((one["party"], other["party"])), year)] = 1
    return found


def _contact(sample: Sample) -> Facts:
    return {
        (row["from_state"], row["to_state"], row["year"]): row["value"]
        for row in sample.rows["dyad_year_fact"]
        if row["fact"] == "diplomatic_contact"
    }


def _onsets(sample: Sample) -> Facts:
    found: dict[Key, set[str]] = defaultdict(set)
    for row in sample.rows["dyad_year_fact"]:
        if row["fact"] == "dispute_onset":
            found[(*sorted((row["from_state"], row["to_state"])), row["year"])].add(row["item"])
    return {key: float(len(items)) for key, items in found.items()}


def _ideal_points(sample: Sample) -> Facts:
    return {(row["state"], row["year"]): row["value"] for row in sample.rows["state_year_fact"]}


# Of each stored measure that is said again: its kind, and the facts one source lists.
Stored = dict[str, tuple[str | None, Callable[[Sample], Facts]]]
OF_PAIRS: Stored = {
    "agreement_count": ("agreement", _signed),
    "contiguity_type": ("contiguity", lambda sample: _dyad_facts(sample, "contiguity_type", min)),
    "dispute_ongoing": ("dispute", lambda sample: _dyad_facts(sample, "dispute_ongoing", max)),
    "dispute_onset_count": ("dispute", _onsets),
    "dispute_onset": ("dispute", lambda sample: _dyad_facts(sample, "dispute_onset", max)),
    "exercise_count": ("exercise", lambda sample: _together(sample, "exercise")),
    "is_defense_ally": ("alliance", lambda sample: _allied(sample, any)),
    "is_mutual_defense_ally": ("alliance", lambda sample: _allied(sample, all)),
    "visit_count": ("visit", lambda sample: _together(sample, "visit")),
}


ONE_WAY: Stored = {"has_diplomatic_contact": ("diplomatic_contact", _contact)}
OF_STATES: Stored = {"ideal_point": (None, _ideal_points)}
BY_MONTH: Stored = {"exercise_count": ("exercise", lambda sample: _together(sample, "exercise", by_month=True))}


# What a cell must hold.


def decides(sample: Sample, kind: str | None, key: Key, system: str) -> bool:
    """Whether a source is complete for a kind of fact in one cell, which ends with a year, or a year and a month."""
    codes = [part for part in key if isinstance(part, str)]
    time = key[len(codes) :]
    days = step_days(*time)
    return any(
        statement.completeness == "complete"
        and kind in statement.kinds
        and statement.start <= days[0]
        and days[-1] <= statement.end
        and (not statement.states or bool(set(codes) & set(statement.states)))
        and (statement.system in (None, system) or set(codes) <= _members(statement.system, days))
        for statement in sample.coverage
    )


@cache
def _members_of(system: str, first: date, last: date) -> frozenset[str]:
    return frozenset(present(state_system(system), [first + timedelta(n) for n in range((last - first).days + 1)])[0])


def _members(system: str | None, days: list[date]) -> frozenset[str]:
    assert system is not None
    return _members_of(system, days[0], days[-1])


def told(stored: tuple[str | None, Callable[[Sample], Facts]], samples: list[Sample]) -> Callable[[Key, str], Value]:
    """A function from a cell and the name of a system to what a stored measure must hold there."""
    kind, listed_by = stored
    given = [(sample, listed_by(sample)) for sample in samples]

    def cell(key: Key, system: str) -> Value:
        """Null where nobody knows, zero only where a complete source lists nothing."""
        deciding = [(sample, facts) for sample, facts in given if decides(sample, kind, key, system)]
        listed = [facts[key] for _, facts in deciding or given if key in facts]
        return max(listed) if listed else 0.0 if deciding else None

    return cell


# What is made of other cells.


def stock(values: list[tuple[int, Value]], half_life: float) -> list[Value]:
    """What is left of the counts of one pair, year by year; an unknown year breaks it off."""
    found: list[Value] = []
    for number, (year, value) in enumerate(values):
        before = found[-1] if found else None
        left = 0.0 if before is None else before * 0.5 ** ((year - values[number - 1][0]) / half_life)
        found.append(None if value is None else value + left)
    return found


def past(values: list[tuple[int, Value]]) -> list[Value]:
    """The sum of all earlier values of one pair; unknown after the first unknown one."""
    found: list[Value] = []
    total: Value = 0.0
    for _, value in values:
        found.append(total)
        total = None if total is None or value is None else total + value
    return found


def folded(values: list[Value], how: str) -> Value:
    """What the pairs of a state come to."""
    known = [value for value in values if value is not None]
    if how == "sum":
        return sum(known) if len(known) == len(values) else None
    return (min if how == "min" else max)(known, default=None)
