"""What the sources of crises and rivalries must make of their samples, with the reason for each rule."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from comity.errors import ContractBroken
from comity.sources import load_source
from dispute_samples import copied, facts, picked, picked_facts, properties
from source_samples import SAMPLES, File, refused, spoil_cell

# Crises


def test_a_day_that_is_a_part_of_the_month_leaves_the_month() -> None:
    [found] = facts("icb", "crisis", crisis="901")
    assert (found["start_date"], found["start_precision"]) == (date(1931, 5, 1), "month")
    assert (found["end_date"], found["end_precision"]) == (date(1932, 2, 29), "month")
    values = properties("icb", "901")
    assert (values["mediation_start", ""], values["mediation_end", ""]) == ("1931-06-03", "1931-07")


def test_a_crisis_without_dates_is_left_out_and_counted_and_one_without_end_is_open() -> None:
    loaded = load_source("icb", SAMPLES / "icb")
    assert "903" not in {row["crisis"] for row in picked_facts(loaded, "crisis")}
    assert loaded.about.left_out == {f"icb{n}v13.csv: a crisis without dates": 1 for n in (1, 2)}
    [found] = facts("icb", "crisis", crisis="902")
    assert (found["end_date"], found["end_precision"]) == (None, None)


def test_an_actor_may_be_in_a_crisis_twice_and_may_be_no_state() -> None:
    parts = facts("icb", "crisis_party", crisis="901")
    assert picked(parts, "actor", "party_kind", "party") == {
        ("9001", "state", "RUS"),
        ("9002", "state", "HUN"),
        ("9003", "state", "HUN"),
        ("9004", "group", "Hejaz"),
    }


def test_a_crisis_of_a_newer_file_of_actors_lasts_as_long_as_their_parts() -> None:
    [found] = facts("icb", "crisis", crisis="999")
    assert (found["start_date"], found["start_precision"]) == (date(2017, 2, 1), "month")
    assert (found["end_date"], found["end_precision"]) == (date(2018, 5, 31), "month")
    assert (found["name"], found["violence_level"]) == ("NEWER INVENTED", 3)
    # After 1990 the numbers 260 and 678 are those of states that had ended.
    assert {row["party"] for row in facts("icb", "crisis_party", crisis="999")} == {"DEU", "YEM"}


def test_missing_marks_of_crises() -> None:
    values = properties("icb", "901/9001")
    assert values["powdis", ""] == -9  # a difference in power, which may be negative
    assert ("sizedu", "") not in values
    assert ("momedst", "") not in properties("icb", "327")
    assert properties("icb", "327")["mediation_start", ""] == "1981"


def test_a_pair_in_crisis_is_given_once_and_its_actors_with_direction() -> None:
    year = {"item": "901", "year": 1931}
    assert picked(facts("icb", "dyad_year_fact", fact="crisis_ongoing", **year), "from_state", "to_state") == {
        ("HUN", "RUS")
    }
    # 9999 in one of the two rows of the pair does not undo that Russia is an actor in the other.
    assert picked(facts("icb", "dyad_year_fact", fact="crisis_actor", **year), "from_state", "value") == {
        ("HUN", 1),
        ("RUS", 1),
    }
    [absent] = facts("icb", "dyad_year_fact", fact="crisis_actor", from_state="FRA")
    assert absent["value"] == 0
    # The publisher leaves out the last days of 1931, so that the crisis of this pair begins in 1932.
    assert picked(facts("icb", "dyad_year_fact", fact="crisis_onset", to_state="HUN"), "year") == {(1932,)}
    spells = picked(facts("icb", "dyad_spell"), "item", "start_date")
    assert {("901/31", date(1931, 6, 1)), ("901/32", date(1931, 8, 1)), ("901/33", date(1931, 12, 3))} <= spells


# Rivalries


def test_a_start_before_a_year_and_an_end_not_yet_known() -> None:
    [early] = facts("rivalries", "rivalry", rivalry="tss/901")
    assert (early["state_a"], early["state_b"], early["start_date"]) == ("CHL", "PER", date(1816, 1, 1))
    assert properties("rivalries", "tss/901")["is_start_earlier", ""] == 1
    [late] = facts("rivalries", "rivalry", rivalry="tss/903")
    assert (late["end_date"], late["known_until"]) == (None, date(2020, 12, 31))
    assert ("is_start_earlier", "") not in properties("rivalries", "tss/903")
    [older] = facts("rivalries", "rivalry", rivalry="td/903")
    assert (older["end_date"], older["known_until"]) == (None, date(2010, 12, 31))


def test_a_rivalry_is_cut_where_a_number_passes_to_another_state() -> None:
    parts = facts("rivalries", "rivalry", rivalry="tss/902")
    assert picked(parts, "state_a", "state_b", "start_date", "end_date", "end_precision") == {
        ("BGR", "SRB", date(1878, 1, 1), date(1918, 11, 30), "day"),
        ("BGR", "YUG", date(1918, 12, 1), date(1955, 12, 31), "year"),
    }


def test_a_rival_that_no_list_has_is_left_out_and_counted() -> None:
    left_out = load_source("rivalries", SAMPLES / "rivalries").about.left_out
    assert sum(left_out.values()) == 3
    assert {reason.partition(": ")[2] for reason in left_out} == {"a rival that is in no list of states"}


def test_isolated_conflicts_and_arms_races_are_no_rivalries() -> None:
    assert picked(facts("rivalries", "rivalry"), "rivalry_kind") == {
        ("strategic",),
        ("strategic_2012",),
        ("enduring",),
        ("proto",),
    }
    [isolated] = facts("rivalries", "dyad_spell", fact="isolated_conflict")
    assert (isolated["from_state"], isolated["to_state"]) == ("KEN", "ZMB")
    # The day 00, and the 31st of September, are days that the source does not know.
    assert (isolated["start_date"], isolated["start_precision"]) == (date(1998, 2, 1), "month")
    [enduring] = facts("rivalries", "rivalry", rivalry="kdg/901")
    assert (enduring["end_date"], enduring["end_precision"]) == (date(1841, 9, 30), "month")


def test_each_dispute_of_a_rivalry_keeps_what_it_cost() -> None:
    values = properties("rivalries", "kdg/901")
    assert (values["severity", "9001/135155"], values["deathsb", "9002/135155"]) == (14, 700)
    assert ("deathsa", "9001/135155") not in values  # a point is unknown
    # The file of disputes calls this one isolated, the list a rivalry: the list decides, and both are kept.
    assert (values["rivtyp2", "9002/135155"], values["dispute_count", ""]) == (1, 6)
    assert picked(facts("rivalries", "property", item="kdg/901"), "core_table") == {("rivalry",)}
    assert picked(facts("rivalries", "property", item="kdg/11999"), "core_table") == {("dyad_spell",)}


@pytest.mark.parametrize(
    ("column", "value", "problem"),
    [
        ("beginr", "18211304", "is not a date (YYYYMMDD)"),
        ("beginr", "1821", "is not a date (YYYYMMDD)"),
        ("endr", "18200101", "has a spell that ends on 1820-01-01, before its start"),
        ("rivalb", "998", "998"),
    ],
)
def test_a_rivalry_that_cannot_be_is_refused(tmp_path: Path, column: str, value: str, problem: str) -> None:
    folder = copied("rivalries", tmp_path)
    file = File("rivalries", "disputed")
    spoil_cell(folder, file, column, value)
    refused(tmp_path, file, "row 2, column ", problem)


def test_a_strategic_rivalry_without_numbers_is_refused(tmp_path: Path) -> None:
    folder = copied("rivalries", tmp_path)
    spoil_cell(folder, File("rivalries", "strategic_states"), "rivalry", "Chile-Peru 8")
    with pytest.raises(ContractBroken, match=r"row 2, column rivalry: 'Chile-Peru 9' has no numbers of states"):
        load_source("rivalries", folder)
