"""When the states of a subject were members of the state system, of which alone a list can be complete.

A list of alliances or disputes that holds itself complete speaks of states that were members then. Of a state before
it entered or after it left, that nothing is listed says nothing.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache, reduce
from typing import NamedTuple

from comity.brief.basis import Basis, Query
from comity.brief.blocks import Caveat
from comity.brief.references import STATES
from comity.brief.subject import Subject, once
from comity.brief.wording import listed, long_day, sentence_start, with_article, years_text
from comity.vocab.states import SYSTEMS, membership_rows, state

_ANY_SUFFICES = ("region",)  # of a region some states may be members and others not


class Stretch(NamedTuple):
    """Days from a first to a last, both within it; one that has not ended reaches to the last day there is."""

    start: date
    end: date

    def holds(self, day: date) -> bool:
        """Whether a day is within it.

        >>> Stretch(date(1949, 10, 5), date(1990, 10, 2)).holds(date(1990, 10, 3))
        False
        """
        return self.start <= day <= self.end


@cache
def membership(code: str, system: str | None = None) -> tuple[Stretch, ...]:
    """When a state was a member of a system, or of both without one; a change of its code is no break.

    >>> [each.start.year for each in membership("POL", "cow")], [each.start.year for each in membership("POL", "gw")]
    ([1918, 1945], [1918])
    """
    if system is None:
        return _joint(membership(code, SYSTEMS[0]), membership(code, SYSTEMS[1]))
    spells = [each for each in state(code).memberships if each.system == system]
    found: list[Stretch] = []
    for start, end in sorted((each.start, each.end or date.max) for each in spells):
        if found and start - timedelta(days=1) <= found[-1].end:
            found[-1] = Stretch(found[-1].start, max(found[-1].end, end))
        else:
            found.append(Stretch(start, end))
    return tuple(found)


@once
def stretches(subject: Subject, system: str | None = None) -> tuple[Stretch, ...]:
    """When all the subject's states were members, of a region any; of a subject without states, always."""
    if not subject.states:
        return (Stretch(date.min, date.max),)
    held = [membership(code, system) for code in subject.states]
    if subject.kind in _ANY_SUFFICES:
        return tuple(sorted(each for spells in held for each in spells))
    return reduce(_joint, held)


def stretch_on_day(subject: Subject, system: str | None = None) -> Stretch | None:
    """The stretch of membership in which the day of the brief lies; none where a state was no member on it."""
    return min((each for each in stretches(subject, system) if each.holds(subject.as_of)), default=None)


def are_members_in(subject: Subject, year: int, system: str | None = None) -> bool:
    """Whether the subject's states were members on some day of a year, which is what a state-year counts."""
    within = Stretch(date(year, 1, 1), date(year, 12, 31))
    return any(_overlap(each, within) is not None for each in stretches(subject, system))


def outsiders(subject: Subject, system: str | None = None) -> tuple[str, ...]:
    """The subject's states that were no members of a system on the day of the brief, or not of both without one."""
    return tuple(
        code for code in subject.states if not any(each.holds(subject.as_of) for each in membership(code, system))
    )


def why_outside(subject: Subject) -> str:
    """Why a list that is complete of members does not speak of the subject on the day of the brief, in one sentence."""
    told = [_no_member(codes, systems) for systems, codes in _by_lack(subject).items()]
    return f"{' and '.join(told)} on {long_day(subject.as_of)}"


def membership_caveat(subject: Subject) -> Caveat | None:
    """What a reader must know first where a state of the subject was no state of the system on the day."""
    codes = outsiders(subject)
    if not codes:
        return None
    years = [] if subject.kind in _ANY_SUFFICES else [_years_told(subject)]
    told = sentence_start("; ".join([why_outside(subject), *years]))
    text = f"{told}. Lists that hold themselves complete are so of members: what they do not name may have happened."
    rows = tuple(row for row in membership_rows() if row["state"] in codes)
    how = "The spells of membership of each state in the two systems; the day lies outside those of one, or of both."
    basis = Basis(how, (Query("comity.vocab.states.membership_rows()"),), rows, (("day", subject.as_of),))
    return Caveat(text=text, cites=(STATES,), as_of="memberships as shipped with this version", basis=basis)


def _by_lack(subject: Subject) -> dict[tuple[str, ...], list[str]]:
    """The states that were no members on the day, by the systems of which they were none."""
    found: dict[tuple[str, ...], list[str]] = {}
    for code in outsiders(subject):
        found.setdefault(tuple(each for each in SYSTEMS if code in outsiders(subject, each)), []).append(code)
    return found


def _no_member(codes: list[str], systems: tuple[str, ...]) -> str:
    of_whom = "" if len(systems) == len(SYSTEMS) else f" of {_SYSTEM_NAMES[systems[0]]}"
    verb = "was no member" if len(codes) == 1 else "were no members"
    return f"{listed([with_article(code) for code in codes])} {verb} of the state system{of_whom}"


def _years_told(subject: Subject) -> str:
    """In which years the list of which each state is no member on the day has it as one."""
    told: dict[str, list[str]] = {}
    for (system, *_), codes in _by_lack(subject).items():
        for code in codes:
            spans = [_years(each) for each in membership(code, system)]
            told.setdefault(system, []).append(f"{state(code).name} {listed(spans) if spans else 'in no year'}")
    return "; ".join(f"the list of {_SYSTEM_NAMES[system]} has {listed(names)}" for system, names in told.items())


def _years(each: Stretch) -> str:
    return f"from {each.start.year}" if each.end == date.max else f"in {years_text((each.start.year, each.end.year))}"


def _joint(one: tuple[Stretch, ...], two: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    """The days that lie in a stretch of both."""
    found = (_overlap(each, other) for each in one for other in two)
    return tuple(both for both in found if both is not None)


def _overlap(one: Stretch, two: Stretch) -> Stretch | None:
    first, last = max(one.start, two.start), min(one.end, two.end)
    return Stretch(first, last) if first <= last else None


_SYSTEM_NAMES = {"cow": "Correlates of War", "gw": "Gleditsch and Ward"}
