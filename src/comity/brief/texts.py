"""Texts that several sources list, each once: what a table shows and what a statement counts are the same."""

from __future__ import annotations

from collections.abc import Iterable

from comity.brief.facts import Fact, agreements, begun
from comity.brief.subject import Subject, once

Pair = tuple[Fact, list[Fact]]


def paired(facts: list[Fact]) -> list[Pair]:
    """Each text with those of other sources that are taken for the same: without a name, of one time and parties."""
    shown = {id(fact): (fact, list[Fact]()) for fact in facts}
    for fact in facts:
        if not fact["name"]:
            twin = next((other for other in facts if other["name"] and _is_same(fact, other)), None)
            if twin is not None:
                shown[id(twin)][1].append(shown.pop(id(fact))[0])
    return list(shown.values())


@once
def texts_in_force(subject: Subject) -> list[Pair]:
    """The texts in force on the day of the brief, each once, by its first source, with the same text of others."""
    return [pair for pair in paired(agreements(subject)) if pair[0]["standing"] == "in_force"]


def each_once(pairs: Iterable[Pair]) -> list[Fact]:
    """The texts of some pairs, each once, as they are counted."""
    return [fact for fact, _ in pairs]


def of_all(pairs: Iterable[Pair]) -> list[Fact]:
    """The texts of some pairs with the same of other sources, as they are cited."""
    return [fact for one, twins in pairs for fact in (one, *twins)]


def year_text(fact: Fact) -> str:
    """The year from which a text counts, with `signed` where it is that of the signature, as tables say it."""
    day = begun(fact)
    assert day is not None
    return f"{day.year}{'' if fact['start_date'] else ' (signed)'}"


def _is_same(one: Fact, other: Fact) -> bool:
    """Of one nature, begun within a year of each other, and with most of their parties in common."""
    if (one["agreement_kind"] == "alliance") != (other["agreement_kind"] == "alliance"):
        return False
    years = [{day.year for day in (fact["start_date"], fact["signed_date"]) if day} for fact in (one, other)]
    if not any(abs(first - second) <= 1 for first in years[0] for second in years[1]):
        return False
    return len(one.states & other.states) * 5 >= len(one.states | other.states) * 3
