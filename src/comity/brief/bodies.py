"""Who belongs to an organization, by the list that knows it best: members on the day, and who came and left."""

from __future__ import annotations

from datetime import date
from typing import Any

from comity.brief.basis import Query
from comity.brief.facts import NOT_STANDING, Fact, fact_of
from comity.brief.one_text import over
from comity.brief.subject import Subject, once
from comity.network import STANDING, WATCHING

Row = dict[str, Any]
WAYS = FOUNDED, JOINED, JOINED_AGAIN = "founded it", "joined", "joined again"
_LIFE = """
    SELECT organisation, source, name, start_date, start_precision, end_date, end_precision, known_until, summary,
           verification
    FROM core.organisation WHERE organisation = $organisation AND source = $source
"""


@once
def life(subject: Subject) -> tuple[Row | None, Query]:
    """What the source that knows the body best says of the body itself: from when to when, and what it is."""
    from comity.assess.membership import find_body

    body = find_body(subject.store, subject.key)
    rows, query = subject.asked(_LIFE, organisation=body.organisation, source=body.source)
    return (rows[0] if rows else None), query


@once
def spells(subject: Subject) -> tuple[list[Row], Query]:
    """Every membership begun by the day of the brief, with its role, by the source that names the body best.

    Where that source does not tell since when, another list of the same body may: `since_by` names it. One of which
    none tells it is among them, also where it is not known to have held by then.
    """
    from comity.assess.membership import SPELLS, asked_of, find_body

    sql = f"""
        SELECT * FROM ({SPELLS}) WHERE coalesce(start_date <= $on, true) ORDER BY start_date, state, role
    """  # noqa: S608 (words of a module of this package)
    return subject.asked(sql, on=subject.as_of, **asked_of(find_body(subject.store, subject.key)))


def members_on(subject: Subject, day: date, role: str = "member") -> list[Row]:
    """The memberships of a role that held on a day; one that had not ended when last checked is held to go on.

    No membership outlasts the body, or the state.
    """
    return [
        row
        for row in spells(subject)[0]
        if row["role"] == role and since_known(row) <= day and _last_day(subject, row) >= day
    ]


def since_known(row: Row) -> date:
    """The first day on which a membership is known to have held."""
    from comity.assess.membership import known_from

    return known_from(row["start_date"], row["end_date"], row["known_until"])


def untold_on(subject: Subject, day: date, role: str = "member") -> list[Row]:
    """The memberships of which the list does not tell whether they held on a day, for it tells not since when."""
    sure = {row["state"] for row in members_on(subject, day, role)}
    return [
        row
        for row in spells(subject)[0]
        if row["role"] == role and row["start_date"] is None and since_known(row) > day and row["state"] not in sure
    ]


def all_known_from(subject: Subject) -> date | None:
    """The first day of which it is known of nearly all states whether they were members; None where none is listed."""
    from comity.assess.membership import are_nearly_all

    held = [row for row in spells(subject)[0] if row["role"] == "member"]
    untold = [since_known(row) for row in held if row["start_date"] is None]
    if are_nearly_all(len(held) - len(untold), len(untold)):
        return min((since_known(row) for row in held if row["start_date"]), default=None)
    return max(untold, default=None)


def _last_day(subject: Subject, row: Row) -> date:
    from comity.assess.membership import last_possible

    body, _ = life(subject)
    known: date | None = row["end_date"]
    return known or last_possible(row["state"], body["end_date"] if body else None)


def last_year(subject: Subject) -> int:
    """The year of the brief, or that in which its organization had ended by then: no chart goes beyond it."""
    body = life(subject)[0] if subject.kind == "organisation" else None
    ended = body["end_date"] if body else None
    return int(ended.year) if ended and ended <= subject.as_of else subject.as_of.year


def came_and_left(subject: Subject, since: date) -> tuple[list[Row], list[Row]]:
    """The memberships begun, and those ended, from a day to the day of the brief."""
    held = [row for row in spells(subject)[0] if row["role"] == "member"]
    came = [row for row in held if row["start_date"] and row["start_date"] >= since]
    left = [row for row in held if row["end_date"] is not None and since <= row["end_date"] <= subject.as_of]
    return came, left


def is_founder(subject: Subject, row: Row) -> bool:
    """Whether a membership is as old as the body, so that its state founded it and did not join it.

    A body of which it is not told since when it has been there has no known founder.
    """
    body, _ = life(subject)
    if not body or not body["start_date"] or not row["start_date"]:
        return False
    born: date = body["start_date"]
    alike = {"year": "%Y", "month": "%Y %m"}.get(body["start_precision"], "%Y %m %d")
    first = min(each["start_date"] for each in spells(subject)[0] if each["role"] == "member" and each["start_date"])
    is_first = row["start_date"] == first and first.strftime(alike) == born.strftime(alike)
    return is_first or bool(row["start_date"] <= born)


def was_member_before(subject: Subject, row: Row) -> bool:
    """Whether a state had been a member, by an earlier membership of the same list, before one began."""
    return any(
        each["role"] == "member"
        and each["state"] == row["state"]
        and each["end_date"] is not None
        and each["end_date"] < row["start_date"]
        for each in spells(subject)[0]
    )


def how_it_came(subject: Subject, row: Row) -> str:
    """In a word, how a membership began: its state founded the body, joined it, or joined it again."""
    if is_founder(subject, row):
        return FOUNDED
    return JOINED_AGAIN if was_member_before(subject, row) else JOINED


def states_on(subject: Subject) -> tuple[str, ...]:
    """The states that are members on the day of the brief, each once."""
    return tuple(sorted({row["state"] for row in members_on(subject, subject.as_of)}))


@once
def shared_agreements(subject: Subject) -> list[Fact]:
    """Agreements on the day of the brief that bind nearly the same states as are members of the organization.

    The treaty that founds a body names its states, not the body. Of the states that are members, or bound by the text,
    at least four in five are both.
    """
    sql = f"""
        WITH bound AS (
            SELECT source, agreement, list_distinct(list(party)) AS states,
                   list_sort(list({{kind: party_kind, code: party, role: role}})) AS parties
            FROM core.agreement_party
            WHERE party_kind = 'state' AND NOT list_contains($watching, role)
              AND coalesce(start_date <= $on, true) AND coalesce(end_date >= $on, true)
            GROUP BY ALL)
        SELECT agreement.*, bound.parties, {STANDING} AS standing
        FROM core.agreement AS agreement JOIN bound USING (source, agreement)
        WHERE len(bound.states) > 2
          AND len(list_intersect(bound.states, $inner)) * 5 >= len(list_distinct(bound.states || $inner)) * 4
    """  # noqa: S608 (words of this module)
    rows, query = subject.asked(sql, on=subject.as_of, watching=list(WATCHING), inner=list(states_on(subject)))
    found = [fact_of("agreement", row, query) for row in rows]
    gone = over(subject)
    return [fact for fact in found if fact["standing"] not in NOT_STANDING and (fact.source, fact.item) not in gone]
