"""Who the states are, dealt anew: what the coefficient would be if treatment had nothing to do with the outcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from comity.errors import BadRequest
from comity.evidence.answer import Finding, estimate_of, is_varied, share_of_expected
from comity.evidence.design import design
from comity.evidence.estimate import Estimate
from comity.evidence.inference import errors_of
from comity.evidence.placebo import LEADS, lead_names, lead_placebos
from comity.evidence.regression import least_squares, leveled, two_way
from comity.evidence.sample import Flags, Floats, Labels, Sample
from comity.evidence.within import Effects

DRAWS, SEED = 199, 20260


@design(
    assumes="As two-way fixed effects; and, if treatment does nothing, that which state is which has nothing to do "
    "with the outcome once levels and controls are taken out.",
    serves="a second opinion on how sure an effect between pairs is, that needs no law of how pairs hang together",
    errs="The coefficient errs as that of two-way fixed effects; with few states the p-value is coarse.",
)
def node_permutation(sample: Sample, *, draws: int = DRAWS, leads: Sequence[int] = LEADS) -> Estimate:
    """The two-way coefficient with a p-value from treatments whose states were dealt anew.

    Dekker, Krackhardt and Snijders (2007): what levels and controls leave of the treatment is moved to other states as
    a whole, so that it hangs together as before, and compared by its t-value. A pair and year that has no row under the
    new names stands out of that draw.
    """
    sample = sample.known()
    is_varied(sample)
    if sample.state_a is None or not draws > 0:
        raise BadRequest(f"question {sample.question.claim}: states are dealt anew in panels of pairs, once or more")
    found = two_way(sample)
    coefficient = float(found.coefficients[0])
    errors = errors_of(sample, found.influence())
    far = abs(coefficient) / errors.standard_error
    generator = np.random.default_rng(SEED)
    deal = _Deal.of(sample)
    further = sum(deal.t_value(generator.permutation(sample.states[1])) >= far for _ in range(draws))
    finding = Finding(
        coefficient=coefficient,
        errors=errors,
        relative_effect=share_of_expected(sample, coefficient),
        classical=found.classical,
        p_value=(1 + further) / (draws + 1),
        placebo=lead_placebos(sample, leads, two_way),
        planned=lead_names(leads),
        options={"draws": draws, "seed": SEED, "leads": list(leads)},
    )
    return estimate_of("node_permutation", sample, finding)


@dataclass(frozen=True, eq=False)
class _Deal:
    """What levels and controls leave of outcome and treatment, and where each pair and year has its row."""

    sample: Sample
    outcome: Floats
    treatment: Floats
    rows: Labels

    @classmethod
    def of(cls, sample: Sample) -> _Deal:
        effects, swept = leveled(sample, 1)
        outcome = _rest(effects.without(sample.y), swept[:, 1:])
        treatment = _rest(swept[:, 0], swept[:, 1:])
        (one, two), count = sample.states
        rows = np.full((count, count, sample.years.total), -1)
        rows[one, two, sample.years.of] = np.arange(len(sample))
        if not (rows[one, two, sample.years.of] == np.arange(len(sample))).all():
            raise BadRequest(
                f"question {sample.question.claim}: states are dealt anew where a pair and year has one row"
            )
        if sample.units.total == sample.pairs.total:  # pairs without direction stand once
            empty = rows < 0
            rows[empty] = rows.transpose(1, 0, 2)[empty]
        return cls(sample, outcome, treatment, rows)

    def t_value(self, names: Labels) -> float:
        """How far the coefficient lies from zero, in errors, when states have new names."""
        (one, two), _ = self.sample.states
        dealt = self.rows[names[one], names[two], self.sample.years.of]
        there: Flags = dealt >= 0
        sample = self.sample if there.all() else self.sample.among(there)
        effects = Effects.of(sample)
        moved = effects.without(self.treatment[dealt[there]])
        fit = least_squares(effects.without(self.outcome[there]), moved[:, None], 1, (0, np.ones(len(sample))))
        error = errors_of(sample, fit.influence()).standard_error
        return abs(float(fit.coefficients[0])) / error if error > 0 else 0.0


def _rest(column: Floats, others: Floats) -> Floats:
    if not others.shape[1]:
        return column
    found: Floats = column - others @ np.linalg.lstsq(others, column, rcond=None)[0]
    return found
