"""The sources on the United States' partners, exercises and military expenditure on the publishers' real files."""

from __future__ import annotations

import csv
import fnmatch
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

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

# Data rows of each file by the index of the mirror; of training, those of the reports that a mirror need not lack.
TRAINING = {
    1999: 8471,
    2000: 9190,
    2001: 7290,
    2002: 7602,
    2003: 9606,
    2004: 9478,
    2005: 9669,
    2007: 11346,
    2008: 16877,
    2009: 18945,
    2010: 19671,
    2011: 12845,
    2012: 11148,
    2013: 11051,
    2014: 10487,
    2015: 10322,
    2016: 11964,
    2017: 12301,
    2018: 11904,
    2019: 14480,
    2020: 9771,
}
PAGES = {  # the printed subtotals among them
    "Africa": 2737,
    "East_Asia_and_Pacific": 1988,
    "Europe": 1128,
    "Near_East": 1655,
    "South_Central_Asia": 1063,
    "Western_Hemisphere": 1884,
}
FILES = {
    "troopdata": {
        "troopdata-rebuild-country-year.csv": 13135,
        "troopdata-rebuild-country-year-quarter-format.csv": 29629,
        "troopdata-rebuild-reports.csv": 15482,
        "basedata.csv": 414,
        "builddata.csv": 5532,
        "visits.xls": 377,  # 378 with the heads
    },
    "us_foreign_assistance": {"us_foreign_aid_country.csv": 22356},
    "jme": {"jme_v3.xls": 1790},
}
CORE = {
    "troopdata": {
        "dyad_year_fact": 212772,
        "state_year_fact": 1476,
        "party_year_fact": 12942,
        "presence": 382,
        "property": 1396,
        "engagement": 371,  # without five to the base in Cuba
        "engagement_party": 742,
    },
    "us_foreign_assistance": {"dyad_year_fact": 39614, "party_year_fact": 470},
    "jme": {"engagement": 1787, "engagement_party": 6332, "property": 3716},
    "sipri_milex": {"state_year_fact": 52923, "party_year_fact": 21, "property": 13286},
}
SOURCES = (*CORE, "us_training")


def only(table: pa.Table, **wanted: Any) -> list[dict[str, Any]]:
    for column, value in wanted.items():
        table = table.filter(pc.equal(table.column(column), value))
    rows: list[dict[str, Any]] = table.to_pylist()
    return rows


def number(source: str, table: str, **wanted: Any) -> float:
    [row] = only(loaded(source).tables[table], **wanted)
    return float(row["value"])


@pytest.mark.parametrize("source", SOURCES)
def test_real_files_are_reviewed_and_keep_every_rule_of_the_store(source: str) -> None:
    assert loaded(source).about.is_reviewed
    for name, rows in loaded(source).tables.items():
        assert checked_table(source, name, rows).num_rows == rows.num_rows


@pytest.mark.parametrize("source", [*SOURCES, "mme"])
def test_every_file_of_the_publisher_is_read_or_said_not_to_be(source: str) -> None:
    promised = [file.path for file in contract(source).files.values()] + list(contract(source).not_read)
    for path in (MIRROR / source).rglob("*"):
        name = path.relative_to(MIRROR / source).as_posix()
        assert path.is_dir() or any(fnmatch.fnmatchcase(name, pattern) for pattern in promised), name


@pytest.mark.parametrize("source", CORE)
def test_row_counts_are_those_of_the_index(source: str) -> None:
    files = {file.name: file.row_count for file in loaded(source).about.files}
    assert FILES.get(source, files) == files
    assert {name: rows.num_rows for name, rows in loaded(source).tables.items()} == CORE[source]


def test_all_five_load_within_fourteen_seconds() -> None:
    with at_most(14.0):
        for source in SOURCES:
            load_source(source, MIRROR / source)


def test_training_counts_are_those_of_the_index() -> None:
    about = loaded("us_training").about
    tables = {int(file.name[7:11]): file.row_count for file in about.files if file.name.endswith(".tsv")}
    assert tables == {year: count for year, count in TRAINING.items() if year in tables}
    pages = {file.name.partition("_xml/2020_2021_")[2].removesuffix("_fmtrpt_dedup.xml"): file for file in about.files}
    assert {region: pages[region].row_count for region in PAGES} == PAGES
    assert sum(PAGES.values()) - 684 == TRAINING[2020]  # without the subtotals both tell of the same training
    engagements = loaded("us_training").tables["engagement"]
    assert engagements.num_rows == sum(tables.values()) - 4  # four lines say that nothing was reported
    assert loaded("us_training").tables["engagement_party"].num_rows == 2 * engagements.num_rows
    unread = {reason: count for reason, count in about.left_out.items() if "values" in reason}
    assert sum(unread.values()) < 200


def test_pages_alone_give_the_same_training_as_the_table(tmp_path: Path) -> None:
    (tmp_path / "fmtrpt_2020_2021_xml").symlink_to(MIRROR / "us_training" / "fmtrpt_2020_2021_xml")
    pages = load_source("us_training", tmp_path).tables["engagement"]
    table = loaded("us_training").tables["engagement"]
    table = table.filter(pc.starts_with(table.column("engagement"), "2020-2021/"))
    columns = ["name", "series", "start_date", "end_date", "location", "personnel_count", "cost_usd", "status"]

    def told(rows: pa.Table) -> Counter[tuple[Any, ...]]:
        return Counter(
            tuple(" ".join(value.split()) if isinstance(value, str) else value for value in row.values())
            for row in rows.select(columns).to_pylist()
        )

    assert told(pages) == told(table)


def test_training_by_year_and_status() -> None:
    table = loaded("us_training").tables["engagement"]
    proposed = only(table, status="proposed")
    assert {(row["start_precision"], row["start_date"].year) for row in proposed} == {("year", 2000), ("year", 2001)}
    assert len(proposed) == 4565 + 4941
    years = pc.year(table.column("start_date"))
    assert (pc.min(years).as_py(), pc.max(years).as_py()) == (1999, 2020)
    parties = loaded("us_training").tables["engagement_party"]
    recipients = Counter(parties.filter(pc.equal(parties.column("role"), "recipient")).column("party").to_pylist())
    assert [party for party, _ in recipients.most_common(3)] == ["COL", "EGY", "JOR"]


def test_troops_in_known_places_and_years() -> None:
    wanted = {"fact": "troop_count", "from_state": "USA"}
    assert number("troopdata", "dyad_year_fact", **wanted, to_state="JPN", year=2020, item="q2") == 55381
    assert number("troopdata", "dyad_year_fact", **wanted, to_state="DEU", year=2008, item="q3") == 38791
    assert number("troopdata", "dyad_year_fact", **wanted, to_state="KOR", year=1953, item="q2") > 300_000
    assert number("troopdata", "dyad_year_fact", **wanted, to_state="RVN", year=1968, item="q3") > 500_000
    assert not only(loaded("troopdata").tables["dyad_year_fact"], **wanted, to_state="IRQ", year=2007, item="")
    civilians = loaded("troopdata").tables["dyad_year_fact"]
    assert min(row["year"] for row in only(civilians, fact="civilian_count")) == 2008
    assert {row["source_version"] for row in only(civilians, fact="civilian_count", year=2010)} == {"1.0.4.9000"}


def test_visits_of_secretaries_and_commanders() -> None:
    titles = Counter(row["name"].partition(" of the United States to")[0] for row in only(visits()))
    assert titles == {
        "Secretary of the Army": 176,
        "Secretary of the Navy": 107,  # 111 in the file, one of them entered twice
        "Secretary of the Air Force": 26,
        "Commander of the Pacific Command": 30,
        "Commander of the Strategic Command": 19,
        "Commandant of the Marine Corps": 13,
    }


def visits() -> pa.Table:
    return loaded("troopdata").tables["engagement"]


def test_assistance_is_never_added_over_stages() -> None:
    table = loaded("us_foreign_assistance").tables["dyad_year_fact"]
    facts = {f"assistance_{stage}_{price}" for stage in ("appropriated", "obligations", "disbursements", "requested")
             for price in ("usd", "constant_usd")}  # fmt: skip
    assert set(table.column("fact").to_pylist()) == facts
    assert {row["year"] for row in only(table, item="transition quarter")} == {1976}
    assert sum(row["value"] < 0 for row in table.to_pylist()) > 90
    first = {row["to_state"] for row in only(table, fact="assistance_obligations_usd", year=1949)}
    assert {"GFR", "GBR", "FRA", "JPN"} <= first


def test_exercises_of_the_older_list() -> None:
    rows = only(loaded("jme").tables["engagement"])
    assert min(row["start_date"] for row in rows) == date(1974, 11, 1)
    assert Counter(row["start_date"].year > 2010 for row in rows)[True] == 1
    assert sum(row["name"] is None for row in rows) > 500
    kinds = Counter(loaded("jme").tables["engagement_party"].column("party_kind").to_pylist())
    assert kinds == {"state": 6325, "unknown": 4, "organisation": 2, "territory": 1}


def test_the_long_file_of_exercises_holds_nothing_that_the_wide_one_lacks() -> None:
    wide: set[tuple[str, str]] = set()
    with (MIRROR / "mme" / "mme_v7.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            wide |= {(row["MMEID"], row[column].strip()) for column in row if column.startswith("State")}
    with (MIRROR / "mme" / "mme-v7-long.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    long = {(row["MMEID"], row["country"].strip()) for row in rows}
    assert (len(rows), len({identifier for identifier, _ in long})) == (13818, 3704)
    assert long <= wide
    assert len({pair for pair in wide if pair[1]}) - len(long) == 78


def test_expenditure_in_known_places_and_years() -> None:
    states = loaded("sipri_milex").tables["state_year_fact"]
    facts = {row["fact"] for row in only(states, state="USA", year=2024)}
    assert len(facts) == 7
    assert "military_expenditure_usd2023" in facts
    wanted = {"table": "state_year_fact", "year": 2024}
    assert number("sipri_milex", fact="military_expenditure_current_usd", state="USA", **wanted) == pytest.approx(
        997.309e9
    )
    assert number("sipri_milex", fact="military_expenditure_gdp_share", state="UKR", **wanted) > 0.3
    zeros = [row for row in only(states, value=0.0) if row["fact"] == "military_expenditure_current_usd"]
    assert {row["state"] for row in zeros} == {"CRI", "HTI", "ISL", "MRT", "PAN"}
    assert {row["year"] <= 1990 for row in only(states, state="GFR")} == {True}
    basis = Counter(row["content"] for row in only(loaded("sipri_milex").tables["property"], property="basis"))
    assert basis == {"estimate": 10870, "highly uncertain": 1063}
    assert loaded("sipri_milex").about.version == "2024"
