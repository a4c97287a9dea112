"""The specification curve: one question asked under every reasonable set of choices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from comity.errors import BadRequest
from comity.evidence.estimate import Estimate, Specification
from comity.evidence.inference import errors_of, student_quantile
from comity.evidence.regression import two_way
from comity.evidence.sample import Sample

MOST_CONTROLS_LEFT_OUT = 8


@dataclass(frozen=True)
class CurveSummary:
    """What a specification curve says as a whole: the middle coefficient, and how many agree."""

    specifications: int
    middle: float
    above_zero: float
    surely_above: float
    surely_below: float


def usual_choices(sample: Sample) -> dict[str, Sample]:
    """The choices that can be made with any sample: which controls, which years, and without whom.

    All controls, none, each left out by itself; the earlier and the later half of the years; and, of pairs, without the
    state that takes part in most treated rows, so that no effect is one state's own.
    """
    sample = sample.known()
    chosen = {"all rows and controls": sample}
    if sample.names:
        chosen["no controls"] = replace(sample, x=sample.x[:, :0], names=())
    if 1 < len(sample.names) <= MOST_CONTROLS_LEFT_OUT:
        for place, name in enumerate(sample.names):
            names = sample.names[:place] + sample.names[place + 1 :]
            chosen[f"without {name}"] = replace(sample, x=np.delete(sample.x, place, axis=1), names=names)
    middle = int(np.median(sample.year))
    for name, rows in ((f"until {middle}", sample.year <= middle), (f"after {middle}", sample.year > middle)):
        if rows.any():
            chosen[name] = sample.among(rows)
    if sample.state_a is not None:
        (one, two), count = sample.states
        often = np.bincount(one, sample.d != 0, minlength=count) + np.bincount(two, sample.d != 0, minlength=count)
        most = int(often.argmax())
        chosen["without the most treated state"] = sample.among((one != most) & (two != most))
    return chosen


def two_way_specification(name: str, sample: Sample) -> Specification:
    """The two-way coefficient and its interval, without all that only the main estimate needs."""
    sample = sample.known()
    found = two_way(sample)
    errors = errors_of(sample, found.influence())
    reach = student_quantile(0.975, errors.freedom) * errors.standard_error
    coefficient = float(found.coefficients[0])
    return Specification(name, coefficient, coefficient - reach, coefficient + reach)


def specification_curve(
    choices: Mapping[str, Sample], ask: Callable[[str, Sample], Specification] = two_way_specification
) -> tuple[tuple[Specification, ...], dict[str, str]]:
    """Each choice's coefficient and interval, from the lowest to the highest; and, by choice, why it has none."""
    found: list[Specification] = []
    refused: dict[str, str] = {}
    for name, sample in choices.items():
        try:
            found.append(ask(name, sample))
        except BadRequest as error:
            refused[name] = str(error)
    return tuple(sorted(found, key=lambda held: held.coefficient)), refused


def of_design(design: Callable[[Sample], Estimate]) -> Callable[[str, Sample], Specification]:
    """A design as what a curve asks of each choice."""

    def ask(name: str, sample: Sample) -> Specification:
        estimate = design(sample)
        return Specification(name, estimate.coefficient, estimate.low, estimate.high)

    return ask


def with_curve(estimate: Estimate, specifications: Iterable[Specification]) -> Estimate:
    """The estimate with the curve beside it."""
    return replace(estimate, specifications=tuple(specifications))


def curve_summary(specifications: tuple[Specification, ...]) -> CurveSummary:
    """What the curve says as a whole; shares of all specifications.

    >>> curve_summary((Specification("a", -1.0, -2.0, -0.5), Specification("b", 0.5, -0.5, 1.5)))
    CurveSummary(specifications=2, middle=-0.25, above_zero=0.5, surely_above=0.0, surely_below=0.5)
    """
    if not specifications:
        raise BadRequest("a curve has at least one specification")
    count = len(specifications)
    return CurveSummary(
        count,
        float(np.median([held.coefficient for held in specifications])),
        sum(held.coefficient > 0 for held in specifications) / count,
        sum(held.low > 0 for held in specifications) / count,
        sum(held.high < 0 for held in specifications) / count,
    )
