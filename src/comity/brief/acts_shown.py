"""Which engagements a brief shows one by one, and how much of what happened they are."""

from __future__ import annotations

from datetime import date

from comity.brief.facts import Fact, engagements
from comity.brief.known_shares import Share, known_shares
from comity.brief.subject import Subject

MOST_YEARS = 25


def first_day_shown(subject: Subject) -> date:
    """The first day of the years whose engagements are shown."""
    return date(subject.as_of.year - MOST_YEARS + 1, 1, 1)


def acts_shown(subject: Subject) -> list[Fact]:
    """The engagements of the years that are shown."""
    return engagements(subject, first_day_shown(subject))


def shares_shown(subject: Subject) -> list[Share]:
    """How much of the exercises shown the sources know, where that can be told.

    Of an organization it cannot: the shares are of pairs of states, and what is shown has the body itself as a party.
    """
    done = [] if subject.kind == "organisation" else acts_shown(subject)
    if not done:
        return []
    return known_shares(subject, "exercise", (min(fact.year for fact in done), subject.as_of.year))
