"""Changes between two networks: what is unknown is not compared, and the most tied states come first."""

from __future__ import annotations

import json
from itertools import combinations

import numpy as np
from hypothesis import given

from comity.network import Layer, Network
from comity.network.changes import changes
from network_samples import NAMES, matrix, networks

NAN = float("nan")


def at(year, states, **layers):
    return Network((year, year), tuple(states), {name: Layer(name, made) for name, made in layers.items()})


@given(networks(), networks())
def test_what_is_known_at_both_times_is_compared(before, after):
    told = changes(before, after)
    both = [state for state in before.states if state in after.states]
    assert set(told.joined) == set(after.states) - set(before.states)
    assert set(told.left) == set(before.states) - set(after.states)
    for change in told.layers:
        made, lost, known, unknown = set(), set(), 0, 0
        for one, other in combinations(both, 2):
            was = before.layers[change.layer].weights[before.number(one), before.number(other)]
            now = after.layers[change.layer].weights[after.number(one), after.number(other)]
            known += not np.isnan(was) and not np.isnan(now)
            unknown += np.isnan(was) != np.isnan(now)
            if was == 0 and now > 0:
                made.add((one, other))
            if was > 0 and now == 0:
                lost.add((one, other))
        assert (set(change.made), set(change.lost)) == (made, lost)
        assert (change.known_pair_count, change.unknown_pair_count) == (known, unknown)
        assert change.tie_counts[1] - change.tie_counts[0] == len(made) - len(lost)
        rose = {state: sum(state in pair for pair in made) - sum(state in pair for pair in lost) for state in both}
        assert dict(change.degree_changes) == {state: by for state, by in rose.items() if by}
        sizes = [abs(by) for _, by in change.degree_changes]
        assert sizes == sorted(sizes, reverse=True)
    assert json.loads(json.dumps(told.to_dict()))["sentences"] == told.sentences()


@given(networks())
def test_nothing_changes_from_a_network_to_itself(network):
    told = changes(network, network)
    assert (told.joined, told.left) == ((), ())
    assert all(not change.made and not change.lost and not change.degree_changes for change in told.layers)
    assert all(not change.unknown_pair_count for change in told.layers)


def test_the_ties_of_the_most_tied_states_are_named_first():
    before = matrix(7, [(6, 2), (6, 3), (6, 4)])
    after = matrix(7, [(0, 1), (6, 2), (6, 3), (6, 4), (6, 5), (5, 0)])
    (change,) = changes(at(2000, NAMES[:7], visit=before), at(2010, NAMES[:7], visit=after)).layers
    assert NAMES[6] == "GBR"
    assert change.made == (("FRA", "GBR"), ("AUS", "FRA"), ("AUS", "BRA"))
    assert change.degree_changes == (("AUS", 2), ("FRA", 2), ("GBR", 1), ("BRA", 1))


def test_changes_in_words():
    before = at(2000, NAMES[:4], visit=matrix(4, [(0, 1), (0, 2)]), arms=np.full((4, 4), NAN))
    after = at(2010, NAMES[1:5], visit=matrix(4, [(0, 1), (1, 2), (0, 3)]), arms=np.full((4, 4), NAN))
    assert changes(before, after).sentences() == [
        "Between 2000 and 2010:",
        "EGY came into the state system.",
        "AUS left the state system.",
        "visit: 0 ties became 2 among 3 pairs known at both times; 2 made, 0 lost.",
        "  made: BRA-CAN, CAN-DNK.",
        "  more ties: CAN +2, BRA +1, DNK +1.",
        "arms: of no pair is it known at both times whether they were tied.",
    ]


def test_what_was_lost_and_what_is_unknown_is_said_too():
    unknown = matrix(4, [(0, 1), (2, 3, NAN)])
    window = Network((1990, 1995), NAMES[:4], {"peacekeeping": Layer("peacekeeping", matrix(4, [(0, 1), (0, 2)]))})
    told = changes(window, at(2000, NAMES[:4], peacekeeping=unknown))
    assert told.sentences() == [
        "Between 1990-1995 and 2000:",
        "peacekeeping: 2 ties became 1 among 5 pairs known at both times; 0 made, 1 lost.",
        "  lost: AUS-CAN.",
        "  fewer ties: AUS -1, CAN -1.",
        "  1 pair is known at one time only and not compared.",
    ]


def test_many_are_named_by_the_first_few():
    full = np.ones((10, 10)) - np.eye(10)
    said = changes(at(2000, NAMES, visit=np.zeros((10, 10))), at(2010, NAMES, visit=full)).sentences()
    assert said[2] == "  made: AUS-BRA, AUS-CAN, AUS-DNK, AUS-EGY, AUS-FRA and 40 more."


def test_only_layers_of_both_are_compared():
    none = np.zeros((2, 2))
    told = changes(at(2000, NAMES[:2], visit=none, arms=none), at(2010, NAMES[:2], arms=none, dispute=none))
    assert [change.layer for change in told.layers] == ["arms"]
