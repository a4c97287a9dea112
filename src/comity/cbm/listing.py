"""What a list of activities adds to each of them: its number under a quota, what it reaches with others, a tally.

An activity alone is judged by what it states. In a list, which is also the calendar of its states, quotas give it a
number, neighbors of the same time and area are summed with it, and what is counted over a year is counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from comity.cbm.activity import Activity
from comity.cbm.counting import Count, Counted, counts
from comity.cbm.judging import Judged, Together, judged
from comity.cbm.linking import linked
from comity.cbm.ready import Ready
from comity.cbm.vocabulary import vocabulary


@dataclass(frozen=True)
class Case:
    """One activity with every rule that speaks of it and what came of each, by the rule's id."""

    activity: Activity
    found: dict[str, Judged]


def numbers(cases: Sequence[Case]) -> Mapping[str, Mapping[int, Count]]:
    """The number of each activity under every quota, by rule and by place in the list."""
    counted: dict[str, tuple[Ready, list[Counted]]] = {}
    for at, case in enumerate(cases):
        for name, found in case.found.items():
            rule = found.rule
            if not rule.is_quota or found.answer is False:
                continue
            larger = rule.larger.ask(case.activity) if rule.larger else False
            entry = Counted(at, case.activity, found.obliged or case.activity.involved, found.answer, larger)
            counted.setdefault(name, (rule, []))[1].append(entry)
    return {name: counts(rule, entries) for name, (rule, entries) in counted.items()}


def together(cases: Sequence[Case], as_of: date | None) -> Mapping[str, Mapping[int, Together]]:
    """What activities that do not reach a threshold alone reach together, by rule and by place in the list.

    An activity of several sets that reach it is marked with the first.
    """
    marked: dict[str, dict[int, Together]] = defaultdict(dict)
    open_: dict[str, set[int]] = defaultdict(set)
    for at, case in enumerate(cases):
        for name, found in case.found.items():
            if found.rule.adds and found.answer is not True:
                open_[name].add(at)
    titles = [case.activity.name or f"activity {at}" for at, case in enumerate(cases, start=1)]
    for group in linked([case.activity for case in cases]):
        named: tuple[str, ...] = ()
        for name, first in cases[group.places[0]].found.items():
            waiting = open_[name].intersection(group.places) if first.rule.adds else ()
            whole = judged(first.rule, group.whole, as_of) if waiting else None
            if whole is None or whole.answer is not True:
                continue
            named = named or tuple(titles[at] for at in group.places)
            marked[name] |= dict.fromkeys(waiting, Together(named, group.whole, whole, group.is_one, group.places))
            open_[name].difference_update(waiting)
    return marked


def tell_tallies(cases: Sequence[Case], as_of: date | None, sums: Mapping[str, Mapping[int, Together]]) -> None:
    """Judge again what asks for a number that the list itself tells, such as a state's notifiable activities of a year.

    What an activity states of itself goes first. A list with no other activity of the state in the year is no calendar
    of it, and tells nothing. Activities that may be among those counted, but cannot be told, leave a span. What reaches
    a rule under one command, as `sums` says, is one activity.
    """
    for measure, entry in vocabulary().measures.items():
        if not entry.tally_of:
            continue
        asking = [(case, name) for case in cases for name in _asking(case, measure)]
        tallies = _tallies(cases, entry.tally_of, sums) if asking else {}
        for case, name in asking:
            told = [tallies[key] for key in _years(case.activity) if tallies[key].listed > 1]
            if not told:
                continue
            least, most = min(len(one.sure) for one in told), min(len(one.sure | one.unsure) for one in told)
            number = least if least == most else (least, most)
            activity = replace(case.activity, values={**case.activity.values, measure: number})
            case.found[name] = judged(case.found[name].rule, activity, as_of)


def _asking(case: Case, measure: str) -> Iterator[str]:
    """The rules that ask an activity for a measure it does not state."""
    if measure not in case.activity.values:
        for name, found in case.found.items():
            if measure in found.rule.asks_for:
                yield name


@dataclass
class _Tally:
    """Of one state and year: how many of its activities are listed, and which are counted or cannot be told."""

    listed: int = 0
    sure: set[int] = field(default_factory=set)
    unsure: set[int] = field(default_factory=set)


def _tallies(
    cases: Sequence[Case], rules: Sequence[str], sums: Mapping[str, Mapping[int, Together]]
) -> Mapping[tuple[str, int], _Tally]:
    """The tallies of every state and year; activities that reach a rule as one stand under the first of them."""
    tallies: dict[tuple[str, int], _Tally] = defaultdict(_Tally)
    found = [one for name in rules for one in sums.get(name, {}).values() if one.is_one]
    first = {at: one.places[0] for one in found for at in one.places}
    for at, case in enumerate(cases):
        answers = {case.found[name].answer for name in rules if name in case.found}
        for key in _years(case.activity):
            tallies[key].listed += 1
            if at in first or True in answers:
                tallies[key].sure.add(first.get(at, at))
            elif None in answers:
                tallies[key].unsure.add(at)
    return tallies


def _years(activity: Activity) -> Iterator[tuple[str, int]]:
    """The states that carry an activity out, each with the year of its day."""
    if activity.day is not None:
        for state in activity.hosts or activity.parties:
            yield state, activity.day.year
