"""How engagement becomes pact: simulated truth is found, nothing looks ahead, the order of a pair is nothing."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from comity.errors import BadRequest, UnknownWord
from comity.network import becoming_rows
from comity.network.becoming import BASE, WITH, WITHOUT, _studied, becoming
from comity.network.becoming_rows import Wait, wait
from comity.network.becoming_terms import TARGETS, TERMS, VISIT
from comity.network.pair_years import before, latest_known, within
from study_samples import CODES, Invented

PACT = TARGETS["pact"]
CHOSEN = (TERMS[0], PACT.prior, TERMS[5], TERMS[11])  # exercises, agreement, distance, time


def simulated(truth, seed, states=40, last=2011):
    """The waits of all pairs of some states, each ending with the chance that the truth says."""
    random = np.random.default_rng(seed)
    a, b = np.triu_indices(states, 1)
    rows = []
    for year in range(1981, last + 1):
        x = np.column_stack(
            [
                random.exponential(0.5, len(a)),
                random.integers(0, 2, len(a)),
                random.normal(0, 1, len(a)),
                random.random(len(a)),
            ]
        )
        chance = 1 / (1 + np.exp(-(truth[0] + x @ truth[1:])))
        y = random.random(len(a)) < chance
        rows.append((x, y, np.full(len(a), year), a, b))
        a, b = a[~y], b[~y]
    x, y, year, one, two = (np.concatenate(each) for each in zip(*rows, strict=True))
    return Wait(CHOSEN, x, y, y & (one % 2 == 0), year, one, two, {}, 0)


TRUTH = np.array([-4.5, 1.0, 0.7, -0.6, 0.3])


def test_simulated_truth_lies_within_its_intervals():
    off, within_interval = [], []
    for seed in range(12):
        found = _studied(PACT, simulated(TRUTH, seed), 2000, ())
        coefficients = np.array([effect.coefficient for effect in found.effects])
        errors = np.array([effect.standard_error for effect in found.effects])
        off.append(coefficients - TRUTH[1:])
        within_interval.append(np.abs(coefficients - TRUTH[1:]) < 2.6 * errors)
    assert np.abs(np.mean(off, axis=0) / (np.std(off, axis=0) / np.sqrt(12))).max() < 4
    assert np.mean(within_interval) > 0.9


def test_engagement_that_matters_is_gained_from_and_one_that_does_not_is_not():
    idle = TRUTH * [1, 0, 0, 1, 1]
    real = [_studied(PACT, simulated(TRUTH, seed), 2000, ()) for seed in range(8)]
    vain = [_studied(PACT, simulated(idle, seed), 2000, ()) for seed in range(8)]
    assert np.mean([found.gain[WITHOUT].value for found in real]) > 0.001
    assert np.mean([found.gain[WITHOUT].value for found in vain]) < 0.0005
    areas = [{score.model: score.area_under_curve.value for score in found.scores} for found in real]
    assert all(area[BASE] == 0.5 for area in areas)
    assert np.mean([area[WITH] - area[WITHOUT] for area in areas]) > 0.02
    assert all(found.gain[WITHOUT].low < found.gain[WITHOUT].value < found.gain[WITHOUT].high for found in real)


def test_scores_are_of_later_years_alone_and_the_fit_of_earlier_ones():
    rows = simulated(TRUTH, 5)
    found = _studied(PACT, rows, 2000, ())
    assert (found.fitted.years[1], found.scored.years[0]) == (2000, 2001)
    assert found.fitted.pair_years + found.scored.pair_years == len(rows.y)
    assert found.scored.events == sum(found.scored.events_by_year.values()) == rows.y[rows.year > 2000].sum()
    assert found.fitted.bilateral == rows.is_bilateral[rows.year <= 2000].sum()
    random = np.random.default_rng(0)
    later = rows.year > 2000
    shuffled = replace(rows, y=np.where(later, random.permutation(rows.y), rows.y))
    assert _studied(PACT, shuffled, 2000, ()).effects == found.effects


def test_the_order_of_a_pair_and_of_rows_is_nothing():
    rows = simulated(TRUTH, 7, last=2004)
    found = _studied(PACT, rows, 2000, ())
    turned = replace(rows, state_a=rows.state_b, state_b=rows.state_a)
    order = np.random.default_rng(1).permutation(len(rows.y))
    for other in (turned, rows.among(order)):
        again = _studied(PACT, other, 2000, ())
        for effect, same in zip(again.effects, found.effects, strict=True):
            assert (effect.coefficient, effect.standard_error) == pytest.approx((same.coefficient, same.standard_error))
        assert again.gain[WITHOUT].value == pytest.approx(found.gain[WITHOUT].value)


def test_a_term_that_is_the_same_everywhere_is_named_and_not_fitted():
    rows = simulated(TRUTH, 2, last=2004)
    rows.x[:, 1] = 1.0
    found = _studied(PACT, rows, 2000, ())
    assert found.constant == ("agreement",)
    assert [effect.name for effect in found.effects] == ["exercises", "distance", "time"]
    with pytest.raises(BadRequest, match="no term here"):
        found.effect("agreement")


def test_plain_values_are_json():
    found = _studied(PACT, simulated(TRUTH, 1, last=2004), 2000, ())
    told = json.loads(json.dumps(found.to_dict()))
    assert told["effects"][0]["odds_ratio"]["value"] == pytest.approx(np.exp(told["effects"][0]["coefficient"]))


@pytest.mark.parametrize("until", [1975, 2030])
def test_years_without_events_on_one_side_are_refused(until):
    with pytest.raises(BadRequest, match="begins in no pair-year"):
        _studied(PACT, simulated(TRUTH, 1, last=2004), until, ())


def test_another_target_is_refused_and_the_known_are_named():
    with pytest.raises(UnknownWord, match="pact, agreement, framework"):
        becoming(None, "friendship")


# What the rows are made of.


def waits(monkeypatch, target="agreement", **world):
    monkeypatch.setattr(becoming_rows, "pair_years", lambda store, years: Invented(years, **world))
    return wait(None, TARGETS[target], (1985, 1995), world.get("states", ()))


def keyed(rows):
    return {(a, b, year): tuple(x) for a, b, year, x in zip(rows.state_a, rows.state_b, rows.year, rows.x, strict=True)}


@pytest.mark.parametrize("target", list(TARGETS))
@pytest.mark.parametrize("change", [1988, 1991, 1995])
def test_no_term_of_a_year_knows_that_year_or_later(monkeypatch, target, change):
    """Two worlds that part in a year: up to that year terms are the same, and before it the same waits end."""
    one, other = waits(monkeypatch, target), waits(monkeypatch, target, since=change)
    first, second = keyed(one), keyed(other)
    lagged = [place for place, term in enumerate(one.terms) if term.is_lagged]
    shared = [key for key in first.keys() & second.keys() if key[2] <= change]
    assert any(key[2] == change for key in shared)
    for key in shared:
        assert [first[key][place] for place in lagged] == [second[key][place] for place in lagged]
    early = {key for key in first if key[2] <= change}
    assert early == {key for key in second if key[2] <= change}
    ended = {key for key, y in zip(first, one.y, strict=True) if y and key[2] < change}
    assert ended == {key for key, y in zip(second, other.y, strict=True) if y and key[2] < change}


def test_a_wait_ends_once(monkeypatch):
    rows = waits(monkeypatch)
    for pair in np.unique(rows.pair):
        mine = rows.y[rows.pair == pair]
        assert not mine[:-1].any()
    assert rows.y.any()


def test_terms_are_those_of_the_year_before(monkeypatch):
    rows = waits(monkeypatch)
    world = Invented((1979, 1995))
    place = [term.name for term in rows.terms].index("distance")
    pairs = {(a, b): row for row, (a, b) in enumerate(zip(world.state_a, world.state_b, strict=True))}
    distance = np.log(world.of("capital_distance_km"))
    for a, b, year, x in zip(rows.state_a, rows.state_b, rows.year, rows.x, strict=True):
        assert x[place] == distance[pairs[a, b], year - 1 - 1979]


def test_unknown_rows_are_left_out_and_counted(monkeypatch):
    world = Invented((1979, 1995))
    unknown = world.of("cinc_log_ratio")
    unknown[:5, 8] = np.nan
    whole = waits(monkeypatch)
    cut = waits(monkeypatch, held={"cinc_log_ratio": unknown})
    asked = sum(1 for a, b, year in keyed(whole) if (a == 0 and b <= 5 and year == 1988))
    assert cut.left_out == ({"imbalance": asked} if asked else {})
    assert (cut.incomplete, len(whole.y) - len(cut.y)) == (asked, asked)


def test_years_in_which_only_what_happened_is_known_are_no_years(monkeypatch):
    world = Invented((1979, 1995))
    listed = world.of("agreement_count")
    listed[:, -3:] = np.where(listed[:, -3:] > 1, listed[:, -3:], np.nan)
    rows = waits(monkeypatch, held={"agreement_count": listed})
    assert rows.year.max() == 1992


def test_visits_are_a_term_only_for_pairs_whose_visits_are_followed(monkeypatch):
    monkeypatch.setattr(becoming_rows, "pair_years", lambda store, years: Invented(years))
    followed = wait(None, TARGETS["agreement"], (1985, 1995), ("USA",))
    assert VISIT in followed.terms
    assert {*followed.state_b} == {CODES.index("USA")}
    for states in ((), ("FRA", "USA")):
        assert VISIT not in wait(None, TARGETS["agreement"], (1985, 1995), states).terms


def test_shared_third_states_are_those_of_a_loop():
    world = Invented((2000, 2001))
    tied = world.of("has_alliance") > 0
    found = world.shared(tied)
    ties = {frozenset((a, b)) for a, b, held in zip(world.state_a, world.state_b, tied[:, 0], strict=True) if held}
    for row, (a, b) in enumerate(zip(world.state_a, world.state_b, strict=True)):
        both = [k for k in range(len(CODES)) if {frozenset((a, k)), frozenset((b, k))} <= ties and k not in (a, b)]
        assert found[row, 0] == len(both)
    assert found[:, 0].any()


def test_windows_and_last_known_values():
    values = np.array([[0.0, 2.0, 0.0, np.nan, 1.0, 1.0]])
    assert within(values, 2)[0].tolist()[1:3] == [1.0, 1.0]
    assert np.isnan(within(values, 2)[0][[0, 3, 4]]).all()
    assert within(values, 2)[0][5] == 2.0
    assert np.isnan(before(values, 2)[0, :2]).all()
    assert latest_known(values, 2)[0].tolist() == [0.0, 2.0, 0.0, 0.0, 1.0, 1.0]
