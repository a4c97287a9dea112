"""Small invented stores of lists that overlap, for the tests of completeness and seams."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from brief_samples import MemoryStore, covered, engagement, together
from comity.vocab.coverage import Coverage

TABLES = ("agreement", "agreement_party", "arms_delivery", "dyad_year_fact", "engagement", "engagement_party", "region")
Cell = tuple[str, str, int]


def exercises(source: str, cells: Iterable[Cell], **more: Any) -> dict[str, list[dict]]:
    """One exercise for each pair and year."""
    made = (
        engagement(f"{source}-{number}", date(year, 6, 1), (a, b), source=source, **more)
        for number, (a, b, year) in enumerate(cells)
    )
    return together({}, *made)


def store_of(
    lists: Mapping[str, Iterable[Cell]], coverage: Mapping[str, tuple[Coverage, ...]], *more: dict[str, list[dict]]
) -> MemoryStore:
    """A store in which each source lists exercises of these pairs and years."""
    rows = together(*more, *(exercises(source, cells) for source, cells in lists.items()))
    return MemoryStore(rows, dict(coverage), names=TABLES)


def positive(first: int = 2000, last: int = 2009, states: tuple[str, ...] = ()) -> tuple[Coverage, ...]:
    """A list of exercises that does not hold itself complete."""
    return (_limited(covered(("exercise",), "positive_only", first, last), states),)


def whole(first: int = 2000, last: int = 2009) -> tuple[Coverage, ...]:
    """A list of exercises that holds itself complete."""
    return (covered(("exercise",), "complete", first, last),)


def _limited(known: Coverage, states: tuple[str, ...]) -> Coverage:
    return Coverage(kinds=known.kinds, completeness=known.completeness, start=known.start, end=known.end, states=states)


def region(name: str, *states: str) -> dict[str, list[dict]]:
    """A region of states."""
    return {"region": [{"region": name, "name": name, "states": list(states), "verification": "secondary"}]}


def by_year(table: Any, state: str) -> dict[int, dict[str, Any]]:
    """The rows of one state by year."""
    return {row["year"]: row for row in table.to_pylist() if row["state"] == state}
