"""What a forecast of years it has not seen gains from inputs that it could do without."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from comity.errors import BadRequest
from comity.evidence.answer import Finding, estimate_of, placebos
from comity.evidence.design import design
from comity.evidence.estimate import Estimate, Placebo
from comity.evidence.inference import Errors, Influence, errors_of
from comity.evidence.sample import Floats, Sample

WITHOUT, DEALT, EVENT = "surprise without it", "gain when dealt anew", "event"
PLANNED = (DEALT,)
DRAWN, DRAWS, SEED = "pairs drawn again", 500, 20260


@design(
    assumes="What a forecast of later years gains from inputs is what they tell that nothing else it is given does; "
    "the years tried are like those to come.",
    serves="claims that something warns: whether who knows it foretells better than who does not",
    errs="Lists that miss cases hide what the cases would tell, and a better model, or one of months, might learn more "
    "from the same inputs; all of this pulls toward zero.",
)
def out_of_sample_ablation(sample: Sample) -> Estimate:
    """By how much less later years surprise a forecast that is given some inputs than the same one without them.

    The outcome of each row is what the log score gains by the inputs; above 0 they help. The controls are the surprise
    of the forecast without them (of which the gain is a share), the gain when the inputs are dealt anew among the rows
    of each year (the placebo: such inputs tell nothing, so a gain or a loss is the fitting's), and whether the event
    came. Errors let pairs that share a state hang together; `pairs drawn again` tells the bootstrap over pairs.
    """
    if missing := {WITHOUT, EVENT} - set(sample.names):
        raise BadRequest(f"question {sample.question.claim} {sample.question.name}: no column {sorted(missing)[0]!r}")
    sample = sample.known()
    held = {name: sample.x[:, place] for place, name in enumerate(sample.names)}
    gain, base = float(sample.y.mean()), float(held[WITHOUT].mean())
    if not base > 0:
        raise BadRequest(f"question {sample.question.claim} {sample.question.name}: nothing is left to foretell better")
    errors = _errors(sample)
    finding = Finding(
        coefficient=gain,
        errors=Errors({**errors.kinds, DRAWN: _drawn_again(sample)}, errors.used, errors.freedom, errors.leverage),
        relative_effect=gain / base,
        placebo=_dealt(sample, held[DEALT]) if DEALT in held else (),
        planned=PLANNED,
        options={"score": "log", "dealt anew": "among rows of a year", "seed": SEED},
    )
    made = estimate_of("out_of_sample_ablation", sample, finding)
    return replace(made, events=int(held[EVENT].sum()))


def _errors(sample: Sample) -> Errors:
    return errors_of(sample, _mean_influence(sample.y))


def _mean_influence(values: Floats) -> Influence:
    """What each row adds to a mean; each holds the same share of it."""
    count = len(values)
    return Influence((values - values.mean()) / count, np.full(count, 1 / count))


def _dealt(sample: Sample, gained: Floats) -> tuple[Placebo, ...]:
    return placebos(sample, PLANNED, np.array([gained.mean()]), [_mean_influence(gained)])


def _drawn_again(sample: Sample) -> float:
    """The spread of the mean when pairs are drawn again with all their years."""
    pairs, count = sample.pairs
    gained, rows = np.bincount(pairs, sample.y, minlength=count), np.bincount(pairs, minlength=count)
    random = np.random.default_rng(SEED)
    drawn = random.multinomial(count, np.full(count, 1 / count), size=DRAWS)
    return float(np.std((drawn @ gained) / (drawn @ rows), ddof=1))
