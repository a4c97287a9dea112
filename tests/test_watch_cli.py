"""The command `comity watch` on an invented world: what it shows, writes and refuses."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from comity.brief.watch_text import _row
from comity.cli import _watch_asked as asked
from comity.forecast import now as now_room
from comity.forecast import watch_asking
from comity.forecast.log import NAME, read_log
from comity.forecast.watch_keeping import stamp
from forecast_samples import disputes
from watch_samples import TODAY, WISH, small, stored


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    place = tmp_path_factory.mktemp("watch")
    with stored(place, disputes()):
        return place


@pytest.fixture(autouse=True)
def _invented(monkeypatch):
    """Small forests, the eight states of the invented world, and a day on which its lists are new."""
    small(monkeypatch)
    given = asked.Asked.wish
    monkeypatch.setattr(now_room, "EARLIER", 2)
    for room in (watch_asking, now_room):
        # The invented sources have no fingerprint; with one, each list is made once for all tests here.
        monkeypatch.setattr(room, "stamp", lambda store: stamp(store) | {"fingerprint": "f" * 64})
    monkeypatch.setattr(asked, "today", lambda: TODAY)
    monkeypatch.setattr(
        asked.Asked,
        "wish",
        lambda self: replace(given(self), system=WISH.system, draws=1, earlier=2, is_relevant=False),
    )


def answered(run, home, *arguments):
    done = run("watch", *arguments, home=home, before=("--quiet",))
    assert done.exit_code == 0, done.output
    return done.stdout


def test_the_list_fits_eighty_columns_and_says_what_it_rests_on(run, home):
    text = answered(run, home, "--top", "5")
    assert max(map(len, text.splitlines())) <= 80
    flat = " ".join(text.split())
    assert "Watch list for 2001: a new militarized dispute" in flat
    assert "No target was named, so it is what has the newest data." in flat
    assert "2 fits: the list's own and 1 with the pairs drawn anew" in flat
    assert "Lists made the same way for 1999 to 2000" in flat
    assert "None of it is an effect of doing anything" in flat
    assert len(re.findall(r"^ +\d+  \w", text, re.MULTILINE)) == 5


def test_the_columns_of_a_list_do_not_touch():
    widest = SimpleNamespace(states=("BIH", "KNA"), chance=0.000290, low=0.00002, high=0.00049, is_ongoing=True)
    widest.before = widest.chance
    line = _row(20, widest)
    assert re.search(r"[a-z…] +1 in 3,400 +0\.029 % <0\.01–0\.049 %  as before$", line)
    assert len(line) <= 80


def test_old_data_are_not_passed_off_as_current(run, home, monkeypatch):
    monkeypatch.setattr(asked, "today", lambda: date(2026, 11, 23))
    assert "this is a list for 2001, not for today." in " ".join(answered(run, home).split())


def test_json_holds_the_list_with_what_stands_beside_each_pair(run, home):
    said = json.loads(answered(run, home, "--json", "--top", "28", "--states"))
    assert (said["year"], said["target"], said["product"], len(said["pairs"])) == (2001, "mid", "list", 28)
    assert {"standing", "scores", "tried", "basis", "hits", "states"} <= set(said)
    pair = next(each for each in said["pairs"] if (each["state_a"], each["state_b"]) == ("AUT", "BEL"))
    beside = pair["around"]
    assert [line["state"] for line in beside["channels"]] == ["active, last used 2000, checked Jan 2001"]
    assert [line["name"] for line in beside["regimes"]] == ["Notice of tests"]
    assert [line["state"] for line in beside["planned"]] == [
        "planned for 1 Sep 2001",
        "3 editions, last May 2000, about every year; the next is not announced",
    ]
    assert [line["name"] for line in beside["incidents"]] == ["Near miss"]
    assert len(said["states"]) == 8


def test_prevention_hides_those_already_at_it_and_says_how_many(run, home):
    whole = json.loads(answered(run, home, "--json", "--top", "28"))
    held = json.loads(answered(run, home, "--json", "--top", "28", "--prevention"))
    ongoing = [each for each in whole["pairs"] if each["is_ongoing"]]
    assert len(ongoing) == held["hidden_as_ongoing"] > 0
    assert held["pairs"] == [each for each in whole["pairs"] if not each["is_ongoing"]]
    assert f"{len(ongoing)} pair" in answered(run, home, "--prevention")


def test_a_region_keeps_its_own_pairs(run, home):
    said = json.loads(answered(run, home, "--json", "--region", "alps"))
    assert {(each["state_a"], each["state_b"]) for each in said["pairs"]} == {
        ("AUT", "BEL"),
        ("AUT", "CHE"),
        ("BEL", "CHE"),
    }


def test_a_pair_is_shown_with_the_warning_of_a_what_if(run, home):
    text = " ".join(answered(run, home, "AUT", "BEL", "--what-if", "exercise=+3", "--what-if", "visit=2").split())
    assert "A forecast is no effect" in text
    assert "The forecast holds no input on exercise" in text
    assert "C02 Joint exercises make disputes between those who take part less likely. Verdict:" in text
    assert "Line of chiefs: active, last used 2000" in text
    said = json.loads(answered(run, home, "BEL", "AUT", "--what-if", "exercise=+3", "--json"))
    assert said["what_if"]["before"] == said["what_if"]["after"] == pytest.approx(said["chance"])
    assert said["evidence"]["exercise"][0]["claim"] == "C02"


def test_files_are_a_page_that_fetches_nothing_a_table_and_json(run, home, tmp_path):
    for name in ("list.html", "list.csv", "list.json"):
        answered(run, home, "--top", "4", "-o", tmp_path / name)
    page = (tmp_path / "list.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert not re.search(r"""(src|href)=["'](?!#)""", page)
    assert page.count('<article class="pair">') == 4
    assert "<svg" in page
    rows = list(csv.DictReader(io.StringIO((tmp_path / "list.csv").read_text(encoding="utf-8"))))
    assert len(rows) == 28
    assert [int(row["rank"]) for row in rows] == list(range(1, 29))
    told = [row[name] for row in rows[:4] for name in ("channels", "regimes", "recent_incidents")]
    assert "" in told
    assert all(int(each) > 0 for name in ("channels", "regimes") for row in rows if (each := row[name]))
    assert len(json.loads((tmp_path / "list.json").read_text(encoding="utf-8"))["pairs"]) == 4


def test_a_replay_and_now_say_which_they_are(run, home, tmp_path):
    text = " ".join(answered(run, home, "--replay", "1990-01-01", "--top", "5").split())
    assert "Replay for 1990: a new militarized dispute, as if on 1 January 1990" in text
    assert "Each source is taken to be as late" in text
    assert "Hindsight is better by" in text
    answered(run, home, "--replay", "1990-01-01", "-o", tmp_path / "replay.html")
    assert "against what hindsight makes" in (tmp_path / "replay.html").read_text(encoding="utf-8")
    now = " ".join(answered(run, home, "--now", "--top", "5").split())
    assert "Now for 2002: a new militarized dispute" in now
    assert "looks 2 years ahead" in now


def test_a_list_of_a_month_says_so_everywhere(run, home, tmp_path):
    text = answered(run, home, "--month", "1990-03", "--top", "5")
    assert max(map(len, text.splitlines())) <= 80
    flat = " ".join(text.split())
    assert "Watch list for March 1990: a new militarized dispute" in flat
    assert "is heard to February 1990, though it ends in 2000; this is a list for March 1990" in flat
    assert "Change is since the list for February 1990" in flat
    assert "The 24 lists made the same way for months from January 1988 to December 1989" in flat
    assert "pair-months, of those of peace one in twelve," in flat
    pair = " ".join(answered(run, home, "AUT", "BEL", "--month", "1990-03").split())
    assert "A new militarized dispute in March 1990." in pair
    assert "the list for February 1990" in pair
    answered(run, home, "--month", "1990-03", "--top", "4", "-o", tmp_path / "month.html")
    page = (tmp_path / "month.html").read_text(encoding="utf-8")
    assert "March 1990: a new militarized dispute" in page
    assert "chance in the month" in page
    assert "Now for March 2001" in " ".join(answered(run, home, "--now", "--horizon", "1").split())


def test_on_an_earlier_day_the_state_of_a_channel_that_was_checked_later_is_not_told(run, home):
    said = json.loads(answered(run, home, "--json", "--top", "28", "--year", "2000"))
    pair = next(each for each in said["pairs"] if (each["state_a"], each["state_b"]) == ("AUT", "BEL"))
    assert [line["state"] for line in pair["around"]["channels"]] == [
        "state on that day not told, no use known by then"
    ]
    assert "channels 1 · regimes 1" in " ".join(answered(run, home, "--year", "2000", "--top", "28").split())


def test_a_part_of_a_list_is_not_taken_for_the_whole(run, home):
    assert "That is of all pairs, not of those shown here alone." in " ".join(
        answered(run, home, "--region", "alps").split()
    )


def test_a_logged_list_is_added_to_the_log(run, home):
    before = len(read_log(home / NAME))
    answered(run, home, "--log")
    answered(run, home, "--now", "--log")
    entries = read_log(home / NAME)[before:]
    assert [(entry.product, entry.year, len(entry.pairs)) for entry in entries] == [
        ("list", 2001, 28),
        ("now", 2002, 28),
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--horizon", "6"), 1, "none for 6"),
        (("--horizon", "1", "--year", "1990"), 1, "of a month, not of a year"),
        (("--month", "1990-13"), 2, "does not match the format"),
        (("--month", "1990-03", "--now"), 2, "exclude each other"),
        (("--target", "crisis"), 1, "run `comity load icb`"),
        (("--target", "war"), 2, "'war' is not one of"),
        (("--region", "moon"), 1, "'moon' is no region; it is one of alps"),
        (("AUT",), 2, "name two states"),
        (("--what-if", "visit=1"), 2, "--what-if goes with two states"),
        (("--now", "--year", "1990"), 2, "exclude each other"),
        (("AUT", "USA"), 1, "are not among the 28 pairs of 2001"),
        (("AUT", "AUT"), 1, "AUT and AUT are one state"),
        (("--replay", "1900-01-01"), 1, "told nothing of dispute yet on that day"),
        (("AUT", "BEL", "--what-if", "war=1"), 1, "cannot be changed in a forecast"),
        (("-o", "list.pdf"), 2, "is written to .html, .csv, .json"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_one_line(run, home, arguments, code, said):
    done = run("watch", *arguments, home=home, before=("--quiet",))
    assert done.exit_code == code
    assert said in done.stderr
    assert code == 2 or len(done.stderr.strip().splitlines()) == 1
