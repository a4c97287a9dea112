"""Places of activities: zones and distances that the outlines give, in the words of the engine's vocabulary."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.cbm import Activity
from comity.cbm.places import BY_BORDERS, SEAS, placed_by_outlines
from comity.cbm.vocabulary import vocabulary


def activity(latitude, longitude, start="2027-05-03"):
    return Activity.from_dict({"type": "field_exercise", "start": start, "lat": latitude, "lon": longitude})


def test_every_zone_it_names_is_a_word_of_the_vocabulary():
    assert set(placed_by_outlines(activity(34.0, 74.0)).zones) <= set(vocabulary().zones)
    assert set(SEAS) | set(BY_BORDERS) <= set(vocabulary().zones)


@pytest.mark.parametrize(
    ("latitude", "longitude", "zone", "inside"),
    [
        (54.71, 20.51, "osce_csbm", True),
        (55.03, 82.92, "osce_csbm", False),
        (56.84, 60.61, "osce_csbm", None),
        (43.2, 34.0, "black_sea", True),
        (43.2, 34.0, "high_seas", True),
        (43.2, 34.0, "at_sea", True),
        (52.23, 21.01, "at_sea", False),
        (44.2, 33.6, "high_seas", None),
        (31.63, 74.87, "ib_ind_pak", True),
        (23.81, 90.41, "ib_ind_pak", False),
    ],
)
def test_known_places(latitude, longitude, zone, inside):
    assert placed_by_outlines(activity(latitude, longitude)).zones[zone] is inside


def test_the_distance_from_a_line_is_a_span_around_the_true_one():
    least, most = placed_by_outlines(activity(31.63, 74.87)).distances["ib_ind_pak"]  # Amritsar
    assert least < 28 < most
    assert most - least < 13
    assert "mdl_kor" not in placed_by_outlines(activity(31.63, 74.87)).distances


def test_borders_of_today_do_not_judge_activities_of_1986():
    old = placed_by_outlines(activity(52.5, 13.4, "1986-09-01"))
    assert not set(old.zones) & set(BY_BORDERS)
    assert old.distances == {}
    assert old.zones["black_sea"] is False


def test_an_activity_without_a_position_is_told_nothing():
    told = placed_by_outlines(Activity.from_dict({"type": "field_exercise", "place": "Rukla"}))
    assert (told.zones, told.distances) == ({}, {})


@settings(max_examples=30)
@given(st.floats(-80, 80), st.floats(-179, 179))
def test_answers_hang_together(latitude, longitude):
    zones = placed_by_outlines(activity(round(latitude, 3), round(longitude, 3))).zones
    if zones["high_seas"]:
        assert zones["at_sea"] is True
    for sea in SEAS:
        if zones[sea]:
            assert zones["at_sea"] is not False
