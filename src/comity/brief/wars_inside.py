"""Armed conflicts of governments with parties that are no states: of which, in which years, with how many deaths."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from comity.brief.basis import Basis, Query
from comity.brief.blocks import Block, Column, Row, Table
from comity.brief.fighting import MOST_SPELLS, runs
from comity.brief.knowledge import horizon
from comity.brief.resting import from_rows
from comity.brief.subject import Subject, once
from comity.brief.wording import counted, listed, unique, years_text
from comity.vocab.states import state

# The list names the state whose government fights first; the others that take part follow. Lists of wars that tell no
# deaths of a year have another threshold, and are not mixed with those that do.
_INSIDE = """
    SELECT source, conflict, year, parties[1] AS state, len(parties) - 1 AS others, intensity_level, death_count
    FROM core.conflict_year
    WHERE conflict_kind IN ('intrastate', 'internationalized_intrastate') AND year <= $year AND len(parties) > 0
      AND (intensity_level IS NOT NULL OR death_count IS NOT NULL)
      AND {of_subject}
    ORDER BY source, conflict, year
"""
NO_STATES = "parties that are no states"
Told = dict[str, Any]


@dataclass(frozen=True)
class Inside:
    """The years in which one government fought parties that are no states, wherever that was.

    `deaths` is by year where a list counts them, all conflicts of the government added.
    """

    state: str
    years: tuple[int, ...]
    sources: tuple[str, ...]
    deaths: tuple[tuple[int, int], ...]
    others: int


def inside_table(subject: Subject) -> list[Block]:
    """Armed conflicts of governments with parties that are no states, one row each; no block where there is none."""
    found = inside(subject) if subject.kind == "state" else inside_recent(subject)
    if not found:
        return []
    shown = found[:MOST_SPELLS]
    cites = tuple(sorted({source for each in shown for source in each.sources}))
    left = len(found) - len(shown)
    more = f" {counted(left, 'government')} with fewer deaths not listed here." if left else ""
    return [
        Table(
            title=f"Armed conflict of governments with {NO_STATES}",
            columns=(
                *(Column("Government of"), Column("Years"), Column("Deaths in battle", "number"), Column("In", "date")),
                Column("Most", "date"),
                Column("Other states in it", "number"),
            ),
            rows=tuple(_inside_row(subject, each) for each in shown),
            note="All such conflicts of a government together, in years of at least 25 deaths in battle in one of "
            f"them. Deaths are added over the years in which they are told, of those of the brief where there are any; "
            f"other states that take part are of the last year told.{more}",
            null_means="no list tells it",
            cites=cites,
            as_of=horizon(subject, cites),
            short_rows=8,
            basis=inside_basis(subject, least=25, left=left),
        )
    ]


def _inside_row(subject: Subject, each: Inside) -> Row:
    toll = _toll(each)
    return Row(
        cells=(
            state(each.state).name,
            years_told(subject, each, with_deaths=False),
            toll.deaths if toll else None,
            years_text(toll.years) if toll else str(each.years[-1]),
            f"{toll.worst}: {toll.most:,}" if toll else None,
            each.others or None,
        ),
        refs=each.sources,
    )


@once
def inside(subject: Subject) -> list[Inside]:
    """Governments in armed conflict with parties that are no states in any year, most deaths told first."""
    rows = inside_rows(subject)[0]
    by_state: dict[str, list[Told]] = defaultdict(list)
    for row in rows:
        by_state[row["state"]].append(row)
    return sorted((_inside_of(code, held, subject.window[0]) for code, held in by_state.items()), key=_weight)


def inside_recent(subject: Subject) -> list[Inside]:
    """Those with a year in the window; a pair has none of its own."""
    if subject.kind == "pair":
        return []
    return [each for each in inside(subject) if each.years[-1] >= subject.window[0]]


def _weight(each: Inside) -> tuple[int, int, str]:
    return (-sum(count for _, count in each.deaths), -each.years[-1], each.state)


def _inside_of(code: str, rows: Sequence[Told], first: int) -> Inside:
    """The years of one state; its sources and deaths are those from a year on, where there are any."""
    deaths: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    recent = [row for row in rows if row["year"] >= first] or rows
    for row in recent:
        if row["death_count"] is not None:
            deaths[row["year"]][row["source"]] += row["death_count"]
    last = max(row["year"] for row in rows)
    return Inside(
        code,
        tuple(sorted({row["year"] for row in rows})),
        unique(sorted(row["source"] for row in recent)),
        tuple((year, max(counts.values())) for year, counts in sorted(deaths.items())),
        max(row["others"] for row in rows if row["year"] == last),
    )


@once
def inside_rows(subject: Subject) -> tuple[list[Told], Query]:
    """Each such conflict of the states of the subject by year, of the world all."""
    is_all = subject.kind == "world"
    asked = _INSIDE.format(of_subject="true" if is_all else "list_contains($near, parties[1])")
    return subject.asked(asked, year=subject.as_of.year, **({} if is_all else {"near": list(subject.states)}))


def years_told(subject: Subject, each: Inside, *, with_deaths: bool = True) -> str:
    """The runs of years that reach the window, of a state in a table all; with the deaths of the years told."""
    spans = runs(each.years)
    near = [run for run in spans if run[1] >= subject.window[0]] if with_deaths or subject.kind != "state" else spans
    told = listed([years_text(run) for run in near])
    return f"{told}{deaths_told(each)}" if with_deaths else told


def deaths_told(each: Inside) -> str:
    """The deaths of the years told, in brackets of a sentence, and the year of most; nothing where none are told."""
    toll = _toll(each)
    if toll is None:
        return ""
    most = "" if toll.years[0] == toll.years[1] else f", most in {toll.worst}: {toll.most:,}"
    return f" ({toll.deaths:,} deaths in battle in {years_text(toll.years)}{most})"


@dataclass(frozen=True, slots=True)
class _Toll:
    """The deaths in battle of the years in which they are told, and the year of most."""

    deaths: int
    years: tuple[int, int]
    worst: int
    most: int


def _toll(each: Inside) -> _Toll | None:
    if not each.deaths:
        return None
    worst, most = max(each.deaths, key=lambda told: told[1])
    years = each.deaths[0][0], each.deaths[-1][0]
    return _Toll(sum(count for _, count in each.deaths), years, worst, most)


def inside_basis(subject: Subject, **values: Any) -> Basis:
    """What words on them rest on: each conflict by year, and the sums of deaths."""
    rows, query = inside_rows(subject)
    tolls = {each.state: _toll(each) for each in inside(subject)}
    sums = {code: asdict(toll) for code, toll in tolls.items() if toll is not None}
    how = f"Conflicts of a government with {NO_STATES} by year, their deaths added; of two lists the higher sum a year."
    return from_rows(how, rows, query, sums=sums, window=list(subject.window), **values)
