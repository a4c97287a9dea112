"""The fields of a topic: what belongs to each, and who is in it."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import Any

from comity.brief.basis import Query
from comity.brief.facts import Fact, agreements, begun, channels, engagements
from comity.brief.scope import FIELDS_OF_ONE
from comity.brief.subject import Subject, once
from comity.brief.topics import TOPICS, Field
from comity.network import IN_FORCE

_SERIES = """
    SELECT series.series AS series, series.name AS name, series.domains AS domains, series.source AS source,
           series.verification AS verification, series.instrument AS instrument,
           count(engagement.engagement) AS edition_count, min(year(engagement.start_date)) AS first_year,
           max(year(engagement.start_date)) AS last_year
    FROM core.series AS series LEFT JOIN core.engagement AS engagement
      ON engagement.series = series.series AND engagement.source = series.source AND engagement.start_date <= $on
         AND list_contains($done, engagement.status)
    WHERE (list_has_any(series.domains, $domains)
           AND NOT (coalesce(series.instrument, '') = 'exercise' AND len(series.domains) > $few))
       OR regexp_matches(series.name, $pattern, 'i')
    GROUP BY ALL ORDER BY edition_count DESC, series.series
"""


def topic_fields(subject: Subject) -> tuple[Field, ...]:
    """The fields of the subject's topic."""
    return TOPICS[subject.key].fields


@once
def acts_of(subject: Subject, name: str) -> list[Fact]:
    """Engagements of one field up to the day of the brief, newest first."""
    return [fact for fact in engagements(subject, date(1900, 1, 1)) if _is_of(subject, name, fact)]


@once
def texts_of(subject: Subject, name: str) -> list[Fact]:
    """Texts of one field that stand on the day of the brief; a draft that nobody signed or put in force does not."""
    return [fact for fact in agreements(subject) if _is_made(fact) and _is_of(subject, name, fact)]


@once
def counted_of(subject: Subject, name: str) -> list[Fact]:
    """What it is told from who is in a field: its acts of the window, and its texts."""
    return [*(fact for fact in acts_of(subject, name) if fact.year >= subject.window[0]), *texts_of(subject, name)]


@once
def channels_of(subject: Subject, name: str) -> list[Fact]:
    """Channels of one field."""
    return [fact for fact in channels(subject) if _is_of(subject, name, fact)]


@once
def series_of(subject: Subject, name: str) -> tuple[list[dict[str, Any]], Query]:
    """Series of one field with their editions; those most often held first."""
    field = _field(subject, name)
    return subject.asked(
        _SERIES,
        on=subject.as_of,
        done=["completed", "ongoing"],
        domains=list(field.domains),
        pattern=field.pattern,
        few=FIELDS_OF_ONE,
    )


def who_is_in(facts: list[Fact]) -> Counter[str]:
    """In how many acts and texts each state is."""
    return Counter(code for fact in facts for code in fact.states)


def foremost(counts: Counter[str], most: int = 3) -> list[str]:
    """The states in most acts and texts, with all that are level with the last of them; that one left out if too many.

    >>> foremost(Counter(USA=9, JPN=5, CAN=4, EST=4, FRA=1)), foremost(Counter("ABCDEFG"))
    (['USA', 'JPN', 'CAN', 'EST'], [])
    """
    ranked = sorted(counts, key=lambda code: (-counts[code], code))
    if len(ranked) <= most:
        return ranked
    level = counts[ranked[most - 1]]
    named = [code for code in ranked if counts[code] >= level]
    return named if len(named) <= most + 2 else [code for code in ranked if counts[code] > level]


def _is_made(fact: Fact) -> bool:
    return begun(fact) is not None or fact["standing"] in IN_FORCE


def _field(subject: Subject, name: str) -> Field:
    return next(field for field in topic_fields(subject) if field.name == name)


def _is_of(subject: Subject, name: str, fact: Fact) -> bool:
    field = _field(subject, name)
    domains = fact.row.get("domains") or ()
    is_broad = fact.row.get("instrument") == "exercise" and len(domains) > FIELDS_OF_ONE
    is_by_domain = bool(set(domains) & set(field.domains)) and not is_broad
    return is_by_domain or _matches(field.pattern, str(fact.row.get("name") or ""))


def _matches(pattern: str, text: str) -> bool:
    return re.search(pattern, text, re.IGNORECASE) is not None
