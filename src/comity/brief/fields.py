"""The fields of a topic: what belongs to each, and who is in it."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import Any

from comity.brief.basis import Query
from comity.brief.facts import Fact, agreements, channels, engagements
from comity.brief.subject import Subject, once
from comity.brief.topics import TOPICS, Field

_SERIES = """
    SELECT series.series AS series, series.name AS name, series.domains AS domains, series.source AS source,
           series.verification AS verification, series.instrument AS instrument,
           count(engagement.engagement) AS edition_count, min(year(engagement.start_date)) AS first_year,
           max(year(engagement.start_date)) AS last_year
    FROM core.series AS series LEFT JOIN core.engagement AS engagement
      ON engagement.series = series.series AND engagement.source = series.source AND engagement.start_date <= $on
         AND list_contains($done, engagement.status)
    WHERE list_has_any(series.domains, $domains) OR regexp_matches(series.name, $pattern, 'i')
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
    """Texts of one field that stand on the day of the brief."""
    return [fact for fact in agreements(subject) if _is_of(subject, name, fact)]


@once
def channels_of(subject: Subject, name: str) -> list[Fact]:
    """Channels of one field."""
    return [fact for fact in channels(subject) if _is_of(subject, name, fact)]


@once
def series_of(subject: Subject, name: str) -> tuple[list[dict[str, Any]], Query]:
    """Series of one field with their editions; those most often held first."""
    field = _field(subject, name)
    return subject.asked(
        _SERIES, on=subject.as_of, done=["completed", "ongoing"], domains=list(field.domains), pattern=field.pattern
    )


def who_is_in(facts: list[Fact]) -> Counter[str]:
    """In how many acts and texts each state is."""
    return Counter(code for fact in facts for code in fact.states)


def _field(subject: Subject, name: str) -> Field:
    return next(field for field in topic_fields(subject) if field.name == name)


def _is_of(subject: Subject, name: str, fact: Fact) -> bool:
    field = _field(subject, name)
    domains = fact.row.get("domains") or ()
    return bool(set(domains) & set(field.domains)) or _matches(field.pattern, str(fact.row.get("name") or ""))


def _matches(pattern: str, text: str) -> bool:
    return re.search(pattern, text, re.IGNORECASE) is not None
