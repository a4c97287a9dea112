"""Where an activity is, whose it is and what it is linked to: the edges that the vectors do not draw."""

from __future__ import annotations

import pytest

from cbm_samples import WORDS, asked
from comity.cbm import Activity, check, yearly_duties
from comity.cbm.zoning import all_within, inside

OBSERVE = "vd11.vi.observation"


@pytest.mark.parametrize(
    ("given", "zone", "answer"),
    [
        ("black_sea", "aegean", False),  # two named seas are apart, though both touch the high seas
        ("aegean", "high_seas", True),
        ("high_seas", "aegean", None),
        ("turkish_straits", "osce_csbm", True),
        ("scs", "high_seas", None),
        ("outside_at_sea", "aegean", False),
        ("osce_csbm", "csce_europe", True),
        ("lac_ind_chn", "loc_ind_pak", False),
    ],
)
def test_one_zone_tells_of_another(given, zone, answer):
    assert inside(Activity.from_dict({"type": "naval_exercise", "parties": ["FRA"], "zone": given}), zone) is answer


def test_every_zone_is_inside_itself_and_outside_its_outside():
    for zone in WORDS.zones:
        assert zone in all_within(zone)
        for said, answer in ((zone, True), (f"outside_{zone}", False)):
            assert inside(Activity.from_dict({"type": "naval_exercise", "zone": said}), zone) is answer


@pytest.mark.parametrize(
    ("zone", "triggered"),
    [
        (None, True),
        ("ib_ind_pak", True),
        ("outside_ib_ind_pak", None),
        ("lac_ind_chn", False),
        ("outside_loc_ind_pak", None),
    ],
)
def test_a_distance_without_a_zone_is_from_the_line_of_the_rule(zone, triggered):
    raw = {"type": "field_exercise", "host": "PAK", "formation_level": "division", "distance_km": 3, "zone": zone}
    assert asked(raw)["ind_pak.1991.no_exercise_5km"].triggered is triggered


def test_a_rule_that_refers_to_another_and_has_no_zone_takes_its_zone():
    raw = {"type": "field_exercise", "host": "IND", "formation_level": "division", "towards_other_side": True}
    found = {zone: asked({**raw, "zone": zone})["ind_pak.1991.direction"] for zone in ("loc_ind_pak", "lac_ind_chn")}
    assert [row.triggered for row in found.values()] == [True, False]


def test_the_ships_of_one_state_fly_its_flag():
    passage = {"type": "straits_transit", "passage": "2027-06-01", "tons": 3000}
    assert asked({**passage, "host": "USA"})["montreux.non_littoral"].triggered is True
    assert asked({**passage, "parties": ["ROU"]})["montreux.littoral"].triggered is True
    assert asked({**passage, "parties": ["USA", "ROU"]})["montreux.littoral"].missing[0] == "flag"


def test_a_standing_of_some_states_is_theirs_alone():
    told = {}
    for state in ("POL", "RUS"):
        (told[state],) = (row for row in yearly_duties(state, 2027) if row.rule == "vd11.i.aemi")
    assert (told["POL"].status, told["RUS"].status) == ("partly_suspended", "suspended")
    assert told["RUS"].shown_as.startswith("would ")
    assert not told["RUS"].is_binding


@pytest.mark.parametrize(("start", "flag"), [("2027-06-10", "linked_sum"), ("2027-06-11", None)])
def test_exercises_that_follow_each_other_at_once_are_linked(start, flag):
    half = {"type": "field_exercise", "host": "POL", "troops": 7000, "tanks": 0, "acv": 0, "artillery_100mm": 0}
    first = {**half, "start": "2027-06-01", "end": "2027-06-09"}
    rows = check([Activity.from_dict(raw) for raw in (first, {**half, "start": start, "end": "2027-06-20"})])
    assert [one.by_rule[OBSERVE].flag for one in rows] == [flag, flag]
