"""What holds of every measure, whatever the unit of the panel: order, direction, cuts and horizons do not matter."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.panel import UNITS, find_measure, panel
from comity.vocab.coverage import Coverage
from panel_samples import STATES, YEARS, Sample, opened, systems, worlds
from test_panel import keys_of

few = settings(max_examples=8)  # each makes a whole store

# One or more of every form a measure can have: listed, computed, one way, of one state, looking back, whole years.
ONE_WAY = ("has_diplomatic_contact", "is_dispute_initiator")
EITHER_WAY = (
    *("agreement_count", "contiguity_type", "dispute_ongoing", "exercise_count", "is_mutual_defense_ally"),
    *("is_contiguous", "ideal_point_distance", "has_mutual_diplomatic_contact", "shared_ally_count", "ally_distance"),
    *("exercise_stock", "agreement_stock", "past_dispute_count", "dispute_peace_years", "years_together"),
)
OF_STATES = ("ideal_point", "exercise_partner_count", "defense_ally_count", "system_membership_years")
ALL = (*ONE_WAY, *EITHER_WAY, *OF_STATES)


def table(made):
    """The values of all columns by name; NaN equals NaN in numpy's own comparison of them."""
    return {name: column.values() for name, column in made.columns.items()}


def assert_same(one, other):
    assert one.keys() == other.keys()
    for name, values in one.items():
        np.testing.assert_array_equal(values, other[name], err_msg=name)


def cut(made, kept):
    return {name: values[kept] for name, values in table(made).items()}


def test_these_tests_hold_every_form_of_measure():
    measures = [find_measure("dyad_year", name) for name in (*ONE_WAY, *EITHER_WAY)]
    measures += [find_measure("state_year", name) for name in OF_STATES]
    assert {each.over for each in measures} == {"cells", "years", "history"}
    assert any("pairs" in each.parameters for each in measures)
    assert all(find_measure("dyad_year", name).is_directed == (name in ONE_WAY) for name in (*ONE_WAY, *EITHER_WAY))


@few
@given(worlds(), st.permutations(ALL))
def test_a_measure_changes_no_row_no_other_column_and_not_by_its_place(tmp_path_factory, world, order):
    system, drawn = world
    with opened(tmp_path_factory, drawn) as store:
        one_by_one = panel(store, "dyad_year", years=YEARS, system=system)
        keys, before = keys_of(one_by_one.rows), {}
        for name in order:
            one_by_one.add(name)
            after = table(one_by_one)
            assert_same(before, {column: after[column] for column in before})
            assert keys_of(one_by_one.rows) == keys
            before = after
        together = panel(store, "dyad_year", years=YEARS, system=system).add(*ALL)
    assert_same(before, {name: table(together)[name] for name in before})
    assert len(before) == len(together.columns) == 2 * len(ONE_WAY) + len(EITHER_WAY) + 2 * len(OF_STATES)


@few
@given(worlds(), st.randoms())
def test_the_order_of_facts_does_not_matter(tmp_path_factory, world, chance):
    system, drawn = world

    def stirred(_, rows):
        rows = list(rows)
        chance.shuffle(rows)
        return rows

    found = []
    for given_samples in (drawn, [sample.changed(stirred) for sample in drawn][::-1]):
        with opened(tmp_path_factory, given_samples) as store:
            found.append(table(panel(store, "dyad_year", years=YEARS, system=system).add(*ALL)))
    assert_same(*found)


@few
@given(worlds())
def test_a_directed_panel_says_the_same_twice_and_directions_mirrored(tmp_path_factory, world):
    system, drawn = world
    with opened(tmp_path_factory, drawn) as store:
        pairs = panel(store, "dyad_year", years=YEARS, system=system).add(*ALL)
        ways = panel(store, "directed_dyad_year", years=YEARS, system=system).add(*ALL)
    place = {key: row for row, key in enumerate(keys_of(ways.rows))}
    keys = keys_of(pairs.rows)
    there = np.array([place[key] for key in keys], dtype=int)
    back = np.array([place[b, a, year] for a, b, year in keys], dtype=int)
    for name in EITHER_WAY:
        np.testing.assert_array_equal(ways[name][there], pairs[name], err_msg=name)
        np.testing.assert_array_equal(ways[name][back], pairs[name], err_msg=name)
    halves = [(name, f"{name}_back", f"{name}_a_to_b", f"{name}_b_to_a") for name in ONE_WAY]
    halves += [(f"{name}_from", f"{name}_to", f"{name}_a", f"{name}_b") for name in OF_STATES]
    for own, reverse, first, second in halves:
        np.testing.assert_array_equal(ways[own][there], pairs[first], err_msg=own)
        np.testing.assert_array_equal(ways[own][back], pairs[second], err_msg=own)
        np.testing.assert_array_equal(ways[reverse][there], pairs[second], err_msg=reverse)
        np.testing.assert_array_equal(ways[reverse][back], pairs[first], err_msg=reverse)


@few
@given(worlds(), st.sampled_from(("FRA", "NRU", "USA")))
def test_a_panel_of_some_states_or_years_is_cut_out_of_the_whole(tmp_path_factory, world, named):
    system, drawn = world
    with opened(tmp_path_factory, drawn) as store:
        for unit in ("dyad_year", "directed_dyad_year", "dyad_month", "state_year"):
            asked = OF_STATES if unit == "state_year" else ALL
            whole = panel(store, unit, years=YEARS, system=system).add(*asked)
            some = panel(store, unit, years=(1990, 1991), system=system, states=(named,)).add(*asked)
            time = 1 if unit == "state_year" else 2
            keys = keys_of(whole.rows)
            kept = [named in key[:time] and 1990 <= key[time] <= 1991 for key in keys]
            assert keys_of(some.rows) == [key for key, is_kept in zip(keys, kept, strict=True) if is_kept]
            assert_same(table(some), cut(whole, np.array(kept, dtype=bool)))


@few
@given(worlds(), st.sampled_from((1988, 1990, 1991)))
def test_what_happens_later_changes_no_earlier_value(tmp_path_factory, world, last):
    """Facts that begin after a year are taken out, and every value up to that year stays as it was."""
    system, drawn = world

    def earlier(kind, rows):
        begun = {"engagement": "start_date", "agreement": "signed_date", "agreement_party": "start_date"}
        if kind in begun:
            return [row for row in rows if row[begun[kind]] is None or row[begun[kind]].year <= last]
        return [row for row in rows if row.get("year", last) <= last]

    found = []
    for given_samples in (drawn, [sample.changed(earlier) for sample in drawn]):
        with opened(tmp_path_factory, given_samples) as store:
            made = panel(store, "dyad_year", years=YEARS, system=system).add(*ALL)
        found.append(cut(made, made["year"] <= last))
    assert_same(*found)


# Horizons.


@settings(max_examples=20)
@given(systems(), st.dates(date(1988, 1, 1), date(1992, 12, 31)), st.integers(0, 800))
def test_zero_lies_exactly_within_the_horizon(tmp_path_factory, system, start, length):
    """A year or month counts as covered when its every day is; all else is null."""
    end = date.fromordinal(start.toordinal() + length)
    told = Coverage(kinds=("exercise",), completeness="complete", start=start, end=end)
    with opened(tmp_path_factory, [Sample("alpha", (told,), {})]) as store:
        years = panel(store, "dyad_year", years=YEARS, system=system).add("exercise_count")
        months = panel(store, "dyad_month", years=YEARS, system=system).add("exercise_count")
    for (_, _, year), value in zip(keys_of(years.rows), years["exercise_count"].tolist(), strict=True):
        assert (value == 0) == (start <= date(year, 1, 1) and date(year, 12, 31) <= end)
    for (_, _, year, month), value in zip(keys_of(months.rows), months["exercise_count"].tolist(), strict=True):
        after = date(year + month // 12, month % 12 + 1, 1)
        assert (value == 0) == (start <= date(year, month, 1) and date.fromordinal(after.toordinal() - 1) <= end)
        assert value == 0 or np.isnan(value)


@pytest.mark.parametrize("unit", UNITS)
def test_no_sources_no_values_but_what_follows_from_the_system_itself(tmp_path_factory, unit):
    """What looks back has a first year, before which nothing can have been; all else is null."""
    with opened(tmp_path_factory, [Sample("alpha", (), {})]) as store:
        made = panel(store, unit, years=(1990, 1990), states=STATES[:1]).add("all")
    told = {name for name, column in made.columns.items() if not np.isnan(column.values()).all()}
    by_value = {name for name in told if made.columns[name].measure.over in ("cells", "years")}
    assert by_value == ({"nearest_capital_km"} if unit == "state_year" else {"capital_distance_km"})
    assert made.citations() == {}
