"""Who stands out in a count: only those clearly before the others, so that no alphabet decides who is named."""

from __future__ import annotations

from collections.abc import Mapping

_LEAST = 2  # what happened once with one state stands out from nothing
_SHARE = 3  # one with less than a third of the first is not beside it


def leaders(counts: Mapping[str, int], most: int = 3) -> list[str]:
    """The first few by their counts, as long as each is before the next that is not named; [] where none stands out.

    >>> leaders({"USA": 8, "JPN": 6, "ALB": 1}), leaders({"USA": 1, "ALB": 1, "AZE": 1})
    (['USA', 'JPN'], [])
    >>> leaders({"CHN": 30, "VNM": 1}, 2), leaders({"A": 3, "B": 2, "C": 2, "D": 2})
    (['CHN'], ['A'])
    """
    ranked = sorted(counts, key=lambda name: (-counts[name], name))
    named = [name for name in ranked if counts[name] >= _LEAST and counts[name] * _SHARE >= counts[ranked[0]]]
    for length in range(min(most, len(named)), 0, -1):
        if length == len(ranked) or counts[ranked[length]] < counts[ranked[length - 1]]:
            return ranked[:length]
    return []
