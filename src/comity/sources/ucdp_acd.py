"""Armed conflicts by year since 1946, and what they make of pairs of states (UCDP and PRIO)."""

from collections.abc import Iterator
from typing import Any

from comity.sources import conflict_sides
from comity.sources.conflict_sides import conflict_of, properties_of, sides_of
from comity.sources.raw import Raw

CONTENTS = conflict_sides.CONTENTS | {
    "first_death_date": "start_date",
    "episode_start_date": "start_date2",
    "episode_end_date": "ep_end_date",
}
VALUES = {
    "incompatibility": "incompatibility",
    "cumulative_intensity": "cumulative_intensity",
    "first_death_date_precision": "start_prec",
    "episode_start_date_precision": "start_prec2",
    "episode_ends": "ep_end",
    "episode_end_date_precision": "ep_end_prec",
}


def conflict_year(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per conflict and year in which at least 25 people died in battle."""
    for row in raw.rows("conflicts"):
        yield conflict_of(raw, row) | {
            "intensity_level": row.needed_integer("intensity_level"),
            "location": row.needed("location"),
        }


def dyad_year_fact(raw: Raw) -> Iterator[dict[str, Any]]:
    """Who fights whom, how intensely, and who sends troops for or against whom; the item is the conflict."""
    for row in raw.rows("conflicts"):
        for fact, from_state, to_state in sides_of(row).ties():
            tie = {
                "from_state": from_state,
                "to_state": to_state,
                "year": row.needed_integer("year"),
                "item": row.needed("conflict_id"),
                "row_ref": row.ref("conflict_id", "year"),
            }
            yield tie | {"fact": fact, "value": 1}
            if fact == "interstate_conflict":
                yield tie | {"fact": "interstate_conflict_intensity", "value": row.needed_integer("intensity_level")}


def property(raw: Raw) -> Iterator[dict[str, Any]]:  # noqa: A001 (named like its table)
    """The names of the sides, the quarrel, its dates, and each state's side."""
    for row in raw.rows("conflicts"):
        yield from properties_of(row, "gwno_loc", CONTENTS, VALUES)
