"""Years in which members of an organization fought each other while both were members, by lists of armed conflicts.

A list speaks for its own years alone, and a year without an entry in it is no year of peace: it lists a conflict from
25 deaths in battle on.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from comity.brief.basis import Basis, Query, joined
from comity.brief.blocks import Sentence
from comity.brief.bodies import Row, life, members_on, since_known, spells, untold_on
from comity.brief.coded_governments import against_whom
from comity.brief.fighting import runs
from comity.brief.knowledge import coverage_basis, statements, title
from comity.brief.resting import from_rows
from comity.brief.subject import Subject, once
from comity.brief.wording import counted, listed, sentence_start, with_article, years_text

MOST_PAIRS = 4
_KIND = "conflict"
_BETWEEN, _TROOPS = "interstate_conflict", "conflict_troop_opposition"
_FOUGHT = f"""
    SELECT fact, from_state, to_state, year, value, source FROM core.dyad_year_fact
    WHERE fact IN ('{_BETWEEN}', '{_TROOPS}') AND value > 0 AND year <= $year
      AND list_contains($states, from_state) AND list_contains($states, to_state)
    ORDER BY source, fact, from_state, to_state, year
"""  # noqa: S608 (words of this module)
_SOURCES = "SELECT DISTINCT source FROM core.dyad_year_fact WHERE fact = 'interstate_conflict' ORDER BY source"
Pair = tuple[str, str]
Years = dict[Pair, list[int]]
Group = tuple[list[str], str, list[int]]


@dataclass(frozen=True)
class Fought:
    """The years of each pair of members: as states, and with troops of the first against the second.

    Of `perhaps` and `perhaps_sent` it is not known whether both were members: no list tells since when.
    """

    between: Years
    troops: Years
    perhaps: Years
    perhaps_sent: Years

    @property
    def pairs(self) -> set[Pair]:
        """Every pair that fought, or whose troops did."""
        return {*self.between, *self.troops, *self.perhaps, *self.perhaps_sent}


def fought_inside(subject: Subject) -> Sentence | None:
    """Which members fought each other and when, by the list that reaches furthest; None where no list tells."""
    span = _span(subject)
    if span is None:
        return None
    source, (first, last) = span
    rows, query = _fought(subject)
    found = _of_members(subject, [row for row in rows if row["source"] == source and row["year"] >= first])
    by = title(subject, source)
    told = [*_as_states(found.between), *_by_troops(found.troops), *_perhaps(found)]
    if told:
        who = sentence_start(by)
        reach = f"{who} tells of {years_text((first, last))}, and of years of at least 25 deaths in battle."
        text = " ".join([*told, reach])
    else:
        span_text = f"in {years_text((first, last))}, by {by}, which lists years of at least 25 deaths in battle"
        text = f"No two members were in armed conflict with each other while both were members {span_text}."
    shown = [row for row in rows if row["source"] == source and (row["from_state"], row["to_state"]) in found.pairs]
    how = "Years in which two members, or troops of one and the government of another, fought, both being members."
    counts = {name: len(held) for name, held in vars(found).items()}
    groups = [_groups(found.troops), _groups(found.perhaps_sent)]
    sizes = [*counts.values(), *(len(senders) for held in groups for senders, _, _ in held)]
    left = [*(size - MOST_PAIRS for size in sizes if size > MOST_PAIRS), *map(_left, groups)]
    values = {"first": first, "last": last, **counts, "left": left}
    basis = joined(
        (from_rows(how, shown, query, **values, deaths=25), _members_basis(subject), coverage_basis(subject, _KIND))
    )
    sure = ("high", "the list holds itself complete for these years")
    if last < subject.full_year:
        sure = ("moderate", "the list holds itself complete, and ends before this day")
    return Sentence(text, (source,), *sure, "a later edition of the list of conflicts", basis)


def _as_states(by_pair: Years) -> list[str]:
    """The pairs that fought each other as states, each with its years."""
    if not by_pair:
        return []
    if len(by_pair) == 1:
        ((pair, years),) = by_pair.items()
        who = sentence_start(_together(pair))
        return [f"{who} were in armed conflict with each other in {_years(years)}, while both were members."]
    told = _named(by_pair)
    return [f"Members were in armed conflict with each other: {told}, each while both were members."]


def _by_troops(by_pair: Years) -> list[str]:
    """The pairs of which troops of the first fought the government of the second."""
    if not by_pair:
        return []
    return [f"Troops of members fought others, while both were members: {_sent(by_pair)}."]


def _perhaps(found: Fought) -> list[str]:
    """The pairs that fought when it is not known of both whether they were members."""
    told = [words(held) for held, words in ((found.perhaps, _named), (found.perhaps_sent, _sent)) if held]
    return [f"Of these that fought it is not known whether both were members then: {'; '.join(told)}."] if told else []


def _named(by_pair: Years) -> str:
    """The pairs that fought last, each with its years, and how many more there were."""
    latest = sorted(by_pair, key=lambda pair: (-max(by_pair[pair]), pair))
    told = [f"{_together(pair)} in {_years(by_pair[pair])}" for pair in latest[:MOST_PAIRS]]
    left = len(latest) - MOST_PAIRS
    return "; ".join([*told, *([counted(left, "more pair")] if left > 0 else [])])


def _together(pair: Pair) -> str:
    return listed([with_article(code) for code in pair])


def _sent(by_pair: Years) -> str:
    """Who sent troops against whom, the latest first."""
    groups = _groups(by_pair)
    told = [_group(*group) for group in groups[:MOST_PAIRS]]
    left = _left(groups)
    return "; ".join([*told, *([counted(left, "more pair")] if left else [])])


def _groups(by_pair: Years) -> list[Group]:
    """Those who sent troops against one state in the same years; against one that needs many words, in any years."""
    found: dict[tuple[str, tuple[int, ...]], tuple[list[str], set[int]]] = {}
    for (sender, target), years in sorted(by_pair.items(), key=lambda each: (-max(each[1]), each[0])):
        key = target, () if _is_long(target, years) else tuple(years)
        senders, when = found.setdefault(key, ([], set()))
        senders.append(sender)
        when.update(years)
    return [(senders, target, sorted(when)) for (target, _), (senders, when) in found.items()]


def _group(senders: list[str], target: str, years: list[int]) -> str:
    names, left = [with_article(code) for code in senders[:MOST_PAIRS]], len(senders) - MOST_PAIRS
    who, whom = listed([*names, *([f"{left} more"] if left > 0 else [])]), against_whom(target, max(years))
    return (
        f"{who} {whom}, in years of {years_text((years[0], years[-1]))}"
        if _is_long(target, years)
        else (f"{who} {whom} in {_years(years)}")
    )


def _is_long(target: str, years: list[int]) -> bool:
    """Whether it takes a clause of its own to say against whom troops were sent."""
    return "," in against_whom(target, max(years))


def _left(groups: list[Group]) -> int:
    return sum(len(senders) for senders, _, _ in groups[MOST_PAIRS:])


def _years(years: list[int]) -> str:
    return listed([years_text(run) for run in runs(years)])


@once
def _fought(subject: Subject) -> tuple[list[Row], Query]:
    ever = sorted({row["state"] for row in spells(subject)[0] if row["role"] == "member"})
    return subject.asked(_FOUGHT, states=ever, year=subject.as_of.year)


def _of_members(subject: Subject, rows: list[Row]) -> Fought:
    """The years of each pair in which both were members on the same day of the year, or may have been."""
    found = Fought(defaultdict(list), defaultdict(list), defaultdict(list), defaultdict(list))
    at_war = {_key(row) for row in rows if row["fact"] == _BETWEEN}
    for row in rows:
        if row["fact"] == _TROOPS and _key(row) in at_war:
            continue
        pair = row["from_state"], row["to_state"]
        sure, perhaps = (
            (found.between, found.perhaps) if row["fact"] == _BETWEEN else (found.troops, found.perhaps_sent)
        )
        is_of_both = _are_both_in(subject, pair, row["year"])
        if is_of_both is not False:
            (sure if is_of_both else perhaps)[pair].append(row["year"])
    return Fought(*({pair: years for pair, years in kind.items() if years} for kind in vars(found).values()))


def _key(row: Row) -> tuple[frozenset[str], int]:
    return frozenset((row["from_state"], row["to_state"])), row["year"]


def _are_both_in(subject: Subject, pair: Pair, year: int) -> bool | None:
    """Whether the two were members together: that one had left before the other came is no year of both.

    None where it is not known.
    """
    days = {date(year, 1, 1), min(date(year, 12, 31), subject.as_of)}
    for row in spells(subject)[0]:
        days |= {day for day in (row["start_date"], row["end_date"]) if day and day.year == year}
    if any(set(pair) <= _states(members_on(subject, day)) for day in days):
        return True
    perhaps = (_states([*members_on(subject, day), *untold_on(subject, day)]) for day in days)
    return None if any(set(pair) <= held for held in perhaps) else False


def _states(rows: list[Row]) -> set[str]:
    return {row["state"] for row in rows}


def _span(subject: Subject) -> tuple[str, tuple[int, int]] | None:
    """The list of conflicts that reaches furthest, and its years in which the body had members."""
    row, _ = life(subject)
    held = [each for each in spells(subject)[0] if each["role"] == "member"]
    starts = [since_known(each).year for each in held]
    if row and row["start_date"] and any(each["start_date"] is None for each in held):
        starts.append(row["start_date"].year)
    told = {row["source"] for row in subject.ask(_SOURCES)}
    known = [
        (stated.end, source, stated)
        for source, stated in statements(subject, _KIND)
        if source in told and stated.completeness == "complete"
    ]
    if not known or not starts:
        return None
    _, source, stated = max(known, key=lambda each: each[:2])
    end = row["end_date"].year if row and row["end_date"] else subject.full_year
    first, last = max(min(starts), stated.start.year), min(stated.end.year, subject.full_year, end)
    return (source, (first, last)) if first <= last else None


def _members_basis(subject: Subject) -> Basis:
    rows, query = spells(subject)
    return from_rows("Memberships begun by the day.", rows, query)
