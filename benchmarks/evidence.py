"""What the ledger of evidence costs, how often its designs find what is not there, and what a wild bootstrap would.

    python benchmarks/evidence.py [--json] [--sizes RUNS] [--few RUNS]

Without options every estimate is made anew from the store of COMITY_HOME, nothing is written, and the seconds of the
wall and of the processor are told. With --sizes each design of pairs is asked of so many invented worlds in which
states have shocks of their own and nothing has an effect. With --few a wild bootstrap over clusters, which comity does
not use, is asked of worlds in which few clusters are treated; docs/why/designs.md says what came of it.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from comity.evidence.design import find_design
from comity.evidence.inference import PAIR
from design_samples import dyadic_world, studied
from test_evidence_footing import star_world, step_world
from test_evidence_size import DESIGNS

DRAWS = 399


def rerun() -> dict[str, Any]:
    """Seconds of all estimates, and how many there are."""
    from comity.evidence.specs import run
    from comity.store import open_store

    wall, busy = time.perf_counter(), time.process_time()
    with open_store(Path(os.environ["COMITY_HOME"]) / "store") as store:
        made = run(store, (), lambda line: print(line, file=sys.stderr))
    told = {"wall_s": round(time.perf_counter() - wall), "cpu_s": round(time.process_time() - busy)}
    return told | {"estimates": len(made.estimates), "refused": len(made.refused)}


def sizes(runs: int) -> dict[str, Any]:
    """How often each design rejects a true null at 5 %, with its errors and with those of pairs alone."""
    told = {}
    for name, (world, options) in (DESIGNS | {"two_way_fixed_effects": (dyadic_world, {"leads": ()})}).items():
        study = studied(find_design(name).estimate, world, runs, **options)
        told[name] = {"rejects": round(study.rejected, 3), "by pairs alone": round(study.rejected_by[PAIR], 3)}
    return told


def few(runs: int) -> dict[str, float]:
    """How often a wild bootstrap over clusters rejects a true null at 5 %, by who is treated."""
    worlds = {f"{n} of 40 states": (lambda random, n=n: step_world(random, n), 12) for n in (3, 5, 10)}
    worlds["pairs of one state"] = (star_world, 8)
    told = {}
    for name, (world, years) in worlds.items():
        found = [wild(world(np.random.default_rng([20260, seed])), years, seed) for seed in range(runs)]
        told[name] = round(float(np.mean(np.array(found) <= 0.05)), 3)
    return told


def wild(sample: Any, years: int, seed: int) -> float:
    """The p-value of a balanced panel when the residuals of each unit keep or turn their sign (no effect imposed)."""
    random = np.random.default_rng(seed)
    y, d = _centered(sample.y.reshape(-1, years)), _centered(sample.d.reshape(-1, years))
    turned = (_t(_centered(y * random.choice([-1, 1], size=(len(y), 1))), d) for _ in range(DRAWS))
    own = _t(y, d)
    return (1 + sum(t >= own for t in turned)) / (DRAWS + 1)


def _centered(values: np.ndarray) -> np.ndarray:
    return values - values.mean(0, keepdims=True) - values.mean(1, keepdims=True) + values.mean()


def _t(y: np.ndarray, d: np.ndarray) -> float:
    effect = (d * y).sum() / (d * d).sum()
    return float(abs(effect) * (d * d).sum() / np.sqrt((((d * (y - effect * d)).sum(1)) ** 2).sum()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--sizes", type=int, metavar="RUNS")
    parser.add_argument("--few", type=int, metavar="RUNS")
    asked = parser.parse_args()
    told: dict[str, Any] = {}
    if asked.sizes:
        told["sizes"] = sizes(asked.sizes)
    if asked.few:
        told["wild bootstrap"] = few(asked.few)
    told = told or rerun()
    print(json.dumps(told) if asked.json else "\n".join(f"{name}: {value}" for name, value in told.items()))


if __name__ == "__main__":
    main()
