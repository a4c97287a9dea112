"""What states did in the years of a brief: what began in them, and what began earlier and ran on into them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from comity.brief.facts import Fact, engagements
from comity.brief.sides import running
from comity.brief.subject import REACH_YEARS, Subject, once
from comity.brief.wording import years_text


@once
def acts_of_window(subject: Subject) -> list[Fact]:
    """The engagements that began in the years of the brief, or earlier and ran on into them, the newest first."""
    since = min(subject.window[0], subject.as_of.year - REACH_YEARS + 1)
    return running(subject, engagements(subject, date(since, 1, 1)), *subject.window)


def earlier_in(subject: Subject, facts: Iterable[Fact]) -> int:
    """How many of some facts began before the years of the brief."""
    return sum(fact.year < subject.window[0] for fact in facts)


def window_text(subject: Subject, facts: Iterable[Fact]) -> str:
    """The years of the brief, with how many of some facts began before them and ran on."""
    earlier = earlier_in(subject, facts)
    return years_text(subject.window) + (f"; {earlier} of them began earlier" if earlier else "")
