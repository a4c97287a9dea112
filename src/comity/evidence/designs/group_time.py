"""Group-time effects of treatments that begin in different years (Callaway and Sant'Anna 2021)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from comity.errors import BadRequest
from comity.evidence.answer import Finding, estimate_of, is_varied, placebos, share_of_expected
from comity.evidence.cohorts import Gathered, cells, table_of, treated_since
from comity.evidence.design import design
from comity.evidence.estimate import Estimate, Placebo
from comity.evidence.inference import Influence, errors_of
from comity.evidence.sample import Flags, Sample

BEFORE, AFTER = 4, 5


@design(
    assumes="Without treatment, units treated in a year would have moved in parallel with units not treated yet; "
    "treatment lasts once it began, and is not felt before it.",
    serves="treatments that begin in different years and last: accessions, pacts, first agreements",
    errs="A treatment that ended counts as lasting, which pulls toward zero; one that was felt before it began spoils "
    "the base and pulls toward zero as well.",
)
def group_time_effects(sample: Sample, *, before: int = BEFORE, after: int = AFTER) -> Estimate:
    """How much more units gained since the year before their treatment than units not treated yet, over all cohorts.

    Every treated unit and year counts once. No unit that is treated serves as a control, so effects may grow and
    differ. The course shows the effect by year since treatment, the placebos the same for years before it. Controls `x`
    are not used: compare within samples that are alike.
    """
    sample = treated_since(sample.known())
    is_varied(sample)
    table = table_of(sample)
    gathered: dict[int | str, Gathered] = defaultdict(lambda: Gathered(len(table.since)))
    alone = 0
    for cell in cells(table, before):
        if not len(cell.controls):
            alone += len(cell.treated) if cell.after >= 0 else 0
            continue
        gathered[cell.after].add(cell)
        if cell.after >= 0:
            gathered["all"].add(cell)
    if "all" not in gathered:
        question = sample.question
        raise BadRequest(
            f"question {question.claim} {question.name}: no unit is still untreated when others are treated"
        )
    if alone:
        sample = replace(sample, excluded={**sample.excluded, "no unit still untreated to compare with": alone})
    return _estimate(sample, gathered, (before, after))


def _estimate(sample: Sample, gathered: Mapping[int | str, Gathered], span: tuple[int, int]) -> Estimate:
    before, after = span
    effect = gathered["all"].effect
    units = sample.among(_first_rows(sample))
    finding = Finding(
        coefficient=effect,
        errors=errors_of(units, Influence(gathered["all"].influence), over_years=False),
        relative_effect=share_of_expected(sample, effect),
        placebo=_course(units, gathered, range(-before, -1)),
        planned=[_name(after) for after in range(-before, -1)],
        course=_course(units, gathered, range(after + 1)),
        options={"before": before, "after": after, "controls": "not yet treated"},
    )
    return estimate_of("group_time_effects", sample, finding)


def _first_rows(sample: Sample) -> Flags:
    """One row for each unit, in the order of their numbers."""
    rows = np.zeros(len(sample), dtype=bool)
    rows[np.unique(sample.units.of, return_index=True)[1]] = True
    return rows


def _course(units: Sample, gathered: Mapping[int | str, Gathered], years: range) -> tuple[Placebo, ...]:
    """The effect in each year since treatment; below 0, before it."""
    found: list[Placebo] = []
    for after in years:
        if after in gathered:
            held = gathered[after]
            found += placebos(
                units, [_name(after)], np.array([held.effect]), [Influence(held.influence)], over_years=False
            )
    return tuple(found)


def _name(after: int) -> str:
    return f"{after} years after" if after >= 0 else f"{-after} years before"
