"""The world: systemic series, what changed, where it is tense, and what is known to help."""

from __future__ import annotations

from collections.abc import Sequence

from comity.brief.basis import Basis
from comity.brief.blocks import Block, Chart, Column, Count, Note, Row, Table
from comity.brief.fighting import fought_table
from comity.brief.knowledge import absence, horizon
from comity.brief.ledger_words import verdicts_table
from comity.brief.registry import section
from comity.brief.resting import from_rows
from comity.brief.seams import seams_told
from comity.brief.subject import Subject
from comity.brief.systemic import Told, before, listed_acts, series_basis, series_text, systemic, value_in
from comity.brief.tense import HIGHEST, YEARS, deaths_text, last_text, tense_pairs
from comity.brief.verdicts import entries
from comity.brief.wars_inside import inside_table
from comity.brief.wording import day_text, said, sentence_start, shortened
from comity.brief.world_marks import world_marks
from comity.vocab.states import state

CHART_YEARS = 60
AGO = 10
_SUSPENDED = """
    WITH left_by AS (
        SELECT source, agreement, list({party: party, day: end_date} ORDER BY end_date, party) AS leavers
        FROM core.agreement_party AS p WHERE party_kind = 'state' AND end_date <= $on AND EXISTS (
            FROM core.agreement AS a WHERE a.source = p.source AND a.agreement = p.agreement
              AND coalesce(a.end_date > p.end_date, true))
        GROUP BY ALL)
    SELECT regime.*, leavers FROM core.regime_status AS regime LEFT JOIN left_by USING (source, agreement)
    WHERE (list_contains($statuses, status) OR leavers IS NOT NULL) AND coalesce(start_date <= $on, true)
      AND coalesce(regime.end_date >= $on, true) ORDER BY start_date DESC NULLS LAST, name, source
"""


@section("Systemic series", order=20, kinds=("world",))
def systemic_series(subject: Subject) -> list[Block]:
    """Each series at its last known year and ten years before; each has an end of its own."""
    known = systemic(subject)
    left = {"alliance_density"} if "has_alliance_share" in known else set()  # one share, worked out twice
    held = [each for name, each in known.items() if not name.startswith("listed_") and name not in left]
    if not held:
        text, cites = absence(subject, "militarized dispute", "dispute")
        return [Note(text=text, cites=cites, as_of=horizon(subject, cites))]
    return [_series_table(subject, held, "The system of states, to the last year known")]


def _series_table(subject: Subject, held: Sequence[Told], title: str) -> Table:
    rows = tuple(_series_row(each) for each in held)
    cites = tuple(sorted({key for row in rows for key in row.refs}))
    return Table(
        title=title,
        columns=(
            *(Column("What is measured"), Column("Value", "number"), Column("In", "date")),
            *(Column("Ten years before", "number"), Column("Highest", "number"), Column("In", "date")),
        ),
        rows=rows,
        note="A rate or share is told only of years in which nearly all pairs are known. Highest since 1946.",
        null_means="not known then",
        cites=cites,
        as_of=horizon(subject, cites),
        short_rows=26,
        basis=series_basis(subject, tuple(held), since=1946, thousand=1000, agreements_since=1980),
    )


def _series_row(series: Told) -> Row:
    last, then = series["horizon"], before(series, AGO)
    known = {int(year): value for year, value in series["values"].items() if value is not None}
    top = max(known, key=lambda year: (known[year], year))
    return Row(
        cells=(
            series["means"][:1].upper() + series["means"][1:],
            series_text(series, value_in(series, last)),
            str(last),
            None if then is None else series_text(series, value_in(series, then)),
            series_text(series, known[top]),
            str(top),
        ),
        refs=tuple(series["sources"]),
    )


@section("What is done", order=30, kinds=("world",))
def what_is_done(subject: Subject) -> list[Block]:
    """What lists name by year and instrument; a rise of the lists is not one of what is done."""
    charted = listed_acts(subject)
    if not charted:
        return []
    first = max(subject.as_of.year - CHART_YEARS + 1, 1946)
    counts = [
        Count(int(year), word, round(value))
        for word, series in charted.items()
        for year, value in series["values"].items()
        if value and first <= int(year)
    ]
    sources = tuple(sorted({key for series in charted.values() for key in series["sources"]}))
    years = (min(count.year for count in counts), max(count.year for count in counts))
    marks = world_marks(subject, charted, years)
    return [
        Chart(
            title=f"Engagements that lists name, {years[0]}–{years[1]}",
            unit="engagements",
            years=years,
            categories=tuple(charted),
            counts=tuple(counts),
            complete=frozenset(),
            description="Bars of engagements by instrument, of each the list that names most. The lists grow fuller."
            f"{seams_told(marks)}",
            seams=marks,
            cites=sources,
            as_of=horizon(subject, sources),
            basis=series_basis(subject, tuple(charted.values()), totals=_totals(counts)),
        )
    ]


def _totals(counts: Sequence[Count]) -> dict[int, int]:
    held: dict[int, int] = {}
    for count in counts:
        held[count.year] = held.get(count.year, 0) + count.count
    return held


@section("Where it is tense", order=50, kinds=("world",))
def where_it_is_tense(subject: Subject) -> list[Block]:
    """Pairs on opposite sides of late, armed conflicts, and confidence-building that was suspended or ended."""
    rows, basis = tense_pairs(subject)
    blocks: list[Block] = []
    if rows:
        cites = tuple(sorted({key for row in rows for key in row["sources"]}))
        blocks.append(
            Table(
                title=f"Pairs that went furthest against each other in what is listed, last {YEARS} years",
                columns=(
                    *(Column("Pair"), Column("Deaths in battle (years)", "number"), Column("Incidents", "number")),
                    Column("Last", "date"),
                    *(Column("Injured", "number"), Column("Killed", "number")),
                ),
                rows=tuple(_tense_row(row) for row in rows),
                note="By how far it went: armed conflicts by what goes on, then the latest; other pairs by deaths, "
                "then by how often shots or deaths are told of. Injured and killed are what reports of incidents "
                "between these two alone add up to, and are not told where a war of the two has no number; deaths in "
                "battle are the best estimates of a list of armed conflicts, which ends before this day. What goes on "
                "was not over when last told. Lists watch some regions more than others.",
                null_means="no list tells it",
                cites=cites,
                as_of=horizon(subject, cites),
                basis=Basis(basis.how, basis.queries, basis.rows, (*basis.values, ("years", YEARS))),
            )
        )
    return [*blocks, *fought_table(subject), *inside_table(subject), *_ended_regimes(subject)]


def _tense_row(row: Told) -> Row:
    return Row(
        cells=(
            f"{row['name_a']} – {row['name_b']}",
            deaths_text(row),
            row["incident_count"],
            last_text(row),
            row["injured_count"],
            row["killed_count"],
        ),
        refs=row["sources"],
        group=sentence_start(HIGHEST[row["level"]]),
    )


def _ended_regimes(subject: Subject) -> list[Block]:
    statuses = ["suspended", "terminated"]
    rows, query = subject.asked(_SUSPENDED, statuses=statuses, on=subject.as_of)
    if not rows:
        return []
    cites = tuple(sorted({row["source"] for row in rows}))
    return [
        Table(
            title="Confidence-building regimes suspended, ended or left by a party",
            columns=(
                *(Column("Regime"), Column("Status"), Column("Status since", "date")),
                *(Column("Left by"), Column("Checked", "date")),
            ),
            rows=tuple(
                Row(
                    cells=(
                        row["name"],
                        said(row["status"]),
                        day_text(row["start_date"], row["start_precision"]),
                        _leavers(row),
                        day_text(row["known_until"], "month"),
                    ),
                    refs=(row["source"],),
                    verification=row["verification"],
                    details=(row["summary"],) if row["summary"] else (),
                )
                for row in rows
            ),
            cites=cites,
            as_of=horizon(subject, cites),
            basis=from_rows("Regimes whose status on the day is one of these, or that a party left.", rows, query),
        )
    ]


def _leavers(row: Told) -> str | None:
    """Which states left a regime, with the year of each."""
    held = [f"{state(each['party']).name} ({each['day'].year})" for each in row["leavers"] or ()]
    return shortened(held) if held else None


@section("What was tested", order=64, kinds=("world",))
def known_to_help(subject: Subject) -> list[Block]:
    """Claims with any verdict but unknown, the supported first; the unknown are counted and not listed."""
    order = {"supported": 0, "mixed": 1, "contradicted": 2}
    held = [each for each in entries(subject) if each.word in order]
    ranked = tuple(sorted(held, key=lambda each: (order[each.word], each.number)))
    return [verdicts_table(ranked, "Claims that were tested, and are not left unknown")]
