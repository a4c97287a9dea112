"""Pictures begun ahead: the same as when each is drawn in its turn, and a problem in one is told where it is shown."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import replace

import pytest

from brief_samples import CHART
from comity.brief import drawn_ahead as ahead
from comity.brief.blocks import Note

CHARTS = [replace(CHART, years=(2000, last)) for last in (2003, 2004, 2005)]


@pytest.fixture(params=[True, False])
def is_at_work(request, monkeypatch):
    monkeypatch.setattr(ahead, "is_artist_at_work", lambda: request.param)
    return request.param


def test_each_block_gets_its_own_picture_drawn_once(is_at_work, monkeypatch):
    drawn = []

    def draw(block, shelf, *, is_narrow):
        drawn.append((block, is_narrow))
        return f"{block.years} {shelf}{' narrow' if is_narrow else ''}"

    monkeypatch.setattr(ahead, "_picture", draw)
    with ahead.drawn_ahead(CHARTS, None) as picture_of:
        told = [picture_of(chart) for chart in reversed(CHARTS)]
        narrow = [picture_of(chart, is_narrow=True) for chart in reversed(CHARTS)]
    assert told == [f"{chart.years} None" for chart in reversed(CHARTS)]
    assert narrow == [f"{each} narrow" for each in told]
    assert sorted(repr(block) for block, is_narrow in drawn if not is_narrow) == sorted(map(repr, CHARTS))
    assert sorted(repr(block) for block, is_narrow in drawn if is_narrow) == sorted(map(repr, CHARTS))


def test_all_are_begun_before_the_first_is_asked_for_where_another_process_draws(is_at_work, monkeypatch):
    begun = threading.Semaphore(0)
    monkeypatch.setattr(ahead, "_picture", lambda *_given, **_named: begun.release())
    with ahead.drawn_ahead(CHARTS, None):
        assert [begun.acquire(timeout=5 if is_at_work else 0) for _ in CHARTS] == [is_at_work] * len(CHARTS)


def test_a_problem_in_a_picture_is_told_where_it_is_shown(is_at_work, monkeypatch):
    def fail(block, _shelf, *, is_narrow):
        if block is CHARTS[1]:
            raise ValueError("no such mark")
        return "drawn"

    monkeypatch.setattr(ahead, "_picture", fail)
    with ahead.drawn_ahead(CHARTS, None) as picture_of:
        assert picture_of(CHARTS[0]) == "drawn"
        with pytest.raises(ValueError, match="no such mark"):
            picture_of(CHARTS[1])


def test_a_block_without_a_picture_has_none(is_at_work):
    with ahead.drawn_ahead([Note(text="Words.", cites=("register",), as_of="2004")], None) as picture_of:
        assert picture_of(Note(text="Words.", cites=("register",), as_of="2004")) is None


def test_what_a_section_begins_its_page_does_not_draw_again(is_at_work, monkeypatch):
    drawn = []
    monkeypatch.setattr(ahead, "_picture", lambda block, _shelf, *, is_narrow: drawn.append((block.years, is_narrow)))
    with ahead.pictures_ahead():
        ahead.begin(CHARTS[:1], None)
        with ahead.drawn_ahead(CHARTS, None) as picture_of:
            for chart in CHARTS:
                picture_of(chart)
                picture_of(chart, is_narrow=True)
    assert sorted(drawn) == [(chart.years, is_narrow) for chart in CHARTS for is_narrow in (False, True)]


def test_without_a_page_nothing_is_begun(monkeypatch):
    monkeypatch.setattr(ahead, "_picture", lambda *_given, **_named: pytest.fail("drawn for nobody"))
    ahead.begin(CHARTS, None)


def test_pictures_of_a_page_that_failed_are_not_waited_for(monkeypatch):
    """Those begun end, those in the queue are never drawn."""
    monkeypatch.setattr(ahead, "is_artist_at_work", lambda: True)
    may_end, drawn = threading.Event(), []
    monkeypatch.setattr(ahead, "_picture", lambda *_given, **_named: (may_end.wait(5), drawn.append(1)))
    with suppress(ValueError), ahead.pictures_ahead():
        ahead.begin(CHARTS, None)
        raise ValueError("no such section")
    may_end.set()
    assert len(drawn) <= ahead._AT_ONCE
