"""The turning points of a case, and what is listed in the years before and after each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from comity.brief.basis import Query
from comity.brief.facts import Fact, engagements
from comity.brief.region_judgements import total
from comity.brief.subject import Subject, once

SPAN_YEARS = 5
_CASE = "SELECT * FROM core.case_study WHERE case_study = $case ORDER BY source"
_POINT = re.compile(r"(\d{4}): (.+)", re.DOTALL)


@dataclass(frozen=True)
class Turn:
    """A turning point: its year, what happened, and the acts listed in the years before it and from it on."""

    year: int
    text: str
    before: tuple[Fact, ...]
    after: tuple[Fact, ...]

    @property
    def before_years(self) -> tuple[int, int]:
        """The years before."""
        return self.year - SPAN_YEARS, self.year - 1

    @property
    def after_years(self) -> tuple[int, int]:
        """The years from the turning point on."""
        return self.year, self.year + SPAN_YEARS - 1


@once
def case_row(subject: Subject) -> tuple[dict[str, Any], Query]:
    """The record of a case."""
    rows, query = subject.asked(_CASE, case=subject.key)
    return rows[0], query


@once
def case_fact(subject: Subject) -> Fact:
    """The record of a case as a fact, so that its evidence can be found."""
    row, query = case_row(subject)
    return Fact("case_study", row["source"], row["case_study"], row, (), query)


@once
def turns(subject: Subject) -> tuple[Turn, ...]:
    """The turning points up to the day of the brief, in order."""
    row, _ = case_row(subject)
    found = [match for text in row["turning_points"] if (match := _POINT.fullmatch(text))]
    acts = engagements(subject, date(1800, 1, 1))
    return tuple(
        Turn(
            year,
            match[2],
            tuple(fact for fact in acts if year - SPAN_YEARS <= fact.year < year),
            tuple(fact for fact in acts if year <= fact.year < year + SPAN_YEARS),
        )
        for match in found
        if (year := int(match[1])) <= subject.as_of.year
    )


def acts_before_and_after(turn: Turn) -> tuple[int, int]:
    """How many acts are listed in the years before a turning point and from it on."""
    return total(list(turn.before), "instrument"), total(list(turn.after), "instrument")


def is_whole(subject: Subject, turn: Turn) -> bool:
    """Whether the years after a turning point are over."""
    return turn.after_years[1] <= subject.full_year


def questions(subject: Subject) -> str:
    """What the case asks, in the words of its record."""
    summary = str(case_row(subject)[0]["summary"] or "")
    _, mark, asked = summary.partition("uestion")
    return asked.partition(":")[2].strip() if mark else ""
