"""With how many states a state has ties, layer by layer."""

from __future__ import annotations

from comity.assess.scoring import saturating
from comity.assess.shape import Part, index
from comity.assess.state_view import stated, ties_in
from comity.assess.view import View

# Of each layer: its weight, the partners at which it scores one half (about the middle of the states of 1990 that had
# any), and what is counted. Of what lasts, those it stands with; of what is done, those of the last five years.
LASTING = {
    "alliance": (1.0, 20.0, "states with a treaty of alliance of any kind with it, also not to attack"),
    "agreement": (1.0, 4.0, "states with a defense text that stands, or was signed since lists begin"),
    "presence": (0.5, 2.0, "states with forces, a base or 100 troops of one in the other"),
}
DONE = {
    "exercise": (1.0, 8.0, "states it exercised with in five years"),
    "arms": (1.0, 5.0, "states it delivered major arms to or got them from in five years"),
    "visit": (0.5, 2.0, "states whose leaders, ministers or chiefs it visited or received in five years"),
    "dialogue": (0.5, 4.0, "states it held dialogues on defense with in five years"),
    "peacekeeping": (0.5, 20.0, "states it served in a peace mission with in five years"),
}


@index("state")
def reach(view: View) -> list[Part]:
    """With how many states the state has military ties, layer by layer.

    A score is one half at the number of partners named with the part. A list that may leave out only raises it.
    """
    ties = ties_in(view)
    made = []
    for name, (weight, half, means) in (LASTING | DONE).items():
        held = ties.standing(name) if name in LASTING else ties.partners(ties.layer(name))
        said = (name, weight, f"{means} (half the score at {half:g})")
        made.append(stated(said, held, saturating(held.value, half), ties.layer_sources(name)))
    return made
