"""The packaged outlines: what they hold, where known places lie, and how far they are from known lines."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import BadRequest, UnknownWord
from comity.vocab.capitals import capitals
from comity.vocab.geometry import (
    Distance,
    border_distance_km,
    disputed_areas,
    in_belt,
    line_distance_km,
    locate,
    state_distance_km,
    states_near,
    world,
)
from comity.vocab.geometry.outlines import COAST_ERROR_KM, LEVELS_KM, SEA
from comity.vocab.geometry.sphere import great_circle_km, nearest_km, vectors
from comity.vocab.states import state, states

LATITUDES = st.floats(-80, 80, allow_nan=False).map(lambda value: round(value, 3))
LONGITUDES = st.floats(-179, 179, allow_nan=False).map(lambda value: round(value, 3))

# City, latitude, longitude, whose ground.
KNOWN = [
    ("Kaliningrad", 54.710, 20.510, ("RUS",)),
    ("Novosibirsk", 55.030, 82.920, ("RUS",)),
    ("Manila", 14.600, 120.984, ("PHL",)),
    ("Warsaw", 52.230, 21.010, ("POL",)),
    ("Maseru, inside South Africa", -29.320, 27.480, ("LSO",)),
    ("San Marino, inside Italy", 43.940, 12.450, ("SMR",)),
    ("Cabinda, apart from Angola", -5.200, 12.400, ("AGO",)),
    ("Honolulu", 21.330, -157.850, ("USA",)),
    ("Guam, a territory", 13.450, 144.780, ("USA",)),
    ("Hong Kong", 22.400, 114.150, ("CHN",)),
    ("Taipei", 25.040, 121.540, ("TWN",)),
    ("Anadyr, beyond the 180th meridian", 66.000, -172.500, ("RUS",)),
    ("Simferopol", 44.950, 34.100, ("RUS", "UKR")),
    ("Srinagar", 34.080, 74.800, ("IND", "PAK")),
    ("Laayoune", 27.150, -13.150, ("ESH", "MAR")),
    ("Stanley", -51.700, -58.000, ("ARG", "GBR")),
    ("Middle of the South China Sea", 14.000, 114.500, ()),
    ("Middle of the Caspian", 41.500, 50.700, ()),
]


@pytest.mark.parametrize(("name", "latitude", "longitude", "held"), KNOWN)
def test_a_known_place_is_on_known_ground(name, latitude, longitude, held):
    assert locate(latitude, longitude) == held
    assert held in states_near(latitude, longitude)


def test_every_capital_of_today_lies_on_the_ground_of_its_state():
    """Within the error of the outlines; Abkhazia and South Ossetia have no outline of their own."""
    wrong = []
    for capital in capitals():
        if capital.end is None and capital.state not in ("ABK", "SOT"):
            near = states_near(capital.latitude, capital.longitude)
            if not any(capital.state in claims for claims in near):
                wrong.append((capital.state, capital.city, sorted(near)))
    assert wrong == []


# Coordinates of both ends and distances on the ellipsoid WGS 84, in km, as published for city pairs and border places.
@pytest.mark.parametrize(
    ("one", "two", "km"),
    [
        ((0.0, 0.0), (0.0, 90.0), 10018.754),  # a quarter of the equator: pi / 2 of 6378.137 km
        ((0.0, 0.0), (90.0, 0.0), 10001.966),  # a quarter of a meridian
        (
            (-37.95103341666667, 144.42486788888889),
            (-37.65282113888889, 143.92649552777778),
            54.972271,
        ),  # Vincenty's line
    ],
)
def test_distances_differ_from_the_ellipsoid_by_less_than_is_said(one, two, km):
    assert great_circle_km(one, two) == pytest.approx(km, rel=0.006)


@pytest.mark.parametrize(
    ("place", "pair", "km"),
    [
        ((49.0, -110.0), ("CAN", "USA"), 0.0),  # the 49th parallel
        ((50.0, -110.0), ("CAN", "USA"), 111.2),  # one degree north of it
        ((22.0, 25.0), ("EGY", "LBY"), 0.0),  # the 25th meridian
        ((26.0, 26.0), ("EGY", "LBY"), 99.98),  # one degree east of it: 111.24 km times the cosine of 26 degrees
        ((-1.0, 141.0), ("IDN", "PNG"), 178.0),  # the line begins on the north coast, near 2.6 south
    ],
)
def test_distance_from_borders_that_are_drawn_by_degrees(place, pair, km):
    found = border_distance_km(*place, *pair)
    assert found.km == pytest.approx(km, abs=found.error_km)
    assert border_distance_km(*place, *reversed(pair)) == found


def test_distances_that_rules_ask_for():
    assert line_distance_km(37.57, 126.98, "mdl_kor").km == pytest.approx(40, abs=6)  # Seoul
    assert line_distance_km(31.604, 74.573, "ib_ind_pak").km < 2  # the gate at Wagah
    assert in_belt(48.48, 135.07, ("CHN", "RUS"), 100) is True  # Khabarovsk
    assert in_belt(52.03, 113.50, ("CHN", "RUS"), 100) is False  # Chita
    assert border_distance_km(48.2, 16.37, "AUT", "FRA") is None
    with pytest.raises(UnknownWord, match="no land border"):
        in_belt(48.2, 16.37, ("AUT", "FRA"), 100)
    with pytest.raises(UnknownWord, match="no line"):
        line_distance_km(48.2, 16.37, "maginot")


def test_a_disputed_border_counts_every_line_that_one_side_may_mean():
    perekop = border_distance_km(46.15, 33.65, "RUS", "UKR")
    assert perekop.km < 10
    assert state_distance_km(44.95, 34.1, "UKR").km == state_distance_km(44.95, 34.1, "RUS").km == 0


@given(latitude=LATITUDES, longitude=LONGITUDES)
def test_locating_is_one_of_the_answers_that_the_error_allows(latitude, longitude):
    found = locate(latitude, longitude)
    assert found in states_near(latitude, longitude)
    assert set(found) <= set(states())
    assert list(found) == sorted(set(found))


@given(
    one=st.tuples(LATITUDES, LONGITUDES),
    two=st.tuples(LATITUDES, LONGITUDES),
    code=st.sampled_from(["PHL", "FRA", "RUS", "FJI", "USA"]),
)
def test_distance_to_a_state_grows_no_faster_than_the_way_walked(one, two, code):
    there, here = state_distance_km(*one, code), state_distance_km(*two, code)
    assert abs(there.km - here.km) <= great_circle_km(one, two) + 2 * COAST_ERROR_KM
    assert (there.km == 0) >= (code in locate(*one))


@given(km=st.floats(0, 1000), error=st.floats(0, 50), limit=st.floats(0, 1000))
def test_a_limit_is_judged_only_outside_the_error(km, error, limit):
    answer = Distance(km, error).is_within(limit)
    if answer is None:
        assert km - error <= limit < km + error
    else:
        assert answer == (km <= limit)


@pytest.mark.parametrize(("latitude", "longitude"), [(91, 0), (0, 181), (math.nan, 0), (0, math.inf)])
def test_a_place_off_the_globe_is_refused(latitude, longitude):
    with pytest.raises(BadRequest, match="no place on the globe"):
        locate(latitude, longitude)


def test_outlines_are_whole():
    """Rings are closed, arcs lie between the units they say, and every member state of today has ground."""
    outlines = world()
    for ring in outlines.rings:
        points = outlines.ring_points(ring)
        assert np.array_equal(points[0], points[-1])
        for arc in ring.arcs:
            assert ring.unit in outlines.sides(abs(arc) - 1)
    held = {claim for unit in outlines.units for claim in unit.claims}
    now = {code for code, each in states().items() if any(spell.end is None for spell in each.memberships)}
    assert now - held == {"ABK", "SOT"}
    assert {claim for unit in outlines.units for claim in unit.claims} <= set(states())


@pytest.mark.parametrize("tolerance", [1.0, 4.0, 16.0, 64.0])
def test_fewer_points_stay_within_the_tolerance(tolerance):
    """Every dropped point of some borders lies no further from what is kept than was asked."""
    outlines = world()
    borders = [arc for arc in range(len(outlines.arc_kinds)) if SEA not in outlines.sides(arc)][::25]
    for arc in borders:
        kept, fine = vectors(outlines.arc(arc + 1, tolerance)), vectors(outlines.arc(arc + 1))
        far = [nearest_km(point, kept[:-1], kept[1:]).min() for point in fine]
        assert max(far) <= tolerance + 0.2
        assert len(kept) <= len(fine)


def test_levels_are_the_tolerances_that_are_offered():
    assert list(LEVELS_KM) == [0.5 * 2**power for power in range(9)]


def test_disputed_areas_name_states_and_stand_where_they_say():
    by_code = world().by_code
    for area in disputed_areas():
        assert area.claims == tuple(sorted({state(code).code for code in area.claims}))
        if area.unit is not None:
            assert area.unit in by_code
            assert set(area.claims) == {claim for place in by_code[area.unit] for claim in world().units[place].claims}
