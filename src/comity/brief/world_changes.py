"""What changed in the world since a year: the series then and now, what is listed, and the status of regimes."""

from __future__ import annotations

from comity.brief.blocks import Block, Column, Note, Row, Table
from comity.brief.knowledge import absence, horizon
from comity.brief.resting import from_rows
from comity.brief.seams import seams_told
from comity.brief.subject import Subject
from comity.brief.systemic import Told, listed_acts, series_basis, series_text, systemic, value_in
from comity.brief.wording import day_text, said, sentence_start, years_text
from comity.brief.world_marks import world_marks

Spans = tuple[tuple[int, int], tuple[int, int]]
_REGIMES = """
    SELECT * FROM core.regime_status WHERE start_date BETWEEN $since_day AND $on
    ORDER BY start_date DESC, name, source
"""


def world_changes(subject: Subject, spans: Spans) -> list[Block]:
    """The blocks of what changed, over the spans of years before and after; a note where nothing is known of both."""
    blocks = [*_series(subject, spans), *_listed(subject, spans), *_regimes(subject, spans)]
    if blocks:
        return blocks
    text, cites = absence(subject, "militarized dispute", "dispute")
    return [Note(text=text, cites=cites, as_of=horizon(subject, cites))]


def _series(subject: Subject, spans: Spans) -> list[Block]:
    """Each series in the last year before and in its last year known; those that end before are named in the note."""
    then = spans[0][1]
    held = [each for name, each in systemic(subject).items() if not name.startswith("listed_")]
    late = [each for each in held if each["horizon"] > then and each["values"].get(str(then)) is not None]
    if not late:
        return []
    ended = [f"{each['means']} ({each['horizon']})" for each in held if each["horizon"] <= then]
    cites = tuple(sorted({source for each in late for source in each["sources"]}))
    return [
        Table(
            title=f"The system of states in {then} and in the last year known",
            columns=(
                *(Column("What is measured"), Column(str(then), "number"), Column("Last known", "number")),
                Column("In", "date"),
            ),
            rows=tuple(
                Row(
                    (
                        sentence_start(each["means"]),
                        *(series_text(each, value_in(each, year)) for year in (then, each["horizon"])),
                        str(each["horizon"]),
                    ),
                    tuple(each["sources"]),
                )
                for each in late
            ),
            note=f"Not known after {then}, with the last year known: {'; '.join(ended)}." if ended else "",
            cites=cites,
            as_of=horizon(subject, cites),
            short_rows=26,
            basis=series_basis(subject, tuple(held), since=then, thousand=1000, agreements_since=1980),
        )
    ]


def _total(series: Told, span: tuple[int, int]) -> int:
    return sum(round(value) for year, value in series["values"].items() if value and span[0] <= int(year) <= span[1])


def _listed(subject: Subject, spans: Spans) -> list[Block]:
    """What lists name by instrument, in as many years before and after."""
    before, after = spans
    acts = {word: each for word, each in listed_acts(subject).items() if _total(each, before) or _total(each, after)}
    if not acts:
        return []
    counts = {word: (_total(each, before), _total(each, after)) for word, each in acts.items()}
    cites = tuple(sorted({source for each in acts.values() for source in each["sources"]}))
    marks = world_marks(subject, acts, (before[0], after[1]))
    rows = tuple(
        Row(
            (sentence_start(said(word)), early or None, late or None, f"{late - early:+d}"),
            tuple(acts[word]["sources"]),
        )
        for word, (early, late) in counts.items()
    )
    return [
        Table(
            title=f"Engagements that lists name in {years_text(before)} and in {years_text(after)}",
            columns=(
                *(Column("What"), Column(years_text(before), "number"), Column(years_text(after), "number")),
                Column("Change", "number"),
            ),
            rows=rows,
            note="In each year the list that names most is counted. A change of what is listed is not by itself a "
            f"change of what was done.{seams_told(marks)}",
            null_means="none listed, which is not the same as none",
            cites=cites,
            as_of=horizon(subject, cites),
            short_rows=20,
            basis=series_basis(subject, tuple(acts.values()), cells=[row.cells for row in rows],
                               marks=[seam.label for seam in marks], spans=[*before, *after, *(s.year for s in marks)]),
        )
    ]  # fmt: skip


def _regimes(subject: Subject, spans: Spans) -> list[Block]:
    """Confidence-building regimes of which a status began since, the latest first."""
    day = subject.as_of.replace(year=spans[1][0], month=1, day=1)
    rows, query = subject.asked(_REGIMES, since_day=day, on=subject.as_of)
    if not rows:
        return []
    cites = tuple(sorted({row["source"] for row in rows}))
    return [
        Table(
            title=f"Confidence-building regimes with a new status since {spans[1][0]}",
            columns=(Column("Day", "date"), Column("Regime"), Column("Status")),
            rows=tuple(
                Row(
                    (day_text(row["start_date"], row["start_precision"]), row["name"], said(row["status"])),
                    (row["source"],),
                    verification=row["verification"],
                )
                for row in rows
            ),
            cites=cites,
            as_of=horizon(subject, cites),
            short_rows=20,
            basis=from_rows("Statuses begun since.", rows, query, since=spans[1][0]),
        )
    ]
