"""An activity: what is planned or was done, in the words rules are written in. What is not a word is refused."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache, cached_property, lru_cache
from typing import Any

from comity.cbm.moments import Moment, day_of, later, moment
from comity.cbm.vocabulary import unknown, vocabulary
from comity.cbm.wording import DATED, printable, reworded, still_there
from comity.errors import BadRequest, ComityError

Value = float | bool | str | tuple[float, float] | tuple[str, int]
OUTSIDE = "outside_"
_GROUPED = re.compile(r"\d+(\.\d{3})+", re.ASCII)


@dataclass(frozen=True)
class Placed:
    """What the place of an activity tells: zones it is in, is not in or may be in, and distances with their error.

    Attributes:
        zones: True, False or None (cannot tell) for each zone that was computed.
        distances: for zones that are lines, the least and the greatest the distance may be, in km.
    """

    zones: Mapping[str, bool | None] = field(default_factory=dict)
    distances: Mapping[str, tuple[float, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class Activity:
    """One activity: its kind, who takes part, where, when, and what it states of itself.

    Attributes:
        type: kind of activity.
        hosts: the states on whose ground, or under whose command, it is held.
        parties: states that take part.
        zones: zones it is said to be in, and `outside_ZONE`.
        moments: days and hours by anchor.
        around: a day near which it lies, where no day of it is known; its rules are those of that day, and no deadline
            is counted from it.
        values: what it states, by measure; a span of two numbers where only bounds are known.
        command: name of the single operational command that several activities share.
        where: the file and place it was read from, for errors.

    >>> Activity.from_dict({"type": "field_exercise", "host": "POL", "start": "2027-05-03", "troops": 14200}).day
    datetime.date(2027, 5, 3)
    """

    type: str
    name: str = ""
    hosts: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    moments: Mapping[str, Moment] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    command: str | None = None
    around: date | None = None
    place: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    where: str = ""
    placed: Placed | None = None

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], where: str = "activity") -> Activity:
        """An activity from plain keys; BadRequest is one line that says where, which key and what value."""
        if not isinstance(raw, Mapping):
            raise BadRequest(f"{where}: an activity is a mapping of keys, not {str(raw)[:40]!r}")
        fields: dict[str, Any] = {"where": where, "moments": {}, "values": {}}
        for key, value in reworded(raw).items():
            if value is None or (isinstance(value, str) and value.strip() in ("", "null", "~")):
                continue
            try:
                _read(str(key), value, fields)
            except ComityError as error:
                raise BadRequest(f"{where}: {key}: {error}") from error
        if "type" not in fields:
            raise BadRequest(f"{where}: type is not given; it is one of {', '.join(vocabulary().activities)}")
        found = cls(**_completed(fields, where))
        still_there(found.involved, found.day, where)
        return found

    @cached_property
    def involved(self) -> tuple[str, ...]:
        """Every state that hosts, takes part or sails: each once, hosts first."""
        flag = self.values.get("flag")
        return tuple(dict.fromkeys((*self.hosts, *self.parties, *((str(flag),) if flag else ()))))

    @cached_property
    def day(self) -> date | None:
        """The day by whose rules it is judged: its start, or else the first thing of it that has a date."""
        for name in DATED:
            if name in self.moments:
                return day_of(self.moments[name])
        return next((day_of(one) for one in self.moments.values()), self.around)

    @cached_property
    def span(self) -> tuple[date, date | None] | None:
        """Its first and last day; the last is None while it is not known, and all is None without a start."""
        start, end = self.moments.get("start"), self.moments.get("end")
        if start is None:
            return (self.day, self.day) if self.day is not None and end is None and "launch" in self.moments else None
        if end is None:
            hours = self.values.get("duration_hours")
            if not isinstance(hours, float | int):
                return day_of(start), None
            end = later(start, hours) or date.max
        return day_of(start), max(day_of(start), day_of(end))


def _read(key: str, value: Any, fields: dict[str, Any]) -> None:
    """One key of an activity into its field."""
    words = vocabulary()
    if key in words.measures:
        fields["values"][key] = _value(key, value)
    elif key in words.anchors:
        fields["moments"][key] = moment(value)
    elif key in _KEYS:
        name, read = _KEYS[key]
        fields[name] = read(value)
    else:
        raise unknown(key, "key of an activity", [*words.measures, *words.anchors, *_KEYS])


def _kind(value: Any) -> str:
    kinds = vocabulary().activities
    if str(value) not in kinds:
        raise unknown(str(value), "activity", kinds)
    return str(value)


def _states(value: Any) -> tuple[str, ...]:
    given = value if isinstance(value, list | tuple) else [value]
    return tuple(dict.fromkeys(_state(str(one)) for one in given))


@lru_cache(maxsize=4096)
def _state(word: str) -> str:
    """A state's code from its code or name."""
    from comity.vocab.states import find_state, states

    return word if word in states() else find_state(word)


def _zones(value: Any) -> tuple[str, ...]:
    zones = vocabulary().zones
    given = value if isinstance(value, list | tuple) else [value]
    for one in given:
        if str(one).removeprefix(OUTSIDE) not in zones:
            raise unknown(str(one).removeprefix(OUTSIDE), "zone", zones)
    return tuple(dict.fromkeys(map(str, given)))


def _day(value: Any) -> date:
    return day_of(moment(value))


def _text(value: Any) -> str:
    if isinstance(value, Mapping | list):
        raise BadRequest(f"{str(value)[:40]!r} is not a name")
    return printable(str(value))


def _degrees(most: float) -> Any:
    def read(value: Any) -> float:
        number = _number(value, signed=True)
        if not -most <= number <= most:
            raise BadRequest(f"{value!r} is not between -{most:g} and {most:g} degrees")
        return number

    return read


_KEYS: dict[str, tuple[str, Any]] = {
    "type": ("type", _kind),
    "name": ("name", _text),
    "host": ("hosts", _states),
    "parties": ("parties", _states),
    "zone": ("zones", _zones),
    "command": ("command", _text),
    "around": ("around", _day),
    "place": ("place", _text),
    "lat": ("latitude", _degrees(90)),
    "lon": ("longitude", _degrees(180)),
}


def _number(value: Any, signed: bool = False) -> float:
    try:
        if isinstance(value, bool):
            raise ValueError
        number = float(value)
    except (TypeError, ValueError, OverflowError) as error:
        raise BadRequest(f"{str(value)[:40]!r} is not a number") from error
    if not math.isfinite(number) or (number < 0 and not signed):
        raise BadRequest(f"{value!r} is not a number of 0 or more")
    return int(number) if number.is_integer() else number


def _whole(value: Any) -> float:
    """A number of people or things; a point between thousands would make 14.200 a little more than 14."""
    number = _number(value)
    if not isinstance(number, int) or (isinstance(value, str) and _GROUPED.fullmatch(value.strip())):
        raise BadRequest(f"{value!r} is not a whole number; write 14200 for fourteen thousand two hundred")
    return number


def _value(measure: str, value: Any) -> Value:
    """What an activity states of itself, by the type of the measure."""
    words = vocabulary()
    kind = words.measures[measure].type
    if kind == "number":
        return _whole(value) if words.measures[measure].is_count else _number(value)
    if kind == "flag":
        return _flag(value)
    if kind == "level":
        return _level(str(value))
    if kind == "choice":
        return words.choice(measure, str(value))
    return _state(str(value))


@cache
def _level(word: str) -> tuple[str, int]:
    return vocabulary().level(word)


def _flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    text = str(value).lower()
    if text not in ("true", "false", "yes", "no"):
        raise BadRequest(f"{value!r} is neither true nor false")
    return text in ("true", "yes")


def _completed(fields: dict[str, Any], where: str) -> dict[str, Any]:
    """With what follows from what is given: its length, what a space launch launches, one state's flag."""
    moments, values = fields["moments"], fields["values"]
    start, end = moments.get("start"), moments.get("end")
    if start is not None and end is not None:
        if (end < start) if _are_hours(start, end) else (day_of(end) < day_of(start)):
            raise BadRequest(f"{where}: end: {end} is before the start, {start}")
        values.setdefault("duration_hours", _hours(start, end))
    elif start is not None and isinstance(values.get("duration_hours"), int | float):
        last = later(start, values["duration_hours"])
        if last is None:
            hours = values["duration_hours"]
            raise BadRequest(f"{where}: duration_hours: {hours} hours from {start} pass the year 9999")
        if isinstance(last, datetime):
            moments["end"] = last
    if fields["type"] == "space_launch":
        values.setdefault("missile_type", "space_launch_vehicle")
    sailing = {*fields.get("hosts", ()), *fields.get("parties", ())}
    if fields["type"] == "straits_transit" and len(sailing) == 1:
        values.setdefault("flag", *sailing)
    return fields


def _are_hours(*given: Moment) -> bool:
    return all(isinstance(one, datetime) for one in given)


def _hours(start: Moment, end: Moment) -> float | tuple[float, float]:
    """Hours between two moments; the least and the most where one is a day without an hour."""
    if isinstance(start, datetime) and isinstance(end, datetime):
        return (end - start).total_seconds() / 3600
    least, most = _edges(start), _edges(end)
    return max(0.0, (most[0] - least[1]).total_seconds() / 3600), (most[1] - least[0]).total_seconds() / 3600


def _edges(given: Moment) -> tuple[datetime, datetime]:
    """The first and the last instant a moment can be."""
    if isinstance(given, datetime):
        plain = given.replace(tzinfo=None)
        return plain, plain
    first = datetime(given.year, given.month, given.day)  # noqa: DTZ001 (compared with its like alone)
    return first, first + timedelta(days=1) if given < date.max else datetime.max  # noqa: DTZ901 (as above)
