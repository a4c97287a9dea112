"""Disputes by pair, state and month against plain loops over their parties, and the cases that taught their rules."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import pytest
from hypothesis import given, settings

from comity.panel import find_measure
from conflict_samples import both_ways, column, columns, dispute, disputed, fact, knows, opened, part
from panel_samples import Sample

few = settings(max_examples=8)  # each makes a whole store and several panels


def facing(sample):
    """For each directed pair and year: its disputes, with whether each is new and the first state's part in it."""
    found = defaultdict(list)
    held = {row["dispute"]: row for row in sample.rows["dispute"]}
    of_state = {(row["dispute"], row["state"]): row for row in sample.rows["dispute_party"]}
    facts = sample.rows.get("dyad_year_fact", [])
    new = {(row["from_state"], row["to_state"], row["year"], row["item"]) for row in facts if "onset" in row["fact"]}
    for row in facts:
        if row["fact"] == "dispute_ongoing":
            key = (row["from_state"], row["to_state"], row["year"])
            mine, theirs = (of_state[row["item"], row[end]] for end in ("from_state", "to_state"))
            found[key].append((held[row["item"]], (*key, row["item"]) in new, mine, theirs))
    return found


def rank(entry):
    """The order in which the disputes of a pair speak, first the one that does."""
    held, is_new, _, _ = entry
    deaths = 0.5 if held["fatality_level"] is None else held["fatality_level"]
    return (
        not is_new, -deaths, -held["hostility_level"], not held["is_reciprocated"], held["start_date"].month,
        held["dispute"],
    )  # fmt: skip


def initiates(entry):
    return entry[2]["side"] == "a" or not entry[2]["is_originator"]


@few
@given(disputed())
def test_who_did_what_in_a_dispute_is_what_a_plain_loop_finds(tmp_path_factory, sample):
    listed = facing(sample)
    with opened(tmp_path_factory, sample) as store:
        names = (
            *("dispute_is_on_side_a", "dispute_is_originator"),
            *("dispute_is_initiating_side", "is_dispute_initiator"),
        )
        on_side_a, originator, initiating, onset = columns(store, names, "directed_dyad_year")
    for key in on_side_a:
        entries = sorted(listed.get(key, []), key=rank)
        known = (on_side_a[key], originator[key], initiating[key])
        if not entries:
            assert known == (None, None, None)
        else:
            first = entries[0]
            assert known == (first[2]["side"] == "a", first[2]["is_originator"], initiates(first))
        expected = None if key[2] > 1991 else any(entry[1] and initiates(entry) for entry in entries)
        assert onset[key] == expected


@few
@given(disputed())
def test_how_grave_the_disputes_of_a_pair_are_is_what_a_plain_loop_finds(tmp_path_factory, sample):
    listed = facing(sample)
    names = (
        *("dispute_count", "dispute_onset_count", "dispute_hostility_level", "has_force"),
        *("dispute_fatality_level", "has_fatal_dispute"),
    )
    with opened(tmp_path_factory, sample) as store:
        count, onsets, level, force, deaths, fatal = columns(store, names)
    for key in count:
        entries = listed.get(key, [])
        if key[2] > 1991:
            assert {of[key] for of in (count, onsets, level, force, deaths, fatal)} == {None}
            continue
        reached = max((max(entry[side]["hostility_level"] for side in (2, 3)) for entry in entries), default=0)
        assert (count[key], onsets[key]) == (len(entries), sum(entry[1] for entry in entries))
        assert (level[key], force[key]) == (reached, reached >= 4)
        known = [entry[0]["fatality_level"] for entry in entries]
        assert deaths[key] == (None if None in known else max(known, default=None))
        assert fatal[key] == (None if None in known else max(known, default=0) >= 1)


@few
@given(disputed())
def test_the_disputes_of_a_state_are_those_of_a_plain_loop(tmp_path_factory, sample):
    names = ("dispute_count", "dispute_onset_count", "dispute_initiation_count", "initiated_dispute_count")
    with opened(tmp_path_factory, sample) as store:
        *found, ongoing, onset = columns(store, (*names, "dispute_ongoing", "dispute_onset"), "state_year")
    for state, year in found[0]:
        mine = [row for row in sample.rows["dispute_party"] if row["state"] == state and row["start_date"].year <= year]
        mine = [row for row in mine if year <= row["end_date"].year]
        begun = [row for row in mine if row["start_date"].year == year]
        led = [[row for row in of if row["side"] == "a" or not row["is_originator"]] for of in (begun, mine)]
        expected = [len(of) for of in (mine, begun, *led)]
        if year > 1991:
            expected = [None] * 4
        assert [of[state, year] for of in found] == expected
        assert [of[state, year] for of in (ongoing, onset)] == [
            None if count is None else count > 0 for count in expected[:2]
        ]


@few
@given(disputed())
def test_the_months_of_a_dispute_lie_in_its_years(tmp_path_factory, sample):
    """What a month says, the year says: certain and possible months make the year's onset and nothing else does."""
    with opened(tmp_path_factory, sample) as store:
        year_of = column(store, "dispute_ongoing")
        sure, month_of = columns(store, ("dispute_ongoing_certainty", "dispute_ongoing"), "dyad_month")
    by_year = defaultdict(list)
    for (one, other, year, _), value in sure.items():
        by_year[one, other, year].append(value)
    for key, value in year_of.items():
        assert value == (None if key[2] > 1991 else max(by_year[key]) > 0)
    assert all(month_of[key] == {None: None, 0: False, 1: None, 2: True}[value] for key, value in sure.items())


def one_source(*, facts, parts=(), disputes=(), **more):
    tables = {"dyad_year_fact": facts, "dispute_party": list(parts), "dispute": list(disputes)} | more
    return Sample("alpha", (knows("dispute", 1900, 1999), knows("mid", 1900, 1999)), tables)


def test_of_two_disputes_unknown_deaths_outrank_none_and_not_a_few(tmp_path_factory):
    """The field's program keeps dispute 1363, whose deaths are unknown, over 3361, which had none, in 1961."""
    pair = ("FRA", "USA")
    for other_deaths, speaks in ((0, True), (1, False)):
        disputes = [dispute(number, date(1961, 12, 1), date(1961, 12, 28)) for number in "12"]
        disputes[0]["fatality_level"], disputes[1]["fatality_level"] = None, other_deaths
        parts = [part("1", "FRA", "a", (1961, 1961)), part("1", "USA", "b", (1961, 1961))]
        parts += [part("2", "FRA", "b", (1961, 1961)), part("2", "USA", "a", (1961, 1961))]
        facts = [row for number in "12" for row in both_ways("dispute_onset", pair, 1961, number)]
        facts += [row | {"fact": "dispute_ongoing"} for row in facts]
        source = one_source(facts=facts, parts=parts, disputes=disputes)
        with opened(tmp_path_factory, source) as store:
            found = column(store, "dispute_is_on_side_a", "directed_dyad_year", (1961, 1961))
        assert (found["FRA", "USA", 1961], found["USA", "FRA", 1961]) == (speaks, not speaks)


def test_of_two_disputes_the_longer_one_speaks_where_lengths_are_known(tmp_path_factory):
    disputes = [dispute(number, date(1961, 3, 1), date(1961, 12, 28)) for number in "12"]
    parts = [part("1", "FRA", "a", (1961, 1961)), part("1", "USA", "b", (1961, 1961))]
    parts += [part("2", "FRA", "b", (1961, 1961)), part("2", "USA", "a", (1961, 1961))]
    facts = [row for number in "12" for row in both_ways("dispute_ongoing", ("FRA", "USA"), 1961, number)]
    length = {"core_table": "dispute", "part": "", "property": "shortest_duration_days"}
    lengths = [length | {"item": "1", "value": 30.0}, length | {"item": "2", "value": 200.0}]
    source = one_source(facts=facts, parts=parts, disputes=disputes, property=lengths)
    with opened(tmp_path_factory, source) as store:
        found = column(store, "dispute_is_on_side_a", "directed_dyad_year", (1961, 1961))
    assert found["USA", "FRA", 1961] is True


def test_a_pair_whose_parts_are_not_told_has_a_dispute_all_the_same(tmp_path_factory):
    """Serbia's part in a dispute goes to the end of 1918, when the pairs of its number are Yugoslavia's."""
    facts = both_ways("dispute_ongoing", ("DEU", "YUG"), 1918, "1") + both_ways(
        "dispute_onset", ("DEU", "YUG"), 1918, "1"
    )
    whole = dispute("1", date(1914, 7, 1), date(1918, 11, 11), hostility_level=5)
    parts = [part("1", "DEU", "a", (1914, 1918)), part("1", "SRB", "b", (1914, 1918))]
    with opened(tmp_path_factory, one_source(facts=facts, parts=parts, disputes=[whole])) as store:
        assert column(store, "dispute_hostility_level", years=(1918, 1918))["DEU", "YUG", 1918] == 5
        assert column(store, "has_force", years=(1918, 1918))["DEU", "YUG", 1918] is True
        assert column(store, "dispute_count", "state_year", (1918, 1918))["YUG", 1918] == 1
        assert column(store, "dispute_is_on_side_a_a_to_b", years=(1918, 1918))["DEU", "YUG", 1918] is None
        # That one of the two initiated it is likely, and zero would deny it.
        assert column(store, "is_dispute_initiator_a_to_b", years=(1918, 1918))["DEU", "YUG", 1918] is None


def test_a_state_that_changes_sides_has_the_side_of_the_year(tmp_path_factory):
    facts = [
        *both_ways("dispute_ongoing", ("FRA", "USA"), 1940, "1"),
        *both_ways("dispute_ongoing", ("FRA", "ITA"), 1944, "1"),
    ]
    whole = dispute("1", date(1939, 9, 1), date(1945, 8, 14))
    parts = [part("1", "USA", "a", (1939, 1945)), part("1", "ITA", "b", (1939, 1945))]
    parts += [part("1", "FRA", "b", (1939, 1942)), part("1", "FRA", "a", (1943, 1945))]
    with opened(tmp_path_factory, one_source(facts=facts, parts=parts, disputes=[whole])) as store:
        found = column(store, "dispute_is_on_side_a_a_to_b", years=(1939, 1945))
    assert (found["FRA", "USA", 1940], found["FRA", "ITA", 1944]) == (False, True)


def months(store, name, pair, year):
    found = column(store, name, "dyad_month", (year, year))
    return [found[*pair, year, month] for month in range(1, 13)]


def test_a_dispute_of_two_has_its_months_and_a_joiner_of_whom_the_year_is_known_has_not(tmp_path_factory):
    whole = dispute("1", date(1961, 3, 1), date(1961, 5, 31))
    parts = [part("1", "FRA", "a", (1961, 1961)), part("1", "USA", "b", (1961, 1961))]
    facts = both_ways("dispute_ongoing", ("FRA", "USA"), 1961, "1")
    with opened(tmp_path_factory, one_source(facts=facts, parts=parts, disputes=[whole])) as store:
        assert months(store, "dispute_ongoing", ("FRA", "USA"), 1961) == [False] * 2 + [True] * 3 + [False] * 7
        assert months(store, "dispute_onset", ("FRA", "USA"), 1961) == [False] * 2 + [True] + [False] * 9
    joiner = part("1", "JPN", "a", (1961, 1961), is_originator=False)
    with opened(tmp_path_factory, one_source(facts=facts, parts=[*parts, joiner], disputes=[whole])) as store:
        assert months(store, "dispute_ongoing", ("JPN", "USA"), 1961) == [False] * 2 + [None] * 3 + [False] * 7
        assert months(store, "dispute_onset", ("JPN", "USA"), 1961) == [False] * 2 + [None] * 3 + [False] * 7
        # The two who were in it from the start began in its first month; how long each stayed is not told.
        assert months(store, "dispute_ongoing", ("FRA", "USA"), 1961)[1:6] == [False, True, None, None, False]
        assert months(store, "dispute_onset", ("FRA", "USA"), 1961)[2] is True


def test_months_of_parts_that_are_told_by_the_day(tmp_path_factory):
    whole = dispute("1", date(1961, 3, 1), date(1961, 9, 30))
    days = {"start_precision": "day", "end_precision": "day"}
    parts = [
        part("1", "FRA", "a", (1961, 1961), **days, start_date=date(1961, 3, 4), end_date=date(1961, 9, 30)),
        part("1", "USA", "b", (1961, 1961), **days, start_date=date(1961, 3, 4), end_date=date(1961, 7, 2)),
        part("1", "JPN", "b", (1961, 1961), **days, start_date=date(1961, 8, 9), end_date=date(1961, 9, 1)),
    ]
    facts = both_ways("mid_ongoing", ("FRA", "USA"), 1961, "1")
    with opened(tmp_path_factory, one_source(facts=facts, parts=parts, disputes=[whole])) as store:
        assert months(store, "mid_ongoing", ("FRA", "USA"), 1961) == [False] * 2 + [True] * 5 + [False] * 5
        assert months(store, "mid_ongoing", ("FRA", "JPN"), 1961) == [False] * 7 + [True] * 2 + [False] * 3
        assert months(store, "mid_onset", ("FRA", "JPN"), 1961) == [False] * 7 + [True] + [False] * 4


def test_deaths_of_one_side_that_are_not_known_are_not_none(tmp_path_factory):
    """In 569 of 9,000 rows of the publisher's dyad-years the deaths of a side are missing."""
    facts = both_ways("mid_ongoing", ("FRA", "USA"), 1961, "1")
    facts.append(fact("mid_fatality_level", ("FRA", "USA"), 1961, "1", 0.0))
    told = [*facts, fact("mid_fatality_level", ("USA", "FRA"), 1961, "1", 2.0)]
    for rows, level, is_fatal in ((facts, None, None), (told, 2, True)):
        with opened(tmp_path_factory, one_source(facts=rows)) as store:
            assert column(store, "mid_fatality_level", years=(1961, 1961))["FRA", "USA", 1961] == level
            fatal = column(store, "has_fatal_mid", years=(1961, 1961))
        assert (fatal["FRA", "USA", 1961], fatal["BRA", "FRA", 1961]) == (is_fatal, False)


def test_disputes_of_the_two_lists_are_not_counted_as_one(tmp_path_factory):
    facts = [*both_ways("mid_ongoing", ("FRA", "USA"), 1961, "1"), *both_ways("mid_onset", ("FRA", "USA"), 1961, "1")]
    facts.append(fact("mid_hostility_level", ("FRA", "USA"), 1961, "1", 4.0))
    parts = [part("1", "FRA", "a", (1961, 1961)), part("1", "USA", "b", (1961, 1961))]
    source = one_source(facts=facts, parts=parts, disputes=[dispute("1", date(1961, 3, 1), date(1961, 5, 31))])
    with opened(tmp_path_factory, source) as store:
        for name in ("dispute_ongoing", "dispute_onset_count", "dispute_hostility_level"):
            assert not column(store, name, years=(1961, 1961))["FRA", "USA", 1961]
        assert column(store, "dispute_count", "state_year", (1961, 1961))["FRA", 1961] == 0
        assert column(store, "mid_count", "state_year", (1961, 1961))["FRA", 1961] == 1
        assert column(store, "mid_onset_count", "state_year", (1961, 1961))["FRA", 1961] == 1
        assert column(store, "mid_hostility_level", years=(1961, 1961))["FRA", "USA", 1961] == 4
        assert column(store, "mid_onset_count", years=(1961, 1961))["FRA", "USA", 1961] == 1
        found = column(store, "is_mid_initiator", "directed_dyad_year", (1961, 1961))
        assert (found["FRA", "USA", 1961], found["USA", "FRA", 1961]) == (True, False)


@pytest.mark.parametrize("name", ["dispute_is_on_side_a", "dispute_onset_initiator", "is_dispute_initiator"])
def test_who_acted_has_a_direction(name):
    assert find_measure("dyad_year", name).is_directed
