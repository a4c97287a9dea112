"""Armed conflict between the parties of a text that began after somebody last looked whether it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import combinations

from comity.brief.basis import Basis, Query
from comity.brief.fighting import runs
from comity.brief.keeping import kept
from comity.brief.resting import from_rows
from comity.brief.subject import Subject, once

_YEARS = """
    SELECT DISTINCT source, least(from_state, to_state) AS state_a, greatest(from_state, to_state) AS state_b, year
    FROM core.dyad_year_fact WHERE fact = 'interstate_conflict' AND value > 0 ORDER BY ALL
"""


@once
def conflict_years(subject: Subject) -> dict[tuple[str, str], list[int]]:
    """For each pair of states the years in which a list has them on opposite sides of an armed conflict."""
    told = kept(subject, "conflict-years", lambda: [list(row.values()) for row in subject.ask(_YEARS)])
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for _, one, two, year in told:
        if year <= subject.as_of.year:
            found[one, two].append(year)
    return dict(found)


def war_begun(subject: Subject, states: Iterable[str], after: date) -> int | None:
    """The first year after a day's in which an armed conflict between two of these states began; None if there is none.

    A conflict begins with the first of a run of years, so that one that was going on already is none.
    """
    for pair in combinations(sorted(set(states)), 2):
        began = [first for first, _ in runs(conflict_years(subject).get(pair, ())) if first > after.year]
        if began:
            return began[0]
    return None


def war_basis(subject: Subject) -> Basis:
    """The years in which the two states of a pair stood on opposite sides of an armed conflict, as rows."""
    one, two = sorted(subject.states)
    years = conflict_years(subject).get((one, two), [])
    rows = [{"state_a": one, "state_b": two, "year": year} for year in years]
    return from_rows("Years of armed conflict between the two.", rows, Query(" ".join(_YEARS.split())))
