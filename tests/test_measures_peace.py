"""Peace years, peace rows and the weight of past disputes, of pairs and of states."""

from __future__ import annotations

from collections import defaultdict

import pytest
from hypothesis import given, settings

from comity.panel import panel
from conflict_samples import STATES, both_ways, column, columns, disputed, knows, opened, part
from panel_samples import Sample

PAIR = ("FRA", "USA")


def at_odds(*years, first=1816, last=1991, pair=PAIR, name="dispute"):
    """A source that is complete from the first to the last year and lists one new dispute in each of these years."""
    facts = [
        row
        for year in years
        for of in (["war"] if name == "war" else [f"{name}_ongoing", f"{name}_onset"])
        for row in both_ways(of, pair, year, str(year))
    ]
    parts = [
        part(str(year), state, side, (year, year)) for year in years for state, side in zip(pair, "ab", strict=True)
    ]
    return Sample("alpha", (knows(name, first, last),), {"dyad_year_fact": facts, "dispute_party": parts})


@settings(max_examples=6)
@given(disputed())
def test_peace_and_history_are_those_of_a_plain_loop(tmp_path_factory, sample):
    """In a world in which the pairs are members throughout and nothing is known before 1988 or after 1991."""
    ongoing, begun = set(), defaultdict(int)
    for row in sample.rows["dyad_year_fact"]:
        key = (row["from_state"], row["to_state"], row["year"])
        ongoing |= {key} if row["fact"] == "dispute_ongoing" else set()
        begun[key] += row["fact"] == "dispute_onset"
    source = Sample("alpha", (knows("dispute", 1816, 1991),), sample.rows)
    with opened(tmp_path_factory, source) as store:
        names = ("dispute_peace_years", "past_dispute_count", "dispute_history", "years_together")
        peace, past, history, together = columns(store, names, years=(1987, 1993))
        in_rows = column(store, "dispute_peace_rows", years=(1987, 1993))
    for one, other, year in peace:
        if {one, other} & {"DEU", "YUG"}:
            continue
        years = [each for each in range(1987, year) if (one, other, each) in ongoing]
        first = year - together[one, other, year]
        expected = year - max([first, *(each + 1 for each in years)])
        counts = {each: begun[one, other, each] for each in range(1987, year)}
        known = year <= 1992
        assert peace[one, other, year] == (expected if known else None)
        assert in_rows[one, other, year] == (year - max([1987, *(each + 1 for each in years)]) if known else None)
        assert past[one, other, year] == (sum(counts.values()) if known else None)
        faded = sum(count * 0.5 ** ((year - each) / 8) for each, count in counts.items())
        assert history[one, other, year] == (pytest.approx(faded) if known else None)


def test_peace_years_do_not_depend_on_the_rows_of_the_panel_and_peace_rows_do(tmp_path_factory):
    """The field's program gives 41,484 of 223,982 rows another value when pairs are filtered first."""
    with opened(tmp_path_factory, at_odds(1950)) as store:
        years = column(store, "dispute_peace_years", years=(1960, 1961))
        rows = column(store, "dispute_peace_rows", years=(1960, 1961))
        longer = column(store, "dispute_peace_rows", years=(1949, 1961))
    assert [of[*PAIR, 1961] for of in (years, rows, longer)] == [10, 1, 10]


def test_the_clock_of_a_state_that_comes_back_runs_on(tmp_path_factory):
    """France was no member of the system from 1942 to 1944."""
    with opened(tmp_path_factory, at_odds(1940)) as store:
        years = column(store, "dispute_peace_years", years=(1938, 1946))
        rows = column(store, "dispute_peace_rows", years=(1938, 1946))
        past = column(store, "past_dispute_count", years=(1938, 1946))
        state = columns(store, ("dispute_peace_years", "dispute_peace_rows"), "state_year", (1938, 1946))
    absent = [year for year in range(1938, 1947) if (*PAIR, year) not in years]
    assert absent
    assert years[*PAIR, 1946] == 5
    assert rows[*PAIR, 1946] == 5 - len(absent)
    assert [past[*PAIR, year] for year in (1939, 1940, 1941, 1946)] == [0, 0, 1, 1]
    assert [of["FRA", 1946] for of in state] == [5, 5 - len(absent)]


def test_peace_is_unknown_once_a_year_is_and_known_again_after_a_dispute(tmp_path_factory):
    """Before the data begin there may have been a dispute; after one that is listed the clock is known to be new."""
    with opened(tmp_path_factory, at_odds(1985, first=1980, last=1988)) as store:
        years = column(store, "dispute_peace_years", years=(1978, 1992))
        history = column(store, "dispute_history", years=(1978, 1992))
    assert [years[*PAIR, year] for year in range(1984, 1992)] == [None, None, 0, 1, 2, 3, None, None]
    assert {history[*PAIR, year] for year in range(1978, 1992)} == {None}


def test_the_two_lists_and_wars_have_their_own_clocks(tmp_path_factory):
    for name, measure in (("mid", "mid_peace_years"), ("war", "war_peace_years"), ("mid", "mid_peace_rows")):
        with opened(tmp_path_factory, at_odds(1950, name=name)) as store:
            assert column(store, measure, years=(1949, 1954))[*PAIR, 1954] == 3
            assert column(store, "dispute_peace_years", years=(1949, 1954))[*PAIR, 1954] is None


def test_the_clocks_of_states(tmp_path_factory):
    source = at_odds(1950)
    joined = part("1952", "USA", "b", (1952, 1952), is_originator=False)
    rows = {**source.rows, "dispute_party": [*source.rows["dispute_party"], joined]}
    with opened(tmp_path_factory, Sample("alpha", source.coverage, rows)) as store:
        names = ("dispute_peace_years", "dispute_peace_rows", "dispute_initiation_peace_rows")
        years, in_rows, since_initiation = columns(store, names, "state_year", (1949, 1954))
    assert [years["FRA", year] for year in (1950, 1951, 1954)] == [134, 0, 3]
    assert [in_rows["FRA", year] for year in (1950, 1951, 1954)] == [1, 0, 3]
    # France stood on side A in 1950; the United States never initiated until they joined a dispute in 1952.
    assert [since_initiation[state, 1954] for state in PAIR] == [3, 1]
    with opened(tmp_path_factory, at_odds(1950, name="war")) as store:
        assert column(store, "war_peace_years", "state_year", (1949, 1954))["FRA", 1954] == 3


def test_years_together_begin_when_the_later_one_enters(tmp_path_factory):
    with opened(tmp_path_factory, at_odds()) as store:
        together = column(store, "years_together", years=(1990, 1992))
        made = panel(store, "dyad_year", years=(1990, 1990), states=("USA",)).add("years_together").to_arrow()
    assert together[*PAIR, 1990] == 174
    # Zimbabwe became a member in 1965.
    assert next(row["years_together"] for row in made.to_pylist() if "ZWE" in row.values()) == 25
    assert set(STATES) >= {state for key in together for state in key[:2]}


def test_a_dispute_counts_half_after_eight_years(tmp_path_factory):
    with opened(tmp_path_factory, at_odds(1950, 1958)) as store:
        history = column(store, "dispute_history", years=(1949, 1966))
    assert [history[*PAIR, year] for year in (1950, 1958, 1966)] == pytest.approx([0, 0.5, 0.75])
