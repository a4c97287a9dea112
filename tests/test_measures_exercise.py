"""Measures of exercises, dialogues and operations against plain loops over the facts, then known cases."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.panel import panel
from comity.panel.measures import engagement, exercise, exercise_domain, exercise_month
from comity.store import open_store
from comity.vocab.coverage import Coverage
from engagement_samples import held, larger, pairs, samples, told, year_fact
from panel_samples import Sample
from strategies import write_sources

few = settings(max_examples=12)  # each makes a whole store
DOMAINS = ("land", "sea", "air", "amphibious", "cyber")
known_counts = st.lists(st.tuples(*[st.none() | st.integers(0, 5)] * 2), min_size=1)


def counted(given_samples, instrument, value, month=False):
    """By pair, time and source the sum of what each engagement adds; None adds nothing."""
    found = defaultdict(int)
    for sample in given_samples:
        for row, parties in held(sample, instrument):
            added = value(row, parties)
            for one, other in pairs(parties) if added is not None else ():
                start = row["start_date"]
                time = (start.year, start.month) if month else (start.year,)
                found[one["party"], other["party"], *time, sample.name] += added
    return dict(found)


def sums(given_samples, fact):
    return {key: value for sample in given_samples for key, value in year_fact(sample, fact).items()}


def one_if(condition):
    return lambda row, parties: 1 if condition(row, parties) else None


def is_dated(row):
    return row["start_precision"] == row["end_precision"] == "day"


@few
@given(samples("exercise"))
def test_exercises_are_what_a_plain_loop_counts(tmp_path_factory, given_samples):
    all_of, two, many, by_month = told(
        tmp_path_factory,
        given_samples,
        exercise.exercise_count,
        exercise.bilateral_exercise_count,
        exercise.multilateral_exercise_count,
        exercise_month.exercise_count,
    )
    each = counted(given_samples, "exercise", lambda row, parties: 1)
    assert all_of == larger(each, sums(given_samples, "joint_exercise_count"))
    assert two == counted(given_samples, "exercise", one_if(lambda row, parties: len(parties) == 2))
    assert many == counted(given_samples, "exercise", one_if(lambda row, parties: len(parties) > 2))
    assert {key: two.get(key, 0) + many.get(key, 0) for key in two | many} == each
    in_month = one_if(lambda row, parties: row["start_precision"] != "year")
    assert by_month == counted(given_samples, "exercise", in_month, month=True)


@few
@given(samples("exercise"))
def test_days_and_people_are_what_a_plain_loop_adds_up(tmp_path_factory, given_samples):
    days, undated, people = told(
        tmp_path_factory,
        given_samples,
        exercise.known_exercise_days,
        exercise.undated_exercise_count,
        exercise.exercise_personnel_count,
    )
    length = lambda row, parties: (row["end_date"] - row["start_date"]).days + 1 if is_dated(row) else None  # noqa: E731
    assert days == counted(given_samples, "exercise", length)
    assert undated == counted(given_samples, "exercise", one_if(lambda row, parties: not is_dated(row)))
    largest = {}
    for sample in given_samples:
        for row, parties in held(sample, "exercise"):
            for one, other in pairs(parties) if row["personnel_count"] is not None else ():
                key = one["party"], other["party"], row["start_date"].year, sample.name
                largest[key] = max(largest.get(key, 0), row["personnel_count"])
    assert people == largest


@few
@given(samples("exercise"))
def test_domains_are_what_a_plain_loop_counts(tmp_path_factory, given_samples):
    known = {domain: getattr(exercise_domain, f"known_{domain}_exercise_count") for domain in DOMAINS}
    known |= {domain: getattr(exercise_domain, f"{domain}_exercise_count") for domain in ("space", "information")}
    without, *found = told(
        tmp_path_factory, given_samples, exercise_domain.exercise_without_domain_count, *known.values()
    )
    assert without == counted(given_samples, "exercise", one_if(lambda row, parties: not row["domains"]))
    for domain, facts in zip(known, found, strict=True):
        of_domain = one_if(lambda row, parties, domain=domain: domain in row["domains"])
        assert facts == counted(given_samples, "exercise", of_domain)


@few
@given(samples("dialogue"), samples("operation"))
def test_dialogues_and_operations_are_what_a_plain_loop_counts(tmp_path_factory, talks, patrols):
    for given_samples in (talks, patrols):
        dialogues, operations, engagements = told(
            tmp_path_factory,
            given_samples,
            engagement.dialogue_count,
            engagement.operation_count,
            engagement.senior_military_engagement_count,
        )
        assert dialogues == counted(given_samples, "dialogue", lambda row, parties: 1)
        assert operations == counted(given_samples, "operation", lambda row, parties: 1)
        assert engagements == sums(given_samples, "senior_military_engagement_count")


# What is known of all exercises, from what is known of some.


@pytest.mark.parametrize("domain", DOMAINS)
@given(pairs=known_counts)
def test_a_domain_is_known_where_every_exercise_names_one(domain, pairs):
    known, without = (np.array([np.nan if pair[place] is None else pair[place] for pair in pairs]) for place in (0, 1))
    found = getattr(exercise_domain, f"{domain}_exercise_count")(known, without)
    expected = [np.nan if not_said else count for count, not_said in zip(known, without > 0, strict=True)]
    np.testing.assert_array_equal(found, expected)
    np.testing.assert_array_equal(exercise.exercise_days(known, without), expected)


# Known cases.


def drill(name, states=("FRA", "JPN"), others=(), **changes):
    """Rows of an exercise of May 2000 and its parties."""
    row = {
        "engagement": name,
        "instrument": "exercise",
        "status": "completed",
        "start_date": date(2000, 5, 1),
        "start_precision": "day",
        "end_date": date(2000, 5, 10),
        "end_precision": "day",
        "domains": ["sea"],
        "verification": "primary",
    }
    parties = [("state", code, "participant") for code in states] + list(others)
    return row | changes, [
        {"engagement": name, "party_kind": kind, "party": party, "role": role} for kind, party, role in parties
    ]


def facts(tmp_path_factory, function, *drills):
    rows = {"engagement": [row for row, _ in drills], "engagement_party": [row for _, rows in drills for row in rows]}
    [found] = told(tmp_path_factory, [Sample("alpha", (), rows)], function)
    return {key[:-1]: value for key, value in found.items()}


def test_somebody_without_a_name_makes_an_exercise_multilateral(tmp_path_factory):
    """The source says that a third took part and not who; the pair was not alone."""
    drills = drill("1", others=[("unknown", "unknown", "participant")]), drill("2")
    assert facts(tmp_path_factory, exercise.bilateral_exercise_count, *drills) == {("FRA", "JPN", 2000): 1}
    assert facts(tmp_path_factory, exercise.multilateral_exercise_count, *drills) == {("FRA", "JPN", 2000): 1}


def test_who_only_watches_leaves_an_exercise_bilateral(tmp_path_factory):
    watched = drill("1", others=[("state", "USA", "observer")])
    assert facts(tmp_path_factory, exercise.bilateral_exercise_count, watched) == {("FRA", "JPN", 2000): 1}


def test_both_edges_of_an_exercise_are_days_of_it(tmp_path_factory):
    one_day = drill("1", end_date=date(2000, 5, 1))
    assert facts(tmp_path_factory, exercise.known_exercise_days, one_day) == {("FRA", "JPN", 2000): 1}
    assert facts(tmp_path_factory, exercise.known_exercise_days, one_day, drill("2")) == {("FRA", "JPN", 2000): 11}


def test_an_exercise_without_an_end_has_no_known_length(tmp_path_factory):
    """Its end_precision is null, which SQL neither equals to `day` nor tells from it."""
    endless = drill("1", end_date=None, end_precision=None)
    assert facts(tmp_path_factory, exercise.known_exercise_days, endless) == {}
    assert facts(tmp_path_factory, exercise.undated_exercise_count, endless) == {("FRA", "JPN", 2000): 1}


def test_an_exercise_of_a_year_stands_in_no_month(tmp_path_factory):
    """Its date is the first of January, where it would be one of twelve times too many."""
    of_year = drill("1", start_date=date(2000, 1, 1), start_precision="year")
    of_month = drill("2", start_date=date(2000, 7, 1), start_precision="month")
    found = facts(tmp_path_factory, exercise_month.exercise_count, of_year, of_month)
    assert found == {("FRA", "JPN", 2000, 7): 1}


# On panels.


@pytest.fixture(scope="module")
def small_store(tmp_path_factory):
    """Three exercises of 2000 to 2002 in a source that knows all of those years, and one of a year it does not know."""
    all_of = Coverage(kinds=("exercise",), completeness="complete", start=date(2000, 1, 1), end=date(2005, 12, 31))
    drills = (
        drill("1", domains=["land", "sea"]),
        drill("2", states=("FRA", "USA"), domains=[], end_date=None, end_precision=None),
        drill("3", start_date=date(2002, 5, 1), end_date=date(2002, 5, 3), states=("FRA", "JPN", "USA")),
        drill("4", start_date=date(2007, 5, 1), end_date=date(2007, 5, 3)),
    )
    rows = {"engagement": [row for row, _ in drills], "engagement_party": [row for _, rows in drills for row in rows]}
    place = tmp_path_factory.mktemp("exercises") / "store"
    write_sources(place, Sample("alpha", (all_of,), rows).loaded())
    with open_store(place) as store:
        yield store


def column(store, unit, years, measure, **states):
    """The values of a measure in the rows of these states, in order; None is null."""
    made = panel(store, unit, years=years).add(measure).to_arrow().to_pylist()
    return [row[measure] for row in made if all(row[name] == code for name, code in states.items())]


def test_a_domain_is_null_where_an_exercise_names_none(small_store):
    """France and the United States exercised, the source does not say where; a zero on land would be an invention."""
    for measure, with_japan, with_usa in (
        ("land_exercise_count", 1, None),
        ("air_exercise_count", 0, None),
        ("known_land_exercise_count", 1, 0),
        ("exercise_days", 10, None),
        ("known_exercise_days", 10, 0),
    ):
        assert column(small_store, "dyad_year", (2000, 2000), measure, state_a="FRA", state_b="JPN") == [with_japan]
        assert column(small_store, "dyad_year", (2000, 2000), measure, state_a="FRA", state_b="USA") == [with_usa]
        assert column(small_store, "dyad_year", (2000, 2000), measure, state_a="JPN", state_b="USA") == [0]
        assert column(small_store, "dyad_year", (2006, 2006), measure, state_a="FRA", state_b="JPN") == [None]


def test_a_month_without_an_exercise_is_zero_where_all_are_known(small_store):
    found = column(small_store, "dyad_month", (2000, 2000), "exercise_count", state_a="FRA", state_b="JPN")
    assert found == [0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]


def test_what_is_left_of_exercises_does_not_hang_on_the_years_asked_for(small_store):
    """One in 2000 and one in 2002; all is known to 2005, then only that there was one in 2007."""
    kept = 0.5 ** (1 / 5)
    expected = [1, kept, kept**2 + 1, kept**3 + kept, kept**4 + kept**2, kept**5 + kept**3, None, 1, None]
    for first in (2000, 2003, 2007):
        found = column(small_store, "dyad_year", (first, 2008), "exercise_stock", state_a="FRA", state_b="JPN")
        assert found == [None if each is None else pytest.approx(each) for each in expected[first - 2000 :]]


def test_partners_are_counted_where_all_are_known(small_store):
    for state, expected in (("FRA", [2, 0, 2, 0]), ("JPN", [1, 0, 2, 0]), ("PHL", [0, 0, 0, 0])):
        assert column(small_store, "state_year", (2000, 2003), "exercise_partner_count", state=state) == expected
    # In 2007 France is known to have exercised with Japan, but not with whom else.
    assert column(small_store, "state_year", (2007, 2007), "exercise_partner_count", state="FRA") == [None]


# On the publisher's file.


@pytest.mark.mirror
def test_domains_and_months_are_those_of_the_file(mirror, mirror_store):
    """What the file says of each exercise, times its pairs of states.

    Every row has a month, without which a month of no exercise could not be told from one of an exercise unknown.
    """
    text = (mirror / "mme" / "mme_v7.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    uses = Counter(row["MMEID"] for row in rows)
    asked = "SELECT engagement, party FROM core.engagement_party WHERE source = 'mme' AND party_kind = 'state'"
    states = Counter(row["engagement"] for row in mirror_store.ask(asked).to_pylist())
    expected, months = Counter(), Counter()
    for row in rows:
        name = row["MMEID"] if uses[row["MMEID"]] == 1 else f"{row['MMEID']}-{row['s.year']}"
        pair_count = states[name] * (states[name] - 1) // 2
        marked = [domain for domain in DOMAINS if row[domain.title()] == "1"]
        expected.update(dict.fromkeys([f"known_{domain}_exercise_count" for domain in marked], pair_count))
        expected.update({} if marked else {"exercise_without_domain_count": pair_count})
        months[int(row["s.year"]), int(row["s.month"])] += pair_count
    for name, count in expected.items():
        answer = mirror_store.ask(getattr(exercise_domain, name)()).to_pylist()
        assert sum(row["value"] for row in answer if row["source"] == "mme") == count, name
    found = Counter()
    for row in mirror_store.ask(exercise_month.exercise_count()).to_pylist():
        found[row["year"], row["month"]] += row["value"] if row["source"] == "mme" else 0
    assert +found == +months


@pytest.mark.mirror
def test_days_of_the_file(mirror_store):
    """Of 20,209 pair-years with exercises, 8,168 have one without a known length; without exercises there is none."""
    made = panel(mirror_store, "dyad_year", years=(1980, 2010)).add("exercise_count", "exercise_days")
    exercised = made["exercise_count"] > 0
    assert (exercised.sum(), np.isnan(made["exercise_days"]).sum()) == (20_209, 8_168)
    assert (made["exercise_days"][~exercised] == 0).all()
