"""What must hold of every rule and every activity, whatever the numbers: tried on drawn activities."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cbm_samples import STATES, WORDS, activities, asked, comparisons, values_of
from comity.cbm import Activity, check, load_regimes
from comity.cbm.moments import months_from
from comity.cbm.zoning import all_within

ORDER = {False: 0, None: 1, True: 2}
RULES = load_regimes().rules
RISING = {
    name: {
        rule_id
        for rule_id, held in RULES.items()
        if all(node.op in (">=", ">") and not turned for node, turned in comparisons(held.rule) if node.measure == name)
    }
    for name, measure in WORDS.measures.items()
    if measure.type == "number"
}


@given(activities(), st.data())
def test_raising_a_measure_never_takes_a_duty_away(raw, data):
    given_numbers = sorted(name for name in raw if name in RISING)
    assume(given_numbers)
    name = data.draw(st.sampled_from(given_numbers))
    assume(not (name == "duration_hours" and "end" in raw))
    more = {**raw, name: raw[name] + data.draw(st.sampled_from([1, 10, 1000, 100000]))}
    before, after = asked(raw), asked(more)
    assert before.keys() == after.keys()
    for rule in before.keys() & RISING[name]:
        assert ORDER[after[rule].triggered] >= ORDER[before[rule].triggered], (rule, name)


@given(activities(), st.integers(-4000, 4000))
def test_dates_move_with_the_activity(raw, days):
    moments = [key for key in raw if key in WORDS.anchors]
    assume(moments)
    moved = raw | {key: raw[key] + timedelta(days=days) for key in moments}
    before, after = asked(raw), asked(moved)
    for rule in before.keys() & after.keys():
        deadline = RULES[rule].rule.deadline
        if deadline is None or deadline.n is None or deadline.unit == "month" or deadline.cases:
            continue
        if before[rule].triggered is not False and after[rule].triggered is not False and before[rule].due:
            assert after[rule].due == before[rule].due + timedelta(days=days)


@given(activities())
def test_an_unrelated_party_changes_nothing(raw):
    before, after = asked(raw), asked({**raw, "parties": [*raw.get("parties", []), "NRU"]})
    for rule, row in before.items():
        if RULES[rule].is_party("NRU", None) is False:
            assert rule in after
            told = ("triggered", "why", "due", "missing", "violations", "status", "margin", "obliged", "shown_as")
            assert [getattr(after[rule], key) for key in told] == [getattr(row, key) for key in told], rule


@settings(max_examples=60)
@given(activities())
def test_what_is_missing_never_becomes_a_no(raw):
    """Brute force: a rule that is said not to hold does not hold for any value of any measure that was not given."""
    rows = asked(raw)
    for name, measure in WORDS.measures.items():
        is_asked = not measure.kinds or raw["type"] in measure.kinds
        if name in raw or not is_asked or (name == "duration_hours" and "end" in raw):
            continue
        for value in values_of(name):
            if measure.part_of in raw and value > raw[measure.part_of]:
                continue  # no part exceeds its whole
            for rule, row in asked({**raw, name: value}).items():
                if rule in rows and rows[rule].triggered is False:
                    assert row.triggered is not True, (rule, name, value, rows[rule].why)


@settings(max_examples=60)
@given(activities())
def test_a_zone_a_date_or_an_hour_that_is_missing_never_becomes_a_no(raw):
    rows = asked(raw)
    filled = [{**raw, "zone": zone} for zone in WORDS.zones if "zone" not in raw and _may_be_in(raw, zone)]
    if "start" in raw and "end" not in raw and "duration_hours" not in raw:
        filled += [{**raw, "end": raw["start"] + timedelta(days=days)} for days in (0, 3, 30, 200, 364)]
    for one in filled:
        for rule, row in asked(one).items():
            if rule in rows and rows[rule].triggered is False:
                assert row.triggered is not True, (rule, one, rows[rule].why)


def _may_be_in(raw, zone):
    """Whether the states of an activity could be in a zone at all: a host in Poland is not on the Line of Control."""
    who = raw.get("host") or raw.get("parties") or []
    for entry in (WORDS.zones[one] for one in all_within(zone)):
        if entry.touches and not set(who) & set(entry.touches):
            return False
        on_land = raw.get("host") and not WORDS.activities[raw["type"]].at_sea
        if entry.whole and on_land and not set(who) & {*entry.whole, *entry.unsure}:
            return False
    return True


@given(activities())
def test_a_duty_is_lost_to_more_knowledge_only_by_an_exemption(raw):
    rows = asked(raw)
    for value in (True, False):
        for rule, row in asked({**raw, "no_notice": value} if "no_notice" not in raw else raw).items():
            if rule in rows and rows[rule].triggered is True and row.triggered is False:
                assert any(one.claimed_by == "no_notice" for one in RULES[rule].rule.exempt), rule


@given(activities(), st.dates(date(1990, 1, 1), date(2030, 1, 1)))
def test_every_row_says_why_and_can_be_written(raw, as_of):
    for row in asked(raw, as_of=as_of).values():
        written = row.to_dict()
        assert json.loads(json.dumps(written)) == written
        assert written["triggered"] in (True, False, "cannot_tell")
        assert row.why
        assert row.shown_as
        assert (
            row.triggered is not None
            or row.missing
            or "not found" in row.why
            or "judge" in row.why
            or ("cannot be compared" in row.why or "may be" in row.why or " to " in row.why)
        ), row
        assert row.days_left is None or row.is_late is (row.days_left < 0)


@given(activities())
def test_nothing_stopped_is_ever_binding(raw):
    for row in asked(raw).values():
        if row.is_stopped:
            assert (row.binding, row.is_binding) == ("none", False)
            assert row.triggered is False or "would" in row.shown_as
        if row.is_reading_aid and row.triggered:
            assert "from memory" in row.shown_as or row.held.binding == "voluntary" or row.is_stopped
        if row.ver.startswith("K"):
            assert row.is_reading_aid
            assert not row.is_binding


@given(activities(), st.integers(-11, 14), st.integers(0, 23))
def test_the_same_hour_in_another_time_zone_is_the_same_on_the_same_day(raw, offset, hour):
    assume("start" in raw and "end" not in raw)
    start = raw["start"]
    utc = datetime(start.year, start.month, start.day, hour, tzinfo=UTC)
    local = utc.astimezone(timezone(timedelta(hours=offset)))
    told = [asked({**raw, "start": clock.isoformat()}) for clock in (utc, local)]
    if utc.date() == local.date():
        assert told[0] == told[1]
    for rule in told[0].keys() & told[1].keys():
        deadline = RULES[rule].rule.deadline
        if deadline is not None and deadline.unit in ("hour", "day") and not deadline.cases:
            assert told[0][rule].due == told[1][rule].due or None in (told[0][rule].due, told[1][rule].due)


@given(st.lists(activities(), min_size=2, max_size=4))
def test_alone_or_in_a_list_only_counts_and_flags_differ(raws):
    together = check([Activity.from_dict(raw) for raw in raws])
    for raw, checked in zip(raws, together, strict=True):
        alone = asked(raw)
        assert alone.keys() == checked.by_rule.keys()
        for rule, row in checked.by_rule.items():
            assert (row.triggered, row.due) == (alone[rule].triggered, alone[rule].due)


@given(st.dates(date(1996, 1, 1), date(2035, 1, 1)), st.integers(-36, 36))
def test_months_land_in_the_month_they_name(day, months):
    found = months_from(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (found.day < day.day and (found + timedelta(days=1)).day == 1)


def test_the_states_drawn_take_part_in_most_regimes():
    unreached = {
        held.file for held in RULES.values() if not any(held.is_party(state, None) is not False for state in STATES)
    }
    assert unreached <= {"dayton_article_iv_1996", "asean_measures"}
