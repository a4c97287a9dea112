"""Closing a record and seeing its history at the command line: by options, by answers, and one line when refused."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from cli_samples import strict
from comity.cli import _record_closing, main
from comity.record import own_shelf
from comity.record.finding import find
from comity.record.history import HISTORY_FILE
from register_samples import good_records, write_records

PAGE = ("--url", "https://example.org/r", "--publisher", "A ministry", "--title", "A release")


@pytest.fixture
def register_home(tmp_path):
    """A home without a store: these tests need none, and hold whatever the shipped register holds."""
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


@pytest.fixture
def home(tmp_path, monkeypatch, register_home):
    """A home over a small shipped register in which an edition and a visit are planned."""
    records = good_records()
    edition = records["series/drill.yml"]["editions"][0]
    planned = {"name": "Example 2026", "status": "planned", "start_date": "2025-11-16", "end_date": "2025-11-18"}
    records["series/drill.yml"]["editions"].append(edition | planned)
    records["engagement/call.yml"] |= {"status": "planned"}
    shipped = write_records(tmp_path / "shipped", records)
    for module in ("comity.record.register", "comity.record.shelf"):
        monkeypatch.setattr(f"{module}.register_folder", lambda: shipped)
    monkeypatch.setenv("COMITY_USER", "desk")
    return register_home


def content(home, name):
    return find(own_shelf(home).read(), name).content


def test_an_edition_is_closed_by_options_and_its_history_told(run, home):
    told = ("--status", "completed", "--end", "2025-11-20", "--outcome", "Held.", "--personnel", "Philippines=5000")
    more = ("--personnel", "16000", "--product", "A plan", "--lessons", "Begin earlier.", *PAGE)
    done = run("record", "close", "drill/example-2026", *told, *more, "--json", home=home)
    assert done.exit_code == 0, done.stderr
    assert done.stderr == ""
    answer = strict(done.stdout)
    assert answer["file"] == str(home / "records" / "overrides" / "series" / "drill.yml")
    assert answer["changes"]["status"] == {"from": "planned", "to": "completed"}
    edition = content(home, "drill/example-2026")
    assert (edition.end_date, edition.outcome, edition.personnel_count) == ("2025-11-20", "Held.", 16000)
    assert (edition.product, edition.lessons, edition.verification) == ("A plan", "Begin earlier.", "primary")
    assert edition.parties[0].personnel_count == 5000
    assert edition.evidence[-1].kind == "secondary"
    entry, *others = strict(run("record", "history", "drill", "--json", home=home).stdout)["changes"]
    assert others == []
    assert (entry["command"], entry["who"], entry["record"]) == ("close", "desk", "drill/example-2026")
    assert entry["changes"] == answer["changes"]
    table = run("record", "history", "drill/example-2026", home=home).stdout
    assert "planned" in table
    assert "PHL:host:5000, USA" in table
    # The series is shown with what was closed and what ships, and others see what ships alone.
    assert run("record", "show", "drill", home=home).stdout.count("name: Example") == 2
    public = run("record", "show", "drill", "--json", home=home, before=["--audience", "public"])
    assert [edition["status"] for edition in strict(public.stdout)["editions"]] == ["completed", "planned"]


def test_a_close_without_a_page_says_what_it_costs(run, home):
    done = run("record", "close", "call", "--status", "cancelled", "--outcome", "Put aside.", home=home)
    assert done.exit_code == 0
    assert "call is now unverified" in done.stderr
    assert run("record", "check", home=home).exit_code == 0
    assert run("record", "close", "call", "--status", "cancelled", "--again", home=home).exit_code == 0
    history = strict(run("record", "history", "call", "--json", home=home).stdout)
    assert [entry["changes"].keys() >= {"status"} for entry in history["changes"]] == [True]


def test_what_ended_is_closed(run, home):
    assert run("record", "close", "pact", "--status", "terminated", "--end", "2024-06-01", home=home).exit_code == 0
    assert (content(home, "pact").status, content(home, "pact").end_date) == ("terminated", "2024-06-01")
    assert run("record", "close", "base", "--status", "terminated", "--end", "2024", home=home).exit_code == 0
    assert content(home, "base").end_date == "2024"
    loaded = run("load", "--json", home=home)
    assert {row["source"]: row["action"] for row in strict(loaded.stdout)} == {
        "register": "loaded", "register_own": "loaded",
    }  # fmt: skip
    sql = "SELECT status FROM core.agreement ORDER BY source"
    # The user's own record stands in the place of the shipped one, for the user alone.
    for audience, statuses in (("owner", ["terminated"]), ("public", ["in_force"])):
        told = run("ask", sql, "--json", home=home, before=["--audience", audience])
        assert [row["status"] for row in strict(told.stdout)] == statuses


@pytest.fixture
def answer(monkeypatch, home):
    """Run a close on a terminal, with one answer to each question."""
    monkeypatch.setattr(_record_closing, "can_ask", lambda: True)

    def answered(*arguments, lines):
        return CliRunner().invoke(
            main, ["--home", str(home), "record", "close", *arguments], input="\n".join(lines) + "\n"
        )

    return answered


def test_a_terminal_is_asked(answer, home):
    page = ["https://example.org/r", "primary", "A ministry", "A release", "2025-11-21", ""]
    lines = ["done", "completed", "", "soon", "2025-11-20", "", "16000", "Held.", "", "", "", *page]
    done = answer("drill/example-2026", lines=lines)
    assert done.exit_code == 0, done.output
    assert "'done' is not one of completed" in done.stderr
    assert "'soon' is not a date" in done.stderr
    edition = content(home, "drill/example-2026")
    assert (edition.start_date, edition.end_date, edition.personnel_count) == ("2025-11-16", "2025-11-20", 16000)
    assert (edition.verification, edition.evidence[-1].date) == ("primary", "2025-11-21")
    done = answer("drill/example-2026", lines=[])
    assert (done.exit_code, "closed already" in done.stderr) == (1, True)


def test_only_what_can_be_told_is_asked(answer, home):
    done = answer("base", lines=["", "2024-06", "", ""])
    assert done.exit_code == 0, done.output
    assert content(home, "base").end_date == "2024-06"
    assert "outcome" not in done.stderr.lower()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["call"], "nobody can be asked"),
        (["call", "--outcome", "Held."], "--status is missing"),
        (["call", "--status", "cancelled", "--end", "soon"], "--end: 'soon' is not a date"),
        (["call", "--status", "cancelled", "--parties", "Atlantis"], "--parties: "),
        (["call", "--status", "cancelled", "--personnel", "FRA=many"], "--personnel FRA=many: 'many' is not a whole"),
        (["call", "--status", "cancelled", "--personnel", "FRA,VNM=3"], "not written like PHL=5000"),
        (["call", "--status", "cancelled", "--personnel", "3", "--personnel", "4"], "told twice"),
        (["call", "--status", "cancelled", "--personnel", "FRA=3", "--personnel", "FRA=4"], "told twice"),
        (["call", "--status", "cancelled", "--url", "https://example.org"], "--publisher is missing"),
        (["call", "--status", "cancelled", *PAGE, "--evidence-kind", "hearsay"], "--evidence-kind: 'hearsay'"),
        (["drill/example-2020", "--status", "completed"], "closed already"),
        (["gone", "--status", "completed"], "there is no record 'gone'"),
    ],
)
def test_what_is_told_wrongly_is_one_line_and_changes_nothing(run, home, words, told):
    done = run("record", "close", *words, home=home)
    assert done.exit_code == 1
    assert told in done.stderr.splitlines()[-1]
    assert not (home / "records").exists()


def test_every_command_that_changes_records_is_in_the_history(run, home, tmp_path):
    folder = write_records(tmp_path / "kept", good_records())
    write_records(folder, {"engagement/twin.yml": good_records()["engagement/call.yml"]})
    assert run("record", "merge", "call", "twin", "--folder", folder).exit_code == 0
    run("record", "export", "-o", tmp_path / "x.csv", "--folder", folder)
    sheet = tmp_path / "x.csv"
    sheet.write_text(sheet.read_text().replace("Example 2020", "Example 2021"))
    assert run("record", "import", sheet, "--folder", folder, "--dry-run").exit_code == 1  # the name has an identifier
    sheet.write_text(sheet.read_text().replace("example-2020", "example-2021"))
    assert run("record", "import", sheet, "--folder", folder).exit_code == 0
    gone = strict(run("record", "history", "twin", "--folder", folder, "--json").stdout)["changes"]
    assert [(entry["command"], entry["changes"]["name"]) for entry in gone] == [
        ("merge", {"from": "A name", "to": None})
    ]
    added = strict(run("record", "history", "drill", "--folder", folder, "--json").stdout)["changes"]
    assert [(entry["command"], entry["record"]) for entry in added] == [("import", "drill/example-2021")]
    assert run("record", "check", "--folder", folder).exit_code == 0


def test_without_a_history_the_evidence_is_told(run, home):
    done = run("record", "history", "pact", home=home)
    assert done.stdout.startswith("pact was not changed through comity; its evidence:\n")
    assert "2026-11-22" in done.stdout
    answer = strict(run("record", "history", "pact", "--json", home=home).stdout)
    assert answer["changes"] == []
    assert [piece["published"] for piece in answer["evidence"]] == ["2020-05-01"]
    assert "there is no record 'gone'" in run("record", "history", "gone", home=home).stderr


def test_a_line_that_cannot_be_read_is_said(run, home):
    run("record", "close", "call", "--status", "cancelled", home=home)
    with (home / "records" / HISTORY_FILE).open("a") as log:
        log.write('{"time": "2026')
    done = run("record", "history", "call", home=home)
    assert done.exit_code == 0
    assert "line 2 cannot be read and was passed over" in done.stderr
    assert strict(run("record", "history", "call", "--json", home=home).stdout)["unreadable_lines"] == [2]


def test_a_history_is_its_owner_s(run, home):
    done = run("record", "history", "call", home=home, before=["--audience", "public"])
    assert done.exit_code == 1
    assert "may not see it" in done.stderr
