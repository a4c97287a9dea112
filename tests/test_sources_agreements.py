"""Known cases of the sources on alliances, organizations, peace agreements and territory."""

from __future__ import annotations

import shutil
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import ContractBroken
from comity.panel import panel
from comity.sources import load_source
from comity.sources.contract import contract
from comity.sources.cow_igo import CODES, _runs
from comity.store import open_store
from source_samples import SAMPLES, File, read_content, refused, spoil_cell, write_content
from strategies import write_sources

Fact = dict[str, Any]


def facts(source: str, table: str, folder: Path | None = None) -> list[Fact]:
    return list(load_source(source, folder or SAMPLES / source).tables[table].to_pylist())


def left_out(source: str) -> dict[str, int]:
    return load_source(source, SAMPLES / source).about.left_out


def picked(rows: list[Fact], *columns: str) -> set[tuple[Any, ...]]:
    return {tuple(row[column] for column in columns) for row in rows}


def spells(source: str, organisation: str) -> set[tuple[Any, ...]]:
    rows = [row for row in facts(source, "organisation_member") if row["organisation"] == organisation]
    return picked(rows, "party", "role", "start_date", "end_date", "known_until")


def test_what_one_state_owes_another_is_not_what_it_is_owed() -> None:
    rows = picked(facts("atop", "dyad_year_fact"), "fact", "from_state", "to_state", "year")
    assert ("atop_defense", "USA", "GBR", 1961) in rows
    assert ("atop_defense", "GBR", "USA", 1961) not in rows
    assert ("atop_consultation", "ANN", "FRA", 1875) in rows  # the publisher's own code 8152
    assert {row[0] for row in rows} == {
        *("atop_defense", "atop_offense", "atop_neutrality", "atop_nonaggression", "atop_consultation"),
    }
    # A direction without any obligation makes no fact.
    assert left_out("atop")["derived_atop_dyad_year.csv.gz: no obligation of the one state to the other"] == 1


def test_an_obligation_that_is_neither_0_nor_1_is_refused(tmp_path: Path) -> None:
    shutil.copytree(SAMPLES / "atop", tmp_path / "atop")
    row = spoil_cell(tmp_path / "atop", File("atop", "directed"), "atop_offense", "2")
    refused(tmp_path, File("atop", "directed"), f"row {row}, column atop_offense: '2' is neither 0 nor 1")


def test_provisions_stand_with_their_phase_and_what_is_not_coded_is_not_zero() -> None:
    rows = {
        (row["item"], row["part"], row["property"]): row["value"] if row["content"] is None else row["content"]
        for row in facts("atop", "property")
    }
    assert (rows["9010", "9010.1", "milcon"], rows["9010", "9010.2", "milcon"]) == (1, 3)
    assert ("9005", "9005", "milcon") not in rows
    assert rows["9010", "9010.1", "phase_end"] == "1960-01-01"
    assert ("9010", "9010.2", "phase_end") not in rows
    assert (rows["9010", "9010.2", "milinst"], rows["9010", "9010.2", "formal"]) == (2, 2)
    assert {key[1] for key in rows if key[2] == "formal"} == {"9010.1", "9010.2", "9020"}  # 9010.1001 in that file
    assert left_out("atop")["atopinst5_1.csv: neither kind of institution is coded"] == 1


def test_a_download_without_the_later_files_of_atop_loads(tmp_path: Path) -> None:
    for name in ("atop5_1a.csv", "atop5_1m.csv"):
        shutil.copy(SAMPLES / "atop" / name, tmp_path / name)
    assert facts("atop", "agreement_party", tmp_path) == facts("atop", "agreement_party")
    assert not facts("atop", "dyad_year_fact", tmp_path)


def test_members_without_end_were_members_when_the_data_stop() -> None:
    rows = facts("cow_alliances", "agreement_party")
    spans = picked(rows, "agreement", "party", "start_date", "end_date", "known_until")
    horizon = date(2012, 12, 31)
    assert ("901", "PRT", date(1816, 1, 1), None, horizon) in spans
    assert ("902", "DEU", date(1991, 9, 8), date(2012, 11, 10), horizon) in spans
    # Code 345 passes from one state to another within the spell.
    assert {span[1:4] for span in spans if span[0] == "904"} == {
        ("YUG", date(1998, 8, 7), date(2006, 6, 4)),
        ("SRB", date(2006, 6, 5), None),
        ("BGR", date(1998, 8, 7), None),
    }
    agreements = {row["agreement"]: row for row in facts("cow_alliances", "agreement")}
    assert agreements["901"]["start_date"] == date(1402, 3, 4)
    assert agreements["903"]["obligations"] == ["neutrality", "nonaggression"]
    assert picked(facts("cow_alliances", "property"), "item", "part") == {("901", "GBR"), ("901", "PRT")}


def test_a_second_view_of_alliances_changes_no_value_where_atop_speaks(tmp_path: Path) -> None:
    assert contract("cow_alliances").user_supplied
    assert not any("alliance" in statement.kinds for statement in contract("cow_alliances").coverage)
    atop, second = (load_source(source, SAMPLES / source) for source in ("atop", "cow_alliances"))
    values = {}
    for name, sources in (("atop", (atop,)), ("both", (atop, second)), ("second", (second,))):
        write_sources(tmp_path / name, *sources)
        with open_store(tmp_path / name) as store:
            made = panel(store, "dyad_year", years=(1950, 2020), states=("PRT", "USA")).add("is_defense_ally")
            values[name] = made.to_arrow().to_pylist()
    assert values["both"] == values["atop"]
    pacts = {
        (name, row["year"]): row["is_defense_ally"]
        for name, rows in values.items()
        for row in rows
        if {row["state_a"], row["state_b"]} == {"GBR", "PRT"}
    }
    assert (pacts["both", 1960], pacts["both", 2019]) == (False, None)
    assert (pacts["second", 1960], pacts["second", 2019]) == (True, None)  # heard where nothing else speaks


@given(codes=st.lists(st.sampled_from(CODES), min_size=1, max_size=12), data=st.data())
def test_runs_hold_one_role_and_meet_no_gap(codes: list[int], data: st.DataObject) -> None:
    size = len(codes) - 1
    follows = np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size)), dtype=bool)
    runs = list(_runs(np.array(codes), follows))
    assert [place for first, last in runs for place in range(first, last + 1)] == [
        place for place, code in enumerate(codes) if code > 0
    ]
    for first, last in runs:
        assert len({*codes[first : last + 1]}) == 1
        assert follows[first:last].all()
    for (_, last), (first, _) in pairwise(runs):
        assert first > last + 1 or codes[first] != codes[last] or not follows[last]


def test_membership_ends_where_the_next_year_says_so() -> None:
    horizon = date(2008, 12, 31)
    # A missing year is no exit: the spell stays open and is known until the year before.
    assert spells("cow_igo", "igo/anzus") == {
        ("USA", "member", date(2003, 1, 1), None, date(2003, 12, 31)),
        ("USA", "member", date(2005, 1, 1), None, horizon),
    }
    # An observer until 2005; a state out of the state system for two years; a last year that is not known.
    assert spells("cow_igo", "igo/asean") == {
        ("USA", "observer", date(2003, 1, 1), date(2005, 12, 31), horizon),
        ("MYS", "member", date(2003, 1, 1), None, date(2004, 12, 31)),
        ("MYS", "member", date(2007, 1, 1), None, date(2007, 12, 31)),
    }
    assert ("YUG", "member", date(2003, 1, 1), date(2004, 12, 31), horizon) in spells("cow_igo", "igo/wpact")
    assert {span[:3] for span in spells("cow_igo", "igo/nato")} == {
        ("USA", "member", date(2003, 1, 1)),
        ("YUG", "associate", date(2003, 1, 1)),
        ("SRB", "associate", date(2006, 1, 1)),
    }


def test_the_copies_of_another_project_stand_in_for_the_publishers_files(tmp_path: Path) -> None:
    folder = tmp_path / "cow_igo"
    folder.mkdir()
    copies = {"igo_year_formatv3.csv": "derived_igo_year_format3.csv.gz"}
    copies["state_year_formatv3.csv"] = "derived_state_year_format3.csv.gz"
    for name, copy in copies.items():
        write_content(folder / copy, (SAMPLES / "cow_igo" / name).read_bytes().replace(b"\t", b","))
    columns = ("organisation", "party", "role", "start_date", "end_date", "known_until")
    rows = facts("cow_igo", "organisation_member", folder)
    assert picked(rows, *columns) == picked(facts("cow_igo", "organisation_member"), *columns)
    assert read_content(folder / copy).startswith(b"ccode,year,state")


def test_a_code_of_membership_that_the_code_book_lacks_is_refused(tmp_path: Path) -> None:
    shutil.copytree(SAMPLES / "cow_igo", tmp_path / "cow_igo")
    row = spoil_cell(tmp_path / "cow_igo", File("cow_igo", "states"), "asean", "4")
    refused(tmp_path, File("cow_igo", "states"), f"row {row}, column asean: '4' is not one of -9, -1, 0, 1, 2, 3")


def test_members_that_run_together_are_parted_and_open_ends_stay_open() -> None:
    spans = spells("regional_orgs", "rei/910")
    assert {span[0] for span in spans} == {"BWA", "LSO", "YUG", "SRB", "VEN"}
    assert ("VEN", "member", date(2006, 1, 1), date(2012, 12, 31), date(2020, 12, 31)) in spans
    assert ("SRB", "member", date(2006, 6, 5), None, date(2020, 12, 31)) in spans
    # Known in 2016 and not since; no start is given.
    assert ("FSM", "member", None, None, date(2016, 12, 31)) in spells("regional_orgs", "rei/920")
    # 40 1988 stands in a note, which is not read.
    assert left_out("regional_orgs") == {"REIdatav3.0.txt: a line of notes": 2}


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("910 4711", "91 4711", "row 1, column line: .* does not begin an institution"),
        ("101 2006 2012", "101 2006 201", "row 3, column line: .* is no list of members"),
        ("19931029  2004", "19931329  2004", "row 8, column start: '19931329' '1993-13-29' is not a date"),
        ("571 1961", "998 1961", "row 3, column ccode: '998' is no cow state code"),
        ("notes: invented", "invented", "row 4, column line: .* is not the line of notes"),
    ],
)
def test_a_block_of_another_form_is_refused(tmp_path: Path, old: str, new: str, problem: str) -> None:
    text = (SAMPLES / "regional_orgs" / "REIdatav3.0.txt").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "REIdatav3.0.txt").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ContractBroken, match=problem):
        load_source("regional_orgs", tmp_path)


def test_groupings_made_by_hand_say_so_and_follow_germany() -> None:
    assert picked(facts("org_membership", "organisation"), "verification") == {("unverified",)}
    horizon = date(2009, 1, 2)
    assert {span for span in spells("org_membership", "grouping/nato") if span[0] != "POL"} == {
        ("GFR", "member", date(1956, 2, 3), date(1990, 10, 2), horizon),
        ("DEU", "member", date(1990, 10, 3), None, horizon),
    }
    partners = spells("org_membership", "grouping/nato_pfp")
    assert ("POL", "partner", date(1993, 6, 7), date(1998, 5, 1), horizon) in partners  # ended on joining
    assert {span[2:4] for span in partners if span[0] == "MLT"} == {
        (date(1994, 1, 1), date(1995, 10, 31)),
        (date(2009, 1, 2), None),
    }
    assert ("JPN", "member", None, None, horizon) in spells("org_membership", "grouping/quad")


def test_a_former_member_needs_an_end(tmp_path: Path) -> None:
    shutil.copytree(SAMPLES / "org_membership", tmp_path / "org_membership")
    path = tmp_path / "org_membership" / "security_groupings.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("1995-10,month", ","), encoding="utf-8")
    refused(tmp_path, File("org_membership", "members"), "column end_date: '' must not be missing for a former member")


def test_peace_agreements_keep_their_parties_as_text(tmp_path: Path) -> None:
    assert "agreement_party" not in contract("pa_x").tables
    agreements = {row["agreement"]: row for row in facts("pa_x", "agreement")}
    assert agreements["9001"]["categories"] == ["intrastate", "ceasefire"]
    assert {row["status"] for row in agreements.values()} == {"unknown"}
    kept = {(row["item"], row["property"]): row["value"] or row["content"] for row in facts("pa_x", "property")}
    assert (kept["9001", "ce"], kept["9001", "impk"], kept["9002", "stbor"]) == (3, 1, 1)
    assert (kept["9002", "parties"], kept["9002", "location_2"]) == ("Peru; Ecuador", "ECU")
    assert ("9003", "parties") not in kept
    assert ("9001", "ucdp_conflict") not in kept  # NA is missing
    # Parties may stand on several lines of one cell.
    path = SAMPLES / "pa_x" / "pax_all_agreements_data.csv"
    text = path.read_text(encoding="utf-8").replace("Peru; Ecuador", '"Peru;\n\nEcuador"')
    (tmp_path / path.name).write_text(text, encoding="utf-8")
    assert len(facts("pa_x", "agreement", tmp_path)) == 3


def test_months_of_claims_that_are_not_known_or_not_over() -> None:
    rows = picked(facts("icow", "territorial_claim"), "claim", "party", "role", "start_precision", "end_date")
    assert {
        ("90101", "BOL", "claimant", "year", date(1912, 7, 31)),
        ("90101", "ARG", "holder", "year", date(1912, 7, 31)),
        ("90102", "ARG", "claimant", "month", None),  # 200199: open when the data stop
        ("90201", "european-union", "claimant", "month", date(1994, 5, 31)),
    } <= rows
    attempts = picked(facts("icow", "dyad_spell"), "item", "from_state", "value", "start_date", "end_date")
    assert attempts == {
        ("90101/1", "BOL", 1.0, date(1904, 5, 1), date(1905, 11, 30)),
        ("90101/2", "BOL", 4.0, date(1908, 1, 1), date(1908, 12, 31)),
        ("90102/1", "ARG", 3.0, date(1956, 6, 1), None),  # its end lies before its start
        ("90102/2", "ARG", 1.0, date(2001, 8, 1), None),
    }
    assert sorted(left_out("icow").values()) == [1, 1, 1]


def test_years_of_claims_keep_published_zeros_and_leave_out_blanks() -> None:
    rows = {(row["fact"], row["year"]): row["value"] for row in facts("icow", "dyad_year_fact")}
    assert (rows["claim_bilateral_attempt_count", 1903], rows["claim_bilateral_attempt_count", 1904]) == (0, 1)
    assert ("claim_pacific_settlement_treaty_count", 1903) not in rows
    assert rows["claim_pacific_settlement_treaty_count", 1904] == 2
    # What makes a claim worth having is given once for the years in which it is the same.
    items = [row for row in facts("icow", "property") if row["property"] == "tcarea" and row["item"] == "90101"]
    assert picked(items, "part", "value") == {("1903", 1500.0), ("1908", 900.0)}


def test_how_states_came_to_be() -> None:
    rows = picked(facts("icow", "state_spell"), "state", "fact", "value", "content", "start_date")
    assert {
        ("CUB", "colonial_ruler", None, "ESP", None),
        ("CUB", "independence", 2.0, "USA", date(1903, 7, 1)),
        ("GTM", "secession", 0.0, "UPC", date(1840, 11, 1)),  # its federation had ended by our list
        ("RVN", "merger", None, "VNM", date(1976, 5, 1)),
        ("SMR", "independence", 1.0, None, date(301, 1, 1)),
    } <= rows


def test_land_passes_between_states_entities_and_nobody() -> None:
    rows = {row["change"]: row for row in facts("territorial_change", "territorial_change")}
    assert (rows["9001"]["date"], rows["9001"]["precision"], rows["9001"]["procedure"]) == (
        date(1871, 3, 1),
        "month",
        "cession",
    )
    assert (rows["9001"]["area_km2"], rows["9001"]["population_count"]) == (1234.5, None)
    assert (rows["9002"]["gainer_kind"], rows["9002"]["loser_kind"], rows["9002"]["loser"]) == (
        "group",
        "unknown",
        "unknown",
    )
    assert (rows["9002"]["area_km2"], rows["9002"]["precision"], rows["9002"]["procedure"]) == (None, "year", None)
    assert rows["9003"]["loser"] == "YUG"
