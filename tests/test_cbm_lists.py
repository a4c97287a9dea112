"""A list of activities: what each says alone, and what quotas, sums and tallies add, against a slow reading of each."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cbm_samples import activities
from comity.cbm import Activity, Regimes, check, load_regimes
from comity.cbm.linking import added
from comity.cbm.reading import read_plain
from comity.cbm.rows import NAMED, Row

YEARLY, AT_ONCE = "vd11.viii.67_2.six_per_year", "vd11.viii.67_3.three_at_once"
TALLIED = "vd11.plus.sub_threshold"
VECTORS = [
    vector["activity"]
    for file in sorted((Path(__file__).parent / "cbm").rglob("*.yml"))
    for vector in read_plain(file)
    if "activity" in vector
]
LISTED = {"counts", "flag", "linked", "notes", "violations", "severity"}


def alone(raw, regimes=None):
    """The rows of one activity by rules that were made ready for it and never asked anything before."""
    known = load_regimes() if regimes is None else regimes
    return check(Activity.from_dict(raw), regimes=Regimes(known.regimes, known.rules))[0].by_rule


def asked(raws):
    """The rows of each activity of a list, by rule."""
    return [one.by_rule for one in check([Activity.from_dict(raw) for raw in raws])]


def differences(raws):
    """What a list says of an activity that the activity alone does not, but for what only a list can add."""
    for raw, rows in zip(raws, asked(raws), strict=True):
        for rule, row in alone(raw).items():
            if rule == TALLIED or rows[rule].flag == "linked_sum":
                continue
            told = {key: getattr(rows[rule], key) for key in set(Row.__struct_fields__) - LISTED}
            yield from (
                (rule, key)
                for key, value in told.items()
                if value != getattr(row, key) and row.held.rule.kind != "quota"
            )


def test_every_vector_in_one_list_says_what_it_says_alone():
    assert list(differences(VECTORS)) == []


@settings(max_examples=30)
@given(st.lists(activities(), min_size=2, max_size=6))
def test_a_list_says_of_each_what_it_says_alone(raws):
    assert list(differences(raws)) == []


days = st.integers(0, 120).map(lambda number: date(2027, 1, 1) + timedelta(days=number))


@st.composite
def dense(draw):
    """Land exercises of one state that run beside and after each other, most of them below the lines."""
    raws = []
    for _ in range(draw(st.integers(2, 14))):
        raw = {"type": "field_exercise", "host": "POL", "start": draw(days), "tanks": 0, "artillery_100mm": 0}
        raw["end"] = raw["start"] + timedelta(days=draw(st.integers(0, 12)))
        raw |= {
            "troops": draw(st.sampled_from([500, 4000, 7000, 13001, 30000])),
            "acv": draw(st.sampled_from([0, 300])),
        }
        raws.append(raw)
    return raws


@settings(max_examples=60)
@given(dense())
def test_quotas_count_as_one_would_by_hand(raws):
    rows = asked(raws)
    order = sorted(range(len(raws)), key=lambda at: (raws[at]["start"], at))
    counted = [at for at in order if rows[at][YEARLY].triggered]
    assert {at: rows[at][YEARLY].counts for at in counted} == {at: n for n, at in enumerate(counted, start=1)}
    for place, at in enumerate(counted):
        running = [other for other in counted[:place] if raws[other]["end"] >= raws[at]["start"]]
        assert rows[at][AT_ONCE].counts == len(running) + 1
    assert [bool(rows[at][YEARLY].violations) for at in counted[:6]].count(True) <= 3  # by the larger size alone
    assert all(rows[at][YEARLY].violations for at in counted[6:])


@settings(max_examples=60)
@given(dense())
def test_activities_are_summed_as_one_would_by_hand(raws):
    rows = asked(raws)
    reached = {}
    for day in {raw["start"] for raw in raws}:
        together = [at for at, raw in enumerate(raws) if raw["start"] <= day <= raw["end"] + timedelta(days=1)]
        names = added() & raws[0].keys()
        whole = alone(raws[together[0]] | {name: sum(raws[at][name] for at in together) for name in names})
        for rule, row in whole.items():
            if row.triggered and len(together) > 1 and row.held.rule.kind != "consultation":
                reached.setdefault(rule, set()).update(at for at in together if rows[at][rule].triggered is not True)
    flagged = {rule: {at for at in range(len(raws)) if rows[at][rule].flag == "linked_sum"} for rule in rows[0]}
    assert {rule: found for rule, found in flagged.items() if found} == {r: at for r, at in reached.items() if at}


@settings(max_examples=40)
@given(dense(), st.randoms(use_true_random=False))
def test_the_order_of_a_list_changes_no_answer(raws, rng):
    shuffled = sorted(range(len(raws)), key=lambda _: rng.random())
    found = asked([raws[at] for at in shuffled])
    for place, at in enumerate(shuffled):
        before, after = asked(raws)[at], found[place]
        assert {rule: (row.triggered, row.flag) for rule, row in before.items()} == {
            rule: (row.triggered, row.flag) for rule, row in after.items()
        }


def test_many_neighbors_are_counted_and_the_first_of_them_named():
    raws = [{"type": "field_exercise", "host": "POL", "start": "2027-05-01", "troops": 900}] * (NAMED + 5)
    told = asked(raws)[3]["vd11.v.40_1.exercise"].to_dict()
    assert (len(told["linked"]), told["linked_count"]) == (NAMED, NAMED + 5)


# What is counted over a year

SMALL = {"type": "field_exercise", "host": "POL", "start": "2027-09-01", "troops": 3000, "tanks": 0, "acv": 0}
SMALL |= {"artillery_100mm": 0, "formation_level": "brigade", "no_notice": False}
LARGE = SMALL | {"start": "2027-03-01", "troops": 9000}
OPEN = {"type": "field_exercise", "host": "POL", "start": "2027-10-01", "troops": 3000}


@pytest.mark.parametrize(
    ("others", "answer", "missing"),
    [
        ([], None, ("notifiable_activities_this_year",)),  # one activity is no calendar
        ([SMALL], True, ()),
        ([LARGE], False, ()),
        ([LARGE | {"start": "2027-12-01"}], False, ()),  # later in the year is in the year
        ([LARGE | {"start": "2026-12-31"}], None, ("notifiable_activities_this_year",)),
        ([LARGE | {"host": "DEU"}], None, ("notifiable_activities_this_year",)),
        ([SMALL, LARGE | {"host": "DEU"}], True, ()),
        ([OPEN], None, ("notifiable_activities_this_year",)),  # it may be one
        ([OPEN, LARGE], False, ()),
        ([LARGE | {"no_notice": True}], False, ()),  # told when it begins, and notifiable all the same
        ([LARGE | {"type": "amphibious_landing", "amphib_troops": 3000}], False, ()),
        ([LARGE | {"zone": "outside_osce_csbm", "host": "RUS"}], None, ("notifiable_activities_this_year",)),
    ],
)
def test_notifiable_activities_of_the_year_are_counted_over_the_list(others, answer, missing):
    row = asked([SMALL, *others])[0][TALLIED]
    assert (row.triggered, row.missing) == (answer, missing)


@pytest.mark.parametrize(("stated", "answer"), [(0, True), (1, False)])
def test_what_an_activity_states_goes_before_the_count(stated, answer):
    for others in ([], [LARGE], [SMALL]):
        given_count = SMALL | {"notifiable_activities_this_year": stated}
        assert asked([given_count, *others])[0][TALLIED].triggered is answer


def test_a_count_says_its_number():
    assert asked([SMALL, SMALL])[0][TALLIED].why == "notifiable_activities_this_year 0 == 0"
    assert asked([LARGE, LARGE, SMALL])[2][TALLIED].why == "notifiable_activities_this_year 2 is not 0"


def test_tallies_name_rules_that_there_are():
    from comity.cbm.vocabulary import vocabulary

    named = {rule for measure in vocabulary().measures.values() for rule in measure.tally_of}
    assert named
    assert named <= load_regimes().rules.keys()
