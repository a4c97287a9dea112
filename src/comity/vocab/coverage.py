"""Coverage: the predicate that says what a source knows, so that unknown never turns into zero."""

from __future__ import annotations

from datetime import date

import msgspec


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """One statement of what a source knows: which kinds of fact, which dates, which states, how completely.

    `states` empty means every state. With states named, a pair is covered when one of the two is named.
    `system` limits the statement to members of that system (`cow` or `gw`).
    `file` names the promised file the facts are in, where it may be absent: without it the statement is not made.
    """

    kinds: tuple[str, ...]
    completeness: str  # `complete` or `positive_only`, from docs/words.md
    start: date
    end: date
    states: tuple[str, ...] = ()
    system: str | None = None
    file: str = ""

    def covers_year(self, year: int) -> bool:
        """Whether the whole year lies within the dates covered.

        >>> Coverage(
        ...     kinds=("visit",), completeness="complete", start=date(1980, 1, 1), end=date(2010, 12, 31)
        ... ).covers_year(2011)
        False
        """
        return self.start <= date(year, 1, 1) and date(year, 12, 31) <= self.end

    def covers_pair(self, state_a: str, state_b: str) -> bool:
        """Whether the statement speaks of this pair."""
        return not self.states or state_a in self.states or state_b in self.states
