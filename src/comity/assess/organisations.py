"""Where an organization stands: its members over time, how they hold together, and what they do as a body."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from comity.assess.membership import (
    Body,
    Spell,
    are_nearly_all,
    find_body,
    members_in,
    said_otherwise,
    spells_of,
    untold_in,
)
from comity.assess.organisation_measures import Told, acts, cohesion, conflict, dues, ties_inside
from comity.assess.state_ties import ties_of_states
from comity.assess.states import year_assessed
from comity.assess.view import view_of_states
from comity.errors import BadRequest
from comity.vocab.states import members as members_of_system

if TYPE_CHECKING:
    from comity.store import Store

LAST_LISTED = 2016  # the state system is held as it was after the last year of its list


@dataclass(frozen=True)
class OrganisationAssessment:
    """What is known of an organization in a year: measures side by side, and no score that adds them."""

    body: Body
    year: int
    year_is: str
    members: tuple[str, ...]
    members_untold: tuple[str, ...]
    spells: tuple[Spell, ...]
    otherwise: dict[str, dict[str, list[str]]]
    groups: dict[str, list[Told]]
    burden: dict[str, dict[str, tuple[float | None, int | None]]]
    activity: dict[str, int]

    def to_dict(self) -> dict[str, Any]:
        """The assessment as plain values; None where unknown."""
        return {
            "kind": "organisation",
            "subject": [self.body.organisation],
            "name": self.body.name,
            "year": self.year,
            "year_is": self.year_is,
            "members": list(self.members),
            "members_untold": list(self.members_untold),
            "members_source": self.body.source,
            "members_known_until": max((spell.known_until for spell in self.spells), default=None),
            "members_said_otherwise": self.otherwise,
            "member_counts": self.member_counts(),
            "changes": self.changes(),
            "measures": {name: [told.to_dict() for told in group] for name, group in self.groups.items()},
            "burden_by_member": {
                state: {name: {"value": value, "latest_year": year} for name, (value, year) in borne.items()}
                for state, borne in self.burden.items()
            },
            "listed_acts_of_ten_years": self.activity,
        }

    def member_counts(self) -> dict[int, int]:
        """How many members the organization had on any day of each year, from the first of which all are known."""
        untold = [spell.known_from.year for spell in self.spells if spell.start is None]
        told = [spell.start.year for spell in self.spells if spell.start]
        first = min(told, default=self.year + 1) if are_nearly_all(len(told), len(untold)) else max(untold, default=0)
        return {year: len(members_in(self.spells, year)) for year in range(first, self.year + 1)}

    def changes(self) -> list[dict[str, Any]]:
        """Who joined and who left, by year, up to the year assessed."""
        joined = [(spell.start.year, spell.state, "joined") for spell in self.spells if spell.start]
        left = [(spell.last_year, spell.state, "left") for spell in self.spells if spell.last_year is not None]
        told = sorted(each for each in joined + left if each[0] <= self.year)
        return [{"year": year, "state": state, "change": change} for year, state, change in told]


Burden = dict[str, dict[str, tuple[float | None, int | None]]]


def assess_organisation(store: Store, organisation: str, asked: int | None = None) -> OrganisationAssessment:
    """Where an organization stands in a year; it is named by its identifier, its short name or its name.

    Without a year it is the last of which enough is known. Where it is not known of more than a tenth of the states
    whether they were members then, nothing is measured.

    Raises UnknownWord for a name that is none, with near ones, and BadRequest where it had no member that year.
    """
    body = find_body(store, organisation)
    year, year_is = year_assessed(store, asked)
    spells = spells_of(store, body)
    members, untold = members_in(spells, year), untold_in(spells, year)
    if not members and not untold:
        raise BadRequest(f"{body.name} had no member that is listed in {year}")
    system = set(members_of_system("cow", min(year, LAST_LISTED)))
    states = tuple(state for state in members if state in system)
    # Measures of some of the members would be told as those of all.
    is_measured = bool(states) and are_nearly_all(len(members), len(untold))
    groups, burden = _measured(store, year, states, spells) if is_measured else ({}, {})
    return OrganisationAssessment(
        body,
        year,
        year_is,
        members,
        untold,
        spells,
        said_otherwise(store, body, members, year, untold),
        groups,
        burden,
        acts(store, body, year),
    )


def _measured(
    store: Store, year: int, states: tuple[str, ...], spells: tuple[Spell, ...]
) -> tuple[dict[str, list[Told]], Burden]:
    """What is measured of the members in a year, by group, and what each of them bears."""
    ties, view = ties_of_states(store, year, states), view_of_states(store, year)
    inside, outside = ties_inside(ties)
    groups = {
        "cohesion": cohesion(view, ties),
        "ties_inside": inside,
        "openness": outside,
        "conflict_inside": conflict(ties, spells),
    }
    return groups, dues(view, states)
