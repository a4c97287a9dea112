"""How much two states do together, of late."""

from __future__ import annotations

from comity.assess.shape import Part, index
from comity.assess.view import View, decayed, part, saturating

HALF_LIFE_YEARS = 1.0  # practice: engagement is felt for about a year


def _count(view: View, measure: str, half: float, said: tuple[str, float, str]) -> Part:
    left = decayed(view.of(measure), HALF_LIFE_YEARS)
    return part(view, (measure,), left, saturating(left, half), said)


@index("pair")
def intensity(view: View) -> list[Part]:
    """How much the two states' armed forces and defense leaders do together, of late.

    Each part counts what was done, what is older counting less: what is left of an act halves every year. A score is
    one half at the number named with the part.
    """
    return [
        _count(view, "exercise_count", 2.0, ("exercises", 3.0, "exercises, older ones less (half the score at 2)")),
        _count(view, "visit_count", 2.0, ("visits", 2.0, "visits of leaders, ministers and chiefs (half at 2)")),
        _count(view, "dialogue_count", 1.0, ("dialogues", 1.0, "dialogues on defense (half at 1)")),
        _count(
            view, "arms_delivery_count", 3.0, ("arms", 1.0, "deals for major arms delivered, either way (half at 3)")
        ),
        _count(view, "shared_mission_count", 3.0, ("peacekeeping", 0.5, "peace missions shared (half at 3)")),
    ]
