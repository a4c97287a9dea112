"""The instruments behind the latent index, and what each was found to tell of closeness.

Only instruments that a source covers completely are taken: of a list that names what it found, absence says nothing,
and presence alone would make whoever is written about look close.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
import yaml

from comity.assess.latent import Closeness, Items, filtered
from comity.assess.shape import Numbers

if TYPE_CHECKING:
    from comity.assess.view import View

# Each instrument: the measure it is read from, and from how much on there is a tie. One for each layer: several of one
# layer would come and go together for reasons of their own, and closeness would be that layer.
INSTRUMENTS: dict[str, tuple[str, float]] = {
    "alliance": ("is_defense_ally", 1),
    "agreement": ("agreement_stock", 1),
    "exercise": ("exercise_count", 1),
    "arms": ("arms_delivery_tiv", 0.01),
    "diplomats": ("has_mutual_diplomatic_contact", 1),
}


SAY_NO = ("diplomats",)  # whose list states each absence, so that what it does not say is unknown by itself


def ties(view: View) -> Numbers:
    """The ties by each instrument, 0, 1 or NaN: subjects × years × items; NaN too where no complete list speaks."""
    found = []
    for name, (measure, least) in INSTRUMENTS.items():
        values = view.of(measure)
        known = ~np.isnan(values)
        if name not in SAY_NO:
            known &= view.complete(measure)
        found.append(np.where(known, (values >= least).astype(np.float64), np.nan))
    return np.stack(found, axis=-1)


@cache
def frozen_items() -> Items:
    """What each instrument tells, as it was estimated once on the years that the file names, and frozen."""
    text = (files("comity.assess") / "latent.yml").read_text(encoding="utf-8")
    said = yaml.load(text, Loader=yaml.CSafeLoader)
    names = tuple(INSTRUMENTS)
    numbers = np.array([said["items"][name] for name in names], dtype=np.float64)
    return Items(names, numbers[:, 0], numbers[:, 1], float(said["step"]))


def closeness(view: View, items: Items | None = None) -> Closeness:
    """How close each pair of a view is in the year assessed, knowing nothing later."""
    told = ties(view)
    chosen = items or frozen_items()
    held = [list(INSTRUMENTS).index(name) for name in chosen.names]
    return filtered([told[:, year, held] for year in range(told.shape[1])], chosen)[-1]
