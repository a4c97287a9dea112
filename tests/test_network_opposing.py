"""Who stood against whom in an incident: actor against affected, and the two in one role of a clash."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_samples import MemoryStore, incident
from comity.network import CLASHES, Tie, opposed_pairs, ties
from comity.network.opposing import ACCIDENT
from comity.vocab.words import vocabularies

CODES = ("FIN", "IRL", "ISL", "MLT", "NZL")
NAMES = ("incident", "incident_party", "agreement", "agreement_party", "engagement", "engagement_party")
PARTIES = st.dictionaries(st.sampled_from(CODES), st.sampled_from(("actor", "affected", "present")))
KINDS = st.sampled_from(sorted(vocabularies()["incident kinds"]))


@given(KINDS, PARTIES)
def test_pairs_are_of_parties_and_one_actor_is_never_against_another_where_somebody_is_affected(kind, parties):
    found = opposed_pairs(kind, parties.items())
    assert list(found) == sorted({(min(pair), max(pair)) for pair in found})
    assert {code for pair in found for code in pair} <= set(parties)
    roles = {frozenset(parties[code] for code in pair) for pair in found}
    if kind == ACCIDENT:
        assert not found
    elif {"actor", "affected"} <= set(parties.values()):
        assert roles == {frozenset(("actor", "affected"))}
    elif found:
        assert kind in CLASHES
        assert len(found) == len(next(iter(roles))) == 1


def test_the_kinds_of_clash_are_words_of_the_table():
    assert {*CLASHES, ACCIDENT} <= set(vocabularies()["incident kinds"])


@pytest.mark.parametrize(
    ("kind", "parties", "found"),
    [
        ("shooting", ("FIN:actor", "IRL:actor"), (("FIN", "IRL"),)),
        ("standoff", ("FIN:present", "IRL:present", "ISL:affected"), (("FIN", "IRL"),)),
        ("standoff", ("FIN:present", "IRL:present", "ISL:present"), ()),
        ("other", ("FIN:present", "IRL:present"), ()),
        ("shooting", ("FIN:actor", "IRL:present"), ()),
        ("armed_conflict", ("FIN:actor", "IRL:actor", "ISL:present"), (("FIN", "IRL"),)),
        ("accident", ("FIN:actor", "IRL:affected"), ()),
        ("intercept", ("FIN:actor", "IRL:actor", "ISL:affected"), (("FIN", "ISL"), ("IRL", "ISL"))),
    ],
)
def test_sides_are_told_only_where_the_roles_bear_them(kind, parties, found):
    assert opposed_pairs(kind, [tuple(party.split(":")) for party in parties]) == found


def test_a_clash_of_two_ties_them_and_one_of_three_nobody():
    years = (2010, 2015)
    two = incident("a clash", date(2012, 1, 1), ("FIN:present", "IRL:present"), incident_kind="standoff")
    assert ties(MemoryStore(two, names=NAMES), CODES, years) == (Tie("FIN", "IRL", "incident", 1, ("register",)),)
    three = incident("a war", date(2012, 1, 1), ("FIN:present", "IRL:present", "ISL:present"), incident_kind="standoff")
    # Two of the three asked for are still two of three.
    assert ties(MemoryStore(three, names=NAMES), ("FIN", "IRL"), years) == ()
