"""203 yearly networks of ATOP have the sums that igraph, networkx and rustworkx give, to the last digit printed."""

from __future__ import annotations

import csv
import gzip
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from comity.network import KINDS, Layer, Network, networks
from comity.network.layers import LayerKind
from comity.network.places import betweenness, core_number, degree, triangle_count

pytestmark = pytest.mark.mirror
YEARS = (1816, 2018)
OBLIGATIONS = ("atop_defense", "atop_offense", "atop_neutral", "atop_nonagg", "atop_consul")
BENCHMARKS = Path(__file__).parent.parent / "benchmarks"
# Degree, betweenness, core and triangles of 203 years, where any pair that the dyad-years of ATOP list is tied.
PUBLISHED = (267_402, 940_989, 251_663, 1_583_514)
# Where a pair is tied only by one of the five obligations; 23 pair-years that are listed have none.
OBLIGED = (267_356, 941_152, 251_604, 1_583_469)


@pytest.fixture
def layers(monkeypatch):
    """The layers of the check, one of them made for it: the dyad-years of ATOP and nothing that others say."""
    kind = LayerKind("obliged", lambda of: of("has_alliance"), 1, False, False, "As ATOP has it.")
    monkeypatch.setitem(KINDS, kind.name, kind)
    return (kind.name,)


@pytest.fixture(scope="module")
def without_obligation(mirror):
    """The pair-years that ATOP lists without any of the five obligations either way, states by their CoW codes."""
    listed, obliged = set(), set()
    with gzip.open(mirror / "atop" / "derived_atop_dyad_year.csv.gz", "rt") as file:
        for row in csv.DictReader(file):
            pair = frozenset((int(row["ccode1"]), int(row["ccode2"])))
            listed.add((int(row["year"]), pair))
            if any(float(row[name] or 0) for name in OBLIGATIONS):
                obliged.add((int(row["year"]), pair))
    return listed - obliged


def with_listed(made, codes, pair_years):
    """The network in which the pairs that are listed without an obligation are tied as well."""
    ties = made.layers["obliged"].weights.copy()
    row = {codes[state]: number for number, state in enumerate(made.states)}
    for year, pair in pair_years:
        if year == made.years[0] and pair <= row.keys():
            a, b = (row[code] for code in pair)
            ties[a, b] = ties[b, a] = 1.0
    return Network(made.years, made.states, dict(made.layers) | {"obliged": Layer("obliged", ties)}, made.system)


def sums(made):
    ties = [each.layers["obliged"].tied for each in made]
    found = [sum(score(tied).sum() for tied in ties) for score in (degree, betweenness, core_number, triangle_count)]
    return (*(round(float(total)) for total in found[:3]), round(found[3] / 3))


def codes_of(store):
    told = store.ask("SELECT DISTINCT state, code FROM core.state_membership WHERE system = 'cow'").to_pylist()
    return {row["state"]: int(row["code"]) for row in told}


def test_yearly_networks_have_the_published_sums(mirror_store, layers, without_obligation):
    made = list(networks(mirror_store, YEARS, layers))
    assert (len(made), sum(map(len, made))) == (203, 16_341)
    # Two that were members in a year but never on the same day are no pair of it, and nothing is known of them.
    assert min(each.layers["obliged"].known_share for each in made) > 0.99
    assert sums(made) == OBLIGED
    codes = codes_of(mirror_store)
    assert sums([with_listed(each, codes, without_obligation) for each in made]) == PUBLISHED


def test_the_benchmark_prints_the_published_sums_and_triads(mirror):
    """With the tables of the R package peacesciencer; in its own process, for it adds a measure."""
    folder = mirror.parent / "reference" / "peacesciencer" / "src"
    if not folder.is_dir():
        pytest.skip("the tables of the reference do not lie beside the publishers' files")
    run = [sys.executable, BENCHMARKS / "networks.py", "--json", "--src", folder]
    told = json.loads(subprocess.run(run, capture_output=True, check=True, text=True).stdout)["sums"]
    assert (told["networks"], told["node_years"]) == (203, 16_341)
    sums_told = tuple(told[name] for name in ("degree_sum", "betweenness_sum", "core_number_sum", "triangles"))
    assert sums_told == PUBLISHED
    # The ties of ATOP bind, ongoing disputes of Gibler, Miller and Little divide, whatever binds the pair.
    assert (told["balanced_triads"], told["unbalanced_triads"]) == (1_566_864, 23_142)


def test_places_are_those_of_igraph_where_it_is_installed(mirror_store, layers):
    igraph = pytest.importorskip("igraph")
    for each in networks(mirror_store, YEARS, layers):
        tied = each.layers["obliged"].tied
        graph = igraph.Graph(len(each), np.argwhere(np.triu(tied)).tolist())
        for score, answer in ((betweenness, graph.betweenness()), (core_number, graph.coreness())):
            np.testing.assert_allclose(score(tied), answer, rtol=1e-9, atol=1e-9)
