"""A panel as of a day hears only what was published by then."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from comity.errors import BadRequest, OutsideCoverage
from comity.panel import panel
from fact_samples import complete, pair_facts
from panel_samples import Sample, opened
from test_panel import keys_of


def disputes(name, published, pairs):
    rows = {"dyad_year_fact": pair_facts("dispute_ongoing", {(*pair, 1990): 1.0 for pair in pairs})}
    return Sample(name, (complete("dispute", 1989, 1990),), rows, published)


EARLY = disputes("early", date(2000, 1, 1), [("FRA", "JPN")])
LATE = disputes("late", date(2010, 6, 30), [("FRA", "JPN"), ("FRA", "USA")])
UNDATED = disputes("undated", None, [("FRA", "ITA")])


def made(store, day=None, *names):
    found = panel(store, "dyad_year", years=(1990, 1990), states=("FRA",))
    return (found if day is None else found.as_of(day)).add(*names or ("dispute_ongoing",))


def disputed(found):
    values = found["dispute_ongoing"].tolist()
    return {
        key[0] if key[1] == "FRA" else key[1] for key, value in zip(keys_of(found.rows), values, strict=True) if value
    }


def test_a_source_published_later_is_silent(tmp_path_factory):
    with opened(tmp_path_factory, [EARLY, LATE]) as store:
        assert disputed(made(store)) == {"JPN", "USA"}
        for day, partners, sources in (
            (date(2000, 1, 1), {"JPN"}, ("early",)),
            (date(2010, 6, 29), {"JPN"}, ("early",)),
            (date(2010, 6, 30), {"JPN", "USA"}, ("early", "late")),
        ):
            found = made(store, day)
            assert disputed(found) == partners
            assert not np.isnan(found["dispute_ongoing"]).any()
            assert found.columns["dispute_ongoing"].filled.sources == sources
            assert set(found.citations()) == set(sources)
            assert found.schema().metadata[b"as_of"] == str(day).encode()
            assert f"--as-of {day}".encode() in found.schema().metadata[b"command"]


def test_a_source_that_does_not_say_when_it_was_published_is_heard(tmp_path_factory):
    with opened(tmp_path_factory, [UNDATED, LATE]) as store:
        found = made(store, date(1900, 1, 1))
    assert disputed(found) == {"ITA"}
    assert set(found.citations()) == {"undated"}


def test_a_measure_of_which_nobody_could_know_is_refused_by_name_and_null_among_all(tmp_path_factory):
    said = r"dispute_ongoing could not be known on 1999-12-31: its sources were published later "
    said += r"\(early 1 on 2000-01-01, late 1 on 2010-06-30\)"
    with opened(tmp_path_factory, [EARLY, LATE]) as store:
        with pytest.raises(OutsideCoverage, match=said):
            made(store, date(1999, 12, 31))
        with pytest.raises(OutsideCoverage, match="has_fatal_dispute could not be known on 1999-12-31"):
            made(store, date(1999, 12, 31), "has_fatal_dispute")
        for word in ("dispute", "all"):
            found = made(store, date(1999, 12, 31), word)
            assert np.isnan(found["dispute_ongoing"]).all()
            assert found.citations() == {}
        # Nothing is loaded of exercises, on any day: that is no matter of the day.
        assert np.isnan(made(store, date(1999, 12, 31), "exercise_count")["exercise_count"]).all()


def test_what_looks_back_hears_no_later_source_either(tmp_path_factory):
    before = disputes("early", date(2000, 1, 1), [])
    whole = Sample("late", (complete("dispute", 1816, 1990),), LATE.rows, date(2010, 6, 30))
    with opened(tmp_path_factory, [before, whole]) as store:
        now, then = (made(store, day, "dispute_peace_years") for day in (None, date(2005, 1, 1)))
    place = keys_of(now.rows).index(("FRA", "USA", 1990))
    assert now["dispute_peace_years"][place] == 1990 - 1816
    assert np.isnan(then["dispute_peace_years"][place])


def test_the_day_comes_before_the_first_column_and_before_rows_are_cut(tmp_path_factory):
    contiguity = Sample("contiguity", (complete("contiguity", 1990, 1990),), {}, date(2017, 1, 1))
    majors = Sample("cow_states", (complete("cow_membership", 1816, 2016),), {}, date(2017, 1, 1))
    with opened(tmp_path_factory, [EARLY, contiguity, majors]) as store:
        with pytest.raises(BadRequest, match="is said before its first column is added"):
            made(store).as_of(date(2020, 1, 1))
        with pytest.raises(BadRequest, match="is said before its first column is added or rows cut"):
            panel(store, "dyad_year", years=(1990, 1990), states=("FRA",)).relevant().as_of(date(2000, 1, 1))
        with pytest.raises(OutsideCoverage, match="relevance is unknown in"):
            panel(store, "dyad_year", years=(1990, 1990), states=("FRA",)).as_of(date(2000, 1, 1)).relevant()
