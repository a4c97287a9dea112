"""How engagement becomes pact, what foreshadows what, and what is expected, on the publishers' real files."""

from __future__ import annotations

import numpy as np
import pytest

from comity.assess.expected import expected
from comity.assess.expected_score import CONSTANT, LAST, OWN, expected_score
from comity.network.becoming import BASE, WITHOUT, becoming
from comity.network.foreshadow import foreshadow
from comity.store import open_store, writing
from pace import spent
from source_mirror import loaded, register

pytestmark = [pytest.mark.mirror, pytest.mark.slow]
SOURCES = (
    *("atop", "contiguity", "cow_igo", "cow_states", "dcad", "gml_mid", "gw_states", "jme", "mme", "nmc", "regime"),
    *("sipri_arms", "un_ideal_points", "us_leader_travel"),
)
SECONDS = 20  # of processor time for all studies, where nothing else runs less than half of it


@pytest.fixture(scope="module")
def store(mirror, tmp_path_factory):
    """All that the studies read."""
    place = tmp_path_factory.mktemp("studies") / "store"
    with writing(place) as load:
        load.replace(register())
        for name in SOURCES:
            load.replace(loaded(name))
    with open_store(place) as opened:
        yield opened


@pytest.fixture(scope="module")
def studies(store):
    """The studies, and how long all took."""
    with spent() as taken:
        made = {target: becoming(store, target) for target in ("pact", "agreement")}
        made["foreshadow"] = foreshadow(store)
    return made, taken


def test_all_studies_are_done_in_time(studies):
    studies[1].assert_at_most(SECONDS)


def test_first_pacts_come_in_treaties_of_many(studies):
    """Since 1981 a first defense pact of two states alone is rare: ATOP lists 13 pairs whose terms are all known."""
    pact = studies[0]["pact"]
    assert (pact.fitted.years, pact.scored.years) == ((1981, 2000), (2001, 2011))
    assert (pact.fitted.bilateral, pact.scored.bilateral) == (13, 0)
    assert (pact.fitted.events, pact.scored.events) == (303, 497)
    assert pact.scored.events_by_year[2003] == 197


def test_what_engagement_adds_is_as_the_page_says(studies):
    """As `docs/why/engagement-becomes-pact.md` has it: something for pacts, not over years; nothing for agreements."""
    pact, agreement = (studies[0][name] for name in ("pact", "agreement"))
    assert pact.gain[WITHOUT].low > 0 > pact.gain_over_years[WITHOUT].low
    assert agreement.gain[WITHOUT].low < 0 < agreement.gain[WITHOUT].high
    assert min(pact.gain[BASE].low, agreement.gain[BASE].low) > 0
    assert agreement.effect("shared partners").odds_ratio.low > 1.5


def test_what_foretold_pacts_early_misled_later(studies):
    table = studies[0]["foreshadow"]
    assert table.of("defense", "all").area_under_curve.high < 0.5
    assert table.of("consultation", "all").area_under_curve.low > 0.9
    assert table.of("agreement", "alone", "exercise").area_under_curve.low > 0.55
    assert len(table.table()) == 42


def test_japan_and_the_united_states_in_2010(store):
    found = expected(store, "exercise", (1981, 2010))
    [one] = [each for each in found.of(("USA", "JPN")) if each.year == 2010]
    assert one.observed == 10  # as in the test of panels
    assert one.low <= one.observed <= one.high
    assert one.is_corrected
    assert not one.is_listed
    # The lists name exercises of the two in 1981 to 1983 and none after, and no list began or ended in those years.
    [silence] = [each for each in found.silences("EGY", 50) if "SDN" in (each.state_a, each.state_b)]
    assert silence.since == 1984


def test_no_silence_begins_where_a_list_ends(store):
    """Exercises of all pairs are listed to 2010: nobody fell silent in 2011, and later years cannot be compared."""
    found = expected(store, "exercise", (1995, 2015))
    assert found.latest() == 2010
    assert all(each.until == 2010 and each.since <= 2010 for each in found.silences(n=1000))
    assert found.rows.unknown > 90_000


@pytest.mark.parametrize(
    ("instrument", "years", "until"), [("exercise", (1981, 2010), 2004), ("arms", (1980, 2020), 2012)]
)
def test_expectations_are_better_than_none_in_years_never_seen(store, instrument, years, until):
    found = expected_score(store, instrument, years, until)
    assert found.deviance[OWN].high < found.deviance[LAST].low < found.deviance[CONSTANT].value
    for coverage in found.coverage:
        assert coverage.held.value == pytest.approx(coverage.promised, abs=0.01)
        assert coverage.large_held.value == pytest.approx(coverage.large_promised, abs=0.02)


def test_the_order_of_a_pair_is_nothing(store):
    found = expected(store, "agreement", (1995, 2010))
    assert found.of(("TUR", "PAK")) == found.of(("PAK", "TUR"))
    assert np.isfinite(found.mean).all()
