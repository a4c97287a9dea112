"""Arms, China's diplomacy, reported activity, incidents and event codes: what each must make of its sample, and why."""

from __future__ import annotations

import math
import shutil
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import ContractBroken
from comity.sources import Loaded, load_source
from comity.sources.sipri_arms import equal_shares
from source_samples import SAMPLES

Fact = dict[str, Any]


@cache
def loaded(source: str) -> Loaded:
    return load_source(source, SAMPLES / source)


def facts(source: str, table: str) -> list[Fact]:
    rows: list[Fact] = loaded(source).tables[table].to_pylist()
    return rows


def left_out(source: str) -> dict[str, int]:
    return loaded(source).about.left_out


def picked(rows: list[Fact], *columns: str) -> set[tuple[Any, ...]]:
    return {tuple(row[column] for column in columns) for row in rows}


def spoiled(tmp_path: Path, source: str, file: str, old: str, new: str) -> str:
    """The refusal after a text in one file of a sample was replaced."""
    folder = Path(shutil.copytree(SAMPLES / source, tmp_path / source))
    content = (folder / file).read_bytes()
    assert old.encode() in content
    (folder / file).write_bytes(content.replace(old.encode(), new.encode(), 1))
    with pytest.raises(ContractBroken) as caught:
        load_source(source, folder)
    return str(caught.value)


@given(st.integers(0, 10_000), st.integers(1, 80))
def test_shares_are_nearly_equal_and_lose_nothing(total: int, parts: int) -> None:
    shares = equal_shares(total, parts)
    assert sum(shares) == total
    assert len(shares) == parts
    assert max(shares) - min(shares) <= 1
    # More delivered never makes any share smaller.
    assert all(more >= less for more, less in zip(equal_shares(total + 1, parts), shares, strict=True))


def test_a_deal_is_apportioned_over_its_years_and_its_sum_stays() -> None:
    deal = [row for row in facts("sipri_arms", "arms_delivery") if row["weapon"] == "Fjord-9/T"]
    assert [(row["delivery_year"], row["delivered_count"]) for row in deal] == [(1989, 2), (1990, 2), (1991, 3)]
    assert math.isclose(sum(row["delivered_tiv"] for row in deal), 10.0)
    # The supplier is who it was in the year of delivery, not of the order.
    assert [row["from_state"] for row in deal] == ["GFR", "DEU", "DEU"]


def test_what_was_ordered_and_never_came_has_a_delivery_without_a_year() -> None:
    [waiting] = [row for row in facts("sipri_arms", "arms_delivery") if row["delivery_year"] is None]
    assert (waiting["to_state"], waiting["delivered_count"], waiting["delivered_tiv"]) == ("GHA", 0, 0.0)
    assert waiting["delivery"] == "Ghana/Italy/2024/Invented 155mm/1/undelivered"


def test_deals_that_agree_in_every_field_are_kept_as_two() -> None:
    # The publisher's own sums count both.
    twins = [row for row in facts("sipri_arms", "arms_delivery") if row["weapon"] == "Tucanito"]
    counts = {row["delivery"].removeprefix("Chile/Brazil/2001/Tucanito/"): row["delivered_count"] for row in twins}
    assert counts == {"1/2003": 4, "2/2003": 4, "3/2002": 2}


def test_parties_to_a_transfer_that_are_no_states_are_kept_as_what_they_are() -> None:
    rows = facts("sipri_arms", "arms_delivery")
    assert {
        ("group", "riverside-front-peru", None),
        ("group", "northern-cyprus", None),
        ("organisation", "nato", None),
        ("state", "COG", "COG"),  # Congo alone is the one whose capital is Brazzaville
        ("state", "VNM", "VNM"),  # in 1971 Viet Nam is the North
    } <= picked(rows, "to_kind", "to_party", "to_state")
    assert {("unknown", "unknown", None), ("territory", "ABW", None), ("state", "RUS", "RUS")} <= picked(
        rows, "from_kind", "from_party", "from_state"
    )


def test_uncertainty_and_remarks_are_properties_and_a_tiv_of_zero_is_unknown() -> None:
    rows = facts("sipri_arms", "property")
    fjord = {row["property"]: row["value"] or row["content"] for row in rows if "Fjord" in row["item"]}
    assert fjord == {
        "is_order_year_uncertain": 1.0,
        "is_delivered_count_uncertain": 1.0,
        "ordered_count": 7.0,
        "unit_tiv": 1.5,
        "order_tiv": 10.5,
        "condition": "Second hand",
        "remarks": "Second-hand; modernized in Malmö before delivery",
    }
    assert not {row["property"] for row in rows if row["item"].startswith("Ghana")} & {"unit_tiv", "order_tiv"}
    assert sum(left_out("sipri_arms").values()) == 4


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("2000; 2001", "", "does not fit the number delivered, '2'"),
        ("2000; 2001", "2000; 2000", "is not a list of years"),
        ("2000; 2001", "2000, 01", "fields, the header has 16"),
    ],
)
def test_years_that_do_not_fit_the_deal_are_refused(tmp_path: Path, old: str, new: str, problem: str) -> None:
    assert problem in spoiled(tmp_path, "sipri_arms", "trade-register.csv", old, new)


def test_what_was_not_collected_is_not_zero() -> None:
    rows = facts("china_mil_diplomacy", "dyad_year_fact")
    values = {(row["fact"], row["from_state"], row["to_state"]): row["value"] for row in rows if row["year"] == 2004}
    assert values["military_visit_count", "CHN", "FJI"] == 0.0
    assert ("military_visit_count", "CHN", "NPL") not in values
    assert (
        left_out("china_mil_diplomacy")["ChinesePublicDiplomacy.csv: nothing was collected for the pair and year"] == 1
    )


def test_counts_without_direction_stand_once_and_travel_goes_from_the_traveler() -> None:
    rows = picked(facts("china_mil_diplomacy", "dyad_year_fact"), "fact", "from_state", "to_state", "value")
    assert ("joint_exercise_count", "BGD", "CHN", 12.0) in rows
    assert {("leader_visit_count", "CHN", "BGD", 1.0), ("leader_visit_count", "BGD", "CHN", 2.0)} <= rows
    assert {("student_count", "NPL", "CHN", 516.0), ("student_count", "CHN", "FJI", 22.0)} <= rows


def test_a_flag_holds_only_in_the_years_in_which_it_was_seen() -> None:
    # Currency swaps are known from 2009, United Front presence was seen in 2019 alone.
    flags = [row for row in facts("china_mil_diplomacy", "dyad_year_fact") if row["fact"].startswith("has_")]
    assert picked(flags, "fact", "year", "value") == {
        ("has_currency_swap_line", 2019, 1.0),
        ("has_united_front_presence", 2019, 0.0),
    }


def test_a_leaders_trip_has_a_year_and_a_host_of_its_time() -> None:
    trips = {row["engagement"]: row for row in facts("china_mil_diplomacy", "engagement")}
    hosts = {
        row["engagement"]: row["party"]
        for row in facts("china_mil_diplomacy", "engagement_party")
        if row["role"] == "host"
    }
    assert hosts == {
        "1963/Leader Three/Vietnam/1": "VNM",
        "1963/Leader Three/Vietnam/2": "VNM",
        "1979/Leader Four/Germany/1": "GFR",
        "1981/Leader Four/Germany, East/1": "DDR",
        "2013/Leader Five/Korea, South/1": "KOR",
    }
    assert picked(list(trips.values()), "level", "start_precision", "end_precision") == {("head", "year", "year")}


def test_mentions_are_counted_by_day_and_a_name_within_a_name_is_none() -> None:
    rows = picked(facts("china_mil_diplomacy", "activity_day"), "date", "toward_state", "value")
    assert rows == {(date(2004, 2, 29), "PER", 2.0), (date(2004, 2, 29), "GEO", 1.0)}
    file = "all_engagements_2003-2018.csv"
    assert left_out("china_mil_diplomacy")[f"{file}: a country's name found within another name"] == 1


def test_a_date_that_contradicts_its_year_is_refused(tmp_path: Path) -> None:
    problem = spoiled(tmp_path, "china_mil_diplomacy", "all_engagements_2003-2018.csv", "02/29/04", "02/29/05")
    assert "'02/29/05' is not a date (MM/DD/YY) in 2004" in problem


def test_a_reported_zero_is_kept_and_two_tables_make_one_number() -> None:
    days = {(row["fact"], row["date"]): row for row in facts("adiz", "activity_day")}
    row = days["taiwan_mnd_sortie_count", date(2023, 7, 9)]
    assert (row["value"], row["toward_state"]) == (0.0, "TWN")
    assert row["row_ref"] == "JapanandBattleship.csv:2023/07/09; merged_comprehensive_data_M.csv:2023/7/9"
    # Where the two differ the table of the days counts.
    assert days["taiwan_mnd_sortie_count", date(2023, 7, 10)]["value"] == 61.0
    assert ("taiwan_mnd_sortie_count", date(2023, 7, 11)) not in days


def test_who_passed_is_unknown_where_the_report_does_not_say() -> None:
    rows = [row for row in facts("adiz", "activity_day") if row["fact"] == "japan_mod_ship_passage_reported"]
    assert picked(rows, "date", "party_kind", "party") == {
        (date(2023, 7, 10), "state", "RUS"),
        (date(2023, 7, 11), "unknown", "china-or-russia"),
    }


def test_days_that_cannot_be_right_are_left_out() -> None:
    monitor = [row for row in facts("adiz", "activity_day") if row["date"].year == 2025]
    first, last = date(2025, 12, 1), date(2025, 12, 3)
    assert Counter(row["date"] for row in monitor) == {first: 5, last: 2}
    # On the last day more aircraft entered than there were; its ships may be right.
    kept = {row["fact"] for row in monitor if row["date"] == last}
    assert kept == {"taiwan_mnd_naval_vessel_count", "taiwan_mnd_official_vessel_count"}


def test_reports_of_one_day_are_added_and_their_years_are_of_the_republic() -> None:
    [row] = [row for row in facts("adiz", "activity_day") if row["fact"] == "taiwan_mnd_zone_report_count"]
    # 12 + 1 in the morning and 3 at night; the 99 stand after the section.
    assert (row["date"], row["value"]) == (date(2021, 2, 28), 16.0)
    types = [row for row in facts("adiz", "property") if row["item"].startswith("taiwan_mnd_zone_report_count/")]
    assert picked(types, "property", "part", "value") == {
        ("樣-1機", "91", 12.0),
        ("樣-2機", "91", 1.0),
        ("樣-1機", "92", 3.0),
    }


def test_notices_are_counted_by_the_words_of_their_titles() -> None:
    rows = [row for row in facts("adiz", "activity_day") if row["fact"].startswith("china_msa_")]
    assert picked(rows, "fact", "date", "value") == {
        ("china_msa_live_fire_notice_count", date(2026, 1, 5), 2.0),  # one was entered twice
        ("china_msa_military_notice_in_english_count", date(2026, 1, 5), 1.0),
        ("china_msa_rocket_notice_count", date(2026, 1, 6), 1.0),
    }


def test_the_list_names_the_actor_and_the_place_the_affected() -> None:
    roles = picked(facts("hybrid_incidents", "incident_party"), "incident", "party", "role")
    assert roles == {
        ("leiden/901", "RUS", "actor"),
        ("leiden/901", "DEU", "affected"),
        ("leiden/901", "NLD", "affected"),
        ("leiden/902", "RUS", "actor"),
        ("leiden/902", "NOR", "affected"),
        ("leiden/903", "RUS", "actor"),  # at sea, nobody in particular
        ("baltic/71", "PAN", "present"),  # a flag is no actor
    }


def test_an_incident_is_dated_by_its_month_or_its_year() -> None:
    dates = picked(facts("hybrid_incidents", "incident"), "incident", "start_date", "start_precision")
    assert {
        ("leiden/901", date(2023, 6, 1), "month"),  # not the first day that stands beside it
        ("leiden/902", date(2024, 1, 1), "year"),
        ("baltic/71", date(2021, 3, 4), "day"),
    } <= dates
    assert left_out("hybrid_incidents") == {"leiden_hybrid_events.json: an empty row": 1}


def test_codes_stay_text_and_know_their_parents() -> None:
    codes = {
        row["code"]: (row["parent"], row["value"])
        for row in facts("cameo", "code")
        if row["code_list"] == "cameo_event"
    }
    assert codes.pop("0211") == ("021", None)
    assert codes == {"02": (None, 1.5), "021": ("02", -9.25), "10": (None, 0.0), "010": (None, None)}


def test_a_group_is_known_by_its_code_wherever_that_stands() -> None:
    names = {row["code"]: row["name"] for row in facts("cameo", "code") if row["code_list"] == "cameo_ethnic_group"}
    assert names == {"UPP": "UPPERS", "LOW": "LOWER", "MID": "MIDDLERS", "OUT": "OUTERS"}
    aliases = [row for row in facts("cameo", "property") if row["property"] == "alias"]
    assert picked(aliases, "item", "content") == {
        ("cameo_ethnic_group/UPP", "UPPER PEOPLE"),
        ("cameo_ethnic_group/LOW", "LOWERS"),
        ("cameo_ethnic_group/LOW", "LOWERISH"),
    }


def test_labels_are_numbered_within_their_code() -> None:
    labels = [row for row in facts("cameo", "code") if row["code_list"] == "cameo_label"]
    assert picked(labels, "code", "name", "parent") == {
        ("021/1", "Appeal in an invented way", "021"),
        ("021/2", "Appeal in other words", "021"),
        ("0211/1", "Appeal in a third way", "0211"),
    }


def test_a_conversion_keeps_its_mode_and_contexts() -> None:
    parents = {row["code"]: row["parent"] for row in facts("plover", "code") if row["code_list"] == "cameo_to_plover"}
    assert parents == {"030": "AGREE", "031": "AGREE", "081": "CONCEDE", "0813": "RETREAT"}
    assert {
        ("cameo_to_plover/031", "mode", "visit"),
        ("cameo_to_plover/081", "context", "legal"),
        ("cameo_to_plover/081", "context", "military"),
        ("plover_event/RETREAT", "cameo_root", "08"),
    } <= picked(facts("plover", "property"), "item", "property", "content")


def test_a_code_with_two_meanings_is_refused(tmp_path: Path) -> None:
    file = "CAMEO2PLOVER-2021.txt"
    problem = spoiled(tmp_path, "plover", file, "081: CONCEDE, , legal", "081: CONCEDE, yield, legal")
    assert "gives 081 another meaning than row 8" in problem
