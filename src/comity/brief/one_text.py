"""Which texts that a list only numbers are a text that another source names: one of one day, or time, and parties.

What a text is does not hang on the day of a brief or on its subject, so all are compared at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from comity.brief.keeping import kept
from comity.brief.subject import Subject, once
from comity.network import STANDING, WATCHING

Key = tuple[str, str]
Row = dict[str, Any]
_TEXTS = """
    SELECT source, agreement AS item, name, agreement_kind, signed_date, signed_precision,
           agreement.start_date, agreement.start_precision, agreement.end_date,
           list_sort(list_distinct(list(party.party))) AS states
    FROM core.agreement JOIN core.agreement_party AS party USING (source, agreement)
    WHERE party.party_kind = 'state' AND NOT list_contains($watching, party.role)
    GROUP BY ALL HAVING len(states) > 1 ORDER BY source, item
"""
_OVER = f"""
    SELECT source, agreement AS item FROM core.agreement AS agreement
    WHERE list_contains($items, agreement) AND {STANDING} = 'ended'
"""  # noqa: S608 (the expression is ours; every value is a parameter)


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
    held = {key: twin for key, twin in twins(subject).items() if twin.is_of_same_day}
    if not held:
        return frozenset()
    rows = subject.ask(_OVER, items=sorted({twin.item for twin in held.values()}), on=subject.as_of)
    ended = {(row["source"], row["item"]) for row in rows}
    return frozenset(key for key, twin in held.items() if (twin.source, twin.item) in ended)


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
    parties of one are nearly all of three or more of the other. Of other days within a year they are of one kind too.
    Of two that were signed together, the one that has not ended is likelier to be in a list that ends later.
    """
    is_other_kind = one["agreement_kind"] != two["agreement_kind"]
    has_ended = two["end_date"] is not None
    if not _exact_days(one).isdisjoint(_exact_days(two)):
        return (False, is_other_kind, has_ended, _apart(one, two), 0) if _are_the_parties(one, two) else None
    if is_other_kind or not _are_most(one, two):
        return None
    return True, False, has_ended, _apart(one, two), min(abs((a - b).days) for a in _days(one) for b in _days(two))


def _are_the_parties(one: Row, two: Row) -> bool:
    """Whether two texts of one day have the same parties, or one nearly all of three or more parties of the other."""
    first, second = set(one["states"]), set(two["states"])
    least = min(len(first), len(second))
    return first == second or (least > 2 and len(first & second) * 10 >= least * 9)


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
