"""Other ways to word an activity: names of states as its own day knew them, and the kind of a ship as its category."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from comity.cbm.moments import day_of, moment
from comity.cbm.vocabulary import spelled, vocabulary
from comity.errors import BadRequest, ComityError

SAILING = ("straits_transit", "naval_visit", "naval_exercise")  # kinds of which `category` may name the ship
DATED = ("start", "first_move", "window_start", "launch", "passage", "arrival", "incident", "incorporated", "delivery")
_STATES = ("host", "parties", "flag")
_STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")


def reworded(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """The keys of an activity with such words replaced; what is still no word is left for the reader to refuse.

    >>> reworded({"type": "field_exercise", "host": "USSR", "start": "1988-06-01"})["host"]
    'RUS'
    >>> reworded({"type": "straits_transit", "flag": "FRA", "category": "submarine"})
    {'type': 'straits_transit', 'flag': 'FRA', 'ship_type': 'submarine'}
    """
    found = dict(raw)
    if str(raw.get("type")) in SAILING and "category" in raw and "ship_type" not in raw and _is_ship(raw["category"]):
        found["ship_type"] = found.pop("category")
    for key in _STATES:
        if key in raw:
            found[key] = _named_then(raw[key], raw)
    return found


def printable(text: str) -> str:
    r"""A text in one line, without the characters that steer a terminal and that no document may hold.

    >>> printable("Winter\x00 Shield\x1b[31m")
    'Winter Shield [31m'
    """
    return " ".join(_STEERING.sub(" ", text).split())


def still_there(states: Iterable[str], on: date | None, where: str) -> None:
    """BadRequest for a state that had ceased to be by the day of an activity.

    >>> still_there(["DDR"], date(2027, 5, 3), "plan.yml")
    Traceback (most recent call last):
    comity.errors.BadRequest: plan.yml: 'DDR' (East Germany) had ceased to be by 2027-05-03: it ended on 1990-10-02
    """
    from comity.vocab.states import states as all_states

    for code in states if on is not None else ():
        held = all_states()[code]
        ended = [spell.end for spell in held.memberships if spell.end is not None]
        if on is not None and len(ended) == len(held.memberships) and ended and max(ended) < on:
            told = f"had ceased to be by {on}: it ended on {max(ended)}"
            raise BadRequest(f"{where}: {code!r} ({held.name}) {told}")


def _is_ship(word: Any) -> bool:
    words = vocabulary()
    return spelled(str(word)) in {**words.choices["ship_type"], **words.choice_names["ship_type"]}


def _named_then(given: Any, raw: Mapping[str, Any]) -> Any:
    """States given by names that no state bears today, by what they meant on the day of the activity."""
    words = given if isinstance(given, list | tuple) else [given]
    if all(_is_known(str(one)) for one in words):
        return given
    on = _day(raw)
    codes = [one if on is None or _is_known(str(one)) else _meant(str(one), on) or one for one in words]
    return codes if isinstance(given, list | tuple) else codes[0]


@lru_cache(maxsize=4096)
def _is_known(word: str) -> bool:
    from comity.vocab.states import states

    return word in states() or _meant(word, None) is not None


@lru_cache(maxsize=4096)
def _meant(word: str, on: date | None) -> str | None:
    from comity.vocab.states import find_state

    try:
        return find_state(word, on)
    except ComityError:
        return None


def _day(raw: Mapping[str, Any]) -> date | None:
    """The first day an activity gives; None where it gives none, or none that can be read."""
    for key in (*DATED, "end", "around"):
        try:
            if raw.get(key):
                return day_of(moment(raw[key]))
        except ComityError:
            continue
    return None
