"""Measures of alliances against the same in plain loops, and on cases that can be checked by eye."""

from __future__ import annotations

import tempfile
from collections import Counter, defaultdict
from datetime import date
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.panel import find_measure, known_measures, panel
from comity.panel.measures import alliance_provision
from comity.store import open_store
from comity.vocab.coverage import Coverage
from panel_samples import Sample
from strategies import write_sources

OBLIGATIONS = ("defense", "offense", "neutrality", "nonaggression", "consultation")
STATES = ("FRA", "GBR", "JPN", "USA")
KNOWN_UNTIL = date(1999, 12, 31)


# What the sources list.


def membership(agreement, party, obligations=(), start=1990, end=None):
    """One spell of a party; years stand for their first and last days."""
    return {
        "agreement": agreement,
        "party_kind": "state",
        "party": party,
        "role": "member",
        "obligations": list(obligations),
        "start_date": date(start, 1, 1),
        "end_date": end and date(end, 12, 31),
        "known_until": KNOWN_UNTIL,
    }


def treaty(agreement, kind="alliance"):
    return {
        "agreement": agreement,
        "agreement_kind": kind,
        "status": "unknown",
        "known_until": KNOWN_UNTIL,
        "verification": "primary",
    }


def provisions(agreement, part, first, last, **codes):
    """The properties of one phase."""
    fact = {"core_table": "agreement", "item": agreement, "part": part}
    rows = [fact | {"property": "phase_start", "content": f"{first}-01-01"}]
    rows += [fact | {"property": "phase_end", "content": f"{last}-12-31"}] if last else []
    return rows + [fact | {"property": name, "value": float(code)} for name, code in codes.items()]


def owed(obligation, one, other, year):
    """One obligation of a state toward another in a year."""
    return {"fact": f"atop_{obligation}", "from_state": one, "to_state": other, "year": year, "item": "", "value": 1.0}


def facts(name, tables, unit="dyad_year"):
    """What the text of a measure lists in a new store of one source, by key without the source."""
    with tempfile.TemporaryDirectory() as place:
        write_sources(Path(place) / "store", Sample("alpha", (), tables).loaded())
        with open_store(Path(place) / "store") as store:
            rows = store.ask(find_measure(unit, name).sql).to_pylist()
    keys = [tuple(value for column, value in row.items() if column not in ("value", "source")) for row in rows]
    assert len(set(keys)) == len(keys), "one row per key"
    return dict(zip(keys, (row["value"] for row in rows), strict=True))


spells = st.builds(
    lambda agreement, party, obligations, start, length: membership(
        agreement, party, obligations, start, None if length is None else start + length
    ),
    st.sampled_from("xyz"),
    st.sampled_from(STATES),
    st.sets(st.sampled_from(OBLIGATIONS)).map(sorted),
    st.integers(1990, 1997),
    st.none() | st.integers(0, 2),
)
memberships = st.lists(spells, max_size=8, unique_by=lambda row: (row["agreement"], row["party"], row["start_date"]))


def joint_years(rows):
    """Every two spells of two states under one agreement, and the years they share."""
    for one, other in permutations(rows, 2):
        if one["agreement"] == other["agreement"] and one["party"] < other["party"]:
            first = max(row["start_date"].year for row in (one, other))
            last = min((row["end_date"] or row["known_until"]).year for row in (one, other))
            yield one, other, range(first, last + 1)


@settings(max_examples=25)
@given(rows=memberships, obligation=st.sampled_from(OBLIGATIONS))
def test_an_obligation_of_one_side_makes_allies_of_both(rows, obligation):
    wanted = {
        (one["party"], other["party"], year): 1
        for one, other, years in joint_years(rows)
        for year in years
        if obligation in one["obligations"] + other["obligations"]
    }
    assert facts(f"is_{obligation}_ally", {"agreement_party": rows}) == wanted


@settings(max_examples=25)
@given(rows=memberships, kinds=st.tuples(*[st.sampled_from(("alliance", "alliance", "framework"))] * 3))
def test_alliances_in_force_are_counted_once_each(rows, kinds):
    treaties = [treaty(name, kind) for name, kind in zip("xyz", kinds, strict=True)]
    alliances = {row["agreement"] for row in treaties if row["agreement_kind"] == "alliance"}
    held = {
        (one["party"], other["party"], year, one["agreement"])
        for one, other, years in joint_years(rows)
        for year in years
        if one["agreement"] in alliances
    }
    wanted = Counter(key[:3] for key in held)
    assert facts("alliance_count", {"agreement": treaties, "agreement_party": rows}) == wanted


phases = st.lists(
    st.tuples(st.integers(1990, 1997), st.none() | st.integers(0, 3), st.sampled_from((0, 1, 2, None))), max_size=2
)


@settings(max_examples=40)
@given(rows=memberships, drawn=st.tuples(phases, phases, phases))
def test_the_deepest_phase_in_force_counts(rows, drawn):
    """A phase that is not coded leaves the value unknown, unless another one is as deep as can be."""
    properties, of_agreement = [], defaultdict(list)
    for agreement, chosen in zip("xyz", drawn, strict=True):
        for number, (first, length, code) in enumerate(chosen):
            last = None if length is None else first + length
            codes = {} if code is None else {"milinst": code}
            properties += provisions(agreement, f"{agreement}.{number}", first, last, **codes)
            of_agreement[agreement].append((first, last or KNOWN_UNTIL.year, code))
    codes = defaultdict(set)
    for one, other, years in joint_years(rows):
        for first, last, code in of_agreement[one["agreement"]]:
            for year in set(years) & set(range(first, last + 1)):
                codes[one["party"], other["party"], year].add(code)
    wanted = {key: max(held - {None}) for key, held in codes.items() if None not in held or 2 in held}
    tables = {"agreement_party": rows, "property": properties}
    assert facts("alliance_military_institutionalization", tables) == wanted


# Known cases.


def test_a_guarantee_runs_one_way():
    """The United States owe Japan defense under the treaty of 1960 and are owed none: direction must not be lost."""
    tables = {"dyad_year_fact": [owed("defense", "USA", "JPN", 1990), owed("consultation", "JPN", "USA", 1990)]}
    assert facts("has_defense_obligation", tables) == {("USA", "JPN", 1990): 1}
    assert facts("has_consultation_obligation", tables) == {("JPN", "USA", 1990): 1}
    assert facts("has_alliance_obligation", tables) == {("USA", "JPN", 1990): 1, ("JPN", "USA", 1990): 1}
    assert facts("has_alliance", tables) == {("JPN", "USA", 1990): 1}


def test_several_obligations_are_one_alliance():
    tables = {"dyad_year_fact": [owed(each, "FRA", "GBR", 1990) for each in OBLIGATIONS]}
    for name in ("has_alliance_obligation", "has_alliance"):
        assert facts(name, tables) == {("FRA", "GBR", 1990): 1}


def test_a_dyad_fact_that_is_no_obligation_makes_no_alliance():
    tables = {"dyad_year_fact": [owed("defense", "FRA", "GBR", 1990) | {"fact": "dispute_onset"}]}
    for obligation in OBLIGATIONS:
        assert facts(f"has_{obligation}_obligation", tables) == {}
    assert facts("has_alliance", tables) == {}


def test_organizations_and_territories_are_no_allies():
    rows = [membership("x", "FRA", ["offense"]), membership("x", "NATO", ["offense"]) | {"party_kind": "organisation"}]
    assert facts("is_offense_ally", {"agreement_party": rows}) == {}
    assert facts("alliance_count", {"agreement": [treaty("x")], "agreement_party": rows}) == {}


@pytest.fixture
def allied():
    """France and Japan in one alliance of two phases, 1990 to 1991 and since 1992."""

    def tables(first, second):
        rows = [membership("x", "FRA", start=1990, end=1993), membership("x", "JPN", start=1990, end=1993)]
        properties = provisions("x", "x.1", 1990, 1991, **first) + provisions("x", "x.2", 1992, None, **second)
        return {"agreement_party": rows, "property": properties}

    return tables


def test_each_phase_has_its_own_provisions(allied):
    """The treaty of Washington had no integrated command before its second phase."""
    tables = allied({"intcom": 0, "base": 0}, {"intcom": 1, "base": 3})
    for name in ("has_integrated_command", "has_alliance_bases"):
        found = facts(name, tables)
        assert found == {("FRA", "JPN", year): float(year >= 1992) for year in range(1990, 1994)}


def test_the_stronger_of_two_organizations_counts(allied):
    found = facts("alliance_organization_type", allied({"organ1": 1, "organ2": 3}, {"organ1": 2}))
    assert found == {("FRA", "JPN", year): 3 if year < 1992 else 2 for year in range(1990, 1994)}


def test_a_provision_that_is_not_coded_is_not_listed(allied):
    found = facts("has_wartime_alliance", allied({}, {"wartime": 1}))
    assert found == {("FRA", "JPN", 1992): 1, ("FRA", "JPN", 1993): 1}


def test_every_provision_is_read_from_its_own_property(allied):
    read = {
        "alliance_military_institutionalization": "milinst",
        "alliance_formality": "formal",
        "alliance_military_contact": "milcon",
        "alliance_organization_type": "organ1",
        "has_alliance_bases": "base",
        "has_integrated_command": "intcom",
        "has_subordinated_forces": "subord",
        "has_stated_contributions": "contrib",
        "has_alliance_military_aid": "milaid",
        "has_wartime_alliance": "wartime",
    }
    stored = {name for name, found in known_measures("dyad_year").items() if found.topic == "alliance_provision"}
    assert stored == {*read, "alliance_depth"}
    for name, code in read.items():
        assert facts(name, allied({code: 1}, {code: 0}))["FRA", "JPN", 1990] == 1
        assert facts(name, allied({"asymm": 1}, {"asymm": 1})) == {}


def test_depth_begins_below_the_lowest_institution():
    count, institutions = np.array([0, 1, 1, 2, np.nan]), np.array([np.nan, 0, 2, np.nan, np.nan])
    np.testing.assert_equal(alliance_provision.alliance_depth(count, institutions), [0, 1, 3, np.nan, np.nan])


# In panels.


@pytest.fixture
def made(tmp_path):
    """Panels of a store in which France, Britain and Japan are allied in a chain; alliances are covered to 1995."""
    span = {"start": date(1990, 1, 1), "end": date(1995, 12, 31)}
    ranges = (Coverage(kinds=("alliance", "alliance_obligation"), completeness="complete", **span),)
    rows = [membership("x", party, ["defense"]) for party in ("FRA", "GBR")]
    rows += [membership("y", party, ["defense"]) for party in ("GBR", "JPN")]
    tables = {
        "agreement": [treaty("x"), treaty("y")],
        "agreement_party": rows,
        "dyad_year_fact": [owed("defense", "USA", "JPN", 1990)],
        "property": provisions("x", "x", 1990, None, milinst=2),
    }
    write_sources(tmp_path / "store", Sample("alpha", ranges, tables).loaded())
    with open_store(tmp_path / "store") as store:
        yield lambda unit, *names: panel(store, unit, years=(1994, 1996)).add(*names).to_arrow().to_pylist()


def of_pair(rows, pair, year, *names):
    [found] = [row for row in rows if (row["state_a"], row["state_b"]) == pair and row["year"] == year]
    return tuple(found[name] for name in names)


def test_allies_through_others_are_found_across_the_whole_system(made):
    names = ("is_defense_ally", "shared_ally_count", "ally_distance", "alliance_depth")
    rows = made("dyad_year", *names)
    assert of_pair(rows, ("FRA", "GBR"), 1995, *names) == (True, 0, 1, 3)
    assert of_pair(rows, ("GBR", "JPN"), 1995, *names) == (True, 0, 1, None)  # its provisions are not coded
    assert of_pair(rows, ("FRA", "JPN"), 1995, *names) == (False, 1, 2, 0)
    assert of_pair(rows, ("FRA", "USA"), 1995, *names) == (False, 0, 0, 0)


def test_beyond_what_is_covered_a_known_ally_is_one_step_away_and_no_more_is_known(made):
    names = ("is_defense_ally", "shared_ally_count", "ally_distance", "alliance_depth")
    rows = made("dyad_year", *names)
    assert of_pair(rows, ("FRA", "GBR"), 1996, *names) == (True, None, 1, 3)
    assert of_pair(rows, ("FRA", "JPN"), 1996, *names) == (None, None, None, None)


def test_the_allies_of_a_state_are_counted_where_all_its_pairs_are_known(made):
    rows = made("state_year", "defense_ally_count", "alliance_partner_count")
    found = {(row["state"], row["year"]): row["defense_ally_count"] for row in rows}
    assert [found[state, 1995] for state in ("FRA", "GBR", "JPN", "USA")] == [1, 2, 1, 0]
    assert found["FRA", 1996] is None
    # Partners come from the directed facts, of which this source has none in these years.
    assert {row["alliance_partner_count"] for row in rows} == {0, None}


def test_without_the_file_of_obligations_nobody_is_known_to_owe_nothing(tmp_path):
    span = {"start": date(1990, 1, 1), "end": date(1995, 12, 31)}
    ranges = (Coverage(kinds=("alliance",), completeness="complete", **span),)
    write_sources(tmp_path / "store", Sample("alpha", ranges, {}).loaded())
    with open_store(tmp_path / "store") as store:
        made = panel(store, "dyad_year", years=(1994, 1994), states=("JPN",))
        made = made.add("has_alliance", "has_defense_obligation", "is_defense_ally")
    rows = made.to_arrow().to_pylist()
    assert {row["has_alliance"] for row in rows} == {row["has_defense_obligation_a_to_b"] for row in rows} == {None}
    assert {row["is_defense_ally"] for row in rows} == {False}
