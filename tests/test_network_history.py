"""Blocs over time: every year is a division, and planted births, ends, merges and splits are told."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.network import Layer, Network, bloc_history
from comity.network.history import Bloc, Turn, renumbered

NAMES = tuple("ABCDEFGHIJKL")


def year_of(year, *blocs, without=()):
    """A network in which each text is a bloc of states, all tied to each other."""
    states = tuple(name for name in NAMES if name not in without)
    weights = np.zeros((len(states), len(states)))
    for bloc in blocs:
        rows = [states.index(name) for name in bloc]
        weights[np.ix_(rows, rows)] = 1.0
    np.fill_diagonal(weights, 0.0)
    return Network((year, year), states, {"alliance": Layer("alliance", weights)})


def told(*years):
    return bloc_history(year_of(2000 + number, *blocs) for number, blocs in enumerate(years))


def happened(history):
    return [
        (turn.year, turn.happened, turn.line, turn.other, "".join(turn.members))
        for turn in history.turns
        if turn.year > 2000
    ]


divisions = st.lists(st.integers(-1, 3), min_size=12, max_size=12).map(
    lambda named: [
        bloc
        for number in range(4)
        if len(bloc := "".join(name for name, own in zip(NAMES, named, strict=True) if own == number)) > 1
    ]
)


@settings(max_examples=50)
@given(st.lists(divisions, min_size=1, max_size=5))
def test_a_history_divides_every_year_and_tells_every_change(years):
    history = told(*years)
    before: set[int] = set()
    seen: set[int] = set()
    for number, blocs in enumerate(years):
        year = 2000 + number
        held = [bloc for bloc in history.blocs if bloc.year == year]
        assert sorted("".join(bloc.members) for bloc in held) == sorted(blocs)
        now = {bloc.line for bloc in held}
        assert len(now) == len(held)
        turns = [turn for turn in history.turns if turn.year == year]
        begun = {turn.line for turn in turns if turn.happened in ("born", "split")}
        over = {turn.line for turn in turns if turn.happened in ("ended", "merged")}
        # A line that began was never there, one that is over does not come back, and no other comes or goes.
        assert (begun, over) == (now - before, before - now)
        assert not begun & seen
        assert all(turn.other in before for turn in turns if turn.happened == "split")
        assert all(turn.other in now for turn in turns if turn.happened == "merged")
        assert all(turn.other is None for turn in turns if turn.happened in ("born", "ended"))
        seen |= now
        before = now


@settings(max_examples=50)
@given(st.lists(divisions, min_size=1, max_size=5))
def test_new_numbers_keep_everything_else(years):
    history = told(*years)
    again = renumbered(history)
    number = {old.line: new.line for old, new in zip(history.blocs, again.blocs, strict=True)}
    assert sorted(number.values()) == list(range(len(number)))
    assert again.blocs == tuple(Bloc(number[bloc.line], bloc.year, bloc.members) for bloc in history.blocs)
    assert again.turns == tuple(
        Turn(turn.year, turn.happened, number[turn.line], number.get(turn.other), turn.members)
        for turn in history.turns
    )
    assert again.divisions == history.divisions
    lasts = [sum(bloc.line == line for bloc in again.blocs) for line in sorted(number.values())]
    assert lasts == sorted(lasts, reverse=True)


def test_the_first_year_gives_birth_to_all():
    assert [(turn.happened, turn.line) for turn in told(["ABCDE", "FGH"]).turns] == [("born", 0), ("born", 1)]


def test_nothing_happens_to_blocs_that_stay_or_change_a_little():
    history = told(["ABCDE", "FGHI"], ["ABCDE", "FGHI"], ["ABCDJ", "FGHIK"])
    assert happened(history) == []
    assert [bloc.line for bloc in history.blocs] == [0, 1] * 3


def test_a_birth_and_an_end():
    assert happened(told(["ABCD"], ["ABCD", "EFG"])) == [(2001, "born", 1, None, "EFG")]
    assert happened(told(["ABCD", "EFG"], ["ABCD"])) == [(2001, "ended", 1, None, "EFG")]


def test_a_merge_ends_the_smaller_line():
    history = told(["ABCD", "EFG"], ["ABCDEFG"])
    assert happened(history) == [(2001, "merged", 1, 0, "EFG")]
    assert history.blocs[-1] == Bloc(0, 2001, tuple("ABCDEFG"))


def test_a_split_begins_a_line_that_knows_whence_it_came():
    assert happened(told(["ABCDEFG"], ["ABCD", "EFG"])) == [(2001, "split", 1, 0, "EFG")]


def test_a_line_keeps_its_name_along_its_strongest_link():
    # D goes over to the bloc that was smaller; both share more with what they were.
    history = told(["ABCD", "EFG"], ["DEFG", "ABC"])
    assert happened(history) == []
    assert {(bloc.line, "".join(bloc.members)) for bloc in history.blocs if bloc.year == 2001} == {
        (0, "ABC"),
        (1, "DEFG"),
    }


def test_a_year_without_ties_ends_every_line():
    history = told(["ABCD"], [], ["ABCD"])
    assert happened(history) == [(2001, "ended", 0, None, "ABCD"), (2002, "born", 1, None, "ABCD")]
    assert [year for year, _ in history.divisions] == [2000, 2001, 2002]


def test_states_that_leave_the_system_leave_the_bloc():
    history = bloc_history([year_of(2000, "ABCDE"), year_of(2001, "BCDE", without="A")])
    assert [turn.happened for turn in history.turns] == ["born"]
    assert history.blocs[-1] == Bloc(0, 2001, tuple("BCDE"))


def test_how_much_is_shared_decides_what_is_linked():
    years = [year_of(2000, "ABCD"), year_of(2001, "DEFG")]
    assert [turn.happened for turn in bloc_history(years).turns] == ["born", "born", "ended"]
    assert [turn.happened for turn in bloc_history(years, linked=0.1).turns] == ["born"]


def test_only_the_named_layers_make_blocs():
    one = year_of(2000, "ABC")
    both = Network(one.years, one.states, one.layers | {"visit": Layer("visit", np.ones((12, 12)) - np.eye(12))})
    assert bloc_history([both], ["alliance"]).blocs == bloc_history([one]).blocs
    assert len(bloc_history([both]).blocs[0].members) > 3
