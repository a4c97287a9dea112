"""What forecasts of disputes cost: inputs, one fit, the open benchmark, and a rolling origin over twenty years.

    python benchmarks/forecasts.py [--json] [--all] [--months] [--rolling]
    python benchmarks/forecasts.py --ablation FILE
    python benchmarks/forecasts.py --early

The store of COMITY_HOME is asked. Seconds are those of the wall and of the processor; the peak is that of the process
up to then. With --all the inputs, one fit and the open benchmark on all pairs are measured too, with --months the
same benchmark by month, with --rolling the twenty origins. With --ablation nothing is measured: what each instrument
of engagement adds to the forecast is found and written to FILE, which belongs in src/comity/forecast/ablation.yml.
With --early nothing is measured either: what each group of inputs in hindsight gains is told of the five early windows
on which all settings and inputs were chosen.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import json
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from comity.forecast.ablation import ablation
from comity.forecast.backtest import Question, backtest, prepared
from comity.forecast.features import HINDSIGHT
from comity.forecast.fitting import Learning, fit_models, frozen, usable
from comity.forecast.scores import scores
from comity.store import Store, open_store

OPEN = Question(source="cow_mid", train=(1946, 1990), test=(1991, 2000))
ROLLING = Question(source="gml_mid", train=(1946, 1990), test=(1991, 2010), is_rolling=True)
TRIED = (
    Question(source="gml_mid", train=(1946, 1990), test=(1991, 2000)),
    Question(source="gml_mid", train=(1946, 2000), test=(2001, 2010)),
)
EARLY = (1960, 1965, 1970, 1975, 1980)  # the last years learned from; the ten years after each are tried
JUDGED = ("logit", "trees", "average", "blend", "tracking")
WISE = ((), ("ongoing",), ("rivalry",), ("claims",), ("ongoing", "rivalry"), ("ongoing", "claims"), HINDSIGHT)
FURTHER = ("all", "months", "rolling")
LISTED = ("gml_mid", "mme", "dcad", "sipri_arms", "us_leader_travel", "troopdata", "cow_igo")


@contextmanager
def measured(told: dict[str, Any], name: str) -> Iterator[None]:
    wall, busy = time.perf_counter(), time.process_time()
    yield
    told[name] = {
        "wall_s": round(time.perf_counter() - wall, 2),
        "cpu_s": round(time.process_time() - busy, 2),
        "peak_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def measure(store: Store, further: set[str]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name, is_relevant in (("relevant", True), ("all", False)):
        if not (is_relevant or "all" in further):
            continue
        with measured(told, f"inputs, {name}"):
            rows, made = prepared(store, replace(OPEN, is_relevant=is_relevant), (1946, 2000))
        early = rows.year <= OPEN.train[1]
        known = made.among(early).only(usable(made.among(early), made.among(~early)))
        with measured(told, f"one fit of every model, {name}"):
            fit_models(Learning(known, rows.y[early], rows.is_quiet[early]))
        del rows, made, known
        with measured(told, f"open benchmark, {name}"):
            backtest(store, replace(OPEN, is_relevant=is_relevant)).to_dict()
    if "months" in further:
        with measured(told, "open benchmark by month, relevant"):
            backtest(store, replace(OPEN, unit="dyad_month")).to_dict()
    if "rolling" in further:
        with measured(told, "twenty origins, relevant"):
            backtest(store, ROLLING).to_dict()
    return told


def instruments(store: Store) -> dict[str, Any]:
    """What each instrument adds, in the shape of ablation.yml."""
    versions = {name: about.version for name, about in store.abouts().items() if name in LISTED}
    told = []
    for question in TRIED:
        added = [
            {"groups": list(each.groups), "known": round(each.known, 3)}
            | {
                score: [round(part[key], 6) for key in ("value", "low", "high")]
                for score, part in each.gain.to_dict().items()
            }
            for each in ablation(store, question)
        ]
        told.append({"source": question.source, "train": question.train, "test": question.test, "added": added})
    return {
        "made": datetime.now(UTC).date().isoformat(),
        "settings_chosen": str(frozen()["chosen"]),
        "model": "average",
        "versions": versions,
        "tried": json.loads(json.dumps(told)),
    }


def early(store: Store) -> Iterator[dict[str, Any]]:
    """Log score and AP of each early window, by the groups in hindsight that enter and by model."""
    for groups in WISE:
        left = tuple(name for name in HINDSIGHT if name not in groups) if groups else ()
        for last in EARLY:
            asked = replace(OPEN, train=(1946, last), test=(last + 1, last + 10))
            found = backtest(store, replace(asked, with_hindsight=bool(groups), without=left))
            told = {name: scores(found.rows.y, found.chance[name]) for name in JUDGED}
            yield {"groups": groups, "inputs": found.hindsight, "last": last} | {
                name: (round(each.log, 5), round(each.average_precision, 4)) for name, each in told.items()
            }


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--json", action="store_true")
    for name in FURTHER:
        asked.add_argument(f"--{name}", action="store_true")
    asked.add_argument("--ablation", type=Path)
    asked.add_argument("--early", action="store_true")
    given = asked.parse_args()
    with open_store() as store:
        if given.ablation:
            text = yaml.safe_dump(instruments(store), sort_keys=False, width=120, default_flow_style=None)
            given.ablation.write_text(text, encoding="utf-8")
            return
        if given.early:
            for each in early(store):
                print(json.dumps(each), flush=True)
            return
        told = measure(store, {name for name in FURTHER if getattr(given, name)})
    if given.json:
        print(json.dumps(told, indent=1))
        return
    for name, each in told.items():
        print(f"{name:36} {each['wall_s']:8.2f} s  {each['cpu_s']:8.2f} s of processor  {each['peak_mib']:6} MiB")


if __name__ == "__main__":
    main()
