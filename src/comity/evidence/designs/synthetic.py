"""One unit against the mixture of others that moved as it did before (Abadie, Diamond and Hainmueller 2010)."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np

from comity.errors import BadRequest
from comity.evidence.answer import Finding, estimate_of, is_varied, is_yes_or_no, share_of_expected
from comity.evidence.design import design
from comity.evidence.estimate import Estimate, Placebo
from comity.evidence.inference import Errors
from comity.evidence.sample import Floats, Sample
from comity.evidence.simplex import mixture

LEAST_DONORS = 19  # with fewer, even the most unusual of all units is not unusual at 5 %
NORMAL_REACH = 1.959963984540054


@design(
    assumes="A mixture of other units that moved as the treated one did before would have done so after; the others "
    "were not touched by the treatment; before it, no unit stood out for its own sake.",
    serves="a single case with many others to compare with",
    errs="A unit that lies beyond all others cannot be mixed from them and errs by what is missing; others that were "
    "touched as well pull toward zero.",
)
def synthetic_control(sample: Sample) -> Estimate:
    """How far one unit lies, on average after the event, from a mixture of others that fits its years before.

    Every other unit is asked the same as a placebo. Interval and p-value say how unusual the gap is among those of all
    units, each measured against its own misfit before: exact when any unit might as well have been the treated one.
    """
    sample = sample.known()
    is_varied(sample)
    is_yes_or_no(sample, "synthetic_control")
    case = _case(sample)
    gap, misfit = _gap(case.treated, case.donors, case.before)
    others = [
        _gap(case.donors[:, i], np.delete(case.donors, i, axis=1), case.before) for i in range(case.donors.shape[1])
    ]
    ratios = np.sort([abs(other) / error for other, error in others])
    reach = misfit * float(ratios[ceil(0.95 * (len(ratios) + 1)) - 1])
    used = sample.among(np.isin(sample.unit, case.units), "a year is missing")
    finding = Finding(
        coefficient=gap,
        errors=Errors({"placebos in space": reach / NORMAL_REACH}, "placebos in space", np.inf),
        relative_effect=share_of_expected(used, gap),
        low=gap - reach,
        high=gap + reach,
        p_value=(1 + int((ratios >= abs(gap) / misfit).sum())) / (len(ratios) + 1),
        placebo=_backdated(case),
        options={"weights": "convex", "donors": case.donors.shape[1]},
    )
    return estimate_of("synthetic_control", used, finding)


@dataclass(frozen=True, eq=False)
class _Case:
    """The treated series, the others beside it, which years came before, and the units used."""

    treated: Floats
    donors: Floats
    before: int
    units: Floats


def _case(sample: Sample) -> _Case:
    where = f"question {sample.question.claim} {sample.question.name}"
    treated = np.unique(sample.units.of[sample.d == 1])
    if len(treated) != 1:
        raise BadRequest(f"{where}: a synthetic control is of one treated unit, not {len(treated)}")
    wide = np.full((sample.years.total, sample.units.total), np.nan)
    wide[sample.years.of, sample.units.of] = sample.y
    whole = np.isfinite(wide).all(axis=0)
    mine = np.zeros(sample.units.total, dtype=bool)
    mine[treated] = True
    before = int(sample.years.of[sample.d == 1].min())
    if not whole[treated].all() or before < 3:
        raise BadRequest(f"{where}: the treated unit has every year, and 3 or more before treatment ({before} seen)")
    if (count := int((whole & ~mine).sum())) < LEAST_DONORS:
        raise BadRequest(f"{where}: {count} units to compare with have every year, fewer than {LEAST_DONORS}")
    names = np.unique(sample.unit)[whole]
    return _Case(wide[:, treated[0]], wide[:, whole & ~mine], before, names)


def _gap(series: Floats, donors: Floats, before: int) -> tuple[float, float]:
    """The average gap after the event, and how badly the mixture fits before it."""
    apart = series - donors @ mixture(series[:before], donors[:before])
    misfit = float(np.sqrt((apart[:before] ** 2).mean()))
    floor = 1e-6 * float(np.abs(donors).mean() + np.abs(series).mean()) + np.finfo(float).tiny
    return float(apart[before:].mean()), max(misfit, floor)


def _backdated(case: _Case) -> tuple[Placebo, ...]:
    """The gap in the last third of the years before, had the event come then; none where they are too few for it."""
    early = case.before * 2 // 3
    if early < 3 or case.before - early < 1:
        return ()
    series, donors = case.treated[: case.before], case.donors[: case.before]
    gap, misfit = _gap(series, donors, early)
    others = [_gap(donors[:, i], np.delete(donors, i, axis=1), early) for i in range(donors.shape[1])]
    ratios = np.sort([abs(other) / error for other, error in others])
    reach = misfit * float(ratios[ceil(0.95 * (len(ratios) + 1)) - 1])
    share = (1 + int((ratios >= abs(gap) / misfit).sum())) / (len(ratios) + 1)
    return (Placebo(f"as if {case.before - early} years earlier", gap, reach / NORMAL_REACH, share),)
