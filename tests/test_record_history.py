"""The history of records: it makes the records again, and neither a crash nor another writer costs a line."""

from __future__ import annotations

import json
import multiprocessing
import os
from typing import get_args

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.errors import RecordError
from comity.record import history
from comity.record.history import HISTORY_FILE, Change, changing, field_changes, read_history, replayed
from comity.record.reading import read_record
from comity.record.shape import AnyRecord, Edition
from register_samples import good_records, write_records

SHAPES = {shape.__struct_config__.tag: shape for shape in get_args(AnyRecord)}
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
EDITIONS = st.lists(
    st.builds(Edition, name=st.sampled_from(["A 1", "A 2", "A 3"]), summary=texts, outcome=st.none() | texts,
              verification=st.just("unverified"), parties=st.lists(st.sampled_from(["PHL", "USA"]), unique=True)),
    unique_by=lambda edition: edition.name, max_size=3,
)  # fmt: skip


def variants(kind):
    """Records of a kind that differ in some fields: of a series also in its editions."""
    shape = SHAPES[kind]
    fields = {field.name: field for field in msgspec.structs.fields(shape)}
    made = {"name": texts, "summary": texts, "verification": st.just("unverified"), "label": st.sampled_from(["owner"])}
    for name in ("regions", "cases", "parties", "states", "accounts"):
        if name in fields:
            made[name] = st.lists(st.sampled_from(["JPN", "FRA"]), unique=True, max_size=2)
    for name in ("start_date", "note", "outcome", "personnel_count"):
        if name in fields:
            made[name] = st.none() | (st.integers(0, 9) if name == "personnel_count" else texts)
    for name, field in fields.items():
        if field.required and name not in made:
            made[name] = {str: texts, float: st.just(1.5)}.get(field.type, st.just([]))
    return st.builds(shape, **made | ({"editions": EDITIONS} if kind == "series" else {}))


def by_name(content):
    """A record whose editions stand in the order of their names; a history does not tell of their order."""
    if hasattr(content, "editions"):
        return msgspec.structs.replace(content, editions=sorted(content.editions, key=lambda each: each.name))
    return content


def logged(folder, name, contents):
    """Write each state of a record after the other."""
    before = None
    for content in contents:
        with changing(folder) as write:
            write({}, "add" if before is None else "import", [Change(name, before, content)])
        before = content


@pytest.mark.parametrize("kind", sorted(SHAPES))
@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_history_replayed_gives_the_record(tmp_path_factory, kind, data):
    folder = tmp_path_factory.mktemp("history")
    states = data.draw(st.lists(variants(kind), min_size=1, max_size=4))
    logged(folder, "it", [*states])
    entries = read_history(folder, "it").entries
    assert by_name(replayed(entries)) == by_name(states[-1])
    # From any state on, what follows leads to the last one.
    base = states[0]
    since = entries[len([*field_changes(Change("it", None, base))]) :]
    assert by_name(replayed(since, base)) == by_name(states[-1])


def test_a_record_that_went_is_gone(tmp_path):
    folder = write_records(tmp_path / "records", good_records())
    call = read_record(folder / "engagement/call.yml", folder).content
    logged(folder, "call", [call, None])
    assert replayed(read_history(folder, "call").entries) is None


def test_an_entry_tells_who_when_and_what(tmp_path, monkeypatch):
    folder = write_records(tmp_path / "records", good_records())
    call = read_record(folder / "engagement/call.yml", folder).content
    monkeypatch.setenv("COMITY_USER", "A. Officer")
    with changing(folder) as write:
        write({}, "close", [Change("call", call, msgspec.structs.replace(call, outcome="Met.", parties=["FRA"]))])
    [line] = (folder / HISTORY_FILE).read_text().splitlines()
    told = json.loads(line)
    assert told | {"time": ""} == {
        "time": "", "command": "close", "who": "A. Officer", "record": "call",
        "changes": {"parties": {"from": ["FRA", "VNM"], "to": ["FRA"]}, "outcome": {"from": None, "to": "Met."}},
    }  # fmt: skip
    assert told["time"].endswith("Z")
    monkeypatch.delenv("COMITY_USER")
    monkeypatch.setenv("LOGNAME", "officer")
    assert history.who_changes() == "officer"


def test_a_change_that_changes_nothing_is_not_told(tmp_path):
    folder = write_records(tmp_path / "records", good_records())
    drill = read_record(folder / "series/drill.yml", folder).content
    logged(tmp_path / "log", "drill", [drill, drill])
    assert [entry.record for entry in read_history(tmp_path / "log").entries] == ["drill", "drill/example-2020"]
    assert [entry.record for entry in read_history(tmp_path / "log", "drill/example-2020").entries] == [
        "drill/example-2020"
    ]
    assert read_history(tmp_path / "log", "dril").entries == []


# Crashes.


@settings(max_examples=30)
@given(st.data())
def test_a_line_that_was_cut_off_costs_that_line_alone(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("history")
    states = data.draw(st.lists(variants("region"), min_size=2, max_size=4, unique_by=lambda each: each.name))
    logged(folder, "it", states)
    path = folder / HISTORY_FILE
    whole = path.read_bytes()
    lines = whole.splitlines(keepends=True)
    cut = data.draw(st.integers(len(whole) - len(lines[-1]) + 1, len(whole) - 2))
    path.write_bytes(whole[:cut])
    found = read_history(folder)
    assert (len(found.entries), found.unreadable) == (len(lines) - 1, [len(lines)])
    logged(folder, "other", states[:1])
    found = read_history(folder)
    assert [entry.record for entry in found.entries] == ["it"] * (len(lines) - 1) + ["other"]
    assert found.unreadable == [len(lines)]


def test_when_a_file_cannot_be_written_nothing_is_told(tmp_path):
    folder = write_records(tmp_path / "records", good_records())
    call = read_record(folder / "engagement/call.yml", folder).content
    texts = {folder / "engagement" / "call.yml" / "below": "x"}
    for _ in range(2):  # also where a history is there already
        before = (folder / HISTORY_FILE).read_bytes() if (folder / HISTORY_FILE).exists() else None
        with pytest.raises(RecordError, match="cannot be written"), changing(folder) as write:
            write(texts, "add", [Change("x", None, call)])
        assert ((folder / HISTORY_FILE).read_bytes() if (folder / HISTORY_FILE).exists() else None) == before
        logged(folder, "call", [call])


def test_when_the_history_cannot_be_written_no_file_is(tmp_path, monkeypatch):
    folder = write_records(tmp_path / "records", good_records())
    call = read_record(folder / "engagement/call.yml", folder).content

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with (
        pytest.raises(RecordError, match=r"\.history\.jsonl: cannot be written: No space left"),
        changing(folder) as write,
    ):
        write({folder / "new.yml": "x"}, "add", [Change("x", None, call)])
    assert not (folder / "new.yml").exists()
    assert not (folder / HISTORY_FILE).exists()


def test_a_folder_made_for_nothing_goes_again(tmp_path):
    with changing(tmp_path / "home" / "records"):
        assert (tmp_path / "home" / "records").is_dir()
    assert not (tmp_path / "home").exists()


# Others who write at the same time.

_WRITERS, _LINES = 4, 25


def write_many(folder, number):
    place = SHAPES["place"](name=f"{number}", summary="x" * 3000, verification="unverified", latitude=1, longitude=1)
    for line in range(_LINES):
        with changing(folder) as write:
            write({folder / f"{number}.yml": str(line)}, "add", [Change(f"p{number}-{line}", None, place)])


def test_writers_at_the_same_time_lose_no_line(tmp_path):
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=write_many, args=(tmp_path / "records", number)) for number in range(_WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0] * _WRITERS
    found = read_history(tmp_path / "records")
    assert found.unreadable == []
    assert {entry.record for entry in found.entries} == {
        f"p{n}-{line}" for n in range(_WRITERS) for line in range(_LINES)
    }
    assert len(found.entries) == _WRITERS * _LINES


def test_one_who_waits_too_long_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(history, "_WAIT_SECONDS", 0.05)
    with changing(tmp_path), pytest.raises(RecordError, match="another process is writing"), changing(tmp_path):
        pass
