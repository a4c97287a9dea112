"""What an assessment is made of: indices, each with its parts, and of each part what it is worth and how old it is.

All are columns: one number for each subject (a pair or a state), so that one subject and all of them go one way.
A score lies from 0 to 1; NaN is unknown, and never 0.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from comity.errors import UnknownWord

if TYPE_CHECKING:
    from comity.assess.view import View

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Part:
    """One thing an index looks at: its value in its own unit, its score, and how much it weighs.

    `latest_year` is the last year in which something of it is known, NaN where nothing is; `means` says what the value
    is, with its unit.
    """

    name: str
    value: Numbers
    score: Numbers
    weight: float
    means: str
    latest_year: Numbers
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Index:
    """A headline of an assessment: the weighted mean of the scores of the parts that are known.

    `coverage` is the weight of the known parts over that of all. A missing part lowers the coverage and nothing else.
    """

    name: str
    means: str
    parts: tuple[Part, ...]

    @property
    def coverage(self) -> Numbers:
        """The share of the parts' weight of which something is known."""
        weights = np.array([part.weight for part in self.parts])
        known = np.array([~np.isnan(part.score) for part in self.parts])
        share: Numbers = weights @ known / weights.sum()
        return share

    @property
    def score(self) -> Numbers:
        """The weighted mean of the known parts; NaN where none is known."""
        return mean_score(self.parts)


def mean_score(parts: Sequence[Part], weights: Numbers | None = None) -> Numbers:
    """The weighted mean of the parts' scores that are known, under their own weights or others.

    >>> part = Part("visits", np.array([3.0]), np.array([0.5]), 1.0, "visits", np.array([2020.0]))
    >>> mean_score([part]).tolist()
    [0.5]
    """
    given = np.array([part.weight for part in parts]) if weights is None else weights
    scores = np.array([part.score for part in parts])
    known = ~np.isnan(scores)
    total = given @ known
    mean: Numbers = np.divide(
        given @ np.where(known, scores, 0.0), total, out=np.full(scores.shape[1], np.nan), where=total > 0
    )
    return mean


Assess = Callable[["View"], Sequence[Part]]


@dataclass(frozen=True)
class IndexKind:
    """An index as it is found by its name: what it is about, and the function that gives its parts."""

    name: str
    subject: str
    assess: Assess
    means: str

    def of(self, view: View) -> Index:
        """The index of every subject of a view."""
        return Index(self.name, self.means, tuple(self.assess(view)))


KINDS: dict[tuple[str, str], IndexKind] = {}
MOST_HEADLINES = 8


def index(subject: str) -> Callable[[Assess], Assess]:
    """Make a function an index of a kind of subject: pair, state or organisation. Its docstring says what it is."""

    def made(assess: Assess) -> Assess:
        means = (assess.__doc__ or "").strip()
        KINDS[subject, assess.__name__] = IndexKind(assess.__name__, subject, assess, means)
        return assess

    return made


def index_kinds(subject: str) -> list[IndexKind]:
    """The indices of a kind of subject, in the order in which they are shown."""
    import comity.assess.indices  # noqa: F401 (its modules register what they hold)

    return [kind for (about, _), kind in KINDS.items() if about == subject]


def index_kind(subject: str, name: str) -> IndexKind:
    """The index of a name; UnknownWord names those there are."""
    kinds = {kind.name: kind for kind in index_kinds(subject)}
    if name not in kinds:
        raise UnknownWord(f"{name!r} is no index of a {subject}; indices are {', '.join(kinds)}")
    return kinds[name]
