"""Who belongs to an organization, by the list that knows it best: members on the day, and who came and left."""

from __future__ import annotations

from datetime import date
from typing import Any

from comity.brief.basis import Query
from comity.brief.subject import Subject, once

Row = dict[str, Any]
_SPELLS = """
    SELECT organisation, source, party AS state, role, start_date, start_precision, end_date, end_precision, known_until
    FROM core.organisation_member
    WHERE organisation = $organisation AND source = $source AND party_kind = 'state' AND start_date <= $on
    ORDER BY start_date, party, role
"""


@once
def spells(subject: Subject) -> tuple[list[Row], Query]:
    """Every membership begun by the day of the brief, with its role, by the source that names the body best."""
    from comity.assess.membership import find_body

    body = find_body(subject.store, subject.key)
    return subject.asked(_SPELLS, organisation=body.organisation, source=body.source, on=subject.as_of)


def members_on(subject: Subject, day: date, role: str = "member") -> list[Row]:
    """The memberships of a role that held on a day; one that had not ended when last checked is held to go on."""
    return [
        row
        for row in spells(subject)[0]
        if row["role"] == role and row["start_date"] <= day and (row["end_date"] is None or row["end_date"] >= day)
    ]


def came_and_left(subject: Subject, since: date) -> tuple[list[Row], list[Row]]:
    """The memberships begun, and those ended, from a day to the day of the brief."""
    held = [row for row in spells(subject)[0] if row["role"] == "member"]
    came = [row for row in held if row["start_date"] >= since]
    left = [row for row in held if row["end_date"] is not None and since <= row["end_date"] <= subject.as_of]
    return came, left
