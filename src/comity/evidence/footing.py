"""On how many clusters an estimate rests: rows do not tell it, and neither do clusters that are never treated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from comity.evidence.sample import Flags, Floats, Labels, Sample

LEAST_CLUSTERS = 10  # with fewer, errors that let clusters hang together are far too small
SLIGHT = 1e-6  # what rounding may take from a count


def footing_of(sample: Sample, leverage: Floats | None = None) -> dict[str, float]:
    """How many clusters are treated in any row, and on how many equal ones the coefficient would rest as evenly.

    The second is one over the sum of squared shares (Herfindahl's number). `leverage` is the share of what the
    coefficient rests on that each row holds; without it, each treated row holds the same. Panels of pairs have two
    kinds of cluster, the pair and the state. A state that stands in every row tells no row from another and is not
    counted: what it shares with all is the year's.

    >>> import numpy as np
    >>> from comity.evidence.sample import Question, Sample
    >>> ask = Question(claim="C06", outcome="dispute", treatment="exercise", unit="share of state-years")
    >>> d, unit, year = np.array([0, 1, 0, 1, 0, 0.0]), np.repeat([1, 2, 3], 2), np.tile([2000, 2001], 3)
    >>> footing_of(Sample(question=ask, y=d, d=d, x=np.empty((6, 0)), unit=unit, year=year))
    {'treated units': 2.0, 'equal units': 2.0}
    """
    treated = sample.d != 0
    held = treated.astype(np.float64) if leverage is None else leverage
    found: dict[str, float] = {}
    for kind, columns in _kinds(sample).items():
        labels, often = np.concatenate(columns), np.tile(held, len(columns))
        told = ~_everywhere(labels, len(sample)) if kind == "states" else np.ones(len(labels), dtype=bool)
        found[f"treated {kind}"] = float(len(np.unique(labels[told & np.tile(treated, len(columns))])))
        found[f"equal {kind}"] = _equal(labels[told], often[told])
    return found


def _everywhere(labels: Labels, rows: int) -> Flags:
    """Whether the label of each place stands in every row."""
    return np.asarray(np.bincount(labels)[labels] == rows)


def _kinds(sample: Sample) -> dict[str, tuple[Labels, ...]]:
    if sample.state_a is None:
        return {"units": (sample.units.of,)}
    (one, two), _ = sample.states
    return {"pairs": (sample.pairs.of,), "states": (one, two)}


def _equal(labels: Labels, held: Floats) -> float:
    """One over the sum of the squared shares that labels hold; 0 where nothing is held."""
    shares = np.bincount(labels, np.maximum(held, 0.0))
    total = float(shares.sum())
    return total**2 / float((shares**2).sum()) if total > 0 else 0.0


def too_few(footing: Mapping[str, float]) -> dict[str, float]:
    """The counts that are below the least.

    >>> too_few({"treated pairs": 40.0, "equal states": 3.6})
    {'equal states': 3.6}
    """
    return {name: count for name, count in footing.items() if count < LEAST_CLUSTERS - SLIGHT}
