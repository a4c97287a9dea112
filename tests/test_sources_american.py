"""What the sources on the United States' partners and on exercises and military expenditure make of their samples."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.styles.colors import Color

from comity.sources import load_source
from source_samples import SAMPLES, File, refused

Fact = dict[str, Any]


def facts(source: str, table: str) -> list[Fact]:
    rows: list[Fact] = load_source(source, SAMPLES / source).tables[table].to_pylist()
    return rows


def left_out(source: str) -> dict[str, int]:
    return load_source(source, SAMPLES / source).about.left_out


def picked(rows: list[Fact], *columns: str) -> set[tuple[Any, ...]]:
    return {tuple(row[column] for column in columns) for row in rows}


def trainings() -> dict[str, Fact]:
    return {row["engagement"]: row for row in facts("us_training", "engagement")}


def test_training_without_dates_is_of_its_fiscal_year_and_the_second_year_was_proposed() -> None:
    found = trainings()
    first, again, proposed = (found[f"1999-2000/{line}"] for line in (2, 3, 4))
    assert (first["start_date"], first["start_precision"], first["status"]) == (date(1999, 1, 1), "year", "completed")
    assert (proposed["start_date"], proposed["status"]) == (date(2000, 1, 1), "proposed")
    # The same line twice is a course given twice.
    assert [first[column] for column in ("name", "personnel_count", "cost_usd")] == ["SIGNALS COURSE", 3, 12500.0]
    assert [again[column] for column in ("name", "personnel_count", "cost_usd")] == ["SIGNALS COURSE", 3, 12500.0]
    assert found["1999-2000/5"]["cost_usd"] is None  # an empty cell is no 0
    assert found["1999-2000/6"]["cost_usd"] == 0.0
    assert found["1999-2000/2"]["series"] == "imet"


def test_damaged_lines_of_training_give_back_their_dates_places_and_amounts() -> None:
    found = {row["name"]: row for row in trainings().values() if row["engagement"].startswith("2009")}
    spans = {name: (row["start_date"], row["end_date"]) for name, row in found.items()}
    assert spans["SEMINAR ON LAKES"] == (date(2009, 3, 27), date(2009, 6, 19))  # the start stood beside the amount
    assert spans["SEMINAR ON RIVERS"] == (date(2009, 4, 20), date(2009, 4, 22))  # both in the cell of the start
    assert spans["SEMINAR ON ROADS"] == (date(2009, 7, 8), date(2009, 7, 19))  # both in the cell of the end
    assert spans["SEMINAR ON BRIDGES"] == (date(2008, 10, 1), date(2009, 9, 30))  # both beside the amount
    assert spans["TWO LINES IN ONE"] == (date(2009, 4, 30), date(2009, 6, 30))
    assert spans["A SLIP OF THE YEAR"] == (date(2009, 1, 1), date(2009, 5, 8))
    assert found["A SLIP OF THE YEAR"]["start_precision"] == "year"
    assert spans["AN END BEFORE ITS START"] == (date(2009, 5, 4), None)
    numbers = {name: (row["personnel_count"], row["cost_usd"], row["location"]) for name, row in found.items()}
    assert numbers["STAFF COURSE"] == (2, 4500.5, "FT SAMPLE, GA")
    assert numbers["SEMINAR ON LAKES"] == (2, 2500.0, "Garmisch,")
    assert numbers["SEMINAR ON ROADS"] == (None, None, None)
    assert numbers["TWO LINES IN ONE"] == (None, None, "Mombasa Mombasa")
    assert numbers["AN END BEFORE ITS START"] == (4, 700.0, "Mombasa")
    assert numbers[None] == (None, None, "Mombasa")


def test_pages_of_a_report_that_is_there_as_a_table_and_subtotals_are_left_out() -> None:
    found = trainings()
    [harbor] = [row for number, row in found.items() if number.startswith("2020-2021/Europe/")]
    assert (harbor["name"], harbor["start_date"], harbor["cost_usd"]) == ("Harbor Course", date(2019, 10, 7), 21000.0)
    assert left_out("us_training") == {
        "fmtrpt_2009_2010_flattened.tsv, values: a date that cannot be read or lies far from the report": 1,
        "fmtrpt_2009_2010_flattened.tsv, values: a number of people that cannot be read": 1,
        "fmtrpt_2009_2010_flattened.tsv, values: an amount that cannot be read": 1,
        "fmtrpt_2009_2010_flattened.tsv, values: an end before the start": 1,
        "fmtrpt_2009_2010_flattened.tsv: a country without training": 1,
        "fmtrpt_2009_2010_xml: the same report is there as a table": 2,
        "fmtrpt_2020_2021_xml: a printed subtotal": 1,
    }


def test_training_has_a_provider_and_a_recipient() -> None:
    rows = facts("us_training", "engagement_party")
    parties = picked(rows, "engagement", "party_kind", "party", "role")
    assert len(rows) == 2 * len(trainings())
    assert {("1999-2000/5", "state", "KOR", "recipient"), ("1999-2000/6", "territory", "HKG", "recipient")} <= parties
    assert ("2009-2010/2", "state", "SSD", "recipient") in parties  # the government of the south, two years early
    assert {row["party"] for row in rows if row["role"] == "provider"} == {"USA"}


def test_a_strange_field_of_training_pages_is_refused(tmp_path: Path) -> None:
    shutil.copytree(SAMPLES / "us_training", tmp_path / "us_training")
    file = File("us_training", "pages")
    path = file.path(tmp_path / "us_training")
    path.write_text(path.read_text(encoding="utf-8").replace("<quantity>", "<surprise>1</surprise><quantity>", 1))
    refused(tmp_path, file, "row 7: unknown field 'surprise' with '1'")


def troops() -> set[tuple[Any, ...]]:
    rows = [row for row in facts("troopdata", "dyad_year_fact") if row["fact"] == "troop_count"]
    assert {row["from_state"] for row in rows} == {"USA"}
    return picked(rows, "to_state", "year", "item", "value")


def test_troops_come_from_the_reports_then_from_the_quarters_and_bear_out_the_year() -> None:
    assert troops() == {
        ("JPN", 2020, "q2", 410.0),  # not the 800 that the quarterly table counts twice
        ("JPN", 2020, "", 420.0),  # 410 and a reserve of 10
        ("JPN", 1975, "q2", 310.0),
        ("JPN", 1975, "q3", 320.0),
        ("JPN", 1975, "", 300.0),
        ("GFR", 1975, "q2", 700.0),
        ("DEU", 2008, "q2", 600.0),  # the year's 900 is above it and left out
        ("ISL", 1975, "q2", 0.0),
        ("AFG", 2020, "q1", 860.0),
        ("IRQ", 2005, "q3", 1500.0),  # the report says to see elsewhere
        ("IRQ", 2006, "q3", 1400.0),  # the report has a 0 for those who are deployed
        ("SWZ", 2020, "q2", 7.0),
        ("SWZ", 2020, "", 7.0),
    }


def test_what_is_not_reported_of_troops_is_not_zero() -> None:
    rows = picked(facts("troopdata", "dyad_year_fact"), "fact", "to_state", "year", "item")
    assert ("navy_troop_count", "JPN", 2020, "q2") in rows  # from the report; the quarterly table has lost the navy
    assert ("navy_troop_count", "DEU", 2008, "q2") not in rows
    assert ("navy_troop_count", "JPN", 1975, "q2") not in rows  # 0 everywhere abroad
    assert ("space_force_troop_count", "JPN", 2020, "q2") not in rows
    assert not {row for row in rows if row[0] == "civilian_count" and row[2] < 2008}
    assert not {row for row in rows if row[1] in ("BLR", "BTN", "ITA")}  # no member yet, no report, no report
    basis = picked(facts("troopdata", "property"), "item", "content")
    assert {("troop_count/GFR/1975/q2", "imputed"), ("troop_count/AFG/2020/q1", "no report is named")} <= basis


def test_territories_and_home_have_facts_of_their_own() -> None:
    rows = picked(facts("troopdata", "party_year_fact"), "fact", "party", "year", "item", "value")
    assert {
        ("us_troop_count", "GUM", 2020, "q2", 60.0),  # of two rows under one code the larger
        ("us_troop_count", "UMI", 1970, "q2 wake", 4.0),
        ("us_troop_count", "UMI", 1970, "wake", 4.0),
        ("us_construction_spending_usd", "GUM", 2010, "", 40_000.0),
        ("us_construction_spending_usd", "MNP", 2010, "", 5_000.0),
    } <= rows
    home = picked(facts("troopdata", "state_year_fact"), "fact", "year", "item", "value")
    assert {("home_troop_count", 2020, "q2", 9000.0), ("home_construction_spending_usd", 2010, "", 700_000.0)} <= home
    built = [row for row in facts("troopdata", "dyad_year_fact") if row["fact"] == "construction_spending_usd"]
    assert picked(built, "to_state", "value") == {("JPN", 480_000.0), ("CUB", 30_000.0)}


def test_bases_and_visits_are_each_kept_once() -> None:
    assert picked(facts("troopdata", "presence"), "presence", "to_state", "latitude") == {
        ("Japan/Sample Air Base", "JPN", 35.5),
        ("Costa Rica/site without a name", "CRI", 9.5),
        ("Germany/Übungsplatz", "DEU", None),
    }
    visits = facts("troopdata", "engagement")
    assert len(visits) == 5
    ends = {row["name"]: row["end_date"] for row in visits}
    assert ends["Commandant of the Marine Corps of the United States to Guam"] is None  # before the start
    assert ends["Commander of the Pacific Command of the United States to South Korea"] is None  # a year later
    assert ends["Secretary of the Army of the United States to Germany"] == date(2005, 4, 9)
    counts = left_out("troopdata")
    assert counts["basedata.csv: a base entered twice"] == counts["basedata.csv: on ground of the United States"] == 1
    assert counts["visits.xls[Sheet1]: a visit entered twice"] == 1


def test_stages_of_assistance_are_facts_of_their_own() -> None:
    rows = picked(facts("us_foreign_assistance", "dyad_year_fact"), "fact", "to_state", "year", "item", "value")
    assert {
        ("assistance_obligations_usd", "KEN", 2010, "", 1200.0),
        ("assistance_obligations_constant_usd", "KEN", 2010, "", 1500.0),
        ("assistance_disbursements_usd", "KEN", 2010, "", 800.0),
        ("assistance_appropriated_usd", "KEN", 2010, "", 1300.0),
        ("assistance_requested_usd", "KEN", 2010, "", 1400.0),
        ("assistance_disbursements_usd", "KEN", 2011, "", -50.0),
        ("assistance_obligations_usd", "KEN", 1976, "", 90.0),
        ("assistance_obligations_usd", "KEN", 1976, "transition quarter", 30.0),
        ("assistance_obligations_usd", "GFR", 1950, "", 700.0),
        ("assistance_obligations_usd", "YAR", 1975, "", 8.0),
        ("assistance_obligations_usd", "SDN", 2012, "", 15.0),  # two books of one state
    } <= rows
    assert picked(facts("us_foreign_assistance", "party_year_fact"), "fact", "party", "value") == {
        ("us_assistance_obligations_usd", "HKG", 3.0),
        ("us_assistance_obligations_constant_usd", "HKG", 20.0),
    }
    assert left_out("us_foreign_assistance") == {
        "us_foreign_aid_country.csv: a region, or a place without a state": 2,
        "us_foreign_aid_country.csv: booked for a state that had ended": 1,
    }


def test_dates_of_exercises_are_read_from_parts_or_from_the_text() -> None:
    rows = {row["engagement"]: row for row in facts("jme", "engagement")}
    spans = {
        number: (row["start_date"], row["start_precision"], row["end_date"], row["end_precision"])
        for number, row in rows.items()
    }
    assert spans["9001"] == (date(1980, 6, 1), "month", date(1980, 6, 20), "day")
    assert spans["9002"] == (date(1990, 5, 3), "day", None, None)  # an end before the start
    assert spans["712"] == (date(1993, 2, 18), "day", date(1993, 2, 28), "month")  # the 126th of February
    assert spans["9003"] == (date(2003, 7, 1), "day", None, None)
    assert spans["Sample Komodo/2007-07-01"] == (date(2007, 7, 1), "month", date(2007, 8, 4), "day")
    assert spans["Dawn Komodo/2007-07-01"] == (date(2007, 7, 1), "month", date(2007, 8, 31), "month")
    assert spans["Peace 09/2009-03-05"][0] == date(2009, 3, 5)  # written 3009
    assert left_out("jme")["jme_v3.xls[Sheet1_2]: no date"] == 1


def test_participants_of_exercises_are_read_at_their_date() -> None:
    parties = picked(facts("jme", "engagement_party"), "engagement", "party_kind", "party", "role")
    assert {party for party in parties if party[0] in ("9001", "9002", "9003")} == {
        ("9001", "state", "USA", "participant"),
        ("9001", "state", "GFR", "participant"),
        ("9001", "state", "GBR", "participant"),
        ("9002", "state", "IND", "participant"),
        ("9002", "unknown", "unknown", "participant"),
        ("9002", "organisation", "nato", "participant"),
        ("9003", "unknown", "eight-nato-members", "participant"),
        ("9003", "state", "POL", "participant"),
    }
    hosts = {party for _, _, party, role in parties if role == "host"}
    assert hosts == {"AUS", "KOR"}
    assert ("9001", "exercise_type", "FTX") in picked(facts("jme", "property"), "item", "property", "content")


def test_expenditure_keeps_its_base_year_and_unknown_is_not_zero() -> None:
    rows = picked(facts("sipri_milex", "state_year_fact"), "fact", "state", "year", "value")
    kenya = {
        (fact.removeprefix("military_expenditure_"), year, value) for fact, state, year, value in rows if state == "KEN"
    }
    assert {("usd2022", 1988, 1.5e6), ("usd2022", 1990, 1.75e6), ("gdp_share", 1989, 0.03)} <= kenya
    assert {("current_usd", 1990, 3e6), ("per_capita_usd", 1988, 3.5), ("government_share", 1988, 0.0625)} <= kenya
    assert not {row for row in kenya if row[1] == 1991}  # "..." and a formula that found nothing
    assert ("military_expenditure_current_usd", "CRI", 1988, 0.0) in rows
    assert {
        ("military_expenditure_usd2022", "GFR", 1989, 31e6),
        ("military_expenditure_usd2022", "DEU", 1990, 32e6),
    } <= rows
    roubles = {row[2:] for row in rows if row[:2] == ("military_expenditure_local_currency_fiscal_year", "RUS")}
    assert roubles == {(1989, 5.0), (1990, 6.0), (1991, 7.0)}  # the new, not the old
    [union] = facts("sipri_milex", "party_year_fact")
    assert (union["party_kind"], union["party"], union["value"]) == ("organisation", "european-union", 2e6)


def test_colors_say_what_is_an_estimate() -> None:
    rows = picked(facts("sipri_milex", "property"), "item", "property", "content")
    assert {row for row in rows if row[0].startswith("military_expenditure_usd2022/")} == {
        ("military_expenditure_usd2022/KEN/1989", "basis", "estimate"),
        ("military_expenditure_usd2022/KEN/1990", "basis", "highly uncertain"),
        ("military_expenditure_usd2022/Kenya", "notes", "§9"),
    }
    assert ("military_expenditure_local_currency_fiscal_year/Kenya", "fiscal_year", "July-June") in rows
    about = load_source("sipri_milex", SAMPLES / "sipri_milex").about
    assert about.coverage[0].end == date(2024, 12, 31)  # as the file's name says


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "problem"),
    [
        ("Share of GDP", "A4", "State", "and what follows holds no row of heads"),
        ("Share of GDP", "C4", "about 1988", "'about 1988' is the head of no column we know"),
        ("Per capita", "C8", "much", "'much' is not a number"),
        ("Per capita", "A8", "Atlantis", "'Atlantis' is nobody comity knows"),
    ],
)
def test_a_strange_sheet_is_refused(tmp_path: Path, sheet: str, cell: str, value: str, problem: str) -> None:
    shutil.copytree(SAMPLES / "sipri_milex", tmp_path / "sipri_milex")
    file = File("sipri_milex", "workbook")
    path = file.path(tmp_path / "sipri_milex")
    book = openpyxl.load_workbook(path)
    book[sheet][cell] = value
    book.save(path)
    refused(tmp_path, file, problem)


def test_a_strange_color_or_sheet_is_refused(tmp_path: Path) -> None:
    shutil.copytree(SAMPLES / "sipri_milex", tmp_path / "sipri_milex")
    file = File("sipri_milex", "workbook")
    path = file.path(tmp_path / "sipri_milex")
    book = openpyxl.load_workbook(path)
    book["Share of GDP"]["C7"].font = Font(color=Color(indexed=17))
    book.save(path)
    refused(tmp_path, file, "'indexed 17' is a color without a meaning")
    book["Share of GDP"].title = "Share of moons"
    book.save(path)
    refused(tmp_path, file, "'Share of moons' is a sheet nobody knows")
