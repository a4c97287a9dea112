"""What is loaded again: all of what changed, nothing of what did not, and a store as it would be if all were loaded."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import msgspec
import pytest

from cli_samples import SAMPLES, strict
from comity.cli import load as load_command
from comity.record import register as register_module
from comity.record import register_fingerprint
from comity.sources import About, fingerprint, load_source, source_fingerprint
from comity.store import open_store, writing
from register_samples import changed, good_records, write_records
from strategies import small_source, write_sources


@pytest.fixture
def cache(tmp_path):
    """A cache that holds two small sources."""
    for name in ("contiguity", "cow_states"):
        shutil.copytree(SAMPLES / name, tmp_path / "cache" / name)
    return tmp_path / "cache"


@pytest.fixture
def actions(run, tmp_path):
    """Load, and say what was done with each source."""

    def done(*arguments):
        answer = run("load", *arguments, "--json", home=tmp_path)
        assert answer.exit_code == 0, answer.output
        return {row["source"]: row["action"] for row in strict(answer.stdout)}

    return done


def generation(home: Path) -> int:
    return int(json.loads((home / "store" / "manifest.json").read_bytes())["generation"])


BOTH = ("contiguity", "cow_states")


def test_what_has_not_changed_is_not_loaded_again(run, actions, cache, tmp_path):
    assert actions("register", *BOTH) == dict.fromkeys(("register", *BOTH), "loaded")
    first = strict(run("load", "register", *BOTH, "--json", home=tmp_path).stdout)
    assert {row["action"] for row in first} == {"unchanged"}
    assert generation(tmp_path) == 1  # nothing was written
    forced = strict(run("load", "register", *BOTH, "--force", "--json", home=tmp_path).stdout)
    assert {row["action"] for row in forced} == {"loaded"}
    assert [row | {"action": ""} for row in first] == [row | {"action": ""} for row in forced]
    assert generation(tmp_path) == 2


def test_unchanged_sources_are_not_parsed(actions, cache, monkeypatch):
    actions(*BOTH)
    monkeypatch.setattr(load_command, "_read", lambda *_given: pytest.fail("a source was read"))
    assert actions(*BOTH) == dict.fromkeys(BOTH, "unchanged")


def test_a_file_that_changed_by_one_byte_is_loaded_again_and_alone(actions, cache, tmp_path):
    actions(*BOTH)
    path = cache / "contiguity" / "contdird.csv"
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join([lines[0], *reversed(lines[1:])]))
    assert actions(*BOTH) == {"contiguity": "loaded", "cow_states": "unchanged"}
    assert generation(tmp_path) == 2
    path.rename(path.with_name("contdird-2.csv"))
    shutil.copyfile(SAMPLES / "contiguity" / "contdird.csv", path)
    assert actions("contiguity") == {"contiguity": "loaded"}


def test_a_store_after_changes_is_the_store_that_loads_everything(actions, cache, tmp_path):
    actions(*BOTH)
    path = cache / "contiguity" / "contdird.csv"
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:-1]))
    actions(*BOTH)
    with writing(tmp_path / "whole") as load:
        for name in BOTH:
            load.replace(load_source(name, cache / name))
    with open_store(tmp_path / "store") as kept, open_store(tmp_path / "whole") as whole:
        assert kept.row_counts() == whole.row_counts()
        assert kept.abouts() == whole.abouts()
        for table in {table for table, _ in whole.row_counts()}:
            sql = f"SELECT * FROM core.{table} ORDER BY ALL"
            assert kept.ask(sql).equals(whole.ask(sql))


def test_the_mirror_s_own_file_is_the_same_as_its_copy(actions, cache, monkeypatch):
    actions("contiguity")
    shutil.rmtree(cache / "contiguity")
    monkeypatch.setenv("COMITY_MIRROR", str(SAMPLES))
    assert actions("contiguity") == {"contiguity": "unchanged"}


def test_a_file_that_is_gone_is_said_and_the_rows_stay(run, actions, cache, tmp_path):
    actions("contiguity")
    (cache / "contiguity" / "contdird.csv").unlink()
    done = run("load", "contiguity", home=tmp_path)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "contiguity/contdird.csv: not there" in done.stderr
    with open_store(tmp_path / "store") as store:
        assert store.row_counts()


# Everything that rows follow from is in the fingerprint.


@pytest.mark.parametrize("ending", ["yml", "py"])
def test_a_contract_or_a_reader_that_changed_is_loaded_again(monkeypatch, tmp_path, ending):
    package = Path(fingerprint.__file__).parent
    before = [source_fingerprint(name, SAMPLES / name) for name in BOTH]
    shutil.copytree(package, tmp_path / "comity.sources")
    with (tmp_path / "comity.sources" / f"contiguity.{ending}").open("a") as file:
        file.write("# changed\n")
    monkeypatch.setattr(fingerprint, "_package", tmp_path.joinpath)
    after = [source_fingerprint(name, SAMPLES / name) for name in BOTH]
    assert (after[0] == before[0], after[1] == before[1]) == (False, True)


@pytest.mark.parametrize("path", ["vocab/tables.yml", "vocab/states/asia.yml", "vocab/dates.py", "sources/raw.py"])
def test_what_all_share_is_in_every_fingerprint(monkeypatch, tmp_path, path):
    room = Path(fingerprint.__file__).parents[1]
    for name in ("sources", "vocab"):
        shutil.copytree(room / name, tmp_path / f"comity.{name}")
    monkeypatch.setattr(fingerprint, "_package", tmp_path.joinpath)
    monkeypatch.setattr(fingerprint, "shared_hash", fingerprint.shared_hash.__wrapped__)
    monkeypatch.setattr(register_module, "shared_hash", fingerprint.shared_hash)
    before = [*(source_fingerprint(name, SAMPLES / name) for name in BOTH), register_fingerprint()]
    with (tmp_path / f"comity.{path}").open("a") as file:
        file.write("# changed\n")
    after = [*(source_fingerprint(name, SAMPLES / name) for name in BOTH), register_fingerprint()]
    assert all(new != old for new, old in zip(after, before, strict=True))


def test_the_words_are_in_the_fingerprint(monkeypatch, tmp_path):
    before = fingerprint.shared_hash.__wrapped__()
    page = tmp_path / "words.md"
    page.write_text(fingerprint.words_page().read_text(encoding="utf-8") + "| new | word |\n", encoding="utf-8")
    monkeypatch.setattr(fingerprint, "words_page", lambda: page)
    assert fingerprint.shared_hash.__wrapped__() != before


def test_the_fingerprint_told_beforehand_is_that_of_what_was_loaded():
    for name in BOTH:
        assert source_fingerprint(name, SAMPLES / name) == load_source(name, SAMPLES / name).about.fingerprint


def test_a_record_that_changed_is_loaded_again(actions, monkeypatch, tmp_path):
    folder = write_records(tmp_path / "own", good_records())
    monkeypatch.setattr(register_module, "register_folder", lambda: folder)
    assert actions() == {"register": "loaded"}
    assert actions() == {"register": "unchanged"}
    write_records(tmp_path / "own", changed(good_records(), "incident/act.yml", ("name",), "Another name"))
    assert actions() == {"register": "loaded"}
    with open_store(tmp_path / "store") as store:
        assert store.ask("SELECT name FROM core.incident").to_pylist() == [{"name": "Another name"}]
    before = register_fingerprint()
    (folder / "incident" / "act.yml").rename(folder / "incident" / "deed.yml")
    assert register_fingerprint() != before


# What the store holds must be whole.


@pytest.mark.parametrize("harm", ["gone", "shorter", "spoiled"])
def test_an_unchanged_source_whose_part_is_damaged_is_loaded_again(actions, cache, tmp_path, harm):
    actions(*BOTH)
    part = next((tmp_path / "store").rglob("contiguity-*.parquet"))
    content = part.read_bytes()
    part.unlink()
    if harm != "gone":
        part.write_bytes(content[:-1] if harm == "shorter" else bytes([content[0] ^ 1]) + content[1:])
    assert actions(*BOTH) == {"contiguity": "loaded", "cow_states": "unchanged"}
    with open_store(tmp_path / "store") as store:
        store.verify_parts()


def test_what_was_stored_without_a_fingerprint_is_read_and_loaded_again(tmp_path):
    write_sources(tmp_path / "store", small_source("alpha"))
    manifest = tmp_path / "store" / "manifest.json"
    told = json.loads(manifest.read_bytes())
    del told["abouts"]["alpha"]["fingerprint"]
    manifest.write_text(json.dumps(told))
    with open_store(tmp_path / "store") as store:
        assert store.abouts()["alpha"].fingerprint == ""
    with writing(tmp_path / "store") as load:
        assert load.current("alpha", "") is None
        assert load.current("beta", "some") is None


def test_a_fingerprint_is_not_told_to_those_who_see_a_part_of_the_rows(tmp_path):
    made = small_source("alpha", ["public", "owner"])
    made = type(made)(msgspec.structs.replace(made.about, fingerprint="f" * 64), made.tables)
    write_sources(tmp_path / "store", made)

    def seen(audience: str) -> About:
        with open_store(tmp_path / "store", audience) as store:
            return store.abouts()["alpha"]

    assert (seen("owner").fingerprint, seen("public").fingerprint) == ("f" * 64, "")


def test_each_step_of_a_load_is_told():
    heard: list[tuple[int, int]] = []
    load_source("cow_states", SAMPLES / "cow_states", lambda done, steps: heard.append((done, steps)))
    assert heard == [(1, 3), (2, 3), (3, 3)]  # two files, one table
