"""An organization's members over time, how they hold together, and what they bear."""

from __future__ import annotations

from datetime import date
from typing import Any

from comity.brief.assessments import Told, assessment, basis_of, number_text
from comity.brief.blocks import Block, Cell, Chart, Column, Count, Note, Row, Table
from comity.brief.bodies import members_on, spells
from comity.brief.evidence import book
from comity.brief.knowledge import absence, horizon
from comity.brief.registry import section
from comity.brief.resting import from_rows
from comity.brief.subject import Subject
from comity.brief.wording import counted, day_text, said
from comity.vocab.states import state

MOST_YEARS = 80
_GROUPS = {
    "cohesion": "How alike they are",
    "ties_inside": "Ties among members",
    "openness": "Ties of members with others",
    "conflict_inside": "Conflict among members",
}


@section("Members", order=15, kinds=("organisation",))
def members(subject: Subject) -> list[Block]:
    """How many there were year by year, and who they are; roles other than member stand apart."""
    if not spells(subject)[0]:
        text, cites = absence(subject, "member", "organisation_membership")
        return [Note(text=text, cites=cites, as_of=horizon(subject, cites))]
    return [_chart(subject), _table(subject)]


def _chart(subject: Subject) -> Chart:
    rows, query = spells(subject)
    first = max(min(row["start_date"].year for row in rows), subject.as_of.year - MOST_YEARS + 1)
    years = range(first, subject.as_of.year + 1)
    counts = {year: len(members_on(subject, min(date(year, 12, 31), subject.as_of))) for year in years}
    cites = tuple(sorted({row["source"] for row in rows}))
    return Chart(
        title=f"Members at the end of each year, {first}–{subject.as_of.year}",
        unit="members",
        years=(first, subject.as_of.year),
        categories=("member",),
        counts=tuple(Count(year, "member", count) for year, count in counts.items() if count),
        complete=frozenset(years),
        description=f"Bars of members at the end of each year. The last bar is {counts[subject.as_of.year]}.",
        is_stock=True,
        cites=cites,
        as_of=_checked(rows),
        basis=from_rows("Memberships that hold at the end of each year.", rows, query, counts=counts),
    )


def _table(subject: Subject) -> Table:
    rows, query = spells(subject)
    shown = sorted(
        rows,
        key=lambda row: (
            row["role"] != "member",
            row["role"],
            row["end_date"] is not None,
            row["start_date"],
            row["state"],
        ),
    )
    cites = tuple(sorted({row["source"] for row in rows}))
    return Table(
        title="Who belongs, and since when",
        columns=(Column("State"), Column("Since", "date"), Column("Until", "date"), Column("Checked", "date")),
        rows=tuple(
            Row(
                cells=(
                    state(row["state"]).name,
                    day_text(row["start_date"], row["start_precision"]),
                    day_text(row["end_date"], row["end_precision"]),
                    day_text(row["known_until"], "month"),
                ),
                refs=_refs(subject, row),
                group=said(row["role"]).capitalize(),
            )
            for row in shown
        ),
        null_means="not ended when last checked",
        cites=cites,
        as_of=_checked(rows),
        short_rows=40,
        basis=from_rows("Memberships begun by the day.", rows, query, count=len(rows)),
    )


def _refs(subject: Subject, row: dict[str, Any]) -> tuple[str, ...]:
    """What a membership rests on: the evidence of the body, or the source."""
    held = book(subject).of(row["source"], "organisation", row["organisation"])
    return held[:2] or (row["source"],)


def _checked(rows: list[dict[str, Any]]) -> str:
    days = [row["known_until"] for row in rows if row["known_until"]]
    return f"last checked {day_text(max(days))}" if days else "day of checking not given"


@section("How it holds together", order=26, kinds=("organisation",))
def how_it_holds(subject: Subject) -> list[Block]:
    """Measures of the members side by side, and no score that adds them; then what each of them bears."""
    told = assessment(subject)
    if "problem" in told:
        return []
    blocks: list[Block] = [_measures(subject, told)]
    return [*blocks, *([_burden(subject, told)] if told["burden_by_member"] else [])]


def _measures(subject: Subject, told: Told) -> Table:
    everything = [(group, each) for group, held in told["measures"].items() for each in held]
    rows = tuple(
        Row(
            cells=(
                said(each["name"]).capitalize(),
                number_text(each["value"]),
                each["listed_count"],
                None if each["known_share"] is None else f"{each['known_share']:.0%}",
                each["latest_year"] and str(each["latest_year"]),
                each["means"],
            ),
            refs=tuple(key for key in each["sources"] if key in subject.abouts) or tuple(sorted(subject.abouts))[:1],
            group=_GROUPS.get(group, said(group).capitalize()),
        )
        for group, each in everything
    )
    cites = tuple(sorted({key for row in rows for key in row.refs}))
    columns = (Column("Measure"), Column("Value", "number"), Column("Listed", "number"), Column("Known", "number"))
    return Table(
        title=f"Cohesion, ties and conflict at the end of {told['year']}",
        columns=(*columns, Column("To", "date"), Column("What it is")),
        rows=rows,
        note=f"{told['year']} is {told['year_is']}. “Known” is the share of pairs or members of which it is known.",
        null_means="too few pairs are known to tell, or nothing is listed",
        cites=cites,
        as_of=horizon(subject, cites),
        short_rows=24,
        basis=basis_of(
            subject, told, "Each measure by its group.", tuple({"group": g, **each} for g, each in everything)
        ),
    )


def _burden(subject: Subject, told: Told) -> Table:
    share, soldiers = "military_expenditure_gdp_share", "military_personnel_share"
    rows = []
    for code, borne in told["burden_by_member"].items():
        spending, people = borne.get(share, {}), borne.get(soldiers, {})
        cells: tuple[Cell, ...] = (
            state(code).name,
            _percent(spending.get("value")),
            spending.get("latest_year") and str(spending["latest_year"]),
            _thousandth(people.get("value")),
            people.get("latest_year") and str(people["latest_year"]),
        )
        rows.append(
            Row(cells=cells, refs=tuple(sorted({"sipri_milex", "nmc"} & set(subject.abouts))) or cells_source(subject))
        )
    cites = tuple(sorted({key for row in rows for key in row.refs}))
    shown = tuple({"state": code, **borne} for code, borne in told["burden_by_member"].items())
    return Table(
        title=f"What each member bears, {counted(len(rows), 'state')}",
        columns=(
            *(Column("Member"), Column("Spending, of product", "number"), Column("Year", "date")),
            *(Column("Soldiers, of 1,000 people", "number"), Column("Year", "date")),
        ),
        rows=tuple(rows),
        cites=cites,
        as_of=horizon(subject, cites),
        basis=basis_of(subject, told, "The last known value of each member.", shown, of=1000,
            printed=[row.cells for row in rows], count=len(rows)),
    )  # fmt: skip


def cells_source(subject: Subject) -> tuple[str, ...]:
    """A source to cite where the usual ones are not loaded."""
    return tuple(sorted(subject.abouts))[:1]


def _percent(value: float | None) -> str | None:
    return None if value is None else f"{value:.1%}"


def _thousandth(value: float | None) -> str | None:
    return None if value is None else f"{value * 1000:.1f}"
