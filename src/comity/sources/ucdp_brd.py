"""Deaths in battle by conflict and year since 1989 (Uppsala Conflict Data Program)."""

from collections.abc import Iterator
from typing import Any

from comity.sources import conflict_sides
from comity.sources.conflict_sides import conflict_of, properties_of, sides_of
from comity.sources.raw import Raw

COUNTS = {
    "battle_death_count": "bd_best",
    "battle_death_count_low": "bd_low",
    "battle_death_count_high": "bd_high",
}
CONTENTS = conflict_sides.CONTENTS | {
    "pairs_of_sides": "dyad_id",
    "location_of_quarrel": "location_inc",
    "states_of_quarrel": "gwno_loc",
}
VALUES = {
    "incompatibility": "incompatibility",
    "battle_death_count_low": "bd_low",
    "battle_death_count_high": "bd_high",
}


def conflict_year(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per conflict and year, with the best estimate of deaths and where they fell."""
    for row in raw.rows("conflicts"):
        yield conflict_of(raw, row) | {
            "location": row.text("battle_location"),
            "death_count": row.integer("bd_best"),
        }


def dyad_year_fact(raw: Raw) -> Iterator[dict[str, Any]]:
    """Deaths between two states, where the conflict has no third; the deaths of several cannot be parted."""
    for row in raw.rows("conflicts"):
        sides = sides_of(row)
        if not (sides.a and sides.b):
            continue
        if len(sides.states) > 2:
            raw.leave_out_value(row, "deaths in a conflict of more than two states, which belong to no one pair")
            continue
        from_state, to_state = sorted(sides.states)
        for fact, column in COUNTS.items():
            if row.text(column) is not None:
                yield {
                    "fact": fact,
                    "from_state": from_state,
                    "to_state": to_state,
                    "year": row.needed_integer("year"),
                    "item": row.needed("conflict_id"),
                    "value": row.needed_integer(column),
                    "row_ref": row.ref("conflict_id", "year"),
                }


def property(raw: Raw) -> Iterator[dict[str, Any]]:  # noqa: A001 (named like its table)
    """The least and the most deaths, the names of the sides, and each state's side."""
    for row in raw.rows("conflicts"):
        yield from properties_of(row, "gwno_battle", CONTENTS, VALUES)
