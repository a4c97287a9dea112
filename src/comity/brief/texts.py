"""Texts that several sources list, each once: what a table shows and what a statement counts are the same."""

from __future__ import annotations

from collections.abc import Iterable

from comity.brief.evidence import book, refs
from comity.brief.facts import Fact, agreements
from comity.brief.one_text import twins
from comity.brief.subject import Subject, once
from comity.brief.text_days import Pair, checked_before_war, standing_of

__all__ = ["Pair", "each_once", "name_of", "of_all", "paired", "refs_of", "texts_before_war", "texts_in_force"]


def paired(subject: Subject, facts: list[Fact]) -> list[Pair]:
    """Each text with those of other sources that are the same and have no name there."""
    shown = {(fact.source, fact.item): (fact, list[Fact]()) for fact in facts}
    for key in list(shown):
        twin = twins(subject).get(key)
        if twin is not None and (twin.source, twin.item) in shown:
            shown[twin.source, twin.item][1].append(shown.pop(key)[0])
    return list(shown.values())


def name_of(subject: Subject, fact: Fact) -> str | None:
    """The name of a text; of one that its source only numbers, what another calls it, if one does."""
    twin = twins(subject).get((fact.source, fact.item))
    return fact["name"] or (twin.name if twin else None)


def refs_of(subject: Subject, pair: Pair) -> tuple[str, ...]:
    """What a text rests on by all its sources, and what its name rests on where it is that of another source."""
    found = [ref for held in (pair[0], *pair[1]) for ref in refs(subject, held)]
    twin = None if pair[0]["name"] else twins(subject).get((pair[0].source, pair[0].item))
    if twin is not None:
        found += book(subject).of(twin.source, "agreement", twin.item)[:2] or (twin.source,)
    return tuple(dict.fromkeys(found))


@once
def texts_in_force(subject: Subject) -> list[Pair]:
    """The texts in force on the day of the brief, each once, by its first source, with the same text of others."""
    return [pair for pair in paired(subject, agreements(subject)) if standing_of(subject, pair) == "in_force"]


@once
def texts_before_war(subject: Subject) -> list[Pair]:
    """The texts that were in force when last checked, before an armed conflict between their two states began."""
    return [pair for pair in paired(subject, agreements(subject)) if checked_before_war(subject, pair)]


def each_once(pairs: Iterable[Pair]) -> list[Fact]:
    """The texts of some pairs, each once, as they are counted."""
    return [fact for fact, _ in pairs]


def of_all(pairs: Iterable[Pair]) -> list[Fact]:
    """The texts of some pairs with the same of other sources, as they are cited."""
    return [fact for one, twins in pairs for fact in (one, *twins)]
