"""Which organization a name means, and who was its member when, by the list that knows it best."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from comity.errors import UnknownWord
from comity.vocab.states import state

if TYPE_CHECKING:
    from comity.store import Store

# The register keeps dates to the day and its evidence; the others are asked where it does not know a body.
BEST_FIRST = ("register", "org_membership", "cow_igo", "regional_orgs")
NEAR = 3
_BODIES = "SELECT organisation, name, short_name, source FROM core.organisation ORDER BY ALL"
_SPELLS = """
    SELECT m.party AS state, m.start_date, m.end_date, m.known_until, body.end_date AS body_end
    FROM core.organisation_member AS m LEFT JOIN core.organisation AS body USING (organisation, source)
    WHERE organisation = $organisation AND source = $source AND m.party_kind = 'state' AND m.role = 'member'
      AND m.start_date IS NOT NULL
    ORDER BY ALL
"""


@dataclass(frozen=True)
class Body:
    """An organization as one source names it; `others` are the same body as other sources name it."""

    organisation: str
    name: str
    short_name: str | None
    source: str
    others: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Spell:
    """One unbroken membership; `known_until` is the last day of which the list speaks, where it had not ended."""

    state: str
    start: date
    end: date | None
    known_until: date

    @property
    def first_year(self) -> int:
        """The year in which it began."""
        return self.start.year

    @property
    def last_year(self) -> int | None:
        """The year in which it ended; None where it had not."""
        return None if self.end is None else self.end.year


def find_body(store: Store, text: str) -> Body:
    """The organization that an identifier, a short name or a name means; UnknownWord names near ones."""
    rows = store.ask(_BODIES).to_pylist()
    asked = _key(text)
    found = sorted((row for row in rows if asked in _keys(row)), key=_order)
    if not found:
        near = near_bodies(store, text)
        raise UnknownWord(
            f"{text!r} is no organization that is loaded{'; nearest: ' + ', '.join(near) if near else ''}"
        )
    best = found[0]
    short = _key(best["short_name"]) if best["short_name"] else None
    others = [
        (row["source"], row["organisation"])
        for row in sorted(rows, key=_order)
        if row["source"] != best["source"] and (asked in _keys(row) or (short and short in _keys(row)))
    ]
    return Body(best["organisation"], best["name"], best["short_name"], best["source"], tuple(others))


def named_bodies(store: Store, text: str) -> list[str]:
    """The identifiers of the organizations that a text names, that of the best source first."""
    rows = store.ask(_BODIES).to_pylist()
    return [row["organisation"] for row in sorted(rows, key=_order) if _key(text) in _keys(row)]


def each_body(store: Store) -> list[Body]:
    """Every organization that a name can mean, each once, as the source names it that knows it best."""
    seen: set[str] = set()
    found = []
    for row in sorted(store.ask(_BODIES).to_pylist(), key=_order):
        if not seen & _keys(row):
            found.append(Body(row["organisation"], row["name"], row["short_name"], row["source"]))
        seen |= _keys(row)
    return found


def near_bodies(store: Store, text: str) -> list[str]:
    """Names of organizations like a text, the nearest first."""
    rows = store.ask(_BODIES).to_pylist()
    by_key = {
        _key(name): name for row in rows for name in (row["organisation"], row["short_name"], row["name"]) if name
    }
    return [by_key[key] for key in difflib.get_close_matches(_key(text), by_key, n=NEAR, cutoff=0.6)]


def spells_of(store: Store, body: Body) -> tuple[Spell, ...]:
    """Every membership of a state in the organization, by the source that names the body."""
    return _spells(store, body.source, body.organisation)


def members_in(spells: tuple[Spell, ...], year: int) -> tuple[str, ...]:
    """Who was a member on any day of a year, by code; one that had not ended when last known is held to go on.

    >>> spell = Spell("FRA", date(1949, 4, 4), None, date(2024, 1, 1))
    >>> members_in((spell,), 1950), members_in((spell,), 1948)
    (('FRA',), ())
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    return tuple(
        sorted({each.state for each in spells if each.start <= last and (each.end is None or each.end >= first)})
    )


def said_otherwise(store: Store, body: Body, members: tuple[str, ...], year: int) -> dict[str, dict[str, list[str]]]:
    """What other lists that reach the year say differently: whom they name too, and whom they do not name."""
    found: dict[str, dict[str, list[str]]] = {}
    for source, organisation in body.others:
        spells = _spells(store, source, organisation)
        if not spells or max(spell.known_until for spell in spells).year < year:
            continue
        theirs = set(members_in(spells, year))
        if theirs != set(members):
            found[source] = {"names_too": sorted(theirs - set(members)), "does_not_name": sorted(set(members) - theirs)}
    return found


def _spells(store: Store, source: str, organisation: str) -> tuple[Spell, ...]:
    rows = store.ask(_SPELLS, {"organisation": organisation, "source": source}).to_pylist()
    return tuple(
        Spell(row["state"], row["start_date"], row["end_date"] or _ceased(row), row["known_until"] or row["end_date"])
        for row in rows
    )


def last_possible(code: str, body_end: date | None) -> date:
    """The last day on which a membership without a listed end can have held: neither body nor state was gone.

    >>> last_possible("DDR", date(1991, 12, 31)), last_possible("POL", None) == date.max
    (datetime.date(1990, 10, 2), True)
    """
    ends = [each.end or date.max for each in state(code).memberships]
    return min(max(ends, default=date.max), body_end or date.max)


def _ceased(row: dict[str, Any]) -> date | None:
    last = last_possible(row["state"], row["body_end"])
    return None if last == date.max else last


def _key(text: str) -> str:
    return "-".join(text.casefold().replace("-", " ").split())


def _keys(row: dict[str, Any]) -> set[str]:
    return {_key(row[name]) for name in ("organisation", "name", "short_name") if row[name]}


def _order(row: dict[str, Any]) -> tuple[int, str]:
    source = row["source"]
    return (BEST_FIRST.index(source) if source in BEST_FIRST else len(BEST_FIRST), row["organisation"])
