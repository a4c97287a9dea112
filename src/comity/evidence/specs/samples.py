"""Samples of studies: panels are made once and shared, rows outside a study are counted by reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from comity.errors import BadRequest
from comity.evidence.curve import usual_choices
from comity.evidence.sample import Flags, Sample
from comity.evidence.specs.foretelling import Ablation, Foretold, foretold_sample
from comity.evidence.specs.rows import Rows, rows_of_panel
from comity.evidence.specs.terms import Term, absent, lag, log, of, some

if TYPE_CHECKING:
    from comity.evidence.specs.study import Study
    from comity.panel.facts import Facts

MANY_ROWS = 120_000  # above it a curve of a dozen fits takes longer than it tells
ROW_CHOICES = ("all", "until ", "after ", "without the most treated state")
WITHOUT_CONTROLS = frozenset({"group_time_effects", "synthetic_control"})
OWN_CHOICES = frozenset({"interrupted_series", "synthetic_control", "out_of_sample_ablation"})


@dataclass(eq=False)
class World:
    """The rows of every unit and span of years that studies ask for, each made once."""

    store: Facts
    held: dict[tuple[str, tuple[int, int], str], Rows] = field(default_factory=dict)
    forecasts: dict[tuple[str, tuple[int, int], int], Foretold] = field(default_factory=dict)

    def rows(self, study: Study) -> Rows:
        """The rows a study asks for."""
        key = (study.unit, study.scope, study.of)
        if key not in self.held:
            self.held[key] = self.made(study)
        return self.held[key]

    def made(self, study: Study) -> Rows:
        """The rows of a study's unit and scope, from the store."""
        from comity.panel import panel

        states = (study.of,) if study.of else ()
        return rows_of_panel(panel(self.store, study.unit, years=study.scope, states=states))

    def foretold(self, study: Ablation) -> Foretold:
        """The forecasts a study asks for; one span of years is kept, for their inputs are large."""
        key = (study.listed, study.learned, study.scope[1])
        if key not in self.forecasts:
            self.forecasts.clear()
            self.forecasts[key] = Foretold.of(self.store, study.listed, study.learned, study.scope[1])
        return self.forecasts[key]

    def sample(self, study: Study) -> Sample:
        """The sample of a study, with the rows left out counted by reason."""
        if isinstance(study, Ablation):
            return foretold_sample(study, self.foretold(study))
        rows = self.rows(study)
        first, last = study.years
        kept = (rows.year >= first) & (rows.year <= last)
        excluded = {f"outside {first} to {last}": int((~kept).sum())}
        if study.of:
            kept &= rows.state_a == rows.number(study.of)
            excluded = {f"outside {first} to {last}": int((rows.state_a == rows.number(study.of)).sum() - kept.sum())}
        for reason, term in study.only.items():
            wanted = kept & (np.nan_to_num(term(rows)) > 0)
            excluded[reason] = int(kept.sum() - wanted.sum())
            kept = wanted
        if not kept.any():
            raise BadRequest(f"question {study.claim} {study.name}: no row is left")
        return _sample(study, rows, kept, {reason: count for reason, count in excluded.items() if count})


def _sample(study: Study, rows: Rows, kept: Flags, excluded: Mapping[str, int]) -> Sample:
    y, d = study.y(rows)[kept], study.d(rows)[kept]
    controls = [term(rows)[kept] for term in study.x.values()]
    is_pair = rows.state_b is not None and not study.of
    a, b = (
        rows.state_a[kept].astype(np.int64),
        None if rows.state_b is None else rows.state_b[kept].astype(np.int64),
    )
    terms = (study.y, study.d, *study.x.values(), *study.only.values())
    cited = rows.sources(term.name for term in terms)
    pair = None
    if study.unit == "directed_dyad_year" and is_pair and b is not None:
        pair = np.minimum(a, b) * len(rows.states) + np.maximum(a, b)
    return Sample(
        question=replace(study.question, sources=tuple(dict.fromkeys((*study.sources, *cited)))),
        y=y,
        d=d,
        x=np.column_stack(controls) if controls else np.empty((int(kept.sum()), 0)),
        names=tuple(study.x),
        unit=rows.unit[kept],
        year=rows.year[kept],
        pair=pair,
        state_a=a if is_pair else None,
        state_b=b if is_pair else None,
        excluded=excluded,
    )


def choices_of(world: World, study: Study, sample: Sample, design: str) -> dict[str, Sample]:
    """The samples of the specification curve of a design: the usual choices, then those the study names."""
    chosen: dict[str, Sample] = {}
    if design not in OWN_CHOICES:
        chosen = usual_choices(sample)
        if design in WITHOUT_CONTROLS:
            chosen = {name: held for name, held in chosen.items() if name.startswith(ROW_CHOICES)}
        elif len(sample) > MANY_ROWS:
            chosen = {name: held for name, held in chosen.items() if name.startswith(("no controls", *ROW_CHOICES))}
    else:
        chosen["all"] = sample
    for name, fields in study.choices.items():
        chosen[name] = world.sample(replace(study, **fields))
    return chosen


NEAR: Mapping[str, Term] = {"not politically relevant": of("is_relevant")}
WITHIN: Mapping[str, Term] = {
    "capabilities": lag(of("cinc_log_ratio")),
    "lower democracy": lag(of("lower_electoral_democracy_index")),
    "defense pact": lag(of("is_defense_ally")),
}
ACROSS: Mapping[str, Term] = {
    **WITHIN,
    "land border": of("has_land_border"),
    "distance": log(of("capital_distance_km")),
    "major power": of("has_major_power"),
    "past disputes": log(of("past_dispute_count")),
    "distance of votes": lag(of("ideal_point_distance")),
}
DIRECTED: Mapping[str, Term] = {
    "share of capabilities": lag(of("cinc_share_of_pair")),
    "democracy of the first": lag(of("electoral_democracy_index_from")),
    "democracy of the second": lag(of("electoral_democracy_index_to")),
    "pact between the two": lag(of("is_defense_ally")),
}
PARTNER: Mapping[str, Term] = {
    "capabilities": lag(of("cinc_share_to")),
    "democracy": lag(of("electoral_democracy_index_to")),
    "pact with it": lag(of("is_defense_ally")),
}
ALONE: Mapping[str, Term] = {
    "capabilities": lag(of("cinc_share")),
    "democracy": lag(of("electoral_democracy_index")),
    "output per head": lag(log(of("gdp_per_capita_estimate_usd2011"))),
}
EXERCISED = some(of("exercise_count"))
AGREED = some(of("agreement_stock"))
DISPUTE = of("dispute_onset")
NO_PACT = absent(lag(of("is_defense_ally")))
SHARE = "share of pair-years with a new dispute"
