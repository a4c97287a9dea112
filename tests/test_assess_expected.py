"""Expected engagement: simulated truth is found, intervals hold what they promise, amounts are negative binomial."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.assess.expected_fit import gravity_of, usual
from comity.assess.expected_law import Law, chance_at_least, chance_at_most, interval, law_of
from comity.assess.expected_rows import GRAVITY, INSTRUMENTS, Observed
from comity.assess.expected_score import CONSTANT, OWN, scored
from comity.assess.expected_score import GRAVITY as BY_GRAVITY

NAMES = tuple(GRAVITY)
EXERCISE = INSTRUMENTS["exercise"]
TRUTH = np.array([-0.5, 0.4, 0.3, 0.1, 0.6, 0.5, -0.3, 0.4, 0.2])


def simulated(seed=0, *, states=20, years=(1981, 2005), spread=1.0, steady=0.5):
    """Amounts of all pairs: gravity times what is the pair's own, negative binomial around that."""
    random = np.random.default_rng(seed)
    a, b = (np.repeat(side, years[1] - years[0] + 1) for side in np.triu_indices(states, 1))
    year = np.tile(np.arange(years[0], years[1] + 1), states * (states - 1) // 2)
    x = random.normal(0, 0.6, (len(a), len(NAMES)))
    share = np.log(random.uniform(0.6, 1.0, len(a)))
    gravity = np.exp(-1.5 + x @ TRUTH + share)
    own = (
        np.repeat(random.gamma(1 / steady, steady, states * (states - 1) // 2), years[1] - years[0] + 1)
        if steady
        else 1.0
    )
    mean = gravity * own
    size = mean / spread  # variance = mean + spread × mean
    amount = random.poisson(random.gamma(size, spread)).astype(float)
    return Observed(
        *(EXERCISE, tuple(f"S{number:02}" for number in range(states)), a, b, year, amount, x, share),
        has_share=np.ones(len(a), dtype=bool),
        is_listed=np.zeros(len(a), dtype=bool),
        stretch=np.zeros(len(a), dtype=np.int64),
        breaks=(),
        unknown=0,
        left_out={},
        incomplete=0,
    )


def test_simulated_truth_lies_within_its_errors():
    off, held = [], []
    for seed in range(8):
        gravity, _, _ = gravity_of(simulated(seed))
        found = gravity.coefficients()
        assert tuple(found) == NAMES
        away = np.array([found[name][0] for name in NAMES]) - TRUTH
        off.append(away)
        held.append(np.abs(away) < 1.96 * np.array([found[name][1] for name in NAMES]))
    assert np.abs(np.mean(off, axis=0) / (np.std(off, axis=0) / np.sqrt(8))).max() < 5
    assert 0.8 < np.mean(held) <= 1


def test_how_far_pairs_lie_from_gravity_for_good_is_found():
    assert gravity_of(simulated(1, steady=0.5))[0].pair_variance == pytest.approx(0.5, rel=0.35)
    assert gravity_of(simulated(1, steady=0.0))[0].pair_variance < 0.1


def test_intervals_hold_in_years_never_seen_what_they_promise():
    """Amounts are whole: a 95 % interval promises somewhat more, and holds that within the error of the simulation."""
    found = [scored(simulated(seed), 1999) for seed in range(8)]
    for place in range(2):
        told = [each.coverage[place] for each in found]
        promised, large = (np.mean([getattr(each, name) for each in told]) for name in ("promised", "large_promised"))
        assert 0.95 <= large <= promised < 0.995
        assert np.mean([each.held.value for each in told]) == pytest.approx(promised, abs=0.01)
        assert np.mean([each.large_held.value for each in told]) == pytest.approx(large, abs=0.015)
    for each in found:
        assert each.deviance[OWN].value < each.deviance[BY_GRAVITY].value < each.deviance[CONSTANT].value
        assert (each.fitted_years, each.scored_years) == ((1981, 1999), (2000, 2005))
    json.dumps(found[0].to_dict())


def test_the_fit_of_early_years_never_sees_later_ones():
    rows = simulated(2)
    other = simulated(3)
    late = rows.year > 1999
    changed = rows.among(np.ones(len(late), dtype=bool))
    changed.amount[late] = other.amount[late]
    changed.x[late] = other.x[late]
    one, two = (gravity_of(each.among(~late))[0].coefficients() for each in (rows, changed))
    assert one == two
    one, two = (gravity_of(each)[0].coefficients() for each in (rows, changed))
    assert one != two


def test_what_is_usual_knows_earlier_years_alone_and_is_the_sum_over_them():
    rows = simulated(4, states=6)
    _, mean, _ = gravity_of(rows)
    found = usual(rows, mean, 0.5)
    slow = np.zeros(len(mean))
    for row in range(len(mean)):
        past = [p for p in range(row) if rows.pair[p] == rows.pair[row]]
        fade = [0.5 ** ((rows.year[row] - rows.year[p]) / 5) for p in past]
        did = sum(f * rows.amount[p] for f, p in zip(fade, past, strict=True))
        should = sum(f * mean[p] for f, p in zip(fade, past, strict=True))
        slow[row] = mean[row] * (2 + did) / (2 + should)
    assert np.allclose(found, slow)
    later = rows.year >= 1995
    rows.amount[later] += 7
    assert np.array_equal(usual(rows, mean, 0.5)[rows.year <= 1995], found[rows.year <= 1995])


def test_a_pair_has_no_past_where_other_lists_begin():
    rows = simulated(5, states=6)
    _, mean, _ = gravity_of(rows)
    rows.stretch[rows.year >= 1993] = 1
    found = usual(rows, mean, 0.5)
    assert np.allclose(found[rows.year == 1993], mean[rows.year == 1993])
    assert not np.allclose(found[rows.year == 1992], mean[rows.year == 1992])


# The law.


@given(st.floats(0.01, 30), st.floats(0.05, 1e4))
@settings(max_examples=60)
def test_chances_and_intervals_are_those_of_the_negative_binomial(mean, size):
    chances = [np.exp(-size * np.log1p(mean / size))]
    while sum(chances) < 1 - 1e-9 and len(chances) < 20_000:
        n = len(chances)
        chances.append(chances[-1] * (n - 1 + size) / n * mean / (size + mean))
    below = np.cumsum(chances)
    low, high = interval(np.array([mean]), np.array([size]))
    assert (low[0], high[0]) == (np.argmax(below >= 0.025), np.argmax(below >= 0.975))
    for amount in (0, 1, int(high[0])):
        one, two = np.array([float(amount)]), (np.array([mean]), np.array([size]))
        assert chance_at_most(one, *two)[0] == pytest.approx(below[min(amount, len(below) - 1)], abs=1e-9)
        assert chance_at_least(one, *two)[0] == pytest.approx(1 - (below[amount - 1] if amount else 0), abs=1e-9)


def test_the_law_of_simulated_amounts_is_found():
    random = np.random.default_rng(6)
    mean = random.uniform(0.1, 8, 6_000)
    for law in (Law(0.5, 1.0), Law(1.0, 2.0)):
        size = law.sizes(mean)
        y = random.poisson(random.gamma(size, mean / size)).astype(float)
        found = law_of(y, mean)
        at = np.array([0.5, 2.0, 6.0])
        told, true = (at + each.spread * at**each.power for each in (found, law))
        assert told == pytest.approx(true, rel=0.25)
    poisson = law_of(random.poisson(mean).astype(float), mean)
    assert poisson.spread * 4**poisson.power < 0.1 * 4


def test_doubt_about_a_mean_widens_its_interval():
    law, mean = Law(0.5, 1.0), np.array([5.0])
    sure, unsure = interval(mean, law.sizes(mean)), interval(mean, law.sizes(mean, np.array([0.5])))
    assert unsure[1] > sure[1]
