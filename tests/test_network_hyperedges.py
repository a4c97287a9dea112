"""Groups: treaties and exercises keep all their states, and pairs are made of them as is said."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import BadRequest
from comity.network import Group, groups, projected
from comity.network.hyperedges import GROUPED, size_counts
from comity.vocab.coverage import Coverage
from network_samples import NAMES
from panel_samples import Sample, opened

drawn_groups = st.lists(
    st.lists(st.sampled_from(NAMES[:7]), min_size=1, max_size=6, unique=True).map(
        lambda members: Group("exercise", "invented", "x", "X", tuple(sorted(members)))
    ),
    max_size=6,
)
some_states = st.lists(st.sampled_from(NAMES[:7]), unique=True)


@given(drawn_groups, some_states)
def test_pairs_count_the_groups_they_share(found, states):
    plain, shared_out = projected(found, states), projected(found, states, shared_out=True)
    for made in (plain, shared_out):
        assert made.shape == (len(states), len(states))
        assert (made == made.T).all()
        assert not made.diagonal().any()
    for (a, one), (b, other) in combinations(enumerate(states), 2):
        both = [group for group in found if {one, other} <= set(group.members)]
        assert plain[a, b] == len(both)
        assert shared_out[a, b] == pytest.approx(sum(1 / (len(group.members) - 1) for group in both))


@given(drawn_groups)
def test_shared_out_every_state_spends_one_on_each_group_with_others(found):
    spent = projected(found, NAMES, shared_out=True).sum(axis=1)
    joined = [sum(name in group.members and len(group.members) > 1 for group in found) for name in NAMES]
    np.testing.assert_allclose(spent, joined)


@given(drawn_groups)
def test_sizes_are_counted(found):
    counts = size_counts(found)
    assert sum(counts.values()) == len(found)
    assert list(counts) == sorted(counts)
    assert all(count == sum(len(group.members) == size for group in found) for size, count in counts.items())


def test_a_group_of_n_makes_all_its_pairs():
    for size in range(2, 8):
        made = projected([Group("exercise", "invented", "x", "X", NAMES[:size])], NAMES[:size])
        assert made.sum() == size * (size - 1)


# From a store.


def act(name, parties, *, start=date(1990, 5, 1), instrument="exercise", status="completed"):
    row = {
        "engagement": name, "name": f"The {name}", "instrument": instrument, "status": status, "start_date": start,
        "start_precision": "day", "verification": "primary",
    }  # fmt: skip
    return row, [
        {"engagement": name, "party_kind": kind, "party": party, "role": role} for party, role, kind in parties
    ]


def took_part(*states, role="participant"):
    return [(state, role, "state") for state in states]


def text(name, kind, members, *, start, end=None, signed=None):
    row = {
        "agreement": name, "agreement_kind": kind, "status": "in_force" if end is None else "terminated",
        "signed_date": signed or start, "start_date": start, "end_date": end, "known_until": date(2000, 1, 1),
        "verification": "primary",
    }  # fmt: skip
    return row, [
        {"agreement": name, "party_kind": "state", "party": party, "role": role, "obligations": [],
         "start_date": since, "end_date": until, "known_until": date(2000, 1, 1)}
        for party, role, since, until in members
    ]  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    acts = [
        act("drill", [
            *took_part("FRA", "USA", "JPN"), *took_part("DEU", role="observer"),
            ("nato", "participant", "organisation"),
        ]),
        act("pair", took_part("FRA", "USA"), start=date(1991, 1, 1)),
        act("own", took_part("FRA")),
        act("called off", took_part("FRA", "USA"), status="cancelled"),
        act("talk", took_part("FRA", "USA"), instrument="dialogue"),
    ]  # fmt: skip
    texts = [
        text("pact", "alliance", start=date(1980, 1, 1), members=[
            ("FRA", "signatory", date(1980, 1, 1), None), ("USA", "signatory", date(1980, 1, 1), None),
            ("JPN", "signatory", date(1985, 1, 1), date(1989, 6, 1)), ("DEU", "depositary", None, None),
        ]),
        text("old pact", "alliance", start=date(1950, 1, 1), end=date(1970, 1, 1), members=[
            ("FRA", "signatory", date(1950, 1, 1), None), ("USA", "signatory", date(1950, 1, 1), None),
        ]),
        text("frame", "framework", start=date(1990, 6, 1), members=[
            ("JPN", "signatory", None, None), ("USA", "signatory", None, None),
        ]),
    ]  # fmt: skip
    rows = {
        "engagement": [row for row, _ in acts],
        "engagement_party": [row for _, members in acts for row in members],
        "agreement": [row for row, _ in texts],
        "agreement_party": [row for _, members in texts for row in members],
    }
    known = (Coverage(kinds=("exercise",), completeness="complete", start=date(1980, 1, 1), end=date(1999, 12, 31)),)
    with opened(tmp_path_factory, [Sample("alpha", known, rows)]) as made:
        yield made


def names(found):
    return {group.item: group.members for group in found}


def test_exercises_are_those_held_with_those_who_took_part(store):
    assert names(groups(store, "exercise", 1990)) == {"drill": ("FRA", "JPN", "USA")}
    assert names(groups(store, "exercise", (1990, 1991))) == {"drill": ("FRA", "JPN", "USA"), "pair": ("FRA", "USA")}
    assert groups(store, "exercise", 1992) == ()
    assert names(groups(store, "dialogue", 1990)) == {"talk": ("FRA", "USA")}


def test_a_group_says_what_it_is(store):
    assert groups(store, "exercise", 1990) == (Group("exercise", "alpha", "drill", "The drill", ("FRA", "JPN", "USA")),)


def test_texts_are_those_in_force_with_those_who_belong(store):
    assert names(groups(store, "alliance", 1986)) == {"pact": ("FRA", "JPN", "USA")}
    assert names(groups(store, "alliance", 1990)) == {"pact": ("FRA", "USA")}
    assert names(groups(store, "alliance", (1960, 1990))) == {"pact": ("FRA", "USA")}
    assert names(groups(store, "alliance", 1960)) == {"old pact": ("FRA", "USA")}
    assert groups(store, "agreement", 1989) == ()
    assert names(groups(store, "agreement", 1990)) == {"frame": ("JPN", "USA")}


def test_a_layer_of_pairs_has_no_groups(store):
    with pytest.raises(BadRequest, match="'visit' has no groups; layers with groups are alliance, agreement, exercise"):
        groups(store, "visit", 1990)


@pytest.mark.parametrize("layer", GROUPED)
def test_the_register_has_groups_of_each_layer(register_store, layer):
    found = groups(register_store, layer, (1990, 2025))
    assert found
    assert all(len(group.members) > 1 and group.name for group in found)
