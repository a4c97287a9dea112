"""Charts drawn by a process of their own: the same bytes as here, and this process draws where the other cannot."""

from __future__ import annotations

import io
import json
import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from comity.brief import artist
from comity.brief.artist import Artist, artist_at_work, serve, vega_svg
from comity.brief.practice import practice_specs

CHART = {
    "data": {"values": [{"year": 2001, "count": 3}, {"year": 2002, "count": 5}]},
    "mark": "bar",
    "encoding": {"x": {"field": "year"}, "y": {"field": "count", "type": "quantitative", "title": "Übungen"}},
}


def refuse(spec):
    raise AssertionError("drawn here")


@pytest.fixture
def process(monkeypatch):
    """A process that draws; on a machine of one processor there would be none."""
    monkeypatch.setattr("os.cpu_count", lambda: 2)


def test_both_draw_the_same_bytes_one_chart_after_the_other(process, monkeypatch):
    here = vega_svg(CHART)
    assert "Übungen" in here
    with artist_at_work():
        monkeypatch.setattr(artist, "_drawn", refuse)
        assert [vega_svg(CHART), vega_svg(CHART)] == [here, here]


@given(title=st.text(max_size=12))
@example(title="\x00\x08\x0c\x1f\x7f\ufffe\uffff\\u0001")
@settings(max_examples=25)
def test_any_text_is_drawn(title):
    assert vega_svg(CHART | {"title": f"x{title}"}).endswith("</svg>")


def test_what_looks_like_such_a_character_and_is_none_stays():
    drawn = vega_svg(CHART | {"title": r"a\\u0001 \bell"})
    assert r"a\\u0001 \bell" in drawn


@given(titles=st.lists(st.text('aä\n"\\ ', max_size=12), max_size=3))
@settings(max_examples=15)
def test_a_line_is_answered_by_a_line(titles):
    specs = [json.dumps(CHART | {"title": f"x{title}"}) for title in titles]
    out = io.StringIO()
    serve((json.dumps(spec) + "\n" for spec in specs), out)
    assert [json.loads(line) for line in out.getvalue().split("\n")[:-1]] == [artist._drawn(spec) for spec in specs]


@pytest.mark.parametrize(
    "program",
    [
        "raise SystemExit",
        "import sys; sys.stdin.readline(); print('half of', end='')",
        "import sys; sys.stdin.readline()",
        "print('no JSON')",
    ],
)
def test_where_the_other_process_fails_this_one_draws(process, monkeypatch, program):
    monkeypatch.setattr(artist, "Artist", lambda: Artist((sys.executable, "-c", program)))
    here = vega_svg(CHART)
    with artist_at_work():
        assert vega_svg(CHART) == here
        assert vega_svg(CHART) == here


def test_a_process_that_cannot_be_started_changes_nothing(process, monkeypatch):
    monkeypatch.setattr(artist, "Artist", lambda: Artist(("/nowhere/python",)))
    with artist_at_work():
        assert vega_svg(CHART).startswith("<svg")


def test_the_process_ends_with_the_block_also_where_it_fails(process, monkeypatch):
    made = []

    class Seen(Artist):
        def __init__(self):
            super().__init__()
            made.append(self)

    monkeypatch.setattr(artist, "Artist", Seen)

    def fail():
        with artist_at_work():
            raise KeyError("a fault of the brief")

    with pytest.raises(KeyError):
        fail()
    assert made[0]._process.returncode is not None
    assert artist._at_work.get() is None


def test_with_one_processor_no_process_is_started(monkeypatch):
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    monkeypatch.setattr(artist, "Artist", refuse)
    with artist_at_work():
        assert vega_svg(CHART).startswith("<svg")


def test_what_is_drawn_for_practice_is_a_chart_and_a_map():
    chart, world = (artist._drawn(json.dumps(spec)) for spec in practice_specs())
    assert chart.count("<path") > 40
    assert world.count("layer_1_marks") == 1
    assert world.count('fill="#ffffff"') == 60
