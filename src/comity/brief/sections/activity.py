"""Reported activity: what one side was seen to do day by day, by year and by who reported it."""

from __future__ import annotations

from typing import Any

from comity.brief.blocks import Block, Column, Row, Table
from comity.brief.knowledge import horizon
from comity.brief.registry import section
from comity.brief.resting import from_rows
from comity.brief.subject import Subject
from comity.brief.wording import counted, day_text, party_name, said, sentence_start

MOST_ROWS = 40
# Who reports, by the first words of the name of a fact.
_REPORTERS = {
    "taiwan_mnd_": "the Ministry of National Defense, Taiwan",
    "japan_mod_": "the Ministry of Defense, Japan",
    "china_msa_": "the Maritime Safety Administration, China",
    "compiled_": "the compilers, who do not say by whom",
}
_BY_YEAR = """
    SELECT fact, party_kind, party, toward_state, year(date) AS year, source, count(*) AS day_count,
           sum(value::DECIMAL(18, 3))::DOUBLE AS total, max(value) AS most, max(date) AS last_date
    FROM core.activity_day
    WHERE date <= $on AND year(date) >= $first AND party_kind = 'state' AND {about}
      AND regexp_matches(fact, $told_by)
    GROUP BY ALL
"""
_ABOUT = {
    "pair": "list_contains($states, party) AND list_contains($states, toward_state)",
    "state": "(list_contains($states, party) OR list_contains($states, toward_state))",
}


@section("Reported activity", order=52, kinds=("pair", "state"))
def reported_activity(subject: Subject) -> list[Block]:
    """One row for each fact and year of the window, what is told of most days first; no block where none is told."""
    sql = _BY_YEAR.format(about=_ABOUT[subject.kind])
    rows, query = subject.asked(sql, on=subject.as_of, first=subject.window[0], states=list(subject.states),
                               told_by=f"^({'|'.join(_REPORTERS)})")  # fmt: skip
    if not rows:
        return []
    days: dict[str, int] = {}
    for row in rows:
        days[row["fact"]] = days.get(row["fact"], 0) + row["day_count"]
    rows.sort(key=lambda row: (*_whom(row), -days[row["fact"]], row["fact"], -row["year"], row["source"]))
    shown, left = rows[:MOST_ROWS], len(rows[MOST_ROWS:])
    cites = tuple(sorted({row["source"] for row in rows}))
    last = max(row["last_date"] for row in rows)
    more = f" {counted(left, 'row')} more not shown." if left else ""
    return [
        Table(
            title=f"Activity reported day by day, to {day_text(last)}",
            columns=(
                *(Column("What"), Column("Year", "date"), Column("Days told", "number")),
                *(Column("Sum", "number"), Column("A day", "number"), Column("Most", "number")),
            ),
            rows=tuple(_row(subject, row, before) for before, row in zip([None, *shown], shown, strict=False)),
            note="Each number is what one side reported. A day that is not told is unknown and not zero, so sums of "
            f"two years are of different days.{more}",
            cites=cites,
            as_of=horizon(subject, cites),
            short_rows=12,
            basis=from_rows("Days, sums and highest day of each fact and year.", shown, query, left=left, last=last,
                            a_day=[_mean(row) for row in shown]),
        )
    ]  # fmt: skip


def _whom(row: dict[str, Any]) -> tuple[bool, str, str, str]:
    """By whom toward whom, what is known to be toward a state first, and who tells it."""
    return (row["toward_state"] is None, row["party"], row["toward_state"] or "", _start(row))


def _start(row: dict[str, Any]) -> str:
    """The first words of the name of a fact, which say who reported it."""
    return next(start for start in _REPORTERS if row["fact"].startswith(start))


def _mean(row: dict[str, Any]) -> float:
    return float(round(row["total"] / row["day_count"], 1))


def _row(subject: Subject, row: dict[str, Any], before: dict[str, Any] | None) -> Row:
    """A row; what the source says of a fact stands under the first row of that fact alone."""
    start = _start(row)
    what = said(row["fact"].removeprefix(start))
    by = party_name(row["party_kind"], row["party"], subject.organisations)
    toward = f" toward {party_name('state', row['toward_state'], {})}" if row["toward_state"] else ""
    is_first = before is None or before["fact"] != row["fact"]
    told = subject.abouts[row["source"]].known_errors if is_first else ()
    return Row(
        cells=(
            *(sentence_start(what), str(row["year"]), row["day_count"]),
            *(_whole(row["total"]), _mean(row), _whole(row["most"])),
        ),
        refs=(row["source"],),
        group=f"{by}{toward}, told by {_REPORTERS[start]}",
        details=tuple(text.replace(row["fact"], f"“{what}”") for text in told if row["fact"] in text.split()),
    )


def _whole(value: float) -> int | float:
    return int(value) if value == int(value) else round(value, 1)
