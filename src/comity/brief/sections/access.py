"""Access that somebody refused, took away, narrowed or gave back: bases, ports, exercises, membership, inspections."""

from __future__ import annotations

from typing import Any

from comity.brief.access_changes import OF_SUBJECT, changes
from comity.brief.basis import Query
from comity.brief.blocks import Block, Column, Row, Table
from comity.brief.evidence import book
from comity.brief.facts import named_party, party_names
from comity.brief.registry import section
from comity.brief.resting import from_rows
from comity.brief.subject import Subject
from comity.brief.wording import counted, day_text, said

MOST = 12


@section("Access refused, lost or given back", order=22, kinds=tuple(OF_SUBJECT))
def access(subject: Subject) -> list[Block]:
    """Each change of access that is listed, newest first; nothing where none is, for no list leaves nothing out."""
    rows, query = changes(subject)
    return [_table(subject, rows, query)] if rows else []


def _table(subject: Subject, rows: list[dict[str, Any]], query: Query) -> Table:
    shown, left = rows[:MOST], len(rows) - MOST
    columns = (Column("Date", "date"), Column("What it was part of"), Column("Access"), Column("Change"))
    return Table(
        title="Changes of access",
        columns=(*columns, Column("By"), Column("Whose")),
        rows=tuple(_row(subject, row) for row in shown),
        note="No list of such changes leaves nothing out."
        + (f" {counted(left, 'earlier change')} not listed here." if left > 0 else ""),
        cites=tuple(sorted({row["source"] for row in shown})),
        as_of=f"latest entry {day_text(rows[0]['date'], rows[0]['precision'])}",
        short_rows=6,
        basis=from_rows("Changes of access by the subject or of its access, newest first.", shown, query,
            left=max(0, left)),
    )  # fmt: skip


def _row(subject: Subject, row: dict[str, Any]) -> Row:
    found = book(subject).of(row["source"], row["core_table"], row["item"])
    return Row(
        cells=(
            day_text(row["date"], row["precision"]),
            row["name"] or row["item"],
            said(row["access_kind"]),
            said(row["change_kind"]),
            party_names(subject, [named_party(f"{row['by_kind']}:{row['by_party']}")]),
            party_names(subject, map(named_party, row["of_parties"]), 3),
        ),
        refs=found[:3] or (row["source"],),
        verification=row["verification"],
        details=(row["reason"],),
    )
