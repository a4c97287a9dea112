"""Support from outside for the parties to armed conflicts, 1975 to 2017 (Uppsala Conflict Data Program)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from comity.sources.properties import number_properties, text_properties
from comity.sources.raw import Raw, Row

KINDS = {
    "x": "troops",
    "p": "troop_presence",
    "y": "joint_operations",
    "w": "weapons",
    "m": "materiel",
    "t": "training",
    "f": "funding",
    "i": "intelligence",
    "l": "territory",
    "o": "other",
    "u": "unknown_kind",
}
COUNTS = {"state_supporter_count": "ext_count_s", "nonstate_supporter_count": "ext_count_ns"} | {
    f"{giver}_{kind}_supporter_count": f"ext_{letter}_count_{end}"
    for letter, kind in KINDS.items()
    for giver, end in (("state", "s"), ("nonstate", "ns"))
}
CONTENTS = {
    "actor": "actor_name",
    "opponent": "oppo_name",
    "opponent_identifier": "oppo_id",
    "pair_of_sides": "dyad_name",
    "conflict": "conflict_id",
    "quarrel": "location",
}
VALUES = {
    "is_active": "active",
    "is_civil": "civil",
    "has_coalition": "ext_coalition",
    "has_elements": "ext_elements",
    "supports_both_sides": "ext_bothsides",
}
GOVERNMENT = "Government of "
ELEMENTS = " elements"  # of a state, not the state itself


@dataclass(frozen=True)
class Supporter:
    """One who supports: the publisher's number for it and its name."""

    identifier: str
    name: str

    @property
    def is_government(self) -> bool:
        """Whether it is a state as such."""
        return self.name.startswith(GOVERNMENT)


def dyad_year_fact(raw: Raw) -> Iterator[dict[str, Any]]:
    """Who supports whom: a state another state, or rebels against it; the item is the pair of warring sides.

    A kind of support is told of a state only when every supporting state gave it: the publisher counts the states for
    each kind and does not name them.
    """
    for row in raw.rows("actors"):
        givers = [_state(row, "ext_name", each.name) for each in _supporters(row) if each.is_government]
        if not givers:
            continue
        helps_state = not row.flag("actor_nonstate")
        target, prefix = ("actor_name", "support") if helps_state else ("oppo_name", "rebel_support")
        kinds = ["any", *_kinds_of_all(raw, row)]
        for to_state in _states(row, target):
            for from_state in givers:
                if from_state == to_state:
                    raise row.broken("ext_name", f"lists {from_state}, which is also in {target}")
                for kind in kinds:
                    yield {
                        "fact": f"{prefix}_{kind}",
                        "from_state": from_state,
                        "to_state": to_state,
                        "year": row.needed_integer("year"),
                        "item": row.needed("dyad_id"),
                        "value": 1,
                        "row_ref": row.ref("id"),
                    }


def state_year_fact(raw: Raw) -> Iterator[dict[str, Any]]:
    """How many supporters a warring state has in a year, of each kind; the item is the pair of warring sides."""
    for row in raw.rows("actors"):
        if row.flag("actor_nonstate"):
            continue
        for state in _states(row, "actor_name"):
            yield from (fact | {"state": state} for fact in _counts(row))


def party_year_fact(raw: Raw) -> Iterator[dict[str, Any]]:
    """The same for a warring group, under the publisher's number for it."""
    for row in raw.rows("actors"):
        if row.flag("actor_nonstate"):
            party = {"party_kind": "group", "party": f"ucdp-{row.needed('actor_id')}"}
            yield from (fact | party for fact in _counts(row))


def property(raw: Raw) -> Iterator[dict[str, Any]]:  # noqa: A001 (named like its table)
    """Names of the warring sides, every supporter by name, and what is said of the support as a whole."""
    for row in raw.rows("actors"):
        fact = {
            "core_table": "party_year_fact" if row.flag("actor_nonstate") else "state_year_fact",
            "item": "/".join(row.needed(column) for column in ("actor_id", "dyad_id", "year")),
            "row_ref": row.ref("id"),
        }
        yield from text_properties(row, fact, CONTENTS)
        yield from number_properties(row, fact, VALUES)
        if row.text("ext_coalition_name") not in (None, "0"):
            yield fact | {"property": "coalition", "part": "", "content": row.text("ext_coalition_name")}
        for each in _supporters(row):
            yield fact | {"property": "supporter", "part": each.identifier, "content": each.name}


def _counts(row: Row) -> Iterator[dict[str, Any]]:
    year, item, row_ref = row.needed_integer("year"), row.needed("dyad_id"), row.ref("id")
    for fact, column in COUNTS.items():
        yield {"fact": fact, "year": year, "item": item, "value": row.needed_integer(column), "row_ref": row_ref}


def _supporters(row: Row) -> list[Supporter]:
    """The supporters listed; commas part them, and a comma before a blank belongs to a name."""
    names = [name.strip() for name in re.split(r",(?! )", row.text("ext_name") or "") if name.strip()]
    numbers = row.listed("ext_id")
    if len(numbers) != len(names):
        raise row.broken("ext_name", f"names {len(names)} supporters, ext_id lists {len(numbers)}")
    found = [Supporter(number, name) for number, name in zip(numbers, names, strict=True)]
    states = sum(each.is_government or each.name.endswith(ELEMENTS) for each in found)
    if states != row.needed_integer("ext_count_s"):
        raise row.broken("ext_count_s", f"is not the number of states in ext_name, which is {states}")
    return found


def _kinds_of_all(raw: Raw, row: Row) -> Iterator[str]:
    """The kinds of support that every supporting state gave; one that only some gave is counted and left out."""
    for letter, kind in KINDS.items():
        count = row.needed_integer(f"ext_{letter}_count_s")
        if count == row.needed_integer("ext_count_s"):
            yield kind
        elif count:
            raw.leave_out_value(row, "a kind of support that some of several states gave, without saying which")


def _states(row: Row, column: str) -> list[str]:
    """The states whose governments a column names."""
    return [_state(row, column, name) for name in re.split(rf", (?={GOVERNMENT})", row.needed(column))]


def _state(row: Row, column: str, name: str) -> str:
    """The state of `Government of …` in the row's year."""
    return row.listed_state(column, name.removeprefix(GOVERNMENT), row.needed_integer("year"))
