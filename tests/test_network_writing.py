"""A network in numbers and as a file: what is written is what there is, in every format, and JSON stays finite."""

from __future__ import annotations

import csv
import io
import json
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from lxml import etree

from cli_samples import strict
from comity.errors import BadRequest, UnknownWord
from comity.network import Layer, Network
from comity.network.summary import MEASURES, state_rows, summarize, whole_row
from comity.network.writing import FORMATS, network_text, write_network
from network_samples import NAMES, matrix, networks, planted

XML = {"g": "http://graphml.graphdrawing.org/xmlns"}
some = settings(max_examples=40)


def tie_set(network):
    """Every known tie, found by loops."""
    return {
        (network.states[a], network.states[b], name, layer.weights[a, b], layer.sign > 0)
        for name, layer in network.layers.items()
        for a, b in combinations(range(len(network)), 2)
        if layer.weights[a, b] > 0
    }


def from_csv(text):
    rows = list(csv.DictReader(io.StringIO(text)))
    found = {(r["state_a"], r["state_b"], r["layer"], float(r["weight"]), r["binds"] == "True") for r in rows}
    assert len(found) == len(rows)
    return found


def from_graphml(text):
    """Ties and states of a GraphML file, by the keys it declares."""
    tree = etree.fromstring(text.encode())
    declared = {(key.get("for"), key.get("id")): key.get("attr.type") for key in tree.findall("g:key", XML)}
    read = {"double": float, "long": int, "string": str, "boolean": lambda told: {"true": True, "false": False}[told]}

    def values(element, of):
        return {
            data.get("key"): read[declared[of, data.get("key")]](data.text or "")
            for data in element.findall("g:data", XML)
        }

    nodes = {node.get("id"): values(node, "node") for node in tree.iterfind(".//g:node", XML)}
    edges = [
        (edge.get("source"), edge.get("target"), *values(edge, "edge").values())
        for edge in tree.iterfind(".//g:edge", XML)
    ]
    return nodes, edges


@some
@given(networks())
def test_every_format_has_every_tie(network):
    summary, wanted = summarize(network), tie_set(network)
    assert from_csv(network_text(summary, ".csv")) == wanted
    nodes, edges = from_graphml(network_text(summary, ".graphml"))
    assert (set(edges), len(edges)) == (wanted, len(wanted))
    assert set(nodes) == set(network.states)
    told = strict(network_text(summary, ".json"))
    assert {tuple(tie.values()) for tie in told["ties"]} == wanted
    for row in state_rows(summary):
        held = {name: value for name, value in row.items() if name != "state" and value is not None}
        assert nodes[row["state"]] == held
    assert told["states"] == state_rows(summary)


@some
@given(networks())
def test_a_summary_is_finite_and_whole(network):
    told = strict(json.dumps(summarize(network).to_dict(), allow_nan=False))
    size, ties = len(network), network.binding() > 0
    assert told["whole"]["states"] == size == len(told["states"])
    if size > 1:
        assert told["whole"]["density"] == pytest.approx(ties.sum() / (size * (size - 1)))
    paths = [
        ties[a, b]
        for middle in range(size)
        for a, b in combinations(np.flatnonzero(ties[middle]).tolist(), 2)
    ]  # fmt: skip
    assert told["whole"]["closure"] == (pytest.approx(np.mean(paths)) if paths else None)
    bloc_of = {state: number for number, bloc in enumerate(told["blocs"]) for state in bloc}
    for row in told["states"]:
        assert row["bloc"] == bloc_of.get(row["state"])
        assert set(row) == {"state", "bloc", *MEASURES}
    degrees = [row["degree"] for row in told["states"]]
    assert degrees == sorted(degrees, reverse=True)


def test_a_network_of_ties_that_only_divide_has_numbers_too():
    made = Network((2000, 2000), NAMES[:3], {"dispute": Layer("dispute", matrix(3, [(0, 1), (1, 2), (0, 2)]), -1)})
    summary = summarize(made)
    told = whole_row(summary)
    assert (told["balanced_triads"], told["unbalanced_triads"], told["frustration_at_least"]) == (0, 1, 1)
    assert (told["blocs"], told["modularity"], told["bloc_stability"]) == (0, None, None)
    assert state_rows(summary)[0] == {"state": "AUS", "bloc": None} | dict.fromkeys(MEASURES, 0.0) | {
        "constraint": None, "participation": None,
    }  # fmt: skip


def test_without_a_tie_that_divides_nothing_is_said_of_balance():
    told = whole_row(summarize(Network((2000, 2000), NAMES[:6], {"visit": Layer("visit", planted([3, 3]))})))
    assert [told[name] for name in told if "balance" in name or "frustration" in name] == [None] * 8
    assert (told["blocs"], told["components"], told["modularity"]) == (2, 2, 0.5)


def test_measures_asked_for_are_those_given_and_the_first_one_orders():
    made = Network((2000, 2000), NAMES[:4], {"visit": Layer("visit", matrix(4, [(0, 1), (0, 2), (1, 2)]))})
    rows = state_rows(summarize(made, ["constraint", "degree"]))
    assert [tuple(row) for row in rows] == [("state", "bloc", "constraint", "degree")] * 4
    assert rows[-1] == {"state": "DNK", "bloc": None, "constraint": None, "degree": 0.0}
    assert [row["state"] for row in state_rows(summarize(made, []))] == list(NAMES[:4])
    with pytest.raises(UnknownWord, match="'love' is no measure of networks; measures are degree"):
        summarize(made, ["degree", "love"])


def test_names_are_written_so_that_xml_can_be_read():
    odd = Layer('a <b> & "c"', matrix(2, [(0, 1)]))
    text = network_text(summarize(Network((2000, 2000), ("A&B", 'C"D'), {odd.name: odd})), ".graphml")
    nodes, edges = from_graphml(text)
    assert set(nodes) == {"A&B", 'C"D'}
    assert edges == [("A&B", 'C"D', odd.name, 1.0, True)]


@pytest.mark.parametrize("ending", FORMATS)
def test_a_file_is_the_text(tmp_path, ending):
    summary = summarize(Network((2000, 2000), NAMES[:3], {"visit": Layer("visit", matrix(3, [(0, 1)]))}))
    write_network(summary, tmp_path / f"ties{ending}")
    assert (tmp_path / f"ties{ending}").read_text(encoding="utf-8") == network_text(summary, ending)


@pytest.mark.parametrize(("name", "named"), [("ties.txt", r"not '\.txt'"), ("ties", "not 'a file without an ending'")])
def test_another_ending_is_refused(tmp_path, name, named):
    summary = summarize(Network((2000, 2000), NAMES[:1], {"visit": Layer("visit", np.zeros((1, 1)))}))
    with pytest.raises(BadRequest, match=rf"written as \.csv, \.json, \.graphml, {named}"):
        write_network(summary, tmp_path / name)
    assert list(tmp_path.iterdir()) == []
