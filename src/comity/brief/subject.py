"""What a brief is about: a pair of states or a region, seen on one day."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from comity.errors import BadRequest, UnknownWord
from comity.vocab.dates import last_day
from comity.vocab.states import find_state, state

if TYPE_CHECKING:
    from comity.sources.about import About
    from comity.store import Store

KINDS = ("pair", "region")
WINDOW_YEARS = 10

_LATEST = """
    SELECT max(day) AS day FROM (
        SELECT greatest(start_date, end_date) AS day FROM core.engagement WHERE status IN ('completed', 'ongoing')
        UNION ALL SELECT greatest(start_date, end_date) FROM core.incident
        UNION ALL SELECT known_until FROM core.agreement
        UNION ALL SELECT known_until FROM core.channel
    ) WHERE day <= $today
"""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """The states in question, the states around them, and the day as of which they are looked at."""

    store: Store
    kind: str
    title: str
    states: tuple[str, ...]
    as_of: date
    year: int | None = None
    partners: tuple[str, ...] = ()
    region: str | None = None
    frame: tuple[float, float, float, float] | None = None

    @property
    def circle(self) -> tuple[str, ...]:
        """The states of the subject and the states around them."""
        return self.states + self.partners

    @property
    def window(self) -> tuple[int, int]:
        """The years over which ties and acts are counted."""
        return self.as_of.year - WINDOW_YEARS + 1, self.as_of.year

    @property
    def full_year(self) -> int:
        """The last year that the brief sees whole."""
        return self.as_of.year if self.as_of == last_day(self.as_of.year) else self.as_of.year - 1

    @cached_property
    def series(self) -> dict[str, str]:
        """The name of each series."""
        return {row["series"]: row["name"] for row in self.ask("SELECT series, name FROM core.series ORDER BY ALL")}

    @cached_property
    def abouts(self) -> dict[str, About]:
        """What is known of each loaded source."""
        return self.store.abouts()

    @cached_property
    def organisations(self) -> dict[str, str]:
        """The short name of each organisation, or its name."""
        rows = self.ask("SELECT organisation, coalesce(short_name, name) AS name FROM core.organisation ORDER BY ALL")
        return {row["organisation"]: row["name"] for row in rows}

    def ask(self, sql: str, **parameters: Any) -> list[dict[str, Any]]:
        """The rows that answer one question to the store."""
        return list(self.store.ask(sql, parameters).to_pylist())


def read_subject(store: Store, words: tuple[str, ...], year: int | None, today: date) -> Subject:
    """The subject a user's words mean: two states by code or name, or one region by identifier or name."""
    as_of = min(last_day(year), today) if year is not None else _latest_day(store, today)
    regions = {row["region"]: row for row in store.ask("SELECT * FROM core.region").to_pylist()}
    wanted = "-".join("-".join(words).lower().split())
    named = {"-".join(row["name"].lower().split()): key for key, row in regions.items()}
    if found := regions.get(named.get(wanted, wanted)):
        return _region(store, found, as_of, year)
    if len(words) != 2:
        raise BadRequest(_advice(" ".join(words), wanted, sorted(regions)))
    return _pair(store, words, as_of, year)


def _pair(store: Store, words: tuple[str, ...], as_of: date, year: int | None) -> Subject:
    one, two = (_state(word, as_of) for word in words)
    if one == two:
        raise BadRequest(f"{words[0]} and {words[1]} are the same state; a pair needs two")
    title = f"{state(one).name} and {state(two).name}"
    return Subject(store=store, kind="pair", title=title, states=(one, two), as_of=as_of, year=year)


def _state(word: str, on: date) -> str:
    try:
        return state(word).code
    except UnknownWord:
        return find_state(word, on)


def _region(store: Store, row: dict[str, Any], as_of: date, year: int | None) -> Subject:
    frame = tuple(row[edge] for edge in ("west", "south", "east", "north"))
    return Subject(
        store=store,
        kind="region",
        title=row["name"],
        states=tuple(row["states"]),
        partners=tuple(row["partners"]),
        region=row["region"],
        frame=None if None in frame else frame,
        as_of=as_of,
        year=year,
    )


def _latest_day(store: Store, today: date) -> date:
    day = store.ask(_LATEST, {"today": today}).to_pylist()[0]["day"]
    return day if day is not None else today


def _advice(given: str, wanted: str, regions: list[str]) -> str:
    near = difflib.get_close_matches(wanted, regions, n=1)
    hint = f"; nearest region is {near[0]}" if near else f"; regions: {', '.join(regions) or 'none loaded'}"
    return f"{given!r} is no subject of a brief: give two states (USA JPN) or one region{hint}"
