"""How long briefs from a loaded store take: seconds of whole processes, beside what it takes to start at all.

    python benchmarks/briefs.py --home FOLDER [--runs 3] [--json]

The store of FOLDER is copied and never written. Each brief is made first with nothing kept beside the store, then after
another brief on a subject of its kind, as after a load of published sources, then again; the bytes of all must be the
same. Seconds are those of the wall, for a user waits for them: a brief lets processes of its own work beside it, and
`cpu` is what all of them use. Nothing else should run. `after start` is the wall less that of an interpreter that only
imports the libraries a brief needs.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

START = "import comity.cli.brief, comity.brief.finding, duckdb, pyarrow, rich.console"
SUBJECTS = {
    "pair": (("PHL", "USA"), ("JPN", "USA")),
    "region": (("south-china-sea",), ("middle-east",)),
    "state": (("JPN",), ("FRA",)),
}
BUDGETS = {("pair", "html"): 1.5, ("region", "html"): 4.0, ("pair", "terminal"): 0.7, ("region", "terminal"): 0.7}


def once(command: list[str]) -> tuple[float, float, bytes]:
    """CPU and wall seconds of one process, and what it wrote."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    written = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(command)}: failed")
    return used.ru_utime + used.ru_stime, time.perf_counter() - start, written


def timed(home: Path, asked: list[str], other: list[str], runs: int) -> dict[str, float]:
    """The median wall seconds of each way to find the store, and the CPU seconds after another brief."""
    wall: dict[str, list[float]] = {"first": [], "after another": [], "again": []}
    cpu, texts = [], set()
    for _ in range(runs):
        for way, before in (("first", None), ("after another", other), ("again", None)):
            if way != "again":
                shutil.rmtree(home / "kept", ignore_errors=True)
            if before is not None:
                once(before)
            used, waited, text = once(asked)
            wall[way].append(waited)
            texts.add(text)
            if before is not None:
                cpu.append(used)
    if len(texts) != 1:
        sys.exit(f"{' '.join(asked)}: the bytes differ with what is kept")
    return {**{way: statistics.median(held) for way, held in wall.items()}, "cpu": statistics.median(cpu)}


def rows(home: Path, runs: int) -> Iterator[dict[str, object]]:
    """One row for each kind of subject and format, with what is left of the seconds after the start."""
    start = statistics.median(once([sys.executable, "-c", START])[1] for _ in range(runs))
    for kind, (words, others) in SUBJECTS.items():
        for form in ("terminal", "html"):
            brief = [sys.executable, "-m", "comity", "--quiet", "--home", str(home), "brief"]
            found = timed(home, [*brief, *words, "-f", form], [*brief, *others, "-f", form], runs)
            after = {f"{way} after start": held - start for way, held in found.items() if way != "cpu"}
            yield {"kind": kind, "format": form, "start": start, **found, **after, "budget": BUDGETS.get((kind, form))}


def main() -> None:
    """Measure and print a table."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--home", type=Path, required=True)
    reader.add_argument("--runs", type=int, default=3)
    reader.add_argument("--json", action="store_true")
    given = reader.parse_args()
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        shutil.copytree(given.home / "store", home / "store")
        made = list(rows(home, given.runs))
    if given.json:
        print(json.dumps(made, indent=2))
        return
    for row in made:
        told = "  ".join(f"{name} {value:.2f}" for name, value in row.items() if isinstance(value, float))
        print(f"{row['kind']:7}{row['format']:9}{told}")


if __name__ == "__main__":
    main()
