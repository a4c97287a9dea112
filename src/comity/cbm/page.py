"""What a check answers, and a year of duties, as one HTML page: styles inside, no script, nothing fetched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from comity.cbm.activity import Activity
from comity.cbm.agenda import Agenda, Entry
from comity.cbm.draft import state_name, value_text
from comity.cbm.grammar import Source
from comity.cbm.groups import OTHERS, groups, others, reasons
from comity.cbm.moments import Moment, text_of
from comity.cbm.rows import NAMED, Checked, Row
from comity.cbm.standing import MEMORY

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_KNOWN = {
    "V1": "read in the text",
    "V2": "read in another public text",
    "K-hi": "from memory, likely",
    "K-med": "from memory",
    "K-lo": "from memory, weak",
}
_LABELS = {"acv": "ACVs", "artillery_100mm": "Artillery, 100 mm and above"}  # an abbreviation and a unit


def check_page(checked: Sequence[Checked], as_of: date) -> str:
    """The page of some activities that were checked. The same answers give the same bytes.

    Args:
        checked: the activities with their rows.
        as_of: the day from which days left are counted.

    >>> from comity.cbm import Activity, check
    >>> plan = Activity.from_dict({"type": "field_exercise", "host": "POL", "start": "2027-05-03", "troops": 14200})
    >>> "vd11.v.40_1.exercise" in check_page(check([plan]), date(2027, 1, 1))
    True
    """
    return _environment().get_template("check.html").render(checked=checked, as_of=as_of, style=_style())


def calendar_page(agenda: Agenda, as_of: date) -> str:
    """The page of a state's year. The same agenda gives the same bytes.

    Args:
        agenda: the year.
        as_of: the day from which days left are counted.

    >>> from comity.cbm.agenda import agenda
    >>> "15 December 2027" in calendar_page(agenda("POL", 2027), date(2027, 1, 1))
    True
    """
    return _environment().get_template("calendar.html").render(agenda=agenda, as_of=as_of, style=_style())


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("comity.cbm", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "words": lambda text: text.replace("_", " "),
        "moment": moment_text,
        "left": _left,
        "state": state_name,
        "who": _who,
        "known": _KNOWN.__getitem__,
        "reasons": reasons,
        "sources": _sources,
        "headline": _headline,
        "facts": _facts,
    }
    environment.globals |= {"groups": groups, "others": others, "others_title": OTHERS, "memory": MEMORY}
    environment.globals |= {"months": _months, "named": NAMED}
    return environment


def _style() -> Markup:
    from markupsafe import Markup

    return Markup((files("comity.cbm") / "templates" / "page.css").read_text(encoding="utf-8"))  # noqa: S704 (our own file)


def moment_text(given: Moment | None) -> str:
    """A day written out, with its hour where it has one; empty without a day.

    >>> moment_text(date(2027, 3, 22))
    '22 March 2027'
    """
    if given is None:
        return ""
    given = given.astimezone(UTC) if isinstance(given, datetime) else given
    day = f"{given.day} {_MONTHS[given.month - 1]} {given.year}"
    return f"{day}, {given:%H:%M} UTC" if isinstance(given, datetime) else day


def _left(row: Row) -> str:
    """How long is left, or how late it is; an aid is never called late."""
    days = row.days_left
    if days is None:
        return ""
    if days == 0:
        return "today"
    count = f"{abs(days):,} day{'' if abs(days) == 1 else 's'}"
    if days > 0:
        return f"{count} left"
    return f"{count} ago" if row.is_reading_aid or not row.is_binding else f"{count} late"


def _facts(activity: Activity) -> list[tuple[str, str]]:
    """What an activity says of itself, each with its name; a length that only follows from its days is left out."""
    facts = [("kind", activity.type.replace("_", " ")), ("host", ", ".join(map(state_name, activity.hosts)))]
    facts.append(("with", ", ".join(state_name(code) for code in activity.parties if code not in activity.hosts)))
    facts += [(name, moment_text(given)) for name, given in activity.moments.items()]
    if activity.around is not None and not activity.moments:
        facts.append(("around", moment_text(activity.around)))
    facts += [("place", activity.place or ""), ("zone", ", ".join(activity.zones))]
    said = [(name, given) for name, given in activity.values.items() if name != "duration_hours"]
    facts += [(name, value_text(given)) for name, given in said]
    return [(_LABELS.get(name, name.replace("_", " ").capitalize()), text) for name, text in facts if text]


def _who(row: Row) -> str:
    return ", ".join(map(state_name, row.obliged)) or "not said"


def _headline(row: Row) -> str:
    """What the row means, as a sentence begins; what is from memory in it is said by badges."""
    said = row.shown_as.partition(" [")[0]
    return said[:1].upper() + said[1:]


def _sources(row: Row) -> tuple[Source, ...]:
    """The texts a rule and its deadline were read in, each once."""
    rule = row.held.rule
    keys = dict.fromkeys((*rule.src, *(rule.deadline.src if rule.deadline else ())))
    return tuple(row.held.regime.sources[key] for key in keys)


def _months(entries: Iterable[Entry]) -> list[tuple[str, list[Entry]]]:
    """Entries by month, in order; months without one are left out."""
    found: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: (entry.day, text_of(entry.row.due) or "")):
        found.setdefault(_MONTHS[entry.day.month - 1], []).append(entry)
    return list(found.items())
