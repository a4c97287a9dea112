"""Treatments that begin in different years: group-time effects and the course of events."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import BadRequest
from comity.evidence.cohorts import table_of, treated_since
from comity.evidence.designs.event_course import event_study
from comity.evidence.designs.group_time import group_time_effects
from comity.evidence.designs.two_way import two_way_fixed_effects
from design_samples import QUESTION, sample_of, staggered_world, studied

RUNS = 300


def small_case():
    """24 units over 7 years made without chance; cohorts of 2002, 2003 and 2005, and units never treated."""
    place = np.arange(24 * 7)
    unit, year = place // 7, 2000 + place % 7
    since = np.array([9999, 2002, 2003, 2005])[unit % 4]
    d = year >= since
    y = (place * 7919 % 23) / 5.0 + unit % 3 + 0.4 * (year - 2000) + d * (1 + 0.5 * (year - since))
    return sample_of(y, d, unit, year)


def test_group_time_effects_give_the_digits_of_csdid():
    # csdid 0.4.3: ATTgt(control_group="notyettreated").fit(est_method="reg", base_period="universal", bstrap=False);
    # aggte("simple") and aggte("dynamic"). Its error takes units as independent, with no correction for their number.
    found = group_time_effects(small_case(), before=5)
    assert found.coefficient == pytest.approx(1.6333333333)
    assert found.errors["rows alone"] == pytest.approx(0.5914790483)
    before = [1.5333333333, -0.3833333333, -0.4259259259]
    assert [lead.coefficient for lead in found.placebo] == pytest.approx(before, abs=1e-9)
    # Four years before, all gain the same: csdid gives 0.0, and nothing says how sure that is.
    assert found.not_computed == ("4 years before",)
    assert [lag.coefficient for lag in found.course] == pytest.approx(
        [1.1277777778, 0.6055555556, 2.7666666667, 2.1166666667, 3.0]
    )
    assert found.course[0].standard_error == pytest.approx(0.7157794697 * np.sqrt(24 / 23))


def grown_world(random, growth=0.5):
    """Staggered treatments whose effect grows, and its average over treated units and years."""
    sample, effects = staggered_world(random, growth=growth)
    return sample, effects[effects != 0].mean()


@pytest.mark.parametrize("growth", [0.0, 0.5])
def test_group_time_effects_find_the_average_effect_though_it_grows(growth):
    study = studied(group_time_effects, lambda random: grown_world(random, growth), RUNS)
    study.holds(RUNS)
    assert study.rejected > 0.95


def test_where_effects_grow_two_way_levels_err_and_group_time_does_not():
    # Goodman-Bacon (2021): units treated early serve as controls of those treated late.
    study = studied(two_way_fixed_effects, grown_world, 40)
    assert study.bias < -0.3
    assert study.coverage < 0.1


def test_without_an_effect_one_of_twenty_is_found():
    study = studied(group_time_effects, lambda random: staggered_world(random, effect=0.0)[0], RUNS)
    study.holds(RUNS)


def test_the_event_study_finds_an_effect_that_all_cohorts_share():
    study = studied(event_study, lambda random: staggered_world(random)[0], RUNS, 1.0)
    study.holds(RUNS)


def test_paths_that_parted_before_fail_the_placebos():
    for design in (group_time_effects, event_study):
        found = design(staggered_world(np.random.default_rng(1), shift=0.5)[0])
        assert [lead.name for lead in found.placebo] == ["4 years before", "3 years before", "2 years before"]
        assert min(lead.p_value for lead in found.placebo) < 0.001


@given(st.integers(0, 10**6))
def test_levels_of_units_and_years_move_no_group_time_effect(seed):
    random = np.random.default_rng(seed)
    sample = small_case()
    unit_level, year_level = random.normal(size=24)[sample.unit], random.normal(size=7)[sample.year - 2000]
    moved = replace(sample, y=sample.y + 10 * unit_level + 10 * year_level)
    one, other = group_time_effects(sample), group_time_effects(moved)
    assert other.coefficient == pytest.approx(one.coefficient, abs=1e-9)
    assert other.standard_error == pytest.approx(one.standard_error, abs=1e-9)


@given(st.integers(0, 10**6))
def test_the_average_counts_every_treated_unit_and_year_once(seed):
    random = np.random.default_rng(seed)
    whole = small_case()
    sample = treated_since(whole.among(random.random(len(whole)) < 0.85))
    table = table_of(sample)
    gains = []
    for unit, since in enumerate(table.since):
        for year in range(since, 2007) if since < 9999 else ():
            apart = table.outcomes[:, year - table.first_year] - table.outcomes[:, since - 1 - table.first_year]
            waiting = apart[table.since > year]
            if np.isfinite(apart[unit]) and np.isfinite(waiting).any():
                gains.append(apart[unit] - np.nanmean(waiting))
    assert group_time_effects(sample).coefficient == pytest.approx(np.mean(gains), abs=1e-9)


def test_units_treated_from_their_first_row_are_left_out_and_an_end_is_not_seen():
    unit, year = np.repeat(np.arange(4), 4), np.tile(np.arange(2000, 2004), 4)
    d = np.array([1, 1, 1, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1])
    made = treated_since(sample_of(unit, d, unit, year))
    assert made.excluded == {"treated from the first year": 4}
    assert made.d.tolist() == [0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1]


def test_years_in_which_all_are_treated_have_no_comparison_and_are_counted():
    sample = small_case()
    found = group_time_effects(sample.among(sample.unit % 4 != 0))
    # The cohort of 2005 has nobody to wait with it in 2005 and 2006, nor have the two before it in those years.
    assert found.excluded == {"no unit still untreated to compare with": 18 * 2}


def test_a_sample_without_a_beginning_is_refused():
    sample = small_case()
    with pytest.raises(BadRequest, match=f"question {QUESTION.claim} main: exercises is the same in every row"):
        group_time_effects(sample.among(sample.unit % 4 == 0))
    with pytest.raises(BadRequest, match="no unit begins to be treated"):
        group_time_effects(replace(sample, d=np.ones(len(sample))))
