"""What each source must make of its sample: the cases that taught its rules, with the reason for each."""

from __future__ import annotations

import shutil
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from comity.sources import load_source
from comity.sources.spells import holders
from source_samples import SAMPLES, File, refused, spoil_cell

Fact = dict[str, Any]


def facts(source: str, table: str) -> list[Fact]:
    rows: list[Fact] = load_source(source, SAMPLES / source).tables[table].to_pylist()
    return rows


def left_out(source: str) -> dict[str, int]:
    return load_source(source, SAMPLES / source).about.left_out


def picked(rows: list[Fact], *columns: str) -> set[tuple[Any, ...]]:
    return {tuple(row[column] for column in columns) for row in rows}


def test_a_spell_is_cut_where_its_code_passes_to_another_state() -> None:
    spells = picked(facts("cow_states", "state_membership"), "code", "state", "start_date", "end_date")
    # One number, three holders; the last spell was open when the list was released.
    assert {spell[1:] for spell in spells if spell[0] == 345} == {
        ("SRB", date(1879, 2, 3), date(1918, 11, 30)),
        ("YUG", date(1918, 12, 1), date(1940, 3, 4)),
        ("YUG", date(1945, 5, 6), date(2006, 6, 4)),
        ("SRB", date(2006, 6, 5), None),
    }
    spells = picked(facts("gw_states", "state_membership"), "code", "state", "start_date", "end_date")
    assert {spell[1:] for spell in spells if spell[0] in (260, 678)} == {
        ("GFR", date(1950, 6, 5), date(1990, 10, 2)),
        ("DEU", date(1990, 10, 3), None),
        ("YAR", date(1919, 3, 2), date(1990, 5, 21)),
        ("YEM", date(1990, 5, 22), None),
    }


def test_holders_of_a_code_tile_its_spell() -> None:
    assert holders("cow", 2, date(1816, 1, 1), date(2016, 12, 31)) == [("USA", date(1816, 1, 1), date(2016, 12, 31))]
    found = holders("cow", 345, date(1878, 7, 13), date(2016, 12, 31))
    assert [state for state, _, _ in found] == ["SRB", "YUG", "SRB"]
    assert all((after[1] - before[2]).days == 1 for before, after in pairwise(found))


def test_members_major_powers_and_microstates_have_roles_of_their_own() -> None:
    spells = facts("cow_states", "state_membership") + facts("gw_states", "state_membership")
    assert {("cow", "FRA", "major_power"), ("cow", "FRA", "member"), ("gw", "STP", "microstate")} <= picked(
        spells, "system", "state", "role"
    )


@pytest.mark.parametrize(
    ("column", "value", "problem"),
    [
        ("start", "1817-04-03", "is not a date (dd:mm:yyyy)"),
        ("start", "31:02:1817", "is not a date"),
        ("end", "02:04:1817", "ends on 1817-04-02, before its start on 1817-04-03"),
    ],
)
def test_a_spell_with_impossible_dates_is_refused(tmp_path: Path, column: str, value: str, problem: str) -> None:
    folder = Path(shutil.copytree(SAMPLES / "gw_states", tmp_path / "gw_states"))
    file = File("gw_states", "states")
    spoil_cell(folder, file, column, value)
    refused(tmp_path, file, "row 1, column ", problem)


def test_an_end_year_of_zero_means_in_force_until_the_horizon() -> None:
    agreements = picked(facts("atop", "agreement"), "agreement", "end_date", "status", "known_until")
    assert ("9010", None, "in_force", date(2018, 12, 31)) in agreements
    assert ("9020", date(1939, 8, 9), "terminated", date(2018, 12, 31)) in agreements


def test_a_member_has_a_row_for_each_phase_with_the_obligations_of_that_phase() -> None:
    parties = facts("atop", "agreement_party")
    assert [row["obligations"] for row in parties if (row["agreement"], row["party"]) == ("9010", "GBR")] == [
        ["defense", "consultation"],
        ["nonaggression", "consultation"],
    ]
    # A blank day is a month, from its first day to its last.
    [romania] = [row for row in parties if row["party"] == "ROU"]
    assert (romania["start_date"], romania["start_precision"]) == (date(2004, 3, 1), "month")
    assert (romania["end_date"], romania["end_precision"]) == (date(2016, 11, 30), "month")


def test_two_phases_that_begin_on_one_day_are_one_spell() -> None:
    # So it was with the partners of Czechoslovakia when it parted; the phase without end outlasts the other.
    [france] = [row for row in facts("atop", "agreement_party") if (row["agreement"], row["party"]) == ("9015", "FRA")]
    assert france["obligations"] == ["nonaggression", "consultation"]
    assert (france["start_date"], france["end_date"]) == (date(1993, 1, 1), None)
    assert france["row_ref"] == "atop5_1m.csv:9015/220/2; atop5_1m.csv:9015/220/3"


def test_a_code_of_the_publishers_own_is_read_by_its_alias() -> None:
    assert ("9005", "ANN") in picked(facts("atop", "agreement_party"), "agreement", "party")


def test_names_in_exercises_are_read_at_their_date() -> None:
    parties = picked(facts("mme", "engagement_party"), "engagement", "party_kind", "party")
    assert {each[1:] for each in parties if each[0] == "mme9001"} == {
        ("state", "GFR"),
        ("state", "USA"),
        ("unknown", "unknown"),  # -9: somebody took part, not said who
    }
    assert {each[1:] for each in parties if each[0] == "mme9002"} == {("state", "RUS"), ("state", "DDR")}
    assert {each[1:] for each in parties if each[0] == "mme9003"} == {
        ("state", "DEU"),
        ("state", "RUS"),
        ("state", "CIV"),
        ("organisation", "nato"),
        ("territory", "HKG"),
    }
    # Serbia in 2004 was in a union with Montenegro, which has the code YUG.
    assert ("mme9004-2004", "state", "YUG") in parties
    assert ("mme9004-1996", "unknown", "baltic-states") in parties
    # Poland twice, the unknown party twice, Saint Kitts under two names.
    assert left_out("mme")["mme_v7.csv, values: a participant listed twice in one exercise"] == 3


def test_an_identifier_used_twice_takes_the_year_and_an_impossible_end_is_unknown() -> None:
    exercises = {row["engagement"]: row for row in facts("mme", "engagement")}
    assert {"mme9004-1996", "mme9004-2004"} <= set(exercises)
    assert exercises["mme9004-2004"]["end_date"] is None
    assert left_out("mme")["mme_v7.csv, values: an end before the start"] == 1
    unnamed = exercises["mme9002"]
    assert (unnamed["name"], unnamed["location"], unnamed["series"]) == (None, None, None)
    assert (unnamed["start_date"], unnamed["start_precision"]) == (date(1985, 6, 1), "month")
    assert (unnamed["end_date"], unnamed["end_precision"]) == (date(1985, 6, 30), "month")
    assert (unnamed["domains"], unnamed["purposes"]) == (["land"], ["warfighting"])


def test_two_spellings_are_one_series() -> None:
    assert picked(facts("mme", "series"), "series", "name") == {("blue-heron", "Blue Heron"), ("wide-bay", "Wide Bay")}
    exercises = facts("mme", "engagement")
    assert [row["engagement"] for row in exercises if row["series"] == "blue-heron"] == ["mme9001", "mme9003"]


def test_a_dispute_runs_from_its_first_month_to_its_last() -> None:
    disputes = {row["dispute"]: row for row in facts("gml_mid", "dispute")}
    assert (disputes["9001"]["start_date"], disputes["9001"]["end_date"]) == (date(1902, 3, 1), date(1903, 7, 31))
    assert disputes["9001"]["fatality_level"] is None  # -9 is missing, not a level
    assert disputes["9003"]["end_date"] is None  # under way at the horizon
    assert disputes["3514"]["end_date"] == date(1941, 12, 31)  # the fix: published as month 19
    assert disputes["3514"]["is_reciprocated"] is False


def test_a_state_that_changes_sides_or_pauses_has_a_row_for_each_run() -> None:
    rows = [row for row in facts("gml_mid", "dispute_party") if row["dispute"] == "9002"]
    assert picked(rows, "state", "side", "start_date", "end_date") == {
        ("FRA", "a", date(1939, 1, 1), date(1939, 12, 31)),
        ("FRA", "b", date(1941, 1, 1), date(1941, 12, 31)),
        ("FRA", "a", date(1944, 1, 1), date(1944, 12, 31)),
        ("DEU", "b", date(1939, 1, 1), date(1939, 12, 31)),
        ("DEU", "b", date(1944, 1, 1), date(1944, 12, 31)),
        ("RUS", "a", date(1941, 1, 1), date(1941, 12, 31)),
    }
    assert {row["is_originator"] for row in rows if row["state"] == "RUS"} == {False}
    [britain] = [row for row in facts("gml_mid", "dispute_party") if row["state"] == "GBR"]
    assert britain["hostility_level"] == 3  # the highest of its years


def test_rows_of_one_dispute_may_not_disagree(tmp_path: Path) -> None:
    shutil.copytree(SAMPLES / "gml_mid", tmp_path / "gml_mid")
    file = File("gml_mid", "disputes")
    spoil_cell(tmp_path / "gml_mid", file, "outcome", "6")
    refused(tmp_path, file, "row 3, column outcome: '5' is '6' in row 2 of the same dispute")


def test_every_year_of_a_dispute_is_ongoing_and_its_first_is_an_onset() -> None:
    rows = picked(facts("gml_mid", "dyad_year_fact"), "fact", "from_state", "to_state", "year", "item")
    assert ("dispute_ongoing", "GBR", "USA", 1903, "9001") in rows
    assert {row[3] for row in rows if row[0] == "dispute_onset" and row[4] == "9001"} == {1902}


def test_the_nearer_of_two_kinds_of_contiguity_is_kept() -> None:
    rows = picked(facts("contiguity", "dyad_year_fact"), "from_state", "to_state", "year", "value")
    assert {("GRC", "TUR", 1925, 3.0), ("TUR", "GRC", 1925, 3.0), ("SRB", "ALB", 2006, 4.0)} <= rows
    assert sum(left_out("contiguity").values()) == 2


def test_agreements_keep_what_is_known_of_their_dates() -> None:
    agreements = {row["agreement"]: row for row in facts("dcad", "agreement")}
    statuses = {number: row["status"] for number, row in agreements.items()}
    assert statuses["DCADv1.0-9001"] == "in_force"
    assert statuses["DCADv1.0-9002"] == "terminated"
    assert statuses["DCADv1.0-9003"] == "signed"  # in force only after the horizon
    assert statuses["DCADv1.0-9004"] == "unknown"  # a day and month without a year
    assert agreements["DCADv1.0-9001"]["end_date"] is None  # an estimate of 2010 is the horizon
    assert agreements["DCADv1.0-9001"]["categories"] == ["dca", "trex", "research"]
    assert agreements["DCADv1.0-9002"]["end_date"] == date(2001, 12, 31)
    assert (agreements["DCADv1.0-9004"]["signed_date"], agreements["DCADv1.0-9004"]["signed_precision"]) == (
        date(1994, 3, 1),
        "month",
    )


def test_known_errors_of_parties_are_fixed_and_pairs_of_one_state_left_out() -> None:
    parties = picked(facts("dcad", "agreement_party"), "agreement", "party")
    assert {("DCADv1.0-0297", "BOL"), ("DCADv1.0-0297", "VEN"), ("DCADv1.0-0108", "EGY")} <= parties
    assert not {each for each in parties if each[0] == "DCADv1.0-9005"}
    assert left_out("dcad") == {"DCAD-v1.0-main.csv: both parties are the same state": 1}


def test_a_vote_before_membership_belongs_to_the_state_its_code_means() -> None:
    found = [row for row in facts("un_ideal_points", "state_year_fact") if row["fact"] == "ideal_point"]
    rows = picked(found, "state", "year", "value")
    assert {("UKR", 1946, -1.5), ("TWN", 1971, 0.5), ("CHN", 1971, -0.75), ("GFR", 1975, 1.375)} <= rows
    assert ("SRB", 2006, 0.25) in rows  # the code's holder on the last day of the year


def test_votes_are_counted_and_compared_with_those_of_six_states() -> None:
    counts = [row for row in facts("un_ideal_points", "state_year_fact") if row["fact"] == "vote_count"]
    assert {("USA", 1946, 51.0), ("CHN", 1971, 54.0), ("TWN", 1971, 53.0)} <= picked(counts, "state", "year", "value")
    shares = picked(facts("un_ideal_points", "dyad_year_fact"), "from_state", "to_state", "year", "value")
    assert {each[1:] for each in shares if each[0] == "UKR"} == {
        ("USA", 1946, 0.5), ("RUS", 1946, 0.25), ("BRA", 1946, 0.75), ("IND", 1946, 0.5),
    }  # fmt: skip
    assert ("SRB", "ISR", 2006, 0.375) in shares
    assert not {each for each in shares if each[0] == each[1]}
    # Three rows are of one of the six: the agreement of each with itself is no fact of a pair.
    assert left_out("un_ideal_points") == {"IdealpointestimatesAll_Jun2024.csv, values: agreement with itself": 3}


def test_travel_is_read_at_its_date_and_entered_once() -> None:
    parties = picked(facts("us_leader_travel", "engagement_party"), "engagement", "party_kind", "party", "role")
    assert {
        ("president/9001", "state", "GFR", "host"),  # the key germany, in 1972
        ("president/9002", "state", "RUS", "host"),
        ("president/9003", "territory", "ATA", "host"),
        ("secretary/9101", "state", "RVN", "host"),  # the key vietnam, in 1968
        ("secretary/9102", "state", "DEU", "host"),
        ("visit/9201", "state", "HAW", "visitor"),
        ("visit/9202", "state", "WSM", "visitor"),  # the key somoa
        ("visit/9202", "state", "USA", "host"),
    } <= parties
    visits = {row["engagement"]: row for row in facts("us_leader_travel", "engagement")}
    assert "secretary/9103" not in visits
    assert {"visit/9204", "visit/9205"} <= set(visits)  # two meetings of one visitor on the same days
    assert left_out("us_leader_travel") == {"secretary-travels: a stop entered twice": 1}
    assert visits["president/9004"]["name"] == "President of the United States to South Korea"
    assert (visits["president/9004"]["level"], visits["president/9004"]["location"]) == ("head", "Seoul")
    assert visits["secretary/9101"]["level"] == "minister"


def test_travel_within_the_united_states_is_refused(tmp_path: Path) -> None:
    shutil.copytree(SAMPLES / "us_leader_travel", tmp_path / "us_leader_travel")
    file = File("us_leader_travel", "president")
    path = file.path(tmp_path / "us_leader_travel")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('id="russia"', 'id="united-states"'), encoding="utf-8")
    refused(tmp_path, file, "column country/@id: 'united-states' is not abroad")
    path.write_text(text.replace('role="president"', 'role="vizier"'), encoding="utf-8")
    refused(tmp_path, file, "row 3, column @role: 'vizier' is not one of president")
