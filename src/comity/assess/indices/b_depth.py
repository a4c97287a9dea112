"""How far two states have bound themselves to each other: the ladder of agreements."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from comity.assess.scoring import Amount, Said, amount, counting, lasting, part, standing
from comity.assess.shape import Part, index
from comity.assess.view import View

AGREEMENT_HALF_LIFE_YEARS = 10.0  # an agreement whose end is not known is taken to fade
# From the lowest rung to the highest; the lists that say which stand tell logistics and the status of forces not apart.
RUNGS = ("courtesy", "agreement", "framework", "information security", "access or status of forces", "alliance")


def _rungs(view: View) -> list[Amount]:
    """Of each rung what is known of it: more than 0 is held."""
    signed, framework = (
        amount(view, measure, AGREEMENT_HALF_LIFE_YEARS) for measure in ("agreement_count", "framework_agreement_count")
    )
    stands = standing(view, "standing_agreement_count")
    return [
        amount(view, "visit_count", 2.0),
        Amount(np.fmax(signed.value, stands.value), signed.is_listed),
        framework,
        standing(view, "standing_information_agreement_count"),
        standing(view, "standing_access_agreement_count"),
        standing(view, "is_defense_ally"),
    ]


def _ladder(view: View) -> Part:
    rungs = _rungs(view)
    known = np.array([~np.isnan(rung.value) for rung in rungs])
    held = np.array([np.nan_to_num(rung.value) > 0 for rung in rungs])
    highest = (held * np.arange(1, len(RUNGS) + 1)[:, None]).max(axis=0).astype(np.float64)
    # Lists of agreements and of alliances are complete for their years: with both known, no rung is known to be held.
    known_none = known[1] & known[-1]
    highest = np.where(held.any(axis=0) | known_none, highest, np.nan)
    said = Said(
        name="ladder",
        weight=3.0,
        means="the highest rung known: " + ", ".join(f"{number} {rung}" for number, rung in enumerate(RUNGS, 1)),
    )
    measures = (
        *("visit_count", "agreement_count", "standing_agreement_count", "framework_agreement_count"),
        *("standing_information_agreement_count", "standing_access_agreement_count", "is_defense_ally"),
    )
    made = part(view, measures, highest, highest / len(RUNGS), said)
    return replace(made, is_listed=~known_none)


@index("pair")
def depth(view: View) -> list[Part]:
    """How far the two states have bound themselves to each other, on the ladder from courtesy to alliance.

    The ladder counts the highest rung known to be held, whatever is not known of the rungs above it. Beside it stand
    how many agreements were signed, older ones counting less, and what an alliance sets up.
    """
    agreements = Said(
        name="agreements", weight=1.0, means="agreements on defense signed, older ones less (half the score at 2)"
    )
    return [
        _ladder(view),
        counting(view, "agreement_count", (AGREEMENT_HALF_LIFE_YEARS, 2.0), agreements),
        lasting(
            view,
            "alliance_depth",
            3.0,
            ("alliance terms", 1.0, "how deep the alliances go: 0 none, 1 low, 2 moderate, 3 high institutions"),
        ),
        lasting(view, "is_defense_ally", 1.0, ("obligation", 1.0, "whether one is obliged to defend the other")),
    ]
