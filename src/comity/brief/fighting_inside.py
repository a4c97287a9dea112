"""Years in which members of an organization fought each other while both were members, by lists of armed conflicts.

A list speaks for its own years alone, and a year without an entry in it is no year of peace: it lists a conflict from
25 deaths in battle on.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from comity.brief.basis import Basis, Query, joined
from comity.brief.blocks import Sentence
from comity.brief.bodies import Row, life, members_on, spells
from comity.brief.fighting import runs
from comity.brief.knowledge import coverage_basis, statements, title
from comity.brief.resting import from_rows
from comity.brief.subject import Subject, once
from comity.brief.wording import counted, listed, sentence_start, with_article, years_text

MOST_PAIRS = 4
_KIND = "conflict"
_FOUGHT = """
    SELECT from_state, to_state, year, value, source FROM core.dyad_year_fact
    WHERE fact = 'interstate_conflict' AND value > 0 AND year <= $year
      AND list_contains($states, from_state) AND list_contains($states, to_state)
    ORDER BY source, from_state, to_state, year
"""
_SOURCES = "SELECT DISTINCT source FROM core.dyad_year_fact WHERE fact = 'interstate_conflict' ORDER BY source"
Pair = tuple[str, str]


def fought_inside(subject: Subject) -> Sentence | None:
    """Which members fought each other and when, by the list that reaches furthest; None where no list tells."""
    span = _span(subject)
    if span is None:
        return None
    source, (first, last) = span
    rows, query = _fought(subject)
    by_pair = _by_pair(subject, [row for row in rows if row["source"] == source])
    who = sentence_start(title(subject, source))
    if by_pair:
        named = f"{_named(by_pair)} while both were members."
        text = f"{named} {who} tells of {years_text((first, last))}, and of years of at least 25 deaths in battle."
    else:
        by = title(subject, source)
        span_text = f"in {years_text((first, last))}, by {by}, which lists years of at least 25 deaths in battle"
        text = f"No two members were in armed conflict with each other while both were members {span_text}."
    shown = [row for row in rows if row["source"] == source and (row["from_state"], row["to_state"]) in by_pair]
    how = "Years in which two members stood on opposite sides of an armed conflict, both being members."
    left = max(0, len(by_pair) - MOST_PAIRS)
    values = {"first": first, "last": last, "pairs": len(by_pair), "left": left, "deaths": 25}
    basis = joined((from_rows(how, shown, query, **values), _members_basis(subject), coverage_basis(subject, _KIND)))
    sure = ("high", "the list holds itself complete for these years")
    if last < subject.full_year:
        sure = ("moderate", "the list holds itself complete, and ends before this day")
    return Sentence(text, (source,), *sure, "a later edition of the list of conflicts", basis)


def _named(by_pair: dict[Pair, list[int]]) -> str:
    """The pairs that fought last, each with its years, and how many more there were."""
    latest = sorted(by_pair, key=lambda pair: (-max(by_pair[pair]), pair))
    told = [
        (listed([with_article(code) for code in pair]), listed([years_text(run) for run in runs(by_pair[pair])]))
        for pair in latest[:MOST_PAIRS]
    ]
    if len(latest) == 1:
        names, years = told[0]
        return f"{sentence_start(names)} were in armed conflict with each other in {years},"
    left = len(latest) - MOST_PAIRS
    more = [counted(left, "more pair")] if left > 0 else []
    pairs = "; ".join([*(f"{names} in {years}" for names, years in told), *more])
    return f"Members were in armed conflict with each other: {pairs}, each"


@once
def _fought(subject: Subject) -> tuple[list[Row], Query]:
    ever = sorted({row["state"] for row in spells(subject)[0] if row["role"] == "member"})
    return subject.asked(_FOUGHT, states=ever, year=subject.as_of.year)


def _by_pair(subject: Subject, rows: list[Row]) -> dict[Pair, list[int]]:
    """The years of each pair in which both were members on the same day of the year."""
    found: dict[Pair, list[int]] = defaultdict(list)
    for row in rows:
        if _both_in(subject, (row["from_state"], row["to_state"]), row["year"]):
            found[row["from_state"], row["to_state"]].append(row["year"])
    return dict(found)


def _both_in(subject: Subject, pair: Pair, year: int) -> bool:
    """Whether the two were members together: that one had left before the other came is no year of both."""
    days = {date(year, 1, 1), min(date(year, 12, 31), subject.as_of)}
    for row in spells(subject)[0]:
        days |= {day for day in (row["start_date"], row["end_date"]) if day and day.year == year}
    return any(set(pair) <= {row["state"] for row in members_on(subject, day)} for day in days)


def _span(subject: Subject) -> tuple[str, tuple[int, int]] | None:
    """The list of conflicts that reaches furthest, and its years in which the body had members."""
    starts = [row["start_date"].year for row in spells(subject)[0] if row["role"] == "member"]
    told = {row["source"] for row in subject.ask(_SOURCES)}
    known = [
        (stated.end, source, stated)
        for source, stated in statements(subject, _KIND)
        if source in told and stated.completeness == "complete"
    ]
    if not known or not starts:
        return None
    _, source, stated = max(known, key=lambda each: each[:2])
    row, _ = life(subject)
    end = row["end_date"].year if row and row["end_date"] else subject.full_year
    first, last = max(min(starts), stated.start.year), min(stated.end.year, subject.full_year, end)
    return (source, (first, last)) if first <= last else None


def _members_basis(subject: Subject) -> Basis:
    rows, query = spells(subject)
    return from_rows("Memberships begun by the day.", rows, query)
