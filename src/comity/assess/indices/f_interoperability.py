"""How far two states' forces could work together, function by function, where there is evidence."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from comity.assess.scoring import Said, part, standing
from comity.assess.shape import Numbers, Part, index
from comity.assess.view import View

MOST = 3.0  # 0 not interoperable, 1 deconflicted, 2 compatible, 3 integrated
YEARS_PER_LEVEL = 2  # practice: a level is lost after 24 months without evidence
SCALE = "0 no evidence, 1 deconflicted, 2 compatible, 3 integrated"
# How many exercises of a kind in a year are evidence of levels 1, 2 and 3: a convention, published and not fitted.
EXERCISES_OF_LEVEL = (1.0, 2.0, 4.0)
DOMAINS = {
    "land": ("known_land_exercise_count", 1.0),
    "sea": ("known_sea_exercise_count", 1.0),
    "air": ("known_air_exercise_count", 1.0),
    "amphibious": ("known_amphibious_exercise_count", 0.5),
    "cyber": ("known_cyber_exercise_count", 0.5),
}


def level(values: Numbers, steps: tuple[float, ...] = EXERCISES_OF_LEVEL) -> Numbers:
    """The level that evidence of some years gives in the last, one lost for every two years since.

    >>> level(np.array([[4.0, 0.0, 0.0], [0.0, 0.0, 2.0]])).tolist()
    [2.0, 2.0]
    """
    reached = np.sum([np.nan_to_num(values) >= step for step in steps], axis=0)
    lost = np.arange(values.shape[1] - 1, -1, -1) // YEARS_PER_LEVEL
    found: Numbers = np.maximum(reached - lost, 0).max(axis=1).astype(np.float64)
    return found


def _domain(view: View, name: str, measure: str, weight: float) -> Part:
    values = view.of(measure)
    recent = view.complete(measure)[:, -YEARS_PER_LEVEL:] & ~np.isnan(values[:, -YEARS_PER_LEVEL:])
    sure = np.all(recent, axis=1)
    found = level(values)
    found = np.where(sure | (found > 0), found, np.nan)
    said = Said(name=name, weight=weight, means=f"exercises of this kind show: {SCALE}")
    return replace(part(view, (measure,), found, found / MOST, said), is_listed=np.logical_not(sure))


def _standing(view: View, measure: str, name: str, what: str) -> Part:
    """Two texts or more are evidence of common procedures, one of an arrangement; no list leaves none of them out."""
    count = standing(view, measure).value
    found = np.where(count > 0, np.minimum(1.0 + count, MOST), np.nan)
    made = part(view, (measure,), found, found / MOST, (name, 1.0, f"{what}: {SCALE}"))
    return replace(made, is_listed=np.ones(len(view), dtype=bool))


def _command(view: View) -> Part:
    allied, bodies = standing(view, "is_defense_ally"), standing(view, "shared_alliance_organisation_count")
    found = np.fmax(allied.value, np.where(bodies.value > 0, 2.0, np.nan))
    means = f"a defense pact is 1, a standing alliance organization 2: {SCALE}"
    made = part(
        view, ("is_defense_ally", "shared_alliance_organisation_count"), found, found / MOST, ("command", 1.0, means)
    )
    return replace(made, is_listed=allied.is_listed)


def shared_suppliers(view: View) -> Numbers:
    """How alike the two states' arms imports are by supplier: the overlap of the shares, or what one has of the other.

    Unknown where one of the two imported none, unless the other gave it.
    """
    taken = np.nansum(view.around("arms_delivery_tiv", "b_to_a"), axis=2)
    total = taken.sum(axis=1)
    share = np.divide(taken, total[:, None], out=np.zeros_like(taken), where=total[:, None] > 0)
    (a, b), column = view.sides, view.columns
    overlap = np.array([np.minimum(share[i], share[j]).sum() for i, j in zip(a, b, strict=True)])
    overlap = np.where((total[a] > 0) & (total[b] > 0), overlap, np.nan)
    from_b, from_a = share[a, column[b]], share[b, column[a]]
    direct = np.fmax(np.where(total[a] > 0, from_b, np.nan), np.where(total[b] > 0, from_a, np.nan))
    known: Numbers = np.where(~np.isnan(overlap) | (direct > 0), np.fmax(overlap, direct), np.nan)
    return known


def _equipment(view: View) -> Part:
    found = shared_suppliers(view)
    means = "overlap of their arms imports by supplier over fifteen years, or the share of the one in the other's"
    return part(view, ("arms_delivery_tiv",), found, found, ("equipment", 1.0, means))


@index("pair")
def interoperability(view: View) -> list[Part]:
    """How far the two states' forces could work together, on the scale from 0 to 3 of each function with evidence.

    Exercises of a year are evidence of level 1, two of level 2, four of level 3; a level is lost for every two years
    since. Standing agreements and alliance bodies count while they stand. It says what is shown, not what is possible.
    """
    return [
        *(_domain(view, name, measure, weight) for name, (measure, weight) in DOMAINS.items()),
        _standing(view, "standing_access_agreement_count", "logistics", "agreements on access, logistics or status"),
        _standing(view, "standing_information_agreement_count", "information", "agreements on sharing information"),
        _command(view),
        _equipment(view),
    ]
