"""A network as a file for other programs: its ties as CSV, all of it as JSON, or as GraphML."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import numpy as np

from comity.errors import BadRequest
from comity.network.graph import Network
from comity.network.summary import Summary, state_rows
from comity.record.whole_files import write_whole

FORMATS = (".csv", ".json", ".graphml")
PICTURES = (".svg", ".png")  # what `network.pictures` draws; a test compares the two
_TIE_KEYS = {"layer": "string", "weight": "double", "binds": "boolean"}


def tie_rows(network: Network) -> Iterator[dict[str, Any]]:
    """Every known tie: the two states, the layer, its weight, and whether it binds."""
    for layer in network.layers.values():
        for a, b in zip(*np.nonzero(np.triu(layer.tied)), strict=True):
            yield {
                "state_a": network.states[a],
                "state_b": network.states[b],
                "layer": layer.name,
                "weight": float(layer.weights[a, b]),
                "binds": layer.sign > 0,
            }


def check_ending(ending: str) -> None:
    """BadRequest for a file's ending that is none of FORMATS; asked before the work, it saves the work."""
    if ending not in FORMATS:
        told = f"written as {', '.join(FORMATS)}, not {ending or 'a file without an ending'!r}"
        raise BadRequest(f"a network is {told}; its pictures are {', '.join(PICTURES)}")


def network_text(summary: Summary, ending: str) -> str:
    """The network in the format of an ending; BadRequest for one that is none of FORMATS."""
    check_ending(ending)
    if ending == ".csv":
        return _csv(summary.network)
    if ending == ".json":
        whole = summary.to_dict() | {"ties": list(tie_rows(summary.network))}
        return json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    return _graphml(summary)


def write_network(summary: Summary, path: Path) -> None:
    """Write the network to a .csv, .json or .graphml file."""
    write_whole(path, network_text(summary, path.suffix))


def _csv(network: Network) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("state_a", "state_b", "layer", "weight", "binds"))
    writer.writerows(row.values() for row in tie_rows(network))
    return text.getvalue()


def _graphml(summary: Summary) -> str:
    """GraphML 1.0: a node for each state with its bloc and scores, an edge for each tie of each layer."""
    rows = state_rows(summary)
    columns = [name for name in rows[0] if name != "state"] if rows else []
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">']
    lines += [
        f'  <key id="{name}" for="node" attr.name="{name}" attr.type="{"long" if name == "bloc" else "double"}"/>'
        for name in columns
    ]
    lines += [
        f'  <key id="{name}" for="edge" attr.name="{name}" attr.type="{kind}"/>' for name, kind in _TIE_KEYS.items()
    ]
    lines.append('  <graph edgedefault="undirected">')
    for row in rows:
        data = "".join(f'<data key="{name}">{row[name]}</data>' for name in columns if row[name] is not None)
        lines.append(f"    <node id={quoteattr(row['state'])}>{data}</node>")
    for tie in tie_rows(summary.network):
        told = tie | {"binds": str(tie["binds"]).lower()}  # as XML writes truth
        data = "".join(f'<data key="{name}">{escape(str(told[name]))}</data>' for name in _TIE_KEYS)
        ends = f"source={quoteattr(tie['state_a'])} target={quoteattr(tie['state_b'])}"
        lines.append(f"    <edge {ends}>{data}</edge>")
    return "\n".join([*lines, "  </graph>", "</graphml>", ""])
