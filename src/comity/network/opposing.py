"""Who stood against whom in an incident, by the roles in which states are reported.

A reported actor stands against each state affected. In a clash, an act that takes two sides, the two states that are
named in one and the same role stand against each other: two actors where nobody is affected, or two present where no
actor is reported. An accident sets nobody against another. Of everything else no list says who stood where, so no
pair is made of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

Pair = tuple[str, str]
# Kinds of incident that one state cannot have alone, and in which two do not stand on one side.
CLASHES = (
    *("standoff", "shooting", "landing", "collision", "ramming", "close_approach", "intercept", "blocking"),
    *("boarding", "seizure", "water_cannon", "laser", "armed_conflict"),
)
# What nobody meant sets nobody against another, whoever is reported to have caused it.
ACCIDENT = "accident"


def opposed_pairs(kind: str | None, parties: Iterable[tuple[str, str]]) -> tuple[Pair, ...]:
    """The pairs of states that stood against each other, from each state with its role; the lower code first.

    >>> opposed_pairs("shooting", [("PRK", "actor"), ("KOR", "affected"), ("USA", "present")])
    (('KOR', 'PRK'),)
    >>> opposed_pairs("standoff", [("CHN", "present"), ("IND", "present"), ("BTN", "affected")])
    (('CHN', 'IND'),)
    >>> opposed_pairs("other", [("ISR", "present"), ("IRN", "present")])
    ()
    >>> opposed_pairs("accident", [("UKR", "actor"), ("POL", "affected")])
    ()
    """
    if kind == ACCIDENT:
        return ()
    roles: dict[str, set[str]] = {"actor": set(), "affected": set(), "present": set()}
    for code, role in parties:
        roles.setdefault(role, set()).add(code)
    found = {(min(pair), max(pair)) for pair in product(roles["actor"], roles["affected"]) if len(set(pair)) == 2}
    if found or kind not in CLASHES:
        return tuple(sorted(found))
    two = roles["actor"] or roles["present"]  # no pair was found, so where one acted nobody is affected
    return ((min(two), max(two)),) if len(two) == 2 else ()
