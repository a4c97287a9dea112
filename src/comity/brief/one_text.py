"""Which texts that a list only numbers are a text that another source names: one of one day, or time, and parties.

What a text is does not hang on the day of a brief or on its subject, so all are compared at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from comity.brief.keeping import kept
from comity.brief.subject import Subject, once
from comity.network import STANDING, WATCHING

if TYPE_CHECKING:
    from comity.brief.facts import Fact

Key = tuple[str, str]
Row = dict[str, Any]
_TEXTS = """
    SELECT source, agreement AS item, name, agreement_kind, signed_date, signed_precision,
           agreement.start_date, agreement.start_precision, agreement.end_date,
           list_sort(list_distinct(list(party.party))) AS states,
           list_distinct(list(party.party) FILTER (
               (party.start_date > coalesce(agreement.start_date, signed_date)) IS NOT TRUE)) AS first_states
    FROM core.agreement JOIN core.agreement_party AS party USING (source, agreement)
    WHERE party.party_kind = 'state' AND NOT list_contains($watching, party.role)
    GROUP BY ALL HAVING len(states) > 1 ORDER BY source, item
"""
_TOLD = f"""
    SELECT source, agreement AS item, agreement_kind, {STANDING} AS standing FROM core.agreement AS agreement
    WHERE list_contains($items, agreement)
"""  # noqa: S608 (the expression is ours; every value is a parameter)
_OPEN = "declaration"  # what whoever declares it later joins
_SAYS = ("in_force", "voluntary", "signed", "suspended")  # what a source knows of a text that has begun


@dataclass(frozen=True)
class Twin:
    """The text of another source that a numbered one is, by its key and name, and whether the days are the same."""

    source: str
    item: str
    name: str
    is_of_same_day: bool


@once
def twins(subject: Subject) -> dict[Key, Twin]:
    """For each text that its source only numbers, the named text that it is; those that are none are left out."""
    told = kept(subject, "same-texts", lambda: same_texts(subject.ask(_TEXTS, watching=list(WATCHING))))
    return {(source, item): Twin(*other) for source, item, *other in told}


@once
def over(subject: Subject) -> frozenset[Key]:
    """The numbered texts that are over on the day of the brief, as the source that names them says.

    A list that ends before the text did holds it in force for ever. Only a text of the very same day is taken for it.
    """
    return frozenset(key for key, row in _told(subject).items() if row["standing"] == "ended")


def as_named(subject: Subject, facts: list[Fact]) -> list[Fact]:
    """Some texts; one whose named twin is not among them has the kind and the standing that the twin's source tells.

    What a text is and where it stands then does not hang on which of its parties a brief is about: a source that names
    a text may list fewer parties than one that numbers it. What the named one does not know is left as it was.
    """
    shown = {(fact.source, fact.item) for fact in facts}
    return [_by(_told(subject).get((fact.source, fact.item)), shown, fact) for fact in facts]


def _by(told: Row | None, shown: set[Key], fact: Fact) -> Fact:
    if told is None or (told["source"], told["item"]) in shown or told["standing"] not in _SAYS:
        return fact
    return replace(fact, row={**fact.row, "agreement_kind": told["agreement_kind"], "standing": told["standing"]})


@once
def _told(subject: Subject) -> dict[Key, Row]:
    """For each numbered text that has a named twin of the very same day, what the source of that one tells of it."""
    held = {key: twin for key, twin in twins(subject).items() if twin.is_of_same_day}
    if not held:
        return {}
    rows = subject.ask(_TOLD, items=sorted({twin.item for twin in held.values()}), on=subject.as_of)
    by_key = {(row["source"], row["item"]): row for row in rows}
    return {key: by_key[twin.source, twin.item] for key, twin in held.items() if (twin.source, twin.item) in by_key}


def same_texts(rows: Iterable[Row]) -> list[tuple[str, str, str, str, str, bool]]:
    """Numbered and named texts that are one: source and item of both, the name, and whether the days are the same.

    A named text is one text of each list at most, and a numbered one is one text: the likeliest are joined first.
    """
    named: list[Row] = []
    numbered: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        if row["name"]:
            named.append(row)
        else:
            for year in {day.year for day in _days(row)}:
                numbered[year].append(row)
    likely = sorted(_likely(named, numbered), key=lambda each: each[0])
    taken: set[tuple[str, ...]] = set()
    found = []
    for (is_other_day, *_), one, two in likely:
        places = {("numbered", one["source"], one["item"]), ("named", two["source"], two["item"], one["source"])}
        if not places & taken:
            taken |= places
            found.append((one["source"], one["item"], two["source"], two["item"], two["name"], not is_other_day))
    return sorted(found)


def _likely(named: list[Row], numbered: dict[int, list[Row]]) -> Iterator[tuple[tuple[Any, ...], Row, Row]]:
    for two in named:
        near = {year + step for year in {day.year for day in _days(two)} for step in (-1, 0, 1)}
        held = {(row["source"], row["item"]): row for year in near for row in numbered.get(year, ())}
        for one in held.values():
            if one["source"] != two["source"] and (place := _likeness(one, two)) is not None:
                yield (*place, one["source"], one["item"], two["source"], two["item"]), one, two


def _likeness(one: Row, two: Row) -> tuple[Any, ...] | None:
    """How near two texts are to being one, the nearest least; None where they are not.

    Of one day, texts of the same parties are one, of whatever kind the lists hold them; so are texts of which the
    parties of one are nearly all of three or more of the other; but of another kind none joined the numbered one
    later, for a list may follow a text into what came of it. Of other days within a year they are of one kind too.
    Of two that were signed together, the one that has not ended is likelier to be in a list that ends later.
    """
    is_other_kind = one["agreement_kind"] != two["agreement_kind"]
    has_ended = two["end_date"] is not None
    if not _exact_days(one).isdisjoint(_exact_days(two)):
        if not _are_the_parties(one, two) or (is_other_kind and _was_joined(one, two)):
            return None
        return False, is_other_kind, has_ended, _apart(one, two), 0
    if is_other_kind or not _are_most(one, two):
        return None
    return True, False, has_ended, _apart(one, two), min(abs((a - b).days) for a in _days(one) for b in _days(two))


def _are_the_parties(one: Row, two: Row) -> bool:
    """Whether two texts of one day have the same parties, or one nearly all of three or more parties of the other."""
    first, second = set(one["states"]), set(two["states"])
    least = min(len(first), len(second))
    return first == second or (least > 2 and len(first & second) * 10 >= least * 9)


def _was_joined(one: Row, two: Row) -> bool:
    """Whether the numbered text has parties of a later day that the named one lacks, which is open to no others."""
    return two["agreement_kind"] != _OPEN and not set(one["states"]) <= {*two["states"], *(one["first_states"] or ())}


def _are_most(one: Row, two: Row) -> bool:
    first, second = set(one["states"]), set(two["states"])
    return len(first & second) * 5 >= len(first | second) * 3


def _apart(one: Row, two: Row) -> int:
    return len(set(one["states"]) ^ set(two["states"]))


def _exact_days(row: Row) -> set[date]:
    """The days known to the day: the first of a month or of a year may stand for all of it."""
    return {row[f"{what}_date"] for what in ("signed", "start") if row[f"{what}_precision"] == "day"} - {None}


def _days(row: Row) -> set[date]:
    return {day for day in (row["signed_date"], row["start_date"]) if day is not None}
