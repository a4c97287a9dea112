"""Political and ideological incompatibility."""

from __future__ import annotations

from comity.assess.scoring import STALE_YEARS, Said, latest, part
from comity.assess.shape import Numbers, Part, limit
from comity.assess.view import View

_SAME = "themes that need no agreement on government: disaster relief, search and rescue, peacekeeping, medicine"
_DEMOCRACY = Said(
    name="democracy apart",
    weight=1.0,
    means="distance of indices of electoral democracy, 0 to 1",
    lowered_by=_SAME,
)
_REGIME = Said(name="regimes apart", weight=1.0, means="distance of Polity scores, 0 to 20", lowered_by=_SAME)
_RIVALRY = Said(
    name="rivalry over belief",
    weight=0.0,
    means="whether historians list them as rivals over systems of belief, in hindsight",
    lowered_by="talks below the level at which recognition is at stake",
)


def _now(view: View, measure: str) -> Numbers:
    recent = slice(-STALE_YEARS, None)
    return latest(view.of(measure)[:, recent], view.years[recent])[0]


@limit("pair")
def political_incompatibility(view: View) -> list[Part]:
    """How unlike the two states are governed, and whether historians call them rivals over systems of belief.

    Rivalry is coded looking back. It is shown, and weighs nothing.
    """
    democracy = _now(view, "electoral_democracy_distance")
    regimes = _now(view, "polity2_distance")
    rivals = _now(view, "is_ideological_rivalry")
    return [
        part(view, ("electoral_democracy_distance",), democracy, democracy, _DEMOCRACY),
        part(view, ("polity2_distance",), regimes, regimes / 20.0, _REGIME),
        part(view, ("is_ideological_rivalry",), rivals, rivals, _RIVALRY),
    ]
