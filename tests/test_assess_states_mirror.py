"""On the published lists: indices of states foretell what they were said to, and known cases are as they were."""

from __future__ import annotations

import numpy as np
import pytest

from comity.assess.organisations import assess_organisation
from comity.assess.state_validity import check_states, state_headlines_that_fail
from comity.assess.state_view import view_of_world
from comity.assess.states import assess_state, indices_of
from comity.assess.world import world
from comity.store import open_store, writing
from source_mirror import loaded, register

pytestmark = pytest.mark.mirror
SOURCES = (
    *("atop", "cow_mid", "cow_states", "cow_war", "dcad", "geo_pko", "gml_mid", "icb", "mme", "nmc", "peace_scale"),
    *("sipri_arms", "sipri_milex", "ucdp_acd", "un_ideal_points"),
)


@pytest.fixture(scope="module")
def store(mirror, tmp_path_factory):
    place = tmp_path_factory.mktemp("states") / "store"
    with writing(place) as load:
        load.replace(register())
        for name in SOURCES:
            load.replace(loaded(name))
    with open_store(place) as opened:
        yield opened


@pytest.fixture(scope="module")
def tested(store):
    return {each.foretold.index: each for each in check_states(store)}


def test_every_headline_foretells_what_was_said_in_advance(tested):
    assert state_headlines_that_fail(list(tested.values())) == []
    assert len(tested) == 7


# The areas of the page on states, and of mere size beside them: two do no better than size, and the page says so.
@pytest.mark.parametrize(
    ("index", "area", "size"),
    [
        ("contribution", 0.787, 0.503),
        ("dependence", 0.619, 0.663),
        ("diversity", 0.681, 0.632),
        ("exposure", 0.827, 0.780),
        ("position", 0.682, 0.620),
        ("reach", 0.777, 0.794),
        ("transparency", 0.715, 0.630),
    ],
)
def test_the_page_tells_the_areas(tested, index, area, size):
    assert tested[index].found.area == pytest.approx(area, abs=0.012)
    assert tested[index].by_size.area == pytest.approx(size, abs=0.012)


def test_vietnam_bought_nearly_all_from_one_supplier(store):
    said = assess_state(store, "VNM", 2018).to_dict()
    dependence = next(each for each in said["headlines"] if each["name"] == "dependence")
    largest = dependence["parts"][0]
    # Russia delivered more than four fifths of Viet Nam's major arms from 2009 to 2018 (SIPRI).
    assert largest["name"] == "arms_largest_share"
    assert 0.8 < largest["value"] < 0.9


def test_the_united_states_stand_first_among_alliances_of_2018(store):
    view = view_of_world(store, 2018)
    position = next(index for kind, index in indices_of(view) if kind.name == "position")
    assert view.subjects[int(np.nanargmax(position.score))] == ("USA",)


def test_what_was_never_counted_is_unknown(store):
    said = assess_state(store, "FRA", 1900).to_dict()
    unknown = {each["name"] for each in said["headlines"] if each["score"] is None}
    assert {"contribution", "dependence", "transparency"} <= unknown


def test_allies_are_all_tied_and_members_of_the_csto_had_disputes(store):
    nato = assess_organisation(store, "NATO", 2010).to_dict()
    assert len(nato["members"]) == 28
    inside = {each["name"]: each for each in nato["measures"]["ties_inside"]}
    assert inside["alliance"]["value"] == 1.0
    spread = nato["measures"]["cohesion"][1]
    assert spread["name"] == "ideal_point_spread_to_world"
    assert spread["value"] < 0.6
    csto = assess_organisation(store, "CSTO", 2010).to_dict()
    assert csto["measures"]["conflict_inside"][0]["value"] > 0


def test_the_world_has_its_wars_where_history_has_them(store):
    told = world(store, (1900, 2018))
    deadly = told.of("has_fatal_dispute_rate")
    peaks = deadly.years[np.argsort(-np.nan_to_num(deadly.values))[:8]]
    assert all(1914 <= year <= 1918 or 1939 <= year <= 1945 for year in peaks)
    assert deadly.horizon == 2010
    assert told.of("has_alliance_share").horizon == 2018
    assert told.of("arms_delivery_count_share").values[-1] > 0
