"""Panels on small cases that can be checked by eye, and what they refuse."""

from __future__ import annotations

import re
from datetime import date

import pytest

from comity.errors import BadRequest, OutsideCoverage
from comity.panel import known_measures, panel, spine
from comity.store import open_store
from comity.vocab.coverage import Coverage
from fact_samples import membership
from panel_samples import Sample
from strategies import write_sources


def knows(kind, first, last, completeness="complete", **more):
    """A statement about whole years."""
    start, end = date(first, 1, 1), date(last, 12, 31)
    return Coverage(kinds=(kind,), completeness=completeness, start=start, end=end, **more)


def visit(name, year, **roles):
    """Rows of one visit and its parties, from role by state."""
    held = {
        "engagement": name,
        "instrument": "visit",
        "status": "completed",
        "start_date": date(year, 6, 1),
        "start_precision": "day",
        "verification": "primary",
    }
    return held, [
        {"engagement": name, "party_kind": "state", "party": party, "role": role} for party, role in roles.items()
    ]


def visits(name, coverage, *held):
    rows = {"engagement": [row for row, _ in held], "engagement_party": [row for _, rows in held for row in rows]}
    return Sample(name, coverage, rows)


def contiguity(name, *pairs, first=1990, last=1999):
    facts = [
        {"fact": "contiguity_type", "from_state": a, "to_state": b, "year": year, "item": "", "value": 1.0}
        for a, b in pairs
        for year in range(first, last + 1)
    ]
    return Sample(name, (knows("contiguity", first, last, system="cow"),), {"dyad_year_fact": facts})


@pytest.fixture
def value(tmp_path_factory):
    """The value of a measure for two states in a year, in a new store of these samples."""

    def found(measure, pair, year, *samples):
        place = tmp_path_factory.mktemp("value") / "store"
        write_sources(place, *(sample.loaded() for sample in samples))
        with open_store(place) as store:
            made = panel(store, "dyad_year", years=(year, year), states=pair[:1]).add(measure).to_arrow().to_pylist()
        return next(row[measure] for row in made if {row["state_a"], row["state_b"]} == set(pair))

    return found


def test_states_met_on_one_journey_did_not_visit_each_other(value):
    """One journey from China to four states once counted as a visit between each two of the four."""
    journey = visit("tour", 1995, CHN="visitor", MYS="host", IDN="host")
    guests = visit("summit", 1995, USA="host", FRA="visitor", DEU="visitor")
    source = visits("alpha", (knows("visit", 1990, 1999),), journey, guests)
    assert value("visit_count", ("CHN", "MYS"), 1995, source) == 1
    assert value("visit_count", ("IDN", "MYS"), 1995, source) == 0
    assert value("visit_count", ("DEU", "USA"), 1995, source) == 1
    assert value("visit_count", ("DEU", "FRA"), 1995, source) == 0


def test_a_source_that_is_complete_elsewhere_does_not_overrule_the_one_that_is_complete_here(value):
    early = visits("beta", (knows("visit", 1990, 1999),), visit("1", 1995, FRA="visitor", JPN="host"))
    stray = [visit(number, year, FRA="visitor", JPN="host") for number, year in (("2", 1995), ("3", 1995), ("4", 1996))]
    late = visits("zeta", (knows("visit", 2000, 2009),), *stray)
    # What zeta lists beyond its own years counts only where nobody is complete.
    assert value("visit_count", ("FRA", "JPN"), 1995, early, late) == 1
    assert value("visit_count", ("FRA", "JPN"), 1996, early, late) == 0
    assert value("visit_count", ("FRA", "JPN"), 1995, late) == 2
    assert value("visit_count", ("FRA", "JPN"), 1998, late) is None


def test_a_positive_only_source_says_one_and_never_zero(value):
    source = visits(
        "alpha", (knows("visit", 1990, 1999, "positive_only"),), visit("1", 1995, FRA="visitor", JPN="host")
    )
    assert value("visit_count", ("FRA", "JPN"), 1995, source) == 1
    assert value("visit_count", ("FRA", "JPN"), 1996, source) is None


def test_a_source_complete_for_one_state_knows_its_pairs_alone(value):
    source = visits(
        "alpha", (knows("visit", 1990, 1999, states=("USA",)),), visit("1", 1995, USA="visitor", JPN="host")
    )
    assert value("visit_count", ("JPN", "USA"), 1995, source) == 1
    assert value("visit_count", ("FRA", "USA"), 1995, source) == 0
    assert value("visit_count", ("FRA", "JPN"), 1995, source) is None


def test_a_part_of_a_year_is_not_the_year(value):
    almost = Coverage(kinds=("visit",), completeness="complete", start=date(1990, 1, 2), end=date(1991, 12, 30))
    source = visits("alpha", (almost,), visit("1", 1990, FRA="visitor", JPN="host"))
    assert value("visit_count", ("FRA", "JPN"), 1990, source) == 1
    assert value("visit_count", ("FRA", "USA"), 1990, source) is None
    assert value("visit_count", ("FRA", "USA"), 1991, source) is None


# Political relevance.


def majors(*states):
    """The list of major powers in 1995, in which Austria-Hungary stands as one that is gone."""
    spells = [membership(state, 1, date(1850, 1, 1), role="major_power") for state in states]
    spells.append(membership("AUH", 300, date(1816, 1, 1), date(1918, 11, 3), role="major_power"))
    return Sample("cow_states", (knows("cow_membership", 1816, 2016),), {"state_membership": spells})


def relevant(tmp_path, years, *samples, unit="dyad_year", **options):
    write_sources(tmp_path / "store", *(sample.loaded() for sample in samples))
    with open_store(tmp_path / "store") as store:
        made = panel(store, unit, years=years, **options).relevant()
    return {tuple(row.values())[:2] for row in made.to_arrow().to_pylist()}


@pytest.mark.parametrize("unit", ["dyad_year", "directed_dyad_year", "dyad_month"])
def test_neighbors_and_pairs_with_a_major_power_are_relevant(tmp_path, unit):
    """Austria-Hungary was a major power and is gone; asking about years after it once ended in a traceback."""
    near = contiguity("contiguity", ("BEL", "NLD"), ("KHM", "THA"))
    found = relevant(tmp_path, (1995, 1995), near, majors("FRA", "USA"), unit=unit, states=("BEL", "THA"))
    expected = {tuple(sorted((state, major))) for state in ("BEL", "THA") for major in ("FRA", "USA")}
    expected |= {("BEL", "NLD"), ("KHM", "THA")}
    assert found == (expected | {(b, a) for a, b in expected} if unit == "directed_dyad_year" else expected)


def test_relevance_that_nobody_knows_is_not_told(tmp_path):
    """A pair beyond the contiguity data was once taken for one that is not relevant."""
    near = contiguity("contiguity", ("BEL", "NLD"))
    with pytest.raises(OutsideCoverage, match="no contiguity data cover AFG and AGO in 2000; relevance is unknown in"):
        relevant(tmp_path, (1999, 2000), near, majors("USA"))
    with pytest.raises(OutsideCoverage, match=r"needs contiguity, not loaded; run `comity load contiguity`$"):
        relevant(tmp_path / "majors", (1995, 1995), majors("USA"))
    with pytest.raises(OutsideCoverage, match=r"needs cow_states, not loaded; run `comity load cow_states`$"):
        relevant(tmp_path / "near", (1995, 1995), near)
    with pytest.raises(
        OutsideCoverage, match=r"needs contiguity and cow_states, .* `comity load contiguity cow_states`"
    ):
        relevant(tmp_path / "bare", (1995, 1995), Sample("beta", (), {}))
    with pytest.raises(BadRequest, match="only pairs"), open_store(tmp_path / "store") as store:
        panel(store, "state_year", years=(1995, 1995)).relevant()


# What is refused.


@pytest.mark.parametrize(
    ("unit", "system", "years", "problem"),
    [
        ("pair_year", "cow", (2000, 2000), "'pair_year' is no unit of a panel; it is one of state_year, dyad_year"),
        ("dyad_year", "un", (2000, 2000), "'un' is no state system; it is one of cow, gw"),
        ("dyad_year", "cow", (2001, 2000), "the years 2001:2000 run backwards"),
        ("dyad_year", "cow", (1815, 2000), "the years 1815:2000 are not within 1816 to 2100"),
        ("state_year", "gw", (2000, 20000), "the years 2000:20000 are not within 1816 to 2100"),
    ],
)
def test_what_is_no_spine_is_refused(unit, system, years, problem):
    with pytest.raises(BadRequest, match=re.escape(problem)):
        spine(unit, system, years)


@pytest.mark.parametrize(
    ("unit", "name", "problem"),
    [
        ("dyad_year", "vist_count", "'vist_count' is no measure of dyad_year; the nearest are visit_count"),
        ("state_year", "cinc_shar", "'cinc_shar' is no measure of state_year; the nearest are cinc_share"),
        ("dyad_year", "", "'' is no measure of dyad_year; the nearest are"),
        ("dyad_year", "dispute_onset_certainty", "is a measure of dyad_month; a panel of dyad_year cannot hold it"),
        (
            "directed_dyad_year",
            "dispute_onset_certainty",
            "of dyad_month; a panel of directed_dyad_year cannot hold it",
        ),
        ("state_year", "visit_count", "'visit_count' is a measure of dyad_year; a panel of state_year cannot hold it"),
        ("state_year", "mid_onset_certainty", "is a measure of dyad_month; a panel of state_year cannot hold it"),
        ("state_year", "cinc_share_a", "'cinc_share_a' is no measure of state_year; the nearest are cinc_share"),
        ("dyad_year", "has_base_back", "'has_base_back' is no measure of dyad_year; the nearest are has_base"),
    ],
)
def test_a_name_that_means_nothing_in_a_panel_is_refused_with_what_is_near(tmp_path, unit, name, problem):
    write_sources(tmp_path / "store", Sample("alpha", (), {}).loaded())
    with open_store(tmp_path / "store") as store:
        made = panel(store, unit, years=(1995, 1995), states=("JPN",))
        with pytest.raises(BadRequest, match=re.escape(problem)):
            made.add(name)
        with pytest.raises(BadRequest, match=re.escape("'x' is no column of this panel; it has")):
            made["x"]
    assert made.columns == {}


def test_one_column_of_a_measure_can_be_asked_for(tmp_path):
    write_sources(tmp_path / "store", Sample("alpha", (), {}).loaded())
    with open_store(tmp_path / "store") as store:
        pairs = panel(store, "dyad_year", years=(1995, 1995), states=("JPN",))
        ways = panel(store, "directed_dyad_year", years=(1995, 1995), states=("JPN",))
        assert list(pairs.add("cinc_share_b", "has_base_b_to_a").columns) == ["cinc_share_b", "has_base_b_to_a"]
        assert list(ways.add("has_base", "cinc_share_to").columns) == ["has_base", "has_base_back", "cinc_share_to"]


@pytest.mark.parametrize("unit", ["state_year", "dyad_year", "dyad_month"])
def test_every_measure_says_what_it_means_and_in_what_it_is_measured(unit):
    for name, found in known_measures(unit).items():
        assert found.means.partition("\n")[0].endswith((".", "?", ",")) or "\n" in found.means, name
        assert found.measured_in, name
        assert (found.sql is None) == bool(found.of or found.parameters), name
        assert not found.of or found.kind is None, f"{name}: only what is listed can be found to be none"
