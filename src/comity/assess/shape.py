"""What an assessment is made of: indices, each with its parts, and of each part what it is worth and how old it is.

All are columns: one number for each subject (a pair or a state), so that one subject and all of them go one way.
A score lies from 0 to 1; NaN is unknown, and never 0.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from comity.errors import UnknownWord

if TYPE_CHECKING:
    from comity.assess.view import View

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Span:
    """What a part takes over from what it is made of, such as whole indices: their range, and how much is known."""

    least: Numbers
    most: Numbers
    coverage: Numbers


@dataclass(frozen=True)
class Part:
    """One thing an index looks at: its value in its own unit, its score, and how much it weighs.

    `latest_year` is the last year in which something of it is known, NaN where nothing is; `means` says what the value
    is, with its unit. `is_listed` says of which subjects it comes from a list that does not say what it leaves out:
    such a part may raise a score and never lowers it. `lowered_by` says what would lower the part of a limit. `span` is
    given where the part is made of indices, or estimated: of a number made of what is not known, not all is known.
    """

    name: str
    value: Numbers
    score: Numbers
    weight: float
    means: str
    latest_year: Numbers
    sources: tuple[str, ...] = ()
    is_listed: Flags | None = None
    is_hindsight: bool = False
    lowered_by: str = ""
    span: Span | None = None


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
        share: Numbers = weighed(_weights(self.parts), _shares(self.parts)) / _weights(self.parts).sum()
        return share

    @property
    def score(self) -> Numbers:
        """The weighted mean of the known parts; NaN where none is known."""
        return mean_score(self.parts)

    @property
    def least(self) -> Numbers:
        """The score if every unknown part were 0; with `most` it says how much hangs on what is not known."""
        ends = [_scores((part,), 0.0)[0] if part.span is None else part.span.least for part in self.parts]
        least: Numbers = weighed(_weights(self.parts), np.array(ends)) / _weights(self.parts).sum()
        return least

    @property
    def most(self) -> Numbers:
        """The score if every part that is unknown, or known from a list alone, were 1."""
        ends = [_scores((part,), 1.0)[0] if part.span is None else part.span.most for part in self.parts]
        open_end = np.where(_listed(self.parts), 1.0, np.array(ends))
        most: Numbers = weighed(_weights(self.parts), open_end) / _weights(self.parts).sum()
        return most

    @property
    def latest_year(self) -> Numbers:
        """The last year of which any part knows something."""
        latest: Numbers = np.fmax.reduce([part.latest_year for part in self.parts])
        return latest


def weighed(weights: Numbers, terms: Numbers | Flags) -> Numbers:
    """The weighted sum of rows of terms, added row by row.

    A product of matrices rounds by their shape; a subject must be worth the same whoever else is looked at.

    >>> weighed(np.array([0.5, 2.0]), np.array([[4.0, 2.0], [1.0, 0.0]])).tolist()
    [4.0, 1.0]
    """
    total = np.zeros(terms.shape[1])
    for weight, term in zip(weights, terms, strict=True):
        total += weight * term
    return total


def mean_score(parts: Sequence[Part], weights: Numbers | None = None) -> Numbers:
    """The weighted mean of the parts' scores that are known, under their own weights or others.

    A part that comes from a list which does not say what it leaves out counts only where it raises the mean: to learn
    of one more visit must not make a relationship look weaker than to know of none. Of such parts the best are taken,
    as many as raise it.

    >>> year = np.array([2020.0])
    >>> sure = Part("exercises", np.array([3.0]), np.array([0.5]), 1.0, "exercises", year)
    >>> listed = Part("visits", np.array([1.0]), np.array([0.3]), 1.0, "visits", year, is_listed=np.array([True]))
    >>> mean_score([sure, listed]).tolist()
    [0.5]
    """
    return _mean(parts, weights)[0]


def counted(parts: Sequence[Part]) -> Flags:
    """Which parts count in the score of which subject: parts × subjects."""
    return _mean(parts, None)[1]


def _mean(parts: Sequence[Part], weights: Numbers | None) -> tuple[Numbers, Flags]:
    given = (_weights(parts) if weights is None else weights)[:, None]
    known, listed = _known(parts), _listed(parts)
    sure = known & ~listed
    scores = _scores(parts, 0.0)
    total, weight = weighed(given[:, 0], scores * sure), weighed(given[:, 0], sure)
    best = _ratio(total, weight)
    counts = sure.copy()
    # The best mean over what may be left out is over the highest few, so one pass in order of the scores finds it.
    order = np.argsort(-np.where(listed, scores, -1.0), axis=0, kind="stable")
    columns = np.arange(scores.shape[1])
    for rows in order[: int(listed.sum(axis=0).max(initial=0))]:
        mine = given[rows, 0] * listed[rows, columns]
        raises = (mine > 0) & ~(scores[rows, columns] < best)
        total = total + np.where(raises, mine * scores[rows, columns], 0.0)
        weight = weight + np.where(raises, mine, 0.0)
        best = _ratio(total, weight)
        counts[rows, columns] |= raises
    return best, counts


def _ratio(total: Numbers, weight: Numbers) -> Numbers:
    found: Numbers = np.divide(total, weight, out=np.full(len(total), np.nan), where=weight > 0)
    return found


def _weights(parts: Sequence[Part]) -> Numbers:
    return np.array([part.weight for part in parts])


def _scores(parts: Sequence[Part], unknown: float) -> Numbers:
    scores = np.array([part.score for part in parts])
    return np.where(np.isnan(scores), unknown, scores)


def _known(parts: Sequence[Part]) -> Flags:
    known: Flags = ~np.isnan(np.array([part.score for part in parts]))
    return known


def _shares(parts: Sequence[Part]) -> Numbers:
    known = _known(parts).astype(np.float64)
    return np.array([one if part.span is None else part.span.coverage for part, one in zip(parts, known, strict=True)])


def _listed(parts: Sequence[Part]) -> Flags:
    none = np.zeros(len(parts[0].score), dtype=bool)
    listed: Flags = np.array([none if part.is_listed is None else part.is_listed for part in parts], dtype=bool)
    return np.logical_and(listed, _known(parts))


Assess = Callable[["View"], Sequence[Part]]


@dataclass(frozen=True)
class IndexKind:
    """An index as it is found by its name: what it is about, and the function that gives its parts.

    An index that is no headline is shown under further parts: it failed its validity test, or needs none.
    """

    name: str
    subject: str
    assess: Assess
    means: str
    is_headline: bool = field(default=True)

    def of(self, view: View, without: Sequence[str] = ()) -> Index:
        """The index of every subject of a view; some parts may be left out, as a test of the others needs."""
        parts = tuple(part for part in self.assess(view) if part.name not in without)
        return Index(self.name, self.means, parts)


KINDS: dict[tuple[str, str], IndexKind] = {}
MOST_HEADLINES = 8


def index(subject: str, *, is_headline: bool = True) -> Callable[[Assess], Assess]:
    """Make a function an index of a kind of subject: pair, state or organisation. Its docstring says what it is."""

    def made(assess: Assess) -> Assess:
        means = " ".join((assess.__doc__ or "").split())
        KINDS[subject, assess.__name__] = IndexKind(assess.__name__, subject, assess, means, is_headline)
        return assess

    return made


def limit(subject: str) -> Callable[[Assess], Assess]:
    """Make a function a limit of a kind of subject: 0 does not hold a relationship back, 1 does so as far as it can."""
    return index(limits_of(subject))


def limits_of(subject: str) -> str:
    """What the limits of a kind of subject are kept under.

    >>> limits_of("pair")
    'limit of a pair'
    """
    return f"limit of a {subject}"


def index_kinds(subject: str) -> list[IndexKind]:
    """The indices of a kind of subject, in the order in which they are shown: headlines, then the others."""
    import comity.assess.indices
    import comity.assess.limits  # noqa: F401 (the modules of both register what they hold)

    found = [kind for (about, _), kind in KINDS.items() if about == subject]
    return sorted(found, key=lambda kind: not kind.is_headline)


def limit_kinds(subject: str) -> list[IndexKind]:
    """The limits of a kind of subject, in the order in which they are shown."""
    return index_kinds(limits_of(subject))


def index_kind(subject: str, name: str) -> IndexKind:
    """The index of a name; UnknownWord names those there are."""
    kinds = {kind.name: kind for kind in index_kinds(subject)}
    if name not in kinds:
        raise UnknownWord(f"{name!r} is no index of a {subject}; indices are {', '.join(kinds)}")
    return kinds[name]
