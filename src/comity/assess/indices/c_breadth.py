"""In how many fields two states work together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from comity.assess.scoring import Amount, Said, amount, part
from comity.assess.shape import Numbers, Part, index
from comity.assess.view import View

HALF_LIFE_YEARS = 2.0
LEAST = 0.1  # what is left of one act after six and a half years: a field is active until then
DOMAINS = {
    "land": "known_land_exercise_count",
    "sea": "known_sea_exercise_count",
    "air": "known_air_exercise_count",
    "amphibious": "known_amphibious_exercise_count",
    "cyber": "known_cyber_exercise_count",
}
INSTRUMENTS = {
    "exercises": "exercise_count",
    "agreements": "agreement_count",
    "arms": "arms_delivery_tiv",
    "visits": "visit_count",
    "dialogues": "dialogue_count",
    "peacekeeping": "shared_mission_count",
    "operations": "operation_count",
}
LISTED_INSTRUMENTS = ("visits", "dialogues", "peacekeeping", "operations")  # no list of these leaves nothing out


def _active(view: View, measures: dict[str, str], listed: tuple[str, ...]) -> Amount:
    """How many fields are known to be active; sure where every field that complete lists speak of is known."""
    found = {name: amount(view, measure, HALF_LIFE_YEARS) for name, measure in measures.items()}
    active: Numbers = np.sum([np.nan_to_num(each.value) >= LEAST for each in found.values()], axis=0).astype(np.float64)
    unsure = np.any([found[name].is_listed for name in measures if name not in listed], axis=0)
    return Amount(np.where(unsure & (active == 0), np.nan, active), unsure)


def _fields(view: View, measures: dict[str, str], said: Said, listed: tuple[str, ...] = ()) -> Part:
    active = _active(view, measures, listed)
    most = len(measures)
    made = part(view, tuple(measures.values()), active.value, active.value / most, said)
    return replace(made, is_listed=active.is_listed)


@index("pair")
def breadth(view: View) -> list[Part]:
    """In how many fields the two states work together: domains of exercises, and instruments.

    A field is active for six years after one act in it, longer after more. The number is of those known: what no list
    names may still be active.
    """
    of_domains = f"domains in which they exercised, of {len(DOMAINS)}: {', '.join(DOMAINS)}"
    of_instruments = f"instruments in use, of {len(INSTRUMENTS)}: {', '.join(INSTRUMENTS)}"
    return [
        _fields(view, DOMAINS, Said(name="domains", weight=1.0, means=of_domains)),
        _fields(view, INSTRUMENTS, Said(name="instruments", weight=1.0, means=of_instruments), LISTED_INSTRUMENTS),
    ]
