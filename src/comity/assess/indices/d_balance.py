"""Whether both states give and receive alike."""

from __future__ import annotations

import numpy as np

from comity.assess.scoring import evenness, latest, part
from comity.assess.shape import Numbers, Part, index
from comity.assess.view import View


def _both_ways(view: View, measure: str, said: tuple[str, float, str]) -> Part:
    """The two directions of an amount over all years looked at; unknown where one direction is."""
    there, back = (_total(view.of(measure, side)) for side in ("a_to_b", "b_to_a"))
    even = evenness(there, back)
    return part(view, (measure,), even, even, said)


def _total(values: Numbers) -> Numbers:
    known = ~np.isnan(values)
    total: Numbers = np.where(known.any(axis=1), np.where(known, values, 0.0).sum(axis=1), np.nan)
    return total


def _obligations(view: View) -> Part:
    mutual, any_way = (latest(view.of(name), view.years)[0] for name in ("is_mutual_defense_ally", "is_defense_ally"))
    even = np.where(any_way > 0, mutual, np.nan)
    means = "1 where each must defend the other, 0 where one alone must"
    return part(view, ("is_mutual_defense_ally", "is_defense_ally"), even, even, ("obligations", 2.0, means))


def _means(view: View) -> Part:
    ratio = latest(view.of("cinc_ratio"), view.years)[0]
    means = "how many times the stronger state's capabilities are the weaker's; the score is one over it"
    return part(view, ("cinc_ratio",), ratio, 1.0 / ratio, ("capabilities", 1.0, means))


@index("pair")
def balance(view: View) -> list[Part]:
    """Whether both states give and receive alike: who must defend whom, who visits, who delivers arms, who is stronger.

    Each part is the smaller side over the larger, over fifteen years. Where lists tell of one direction alone, as most
    lists of visits do, nothing is said of reciprocity.
    """
    visits = "visits of heads of state or government the one way over those the other way"
    return [
        _obligations(view),
        _both_ways(view, "leader_visit_count", ("visits", 1.0, visits)),
        _both_ways(view, "arms_delivery_tiv", ("arms", 1.0, "arms the one way over those the other way")),
        _means(view),
    ]
