"""The pair-years in which something may begin for the first time, with the terms as they stood a year before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from comity.errors import BadRequest
from comity.network.becoming_terms import RECENT, TERMS, VISIT, Target, Term
from comity.network.pair_years import Matrix, Numbers, PairYears, before, pair_years

if TYPE_CHECKING:
    from comity.panel.facts import Facts

FIRST_YEAR = 1981  # exercises and agreements are listed for all pairs from 1980 on, and terms look a year back
FOLLOWED = frozenset({"CHN", "USA"})  # whose visits a list follows


@dataclass(frozen=True)
class Wait:
    """The pair-years of a wait that are wholly known: whether it ended, and the terms of the year before.

    `is_bilateral` says of a wait that ended whether it did so in a text of the two alone.

    `left_out` counts the pair-years that are not known, by the term that is unknown in them; one may lack several.
    """

    terms: tuple[Term, ...]
    x: Matrix
    y: npt.NDArray[np.bool_]
    is_bilateral: npt.NDArray[np.bool_]
    year: Numbers
    state_a: Numbers
    state_b: Numbers
    left_out: dict[str, int]
    incomplete: int

    @property
    def pair(self) -> Numbers:
        """A number that is the pair's own."""
        return self.state_a * 10_000 + self.state_b

    def among(self, kept: npt.NDArray[np.bool_]) -> Wait:
        """Some of the rows."""
        names = ("x", "y", "is_bilateral", "year", "state_a", "state_b")
        return replace(self, **{name: getattr(self, name)[kept] for name in names})


def wait(store: Facts, target: Target, years: tuple[int, int], states: tuple[str, ...] = ()) -> Wait:
    """The pair-years of the years in which the target may begin for the first time and all terms are known.

    Visits are a term where only pairs of states whose visits a list follows are asked for: a visit between others that
    is not listed says nothing.
    """
    terms: tuple[Term, ...] = (TERMS[0], target.prior, *TERMS[1:])
    if states and FOLLOWED.issuperset(states):
        terms = (terms[0], VISIT, *terms[1:])
    pairs = pair_years(store, (years[0] - RECENT - 1, years[1]))  # all of them: third states count in some terms
    holds = target.holds(pairs)
    is_asked = (pairs.years >= years[0]) & pairs.exists & before(pairs.exists.astype(float)).astype(bool)
    is_waiting = is_asked & ~np.isnan(holds) & ~_ended_before(store, target, pairs, holds)
    if states:
        is_waiting &= _has_one_of(pairs, states)[:, None]
    row, column = np.nonzero(is_waiting)
    if not len(row):
        raise BadRequest(f"nothing is known of {target.means} in {years[0]}:{years[1]}")
    made = [_lagged(term, pairs)[row, column] for term in terms]
    x = np.column_stack(made)
    known: npt.NDArray[np.bool_] = np.logical_not(np.isnan(x).any(axis=1))
    unknown = np.isnan(x).sum(axis=0)
    left_out = {term.name: int(count) for term, count in zip(terms, unknown, strict=True) if count}
    a, b = pairs.state_a[row], pairs.state_b[row]
    y = holds[row, column] > 0
    alone = y & target.is_bilateral(pairs)[row, column]
    found = Wait(terms, x, y, alone, pairs.years[column], a, b, left_out, int((~known).sum()))
    return found.among(known)


def _has_one_of(pairs: PairYears, states: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    named = np.isin(np.array(pairs.states), states)
    has: npt.NDArray[np.bool_] = named[pairs.state_a] | named[pairs.state_b]
    return has


def _lagged(term: Term, pairs: PairYears) -> Matrix:
    made = term.make(pairs)
    return before(made) if term.is_lagged else made


def _ended_before(store: Facts, target: Target, pairs: PairYears, holds: Matrix) -> npt.NDArray[np.bool_]:
    """In which years the wait of a pair was over already."""
    held = np.nan_to_num(holds) > 0
    over = np.zeros(held.shape, dtype=bool)
    over[:, 1:] = np.logical_or.accumulate(held, axis=1)[:, :-1]
    first = int(pairs.years[0])
    if target.since < first:
        earlier = pair_years(store, (target.since, first - 1))
        ended = (np.nan_to_num(target.holds(earlier)) > 0).any(axis=1)
        names = np.array(earlier.states)
        was = set(zip(names[earlier.state_a[ended]], names[earlier.state_b[ended]], strict=True))
        names = np.array(pairs.states)
        keys = zip(names[pairs.state_a], names[pairs.state_b], strict=True)
        over |= np.array([key in was or key[::-1] in was for key in keys])[:, None]
    return over
