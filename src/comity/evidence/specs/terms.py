"""Terms: columns of a specification, each with a name that says how it is made and never changes by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from comity.evidence.sample import Floats
    from comity.evidence.specs.rows import Rows


@dataclass(frozen=True)
class Term:
    """A column by its name and how it is made from rows; the name tells everything that was chosen."""

    name: str
    make: Callable[[Rows], Floats]

    def __call__(self, rows: Rows) -> Floats:
        """The column of these rows, made once."""
        if self.name not in rows.made:
            outer, rows.reading = rows.reading, set()
            rows.made[self.name] = self.make(rows)
            rows.used[self.name], rows.reading = rows.reading, outer
        rows.reading |= rows.used[self.name]
        return rows.made[self.name]


def of(name: str) -> Term:
    """A measure as it is."""
    return Term(name, lambda rows: rows.column(name))


def listed(name: str) -> Term:
    """A measure that lists what happened, nothing listed counting as none.

    Only for lists that follow every case of the rows they are used on; the specification says so in words.
    """
    return Term(f"listed({name})", lambda rows: np.nan_to_num(rows.column(name)))


def asked(name: str, sql: str) -> Term:
    """The answer to a SELECT over the store, nothing listed counting as none."""
    return Term(f"asked({name})", lambda rows: rows.answer(name, sql))


def some(*terms: Term) -> Term:
    """1 where any term is above 0, 0 where all are known not to be; else unknown."""
    name = f"some({', '.join(term.name for term in terms)})"

    def make(rows: Rows) -> Floats:
        values = np.column_stack([term(rows) for term in terms])
        none_known = np.isnan(values).any(axis=1)
        return np.where((values > 0).any(axis=1), 1.0, np.where(none_known, np.nan, 0.0))

    return Term(name, make)


def at_least(term: Term, least: float) -> Term:
    """1 where a term reaches a value."""

    def make(rows: Rows) -> Floats:
        values = term(rows)
        return np.where(np.isnan(values), np.nan, (values >= least).astype(float))

    return Term(f"{term.name} >= {least:g}", make)


def absent(term: Term) -> Term:
    """1 where a term is 0, 0 where it is not."""

    def make(rows: Rows) -> Floats:
        values = term(rows)
        return np.where(np.isnan(values), np.nan, (values == 0).astype(float))

    return Term(f"absent({term.name})", make)


def log(term: Term) -> Term:
    """The logarithm of one more than a term."""
    return Term(f"log(1 + {term.name})", lambda rows: np.log1p(term(rows)))


def lag(term: Term, years: int = 1) -> Term:
    """The term of the same unit so many years earlier."""
    return Term(f"lag{years}({term.name})", lambda rows: rows.before(term(rows), years))


def recent(term: Term, first: int, last: int) -> Term:
    """Whether the term was above 0 in any of the years from `first` to `last` years back."""
    inner = some(*(lag(term, years) for years in range(first, last + 1)))
    return Term(f"recent{first}-{last}({term.name})", inner.make)


def count_years(term: Term, first: int, last: int) -> Term:
    """In how many of the years from `first` to `last` years back the term was above 0."""
    return total(*(lag(some(term), years) for years in range(first, last + 1)))


def rolling_spread(term: Term, years: int) -> Term:
    """The variance of a term over so many years, this one the first of them."""

    def make(rows: Rows) -> Floats:
        values = term(rows)
        held: Floats = np.var([rows.before(values, -later) for later in range(years)], axis=0)
        return held

    return Term(f"variance of {years} years({term.name})", make)


def total(*terms: Term) -> Term:
    """The sum of terms."""
    name = f"({' + '.join(term.name for term in terms)})"
    return Term(name, lambda rows: np.sum([term(rows) for term in terms], axis=0))


def product(one: Term, other: Term) -> Term:
    """The product of two terms."""
    return Term(f"({one.name} x {other.name})", lambda rows: one(rows) * other(rows))


def scaled(term: Term, by: float) -> Term:
    """A term times a number, so that one unit means something."""
    return Term(f"{by:g} x {term.name}", lambda rows: by * term(rows))


def shortfall(term: Term) -> Term:
    """How many times a term was halved: less its logarithm to base 2."""

    def make(rows: Rows) -> Floats:
        values = term(rows)
        return -np.log2(np.where(values > 0, values, np.nan))

    return Term(f"halvings({term.name})", make)


def start(term: Term) -> Term:
    """1 where a term is above 0 and was not the year before; unknown where it was already."""
    now, then = some(term), lag(some(term))

    def make(rows: Rows) -> Floats:
        return np.where(then(rows) == 0, now(rows), np.nan)

    return Term(f"start({term.name})", make)


def never_before(term: Term) -> Term:
    """1 where no earlier row of the unit has the term above 0; what no source covers counts as nothing."""

    def make(rows: Rows) -> Floats:
        held = np.nan_to_num(term(rows)) > 0
        first = np.append(True, rows.unit[1:] != rows.unit[:-1])
        count = np.cumsum(held)
        opening = np.maximum.accumulate(np.where(first, np.arange(len(rows)), 0))
        before: Floats = (count - held).astype(np.float64)
        earlier = before - before[opening]
        return (earlier == 0).astype(float)

    return Term(f"never before({term.name})", make)


def is_state(*codes: str, side: str = "b") -> Term:
    """Whether a state of the row is one of these: of pairs the one at `side`, or either with side `ab`."""

    def make(rows: Rows) -> Floats:
        wanted = [rows.number(code) for code in codes]
        sides = [rows.state_a] if rows.state_b is None or side == "a" else [rows.state_b]
        if side == "ab" and rows.state_b is not None:
            sides = [rows.state_a, rows.state_b]
        found: Floats = np.any([np.isin(each, wanted) for each in sides], axis=0).astype(np.float64)
        return found

    return Term(f"is {'/'.join(codes)} at {side}", make)


def years_above(term: Term, years: tuple[int, int], least: int) -> Term:
    """1 in all rows of units that had the term above 0 in so many years of a span."""

    def make(rows: Rows) -> Floats:
        inside = (rows.year >= years[0]) & (rows.year <= years[1])
        units, at = np.unique(rows.unit, return_inverse=True)
        often = np.bincount(at, inside & (np.nan_to_num(term(rows)) > 0), minlength=len(units))
        return (often >= least)[at].astype(float)

    return Term(f"{least} years of {years[0]}-{years[1]}({term.name})", make)


def ahead(term: Term, years: int) -> Term:
    """The term of the same unit so many years later, in rows where it is 0 now."""

    def make(rows: Rows) -> Floats:
        now = term(rows)
        return np.where(now == 0, rows.before(now, -years), np.nan)

    return Term(f"ahead{years}({term.name})", make)


def since(year: int) -> Term:
    """1 from a year on."""
    return Term(f"since {year}", lambda rows: (rows.year >= year).astype(float))


def over_states(term: Term, side: str = "a") -> Term:
    """The sum of a directed term over all rows of the state at a side in the year, given to each of these rows."""

    def make(rows: Rows) -> Floats:
        state = rows.state_a if side == "a" or rows.state_b is None else rows.state_b
        cell = state.astype(np.int64) * 10_000 + rows.year
        _, at = np.unique(cell, return_inverse=True)
        summed: Floats = np.bincount(at, np.nan_to_num(term(rows)))[at].astype(np.float64)
        return summed

    return Term(f"over states {side}({term.name})", make)


def between(code: str, term: Term, side: str = "b") -> Term:
    """The value of a term between one state and the state at a side of each row; unknown where there is no such row.

    Of directed pairs, the direction is from the named state.
    """

    def make(rows: Rows) -> Floats:
        assert rows.state_b is not None, "a panel of pairs"
        values, number = term(rows), rows.number(code)
        held: Floats = np.full((len(rows.states), int(rows.year.max()) + 1), np.nan)
        for this, other in ((rows.state_a, rows.state_b), (rows.state_b, rows.state_a)):
            mine = this == number
            held[other[mine], rows.year[mine]] = values[mine]
            if _is_directed(rows):
                break
        found: Floats = held[rows.state_a if side == "a" else rows.state_b, rows.year]
        return found

    return Term(f"between {code} and {side}({term.name})", make)


def _is_directed(rows: Rows) -> bool:
    assert rows.state_b is not None
    return bool((rows.state_a > rows.state_b).any() and (rows.state_a < rows.state_b).any())
