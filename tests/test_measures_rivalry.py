"""Rivalries and claims by pair and state, on small invented cases and against plain loops."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from comity.panel import known_measures
from conflict_samples import STATES, column, columns, fact, knows, opened
from panel_samples import Sample

TYPES = ("positional", "spatial", "ideological", "interventionary")


def rivalry(number, pair, first, last, kind="strategic"):
    """One rivalry in whole years; without an end it is known to the end of 1991."""
    ends = {"end_date": last and date(last, 12, 31), "end_precision": last and "year"}
    return ends | {
        "rivalry": number, "rivalry_kind": kind, "state_a": min(pair), "state_b": max(pair),
        "start_date": date(first, 1, 1), "start_precision": "year", "known_until": date(1991, 12, 31),
    }  # fmt: skip


def of_type(number, name):
    return {"core_table": "rivalry", "item": number, "property": f"is_{name}", "part": "", "value": 1.0}


@st.composite
def rivalries(draw):
    """Rivalries of the strategic list and of others, each with any of the four types."""
    rows, properties = [], []
    for number in map(str, range(draw(st.integers(1, 6)))):
        pair = draw(st.lists(st.sampled_from(STATES[:4]), min_size=2, max_size=2, unique=True))
        # Many rivalries began before the state system does.
        first = draw(st.sampled_from((1494, 1988, 1989, 1990)))
        last = draw(st.sampled_from((1700, 1988, 1990, None)))
        if last is not None and last < first:
            continue
        rows.append(rivalry(number, pair, first, last, draw(st.sampled_from(("strategic", "strategic_2012", "proto")))))
        properties += [of_type(number, name) for name in draw(st.sets(st.sampled_from(TYPES)))]
    tables = {"rivalry": [row for place, row in enumerate(rows) if _is_first(rows, place)], "property": properties}
    return Sample("alpha", (knows("rivalry", 1816, 1991), knows("dispute_rivalry", 1816, 1991)), tables)


def _is_first(rows, place):
    key = ("rivalry_kind", "state_a", "state_b", "start_date")
    return all(any(rows[before][name] != rows[place][name] for name in key) for before in range(place))


def runs_in(row, year):
    return row["start_date"].year <= year <= (row["end_date"] or row["known_until"]).year


@settings(max_examples=8)
@given(rivalries())
def test_rivalries_are_those_of_a_plain_loop(tmp_path_factory, sample):
    typed = {(row["item"], row["property"]) for row in sample.rows["property"]}
    names = ("is_strategic_rivalry", "is_dispute_rivalry", *(f"is_{name}_rivalry" for name in TYPES))
    counted = ("strategic_rivalry_count", *(f"{name}_rivalry_count" for name in TYPES))
    with opened(tmp_path_factory, sample) as store:
        of_pair = columns(store, names)
        of_state = columns(store, counted, "state_year")
    for one, other, year in of_pair[0]:
        running = [row for row in sample.rows["rivalry"] if {row["state_a"], row["state_b"]} == {one, other}]
        running = [row for row in running if runs_in(row, year)]
        strategic = [row["rivalry"] for row in running if row["rivalry_kind"] == "strategic"]
        expected = [bool(strategic), any(row["rivalry_kind"] == "proto" for row in running)]
        expected += [any((number, f"is_{name}") in typed for number in strategic) for name in TYPES]
        assert [of[one, other, year] for of in of_pair] == (expected if year <= 1991 else [None] * 6)
    for state, year in of_state[0]:
        mine = [
            row["rivalry"]
            for row in sample.rows["rivalry"]
            if state in (row["state_a"], row["state_b"]) and runs_in(row, year) and row["rivalry_kind"] == "strategic"
        ]
        expected = [len(mine), *(sum((number, f"is_{name}") in typed for number in mine) for name in TYPES)]
        assert [of[state, year] for of in of_state] == (expected if year <= 1991 else [None] * 5)


def test_a_rivalry_that_passes_to_a_successor_counts_once_in_that_year(tmp_path_factory):
    """Where a number passes from state to state the spell is cut, and the other side has one rival all the same."""
    rows = [rivalry("1", ("FRA", "YUG"), 1920, 1950), rivalry("1", ("FRA", "ITA"), 1950, 1960)]
    source = Sample("alpha", (knows("rivalry", 1816, 1991),), {"rivalry": rows})
    with opened(tmp_path_factory, source) as store:
        assert column(store, "strategic_rivalry_count", "state_year", (1950, 1950))["FRA", 1950] == 1


def test_arms_races_that_are_not_listed_are_unknown(tmp_path_factory):
    spell = {
        "fact": "arms_race", "from_state": "USA", "to_state": "FRA", "item": "1", "start_date": date(1950, 1, 1),
        "start_precision": "year", "end_date": date(1952, 12, 31), "end_precision": "year",
    }  # fmt: skip
    source = Sample("alpha", (knows("arms_race", 1900, 1984, "positive_only"),), {"dyad_spell": [spell]})
    with opened(tmp_path_factory, source) as store:
        found = column(store, "is_arms_race", years=(1949, 1953))
    assert [found["FRA", "USA", year] for year in range(1949, 1954)] == [None, True, True, True, None]


def test_what_is_coded_looking_back_says_so():
    for name, measure in known_measures("dyad_year").items():
        assert measure.is_hindsight == (measure.topic in ("rivalry", "claim")) or measure.topic not in (
            *("rivalry", "claim", "dispute", "mid", "crisis", "war", "conflict", "peace", "incident"),
        ), name


def claim(name, roles, first=None, last=None, known=1995, **more):
    """Rows of one claim, from role by state."""
    ends = {"start_date": first and date(first, 3, 1), "end_date": last and date(last, 5, 1)} | more
    shared = ends | {"claim": name, "name": name, "place": name, "known_until": date(known, 6, 30)}
    return [
        shared | {"party_kind": "state", "party": code, "role": role, "verification": "secondary"}
        for role, code in roles
    ]


def claimed(*rows, facts=(), issues=()):
    properties = [
        {"core_table": "territorial_claim", "item": name, "property": "issue", "part": "", "value": float(issue)}
        for name, issue in issues
    ]
    tables = {"territorial_claim": [row for of in rows for row in of], "property": properties, "dyad_year_fact": facts}
    return Sample("alpha", (knows("territorial_claim", 1900, 1999, "positive_only"),), tables)


def told(found):
    return {key: value for key, value in found.items() if value is not None}


def test_a_claim_runs_from_the_claimant_to_the_holder_and_between_claimants(tmp_path_factory):
    rows = claim("reef", [("claimant", "FRA"), ("claimant", "USA"), ("holder", "USA"), ("claimant", "BRA")], 1990, 1991)
    with opened(tmp_path_factory, claimed(rows)) as store:
        found = told(column(store, "has_territorial_claim", "directed_dyad_year", (1990, 1990)))
    pairs = [("BRA", "FRA"), ("BRA", "USA"), ("FRA", "BRA"), ("FRA", "USA"), ("USA", "BRA"), ("USA", "FRA")]
    assert found == {(*pair, 1990): True for pair in pairs}


def test_a_claim_of_which_the_beginning_is_unknown_is_told_on_the_last_day_it_is_known(tmp_path_factory):
    rows = claim("reef", [("claimant", "FRA"), ("holder", "USA")], known=1991)
    with opened(tmp_path_factory, claimed(rows)) as store:
        found = told(column(store, "has_territorial_claim", "directed_dyad_year", (1988, 1992)))
    assert found == {("FRA", "USA", 1991): True}


def test_claims_to_rivers_and_waters_are_no_claims_to_land(tmp_path_factory):
    names, both = ("land", "river", "sea"), [("claimant", "FRA"), ("holder", "USA")]
    facts = [fact("claim_salience", ("FRA", "USA"), 1990, name, 3.0 + place) for place, name in enumerate(names)]
    rows = [claim(name, both, 1990, 1990) for name in names]
    source = claimed(*rows, facts=facts[1:], issues=[(name, place + 1) for place, name in enumerate(names)])
    with opened(tmp_path_factory, source) as store:
        asked = ("has_territorial_claim", "has_river_claim", "has_maritime_claim", "claim_salience")
        found = [told(of) for of in columns(store, asked, "directed_dyad_year", (1990, 1991))]
    assert found == [{("FRA", "USA", 1990): value} for value in (True, True, True, 5.0)]
    only_waters = claimed(rows[1], rows[2], issues=[("river", 2), ("sea", 3)])
    with opened(tmp_path_factory, only_waters) as store:
        assert told(column(store, "has_territorial_claim", "directed_dyad_year", (1990, 1991))) == {}
