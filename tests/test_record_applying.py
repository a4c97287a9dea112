"""A change of records that is cut short anywhere is whole or not there, or every check says that it is half written."""

from __future__ import annotations

import errno
import io
import json
import os
import shutil
import signal
import subprocess
import sys

import pytest
from click.testing import CliRunner

from comity.cli import main
from comity.errors import RecordError
from comity.record import Shelf, read_register
from comity.record.applying import HISTORY_FILE, unfinished, write_files
from comity.record.history import changing, finish_cut_off, read_history
from comity.record.importing import import_sheet
from comity.record.sheets import write_sheet
from register_samples import good_records, write_records

CALLS = ("replace", "rename", "open", "mkdir", "unlink", "rmdir", "write", "truncate", "fsync")
HERE = {"a/one.yml": "1", "two.yml": "2", "three.yml": "3", HISTORY_FILE: "{}\n"}
TEXTS = {"a/one.yml": "new", "two.yml": None, "b/four.yml": "4", "three.yml": "3"}
THERE = {"a/one.yml": "new", "b/four.yml": "4", "three.yml": "3", HISTORY_FILE: '{}\n{"more": 1}\n'}


class _Died(BaseException):
    """The process is gone: nothing it would still do happens."""


class Disk:
    """Counts what is asked of the disk and fails at one call: once, or, where the process dies, for ever."""

    def __init__(self, monkeypatch, fails_at, dies):
        self.calls, self._fails_at, self._dies = 0, fails_at, dies
        for module, name in (*((os, name) for name in CALLS), (io, "open")):
            monkeypatch.setattr(module, name, self._failing(getattr(module, name)))

    def _failing(self, call):
        def wrapped(*given, **named):
            self.calls += 1
            if self.calls == self._fails_at or (self._dies and self._fails_at < self.calls):
                raise _Died if self._dies else OSError(errno.ENOSPC, "No space left on device")
            return call(*given, **named)

        return wrapped


def begin(place):
    shutil.rmtree(place, ignore_errors=True)
    for name, text in HERE.items():
        (place / "records" / name).parent.mkdir(parents=True, exist_ok=True)
        (place / "records" / name).write_text(text)
    return place / "records"


def state(folder):
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("dies", [True, False], ids=["killed", "disk full"])
def test_a_change_cut_off_anywhere_is_whole_or_told(tmp_path, dies):
    seen = []
    for fails_at in range(1, 200):
        folder = begin(tmp_path / "at")
        with pytest.MonkeyPatch.context() as patch:
            disk = Disk(patch, fails_at, dies)
            try:
                write_files({folder / name: text for name, text in TEXTS.items()}, folder, b'{"more": 1}\n')
            except (_Died, RecordError) as problem:
                seen.append(type(problem))
        found, told = state(folder), unfinished(folder)
        if not told:
            assert found in (HERE, THERE)
        else:
            assert "a change was cut off while it was written" in told[0]
            finish_cut_off(folder)
            assert (state(folder), unfinished(folder)) == (THERE, [])
        with changing(folder):
            pass
        assert [path.name for path in folder.parent.iterdir()] == ["records"]
        if disk.calls < fails_at:
            break
    assert len(seen) > 15
    assert set(seen) == {_Died if dies else RecordError}


def test_what_was_changed_by_hand_since_is_left_alone(tmp_path):
    folder = half_written(tmp_path)
    (folder / "three.yml").write_text("by hand")
    with pytest.raises(RecordError, match=r"three\.yml: was changed after a change of it was cut off; bring it back"):
        finish_cut_off(folder)
    assert (folder / "three.yml").read_text() == "by hand"


def half_written(place):
    """A change of four files of which one is in its place."""
    folder, moved = begin(place / "half"), []
    with pytest.MonkeyPatch.context() as patch:
        whole = os.replace

        def once(*given):
            if moved:
                raise _Died
            moved.append(given)
            whole(*given)

        patch.setattr(os, "replace", once)
        patch.setattr(os, "truncate", once)
        with pytest.raises(_Died):
            write_files({folder / name: text for name, text in TEXTS.items()}, folder, b'{"more": 1}\n')
    return folder


@pytest.mark.parametrize("name", [".", "../records", "link"])
def test_a_folder_by_any_name_is_the_same_folder(tmp_path, monkeypatch, name):
    folder = half_written(tmp_path)
    monkeypatch.chdir(folder)
    (folder / "link").symlink_to(folder)
    assert unfinished(folder.parent.joinpath(folder.name)) == unfinished(type(folder)(name)) != []


KILLED = """
import os, signal, sys
from comity.cli import main
whole, left = os.replace, 3
def replace(*given):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    whole(*given)
os.replace = replace
main(sys.argv[1:])
"""


def test_an_import_that_is_killed_is_told_by_every_command_and_finished_by_the_next(tmp_path):
    folder, sheet = tmp_path / "records", tmp_path / "sheet.csv"
    write_sheet(Shelf(write_records(tmp_path / "from", good_records())).read(), sheet)
    folder.mkdir()
    arguments = ["record", "import", str(sheet), "--folder", str(folder)]
    killed = subprocess.run([sys.executable, "-c", KILLED, *arguments], check=False, env=os.environ)
    assert killed.returncode == -signal.SIGKILL
    assert len([*folder.rglob("*.yml")]) == 3

    def run(*words):
        answer = CliRunner(env={"COMITY_HOME": str(tmp_path / "home")}).invoke(main, words)
        return answer.exit_code, answer.output

    said = "10 of 13 files are not yet as the history tells"
    for words in (("check",), ("list",), ("export", "-o", str(tmp_path / "x.csv")), ("release", str(tmp_path / "r"))):
        code, told = run("record", *words, "--folder", str(folder))
        assert code == 1, words
        assert said in told, words
    assert said in run("record", "history", "call", "--folder", str(folder))[1]
    assert said in run(*arguments, "--dry-run")[1]
    with pytest.raises(RecordError, match=said):
        read_register(folder)
    assert run(*arguments) == (0, "0 added, 0 changed, 14 unchanged\n")
    assert run("record", "check", "--folder", str(folder)) == (0, "13 records, 0 problems\n")
    assert len(read_history(folder).entries) == 14
    assert import_sheet(sheet, Shelf(folder)).problems == []


def test_check_finishes_a_change_when_asked(tmp_path):
    folder = half_written(tmp_path)
    shutil.rmtree(folder / "a")
    (folder / "a").mkdir()
    answer = CliRunner().invoke(main, ["record", "check", "--finish", "--json", "--folder", str(folder)])
    assert json.loads(answer.output)["records"] == 0
    assert not any("cut off" in problem for problem in json.loads(answer.output)["problems"])
    assert unfinished(folder) == []
