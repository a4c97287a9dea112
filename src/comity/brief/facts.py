"""The facts a subject is about, read from `core` with their parties.

A fact belongs to a pair when both states are parties to it. It belongs to a region when it is tagged with the
region; a fact without any tag belongs when one state of the region and one more state of the region or its partners
are parties. An agreement of a published dataset must bind two states of the region, or oblige somebody to defend one.
Observers and depositaries do not make a fact belong.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from comity.brief.blocks import Parties
from comity.brief.subject import Subject
from comity.brief.wording import party_name, shortened, unique
from comity.network import COUNTED, DONE, STANDING, WATCHING
from comity.record import SOURCE as REGISTER

_NOT_STANDING = ("ended", "not_yet")


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

    def __getitem__(self, column: str) -> Any:
        return self.row[column]

    @property
    def year(self) -> int:
        """The year in which it began."""
        return int(self.row["start_date"].year)

    @property
    def states(self) -> frozenset[str]:
        """The states that took part in it."""
        return frozenset(party.code for party in self.parties if party.kind == "state" and party.role not in WATCHING)


def agreements(subject: Subject) -> list[Fact]:
    """Agreements on the day of the brief, with their `standing`; what is over or not yet signed is left out."""
    party_spell = "coalesce(start_date <= $on, true) AND coalesce(end_date >= $on, true)"
    sql = _question("agreement", "agreement_party", party_spell, columns=f", {STANDING} AS standing")
    found = _facts(subject, "agreement", sql, on=subject.as_of)
    return [fact for fact in found if fact["standing"] not in _NOT_STANDING and _is_near(subject, fact)]


def engagements(subject: Subject, since: date) -> list[Fact]:
    """Engagements that took place from a day to the day of the brief, newest first."""
    sql = _question(
        "engagement",
        "engagement_party",
        where=f"engagement.start_date BETWEEN $since AND $on AND list_contains($done, engagement.status) AND {COUNTED}",
    )
    return _newest(_facts(subject, "engagement", sql, on=subject.as_of, since=since, done=list(DONE)))


def courses(subject: Subject) -> list[dict[str, Any]]:
    """Training courses that published sources list one by one, summed by who gives and who takes part."""
    sql = f"""
        SELECT engagement.source, giver.party AS from_state, taker.party AS to_state,
               min(year(engagement.start_date)) AS first_year, max(year(engagement.start_date)) AS last_year,
               count(*) AS course_count, sum(engagement.personnel_count) AS personnel_count,
               sum(engagement.cost_usd) AS cost_usd
        FROM core.engagement AS engagement
        JOIN core.engagement_party AS giver USING (source, engagement)
        JOIN core.engagement_party AS taker USING (source, engagement)
        WHERE NOT {COUNTED} AND giver.role = 'provider' AND taker.role = 'recipient'
          AND list_contains($done, engagement.status) AND engagement.start_date BETWEEN $since AND $on
          AND list_contains($circle, giver.party) AND list_contains($circle, taker.party)
          AND list_has_any([giver.party, taker.party], $inner)
        GROUP BY ALL ORDER BY course_count DESC, from_state, to_state
    """  # noqa: S608 (the expression is ours; every value is a parameter)
    since = date(subject.window[0], 1, 1)
    scope = {key: value for key, value in _scope(subject).items() if key != "region"}
    return subject.ask(sql, on=subject.as_of, since=since, done=list(DONE), **scope)


def incidents(subject: Subject) -> list[Fact]:
    """Incidents up to the day of the brief, newest first; what two states did on one side stands not between them."""
    sql = _question("incident", "incident_party", where="incident.start_date <= $on")
    found = _newest(_facts(subject, "incident", sql, on=subject.as_of))
    return found if subject.kind == "region" else [fact for fact in found if not _acted_together(subject, fact)]


def channels(subject: Subject) -> list[Fact]:
    """Channels that had been opened and not ended by the day of the brief."""
    sql = _question("channel", "channel_party", where=f"{_living('channel')}")
    return sorted(_facts(subject, "channel", sql, on=subject.as_of), key=lambda fact: (fact["name"], fact.item))


def claims(subject: Subject) -> list[Fact]:
    """Territorial claims of a region, one fact per feature with every party to it."""
    rows = subject.ask(
        "SELECT * FROM core.territorial_claim WHERE list_contains(regions, $region) "
        "AND coalesce(start_date <= $on, true) AND coalesce(end_date >= $on, true) ORDER BY source, claim, party, role",
        region=subject.region or "",
        on=subject.as_of,
    )
    by_claim: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_claim[row["source"], row["claim"]].append(row)
    return [
        Fact("territorial_claim", source, claim, held[0], tuple(_party(row) for row in held))
        for (source, claim), held in by_claim.items()
    ]


def presences(subject: Subject) -> list[Fact]:
    """Forces of one state on another's ground, standing on the day of the brief or when last checked."""
    return _standing(subject, "presence", "list_filter([from_state, to_state], lambda party: party IS NOT NULL)")


def programmes(subject: Subject) -> list[Fact]:
    """Programmes standing on the day of the brief or when last checked."""
    return _standing(subject, "programme", "parties")


def disputes(subject: Subject) -> list[Fact]:
    """Militarized disputes with the subject's states on opposite sides, newest first.

    Two datasets code the same disputes each in its own way, so the one that lists most speaks alone.
    """
    sql = """
        WITH sides AS (
            SELECT source, dispute, list({kind: 'state', code: state, role: side} ORDER BY side, state) AS parties,
                   list(DISTINCT state) FILTER (side = 'a') AS one, list(DISTINCT state) FILTER (side = 'b') AS two
            FROM core.dispute_party GROUP BY ALL)
        SELECT dispute.*, sides.parties FROM core.dispute JOIN sides USING (source, dispute)
        WHERE dispute.start_date <= $on
          AND ((list_has_any(one, $near) AND list_has_any(two, $far))
               OR (list_has_any(two, $near) AND list_has_any(one, $far)))
    """
    near, far = (subject.states[:1], subject.states[1:])
    if subject.kind == "region":
        near, far = subject.states, subject.circle
    rows = subject.ask(sql, on=subject.as_of, near=list(near), far=list(far))
    return fullest(_newest([_fact("dispute", row) for row in rows]))


def by_year(facts: Iterable[Fact], word: str) -> dict[tuple[int, str], int]:
    """Counts by year and by the words of one column.

    In each year and for each word the source that lists most is counted. Sources are never added for the same year,
    because two sources may list the same thing.
    """
    counts: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    for fact in facts:
        counts[fact.year, str(fact[word])][fact.source] += 1
    return {place: max(by_source.values()) for place, by_source in sorted(counts.items())}


def fullest(facts: Iterable[Fact]) -> list[Fact]:
    """The facts of the one source that lists most of them."""
    by_source: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_source[fact.source].append(fact)
    return max((by_source[source] for source in sorted(by_source)), key=len, default=[])


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


def _acted_together(subject: Subject, fact: Fact) -> bool:
    roles = {party.code: party.role for party in fact.parties if party.kind == "state"}
    return all(roles.get(state) == "actor" for state in subject.states)


def _is_near(subject: Subject, fact: Fact) -> bool:
    """Whether an agreement is about the subject: a border treaty with a neighbor elsewhere is not about a region."""
    if subject.kind != "region" or fact.source == REGISTER or "defense" in fact["obligations"]:
        return True
    return len(fact.states & set(subject.states)) >= 2


def _question(table: str, parties: str, spell: str = "true", where: str = "true", columns: str = "") -> str:
    """One SELECT of the rows of a table that belong to the subject, each with the list of its parties.

    Every argument is a word of this module; what a user gives travels as a parameter.
    """
    return f"""
        WITH asked AS (SELECT * FROM core.{table} AS {table} WHERE {where}),
        involved AS (
            SELECT source, {table}, list({{kind: party_kind, code: party, role: role}} ORDER BY party_kind, party, role)
                       AS parties,
                   list(DISTINCT party) FILTER (party_kind = 'state' AND NOT list_contains($watching, role)) AS states
            FROM core.{parties} SEMI JOIN asked USING (source, {table}) WHERE {spell} GROUP BY ALL)
        SELECT {table}.*, involved.parties{columns}
        FROM asked AS {table} LEFT JOIN involved USING (source, {table})
        WHERE {_belongs(table)}
    """  # noqa: S608 (see the docstring)


def _belongs(table: str) -> str:
    return f"""CASE WHEN $region = '' THEN list_has_all(coalesce(states, []), $inner)
                    WHEN len({table}.regions) > 0 THEN list_contains({table}.regions, $region)
                    ELSE list_has_any(coalesce(states, []), $inner)
                         AND len(list_intersect(coalesce(states, []), $circle)) >= 2 END"""


def _living(table: str) -> str:
    """That a thing had begun and not ended; one whose beginning is unknown counts from when it was checked."""
    begun = f"coalesce({table}.start_date, {table}.known_until) <= $on"
    return f"{begun} AND coalesce({table}.end_date >= $on, true)"


def _scope(subject: Subject) -> dict[str, Any]:
    inner, circle = list(subject.states), list(subject.circle)
    return {"region": subject.region or "", "inner": inner, "circle": circle}


def _facts(subject: Subject, table: str, sql: str, **parameters: Any) -> list[Fact]:
    rows = subject.ask(sql, **_scope(subject), watching=list(WATCHING), **parameters)
    return [_fact(table, row) for row in rows]


def _standing(subject: Subject, table: str, parties: str) -> list[Fact]:
    """Rows of a table that names its parties in its own columns."""
    sql = f"""
        SELECT *, {parties} AS states FROM core.{table} AS {table}
        WHERE {_living(table)} AND {_belongs(table)}
        ORDER BY name, source, {table}
    """  # noqa: S608 (the table and its parties are words of this module)
    found = []
    for row in subject.ask(sql, on=subject.as_of, **_scope(subject)):
        parties_held = tuple(_named(text) for text in row.pop("states"))
        found.append(Fact(table, row["source"], row[table], row, parties_held))
    return found


def _fact(table: str, row: dict[str, Any]) -> Fact:
    parties = row.pop("parties") or []
    return Fact(table, row["source"], row[table], row, tuple(Party(**party) for party in parties))


def _named(text: str) -> Party:
    """A party written in one word: `PHL` or `organisation:nato`."""
    kind, _, code = text.rpartition(":")
    return Party(kind or "state", code, "participant")


def _party(row: dict[str, Any]) -> Party:
    return Party(row["party_kind"], row["party"], row["role"])


def _newest(facts: list[Fact]) -> list[Fact]:
    return sorted(facts, key=lambda fact: (-fact["start_date"].toordinal(), fact.source, fact.item))
