"""The operations and missions of an organization, apart from what single states did in them and decided about them."""

from __future__ import annotations

from datetime import date, timedelta

from comity.brief.blocks import Block, Column, Row, Table
from comity.brief.body_together import together
from comity.brief.evidence import refs
from comity.brief.facts import Fact, engagements, party_names, sources_of
from comity.brief.knowledge import latest
from comity.brief.resting import rests_on
from comity.brief.subject import Subject
from comity.brief.wording import counted, day_text, said

MOST_ROWS = 30
LASTING = timedelta(days=30)
_FIELD = ("operation", "peacekeeping")
_SENT = (*_FIELD, "training")  # a training mission is sent as an operation is
_PART = "working"  # the level of a contingent or a patrol: it has a part in an operation and is none


def operations(subject: Subject) -> list[Block]:
    """Each operation or mission of the body with where and how many, then what all members did; the newest first."""
    entries = [fact for fact in engagements(subject, date(1900, 1, 1)) if fact["instrument"] in _SENT]
    held = [fact for fact in entries if is_own_operation(subject, fact)]
    if not held:
        return together(subject)
    shown = held[:MOST_ROWS]
    parts, left = sum(fact["instrument"] in _FIELD for fact in entries if fact not in held), len(held) - len(shown)
    note = f"{counted(left, 'earlier operation')} not listed here. " if left else ""
    if parts:
        note += f"Not listed here: {counted(parts, 'entry', 'entries')} on one state’s part in an operation, or on a "
        note += "decision about one. "
    return [
        Table(
            title="Operations and missions of the body itself",
            columns=(
                *(Column("Began", "date"), Column("Ended", "date"), Column("Operation"), Column("Where")),
                Column("People", "number"),
            ),
            rows=tuple(_row(subject, fact) for fact in shown),
            note=f"{note}Operations may be missing: the first listed began in {held[-1].year}. People are as many as a "
            "source states, at most or at the start; who took part is rarely listed whole, and is not shown.",
            null_means="not known, or not ended when last checked",
            cites=sources_of(shown),
            as_of=latest(shown),
            short_rows=20,
            basis=rests_on("Operations and missions of the body, by mandate, size or length.", shown,
                left=left, parts=parts, first=held[-1].year, least_days=LASTING.days),
        ),
        *together(subject),
    ]  # fmt: skip


def ran_on(subject: Subject) -> list[Fact]:
    """The operations of the body that began before the window and went on in it, each of a source once."""
    first = date(subject.window[0], 1, 1)
    held = [fact for fact in engagements(subject, date(1900, 1, 1)) if fact["instrument"] in _SENT]
    return [
        fact
        for fact in held
        if fact["start_date"] < first and _until(fact) >= first and is_own_operation(subject, fact)
    ]


def _until(fact: Fact) -> date:
    """The last day of an operation; without one, any day if it goes on, and none if that is not told."""
    ended: date | None = fact["end_date"]
    return ended or (date.max if fact["status"] == "ongoing" else date.min)


def is_own_operation(subject: Subject, fact: Fact) -> bool:
    """Whether an entry is an operation of the body, by its mandate, size or length, and not an event in one."""
    roles = {party.role for party in fact.parties if party.kind == "organisation" and party.code == subject.key}
    if fact["series"] or fact["level"] == _PART:
        return False
    is_led, is_sized = "organiser" in roles, fact["personnel_count"] is not None
    is_lasting = fact["end_date"] is not None and fact["end_date"] - fact["start_date"] >= LASTING
    if fact["instrument"] not in _FIELD:
        return is_led and fact["level"] is None and (is_lasting or fact["status"] == "ongoing")
    return bool(fact["purposes"]) or is_sized or (is_led and is_lasting)


def _row(subject: Subject, fact: Fact) -> Row:
    ended = fact["end_date"] if fact["end_date"] and fact["end_date"] <= subject.as_of else None
    hosts = party_names(subject, [party for party in fact.parties if party.role == "host"], 3)
    return Row(
        cells=(
            day_text(fact["start_date"], fact["start_precision"]),
            day_text(ended, fact["end_precision"]),
            fact["name"] or said(fact["instrument"]),
            fact["location"] or hosts,
            fact["personnel_count"],
        ),
        refs=refs(subject, fact),
        verification=fact["verification"],
    )
