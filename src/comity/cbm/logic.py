"""Questions with three answers: yes, no and cannot tell (None)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from comity.cbm.activity import Activity

Answer = TypeVar("Answer")
Ask = Callable[[Activity], bool | None]


def opposite(part: Ask) -> Ask:
    """Yes for no, no for yes."""

    def ask(activity: Activity) -> bool | None:
        said = part(activity)
        return None if said is None else not said

    return ask


def remembered(ask: Callable[[Activity], Answer]) -> Callable[[Activity], Answer]:
    """The same question; its last answer is kept, as several rules ask the same of an activity, and ask why after."""
    last: tuple[Activity, Answer] | None = None

    def again(activity: Activity) -> Answer:
        nonlocal last
        held = last  # read and written whole, so that two threads cannot mix two activities
        if held is not None and held[0] is activity:
            return held[1]
        answer = ask(activity)
        last = (activity, answer)
        return answer

    return again
