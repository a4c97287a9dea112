"""Made-up worlds of pairs over years whose effect is known, for the tests of designs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.evidence.sample import Question, Sample

QUESTION = Question(
    claim="C06", outcome="disputes", treatment="exercises", unit="disputes a year", sources=("made up",)
)


def sample_of(y, d, unit, year, **more):
    """A sample with the made-up question; without controls unless told."""
    x = more.pop("x", None)
    x = np.empty((len(y), 0)) if x is None else x
    names = tuple(f"control {place}" for place in range(x.shape[1]))
    given = {"question": QUESTION, "names": names} | more
    y, d = np.asarray(y, dtype=float), np.asarray(d, dtype=float)
    return Sample(**given, y=y, d=d, x=x, unit=unit, year=year)


def persistent(random, rows, years, share=0.6):
    """Rows of series whose years hang together, with spread 1."""
    made = random.normal(size=(rows, years))
    for year in range(1, years):
        made[:, year] = share * made[:, year - 1] + np.sqrt(1 - share**2) * made[:, year]
    return made


def pairs_of(states):
    """The two states of every pair."""
    return np.triu_indices(states, 1)


def dyadic_world(random, *, states=25, years=8, effect=0.0, shared=1.0):
    """Pairs over years: outcome and treatment both feel lasting shocks of the two states, apart from each other.

    The treatment tells nothing of the outcome but its effect, yet pairs that share a state move together.
    """
    a, b = pairs_of(states)
    shocks, leanings = persistent(random, states, years), persistent(random, states, years)
    lean = leanings[a] + leanings[b] + random.normal(size=(len(a), years))
    d = (lean > 0.8).astype(float)
    level = random.normal(size=len(a))[:, None] + 0.5 * d.mean(axis=1, keepdims=True)
    y = level + random.normal(size=years) + shared * (shocks[a] + shocks[b]) + random.normal(size=d.shape) + effect * d
    unit, year = np.repeat(np.arange(len(a)), years), np.tile(np.arange(2000, 2000 + years), len(a))
    return sample_of(y.ravel(), d.ravel(), unit, year, state_a=a[unit], state_b=b[unit])


def staggered_world(random, *, units=200, years=10, effect=1.0, growth=0.0, shift=0.0):
    """Units treated from different years on, a third never; the effect may grow, and `shift` parts the paths before."""
    since = np.where(random.random(units) < 1 / 3, 9999, 2000 + random.integers(3, years - 1, units))
    year = np.arange(2000, 2000 + years)
    after = year - since[:, None]
    d = (after >= 0).astype(float)
    level = random.normal(size=(units, 1)) + (since[:, None] < 9999)
    drift = shift * np.where(since[:, None] < 9999, year - 2000, 0)
    y = level + 0.3 * (year - 2000) + drift + random.normal(size=d.shape) + d * (effect + growth * after)
    unit = np.repeat(np.arange(units), years)
    return sample_of(y.ravel(), d.ravel(), unit, np.tile(year, units)), d * (effect + growth * after)


def crossed_world(random, *, states=16, years=10, effect=0.5, bent=0.0):
    """Pairs whose treatment hangs on a control that moves the outcome too; `bent` makes both hang on its square."""
    a, b = pairs_of(states)
    rows = len(a) * years
    x = random.normal(size=(rows, 2))
    lean = 0.8 * x[:, 0] - 0.5 + bent * (x[:, 0] ** 2 - 1)
    d = (random.random(rows) < 1 / (1 + np.exp(-lean))).astype(float)
    y = x[:, 0] + 0.5 * x[:, 1] + bent * (x[:, 0] ** 2 - 1) + effect * d + random.normal(size=rows)
    unit, year = np.repeat(np.arange(len(a)), years), np.tile(np.arange(2001, 2001 + years), len(a))
    return sample_of(y, d, unit, year, x=x, state_a=a[unit], state_b=b[unit])


def onset_world(random, *, pairs=400, years=25, effect=-0.5):
    """Pairs whose chance of an onset falls with quiet years and changes with treatment by a factor of the odds."""
    a, b = pairs_of(30)
    a, b = a[:pairs], b[:pairs]
    d = (persistent(random, pairs, years, 0.8) > 0.3).astype(float)
    quiet, y = np.zeros(pairs), np.zeros((pairs, years))
    for year in range(years):
        odds = -1.5 - 0.1 * quiet + effect * d[:, year]
        y[:, year] = random.random(pairs) < 1 / (1 + np.exp(-odds))
        quiet = np.where(y[:, year] == 1, 1, quiet + 1)
    unit, year = np.repeat(np.arange(pairs), years), np.tile(np.arange(1980, 1980 + years), pairs)
    return sample_of(y.ravel(), d.ravel(), unit, year, state_a=a[unit], state_b=b[unit])


def single_series(random, *, years=40, event=25, effect=0.0, hangs=0.0):
    """One series along a line, with a step at the event; each year keeps a share of the last year's error."""
    place = np.arange(years)
    errors = persistent(random, 1, years, hangs)[0]
    d = (place >= event).astype(float)
    return sample_of(1 + 0.05 * place + errors + effect * d, d, np.zeros(years, dtype=int), 1980 + place)


def comparison_world(random, *, units=25, years=24, event=16, effect=0.0):
    """Units moved by two shared paths; the first is treated from the event on, and might as well be any other."""
    paths = random.normal(size=(years, 2)).cumsum(axis=0)
    y = paths @ random.random((2, units)) + random.normal(size=(years, units))
    d = np.zeros((years, units))
    d[event:, 0] = 1
    unit, year = np.repeat(np.arange(units), years), np.tile(np.arange(1990, 1990 + years), units)
    return sample_of((y + effect * d).T.ravel(), d.T.ravel(), unit, year)


@dataclass(frozen=True)
class Study:
    """What a design found in many worlds whose effect is known."""

    bias: float
    noise: float
    coverage: float
    rejected: float
    rejected_by: dict[str, float]
    placebo: float

    def holds(self, runs):
        """That the bias, the coverage of intervals and the size of placebos are what they should be, within chance."""
        assert abs(self.bias) < 3.5 * self.noise, f"bias {self.bias:.4f} against {self.noise:.4f}"
        assert abs(self.coverage - 0.95) < chance(runs), f"intervals hold the truth in {self.coverage:.3f} of worlds"
        assert not self.placebo > 0.05 + chance(runs), f"placebos fail in {self.placebo:.3f}"


def chance(runs, share=0.05):
    """How far a share of runs may lie from what it should be."""
    return 3.5 * np.sqrt(share * (1 - share) / runs)


def studied(design, world, runs, truth=0.0, **options):
    """A design in many worlds, each of its own seed; `truth` may be told by the world beside its sample."""
    far, inside, rejected, kinds, placebo = [], [], [], [], []
    for seed in range(runs):
        made = world(np.random.default_rng([20260, seed]))
        sample, effect = made if isinstance(made, tuple) else (made, truth)
        found = design(sample, **options)
        far.append(found.coefficient - effect)
        inside.append(found.low <= effect <= found.high)
        rejected.append(found.p_value < 0.05)
        kinds.append({kind: abs(far[-1]) > 1.96 * error for kind, error in found.errors.items()})
        placebo += [lead.p_value < 0.05 for lead in found.placebo]
    by = {kind: float(np.mean([each[kind] for each in kinds])) for kind in kinds[0]}
    noise = float(np.std(far) / np.sqrt(runs))
    share = float(np.mean(placebo)) if placebo else float("nan")
    return Study(float(np.mean(far)), noise, float(np.mean(inside)), float(np.mean(rejected)), by, share)
