"""Sheets: what is exported is imported as the same records, and a wrong row is told by its cell and stops all."""

from __future__ import annotations

import csv

import openpyxl
import pytest

from comity.errors import BadRequest, RecordError
from comity.record import Shelf, record_problems
from comity.record.applying import write_files
from comity.record.importing import import_sheet
from comity.record.parties import as_party
from comity.record.sheets import PLAIN_COLUMNS, read_sheet, write_sheet
from register_samples import PIECE, good_records, write_records


def rich_records():
    """The good records, with what a cell could lose: several pieces of evidence, line breaks, commas, numbers."""
    records = good_records()
    act = records["incident/act.yml"]
    act |= {"accounts": ["China said: one; two, three.", "Japan\nsaid \\n so."], "killed_count": "0"}
    act |= {"latitude": "9.7500001", "longitude": "-112"}
    act["evidence"] = [PIECE | {"title": f"Page {n}", "supports": list(act)[1:7]} for n in range(5)]
    for piece in act["evidence"]:
        piece["supports"] = ["summary", "parties", "start_date", "killed_count"]
    records["series/drill.yml"]["editions"][0]["parties"] = [{"party": "PHL", "personnel_count": "40"}, "unknown"]
    records["series/drill.yml"]["editions"][0]["evidence"][0]["supports"].append("parties")
    records["programme/aid.yml"]["label"] = "nations:JPN,PHL"
    return records


def contents(folder):
    """Every record of a folder, parties in their long form, so that two ways to write one party are equal."""
    import msgspec

    found = {}
    for item in Shelf(folder).read():
        plain = msgspec.to_builtins(item.content)
        plain["parties"] = [as_party(party) for party in getattr(item.content, "parties", [])]
        for edition, held in zip(plain.get("editions", []), getattr(item.content, "editions", []), strict=True):
            edition["parties"] = [as_party(party) for party in held.parties]
        found[item.identifier] = plain
    return found


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_what_is_exported_is_imported_as_the_same(tmp_path, suffix):
    folder = write_records(tmp_path / "from", rich_records())
    assert record_problems(folder) == (13, [])
    sheet = tmp_path / f"sheet{suffix}"
    assert write_sheet(Shelf(folder).read(), sheet) == 14  # thirteen records and one edition
    empty = tmp_path / "to"
    empty.mkdir()
    answer = import_sheet(sheet, Shelf(empty))
    assert answer.problems == []
    assert not any(empty.iterdir())
    write_files(answer.texts, empty)
    assert contents(empty) == contents(folder)
    again = import_sheet(sheet, Shelf(empty))
    assert (len(again.unchanged), again.added, again.texts) == (14, [], {})


def made(tmp_path, rows, columns=None):
    """A sheet of rows given as mappings."""
    columns = columns or list(dict.fromkeys(name for row in rows for name in row))
    path = tmp_path / "given.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([row.get(name, "") for name in columns] for row in rows)
    return path


CALL = {
    "kind": "engagement", "identifier": "call-2", "name": "A call", "instrument": "visit", "start_date": "2021-02",
    "parties": "FRA:host, Japan:visitor:12", "summary": "They met.", "verification": "primary",
    "evidence_1_kind": "primary", "evidence_1_publisher": "A ministry", "evidence_1_title": "A page",
    "evidence_1_url": "https://example.org", "evidence_1_supports": "summary, parties, start_date, end_date",
}  # fmt: skip
DRILL = CALL | {"kind": "edition", "identifier": "", "series": "drill", "name": "Example 2021", "instrument": ""}

WRONG = {
    "kind": ("exercise", "not one of edition"),
    "identifier": ("Call 2", "small letters"),
    "instrument": ("vist", "nearest is 'visit'"),
    "start_date": ("2021-13", "is not a date"),
    "parties": ("FRA, Atlantis", "Atlantis"),
    "summary": ("", "missing"),
    "verification": ("sure", "not one of the verifications"),
    "personnel_count": ("many", "not a whole number"),
    "latitude": ("12", "not on the map"),
    "regions": ("moon", "no record 'moon'"),
    "obligations": ("defense", "has no obligations"),
    "label": ("secret", "label 'secret'"),
    "evidence_1_url": ("example.org", "not an address"),
    "evidence_1_title": ("", "missing"),
    "evidence_1_supports": ("summary", "nothing supports parties"),
    "end_date": ("2020", "before start_date"),
}


@pytest.mark.parametrize("column", WRONG)
def test_a_wrong_cell_is_told_by_row_column_and_value(tmp_path, column):
    folder = write_records(tmp_path / "records", good_records())
    value, told = WRONG[column]
    answer = import_sheet(made(tmp_path, [CALL | {"identifier": "other"}, CALL | {column: value}]), Shelf(folder))
    assert answer.texts == {}
    [wrong] = answer.problems
    assert (wrong.row, wrong.column, wrong.value) == (3, column, value)
    assert told in wrong.problem


def test_a_case_study_names_its_parties_without_roles(tmp_path):
    folder = write_records(tmp_path / "records", good_records())
    row = {"kind": "case_study", "identifier": "two", "name": "Two", "summary": "A study.", "parties": "JPN, USA:host"}
    [wrong] = import_sheet(made(tmp_path, [row]), Shelf(folder)).problems
    assert (wrong.column, "'USA:host' is no party" in wrong.problem) == ("parties", True)


def test_every_wrong_row_is_told(tmp_path):
    folder = write_records(tmp_path / "records", good_records())
    rows = [CALL | {"instrument": "x", "start_date": "y"}, CALL, DRILL | {"series": "none"}, CALL, {"kind": "edition"}]
    answer = import_sheet(made(tmp_path, rows), Shelf(folder))
    assert [(wrong.row, wrong.column) for wrong in answer.problems] == [
        *[(2, "instrument"), (2, "start_date"), (3, "identifier"), (4, "series"), (5, "identifier")],
        *[(6, "name"), (6, "summary"), (6, "verification"), (6, "series")],
    ]


def test_rows_are_added_beside_what_is_there(tmp_path):
    folder = write_records(tmp_path / "records", good_records())
    answer = import_sheet(made(tmp_path, [DRILL, CALL]), Shelf(folder))
    assert (answer.problems, answer.added) == ([], ["call-2", "drill/example-2021"])
    write_files(answer.texts, folder)
    assert record_problems(folder) == (14, [])
    filed = {item.identifier: item.content for item in Shelf(folder).read()}
    assert [edition.name for edition in filed["drill"].editions] == ["Example 2020", "Example 2021"]
    assert filed["call-2"].parties[1].personnel_count == 12
    # The same row again changes nothing; another one needs to be told that it may.
    assert import_sheet(made(tmp_path, [CALL]), Shelf(folder)).unchanged == ["call-2"]
    changed = made(tmp_path, [CALL | {"summary": "They did not meet."}, DRILL | {"summary": "It rained."}])
    assert [wrong.column for wrong in import_sheet(changed, Shelf(folder)).problems] == ["identifier", "identifier"]
    answer = import_sheet(changed, Shelf(folder), replaces=True)
    assert answer.changed == ["call-2", "drill/example-2021"]
    write_files(answer.texts, folder)
    filed = {item.identifier: item.content for item in Shelf(folder).read()}
    assert (filed["call-2"].summary, filed["drill"].editions[1].summary) == ("They did not meet.", "It rained.")


def test_what_was_wrong_before_does_not_stop_an_import(tmp_path):
    records = good_records()
    records["incident/act.yml"]["parties"] = ["organisation:gone"]
    folder = write_records(tmp_path / "records", records)
    assert import_sheet(made(tmp_path, [CALL]), Shelf(folder)).problems == []


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        (["kind", "shoe_size"], "no such column"),
        (["kind", "kind"], "there twice"),
        (["evidence_0_url"], "no such column"),
    ],
)
def test_a_strange_header_is_told(tmp_path, columns, told):
    folder = write_records(tmp_path / "records", good_records())
    answer = import_sheet(made(tmp_path, [CALL], columns), Shelf(folder))
    assert [(wrong.row, told in wrong.problem) for wrong in answer.problems] == [(1, True)]


def test_excel_cells_that_are_dates_and_numbers_are_read(tmp_path):
    from datetime import date

    book = openpyxl.Workbook()
    for row in (["kind", "start_date", "personnel_count", "", ""], ["engagement", date(2021, 2, 3), 40, None, None]):
        book.worksheets[0].append(row)
    book.save(tmp_path / "x.xlsx")
    columns, rows = read_sheet(tmp_path / "x.xlsx")
    assert columns == ["kind", "start_date", "personnel_count"]
    assert [row.cells for row in rows] == [{"kind": "engagement", "start_date": "2021-02-03", "personnel_count": "40"}]


def test_a_formula_is_text(tmp_path):
    records = good_records()
    records["engagement/call.yml"]["name"] = "=1+1"
    sheet = tmp_path / "x.xlsx"
    write_sheet(Shelf(write_records(tmp_path / "records", records)).read(), sheet)
    cells = [cell for row in openpyxl.load_workbook(sheet).worksheets[0] for cell in row if cell.value == "=1+1"]
    assert [cell.data_type for cell in cells] == ["s"]


NO_SHEETS = {
    "not UTF-8": ("x.csv", b"kind\nengagement\xff", "not UTF-8"),
    "an open quote": ("x.csv", b'kind\n"engagement', "no CSV"),
    "too many cells": ("x.csv", b"kind\nengagement,more", "row 2: more cells"),
    "no workbook": ("x.xlsx", b"kind", "no workbook"),
}


@pytest.mark.parametrize("case", NO_SHEETS)
def test_what_is_no_sheet_is_refused(tmp_path, case):
    name, content, told = NO_SHEETS[case]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(RecordError, match=told):
        read_sheet(tmp_path / name)


def test_a_sheet_of_another_kind_is_refused(tmp_path):
    with pytest.raises(BadRequest, match=r"\.csv or \.xlsx"):
        read_sheet(tmp_path / "x.ods")
    with pytest.raises(BadRequest, match=r"\.csv or \.xlsx"):
        write_sheet([], tmp_path / "x.ods")
    with pytest.raises(BadRequest, match="cannot be written"):
        write_sheet([], tmp_path / "none" / "x.csv")


def test_columns_are_named_once():
    assert len(PLAIN_COLUMNS) == len(set(PLAIN_COLUMNS))
