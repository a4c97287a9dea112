"""What looks back along the rows of a unit, against plain loops on small worlds with gaps and unknown values."""

from __future__ import annotations

import math

import numpy as np
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.panel.spells import decayed_past, decayed_sum, onset, past_sum, rows_since, unit_starts, years_since

HALF_LIFE = 8.0


@st.composite
def worlds(draw, values=(0.0, 0.0, 0.0, 1.0, math.nan)):
    """Units in order, each with the years in which it has a row and a value a year."""
    found = []
    for unit in range(draw(st.integers(0, 4))):
        years = sorted(draw(st.sets(st.integers(1816, 1850), min_size=1, max_size=12)))
        found.append((unit, years, [draw(st.sampled_from(values)) for _ in years]))
    return found


def arrays(world):
    unit = np.array([unit for unit, years, _ in world for _ in years], dtype=np.int64)
    years = np.array([year for _, of_unit, _ in world for year in of_unit], dtype=np.int64)
    values = np.array([value for *_, of_unit in world for value in of_unit], dtype=np.float64)
    return values, unit_starts(unit), years


def same(found, expected):
    np.testing.assert_allclose(found, np.array(expected, dtype=np.float64), rtol=1e-12, atol=0)


@given(worlds())
def test_peace_years_are_those_of_a_plain_loop(world):
    expected = []
    for _, years, events in world:
        for place, year in enumerate(years):
            began = years[0]
            for past, event in zip(years[:place], events[:place], strict=True):
                # An event makes up for what was unknown before it: the wait begins anew and its beginning is known.
                began = math.nan if math.isnan(event) else past + 1 if event else began
            expected.append(year - began)
    same(years_since(*arrays(world)), expected)


@given(worlds())
def test_peace_rows_are_those_of_a_plain_loop(world):
    expected = []
    for _, _, events in world:
        count = 0.0
        for event in events:
            expected.append(count)
            count = math.nan if math.isnan(event) else 0.0 if event else count + 1
    values, starts, _ = arrays(world)
    same(rows_since(values, starts), expected)


@given(worlds(values=(0.0, 1.0, 3.0, math.nan)))
def test_past_sums_are_those_of_a_plain_loop(world):
    values, starts, years = arrays(world)
    plain, fading, with_own = [], [], []
    for _, of_unit, given_values in world:
        for place, year in enumerate(of_unit):
            past = list(zip(of_unit[:place], given_values[:place], strict=True))
            plain.append(sum(value for _, value in past))
            fading.append(sum(value * 0.5 ** ((year - before) / HALF_LIFE) for before, value in past))
            with_own.append(fading[-1] + given_values[place])
    same(past_sum(values, starts), plain)
    same(decayed_past(values, starts, years, HALF_LIFE), fading)
    same(decayed_sum(values, starts, years, HALF_LIFE), with_own)


@given(worlds())
def test_onsets_are_those_of_a_plain_loop(world):
    expected = []
    for _, years, events in world:
        of_year = dict(zip(years, events, strict=True))
        for year, event in of_year.items():
            before = of_year.get(year - 1, 0.0)
            expected.append(0.0 if event == 0 else math.nan if math.isnan(before + event) else 1.0 - before)
    same(onset(*arrays(world)), expected)


@given(worlds(values=(0.0, 1.0)))
def test_calendar_and_rows_agree_where_no_year_is_missing(world):
    whole = [(unit, list(range(1816, 1816 + len(years))), events) for unit, years, events in world]
    values, starts, years = arrays(whole)
    np.testing.assert_array_equal(years_since(values, starts, years), rows_since(values, starts))


@given(worlds(), st.integers(0, 4))
def test_a_unit_does_not_know_of_its_neighbors(world, number):
    alone = [entry for entry in world if entry[0] == number]
    values, starts, years = arrays(world)
    mine = np.repeat([entry[0] == number for entry in world], [len(entry[1]) for entry in world]).astype(bool)
    for back in (years_since, onset, lambda *of: decayed_past(*of, HALF_LIFE)):
        same(back(values, starts, years)[mine], back(*arrays(alone)))
    for back in (rows_since, past_sum):
        same(back(values, starts)[mine], back(*arrays(alone)[:2]))


@given(worlds(), st.integers(1816, 1850))
def test_a_year_does_not_know_of_later_ones(world, last):
    cut = [
        (unit, [year for year in years if year <= last], events[: sum(year <= last for year in years)])
        for unit, years, events in world
    ]
    values, starts, years = arrays(world)
    early = years <= last
    for back in (years_since, onset, lambda *of: decayed_past(*of, HALF_LIFE)):
        same(back(values, starts, years)[early], back(*arrays(cut)))


def test_a_pair_that_comes_back_has_waited_by_the_calendar_and_not_by_its_rows():
    """The field's program counts 25 in 1876 where 24 rows and then five years without a row lie behind."""
    years = np.array([*range(1846, 1871), 1876])
    event, starts = np.zeros(26), unit_starts(np.zeros(26, dtype=np.int64))
    assert years_since(event, starts, years)[-2:].tolist() == [24, 30]
    assert rows_since(event, starts)[-2:].tolist() == [24, 25]


def test_the_year_after_the_last_known_one_still_knows_its_peace():
    """What counts is all that went before the year; the year's own event need not be known, the next year's is not."""
    event, years = np.array([1.0, 0.0, math.nan, math.nan]), np.arange(2008, 2012)
    starts = unit_starts(np.zeros(4, dtype=np.int64))
    same(years_since(event, starts, years), [0, 0, 1, math.nan])
    same(rows_since(event, starts), [0, 0, 1, math.nan])


@pytest.mark.mirror
@pytest.mark.parametrize("name", ["gmlmid", "cowmid"])
def test_peace_rows_are_those_of_the_fields_program(mirror, name):
    """All 223,982 directed relevant dyad-years of 1816-2010, from the program's own column of ongoing disputes."""
    place = mirror.parent / "reference" / "peacesciencer" / "panel_relevant_directed.parquet"
    if not place.is_file():
        pytest.skip("the reference panel is not beside the publishers' files")
    wanted = ["ccode1", "ccode2", f"{name}ongoing", f"{name}spell"]
    table = pyarrow.parquet.read_table(place, columns=wanted)
    one, other, ongoing, spell = (table.column(column).to_numpy() for column in wanted)
    np.testing.assert_array_equal(rows_since(ongoing, unit_starts(one, other)), spell)
