"""Zones: known places in and out, nothing decided inside the error, and one answer for what the texts leave open."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.errors import UnknownWord
from comity.vocab.geometry import in_zone, locate, zones
from comity.vocab.states import states

PLACES = st.tuples(st.floats(-80, 80), st.floats(-179, 179)).map(lambda at: (round(at[0], 3), round(at[1], 3)))
NAMES = st.sampled_from(["osce_csbm", "border_chn_cis_100", "ib_ind_pak", *sorted(zones())])

KNOWN = [
    ("Kaliningrad", 54.71, 20.51, "osce_csbm", True),
    ("Kaliningrad", 54.71, 20.51, "russia_west_of_urals", True),
    ("Moscow", 55.75, 37.62, "osce_csbm", True),
    ("Perm", 58.01, 56.25, "osce_csbm", True),
    ("Orenburg, on the Ural River", 51.77, 55.10, "osce_csbm", True),
    ("Yekaterinburg, just beyond the crest", 56.84, 60.61, "osce_csbm", None),
    ("Chelyabinsk", 55.16, 61.40, "osce_csbm", False),
    ("Novosibirsk", 55.03, 82.92, "russia_west_of_urals", False),
    ("Novosibirsk", 55.03, 82.92, "osce_csbm", False),
    ("Paris", 48.86, 2.35, "osce_csbm", True),
    ("Cayenne, ground of France elsewhere", 4.93, -52.33, "osce_csbm", False),
    ("Astana", 51.13, 71.43, "osce_csbm", True),
    ("Simferopol, west of the Urals for both claimants", 44.95, 34.10, "osce_csbm", True),
    ("Fort Hood, outside though the United States take part", 31.14, -97.78, "osce_csbm", False),
    ("Algiers", 36.75, 3.06, "osce_csbm", False),
    ("Damascus", 33.51, 36.29, "osce_csbm", False),
    ("Middle of the Black Sea", 43.3, 34.0, "osce_csbm", True),
    ("Middle of the Norwegian Sea, adjoining to an extent not measured", 68.0, 1.0, "osce_csbm", None),
    ("Middle of the Black Sea", 43.3, 34.0, "black_sea", True),
    ("Sea of Azov", 46.0, 36.8, "black_sea", False),
    ("Sea of Marmara", 40.75, 28.2, "black_sea", False),
    ("Sea of Marmara", 40.75, 28.2, "turkish_straits", True),
    ("Ankara", 39.93, 32.86, "black_sea", False),
    ("Between Skyros and Psara", 38.7, 25.1, "aegean", True),
    ("Between 6 and 12 miles off Anafi", 36.36, 25.60, "aegean", None),
    ("Athens", 38.0, 23.73, "aegean", False),
    ("South of Crete", 34.2, 25.0, "aegean", False),
    ("Middle of the South China Sea", 14.0, 114.5, "scs", True),
    ("Taiwan Strait", 24.4, 119.5, "scs", None),
    ("Gulf of Thailand", 9.5, 102.0, "scs", None),
    ("Sulu Sea", 8.5, 120.0, "scs", False),
    ("Hanoi", 21.03, 105.85, "scs", False),
    ("Vladivostok", 43.12, 131.90, "border_chn_cis_100", True),
    ("Chita", 52.03, 113.50, "border_chn_cis_100", False),
    ("Delhi", 28.61, 77.21, "ib_ind_pak", True),
    ("Dhaka", 23.81, 90.41, "ib_ind_pak", False),
]


@pytest.mark.parametrize(("name", "latitude", "longitude", "zone", "inside"), KNOWN)
def test_a_known_place_is_in_or_out(name, latitude, longitude, zone, inside):
    assert in_zone(latitude, longitude, zone) is inside


def test_an_unknown_zone_is_refused_with_the_known_ones():
    with pytest.raises(UnknownWord, match="'baltic' is no zone of the geometry; it has aegean, black_sea"):
        in_zone(56.0, 19.0, "baltic")


@settings(max_examples=60)
@given(at=PLACES, zone=NAMES)
def test_an_answer_is_yes_no_or_unknown_and_ground_is_no_sea(at, zone):
    answer = in_zone(*at, zone)
    assert answer in (True, False, None)
    if answer and zone in zones() and not zones()[zone].land:
        assert locate(*at) == ()
    if answer and zone in zones() and zones()[zone].land:
        assert set(locate(*at)) <= {*zones()[zone].land} or locate(*at) == ()


@settings(max_examples=40)
@given(at=PLACES)
def test_nothing_east_of_the_urals_or_beyond_the_frame_is_in_the_area(at):
    latitude, longitude = at
    if longitude > 95 or longitude < -40 or latitude < 20:
        assert in_zone(latitude, longitude, "osce_csbm") is False
        assert in_zone(latitude, longitude, "russia_west_of_urals") is False


def test_zones_say_what_they_mean_and_name_states():
    for zone in zones().values():
        assert zone.means
        assert zone.basis
        assert set(zone.land) <= set(states())
        assert zone.error_km > 0
