"""Which states of a subject became members of bodies of the register since a year, or ceased to be."""

from __future__ import annotations

from datetime import date
from typing import Any

from comity.brief.blocks import Block, Column, Row, Table
from comity.brief.knowledge import horizon
from comity.brief.resting import from_rows
from comity.brief.subject import Subject
from comity.brief.wording import counted, day_text
from comity.vocab.register import SOURCE as REGISTER
from comity.vocab.states import state

MOST_ROWS = 60
_CHANGED = """
    SELECT member.*, body.name, body.start_date AS founded, body.end_date AS over
    FROM core.organisation_member AS member JOIN core.organisation AS body USING (source, organisation)
    WHERE source = $register AND member.party_kind = 'state' AND member.role = 'member'
      AND list_contains($inner, member.party)
      AND (member.start_date BETWEEN $since AND $on OR member.end_date BETWEEN $since AND $on)
    ORDER BY organisation, member.party, member.start_date
"""


def membership_changes(subject: Subject) -> list[Block]:
    """Memberships that began or ended since the year that is asked for, the latest first; nothing where none did."""
    if subject.since is None or subject.kind not in ("state", "pair", "region"):
        return []
    since = date(subject.since, 1, 1)
    given = {"register": REGISTER, "inner": list(subject.states), "since": since, "on": subject.as_of}
    rows, query = subject.asked(_CHANGED, **given)
    found = [(row, words, *day) for row in rows for words, day in _changes(row, since, subject.as_of)]
    if not found:
        return []
    found.sort(key=lambda each: (-each[2].toordinal(), each[0]["organisation"], each[0]["party"]))
    left = len(found) - MOST_ROWS
    return [
        Table(
            title=f"Memberships of organizations that began or ended since {subject.since}",
            columns=(Column("Day", "date"), Column("State"), Column("Organization"), Column("Change")),
            rows=tuple(
                Row(
                    (day_text(day, precision), state(row["party"]).name, row["name"], words),
                    (row["source"],),
                )
                for row, words, day, precision in found[:MOST_ROWS]
            ),
            note="By the bodies that the register holds, which are those of military diplomacy."
            + (f" {counted(left, 'earlier change')} not shown." if left > 0 else ""),
            cites=(REGISTER,),
            as_of=horizon(subject, (REGISTER,)),
            short_rows=10,
            basis=from_rows("Memberships begun or ended since.", rows, query, left=max(left, 0)),
        )
    ]


def _changes(row: dict[str, Any], since: date, on: date) -> list[tuple[str, tuple[date, str | None]]]:
    """What became of a membership within the days, in a word, with the day; it may have begun and ended in them."""
    found = []
    if row["start_date"] is not None and since <= row["start_date"] <= on:
        words = "founded it" if row["founded"] is not None and row["start_date"] <= row["founded"] else "joined"
        found.append((words, (row["start_date"], row["start_precision"])))
    if row["end_date"] is not None and since <= row["end_date"] <= on:
        words = "ended with the body" if row["over"] is not None and row["end_date"] >= row["over"] else "left"
        found.append((words, (row["end_date"], row["end_precision"])))
    return found
