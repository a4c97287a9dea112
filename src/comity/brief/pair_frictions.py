"""What stood between two states: militarized disputes and incidents, the newest first."""

from __future__ import annotations

from datetime import date
from typing import Any

from comity.brief.basis import joined
from comity.brief.blocks import Figure, Sentence
from comity.brief.clashes import one_list
from comity.brief.facts import Fact, incidents, opposed, sources_of
from comity.brief.fighting import last_years, lists_tell
from comity.brief.knowledge import coverage_basis, titles, who_lists
from comity.brief.quarrels import disputes
from comity.brief.register_wars import apart_text, single_acts
from comity.brief.resting import rests_on, stated
from comity.brief.subject import Subject
from comity.brief.wording import counted, day_text, listed, noun, years_text
from comity.network.opposing import ACCIDENT
from comity.vocab.register import SOURCE as REGISTER


def frictions(subject: Subject) -> list[Sentence]:
    """Disputes and incidents, each in a statement of its own; that which tells of the later day first."""
    fought, acts = disputes(subject), single_acts(incidents(subject))
    told = [
        (_first_day(fought), _of_disputes(subject, fought)),
        (_first_day(acts), _of_incidents(subject, acts)),
    ]
    return [made for day, made in sorted(told, key=lambda each: each[0], reverse=True) if made is not None]


def friction_figures(subject: Subject) -> list[Figure]:
    """How many incidents of the window set the two against each other, wars apart."""
    recent = [fact for fact in sided(subject, single_acts(incidents(subject))) if fact.year >= subject.window[0]]
    if not recent:
        return []
    unit = noun(len(recent), "incident between them listed", "incidents between them listed")
    basis = rests_on(_HOW, recent, count=len(recent), years=list(subject.window))
    return [Figure(len(recent), unit, years_text(subject.window), sources_of(recent), basis)]


_HOW = "Incidents to which both are parties, and in which the two stood against each other: actor against affected, or "
_HOW += "the only two in one role of a clash."


def _first_day(facts: list[Fact]) -> date:
    return max((fact["start_date"] for fact in facts), default=date.min)


def sided(subject: Subject, acts: list[Fact]) -> list[Fact]:
    """The incidents of a pair that set the two against each other."""
    pair = tuple(sorted(subject.states))
    return [fact for fact in acts if pair in opposed(fact)]


def _of_disputes(subject: Subject, fought: list[Fact]) -> Sentence | None:
    """How many militarized disputes set the two on opposite sides, and when the last began."""
    if not fought:
        return None
    newest = fought[0]
    text = (
        f"{lists_tell(subject, sources_of(fought), 'disputes', 'dispute', newest.year)} "
        f"{counted(len(fought), 'militarized dispute')} with the two on opposite sides; "
        f"{'it' if len(fought) == 1 else 'the last'} began in {newest.year}."
    )
    how = "Disputes with the two on opposite sides, by the source that reaches furthest; the years that source covers."
    ends = last_years(subject, sources_of(fought), "dispute")
    basis = joined((rests_on(how, fought, count=len(fought), ends=ends), coverage_basis(subject, "dispute")))
    return stated(subject, text, basis, fought, "dispute")


def _of_incidents(subject: Subject, acts: list[Fact]) -> Sentence | None:
    """How many incidents the two had with each other, of late where there were any; and which name both beside.

    Where none set them against each other, what names both beside is no judgement; the table shows it.
    """
    of_late = [fact for fact in acts if fact.year >= subject.window[0]]
    is_of_late = bool(sided(subject, of_late))
    told = of_late if is_of_late else acts
    between = sided(subject, told)
    if not between:
        return None
    span = f" in {years_text(subject.window)}" if is_of_late else ""
    beside = [fact for fact in told if fact not in between]
    who, of_one, counts = who_lists(subject, between), "", dict[str, Any]()
    if REGISTER in sources_of(between):
        of_one, counts = one_list(subject, between)
    else:
        # A list that ends says where, or its last row reads as the last act.
        who = lists_tell(subject, sources_of(between), "incidents", "incident", between[0].year)
        counts = {"ends": last_years(subject, sources_of(between), "incident")}
    first = f"{counted(len(between), 'incident')} between the two{span}, {_last(between)} {_day(between[0])}{of_one}"
    text = f"{who} {first}.{_beside(subject, beside, between)}{apart_text(subject)}"
    values = {"between": len(between), "beside": len(beside), **_kinds(subject, beside), **counts}
    basis = joined((rests_on(_HOW, told, **values, window=list(subject.window)), coverage_basis(subject, "incident")))
    return stated(subject, text, basis, told, "incident")


def _beside(subject: Subject, beside: list[Fact], between: list[Fact]) -> str:
    """The incidents that name both without setting one against the other, as a sentence after those that do.

    Those of another list than the first are told with whose they are.
    """
    if not beside:
        return ""
    kinds = {kind: count for kind, count in _kinds(subject, beside).items() if count}
    how = [_WORDS[kind] if len(kinds) == 1 else f"{count} {_AMONG[kind]}" for kind, count in kinds.items()]
    others = set(sources_of(beside)) - set(sources_of(between))
    whose = f" By {titles(subject, sources_of(beside))}," if others else ""
    return (
        f"{whose} {len(beside)} more {noun(len(beside), 'names', 'name')} both without setting them against each other "
        f"({listed(how)}), {_last(beside)} {_day(beside[0])}."
    )


def _last(acts: list[Fact]) -> str:
    """What stands before the day of the newest of some acts; of one there is no last."""
    return noun(len(acts), "of", "the last of")


_WORDS = {"present": "one or both merely present", "same_side": "both on one side", "accident": "by accident"}
_AMONG = {kind: words if kind == "accident" else f"with {words}" for kind, words in _WORDS.items()}


def _kinds(subject: Subject, beside: list[Fact]) -> dict[str, int]:
    """How many of them nobody meant, have one of the two as merely present, or both in one role."""
    meant = [fact for fact in beside if fact["incident_kind"] != ACCIDENT]
    roles = [{party.role for party in fact.parties if party.code in subject.states} for fact in meant]
    present = sum("present" in held for held in roles)
    return {"present": present, "same_side": len(meant) - present, "accident": len(beside) - len(meant)}


def _day(fact: Fact) -> str:
    return str(day_text(fact["start_date"], fact["start_precision"]))
