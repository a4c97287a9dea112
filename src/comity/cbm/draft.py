"""A draft notification: the points a rule asks for, in its order, filled from the activity; gaps are marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
    (("area", "coordinates", "location", "place", "launch site"), ("place", "position", "zone")),
    (("level of command", "level of exercise", "level of formation", "type and level"), ("formation_level",)),
    (("troops", "personnel", "strength"), ("troops", "amphib_troops", "heliborne_troops", "airborne_troops")),
    (("division", "brigade"), ("formation_level", "brigades")),
    (("tanks",), ("tanks",)),
    (("acv", "armored combat"), ("acv",)),
    (("artillery",), ("artillery_100mm",)),
    (("anti-tank",), ("anti_tank_launchers",)),
    (("sorties", "aircraft"), ("fixed_wing_sorties", "combat_aircraft")),
    (("helicopter",), ("helicopters",)),
    (("ship", "vessel"), ("ships", "ships_ge_frigate", "tons")),
    (("flag",), ("flag",)),
    (("missile", "vehicle", "category"), ("missile_type", "category")),
    (("impact",), ("impact_area_distance_km",)),
)


@dataclass(frozen=True)
class Point:
    """One point of the notification: what is asked, what the activity says of it, and whether nothing was found."""

    number: int
    asked: str
    told: tuple[str, ...]

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
                {"number": point.number, "asked": point.asked, "told": list(point.told)} for point in self.points
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
    points = (Point(number, asked, tuple(_told(asked, activity))) for number, asked in enumerate(content, start=1))
    return Draft(row, activity, tuple(points))


def _told(asked: str, activity: Activity) -> Iterator[str]:
    """What an activity says of a point, each with its unit; once, though several words of the point ask for it."""
    low = asked.lower()
    wanted = dict.fromkeys(
        name for words, names in _ASKED if any(_names(low, word) for word in words) for name in names
    )
    for name in wanted:
        said = _said(name, activity)
        if said:
            yield said


def _names(text: str, word: str) -> bool:
    """Whether a word or its plural is in a text; `time` is not in maritime."""
    return re.search(rf"\b{re.escape(word)}(s|es)?\b", text) is not None


def _said(name: str, activity: Activity) -> str:
    measures = vocabulary().measures
    if name in activity.moments:
        return f"{name.replace('_', ' ')}: {text_of(activity.moments[name])}"
    if name in activity.values:
        return f"{measures[name].means}: {value_text(activity.values[name])}"
    if name == "position" and activity.latitude is not None and activity.longitude is not None:
        return f"latitude {activity.latitude:g}, longitude {activity.longitude:g}"
    plain = {
        "name": activity.name,
        "place": activity.place or "",
        "zone": ", ".join(zone.replace("_", " ") for zone in activity.zones),
        "parties": ", ".join(activity.involved),
    }
    return plain.get(name, "")


def value_text(value: Any) -> str:
    """What an activity states by a measure, as people read it; of a span both ends.

    >>> value_text(14200), value_text((240.0, 288.0)), value_text(("above_corps", 9)), value_text(True)
    ('14,200', '240 to 288', 'above corps', 'yes')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple) and len(value) == 2:
        least, most = value
        return _plain(least) if isinstance(least, str) else f"{_plain(least)} to {_plain(most)}"
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return f"{value:,.0f}"
    return f"{value:,}" if isinstance(value, int | float) else str(value).replace("_", " ")


def draft_text(made: Draft) -> str:
    """The draft as plain text, ready to be completed."""
    row, held = made.row, made.row.held
    lines = [
        f"DRAFT NOTIFICATION under {held.regime.regime}" + (f", {held.rule.article}" if held.rule.article else ""),
        f"From: {', '.join(row.obliged) or '[state]'}",
        f"To: {held.recipients or '[recipients]'}",
        f"By: {held.channel or '[channel]'}",
        f"Due: {text_of(row.due) or '[no date]'}" + (" (number known from memory alone)" if row.is_reading_aid else ""),
        f"Status: {row.shown_as}" + (f" ({row.status_note})" if row.status_note else ""),
        "",
    ]
    for point in made.points:
        lines.append(f"{point.number}. {point.asked}")
        lines += [f"   {told}" for told in point.told] or ["   [MISSING]"]
    count = len(made.missing)
    lines += ["", f"{count} of {len(made.points)} points are missing." if count else "No point is missing; check each."]
    return "\n".join(lines) + "\n"


def draft_document(made: Draft) -> bytes:
    """The draft as a Word document; what is missing is set in red."""
    import io

    import docx
    from docx.shared import RGBColor

    document = docx.Document()
    head, *rest = draft_text(made).splitlines()
    document.add_heading(head, 1)
    for line in rest:
        run = document.add_paragraph().add_run(line)
        if line.strip() == "[MISSING]":
            run.font.color.rgb, run.bold = RGBColor(0xA3, 0x2A, 0x00), True
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()
