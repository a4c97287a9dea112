"""Files that people asked for: whole or not at all, whatever the disk does, and from every command the same."""

from __future__ import annotations

import os
import re
import resource
import shlex
import stat
import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from click.testing import CliRunner

from comity.cli import main
from comity.errors import BadRequest
from comity.record.whole_files import whole_file, write_whole

SOURCE = Path(__file__).parents[1] / "src" / "comity"
PLAN = """
type: naval_exercise
name: Plan
host: PAK
ships_ge_frigate: 6
enters_other_eez: true
start: 2027-03-01
"""
RULE = ["--rule", "ind_pak.1991.naval"]
COMMANDS = {
    "a page of duties": ("cbm", "check", "plan.yml", "-o", "out.html"),
    "a draft": ("cbm", "draft", "plan.yml", *RULE, "-o", "out.docx"),
    "a calendar": ("cbm", "calendar", "POL", "2027", "-o", "out.ics"),
    "a calendar as a page": ("cbm", "calendar", "POL", "2027", "-o", "out.html"),
    "a reading": ("read", "speech.txt", "-o", "out.html"),
    "a reading as data": ("read", "speech.txt", "-o", "out.json"),
    "a sheet": ("record", "export", "--region", "south-china-sea", "-o", "out.csv"),
}


@contextmanager
def full_disk(size):
    """No file grows beyond a size; as on a full disk, the write that would pass it fails."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("arguments", COMMANDS.values(), ids=list(COMMANDS))
def test_what_a_full_disk_cuts_short_leaves_what_was_there(tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    Path("plan.yml").write_text(PLAN)
    Path("speech.txt").write_text("Exercises deter war. Trade brings peace. " * 20)
    out, there = Path(arguments[-1]), b"x" * 2000
    out.write_bytes(there)
    runner = CliRunner(env={"COMITY_HOME": str(tmp_path / "home")})
    with full_disk(512):
        answer = runner.invoke(main, arguments)
    assert (answer.exit_code, answer.output) == (1, f"Error: {out} cannot be written: File too large\n")
    assert out.read_bytes() == there
    assert not list(tmp_path.glob(".*"))
    assert runner.invoke(main, arguments).exit_code == 0
    assert out.read_bytes() != there
    assert not list(tmp_path.glob(".*"))


def test_a_workbook_that_a_full_disk_cuts_short_leaves_what_was_there(tmp_path):
    out = tmp_path / "out.xlsx"
    out.write_bytes(b"x" * 2000)
    limited = f"ulimit -f 1; exec {shlex.quote(sys.executable)} -m comity record export --kind region -o out.xlsx"
    told = subprocess.run(
        ["bash", "-c", limited],
        cwd=tmp_path,
        env=os.environ | {"COMITY_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 1
    assert re.search("^Error: .*: a workbook cannot be made there: ", told.stderr, flags=re.MULTILINE)
    assert out.read_bytes() == b"x" * 2000


def test_no_command_writes_a_file_in_another_way():
    """Those that write a file for a command go through here; a `write_text` of a place that is asked for would not."""
    writers = [*(SOURCE / "cli").glob("*.py"), *(SOURCE / "network").rglob("*.py"), SOURCE / "assess/world_picture.py"]
    found = [path.name for path in writers if re.search(r"\.write_(text|bytes)\(|\.open\(.w", path.read_text())]
    assert len(writers) > 40
    assert found == []


def test_a_failure_in_the_middle_leaves_what_was_there(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("before")
    with suppress(ZeroDivisionError), whole_file(path) as file:
        file.write(b"half")
        _ = 1 / 0
    assert [*tmp_path.iterdir()] == [path]
    assert path.read_text() == "before"


def test_a_link_stays_a_link_and_permissions_stay(tmp_path):
    path, link = tmp_path / "a.txt", tmp_path / "link.txt"
    path.write_text("before")
    path.chmod(0o640)
    link.symlink_to("a.txt")
    write_whole(link, "after")
    assert link.is_symlink()
    assert (path.read_text(), stat.S_IMODE(path.stat().st_mode)) == ("after", 0o640)


def test_what_is_no_plain_file_is_written_to_as_it_is(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_whole(pipe, b"said")
    assert os.read(reader, 10) == b"said"
    os.close(reader)
    assert [*tmp_path.iterdir()] == [pipe]
    write_whole(Path("/dev/null"), "gone")
    assert not Path("/dev/null").is_file()


@pytest.mark.parametrize("name", ["none/a.txt", "a.txt/b.txt", "x" * 300])
def test_a_place_that_cannot_be_written_to_is_named(tmp_path, name):
    (tmp_path / "a.txt").write_text("a")
    with pytest.raises(BadRequest, match=rf"{name} cannot be written: (No such|Not a|File name)"):
        write_whole(tmp_path / name, "b")
    assert [*tmp_path.iterdir()] == [tmp_path / "a.txt"]


def test_the_longest_names_there_are_can_be_written(tmp_path):
    write_whole(tmp_path / ("x" * 255), "a")
    assert (tmp_path / ("x" * 255)).read_text() == "a"
