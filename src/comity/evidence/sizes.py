"""Sizes in words: a share of what would have been is told as one only where that is more than next to nothing."""

from __future__ import annotations

LEAST_SHARE = 0.001
MOST_TIMES = 10.0  # beyond it a share tells how little there would have been, and not how much there is


def effect_in_words(share: float) -> str:
    """An effect as a share of what would have been; beyond a doubling in times, and beyond ten times in words.

    >>> effect_in_words(-0.31)
    '31% less than without'
    >>> effect_in_words(0.0043)
    '0.4% more than without'
    >>> effect_in_words(-0.0004)
    'no different from without (by less than 0.1%)'
    >>> effect_in_words(1.5)
    '2.5 times as much as without'
    >>> effect_in_words(17.87)
    'more than 10 times as much as without, because next to nothing is expected without; its size says nothing'
    """
    if abs(share) < LEAST_SHARE:
        return f"no different from without (by less than {LEAST_SHARE:.1%})"
    if share <= 1:
        return f"{_percent(abs(share))} {'more' if share > 0 else 'less'} than without"
    return f"{_times(share)} as much as without{_next_to_nothing(share)}"


def detectable_in_words(share: float) -> str:
    """The smallest effect that a test finds; what falls can fall by all there is, and no more.

    >>> detectable_in_words(0.58)
    'a change by 58% or more'
    >>> detectable_in_words(1.31)
    'no fall of any size, and no rise to less than 2.3 times as much'
    """
    if share <= 1:
        return f"a change by {_percent(share)} or more"
    return f"no fall of any size, and no rise to less than {_times(share).removeprefix('more than ')} as much"


def _percent(share: float) -> str:
    return f"{share:.0%}" if share >= 0.01 else f"{share:.1%}"


def _times(share: float) -> str:
    return f"{1 + share:.1f} times" if 1 + share <= MOST_TIMES else f"more than {MOST_TIMES:.0f} times"


def _next_to_nothing(share: float) -> str:
    if 1 + share <= MOST_TIMES:
        return ""
    return ", because next to nothing is expected without; its size says nothing"
