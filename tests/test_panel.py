"""Panels: the rows are the spine's and nothing else, and each cell is what a plain loop over the facts says it is."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import date, timedelta

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.panel import known_measures, panel, spine
from comity.panel.spines import SYSTEMS
from comity.store import open_store
from comity.vocab.states import members, membership_rows
from panel_samples import STATES, STORED, YEARS, Sample, cell, decides, ideal_points, samples
from strategies import small_source, write_sources

few = settings(max_examples=12)  # each makes a whole store and every measure, and looks at hundreds of cells
systems = st.sampled_from(SYSTEMS)
spans = st.tuples(st.integers(1816, 2030), st.integers(0, 3)).map(lambda span: (span[0], span[0] + span[1]))


@contextmanager
def opened(tmp_path_factory, given_samples):
    place = tmp_path_factory.mktemp("panel") / "store"
    write_sources(place, *(sample.loaded() for sample in given_samples))
    with open_store(place) as store:
        yield store


def rows_of(store, system="cow", unit="dyad_year", years=YEARS):
    """The rows of a whole panel that are about the invented states and one state that no fact names."""
    found = panel(store, unit, years=years, system=system).add("all").to_arrow()
    for side in {"state", "state_a", "state_b"} & set(found.column_names):
        found = found.filter(pc.is_in(found.column(side), pa.array((*STATES, "CHE"))))
    return found.to_pylist()


# The spine.


@settings(max_examples=30)
@given(systems, spans, st.sets(st.sampled_from(("DEU", "FRA", "JPN", "USA"))))
def test_a_spine_has_each_key_once_and_in_order(system, span, named):
    pairs = spine("dyad_year", system, span, tuple(named)).keys()
    keys = list(zip(*(column.tolist() for column in pairs.values()), strict=True))
    assert keys == sorted(set(keys))
    assert all(a < b for a, b, _ in keys)
    assert all(not named or {a, b} & named for a, b, _ in keys)
    single = spine("state_year", system, span, tuple(named)).keys()
    keys = list(zip(*(column.tolist() for column in single.values()), strict=True))
    expected = {(code, year) for year in range(span[0], span[1] + 1) for code in members(system, year)}
    assert keys == sorted(key for key in expected if not named or key[0] in named)


@pytest.mark.parametrize(("system", "year"), [("cow", 1860), ("cow", 1945), ("cow", 1990), ("gw", 1990), ("gw", 2006)])
def test_a_pair_is_there_when_both_were_members_on_the_same_day(system, year):
    """Day by day, as nobody would compute it; a code that changes hands counts for its last holder."""
    holder, days = {}, {}
    for row in sorted(membership_rows(), key=lambda row: row["start_date"]):
        first, last = max(row["start_date"], date(year, 1, 1)), min(row["end_date"] or date.max, date(year, 12, 31))
        if row["system"] == system and first <= last:
            holder[row["code"]] = row["state"]
            days.setdefault(row["code"], set()).update(first + timedelta(n) for n in range((last - first).days + 1))
    met = {
        tuple(sorted((holder[a], holder[b])))
        for a in days for b in days if holder[a] != holder[b] and days[a] & days[b]
    }  # fmt: skip
    found = spine("dyad_year", system, (year, year)).keys()
    assert list(zip(found["state_a"].tolist(), found["state_b"].tolist(), strict=True)) == sorted(met)


def test_the_spines_have_the_rows_of_the_field():
    """15,951 state-years and 956,145 dyad-years of CoW 1816-2016, as the reference counts them.

    The reference writes down 60 directed "false dyads", pairs that were members in one year but never on one day,
    and takes them out. Here that follows from the dates: the same 30 pairs are found, and no other. One case shows
    why codes are asked and not states: in 1918 CoW 345 is Serbia until November and Yugoslavia after, so that
    Austria-Hungary, gone by then, has a year with the code though never a day with Yugoslavia.
    """
    assert len(spine("state_year", "cow", (1816, 2016))) == 15_951
    pairs = spine("dyad_year", "cow", (1816, 2016))
    assert len(pairs) == 956_145 == 1_912_290 // 2
    counts = [len(members("cow", year)) for year in range(1816, 2017)]
    assert sum(count * (count - 1) // 2 for count in counts) - len(pairs) == 30
    keys = set(
        zip(*(column.tolist() for column in spine("dyad_year", "cow", (1918, 1990)).keys().values()), strict=True)
    )
    apart = {
        ("DEU", "NLD", 1945),
        ("DEU", "GFR", 1990),
        ("AUH", "LVA", 1918),
        ("RVN", "SUR", 1975),
        ("ETH", "GRC", 1941),
    }
    assert not keys & apart
    assert keys >= {("AUH", "YUG", 1918), ("DDR", "GFR", 1990), ("DEU", "FRA", 1945)}


# What measures do to rows.


@few
@given(samples(), systems)
def test_measures_add_no_rows_and_drop_none(tmp_path_factory, drawn, system):
    with opened(tmp_path_factory, drawn) as store:
        for unit in ("state_year", "dyad_year"):
            bare = panel(store, unit, years=YEARS, system=system).to_arrow()
            full = panel(store, unit, years=YEARS, system=system).add("all").to_arrow()
            assert full.select(bare.column_names).equals(bare)
            assert full.column_names[bare.num_columns :] == list(known_measures(unit))


def test_every_stored_measure_is_said_again_in_these_tests():
    stored = {name for name, measure in known_measures("dyad_year").items() if measure.sql is not None}
    assert stored == set(STORED)
    assert {name: known_measures("dyad_year")[name].kind for name in stored} == {
        name: STORED[name][0] for name in stored
    }
    assert set(known_measures("dyad_year")) - stored == {"ideal_point_distance"}
    assert set(known_measures("state_year")) == {"ideal_point"}


@settings(max_examples=40)
@given(samples(), systems)
def test_every_cell_is_what_a_plain_loop_says(tmp_path_factory, drawn, system):
    with opened(tmp_path_factory, drawn) as store:
        pairs, single = rows_of(store, system), rows_of(store, system, "state_year")
    facts = {name: [(sample, listed(sample)) for sample in drawn] for name, (_, listed) in STORED.items()}
    for row in pairs:
        key = (row["state_a"], row["state_b"], row["year"])
        for name, (kind, _) in STORED.items():
            assert row[name] == cell(kind, key, system, facts[name]), (name, key)
            # The same said apart: only a complete source makes a zero, and where there is one nothing is null.
            covered = any(decides(sample, kind, key, system) for sample in drawn)
            assert covered or row[name] != 0, (name, key)
            assert not covered or row[name] is not None, (name, key)
    points = {}
    for row in single:
        listed = [ideal_points(sample).get((row["state"], row["year"])) for sample in drawn]
        points[row["state"], row["year"]] = max((value for value in listed if value is not None), default=None)
        assert row["ideal_point"] == points[row["state"], row["year"]]
    for row in pairs:
        ends = [points[row[side], row["year"]] for side in ("state_a", "state_b")]
        assert row["ideal_point_distance"] == (None if None in ends else abs(ends[0] - ends[1]))


@few
@given(samples(), systems, st.randoms())
def test_the_order_of_facts_and_of_the_states_of_a_fact_does_not_matter(tmp_path_factory, drawn, system, chance):
    def stirred(table, rows):
        rows = [dict(row) for row in rows]
        chance.shuffle(rows)
        for row in rows if table == "dyad_year_fact" else ():
            row["from_state"], row["to_state"] = row["to_state"], row["from_state"]
        return rows

    with opened(tmp_path_factory, drawn) as store:
        before = rows_of(store, system)
    with opened(tmp_path_factory, [sample.changed(stirred) for sample in drawn]) as store:
        assert rows_of(store, system) == before


@few
@given(samples(), systems, st.sampled_from((1988, 1990, 1991)))
def test_what_happens_later_changes_no_earlier_value(tmp_path_factory, drawn, system, last):
    """Facts that begin after a year are taken out, and every value up to that year stays as it was."""

    def earlier(table, rows):
        begun = {"engagement": "start_date", "agreement": "signed_date", "agreement_party": "start_date"}
        if table in begun:
            return [row for row in rows if row[begun[table]] is None or row[begun[table]].year <= last]
        return [row for row in rows if row.get("year", last) <= last]

    with opened(tmp_path_factory, drawn) as store:
        whole = [row for row in rows_of(store, system) if row["year"] <= last]
    with opened(tmp_path_factory, [sample.changed(earlier) for sample in drawn]) as store:
        assert [row for row in rows_of(store, system) if row["year"] <= last] == whole


@few
@given(samples(), systems, st.sampled_from(("FRA", "NRU", "USA")))
def test_a_panel_of_some_states_or_years_is_cut_out_of_the_whole(tmp_path_factory, drawn, system, named):
    with opened(tmp_path_factory, drawn) as store:
        whole = rows_of(store, system)
        some = panel(store, "dyad_year", years=(1990, 1991), system=system, states=(named,)).add("all").to_arrow()
    kept = [row for row in whole if named in (row["state_a"], row["state_b"]) and 1990 <= row["year"] <= 1991]
    assert [row for row in some.to_pylist() if {row["state_a"], row["state_b"]} <= {*STATES, "CHE"}] == kept
    assert all(named in (row["state_a"], row["state_b"]) for row in some.select(["state_a", "state_b"]).to_pylist())


def test_no_sources_no_values(tmp_path_factory):
    with opened(tmp_path_factory, [Sample("alpha", (), {})]) as store:
        found = panel(store, "dyad_year", years=(2000, 2000)).add("all").to_arrow()
    for name in known_measures("dyad_year"):
        assert found.column(name).null_count == found.num_rows > 0
        assert found.schema.field(name).metadata == {b"sources": b""}


def test_a_panel_carries_how_to_cite_what_speaks_in_it(tmp_path):
    write_sources(tmp_path / "store", small_source("alpha"), small_source("silent"))
    with open_store(tmp_path / "store") as store:
        made = panel(store, "dyad_year", years=(1990, 1991), states=("JPN",)).add("visit_count", "exercise_count")
        told = json.loads(made.to_arrow().schema.metadata[b"citations"])
    # Both sources say they know every visit of these years, so both speak.
    assert told == {
        name: {"citation": "A citation", "version": "1", "terms": "CC BY 4.0"} for name in ("alpha", "silent")
    }
    with open_store(tmp_path / "store") as store:
        silent = panel(store, "dyad_year", years=(1985, 1986), states=("JPN",)).add("visit_count")
    assert silent.columns["visit_count"].sources == ()
