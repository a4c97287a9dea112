"""The network room: many parties fold to pairs as the rule says, texts stand as their dates say, pictures stay put."""

from __future__ import annotations

import math
from collections import defaultdict
from datetime import date
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brief_samples import MemoryStore, agreement, engagement, incident, together
from comity.network import INCIDENT, LAYERS, STANDING, WATCHING, Tie, layer_of_instrument, layout, ties
from comity.vocab.words import words

STATES = ("FIN", "IRL", "ISL", "MLT", "NZL")
YEARS = (2011, 2014)

roles = st.sampled_from(("participant", "host", "observer"))
parties = st.dictionaries(st.sampled_from(STATES), roles, max_size=4)
acts = st.tuples(
    st.integers(2010, 2015),
    parties,
    st.sampled_from(("exercise", "training", "visit", "dialogue", "agreement")),
    st.sampled_from(("register", "tally")),
    st.sampled_from(("completed", "planned", "cancelled")),
)


TABLES = ("agreement", "agreement_party", "engagement", "engagement_party", "incident", "incident_party")


def _memory(rows):
    return MemoryStore(rows, names=TABLES)


def _store(drawn):
    given_rows = [
        engagement(
            f"act {number}",
            date(year, 3, 1),
            tuple(f"{code}:{role}" for code, role in sorted(held.items())),
            instrument=instrument,
            source=source,
            status=status,
        )
        for number, (year, held, instrument, source, status) in enumerate(drawn)
    ]
    return _memory(together(*given_rows))


def _by_hand(drawn):
    """The rule once more, as plainly as it can be written: every pair, every year, the source that lists most."""
    counts = defaultdict(int)
    for year, held, instrument, source, status in drawn:
        layer = layer_of_instrument(instrument)
        if status != "completed" or layer is None or not YEARS[0] <= year <= YEARS[1]:
            continue
        if instrument == "training" and source != "register":
            continue  # courses that a published source lists one by one are no ties
        there = sorted(code for code, role in held.items() if role not in WATCHING)
        for pair in combinations(there, 2):
            counts[pair, layer, year, source] += 1
    places = {(pair, layer) for pair, layer, _, _ in counts}
    return {
        (pair, layer): sum(
            max(counts.get((pair, layer, year, source), 0) for source in ("register", "tally"))
            for year in range(YEARS[0], YEARS[1] + 1)
        )
        for pair, layer in places
    }


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(acts, max_size=12))
def test_folding_equals_counting_by_hand(drawn):
    found = ties(_store(drawn), STATES, YEARS)
    assert {((tie.state_a, tie.state_b), tie.layer): tie.weight for tie in found} == _by_hand(drawn)
    assert all(tie.state_a < tie.state_b and tie.weight > 0 and tie.sources for tie in found)
    assert list(found) == sorted(found)


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(acts, max_size=8), st.sets(st.sampled_from(STATES)))
def test_fewer_states_leave_the_ties_of_the_others_as_they_were(drawn, chosen):
    every = ties(_store(drawn), STATES, YEARS)
    some = ties(_store(drawn), tuple(chosen), YEARS)
    assert some == tuple(tie for tie in every if {tie.state_a, tie.state_b} <= chosen)


def test_an_incident_ties_actor_and_affected_only():
    # Two victims of one act, and those who were merely there, are not set against each other by it.
    rows = incident("an act", date(2012, 1, 1), ("FIN:actor", "IRL:affected", "ISL:affected", "MLT:present"))
    assert ties(_memory(rows), STATES, YEARS) == (
        Tie("FIN", "IRL", INCIDENT, 1, ("register",)),
        Tie("FIN", "ISL", INCIDENT, 1, ("register",)),
    )


def test_an_alliance_needs_a_duty_to_fight():
    rows = together(
        agreement("a", ("FIN", "IRL"), agreement_kind="alliance", obligations=["defense"]),
        agreement("b", ("IRL", "ISL"), agreement_kind="alliance", obligations=["nonaggression"]),
        agreement("c", ("ISL", "MLT"), agreement_kind="information_security"),
    )
    found = {(tie.state_a, tie.state_b): tie.layer for tie in ties(_memory(rows), STATES, YEARS)}
    assert found == {("FIN", "IRL"): "alliance", ("IRL", "ISL"): "agreement", ("ISL", "MLT"): "information_sharing"}


def test_a_party_that_left_is_not_tied_any_more():
    rows = agreement("pact", ("FIN", "IRL", "ISL"))
    rows["agreement_party"][2] |= {"end_date": date(2012, 6, 1), "end_precision": "day"}
    assert len(ties(_memory(rows), STATES, (2011, 2011))) == 3
    assert [(tie.state_a, tie.state_b) for tie in ties(_memory(rows), STATES, (2011, 2013))] == [("FIN", "IRL")]


def test_every_instrument_has_a_layer_or_is_counted_as_a_text():
    layers = {word: layer_of_instrument(word) for word in words("instruments")}
    assert {word for word, layer in layers.items() if layer is None} == {"agreement"}
    assert set(layers.values()) - {None} < set(LAYERS)


D2010, D2015, D2020 = (date(year, 1, 1) for year in (2010, 2015, 2020))


@pytest.mark.parametrize(
    ("fields", "standing"),
    [
        ({"start_date": D2010, "status": "in_force"}, "in_force"),
        ({"start_date": D2020, "signed_date": D2020, "status": "in_force"}, "not_yet"),
        ({"start_date": D2020, "signed_date": D2010, "status": "in_force"}, "signed"),
        ({"signed_date": D2010, "status": "signed"}, "signed"),
        ({"start_date": D2010, "end_date": D2010, "status": "terminated"}, "ended"),
        # It ended later: on the day it was in force, whatever its status says now.
        ({"start_date": D2010, "end_date": D2020, "status": "superseded"}, "in_force"),
        # It ended on a day nobody knows: before the last check that is unknown, after it it is over.
        ({"start_date": D2010, "status": "terminated", "known_until": D2020}, "unknown"),
        ({"start_date": D2010, "status": "terminated", "known_until": D2010}, "ended"),
        ({"start_date": D2010, "status": "voluntary"}, "voluntary"),
        ({"start_date": D2010, "status": "suspended", "known_until": D2010}, "suspended"),
        ({"start_date": D2010, "status": "suspended", "known_until": D2020}, "unknown"),
        ({"status": "in_force", "known_until": D2020}, "unknown"),
        ({"status": "in_force", "known_until": D2010}, "in_force"),
    ],
)
def test_where_a_text_stands(fields, standing):
    base = {"start_date": None, "start_precision": None, "known_until": D2010}
    store = _memory(agreement("pact", ("FIN", "IRL"), **(base | fields)))
    sql = f"SELECT {STANDING} AS standing FROM core.agreement AS agreement"
    assert store.ask(sql, {"on": D2015}).to_pylist() == [{"standing": standing}]


weights = st.dictionaries(
    st.sampled_from(list(combinations(STATES, 2))), st.integers(1, 9), max_size=len(STATES) * 2
).map(lambda held: [Tie(*pair, "exercise", weight, ("register",)) for pair, weight in held.items()])


@given(weights, st.randoms())
def test_every_state_has_one_place_of_its_own_whatever_the_order_of_ties(held, random):
    blocs = [STATES[:3], STATES[3:]]
    places = layout(held, blocs)
    shuffled = held.copy()
    random.shuffle(shuffled)
    assert layout(shuffled, blocs) == places
    assert set(places) == set(STATES)
    assert len(set(places.values())) == len(STATES)
    assert all(math.isclose(math.hypot(*place), 1, abs_tol=1e-5) for place in places.values())


def test_the_center_stands_inside_the_circle_from_left_to_right():
    places = layout([], [["FIN", "IRL", "ISL"]], center=["MLT", "NZL"])
    (x1, y1), (x2, y2) = places["MLT"], places["NZL"]
    assert x1 < 0 < x2
    assert y1 == pytest.approx(y2, abs=1e-6)
    assert math.hypot(x1, y1) < 0.6


def test_in_a_bloc_those_who_share_most_stand_side_by_side():
    held = [Tie("FIN", "NZL", "exercise", 9, ("register",))]
    assert list(layout(held, [STATES]))[:2] == ["FIN", "NZL"]
