"""How close two states are, as the one quantity behind all instruments."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from comity.assess.latent import Closeness
from comity.assess.latent_items import INSTRUMENTS, closeness, frozen_items, ties
from comity.assess.scoring import Said, part
from comity.assess.shape import Flags, Numbers, Part, Span, index, mean_score
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
    known of fifteen years and changes slowly. The range, `at least` to `at most`, holds nine tenths of what is
    possible.
    """
    found = closeness(view)
    told = ties(view)
    known = ~np.isnan(told).all(axis=(1, 2))
    parts = [
        _instrument(view, name, told[:, -1, number], np.where(known, _plain(found.chance_of(chances)), np.nan))
        for number, (name, chances) in enumerate(zip(INSTRUMENTS, found.items.chances, strict=True))
    ]
    low, high = found.interval()
    parts = _within(parts, (low, high), told)
    measures = tuple(dict.fromkeys(measure for measure, _ in INSTRUMENTS.values()))
    for name, bound in (("at least", low), ("at most", high)):
        value = np.where(known, _plain(bound), np.nan)
        said = Said(name=name, weight=0.0, means="the end of the interval that holds nine tenths of what is possible")
        parts.append(part(view, measures, value, value, said))
    return parts


def _within(parts: list[Part], ends: tuple[Numbers, Numbers], told: Numbers) -> list[Part]:
    """The instruments with the range of the whole: each is expected from all, and known only where a list tells of it.

    `told` is subjects × years × instruments. A mean may lie outside the middle nine tenths; the range holds it too.
    """
    known: Flags = np.logical_not(np.isnan(told).all(axis=1))
    score = mean_score(parts)
    least = np.where(known.any(axis=1), np.fmin(_plain(ends[0]), score), 0.0)
    most = np.where(known.any(axis=1), np.fmax(_plain(ends[1]), score), 1.0)
    return [
        replace(each, span=Span(least, most, known[:, number].astype(np.float64))) for number, each in enumerate(parts)
    ]


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
