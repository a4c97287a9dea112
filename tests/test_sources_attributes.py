"""Known cases of the attributes of states and pairs on their samples, each with the reason it is there."""

from __future__ import annotations

import gzip
import shutil
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from comity.errors import ContractBroken
from comity.sources import load_source
from source_samples import SAMPLES, File, refused, spoil_cell

Fact = dict[str, Any]


@cache
def facts(source: str, table: str) -> list[Fact]:
    rows: list[Fact] = load_source(source, SAMPLES / source).tables[table].to_pylist()
    return rows


def picked(rows: list[Fact], *columns: str) -> set[tuple[Any, ...]]:
    return {tuple(row[column] for column in columns) for row in rows}


def values(source: str, table: str = "state_year_fact") -> set[tuple[Any, ...]]:
    """Fact, state, year, item and value of facts about states."""
    return picked(facts(source, table), "fact", "state", "year", "item", "value")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The samples, free to be changed."""
    return Path(shutil.copytree(SAMPLES, tmp_path / "sources"))


def test_the_newest_release_of_capabilities_has_no_item() -> None:
    rows = values("nmc")
    assert ("cinc_share", "USA", 1925, "", 0.07) in rows
    assert ("cinc_share", "USA", 1925, "6.0", 0.0625) in rows
    # Thousands of people; a third decimal does not turn into noise.
    assert ("population_count", "USA", 1899, "", 9_100_039.0) in rows
    assert ("cinc_share", "SRB", 2006, "6.0", 0.001) in rows  # the code's holder on the last day of the year


def test_military_expenditure_is_in_pounds_to_1913_and_missing_is_not_zero() -> None:
    rows = {row[:4] for row in values("nmc") if row[0].startswith("military_expenditure")}
    assert ("military_expenditure_gbp", "USA", 1899, "") in rows
    assert ("military_expenditure_usd", "USA", 1925, "") in rows
    assert not {row for row in rows if row[1:] == ("USA", 1925, "6.0")}  # published as -9
    assert not {row for row in rows if row[1] == "GFR"}  # published as blank


def test_the_publishers_own_file_of_a_release_silences_the_converted_one(copy: Path) -> None:
    folder = copy / "nmc"
    text = (folder / "NMC-60-abridged.csv").read_text(encoding="utf-8")
    (folder / "NMC-70-abridged.csv").write_text(text.replace(",2021", ",2026").replace(".0625", ".5"), encoding="utf-8")
    loaded = load_source("nmc", folder)
    assert loaded.about.left_out == {"derived_nmc_v7_core.csv: the publisher's own file of this release is there": 3}
    rows = picked(loaded.tables["state_year_fact"].to_pylist(), "fact", "state", "year", "item", "value")
    assert {("cinc_share", "USA", 1925, "", 0.5), ("cinc_share", "USA", 1925, "6.0", 0.0625)} <= rows
    (folder / "NMC-70-abridged.csv").rename(folder / "NMC-new-abridged.csv")
    with pytest.raises(ContractBroken, match=r"NMC-new-abridged\.csv: the name tells no release"):
        load_source("nmc", folder)


def test_one_old_release_alone_is_the_newest(copy: Path) -> None:
    (copy / "nmc" / "derived_nmc_v7_core.csv").unlink()
    rows = load_source("nmc", copy / "nmc").tables["state_year_fact"].to_pylist()
    assert {row["item"] for row in rows} == {""}


def test_a_mark_in_place_of_a_score_is_no_score() -> None:
    rows = values("regime")
    assert ("polity_interruption_code", "POL", 1939, "", -66) in rows
    assert not {row for row in rows if row[1:3] == ("POL", 1939) and row[4] == -66} - {
        ("polity_interruption_code", "POL", 1939, "", -66)
    }
    spells = facts("regime", "state_spell")
    transition = [row for row in spells if row["start_date"] == date(1848, 3, 5)]
    assert picked(transition, "fact", "state", "value") == {("polity_interruption_code", "BAV", -88)}


def test_of_two_polities_of_a_state_in_a_year_the_one_that_begins_is_kept() -> None:
    rows = values("regime")
    assert {row for row in rows if row[:3] == ("polity_score", "ITA", 1861)} == {("polity_score", "ITA", 1861, "", -3)}
    assert ("polity_score", "YUG", 1919, "", 4) in rows  # named Serbia, which had become a part of Yugoslavia


def test_a_regime_that_lasts_is_open_until_the_horizon() -> None:
    [last] = [
        row
        for row in facts("regime", "state_spell")
        if (row["fact"], row["start_date"]) == ("polity_score", date(1995, 7, 1))
    ]
    assert (last["end_date"], last["known_until"], last["value"]) == (None, date(2018, 12, 31), 7)


def test_ends_before_their_start_are_fixed_or_refused(copy: Path) -> None:
    rows = [row for row in facts("regime", "state_spell") if row["state"] in {"CSK", "GHA", "IND", "LAO", "SDN"}]
    assert picked(rows, "state", "end_date") == {
        ("CSK", date(1969, 9, 28)),
        ("GHA", date(1979, 9, 24)),
        ("IND", date(1952, 5, 12)),
        ("LAO", date(1975, 12, 2)),
        ("SDN", date(1965, 4, 21)),
    }
    file = File("regime", "spells")
    row = spoil_cell(copy / "regime", file, "eyear", "1799")
    refused(copy, file, f"row {row}, column eyear: '1799' is an end before the start in 1801")


def test_democracy_scores_of_the_two_lists_are_told_apart_by_item() -> None:
    rows = values("regime")
    assert {
        ("unified_democracy_score", "POL", 1994, "", 0.75),
        ("unified_democracy_score", "POL", 1994, "gw", 0.875),
        ("electoral_democracy_index", "KIR", 2001, "gw", 0.625),  # 970 is Kiribati to Gleditsch and Ward
        ("unified_democracy_score", "GFR", 1970, "", 1.5),
    } <= rows
    assert not {row for row in rows if row[:3] == ("electoral_democracy_index", "GFR", 1970)}


def test_a_former_union_is_a_state_while_it_stood_and_a_territory_after() -> None:
    rows = values("gdp_pop")
    assert ("population_count", "RUS", 1970, "", 210_000_000) in rows
    assert ("population_count", "RUS", 1970, "russian_republic", 120_000_000) in rows
    assert ("population_count", "RUS", 1999, "", 141_000_500) in rows
    assert ("population_count", "CSK", 1925, "", 11_000_000) in rows
    assert ("population_count", "BEL", 1, "", 300_000) in rows
    assert ("gdp_estimate_usd2011", "USA", 1850, "", 60_000_500_000) in rows
    territories = picked(facts("gdp_pop", "party_year_fact"), "party_kind", "party", "year")
    assert territories == {("territory", "SUN", 1999), ("territory", "CSK", 1900), ("territory", "HKG", 1960)}


def test_how_an_income_was_observed_is_kept() -> None:
    rows = picked(facts("gdp_pop", "property"), "item", "property", "content")
    assert ("gdp_per_capita_usd2011/DEU/1970", "benchmark_kind", "ICP PPP estimates") in rows
    assert ("gdp_per_capita_usd2011/RUS/1970/russian_republic", "observation_kind", "Extrapolated") in rows


def test_a_country_nobody_knows_is_refused(copy: Path) -> None:
    file = File("gdp_pop", "maddison")
    row = spoil_cell(copy / "gdp_pop", file, "countrycode", "XYZ")
    refused(copy, file, f"row {row}, column countrycode: 'XYZ' is no state or territory comity knows")


def test_a_distance_in_both_orders_is_one_row() -> None:
    rows = facts("distance", "dyad_spell")
    assert picked(rows, "from_state", "to_state", "value") == {
        ("SRB", "USA", 7001),  # Serbia and Yugoslavia share a number and are told apart by letters
        ("USA", "YUG", 7001),
        ("GFR", "YEM", 5001),
        ("DEU", "USA", 6601),
    }
    assert {(row["start_date"], row["end_date"]) for row in rows} == {(None, None)}


def test_two_orders_that_disagree_are_refused(copy: Path) -> None:
    path = copy / "distance" / "capdist.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("2,USA,255,GMY,6601", "2,USA,255,GMY,6602"), encoding="utf-8")
    refused(copy, File("distance", "capital_distances"), "column kmdist: '6602' is 6601 in row 8 of the same pair")


def test_a_border_is_a_distance_of_zero_and_a_blank_is_none() -> None:
    rows = picked(facts("distance", "dyad_year_fact"), "from_state", "to_state", "year", "value")
    assert rows == {
        ("CAN", "MEX", 1930, 0),
        ("CAN", "MEX", 1931, 0),
        ("DEU", "GFR", 1970, 12.5),
        ("CAN", "GBR", 1940, 3301.5),
    }


def test_capitals_keep_the_precision_of_their_dates() -> None:
    rows = {row["content"]: row for row in facts("distance", "state_spell")}
    assert set(rows) == {"Old Town", "New Town", "High Town", "River Town"}  # Late Town ends before it begins
    assert (rows["New Town"]["state"], rows["New Town"]["end_date"]) == ("NRU", None)
    assert (rows["River Town"]["start_date"], rows["River Town"]["start_precision"]) == (date(1851, 1, 1), "year")


def test_imports_go_from_the_importer_and_minus_nine_is_missing() -> None:
    rows = picked(facts("cow_trade", "dyad_year_fact"), "fact", "from_state", "to_state", "value")
    assert ("imports_usd", "USA", "CAN", 300_500_000) in rows
    assert ("imports_usd", "CAN", "USA", 450_250_000) in rows
    assert ("imports_usd", "CAN", "CHN", 0) in rows  # published as zero, smoothed to one million
    assert ("imports_smoothed_usd", "CAN", "CHN", 1_000_000) in rows
    assert not {row for row in rows if row[:3] == ("imports_usd", "BEL", "USA")}
    assert ("imports_smoothed_usd", "BEL", "USA", 15_500_000) in rows
    assert not {row for row in rows if row[:3] == ("imports_smoothed_usd", "USA", "CAN")}  # equal, so not kept again


def test_converted_pairs_stand_in_for_the_publishers_file(copy: Path) -> None:
    folder = copy / "cow_trade"
    (folder / "Dyadic_COW_4.0.csv").unlink()
    header = "ccode1,ccode2,year,flow1,flow2,smoothflow1,smoothflow2\n"
    content = (header + "2,20,1921,301,,301,451\n").encode()
    (folder / "derived_dyadic_trade_4.csv.gz").write_bytes(gzip.compress(content))
    rows = load_source("cow_trade", folder).tables["dyad_year_fact"].to_pylist()
    assert picked(rows, "fact", "from_state", "value") == {
        ("imports_usd", "USA", 301_000_000),
        ("imports_smoothed_usd", "CAN", 451_000_000),
    }


def test_an_embassy_goes_from_sender_to_host() -> None:
    rows = picked(facts("diplomatic", "dyad_year_fact"), "from_state", "to_state", "year", "value")
    assert ("USA", "RUS", 1965, 1) in rows
    assert ("RUS", "USA", 1965, 0) in rows
    assert ("CAN", "DEU", 2004, 1) in rows  # the sheet of 2004 says 2005
    assert not {row for row in rows if row[0] == row[1]}


def test_a_sheet_of_another_year_or_without_hosts_is_refused(copy: Path) -> None:
    file = File("diplomatic", "matrices")
    path = file.path(copy / "diplomatic")
    book = openpyxl.load_workbook(path)
    book["1965"].cell(6, 2).value = 1966
    book.save(path)
    refused(copy, file, "row 6, column 1: '1966' is not the year of the sheet, 1965")
    book["1965"].cell(2, 1).value = "codes"
    book.save(path)
    refused(copy, file, "0 rows begin with 'ccode', promised one")


def test_peace_levels_are_cut_where_another_state_takes_over_a_code() -> None:
    rows = [row for row in facts("peace_scale", "dyad_spell") if row["value"] == 0.5]
    spells = picked(rows, "from_state", "to_state", "start_date", "start_precision", "end_date", "end_precision")
    assert {
        ("DEU", "USA", date(1941, 3, 1), "day", date(1945, 5, 8), "day"),
        ("GFR", "USA", date(1945, 5, 9), "day", date(1990, 10, 2), "day"),
        ("DEU", "USA", date(1990, 10, 3), "day", date(1999, 5, 12), "day"),
        ("ALB", "YUG", date(2005, 1, 1), "day", date(2006, 6, 4), "day"),
        ("ALB", "SRB", date(2006, 6, 5), "day", date(2010, 12, 31), "day"),
        ("JAM", "RUS", date(1962, 8, 6), "day", date(1991, 12, 26), "day"),  # the fix: published as 19620086
    } <= spells


def test_a_transition_is_a_fact_of_its_own_and_spoils_the_mean_of_its_years() -> None:
    rows = facts("peace_scale", "dyad_spell")
    assert [row["start_date"] for row in rows if row["fact"] == "peace_transition"] == [date(1912, 7, 5)]
    means = picked(facts("peace_scale", "dyad_year_fact"), "from_state", "to_state", "year", "value")
    assert {row[2] for row in means if row[:2] == ("CAN", "USA")} == {1911, 1914}
    assert {("GFR", "USA", 1970, 0.45), ("DEU", "USA", 1990, 0.55), ("KIR", "VUT", 2001, 0.25)} <= means


@pytest.mark.parametrize(
    ("period", "problem"),
    [
        ("19200230-19300101", "is not a date"),
        ("1920-1930", "is no period"),
        ("19300101-19200101", "ends before it begins"),
        ("", "has no period"),
    ],
)
def test_a_period_that_is_none_is_refused(copy: Path, period: str, problem: str) -> None:
    file = File("peace_scale", "periods")
    path = file.path(copy / "peace_scale")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("20050101-20101231", period), encoding="utf-8")
    refused(copy, file, "row 9", problem)


def test_spells_of_contiguity_keep_months_and_remarks() -> None:
    rows = facts("contiguity", "dyad_spell")
    columns = ("from_state", "to_state", "value", "start_date", "end_date", "end_precision", "content")
    assert picked(rows, *columns) == {
        ("CAN", "USA", 4, date(1930, 1, 1), date(1935, 6, 30), "month", "an invented stretch, of water"),
        ("CAN", "USA", 1, date(1935, 1, 1), None, None, None),
        ("ALB", "YUG", 1, date(1999, 6, 1), date(2006, 6, 4), "day", "through the end of a union"),
        ("ALB", "SRB", 1, date(2006, 6, 5), date(2010, 12, 31), "month", "through the end of a union"),
    }
