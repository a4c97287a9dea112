"""Downloads from a publisher that misbehaves: asked again, gone on with, refused in one line."""

from __future__ import annotations

import socket
import ssl
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import SourceError
from comity.sources import Manner, Patience, downloading
from comity.sources.downloading import download, kept_bytes
from misbehaving import drops, publisher, says, serves, stalls

CONTENT = b"a,b\n" + b"1,2\n" * 50_000
OTHER = b"a,b\n" + b"3,4\n" * 50_000


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost,publisher.invalid")


class Listener:
    """A manner of fetching that waits for nobody, and remembers how long it would have."""

    def __init__(self, **changes):
        self.waits, self.said, self.watched = [], [], []
        patience = {"tries": 3, "timeout_seconds": 5.0, "sleep": self.waits.append, "chance": lambda: 1.0}
        told = {"say": self.said.append, "watch": lambda *told: self.watched.append(told)}
        patience |= {name: changes.pop(name) for name in list(changes) if name in patience}
        self.manner = Manner(patience=Patience(**patience), **(told | changes))


def brought(address, folder, listener=None):
    """What a download brought, moved to its place as a caller does."""
    part = download(address, folder / "one.csv", (listener or Listener()).manner)
    content = part.read_bytes()
    downloading.drop_part(part)
    return content


def problem(address, folder, listener=None):
    """The one line with which a download ends."""
    with pytest.raises(SourceError) as raised:
        download(address, folder / "one.csv", (listener or Listener()).manner)
    line = str(raised.value)
    assert "\n" not in line
    assert line.startswith(f"{address}: ")
    assert not (folder / "one.csv").exists()
    return line.removeprefix(f"{address}: ")


def lying(folder):
    return {path.name for path in folder.iterdir()}


# What may pass is asked for again.


def test_a_publisher_that_is_busy_twice_is_asked_three_times_with_growing_waits(tmp_path):
    listener = Listener()
    with publisher(says(503), says(503), serves(CONTENT)) as made:
        assert brought(made.address, tmp_path, listener) == CONTENT
    assert (len(made.asked), listener.waits) == (3, [1.0, 2.0])
    assert listener.said[0].endswith("the publisher answers 503 Service Unavailable; asking again in 1.0 seconds")
    assert listener.watched[-1] == ("one.csv", len(CONTENT), len(CONTENT))
    assert made.asked[0]["User-Agent"].startswith("comity/")


@pytest.mark.parametrize("status", [408, 429, 500, 502, 504])
def test_a_publisher_that_stays_busy_is_asked_so_many_times_and_no_more(tmp_path, status):
    with publisher(says(status)) as made:
        assert problem(made.address, tmp_path).endswith(", asked 3 times")
    assert len(made.asked) == 3
    assert lying(tmp_path) == set()


def test_a_publisher_that_names_a_time_is_asked_then(tmp_path):
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=30))
    listener = Listener(tries=5)
    answers = [says(429, Retry_After=asked) for asked in ("7", later, "soon", "-1")]
    with publisher(*answers, serves(CONTENT)) as made:
        assert brought(made.address, tmp_path, listener) == CONTENT
    seven, date, *unheard = listener.waits
    assert seven == 7.0
    assert 25 < date <= 30
    assert unheard == [4.0, 8.0]  # what is neither seconds nor a date is not heard
    with publisher(says(503, Retry_After="3600")) as made:
        assert problem(made.address, tmp_path).endswith("and asks to come back in 3600 seconds")
    assert len(made.asked) == 1


@given(tries=st.integers(1, 30), chance=st.floats(0, 1))
def test_waits_double_up_to_a_bound_and_are_at_least_half(tries, chance):
    patience = Patience(chance=lambda: chance)
    whole = min(60.0, 2.0 ** (tries - 1))
    assert whole / 2 <= patience.wait_seconds(tries) <= whole


# What broke off is gone on with.


def test_a_file_that_breaks_off_is_gone_on_with_from_there(tmp_path):
    with publisher(drops(CONTENT, 70_000), drops(CONTENT, 30_000), serves(CONTENT)) as made:
        assert brought(made.address, tmp_path) == CONTENT
    assert made.ranges() == [None, "bytes=70000-", "bytes=100000-"]
    assert [headers.get("If-Range") for headers in made.asked] == [None, '"v1"', '"v1"']
    assert lying(tmp_path) == set()


def test_what_is_kept_of_a_broken_download_is_gone_on_with_the_next_time(tmp_path):
    with publisher(drops(CONTENT, 1000)) as made:
        line = problem(made.address, tmp_path)
        assert line.startswith("the connection broke off (")
        assert line.endswith(", asked 3 times; 3000 bytes are kept, and the same command goes on from there")
        assert lying(tmp_path) == {".one.csv.partial", ".one.csv.partial.etag"}
        assert kept_bytes(tmp_path) == 3000
        made.answers[:] = [serves(CONTENT)]
        assert brought(made.address, tmp_path) == CONTENT
    assert made.ranges()[-1] == "bytes=3000-"


BEGUN_AGAIN = {
    "the publisher ignores Range": says(200, CONTENT, ETag='"v1"'),
    "the file changed": serves(CONTENT, tag='"v2"'),
    "the publisher ignores If-Range, and the file changed": [
        says(206, OTHER[1000:], ETag='"v2"', Content_Range=f"bytes 1000-{len(OTHER) - 1}/{len(OTHER)}"),
        serves(CONTENT),
    ],
    "another range came": [says(206, CONTENT[5:], Content_Range=f"bytes 5-{len(CONTENT) - 1}/{len(CONTENT)}")],
    "a range of nothing known came": [says(206, CONTENT[1000:])],
    "the file is shorter now": [says(416, Content_Range="bytes */500")],
}  # fmt: skip


@pytest.mark.parametrize("case", BEGUN_AGAIN)
def test_a_part_that_does_not_fit_is_begun_again(tmp_path, case):
    answers = BEGUN_AGAIN[case] if isinstance(BEGUN_AGAIN[case], list) else [BEGUN_AGAIN[case]]
    with publisher(drops(OTHER, 1000), *answers, serves(CONTENT)) as made:
        assert brought(made.address, tmp_path) == CONTENT
    assert made.ranges()[:2] == [None, "bytes=1000-"]


def test_a_part_of_another_address_or_without_a_mark_is_begun_again(tmp_path):
    with publisher(drops(OTHER, 1000)) as made:
        problem(made.address, tmp_path)
    with publisher(serves(CONTENT)) as made:  # another port is another address
        assert brought(made.address, tmp_path) == CONTENT
    with publisher(drops(OTHER, 1000, tag=None), drops(OTHER, 1000, tag='W/"weak"'), serves(CONTENT)) as made:
        assert brought(made.address, tmp_path) == CONTENT
    assert made.ranges() == [None, None, None]
    with publisher(drops(OTHER, 1000, tag=None)) as made:
        assert "kept" not in problem(made.address, tmp_path)
    assert lying(tmp_path) == set()


def test_a_part_that_was_whole_already_is_not_asked_for_again(tmp_path):
    with publisher(serves(CONTENT)) as made:
        assert download(made.address, tmp_path / "one.csv", Listener().manner).read_bytes() == CONTENT
        assert brought(made.address, tmp_path) == CONTENT
    assert made.ranges() == [None, f"bytes={len(CONTENT)}-"]


# What does not pass is one line.

REFUSED = {
    "nothing there": (says(404), "there is no such file (404 Not Found), it may have moved; give your own copy"),
    "gone": (says(410), "there is no such file (410 Gone)"),
    "not for programs": (says(403), "the publisher does not let programs fetch it (403 Forbidden); give your own copy"),
    "a teapot": (says(418), "the publisher answers 418 "),
    "a page": (says(200, b"\n<!DOCTYPE html><title>Log in</title>"), "a web page came instead of the file"),
    "a page of old": (says(200, b"<HTML><body>moved"), "a web page came instead of the file"),
    "too large": (says(200, b"x" * 2000), "the file is larger than the 1000 bytes that are allowed"),
    "too large, it says": (says(200, b"", Content_Length="2000"), "the file is larger than the 1000 bytes"),
    "in circles": (says(302, Location="/one.csv"), "Exceeded maximum allowed redirects"),
    "to no server": (says(302, Location="ftp://127.0.0.1/one.csv"), "Request URL has an unsupported protocol"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_for_good_is_asked_once_and_leaves_nothing(tmp_path, case):
    answer, named = REFUSED[case]
    listener = Listener(most_bytes=1000)
    with publisher(answer) as made:
        assert problem(made.address, tmp_path, listener).startswith(named)
    assert listener.waits == []
    assert lying(tmp_path) == set()


def test_a_publisher_that_falls_silent_is_left_and_the_part_is_kept(tmp_path):
    with publisher(stalls(CONTENT, 1000, 0.4)) as made:
        line = problem(made.address, tmp_path, Listener(tries=1, timeout_seconds=0.1))
    assert line == (
        "no answer within 0.1 seconds, asked 1 times; 1000 bytes are kept, and the same command goes on from there"
    )


def test_nobody_at_the_address_is_asked_again_and_a_name_nobody_knows_is_not(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/one.csv"
    assert problem(address, tmp_path).startswith("the connection failed (")
    listener = Listener()
    named = "the name of the server cannot be resolved; is this machine on the network?"
    assert problem("http://publisher.invalid/one.csv", tmp_path, listener) == named
    assert listener.waits == []


# A certificate.


def test_a_server_that_cannot_show_whose_it_is_is_not_read(tmp_path, monkeypatch):
    """As the libraries fail: the cause of the cause is what OpenSSL says of the certificate."""
    unsure = ssl.SSLCertVerificationError(1, "certificate verify failed")
    unsure.verify_code, unsure.verify_message = 20, "unable to get local issuer certificate"
    listener = Listener()

    def refuse(_request):
        try:
            raise unsure
        except ssl.SSLError as cause:
            raise httpx.ConnectError("certificate verify failed") from cause

    monkeypatch.setattr(downloading, "open_client", lambda timeout: httpx.Client(transport=httpx.MockTransport(refuse)))
    line = problem("https://publisher.invalid/one.csv", tmp_path, listener)
    assert "does not send the whole chain of its certificates" in line
    assert line.endswith("give your own copy with --from DIR")
    unsure.verify_code, unsure.verify_message = 10, "certificate has expired"
    assert "its certificate is not good (certificate has expired)" in problem("https://a.invalid/", tmp_path, listener)
    assert listener.waits == []
