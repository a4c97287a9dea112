"""A store as it could be heard at one time: each source up to its last known year, its facts told as late as they are.

A list of pairs to watch is made for a year before which not every source reaches. What is known of a source then is
older than of another. Here every fact is told so many years late as its source lags behind the year before the list,
in the years learned from as in the year foretold: so an input means the same in both, and nothing later is seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec

from comity.errors import BadRequest

if TYPE_CHECKING:
    import pyarrow as pa

    from comity.panel.facts import Facts
    from comity.sources.about import About
    from comity.vocab.coverage import Coverage

MOST_LATE = 20  # years; what is older is not told at all
_ENDLESS = 9999
_NAMED = re.compile(r"source = '([^']*)'")


@dataclass(frozen=True)
class Known:
    """The last whole year that is heard of each source, and by how many years its facts are told late."""

    last: Mapping[str, int]
    late: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def before(cls, year: int, last: Mapping[str, int]) -> Known:
        """What is known at the start of a year, of sources that reach so far each.

        >>> Known.before(2001, {"nmc": 1998, "atop": 2018, "mme": 1950}).late
        {'nmc': 2, 'atop': 0, 'mme': 0}
        """
        held = {source: min(known, year - 1) for source, known in last.items()}
        late = {source: year - 1 - known for source, known in held.items()}
        return cls(held, {source: lag if lag <= MOST_LATE else 0 for source, lag in late.items()})

    def within(self, year: int, source: str, last: int) -> Known:
        """The same for a later month of that year: of one source, which tells months, the year itself is heard too.

        A list that ended before is told a year later, so that it is heard up to the month. Whoever reads it takes no
        more than came before the month.

        >>> Known.before(2026, {"icb": 2019}).within(2026, "icb", 2019).late
        {'icb': 7}
        """
        heard = min(last, year)
        late = year - heard if year - heard <= MOST_LATE else 0
        return Known({**self.last, source: heard}, {**self.late, source: late})


def horizons(abouts: Iterable[About]) -> dict[str, int]:
    """The last year that each source knows whole."""
    found = {}
    for about in abouts:
        if ends := [each.end for each in about.coverage]:
            found[about.source] = whole_year(max(ends))
    return found


def whole_year(day: date) -> int:
    """The last year that is over by the end of a day.

    >>> whole_year(date(2022, 12, 31)), whole_year(date(2025, 9, 30))
    (2022, 2024)
    """
    return day.year if (day.month, day.day) == (12, 31) else day.year - 1


@dataclass(frozen=True)
class Heard:
    """A store of which each source is heard up to a year, and its facts told late; a panel takes it as any store."""

    store: Facts
    known: Known
    spoken: set[str] = field(default_factory=set)  # the sources that were heard so far

    def ask(self, sql: str, parameters: dict[str, Any] | None = None) -> pa.Table:
        """The answer to one SELECT that tells of years, its facts cut and told late by their source.

        A row says whose it is, or the text of the question names one source; BadRequest where neither does.
        """
        given = dict(parameters or {})
        text = f"SELECT * REPLACE (year + {self._by_source('late')} AS year) FROM ({sql}\n) WHERE year <= {{last}}"  # noqa: S608 (of sources alone)
        if {"first", "last"} <= set(given):
            given |= {"heard_from": given["first"], "first": given["first"] - max(self.known.late.values(), default=0)}
            given["heard_to"] = given["last"]
            cut = text.format(last=self._by_source("last"))
            found = self.store.ask(f"SELECT * FROM ({cut}) WHERE year BETWEEN $heard_from AND $heard_to", given)  # noqa: S608
            self.spoken.update(found.column("source").unique().to_pylist())
            return found
        named = sorted(set(_NAMED.findall(sql)))
        if len(named) != 1:
            raise BadRequest("a question to a store as it was heard names one source, or yields a column of them")
        late, last = self.known.late.get(named[0], 0), self.known.last.get(named[0], _ENDLESS)
        self.spoken.update(named)
        told = f"SELECT * REPLACE (year + {late} AS year) FROM ({sql}\n) WHERE year <= {last}"  # noqa: S608
        return self.store.ask(told, parameters)

    def coverage(self, kind: str) -> list[tuple[str, Coverage]]:
        """What each source knew of a kind of fact, its dates as late as its facts."""
        return [
            (source, _moved(stated, self.known.last.get(source, _ENDLESS), self.known.late.get(source, 0)))
            for source, stated in self.store.coverage(kind)
            if stated.start.year <= self.known.last.get(source, _ENDLESS)
        ]

    def abouts(self) -> dict[str, About]:
        """What is known of each source."""
        return self.store.abouts()

    def _by_source(self, what: str) -> str:
        """One number for each source, in SQL."""
        numbers = self.known.late if what == "late" else self.known.last
        told = "".join(f" WHEN '{name.replace(chr(39), chr(39) * 2)}' THEN {numbers[name]}" for name in sorted(numbers))
        return f"CASE source{told} ELSE {0 if what == 'late' else _ENDLESS} END" if told else "0"


def _moved(stated: Coverage, last: int, late: int) -> Coverage:
    end = min(stated.end, date(min(last, date.max.year), 12, 31))
    return msgspec.structs.replace(stated, start=_later(stated.start, late), end=_later(end, late))


def _later(day: date, years: int) -> date:
    """The same day some years later; the last of February where there is none."""
    year = min(day.year + years, date.max.year)
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)
