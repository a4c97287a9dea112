"""The engine on known cases: dates, zones, parties over time, exemptions, quotas, linked activities."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from cbm_samples import asked
from comity.cbm import Activity, Placed, check
from comity.cbm.grammar import Timing
from comity.cbm.moments import counted, moment, text_of
from comity.errors import BadRequest

LAND = {"type": "field_exercise", "host": "POL", "zone": "osce_csbm"}
NOTIFY, OBSERVE = "vd11.v.40_1.exercise", "vd11.vi.observation"
SIX, AT_ONCE = "vd11.viii.67_2.six_per_year", "vd11.viii.67_3.three_at_once"


def several(*raws, **options):
    return [checked.by_rule for checked in check([Activity.from_dict(raw) for raw in raws], **options)]


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2024-04-11", "2024-02-29"),  # leap day
        ("2024-03-01", "2024-01-19"),  # 29 days of February on the way
        ("2023-03-01", "2023-01-18"),
        ("2027-01-05", "2026-11-24"),  # over the turn of the year
        ("2027-02-01T04:00Z", "2026-12-21T04:00Z"),
    ],
)
def test_forty_two_days_before(start, due):
    assert text_of(asked({**LAND, "troops": 9000, "start": start})[NOTIFY].due) == due


@pytest.mark.parametrize(
    ("timing", "anchor", "due"),
    [
        (Timing(n=3, unit="month", edge="after", anchor="budget_approval"), "2027-11-30", "2028-02-29"),
        (Timing(n=24, unit="hour", edge="before", anchor="launch"), "2027-03-10T06:30Z", "2027-03-09T06:30Z"),
        (Timing(n=24, unit="hour", edge="before", anchor="launch"), "2027-03-10", "2027-03-09"),
        (Timing(n=36, unit="hour", edge="before", anchor="entry"), "2027-03-10", "2027-03-08"),
        (Timing(n=36, unit="hour", edge="after", anchor="request"), "2027-03-10", "2027-03-11"),
        (Timing(n=0, unit="hour", edge="before", anchor="start"), "2027-03-10", "2027-03-10"),
        (Timing(by="06-15", year=1, anchor="incorporated"), "2027-12-31", "2028-06-15"),
        (Timing(by="02-29"), "2027-05-01", "2027-02-28"),
        (Timing(none="in advance"), "2027-05-01", None),
    ],
)
def test_deadlines_are_counted_from_their_anchor(timing, anchor, due):
    assert text_of(counted(timing, moment(anchor))) == due


def test_an_hour_is_kept_in_universal_time():
    row = asked({"type": "missile_launch", "host": "USA", "missile_type": "ICBM", "launch": "2027-03-10T01:30+05:30"})
    assert row["launch1988"].due == datetime(2027, 3, 8, 20, tzinfo=UTC)


def test_days_left_and_lateness():
    early, late = (asked({**LAND, "troops": 9000, "start": "2027-05-03"}, as_of=date(2027, 3, day)) for day in (20, 23))
    assert (early[NOTIFY].days_left, early[NOTIFY].is_late) == (2, False)
    assert (late[NOTIFY].days_left, late[NOTIFY].is_late) == (-1, True)
    assert asked({**LAND, "troops": 9000})[NOTIFY].days_left is None


def test_a_date_that_is_missing_is_named_and_a_later_one_bounds_it():
    assert asked({**LAND, "troops": 9000})[NOTIFY].missing == ("start",)
    corps = {"type": "field_exercise", "host": "IND", "formation_level": "corps", "distance_km": 60}
    row = asked({**corps, "start": "2027-11-01"})["ind_pak.1991.land_corps_75km"]
    assert (text_of(row.due), row.missing) == ("2027-09-02", ("first_move",))
    assert row.notes[0] == "at the latest: counted from start, as first_move is not given"


@pytest.mark.parametrize(
    ("on", "file"),
    [
        ("1991-12-01", None),  # Kazakhstan joined on 30 January 1992
        ("1992-02-01", "vienna_document_1990"),
        ("1992-06-01", "vienna_document_1992"),
        ("2011-11-30", "vienna_document_1999"),
        ("2011-12-01", "vienna_document_2011"),
    ],
)
def test_a_state_is_judged_from_the_day_it_joined_by_the_regime_of_the_day(on, file):
    rows = asked({**LAND, "host": "KAZ", "troops": 13000, "start": on}).values()
    assert {row.held.file for row in rows if "vienna" in row.held.file} == ({file} if file else set())


def test_each_document_takes_over_from_the_one_before():
    seen = {}
    for year in (1976, 1988, 1991, 1993, 1996, 2005, 2015):
        rows = asked({**LAND, "host": "FRA", "troops": 30000, "start": date(year, 6, 1)}).values()
        seen[year] = {row.held.file for row in rows if row.held.rule.kind == "prior_notification" and row.triggered}
    assert seen == {
        1976: {"helsinki_1975"},
        1988: {"stockholm_1986"},
        1991: {"vienna_document_1990"},
        1993: {"vienna_document_1992"},
        1996: {"vienna_document_1994"},
        2005: {"vienna_document_1999"},
        2015: {"vienna_document_2011"},
    }


def test_a_regime_that_is_joined_late_or_left_binds_between_these_days():
    late = {"type": "missile_launch", "missile_type": "ballistic_missile", "host": "IND"}
    rows = [asked({**late, "launch": day}) for day in ("2015-05-01", "2017-05-01")]
    assert ["hcoc.pln" in row for row in rows] == [False, True], "India subscribed to the Hague Code in June 2016"


def test_what_was_in_force_on_the_day_was_binding_and_what_has_stopped_never_is():
    fire = {"type": "live_fire", "host": "KOR", "zone": "mdl_kor", "distance_km": 4, "live_artillery": True}
    then, now = (asked({**fire, "start": day})["kor.cma.land"] for day in ("2019-06-01", "2027-06-01"))
    assert (then.triggered, then.status, then.binding) == (True, "in_force", "political")
    assert (now.triggered, now.status, now.binding, now.is_binding) == (True, "suspended", "none", False)
    assert now.shown_as.startswith("would ")
    assert "kor.cma.land" not in asked({**fire, "start": "2018-09-01"})


def test_russia_alone_has_a_zone_to_tell():
    rows = asked({"type": "field_exercise", "host": "RUS", "troops": 14000, "start": "2027-05-01"})
    assert (rows[NOTIFY].triggered, rows[NOTIFY].missing) == (None, ("zone",))
    assert asked({"type": "field_exercise", "host": "DEU", "troops": 14000})[NOTIFY].triggered is True
    assert asked({"type": "field_exercise", "host": "USA", "troops": 14000})[NOTIFY].why == "outside zone"


def test_an_exercise_of_several_hosts_is_inside_where_one_of_them_is():
    rows = asked({"type": "field_exercise", "host": ["NOR", "USA"], "parties": ["GBR"], "troops": 50000})
    assert rows[NOTIFY].triggered is True
    assert rows[NOTIFY].obliged == ("NOR", "USA")


@pytest.mark.parametrize(
    ("placed", "triggered"),
    [
        (Placed(zones={"osce_csbm": True}), True),
        (Placed(zones={"osce_csbm": False}), False),
        (Placed(zones={"osce_csbm": None}), None),
        (Placed(), None),
    ],
)
def test_a_place_tells_of_zones(placed, triggered):
    raw = {"type": "field_exercise", "host": "RUS", "troops": 14000, "lat": 55, "lon": 61.5}
    assert check(Activity.from_dict(raw), zones=lambda _: placed)[0].by_rule[NOTIFY].triggered is triggered
    by_hand = Activity.from_dict({**raw, "zone": "outside_osce_csbm"})
    assert check(by_hand, zones=lambda _: placed)[0].by_rule[NOTIFY].triggered is False


@pytest.mark.parametrize(("span", "triggered"), [((1.0, 4.0), True), ((4.0, 6.0), None), ((6.0, 9.0), False)])
def test_a_distance_is_told_only_outside_its_error(span, triggered):
    raw = {"type": "field_exercise", "host": "PAK", "formation_level": "division", "place": "x"}
    zones = {"ib_ind_pak": True, "loc_ind_pak": False}
    placed = Placed(zones=zones, distances={"ib_ind_pak": span, "loc_ind_pak": (400.0, 410.0)})
    row = check(Activity.from_dict(raw), zones=lambda _: placed)[0].by_rule["ind_pak.1991.no_exercise_5km"]
    assert row.triggered is triggered


def test_an_exemption_stands_only_once_claimed():
    snap = {**LAND, "troops": 30000, "start": "2027-02-01T04:00Z"}
    assert asked(snap)[OBSERVE].triggered is True
    assert asked(snap)[OBSERVE].unless == ("no-notice and not longer than 72 h",)
    open_length = asked({**snap, "no_notice": True})[OBSERVE]
    assert (open_length.triggered, open_length.missing) == (None, ("duration_hours",))
    assert asked({**snap, "no_notice": True, "duration_hours": 73})[OBSERVE].triggered is True
    days = asked({**snap, "start": "2027-02-01", "end": "2027-02-03", "no_notice": True})[OBSERVE]
    assert days.triggered is False, "three days are at most 72 hours"
    assert asked({**snap, "start": "2027-02-01", "end": "2027-02-04", "no_notice": True})[OBSERVE].triggered is None


def test_a_deadline_may_hang_on_the_level():
    changed = {"type": "field_exercise", "host": "IND", "plan_changed": True, "start": "2027-11-01"}
    dues = {
        level: text_of(asked({**changed, "formation_level": level})["ind_pak.1991.changes"].due)
        for level in ("corps", "division")
    }
    assert dues == {"corps": "2027-10-02", "division": "2027-10-17"}
    untold = asked(changed)["ind_pak.1991.changes"]
    assert (untold.due, untold.triggered) == (None, True)
    assert "formation_level" in untold.missing


def test_levels_of_two_ladders_are_not_compared():
    row = asked({"type": "air_exercise", "host": "IND", "formation_level": "corps"})["ind_pak.1991.air"]
    assert (row.triggered, row.why) == (None, "formation_level corps cannot be compared with regional_air_command")


def test_a_limit_is_counted_in_order_over_a_year_and_for_each_state():
    exercises = [{**LAND, "troops": 14000, "start": date(2027, month, 1)} for month in range(1, 8)]
    elsewhere = {**exercises[0], "host": "DEU"}
    rows = several(exercises[6], *exercises[:6], elsewhere, {**exercises[0], "start": "2028-01-01"})
    assert [row[SIX].counts for row in rows] == [7, 1, 2, 3, 4, 5, 6, 1, 1]
    assert rows[0][SIX].violations == ("more than 6 a calendar year",)
    assert all(row[SIX].violations == () for row in rows[1:])


def test_three_of_the_six_may_be_larger():
    rows = several(*({**LAND, "troops": 26000, "start": date(2027, month, 1)} for month in range(1, 5)))
    assert [row[SIX].violations for row in rows] == [(), (), (), ("more than 3 of the larger a calendar year",)]


def test_what_may_run_at_once_is_said_and_not_counted():
    open_end = {**LAND, "troops": 14000, "start": "2027-06-01"}
    rows = several(open_end, {**open_end, "start": "2027-06-05", "end": "2027-06-08"})
    assert [row[AT_ONCE].counts for row in rows] == [1, 1]
    assert "1 more that may count cannot be told" in rows[1][AT_ONCE].notes


def test_linked_exercises_are_summed_and_only_one_command_makes_them_one():
    half = {**LAND, "tanks": 10, "acv": 10, "artillery_100mm": 0, "start": "2027-06-01", "end": "2027-06-09"}
    north, south = {**half, "name": "North", "troops": 7000}, {**half, "name": "South", "troops": 6500}
    rows = several(north, south)
    assert [(row[OBSERVE].triggered, row[OBSERVE].flag) for row in rows] == [(False, "linked_sum")] * 2
    assert rows[0][OBSERVE].linked == ("North", "South")
    assert rows[0][OBSERVE].notes[-1].endswith("troops 13500 >= 13000")
    joint = several({**north, "command": "corps"}, {**south, "command": "corps"})
    assert [(row[OBSERVE].triggered, row[OBSERVE].flag) for row in joint] == [(True, "linked_sum")] * 2
    for other in ({"start": "2027-08-01", "end": "2027-08-09"}, {"host": "DEU"}, {"type": "concentration"}):
        assert several(north, {**south, **other})[0][OBSERVE].flag is None


def test_just_under_the_line_is_flagged():
    row = asked({**LAND, "troops": 12800, "tanks": 100, "acv": 200, "artillery_100mm": 90})[OBSERVE]
    assert (row.triggered, row.margin, row.margin_of, row.flag) == (False, 200, "troops", "near_threshold")
    assert asked({**LAND, "troops": 12000, "tanks": 0, "acv": 0, "artillery_100mm": 0})[OBSERVE].flag is None


def test_a_courtesy_is_no_duty_and_a_memory_no_date():
    courtesy = asked({"type": "naval_exercise", "parties": ["PHL", "AUS"], "zone": "scs"})["doc2002.5c"]
    assert (courtesy.triggered, courtesy.is_binding) == (True, False)
    memory = asked({**LAND, "troops": 14200, "start": "2027-05-03"})["vd11.viii.67_2.six_per_year"]
    assert (memory.triggered, memory.is_reading_aid, memory.is_binding) == (True, True, False)
    assert memory.shown_as.endswith("[K-hi: from memory, a reading aid]")


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ({"host": "POL"}, "type is not given; it is one of"),
        ({"type": "exercise"}, "type: 'exercise' is no activity"),
        ({**LAND, "troop": 1}, "troop: 'troop' is no key of an activity; nearest is 'troops'"),
        ({**LAND, "troops": "many"}, "troops: 'many' is not a number"),
        ({**LAND, "troops": -1}, "troops: -1 is not a number of 0 or more"),
        ({**LAND, "troops": float("nan")}, "troops: nan is not a number of 0 or more"),
        ({**LAND, "no_notice": "perhaps"}, "no_notice: 'perhaps' is neither true nor false"),
        ({**LAND, "host": "Polnad"}, "host: "),
        ({**LAND, "zone": "osce"}, "zone: 'osce' is no zone"),
        ({**LAND, "start": "2027-13-01"}, "start: '2027-13-01' is no date"),
        ({**LAND, "start": "2027-02-01T04:00"}, "start: '2027-02-01T04:00' has an hour and no time zone"),
        ({**LAND, "start": "2027-02-02", "end": "2027-02-01"}, "end: 2027-02-01 is before the start, 2027-02-02"),
        ({**LAND, "formation_level": "horde"}, "formation_level: 'horde' is no level"),
        ({**LAND, "lat": 91}, "lat: 91 is not between -90 and 90 degrees"),
    ],
)
def test_what_is_no_word_of_an_activity_is_refused_in_one_line(raw, said):
    with pytest.raises(BadRequest) as refused:
        Activity.from_dict(raw, "plan.yml: spring")
    assert str(refused.value).startswith("plan.yml: spring: ")
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)
