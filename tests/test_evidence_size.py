"""Size under dyadic dependence: where states have lasting shocks of their own and nothing has an effect."""

from __future__ import annotations

import numpy as np
import pytest

from comity.evidence.design import find_design
from comity.evidence.inference import PAIR
from design_samples import chance, pairs_of, persistent, sample_of, studied

RUNS = 200


def leaning_world(random, *, kind="amount", states=25, years=8):
    """Pairs whose treatment hangs on a control and on both states' leanings, and their outcome on both states' shocks.

    The outcome is an amount, a count or an onset; nothing lasts within a pair but what its states bring.
    """
    a, b = pairs_of(states)
    shocks, leanings = persistent(random, states, years), persistent(random, states, years)
    x = random.normal(size=(len(a), years))
    d = (leanings[a] + leanings[b] + 0.5 * x + random.normal(size=x.shape) > 0.8).astype(float)
    index = 0.5 * x + 0.7 * (shocks[a] + shocks[b])
    y = {
        "amount": index + random.normal(size=x.shape),
        "count": random.poisson(np.exp(0.5 * index - 0.5)),
        "onset": random.random(x.shape) < 1 / (1 + np.exp(1.5 - index)),
    }[kind]
    unit, year = np.repeat(np.arange(len(a)), years), np.tile(np.arange(2001, 2001 + years), len(a))
    x = x.reshape(-1, 1)
    return sample_of(y.ravel(), d.ravel(), unit, year, x=x, state_a=a[unit], state_b=b[unit])


def joining_world(random, *, states=25, years=10):
    """Pairs that join for good, the earlier the more their states lean to it; three of ten never do."""
    a, b = pairs_of(states)
    leanings, shocks = random.normal(size=states), persistent(random, states, years)
    rank = (leanings[a] + leanings[b] + random.normal(size=len(a))).argsort().argsort() / len(a)
    since = np.where(rank < 0.3, 9999, 2002 + np.floor((rank - 0.3) / 0.7 * (years - 2)))
    year = 2000 + np.arange(years)
    d = (year >= since[:, None]).astype(float)
    y = random.normal(size=(len(a), 1)) + shocks[a] + shocks[b] + random.normal(size=d.shape)
    unit = np.repeat(np.arange(len(a)), years)
    return sample_of(y.ravel(), d.ravel(), unit, np.tile(year, len(a)), state_a=a[unit], state_b=b[unit])


DESIGNS = {
    "poisson_fixed_effects": (lambda random: leaning_world(random, kind="count"), {"leads": ()}),
    "entropy_balancing": (leaning_world, {"leads": ()}),
    "double_machine_learning": (leaning_world, {"leads": ()}),
    "discrete_time_hazard": (lambda random: leaning_world(random, kind="onset"), {"leads": ()}),
    "event_study": (joining_world, {}),
    "group_time_effects": (joining_world, {}),
}


@pytest.mark.parametrize("design", DESIGNS)
def test_every_design_of_pairs_rejects_a_true_null_in_one_of_twenty(design):
    """Two-way levels and states dealt anew are held to the same in test_evidence_panels.py."""
    world, options = DESIGNS[design]
    study = studied(find_design(design).estimate, world, RUNS, **options)
    study.holds(RUNS)
    assert study.rejected == pytest.approx(0.05, abs=chance(RUNS))
    assert study.rejected_by[PAIR] > study.rejected + 0.02, "errors by pair alone find what is not there"
