"""A load that is cut short anywhere leaves the old rows or the new ones, and the next load works."""

from __future__ import annotations

import errno
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet
import pytest

from comity.errors import StoreError
from comity.store import open_store
from strategies import small_source, write_sources


def rows(place):
    with open_store(place) as store:
        return store.ask("SELECT source, engagement, name FROM core.engagement ORDER BY ALL").to_pylist()


class _Died(BaseException):
    """The process is gone: nothing it would still do happens."""


class Disk:
    """Counts what the store asks of the disk, and fails at call number `fails_at`.

    An error is one failure that the store may handle. A death is for ever: every later call fails too, so no
    handler can tidy up. A write that fails leaves half of its bytes.
    """

    def __init__(self, monkeypatch, fails_at=0, dies=False):
        self.calls = 0
        self._fails_at = fails_at
        self._dies = dies
        for module, name in (
            *((os, name) for name in ("replace", "fsync", "open", "mkdir", "unlink", "rmdir", "ftruncate", "pwrite")),
            (io, "open"),
        ):
            monkeypatch.setattr(module, name, self._failing(getattr(module, name)))
        monkeypatch.setattr(pyarrow.parquet, "write_table", self._half(pyarrow.parquet.write_table))

    def _fails(self):
        self.calls += 1
        return self.calls == self._fails_at or (self._dies and 0 < self._fails_at < self.calls)

    def _fail(self):
        raise _Died if self._dies else OSError(errno.ENOSPC, "No space left on device")

    def _failing(self, call):
        def wrapped(*given, **named):
            if self._fails():
                self._fail()
            found = call(*given, **named)
            if call is _OPEN and "w" in str(given[1:]) + str(named):
                found.write = self._half_written(found.write, found)
            return found

        return wrapped

    def _half_written(self, write, file):
        def wrapped(content):
            if self._fails():
                write(content[: len(content) // 2])
                self._fail()
            return write(content)

        return wrapped

    def _half(self, write_table):
        def wrapped(table, path, **named):
            if not self._fails():
                return write_table(table, path, **named)
            write_table(table, path, **named)
            with _OPEN(path, "rb+") as file:
                file.truncate(Path(path).stat().st_size // 2)
            return self._fail()

        return wrapped


_OPEN = io.open


def old_and_new(tmp_path):
    """A store, a load that changes it, and the rows before and after."""
    place = tmp_path / "store"
    for name in ("first", "second", "third"):
        # Three generations, so that the load has something to sweep.
        write_sources(place, small_source("alpha", ["public", "owner"], name=name), small_source("beta"))
    before = rows(place)
    change = [small_source("alpha", ["public", "nations:JPN"], name="after"), small_source("gamma")]
    return place, before, change


def count_calls(tmp_path):
    place, _, change = old_and_new(tmp_path / "counted")
    with pytest.MonkeyPatch.context() as patch:
        disk = Disk(patch)
        write_sources(place, *change)
    return disk.calls, rows(place)


@pytest.mark.parametrize("dies", [False, True], ids=["error", "death"])
def test_a_load_that_fails_at_any_call_leaves_the_old_rows_or_the_new(tmp_path, dies):
    total, after = count_calls(tmp_path)
    assert total > 40  # the faults below would prove nothing if the store did not go through these calls
    original, before, change = old_and_new(tmp_path / "original")
    assert before != after
    outcomes = []
    for fails_at in range(1, total + 1):
        place = tmp_path / f"fails-{fails_at}"
        shutil.copytree(original, place)
        with pytest.MonkeyPatch.context() as patch:
            Disk(patch, fails_at, dies)
            try:
                write_sources(place, *change)
            except (StoreError, _Died):
                noticed = True
            else:
                noticed = False
        found = rows(place)
        assert found in (before, after), f"call {fails_at} of {total}"
        if noticed:
            outcomes.append(found == after)
        else:
            # Making a folder that is there already may fail; then the load must have been made all the same.
            assert found == after, f"call {fails_at} failed and nobody noticed"
        write_sources(place, *change)
        assert rows(place) == after, f"the load after call {fails_at}"
        write_sources(place, *change)
        _assert_nothing_lies_about(place)
        shutil.rmtree(place)
    # Once the new rows are seen they are never lost again: there is one moment of commit.
    assert len(outcomes) > 40
    assert outcomes == sorted(outcomes)
    assert outcomes[0] is False
    assert outcomes[-1] is True


def _assert_nothing_lies_about(place):
    """Every file in the store is the lock, a manifest, or a part that one of the kept manifests names."""
    named = set()
    for manifest in place.glob("manifest-*.json"):
        named |= {part["file"] for part in json.loads(manifest.read_bytes())["parts"]}
    lying = {path.name for path in place.rglob("*") if path.is_file()}
    manifests = {path.name for path in place.glob("manifest*.json")}
    assert lying - {"lock"} - manifests == named
    assert len(manifests) == 4


CHILD = """
import sys
from pathlib import Path
from comity.store import writing
from strategies import small_source
number = int(sys.argv[2])
while True:
    number += 1
    with writing(Path(sys.argv[1])) as load:
        for source in ("alpha", "beta"):
            load.replace(small_source(source, ["public", "owner"], name=str(number)))
    print(number, flush=True)
"""


def test_a_process_killed_while_it_loads_leaves_one_whole_generation(tmp_path):
    place = tmp_path / "store"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    number = 0
    for round_number in range(5):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(place), str(number)],
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        with child:
            assert child.stdout is not None
            number = int(child.stdout.readline())
            time.sleep(0.013 * (round_number + 1))
            child.send_signal(signal.SIGKILL)
            number = max([number, *map(int, child.stdout.read().split())])
        found = {row["name"] for row in rows(place)}
        assert len(found) == 1
        assert len(rows(place)) == 4
        # The generation the child reported is there, or the next one, whose report it did not live to make.
        assert found <= {str(number), str(number + 1)}
        number = int(found.pop())
    write_sources(place, small_source("alpha"))
    write_sources(place, small_source("alpha"))
    _assert_nothing_lies_about(place)


def test_a_reader_opens_whole_generations_while_a_writer_replaces_them(tmp_path):
    place = tmp_path / "store"
    write_sources(place, small_source("alpha", ["public", "owner"], name="0"), small_source("beta", name="0"))
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(place), "0"],
        stdout=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    try:
        seen = set()
        for _ in range(25):
            names = {row["name"] for row in rows(place)}
            assert len(names) == 1
            seen |= names
    finally:
        child.kill()
        child.wait()
    assert len(seen) > 1, "the writer wrote nothing meanwhile"
