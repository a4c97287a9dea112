"""Armed conflict between the parties of a text after somebody last looked whether it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from comity.brief.basis import Basis, Query, joined
from comity.brief.coded_governments import is_coded
from comity.brief.fighting import runs
from comity.brief.keeping import kept
from comity.brief.register_wars import Pair, fighting_days, register_wars
from comity.brief.resting import from_rows, rests_on
from comity.brief.subject import Subject, once

_TROOPS = "conflict_troop_opposition"
_YEARS = """
    SELECT DISTINCT fact, from_state, to_state, year FROM core.dyad_year_fact
    WHERE fact IN ('interstate_conflict', 'conflict_troop_opposition') AND value > 0 ORDER BY ALL
"""


@once
def conflict_years(subject: Subject) -> dict[Pair, list[int]]:
    """For each pair of states the years in which a list has them, or troops of one, against the other.

    Troops that came at the call of a government that states recognize were not against the state.
    """
    told = kept(subject, "conflict-years", lambda: [list(row.values()) for row in subject.ask(_YEARS)])
    found: dict[Pair, set[int]] = defaultdict(set)
    for fact, one, two, year in told:
        if year <= subject.as_of.year and not (fact == _TROOPS and is_coded(two, year)):
            found[min(one, two), max(one, two)].add(year)
    return {pair: sorted(years) for pair, years in found.items()}


@once
def _fighters(subject: Subject) -> tuple[Pair, ...]:
    return tuple(sorted({*conflict_years(subject), *fighting_days(subject)}))


def fought_after(subject: Subject, states: Iterable[str], checked: date, made: date | None) -> int | None:
    """The first year after a text was last checked in which two of these states fought; None where none did.

    A list of armed conflicts tells whole years: one of a run of them that had begun when the text was made is none, for
    states that fight make texts too. A war of which days are told counts where it began after the text was checked.
    """
    held = sorted(set(states))
    pairs = [(held[0], held[1])] if len(held) == 2 else [pair for pair in _fighters(subject) if {*pair} <= {*held}]
    return min((year for pair in pairs for year in _years_after(subject, pair, checked, made)), default=None)


def _years_after(subject: Subject, pair: Pair, checked: date, made: date | None) -> list[int]:
    told = [
        max(first, checked.year + 1)
        for first, last in runs(conflict_years(subject).get(pair, ()))
        if last > checked.year and not (made is not None and first <= made.year <= last)
    ]
    return told + [each.first.year for each in fighting_days(subject).get(pair, ()) if each.first > checked]


def war_basis(subject: Subject) -> Basis:
    """The years and days in which the two states of a pair fought, as rows."""
    one, two = sorted(subject.states)
    years = conflict_years(subject).get((one, two), [])
    rows = [{"state_a": one, "state_b": two, "year": year} for year in years]
    listed = from_rows("Years of armed conflict between the two.", rows, Query(" ".join(_YEARS.split())))
    wars = register_wars(subject)
    return joined((listed, rests_on("Days of fighting between the two.", wars) if wars else None))
