"""What an organization does: missions and operations, series of exercises, training."""

from __future__ import annotations

from typing import Any

from comity.brief.basis import Query
from comity.brief.blocks import Block, Column, Row, Table
from comity.brief.body_operations import operations
from comity.brief.evidence import refs
from comity.brief.facts import Fact
from comity.brief.knowledge import horizon
from comity.brief.registry import section
from comity.brief.resting import from_rows
from comity.brief.subject import Subject
from comity.brief.wording import day_text, listed, said, years_text

_MISSIONS = """
    SELECT mission.mission, mission.name, mission.source, mission.start_date, mission.start_precision,
           mission.end_date, mission.end_precision, mission.known_until,
           arg_max(presence.total, presence.month) AS personnel_count, max(presence.month) AS month
    FROM core.mission AS mission LEFT JOIN (
        SELECT mission, month, sum(personnel_count) AS total FROM core.mission_month
        WHERE month <= $on GROUP BY ALL) AS presence ON presence.mission = mission.mission
    WHERE mission.organisation = $body AND mission.start_date <= $on
    GROUP BY ALL ORDER BY mission.start_date DESC, mission.mission
"""
_SERIES = """
    SELECT series.series, series.name, series.source, series.instrument, series.domains, series.verification,
           min(year(engagement.start_date)) AS first_year, max(year(engagement.start_date)) AS last_year,
           count(*) AS edition_count
    FROM core.series AS series
    JOIN core.engagement AS engagement ON engagement.series = series.series AND engagement.source = series.source
    WHERE engagement.start_date <= $on AND engagement.status IN ('completed', 'ongoing')
      AND EXISTS (SELECT 1 FROM core.engagement_party AS party
                  WHERE party.source = engagement.source AND party.engagement = engagement.engagement
                    AND party.party_kind = 'organisation' AND party.party = $body)
    GROUP BY ALL ORDER BY edition_count DESC, series.series
"""


@section("Missions, exercises and training", order=38, kinds=("organisation",))
def body_work(subject: Subject) -> list[Block]:
    """Missions of its own, operations, and the series it runs or takes part in."""
    return [*_missions(subject), *operations(subject), *_series(subject)]


def _missions(subject: Subject) -> list[Block]:
    rows, query = subject.asked(_MISSIONS, body=subject.key, on=subject.as_of)
    if not rows:
        return []
    cites = tuple(sorted({row["source"] for row in rows}))
    return [
        Table(
            title="Missions",
            columns=(
                *(Column("Mission"), Column("From", "date"), Column("To", "date")),
                *(Column("People", "number"), Column("Counted", "date")),
            ),
            rows=tuple(_mission_row(subject, row) for row in rows),
            null_means="not ended when last checked, or not counted",
            cites=cites,
            as_of=horizon(subject, cites),
            basis=from_rows("Missions begun by the day, with their last count of people.", rows, query),
        )
    ]


def _mission_row(subject: Subject, row: dict[str, Any]) -> Row:
    ended = row["end_date"] if row["end_date"] and row["end_date"] <= subject.as_of else None
    return Row(
        cells=(
            f"{row['name']} ({row['mission']})",
            day_text(row["start_date"], row["start_precision"]),
            day_text(ended, row["end_precision"]),
            row["personnel_count"] and int(row["personnel_count"]),
            day_text(row["month"], "month"),
        ),
        refs=(row["source"],),
    )


def _series(subject: Subject) -> list[Block]:
    rows, query = subject.asked(_SERIES, body=subject.key, on=subject.as_of)
    if not rows:
        return []
    cites = tuple(sorted({row["source"] for row in rows}))
    return [
        Table(
            title="Series it runs or takes part in",
            columns=(
                *(Column("Series"), Column("Kind"), Column("Domains"), Column("Editions listed", "number")),
                Column("Years", "date"),
            ),
            rows=tuple(_series_row(subject, row, query) for row in rows),
            note="Editions listed are those that name the body, and all of a series that it organizes; a series may "
            "have had more that nobody lists.",
            null_means="not stated",
            cites=cites,
            as_of=horizon(subject, cites),
            short_rows=15,
            basis=from_rows("Editions in which the body is a party, by series.", rows, query),
        )
    ]


def _series_row(subject: Subject, row: dict[str, Any], query: Query) -> Row:
    fact = Fact("series", row["source"], row["series"], row | {"series": row["series"]}, (), query)
    return Row(
        cells=(
            row["name"],
            said(row["instrument"]),
            listed([said(word) for word in row["domains"]]) if row["domains"] else None,
            row["edition_count"],
            years_text((row["first_year"], row["last_year"])),
        ),
        refs=refs(subject, fact),
        verification=row["verification"],
    )
