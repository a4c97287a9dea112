"""Counts of two spans side by side, in words that make no difference of two equal numbers."""

from __future__ import annotations

from comity.brief.wording import counted, years_text

Years = tuple[int, int]


def against(now: int, before: int, late: Years, early: Years, *, of: str = "") -> str:
    """Engagements of late years against those of earlier ones.

    >>> against(3, 2, (2021, 2025), (2016, 2020), of=" with Fiji")
    '3 engagements with Fiji in 2021–2025 and 2 in 2016–2020'
    >>> against(5, 5, (2021, 2025), (2016, 2020))
    '5 engagements in 2021–2025, as many as in 2016–2020'
    """
    told = f"{counted(now, 'engagement')}{of} in {years_text(late)}"
    if now == before:
        return f"{told}, as many as in {years_text(early)}"
    return f"{told} and {before:,} in {years_text(early)}"


def no_trend(now: int, before: int) -> str:
    """What such counts do not show.

    >>> no_trend(5, 5)
    'the lists are not complete'
    """
    return "the lists are not complete" + ("" if now == before else ", so the difference alone shows no trend")
