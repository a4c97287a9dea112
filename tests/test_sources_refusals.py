"""What breaks a source's contract is refused in one line that names file, row, column and value."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from comity.errors import FileMissing
from comity.sources import load_source, source_names
from comity.sources.contract import Promise
from source_samples import (
    KEYED_FILES,
    PROMISES,
    REQUIRED_FILES,
    SAMPLES,
    TABLE_FILES,
    XML_FILES,
    File,
    cells,
    read_content,
    refused,
    spoil_cell,
    write_cells,
    write_content,
)

# A value nobody knows, and the column of the sample that is to hold it: one for every source.
UNKNOWN = {
    "adiz": ("days", "國家", "亞特蘭提斯"),
    "atop": ("members", "member", "998"),
    "cameo": ("goldstein", "CAMEOEVENTCODE", "998"),
    "china_mil_diplomacy": ("borderlands", "recipient", "Atlantis"),
    "colt": ("trips", "CountryVisited", "Atlantis"),
    "contiguity": ("pairs", "state2no", "998"),
    "cow_alliances": ("members", "ccode", "998"),
    "cow_igo": ("states", "ccode", "998"),
    "cow_mid": ("parties", "ccode", "998"),
    "cow_states": ("members", "ccode", "998"),
    "cow_trade": ("states", "ccode", "998"),
    "cow_war": ("interstate", "ccode", "998"),
    "dcad": ("agreements", "ccode2", "998"),
    "diplomatic": ("matrices", "4", "998"),
    "distance": ("capital_distances", "numb", "998"),
    "gdp_pop": ("estimates", "ccode", "998"),
    "geo_pko": ("maps", "country", "Atlantis"),
    "gml_mid": ("disputes", "ccode2", "998"),
    "gw_states": ("states", "gwcode", "998"),
    "hybrid_incidents": ("leiden", "where_location", "Atlantis"),
    "jme": ("exercises", "State B", "Atlantis"),
    "jme_bernhardt": ("participants", "countryCode", "998"),
    "icb": ("actors", "cracid", "998"),
    "mme": ("exercises", "StateB", "Atlantis"),
    "nmc": ("published", "ccode", "998"),
    "peace_scale": ("periods", "dyad", "2998"),
    "pko_contributions": ("months", "missionccode", "998"),
    "regime": ("democracy_cow", "ccode", "998"),
    "icow": ("pairs", "tgt", "998"),
    "org_membership": ("members", "iso3", "ATL"),
    "pa_x": ("agreements", "Loc1GWNO", "998"),
    "regional_orgs": ("institutions", "line", "Atlantis"),
    "rivalries": ("disputed", "rivala", "998"),
    "plover": ("conversion", "line", "204: ATLANTIS, , # x"),
    "sipri_arms": ("deals", "Supplier", "Atlantis"),
    "sipri_milex": ("workbook", "3", "Atlantis"),
    "territorial_change": ("changes", "procedur", "7"),
    "ucdp_acd": ("conflicts", "gwno_a", "998"),
    "ucdp_brd": ("conflicts", "gwno_a", "998"),
    "ucdp_esd": ("actors", "actor_name", "Government of Atlantis"),
    "ucdp_ged": ("events", "country_id", "998"),
    "un_ideal_points": ("estimates", "ccode", "998"),
    "un_missions": ("missions", "mission_isactive", "Perhaps"),
    "troopdata": ("bases", "ccode", "998"),
    "us_foreign_assistance": ("assistance", "Country Name", "Atlantis"),
    "us_leader_travel": ("secretary", "country/@id", "atlantis"),
    "us_training": ("tables", "training:country", "Atlantis"),
}


each_source = pytest.mark.parametrize("source", source_names())
each_required_file = pytest.mark.parametrize("file", REQUIRED_FILES, ids=str)
each_table_file = pytest.mark.parametrize("file", TABLE_FILES, ids=str)
each_known_file = pytest.mark.parametrize("file", [file for file in TABLE_FILES if not file.promised.has_more], ids=str)
each_keyed_file = pytest.mark.parametrize("file", KEYED_FILES, ids=str)
each_headed_file = pytest.mark.parametrize("file", [file for file in TABLE_FILES if file.promised.has_header], ids=str)
each_xml_file = pytest.mark.parametrize("file", XML_FILES, ids=str)
each_promise = pytest.mark.parametrize(("file", "column"), PROMISES, ids=str)


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    """The samples, free to be spoiled."""
    return Path(shutil.copytree(SAMPLES, tmp_path / "sources"))


@each_required_file
def test_a_missing_file_is_named(copies: Path, file: File) -> None:
    for path in (copies / file.source).glob(file.promised.path):
        path.unlink()
    with pytest.raises(FileMissing, match=re.escape(f"{file.source}/{file.promised.path}: not there")):
        load_source(file.source, copies / file.source)


@each_source
def test_an_unknown_code_or_name_is_refused(copies: Path, source: str) -> None:
    key, column, value = UNKNOWN[source]  # a new source must say here what it refuses
    file = File(source, key)
    if file.promised.format == "xml":
        path, tag = file.path(copies / source), column.partition("/")[0]
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(rf'<{tag} id=".*?">.*?<', f'<{tag} id="{value}">{value}<', text, count=1), "utf-8")
        refused(copies, file, f"row 3, column {column}: '{value}'")
    else:
        row = spoil_cell(copies / source, file, column, value)
        refused(copies, file, f"row {row}, column {column}: '{value}'")


@each_promise
def test_a_value_outside_its_promise_is_refused(copies: Path, file: File, column: str) -> None:
    for value, problem in outside(file.promised.columns[column]):
        row = spoil_cell(copies / file.source, file, column, value)
        refused(copies, file, f"row {row}, column {column}: '{value}' {problem}")


def outside(promise: Promise) -> Iterator[tuple[str, str]]:
    """Values the promise does not allow, each with what is said of it."""
    if promise.values:
        yield "strange", f"is not one of {', '.join(promise.values)}"
    if promise.min is not None:
        yield f"{promise.min - 1:g}", f"is below {promise.min:g}"
    if promise.max is not None:
        yield f"{promise.max + 1:g}", f"is above {promise.max:g}"
    if not promise.values:
        yield from ((value, "is not a number") for value in ("strange", "nan", "1_0"))


@each_table_file
def test_a_file_cut_in_its_last_row_is_refused(copies: Path, file: File) -> None:
    path = file.path(copies / file.source)
    content = read_content(path).rstrip(b"\r\n")
    newline = b"\n" if b"\n" in content else b"\r"
    last_row = content.rindex(newline) + 1
    write_content(path, content[: last_row + 3])
    left = content[last_row : last_row + 3].decode()
    problem = "is cut off" if file.promised.has_final_newline else "fields, the header has"
    is_open = left.startswith('"') and not file.promised.has_final_newline  # a field without its end is found first
    said = ("unexpected end of data",) if is_open else (problem, f"{left}'")
    refused(copies, file, f"row {content.count(newline) + 1}", *said)


@each_headed_file
def test_a_renamed_column_is_refused(copies: Path, file: File) -> None:
    path, promised = file.path(copies / file.source), file.promised
    rows = cells(path, promised)
    gone, rows[0][1] = rows[0][1], "renamed"
    write_cells(path, promised, rows)
    refused(copies, file, f"row {promised.skip + 1}", "unknown column 'renamed'", f"missing column {gone!r}")


@each_known_file
def test_a_new_column_is_refused(copies: Path, file: File) -> None:
    path, promised = file.path(copies / file.source), file.promised
    write_cells(path, promised, [[*row, "surprise"] for row in cells(path, promised)])
    width = len(promised.header)
    said = "unknown column 'surprise'" if promised.has_header else f"{width + 1} fields, the header has {width}"
    refused(copies, file, f"row {promised.skip + 1}", said)


@each_table_file
def test_a_row_of_another_width_is_refused(copies: Path, file: File) -> None:
    path, promised = file.path(copies / file.source), file.promised
    rows = cells(path, promised)
    rows[1] = rows[1][:-1]
    write_cells(path, promised, rows)
    width = len(promised.header)
    refused(copies, file, f"row {promised.skip + 2}", rows[1][0], f"{width - 1} fields, the header has {width}")


@each_keyed_file
def test_a_repeated_key_is_refused(copies: Path, file: File) -> None:
    path, promised = file.path(copies / file.source), file.promised
    rows = cells(path, promised)
    write_cells(path, promised, [*rows, rows[-1]])
    key = "/".join(rows[-1][promised.fields.index(column)] for column in promised.key)
    last = len(rows) + promised.skip
    refused(copies, file, f"row {last + 1}, column {promised.key[0]}", f"repeats the key {key} of", f"row {last}")


@pytest.mark.parametrize("file", [file for file in TABLE_FILES if file.promised.encoding != "mac_roman"], ids=str)
def test_a_byte_of_another_encoding_is_refused(copies: Path, file: File) -> None:
    path = file.path(copies / file.source)
    content = read_content(path)
    newline = b"\n" if b"\n" in content else b"\r"
    write_content(
        path, content.replace(newline, newline + b"\x81", 1)
    )  # UTF-8 and Windows-1252 lack it; Mac Roman has all
    refused(copies, file, "row 2", r"b'\x81'", f"is not {file.promised.encoding}")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("</id>", "</id><surprise>1</surprise>", "unknown field 'surprise' with '1'"),
        ("</id>", "</id><id>7</id>", "the field 'id' is there twice"),
        ("<id>", '<id kind="x">', "unknown field 'id/@kind' with 'x'"),
        ("<start-date>", "<start-date>about ", "is not a date"),
        ("<end-date>", "<end-date>0", "is not a date"),
        ("</id>", "", "tag mismatch"),
    ],
)
@each_xml_file
def test_a_strange_field_of_xml_is_refused(copies: Path, file: File, old: str, new: str, problem: str) -> None:
    path = file.path(copies / file.source)
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    refused(copies, file, "row ", problem)


@each_xml_file
def test_broken_xml_is_refused(copies: Path, file: File) -> None:
    path, row = file.path(copies / file.source), file.promised.row.encode()
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    refused(copies, file, "row ")
    path.write_bytes(content.replace(b"</id>", b"\xff</id>", 1))
    refused(copies, file, "row ")
    path.write_bytes(content.replace(b"    <" + row, b"<surprise/><" + row, 1))
    refused(copies, file, "row 3: unknown element 'surprise'")
    path.write_bytes(re.sub(rb"<id>\d+</id>", b"<id>7</id>", content))
    if content.count(b"<id>") > 1:
        refused(copies, file, "repeats the key 7 of")
