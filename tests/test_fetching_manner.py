"""Fetching as it is asked for: linked, strict, again, broken off, on a full disk; and zips that nobody should trust."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import io
import os
import shutil
import signal
import struct
import subprocess
import sys
import time
import zipfile

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from rich.console import Console

from comity.cli._progress import shown
from comity.cli._settings import Settings
from comity.errors import SourceError
from comity.sources import Manner, Patience, downloading, fetch_source, fetching
from comity.sources.contract import read_contract
from misbehaving import publisher, says, serves, stalls

CONTENT = b"a,b\n1,2\n"
HASH = hashlib.sha256(CONTENT).hexdigest()
HEAD = (
    "{title: t, version: v, publisher: p, url: u, citation: c, terms: t, redistribute: false, coverage: [], tables: {},"
)
PLAIN = "one: {path: one.csv, header: [a, b], download: ADDRESS, sha256: {one.csv: HASH}}"
ZIPPED = "one: {path: one.csv, header: [a], download: ADDRESS, member: x/one.csv}"
FAMILY = "one: {path: parts/*.csv, header: [a], download: ADDRESS, member: x/*.csv, is_family: true}"
OPTIONAL = "two: {path: two.csv, header: [a], download: ADDRESS, member: x/two.csv, is_optional: true}"


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


def text_of(address, *files):
    return f"{HEAD} files: {{{', '.join(files)}}}}}".replace("ADDRESS", address).replace("HASH", HASH)


@pytest.fixture
def fetch(monkeypatch, tmp_path):
    """Fetch an invented source of these files into the cache."""

    def fetched(*files, address="http://127.0.0.1:9/", mirror=None, **manner):
        held = read_contract("example", text_of(address, *files))
        monkeypatch.setattr(fetching, "contract", lambda name: held)
        manner = Manner(patience=Patience(tries=1), **manner)
        return list(fetch_source("example", tmp_path / "cache", mirror, manner))

    return fetched


@pytest.fixture
def mirror(tmp_path):
    """A mirror that holds the one file."""
    (tmp_path / "mirror" / "example").mkdir(parents=True)
    (tmp_path / "mirror" / "example" / "one.csv").write_bytes(CONTENT)
    return tmp_path / "mirror"


def zipped(members):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return held.getvalue()


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# Again, linked, strict.


def test_what_is_there_with_the_same_hash_stays(fetch, mirror, tmp_path):
    assert [file.action for file in fetch(PLAIN, mirror=mirror)] == ["copied"]
    before = (tmp_path / "cache" / "example" / "one.csv").stat()
    assert [file.action for file in fetch(PLAIN, mirror=mirror)] == ["unchanged"]
    assert [file.action for file in fetch(PLAIN)] == ["unchanged"]  # no publisher is there to be asked
    assert (tmp_path / "cache" / "example" / "one.csv").stat().st_ino == before.st_ino
    (mirror / "example" / "one.csv").write_bytes(CONTENT[::-1])
    assert [(file.action, file.is_reviewed) for file in fetch(PLAIN, mirror=mirror)] == [("copied", False)]
    with publisher(serves(CONTENT)) as made:
        assert [file.action for file in fetch(PLAIN, address=made.address)] == ["downloaded"]
    assert files(tmp_path / "cache") == {"example/one.csv": CONTENT}


def test_links_are_to_the_mirror_s_own_files_which_no_later_fetch_writes_to(fetch, mirror, tmp_path):
    own = mirror / "example" / "one.csv"
    own.write_bytes(b"mine")
    assert [file.action for file in fetch(PLAIN, mirror=mirror, is_linked=True)] == ["linked"]
    assert own.samefile(tmp_path / "cache" / "example" / "one.csv")
    with publisher(serves(CONTENT)) as made:
        fetch(PLAIN, address=made.address)
    assert own.read_bytes() == b"mine"
    assert files(tmp_path / "cache") == {"example/one.csv": CONTENT}


def test_where_the_disk_is_another_a_link_is_a_copy(fetch, mirror, monkeypatch):
    def refuse(*_given):
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)
    assert [file.action for file in fetch(PLAIN, mirror=mirror, is_linked=True)] == ["copied"]


def test_the_strict_take_only_what_was_reviewed(fetch, mirror, tmp_path):
    assert [file.is_reviewed for file in fetch(PLAIN, mirror=mirror, is_strict=True)] == [True]
    (tmp_path / "cache" / "example" / "one.csv").write_bytes(b"older")
    (mirror / "example" / "one.csv").write_bytes(b"newer")
    with pytest.raises(SourceError, match=r"^example/one\.csv: refused, its hash is not that of the reviewed file$"):
        fetch(PLAIN, mirror=mirror, is_strict=True)
    with publisher(serves(b"newer")) as made, pytest.raises(SourceError, match=r"^example/one\.csv: refused"):
        fetch(PLAIN, address=made.address, is_strict=True)
    assert files(tmp_path / "cache") == {"example/one.csv": b"older"}


def test_what_stands_in_for_a_file_is_fetched_only_where_that_is_missing(fetch, mirror):
    other = "two: {path: two.csv, header: [a], stands_in_for: one}"
    assert [file.name for file in fetch(PLAIN, other, mirror=mirror)] == ["one.csv"]
    assert [file.name for file in fetch(PLAIN, other)] == ["one.csv"]
    (mirror / "example" / "one.csv").rename(mirror / "example" / "two.csv")
    optional = PLAIN.replace("}}", "}, is_optional: true}")
    assert [file.name for file in fetch(optional, other, mirror=mirror)] == ["two.csv"]


def test_an_optional_file_without_an_address_is_said_and_done_without(fetch):
    said = []
    with publisher(serves(CONTENT)) as made:
        found = fetch(
            PLAIN, "two: {path: two.csv, header: [a], is_optional: true}", address=made.address, say=said.append
        )
    assert [file.name for file in found] == ["one.csv"]
    assert said == ["example/two.csv: has no address and can be done without"]


# Broken off.


def test_a_full_disk_is_said_with_what_is_kept(fetch, monkeypatch, tmp_path):
    def full(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    with publisher(serves(CONTENT)) as made:
        with monkeypatch.context() as patch:
            patch.setattr(downloading.os, "fsync", full)
            with pytest.raises(SourceError) as raised:
                fetch(PLAIN, address=made.address)
        assert str(raised.value) == (
            "example/one.csv: cannot be put into the cache: No space left on device; "
            "8 bytes are kept, and the same command goes on from there"
        )
        assert not (tmp_path / "cache" / "example" / "one.csv").exists()
        assert [file.is_reviewed for file in fetch(PLAIN, address=made.address)] == [True]
    assert files(tmp_path / "cache") == {"example/one.csv": CONTENT}


# The first line, because a child inherits that interrupts are ignored.
PROGRAM = """
import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler)
from comity.cli import main
from comity.sources import fetching
from comity.sources.contract import read_contract
fetching.contract = lambda name: read_contract(name, sys.argv[2])
main(["--home", sys.argv[1], "fetch", "atop"])
"""


def test_an_interrupted_fetch_says_what_it_kept_and_goes_on_from_there(tmp_path):
    part = tmp_path / "cache" / "atop" / ".one.csv.partial"
    # With a mirror named, the program would copy from it and never ask the publisher.
    alone = {name: value for name, value in os.environ.items() if name != "COMITY_MIRROR"}
    with publisher(stalls(CONTENT, 5, 2), serves(CONTENT)) as made:
        command = [sys.executable, "-c", PROGRAM, str(tmp_path), text_of(made.address, PLAIN)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=alone) as child:
            deadline = time.monotonic() + 20
            while not made.asked and time.monotonic() < deadline:
                time.sleep(0.02)
            time.sleep(0.3)
            child.send_signal(signal.SIGINT)
            _, said = child.communicate(timeout=20)
        assert (child.returncode, said.splitlines()[-1]) == (
            130,
            "Interrupted: 5 bytes of atop are kept, and the same command goes on from there",
        )
        assert part.read_bytes() == CONTENT[:5]
        again = subprocess.run(command, capture_output=True, text=True, check=True, env=alone)
    assert "downloaded" in again.stdout
    assert made.ranges() == [None, "bytes=5-"]
    assert files(tmp_path / "cache") == {"atop/one.csv": CONTENT}


def test_two_do_not_fetch_one_source_at_once(fetch, mirror, tmp_path):
    fetch(PLAIN, mirror=mirror)
    descriptor = os.open(tmp_path / "cache" / "example", os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        with pytest.raises(SourceError, match=r"^example: another process is fetching it$"):
            fetch(PLAIN, mirror=mirror)
    finally:
        os.close(descriptor)


# Zips.


def test_one_archive_is_downloaded_once_for_all_its_members(fetch, tmp_path):
    with publisher(serves(zipped({"x/one.csv": b"1", "x/two.csv": b"2"}))) as made:
        assert [file.name for file in fetch(ZIPPED, OPTIONAL, address=made.address)] == ["one.csv", "two.csv"]
        assert len(made.asked) == 1
        made.answers[:] = [serves(zipped({"x/one.csv": b"3"}))]
        assert [file.name for file in fetch(ZIPPED, OPTIONAL, address=made.address)] == ["one.csv"]
    assert files(tmp_path / "cache") == {"example/one.csv": b"3", "example/two.csv": b"2"}


def test_names_inside_an_archive_lead_nowhere(fetch, tmp_path):
    members = {
        "../one.csv": b"up",
        "/x/one.csv": b"root",
        "x/../../one.csv": b"over",
        "x/..": b"dots",
        "y/a.csv": b"no",
    }
    good = {"x/a.csv": b"1", "x/b.csv": b"2", "x/deep/c.csv": b"no", "x/d.csv/e.csv": b"no", "x/notes.txt": b"no"}
    with publisher(serves(zipped(members | good))) as made:
        assert [file.name for file in fetch(FAMILY, address=made.address)] == ["parts/a.csv", "parts/b.csv"]
    with (
        publisher(serves(zipped(members))) as made,
        pytest.raises(SourceError, match=r"it holds no 'x/one\.csv', but '"),
    ):
        fetch(ZIPPED, address=made.address)
    assert files(tmp_path) == {"cache/example/parts/a.csv": b"1", "cache/example/parts/b.csv": b"2"}


@pytest.mark.parametrize("lies", [False, True])
def test_an_archive_that_unpacks_to_too_much_is_refused(fetch, tmp_path, lies):
    held = zipped({"x/one.csv": b"0" * 5_000_000})
    if lies:  # both headers say 1000 bytes, as a bomb would
        held = held.replace(struct.pack("<L", 5_000_000), struct.pack("<L", 1000))
    with publisher(serves(held)) as made, pytest.raises(SourceError, match="the zip cannot be used: ") as raised:
        fetch(ZIPPED, address=made.address, most_bytes=1_000_000)
    assert lies or "'x/one.csv' unpacks to 5000000 bytes; allowed are 1000000" in str(raised.value)
    assert files(tmp_path) == {}


GOOD = zipped({"x/one.csv": CONTENT * 20, "read.me": b"x"})


@example(place=216, bit=0, cut=False)  # the list of members is said to lie before the file begins
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, len(GOOD) - 1), bit=st.integers(0, 7), cut=st.booleans())
def test_a_damaged_archive_gives_the_very_content_or_one_line(fetch, tmp_path, place, bit, cut):
    spoiled = bytearray(GOOD)
    spoiled[place] ^= 1 << bit
    with publisher(says(200, GOOD[:place] if cut else bytes(spoiled))) as made:
        problem = ""
        try:
            fetch(ZIPPED, address=made.address)
        except SourceError as raised:
            problem = str(raised)
    assert "\n" not in problem
    found = files(tmp_path)
    shutil.rmtree(tmp_path / "cache")
    assert found == ({} if problem else {"cache/example/one.csv": CONTENT * 20})


# What is seen.


def test_bars_are_for_terminals_lines_for_the_rest_and_nothing_for_the_quiet(capsys):
    def work(quiet, is_terminal, unit="bytes"):
        console = Console(file=io.StringIO(), force_terminal=is_terminal, width=100)
        with shown(Settings(quiet=quiet, home_folder=None, audience="owner"), unit, console) as seen:
            seen.begin("atop", "loading atop")
            seen.say("[b]aside")
            seen.advance("atop", 500, 1000)
            seen.advance("atop", 1000, 1000)
        return console.file.getvalue(), capsys.readouterr()

    told, captured = work(quiet=False, is_terminal=True)
    assert "[b]aside" in told
    assert "atop" in told
    assert "1.0/1.0 kB" in told
    assert "1000/1000" in work(quiet=False, is_terminal=True, unit="steps")[0]
    assert captured == ("", "")
    told, captured = work(quiet=False, is_terminal=False)
    assert (told, captured) == ("", ("", "loading atop\n[b]aside\n"))
    told, captured = work(quiet=True, is_terminal=True)
    assert (told, captured) == ("", ("", ""))
