"""Armed conflicts, support from outside and peace missions on the publishers' real files."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from comity.sources import load_source
from pace import at_most
from source_mirror import MIRROR, check_rows, facts, unknown_files

pytestmark = [
    pytest.mark.mirror,
    pytest.mark.skipif(not MIRROR.is_dir(), reason="COMITY_MIRROR names no folder of published files"),
]


# Data rows of each file by the index of the mirror, core rows by our rules, and whole rows left out.
ROWS: dict[str, tuple[dict[str, int], dict[str, int], int]] = {
    "ucdp_acd": (
        {"UcdpPrioConflict_v23_1.csv": 2626},
        {"conflict_year": 2626, "dyad_year_fact": 3520, "property": 42682},
        0,
    ),
    "ucdp_brd": (
        {"BattleDeaths_v24_1_conf.csv": 1520},
        {"conflict_year": 1520, "dyad_year_fact": 117, "property": 24298},
        0,
    ),
    "ucdp_esd": (
        {"ucdp-esd-ay-181.xlsx": 4781},
        {"dyad_year_fact": 14148, "state_year_fact": 57912, "party_year_fact": 56904, "property": 56091},
        0,
    ),
    "un_missions": ({"DPPADPOSS-PKO.csv": 81}, {"mission": 78, "property": 436}, 3),
    # The index counts the header's row of the workbook.
    "pko_contributions": (
        {"mission-month_12-2019_kathman.xlsx": 6176 - 1},
        {"mission_month": 23561, "property": 118},
        180,
    ),
    "geo_pko": (
        {
            "geopko_raw.csv": 18699,
            "FrontMap_v.2.3.csv": 8783,
            "TCCMap_v.2.3.csv": 4927,
            "TTMap_v.2.3.csv": 7372,
        },
        {"mission_presence": 28018, "property": 142482},
        138 + 303 + 7903 + 4317 + 6575,
    ),
}


@pytest.mark.parametrize("source", ROWS)
def test_row_counts_are_those_of_the_index(source: str) -> None:
    check_rows(source, *ROWS[source])


@pytest.mark.parametrize("source", [*ROWS, "ucdp_ged"])
def test_every_file_of_the_folder_is_read_or_said_not_to_be(source: str) -> None:
    assert unknown_files(source) == []


def test_all_load_within_ten_seconds() -> None:
    with at_most(10.0):
        for source in ROWS:
            load_source(source, MIRROR / source)


def ties(year: int) -> set[tuple[str, str, str]]:
    rows = facts("ucdp_acd", "dyad_year_fact")
    return {(row["fact"], row["from_state"], row["to_state"]) for row in rows if row["year"] == year}


def test_wars_between_states_that_the_index_names() -> None:
    assert len({row["conflict"] for row in facts("ucdp_acd", "conflict_year")}) == 297
    arabs = {"EGY", "IRQ", "JOR", "LBN", "SYR"}
    assert {("interstate_conflict", *sorted((state, "ISR"))) for state in arabs} <= ties(1948)
    assert {("interstate_conflict", *sorted((state, "IRQ"))) for state in ("AUS", "GBR", "USA")} <= ties(2003)
    assert {tie[1:] for tie in ties(2022) if tie[0] == "interstate_conflict"} == {
        ("RUS", "UKR"),
        ("KGZ", "TJK"),
        ("IRN", "ISR"),
    }
    # In 1991 the United States fought for Kuwait and was no first party.
    assert {tie[0] for tie in ties(1991) if tie[1:] == ("USA", "IRQ")} == {"conflict_troop_opposition"}


def test_deaths_are_those_of_the_index() -> None:
    rows = facts("ucdp_brd", "conflict_year")
    assert sum(row["death_count"] for row in rows if row["year"] == 2022) == 276_935
    assert {row["death_count"] is None for row in rows} == {False}


def supporters(fact: str, to_state: str, year: int) -> set[str]:
    rows = facts("ucdp_esd", "dyad_year_fact")
    return {row["from_state"] for row in rows if (row["fact"], row["to_state"], row["year"]) == (fact, to_state, year)}


def test_both_sides_of_the_war_in_afghanistan_had_support() -> None:
    assert supporters("support_troops", "AFG", 1985) == {"RUS"}
    assert {"CHN", "PAK", "SAU", "GBR", "USA"} <= supporters("rebel_support_any", "AFG", 1985)
    years = {row["year"] for row in facts("ucdp_esd", "state_year_fact")}
    assert (min(years), max(years)) == (1975, 2017)


def test_every_supporting_state_is_counted_once_with_the_publishers_sum() -> None:
    counts = [row for row in facts("ucdp_esd", "state_year_fact") if row["fact"] == "state_supporter_count"]
    told = Counter(
        (row["to_state"], row["year"], row["item"])
        for row in facts("ucdp_esd", "dyad_year_fact")
        if row["fact"] == "support_any"
    )
    for row in counts:
        # Elements of a state are counted by the publisher and are no states.
        assert told[row["state"], row["year"], row["item"]] <= row["value"]
    missed = sum(row["value"] for row in counts) - sum(told.values())
    assert 0 <= missed < 30


def test_missions_that_go_on_have_no_end() -> None:
    missions = {row["mission"]: row for row in facts("un_missions", "mission")}
    assert sum(row["end_date"] is None for row in missions.values()) == 12
    assert missions["UNTSO"]["start_date"] == min(row["start_date"] for row in missions.values()) == date(1948, 5, 29)
    places = {(row["item"], row["property"]): row["value"] for row in facts("un_missions", "property")}
    for mission in ("UNOSOM", "UNOSOM I", "UNOSOM II"):
        assert places[mission, "headquarters_longitude"] == 45.35
    assert not {"UNOHCI", "UNFOR", "UNSCOB"} & set(missions)


def test_personnel_by_month() -> None:
    rows = facts("pko_contributions", "mission_month")
    assert len({row["mission"] for row in rows}) == 82
    assert Counter(row["personnel_kind"] for row in rows) == {
        "total": 6175 - 181,
        "troop": 6175 - 319,
        "police": 6175 - 320,
        "military_observer": 6175 - 319,
    }
    march = {
        row["personnel_kind"]: row["personnel_count"]
        for row in rows
        if (row["mission"], row["month"]) == ("BINUB", date(2007, 3, 1))
    }
    assert march == {"troop": 0, "police": 11, "military_observer": 3, "total": 14}
    assert sum(row["property"] == "second_total" for row in facts("pko_contributions", "property")) == 33


def test_places_of_missions_by_month_and_by_year() -> None:
    rows = facts("geo_pko", "mission_presence")
    assert len({row["mission"] for row in rows if row["precision"] == "month"}) == 52
    months = [row["date"].year for row in rows if row["precision"] == "month"]
    years = [row["date"].year for row in rows if row["precision"] == "year"]
    assert (min(months), max(months), min(years), max(years)) == (1994, 2020, 2021, 2024)
    camp = {
        row["party"]: row["personnel_count"]
        for row in rows
        if (row["mission"], row["place"], row["date"]) == ("UNDOF", "Camp Faouar", date(2017, 6, 1))
    }
    assert camp == {"FJI": 150, "NPL": 70, "IND": 35}
    others = {(row["party_kind"], row["party"]) for row in rows if row["party_kind"] != "state"}
    assert others == {("unknown", "unknown"), ("unknown", "multinational"), ("organisation", "caricom")}
