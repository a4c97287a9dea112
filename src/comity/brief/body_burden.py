"""What each member of an organization bears: its spending and its soldiers, of the last year each list tells."""

from __future__ import annotations

from collections import defaultdict

from comity.brief.basis import Query
from comity.brief.blocks import Block, Cell, Column, Row, Table
from comity.brief.bodies import Row as Asked
from comity.brief.bodies import states_on
from comity.brief.knowledge import horizon
from comity.brief.resting import from_rows
from comity.brief.sections.capability import LEAST, under_least
from comity.brief.subject import Subject
from comity.brief.wording import counted
from comity.vocab.states import state

_SHARE, _SOLDIERS = "military_expenditure_gdp_share", "military_personnel_share"
_BORNE = f"""
    WITH told AS (
        SELECT '{_SHARE}' AS fact, state, year, value, source FROM core.state_year_fact WHERE fact = '{_SHARE}'
        UNION ALL
        SELECT '{_SOLDIERS}', people.state, people.year, soldiers.value / people.value, people.source
        FROM core.state_year_fact AS people JOIN core.state_year_fact AS soldiers USING (source, state, year)
        WHERE people.fact = 'population_count' AND people.value > 0 AND soldiers.fact = 'military_personnel_count')
    SELECT fact, state, max(year) AS year, arg_max(value, (year, source)) AS value,
           arg_max(source, (year, source)) AS source
    FROM told WHERE list_contains($members, state) AND year <= $year AND value IS NOT NULL
    GROUP BY fact, state ORDER BY fact, state
"""  # noqa: S608 (words of this module)


def burden(subject: Subject) -> list[Block]:
    """One row for each member of the day, also for one of which no list tells; no block where none tells of any."""
    members = tuple(sorted(states_on(subject), key=lambda code: state(code).name))
    rows, query = subject.asked(_BORNE, members=list(members), year=subject.full_year)
    return [_table(subject, members, rows, query)] if rows else []


def _table(subject: Subject, members: tuple[str, ...], rows: list[Asked], query: Query) -> Table:
    told: dict[str, dict[str, Asked]] = defaultdict(dict)
    for row in rows:
        told[row["state"]][row["fact"]] = row
    cites = tuple(sorted({row["source"] for row in rows}))
    shown = tuple(_row(code, told[code], cites) for code in members)
    silent = [row.cells[0] for row in shown if row.cells[1] is None and row.cells[3] is None]
    of_none = f" Of {counted(len(silent), 'member')} no list tells." if silent else ""
    return Table(
        title=f"What each member bears, {counted(len(shown), 'state')}",
        columns=(
            *(Column("Member"), Column("Spending, share of GDP", "number"), Column("Year", "date")),
            *(Column("Soldiers, of 1,000 people", "number"), Column("Year", "date")),
        ),
        rows=shown,
        note=f"Each number is of the last year its list tells.{of_none}",
        null_means="not listed by a loaded source",
        cites=cites,
        as_of=horizon(subject, cites),
        short_rows=40,
        basis=from_rows("The last known value of each member of the day.", rows, query, of=LEAST, count=len(shown),
            silent=len(silent), printed=[row.cells for row in shown]),
    )  # fmt: skip


def _row(code: str, held: dict[str, Asked], cites: tuple[str, ...]) -> Row:
    spending, people = held.get(_SHARE), held.get(_SOLDIERS)
    cells: tuple[Cell, ...] = (
        state(code).name,
        f"{spending['value']:.1%}" if spending else None,
        str(spending["year"]) if spending else None,
        _soldiers(people["value"], bool(spending and spending["value"])) if people else None,
        str(people["year"]) if people else None,
    )
    return Row(cells, tuple(sorted({row["source"] for row in held.values()})) or cites)


def _soldiers(share: float, has_forces: bool) -> str:
    """Soldiers of 1,000 people; of a list in thousands none is as few as it cannot tell."""
    return f"{share * 1000:.1f}" if share else f"{under_least(has_forces)} in all"
