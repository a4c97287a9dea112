"""How a rule stands on a day for those it obliges, and how a result is to be shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from comity.cbm.grammar import Standing
from comity.cbm.loading import InRegime

STOPPED = ("suspended", "terminated", "superseded")
MEMORY = ("K-hi", "K-med", "K-lo")
_ASKS = {
    "prior_notification": ("notify{by}", "notify{by}"),
    "post_notification": ("report{by}", "report{by}"),
    "observation_invitation": ("invite observers{by}", "invite observers{by}"),
    "annual_report": ("put it into the yearly report{by}", "belong in the yearly report{by}"),
    "quota": ("counts against a limit", "count against a limit"),
    "prohibition": ("is ruled out", "be ruled out"),
    "conduct": ("rules of conduct apply", "be under rules of conduct"),
    "consultation": ("consult and explain when asked{by}", "have to be explained when asked{by}"),
    "verification": ("accept verification", "be open to verification"),
    "channel": ("a line is there to use", "have a line to use"),
    "transit": ("announce the passage{by}", "have to be announced{by}"),
}
_NOTICES = ("prior_notification", "post_notification", "observation_invitation", "transit")
COURTESY = "courtesy notice possible, no deadline"


def is_shown(held: InRegime, on: date | None) -> bool:
    """Whether a rule is shown for an activity of a day: it is in effect, or it was terminated or suspended.

    A day that is not given is a day after all that is known: only what has no end is shown.
    """
    effect = held.effect
    if on is None:
        return effect.to is None or _last_status(held) == "terminated"
    if effect.from_ is not None and on < effect.from_:
        return False
    if effect.to is None or on <= effect.to:
        return True
    return _last_status(held) == "terminated"


def _last_status(held: InRegime) -> str:
    return held.standings[-1].status if held.standings else "unknown"


def standing(held: InRegime, states: Sequence[str], on: date | None) -> Standing | None:
    """How a rule stands on a day for the states it obliges; the general standing where they differ.

    None when nothing is said of so early a day.
    """
    for one in reversed(held.standings):
        is_theirs = not one.parties or (bool(states) and set(states) <= set(one.parties))
        if is_theirs and (on is None or one.from_ is None or one.from_ <= on):
            return one
    return None


class By(NamedTuple):
    """The day something is due, as text, and how well the answer and the day are known."""

    day: str | None
    ver: str
    due_ver: str | None


@lru_cache(maxsize=4096)
def shown_as(held: InRegime, triggered: bool | None, status: str, by: By) -> str:
    """One phrase that says what a row means, its standing first; never a duty where the regime has stopped.

    Args:
        held: the rule.
        triggered: yes, no or cannot tell.
        status: how the rule stands.
        by: the day it is due, and how well all is known.
    """
    if triggered is False:
        return "no duty"
    is_sure = by.due_ver not in MEMORY
    if held.binding == "voluntary" and status not in STOPPED and triggered:
        return COURTESY if held.rule.kind in _NOTICES else f"voluntary: {_asks(held, by.day if is_sure else None)[0]}"
    phrase, would = _asks(held, by.day if is_sure or by.ver in MEMORY else None)
    if status in STOPPED:
        shown = f"would {would} ({status})"
    else:
        mild = held.rule.enforce != "hard"
        shown = f"{'advisory: ' if mild else ''}{phrase}{_standing_note(status)}"
    if triggered is None:
        shown = f"cannot tell: {shown}"
    if by.ver in MEMORY:
        return f"{shown} [{by.ver}: from memory, a reading aid]"
    return shown if is_sure or by.day is None else f"{shown} [the date {by.day} is {by.due_ver}: from memory]"


def _standing_note(status: str) -> str:
    notes = {"eroded": " (eroded)", "unknown": " (standing unknown)", "partly_suspended": " (partly suspended)"}
    return notes.get(status, "")


def _asks(held: InRegime, by: str | None) -> tuple[str, str]:
    until = f" by {by}" if by else ""
    phrase, would = _ASKS[held.rule.kind]
    return phrase.format(by=until), would.format(by=until)
