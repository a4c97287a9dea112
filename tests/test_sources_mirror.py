"""The nine sources on the publishers' real files, when COMITY_MIRROR names their folder."""

from __future__ import annotations

from datetime import date

import pytest

from comity.sources import load_source
from comity.store.check import checked_table
from pace import at_most
from source_mirror import MIRROR, facts, loaded

pytestmark = [
    pytest.mark.mirror,
    pytest.mark.skipif(not MIRROR.is_dir(), reason="COMITY_MIRROR names no folder of published files"),
]


# Data rows of each file by the index of the mirror, and core rows by our rules.
ROWS = {
    "cow_states": ({"states2016.csv": 243, "majors2016.csv": 14}, {"state_membership": 259}),
    "gw_states": ({"iisystem.dat": 216, "microstatessystem.dat": 23}, {"state_membership": 241}),
    "atop": (
        {
            "atop5_1a.csv": 789,
            "atop5_1m.csv": 2510,
            "atop5_1aph.csv": 849,
            "atopinst5_1.csv": 849,
            "derived_atop_dyad_year.csv.gz": 273296,
        },
        {"agreement": 789, "agreement_party": 2507, "property": 56597, "dyad_year_fact": 541739},
    ),
    "mme": ({"mme_v7.csv": 3707}, {"series": 392, "engagement": 3707, "engagement_party": 13863}),
    "gml_mid": (
        {"gml-ddy-disputes-2.1.1.csv": 10330},
        {"dispute": 2199, "dispute_party": 5290, "dyad_year_fact": 10330 + 6758},
    ),
    "contiguity": ({"contdird.csv": 82498, "contdir.csv": 847}, {"dyad_spell": 861, "dyad_year_fact": 82440}),
    "dcad": ({"DCAD-v1.0-main.csv": 1871}, {"agreement": 1869, "agreement_party": 3738}),
    "un_ideal_points": (
        {"IdealpointestimatesAll_Jun2024.csv": 11238},
        {"state_year_fact": 2 * 11238, "dyad_year_fact": 64783},
    ),
}
LEFT_OUT = {
    "atop": {"derived_atop_dyad_year.csv.gz: no obligation of the one state to the other": 170},
    "contiguity": {"contdird.csv: a second record of one pair and year; the nearer kind is kept": 58},
    "dcad": {"DCAD-v1.0-main.csv: both parties are the same state": 2},
    "un_ideal_points": {"IdealpointestimatesAll_Jun2024.csv, values: agreement with itself": 436},
    "mme": {
        "mme_v7.csv, values: an end before the start": 6,
        "mme_v7.csv, values: a participant listed twice in one exercise": 24,
    },
    "us_leader_travel": {
        "president-travels: a stop entered twice": 1,
        "secretary-travels: a stop entered twice": 3,
    },
}
SOURCES = (*ROWS, "us_leader_travel")


@pytest.mark.parametrize("source", SOURCES)
def test_real_files_are_reviewed_and_keep_every_rule_of_the_store(source: str) -> None:
    about = loaded(source).about
    assert about.is_reviewed
    assert about.left_out == LEFT_OUT.get(source, {})
    for name, rows in loaded(source).tables.items():
        assert checked_table(source, name, rows).num_rows == rows.num_rows


@pytest.mark.parametrize("source", ROWS)
def test_row_counts_are_those_of_the_index(source: str) -> None:
    file_rows, core_rows = ROWS[source]
    assert {file.name: file.row_count for file in loaded(source).about.files} == file_rows
    assert {name: rows.num_rows for name, rows in loaded(source).tables.items()} == core_rows


def test_travel_counts_are_those_of_the_index() -> None:
    # A mirror need not hold every traveller; these are whole in any.
    index = {
        "president-travels/obama-barack.xml": 120,
        "president-travels/wilson-woodrow.xml": 10,
        "secretary-travels/blinken-antony-j.xml": 241,
        "secretary-travels/kerry-john-forbes.xml": 348,
        "secretary-travels/vance-cyrus-roberts.xml": 114,
        "visits/1870.xml": 2,
        "visits/2000.xml": 678,
        "visits/2020.xml": 276,
    }
    files = {file.name: file.row_count for file in loaded("us_leader_travel").about.files}
    assert {name: files[name] for name in index} == index
    assert sum(count for name, count in files.items() if name.startswith("president")) == 832
    assert len(facts("us_leader_travel", "engagement")) == sum(files.values()) - 4
    assert len(facts("us_leader_travel", "engagement_party")) == 2 * len(facts("us_leader_travel", "engagement"))


def test_all_nine_load_within_six_seconds() -> None:
    with at_most(6.0):
        for source in SOURCES:
            load_source(source, MIRROR / source)


def test_nato() -> None:
    rows = [row for row in facts("atop", "agreement_party") if row["agreement"] == "3180"]
    in_force = [row for row in rows if row["end_date"] is None]
    assert (len(rows), len({row["party"] for row in rows})) == (42, 30)
    assert len({row["party"] for row in in_force}) == 29
    assert {row["known_until"] for row in in_force} == {date(2018, 12, 31)}
    assert {"USA", "DEU", "TUR", "MNE"} <= {row["party"] for row in in_force}
    assert [row["end_date"] for row in rows if row["party"] == "GFR"] == [date(1990, 10, 3)]


def test_the_alliance_of_the_united_states_and_japan() -> None:
    rows = facts("atop", "agreement_party")
    ours = {row["agreement"]: row for row in rows if row["party"] == "USA" and row["end_date"] is None}
    theirs = {row["agreement"]: row for row in rows if row["party"] == "JPN" and row["end_date"] is None}
    shared = [row for row in facts("atop", "agreement") if row["agreement"] in ours.keys() & theirs.keys()]
    [treaty] = [row for row in shared if "defense" in row["obligations"]]
    assert (treaty["start_date"].year, treaty["status"]) == (1960, "in_force")
    # The obligation is not mutual: the United States defends Japan.
    assert "defense" in ours[treaty["agreement"]]["obligations"]
    assert "defense" not in theirs[treaty["agreement"]]["obligations"]


def participants(name: str) -> set[str]:
    [exercise] = [row for row in facts("mme", "engagement") if row["name"] == name]
    rows = [row for row in facts("mme", "engagement_party") if row["engagement"] == exercise["engagement"]]
    assert {row["party_kind"] for row in rows} == {"state"}
    return {row["party"] for row in rows}


def test_who_took_part_in_two_known_exercises() -> None:
    assert participants("RIMPAC 2010") == {
        *("AUS", "CAN", "CHL", "COL", "FRA", "IDN", "JPN"),
        *("KOR", "MYS", "NLD", "PER", "SGP", "THA", "USA"),
    }
    assert participants("Cobra Gold 10") == {"IDN", "JPN", "KOR", "SGP", "THA", "USA"}


def test_states_that_were_divided_or_renamed_are_told_apart_by_date() -> None:
    years: dict[str, set[int]] = {}
    starts = {row["engagement"]: row["start_date"].year for row in facts("mme", "engagement")}
    for row in facts("mme", "engagement_party"):
        years.setdefault(row["party"], set()).add(starts[row["engagement"]])
    assert {1985, 1995} <= years["RUS"]
    assert (min(years["GFR"]), max(years["GFR"])) == (1980, 1990)
    assert min(years["DEU"]) == 1991
    assert max(years["DDR"]) == 1990
    assert years["YUG"] == {2000, 2004}
    unknown = [row["engagement"] for row in facts("mme", "engagement_party") if row["party"] == "unknown"]
    assert len(unknown) == len(set(unknown)) == 203


def test_disputes() -> None:
    disputes = {row["dispute"]: row for row in facts("gml_mid", "dispute")}
    assert len(disputes) == 2199
    assert disputes["3514"]["end_date"] == date(1941, 12, 31)
    rows = facts("gml_mid", "dyad_year_fact")
    pairs = {(row["from_state"], row["to_state"], row["year"], row["item"], row["fact"]) for row in rows}
    assert {(two, one, *rest) for one, two, *rest in pairs} == pairs
    sides = {(row["state"], row["side"]) for row in facts("gml_mid", "dispute_party") if row["dispute"] == "258"}
    assert {("FRA", "a"), ("FRA", "b"), ("ITA", "a"), ("ITA", "b"), ("DEU", "b"), ("USA", "a")} <= sides
    assert ("DEU", "a") not in sides


def test_neighbours() -> None:
    rows = facts("contiguity", "dyad_year_fact")
    kinds = {(row["from_state"], row["to_state"], row["year"]): row["value"] for row in rows}
    assert {kinds["USA", "CAN", year] for year in range(1920, 2017)} == {1.0}
    assert kinds["CAN", "USA", 2016] == 1.0
    assert all(kinds[two, one, year] == kind for (one, two, year), kind in kinds.items())


def test_defense_cooperation_of_the_united_states_and_indonesia() -> None:
    parties: dict[str, set[str]] = {}
    for row in facts("dcad", "agreement_party"):
        parties.setdefault(row["agreement"], set()).add(row["party"])
    assert {len(pair) for pair in parties.values()} == {2}
    agreements = {row["agreement"]: row for row in facts("dcad", "agreement")}
    [found] = [agreements[number] for number, pair in parties.items() if pair == {"USA", "IDN"}]
    assert (found["agreement_kind"], found["signed_date"], found["end_date"]) == ("framework", date(2010, 6, 10), None)
    assert parties["DCADv1.0-0297"] == {"BOL", "VEN"}
    assert parties["DCADv1.0-0108"] == {"USA", "EGY"}


def test_ideal_points() -> None:
    rows = facts("un_ideal_points", "state_year_fact")
    points = {(row["state"], row["year"]): row["value"] for row in rows if row["fact"] == "ideal_point"}
    assert [round(points[state, 2023], 2) for state in ("USA", "RUS", "CHN")] == [2.50, -0.53, -0.80]
    assert {("TWN", 1971), ("CHN", 1971), ("UKR", 1946)} <= points.keys()
    assert 1964 not in {year for _, year in points}


def test_agreement_of_votes() -> None:
    rows = facts("un_ideal_points", "dyad_year_fact")
    shares = {(row["from_state"], row["to_state"], row["year"]): row["value"] for row in rows}
    six = {to_state for _, to_state, _ in shares}
    assert six == {"USA", "RUS", "BRA", "CHN", "IND", "ISR"}
    # Of two of the six both rows give the same share.
    assert all(shares[two, one, year] == share for (one, two, year), share in shares.items() if one in six)
    assert min(year for _, two, year in shares if two == "CHN") == 1971
    # Shares are of whole votes of at most as many as the state cast.
    cast = {(row["state"], row["year"]): row["value"] for row in facts("un_ideal_points", "state_year_fact")
            if row["fact"] == "vote_count"}  # fmt: skip
    assert all((one, year) in cast for one, _, year in shares)


def test_travel_of_leaders() -> None:
    visits = {row["engagement"]: row for row in facts("us_leader_travel", "engagement")}
    hosts: dict[str, set[str]] = {}
    for row in facts("us_leader_travel", "engagement_party"):
        if row["role"] == "host" and not row["engagement"].startswith("visit/"):
            hosts.setdefault(row["party"], set()).add(row["engagement"])
    # The President went to Beijing in February 1972 and to Moscow in May.
    for host, month in (("CHN", 2), ("RUS", 5)):
        days = [visits[number]["start_date"] for number in hosts[host] if number.startswith("president/")]
        assert [day.month for day in days if day.year == 1972] == [month]
    assert hosts["GFR"]
    assert not hosts["GFR"] & hosts["DEU"]
    assert {visits[number]["start_date"].year for number in hosts["DDR"]} == {1989, 1990}
