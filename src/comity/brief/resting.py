"""What facts bear: the basis of a statement that rests on them, and how sure one may be of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from comity.brief.basis import Basis, Query, Rows, Shown
from comity.brief.blocks import Sentence
from comity.brief.facts import Fact, sources_of
from comity.brief.knowledge import is_complete
from comity.brief.subject import Subject
from comity.vocab.register import SOURCE as REGISTER

_HIDDEN = ("label", "parties", "states", "bodies")
STALE_YEARS = 3  # a text last checked longer ago may have ended since
COUNTED_ONCE = "In each year, and for each kind, the source that lists most is counted; sources are not added."


def rests_on(how: str, facts: Iterable[Fact], **values: Any) -> Basis:
    """The basis of a statement about some facts: their questions and rows, and the numbers worked out from them."""
    held = list(facts)
    queries: dict[int, Query] = {id(fact.query): fact.query for fact in held}
    return Basis(how, tuple(queries.values()), Rows(held, shown), tuple(values.items()))


def shown(fact: Fact) -> Shown:
    """A fact as the row a reader sees when he asks what a number rests on; what is empty is left out."""
    told = {key: value for key, value in fact.row.items() if key not in _HIDDEN and value not in (None, [], "")}
    parties = ", ".join(f"{party.code} ({party.role})" for party in fact.parties)
    return {"table": fact.table, **told, **({"parties": parties} if parties else {})}


def from_rows(how: str, rows: Sequence[Shown], query: Query, **values: Any) -> Basis:
    """The basis of a statement about rows of one question that are no facts with parties."""
    told = tuple({key: value for key, value in row.items() if value is not None} for row in rows)
    return Basis(how, (query,), told, tuple(values.items()))


def stated(subject: Subject, text: str, basis: Basis, facts: Sequence[Fact], kind: str = "") -> Sentence:
    """A statement about some facts, with the confidence that they bear and what would change it.

    High where a complete source reaches the day, or every text was seen in its first source and checked lately.
    Low where a fifth of the facts or more are unverified. Moderate otherwise.
    """
    changed = _changed_by(facts, kind)
    if kind and is_complete(subject, kind):
        sure = ("high", "a source that holds itself complete reaches this day")
    else:
        sure = _of_list(subject, facts)
        changed += ", which ends before this day" if _told_as(facts, kind) == _DISPUTE else ""
    return Sentence(text, sources_of(facts), *sure, changed, basis)


def _of_list(subject: Subject, facts: Sequence[Fact]) -> tuple[str, str]:
    unverified = sum(fact.row.get("verification") == "unverified" for fact in facts)
    if unverified * 5 >= len(facts) and unverified:
        return "low", f"{unverified} of the {len(facts)} facts it counts have no evidence yet"
    if all(fact.source != REGISTER for fact in facts):
        return "moderate", "published datasets list them one by one, and end before this day"
    if _are_lately_seen(subject, facts):
        return "high", "each text was seen in its first source and checked in the last three years"
    return "moderate", "what is listed has evidence, and no list holds itself complete to this day"


def _are_lately_seen(subject: Subject, facts: Sequence[Fact]) -> bool:
    checked = [fact.row.get("known_until") for fact in facts]
    return all(
        day is not None and subject.as_of.year - day.year <= STALE_YEARS and fact.row.get("verification") == "primary"
        for day, fact in zip(checked, facts, strict=True)
    )


def _changed_by(facts: Sequence[Fact], kind: str) -> str:
    """What would change a statement, in words; by the kind of fact it is about."""
    return _CHANGES.get(_told_as(facts, kind), "")


def _told_as(facts: Sequence[Fact], kind: str) -> str:
    """The kind under which a statement's change is told: its own, else the table of its facts."""
    return kind if kind in _CHANGES or not facts else facts[0].table


_DISPUTE = "dispute"
_CHANGES = {
    "agreement": "a text ended, signed or published since it was last checked",
    "alliance": "notice of withdrawal, a new treaty, or a later edition of the list",
    "engagement": "a complete list of the same years that names more or fewer",
    "exercise": "a complete list of exercises after the last year covered",
    "incident": "reports of incidents that no list names, or accounts that differ",
    _DISPUTE: "a later edition of the list of disputes",
    "channel": "a test or a refusal of a line after it was last checked",
    "territorial_claim": "a claim withdrawn, settled or newly made",
    "ideal_point": "votes of later sessions",
}
