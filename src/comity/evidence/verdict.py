"""Verdicts: written rules from estimates to one of four words, the same for welcome and unwelcome results.

`docs/why/verdicts.md` tells the rules and why they are these; `judge` is the whole of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import NormalDist
from typing import Any, Literal

from comity.evidence.claim import Claim, Direction, Word
from comity.evidence.estimate import Estimate
from comity.evidence.footing import too_few
from comity.evidence.sizes import detectable_in_words

Side = Literal["supports", "contradicts", "too_small", "unclear"]
PLACEBO_LEVEL = 0.05  # shared among the placebos of an estimate
NORMAL = 1.96
SPECIFICATION_SHARE = 0.75
SIDES: dict[Side, str] = {
    "supports": "rules out no effect, and its best guess is large enough to matter",
    "contradicts": "rules out an effect of the size claimed",
    "too_small": "rules out no effect, but its best guess is too small to matter",
    "unclear": "rules out neither no effect nor an effect of the size claimed",
}
SWAPPED: dict[Word, Word] = {
    "supported": "contradicted",
    "contradicted": "supported",
    "mixed": "mixed",
    "unknown": "unknown",
}


@dataclass(frozen=True)
class Reading:
    """What one estimate says of the claim, read in the direction of the claim.

    `effect` is the best guess as a share of what would have been, above 0 in the direction claimed; `detectable` the
    smallest such share the estimate would have found with a chance of 80 %. `doubts` say why it cannot carry a verdict.
    `p_none` is the one-sided p-value against no effect, `p_size` against one of the size claimed, read off the interval
    as if it were normal.
    """

    design: str
    name: str
    side: Side
    effect: float | None
    detectable: float | None
    doubts: tuple[str, ...]
    p_none: float | None = None
    p_size: float | None = None

    @property
    def is_firm(self) -> bool:
        """Whether the estimate may carry a verdict by itself."""
        return self.side in ("supports", "contradicts") and not self.doubts


@dataclass(frozen=True)
class Verdict:
    """One of four words, the reason in a sentence or two, and what each estimate says."""

    word: Word
    reason: str
    readings: tuple[Reading, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The verdict as plain values, fit for JSON."""
        return asdict(self)


def judge(claimed: Direction, smallest: float, estimates: Sequence[Estimate]) -> Verdict:
    """The verdict on a claim that a treatment moves an outcome one way by at least the share `smallest`.

    Supported: one estimate without a doubt rules out no effect, and every best guess is at least `smallest`.
    Contradicted: one without a doubt rules out an effect of `smallest`, and every best guess is below it. Mixed: some
    estimate rules something out, but not so. Unknown: none does. A claim that something does not rise is the reverse
    of the claim that it rises.

    >>> judge("decrease", 0.2, []).word
    'unknown'
    """
    if claimed == "no_increase":
        reverse = judge("increase", smallest, estimates)
        reason = f"Read as the claim that there is an increase, of which this is the reverse. {reverse.reason}"
        return Verdict(SWAPPED[reverse.word], reason, reverse.readings)
    sign = 1.0 if claimed == "increase" else -1.0
    readings = tuple(read_estimate(estimate, sign, smallest) for estimate in estimates)
    if not readings:
        return Verdict("unknown", "It has not been estimated.")
    return Verdict(_word(readings, smallest), _reason(readings, smallest), readings)


def read_estimate(estimate: Estimate, sign: float, smallest: float) -> Reading:
    """What an estimate says of an effect in the direction of `sign` of at least the share `smallest`."""
    share = estimate.relative_effect
    if not share or not estimate.coefficient:
        doubts = ("its size as a share is not known", *filter(None, (_cluster_doubt(estimate),)))
        return Reading(estimate.design, estimate.name, "unclear", None, None, doubts)
    unit = abs(share / estimate.coefficient)  # what one unit of the coefficient is as a share, at the estimate
    low, high = sorted((sign * estimate.low * unit, sign * estimate.high * unit))
    effect = sign * abs(share) * (1.0 if estimate.coefficient > 0 else -1.0)
    mde = estimate.minimum_detectable_effect
    side = _side(effect, low, high, smallest)
    return Reading(
        estimate.design,
        estimate.name,
        side,
        effect,
        None if mde is None else abs(mde) * unit,
        tuple(
            doubt
            for doubt in (
                _placebo_doubt(estimate, smallest / unit),
                _cluster_doubt(estimate),
                "its outcome is but a trace of what is claimed" if estimate.is_trace else "",
                _specification_doubt(estimate, side, sign * unit, smallest),
            )
            if doubt
        ),
        p_none=_beyond(effect, effect - low),
        p_size=_beyond(smallest - effect, high - effect),
    )


def _beyond(apart: float, reach: float) -> float:
    """The one-sided p-value of a distance from what is tested, given how far the 95 % interval reaches that way."""
    if reach <= 0:
        return 0.0 if apart > 0 else 1.0
    return NormalDist().cdf(-NORMAL * apart / reach)


def _side(effect: float, low: float, high: float, smallest: float) -> Side:
    if high < smallest:
        return "contradicts"
    if low > 0:
        return "supports" if effect >= smallest else "too_small"
    return "unclear"


def _placebo_doubt(estimate: Estimate, smallest: float) -> str:
    """Why the placebos of an estimate do not clear it, or nothing; `smallest` in units of the coefficient."""
    placebos = estimate.placebo
    if estimate.not_computed:
        return f"a placebo is not computed ({', '.join(estimate.not_computed)})"
    if not placebos:
        return "it has no placebo"
    failed = [each.name for each in placebos if each.p_value < PLACEBO_LEVEL / len(placebos)]
    if failed:
        return f"its placebo fails ({', '.join(failed)})"
    reach = max(abs(estimate.coefficient), smallest)
    if all(NORMAL * each.standard_error >= reach for each in placebos):
        return "its placebos are too noisy to fail"
    return ""


def _cluster_doubt(estimate: Estimate) -> str:
    """Why an estimate rests on too few clusters for its errors to be trusted, or nothing."""
    if estimate.clusters is None:
        return "on how many clusters it rests is not told"
    few = too_few(estimate.clusters)
    told = ", ".join(f"{int(10 * count) / 10:g} {name}" for name, count in few.items())
    return f"it rests on few clusters ({told})" if few else ""


def _specification_doubt(estimate: Estimate, side: Side, scale: float, smallest: float) -> str:
    """Why other choices unsettle what the estimate says, or nothing; points alone count, so that noise cannot help."""
    if not estimate.specifications or side not in ("supports", "contradicts"):
        return ""
    effects = [scale * each.coefficient for each in estimate.specifications]
    agreeing = [effect > 0 if side == "supports" else effect < smallest for effect in effects]
    share = sum(agreeing) / len(agreeing)
    return "" if share >= SPECIFICATION_SHARE else f"only {share:.0%} of its specifications agree"


def _word(readings: Sequence[Reading], smallest: float) -> Word:
    guesses = [reading.effect for reading in readings if reading.effect is not None]
    firm = {reading.side for reading in readings if reading.is_firm}
    if "supports" in firm and min(guesses) >= smallest:
        return "supported"
    if "contradicts" in firm and max(guesses) < smallest:
        return "contradicted"
    return "unknown" if all(reading.side == "unclear" for reading in readings) else "mixed"


def _reason(readings: Sequence[Reading], smallest: float) -> str:
    said = []
    for side, words in SIDES.items():
        of_side = [reading for reading in readings if reading.side == side]
        if of_side:
            told = (
                words
                if len(of_side) == 1
                else words.replace("rules", "rule").replace("its best guess is", "their best guesses are")
            )
            said.append(f"{len(of_side)} of {_estimates(len(readings))} {told}")
    sentences = [f"{'; '.join(said)}."]
    guesses = [reading.effect for reading in readings if reading.effect is not None]
    if guesses and min(guesses) < smallest <= max(guesses):
        sentences.append(f"Best guesses lie on both sides of the smallest effect of interest ({smallest:.0%}).")
    sentences += [
        f"{reading.design} ({reading.name}): {', '.join(reading.doubts)}." for reading in readings if reading.doubts
    ]
    needed = [
        reading.detectable for reading in readings if reading.side == "unclear" and reading.detectable is not None
    ]
    if needed:
        sentences.append(f"The sharpest unclear one would have found {detectable_in_words(min(needed))}.")
    return " ".join(sentences)


def _estimates(count: int) -> str:
    return "1 estimate" if count == 1 else f"{count} estimates"


def _could(claim: Claim) -> str:
    """What data that are not there could show, where a plan says so."""
    if claim.planned is None:
        return ""
    return f" Such a test would find {detectable_in_words(claim.planned.detectable)}, given {claim.planned.assumes}."


def verdict_of(claim: Claim, estimates: Sequence[Estimate]) -> Verdict:
    """The verdict on a claim of the ledger; a claim that no data could show stays unknown, whatever is estimated."""
    if claim.testability == "not_observable":
        return Verdict("unknown", str(claim.needs))
    made = judge(claim.claimed, claim.smallest_effect.relative, estimates)
    if not estimates and claim.testability == "needs_data":
        return Verdict("unknown", f"It has not been estimated. It would take: {claim.needs}{_could(claim)}")
    return made
