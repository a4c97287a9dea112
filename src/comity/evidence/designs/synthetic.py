"""One unit against the mixture of others that moved as it did before (Abadie, Diamond and Hainmueller 2010)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil

import numpy as np

from comity.errors import BadRequest
from comity.evidence.answer import Finding, estimate_of, is_varied, is_yes_or_no, share_of_expected
from comity.evidence.design import design
from comity.evidence.estimate import Estimate, Placebo, is_computed
from comity.evidence.inference import Errors
from comity.evidence.sample import Floats, Sample
from comity.evidence.simplex import mixture

LEAST_DONORS = 19  # with fewer, even the most unusual of all units is not unusual at 5 %
NORMAL_REACH = 1.959963984540054
FLOOR = 0.5  # of the usual misfit: a mixture that fits better before is not taken to foretell better after
NOTHING = 1e-9  # what counts as no misfit against the spread of all series


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
    A misfit below half the usual one (root mean square over all units) counts as that, for a unit that its mixture fits
    by chance would otherwise have any gap look vast. Where no unit has a misfit, nothing is said: BadRequest.
    """
    sample = sample.known()
    is_varied(sample)
    is_yes_or_no(sample, "synthetic_control")
    case = _case(sample)
    rank = _rank(sample, case, case.before)
    used = sample.among(np.isin(sample.unit, case.units), "a year is missing")
    finding = Finding(
        coefficient=rank.gap,
        errors=Errors({"placebos in space": rank.reach / NORMAL_REACH}, "placebos in space", np.inf),
        relative_effect=share_of_expected(used, rank.gap),
        low=rank.gap - rank.reach,
        high=rank.gap + rank.reach,
        p_value=rank.share,
        placebo=_backdated(sample, case),
        planned=[_earlier(case)],
        options={"weights": "convex", "donors": case.donors.shape[1], "floor": FLOOR},
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


@dataclass(frozen=True)
class _Rank:
    """The gap of the treated unit, how far gaps reach in 95 of 100 units, and the share of units as unusual as it."""

    gap: float
    reach: float
    share: float


def _rank(sample: Sample, case: _Case, before: int) -> _Rank:
    """The gap of the treated unit among those of all, each against its misfit in the years before."""
    every = [_gap(case.treated, case.donors, before)]
    every += [_gap(case.donors[:, i], np.delete(case.donors, i, axis=1), before) for i in range(case.donors.shape[1])]
    gaps, misfits = np.array(every).T
    usual = float(np.sqrt((misfits**2).mean()))
    if not usual > NOTHING * float(np.abs(np.column_stack([case.treated, case.donors])).max()):
        where = f"question {sample.question.claim} {sample.question.name}"
        raise BadRequest(f"{where}: every unit is mixed from others without a misfit before, so nothing says how sure")
    measured = np.maximum(misfits, FLOOR * usual)
    ratios = np.abs(gaps) / measured
    others = np.sort(ratios[1:])
    reach = float(measured[0] * others[ceil(0.95 * (len(others) + 1)) - 1])
    return _Rank(float(gaps[0]), reach, (1 + int((others >= ratios[0]).sum())) / (len(others) + 1))


def _gap(series: Floats, donors: Floats, before: int) -> tuple[float, float]:
    """The average gap after the event, and how badly the mixture fits before it."""
    apart = series - donors @ mixture(series[:before], donors[:before])
    return float(apart[before:].mean()), float(np.sqrt((apart[:before] ** 2).mean()))


def _backdated(sample: Sample, case: _Case) -> tuple[Placebo, ...]:
    """The gap in the last third of the years before, had the event come then; none where they are too few for it."""
    early = case.before * 2 // 3
    if early < 3 or case.before - early < 1:
        return ()
    try:
        rank = _rank(
            sample, replace(case, treated=case.treated[: case.before], donors=case.donors[: case.before]), early
        )
    except BadRequest:  # no misfit in the fewer years says nothing
        return ()
    found = Placebo(_earlier(case), rank.gap, rank.reach / NORMAL_REACH, rank.share)
    return tuple(filter(is_computed, (found,)))


def _earlier(case: _Case) -> str:
    return f"as if {case.before - case.before * 2 // 3} years earlier"
