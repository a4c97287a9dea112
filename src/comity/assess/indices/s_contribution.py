"""What a state gives to peace operations."""

from __future__ import annotations

import numpy as np

from comity.assess.scoring import saturating
from comity.assess.shape import Part, index
from comity.assess.state_view import last_known, recent_mean, stated, sure
from comity.assess.view import View


@index("state")
def contribution(view: View) -> list[Part]:
    """What the state gives to peace operations: troops, troops for each inhabitant, and missions it serves in.

    A state that no list of contributors names is unknown, for none of them says that it leaves nobody out.
    """
    troops, missions = recent_mean(view, "peacekeeper_count"), recent_mean(view, "peacekeeping_mission_count")
    people, forces = last_known(view, "population_count"), last_known(view, "military_personnel_count")
    with np.errstate(divide="ignore", invalid="ignore"):
        by_people = np.where(people.value > 0, 1e6 * troops.value / people.value, np.nan)
        by_forces = np.where(forces.value > 0, 1000 * troops.value / forces.value, np.nan)
    of_troops = view.sources("peacekeeper_count")
    return [
        stated(
            ("troops", 1.0, "troops in peace missions, mean of five years (half the score at 300)"),
            troops,
            saturating(troops.value, 300.0),
            of_troops,
        ),
        stated(
            ("troops_by_people", 1.0, "troops in peace missions for a million inhabitants (half at 20)"),
            sure(by_people, np.fmin(troops.latest_year, people.latest_year)),
            saturating(by_people, 20.0),
            tuple(sorted({*of_troops, *view.sources("population_count")})),
        ),
        stated(
            ("troops_by_forces", 1.0, "troops in peace missions for a thousand of its soldiers (half at 5)"),
            sure(by_forces, np.fmin(troops.latest_year, forces.latest_year)),
            saturating(by_forces, 5.0),
            tuple(sorted({*of_troops, *view.sources("military_personnel_count")})),
        ),
        stated(
            ("missions", 1.0, "peace missions served in, mean of five years (half at 2)"),
            missions,
            saturating(missions.value, 2.0),
            view.sources("peacekeeping_mission_count"),
        ),
    ]
