"""What stands against the subject's states, or between them: disputes and territorial claims."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from comity.brief.bodies import members_on, spells
from comity.brief.facts import Fact, Party, fact_of, newest_first
from comity.brief.knowledge import statements
from comity.brief.scope import GREAT_POWERS, parameters
from comity.brief.subject import Subject, once
from comity.vocab.register import SOURCE as REGISTER
from comity.vocab.states import states

_DISPUTES = """
    WITH sides AS (
        SELECT source, dispute, list({kind: 'state', code: state, role: side} ORDER BY side, state) AS parties,
               list(DISTINCT state) FILTER (side = 'a') AS one, list(DISTINCT state) FILTER (side = 'b') AS two
        FROM core.dispute_party
        WHERE (source, dispute) IN (SELECT source, dispute FROM core.dispute_party WHERE list_contains($near, state))
        GROUP BY ALL)
    SELECT dispute.*, sides.parties FROM core.dispute JOIN sides USING (source, dispute)
    WHERE dispute.start_date <= $on
      AND ((list_has_any(one, $near) AND list_has_any(two, $far))
           OR (list_has_any(two, $near) AND list_has_any(one, $far)))
"""
_CLAIMS = """
    SELECT listed.*, property.value AS issue
    FROM core.territorial_claim AS listed
    LEFT JOIN core.property AS property ON property.source = listed.source AND property.item = listed.claim
         AND property.core_table = 'territorial_claim' AND property.property = 'issue'
    WHERE {of_subject} AND coalesce(start_date <= $on, true) AND coalesce(end_date >= $on, true)
    ORDER BY listed.source, claim, party, role
"""
_OF_PARTIES = """(listed.source, claim) IN (
    SELECT (source, claim) FROM core.territorial_claim WHERE party_kind = 'state' GROUP BY ALL
    HAVING {held})"""

_OF_REGION = "(list_contains(regions, $region) OR list_has_any(regions, $within) AND {held})"

_LAND = 1  # the issue of a claim to territory
_ANY_OF = "list_has_any(list(party), $around)"


@once
def disputes(subject: Subject) -> list[Fact]:
    """Militarized disputes with the subject's states on opposite sides, newest first; an organization's own members'.

    Two datasets code the same disputes each in its own way, so one speaks alone: that which reaches furthest.
    """
    near, far = _sides(subject)
    rows, query = subject.asked(_DISPUTES, on=subject.as_of, near=list(near), far=list(far))
    found = newest_first([fact_of("dispute", row, query) for row in rows])
    if subject.kind == "organisation":
        found = [fact for fact in found if _is_inside(subject, fact)]
    return _of_one_list(subject, found)


def _of_one_list(subject: Subject, found: list[Fact]) -> list[Fact]:
    """The disputes of the list that reaches furthest up to the day of the brief; of several, of that with most."""
    held: dict[str, list[Fact]] = defaultdict(list)
    for fact in found:
        held[fact.source].append(fact)
    ends = {source: [fact["start_date"] for fact in facts] for source, facts in held.items()}
    for source, known in statements(subject, "dispute"):
        if source in ends and known.completeness == "complete":
            ends[source].append(min(known.end, subject.as_of))
    first = max(sorted(held), key=lambda source: (max(ends[source]), len(held[source])), default=None)
    return held[first] if first is not None else []


def _is_inside(subject: Subject, fact: Fact) -> bool:
    """Whether a dispute had members on both sides that were members when it began."""
    held = {row["state"] for row in members_on(subject, fact["start_date"])}
    return all(any(party.code in held for party in fact.parties if party.role == side) for side in ("a", "b"))


def _sides(subject: Subject) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if subject.kind == "pair":
        return subject.states[:1], subject.states[1:]
    if subject.kind == "state":
        return subject.states, tuple(sorted(states()))
    if subject.kind == "organisation":
        ever = tuple(sorted({row["state"] for row in spells(subject)[0] if row["role"] == "member"}))
        return ever, ever
    return tuple(code for code in subject.states if code not in powers_within(subject)), subject.circle


def powers_within(subject: Subject) -> frozenset[str]:
    """The great powers that are of a region: what one did with a state of elsewhere does not tell where it was."""
    return GREAT_POWERS.intersection(subject.states) if subject.kind == "region" else frozenset()


@once
def claims(subject: Subject) -> list[Fact]:
    """Claims of a region, or those to which the subject's states are parties, one fact per feature.

    Where the register tells a claim to land, what another list says of it is left out.
    The column `issue` says what is claimed, where the source tells: 1 territory, 2 a river, 3 waters.
    """
    if subject.kind == "comparison" and subject.region is None:
        held = _OF_PARTIES.format(held=_ANY_OF)
        return _claims(subject, held, parameters(subject, held))
    held = {
        "region": _OF_REGION.format(held=_OF_PARTIES.format(held="list_has_any(list(party), $inner)")),
        "comparison": _OF_REGION.format(held=_OF_PARTIES.format(held=_ANY_OF)),
        "pair": _OF_PARTIES.format(held="list_has_all(list(party), $inner)"),
        "state": _OF_PARTIES.format(held="list_has_any(list(party), $inner)"),
    }[subject.kind]
    return _claims(subject, held, parameters(subject, held))


def _claims(subject: Subject, held: str, values: dict[str, Any]) -> list[Fact]:
    rows, query = subject.asked(_CLAIMS.format(of_subject=held), on=subject.as_of, **values)
    by_claim: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_claim[row["source"], row["claim"]].append(row)
    found = [
        Fact("territorial_claim", source, claim, parties[0], tuple(_party(row) for row in parties), query)
        for (source, claim), parties in by_claim.items()
    ]
    own = [fact for fact in found if fact.source == REGISTER]
    return [fact for fact in found if not any(_is_told_by(fact, other) for other in own)]


def _is_told_by(fact: Fact, other: Fact) -> bool:
    """Whether a claim of the register is the one to land that another list holds too, by another spelling or none."""
    from comity.vocab.geometry.areas import is_same_place

    if fact.source == REGISTER or fact["issue"] != _LAND or not is_same_place(fact["name"], other["name"]):
        return False
    return {party.code for party in fact.parties} <= {party.code for party in other.parties}


def _party(row: dict[str, Any]) -> Party:
    return Party(row["party_kind"], row["party"], row["role"])
