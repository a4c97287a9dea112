"""An agenda as a calendar file that calendar programs read, with an alarm at each lead time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from comity.cbm.agenda import Agenda, Entry
from comity.cbm.moments import text_of

if TYPE_CHECKING:
    from icalendar import Event

LEADS = (30, 7, 1)  # days before a duty is due at which an alarm goes off


def calendar_file(agenda: Agenda, leads: Sequence[int] = LEADS, made: date | None = None) -> bytes:
    """The file (iCalendar, RFC 5545). The same agenda, leads and day of making give the same bytes.

    A duty due on a day is an event of the whole day; one due at an hour is an event at that hour. Neither blocks time.

    Args:
        agenda: a state's year.
        leads: days before at which an alarm goes off.
        made: the day the file is said to be made on; the first of the year where none is given.

    >>> from comity.cbm.agenda import agenda
    >>> calendar_file(agenda("POL", 2027)).count(b"BEGIN:VALARM") == len(agenda("POL", 2027).entries) * len(LEADS)
    True
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//comity//duties//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"Notification and confidence-building duties of {agenda.state}, {agenda.year}")
    day = made or date(agenda.year, 1, 1)
    stamp = datetime(day.year, day.month, day.day, tzinfo=UTC)
    seen: Counter[str] = Counter()
    for entry in agenda.entries:
        name = "-".join(part for part in (agenda.state, entry.row.rule, text_of(entry.row.due), entry.activity) if part)
        seen[name] += 1
        again = f"-{seen[name]}" if seen[name] > 1 else ""  # two activities without a name on one day are two events
        calendar.add_component(_event(entry, f"{name}{again}@comity", leads, stamp))
    written: bytes = calendar.to_ical()
    return written


def _event(entry: Entry, name: str, leads: Sequence[int], stamp: datetime) -> Event:
    from icalendar import Alarm, Event

    event = Event()
    due = entry.row.due
    event.add("uid", name)
    event.add("dtstamp", stamp)
    event.add("dtstart", due)
    if not isinstance(due, datetime):
        event.add("dtend", entry.day + timedelta(days=1))
    event.add("summary", entry.title)
    event.add("description", described(entry))
    event.add("categories", [entry.row.binding, entry.row.held.rule.kind.replace("_", " ")])
    event.add("transp", "TRANSPARENT")
    for lead in leads:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", f"{_ahead(lead)}: {entry.title}")
        alarm.add("trigger", timedelta(days=-lead))
        event.add_component(alarm)
    return event


def _ahead(lead: int) -> str:
    """How far a duty is ahead when an alarm of so many days goes off."""
    return f"In {lead} day{'' if lead == 1 else 's'}" if lead else "Today"


def described(entry: Entry) -> str:
    """What one who opens the entry should read: to whom, by what text, how it stands, and what it rests on."""
    row, held = entry.row, entry.row.held
    lines = [
        f"Rule {row.rule}: {held.regime.regime}" + (f", {held.rule.article}" if held.rule.article else ""),
        f"To: {held.recipients or 'not said'}" + (f" by {held.channel}" if held.channel else ""),
        f"Binding: {row.binding}. Status: {row.status.replace('_', ' ')}.",
        f"Why: {row.why}.",
        "It is known from memory alone." if row.is_reading_aid else "",
        *row.notes,
        row.status_note or "",
    ]
    return "\n".join(line for line in lines if line)
