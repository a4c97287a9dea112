"""What the room `assess` says of a subject, as plain data: indices with their parts, and what holds back."""

from __future__ import annotations

from typing import Any

from comity.brief.answers_kept import panel_store
from comity.brief.basis import Basis, Query, Shown
from comity.brief.keeping import kept
from comity.brief.subject import Subject, once
from comity.errors import ComityError
from comity.vocab.register import SOURCE as REGISTER

Told = dict[str, Any]
LEAST_KNOWN = 0.5  # of the weight of an index, below which its range is told and no score
FOUR = ("divergent_interests", "miscalculation_risk", "resources", "political_incompatibility")


@once
def assessment(subject: Subject) -> Told:
    """The assessment of a pair, a state or an organization; `problem` says in a line why there is none."""
    try:
        found: Told = kept(subject, f"assess-{_name(subject)}-{subject.full_year}", lambda: _assessed(subject))
    except ComityError as problem:
        return {"problem": str(problem)}
    return found


def command_of(subject: Subject, told: Told) -> Query:
    """The command that gives an assessment."""
    return Query(f"comity assess {' '.join(subject.states) or subject.key} --year {told['year']} --json")


def basis_of(subject: Subject, told: Told, how: str, rows: tuple[Shown, ...], **values: Any) -> Basis:
    """What a part of a brief rests on that comes from an assessment."""
    return Basis(how, (command_of(subject, told),), rows, (("year", told["year"]), *values.items()))


def parts_of(index: Told) -> list[Told]:
    """The parts of an index of which something is known."""
    return [part for part in index["parts"] if part["value"] is not None or part["score"] is not None]


def sources_in(subject: Subject, index: Told) -> tuple[str, ...]:
    """The loaded sources an index rests on; the register where it rests on none, because it asked that too."""
    used = {source for part in index["parts"] for source in part["sources"] if source in subject.abouts}
    return tuple(sorted(used)) or _any_source(subject)


def _any_source(subject: Subject) -> tuple[str, ...]:
    return (REGISTER,) if REGISTER in subject.abouts else tuple(sorted(subject.abouts))[:1]


def number_text(value: float | None) -> str | None:
    """A number of an assessment with as many digits as help; None stays None.

    >>> number_text(4886.2), number_text(0.964), number_text(0.0704)
    ('4,886', '0.96', '0.07')
    """
    if value is None:
        return None
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.2f}"


def _name(subject: Subject) -> str:
    return "-".join(sorted(subject.states)) or subject.key.replace("/", "_")


def _assessed(subject: Subject) -> Told:
    if subject.kind == "state":
        from comity.assess.states import assess_state

        year, year_is = _year_of_lists(subject)
        return assess_state(subject.store, subject.states[0], year).to_dict() | {"year_is": year_is}
    if subject.kind == "organisation":
        from comity.assess.organisations import assess_organisation

        year, year_is = _year_of_lists(subject)
        told = assess_organisation(subject.store, subject.key, year).to_dict()
        return _with_dates_as_text(told) | {"year_is": year_is}
    return _assessed_pair(subject)


def _assessed_pair(subject: Subject) -> Told:
    """The pair in the last year of which enough is known; in the year asked for, where one is."""
    from comity.assess.assessment import assess_last_known, assessed
    from comity.assess.view import view_of_pairs

    one, two = sorted(subject.states)
    store = panel_store(subject)
    if subject.year is not None:
        return assessed(view_of_pairs(store, subject.full_year, ((one, two),)), "pair", "the year asked for").to_dict()
    return assess_last_known(store, (one, two), subject.full_year).to_dict()


def _year_of_lists(subject: Subject) -> tuple[int, str]:
    """The year asked for, or the last of which half of the lists tell; never one after the day of the brief."""
    from comity.assess.states import year_assessed

    if subject.year is not None:
        return subject.full_year, "the year asked for"
    year, year_is = year_assessed(subject.store, None)
    return min(year, subject.full_year), year_is


def _with_dates_as_text(told: Told) -> Told:
    until = told["members_known_until"]
    return told | {"members_known_until": None if until is None else until.isoformat()}
