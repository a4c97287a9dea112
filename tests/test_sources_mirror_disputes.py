"""Disputes, wars, crises and rivalries on the publishers' real files, when COMITY_MIRROR names their folder."""

from __future__ import annotations

import fnmatch
import shutil
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from comity.sources import Loaded, load_source
from comity.sources.contract import contract
from comity.store.check import checked_table
from source_mirror import Fact

pytestmark = pytest.mark.mirror


# Data rows of each whole file and the first digits of its hash, by the index of the mirror.
WHOLE = {
    "cow_mid": {
        "MIDA 5.0.csv": (2436, "fa00331f8b5e68b5"),
        "MIDB 5.0.csv": (5883, "5189071e3b8aa32e"),
        "MIDI 5.0.csv": (4483, "fc7d5ca720d1fcb9"),
        "MIDIP 5.0.csv": (9619, "9350d1b71c24ab2a"),
        "dyadic_mid_4.03.csv": (10358, "92ffe8b0921d6d54"),
        "MIDLOCA_2.1.csv": (2315, "aa1bc0b5aecfda55"),
    },
    "cow_war": {
        "Inter-StateWarData_v4.0.csv": (337, "2535e30b145141c3"),
        "Extra-StateWarData_v4.0.csv": (198, "529c325fdf0355ea"),
        "Non-StateWarData_v4.0.csv": (62, "99d3d9df70a54fd2"),
        "INTRA-STATE WARS v5.1 CSV.csv": (420, "afc6b8665f290225"),
        "directed_dyadic_war.csv": (1364, "aa2eb5244a0cb0b5"),
    },
    "icb": {
        "icb1v13.csv": (482, "696c00cd61a97e77"),
        "icb2v13.csv": (1065, "fbbc57dab2842630"),
        "icb2v15.csv": (1100, "f835b7bf8cca84a6"),
        "icbdy_v15.csv": (1363, "4a4305d2a522d5a7"),
    },
    "rivalries": {
        "tss_rivalries.xlsx": (264, "ebd0e9ceaceda255"),
        "derived_tss_rivalries.csv": (264, "7d975b0e99dabdb6"),
        "derived_td_rivalries.csv": (197, "ec77f12e94d822e0"),
        "kdg.csv": (1212, "ac24364742127c35"),
        "riv500.csv": (3302, "f3679c794c5daa8b"),
        "derived_grh_arms_races.csv": (71, "b7167a936f90fa23"),
    },
}
LATER = "derived_gml_2_2_1_directed_dispute_year.csv.gz"


@cache
def loaded(source: str, mirror: Path) -> Loaded:
    return load_source(source, mirror / source)


@cache
def facts(source: str, table: str, mirror: Path) -> list[Fact]:
    rows: list[Fact] = loaded(source, mirror).tables[table].to_pylist()
    return rows


@pytest.mark.parametrize("source", WHOLE)
def test_row_counts_are_those_of_the_index(source: str, mirror: Path) -> None:
    for file in loaded(source, mirror).about.files:
        count, digits = WHOLE[source][file.name]
        # A mirror may hold the first part of a file, which then has another hash and fewer rows.
        assert (file.row_count == count) if file.sha256.startswith(digits) else (0 < file.row_count < count), file.name


@pytest.mark.parametrize("source", WHOLE)
def test_what_was_reviewed_is_what_the_index_describes(source: str) -> None:
    for promised in contract(source).files.values():
        for name, digest in promised.sha256.items():
            assert digest.startswith(WHOLE[source][name][1])


@pytest.mark.parametrize("source", [*WHOLE, "gml_mid"])
def test_every_file_of_the_folder_is_read_or_said_not_to_be(source: str, mirror: Path) -> None:
    known = [promised.path for promised in contract(source).files.values()] + list(contract(source).not_read)
    for path in (mirror / source).iterdir():
        assert any(fnmatch.fnmatchcase(path.name, pattern) for pattern in known), path.name


@pytest.mark.parametrize("source", WHOLE)
def test_real_files_keep_every_rule_of_the_store(source: str, mirror: Path) -> None:
    for name, rows in loaded(source, mirror).tables.items():
        assert checked_table(source, name, rows).num_rows == rows.num_rows
        if {"start_date", "end_date"} <= set(rows.column_names):
            backward = [row for row in facts(source, name, mirror) if (row["end_date"] or date.max) < row["start_date"]]
            assert not backward


def test_disputes_known_from_history(mirror: Path) -> None:
    parties: dict[str, set[str]] = {}
    for row in facts("cow_mid", "dispute_party", mirror):
        parties.setdefault(row["dispute"], set()).add(row["state"])
    starts = {row["dispute"]: row["start_date"] for row in facts("cow_mid", "dispute", mirror)}
    assert parties["3630"] == {"GBR", "ARG"}
    assert (starts["3630"].year, starts["61"].year) == (1982, 1962)
    assert {"USA", "CUB", "RUS"} <= parties["61"]
    assert len(starts) == len(parties)
    assert sum(loaded("cow_mid", mirror).about.left_out.values()) == 85


def test_every_dispute_year_has_both_directions_and_one_row_each(mirror: Path) -> None:
    rows = [row for row in facts("cow_mid", "dyad_year_fact", mirror) if row["fact"] == "mid_ongoing"]
    pairs = {(row["from_state"], row["to_state"], row["year"], row["item"]) for row in rows}
    assert {(two, one, *rest) for one, two, *rest in pairs} == pairs
    [dyads] = [file for file in loaded("cow_mid", mirror).about.files if file.name.startswith("dyadic")]
    # Sixteen keys come twice in the whole file, fourteen of them before 2001.
    assert dyads.row_count - len(rows) == (16 if dyads.row_count == 10358 else 14)


def test_the_older_dyad_years_say_the_same(mirror: Path, tmp_path: Path) -> None:
    folder = tmp_path / "cow_mid"
    newer = shutil.ignore_patterns("dyadic_mid_4.03.csv")
    shutil.copytree(mirror / "cow_mid", folder, ignore=newer, copy_function=shutil.copyfile)
    older = load_source("cow_mid", folder).tables["dyad_year_fact"].drop_columns(["row_ref"])
    now = loaded("cow_mid", mirror).tables["dyad_year_fact"].drop_columns(["row_ref"])
    keys = [(column, "ascending") for column in ("fact", "item", "from_state", "to_state", "year")]
    assert older.sort_by(keys).equals(now.sort_by(keys))


def test_the_later_disputes_speak_when_they_are_alone(mirror: Path, tmp_path: Path) -> None:
    folder = tmp_path / "gml_mid"
    first = shutil.ignore_patterns("gml-ddy-disputes-*.csv")
    shutil.copytree(mirror / "gml_mid", folder, ignore=first, copy_function=shutil.copyfile)
    later = load_source("gml_mid", folder)
    assert (later.about.version, later.about.is_reviewed) == ("2.2.1", True)
    assert {file.name: file.row_count for file in later.about.files} == {
        LATER: 10276,
        "derived_gml_2_2_1_participants.csv": 5217,
    }
    assert later.tables["dispute"].num_rows == 2174
    # The 242 parties without known leaders are among them.
    assert later.tables["dispute_party"].num_rows == 5217
    assert {file.name for file in loaded("gml_mid", mirror).about.files} == {"gml-ddy-disputes-2.1.1.csv"}


def test_wars(mirror: Path) -> None:
    about = loaded("cow_war", mirror).about
    assert (about.is_reviewed, about.left_out) == (True, {})
    wars = Counter(kind for kind, _ in {(row["conflict_kind"], row["conflict"]) for row in war_years(mirror)})
    assert wars == {
        "interstate": 95,
        "extrasystemic": 163,
        "nonstate": 62,
        "intrastate": 326,
        "internationalized_intrastate": 94,
    }
    assert [row["year"] for row in war_years(mirror) if row["conflict"] == "106"] == list(range(1914, 1919))
    pairs = {
        (row["from_state"], row["to_state"], row["year"], row["item"])
        for row in facts("cow_war", "dyad_year_fact", mirror)
        if row["fact"] == "war"
    }
    assert len(pairs) == 1364
    assert {(two, one, *rest) for one, two, *rest in pairs} == pairs
    sides = Counter((row["conflict"], row["party"]) for row in switched(mirror))
    assert sides == {("108", "DEU"): 2, ("139", "FRA"): 2, ("139", "ITA"): 2, ("139", "ROU"): 2, ("139", "BGR"): 2}


def war_years(mirror: Path) -> list[Fact]:
    return sorted(facts("cow_war", "conflict_year", mirror), key=lambda row: (row["conflict"], row["year"]))


def switched(mirror: Path) -> list[Fact]:
    """One row for each side of a state that fought on both in one war between states."""
    sides = {(row["conflict"], row["party"], row["side"]): row for row in facts("cow_war", "conflict_party", mirror)}
    return [
        row
        for (conflict, party, side), row in sides.items()
        if float(conflict) < 300 and (conflict, party, {"a": "b", "b": "a"}[side]) in sides
    ]


def test_crises(mirror: Path) -> None:
    crises = {row["crisis"]: row for row in facts("icb", "crisis", mirror)}
    assert crises["196"]["start_date"] == date(1962, 10, 16)
    assert len(crises) >= 481
    assert "474" not in crises
    spells = {(row["from_state"], row["to_state"], row["item"].partition("/")[0]) for row in crisis_spells(mirror)}
    assert {("CUB", "USA", "196"), ("RUS", "USA", "196")} <= spells
    [dyads] = [file for file in loaded("icb", mirror).about.files if file.name.startswith("icbdy")]
    if dyads.row_count == 1363:
        assert len({crisis for _, _, crisis in spells}) == 449
    onsets = [row for row in facts("icb", "dyad_year_fact", mirror) if row["fact"] == "crisis_onset"]
    ongoing = [row for row in facts("icb", "dyad_year_fact", mirror) if row["fact"] == "crisis_ongoing"]
    # Each spell begins once, in a year that is listed; two spells of a pair may begin in one year of a crisis.
    assert len(spells) <= len(onsets) <= len(crisis_spells(mirror)) < len(ongoing)


def crisis_spells(mirror: Path) -> list[Fact]:
    return facts("icb", "dyad_spell", mirror)


def test_rivalries(mirror: Path) -> None:
    about = loaded("rivalries", mirror).about
    assert about.is_reviewed
    assert (
        sum(about.left_out.values()) == 6
    )  # two of Venice in each list of strategic rivalries, one of them in two files
    rows = facts("rivalries", "rivalry", mirror)
    kinds = Counter(kind for kind, _ in {(row["rivalry_kind"], row["rivalry"]) for row in rows})
    assert kinds == {"strategic": 262, "strategic_2012": 195, "enduring": 85, "proto": 246}
    spells = {(row["fact"], row["item"]) for row in facts("rivalries", "dyad_spell", mirror)}
    assert Counter(fact for fact, _ in spells) == {"isolated_conflict": 881, "arms_race": 71}
    ours = [
        row for row in rows if row["rivalry_kind"] == "strategic" and {row["state_a"], row["state_b"]} == {"CHN", "USA"}
    ]
    assert {(row["start_date"].year, row["end_date"] and row["end_date"].year) for row in ours} == {
        (1949, 1972),
        (1996, None),
    }


def test_disputes_belong_to_what_the_list_calls_a_rivalry(mirror: Path) -> None:
    rows = [row for row in facts("rivalries", "property", mirror) if row["item"].startswith("kdg/")]
    listed = {row["item"]: row["core_table"] for row in rows if row["property"] == "dispute_count"}
    disputes = [row for row in rows if row["property"] == "rivtyp2"]
    assert len(disputes) == 3302
    assert len({row["part"].partition("/")[0] for row in disputes}) == 2265
    assert all(listed.get(row["item"], row["core_table"]) == row["core_table"] for row in disputes)
    assert len({row["item"] for row in disputes} - listed.keys()) == 9
    types = Counter((row["value"], listed[row["item"]]) for row in disputes if row["item"] in listed)
    assert (types[1, "rivalry"], types[2, "dyad_spell"]) == (86, 12)
