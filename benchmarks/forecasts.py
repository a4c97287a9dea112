"""What forecasts of disputes cost: inputs, one fit, the open benchmark, and a rolling origin over twenty years.

    python benchmarks/forecasts.py [--json] [--all] [--months] [--rolling]
    python benchmarks/forecasts.py --ablation FILE
    python benchmarks/forecasts.py --early
    python benchmarks/forecasts.py --lean

The store of COMITY_HOME is asked. Seconds are those of the wall and of the processor; the peak is that of the process
up to then. With --all the inputs, one fit and the open benchmark on all pairs are measured too, with --months the
same benchmark by month, with --rolling the twenty origins. With --ablation nothing is measured: what each instrument
of engagement adds to the forecast is found and written to FILE, which belongs in src/comity/forecast/ablation.yml.
With --early nothing is measured either: what each group of inputs in hindsight gains is told of the five early windows
on which all settings and inputs were chosen. With --lean it is told how ten nested sets of inputs, from seven to all,
do on the same windows: of the logit, the trees, their average, and the average with the level that follows; then how
much worse each set is than the best, with the standard error over windows and that of pairs drawn again.
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
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from comity.forecast.ablation import ablation
from comity.forecast.backtest import Question, backtest, prepared
from comity.forecast.features import HINDSIGHT, Features
from comity.forecast.fitting import Learning, chances, fit_models, frozen, usable
from comity.forecast.forest import forest
from comity.forecast.level import Following, followed
from comity.forecast.listed import Flags, Floats
from comity.forecast.penalized import penalized_logit
from comity.forecast.regions import region_pairs
from comity.forecast.scores import scores
from comity.panel.scores import DRAWS, Ranked, log_losses
from comity.store import Store, open_store

if TYPE_CHECKING:
    from comity.forecast.targets import Cases

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
# Nested sets of inputs from lean to full: what each adds to the one before, as names of inputs or of whole groups.
NESTED = {
    "pair": "onset_1_fade onset_3_fade onset_8_fade onset_20_fade past_onsets since_met met_last_year",
    "place": "land_border near_by_sea distance majors both_major years_together capability_gap capability_low "
    "capability_high",
    "sides": "others_onset_1_low others_onset_1_high others_onset_8_low others_onset_8_high",
    "alliance": "is_defense_ally is_nonaggression_ally is_consultation_ally is_neutrality_ally has_alliance",
    "regime": "polity_low polity_high polity_gap joint_democracy",
    "kinds": "history others_force_8_low others_force_8_high",
    "around": "neighborhood",
    "troubles": "history_icb history_ucdp_acd_troops inner_conflict others",
    "standing": "network votes trade structure capability regime alliance",
    "full": "organization exercise agreement arms visit presence",
}
LEAN = {"penalty": 100, "feature_fraction": 0.5}  # the same for all sets, and set before any was scored
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


def nested(made: Features) -> dict[str, list[int]]:
    """The places of the inputs of each set."""
    sets: dict[str, list[int]] = {}
    held: set[str] = set()
    for name, added in NESTED.items():
        held |= set(added.split())
        both = enumerate(zip(made.names, made.groups, strict=True))
        sets[name] = [place for place, (one, group) in both if one in held or group in held]
    return sets


def four(rows: Cases, made: Features, parts: tuple[Flags, Flags]) -> dict[str, Floats]:
    """The chances that a logit, trees, their average and the average with its level moved give to some rows."""
    learned, tried = parts
    given = {**frozen(), "tree": {**frozen()["tree"], "feature_fraction": LEAN["feature_fraction"]}}
    known, asked = made.among(learned), made.among(tried)
    chosen = usable(known, asked)
    known, asked = known.only(chosen), asked.only(chosen)
    odds = {
        "logit": penalized_logit(rows.y[learned], known, LEAN["penalty"]).predictor(asked),
        "trees": forest(rows.y[learned], known, given).predictor(asked),
    }
    odds["average"] = (odds["logit"] + odds["trees"]) / 2
    held, rule = rows.among(tried), Following(**frozen()["level"])
    odds["followed"] = followed(odds["average"], held.y, held.year, rule, region_pairs(held))
    return {name: chances(each) for name, each in odds.items()}


def redrawn(rows: Cases, tried: Flags, chance: Floats, drawn: Floats) -> Floats:
    """The log score and AP of each draw of pairs; `drawn` says of each draw how often each row counts."""
    y = rows.y[tried]
    loss, ranked, counted = log_losses(y, chance), Ranked(y, chance), drawn[:, tried]
    return np.array([(each @ loss / each.sum(), ranked.precision(each)) for each in counted])


def lean(store: Store) -> Iterator[dict[str, Any]]:
    """Log score and AP of each nested set on each early window, then how much worse each is than the best."""
    rows, made = prepared(store, replace(OPEN, train=(1946, 1980), test=(1981, 1990)), (1946, 1990))
    pairs, place = np.unique(rows.pair, return_inverse=True)
    often = np.random.default_rng(0).multinomial(len(pairs), np.full(len(pairs), 1 / len(pairs)), size=DRAWS)
    drawn = often[:, place].astype(float)
    found: dict[str, Floats] = {}
    spread: dict[str, Floats] = {}
    for name, places in nested(made).items():
        each_window, of_draws = [], []
        for last in EARLY:
            parts = (rows.year <= last, (rows.year > last) & (rows.year <= last + 10))
            chance = four(rows, made.only(places), parts)
            told = {model: scores(rows.y[parts[1]], each) for model, each in chance.items()}
            yield {"inputs": name, "of": len(places), "last": last} | {
                model: (round(each.log, 5), round(each.average_precision, 4)) for model, each in told.items()
            }
            each_window.append((told["followed"].log, told["followed"].average_precision))
            of_draws.append(redrawn(rows, parts[1], chance["followed"], drawn))
        found[name], spread[name] = np.array(each_window), np.mean(of_draws, axis=0)
    best = min(found, key=lambda name: found[name][:, 0].mean())
    for name, held in found.items():
        apart = held - found[best]
        by_pairs = (spread[name] - spread[best]).std(axis=0, ddof=1)
        yield {"inputs": name, "against": best} | {
            score: {
                "mean": round(apart[:, at].mean(), 5),
                "se_windows": round(by_window[at], 5),
                "se_pairs": round(by, 5),
            }
            for by_window in (apart.std(axis=0, ddof=1) / np.sqrt(len(EARLY)),)
            for at, (score, by) in enumerate(zip(("log", "ap"), by_pairs, strict=True))
        }


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--json", action="store_true")
    for name in FURTHER:
        asked.add_argument(f"--{name}", action="store_true")
    asked.add_argument("--ablation", type=Path)
    for name in ("early", "lean"):
        asked.add_argument(f"--{name}", action="store_true")
    given = asked.parse_args()
    with open_store() as store:
        if given.ablation:
            text = yaml.safe_dump(instruments(store), sort_keys=False, width=120, default_flow_style=None)
            given.ablation.write_text(text, encoding="utf-8")
            return
        if given.early or given.lean:
            for each in early(store) if given.early else lean(store):
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
