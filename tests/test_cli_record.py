"""Keeping the register at the command line: a record is asked for, checked and written; sheets go in and out."""

from __future__ import annotations

import pytest

from cli_samples import strict
from comity.cli import main
from comity.record import record_problems
from comity.record.history import read_history, replayed
from comity.record.reading import read_record
from comity.record.writing import record_text
from register_samples import good_records, write_records


@pytest.fixture
def register_home(tmp_path):
    """A home without a store: these tests need none, and hold whatever the shipped register holds."""
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


@pytest.fixture
def folder(tmp_path):
    return write_records(tmp_path / "records", good_records())


@pytest.fixture
def answer(run, monkeypatch):
    """Run a command whose questions are answered, one line an answer."""
    from click.testing import CliRunner

    def answered(*arguments, lines):
        return CliRunner().invoke(main, [*map(str, arguments)], input="\n".join(lines) + "\n")

    return answered


EVIDENCE = ["https://example.org/a", "primary", "A ministry", "A page", "2025-03-28", "2025-04-01", "", ""]
# What is asked of an engagement between the last day and the evidence.
REST = ["sea", "", "PHL:host, Japan:visitor:40", "40", "Manila", "14.6", "121", "sea", "", "They met.", "", ""]
VISIT = ["Visit to Manila", "minister", "", "2025-03-28", "2025-03-30", *REST, *EVIDENCE]


def test_a_visit_is_asked_for_and_written(answer, folder):
    done = answer("record", "add", "visit", "--folder", folder, lines=[*VISIT, "", "y"])
    assert done.exit_code == 0, done.output
    path = folder / "engagement" / "visit-to-manila-2025-03-28.yml"
    assert done.stdout.splitlines()[-1] == str(path)
    assert record_problems(folder) == (14, [])
    visit = read_record(path, folder).content
    assert (visit.instrument, visit.level, visit.verification, visit.personnel_count) == (
        "visit",
        "minister",
        "primary",
        40,
    )
    assert [party.role for party in visit.parties] == ["host", "visitor"]
    assert set(visit.evidence[0].supports) >= {"summary", "parties", "start_date", "end_date", "location"}
    entries = read_history(folder, path.stem).entries
    assert [entry.command for entry in entries] == ["add"]
    assert replayed(entries) == visit


def test_a_slip_is_asked_for_again_and_words_are_listed(answer, folder):
    lines = ["", "Visit to Manila", "?", "ministr", "minister", "", "soon", *VISIT[3:], "Visit", "call", "", "y"]
    done = answer("record", "add", "visit", "--folder", folder, lines=lines)
    assert done.exit_code == 0, done.output
    for said in (
        *("this is needed", "head: heads of state", "nearest is 'minister'", "'soon' is not a date"),
        *("small letters", "there is a record 'call' already"),
    ):
        assert said in done.stderr, said


def test_what_the_register_refuses_is_asked_for_again(answer, folder):
    wrong = [*VISIT[:4], "2025-03-01", *REST[:7], "seas", *REST[7:], *EVIDENCE]
    done = answer("record", "add", "visit", "--folder", folder, lines=[*wrong, "", "2025-03-30", "y"])
    assert done.exit_code == 0, done.output
    assert "end_date: '2025-03-01' is before start_date" in done.stderr
    assert "there is no record 'seas'; nearest is 'sea'" in done.stderr
    assert record_problems(folder) == (14, [])


def test_nothing_is_written_without_a_yes(answer, folder):
    done = answer("record", "add", "visit", "--folder", folder, lines=[*VISIT, "", "n"])
    assert done.exit_code == 1
    assert record_problems(folder) == (13, [])


def test_an_edition_is_added_to_its_series(answer, folder):
    lines = ["Example 2025", "", "", "", *VISIT[3:5], *REST[:7], *REST[9:], *EVIDENCE, "y"]
    series = folder / "series" / "drill.yml"
    series.write_text("# kept by hand\n" + record_text(read_record(series, folder).content))
    before = series.read_text()
    done = answer("record", "add", "edition", "drill", "--folder", folder, lines=lines)
    assert done.exit_code == 0, done.output
    assert record_problems(folder) == (13, [])
    editions = read_record(series, folder).content.editions
    assert [edition.name for edition in editions] == ["Example 2020", "Example 2025"]
    assert series.read_text().startswith(before)
    assert [entry.record for entry in read_history(folder).entries] == ["drill/example-2025"]


def test_own_records_go_home_with_the_owner_s_label(answer, tmp_path, monkeypatch, folder):
    for module in ("comity.record.register", "comity.record.shelf"):
        monkeypatch.setattr(f"{module}.register_folder", lambda: folder)
    done = answer("--home", tmp_path / "home", "record", "add", "visit", lines=[*VISIT, "", "y"])
    assert done.exit_code == 0, done.output
    path = tmp_path / "home" / "records" / "engagement" / "visit-to-manila-2025-03-28.yml"
    assert done.stdout.splitlines()[-1] == str(path)
    assert read_record(path, tmp_path / "home" / "records", "owner").content.label == "owner"
    done = answer("--home", tmp_path / "home", "record", "add", "edition", "drill", lines=[])
    assert (done.exit_code, "'drill' ships with comity" in done.stderr) == (1, True)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["add", "party"], "neither a kind of record"), (["add", "edition"], "names its series"),
        (["add", "visit", "drill"], "names its series"), (["add", "edition", "pact"], "there is no series 'pact'"),
        (["export", "-o", "x.doc"], ".csv or .xlsx"), (["merge", "pact", "gone"], "there is no record 'gone'"),
    ],
)  # fmt: skip
def test_what_is_asked_wrongly_is_one_line(run, folder, words, told):
    done = run("record", *words, "--folder", folder)
    assert done.exit_code == 1
    assert told in done.stderr.splitlines()[-1]


def test_records_go_out_to_a_sheet_and_come_back(run, folder, tmp_path):
    sheet, empty = tmp_path / "out.csv", tmp_path / "empty"
    empty.mkdir()
    assert run("record", "export", "-o", sheet, "--folder", folder).stdout == f"{sheet}: 14 rows\n"
    told = run("record", "import", sheet, "--folder", empty, "--dry-run").stdout
    assert told == "14 added, 0 changed, 0 unchanged (nothing written)\n"
    assert not any(empty.iterdir())
    assert len(strict(run("record", "import", sheet, "--folder", empty, "--json").stdout)["added"]) == 14
    assert record_problems(empty) == (13, [])
    sheet.write_text(sheet.read_text().replace("2019-07", "July"))
    done = run("record", "import", sheet, "--folder", empty, "--json")
    assert done.exit_code == 1
    assert [(row["column"], row["value"]) for row in strict(done.stdout)] == [("start_date", "July")]


def test_an_export_holds_what_the_audience_may_see(run, folder, tmp_path):
    records = good_records()
    records["programme/aid.yml"] |= {"label": "owner", "name": "Hush"}
    write_records(folder, records)
    run("record", "export", "-o", tmp_path / "x.csv", "--folder", folder, before=["--audience", "public"])
    assert "Hush" not in (tmp_path / "x.csv").read_text()
    assert run("record", "list", "--folder", folder, before=["--audience", "friends"]).exit_code == 1


def test_duplicates_are_listed_and_merged(run, folder):
    records = good_records()
    write_records(folder, {"engagement/twin.yml": records["engagement/call.yml"]})
    [pair] = strict(run("record", "list", "--duplicates", "--json", "--folder", folder).stdout)
    assert {pair["one"], pair["other"]} == {"call", "twin"}
    assert run("record", "merge", "call", "twin", "--folder", folder).stdout == "twin is merged into call\n"
    assert record_problems(folder) == (13, [])
    write_records(folder, {"engagement/twin.yml": records["engagement/call.yml"] | {"level": "head"}})
    write_records(folder, {"engagement/call.yml": records["engagement/call.yml"] | {"level": "chief"}})
    done = run("record", "merge", "call", "twin", "--folder", folder)
    assert (done.exit_code, done.stdout) == (1, "level: chief and head\n")
    assert record_problems(folder) == (14, [])


def test_a_release_is_written(run, folder, tmp_path):
    done = run("record", "release", tmp_path / "out", "--folder", folder, "--json")
    assert strict(done.stdout)["rows"]["agreement"] == 1
    assert (tmp_path / "out" / "SHA256SUMS").is_file()
    assert run("record", "release", tmp_path / "out", "--folder", folder).exit_code == 1
