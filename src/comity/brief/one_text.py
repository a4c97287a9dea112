"""Which texts of several lists are one: a numbered one is one that another source names, or another list numbers too.

They are of one day, or time, and parties. What a text is does not hang on the day of a brief or on its subject, so all
are compared at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from comity.brief.keeping import kept
from comity.brief.subject import Subject, once
from comity.brief.text_matching import Row, alike, named_through, same_texts
from comity.network import IN_FORCE, STANDING, WATCHING

if TYPE_CHECKING:
    from comity.brief.facts import Fact

Key = tuple[str, str]
# What the source that names a text tells of it in place of one that numbers it.
_BORROWED = ("agreement_kind", "known_until", "signed_date", "signed_precision", "start_date", "start_precision")
_TEXTS = """
    SELECT source, agreement AS item, name, agreement_kind, signed_date, signed_precision,
           agreement.start_date, agreement.start_precision, agreement.end_date,
           list_sort(list_distinct(list(party.party))) AS states,
           list_distinct(list(party.party) FILTER (
               (party.start_date > coalesce(agreement.start_date, signed_date)) IS NOT TRUE)) AS first_states
    FROM core.agreement JOIN core.agreement_party AS party USING (source, agreement)
    WHERE party.party_kind = 'state' AND NOT list_contains($watching, party.role)
    GROUP BY ALL HAVING len(states) > 1 ORDER BY source, item
"""
_TOLD = f"""
    SELECT * EXCLUDE (party, has_left, takes_part), list_sort(list(party) FILTER (has_left)) AS gone,
           list_sort(list(party) FILTER (takes_part AND NOT has_left)) AS states
    FROM (SELECT agreement.source, agreement AS item, {", ".join(f"agreement.{each}" for each in _BORROWED)},
                 agreement.end_date, {STANDING} AS standing, party.party,
                 coalesce(max(coalesce(party.end_date, $on)) FILTER (coalesce(party.start_date <= $on, true)) < $on,
                          false) AS has_left,
                 bool_or(coalesce(party.start_date <= $on, true) AND NOT list_contains($watching, party.role))
                     AS takes_part
          FROM core.agreement AS agreement JOIN core.agreement_party AS party USING (source, agreement)
          WHERE list_contains($items, agreement) AND party.party_kind = 'state'
          GROUP BY ALL)
    GROUP BY ALL
"""  # noqa: S608 (the words are ours; every value is a parameter)
_OVER = ("ended", "not_yet")
_SAYS = ("in_force", "voluntary", "signed", "suspended")  # what a source knows of a text that has begun


@dataclass(frozen=True)
class Twin:
    """The text of another source that a numbered one is, by its key and name, and whether the days are the same."""

    source: str
    item: str
    name: str
    is_of_same_day: bool


@once
def twins(subject: Subject) -> dict[Key, Twin]:
    """For each text that its source only numbers, the named text that it is; those that are none are left out."""
    return {(source, item): Twin(*other) for source, item, *other in _compared(subject)["named"]}


@once
def one_of(subject: Subject) -> dict[Key, Key]:
    """For each text that a list only numbers, the key of the text that it is: a named one, or one of another list.

    Texts that are one have the same key here, whether the named one is shown or not.
    """
    of_lists = {(source, item): (other, number) for source, item, other, number in _compared(subject)["numbered"]}
    return of_lists | {key: (twin.source, twin.item) for key, twin in twins(subject).items()}


def _compared(subject: Subject) -> dict[str, Any]:
    found: dict[str, Any] = kept(subject, "same-texts", lambda: _compare(subject.ask(_TEXTS, watching=list(WATCHING))))
    return found


def _compare(rows: list[Row]) -> dict[str, Any]:
    named, numbered = named_through(same_texts(rows), alike(rows))
    return {"named": named, "numbered": numbered}


@once
def over(subject: Subject) -> frozenset[Key]:
    """The numbered texts that are over on the day of the brief, as another source says that knows.

    A list that ends before the text did holds it in force for ever. Only a text of the very same day is taken for it:
    one that has a name, or, where none has, that of a list that goes on after this one ended.
    """
    gone = {key for key, row in _told(subject).items() if row["standing"] == "ended"}
    return frozenset(gone | {key for key, other in _others(subject) if _ended_later(*_rows(subject, key, other))})


def _others(subject: Subject) -> list[tuple[Key, Key]]:
    """Each numbered text without a name with that of another list, both ways."""
    pairs = [(key, other) for key, other in one_of(subject).items() if key not in twins(subject)]
    return pairs + [(other, key) for key, other in pairs]


def _rows(subject: Subject, *keys: Key) -> list[Row | None]:
    return [_asked(subject).get(key) for key in keys]


def _ended_later(row: Row | None, other: Row | None) -> bool:
    """Whether another list knows that a text ended, after the last day for which this one vouches."""
    if row is None or other is None or other["standing"] != "ended" or other["end_date"] is None:
        return False
    return bool(row["known_until"] is not None and other["end_date"] > row["known_until"])


def as_named(subject: Subject, facts: list[Fact]) -> list[Fact]:
    """Some texts as the source of their named twin tells them: who has left, and where they stand.

    A state that has left by the named text is no party any more; a text between too few of the subject is left out.
    Where the twin is not among the texts, its source's kind, days and standing are told: what a text is then does not
    hang on which of its parties a brief is about, for a source that names a text may list fewer parties than one that
    numbers it. What the named one does not know is left as it was, and where both hold it to stand, the later check.
    """
    shown = {(fact.source, fact.item) for fact in facts}
    found = []
    for fact in facts:
        told = _told(subject).get((fact.source, fact.item))
        left = _without(fact, told["gone"] or ()) if told is not None else fact
        if left is fact or _is_about(subject, left):
            found.append(_by(told, shown, left))
    return found


def _without(fact: Fact, gone: Sequence[str]) -> Fact:
    if fact.states.isdisjoint(gone):
        return fact
    return replace(fact, parties=tuple(each for each in fact.parties if each.kind != "state" or each.code not in gone))


def _is_about(subject: Subject, fact: Fact) -> bool:
    """Whether a text still binds a state of the subject to another, in its circle where it has one."""
    if subject.kind in ("world", "topic"):
        return len(fact.states) > 1
    near = fact.states & set(subject.circle) if subject.partners else fact.states
    return len(near) > 1 and not near.isdisjoint(subject.states)


def _by(told: Row | None, shown: set[Key], fact: Fact) -> Fact:
    if told is None or (told["source"], told["item"]) in shown or told["standing"] not in _SAYS:
        return fact
    borrowed = {each: told[each] for each in (*_BORROWED, "standing")}
    if fact["standing"] in IN_FORCE and told["standing"] in IN_FORCE:
        borrowed["known_until"] = max(fact["known_until"], told["known_until"])
    return replace(fact, row={**fact.row, **borrowed, "told_by": f"{told['source']}: {told['item']}"})


@once
def states_by_source(subject: Subject) -> dict[Key, dict[str, frozenset[str]]]:
    """For each text that several sources hold, by the key it has in `one_of`, the states that each has as its parties.

    They are those of the day of the brief. First stands the source that names the text; of lists that number it, the
    last checked. What has left by that one is in none.
    """
    held: dict[Key, list[Key]] = {}
    for key, first in one_of(subject).items():
        held.setdefault(first, [first] if first in _asked(subject) else []).append(key)
    found = {}
    for first, keys in held.items():
        rows = [row for row in _rows(subject, *keys) if row is not None and row["standing"] not in _OVER]
        if not any((row["source"], row["item"]) in twins(subject) for row in rows):
            rows.sort(key=lambda row: (row["known_until"] or date.min, row["source"]), reverse=True)
        if rows:
            found[first] = _without_gone(rows)
    return found


def _without_gone(rows: list[Row]) -> dict[str, frozenset[str]]:
    told: dict[str, frozenset[str]] = {}
    for row in rows:
        states = frozenset(row["states"] or ()) - frozenset(rows[0]["gone"] or ())
        told[row["source"]] = told.get(row["source"], frozenset()) | states
    return told


@once
def _told(subject: Subject) -> dict[Key, Row]:
    """For each numbered text that has a named twin of the very same day, what the source of that one tells of it."""
    held = {key: (twin.source, twin.item) for key, twin in twins(subject).items() if twin.is_of_same_day}
    return {key: _asked(subject)[other] for key, other in held.items() if other in _asked(subject)}


@once
def _asked(subject: Subject) -> dict[Key, Row]:
    """What their sources tell on the day of the brief of texts that several of them hold."""
    held = {key for pair in one_of(subject).items() for key in pair}
    if not held:
        return {}
    items = sorted({item for _, item in held})
    rows = subject.ask(_TOLD, items=items, on=subject.as_of, watching=list(WATCHING))
    return {(row["source"], row["item"]): row for row in rows if (row["source"], row["item"]) in held}
