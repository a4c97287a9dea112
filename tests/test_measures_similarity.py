"""Similarity of alliances on an invented store: levels from obligations, portfolios from levels, and the unknown."""

from __future__ import annotations

from datetime import date
from itertools import product
from math import isnan, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.panel import find_measure, known_measures, panel
from comity.store import open_store
from comity.vocab.coverage import Coverage
from comity.vocab.states import members
from panel_samples import Sample
from strategies import write_sources

UNWEIGHTED = [f"alliance_similarity_{form}" for form in ("s", "s_squared", "kappa", "pi")]
UNWEIGHTED += [f"alliance_similarity_{form}_binary" for form in ("s", "kappa", "pi")]
WEIGHTED = [f"{name}_weighted" for name in UNWEIGHTED]
STATES = members("cow", 1830)
# Invented; no treaty of 1830 is meant.
PACTS = [
    (("AUH", "DEU", "RUS"), ["defense", "consultation"]),
    (("FRA", "GBR"), ["consultation"]),
    (("FRA", "ESP", "PRT"), ["nonaggression"]),
    (("ESP", "GBR"), ["offense"]),
]
LEVELS = {("AUH", "DEU"): 3, ("AUH", "RUS"): 3, ("DEU", "RUS"): 3, ("FRA", "GBR"): 1}
LEVELS |= {("ESP", "FRA"): 2, ("ESP", "PRT"): 2, ("FRA", "PRT"): 2, ("ESP", "GBR"): 3}


# The level of an obligation.

flags = st.sampled_from((0.0, 1.0, nan))


def level_of(*held):
    return find_measure("dyad_year", "alliance_obligation_level").function(*(np.array([each]) for each in held))[0]


@given(st.tuples(flags, flags, flags, flags, flags))
def test_a_level_is_known_where_the_unknown_obligations_cannot_change_it(held):
    completed = product(*((0.0, 1.0) if isnan(each) else (each,) for each in held))
    possible = {
        3 if defense or offense else 2 if neutrality or nonaggression else 1 if consultation else 0
        for defense, offense, neutrality, nonaggression, consultation in completed
    }
    np.testing.assert_equal(level_of(*held), possible.pop() if len(possible) == 1 else nan)


# A store.


def pacts(completeness="complete"):
    texts, spells = [], []
    for number, (parties, obligations) in enumerate(PACTS):
        name = f"a{number}"
        texts.append(
            {
                "agreement": name,
                "agreement_kind": "alliance",
                "status": "unknown",
                "known_until": date(1839, 12, 31),
                "verification": "primary",
            }
        )
        spells += [
            {
                "agreement": name,
                "party_kind": "state",
                "party": party,
                "role": "signatory",
                "obligations": obligations,
                "start_date": date(1830, 3, 1),
                "end_date": date(1830, 9, 30),
                "known_until": date(1839, 12, 31),
            }
            for party in parties
        ]
    covers = Coverage(kinds=("alliance",), completeness=completeness, start=date(1830, 1, 1), end=date(1831, 12, 31))
    return Sample("alpha", (covers,), {"agreement": texts, "agreement_party": spells})


def shares(without=()):
    rows = [
        {"fact": "cinc_share", "state": state, "year": 1830, "item": "", "value": (1 + number % 5) / 64}
        for number, state in enumerate(STATES)
        if state not in without
    ]
    return Sample("beta", (), {"state_year_fact": rows})


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    """Columns of every pair of 1830 to 1832 by pair and year, in a store of these samples."""

    def found(*samples, states=(), names=(*UNWEIGHTED, *WEIGHTED)):
        place = tmp_path_factory.mktemp("similarity") / "store"
        write_sources(place, *(sample.loaded() for sample in samples))
        with open_store(place) as store:
            rows = panel(store, "dyad_year", years=(1830, 1832), states=states).add(*names).to_arrow().to_pylist()
        return {(row["state_a"], row["state_b"], row["year"]): row for row in rows}

    return found


@pytest.fixture(scope="module")
def full(asked):
    return asked(pacts(), shares())


def portfolio(state, top):
    held = [3 if state == other else LEVELS.get((min(state, other), max(state, other)), 0) for other in STATES]
    return [min(level, top) for level in held]


def looped(form, pair, top, weights):
    """An index of two portfolios from its definition."""
    x, y = (portfolio(state, top) for state in pair)
    whole = sum(weights)
    if form == "s":
        return 1 - 2 * sum(w * abs(a - b) for a, b, w in zip(x, y, weights, strict=True)) / (whole * top)
    observed = sum(w * (a - b) ** 2 for a, b, w in zip(x, y, weights, strict=True)) / whole
    if form == "s_squared":
        return 1 - 2 * observed / top**2
    drawn = [list(zip(each, weights, strict=True)) for each in (x, y)]
    if form == "pi":
        drawn = [drawn[0] + drawn[1]] * 2
    by_chance = sum(v * w * (a - b) ** 2 for a, v in drawn[0] for b, w in drawn[1])
    return 1 - observed * sum(w for _, w in drawn[0]) * sum(w for _, w in drawn[1]) / by_chance


@pytest.mark.parametrize("name", [*UNWEIGHTED, *WEIGHTED])
def test_every_pair_is_as_in_plain_loops(full, name):
    form = name.removeprefix("alliance_similarity_").removesuffix("_weighted")
    top, form = (1, form.removesuffix("_binary")) if form.endswith("_binary") else (3, form)
    weights = [(1 + number % 5) / 64 if name in WEIGHTED else 1.0 for number in range(len(STATES))]
    of_year = {key[:2]: row[name] for key, row in full.items() if key[2] == 1830}
    assert len(of_year) == len(STATES) * (len(STATES) - 1) / 2
    for pair, value in of_year.items():
        assert value == pytest.approx(looped(form, pair, top, weights), abs=1e-12)


def test_partners_in_one_pact_are_the_same_and_its_strangers_are_not(full):
    found = full["AUH", "DEU", 1830]
    assert [found[name] for name in (*UNWEIGHTED, *WEIGHTED)] == pytest.approx([1.0] * 14)
    assert all(full["AUH", "FRA", 1830][name] < 0 for name in ("alliance_similarity_kappa", "alliance_similarity_pi"))


def test_two_states_without_allies_differ_only_in_themselves(full):
    # Each is its own defense ally, as Signorino and Ritter and Haege have it.
    count = len(STATES)
    found = full["DNK", "SWE", 1830]
    assert found["alliance_similarity_s"] == pytest.approx(1 - 2 * 6 / (3 * count))
    assert found["alliance_similarity_kappa_binary"] == pytest.approx(1 - 2 / (2 - 2 / count))


def test_a_year_in_which_all_are_known_to_have_no_allies_is_a_value(full):
    assert full["AUH", "DEU", 1831]["alliance_similarity_s"] == pytest.approx(1 - 4 / len(members("cow", 1831)))


def test_what_nobody_covers_is_unknown(full, asked):
    assert {row[name] for key, row in full.items() if key[2] == 1832 for name in UNWEIGHTED} == {None}
    # A source that is not complete says who is allied and never who is not, so no portfolio is whole.
    partly = asked(pacts("positive_only"), shares(), names=UNWEIGHTED)
    assert {row[name] for row in partly.values() for name in UNWEIGHTED} == {None}


def test_a_share_that_is_unknown_leaves_its_year_unweighted(full, asked):
    found = asked(pacts(), shares(without=("TUR",)))
    assert {row[name] for row in found.values() for name in WEIGHTED} == {None}
    for key, row in full.items():
        assert [found[key][name] for name in UNWEIGHTED] == [row[name] for name in UNWEIGHTED]


def test_a_panel_of_one_state_has_the_values_of_all(full, asked):
    found = asked(pacts(), shares(), states=("RUS",))
    assert found
    assert found == {key: full[key] for key in found}


def test_every_form_is_a_measure_and_says_whose_formula_it_is():
    known = known_measures("dyad_year")
    assert {name for name in known if name.startswith("alliance_similarity_")} == {*UNWEIGHTED, *WEIGHTED}
    assert "Signorino and Ritter (1999)" in known["alliance_similarity_s"].means
    assert all("Haege (2011)" in known[f"alliance_similarity_{form}"].means for form in ("kappa", "pi"))


@pytest.mark.mirror
def test_the_real_alliances_of_1914(mirror_store):
    names = ("alliance_obligation_level", *UNWEIGHTED, *WEIGHTED)
    made = panel(mirror_store, "dyad_year", years=(1914, 1914)).add(*names).to_arrow().to_pylist()
    found = {(row["state_a"], row["state_b"]): row for row in made}
    levels = {key: row["alliance_obligation_level"] for key, row in found.items()}
    codes = sorted({code for key in levels for code in key})
    held = {
        state: [3 if state == other else levels[min(state, other), max(state, other)] for other in codes]
        for state in codes
    }
    for (one, other), row in found.items():
        apart = sum(abs(x - y) for x, y in zip(held[one], held[other], strict=True))
        assert row["alliance_similarity_s"] == pytest.approx(1 - 2 * apart / (3 * len(codes)), abs=1e-12)
    # The rivals of that summer were less alike than the allies, and beyond chance only the allies were alike.
    assert found["DEU", "RUS"]["alliance_similarity_kappa"] < 0.2
    assert found["FRA", "RUS"]["alliance_similarity_kappa"] > 0.7
    # This store holds no capabilities.
    assert {row[name] for row in made for name in WEIGHTED} == {None}
