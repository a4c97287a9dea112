"""What is foretold: onsets as lists tell them, their severity, quiet pairs, and what cannot be asked."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from comity.errors import BadRequest, OutsideCoverage
from comity.forecast.targets import QUIET_YEARS, Wanted, cases, find_target
from forecast_samples import STATES, SYSTEM, disputes, stored

ALL = Wanted((1970, 2000), is_relevant=False, system=SYSTEM)


def keyed(rows, values):
    names = rows.panel.rows.index.states
    keys = zip((names[each] for each in rows.state_a), (names[each] for each in rows.state_b), rows.year, strict=True)
    return dict(zip(keys, values, strict=True))


def test_outcomes_and_quiet_years_are_those_of_a_plain_loop(tmp_path):
    held = disputes()
    came = {(one, other, year): (hostility, deaths) for one, other, year, hostility, deaths in held}
    with stored(tmp_path, held) as store:
        found = {name: cases(store, name, "gml_mid", ALL) for name in ("mid", "force", "fatal")}
    rows = found["mid"]
    assert len(rows) == 31 * len(STATES) * (len(STATES) - 1) // 2
    quiet = keyed(rows, rows.is_quiet)
    outcomes = {name: keyed(each, each.y) for name, each in found.items()}
    for key in quiet:
        hostility, deaths = came.get(key, (0, 0))
        assert outcomes["mid"][key] == (key in came)
        assert outcomes["force"][key] == (hostility >= 4)
        assert outcomes["fatal"][key] == (deaths >= 1)
        before = [(*key[:2], key[2] - back) for back in range(1, QUIET_YEARS + 1)]
        assert quiet[key] == (not set(before) & set(came))


def test_years_that_a_list_does_not_cover_are_unknown(tmp_path):
    with stored(tmp_path, disputes(), known=(1960, 1990)) as store:
        rows = cases(store, "mid", None, ALL)
    assert np.isnan(rows.y[rows.year > 1990]).all()
    assert not np.isnan(rows.y[rows.year <= 1990]).any()


def test_relevant_pairs_are_neighbors_and_those_with_a_major_power(tmp_path):
    with stored(tmp_path, disputes()) as store:
        rows = cases(store, "mid", None, Wanted((1970, 1975), system=SYSTEM))
    names = list(STATES)
    near = {frozenset(pair) for pair in itertools.pairwise(names)}
    expected = near | {frozenset(("FRA", other)) for other in names if other != "FRA"}
    assert {frozenset(key[:2]) for key in keyed(rows, rows.y)} == expected


def test_what_is_no_target_or_not_loaded_is_refused(tmp_path):
    with pytest.raises(BadRequest, match="'war' is no target"):
        find_target("war")
    with pytest.raises(BadRequest, match="crisis is not taken from 'gml_mid'"):
        find_target("crisis", "gml_mid")
    with stored(tmp_path, disputes()) as store, pytest.raises(OutsideCoverage, match="comity load icb"):
        cases(store, "crisis", None, ALL)
