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
NEARLY_ALL = 0.9  # of the memberships of a body, as of the pairs of a state
_BODIES = "SELECT organisation, name, short_name, source FROM core.organisation ORDER BY ALL"
# Where the list does not tell since when a state has been a member, the first other list of the same body that does
# tells it: its spell had not ended when last known, or ended when this one did.
SPELLS = """
    WITH own AS (
        SELECT organisation, source, party AS state, role, start_date, start_precision, end_date, end_precision,
               known_until
        FROM core.organisation_member
        WHERE organisation = $organisation AND source = $source AND party_kind = 'state'
    ), elsewhere AS (
        SELECT own.state, own.role, own.end_date,
               first({day: other.start_date, precision: other.start_precision, source: other.source}
                     ORDER BY list_position($lists, other.source || ' ' || other.organisation), other.start_date DESC)
                   AS entry
        FROM own JOIN core.organisation_member AS other ON other.party = own.state AND other.role = own.role
        WHERE own.start_date IS NULL AND list_contains($lists, other.source || ' ' || other.organisation)
          AND other.start_date <= coalesce(least(own.known_until, own.end_date), other.start_date)
          AND coalesce(abs(date_diff('day', other.end_date, own.end_date)) <= 366, other.end_date IS NULL)
        GROUP BY ALL
    )
    SELECT own.* REPLACE (coalesce(own.start_date, entry.day) AS start_date,
                          coalesce(own.start_precision, entry.precision) AS start_precision),
           entry.source AS since_by
    FROM own LEFT JOIN elsewhere
      ON own.start_date IS NULL AND elsewhere.state = own.state AND elsewhere.role = own.role
         AND elsewhere.end_date IS NOT DISTINCT FROM own.end_date
"""
_MEMBERS = f"""
    SELECT held.state, held.start_date, held.end_date, held.known_until, body.end_date AS body_end
    FROM ({SPELLS}) AS held LEFT JOIN core.organisation AS body USING (organisation, source)
    WHERE held.role = 'member' ORDER BY ALL
"""  # noqa: S608 (words of this module)


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
    """One unbroken membership; `known_until` is the last day of which the list speaks, where it had not ended.

    `start` is None where the list does not tell since when.
    """

    state: str
    start: date | None
    end: date | None
    known_until: date

    @property
    def known_from(self) -> date:
        """The first day on which it is known to have held."""
        return known_from(self.start, self.end, self.known_until)

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
    """Every membership of a state in the organization, by the source that names the body.

    Since when is told by another list of the same body where its own does not.
    """
    return _spells(store, asked_of(body))


def members_in(spells: tuple[Spell, ...], year: int) -> tuple[str, ...]:
    """Who was a member on any day of a year, by code; one that had not ended when last known is held to go on.

    One whose beginning is not told counts from the first day on which it is known to have held.

    >>> spell = Spell("FRA", date(1949, 4, 4), None, date(2024, 1, 1))
    >>> members_in((spell,), 1950), members_in((spell,), 1948)
    (('FRA',), ())
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    return tuple(
        sorted({each.state for each in spells if each.known_from <= last and (each.end is None or each.end >= first)})
    )


def untold_in(spells: tuple[Spell, ...], year: int) -> tuple[str, ...]:
    """Who may have been a member in a year or not, by code: its list does not tell since when it was one.

    >>> spell = Spell("FRA", None, None, date(2024, 1, 1))
    >>> untold_in((spell,), 1950), untold_in((spell,), 2024), members_in((spell,), 2024)
    (('FRA',), (), ('FRA',))
    """
    undated = {each.state for each in spells if each.start is None and each.known_from > date(year, 12, 31)}
    return tuple(sorted(undated - set(members_in(spells, year))))


def are_nearly_all(known: int, untold: int) -> bool:
    """Whether so few memberships are without a day of entry that what is told of the others is told of all.

    >>> are_nearly_all(56, 1), are_nearly_all(4, 12)
    (True, False)
    """
    return known > 0 and known >= NEARLY_ALL * (known + untold)


def known_from(start: date | None, end: date | None, known_until: date) -> date:
    """The first day on which a membership is known to have held: where its start is not told, the day of checking.

    >>> known_from(None, None, date(2024, 1, 1)), known_from(None, date(1999, 3, 11), date(2024, 1, 1))
    (datetime.date(2024, 1, 1), datetime.date(1999, 3, 11))
    """
    return start or min(known_until, end or date.max)


def said_otherwise(
    store: Store, body: Body, members: tuple[str, ...], year: int, untold: tuple[str, ...] = ()
) -> dict[str, dict[str, list[str]]]:
    """What other lists that reach the year say differently: whom they name too, and whom they do not name.

    Of a state of which a list leaves `untold` whether it was a member, it says nothing.
    """
    found: dict[str, dict[str, list[str]]] = {}
    for source, organisation in body.others:
        spells = _spells(store, asked_of(Body(organisation, organisation, None, source)))
        if not spells or max(spell.known_until for spell in spells).year < year:
            continue
        theirs = set(members_in(spells, year))
        too, lacking = theirs - set(members) - set(untold), set(members) - theirs - set(untold_in(spells, year))
        if too or lacking:
            found[source] = {"names_too": sorted(too), "does_not_name": sorted(lacking)}
    return found


def asked_of(body: Body) -> dict[str, Any]:
    """The parameters of the question for the memberships of a body: its own list, and the others in their order.

    >>> asked_of(Body("nato", "NATO", None, "register", (("cow_igo", "igo/nato"),)))["lists"]
    ['cow_igo igo/nato']
    """
    lists = [f"{source} {organisation}" for source, organisation in body.others]
    return {"organisation": body.organisation, "source": body.source, "lists": lists or [""]}


def _spells(store: Store, asked: dict[str, Any]) -> tuple[Spell, ...]:
    rows = store.ask(_MEMBERS, asked).to_pylist()
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
