"""Publishers' files into the cache: whole or not at all, never elsewhere, and known for what was reviewed."""

from __future__ import annotations

import hashlib
import io
import zipfile

import httpx
import pytest

from comity.errors import BadRequest, FileMissing, SourceError
from comity.sources import Manner, Patience, downloading, fetch_source, fetching, mirror_folder
from comity.sources.contract import read_contract

CONTENT = b"a,b\n1,2\n"
HASH = hashlib.sha256(CONTENT).hexdigest()
PROMISE = f"""
title: A list
version: "1"
publisher: Somebody
url: https://example.org/
citation: Somebody. 2020. A list.
terms: none
redistribute: true
coverage: []
files:
  one:
    path: one.csv
    header: [a, b]
    download: https://example.org/one.csv
    sha256: {{one.csv: {HASH}}}
  two:
    path: two.csv
    header: [a, b]
    download: https://example.org/both.zip
    member: folder/two.csv
tables: {{}}
"""


@pytest.fixture
def promise(monkeypatch):
    """Make `example` a source of this contract."""

    def made(text=PROMISE):
        held = read_contract("example", text)
        monkeypatch.setattr(fetching, "contract", lambda name: held)
        return held

    return made


@pytest.fixture
def publisher(monkeypatch):
    """Answer downloads from a table of addresses; what is not in it is not found."""

    def made(**answers):
        def answer(request):
            found = answers.get(request.url.path.strip("/").replace(".", "_"))
            if isinstance(found, Exception):
                raise found
            return httpx.Response(404) if found is None else httpx.Response(200, stream=httpx.ByteStream(found))

        monkeypatch.setattr(
            downloading, "open_client", lambda timeout: httpx.Client(transport=httpx.MockTransport(answer))
        )

    return made


def zipped(**members):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return held.getvalue()


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def mirrored(folder, **content):
    place = folder / "mirror" / "example"
    place.mkdir(parents=True)
    for name, held in content.items():
        (place / name.replace("_", ".")).write_bytes(held)
    return folder / "mirror"


# From a mirror.


def test_files_of_a_mirror_come_into_the_cache_and_say_whether_they_were_reviewed(tmp_path, promise):
    promise()
    mirror = mirrored(tmp_path, one_csv=CONTENT, two_csv=b"a,b\n3,4\n")
    found = list(fetch_source("example", tmp_path / "cache", mirror))
    assert [(file.name, file.byte_count, file.is_reviewed) for file in found] == [
        ("one.csv", 8, True),
        ("two.csv", 8, False),
    ]
    assert files(tmp_path / "cache") == {"example/one.csv": CONTENT, "example/two.csv": b"a,b\n3,4\n"}


def test_a_file_that_differs_from_the_reviewed_one_is_fetched_and_marked(tmp_path, promise):
    promise()
    mirror = mirrored(tmp_path, one_csv=CONTENT + b"5,6\n", two_csv=CONTENT)
    assert [file.is_reviewed for file in fetch_source("example", tmp_path / "cache", mirror)] == [False, False]


def test_a_family_keeps_its_folders(tmp_path, promise):
    promise(PROMISE.replace("path: two.csv", "path: parts/*.csv\n    is_family: true"))
    mirror = mirrored(tmp_path, one_csv=CONTENT)
    (mirror / "example" / "parts").mkdir()
    for name in ("a.csv", "b.csv"):
        (mirror / "example" / "parts" / name).write_bytes(CONTENT)
    names = [file.name for file in fetch_source("example", tmp_path / "cache", mirror)]
    assert names == ["one.csv", "parts/a.csv", "parts/b.csv"]
    assert set(files(tmp_path / "cache" / "example")) == set(names)


def test_what_a_mirror_lacks_is_said(tmp_path, promise):
    promise()
    with pytest.raises(FileMissing, match=r"^example/two\.csv: not there"):
        list(fetch_source("example", tmp_path / "cache", mirrored(tmp_path, one_csv=CONTENT)))
    assert files(tmp_path / "cache") == {"example/one.csv": CONTENT}
    (tmp_path / "empty").mkdir()
    with pytest.raises(FileMissing, match="holds no folder example"):
        list(fetch_source("example", tmp_path / "cache", tmp_path / "empty"))


def test_a_copy_that_breaks_off_leaves_what_was_there(tmp_path, promise, monkeypatch):
    promise()
    mirror = mirrored(tmp_path, one_csv=b"new", two_csv=b"new")
    (tmp_path / "cache" / "example").mkdir(parents=True)
    (tmp_path / "cache" / "example" / "one.csv").write_bytes(b"old")

    def half(source, target):
        target.write_bytes(b"ne")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(fetching.shutil, "copyfile", half)
    with pytest.raises(SourceError, match=r"^example/one\.csv: cannot be put into the cache: No space left on device$"):
        list(fetch_source("example", tmp_path / "cache", mirror))
    assert files(tmp_path / "cache") == {"example/one.csv": b"old"}


def test_who_reads_a_file_while_it_is_fetched_again_reads_the_old_one_to_its_end(tmp_path, promise):
    promise()
    mirror = mirrored(tmp_path, one_csv=CONTENT, two_csv=CONTENT)
    list(fetch_source("example", tmp_path / "cache", mirror))
    (mirror / "example" / "one.csv").write_bytes(b"a,b\n9,9\n")
    with (tmp_path / "cache" / "example" / "one.csv").open("rb") as reader:
        list(fetch_source("example", tmp_path / "cache", mirror))
        assert reader.read() == CONTENT
    assert (tmp_path / "cache" / "example" / "one.csv").read_bytes() == b"a,b\n9,9\n"


# From the publisher.


def test_downloads_are_files_and_members_of_archives(tmp_path, promise, publisher):
    promise()
    publisher(one_csv=CONTENT, both_zip=zipped(**{"folder/two.csv": b"a,b\n3,4\n", "read.me": b"x"}))
    found = list(fetch_source("example", tmp_path / "cache"))
    assert [(file.name, file.byte_count, file.is_reviewed) for file in found] == [
        ("one.csv", 8, True),
        ("two.csv", 8, False),
    ]
    assert files(tmp_path / "cache") == {"example/one.csv": CONTENT, "example/two.csv": b"a,b\n3,4\n"}


spoiled = bytearray(zipped(**{"folder/two.csv": b"a,b\n" * 50}))
spoiled[len("folder/two.csv") + 32] ^= 0xFF
NO_ARCHIVE = {
    "a page": (b"<html>moved</html>", "a web page came instead of the file"),
    "an archive without the member": (zipped(other=b"x"), "the zip cannot be used: it holds no 'folder/two.csv'"),
    "half an archive": (zipped(**{"folder/two.csv": CONTENT})[:40], "the zip cannot be used: File is not a zip file"),
    "an archive that is damaged inside": (bytes(spoiled), "the zip cannot be used: "),
}


@pytest.mark.parametrize("case", NO_ARCHIVE)
def test_what_is_no_such_archive_is_refused_and_leaves_nothing(tmp_path, promise, publisher, case):
    promise()
    content, named = NO_ARCHIVE[case]
    publisher(one_csv=CONTENT, both_zip=content)
    with pytest.raises(SourceError, match=rf"^example: https://example\.org/both\.zip: {named}") as raised:
        list(fetch_source("example", tmp_path / "cache"))
    assert "\n" not in str(raised.value)
    assert files(tmp_path / "cache") == {"example/one.csv": CONTENT}


@pytest.mark.parametrize(
    ("answer", "named"),
    [
        (None, "there is no such file (404 Not Found)"),
        (httpx.ConnectError("no route to host"), "the connection failed (no route to host), asked 1 times"),
        (httpx.ReadTimeout("too slow"), "no answer within 60 seconds, asked 1 times"),
    ],
)
def test_a_publisher_that_does_not_answer_is_one_line(tmp_path, promise, publisher, answer, named):
    promise()
    publisher(one_csv=answer)
    with pytest.raises(SourceError) as raised:
        list(fetch_source("example", tmp_path / "cache", manner=Manner(patience=Patience(tries=1))))
    line = str(raised.value)
    assert line.startswith(f"example: https://example.org/one.csv: {named}")
    assert "\n" not in line
    assert files(tmp_path) == {}


def test_without_an_address_a_copy_of_one_s_own_is_asked_for_when_the_rest_is_there(tmp_path, promise, publisher):
    promise(PROMISE.replace("    download: https://example.org/one.csv\n", ""))
    publisher(both_zip=zipped(**{"folder/two.csv": CONTENT}))
    with pytest.raises(SourceError, match=r"^example/one\.csv: no address to fetch it from is known; use --from DIR"):
        list(fetch_source("example", tmp_path / "cache"))
    assert files(tmp_path / "cache") == {"example/two.csv": CONTENT}
    (tmp_path / "cache" / "example" / "one.csv").write_bytes(CONTENT)
    assert [file.action for file in fetch_source("example", tmp_path / "cache")] == ["unchanged", "downloaded"]


# What is never fetched, and never elsewhere.


@pytest.mark.parametrize("has_mirror", [False, True])
def test_a_source_that_users_supply_is_not_served(tmp_path, promise, has_mirror):
    promise(PROMISE + "user_supplied: true\n")
    mirror = mirrored(tmp_path, one_csv=CONTENT, two_csv=CONTENT) if has_mirror else None
    with pytest.raises(SourceError, match="put your own copy into") as raised:
        list(fetch_source("example", tmp_path / "cache", mirror))
    assert str(tmp_path / "cache" / "example") in str(raised.value)
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize("name", ["../example", "/etc", "atop/../../x", "", "."])
def test_a_name_of_a_source_is_no_path(tmp_path, name):
    with pytest.raises(BadRequest, match="is not a source"):
        list(fetch_source(name, tmp_path / "cache", tmp_path))
    assert files(tmp_path) == {}


@pytest.mark.parametrize("path", ["../outside.csv", "a/../../outside.csv"])
def test_a_promised_path_does_not_lead_out_of_the_cache(tmp_path, promise, publisher, path):
    promise(PROMISE.replace("path: one.csv", f"path: {path}"))
    publisher(one_csv=CONTENT)
    with pytest.raises(SourceError, match="lies outside the folder of the source"):
        list(fetch_source("example", tmp_path / "cache"))
    mirror = mirrored(tmp_path, two_csv=CONTENT)
    (mirror / "outside.csv").write_bytes(CONTENT)
    (mirror / "example" / "a").mkdir()
    before = files(tmp_path)
    with pytest.raises(SourceError, match="lies outside the folder of the source"):
        list(fetch_source("example", tmp_path / "cache", mirror))
    assert files(tmp_path) == before


def test_a_link_in_the_cache_does_not_lead_out_of_it(tmp_path, promise, publisher):
    promise()
    publisher(one_csv=CONTENT)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "cache" / "example").mkdir(parents=True)
    (tmp_path / "elsewhere" / "one.csv").write_bytes(b"mine")
    (tmp_path / "cache" / "example" / "one.csv").symlink_to(tmp_path / "elsewhere" / "one.csv")
    with pytest.raises(SourceError, match="lies outside the folder of the source"):
        list(fetch_source("example", tmp_path / "cache"))
    assert (tmp_path / "elsewhere" / "one.csv").read_bytes() == b"mine"


def test_the_mirror_is_what_the_environment_names(tmp_path, monkeypatch):
    monkeypatch.delenv("COMITY_MIRROR", raising=False)
    assert mirror_folder() is None
    monkeypatch.setenv("COMITY_MIRROR", str(tmp_path))
    assert mirror_folder() == tmp_path
    monkeypatch.setenv("COMITY_MIRROR", str(tmp_path / "gone"))
    with pytest.raises(SourceError, match="which is no folder"):
        mirror_folder()
