"""What states did in the years of a brief: what began in them, and what began earlier and ran on into them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from comity.brief.basis import Basis
from comity.brief.blocks import Figure
from comity.brief.facts import Fact, engagements, sources_of
from comity.brief.region_judgements import total
from comity.brief.resting import COUNTED_ONCE, rests_on
from comity.brief.sides import running
from comity.brief.subject import REACH_YEARS, Subject, once
from comity.brief.wording import noun, years_text


@once
def acts_of_window(subject: Subject) -> list[Fact]:
    """The engagements that began in the years of the brief, or earlier and ran on into them, the newest first."""
    since = min(subject.window[0], subject.as_of.year - REACH_YEARS + 1)
    return running(subject, engagements(subject, date(since, 1, 1)), *subject.window)


def partners_of_window(subject: Subject) -> frozenset[str]:
    """The other states that took part in what the states of a brief did in its years."""
    return frozenset(code for fact in acts_of_window(subject) for code in fact.states) - set(subject.states)


def earlier_in(subject: Subject, facts: Iterable[Fact]) -> int:
    """How many of some facts began before the years of the brief."""
    return sum(fact.year < subject.window[0] for fact in facts)


def window_figure(subject: Subject, facts: list[Fact], what: str) -> Figure:
    """How many of some acts of the years of the brief are listed, counted once, as a number with what it counts."""
    count = total(facts, "instrument")
    values = {"count": count, "years": list(subject.window), "earlier": earlier_in(subject, facts)}
    basis = rests_on(COUNTED_ONCE, facts, **values)
    unit = noun(count, f"{what} listed", f"{what}s listed")
    return Figure(count, unit, window_text(subject, facts), sources_of(facts), basis)


def window_text(subject: Subject, facts: Iterable[Fact]) -> str:
    """The years of the brief, with how many of some facts began before them and ran on."""
    earlier = earlier_in(subject, facts)
    return years_text(subject.window) + (f"; {earlier} of them began earlier" if earlier else "")


def ran_on_text(subject: Subject) -> list[str]:
    """That figures count what began before the years of the brief and ran on, and a chart by years does not."""
    if not (count := _ran_on(subject)):
        return []
    more = f"{count} more that began before {subject.window[0]} and ran on"
    return [f"A bar counts what began in its year; the key numbers count {more}."]


def ran_on_basis(subject: Subject) -> Basis:
    """The numbers of the words on what ran on."""
    return Basis("Engagements that began earlier and ran on.", values=(("ran_on", _ran_on(subject)),
                                                                       ("first", subject.window[0])))  # fmt: skip


def _ran_on(subject: Subject) -> int:
    return earlier_in(subject, acts_of_window(subject)) if subject.kind in ("pair", "state") else 0
