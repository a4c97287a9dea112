"""What 203 yearly networks of alliances cost, six measures and balance in each, beside igraph and networkx.

    python benchmarks/networks.py [--json] [--src DIR] [--peers]

The ties are any obligation of ATOP 5.1 from 1816 to 2018 and, for balance, ongoing disputes; states that were members
in 2016 are held after it. DIR holds the tables of the R package peacesciencer as Parquet; without it they are looked
for beside this checkout, and where they are not there either, the store of COMITY_HOME is asked. Peers are measured
where they are installed, on the same matrices, after their answers were found to be the same.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the matrices are small: a second thread costs more than it saves

import argparse
import importlib
import json
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import graspologic_native  # noqa: F401 (both are opened late, and their import is part of what is measured)
import numpy as np
import rustworkx  # noqa: F401

from comity.network import Network, networks, triads
from comity.network.blocs import communities
from comity.network.layers import layer
from comity.network.places import betweenness, core_number, degree, eigenvector, triangle_count
from comity.panel import StateSystem
from comity.panel.measure import measure as measured

YEARS = (1816, 2018)
BESIDE = Path(__file__).parents[2] / "shared" / "reference" / "peacesciencer" / "src"
SIX = (degree, betweenness, core_number, eigenvector, triangle_count)


@measured(unit="dyad_year", type="flag", measured_in="0 or 1", kind="alliance")
def is_listed_pair() -> str:
    """Whether ATOP's pair-years list the pair; in 23 of them no obligation is coded, and peers count those too."""
    return """
        SELECT least(ccode1, ccode2) AS state_a, greatest(ccode1, ccode2) AS state_b, year, 1 AS value,
               'atop_alliance' AS source
        FROM (SELECT DISTINCT ccode1, ccode2, year FROM atop_alliance)
        GROUP BY ALL
    """


@layer()
def listed_pair(of: Callable[[str], Any]) -> Any:
    """ATOP's pair-years list the two states."""
    return of("is_listed_pair")


def read(src: Path | None) -> Iterator[Network]:
    """The yearly networks, from the package's tables or from the store."""
    if src is None:
        from comity.store import open_store

        return networks(open_store(), YEARS, ("alliance", "dispute"))
    from equality import reference_system
    from reference_tables import ReferenceTables

    tables = ReferenceTables(src)
    listed = reference_system(tables)
    # The list ends with 2016, and who was a member on its last day is held after it.
    end, held = max(spell.end for spell in listed.members), date(YEARS[1], 12, 31)
    members = [spell._replace(end=held) if spell.end == end else spell for spell in listed.members]
    return networks(tables, YEARS, ("listed_pair", "dispute"), StateSystem(listed.name, members, listed.capitals))


def timed(job: Callable[[Network], Any], made: Iterable[Network]) -> tuple[list[Any], float]:
    """What a job gives for each network, and the CPU seconds of all of them."""
    start = time.process_time()
    found = [job(each) for each in made]
    return found, time.process_time() - start


def measure(made: list[Network]) -> tuple[dict[str, Any], dict[str, float]]:
    """The sums over all years, and what each measure cost."""
    sums: dict[str, Any] = {"networks": len(made), "node_years": sum(map(len, made))}
    cost: dict[str, float] = {}
    for score in SIX:
        found, cost[score.__name__] = timed(lambda each, score=score: score(_ties(each)).sum(), made)
        sums[f"{score.__name__}_sum"] = round(float(sum(found)), 6)
    sums["triangles"] = round(sums.pop("triangle_count_sum") / 3)
    for name in ("degree_sum", "betweenness_sum", "core_number_sum"):
        sums[name] = round(sums[name])
    found, cost["communities"] = timed(lambda each: communities(_ties(each).astype(float), runs=1), made)
    alone = sum(int((~_ties(each).any(axis=1)).sum()) for each in made)
    sums["communities_with_states_alone"] = alone + sum(len(division.blocs) for division in found)
    found, cost["balance"] = timed(lambda each: triads(each.signed()), made)
    sums["balanced_triads"], sums["unbalanced_triads"] = (sum(side) for side in zip(*found, strict=True))
    return sums, cost


def _ties(each: Network) -> np.ndarray:
    return next(layer.tied for layer in each.layers.values() if layer.sign > 0)


def peers(made: list[Network]) -> dict[str, dict[str, float]]:
    """CPU seconds of the peers that are installed; an answer that differs stops the run."""
    found = {}
    for name in ("igraph", "networkx"):
        try:
            library = importlib.import_module(name)
        except ModuleNotFoundError:
            continue
        found[name] = _igraph(library, made) if name == "igraph" else _networkx(library, made)
    return found


def _igraph(library: Any, made: list[Network]) -> dict[str, float]:
    def graph(each: Network) -> Any:
        return library.Graph(len(each), np.argwhere(np.triu(_ties(each))).tolist())

    graphs, cost = timed(graph, made)
    costs = {"build": cost}
    for name, ask, own in (
        ("degree", lambda each: each.degree(), degree),
        ("betweenness", lambda each: each.betweenness(), betweenness),
        ("core_number", lambda each: each.coreness(), core_number),
    ):
        answers, costs[name] = timed(ask, graphs)
        for each, answer in zip(made, answers, strict=True):
            np.testing.assert_allclose(own(_ties(each)), answer, rtol=1e-9, atol=1e-9)
    for each, one in zip(made, graphs, strict=True):
        for part in one.connected_components():  # ours stands per component; the largest value is 1 in each
            if len(part) > 1:
                theirs = np.array(one.subgraph(part).eigenvector_centrality(arpack_options=_close(library)))
                np.testing.assert_allclose(eigenvector(_ties(each))[part], theirs, atol=1e-6)
    _, costs["eigenvector"] = timed(lambda each: each.eigenvector_centrality(), graphs)
    _, costs["triangles"] = timed(lambda each: len(each.list_triangles()), graphs)
    _, costs["communities"] = timed(lambda each: each.community_leiden("modularity"), graphs)
    return costs


def _close(library: Any) -> Any:
    options = library.ARPACKOptions()
    options.tol = 1e-12
    return options


def _networkx(library: Any, made: list[Network]) -> dict[str, float]:
    graphs, cost = timed(lambda each: library.from_numpy_array(_ties(each)), made)
    costs = {"build": cost}
    answers, costs["betweenness"] = timed(lambda each: library.betweenness_centrality(each, normalized=False), graphs)
    for each, answer in zip(made, answers, strict=True):
        np.testing.assert_allclose(betweenness(_ties(each)), list(answer.values()), rtol=1e-9, atol=1e-9)
    _, costs["core_number"] = timed(library.core_number, graphs)
    _, costs["triangles"] = timed(lambda each: sum(library.triangles(each).values()) // 3, graphs)
    return costs


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--src", type=Path, default=BESIDE if BESIDE.is_dir() else None)
    asked.add_argument("--peers", action="store_true", help="measure igraph and networkx too, where installed")
    asked.add_argument("--json", action="store_true")
    given = asked.parse_args()
    imported = time.process_time()  # from the start of the process
    start = time.process_time()
    coming = read(given.src)
    made = [next(coming)]  # with the first comes the panel of all
    reading = time.process_time() - start
    start = time.process_time()
    made += coming
    building = time.process_time() - start
    sums, cost = measure(made)
    seconds = {"import": imported, "read": reading, "build": building} | cost
    seconds["build_and_measures"] = building + sum(cost.values())
    answer: dict[str, Any] = {"sums": sums, "cpu_seconds": {name: round(took, 3) for name, took in seconds.items()}}
    if given.peers:
        answer["peers_cpu_seconds"] = {
            name: {job: round(took, 3) for job, took in costs.items()} for name, costs in peers(made).items()
        }
    if given.json:
        print(json.dumps(answer, indent=2))
        return
    for title, values in answer.items():
        print(title.replace("_", " "))
        for name, value in values.items():
            print(f"  {name:32}{value}")


if __name__ == "__main__":
    main()
