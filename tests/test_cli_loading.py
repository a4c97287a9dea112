"""The command line at work: from fetching to asking, for whom, into which files, and into a pipe."""

from __future__ import annotations

import os
import re
import subprocess

import msgspec
import pytest

from cli_samples import FETCHED, PROGRAM, SAMPLES, USED, WRITES, strict
from comity import sources
from comity.record import load_register
from comity.sources import contract, source_names
from register_samples import changed, good_records, write_records
from strategies import small_source, write_sources

# From loading to asking.


def test_fetched_sources_are_loaded_and_told_of(run, tmp_path):
    run("fetch", *FETCHED, "--from", SAMPLES, home=tmp_path)
    done = run("load", "--all", "--json", home=tmp_path)
    told = {row["source"]: row for row in strict(done.stdout)}
    assert set(told) == {"register", *FETCHED}
    assert all(row["rows"] > 0 for row in told.values())
    assert [name for name, row in told.items() if row["is_reviewed"]] == ["register"]
    shown = {row["source"]: row for row in strict(run("sources", "--json", home=tmp_path).stdout)}
    assert {name: row["rows"] for name, row in shown.items()} == {name: row["rows"] for name, row in told.items()}
    one = strict(run("sources", "atop", "--json", home=tmp_path).stdout)
    assert (one["source"], one["is_reviewed"], sum(one["rows"].values())) == ("atop", False, told["atop"]["rows"])
    where = {row["what"]: row["is"] for row in strict(run("doctor", "--json", home=tmp_path).stdout)}
    assert {where[name] for name in FETCHED} == {"in the cache"}
    sql = "SELECT count(*) AS n FROM core.agreement WHERE source = 'atop'"
    assert strict(run("ask", sql, "--json", home=tmp_path).stdout)[0]["n"] > 0


def test_all_sources_are_fetched_but_those_that_users_supply(run, tmp_path, monkeypatch):
    """One source that comity may not serve once made every `fetch --all` end as a failure."""
    monkeypatch.setattr(sources, "source_names", lambda: ("atop", "mine"))
    own = msgspec.structs.replace(contract.contract("atop"), user_supplied=True)
    known = {"atop": contract.contract("atop"), "mine": own}
    monkeypatch.setattr(contract, "contract", known.__getitem__)
    done = run("fetch", "--all", "--from", SAMPLES, "--json", home=tmp_path)
    assert done.exit_code == 0
    assert {row["source"] for row in strict(done.stdout)} == {"atop"}
    assert (
        f"not fetched: mine is for users to supply; put your own copy into {tmp_path / 'cache' / 'mine'}" in done.stderr
    )


def test_what_is_missing_of_all_sources_is_said_and_the_rest_is_loaded(run, tmp_path):
    done = run("load", "--all", home=tmp_path)
    assert done.exit_code == 0
    said = [line.removeprefix("not loaded: ") for line in done.stderr.splitlines() if line.startswith("not loaded: ")]
    assert [re.split("[/:]", line)[0] for line in said] == list(source_names())
    assert [row["source"] for row in strict(run("sources", "--json", home=tmp_path).stdout)] == ["register"]


def test_the_mirror_stands_in_for_the_cache(run, tmp_path, monkeypatch):
    monkeypatch.setenv("COMITY_MIRROR", str(SAMPLES))
    assert run("load", "atop", home=tmp_path).exit_code == 0
    monkeypatch.setenv("COMITY_MIRROR", str(tmp_path / "gone"))
    done = run("load", "atop", home=tmp_path)
    assert (done.exit_code, done.stderr.splitlines()[-1]) == (
        1,
        f"Error: COMITY_MIRROR names {tmp_path / 'gone'}, which is no folder",
    )
    where = {row["what"]: row["is"] for row in strict(run("doctor", "--json", home=tmp_path).stdout)}
    assert where["mirror"] == f"COMITY_MIRROR names {tmp_path / 'gone'}, which is no folder"


def test_a_broken_source_leaves_the_store_as_it_was(run, tmp_path):
    run("load", home=tmp_path)
    run("fetch", "atop", "contiguity", "--from", SAMPLES, home=tmp_path)
    broken = tmp_path / "cache" / "contiguity" / "contdird.csv"
    broken.write_bytes(broken.read_bytes()[:-5])
    manifest = (tmp_path / "store" / "manifest.json").read_bytes()
    done = run("load", "atop", "contiguity", home=tmp_path)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.splitlines()[-1].startswith("Error: contdird.csv row ")
    assert (tmp_path / "store" / "manifest.json").read_bytes() == manifest
    assert [row["source"] for row in strict(run("sources", "--json", home=tmp_path).stdout)] == ["register"]


def test_a_check_that_finds_something_ends_with_exit_code_1(run, tmp_path):
    write_sources(tmp_path / "store", small_source("alpha"))  # engagements in which nobody took part
    done = run("check", "--json", home=tmp_path)
    assert done.exit_code == 1
    assert [row["check"] for row in strict(done.stdout) if row["rows"]] == ["engagement_without_party"]


def test_the_public_sees_nothing_of_what_is_the_owner_s(run, tmp_path):
    write_sources(tmp_path / "store", small_source("alpha", ["owner"], name="Operation Hush"), load_register())
    for name, words in USED.items():
        if name not in WRITES:
            done = run(*words, home=tmp_path, before=["--audience", "public"])
            assert "Hush" not in done.output, name
            assert "alpha" not in done.output, name
    sql = "SELECT count(*) AS n FROM core.engagement WHERE name = 'Operation Hush'"
    for audience, count in (("owner", 1), ("public", 0), ("nation:JPN", 0)):
        done = run("ask", sql, "--json", home=tmp_path, before=["--audience", audience])
        assert strict(done.stdout) == [{"n": count}]


# Records of one's own, and files.


def test_records_of_another_folder_are_checked_listed_and_shown(run, tmp_path):
    folder = write_records(tmp_path, good_records())
    assert run("record", "check", "--folder", folder).stdout == "13 records, 0 problems\n"
    listed = strict(run("record", "list", "--region", "sea", "--folder", folder, "--json").stdout)
    assert {row["identifier"] for row in listed} == {"pact", "drill", "notice", "reef-place"}
    shown = run("record", "show", "pact", "--folder", folder)
    assert shown.stdout == (folder / "agreement" / "pact.yml").read_text() + "\n"
    write_records(tmp_path, changed(good_records(), "incident/act.yml", ("name",), ""))
    done = run("record", "check", "--folder", folder, "--json")
    assert (done.exit_code, strict(done.stdout)["records"]) == (1, 13)
    assert strict(done.stdout)["problems"] == ["incident/act.yml: name: '' is empty; leave the field out"]


@pytest.mark.parametrize(
    ("name", "beginning"), [("x.html", "<!doctype html>"), ("x.json", "{"), ("x.md", "# "), ("x.txt", "Phil")]
)
def test_a_brief_is_written_in_the_format_of_its_file(run, tmp_path, name, beginning):
    done = run("brief", "PHL", "CHN", "-o", tmp_path / name)
    assert (done.exit_code, done.stdout) == (0, "")
    assert (tmp_path / name).read_text(encoding="utf-8").lower().startswith(beginning.lower())


# Without a terminal.


def piped(*arguments, home):
    environment = os.environ | {"COMITY_HOME": str(home), "COLUMNS": "40"}
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, env=environment, check=False)


def test_what_is_piped_is_not_cut_or_folded(register_home):
    done = piped("ask", "SELECT item, url, title FROM core.evidence ORDER BY ALL", home=register_home)
    assert (done.returncode, done.stderr) == (0, "")
    rows = load_register().tables["evidence"].to_pylist()
    lines = done.stdout.splitlines()
    assert len(lines) == len(rows) + 4  # a rule under the names of the columns, and an empty line at each end
    assert "…" not in done.stdout.replace("…", "", sum(row["title"].count("…") + row["url"].count("…") for row in rows))
    long = max(rows, key=lambda row: len(row["url"]))
    assert any(long["item"] in line and long["url"] in line and long["title"] in line for line in lines)


def test_a_reader_that_leaves_early_is_no_error(register_home):
    command = f"{PROGRAM} ask 'SELECT * FROM core.evidence' | head -n 3"
    done = subprocess.run(
        ["/bin/sh", "-c", command], capture_output=True, text=True, check=False,
        env=os.environ | {"COMITY_HOME": str(register_home)},
    )  # fmt: skip
    assert len(done.stdout.splitlines()) == 3
    assert done.stderr == ""
