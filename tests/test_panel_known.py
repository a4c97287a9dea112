"""Panels on small cases that can be checked by eye, what they refuse, and the files they write."""

from __future__ import annotations

import re
from datetime import date

import pyarrow.csv
import pyarrow.parquet
import pytest

import comity
from comity.errors import BadRequest, OutsideCoverage
from comity.panel import find_measure, known_measures, panel, spine
from comity.store import open_store
from comity.vocab.coverage import Coverage
from panel_samples import Sample
from strategies import about, small_source, write_sources


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


def test_a_column_names_the_sources_that_speak_in_it(tmp_path):
    mute = visits("mute", (knows("visit", 1970, 1979),), visit("1", 1975, FRA="visitor", JPN="host"))
    loud = visits("loud", (), visit("1", 1995, FRA="visitor", JPN="host"))
    calm = visits("calm", (knows("visit", 1990, 1999),))
    write_sources(tmp_path / "store", *(sample.loaded() for sample in (mute, loud, calm)))
    with open_store(tmp_path / "store") as store:
        for years, sources in (
            ((1975, 1975), b"mute"),
            ((1985, 1985), b""),
            ((1995, 1995), b"calm"),
            ((1990, 2000), b"calm"),
        ):
            made = panel(store, "dyad_year", years=years).add("visit_count").to_arrow()
            assert made.schema.field("visit_count").metadata == {b"sources": sources}


# Political relevance.


def relevant(tmp_path, years, *samples, **options):
    write_sources(tmp_path / "store", *(sample.loaded() for sample in samples))
    with open_store(tmp_path / "store") as store:
        made = panel(store, "dyad_year", years=years, **options).keep_relevant()
    return {(row["state_a"], row["state_b"]) for row in made.to_arrow().to_pylist()}


def test_neighbors_and_pairs_with_a_major_power_are_relevant(tmp_path):
    """Austria-Hungary was a major power and is gone; asking about years after it once ended in a traceback."""
    found = relevant(tmp_path, (1995, 1995), contiguity("alpha", ("BEL", "NLD"), ("KHM", "THA")), states=("BEL", "THA"))
    majors = {"CHN", "DEU", "FRA", "GBR", "JPN", "RUS", "USA"}
    expected = {tuple(sorted((state, major))) for state in ("BEL", "THA") for major in majors}
    assert found == expected | {("BEL", "NLD"), ("KHM", "THA")}


def test_measures_that_were_there_keep_their_rows(tmp_path):
    write_sources(tmp_path / "store", contiguity("alpha", ("BEL", "NLD")).loaded())
    with open_store(tmp_path / "store") as store:
        before = panel(store, "dyad_year", years=(1995, 1995)).add("contiguity_type").keep_relevant().to_arrow()
        after = panel(store, "dyad_year", years=(1995, 1995)).keep_relevant().add("contiguity_type").to_arrow()
    assert before.equals(after)
    assert before.num_rows > 0


def test_relevance_that_nobody_knows_is_not_told(tmp_path):
    """A pair beyond the contiguity data was once taken for one that is not relevant."""
    source = contiguity("alpha", ("BEL", "NLD"))
    with pytest.raises(OutsideCoverage, match="no contiguity data cover AFG and AGO in 2000; relevance is unknown in"):
        relevant(tmp_path, (1999, 2000), source)
    with pytest.raises(OutsideCoverage, match="no contiguity data are loaded"):
        relevant(tmp_path / "bare", (1995, 1995), Sample("beta", (), {}))
    with pytest.raises(BadRequest, match="only pairs"), open_store(tmp_path / "store") as store:
        panel(store, "state_year", years=(1995, 1995)).keep_relevant()


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


def test_an_unknown_measure_is_refused_with_those_there_are():
    with pytest.raises(
        BadRequest, match="'is_ally' is no measure of dyad_year; there are agreement_count, contiguity_type"
    ):
        find_measure("dyad_year", "is_ally")


@pytest.mark.parametrize("unit", ["state_year", "dyad_year"])
def test_every_measure_says_what_it_means_and_in_what_it_is_measured(unit):
    for name, found in known_measures(unit).items():
        assert found.means.endswith(".") or "\n" in found.means, name
        assert found.measured_in, name
        assert (found.sql is None) == bool(found.of), name
        assert found.type != "flag" or name.startswith(("is_", "has_", "dispute_")), name


# Files, and the interface of Python.


def test_a_panel_comes_back_from_the_files_it_is_written_to(tmp_path):
    source = visits(
        "alpha", (knows("visit", 1995, 1995, states=("USA",)),), visit("1", 1995, USA="visitor", JPN="host")
    )
    write_sources(tmp_path / "store", source.loaded())
    with comity.open_store(tmp_path / "store") as session:
        made = session.panel("dyad_year", years=(1995, 1996), states=("JPN",)).add("all")
    made.write(tmp_path / "out.parquet")
    made.write(tmp_path / "out.csv")
    table = made.to_arrow()
    kept = pyarrow.parquet.read_table(tmp_path / "out.parquet")
    assert kept.equals(table)
    assert kept.schema.field("visit_count").metadata == {b"sources": b"alpha"}
    text = pyarrow.csv.read_csv(tmp_path / "out.csv")
    assert text.column("visit_count").to_pylist() == table.column("visit_count").to_pylist()
    assert {path.name for path in tmp_path.iterdir()} == {"store", "out.parquet", "out.csv"}


@pytest.mark.parametrize("name", ["out.xlsx", "out", "nowhere/out.csv", "nowhere/out.parquet"])
def test_a_file_that_cannot_be_written_is_refused_and_leaves_nothing(tmp_path, name):
    write_sources(tmp_path / "store", Sample("alpha", (), {}).loaded())
    with open_store(tmp_path / "store") as store:
        made = panel(store, "state_year", years=(1995, 1995))
    with pytest.raises(
        BadRequest, match=r"is written to \.parquet or \.csv$|cannot be written: No such file or directory$"
    ):
        made.write(tmp_path / name)
    assert {path.name for path in tmp_path.iterdir()} == {"store"}


def test_a_panel_for_the_public_is_made_of_public_rows(tmp_path):
    """The coverage of a source of which the public sees no row makes no zeros for it either."""
    hidden = small_source("alpha", ["owner"])
    assert hidden.about == about("alpha")
    write_sources(tmp_path / "store", hidden)
    for audience, zeros in (("owner", True), ("public", False)):
        with open_store(tmp_path / "store", audience) as store:
            made = panel(store, "dyad_year", years=(1995, 1995)).add("visit_count").to_arrow()
        assert (made.column("visit_count").null_count == 0) == zeros
