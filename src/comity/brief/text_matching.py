"""How near two texts of two sources are to being one: by their days, their parties and their kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

Row = dict[str, Any]
Named = tuple[str, str, str, str, str, bool]
Numbered = tuple[str, str, str, str]
_NEAR_DAYS = 31
_OPEN = "declaration"  # what whoever declares it later joins


def same_texts(rows: Iterable[Row]) -> list[Named]:
    """Numbered and named texts that are one: source and item of both, the name, and whether the days are the same.

    A named text is one text of each list at most, and a numbered one is one text: the likeliest are joined first. Where
    a list tells a text of many twice, once as it was signed and once with those that joined, both are joined to it.
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
    taken: dict[tuple[str, ...], Row] = {}
    found = []
    for (is_other_day, *_), one, two in likely:
        own, place = ("numbered", one["source"], one["item"]), ("named", two["source"], two["item"], one["source"])
        if own not in taken and (place not in taken or _is_told_twice(taken[place], one)):
            taken |= {own: one, place: taken.get(place, one)}
            found.append((one["source"], one["item"], two["source"], two["item"], two["name"], not is_other_day))
    return sorted(found)


def alike(rows: Iterable[Row]) -> list[Numbered]:
    """Texts that two lists number and that are one, by source and item of both: of one kind, parties and time.

    Lists may differ by some days. Each text is one of another list at most; the nearest are joined first, by their days
    and then their parties.
    """
    by_month: dict[tuple[str, int], list[tuple[date, Row]]] = defaultdict(list)
    for row in rows:
        if not row["name"]:
            for day in _exact_days(row):
                by_month[row["agreement_kind"], day.toordinal() // _NEAR_DAYS].append((day, row))
    found = {
        (abs(first - second), _apart(one, two), one["source"], one["item"], two["source"], two["item"])
        for (kind, month), held in list(by_month.items())
        for first, one in held
        for step in (-1, 0, 1)
        for second, two in by_month.get((kind, month + step), ())
        if one["source"] < two["source"] and abs(first - second).days <= _NEAR_DAYS and _are_the_parties(one, two)
    }
    taken: set[tuple[str, str, str]] = set()
    joined = []
    for *_, source, item, other, number in sorted(found):
        places = {(source, item, other), (other, number, source)}
        if not places & taken:
            taken |= places
            joined.append((source, item, other, number))
    return sorted(joined)


def named_through(named: Iterable[Named], numbered: Iterable[Numbered]) -> tuple[list[Named], list[Numbered]]:
    """The named texts with those that are one with them through another list, and the numbered ones without a name.

    >>> named_through([("a", "1", "c", "pact", "Pact", True)], [("a", "1", "b", "7"), ("a", "2", "b", "8")])[0][1]
    ('b', '7', 'c', 'pact', 'Pact', True)
    """
    known = {(each[0], each[1]): each[2:] for each in named}
    taken = {(key[0], *told[:2]) for key, told in known.items()}
    left = []
    for source, item, other, number in numbered:
        both = (source, item), (other, number)
        if both[0] not in known and both[1] not in known:
            left.append((source, item, other, number))
        for one, two in (both, both[::-1]):
            if one in known and two not in known and (two[0], *known[one][:2]) not in taken:
                known[two] = known[one]
                taken.add((two[0], *known[one][:2]))
    return sorted((*key, *told) for key, told in known.items()), left


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


def _is_told_twice(one: Row, two: Row) -> bool:
    """Whether two numbers of one list are of one text of many, the parties of one within those of the other.

    They are of one kind and of the same days. Of two states a list may well hold two texts of a day.
    """
    first, second = set(one["states"]), set(two["states"])
    is_within = first < second or second < first
    return (
        is_within
        and min(len(first), len(second)) > 2
        and all(one[each] == two[each] for each in ("agreement_kind", "signed_date", "start_date"))
    )


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
