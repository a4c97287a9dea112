"""How much two states do together, of late."""

from __future__ import annotations

from comity.assess.scoring import Said, counting
from comity.assess.shape import Part, index
from comity.assess.view import View

HALF_LIFE_YEARS = 1.0  # practice: engagement is felt for about a year
ARMS_HALF_LIFE_YEARS = 3.0  # a deal is delivered over some years
WHAT = {
    "exercises": "exercises",
    "visits": "visits of leaders, ministers and chiefs",
    "dialogues": "dialogues on defense",
    "peacekeeping": "peace missions shared",
}


def _done(view: View, measure: str, half: float, said: tuple[str, float]) -> Part:
    means = f"{WHAT[said[0]]}, older ones less (half the score at {half:g})"
    return counting(view, measure, (HALF_LIFE_YEARS, half), (*said, means))


@index("pair")
def intensity(view: View) -> list[Part]:
    """How much the two states' armed forces and defense leaders do together, of late.

    Each part counts what was done, what is older counting less: what is left of an act halves every year, of arms every
    three years.
    """
    arms = Said(
        name="arms",
        weight=1.0,
        means="major arms delivered either way, million TIV, older ones less (half the score at 200)",
    )
    return [
        _done(view, "exercise_count", 2.0, ("exercises", 3.0)),
        _done(view, "visit_count", 2.0, ("visits", 2.0)),
        _done(view, "dialogue_count", 1.0, ("dialogues", 1.0)),
        counting(view, "arms_delivery_tiv", (ARMS_HALF_LIFE_YEARS, 200.0), arms),
        _done(view, "shared_mission_count", 3.0, ("peacekeeping", 0.5)),
    ]
