"""Measures of training against plain loops over the facts, then known cases."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings

from comity.panel.measures import training
from engagement_samples import held, samples, told
from panel_samples import Sample

few = settings(max_examples=12)  # each makes a whole store


def courses(given_samples, value):
    """By trainer, trained, year and source what each course adds; None adds nothing."""
    found = {}
    for sample in given_samples:
        for row, parties in held(sample, "training"):
            report = row["engagement"].partition("-")[0] if "/" in row["engagement"] else None
            year, added = int(report or row["start_date"].year), value(row)
            for one in parties:
                for other in parties:
                    states = one["party_kind"] == other["party_kind"] == "state"
                    if added is not None and states and (one["role"], other["role"]) == ("provider", "recipient"):
                        key = one["party"], other["party"], year, sample.name
                        found[key] = found.get(key, 0) + added
    return found


@few
@given(samples("training"))
def test_training_is_what_a_plain_loop_adds_up(tmp_path_factory, given_samples):
    count, people, spending = told(
        tmp_path_factory,
        given_samples,
        training.training_course_count,
        training.trainee_count,
        training.training_spending_usd,
    )
    assert count == courses(given_samples, lambda row: 1)
    assert people == courses(given_samples, lambda row: row["personnel_count"])
    assert spending == pytest.approx(courses(given_samples, lambda row: row["cost_usd"]))


# Known cases.


def course(name, start, **changes):
    """Rows of one course that the United States gave the Philippines."""
    row = {
        "engagement": name,
        "instrument": "training",
        "status": "completed",
        "start_date": start,
        "start_precision": "day",
        "personnel_count": 3,
        "cost_usd": 1000.0,
        "verification": "secondary",
    }
    parties = [
        {"engagement": name, "party_kind": "state", "party": party, "role": role}
        for party, role in (("USA", "provider"), ("PHL", "recipient"))
    ]
    return row | changes, parties


def facts(tmp_path_factory, function, *given_courses):
    rows = {
        "engagement": [row for row, _ in given_courses],
        "engagement_party": [party for _, parties in given_courses for party in parties],
    }
    [found] = told(tmp_path_factory, [Sample("alpha", (), rows)], function)
    return {key[:-1]: value for key, value in found.items()}


def test_a_course_counts_in_the_fiscal_year_of_its_report(tmp_path_factory):
    """The fiscal year 2002 begins in October 2001; and a course of years is listed in each year's report.

    By their first days, courses of later reports fell into years whose own report is missing, and made a few courses
    look like all there were.
    """
    autumn = course("2002-2003/1", date(2001, 10, 15))
    long_course = course("2004-2005/1", date(2002, 3, 1))
    assert facts(tmp_path_factory, training.training_course_count, autumn, long_course) == {
        ("USA", "PHL", 2002): 1,
        ("USA", "PHL", 2004): 1,
    }


def test_a_course_without_a_report_counts_in_the_year_of_its_start(tmp_path_factory):
    """A name that merely begins with a year is no report."""
    given_courses = course("staff-course", date(2001, 11, 1)), course("2019-staff-course", date(2001, 12, 1))
    assert facts(tmp_path_factory, training.trainee_count, *given_courses) == {("USA", "PHL", 2001): 6}


def test_what_was_only_proposed_did_not_take_place(tmp_path_factory):
    proposed = course("2000-2001/1", date(2001, 1, 1), status="proposed")
    assert facts(tmp_path_factory, training.training_course_count, proposed) == {}


def test_an_amount_of_zero_is_an_amount_and_a_missing_one_is_none(tmp_path_factory):
    free = course("2000-2001/1", date(2000, 1, 1), cost_usd=0.0)
    unknown = course("2000-2001/2", date(2000, 1, 1), cost_usd=None, personnel_count=None)
    assert facts(tmp_path_factory, training.training_spending_usd, free) == {("USA", "PHL", 2000): 0}
    assert facts(tmp_path_factory, training.training_spending_usd, unknown) == {}
    assert facts(tmp_path_factory, training.trainee_count, unknown) == {}
    assert facts(tmp_path_factory, training.training_course_count, unknown) == {("USA", "PHL", 2000): 1}
