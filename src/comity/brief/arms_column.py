"""The column of a table of ties that says how many arms were delivered, which no count of acts tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from comity.brief.arms_and_aid import arms_between
from comity.brief.basis import Basis
from comity.brief.resting import from_rows
from comity.brief.subject import Subject
from comity.brief.wording import years_text

ARMS = "Arms"
AID = "Aid acts"
_HOW = "Major arms delivered either way in the years, in million TIV."
Place = tuple[str, str]


@dataclass(frozen=True)
class ArmsColumn:
    """The volume of major arms that passed between two states, by pair; what it rests on, and a note for the table."""

    values: dict[Place, float]
    sources: dict[Place, tuple[str, ...]]
    note: str
    basis: Basis

    def cells(self, place: Place) -> tuple[float | int | None, ...]:
        """The cell of one pair; no cell at all where the table has no such column."""
        return (volume(self.values.get(place)),) if self.values else ()


def arms_column(subject: Subject, places: Sequence[Place], has_aid: bool) -> ArmsColumn:
    """The column for some pairs; it is empty where no delivery between any of them is listed."""
    rows, query = arms_between(subject, [code for place in places for code in place])
    shown = [row for row in rows if (row["state_a"], row["state_b"]) in set(places) and row["tiv"]]
    # Sources are not added: of several the one that lists most is taken.
    ranked = sorted(shown, key=lambda row: (row["tiv"], row["source"]))
    values = {(row["state_a"], row["state_b"]): row["tiv"] for row in ranked}
    sources: dict[Place, tuple[str, ...]] = {(row["state_a"], row["state_b"]): (row["source"],) for row in ranked}
    told = []
    if has_aid:
        told.append(f"“{AID}” counts listed acts of assistance, transfer and basing.")
    if values:
        told.append(f"“{ARMS}” is the volume of major arms delivered either way in {years_text(subject.window)}, "
                    "in million TIV.")  # fmt: skip
    cells = [volume(value) for value in values.values()]
    return ArmsColumn(values, sources, "".join(f" {each}" for each in told), from_rows(_HOW, shown, query, cells=cells))


def volume(value: float | None) -> int | float | None:
    """A volume or sum of money to the digits that help; small ones keep one decimal.

    >>> volume(4301.12), volume(7.74), volume(None)
    (4301, 7.7, None)
    """
    if value is None:
        return None
    return round(value) if abs(value) >= 10 else round(value, 1) or 0.0  # no minus before a zero
