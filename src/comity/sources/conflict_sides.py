"""The sides of an armed conflict, as the files of the Uppsala Conflict Data Program list them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from comity.sources.properties import number_properties, text_properties
from comity.sources.raw import Raw, Row

KINDS = {"1": "extrasystemic", "2": "interstate", "3": "intrastate", "4": "internationalized_intrastate"}
SIDES = {"a": "gwno_a", "a_second": "gwno_a_2nd", "b": "gwno_b", "b_second": "gwno_b_2nd"}
# Properties that every file of the program states of a conflict, and their columns.
CONTENTS = {
    "side_a": "side_a",
    "side_a_identifiers": "side_a_id",
    "side_a_second": "side_a_2nd",
    "side_b": "side_b",
    "side_b_identifiers": "side_b_id",
    "side_b_second": "side_b_2nd",
    "territory": "territory_name",
    "regions": "region",
}
NO_STATES = ("751",)  # the publisher's code for Hyderabad, which no list of states has


@dataclass(frozen=True)
class Sides:
    """Who fights whom: the states whose quarrel it is, and those that help either side with troops."""

    a: list[str]
    a_second: list[str]
    b: list[str]
    b_second: list[str]

    @property
    def states(self) -> list[str]:
        """Every state once, those of side a first."""
        return list(dict.fromkeys([*self.a, *self.a_second, *self.b, *self.b_second]))

    def ties(self) -> Iterator[tuple[str, str, str]]:
        """What each pair of states is to one another in the conflict: the fact, who acts and toward whom.

        >>> list(Sides(["USA"], [], ["IRQ"], []).ties())
        [('interstate_conflict', 'IRQ', 'USA')]
        >>> list(Sides(["MLI"], ["FRA"], [], []).ties())
        [('conflict_troop_support', 'FRA', 'MLI')]
        """
        for one in self.a:
            for other in self.b:
                yield "interstate_conflict", min(one, other), max(one, other)
        for helpers, helped, opposed in ((self.a_second, self.a, self.b), (self.b_second, self.b, self.a)):
            for helper in helpers:
                yield from (("conflict_troop_support", helper, state) for state in helped)
                yield from (("conflict_troop_opposition", helper, state) for state in opposed)


def sides_of(row: Row) -> Sides:
    """The states on each side of the conflict of a row, in its year."""
    year = row.needed_integer("year")
    return Sides(*(row.listed_states(column, "gw", year, NO_STATES) for column in SIDES.values()))


def conflict_of(raw: Raw, row: Row) -> dict[str, Any]:
    """What every file says of a conflict in a year; a party that no list of states has is left out and counted."""
    for column in SIDES.values():
        if set(row.listed(column)) & set(NO_STATES):
            raw.leave_out_value(row, "a party that is in no list of states")
    return {
        "conflict": row.needed("conflict_id"),
        "year": row.needed_integer("year"),
        "conflict_kind": KINDS[row.needed("type_of_conflict")],
        "parties": sides_of(row).states,
        "row_ref": row.ref("conflict_id", "year"),
    }


def properties_of(row: Row, places: str, contents: dict[str, str], values: dict[str, str]) -> Iterator[dict[str, Any]]:
    """The further columns of a row under our names, and each state with its side and each state of the place."""
    fact = {
        "core_table": "conflict_year",
        "item": f"{row.needed('conflict_id')}/{row.needed('year')}",
        "row_ref": row.ref("conflict_id", "year"),
    }
    yield from text_properties(row, fact, contents)
    yield from number_properties(row, fact, values)
    sides = sides_of(row)
    for state in sides.states:
        held = [side for side in SIDES if state in getattr(sides, side)]
        yield fact | {"property": "side", "part": state, "content": ", ".join(held)}
    for state in row.listed_states(places, "gw", row.needed_integer("year"), NO_STATES):
        yield fact | {"property": "place", "part": state, "value": 1}
