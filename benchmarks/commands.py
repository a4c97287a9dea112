"""What comity costs: CPU seconds, wall seconds and peak memory of whole commands, each in fresh processes.

    python benchmarks/commands.py [--runs 5] [--json]

The published sources are measured when COMITY_MIRROR names a folder that holds them.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

Case = tuple[str, list[str], float | None]


def cases(home: str, mirror: str | None) -> Iterator[Case]:
    """Name, command and budget in seconds, of CPU or for loading of wall (None: no budget was set)."""
    comity = [sys.executable, "-m", "comity", "--quiet", "--home", home]
    yield "bare python", [sys.executable, "-c", "pass"], None
    yield "comity --help", [sys.executable, "-m", "comity", "--help"], 0.15
    yield "comity --version", [sys.executable, "-m", "comity", "--version"], 0.15
    yield "usage error", [sys.executable, "-m", "comity", "nonsense"], 0.15
    yield "load the register", [*comity, "load", "--json"], None
    yield "brief south-china-sea (terminal)", [*comity, "brief", "south-china-sea"], None
    yield "brief south-china-sea (HTML)", [*comity, "brief", "south-china-sea", "-o", f"{home}/brief.html"], None
    if mirror:
        yield "fetch every source from a mirror", [*comity, "fetch", "--all", "--from", mirror, "--json"], None
        yield "load every source and the register", [*comity, "load", "--all", "--force", "--json"], 90.0
        yield "load again, nothing changed", [*comity, "load", "--all", "--json"], None
        panel = [*comity, "panel", "dyad_year", "--years"]
        yield "dyad-years 1946:2010, all measures", [*panel, "1946:2010", "-o", f"{home}/p.parquet"], None
        yield "dyad-years 1816:2016, all measures", [*panel, "1816:2016", "-o", f"{home}/q.parquet"], None
        yield "brief USA JPN --year 2010", [*comity, "brief", "USA", "JPN", "--year", "2010"], None


def measured(command: list[str], runs: int) -> dict[str, float]:
    """The medians of several runs of one command; a command may fail only with a usage error."""
    cpu, wall = [], []
    for _ in range(runs):
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode not in (0, 2):
            sys.exit(f"{' '.join(command)}: {done.stderr.strip()}")
        wall.append(time.perf_counter() - start)
        cpu.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {"cpu_s": statistics.median(cpu), "wall_s": statistics.median(wall), "peak_mib_so_far": peak}


def main() -> None:
    """Measure every case and print a table."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--runs", type=int, default=5)
    reader.add_argument("--json", action="store_true")
    given = reader.parse_args()
    mirror = os.environ.get("COMITY_MIRROR")
    rows = []
    with tempfile.TemporaryDirectory() as home:
        for name, command, budget in cases(home, mirror and str(Path(mirror).resolve())):
            rows.append({"case": name, "budget_cpu_s": budget, **measured(command, given.runs)})
    if given.json:
        sys.stdout.write(json.dumps(rows, indent=2) + "\n")
        return
    for row in rows:
        budget = f"(budget {row['budget_cpu_s']:.2f})" if row["budget_cpu_s"] else ""
        sys.stdout.write(f"{row['case']:<38} {row['cpu_s']:7.3f} CPU s {row['wall_s']:7.3f} wall s  {budget}\n")


if __name__ == "__main__":
    main()
