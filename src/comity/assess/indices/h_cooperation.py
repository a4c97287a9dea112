"""How close two states are, as the one quantity behind all instruments."""

from __future__ import annotations

import numpy as np

from comity.assess.latent import Closeness
from comity.assess.latent_items import INSTRUMENTS, closeness, frozen_items, ties
from comity.assess.scoring import Said, part
from comity.assess.shape import Numbers, Part, index
from comity.assess.view import View

DIGITS = 9
_MEANING = {
    "alliance": "whether one is obliged to defend the other",
    "agreement": "whether they signed a defense agreement since the list begins",
    "exercise": "whether they exercised together in the year",
    "arms": "whether major arms were delivered in the year, either way",
    "diplomats": "whether each has an embassy or ambassador with the other",
}


@index("pair")
def cooperation(view: View) -> list[Part]:
    """How close the two states are, as the one quantity that makes ties by every instrument more likely (latent).

    The score is the share of the five instruments by which so close a pair is expected to be tied. It follows what is
    known of fifteen years and changes slowly; `at least` and `at most` hold nine tenths of what is possible.
    """
    found = closeness(view)
    told = ties(view)
    known = ~np.isnan(told).all(axis=(1, 2))
    parts = [
        _instrument(view, name, told[:, -1, number], np.where(known, _plain(found.chance_of(chances)), np.nan))
        for number, (name, chances) in enumerate(zip(INSTRUMENTS, found.items.chances, strict=True))
    ]
    low, high = found.interval()
    measures = tuple(dict.fromkeys(measure for measure, _ in INSTRUMENTS.values()))
    for name, bound in (("at least", low), ("at most", high)):
        value = np.where(known, _plain(bound), np.nan)
        said = Said(name=name, weight=0.0, means="the end of the interval that holds nine tenths of what is possible")
        parts.append(part(view, measures, value, value, said))
    return parts


def _plain(values: Numbers) -> Numbers:
    """The numbers without the last digits, which depend on how many pairs are multiplied at once."""
    return np.round(values, DIGITS)


def without(view: View, name: str) -> Closeness:
    """How close the pairs are by all instruments but one, to foretell that one."""
    return closeness(view, frozen_items().without(name))


def _instrument(view: View, name: str, tied: Numbers, expected: Numbers) -> Part:
    """One instrument: whether it ties the pair in the year, and how likely that is at the pair's closeness."""
    said = Said(name=name, weight=1.0, means=f"{_MEANING[name]}; the score is how likely that is of so close a pair")
    return part(view, (INSTRUMENTS[name][0],), tied, expected, said)
