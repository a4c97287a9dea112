"""The days of a text that several sources list: since when it binds, when it was last checked, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from comity.brief.entries import entries
from comity.brief.facts import Fact, begun
from comity.brief.knowledge import when
from comity.brief.one_text import twins
from comity.brief.resting import STALE_YEARS
from comity.brief.subject import Subject
from comity.brief.war_begun import fought_after
from comity.brief.wording import day_text
from comity.network import FIGHTING

Pair = tuple[Fact, list[Fact]]
STANDS = ("in_force", "voluntary")


def standing_of(subject: Subject, pair: Pair) -> str:
    """Where a text stands by all its sources: what one does not know another may; and a war leaves it not known."""
    return "unknown" if checked_before_war(subject, pair) else _told_standing(subject, pair)


def checked_before_war(subject: Subject, pair: Pair) -> bool:
    """Whether a text was in force when last checked, and states that it binds fought each other after that.

    Of a text of many, a war of two of them leaves it not known for those two. A treaty with a duty to fight that lists
    alone hold, which nobody reads again after they end, it leaves not known as a whole.
    """
    fact, _ = pair
    states: Iterable[str] = subject.states if subject.kind == "pair" else ()
    if len(fact.states) == 2 or _is_of_lists(subject, fact):
        states = fact.states
    return _told_standing(subject, pair) == "in_force" and have_fought(subject, pair, states)


def have_fought(subject: Subject, pair: Pair, states: Iterable[str]) -> bool:
    """Whether two of some states fought each other after a text was last checked."""
    return fought_after(subject, states, checked_of(pair), begun(pair[0])) is not None


def _is_of_lists(subject: Subject, fact: Fact) -> bool:
    """Whether a treaty with a duty to fight is one that no source names."""
    return obliges(fact) and not fact["name"] and (fact.source, fact.item) not in twins(subject)


def obliges(fact: Fact) -> bool:
    """Whether a treaty has a duty to fight."""
    return fact["agreement_kind"] == "alliance" and bool(set(fact["obligations"]) & set(FIGHTING))


def _told_standing(subject: Subject, pair: Pair) -> str:
    """Where a text stands by its first source; where that does not know, by one that looked later, or after the day."""
    fact, others = pair
    standing = str(fact["standing"])
    if standing != "unknown":
        return standing
    known = [other for other in others if other["standing"] == "in_force"]
    return "in_force" if known and _last(known) >= min(fact["known_until"], subject.as_of) else standing


def checked_of(pair: Pair) -> date:
    """The last day for which a source that holds the text to stand vouches; of none, the last of all."""
    held = [pair[0], *pair[1]]
    return _last([fact for fact in held if fact["standing"] in STANDS] or held)


def _last(facts: Iterable[Fact]) -> date:
    day: date = max(fact["known_until"] for fact in facts)
    return day


def since(subject: Subject, fact: Fact) -> tuple[date | None, str | None]:
    """The day from which a text counts, and how exactly it is known.

    For a state that is the day of its own entry, between two states the later of their entries.
    """
    day = begun(fact)
    precision = fact["start_precision"] if fact["start_date"] else fact["signed_precision"]
    if subject.kind not in ("pair", "state"):
        return day, precision
    for entry, exactly in entries(subject).get((fact.source, fact.item), ()):
        if day is None or entry > day:
            day, precision = entry, exactly
    return day, precision


def is_of_signature(subject: Subject, fact: Fact) -> bool:
    """Whether the day from which a text counts is that of its signature, for no other is known."""
    return not fact["start_date"] and since(subject, fact)[0] == fact["signed_date"] is not None


def since_text(subject: Subject, fact: Fact) -> str:
    """The year from which a text counts, with `signed` where it is that of the signature, as tables say it."""
    day, _ = since(subject, fact)
    assert day is not None
    return f"{day.year}{' (signed)' if is_of_signature(subject, fact) else ''}"


def when_checked(subject: Subject, pairs: list[Pair]) -> str:
    """On which day some texts are known to stand: that of the brief, or between which they were last checked."""
    days = [checked_of(pair) for pair in pairs]
    if all(day >= subject.as_of for day in days):
        return when(subject, ())
    first, last = (str(day_text(day, "month")) for day in (min(days), max(days)))
    if first == last:
        return f"when last checked ({first})"
    lately, year = _lately(subject, days)
    those = "" if lately == len(days) else f"; {lately or 'none'} of {len(days)} in {year} or later"
    return f"when last checked (between {first} and {last}{those})"


def check_values(subject: Subject, pairs: list[Pair]) -> dict[str, Any]:
    """The numbers of the words on when some texts were last checked, for whoever traces them."""
    days = [checked_of(pair) for pair in pairs]
    lately, year = _lately(subject, days)
    return {"checked": sorted(map(str, days)), "lately": lately, "lately_from": year}


def _lately(subject: Subject, days: list[date]) -> tuple[int, int]:
    year = subject.as_of.year - STALE_YEARS
    return sum(day.year >= year for day in days), year
