"""What the sources of disputes and wars must make of their samples, with the reason for each rule."""

from __future__ import annotations

import gzip
import shutil
from datetime import date
from pathlib import Path

import pytest

from comity.errors import FileMissing
from comity.sources import load_source
from comity.sources.contract import contract
from dispute_samples import copied, facts, picked, picked_facts, properties
from source_samples import SAMPLES, File, cells, write_cells

# Disputes of Correlates of War


def test_a_dispute_whose_first_day_is_missing_begins_in_a_month() -> None:
    [found] = facts("cow_mid", "dispute", dispute="9001")
    assert (found["start_date"], found["start_precision"]) == (date(1902, 7, 1), "month")
    assert (found["end_date"], found["end_precision"]) == (date(1903, 1, 24), "day")


def test_a_dispute_that_was_open_has_no_end_and_neither_have_those_who_stayed() -> None:
    [found] = facts("cow_mid", "dispute", dispute="9003")
    assert (found["end_date"], found["end_precision"]) == (None, None)
    # North Korea left a month before the list ends; that is an end.
    ends = picked(facts("cow_mid", "dispute_party", dispute="9003"), "state", "end_date")
    assert ends == {("KOR", None), ("PRK", date(2014, 11, 30))}


def test_a_missing_mark_is_unknown_and_zero_is_zero() -> None:
    assert picked(facts("cow_mid", "dispute"), "dispute", "fatality_level") == {
        ("9001", 0),
        ("9002", None),
        ("9003", 1),
    }
    killed = picked(facts("cow_mid", "incident"), "incident", "killed_count")
    assert killed == {("9002001", None), ("9002002", None), ("9003001", 12)}
    assert ("fatality_count", "") not in properties("cow_mid", "9002")


def test_a_state_that_comes_back_has_two_spells() -> None:
    spells = facts("cow_mid", "dispute_party", dispute="9002", state="IRQ")
    assert picked(spells, "start_date", "start_precision") == {
        (date(1995, 4, 3), "day"),
        (date(1996, 5, 1), "month"),
    }


def test_a_pair_coded_twice_in_a_year_is_one_fact_with_the_higher_value() -> None:
    found = facts("cow_mid", "dyad_year_fact", item="9002", from_state="SYR")
    values = {row["fact"]: row["value"] for row in found}
    assert len(found) == len(values)
    # Of the deaths one of the two rows says nothing, so the other is heard.
    assert (values["mid_hostility_level"], values["mid_highest_action"], values["mid_fatality_level"]) == (4, 16, 1)
    # 100 and 50 days may overlap: they are not added.
    [days] = facts("cow_mid", "dyad_year_fact", item="9002", fact="mid_duration_days")
    assert (days["from_state"], days["to_state"], days["value"]) == ("ISR", "SYR", 100)


def test_a_dispute_of_a_pair_begins_once_and_goes_on() -> None:
    years = picked(facts("cow_mid", "dyad_year_fact", item="9001", from_state="USA"), "fact", "year")
    assert {("mid_onset", 1902), ("mid_ongoing", 1902), ("mid_ongoing", 1903)} <= years
    assert ("mid_onset", 1903) not in years
    # The dispute of 2013 has only its second year here.
    assert not facts("cow_mid", "dyad_year_fact", item="9003", fact="mid_onset")


def test_the_measures_of_disputes_are_not_fed_by_a_second_source() -> None:
    assert not {fact for (fact,) in picked(facts("cow_mid", "dyad_year_fact"), "fact") if fact.startswith("dispute")}
    kinds = {kind for statement in contract("cow_mid").coverage for kind in statement.kinds}
    assert "dispute" not in kinds
    statements = contract("cow_mid").coverage
    assert [statement.kinds for statement in statements if statement.completeness == "complete"] == [("mid",)]


def test_what_is_done_in_an_incident_makes_its_kind_and_name() -> None:
    found = {row["incident"]: row for row in facts("cow_mid", "incident")}
    assert {number: row["incident_kind"] for number, row in found.items()} == {
        "9002001": "other",
        "9002002": "entry",
        "9003001": "shooting",
    }
    assert found["9003001"]["name"] == "Clash (incident 9003001 of dispute 9003)"
    roles = picked(facts("cow_mid", "incident_party", incident="9002002"), "party", "role")
    assert roles == {("ISR", "actor"), ("SYR", "affected")}


def test_an_unspecified_place_is_no_place() -> None:
    assert properties("cow_mid", "9001")["location", ""] == "Somewhere, at Große Bank"
    assert not {name for name, _ in properties("cow_mid", "9002")} & {"location", "latitude", "priogrid_cell"}


def test_the_older_layout_of_dyad_years_says_the_same(tmp_path: Path) -> None:
    folder = copied("cow_mid", tmp_path)
    file = File("cow_mid", "dyads")
    header, *rows = cells(file.path(folder), file.promised)
    [older] = file.promised.headers
    table = [dict(zip(header, row, strict=True)) | dict.fromkeys(set(older) - set(header), "0") for row in rows]
    file.path(folder).unlink()
    written = [list(older), *([row[column] for column in older] for row in table)]
    write_cells_to(folder / "dyadic_mid_4.02.csv", file, written)
    columns = ("fact", "from_state", "to_state", "year", "item", "value")
    old = picked_facts(load_source("cow_mid", folder), "dyad_year_fact")
    assert picked(old, *columns) == picked(facts("cow_mid", "dyad_year_fact"), *columns)


def write_cells_to(path: Path, file: File, rows: list[list[str]]) -> None:
    path.write_text("", encoding="utf-8")
    write_cells(path, file.promised, rows)


def test_the_last_year_of_the_dyad_years_is_the_end_of_what_is_known(tmp_path: Path) -> None:
    folder = copied("cow_mid", tmp_path)
    file = File("cow_mid", "dyads")
    header, *rows = cells(file.path(folder), file.promised)
    year = header.index("year")
    write_cells(file.path(folder), file.promised, [header, *(row for row in rows if row[year] < "2000")])
    assert {statement.end for statement in load_source("cow_mid", folder).about.coverage} == {date(1995, 12, 31)}


# Disputes of Gibler, Miller and Little: the later release


def later_release(folder: Path) -> Path:
    """The sample's dispute-years under the name of the later release, with its parties."""
    place = copied("gml_mid", folder)
    first = File("gml_mid", "disputes").path(place)
    content = first.read_bytes().replace(b"gml-2.1.1", b"gml-2.2.1")
    (place / "derived_gml_2_2_1_directed_dispute_year.csv.gz").write_bytes(gzip.compress(content))
    first.unlink()
    header = ",".join(contract("gml_mid").files["later_parties"].header)
    rows = [
        "9001,2,1902,3,-9,1903,7,4,,,1,4,1,17,1,1,1,1,1",  # no leader is known, and the row counts all the same
        "9001,200,1902,3,5,1903,7,-9,UKG-1,UKG-1,5,31,0,9,1,0,0,0,0",
    ]
    (place / "derived_gml_2_2_1_participants.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return place


def test_the_later_release_speaks_alone_and_its_parties_have_days(tmp_path: Path) -> None:
    loaded = load_source("gml_mid", later_release(tmp_path))
    assert loaded.about.version == "2.2.1"
    assert picked(picked_facts(loaded, "dispute"), "source_version") == {("2.2.1",)}
    parties = picked_facts(loaded, "dispute_party", dispute="9001")
    columns = ("state", "side", "start_date", "start_precision", "end_date", "end_precision")
    assert picked(parties, *columns) == {
        ("USA", "a", date(1902, 3, 1), "month", date(1903, 7, 4), "day"),
        ("GBR", "b", date(1902, 3, 5), "day", date(1903, 7, 31), "month"),
    }
    assert all(row["hostility_level"] for row in parties)
    same = ("fact", "from_state", "to_state", "year", "item", "value")
    assert picked(picked_facts(loaded, "dyad_year_fact"), *same) == picked(facts("gml_mid", "dyad_year_fact"), *same)


def test_beside_the_publishers_release_the_later_one_is_not_read(tmp_path: Path) -> None:
    place = later_release(tmp_path)
    shutil.copy(File("gml_mid", "disputes").path(SAMPLES / "gml_mid"), place)
    loaded = load_source("gml_mid", place)
    assert [file.name for file in loaded.about.files] == ["gml-ddy-disputes-2.1.1.csv"]
    assert loaded.about.version == "2.1.1"


def test_without_any_release_the_files_are_missed(tmp_path: Path) -> None:
    (tmp_path / "gml_mid").mkdir()
    with pytest.raises(FileMissing, match="gml_mid: none of its files is there"):
        load_source("gml_mid", tmp_path / "gml_mid")


# Wars


def test_a_war_is_in_the_years_in_which_it_was_fought() -> None:
    years = {row["year"]: row["parties"] for row in facts("cow_war", "conflict_year", conflict="901")}
    assert sorted(years) == [1850, 1851, 1853, 1854]
    assert (years[1850], years[1854]) == (["AUH", "FRA"], ["AUH", "FRA", "RUS"])
    twice = facts("cow_war", "conflict_year", conflict="906.3")
    assert sorted(row["year"] for row in twice) == [1960, 1961, 1963, 1964, 1965]


def test_a_war_that_was_not_over_goes_on_to_the_end_of_its_list() -> None:
    years = {row["year"]: row["parties"] for row in facts("cow_war", "conflict_year", conflict="903")}
    assert years == {2005: ["USA"], 2006: ["CAN", "USA"], 2007: ["CAN", "USA"]}
    assert {row["end_date"] for row in facts("cow_war", "conflict_party", conflict="903")} == {None}
    assert [row["year"] for row in facts("cow_war", "conflict_year", conflict="907")] == [2013, 2014]


def test_a_state_that_changed_sides_has_a_row_on_each() -> None:
    sides = facts("cow_war", "conflict_party", conflict="901", party="AUH")
    assert picked(sides, "side", "start_date") == {("b", date(1850, 3, 4)), ("a", date(1853, 7, 8))}
    assert properties("cow_war", "901/a/AUH")["battle_death_count", ""] == 700
    assert ("battle_death_count", "") not in properties("cow_war", "901/b/AUH")  # -9 is unknown, not minus nine


def test_parties_that_are_no_states_are_groups() -> None:
    parties = picked(facts("cow_war", "conflict_party", conflict="902"), "side", "party_kind", "party")
    assert parties == {("a", "state", "GBR"), ("b", "group", "Hill Tribe"), ("b", "state", "FRA")}
    # A war outside the system of states has no states, whatever its parties are called.
    assert picked(facts("cow_war", "conflict_party", conflict="905"), "party_kind", "party", "is_originator") == {
        ("group", "China", True),
        ("group", "Lower Valley", False),
    }
    [year] = facts("cow_war", "conflict_year", conflict="905")
    assert (year["conflict_kind"], year["parties"]) == ("nonstate", [])


def test_who_began_a_war_within_a_state_is_known_where_the_name_is_a_sides() -> None:
    assert picked(facts("cow_war", "conflict_party", conflict="906.3"), "party", "is_originator") == {
        ("GTM", False),
        ("Hill Front", True),
    }
    assert picked(facts("cow_war", "conflict_party", conflict="907"), "is_originator") == {(None,)}
    assert {row["conflict_kind"] for row in facts("cow_war", "conflict_year", conflict="907")} == {
        "internationalized_intrastate"
    }


def test_a_war_of_a_pair_begins_once_and_an_unknown_outcome_is_no_fact() -> None:
    found = facts("cow_war", "dyad_year_fact", from_state="AUH")
    assert picked(found, "fact", "year") == {
        *((fact, year) for fact in ("war", "war_role") for year in (1850, 1851)),
        ("war_onset", 1850),
    }
