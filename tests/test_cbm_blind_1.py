"""What a stranger's activities showed: exemptions of landings and transfers, words people use, names of their day."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.cbm import Activity, check, load_regimes
from comity.errors import ComityError

SNAP = {"host": "NOR", "zone": "osce_csbm", "start": "2027-03-05T10:00Z", "no_notice": True}


def asked(**raw):
    return check([Activity.from_dict(raw)])[0].by_rule


@pytest.mark.parametrize(
    ("raw", "rule"),
    [
        ({"type": "airborne_drop", "airborne_troops": 3000}, "vd11.v.40_2.landing"),
        ({"type": "amphibious_landing", "amphib_troops": 3000}, "vd11.v.40_2.landing"),
        ({"type": "transfer_into_zone", "troops": 9000}, "vd11.v.40_3.transfer"),
        ({"type": "concentration", "troops": 9000}, "vd11.v.40_3.transfer"),
        ({"type": "field_exercise", "troops": 9000}, "vd11.v.40_1.exercise"),
    ],
)
@pytest.mark.parametrize("no_notice", [True, False, None])
def test_what_the_troops_were_not_told_of_is_notified_as_it_begins_and_not_42_days_ahead(raw, rule, no_notice):
    rows = asked(**{**SNAP, **raw, "no_notice": no_notice})
    snap = rows["vd11.v.41.no_notice"]
    assert rows[rule].triggered is (not no_notice)
    assert snap.triggered is no_notice
    if no_notice:
        assert rows[rule].why == "no-notice to the troops: see vd11.v.41"
        assert snap.to_dict()["due"] == "2027-03-05T10:00Z"


@given(st.integers(0, 20000))
def test_an_exercise_above_the_line_is_never_the_one_told_of_below_it(troops):
    raw = {"type": "field_exercise", "host": "LVA", "zone": "osce_csbm", "start": "2027-09-01", "troops": troops}
    row = asked(**raw, notifiable_activities_this_year=0)["vd11.plus.sub_threshold"]
    assert row.triggered is (troops < 9000)


@pytest.mark.parametrize("word", ["submarine", "Submarines", "aircraft_carrier", "aircraft carrier", "carrier"])
def test_a_ship_that_may_not_pass_may_be_named_by_its_category(word):
    row = asked(type="straits_transit", flag="FRA", passage="2027-03-10", category=word)["montreux.non_littoral"]
    assert (row.triggered, list(row.violations)) == (True, ["ship_type"])


def test_the_category_of_a_transfer_is_that_of_the_register():
    given = {"type": "arms_transfer", "parties": ["BRA"], "incorporated": "2027-01-15"}
    for word in ("submarine", "aircraft carrier", "frigate", "Main battle tanks", "fighters"):
        assert asked(**given, category=word)["citaac.acquisition"].to_dict()["due"] == "2027-04-15"
    with pytest.raises(ComityError, match="'boat' is no category"):
        asked(**given, category="boat")


def test_a_kind_of_ship_that_is_stated_is_not_overruled_by_a_category():
    raw = {
        "type": "straits_transit",
        "flag": "FRA",
        "passage": "2027-03-10",
        "ship_type": "other",
        "category": "warships",
    }
    assert asked(**raw)["montreux.non_littoral"].violations == ()


@pytest.mark.parametrize("name", ["USSR", "SUN", ["USSR"], "RUS"])
def test_a_state_may_be_named_as_its_day_named_it(name):
    raw = {"type": "field_exercise", "zone": "csce_europe", "start": "1988-06-01", "troops": 20000}
    row = asked(**raw, host=name)["stockholm1986.notify"]
    assert (row.triggered, tuple(row.obliged), row.to_dict()["due"]) == (True, ("RUS",), "1988-04-20")


def test_a_name_of_another_day_is_refused():
    with pytest.raises(ComityError, match="'USSR' names no state today"):
        asked(type="field_exercise", host="USSR", start="2027-06-01", troops=20000)
    with pytest.raises(ComityError, match="'USSR' names no state today"):
        asked(type="field_exercise", host="USSR", troops=20000)


@pytest.mark.parametrize("word", ["division", "Division", "army group", "Army-Group"])
def test_a_level_may_be_written_as_people_write_it(word):
    raw = {"type": "field_exercise", "host": "POL", "zone": "osce_csbm", "start": "2027-05-03", "tanks": 250}
    assert asked(**raw, formation_level=word)["vd11.v.40_1.exercise"].triggered is True


def test_the_inventory_of_the_american_states_is_asked_for_and_the_notice_of_an_exercise_is_a_courtesy():
    held = load_regimes().rules
    status = {
        rule: held[rule].standings[-1].status for rule in ("oas.csbm.annual_inventory", "oas.csbm.advance_notice")
    }
    assert status == {"oas.csbm.annual_inventory": "in_force", "oas.csbm.advance_notice": "voluntary_practice"}


def six_a_year(*sizes):
    raw = {"type": "field_exercise", "host": "POL", "zone": "osce_csbm"}
    given = [Activity.from_dict({**raw, "start": f"2027-{at:02d}-05", **size}) for at, size in enumerate(sizes, 1)]
    return [checked.by_rule["vd11.viii.67_2.six_per_year"] for checked in check(given)]


NONE_COUNTED = {"tanks": 0, "acv": 0, "artillery_100mm": 0}


def test_exercises_that_may_be_of_the_larger_size_are_not_taken_as_smaller():
    rows = six_a_year(*[{"troops": 24000}] * 4)
    asks = "whether more than 3 are of the larger cannot be told: 4 are or may be"
    assert [asks in row.notes for row in rows] == [False, False, False, True]
    assert [row.violations for row in rows] == [()] * 4


def test_nothing_is_left_open_where_every_size_is_known():
    small, large = {"troops": 24000, **NONE_COUNTED}, {"troops": 25001}
    for sizes in ([small] * 4, [large] * 3 + [small]):
        assert [note for row in six_a_year(*sizes) for note in row.notes if "larger" in note] == []
    last = six_a_year(*[large] * 4)[-1]
    assert last.violations == ("more than 3 of the larger a calendar year",)
    assert [note for note in last.notes if "larger" in note] == []
