"""The facts a subject is about, read from `core` with their parties.

A fact belongs to a pair when both states are parties to it, to a state or an organization when that is a party. It
belongs to a region by its tag, or that of a region within it; by its host or its position; or, where no place is told,
when the parties of the region, the great powers not counted, are more than those that are neither of it nor its
partners. An agreement of a published dataset must bind two states of the region, or oblige somebody to defend one. It
belongs to a case when it is tagged with the case, or when the first party of the case and another state of it are
parties. Observers and depositaries do not make a fact belong, nor do parties against which an engagement is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from comity.brief.basis import Query, query_of
from comity.brief.blocks import Parties
from comity.brief.fact_questions import apart, question
from comity.brief.keeping import kept
from comity.brief.one_text import as_named, over
from comity.brief.scope import parameters
from comity.brief.subject import Subject, once
from comity.brief.wording import party_name, shortened, unique
from comity.network import COUNTED, DONE, STANDING, opposed_pairs
from comity.vocab.register import SOURCE as REGISTER

NOT_STANDING = ("ended", "not_yet")


@dataclass(frozen=True)
class Party:
    """One party to a fact, in one role."""

    kind: str
    code: str
    role: str


@dataclass(frozen=True)
class Fact:
    """One row of a table of `core` with its parties."""

    table: str
    source: str
    item: str
    row: dict[str, Any]
    parties: tuple[Party, ...] = ()
    query: Query = field(default=Query("SELECT"), repr=False, compare=False)

    def __getitem__(self, column: str) -> Any:
        return self.row[column]

    @property
    def year(self) -> int:
        """The year in which it began."""
        return int(self.row["start_date"].year)

    @property
    def states(self) -> frozenset[str]:
        """The states that took part in it; against whom an act is, took part in an incident alone."""
        aside = apart(self.table)
        return frozenset(party.code for party in self.parties if party.kind == "state" and party.role not in aside)


@once
def either(subject: Subject) -> Subject:
    """What either state of a pair did, which is what a brief on a state asks, of two states at once."""
    return replace(subject, kind="state", reach=1, kept={})


@once
def agreements(subject: Subject) -> list[Fact]:
    """Agreements on the day of the brief, with their `standing`; what is over or not yet signed is left out.

    One whose beginning is unknown counts from when it was checked, as other things that last do. One that its source
    tells to have come into force after the last day for which it vouches is in force, checked on the day it did.
    """
    party_spell = "coalesce(start_date <= $on, true) AND coalesce(end_date >= $on, true)"
    sql = question(subject, "agreement", spell=party_spell, columns=f", {STANDING} AS standing")
    if subject.kind == "pair":
        both = either(subject)
        return as_named(both, _of_both(subject, "agreement", agreements(both), sql))
    found = _facts(subject, "agreement", sql, on=subject.as_of)
    standing = [
        fact
        for fact in map(_come_into_force, found)
        if fact["standing"] not in NOT_STANDING
        and _had_begun(fact, subject.as_of)
        and _is_near(subject, fact)
        and (fact.source, fact.item) not in over(subject)
    ]
    return as_named(subject, standing)


def _come_into_force(fact: Fact) -> Fact:
    """A text that was only signed when its list ended, as it stood from the later day on which the list has it begin.

    It is never of a day after that of the brief: such a text is not yet in force then, whatever its list says.
    """
    if fact["standing"] != "signed" or fact["start_date"] is None or fact["start_date"] <= fact["known_until"]:
        return fact
    return replace(fact, row={**fact.row, "standing": "in_force", "known_until": fact["start_date"]})


def begun(fact: Fact) -> date | None:
    """The day from which a text counts: that it came into force, or was signed where no other is known."""
    day: date | None = fact["start_date"] or fact["signed_date"]
    return day


def _had_begun(fact: Fact, on: date) -> bool:
    day: date | None = begun(fact) or fact["known_until"]
    return day is None or day <= on


@once
def agreements_ended(subject: Subject, since: date) -> list[Fact]:
    """Agreements that ended from a day to the day of the brief, the latest first."""
    sql = question(subject, "agreement", where="agreement.end_date BETWEEN $since AND $on")
    found = _facts(subject, "agreement", sql, on=subject.as_of, since=since)
    return sorted(found, key=lambda fact: (-fact["end_date"].toordinal(), fact.source, fact.item))


@once
def engagements(subject: Subject, since: date) -> list[Fact]:
    """Engagements that took place from a day to the day of the brief, newest first."""
    usual = date(subject.as_of.year - subject.reach + 1, 1, 1)
    if since <= usual:
        return _engagements(subject, since)
    return [fact for fact in _engagements(subject, usual) if fact["start_date"] >= since]


@once
def _engagements(subject: Subject, since: date) -> list[Fact]:
    sql = question(
        subject,
        "engagement",
        where=f"engagement.start_date BETWEEN $since AND $on AND list_contains($done, engagement.status) AND {COUNTED}",
        sources="source IN (SELECT unnest($sources))",
    )
    given = {"on": subject.as_of, "since": since, "done": list(DONE), "sources": _counted_sources(subject)}
    return newest_first(_facts(subject, "engagement", sql, **given))


@once
def _counted_sources(subject: Subject) -> list[str]:
    """The sources of engagements that are counted: one that lists courses alone has most parties of all to pass by."""
    sql = f"SELECT DISTINCT source FROM core.engagement WHERE {COUNTED}"  # noqa: S608 (a word of network)
    found: list[str] = kept(subject, "counted-sources", lambda: sorted(row["source"] for row in subject.ask(sql)))
    return found


@once
def incidents(subject: Subject) -> list[Fact]:
    """Incidents up to the day of the brief, newest first; what two states did on one side stands not between them."""
    sql = question(subject, "incident", where="incident.start_date <= $on")
    if subject.kind == "pair":
        found = _of_both(subject, "incident", incidents(either(subject)), sql)
        return [fact for fact in found if not _acted_together(subject, fact)]
    return newest_first(_facts(subject, "incident", sql, on=subject.as_of))


@once
def channels(subject: Subject) -> list[Fact]:
    """Channels that had been opened and not ended by the day of the brief."""
    sql = question(subject, "channel", where=f"{living('channel')}")
    return sorted(_facts(subject, "channel", sql, on=subject.as_of), key=lambda fact: (fact["name"], fact.item))


def by_year(facts: Iterable[Fact], word: str) -> dict[tuple[int, str], int]:
    """Counts by year and by the words of one column.

    In each year and for each word the source that lists most is counted. Sources are never added for the same year,
    because two sources may list the same thing.
    """
    counts: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    for fact in facts:
        counts[fact.year, str(fact[word])][fact.source] += 1
    return {place: max(by_source.values()) for place, by_source in sorted(counts.items())}


def sources_of(facts: Iterable[Fact]) -> tuple[str, ...]:
    """The sources of some facts."""
    return tuple(sorted({fact.source for fact in facts}))


def party_names(subject: Subject, parties: Iterable[Party], limit: int = 4) -> Parties | None:
    """The parties as the cell of a table, those the brief is about first; None when there are none."""
    place = {state: number for number, state in enumerate(subject.circle)}
    ordered = sorted(parties, key=lambda party: (place.get(party.code, len(place)), party.kind, party.code))
    names = unique(party_name(party.kind, party.code, subject.organisations) for party in ordered)
    codes = unique(
        party.code if party.kind == "state" else party_name(party.kind, party.code, subject.organisations)
        for party in ordered
    )
    return Parties(shortened(names, limit), shortened(codes, limit)) if names else None


def opposed(fact: Fact) -> tuple[tuple[str, str], ...]:
    """The pairs of states that stood against each other in an incident."""
    held = ((party.code, party.role) for party in fact.parties if party.kind == "state")
    return opposed_pairs(fact["incident_kind"], held)


def _acted_together(subject: Subject, fact: Fact) -> bool:
    roles = {party.code: party.role for party in fact.parties if party.kind == "state"}
    together = all(roles.get(state) == "actor" for state in subject.states)
    return together and tuple(sorted(subject.states)) not in opposed(fact)


def _is_near(subject: Subject, fact: Fact) -> bool:
    """Whether an agreement is about the subject: a border treaty with a neighbor elsewhere is not about a region.

    Nor is one about a case that its tag brings in for what it tells of the case, but that is between others; or that
    binds many states, of which those of the case are the fewer.
    """
    if subject.kind == "case":
        inside = fact.states & set(subject.circle)
        return len(inside) * 2 >= len(fact.states) and (len(inside) > 1 or len(fact.states) < 2)
    if subject.kind != "region" or fact.source == REGISTER or "defense" in fact["obligations"]:
        return True
    return len(fact.states & set(subject.states)) >= 2


def living(table: str) -> str:
    """That a thing had begun and not ended; one whose beginning is unknown counts from when it was checked."""
    begun = f"coalesce({table}.start_date, {table}.known_until) <= $on"
    return f"{begun} AND coalesce({table}.end_date >= $on, true)"


def _of_both(subject: Subject, table: str, found: Iterable[Fact], sql: str) -> list[Fact]:
    """The facts of either state of a pair to which both were parties, as the pair's own question would find them."""
    query = query_of(sql, parameters(subject, sql, watching=list(apart(table)), on=subject.as_of))
    return [replace(fact, query=query) for fact in found if fact.states.issuperset(subject.states)]


def _facts(subject: Subject, table: str, sql: str, **more: Any) -> list[Fact]:
    given = parameters(subject, sql, watching=list(apart(table)), **more)
    rows, query = subject.asked(sql, **given)
    return [fact_of(table, row, query) for row in rows]


def fact_of(table: str, row: dict[str, Any], query: Query) -> Fact:
    """A row of a table with its list of parties as a fact."""
    parties = row.pop("parties") or []
    return Fact(table, row["source"], row[table], row, tuple(Party(**party) for party in parties), query)


def named_party(text: str) -> Party:
    """A party written in one word: `PHL`, `organisation:nato` or `unknown`."""
    kind, _, code = text.rpartition(":")
    return Party(kind or ("unknown" if code == "unknown" else "state"), code, "participant")


def newest_first(facts: list[Fact]) -> list[Fact]:
    """The facts by the day they began, the latest first."""
    return sorted(facts, key=lambda fact: (-fact["start_date"].toordinal(), fact.source, fact.item))
