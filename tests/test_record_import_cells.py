"""What a sheet is told of its rows: every wrong cell in one round, what ships left alone, names as they were."""

from __future__ import annotations

import openpyxl
import pytest
from click.testing import CliRunner

from comity.cli import main
from comity.record import Shelf
from comity.record.applying import write_files
from comity.record.importing import import_sheet
from comity.record.sheets import other_sheets, write_sheet
from comity.record.timing import ahead_problems
from register_samples import good_records, write_records
from test_record_sheets import CALL, DRILL, made


def told(tmp_path, *rows, shelf=None):
    """The wrong cells of a sheet by row and column, with what is wrong."""
    shelf = shelf or Shelf(write_records(tmp_path / "records", good_records()))
    answer = import_sheet(made(tmp_path, rows), shelf)
    assert not answer.problems or (answer.texts, answer.changes) == ({}, [])
    return {(wrong.row, wrong.column): wrong.problem for wrong in answer.problems}


# Every wrong cell in one round.


def test_every_wrong_cell_of_every_row_is_told_at_once(tmp_path):
    wrong = {
        "identifier": "A call", "instrument": "vist", "parties": "FRA, Atlantis", "end_date": "2020", "summary": "",
        "personnel_count": "-5", "latitude": "95", "regions": "moon", "evidence_1_url": "example.org",
    }  # fmt: skip
    late = CALL | {"identifier": "late", "end_date": "2020", "regions": "moon", "label": "secret"}
    found = told(tmp_path, CALL | wrong, DRILL | {"end_date": "2020", "personnel_count": "many"}, late)
    assert set(found) == {
        *((2, column) for column in (*wrong, "evidence_1_supports")),
        *((3, column) for column in ("personnel_count", "end_date")),
        *((4, column) for column in ("label", "end_date", "regions")),
    }
    assert found[2, "evidence_1_supports"] == "evidence: nothing supports personnel_count"


def test_what_only_follows_from_a_wrong_cell_is_not_told(tmp_path):
    place = {"kind": "place", "identifier": "isle", "name": "Isle", "summary": "An isle.", "verification": "unverified"}
    rows = [
        place | {"latitude": "north", "longitude": "1"},
        CALL | {"evidence_1_kind": "good"},
        {"kind": "territorial_claim", "identifier": "isle-claim", "name": "Isle", "summary": "A claim."}
        | {"place": "isle", "known_until": "2020", "verification": "unverified"},
    ]
    assert list(told(tmp_path, *rows)) == [(2, "latitude"), (3, "evidence_1_kind")]


def test_one_identifier_of_two_rows_is_told_though_one_is_wrong(tmp_path):
    assert list(told(tmp_path, CALL | {"instrument": "vist"}, CALL)) == [(2, "instrument"), (3, "identifier")]


@pytest.mark.parametrize(("letters", "is_wrong"), [(251, False), (252, True), (300, True)])
def test_an_identifier_that_no_file_can_have_is_told_before_anything_is_written(tmp_path, letters, is_wrong):
    folder = write_records(tmp_path / "records", good_records())
    sheet = made(tmp_path, [CALL | {"identifier": "x" * letters}])
    answer = import_sheet(sheet, Shelf(folder))
    assert [(wrong.row, wrong.column) for wrong in answer.problems] == [(2, "identifier")] * is_wrong
    assert all("at most 251" in wrong.problem for wrong in answer.problems)
    write_files(answer.texts, folder)
    assert len(Shelf(folder).read()) == 14 - is_wrong


# Names and days as they were.


@pytest.mark.parametrize(
    ("start", "parties", "codes"),
    [
        ("1985-06", "Soviet Union:host, East Germany", ["RUS", "DDR"]),
        ("1985", "Soviet Union, FRG", ["RUS", "GFR"]),
        ("2021", "Türkiye, Russia", ["TUR", "RUS"]),
    ],
)
def test_a_name_means_what_it_meant_on_the_day_of_the_row(tmp_path, start, parties, codes):
    folder = write_records(tmp_path / "records", good_records())
    answer = import_sheet(made(tmp_path, [CALL | {"start_date": start, "parties": parties}]), Shelf(folder))
    assert answer.problems == []
    [change] = answer.changes
    assert [getattr(party, "party", party) for party in change.after.parties] == codes


def test_a_name_in_a_spell_means_what_it_meant_then(tmp_path):
    row = {"kind": "organisation", "identifier": "pact-body", "name": "Body", "short_name": "B", "known_until": "2020"}
    row |= {"organisation_kind": "alliance", "summary": "A body.", "verification": "unverified"}
    row |= {"parties": "Soviet Union:1955..1991, East Germany:1956..1990"}
    folder = write_records(tmp_path / "records", good_records())
    row["organisation_kind"] = good_records()["organisation/body.yml"]["organisation_kind"]
    answer = import_sheet(made(tmp_path, [row]), Shelf(folder))
    assert answer.problems == []
    assert [party.party for party in answer.changes[0].after.parties] == ["RUS", "DDR"]


def test_a_state_takes_part_in_nothing_after_its_end(tmp_path):
    found = told(tmp_path, CALL | {"parties": "DDR, FRA"}, CALL | {"identifier": "b", "parties": "Soviet Union"})
    assert found[2, "parties"] == "parties: 'DDR' (East Germany) had ended by 2021-02-01"
    assert "Soviet Union" in found[3, "parties"]
    records = good_records()
    records["engagement/call.yml"]["parties"] = ["FRA", "DDR"]
    _, problems = Shelf(write_records(tmp_path / "ended", records)).found()
    assert len(problems) == 1
    assert "engagement/call.yml: parties: 'DDR' (East Germany) had ended by" in problems[0]


def test_what_is_still_ahead_was_not_completed(tmp_path):
    rows = [CALL, CALL | {"identifier": "b", "status": "completed"}, CALL | {"identifier": "c", "status": "planned"}]
    found = told(tmp_path, *(row | {"start_date": "2099-05"} for row in (*rows, DRILL)))
    assert list(found) == [(2, "status"), (3, "status"), (5, "status")]
    assert found[2, "status"].startswith(
        "status: 2099-05 is still ahead; 'completed' is what is meant where no status is"
    )
    act = good_records()["incident/act.yml"] | {"start_date": "2099"}
    [item] = [
        item
        for item in Shelf(write_records(tmp_path / "act", good_records() | {"incident/act.yml": act})).own()
        if item.identifier == "act"
    ]
    assert [*ahead_problems(item)] == ["incident/act.yml: start_date: '2099' is still ahead"]


# What ships, and what is not read.


def test_rows_of_what_ships_are_left_alone_where_they_say_the_same(tmp_path):
    shipped = write_records(tmp_path / "shipped", good_records())
    own = Shelf(tmp_path / "own", "owner", shipped)
    sheet = tmp_path / "sheet.csv"
    write_sheet(own.read(), sheet)
    answer = import_sheet(sheet, own)
    assert (answer.problems, len(answer.unchanged), answer.added, answer.texts) == ([], 14, [], {})
    sheet.write_text(sheet.read_text().replace("Example 2020", "Example 2019").replace(",call,", ",call-9,"))
    answer = import_sheet(sheet, own)
    assert [wrong.column for wrong in answer.problems] == ["identifier"]
    assert "drill/example-2019" in answer.problems[0].problem
    found = told(tmp_path, CALL | {"identifier": "call"}, shelf=own)
    assert "'call' is the name of a shipped record and differs from it" in found[2, "identifier"]


def test_a_second_sheet_of_a_workbook_is_named(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(list(CALL))
    book.active.append(list(CALL.values()))
    book.create_sheet("Empty")
    book.create_sheet("More visits").append(["kind"])
    path = tmp_path / "book.xlsx"
    book.save(path)
    assert other_sheets(path) == ["More visits"]
    folder = write_records(tmp_path / "records", good_records())
    answer = CliRunner().invoke(main, ["record", "import", str(path), "--dry-run", "--folder", str(folder)])
    assert answer.stdout == "1 added, 0 changed, 0 unchanged (nothing written)\n"
    assert answer.stderr == "only the first sheet is read, and not More visits\n"
