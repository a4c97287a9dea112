"""Of what happened, how much the lists know: against counts by hand, and unknown wherever nothing can be known."""

from __future__ import annotations

import random
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brief_samples import agreement, engagement
from comity.errors import BadRequest, UnknownWord
from comity.panel.capture import LEAST_OVERLAP, chapman
from comity.panel.completeness import completeness, completeness_by_stretch
from completeness_samples import MemoryStore, by_year, exercises, positive, region, store_of, whole

STATES = ("AUS", "FRA", "JPN", "PHL", "USA")
PAIRS = tuple(combinations(STATES, 2))
YEARS = (2000, 2009)
ALL = tuple((*pair, year) for pair in PAIRS for year in range(YEARS[0], YEARS[1] + 1))

lists = st.sets(st.sampled_from(ALL), max_size=60)
NULLS = ("estimated", "low", "high", "completeness", "pool")


def told(table):
    (row,) = table.to_pylist()
    return row


# Properties.


@settings(max_examples=30)
@given(lists, lists, lists)
def test_the_estimate_is_that_of_the_longest_list_against_the_others(one, two, three):
    spoken = {"alpha": one, "beta": two, "gamma": three}
    # A list of which nothing is loaded cannot be compared.
    given_lists = {name: cells for name, cells in spoken.items() if cells}
    store = store_of(given_lists, dict.fromkeys(spoken, positive()))
    rows = completeness_by_stretch(store, "exercise", YEARS).to_pylist()
    if not given_lists:
        assert rows == []
        return
    (row,) = rows
    longest = max(sorted(given_lists), key=lambda name: len(given_lists[name]))
    others = set().union(*(cells for name, cells in given_lists.items() if name != longest))
    first = given_lists[longest]
    assert row["listed"] == len(first | others)
    if len(given_lists) == 1 or len(first & others) < LEAST_OVERLAP:
        assert row["method"] == "unknown"
        assert {row[name] for name in NULLS} == {None}
    else:
        expected = chapman(len(first), len(others), len(first & others))
        assert row["method"] == "overlap"
        assert row["estimated"] == pytest.approx(float(expected.size))
        assert (row["low"], row["high"]) == pytest.approx((float(expected.low), float(expected.high)))


@settings(max_examples=20)
@given(lists, lists)
def test_unknown_is_null_and_the_estimate_is_never_below_what_is_listed(one, two):
    store = store_of({"alpha": one, "beta": two}, dict.fromkeys(("alpha", "beta"), positive()))
    for row in completeness(store, "exercise", (1998, 2011)).to_pylist():
        assert (row["listed"] is None) == (row["sources"] == [])
        assert (row["method"] == "unknown") == (row["completeness"] is None)
        if row["estimated"] is None:
            assert row["low"] is row["high"] is None
            assert row["method"] == "unknown" or row["listed"] == 0
        else:
            assert row["listed"] <= row["low"] * (1 + 1e-9)
            assert row["low"] <= row["estimated"] <= row["high"]
            assert row["completeness"] == pytest.approx(row["listed"] / row["estimated"])


@settings(max_examples=15)
@given(lists, lists, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(one, two, chance):
    rows = exercises("alpha", one) | {}
    for table, held in exercises("beta", two).items():
        rows[table] = rows.get(table, []) + held
    coverage = dict.fromkeys(("alpha", "beta"), positive())
    expected = completeness(MemoryStore(rows, coverage), "exercise", YEARS)
    for held in rows.values():
        chance.shuffle(held)
    assert completeness(MemoryStore(rows, coverage), "exercise", YEARS).equals(expected)


@settings(max_examples=15)
@given(lists)
def test_of_two_lists_that_are_one_nothing_is_missing(cells):
    store = store_of({"alpha": cells, "beta": cells}, dict.fromkeys(("alpha", "beta"), positive()))
    for row in completeness(store, "exercise", YEARS).to_pylist():
        assert row["completeness"] == (1 if len(cells) >= LEAST_OVERLAP else None)
        if row["listed"]:
            assert row["estimated"] == (row["listed"] if row["completeness"] else None)


def test_a_simulation_finds_the_share_again():
    chance = random.Random(20260101)
    codes = ("ARG", "AUS", "BRA", "CAN", "CHL", "DEU", "EGY", "ESP", "FRA", "GBR", "IND", "ITA", "JPN", "KOR", "USA")
    happened = [(a, b, year) for a, b in combinations(codes, 2) for year in range(2000, 2010) if chance.random() < 0.6]
    spoken = {name: [cell for cell in happened if chance.random() < share] for name, share in (("a", 0.7), ("b", 0.4))}
    row = told(completeness_by_stretch(store_of(spoken, dict.fromkeys("ab", positive())), "exercise", YEARS))
    assert row["low"] <= len(happened) <= row["high"]
    assert row["completeness"] == pytest.approx(1 - 0.3 * 0.6, abs=0.04)


# Known cases.

TEN = [("JPN", "USA", year) for year in range(2000, 2010)]


def test_one_list_that_is_not_complete_knows_no_share():
    rows = by_year(completeness(store_of({"alpha": TEN}, {"alpha": positive()}), "exercise", YEARS), "JPN")
    assert {row["listed"] for row in rows.values()} == {1}
    assert {row[name] for row in rows.values() for name in NULLS} == {None}


def test_one_list_that_holds_itself_complete_is_believed_also_where_it_has_nothing():
    store = store_of({"alpha": TEN}, {"alpha": whole()})
    rows = completeness(store, "exercise", (2000, 2001), ["FRA", "JPN"])
    for state, count in (("FRA", 0), ("JPN", 1)):
        row = by_year(rows, state)[2000]
        assert [row[name] for name in ("listed", "estimated", "low", "high", "completeness")] == [count] * 4 + [1]
        assert (row["method"], row["pool"], row["sources"]) == ("declared", None, ["alpha"])


def test_an_overlap_tells_more_than_a_declaration():
    # The second list has ten of which the first, which holds itself complete, has eight.
    other = [*TEN[:8], ("FRA", "JPN", 2008), ("FRA", "JPN", 2009)]
    store = store_of({"alpha": TEN, "beta": other}, {"alpha": whole(), "beta": positive()})
    row = told(completeness_by_stretch(store, "exercise", YEARS))
    assert (row["method"], row["listed"]) == ("overlap", 12)
    assert row["estimated"] == pytest.approx(11 * 11 / 9 - 1)


def test_where_none_is_listed_an_overlap_does_not_tell_how_many_were_missed():
    cells = [cell for cell in ALL if "FRA" not in cell]
    store = store_of({"alpha": cells, "beta": cells}, dict.fromkeys(("alpha", "beta"), positive()))
    row = by_year(completeness(store, "exercise", YEARS), "FRA")[2005]
    assert [row[name] for name in ("listed", "estimated", "low", "high", "completeness")] == [0, None, None, None, 1]


def test_observers_take_no_part():
    watched = [engagement(f"w-{year}", date(year, 6, 1), ("FRA", "USA:observer")) for year in range(2000, 2010)]
    store = store_of({}, {"register": positive()}, *watched)
    assert completeness_by_stretch(store, "exercise", YEARS).num_rows == 0


def test_a_state_has_rows_for_the_years_in_which_it_is_one_or_is_listed():
    # The East ended in 1990, and the West is another state than Germany before.
    store = store_of({"alpha": [("DDR", "JPN", 1992)]}, {"alpha": positive(1988, 1993)})
    rows = completeness(store, "exercise", (1988, 1993))
    assert sorted(by_year(rows, "DDR")) == [1988, 1989, 1990, 1992]
    assert sorted(by_year(rows, "DEU")) == [1990, 1991, 1992, 1993]


def test_lists_made_from_one_another_are_one_list():
    store = store_of({"jme": TEN, "mme": TEN}, {"jme": positive(), "mme": positive()})
    assert told(completeness_by_stretch(store, "exercise", YEARS))["method"] == "unknown"


def test_a_year_that_no_list_knows_whole_is_unknown():
    store = store_of({"alpha": [*TEN, ("JPN", "USA", 2010)]}, {"alpha": whole()})
    row = by_year(completeness(store, "exercise", (2009, 2010)), "JPN")[2010]
    assert (row["listed"], row["method"], row["sources"]) == (None, "unknown", [])


def test_an_estimate_does_not_look_across_a_seam():
    # From 2005 on a third list speaks, which has everything; before, what the two miss stays missed.
    early = [cell for cell in ALL if cell[2] < 2005]
    spoken = {"alpha": ALL, "beta": early[::2] + [("CHN", "USA", year) for year in range(2000, 2010)], "gamma": ALL}
    store = store_of(spoken, {"alpha": positive(), "beta": positive(), "gamma": positive(2005, 2009)})
    stretches = completeness_by_stretch(store, "exercise", YEARS).to_pylist()
    assert [(row["first_year"], row["last_year"]) for row in stretches] == [(2000, 2004), (2005, 2009)]
    rows = by_year(completeness(store, "exercise", YEARS), "USA")
    assert len({rows[year]["completeness"] for year in range(2000, 2005)} & {rows[2005]["completeness"]}) == 0
    assert rows[2004]["sources"] == ["alpha", "beta"]


def test_a_list_of_one_states_doings_says_nothing_of_others():
    spoken = {"alpha": ALL, "travel": [cell for cell in ALL if "USA" in cell]}
    store = store_of(spoken, {"alpha": positive(), "travel": positive(states=("USA",))})
    rows = completeness(store, "exercise", YEARS)
    assert {row["method"] for row in by_year(rows, "USA").values()} == {"overlap"}
    assert {row["method"] for row in by_year(rows, "JPN").values()} == {"unknown"}
    stretches = {row["scope"]: row["listed"] for row in completeness_by_stretch(store, "exercise", YEARS).to_pylist()}
    assert stretches == {None: len(ALL), "USA": len(spoken["travel"])}


def test_a_list_of_some_partners_is_compared_for_them_alone():
    neighbor = {"from_state": "CHN", "fact": "joint_exercise_count", "item": "", "source": "china_mil_diplomacy"}
    counts = [
        neighbor | {"to_state": to, "year": year, "value": value, "row_ref": f"counts.csv:{to}/{year}"}
        for to in ("IND", "PAK")
        for year, value in [(year, 1.0) for year in range(2000, 2005)] + [(2005, 0.0)]
    ]
    counts.append(
        neighbor | {"to_state": "NPL", "fact": "other", "year": 2000, "value": 0.0, "row_ref": "counts.csv:x"}
    )
    listed = [("CHN", to, year) for to in ("IND", "PAK", "USA") for year in range(2000, 2005)]
    china = positive(states=("CHN",))[0]
    kinds = (type(china)(kinds=("military_engagement",), completeness="positive_only", start=china.start,
                         end=china.end, states=china.states),)  # fmt: skip
    store = store_of({"alpha": listed}, {"alpha": positive(), "china_mil_diplomacy": kinds}, {"dyad_year_fact": counts})
    (row,) = [each for each in completeness_by_stretch(store, "exercise", YEARS).to_pylist() if each["scope"] == "CHN"]
    assert (row["listed"], row["partner_count"], row["completeness"]) == (10, 3, 1)


def test_the_overlap_is_counted_over_the_nearest_that_tells():
    # Of Japan and the United States eight years stand on both lists; of France and Fiji one, in the same years.
    near = [("JPN", "USA", year) for year in range(2000, 2010)]
    far = [("FJI", "FRA", 2005), ("FJI", "KEN", 2005)]
    spoken = {"alpha": near + far, "beta": near + far[:1] + [("JPN", "KOR", 2000)]}
    coverage = dict.fromkeys(spoken, positive())
    rows = completeness(store_of(spoken, coverage, region("sea", "FJI", "JPN")), "exercise", YEARS)
    pools = {state: by_year(rows, state)[2005]["pool"] for state in ("FJI", "FRA", "JPN", "KEN")}
    # Within two years of 2005 five things of Japan stand on both lists and six of the region, which is too few.
    assert pools == dict.fromkeys(("FJI", "FRA", "JPN", "KEN"), "all states, all years")
    doubled = {name: [*cells, *(("AUS", "JPN", year) for year in range(2000, 2010))] for name, cells in spoken.items()}
    rows = completeness(store_of(doubled, coverage, region("sea", "FJI", "JPN")), "exercise", YEARS)
    pools = {state: by_year(rows, state)[2005]["pool"] for state in ("FJI", "FRA", "JPN", "KEN")}
    assert pools == {"FJI": "sea", "FRA": "all states", "JPN": "state", "KEN": "all states"}


def test_a_text_signed_within_a_year_is_one_text():
    signed = [(2001, 2002), (2003, 2003), (2005, 2004), (2007, 2007), (2009, 2006)]
    rows = {"agreement": [], "agreement_party": []}
    for number, years in enumerate(signed):
        for source, year in zip(("register", "dcad"), years, strict=True):
            made = agreement(f"{source}-{number}", ("FRA", "JPN"), signed_date=date(year, 3, 1), source=source)
            for table, held in made.items():
                rows[table] += held
    known = tuple(type(each)(kinds=("agreement",), completeness="positive_only", start=each.start, end=each.end)
                  for each in positive())  # fmt: skip
    store = MemoryStore(rows, {"register": known, "dcad": known})
    assert told(completeness_by_stretch(store, "agreement", YEARS))["listed"] == 6


@pytest.mark.parametrize(
    ("instrument", "years", "states", "error", "words"),
    [
        ("spying", YEARS, (), BadRequest, "'spying' is no instrument; there are exercise"),
        ("exercise", (2009, 2000), (), BadRequest, "years 2009:2000 end before they begin"),
        ("exercise", YEARS, ("QQQ",), UnknownWord, "QQQ"),
    ],
)
def test_what_cannot_be_meant_is_refused(instrument, years, states, error, words):
    with pytest.raises(error, match=words):
        completeness(store_of({}, {}), instrument, years, states)
