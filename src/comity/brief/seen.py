"""What a picture shows, in words: its alternative text, for those who cannot see it. How to read it stands beside."""

from __future__ import annotations

from collections.abc import Iterable

from comity.brief.blocks import Block, Chart, Map, Network, Panel
from comity.brief.sections.ties import LAYER_TITLES
from comity.brief.wording import counted, listed, plain
from comity.network import Tie
from comity.vocab.states import state

_MOST = 3  # states that are named of each map


def seen(block: Block) -> str:
    """The alternative text of a block's picture; empty for a block without one.

    >>> from comity.brief.blocks import Count
    >>> held = {"cites": ("register",), "as_of": "today", "complete": frozenset(), "description": ""}
    >>> counts = (Count(2019, "visit", 2), Count(2021, "visit", 7), Count(2024, "visit", 1))
    >>> seen(Chart(title="By year", unit="visits", years=(2018, 2024), categories=("visit",), counts=counts, **held))
    'By year: visits, 2 in 2019, most in 2021 (7), 1 in 2024.'
    """
    if isinstance(block, Chart):
        return _chart(block)
    if isinstance(block, Map):
        is_alone = len(block.panels) == 1  # its title is then the one of the block
        told = (_panel(panel, block.unit) for panel in block.panels)
        names = ("" if is_alone else f"{panel.title}, " for panel in block.panels)
        return _sentences(block.title, (name + part for name, part in zip(names, told, strict=True)))
    return seen_ties(block, block.layers) if isinstance(block, Network) else ""


def seen_ties(network: Network, layers: Iterable[str]) -> str:
    """What some panels of a network show: of each layer how many ties there are, and the strongest of unequal ones."""
    held = {layer: [tie for tie in network.ties if tie.layer == layer] for layer in layers}
    names = {node.state: node.name for node in network.nodes}
    return _sentences(network.title, (_layer(layer, ties, names) for layer, ties in held.items()))


def _sentences(title: str, told: Iterable[str]) -> str:
    return plain(f"{title}: " if title else "") + plain("; ".join(told)) + "."


def _chart(chart: Chart) -> str:
    totals = {year: chart.total(year) or 0 for year in range(chart.years[0], chart.years[1] + 1)}
    years = [year for year, total in totals.items() if total]
    if not years:
        return _sentences(chart.title, [f"{chart.unit}, none listed"])
    first, last, most = years[0], years[-1], max(years, key=lambda year: totals[year])
    ends = {year: f"{totals[year]:,} in {year}" for year in (first, last)}
    told = {first: ends[first], most: f"most in {most} ({totals[most]:,})", last: ends[last]}
    told[most] = f"most in {most} ({totals[most]:,})"
    return _sentences(chart.title, [", ".join((chart.unit, *told.values()))])


def _panel(panel: Panel, unit: str) -> str:
    most = panel.darkest[:_MOST]
    shaded = listed([f"{state(shade.state).name} ({shade.count:,})" for shade in most])
    told = f"{counted(len(panel.shades), 'state')} shaded by {unit}, most for {shaded}" if most else "no state shaded"
    marked = f", {counted(len(panel.points), 'place')} marked" if panel.points else ""
    return told + marked


def _layer(layer: str, ties: list[Tie], names: dict[str, str]) -> str:
    told = f"{LAYER_TITLES[layer]}, {counted(len(ties), 'tie')}"
    most = max((tie.weight for tie in ties), default=0)
    strongest = sorted((tie.state_a, tie.state_b) for tie in ties if tie.weight == most)
    if len(strongest) > _MOST or (len(strongest) == len(ties) > 1):
        return told
    pairs = [f"{names.get(one, one)} and {names.get(other, other)}" for one, other in strongest]
    how = "between" if len(ties) == 1 else "most between"
    return f"{told}, {how} {', '.join(pairs)} ({most:,})"
