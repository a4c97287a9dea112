"""A draft notification: the points a rule asks for, in its order, filled from the activity; gaps are marked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from comity.cbm.activity import Activity
from comity.cbm.moments import text_of
from comity.cbm.rows import Row
from comity.cbm.vocabulary import vocabulary
from comity.errors import BadRequest

# What a point of a notification asks about, by a word in it: fields, anchors and measures of an activity.
_ASKED: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("designation", "name of"), ("name",)),
    (("states", "participants", "parties"), ("parties",)),
    (
        ("date", "duration", "start", "window", "time", "timing", "block of days"),
        ("start", "end", "window_start", "launch", "duration_hours"),
    ),
    (("area", "location", "place", "launch site"), ("place", "position", "zone")),
    (("coordinates",), ("position",)),
    (("level of command", "level of exercise", "level of formation", "type and level"), ("formation_level",)),
    (("troops", "personnel", "strength"), ("troops", "amphib_troops", "heliborne_troops", "airborne_troops")),
    (("division", "brigade"), ("formation_level", "brigades")),
    (("tanks",), ("tanks",)),
    (("acv", "armored combat"), ("acv",)),
    (("artillery",), ("artillery_100mm",)),
    (("anti-tank guided missile launcher", "anti-tank"), ("anti_tank_launchers",)),
    (("sorties", "aircraft"), ("fixed_wing_sorties", "combat_aircraft")),
    (("helicopter",), ("helicopters",)),
    (("ship", "vessel"), ("ships", "ships_ge_frigate", "tons")),
    (("flag",), ("flag",)),
    (("missile", "vehicle", "category"), ("missile_type", "category")),
    (("impact",), ("impact_area_distance_km",)),
)


MISSING = "[MISSING]"


@dataclass(frozen=True)
class Point:
    """One point of the notification: what is asked, what the activity says of it, and the parts it says nothing of.

    Of a point of which it says nothing at all, `gaps` is empty.
    """

    number: int
    asked: str
    told: tuple[str, ...]
    gaps: tuple[str, ...] = ()

    @property
    def is_missing(self) -> bool:
        """Whether the activity says nothing of it."""
        return not self.told


@dataclass(frozen=True)
class Draft:
    """A draft notification of one activity under one rule."""

    row: Row
    activity: Activity
    points: tuple[Point, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The points of which the activity says nothing."""
        return tuple(point.asked for point in self.points if point.is_missing)

    def to_dict(self) -> dict[str, Any]:
        """Plain keys and values."""
        return {
            "rule": self.row.rule,
            "to": self.row.held.recipients,
            "by": self.row.held.channel,
            "due": text_of(self.row.due),
            "points": [
                {"number": each.number, "asked": each.asked, "told": list(each.told), "gaps": list(each.gaps)}
                for each in self.points
            ],
            "missing": list(self.missing),
        }


def draft(row: Row, activity: Activity) -> Draft:
    """The draft of what one row asks to be told; BadRequest for a rule that names no points.

    Nothing is guessed: a point the activity says nothing of is left open, to be filled by whoever knows.
    """
    content = row.held.rule.content
    if not content:
        raise BadRequest(f"rule {row.rule!r} lists no points of a notification")
    return Draft(row, activity, tuple(_point(number, asked, activity) for number, asked in enumerate(content, start=1)))


def _point(number: int, asked: str, activity: Activity) -> Point:
    """A point with what an activity says of it: once, though several words of the point ask for the same."""
    low = asked.lower()
    told: dict[str, None] = {}
    gaps: list[str] = []
    for words, names in _ASKED:
        word = next((word for word in words if _names(low, word)), None)
        if word is not None:
            low = low.replace(word, "")  # a launcher of anti-tank missiles asks for no kind of missile
            said = [text for name in names if (text := _said(name, activity))]
            told |= dict.fromkeys(said)
            gaps += [] if said else [word]
    return Point(number, asked, tuple(told), tuple(gaps) if told else ())


def _names(text: str, word: str) -> bool:
    """Whether a word or its plural is in a text; `time` is not in maritime."""
    return re.search(rf"\b{re.escape(word)}(s|es)?\b", text) is not None


def _said(name: str, activity: Activity) -> str:
    measures = vocabulary().measures
    if name in activity.moments:
        return f"{name.replace('_', ' ')}: {text_of(activity.moments[name])}"
    if name == "duration_hours" and {"start", "end"} <= activity.moments.keys():
        return ""  # it follows from them
    if name in activity.values:
        return f"{measures[name].means.partition(';')[0]}: {value_text(activity.values[name])}"
    if name == "position" and activity.latitude is not None and activity.longitude is not None:
        return f"latitude {activity.latitude:g}, longitude {activity.longitude:g}"
    plain = {
        "name": activity.name,
        "place": activity.place or "",
        "zone": ", ".join(zone.replace("_", " ") for zone in activity.zones),
        "parties": ", ".join(map(state_name, activity.involved)),
    }
    return plain.get(name, "")


def value_text(value: Any) -> str:
    """What an activity states by a measure, as people read it; of a span both ends.

    >>> value_text(14200), value_text((240.0, 288.0)), value_text(("land", 6)), value_text(True)
    ('14,200', '240 to 288', 'above corps', 'yes')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple) and len(value) == 2:
        first, second = value
        is_level = isinstance(first, str)  # of a ladder, the rung
        return _plain(vocabulary().levels[first][second]) if is_level else f"{_plain(first)} to {_plain(second)}"
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return f"{value:,.0f}"
    return f"{value:,}" if isinstance(value, int | float) else str(value).replace("_", " ")


def heading(made: Draft) -> str:
    """What it is, and the text it is asked by."""
    held = made.row.held
    return f"Draft notification under {held.regime.regime}" + (f", {held.rule.article}" if held.rule.article else "")


def opening(made: Draft) -> list[tuple[str, str]]:
    """Who tells whom, how, by when, and how the rule stands."""
    row, held = made.row, made.row.held
    due = text_of(row.due) or "[no date]"
    return [
        ("From", ", ".join(map(state_name, row.obliged)) or "[state]"),
        ("To", held.recipients or "[recipients]"),
        ("By", held.channel or "[channel]"),
        ("Due", due + (" (number known from memory alone)" if row.is_reading_aid else "")),
        ("Status", row.shown_as + (f" ({row.status_note})" if row.status_note else "")),
    ]


def marks(point: Point) -> list[str]:
    """The marks of what is missing of a point: the whole of it, or some parts.

    >>> marks(Point(1, "tanks and helicopters", ("battle tanks: 12",), ("helicopter",)))
    ['[MISSING: helicopter]']
    """
    return [MISSING] if point.is_missing else [f"{MISSING[:-1]}: {gap}]" for gap in point.gaps]


def closing(made: Draft) -> str:
    """How much is missing."""
    count, parts = len(made.missing), sum(bool(point.gaps) for point in made.points)
    some = f" Of {parts} more, a part is." if parts else ""
    whole = f"{count} of {len(made.points)} points are missing." if count else "No point is missing whole; check each."
    return whole + some


def draft_text(made: Draft) -> str:
    """The draft as plain text, ready to be completed."""
    lines = [heading(made), *(f"{name}: {text}" for name, text in opening(made)), ""]
    for point in made.points:
        lines.append(f"{point.number}. {point.asked}")
        lines += [f"   {told}" for told in point.told] + [f"   {gap}" for gap in marks(point)]
    return "\n".join([*lines, "", closing(made)]) + "\n"


def state_name(code: str) -> str:
    """The name of a state by its code; the code where it has none.

    >>> state_name("POL")
    'Poland'
    """
    from comity.vocab.states import states

    held = states()
    return held[code].name if code in held else code
