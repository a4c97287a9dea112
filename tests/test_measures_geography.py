"""Contiguity, borders and distances: contradictory records, neighbors of a state, and the publishers' files."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.panel import panel
from comity.panel.measure import find_measure
from fact_samples import cells, complete, membership, mirror_panel, one_source, opened, pair_facts, told

PAIR = ("BEL", "NLD")
CODES = {"BEL": 211, "NLD": 210}
FIRST, LAST = 1990, 1994


def month_start(month):
    return date(FIRST + month // 12, month % 12 + 1, 1)


def month_end(month):
    return date.fromordinal(month_start(month + 1).toordinal() - 1)


def contiguity_spell(kind, first, last):
    return {
        "fact": "contiguity_type", "from_state": PAIR[0], "to_state": PAIR[1], "item": "", "value": float(kind),
        "start_date": month_start(first), "start_precision": "month",
        "end_date": month_end(last), "end_precision": "month", "known_until": date(2016, 12, 31),
        "row_ref": f"spells.csv:{first}",
    }  # fmt: skip


months = st.integers(0, 12 * (LAST - FIRST + 1) - 1)
spans = st.tuples(months, months).map(sorted)
spells = st.lists(st.tuples(st.integers(1, 5), spans), max_size=4, unique_by=lambda spell: spell[1][0])
memberships = st.lists(spans, min_size=1, max_size=2, unique_by=lambda span: span[0])


def decided_by_months(records, of_state):
    """The rule of the field's program, month by month."""
    members = [{month for span in spans_ for month in range(span[0], span[1] + 1)} for spans_ in of_state]
    near = {month for _, span in records for month in range(span[0], span[1] + 1)}
    apart = sorted((members[0] & members[1]) - near) if records else []
    listed = [(span[0], span[1], kind) for kind, span in records]
    listed += [(apart[0], apart[-1], 0)] if apart else []
    in_month = defaultdict(list)
    for first, last, kind in listed:
        for month in range(first, last + 1):
            in_month[month].append((first, kind))
    found = {}
    for month in sorted(in_month):
        found.setdefault(FIRST + month // 12, min(in_month[month])[1])
    return found


@settings(max_examples=60)
@given(spells, memberships, memberships)
def test_of_contradictory_records_the_one_that_starts_first_decides(records, of_belgium, of_netherlands):
    """Equal to a loop over months, for any spells of contiguity and membership, overlapping or not."""
    rows = [
        membership(state, CODES[state], month_start(first), month_end(last))
        for state, spans_ in zip(PAIR, (of_belgium, of_netherlands), strict=True)
        for first, last in spans_
    ]
    tables = {"dyad_spell": [contiguity_spell(kind, *span) for kind, span in records], "state_membership": rows}
    with TemporaryDirectory() as folder, opened(Path(folder), one_source(tables)) as store:
        answer = store.ask(find_measure("dyad_year", "contiguity_type_first").sql).to_pylist()
    # A pair has a year where each code has a holder in it, though the two may not be members in the same month.
    spans_of_both = (of_belgium, of_netherlands)
    held = {year for year in range(FIRST, LAST + 1) if all(_in_year(each, year) for each in spans_of_both)}
    decided = decided_by_months(records, spans_of_both)
    assert {row["year"]: row["value"] for row in answer} == {
        year: kind for year, kind in decided.items() if kind and year in held
    }


def _in_year(spans_, year):
    first, last = 12 * (year - FIRST), 12 * (year - FIRST) + 11
    return any(span[0] <= last and first <= span[1] for span in spans_)


def test_a_border_of_some_years_is_lost_where_no_contiguity_starts_first(tmp_path):
    """As with Germany and Italy, neighbors from 1938 to 1945, which the field's program has at 0 in all years."""
    rows = [membership(state, code, date(FIRST, 1, 1)) for state, code in CODES.items()]
    tables = {
        "dyad_spell": [contiguity_spell(1, 24, 47)],
        "state_membership": rows,
        "dyad_year_fact": pair_facts("contiguity_type", {("BEL", "NLD", year): 1 for year in (1992, 1993)}),
    }
    covered = [complete(kind, FIRST, LAST) for kind in ("contiguity", "contiguity_record")]
    with opened(tmp_path, one_source(tables, *covered)) as store:
        made = panel(store, "dyad_year", years=(FIRST, LAST + 1), states=("BEL",)).add("contiguity_type_first")
        first, nearest = (cells(made.add(name), name) for name in ("contiguity_type_first", "contiguity_type"))
    assert [first[*PAIR, year] for year in range(FIRST, LAST + 2)] == [0, 0, 0, 0, 0, None]
    assert [nearest[*PAIR, year] for year in range(FIRST, LAST + 2)] == [0, 0, 1, 1, 0, None]


def test_the_code_of_a_state_that_was_renamed_keeps_its_record(tmp_path):
    """Code 345 runs from Serbia to Yugoslavia; a record cut where it changed hands still starts where it started."""
    rows = [
        membership("ITA", 325, date(1816, 1, 1)),
        membership("SRB", 345, date(1878, 7, 13), date(1918, 11, 30)),
        membership("YUG", 345, date(1918, 12, 1), date(1992, 1, 1)),
    ]
    spell = contiguity_spell(1, 0, 0) | {"from_state": "ITA", "to_state": "YUG"}
    spell |= {"start_date": date(1920, 11, 1), "end_date": date(1941, 4, 30)}
    with opened(tmp_path, one_source({"dyad_spell": [spell], "state_membership": rows})) as store:
        assert store.ask(find_measure("dyad_year", "contiguity_type_first").sql).num_rows == 0


def test_neighbors_are_counted_once_by_land_or_by_sea(tmp_path):
    facts = {("BEL", "NLD", 1990): 1, ("NLD", "BEL", 1990): 1, ("BEL", "FRA", 1990): 1, ("BEL", "GBR", 1990): 3}
    source = one_source({"dyad_year_fact": pair_facts("contiguity_type", facts)}, complete("contiguity", 1990, 1990))
    with opened(tmp_path, source) as store:
        made = panel(store, "state_year", years=(1990, 1991)).add("land_neighbor_count", "sea_neighbor_count")
        land, sea = (cells(made, name) for name in ("land_neighbor_count", "sea_neighbor_count"))
        pairs = panel(store, "dyad_year", years=(1990, 1991)).add("has_land_border", "is_contiguous")
        border, contiguous = (cells(pairs, name) for name in ("has_land_border", "is_contiguous"))
    assert [land[state, 1990] for state in ("BEL", "NLD", "GBR", "USA")] == [2, 1, 0, 0]
    assert [sea[state, 1990] for state in ("BEL", "NLD", "GBR", "USA")] == [1, 0, 1, 0]
    assert land["BEL", 1991] is None
    pair_years = [("BEL", "NLD", 1990), ("BEL", "GBR", 1990), ("FRA", "GBR", 1990), ("BEL", "NLD", 1991)]
    assert [border[key] for key in pair_years] == [True, False, False, None]
    assert [contiguous[key] for key in pair_years] == [True, True, False, None]


def test_the_nearest_state_is_the_nearest_of_which_a_distance_is_known(tmp_path):
    facts = {("BEL", "NLD", 1990): 0.0, ("BEL", "GBR", 1990): 80.5, ("GBR", "USA", 1990): 2500.0}
    with opened(tmp_path, one_source({"dyad_year_fact": pair_facts("minimum_distance_km", facts)})) as store:
        made = panel(store, "state_year", years=(1990, 1990)).add("nearest_state_km")
        nearest = cells(made, "nearest_state_km")
    assert [nearest[state, 1990] for state in ("BEL", "GBR", "USA", "JPN")] == [0.0, 80.5, 2500.0, None]


def test_a_distance_that_never_changes_is_told_of_the_years_of_both(tmp_path):
    rows = [membership("BEL", 211, date(1950, 1, 1)), membership("NLD", 210, date(1960, 1, 1), date(1970, 12, 31))]
    spell = {"fact": "capital_distance_km", "from_state": "NLD", "to_state": "BEL", "item": "", "value": 170.0}
    with opened(tmp_path, one_source({"dyad_spell": [spell], "state_membership": rows})) as store:
        made = panel(store, "dyad_year", years=(1955, 1975), states=("BEL",)).add("capital_distance_gleditsch_km")
        distance = cells(made, "capital_distance_gleditsch_km")
    assert {key for key, value in distance.items() if value == 170.0} == {(*PAIR, year) for year in range(1960, 1971)}
    assert {value for value in distance.values() if value != 170.0} == {None}


@pytest.mark.mirror
def test_contiguity_against_the_reference(tmp_path):
    """The rule of the field's program gives its sums, half of them for pairs without direction.

    It does so from the published spells, though the program's own table has 90 records of no contiguity more.
    """
    with mirror_panel(tmp_path, ("contiguity", "cow_states"), "dyad_year") as made:
        assert told(made, "contiguity_type_first") == (0, 175_042 / 2)
        assert told(made, "is_relevant_first") == (0, 223_982 / 2)
        # With the nearer kind of each year, 291 pair-years more are contiguous and so relevant.
        assert told(made, "contiguity_type") == (0, 88_768)
        assert told(made, "is_relevant") == (0, 112_282)


@pytest.mark.mirror
def test_neighbors_and_distances_against_the_reference(tmp_path):
    with mirror_panel(tmp_path, ("contiguity", "cow_states", "distance"), "state_year") as made:
        assert told(made, "land_neighbor_count_first") == (0, 44_106)
        assert told(made, "sea_neighbor_count_first") == (0, 30_292)
        assert told(made, "land_neighbor_count") == (0, 45_146)
        # The reference has 885,022.8; the distances that are loaded are rounded to a tenth of a kilometer.
        assert told(made, "nearest_state_km") == (2_562, pytest.approx(885_018.3))
