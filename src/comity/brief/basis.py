"""What a statement or a number rests on: the questions asked, the rows they gave, and how it follows from them.

Every statement, number and block of a brief carries its basis, so that a reader can ask for it by its number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

Shown = Mapping[str, Any]
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True)
class Query:
    """One question: a SELECT with its parameters, or the command that gives the same."""

    text: str
    parameters: tuple[tuple[str, Any], ...] = ()

    @property
    def is_select(self) -> bool:
        """Whether the store can be asked it again.

        >>> Query("comity assess IRL ISL").is_select
        False
        """
        return self.text.split(maxsplit=1)[0].upper() in ("SELECT", "WITH")


class Rows(Sequence[Shown]):
    """Rows that are made when somebody asks for them: most readers never do, and there are thousands.

    >>> rows = Rows([1, 2], lambda number: {"count": number})
    >>> len(rows), rows[1], [row["count"] for row in rows]
    (2, {'count': 2}, [1, 2])
    """

    def __init__(self, held: Sequence[Any], shown: Callable[[Any], Shown]) -> None:
        self._held = held
        self._shown = shown

    def __len__(self) -> int:
        return len(self._held)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return [self._shown(each) for each in self._held[place]]
        return self._shown(self._held[place])


def query_of(text: str, parameters: Mapping[str, Any]) -> Query:
    """A question with its parameters in the order of their names, the text without its indentation.

    >>> query_of("  SELECT $b, $a", {"b": 1, "a": 2})
    Query(text='SELECT $b, $a', parameters=(('a', 2), ('b', 1)))
    """
    lines = [line.strip() for line in text.strip().splitlines()]
    return Query("\n".join(line for line in lines if line), tuple(sorted(parameters.items())))


@dataclass(frozen=True)
class Basis:
    """How a statement follows from rows, the questions that gave the rows, and the numbers that were worked out.

    `values` names each number that stands in no row: a count, a mean, a share.
    """

    how: str
    queries: tuple[Query, ...] = ()
    rows: Sequence[Shown] = ()
    values: tuple[tuple[str, Any], ...] = ()

    def bears(self, text: str) -> bool:
        """Whether every number in a text stands in the rows, the values or the parameters.

        >>> basis = Basis("counted", rows=({"name": "Amber 24"},), values=(("count", 1200),))
        >>> basis.bears("1,200 editions of Amber 24"), basis.bears("1,201")
        (True, False)
        """
        return numbers_in(text) <= self.numbers

    @property
    def numbers(self) -> frozenset[str]:
        """Every number the basis holds, as a reader would meet it."""
        held = [*self.rows, list(self.values), *(list(query.parameters) for query in self.queries)]
        return frozenset(number for shown in held for number in _numbers(shown))


def numbers_in(text: str) -> frozenset[str]:
    """The numbers that stand in a text, without the commas between thousands.

    >>> sorted(numbers_in("2 of 1,200 on 04 May 2010, 1.94 apart"))
    ['1.94', '1200', '2', '2010', '4']
    """
    found = (match.replace(",", "") for match in _NUMBER.findall(text))
    return frozenset(number.lstrip("0") or "0" if "." not in number else number for number in found)


def _numbers(value: Any) -> Iterator[str]:
    """The numbers of one value: a date in its parts, a fraction to the digits a text may print, or as percent."""
    if isinstance(value, date):
        yield from (str(value.year), str(value.month), str(value.day))
    elif isinstance(value, int | float):
        yield from numbers_in(" ".join(f"{abs(value):{form}}" for form in ("", ".0f", ".1f", ".2f")))
        yield from numbers_in(f"{abs(value) * 100:.0f}" if abs(value) <= 1 else "")
    elif isinstance(value, list | tuple | Mapping):
        for inner in (*value.keys(), *value.values()) if isinstance(value, Mapping) else value:
            yield from _numbers(inner)
    else:
        yield from numbers_in("" if value is None else str(value))


def joined(bases: Iterable[Basis | None], how: str = "") -> Basis:
    """Several bases as one: each question once, and all their rows."""
    held = [basis for basis in bases if basis is not None]
    places = [(basis, place) for basis in held for place in range(len(basis.rows))]
    return Basis(
        how or " ".join(dict.fromkeys(basis.how for basis in held)),
        _once(query for basis in held for query in basis.queries),
        Rows(places, lambda each: each[0].rows[each[1]]),
        tuple(value for basis in held for value in basis.values),
    )


def _once(queries: Iterable[Query]) -> tuple[Query, ...]:
    """Each question once; their parameters are lists, which have no hash."""
    return tuple({repr(query): query for query in queries}.values())
