"""What forecasts gain from engagement: the design on invented gains, on invented forecasts, and as it ships."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest

from comity.errors import BadRequest
from comity.evidence.designs.ablation import DEALT, DRAWN, EVENT, WITHOUT, out_of_sample_ablation
from comity.evidence.inference import PAIR
from comity.evidence.ledger import entry, read_estimates
from comity.evidence.specs.foretelling import Foretold, foretold_sample
from comity.evidence.specs.samples import World
from comity.evidence.specs.study import studies_of
from comity.forecast.ablation import found_ablation
from comity.forecast.features import Features
from design_samples import chance, pairs_of, persistent, sample_of, studied

RUNS = 200


def gains_world(random, *, states=25, years=8, gain=0.0):
    """Gains of rows that hang together by their states, about a known mean; the base is 2 on average."""
    a, b = pairs_of(states)
    shocks = persistent(random, states, years)
    y = gain + shocks[a] + shocks[b] + random.normal(size=(len(a), years))
    x = np.column_stack([np.full(y.size, 2.0), random.random(y.size) < 0.1, random.normal(size=y.size)])
    d = random.random(y.size) < 0.5
    unit, year = np.repeat(np.arange(len(a)), years), np.tile(np.arange(1991, 1991 + years), len(a))
    made = sample_of(y.ravel(), d, unit, year, x=x, state_a=a[unit], state_b=b[unit])
    return replace(made, names=(WITHOUT, EVENT, DEALT))


@pytest.mark.parametrize("gain", [0.0, 2.0])
def test_the_mean_gain_is_found_and_its_errors_know_of_shared_states(gain):
    study = studied(out_of_sample_ablation, lambda random: gains_world(random, gain=gain), RUNS, gain)
    study.holds(RUNS)
    assert study.rejected > 0.9 if gain else study.rejected == pytest.approx(0.05, abs=chance(RUNS))
    assert min(study.rejected_by[PAIR], study.rejected_by[DRAWN]) > 0.2


def test_a_small_case_by_hand():
    sample = gains_world(np.random.default_rng(1), gain=0.5)
    found = out_of_sample_ablation(sample)
    assert found.coefficient == pytest.approx(sample.y.mean())
    assert found.relative_effect == pytest.approx(sample.y.mean() / 2)
    assert found.events == int(sample.x[:, 1].sum())
    assert found.treated == int(sample.d.sum())
    assert [each.name for each in found.placebo] == [DEALT]
    assert found.placebo[0].coefficient == pytest.approx(sample.x[:, 2].mean())
    assert found.errors[DRAWN] == pytest.approx(found.errors[PAIR], rel=0.1)
    assert found.clusters["equal pairs"] == pytest.approx(300)


def test_a_gain_without_what_it_is_a_share_of_is_refused():
    sample = gains_world(np.random.default_rng(1))
    with pytest.raises(BadRequest, match=f"no column '{WITHOUT}'"):
        out_of_sample_ablation(replace(sample, names=("one", EVENT, DEALT)))
    with pytest.raises(BadRequest, match="nothing is left to foretell"):
        out_of_sample_ablation(replace(sample, x=np.where(sample.x == 2.0, 0.0, sample.x)))
    bare = out_of_sample_ablation(replace(sample, x=sample.x[:, :2], names=(WITHOUT, EVENT)))
    assert bare.not_computed == (DEALT,)


# Invented forecasts.


@dataclass
class Rows:
    """What a study of forecasts reads of the rows to foretell."""

    y: np.ndarray
    year: np.ndarray
    state_a: np.ndarray
    state_b: np.ndarray
    is_quiet: np.ndarray

    @property
    def pair(self):
        return self.state_a * 1000 + self.state_b

    def among(self, kept):
        return Rows(*(values[kept] for values in (self.y, self.year, self.state_a, self.state_b, self.is_quiet)))


def forecasts(telling, states=24, years=20):
    """Pairs whose onsets follow their past and, if so told, their exercises; half the years are learned from."""
    random = np.random.default_rng(5)
    a, b = pairs_of(states)
    place = np.tile(np.arange(len(a)), years)
    year = np.repeat(np.arange(1981, 1981 + years), len(a))
    past, exercised = random.normal(size=(len(a), 1)).T.repeat(years, 0).ravel(), random.normal(size=len(place))
    odds = -2 + past + telling * exercised
    y = (random.random(len(odds)) < 1 / (1 + np.exp(-odds))).astype(float)
    y[:5] = np.nan
    names = ("since_met", "onset_8_fade", "met_in_decade", "years_together", "exercises")
    groups = ("history", "history", "history", "structure", "exercise")
    x = np.column_stack([past, past, past > 0, np.ones(len(past)), exercised]).astype(np.float32)
    rows = Rows(y, year, a[place], b[place], past < 0)
    known = ~np.isnan(y)
    return Foretold(rows, Features(names, groups, x), known & (year <= 1990), known & (year > 1990), 0)


STUDY = replace(studies_of("C24")[0], years=(1991, 2000), learned=(1981, 1990), groups=("exercise",))


@pytest.mark.parametrize("telling", [0.0, 1.0])
def test_inputs_that_tell_are_found_to_tell_and_others_are_not(telling):
    held = forecasts(telling)
    found = out_of_sample_ablation(foretold_sample(STUDY, held))
    assert (found.low > 0) == (telling > 0)
    assert found.placebo[0].p_value > 0.05
    assert found.years == (1991, 2000)
    assert found.excluded == {"learned from": int(held.learned.sum()), "outcome unknown": 5}
    early = foretold_sample(replace(STUDY, years=(1991, 1995)), held)
    assert early.excluded["outside 1991 to 1995"] == len(early)
    quiet = foretold_sample(replace(STUDY, years=(1991, 1995), is_quiet=True), held)
    assert quiet.excluded["a dispute within ten years"] == len(early) - len(quiet)


def test_inputs_dealt_anew_stay_in_their_year_and_keep_the_rows_of_others():
    held = forecasts(1.0)
    dealt = held._dealt_anew(frozenset({"exercise"}))
    for year in (1981, 1995):
        rows = held.rows.year == year
        assert np.array_equal(np.sort(dealt.x[rows, 4]), np.sort(held.inputs.x[rows, 4]))
    assert not np.array_equal(dealt.x[:, 4], held.inputs.x[:, 4])
    assert np.array_equal(dealt.x[:, :4], held.inputs.x[:, :4])


def test_a_group_that_nothing_is_known_of_is_refused():
    with pytest.raises(BadRequest, match="'none' is no group"):
        foretold_sample(replace(STUDY, groups=("none",)), forecasts(0.0))


def test_a_world_makes_forecasts_of_one_span_once(monkeypatch):
    made = []
    monkeypatch.setattr(Foretold, "of", lambda *asked: made.append(asked) or forecasts(1.0))
    world = World(None)
    first = world.sample(STUDY)
    assert np.array_equal(world.sample(replace(STUDY, model="logit")).year, first.year)
    world.sample(replace(STUDY, learned=(1946, 2000)))
    assert [asked[2] for asked in made] == [(1981, 1990), (1946, 2000)]


# As it ships.


def test_what_ships_is_what_the_room_of_forecasts_found():
    """The gain of every instrument and decade is that of `forecast/ablation.yml`, made by other code."""
    gains = {
        (tuple(added["groups"]), each["test"][0]): added["log"][0]
        for each in found_ablation()["tried"]
        for added in each["added"]
    }
    shipped = {each.name: each for each in read_estimates()["C24"]}
    studies = studies_of("C24")
    assert {study.name for study in studies} == set(shipped)
    assert len(gains) == len(studies)
    for study in studies:
        estimate = shipped[study.name]
        assert estimate.coefficient == pytest.approx(gains[study.groups, study.years[0]], abs=2e-6), study.name
        assert estimate.years == study.years
        assert estimate.treatment == study.treatment


def test_the_verdict_on_early_warning_says_which_placebos_fail():
    held = entry("C24")
    failed = {each.name for each in held.estimates if each.placebo[0].p_value < 0.05}
    doubted = {reading.name for reading in held.verdict.readings if reading.doubts}
    assert failed <= doubted
    assert held.verdict.word == "contradicted"
    assert all(reading.side == "contradicts" for reading in held.verdict.readings)


def test_what_is_chosen_of_a_forecast_is_part_of_its_fingerprint():
    others = [{"groups": ("arms",)}, {"learned": (1950, 1990)}, {"model": "trees"}, {"is_past_alone": True}]
    others += [{"is_quiet": True}, {"listed": "cow_mid"}]
    assert len({replace(STUDY, **other).fingerprint for other in ({}, *others)}) == 7
    with pytest.raises(BadRequest, match="made by a forecast"):
        STUDY.y.make(None)
