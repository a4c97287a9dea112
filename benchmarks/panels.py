"""What the reference panels cost with comity, and with pandas and polars by hand, side by side in one run.

    python benchmarks/panels.py --src DIR [--runs 3] [--panel all_directed …] [--json]

First every version's panel is compared with comity's, column by column; then each is built in fresh processes, in turn,
and the medians are told: CPU seconds of the process and of the system for it, wall seconds, peak memory. DIR holds the
tables of the R package peacesciencer as Parquet. pandas and polars are left out where they are not installed.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

# Only what is light is imported here: the peak of a process counts from the size of the one that started it.
HERE = Path(__file__).parent
PANELS = ("all_directed", "relevant_directed", "state_year")
PEERS = {"pandas": "panel_pandas", "polars": "panel_polars"}
CPU_BUDGETS = {"all_directed": 2.0, "relevant_directed": 1.0, "state_year": 0.6}
PARQUET_CPU_BUDGETS = {"all_directed": 3.5}
MIB_BUDGETS = {"all_directed": 1024.0}
READ_CPU_BUDGETS = {"six columns": 0.4, "all columns": 0.3}

BUILD = "import pathlib, sys, {module} as by_hand; made = by_hand.build(pathlib.Path(sys.argv[1]), sys.argv[2])"
WRITE = {"pandas": "made.to_parquet(sys.argv[3])", "polars": "made.write_parquet(sys.argv[3])"}
COMPARE = "import pathlib, sys, panels; print(panels.compared(*map(pathlib.Path, sys.argv[1:])))"
STORE = """
import pathlib, sys, equality
equality.reference_panel(pathlib.Path(sys.argv[1]), sys.argv[2]).write(pathlib.Path(sys.argv[3]))
"""
READ_SIX = """
import pathlib, sys
from comity.panel.reading import read_panel
read_panel(pathlib.Path(sys.argv[1]), columns=sys.argv[2:])
"""
# The second reading counts: the first one also imports what reads Parquet.
READ_ALL = """
import json, pathlib, sys, time
from comity.panel.reading import read_panel
read_panel(pathlib.Path(sys.argv[1]), columns=["year"])
cpu, wall = time.process_time(), time.perf_counter()
read_panel(pathlib.Path(sys.argv[1]))
print(json.dumps({"cpu_s": time.process_time() - cpu, "wall_s": time.perf_counter() - wall}))
"""
SIX = ("from_state", "to_state", "year", "dispute_onset", "cinc_share_from", "cinc_share_to")


class Case(NamedTuple):
    """One thing to measure; where it `tells` its own seconds, those count and not the whole process's."""

    panel: str
    way: str
    command: list[str]
    cpu_budget: float | None = None
    mib_budget: float | None = None
    tells: bool = False


def python(code: str, *arguments: object) -> list[str]:
    """The command that runs some code with arguments."""
    return [sys.executable, "-c", code, *map(str, arguments)]


def building(src: Path, panel: str, peers: list[str], folder: Path) -> Iterator[Case]:
    """A panel built by comity, in memory and into a file, and by each peer in memory."""
    comity = [sys.executable, str(HERE / "equality.py"), "--src", str(src), "--panel", panel]
    out = folder / f"{panel}.timed.parquet"
    yield Case(panel, "comity", comity, CPU_BUDGETS[panel], MIB_BUDGETS.get(panel))
    yield Case(panel, "comity, to Parquet", [*comity, "-o", str(out)], PARQUET_CPU_BUDGETS.get(panel))
    for peer in peers:
        yield Case(panel, peer, python(BUILD.format(module=PEERS[peer]), src, panel))


def reading(src: Path, folder: Path) -> Iterator[Case]:
    """The largest panel read back from the file that comity wrote: a few columns, and all in a running process."""
    stored = folder / "stored.parquet"
    checked(python(STORE, src, "all_directed", stored))
    six, whole = READ_CPU_BUDGETS.values()
    yield Case("all_directed read back", "six columns, whole process", python(READ_SIX, stored, *SIX), six)
    yield Case("all_directed read back", "all columns, running process", python(READ_ALL, stored), whole, tells=True)


def check(src: Path, panel: str, peers: list[str], folder: Path) -> dict[str, str]:
    """For each peer, how its panel compares with comity's, which has the hash that stands under `comity`."""
    own = folder / f"{panel}.comity.parquet"
    comity = [sys.executable, str(HERE / "equality.py"), "--src", str(src), "--panel", panel, "-o", str(own), "--hash"]
    found = {"comity": checked(comity).splitlines()[-1]}
    for peer in peers:
        other = folder / f"{panel}.{peer}.parquet"
        checked(python(f"{BUILD.format(module=PEERS[peer])}; {WRITE[peer]}", src, panel, other))
        found[peer] = checked(python(COMPARE, own, other)).strip()
        other.unlink()
    own.unlink()
    return found


def compared(own: Path, other: Path) -> str:
    """Whether two written panels have one content hash; if not, every column in which they differ.

    The order of the columns is left free, and so is the type of numbers: the hash takes all as doubles.
    """
    import pyarrow.parquet as pq
    from equality import content_hash

    schemas = [pq.read_schema(path) for path in (own, other)]
    apart = set(schemas[0].names) ^ set(schemas[1].names)
    if apart:
        return f"only one has {', '.join(sorted(apart))}"
    differ = []
    for name in schemas[0].names:  # a column at a time: two whole panels are gigabytes
        one, two = (pq.read_table(path, columns=[name]) for path in (own, other))
        if one.num_rows != two.num_rows:
            return f"{one.num_rows:,} rows against {two.num_rows:,}"
        if content_hash(one) != content_hash(two.cast(one.schema)):
            differ.append(name)
    return f"differs in {', '.join(differ)}" if differ else "the same"


def measured(cases: list[Case], runs: int) -> list[dict[str, Any]]:
    """The medians of each case. The cases take turns, so that what else the machine does falls on all alike."""
    seen: list[list[dict[str, float]]] = [[] for _ in cases]
    for _ in range(runs):
        for number, case in enumerate(cases):
            seen[number].append(_once(case))
    rows = []
    for number, case in enumerate(cases):
        row: dict[str, Any] = {"panel": case.panel, "way": case.way}
        for figure in ("cpu_s", "wall_s", "peak_mib"):
            row[figure] = statistics.median(each[figure] for each in seen[number])
        rows.append({**row, "budget_cpu_s": case.cpu_budget, "budget_mib": case.mib_budget})
    comity = {row["panel"]: row["cpu_s"] for row in rows if row["way"] == "comity"}
    for row in rows:
        row["ratio_to_comity"] = row["cpu_s"] / comity[row["panel"]] if row["panel"] in comity else None
    return rows


def checked(command: list[str]) -> str:
    """What a command that must not fail prints."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=_surroundings())
    if done.returncode:
        sys.exit(f"{' '.join(command)}: {done.stderr.strip()}")
    return done.stdout


def _once(case: Case) -> dict[str, float]:
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as wrong:
        start = time.perf_counter()
        process = subprocess.Popen(case.command, stdout=said, stderr=wrong, env=_surroundings())
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        wrong.seek(0)
        if process.returncode:
            sys.exit(f"{' '.join(case.command)}: {wrong.read().decode().strip()}")
        found = {"cpu_s": used.ru_utime + used.ru_stime, "wall_s": wall, "peak_mib": used.ru_maxrss / 1024}
        said.seek(0)
        return {**found, **json.loads(said.read())} if case.tells else found


def _surroundings() -> dict[str, str]:
    """One thread of linear algebra for all, for none of them multiplies matrices; modules compiled, as installed."""
    path = os.pathsep.join(filter(None, [str(HERE), os.environ.get("PYTHONPATH")]))
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": path}


def _print(rows: list[dict[str, Any]]) -> None:
    print(f"\n{'panel':<22} {'way':<29} {'CPU s':>7} {'budget':>7} {'wall s':>7} {'MiB':>6} {'budget':>7} {'ratio':>6}")
    for row in rows:
        cpu, mib, ratio = row["budget_cpu_s"], row["budget_mib"], row["ratio_to_comity"]
        over = (cpu and row["cpu_s"] > cpu) or (mib and row["peak_mib"] > mib)
        figures = f"{row['cpu_s']:7.2f} {cpu or '':>7} {row['wall_s']:7.2f} {row['peak_mib']:6.0f} {mib or '':>7}"
        shown = f"{ratio:5.1f}x" if ratio else ""
        print(f"{row['panel']:<22} {row['way']:<29} {figures} {shown:>6}{'  over budget' if over else ''}")


def main() -> None:
    """Check every version, measure every version, and print a table."""
    reader = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    reader.add_argument("--src", type=Path, required=True, help="folder of the input tables")
    reader.add_argument("--runs", type=int, default=3)
    reader.add_argument("--panel", nargs="+", choices=PANELS, default=list(PANELS))
    reader.add_argument("--json", action="store_true")
    given = reader.parse_args()
    src, notes = given.src.resolve(), sys.stderr
    peers = [name for name in PEERS if find_spec(name)]
    for name in PEERS.keys() - set(peers):
        print(f"{name} is not installed: its rows are left out", file=notes)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        checks = {panel: check(src, panel, peers, folder) for panel in given.panel}
        for panel, found in checks.items():
            print(f"{panel}: {'; '.join(f'{way} {said}' for way, said in found.items())}", file=notes)
        cases = [case for panel in given.panel for case in building(src, panel, peers, folder)]
        cases += reading(src, folder) if "all_directed" in given.panel else []
        before = os.getloadavg()
        rows = measured(cases, given.runs)
    loads = {"load_before": before[0], "load_after": os.getloadavg()[0]}
    versions = {name: version(name) for name in ("numpy", "pyarrow", "duckdb", *peers)}
    if given.json:
        print(json.dumps({"checks": checks, "rows": rows, **loads, "versions": versions}, indent=2))
        return
    _print(rows)
    print(f"\nload {loads['load_before']:.1f} to {loads['load_after']:.1f}; median of {given.runs}; {versions}")


if __name__ == "__main__":
    main()
