"""`comity sources --completeness`: what people and programs read of it, and what the publishers' files give."""

from __future__ import annotations

import json

import pytest

from brief_samples import loaded, together
from comity.panel.completeness import completeness, completeness_by_stretch
from comity.store import writing
from comity.vocab.words import vocabularies
from completeness_samples import exercises, positive
from pace import at_most

TEN = [("JPN", "USA", year) for year in range(2000, 2010)]
ESTIMATE = {
    *("listed", "estimated", "low", "high", "completeness", "completeness_low", "completeness_high"),
    *("method", "pool", "partner_count", "sources", "instrument"),
}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home with two lists of exercises, of ten and eight pairs and years."""
    place = tmp_path_factory.mktemp("lists")
    with writing(place / "store") as load:
        for name, cells in (("alpha", TEN), ("beta", TEN[:8])):
            load.replace(loaded(name, together(exercises(name, cells)), positive(), f"Invented {name}"))
    return place


def test_people_read_every_estimate_with_its_interval(run, home):
    done = run("sources", "--completeness", "--instrument", "exercise", home=home)
    assert done.exit_code == 0
    (line,) = [line for line in done.stdout.splitlines() if line.split()[:1] == ["exercise"]]
    expected = (
        "exercise all others 2000-2009 10 10 (10 to 15) 1.00 (0.68 to 1.00) overlap all states, all years alpha, beta"
    )
    assert " ".join(line.split()) == expected


def test_without_an_instrument_every_one_is_shown_also_those_of_which_nothing_is_known(run, home):
    rows = json.loads(run("sources", "--completeness", "--json", home=home).stdout)
    assert [row["instrument"] for row in rows] == list(vocabularies()["instruments"])
    assert {row["method"] for row in rows if row["instrument"] != "exercise"} == {"unknown"}
    assert all(row.keys() == ESTIMATE | {"scope", "first_year", "last_year"} for row in rows)


def test_a_state_is_shown_year_by_year(run, home):
    asked = ("sources", "--completeness", "--instrument", "exercise", "--state", "JPN", "--years", "2008:2011")
    rows = json.loads(run(*asked, "--json", home=home).stdout)
    assert [(row["year"], row["listed"]) for row in rows] == [(2008, 1), (2009, 1), (2010, None), (2011, None)]
    assert all(row.keys() == ESTIMATE | {"state", "year"} for row in rows)
    assert "2010" in run(*asked, home=home).stdout


@pytest.mark.parametrize("option", [("--instrument", "exercise"), ("--state", "JPN"), ("--years", "2000:2001")])
def test_its_options_go_with_it_alone(run, home, option):
    done = run("sources", *option, home=home)
    assert done.exit_code == 2
    assert "go with --completeness" in done.stderr


@pytest.mark.mirror
def test_the_publishers_lists_give_shares_where_they_overlap_and_in_good_time(mirror_store):
    with at_most(2.0):
        rows = [
            row
            for instrument in vocabularies()["instruments"]
            for row in completeness_by_stretch(mirror_store, instrument, (1946, 2025)).to_pylist()
        ]
        by_state = completeness(mirror_store, "exercise", (1946, 2025)).to_pylist()
    told = {(row["instrument"], row["first_year"], row["last_year"]): row for row in rows if row["scope"] is None}
    for instrument in ("exercise", "agreement"):
        assert told[instrument, 1980, 2010]["method"] == "overlap"
        assert 0.6 < told[instrument, 1980, 2010]["completeness"] < 1
        # The register alone speaks of the years after, and nothing says how much of them it has.
        after = next(row for key, row in told.items() if key[:2] == (instrument, 2011))
        assert (after["method"], after["completeness"], after["sources"]) == ("unknown", None, ["register"])
    assert {row["completeness"] for row in by_state if row["year"] == 2015} == {None}
