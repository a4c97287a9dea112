"""The capitals: one on every day a state is a member, in order, on the globe; a list against its rules is refused."""

import re
from datetime import date, timedelta
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import UnknownWord
from comity.vocab import capitals as room
from comity.vocab.capitals import Capital, capital_of, capitals, read_capitals
from comity.vocab.states import members, state, states

TEXT = (Path(room.__file__).parent / "capitals.yml").read_text(encoding="utf-8")
SPELLS = st.sampled_from([(each.code, spell) for each in states().values() for spell in each.memberships])
CAPITALS = st.sampled_from(capitals())
LINE = re.compile(
    r"|#.*|[A-Z]{3}:|"
    r"  - \{(start: \d{4}(-\d\d){0,2}, )?city: [^,:{}]+, latitude: -?\d+\.\d{4}, longitude: -?\d+\.\d{4}\}"
)


def kilometers(one: Capital, other: Capital) -> float:
    """The great-circle distance of two capitals on a sphere of the earth's mean radius."""
    north, south = radians(one.latitude), radians(other.latitude)
    across = sin(radians(other.longitude - one.longitude) / 2) ** 2
    return 2 * 6371.0088 * asin(sqrt(sin((south - north) / 2) ** 2 + cos(north) * cos(south) * across))


def city(code: str, *day: int) -> str | None:
    found = capital_of(code, date(*day))
    return found.city if found else None


# What must hold whatever the state and the day


@given(SPELLS, st.data())
def test_a_member_has_a_capital_on_every_member_day(spell_of, data):
    code, spell = spell_of
    day = data.draw(st.dates(min_value=spell.start, max_value=spell.end or date(2030, 12, 31)))
    found = capital_of(code, day)
    assert found is not None
    assert found.state == code
    assert found.start <= day <= (found.end or date.max)


def test_first_and_last_member_days_have_a_capital():
    for code, each in states().items():
        for spell in each.memberships:
            assert capital_of(code, spell.start)
            assert capital_of(code, spell.end or date(2030, 12, 31))


@given(CAPITALS, st.data())
def test_a_capital_is_found_on_its_days_and_on_no_other(capital, data):
    assert capital_of(capital.state, data.draw(st.dates(capital.start, capital.end or date(2030, 12, 31)))) == capital
    assert capital_of(capital.state, capital.start - timedelta(days=1)) != capital
    if capital.end:
        assert capital_of(capital.state, capital.end + timedelta(days=1)) != capital


@given(st.sampled_from(sorted(states())), st.dates(date(1800, 1, 1), date(2030, 12, 31)))
def test_the_answer_is_that_of_looking_through_the_whole_list(code, day):
    held = [each for each in capitals() if each.state == code and each.start <= day <= (each.end or date.max)]
    assert capital_of(code, day) == (held[0] if held else None)
    assert len(held) <= 1


def test_spans_follow_each_other_day_on_day():
    for one, other in pairwise(capitals()):
        if one.state == other.state:
            assert one.end == other.start - timedelta(days=1)
            assert one.city != other.city
        else:
            assert one.state < other.state
    assert all(each.end is None or each.start <= each.end for each in capitals())


def test_a_state_has_capitals_for_its_whole_life_and_no_longer():
    for code, each in states().items():
        held = [capital for capital in capitals() if capital.state == code]
        assert bool(held) == bool(each.memberships)
        if held:
            ends = [spell.end for spell in each.memberships]
            assert held[0].start == min(spell.start for spell in each.memberships)
            assert held[-1].end == (None if None in ends else max(ends))


def test_coordinates_lie_on_the_globe():
    assert all(-90 <= each.latitude <= 90 and -180 <= each.longitude <= 180 for each in capitals())


def test_a_name_is_one_place_unless_two_cities_far_apart_bear_it():
    places: dict[str, list[Capital]] = {}
    for each in capitals():
        places.setdefault(each.city, []).append(each)
    for name, found in places.items():
        apart = [kilometers(found[0], other) for other in found]
        assert all(km == 0 for km in apart) or name == "Valencia", name  # in Spain, and in Venezuela


def test_two_cities_that_follow_each_other_are_two_places():
    # A coordinate copied to the wrong line would put two cities of one state in one place.
    for one, other in pairwise(capitals()):
        assert one.state != other.state or kilometers(one, other) > 5, (one.city, other.city)


def test_every_line_of_the_list_has_its_one_form():
    assert [line for line in TEXT.splitlines() if not LINE.fullmatch(line)] == []


# Known cases


@pytest.mark.parametrize(
    ("code", "day", "expected"),
    [
        ("RUS", (1918, 3, 11), "Saint Petersburg"),
        ("RUS", (1918, 3, 12), "Moscow"),
        ("TUR", (1923, 10, 13), "Ankara"),  # the law of that day
        ("BRA", (1960, 4, 20), "Rio de Janeiro"),
        ("BRA", (1960, 4, 21), "Brasília"),
        ("PRT", (1820, 1, 1), "Rio de Janeiro"),  # the court was in Brazil
        ("DEU", (1990, 10, 3), "Bonn"),  # the law says Berlin, the government works in Bonn
        ("DEU", (1999, 9, 1), "Berlin"),
        ("GFR", (1990, 10, 2), "Bonn"),
        ("DDR", (1970, 1, 1), "Berlin"),
        ("ITA", (1816, 1, 1), "Turin"),
        ("ITA", (1871, 7, 1), "Rome"),
        ("CHN", (1940, 1, 1), "Chongqing"),
        ("CHN", (1949, 9, 30), "Nanjing"),
        ("JPN", (1850, 1, 1), "Tokyo"),  # the shogun governs from Edo
        ("JPN", (1868, 6, 1), "Kyoto"),
        ("NLD", (2000, 1, 1), "The Hague"),
        ("CIV", (2000, 1, 1), "Abidjan"),
        ("FRA", (1942, 1, 1), "Vichy"),
        ("POL", (1942, 1, 1), "Warsaw"),  # a government abroad is not recorded
        ("NOR", (1942, 1, 1), "Oslo"),
        ("CHE", (1848, 11, 28), "Bern"),
        ("YUG", (1999, 1, 1), "Belgrade"),
    ],
)
def test_known_capitals(code, day, expected):
    assert city(code, *day) == expected


def test_before_a_state_began_and_after_it_ended_there_is_none():
    assert city("SSD", 2011, 7, 8) is None
    assert city("SSD", 2011, 7, 9) == "Juba"
    assert city("DDR", 1990, 10, 3) is None
    assert city("ZAN", 1964, 4, 27) is None


def test_a_state_that_was_never_a_member_has_none_and_an_unknown_code_is_refused():
    assert not state("HAW").memberships
    assert city("HAW", 1890, 1, 1) is None
    with pytest.raises(UnknownWord, match="no state code"):
        capital_of("XYZ", date(2000, 1, 1))


def test_known_distances():
    # Both are 343 and 1,153 km in any atlas, to the kilometer or two that the choice of a city's center makes.
    london, paris = capital_of("GBR", date(2000, 1, 1)), capital_of("FRA", date(2000, 1, 1))
    seoul, tokyo = capital_of("KOR", date(2000, 1, 1)), capital_of("JPN", date(2000, 1, 1))
    assert kilometers(london, paris) == pytest.approx(343, abs=3)
    assert kilometers(seoul, tokyo) == pytest.approx(1155, abs=5)


@pytest.mark.parametrize("system", ["cow", "gw"])
def test_every_member_of_a_year_has_a_capital_on_its_last_day(system):
    # Panels of years may ask for the last day of the year; a state that ended within it has none by then.
    for year in range(1816, 2025):
        last = date(year, 12, 31)
        assert all(capital_of(code, last) for code in members(system, last))


# What is refused


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("ABK:\n", "ABX:\n", "ABK, ABX"),  # an unknown state
        ("AFG:\n", "ABK:\n", "AFG"),  # a state twice
        ("ABK:\n", "HAW:\n", "ABK, HAW"),  # a state that was never a member
        ("{city: Sukhumi,", "{start: 2008, city: Sukhumi,", "exactly the keys"),  # the first begins with the state
        ("{start: 1914-03-07, city: Durrës,", "{city: Durrës,", "exactly the keys"),
        ("city: Sukhumi,", "city: Sukhumi, country: Abkhazia,", "exactly the keys"),
        ("city: Sukhumi,", "city: ' ',", "no name"),
        ("start: 1914-03-07", "start: 1920-02-12", "not in order"),
        ("start: 1914-03-07", "start: 1913-01-01", "not in order"),  # no day would be left for the first
        ("start: 1914-03-07", "start: 1914-03-32", "not a date"),
        ("start: 1880-10-30, city: Tegucigalpa", "start: 1880-10-30, city: Comayagua", "follows itself"),
        ("latitude: 43.0033", "latitude: 90.0001", "four decimals"),
        ("latitude: 43.0033", "latitude: 43.003", "four decimals"),
        ("latitude: 43.0033", "latitude: nan", "four decimals"),
        ("longitude: 41.0153", "longitude: -180.0001", "four decimals"),
        ("longitude: 41.0153", "longitude: --1.0153", "four decimals"),
    ],
)
def test_a_list_that_breaks_its_rules_is_refused(old, new, reason):
    assert TEXT.count(old) == 1
    with pytest.raises((ValueError, UnknownWord), match=reason):
        read_capitals(TEXT.replace(old, new))


def test_a_capital_after_the_end_of_its_state_is_refused():
    late = TEXT.replace("start: 1860-05-01, city: Pretoria", "start: 1910-05-31, city: Pretoria")
    with pytest.raises(ValueError, match=r"TRA.*not in order"):
        read_capitals(late)


@pytest.mark.parametrize("text", ["", "[]", "ABK: 3", TEXT.partition("ANN:")[0], "AGO" + TEXT.partition("AGO")[2]])
def test_what_is_no_list_of_all_states_is_refused(text):
    with pytest.raises(ValueError, match="once and in order"):
        read_capitals(text)


@pytest.mark.parametrize("rows", ["", " []", " Sukhumi", "\n  - Sukhumi"])
def test_a_state_without_a_list_of_cities_is_refused(rows):
    start, end = TEXT.index("ABK:"), TEXT.index("AFG:")
    with pytest.raises(ValueError, match="ABK"):
        read_capitals(f"{TEXT[:start]}ABK:{rows}\n{TEXT[end:]}")
