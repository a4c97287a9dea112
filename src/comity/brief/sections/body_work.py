"""What an organization does: missions and operations, series of exercises, training."""

from __future__ import annotations

from datetime import date
from typing import Any

from comity.brief.basis import Query
from comity.brief.blocks import Block, Column, Row, Table
from comity.brief.evidence import refs
from comity.brief.facts import Fact, engagements, party_names, sources_of
from comity.brief.knowledge import horizon, latest
from comity.brief.registry import section
from comity.brief.resting import from_rows, rests_on
from comity.brief.subject import Subject
from comity.brief.wording import day_text, listed, said, years_text

MOST_ROWS = 30
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
_FIELD = ("operation", "peacekeeping")


@section("Missions, exercises and training", order=38, kinds=("organisation",))
def body_work(subject: Subject) -> list[Block]:
    """Missions of its own, operations, and the series it runs or takes part in."""
    return [*_missions(subject), *_operations(subject), *_series(subject)]


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


def _operations(subject: Subject) -> list[Block]:
    held = [fact for fact in engagements(subject, date(1900, 1, 1)) if fact["instrument"] in _FIELD][:MOST_ROWS]
    if not held:
        return []
    return [
        Table(
            title="Operations in which the body itself acts",
            columns=(Column("Began", "date"), Column("Ended", "date"), Column("Operation"), Column("Parties")),
            rows=tuple(_operation_row(subject, fact) for fact in held),
            null_means="not known, or not ended",
            cites=sources_of(held),
            as_of=latest(held),
            basis=rests_on("Operations and peace missions to which the body is a party.", held),
        )
    ]


def _operation_row(subject: Subject, fact: Fact) -> Row:
    return Row(
        cells=(
            day_text(fact["start_date"], fact["start_precision"]),
            day_text(fact["end_date"], fact["end_precision"]),
            fact["name"] or said(fact["instrument"]),
            party_names(subject, fact.parties, 4),
        ),
        refs=refs(subject, fact),
        verification=fact["verification"],
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
            note="Editions listed are those the register has; a series may have had more.",
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
