"""Arms, China's diplomacy, reported activity, incidents and event codes on the publishers' real files."""

from __future__ import annotations

import csv
import io
import math
from collections import Counter, defaultdict
from datetime import date

import pytest

from comity.sources import load_source
from comity.sources.contract import contract
from comity.store.check import checked_table
from pace import at_most
from source_mirror import MIRROR, facts, loaded

pytestmark = [
    pytest.mark.mirror,
    pytest.mark.skipif(not MIRROR.is_dir(), reason="COMITY_MIRROR names no folder of published files"),
]


# Data rows of each file by the index of the mirror (lines with words, for plain text), and core rows by our rules.
ROWS: dict[str, tuple[dict[str, int], dict[str, int]]] = {
    "sipri_arms": ({"trade-register.csv": 29916}, {"arms_delivery": 62009, "property": 188191}),
    "china_mil_diplomacy": (
        {
            "ChinesePublicDiplomacy.csv": 741,
            "borderlands_datawrapper_v1.2.csv": 720,
            "WHO-WHERE-WHEN-dataset-v.1.1.xlsx": 595,
            "all_engagements_2003-2018.csv": 5705,
        },
        {
            "dyad_year_fact": 10889,
            "engagement": 595,
            "engagement_party": 1190,
            "activity_day": 4701,
            "property": 12592,
        },
    ),
    "adiz": (
        {
            "JapanandBattleship.csv": 1970,
            "merged_comprehensive_data_M.csv": 2768,
            "summary.csv": 316,
            "military_exercises.csv": 187,
            "reports.jsonl": 255,
        },
        {"activity_day": 6606, "property": 1492},
    ),
    "hybrid_incidents": (
        {"leiden_hybrid_events.json": 153, "baltic_cable_incidents.json": 7},
        {"incident": 153, "incident_party": 386, "property": 651},
    ),
    "cameo": (
        {
            "CAMEO.eventcodes.txt": 310,
            "CAMEO.goldsteinscale.txt": 311,
            "CAMEO.type.txt": 40,
            "cameo-codes.csv": 312,
            "cameo_codes.json": 316,
            "countries.json": 249,
            "CAMEO_codefile.txt": 391,
            "CAMEO.EthnicGroups.actors.txt": 632,
        },
        {"code": 2106, "property": 586},
    ),
    "plover": ({"CAMEO2PLOVER-2021.txt": 281}, {"code": 272, "property": 409}),
}
FLAGS = "borderlands_datawrapper_v1.2.csv, values"
LEFT_OUT = {
    "sipri_arms": {
        "trade-register.csv, values: SIPRI TIV for total order is 0: not known, or too small to show": 499,
        "trade-register.csv, values: SIPRI TIV per unit is 0: not known, or too small to show": 236,
    },
    "china_mil_diplomacy": {
        "ChinesePublicDiplomacy.csv: nothing was collected for the pair and year": 69,
        "all_engagements_2003-2018.csv: a country's name found within another name": 4,
        f"{FLAGS}: civ_01_united_front_presence outside the years in which it is known": 692,
        f"{FLAGS}: dev_01_currency_swap_line_extant outside the years in which it is known": 280,
    },
    "adiz": {
        "JapanandBattleship.csv, values: remark holds a code in place of words": 1572,
        "JapanandBattleship.csv, values: 備考 holds a code in place of words": 2,
        "merged_comprehensive_data_M.csv, values: US_Taiwan_interaction holds a code in place of words": 10,
        "merged_comprehensive_data_M.csv: a blank row without date": 744,
        "merged_comprehensive_data_M.csv: a day of which nothing is said": 7,
        "military_exercises.csv: a notice entered twice": 1,
        "military_exercises.csv: a notice that an activity has ended": 2,
        "reports.jsonl: a report without one day and a number of aircraft in the known words": 1,
        "summary.csv, values: aircraft, of which more entered or crossed than there were": 1,
        "summary.csv: all five counters agree, most likely not read from the report": 2,
    },
    "hybrid_incidents": {"leiden_hybrid_events.json: an empty row": 7},
    "cameo": {
        "CAMEO.EthnicGroups.actors.txt: a comment": 11,
        "CAMEO.goldsteinscale.txt: a score for a code without a name": 1,
        "CAMEO.type.txt: a code listed twice": 1,
        "CAMEO_codefile.txt: a heading or mark, or a label of no code": 44,
    },
    "plover": {
        "CAMEO2PLOVER-2021.txt: a code listed twice with one meaning": 1,
        "CAMEO2PLOVER-2021.txt: a comment or mark": 5,
    },
}


@pytest.mark.parametrize("source", ROWS)
def test_real_files_are_reviewed_and_keep_every_rule_of_the_store(source: str) -> None:
    assert loaded(source).about.is_reviewed
    assert loaded(source).about.left_out == LEFT_OUT[source]
    for name, rows in loaded(source).tables.items():
        assert checked_table(source, name, rows).num_rows == rows.num_rows


@pytest.mark.parametrize("source", ROWS)
def test_row_counts_are_those_of_the_index(source: str) -> None:
    file_rows, core_rows = ROWS[source]
    assert {file.name: file.row_count for file in loaded(source).about.files} == file_rows
    assert {name: rows.num_rows for name, rows in loaded(source).tables.items()} == core_rows


@pytest.mark.parametrize("source", ROWS)
def test_every_file_is_read_or_said_not_to_be(source: str) -> None:
    read = {file.name for file in loaded(source).about.files}
    present = {path.name for path in (MIRROR / source).iterdir()}
    unread = {path.name for pattern in contract(source).not_read for path in (MIRROR / source).glob(pattern)}
    assert read | unread == present
    assert not read & unread


def test_all_load_within_eight_seconds() -> None:
    with at_most(8.0):
        for source in ROWS:
            load_source(source, MIRROR / source)


def test_sums_of_every_supplier_are_those_of_the_register() -> None:
    lines = (MIRROR / "sipri_arms" / "trade-register.csv").read_text(encoding="windows-1252").split("\n")
    deals = list(csv.reader(io.StringIO("\n".join(lines[12:]))))
    volume: dict[str, list[float]] = defaultdict(list)
    number: Counter[str] = Counter()
    for deal in deals:
        volume[deal[1]].append(float(deal[15]))
        number[deal[1]] += int(deal[8])
    suppliers = {"/".join((deal[0], deal[1], deal[2], deal[6])): deal[1] for deal in deals}
    found: dict[str, list[float]] = defaultdict(list)
    for row in facts("sipri_arms", "arms_delivery"):
        supplier = suppliers[row["row_ref"].partition(":")[2]]
        found[supplier].append(row["delivered_tiv"])
        number[supplier] -= row["delivered_count"]
    assert len(volume) == 138
    assert all(abs(math.fsum(found[name]) - math.fsum(parts)) < 1e-6 for name, parts in volume.items())
    assert not any(number.values())


def test_arms_of_the_register_keep_their_parties_and_years() -> None:
    rows = facts("sipri_arms", "arms_delivery")
    years = [row["delivery_year"] for row in rows if row["delivery_year"] is not None]
    assert (min(years), max(years), len(rows) - len(years)) == (1950, 2025, 1220)
    assert {row["to_kind"] for row in rows} == {"state", "organisation", "group", "unknown"}
    names = {row["row_ref"].partition(":")[2].partition("/")[0]: row["to_party"] for row in rows}
    assert len({row["to_party"] for row in rows if row["to_kind"] == "group"}) == 57
    assert (names["Viet Nam"], names["South Vietnam"], names["DR Congo"]) == ("VNM", "RVN", "COD")
    suppliers = {(row["from_party"], row["row_ref"].split("/")[1]) for row in rows}
    assert {("GFR", "Germany"), ("DEU", "Germany"), ("DDR", "East Germany (GDR)"), ("RUS", "Soviet Union")} <= suppliers


def test_military_diplomacy_of_china() -> None:
    sums: Counter[str] = Counter()
    known: Counter[str] = Counter()
    for row in facts("china_mil_diplomacy", "dyad_year_fact"):
        assert "CHN" in (row["from_state"], row["to_state"])
        sums[row["fact"]] += row["value"]
        known[row["fact"]] += 1
    assert (sums["senior_military_engagement_count"], sums["joint_exercise_count"]) == (1060, 233)
    assert (known["military_visit_count"], sums["military_visit_count"]) == (741 - 227, 688)
    trips = facts("china_mil_diplomacy", "engagement")
    assert (min(row["start_date"].year for row in trips), max(row["start_date"].year for row in trips)) == (1949, 2020)
    hosts = {row["party"] for row in facts("china_mil_diplomacy", "engagement_party") if row["role"] == "host"}
    assert "CHN" not in hosts
    assert sum(row["value"] for row in facts("china_mil_diplomacy", "activity_day")) == 5705 - 4


def test_sorties_by_year_are_those_of_the_index() -> None:
    sums: Counter[int] = Counter()
    for row in facts("adiz", "activity_day"):
        if row["fact"] == "taiwan_mnd_sortie_count":
            sums[row["date"].year] += int(row["value"])
    # The index adds the rows of the context table, which repeats a day for each sentence it holds.
    index = {2021: 939, 2022: 3275, 2023: 4851, 2024: 4955, 2025: 5388}
    repeated = {2023: 2 * 71 + 91 + 29 + 8 + 13, 2024: 6 + 3 * 35, 2025: 4}
    assert {year: sums[year] + repeated.get(year, 0) for year in index} == index


def test_reports_read_from_their_words() -> None:
    days = {row["date"]: row["value"] for row in facts("adiz", "activity_day") if "zone_report" in row["fact"]}
    assert (len(days), min(days), max(days)) == (241, date(2020, 9, 16), date(2021, 10, 4))
    assert days[date(2021, 10, 4)] == 56.0  # the day with the most aircraft until then
    exercises = {
        row["date"] for row in facts("adiz", "activity_day") if "joint_exercise" in row["fact"] and row["value"]
    }
    assert len(exercises) == 32


def test_no_incident_of_the_hand_list_has_an_actor() -> None:
    roles = {(row["incident"].partition("/")[0], row["role"]) for row in facts("hybrid_incidents", "incident_party")}
    assert roles == {("leiden", "actor"), ("leiden", "affected"), ("baltic", "present")}
    actors = {row["party"] for row in facts("hybrid_incidents", "incident_party") if row["role"] == "actor"}
    assert actors == {"RUS"}
    assert max(row["start_date"] for row in facts("hybrid_incidents", "incident")) == date(2025, 12, 1)


def test_codes_of_events() -> None:
    lists = Counter(row["code_list"] for row in facts("cameo", "code"))
    assert (lists["cameo_event"], lists["cameo_event_icews"], lists["cameo_event_class"]) == (310, 312, 316)
    assert (lists["fips_country"], lists["cameo_actor_type"]) == (249, 39)
    events = {row["code"]: row for row in facts("cameo", "code") if row["code_list"] == "cameo_event"}
    assert (events["190"]["value"], events["190"]["parent"], events["010"]["parent"]) == (-10.0, "19", "01")
    assert all(row["value"] is not None for row in events.values())
    converted = {row["code"] for row in facts("plover", "code") if row["code_list"] == "cameo_to_plover"}
    assert len(converted) == 256
    assert len(converted & events.keys()) > 240
