"""And, or and not over three answers: yes, no and cannot tell (None), after Kleene."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from comity.cbm.activity import Activity

Ask = Callable[[Activity], bool | None]


def all_of(asks: Sequence[Ask]) -> Ask:
    """Yes when every one says yes, no as soon as one says no.

    >>> every = all_of([lambda activity: None, lambda activity: False])
    >>> every(Activity("flight"))
    False
    """

    def ask(activity: Activity) -> bool | None:
        answer: bool | None = True
        for one in asks:
            said = one(activity)
            if said is False:
                return False
            if said is None:
                answer = None
        return answer

    return ask


def any_of(asks: Sequence[Ask]) -> Ask:
    """Yes as soon as one says yes, no when every one says no."""

    def ask(activity: Activity) -> bool | None:
        answer: bool | None = False
        for one in asks:
            said = one(activity)
            if said:
                return True
            if said is None:
                answer = None
        return answer

    return ask


def opposite(part: Ask) -> Ask:
    """Yes for no, no for yes."""

    def ask(activity: Activity) -> bool | None:
        said = part(activity)
        return None if said is None else not said

    return ask


def remembered(ask: Ask) -> Ask:
    """The same question; its last answer is kept, as an activity is asked once for the answer and again for reasons."""
    last: tuple[Activity | None, bool | None] = (None, None)

    def again(activity: Activity) -> bool | None:
        nonlocal last
        asked, answer = last  # read and written whole, so that two threads cannot mix two activities
        if asked is activity:
            return answer
        answer = ask(activity)
        last = (activity, answer)
        return answer

    return again


def joined(answers: Sequence[bool | None]) -> bool | None:
    """Several answers that must all be yes, as one.

    >>> joined([True, None]), joined([None, False]), joined([])
    (None, False, True)
    """
    if False in answers:
        return False
    return None if None in answers else True
