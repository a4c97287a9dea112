"""Capability, regimes, income, distance, trade, embassies and peace levels on the publishers' real files."""

from __future__ import annotations

import fnmatch
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from comity.sources import load_source
from comity.sources.contract import contract
from comity.store.check import checked_table
from pace import at_most
from source_mirror import MIRROR, loaded

pytestmark = [
    pytest.mark.mirror,
    pytest.mark.skipif(not MIRROR.is_dir(), reason="COMITY_MIRROR names no folder of published files"),
]

# Data rows of each file by the index of the mirror, and core rows by our rules.
ROWS = {
    "nmc": ({"NMC-60-abridged.csv": 15951, "derived_nmc_v7_core.csv": 17121}, {"state_year_fact": 224961}),
    "regime": (
        {
            "p5v2018d.xls": 1692,
            "derived_polity5_country_year.csv.gz": 17574,
            "derived_cow_democracy.csv.gz": 17706,
            "derived_gw_democracy.csv.gz": 20849,
        },
        {"state_spell": 17225, "state_year_fact": 376158},
    ),
    "gdp_pop": (
        {"mpd2018.xlsx": 19873, "derived_cow_gdppop.csv.gz": 16536},
        {"state_year_fact": 150201, "party_year_fact": 769, "property": 18805},
    ),
    "distance": (
        {"capdist.csv": 41006, "capitals.csv": 266, "derived_cow_mindist.csv.gz": 952244},
        {"dyad_spell": 20503, "state_spell": 265, "property": 3, "dyad_year_fact": 952244},
    ),
    "cow_trade": (
        {"National_COW_4.0.csv": 14410, "derived_dyadic_trade_4.csv.gz": 673654},
        {"state_year_fact": 53383, "dyad_year_fact": 1350828},
    ),
    "diplomatic": ({"DIPCON23.xlsx": 2578}, {"dyad_year_fact": 426181}),
    "peace_scale": (
        {"peacedata3.1.csv": 2688, "peacedatav31dyyearmean.csv": 99387},
        {"dyad_spell": 3808, "dyad_year_fact": 98871},
    ),
}
LEFT_OUT = {
    "nmc": 0,
    "regime": 6 + 2 + 61,
    "gdp_pop": 34 + 43,
    "distance": 1,
    "cow_trade": 565,
    "diplomatic": 15 * 5 + 7,
    "peace_scale": 516,
}
ALL_READ = (*ROWS, "contiguity", "cow_states", "gw_states", "un_ideal_points")


def numbers(source: str, table: str, **wanted: object) -> dict[tuple[str, str], float]:
    """The values of the rows where every column named is as wanted, by fact and item."""
    rows: pa.Table = loaded(source).tables[table]
    for column, value in wanted.items():
        rows = rows.filter(pc.equal(rows.column(column), pa.scalar(value, rows.column(column).type)))
    return {(row["fact"], row["item"]): row["value"] for row in rows.to_pylist()}


@pytest.mark.parametrize("source", ROWS)
def test_row_counts_are_those_of_the_index(source: str) -> None:
    file_rows, core_rows = ROWS[source]
    about = loaded(source).about
    assert about.is_reviewed
    assert {file.name: file.row_count for file in about.files} == file_rows
    assert {name: rows.num_rows for name, rows in loaded(source).tables.items()} == core_rows
    assert sum(about.left_out.values()) == LEFT_OUT[source]


@pytest.mark.parametrize("source", ROWS)
def test_every_table_keeps_the_rules_of_the_store(source: str) -> None:
    for name, rows in loaded(source).tables.items():
        assert checked_table(source, name, rows).num_rows == rows.num_rows


@pytest.mark.parametrize("source", ALL_READ)
def test_every_file_of_the_folder_is_read_or_not_read_for_a_reason(source: str) -> None:
    names = {path.relative_to(MIRROR / source).as_posix() for path in (MIRROR / source).rglob("*") if path.is_file()}
    read = {file.name for file in loaded(source).about.files}
    patterns = contract(source).not_read
    assert not {name for name in names - read if not any(fnmatch.fnmatchcase(name, each) for each in patterns)}
    assert not {name for name in read if any(fnmatch.fnmatchcase(name, each) for each in patterns)}


def test_all_seven_load_within_fifteen_seconds() -> None:
    with at_most(15.0):
        for source in ROWS:
            load_source(source, MIRROR / source)


def test_capability_of_both_releases() -> None:
    china = numbers("nmc", "state_year_fact", state="CHN", year=2022)
    america = numbers("nmc", "state_year_fact", state="USA", year=2022)
    assert round(china["cinc_share", ""], 3) == 0.234
    assert round(america["cinc_share", ""], 3) == 0.124
    first = numbers("nmc", "state_year_fact", state="USA", year=1816)
    assert first["military_expenditure_gbp", ""] == first["military_expenditure_gbp", "6.0"] == 3_823_000
    assert first["population_count", ""] == 8_659_000
    rows = loaded("nmc").tables["state_year_fact"]
    old = rows.filter(pc.and_(pc.equal(rows.column("item"), "6.0"), pc.equal(rows.column("fact"), "cinc_share")))
    assert old.num_rows == 15951  # every state-year of the system to 2016
    assert pc.max(old.column("year")).as_py() == 2016
    spent = pc.match_substring(rows.column("fact"), "military_expenditure")
    of_old = pc.equal(rows.column("item"), "6.0")
    assert rows.filter(pc.and_(spent, of_old)).num_rows == 15951 - 2217  # the missing marks of milex


def test_regimes() -> None:
    china = numbers("regime", "state_year_fact", state="CHN", year=2018)
    assert (china["polity_score", ""], china["polity2_score", ""]) == (-7, -7)
    latest = numbers("regime", "state_year_fact", state="CHN", year=2025)
    assert latest["electoral_democracy_index", ""] == 0.072
    # Italy begins in 1861, and Sardinia, which it was, ends.
    italy = numbers("regime", "state_year_fact", state="ITA", year=1861)
    assert italy["polity_score", ""] == -4
    rows = loaded("regime").tables["state_spell"].to_pylist()
    zimbabwe = [row for row in rows if row["state"] == "ZWE" and row["fact"] == "polity_score"]
    assert [row["start_date"].year for row in zimbabwe if row["end_date"] is None] == [2013]
    scores = [row["value"] for row in rows if row["fact"] == "polity_score"]
    marks = [row["value"] for row in rows if row["fact"] == "polity_interruption_code"]
    assert (min(scores), max(scores)) == (-10, 10)
    assert {mark: marks.count(mark) for mark in set(marks)} == {-66: 60, -77: 63, -88: 156}


def test_income_and_population() -> None:
    soviet = numbers("gdp_pop", "state_year_fact", state="RUS", year=1970)
    assert soviet["population_count", ""] > soviet["population_count", "russian_republic"]
    rows = loaded("gdp_pop").tables["party_year_fact"]
    assert set(rows.column("party").to_pylist()) == {"HKG", "PRI", "SUN", "YUG", "CSK"}
    notes = loaded("gdp_pop").tables["property"].column("content").value_counts().to_pylist()
    assert {note["values"]: note["counts"] for note in notes}["ICP PPP estimates"] == 1144


def test_distances() -> None:
    assert numbers("distance", "dyad_spell", from_state="CHN", to_state="USA") == {("capital_distance_km", ""): 11236}
    nearest = "minimum_distance_km", ""
    strait = numbers("distance", "dyad_year_fact", from_state="CHN", to_state="TWN", year=2019)
    assert round(strait[nearest]) == 133
    assert numbers("distance", "dyad_year_fact", from_state="CAN", to_state="USA", year=2019) == {nearest: 0}
    rows = loaded("distance").tables["state_spell"].to_pylist()
    seats = {row["content"] for row in rows if row["state"] == "RUS"}
    assert seats == {"Saint Petersburg", "Moscow"}


def test_trade() -> None:
    bought = numbers("cow_trade", "dyad_year_fact", from_state="USA", to_state="CHN", year=2014)
    assert bought == {("imports_usd", ""): 472_525_000_000}
    rows = loaded("cow_trade").tables["state_year_fact"]
    assert rows.filter(pc.equal(rows.column("fact"), "exports_usd")).num_rows == 13589
    assert pc.max(rows.column("year")).as_py() == 2014


def test_embassies() -> None:
    rows = loaded("diplomatic").tables["dyad_year_fact"]
    years = set(rows.column("year").to_pylist())
    assert sorted(years) == [
        *(1960, 1965, 1970, 1975, 1980, 1985, 1989, 1990, 1993, 1995, 1997, 2000, 2004, 2005, 2008)
    ]
    for year, expected in ((1960, 1), (1997, 0), (2008, 0)):
        found = numbers("diplomatic", "dyad_year_fact", from_state="USA", to_state="CAN", year=year)
        assert found == {("diplomatic_contact", ""): expected}
    # 98 states in 1960 and 194 in 2008, each with every other.
    counts = {each["values"]: each["counts"] for each in rows.column("year").value_counts().to_pylist()}
    assert (counts[1960], counts[2008]) == (98 * 97, 194 * 193)


def test_peace_levels() -> None:
    rows = loaded("peace_scale").tables["dyad_spell"].to_pylist()
    pair = [row for row in rows if (row["from_state"], row["to_state"]) == ("CAN", "USA")]
    assert [(row["value"], row["start_date"], row["end_date"]) for row in pair] == [
        (0.75, date(1920, 1, 10), date(1987, 10, 2)),
        (1.0, date(1987, 10, 3), None),
    ]
    assert {row["value"] for row in rows if row["fact"] == "peace_level"} == {0, 0.25, 0.5, 0.75, 1}
    means = loaded("peace_scale").tables["dyad_year_fact"].column("value")
    assert (pc.min(means).as_py(), pc.max(means).as_py()) == (0, 1)
