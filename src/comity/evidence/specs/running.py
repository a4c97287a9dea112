"""Estimates made anew: every study of every claim asked of a store, and written with the versions of its sources."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from comity.errors import BadRequest, ComityError
from comity.evidence.answer import missing
from comity.evidence.curve import of_design, specification_curve, two_way_specification, with_curve
from comity.evidence.design import find_design
from comity.evidence.estimate import Estimate, Placebo
from comity.evidence.ledger import SHIPPED, read_estimates
from comity.evidence.placebo import LEADS, lead_names
from comity.evidence.specs.samples import World, choices_of
from comity.evidence.specs.study import Study, known_specs, studies_of
from comity.evidence.specs.terms import ahead

if TYPE_CHECKING:
    from comity.evidence.sample import Sample
    from comity.panel.facts import Facts

Progress = Callable[[str], None]
QUIET = frozenset({"poisson_fixed_effects", "discrete_time_hazard", "entropy_balancing", "double_machine_learning"})
BARE: Mapping[str, Mapping[str, Any]] = {name: {"leads": ()} for name in QUIET}  # a curve needs no placebos


@dataclass
class Run:
    """What a run made: the estimates, and why each other question has none."""

    estimates: list[Estimate] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)


def rerun(
    store: Facts,
    claims: str | Sequence[str] | None = (),
    progress: Progress | None = None,
    world: World | None = None,
) -> list[Estimate]:
    """The estimates of some claims, or of all that have a specification, from the data loaded now."""
    return run(store, claims, progress, world).estimates


def run(
    store: Facts,
    claims: str | Sequence[str] | None = (),
    progress: Progress | None = None,
    world: World | None = None,
) -> Run:
    """As `rerun`, with the questions that could not be answered and why."""
    say = progress or (lambda _: None)
    asked = (claims,) if isinstance(claims, str) else tuple(claims or known_specs())
    world, made = world or World(store), Run()
    for place, claim in enumerate(asked, start=1):
        say(f"{claim} ({place} of {len(asked)})")
        for study in studies_of(claim):
            if len(studies_of(claim)) > 1:
                say(f"{claim} {study.name}")
            for design in study.designs:
                try:
                    with np.errstate(all="ignore"):
                        made.estimates.append(estimated(world, study, design))
                except (ComityError, np.linalg.LinAlgError) as error:
                    made.refused[f"{claim} {study.name}: {design}"] = str(error)
                    say(f"{claim} {study.name}: {design} has no estimate: {error}")
    return made


def estimated(world: World, study: Study, design: str) -> Estimate:
    """What one design says of a study, with the specification curve beside it."""
    sample = world.sample(study).known()
    if study.at_risk:
        made = find_design(design).estimate(sample, leads=())
        told = tuple(_later(world, study, design))
        estimate = replace(made, placebo=told, not_computed=missing(lead_names(LEADS), told))
    else:
        estimate = find_design(design).estimate(sample)
    estimate = replace(estimate, is_trace=study.is_trace)
    if study.caveat:
        estimate = replace(estimate, bias=f"{estimate.bias} {study.caveat}")
    curve, _ = specification_curve(choices_of(world, study, sample, design), _asker(design))
    return with_curve(estimate, curve)


def _later(world: World, study: Study, design: str) -> Iterator[Placebo]:
    """The treatment of later years in rows not treated now, taken from all rows and not from those at risk alone."""
    for years in LEADS:
        later = replace(study, d=ahead(study.d, years), choices={})
        try:
            found = find_design(design).estimate(world.sample(later), leads=())
        except BadRequest:  # the rows not treated now are fewer, and may not bear the comparison that all rows bear
            continue
        yield Placebo(f"lead {years}", found.coefficient, found.standard_error, found.p_value)


def _asker(design: str) -> Callable[[str, Sample], Any]:
    if design in ("two_way_fixed_effects", "node_permutation"):
        return two_way_specification
    return of_design(partial(find_design(design).estimate, **BARE.get(design, {})))


def write_estimates(run: Run, store: Facts, path: Path = SHIPPED) -> None:
    """Write estimates, aggregates alone, with the version and fingerprint of every source they rest on."""
    abouts = store.abouts()
    used = sorted({source for each in run.estimates for source in each.sources} & set(abouts))
    told = {
        "made_on": datetime.now(tz=UTC).date().isoformat(),
        "sources": {name: {"version": abouts[name].version, "fingerprint": abouts[name].fingerprint} for name in used},
        "not_estimated": run.refused,
        "estimates": [_rounded(each.to_dict()) for each in run.estimates],
    }
    path.write_text(json.dumps(told, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _rounded(value: Any) -> Any:
    """Numbers to six digits, for no estimate is surer than that and files are read by people."""
    if isinstance(value, float):
        return float(f"{value:.6g}")
    if isinstance(value, dict):
        return {key: _rounded(held) for key, held in value.items()}
    if isinstance(value, list):
        return [_rounded(held) for held in value]
    return value


def refresh(
    store: Facts, claims: str | Sequence[str] | None = (), progress: Progress | None = None, path: Path = SHIPPED
) -> Run:
    """Make the estimates of some claims anew, or of all, and write them beside those of other claims made before."""
    made = run(store, claims, progress)
    if claims and path.is_file():
        made = _beside(made, path, {claims} if isinstance(claims, str) else set(claims))
    write_estimates(made, store, path)
    return made


def _beside(made: Run, path: Path, anew: set[str]) -> Run:
    """A run of some claims, and what was made of the others before."""
    kept = json.loads(path.read_text(encoding="utf-8"))["not_estimated"]
    before = [each for held in read_estimates(path).values() for each in held if each.claim not in anew]
    refused = {name: why for name, why in kept.items() if name.split()[0] not in anew}
    return Run(sorted([*made.estimates, *before], key=lambda each: each.claim), refused | made.refused)
