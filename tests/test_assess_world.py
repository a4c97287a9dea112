"""The series of the world: equal to brute force on invented lists, unknown where unknown, cut to a region."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from assess_state_samples import exercises
from comity.assess.world import Series, World, _column, world
from comity.assess.world_picture import DRAWN, draw_world, points, world_spec, write_world
from comity.errors import BadRequest, UnknownWord
from comity.vocab.states import members
from panel_samples import opened

YEARS = (1987, 1989)  # no state hands over to another, so that each two of a year are a pair
REGION = ("CHN", "FRA", "JPN", "USA")
values = arrays.arrays(np.float64, st.integers(1, 12), elements=st.sampled_from((0.0, 0.5, 2.0, np.nan)))
acts = st.lists(
    st.tuples(
        st.integers(YEARS[0], YEARS[1]), st.sets(st.sampled_from((*REGION, "BRA", "IND")), min_size=2, max_size=4)
    ),
    max_size=6,
)


def series(made, name="dispute_onset_rate"):
    years = np.arange(2000, 2000 + len(made), dtype=np.float64)
    return Series(name, "invented", years, np.asarray(made, dtype=np.float64), ("invented",))


def share(held, year, inside):
    """The share of pairs that exercised in a year, pair by pair."""
    states = [state for state in members("cow", year) if inside is None or state in inside]
    pairs = list(combinations(sorted(states), 2))
    done = [pair for pair in pairs if any(when == year and set(pair) <= who for when, who in held)]
    return len(done) / len(pairs)


@settings(max_examples=8)
@given(held=acts, region=st.sampled_from((None, "north")))
def test_a_share_is_that_of_counting_the_pairs_one_by_one(tmp_path_factory, held, region):
    given_lists = exercises(*held, regions=(("north", REGION),))
    with opened(tmp_path_factory, [given_lists]) as store:
        told = world(store, YEARS, region).of("exercise_count_share")
    expected = [share(held, year, REGION if region else None) for year in range(YEARS[0], YEARS[1] + 1)]
    np.testing.assert_allclose(told.values, expected, atol=1e-12)
    assert told.horizon == YEARS[1]


def test_a_region_of_all_states_is_the_world(tmp_path_factory):
    everybody = sorted({state for year in range(YEARS[0], YEARS[1] + 1) for state in members("cow", year)})
    lists = exercises((1988, {"FRA", "USA", "JPN"}), (1989, {"BRA", "IND"}), regions=(("all", everybody),))
    with opened(tmp_path_factory, [lists]) as store:
        whole, region = world(store, YEARS), world(store, YEARS, "all")
    assert [each.name for each in whole.series] == [each.name for each in region.series]
    for one, other in zip(whole.series, region.series, strict=True):
        np.testing.assert_array_equal(one.values, other.values)


@settings(max_examples=5)
@given(held=acts, states=st.sets(st.sampled_from(REGION), min_size=2))
def test_what_is_done_outside_a_region_is_nothing_to_its_pairs(tmp_path_factory, held, states):
    inner = [(year, who) for year, who in held if who <= states]
    regions = (("north", states),)
    told = []
    for lists in (inner, inner + [(year, who - states) for year, who in held if len(who - states) > 1]):
        with opened(tmp_path_factory, [exercises(*lists, regions=regions)]) as store:
            told.append(world(store, YEARS, "north").of("exercise_count_share").values)
    np.testing.assert_array_equal(*told)


def test_years_that_no_complete_list_covers_are_unknown_and_the_horizon_is_the_last_that_one_does(tmp_path_factory):
    lists = exercises((1984, {"FRA", "USA"}), (1989, {"FRA", "USA"}), span=(1983, 1985))
    with opened(tmp_path_factory, [lists]) as store:
        told = world(store, (1980, 1990))
    shares = told.of("exercise_count_share")
    # 1989 is listed, and that says nothing of the other pairs of the year.
    assert [int(year) for year in shares.years[~np.isnan(shares.values)]] == [1983, 1984, 1985]
    assert shares.horizon == 1985
    # A listed act is one more that is known; a year without any is unknown and not 0.
    listed = told.of("listed_exercise_count")
    assert listed.to_dict()["values"] == {year: 1.0 if year in (1984, 1989) else None for year in range(1980, 1991)}


def test_one_direction_known_to_be_0_leaves_the_pair_unknown():
    # Of what flows either way, the way that is not known may hold something.
    def side(*made):
        filled = SimpleNamespace(sources=("invented",))
        return SimpleNamespace(measure=SimpleNamespace(name="arms"), filled=filled, values=lambda: np.array(made))

    both = {"arms_a_to_b": side(0.0, 0.0, 3.0, np.nan), "arms_b_to_a": side(0.0, np.nan, np.nan, np.nan)}
    made, sources = _column(SimpleNamespace(columns=both, add=lambda _: None), "arms")
    np.testing.assert_array_equal(made, [0.0, np.nan, 3.0, np.nan])
    assert sources == ("invented",)


def test_a_list_that_may_leave_out_gives_no_share(tmp_path_factory):
    with opened(tmp_path_factory, [exercises((1989, {"FRA", "USA"}), complete=False)]) as store:
        told = world(store, YEARS)
    assert "exercise_count_share" not in {each.name for each in told.series}
    with pytest.raises(UnknownWord, match="is no series; series are listed_exercise_count"):
        told.of("exercise_count_share")


def test_of_a_region_an_act_across_its_edge_is_listed(tmp_path_factory):
    lists = exercises((1989, {"FRA", "BRA"}), (1989, {"BRA", "IND"}), regions=(("north", REGION),))
    with opened(tmp_path_factory, [lists]) as store:
        assert world(store, (1989, 1989), "north").of("listed_exercise_count").values.tolist() == [1.0]
        assert world(store, (1989, 1989)).of("listed_exercise_count").values.tolist() == [2.0]


@pytest.mark.parametrize("years", [(1815, 1900), (1990, 1980)])
def test_years_that_cannot_be_told_are_refused(tmp_path_factory, years):
    with opened(tmp_path_factory, [exercises()]) as store, pytest.raises(BadRequest, match="begin in 1816"):
        world(store, years)


def test_a_region_that_is_none_is_refused_by_name(tmp_path_factory):
    lists = exercises(regions=(("north", REGION),))
    with opened(tmp_path_factory, [lists]) as store, pytest.raises(UnknownWord, match="regions are north"):
        world(store, YEARS, "south")


@given(values)
def test_the_horizon_is_the_last_known_year(made):
    known = [2000 + place for place, value in enumerate(made) if not np.isnan(value)]
    assert series(made).horizon == (known[-1] if known else None)


@given(values)
def test_a_point_stands_alone_when_no_year_beside_it_is_known(made):
    drawn = points(series(made))
    assert [point["value"] for point in drawn] == [None if np.isnan(value) else value for value in made]
    padded = [np.nan, *made, np.nan]
    expected = [
        not np.isnan(padded[at]) and np.isnan(padded[at - 1]) and np.isnan(padded[at + 1])
        for at in range(1, len(padded) - 1)
    ]
    assert [point["alone"] for point in drawn] == expected


def test_a_picture_holds_a_small_one_for_each_series_known_and_marks_its_horizon():
    told = World(None, (), (series([1.0, np.nan, 2.0, np.nan]), series([np.nan] * 4, "war_onset_rate")))
    spec = world_spec(told)
    assert [each["title"]["text"] for each in spec["concat"]] == [DRAWN["dispute_onset_rate"][0]]
    seam, line, alone, rule, words = (layer["data"]["values"] for layer in spec["concat"][0]["layer"])
    assert seam == []
    assert [point["value"] for point in line] == [1.0, None, 2.0, None]
    assert [point["year"] for point in alone] == [2000, 2002]
    assert rule[0]["year"] == words[0]["year"] == 2002
    assert words[0]["label"] == "to 2002"


def test_a_line_ends_where_other_lists_begin_to_speak():
    drawn = points(replace(series([1.0, 2.0, 3.0, 4.0]), seams=(2002,)))
    assert [point["part"] for point in drawn] == [0, 0, 1, 1]
    assert [point["alone"] for point in points(replace(series([1.0, 2.0, 3.0]), seams=(2002,)))] == [False, False, True]


def test_a_line_is_broken_in_the_picture_itself():
    whole = draw_world(World(None, (), (series([1.0, 1.0, 1.0, 1.0, 1.0]),)))
    broken = draw_world(World(None, (), (series([1.0, 1.0, np.nan, 1.0, 1.0]),)))

    def strokes(svg):
        return max(path.count("M") for path in svg.split('d="')[1:] if "#c8501e" in path.split(">")[0])

    assert strokes(whole) == 1
    assert strokes(broken) == 2


def test_a_picture_of_nothing_and_a_file_of_another_kind_are_refused(tmp_path):
    with pytest.raises(BadRequest, match="nothing to draw"):
        world_spec(World(None, (), ()))
    with pytest.raises(BadRequest, match=r"ends in \.svg or \.png, not \.gif"):
        write_world(World(None, (), (series([1.0]),)), tmp_path / "world.gif")


@pytest.mark.parametrize(("ending", "begins"), [(".svg", b"<svg"), (".png", b"\x89PNG")])
def test_a_picture_is_written_by_its_ending(tmp_path, ending, begins):
    path = tmp_path / f"world{ending}"
    write_world(World("north", REGION, (series([1.0, 2.0]),)), path)
    assert path.read_bytes().startswith(begins)
