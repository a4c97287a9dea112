"""Pairs that fell silent: something before, nothing since, and the same lists speaking throughout."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from comity.assess.expected_law import Law, chance_at_most
from comity.assess.expected_rows import Flags, Floats, Observed
from comity.assess.expected_words import amount_of, chance_of

BEFORE = 5  # years before a silence of which the activity is told
LIKELY = 0.5  # a silence that is more likely than not is none


@dataclass(frozen=True)
class Silence:
    """A pair that fell silent in a year and was silent still in another; `chance` is that of as long a silence.

    `before` is what the pair did a year in the `before_years` years before it; `usual` what one would have expected a
    year, had it gone on.
    """

    state_a: str
    state_b: str
    since: int
    until: int
    instrument: str
    nouns: tuple[str, str]
    before: float
    before_years: int
    usual: float
    chance: float
    is_listed: bool

    def sentence(self) -> str:
        """The silence in words."""
        first = self.since - self.before_years
        past = f"in {first}" if self.before_years == 1 else f"a year in {first}-{self.since - 1}"
        for_long = "that year" if self.since == self.until else f"through {self.until}"
        return (
            f"{self.state_a} and {self.state_b} fell silent in {self.since}: no {self.nouns[1]} {for_long}, "
            f"after {amount_of(round(self.before, 2), self.nouns)} {past}; chance {chance_of(self.chance)}"
        )

    def to_dict(self) -> dict[str, Any]:
        """The silence as plain values."""
        found = {name: value for name, value in asdict(self).items() if name != "nouns"}
        return found | {"sentence": self.sentence()}


def silences_of(rows: Observed, usual: Floats, law: Law, inside: Flags, until: int) -> tuple[Silence, ...]:
    """The pairs inside that are silent in a year and were not before, the least likely silence first."""
    found = []
    starts = np.flatnonzero(np.append(True, rows.pair[1:] != rows.pair[:-1]))
    stops = np.append(starts[1:], len(rows.year))
    last = stops - 1 - _years_past(rows, starts, stops, until)
    for first, end in zip(starts, last, strict=True):
        if end < first or rows.year[end] != until or rows.amount[end] > 0 or not inside[end]:
            continue
        at = _run(rows, int(first), int(end))
        if at is not None:
            found.append(_told(rows, usual, law, at))
    held = [silence for silence in found if silence.chance < LIKELY]
    return tuple(sorted(held, key=lambda each: (each.chance, each.state_a, each.state_b)))


def _years_past(rows: Observed, starts: Any, stops: Any, until: int) -> Any:
    """How many rows of each pair lie after a year."""
    later = np.concatenate([[0], np.cumsum(rows.year > until)])
    return later[stops] - later[starts]


def _run(rows: Observed, first: int, end: int) -> tuple[int, int, int] | None:
    """The first row of the pair that the same lists tell of without a gap, that of its silence, and the last."""
    begin = end
    while (
        begin > first and rows.stretch[begin - 1] == rows.stretch[end] and rows.year[begin - 1] == rows.year[begin] - 1
    ):
        begin -= 1
    active = np.flatnonzero(rows.amount[begin : end + 1] > 0)
    return (begin, begin + int(active[-1]) + 1, end) if len(active) else None


def _told(rows: Observed, usual: Floats, law: Law, at: tuple[int, int, int]) -> Silence:
    begin, start, end = at
    past = rows.amount[max(begin, start - BEFORE) : start]
    # What was usual when the silence began: later years have learned of it.
    rate = np.full(end + 1 - start, usual[start])
    chance = np.prod(chance_at_most(np.zeros(len(rate)), rate, law.sizes(rate)))
    kind, states = rows.instrument, rows.states
    return Silence(
        *(states[rows.state_a[end]], states[rows.state_b[end]], int(rows.year[start]), int(rows.year[end])),
        *(kind.name, (kind.one, kind.many), float(past.mean()), len(past)),
        *(float(usual[start]), float(chance), bool(rows.is_listed[start : end + 1].any())),
    )
