"""Codes that pass from one state to another, and what is not covered when a file is not there."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from comity.sources import load_source
from source_samples import SAMPLES, File


@pytest.mark.parametrize(
    ("source", "file", "kind"),
    [("atop", "directed", "alliance_obligation"), ("contiguity", "spells", "contiguity_record")],
)
def test_what_is_in_a_file_that_is_not_there_is_not_covered(tmp_path: Path, source: str, file: str, kind: str) -> None:
    """Otherwise every cell the file would speak of would be zero, which nobody has seen."""
    shutil.copytree(SAMPLES / source, tmp_path / source)
    kinds = [{each for known in load_source(source, tmp_path / source).about.coverage for each in known.kinds}]
    File(source, file).path(tmp_path / source).unlink()
    kinds += [{each for known in load_source(source, tmp_path / source).about.coverage for each in known.kinds}]
    assert kinds[0] - kinds[1] == {kind}
    assert kinds[1]


def test_a_member_of_an_alliance_is_cut_where_its_code_passes_to_another_state(tmp_path: Path) -> None:
    """What Yugoslavia had promised, Serbia went on holding under the same code in 2006."""
    shutil.copytree(SAMPLES / "atop", tmp_path / "atop")
    path = File("atop", "members").path(tmp_path / "atop")
    [romania] = [line for line in path.read_bytes().splitlines(keepends=True) if line.startswith(b"9010,0,0,360,")]
    path.write_bytes(path.read_bytes() + romania.replace(b",360,", b",345,", 1))
    rows = [
        row
        for row in load_source("atop", tmp_path / "atop").tables["agreement_party"].to_pylist()
        if row["party"] in ("YUG", "SRB")
    ]
    columns = ("party", "start_date", "start_precision", "end_date", "end_precision")
    assert {tuple(row[column] for column in columns) for row in rows} == {
        ("YUG", date(2004, 3, 1), "month", date(2006, 6, 4), "day"),
        ("SRB", date(2006, 6, 5), "day", date(2016, 11, 30), "month"),
    }
    assert len({row["row_ref"] for row in rows}) == 1


def test_the_one_vietnam_of_the_yearly_table_is_the_south_until_1975(tmp_path: Path) -> None:
    """Its numbers are those the reports give for the South; taken as told, they stood in Hanoi."""
    shutil.copytree(SAMPLES / "troopdata", tmp_path / "troopdata")
    path = File("troopdata", "years").path(tmp_path / "troopdata")
    text = path.read_text(encoding="utf-8")
    [line] = [line for line in text.splitlines() if line.startswith("Japan,1975,740,")]
    for year in (1953, 1968, 1980):
        text += line.replace("Japan,1975,740,", f"Vietnam,{year},{817 if year == 1953 else 816},") + "\n"
    path.write_text(text, encoding="utf-8")
    rows = load_source("troopdata", tmp_path / "troopdata").tables["dyad_year_fact"].to_pylist()
    found = {(row["to_state"], row["year"]) for row in rows if row["to_state"] in ("RVN", "VNM")}
    assert found == {("RVN", 1953), ("RVN", 1968), ("VNM", 1980)}
