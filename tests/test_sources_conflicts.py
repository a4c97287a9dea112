"""Known cases of the sources on armed conflict, support from outside, peace missions, leaders' travel and exercises."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import ContractBroken
from comity.sources import load_source
from comity.sources.conflict_sides import Sides
from comity.sources.contract import contract
from source_samples import SAMPLES, File, refused, spoil_cell

Fact = dict[str, Any]

codes = st.lists(st.sampled_from(["AAA", "BBB", "CCC", "DDD", "EEE", "FFF", "GGG"]), unique=True, max_size=7)


def facts(source: str, table: str, folder: Path | None = None) -> list[Fact]:
    rows: list[Fact] = load_source(source, folder or SAMPLES / source).tables[table].to_pylist()
    return rows


def left_out(source: str) -> dict[str, int]:
    return load_source(source, SAMPLES / source).about.left_out


def picked(rows: list[Fact], *columns: str) -> set[tuple[Any, ...]]:
    return {tuple(row[column] for column in columns) for row in rows}


@given(states=codes, cuts=st.lists(st.integers(0, 7), min_size=3, max_size=3).map(sorted))
def test_every_pair_of_opponents_stands_once_and_helpers_act_on_both_sides(states: list[str], cuts: list[int]) -> None:
    one, two, three = cuts
    sides = Sides(states[:one], states[one:two], states[two:three], states[three:])
    ties = list(sides.ties())
    assert len(set(ties)) == len(ties)
    assert sum(fact == "interstate_conflict" for fact, _, _ in ties) == len(sides.a) * len(sides.b)
    assert all(first < second for fact, first, second in ties if fact == "interstate_conflict")
    helpers = {(first, second) for fact, first, second in ties if fact != "interstate_conflict"}
    first_parties = [*sides.a, *sides.b]
    assert helpers == {(who, whom) for who in [*sides.a_second, *sides.b_second] for whom in first_parties}


def test_lists_of_codes_with_one_or_two_blanks_are_parted_into_pairs() -> None:
    rows = [row for row in facts("ucdp_acd", "dyad_year_fact") if row["item"] == "90001"]
    assert picked(rows, "fact", "from_state", "to_state", "value") == {
        ("interstate_conflict", "EGY", "ISR", 1),
        ("interstate_conflict", "IRQ", "ISR", 1),
        ("interstate_conflict_intensity", "EGY", "ISR", 2),
        ("interstate_conflict_intensity", "IRQ", "ISR", 2),
        ("conflict_troop_support", "USA", "ISR", 1),
        ("conflict_troop_opposition", "USA", "EGY", 1),
        ("conflict_troop_opposition", "USA", "IRQ", 1),
    }


def test_a_state_that_sends_troops_into_a_civil_war_helps_or_opposes_its_state() -> None:
    rows = picked(facts("ucdp_acd", "dyad_year_fact"), "fact", "from_state", "to_state", "year")
    assert ("conflict_troop_support", "FRA", "MLI", 2014) in rows
    assert ("conflict_troop_opposition", "RUS", "GEO", 1995) in rows
    assert not {row for row in rows if "MLI" in row and row[3] == 2015}  # no other state took part


def test_a_party_in_no_list_of_states_is_counted_and_its_name_kept() -> None:
    [hyderabad] = [row for row in facts("ucdp_acd", "conflict_year") if row["conflict"] == "90003"]
    assert (hyderabad["parties"], hyderabad["conflict_kind"]) == (["IND"], "interstate")
    names = [row["content"] for row in facts("ucdp_acd", "property") if row["item"] == "90003/1948"]
    assert "Government of Hyderabad" in names
    assert sum(left_out("ucdp_acd").values()) == 1


def test_both_ways_of_quoting_load_alike(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SAMPLES / "ucdp_acd", tmp_path / "ucdp_acd"))
    [path] = folder.iterdir()
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    path.unlink()
    with (folder / "UcdpPrioConflict_v25_1.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([*rows, [*rows[-1][:10], "2024", *rows[-1][11:]]])
    loaded = load_source("ucdp_acd", folder)
    assert loaded.about.version == "25.1"
    assert {coverage.end for coverage in loaded.about.coverage} == {date(2024, 12, 31)}
    assert loaded.tables["conflict_year"].num_rows == len(rows)


def test_deaths_belong_to_a_pair_only_where_there_is_no_third_state() -> None:
    rows = facts("ucdp_brd", "dyad_year_fact")
    assert picked(rows, "fact", "from_state", "to_state", "value") == {
        ("battle_death_count", "ERI", "ETH", 120),
        ("battle_death_count_low", "ERI", "ETH", 100),
        ("battle_death_count_high", "ERI", "ETH", 150),
    }
    assert sum(left_out("ucdp_brd").values()) == 1
    assert ("90013", 2014, 400) in picked(facts("ucdp_brd", "conflict_year"), "conflict", "year", "death_count")


def test_a_kind_of_support_is_told_of_states_only_when_all_of_them_gave_it() -> None:
    rows = picked(facts("ucdp_esd", "dyad_year_fact"), "fact", "from_state", "to_state", "year")
    assert {row for row in rows if row[2:] == ("MLI", 1985)} == {
        ("support_any", "FRA", "MLI", 1985),
        ("support_any", "GFR", "MLI", 1985),  # Germany beside East Germany
        ("support_training", "FRA", "MLI", 1985),
        ("support_training", "GFR", "MLI", 1985),
        # Soldiers acting without their state are no support of it, yet they count among those who gave territory.
        ("rebel_support_any", "LBY", "MLI", 1985),
        ("rebel_support_territory", "LBY", "MLI", 1985),
    }
    assert sum(left_out("ucdp_esd").values()) == 3
    counts = picked(facts("ucdp_esd", "state_year_fact"), "fact", "state", "year", "value")
    assert ("state_weapons_supporter_count", "MLI", 1985, 1) in counts
    assert ("state_supporter_count", "MLI", 1986, 0) in counts


def test_names_that_hold_a_comma_and_sides_of_several_governments_are_read() -> None:
    names = picked(facts("ucdp_esd", "property"), "property", "part", "content")
    assert {("supporter", "9902", "White Banner, Green Banner"), ("supporter", "11545", "unknown")} <= names
    rows = picked(facts("ucdp_esd", "dyad_year_fact"), "fact", "from_state", "to_state")
    assert {("support_troops", "POL", "AUS"), ("support_troops", "POL", "GBR")} <= rows
    assert {("support_any", "COG", "YAR"), ("support_any", "RUS", "YAR")} <= rows
    parties = picked(facts("ucdp_esd", "party_year_fact"), "party_kind", "party")
    assert parties == {("group", "ucdp-9901"), ("group", "ucdp-9903")}


def test_a_list_that_disagrees_with_its_count_is_refused(tmp_path: Path) -> None:
    shutil.copytree(SAMPLES / "ucdp_esd", tmp_path / "ucdp_esd")
    file = File("ucdp_esd", "actors")
    spoil_cell(tmp_path / "ucdp_esd", file, "ext_count_s", "5")
    refused(tmp_path, file, "column ext_count_s: '5' is not the number of states in ext_name, which is 2")


def test_events_are_summed_by_state_year_and_kind() -> None:
    rows = picked(facts("ucdp_ged", "state_year_fact"), "fact", "state", "year", "item", "value")
    assert {
        ("violence_event_count", "MLI", 2014, "state_based", 2),
        ("violence_death_count", "MLI", 2014, "state_based", 5),
        ("violence_death_count_high", "MLI", 2014, "state_based", 12),
        ("violence_death_count", "MLI", 2014, "one_sided", 7),
        ("violence_death_count", "YEM", 1990, "state_based", 2),
    } <= rows


def test_an_unknown_kind_of_violence_is_refused(tmp_path: Path) -> None:
    shutil.copytree(SAMPLES / "ucdp_ged", tmp_path / "ucdp_ged")
    file = File("ucdp_ged", "events")
    spoil_cell(tmp_path / "ucdp_ged", file, "type_of_violence", "4")
    refused(tmp_path, file, "row 2, column type_of_violence: '4' is not one of 1, 2, 3")


def test_degrees_with_a_decimal_comma_are_read_and_those_that_changed_places_put_right() -> None:
    rows = picked(facts("un_missions", "property"), "item", "property", "value")
    assert {
        ("UNXAM", "headquarters_longitude", -8.0029),
        ("UNXAM", "headquarters_latitude", 12.6392),
        ("MINUSMA", "headquarters_longitude", -8.0),
        ("MINUSMA", "headquarters_latitude", 12.65),
    } <= rows
    missions = {row["mission"]: row for row in facts("un_missions", "mission")}
    assert (missions["UNYAM"]["end_date"], missions["UNYAM"]["known_until"]) == (None, date(2024, 2, 19))
    assert "UNZAM" not in missions
    assert sum(left_out("un_missions").values()) == 1


@pytest.mark.parametrize(
    ("column", "value", "problem"),
    [
        ("mission_longitude", "-8.0029", "is no number with a decimal comma"),
        ("end_date", "1960-01-01", "is before the start on 1961-02-03"),
        ("mission_isactive", "Yes", "ends a mission that is said to be active"),
    ],
)
def test_a_mission_that_contradicts_itself_is_refused(tmp_path: Path, column: str, value: str, problem: str) -> None:
    shutil.copytree(SAMPLES / "un_missions", tmp_path / "un_missions")
    file = File("un_missions", "missions")
    spoil_cell(tmp_path / "un_missions", file, column, value)
    refused(tmp_path, file, "row 2", problem)


def test_october_is_not_read_as_january_and_missing_numbers_are_none() -> None:
    rows = picked(facts("pko_contributions", "mission_month"), "mission", "month", "personnel_kind", "personnel_count")
    assert {row[2:] for row in rows if row[:2] == ("UNXAM", date(2007, 10, 1))} == {("troop", 110), ("total", 110)}
    assert ("UNYAM", date(2007, 12, 1), "military_observer", 44) in rows
    assert min(row[3] for row in rows) == 0
    hosts = picked(facts("pko_contributions", "property"), "property", "item", "part")
    assert {("host_state", "UNYAM", "IND"), ("host_state", "UNYAM", "PAK"), ("host_state", "UNZAM", "YUG")} <= hosts
    assert sum(left_out("pko_contributions").values()) == 1  # a month in which nothing is known


def test_a_place_is_kept_as_the_last_map_of_a_month_shows_it() -> None:
    rows = [row for row in facts("geo_pko", "mission_presence") if row["precision"] == "month"]
    assert {row[1:] for row in picked(rows, "place", "party", "personnel_count") if row[0] == "Gao"} == {("FJI", 150)}
    # Two rows of one map add up; a unit parted among places is left out.
    assert ("Twice", "GHA", 185) in picked(rows, "place", "party", "personnel_count")
    assert "Split" not in {row["place"] for row in rows}
    reasons = left_out("geo_pko")
    assert reasons["geopko_raw.csv: an earlier map of the same month"] == 1


def test_three_ways_to_say_missing_and_those_who_are_no_states() -> None:
    rows = picked(facts("geo_pko", "mission_presence"), "place", "party_kind", "party", "personnel_count")
    assert {row[1:] for row in rows if row[0] == "Kidal" and row[2] != "unknown"} == {
        ("unknown", "multinational", None),
        ("state", "COG", 150),
    }
    assert ("unnamed location 12.7, -8.1", "organisation", "caricom", 35) in rows
    assert ("Headquarters", "unknown", "unknown", 0) in rows  # no troops is a number
    hosts = picked(facts("geo_pko", "mission_presence"), "place", "host_state")
    assert {("Laayoune", "ESH"), ("Bridge", None), ("Gao", "MLI")} <= hosts


def test_years_are_read_after_the_last_map_alone() -> None:
    rows = [row for row in facts("geo_pko", "mission_presence") if row["precision"] == "year"]
    assert picked(rows, "place", "date", "party", "personnel_count") == {
        ("Gao", date(2011, 1, 1), "FJI", 150),
        ("Gao", date(2011, 1, 1), "KOR", None),
        ("Gao", date(2011, 1, 1), "unknown", 35),
        ("Kidal", date(2011, 1, 1), "unknown", 35),
        ("Kidal", date(2012, 1, 1), "unknown", None),  # its maps of the year disagree
        ("Menaka", date(2012, 1, 1), "COG", 75),
    }


def test_a_trip_is_of_a_state_or_of_an_organisation() -> None:
    parties = picked(facts("colt", "engagement_party"), "engagement", "party_kind", "party", "role")
    assert {
        ("2010/ann-example/fiji", "organisation", "blue-ocean-forum", "visitor"),
        ("2012/lee-example/hong-kong", "territory", "HKG", "host"),
        ("1990/josé-examplé/egypt", "state", "YEM", "visitor"),
    } <= parties
    trips = {row["engagement"]: row for row in facts("colt", "engagement")}
    assert {"2003/maria-exemplo/peru", "2003/maria-exemplo/peru/2"} <= set(trips)
    assert {row["start_precision"] for row in trips.values()} == {"year"}
    assert trips["2012/lee-example/chad"]["level"] == "minister"
    lengths = [row for row in facts("colt", "property") if row["property"] == "day_count"]
    assert "1990/josé-examplé/egypt" not in {row["item"] for row in lengths}  # TBD is missing
    assert sum(left_out("colt").values()) == 1


def test_a_workbook_with_columns_we_do_not_know_loads_like_the_text(tmp_path: Path) -> None:
    [text] = (SAMPLES / "colt").iterdir()
    with text.open(encoding="cp1252", newline="") as file:
        rows = list(csv.reader(file))
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Master")
    for number, row in enumerate(rows):
        sheet.append(["TripID" if number == 0 else str(number), *reversed(row)])
    (tmp_path / "colt").mkdir()
    book.save(tmp_path / "colt" / f"{text.stem}.xlsx")
    for table, key in (("engagement", "engagement"), ("engagement_party", "party")):
        assert picked(facts("colt", table, tmp_path / "colt"), key) == picked(facts("colt", table), key)
    sheet["B1"] = "renamed"
    book.save(tmp_path / "colt" / f"{text.stem}.xlsx")
    with pytest.raises(ContractBroken, match="missing column 'MetHostHoGS'"):
        load_source("colt", tmp_path / "colt")


def test_a_participant_is_read_by_code_then_by_name_and_kept_once() -> None:
    parties = picked(facts("jme_bernhardt", "engagement_party"), "engagement", "party")
    assert {("9001", "GFR"), ("9002", "JPN"), ("9003", "FJI")} <= parties
    starts = picked(facts("jme_bernhardt", "engagement"), "engagement", "start_date", "start_precision")
    assert {("9001", date(1985, 6, 1), "month"), ("9002", date(2016, 1, 1), "year")} <= starts
    assert sum(left_out("jme_bernhardt").values()) == 1


def test_sources_that_repeat_what_another_holds_promise_no_absence() -> None:
    for source in ("colt", "jme_bernhardt", "geo_pko", "pko_contributions", "un_missions", "ucdp_esd"):
        assert {coverage.completeness for coverage in contract(source).coverage} == {"positive_only"}
