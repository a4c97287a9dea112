"""Measures that are a source's numbers as they stand, and those of two lists of disputes that follow one rule."""

from __future__ import annotations

from datetime import date

import pytest

from comity.panel import panel
from conflict_samples import both_ways, dispute, part
from fact_samples import cells, complete, one_source, opened, pair_facts, state_facts

YEARS = (1995, 1996)


def cell(tmp_path, measure, key, *sample, unit="state_year", name="alpha"):
    with opened(tmp_path, one_source(*sample, name=name)) as store:
        return cells(panel(store, unit, years=YEARS, states=(key[0],)).add(measure), measure)[key]


@pytest.mark.parametrize(
    "measure",
    [
        *("executive_constraint_code", "polity_score", "regime_durability_years"),
        *("gdp_per_capita_usd2011", "gdp_per_capita_growth_usd2011", "military_expenditure_current_usd"),
        *("military_expenditure_gdp_share", "military_expenditure_government_share"),
        "military_expenditure_per_capita_usd",
    ],
)
def test_a_number_of_a_state_is_what_its_source_lists(tmp_path, measure):
    """Never zero where nothing is listed, and not of another item of the same fact."""
    rows = {
        "state_year_fact": state_facts(measure, {("JPN", 1995): 3.0}) + state_facts(measure, {("JPN", 1996): 9.0}, "x")
    }
    assert cell(tmp_path / "listed", measure, ("JPN", 1995), rows) == 3
    assert cell(tmp_path / "item", measure, ("JPN", 1996), rows) is None
    assert cell(tmp_path / "absent", measure, ("FRA", 1995), rows) is None


def test_the_share_of_people_in_uniform(tmp_path):
    rows = {
        "state_year_fact": state_facts("military_personnel_count", {("JPN", 1995): 250.0})
        + state_facts("population_count", {("JPN", 1995): 100_000.0, ("FRA", 1995): 100_000.0})
    }
    assert cell(tmp_path / "both", "military_personnel_share", ("JPN", 1995), rows, name="nmc") == 0.0025
    assert cell(tmp_path / "one", "military_personnel_share", ("FRA", 1995), rows, name="nmc") is None


@pytest.mark.parametrize("measure", ["air_force_troop_count", "army_troop_count", "marine_corps_troop_count"])
def test_troops_of_a_service_run_from_the_state_that_sends_them(tmp_path, measure):
    rows = {"dyad_year_fact": pair_facts(measure, {("USA", "JPN", 1995): 40.0})}
    sample = (rows, complete("troops", 1995, 1995))
    ways = "directed_dyad_year"
    assert cell(tmp_path / "there", measure, ("USA", "JPN", 1995), *sample, unit=ways) == 40
    assert cell(tmp_path / "back", measure, ("JPN", "USA", 1995), *sample, unit=ways) == 0
    assert cell(tmp_path / "later", measure, ("USA", "JPN", 1996), *sample, unit=ways) is None


@pytest.mark.parametrize("measure", ["assistance_disbursements_constant_usd", "assistance_obligations_constant_usd"])
def test_assistance_is_the_sum_of_its_parts(tmp_path, measure):
    parts = [row | {"item": item} for item in "ab" for row in pair_facts(measure, {("USA", "JPN", 1995): 7.5})]
    sample = {"dyad_year_fact": parts}
    assert cell(tmp_path / "there", measure, ("USA", "JPN", 1995), sample, unit="directed_dyad_year") == 15
    assert cell(tmp_path / "back", measure, ("JPN", "USA", 1995), sample, unit="directed_dyad_year") is None


def militarized():
    """A dispute of which the months are known, that France began with Japan."""
    facts = both_ways("mid_ongoing", ("FRA", "JPN"), 1995, "1") + both_ways("mid_onset", ("FRA", "JPN"), 1995, "1")
    rows = {
        "dyad_year_fact": facts,
        "dispute": [dispute("1", date(1995, 3, 1), date(1995, 5, 31))],
        "dispute_party": [part("1", "FRA", "a", (1995, 1995)), part("1", "JPN", "b", (1995, 1995))],
    }
    return rows, complete("mid", 1995, 1996)


def test_who_began_a_militarized_dispute_stands_on_side_a(tmp_path):
    there, back = (("FRA", "JPN", 1995), ("JPN", "FRA", 1995))
    ways = "directed_dyad_year"
    assert cell(tmp_path / "there", "mid_onset_initiator", there, *militarized(), unit=ways) is True
    assert cell(tmp_path / "back", "mid_onset_initiator", back, *militarized(), unit=ways) is False
    assert cell(tmp_path / "none", "mid_onset_initiator", ("FRA", "JPN", 1996), *militarized(), unit=ways) is None


def test_a_dispute_of_two_whose_months_are_known_is_sure_in_its_months(tmp_path):
    with opened(tmp_path, one_source(*militarized())) as store:
        made = panel(store, "dyad_month", years=YEARS, states=("FRA",)).add("mid_ongoing_certainty")
        found = {key: value for key, value in cells(made, "mid_ongoing_certainty").items() if key[:2] == ("FRA", "JPN")}
    assert {key[2:] for key, value in found.items() if value} == {(1995, 3), (1995, 4), (1995, 5)}
    assert set(found.values()) == {0, 2}
