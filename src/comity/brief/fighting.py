"""Years in which two states fought each other, by lists of armed conflicts: they reach further than lists of wars.

A conflict is listed for a year in which at least 25 people died in battle; a year without one is no year of peace.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from comity.brief.basis import Query, joined
from comity.brief.blocks import Block, Column, Row, Sentence, Table
from comity.brief.knowledge import coverage_basis, horizon, is_complete, span_known, title
from comity.brief.resting import from_rows
from comity.brief.subject import Subject, once
from comity.brief.wording import listed, sentence_start, years_text
from comity.vocab.states import state

_FOUGHT = """
    SELECT fact, from_state, to_state, year, value, source FROM core.dyad_year_fact
    WHERE fact IN ('interstate_conflict', 'interstate_conflict_intensity', 'conflict_troop_opposition') AND value > 0
      AND list_contains($pair, from_state) AND list_contains($pair, to_state) AND year <= $year
    ORDER BY source, fact, from_state, year
"""
_BETWEEN, _DEADLY, _TROOPS = "interstate_conflict", "interstate_conflict_intensity", "conflict_troop_opposition"
_A_THOUSAND_DEAD = 2  # the list's code for a year of 1,000 deaths in battle or more; 1 is 25 to 999
Told = dict[str, Any]


def fought_sentence(subject: Subject) -> Sentence | None:
    """In which years the two fought, as one statement; None where no loaded list has such a year."""
    rows, query = _fought(subject)
    if not rows:
        return None
    source = rows[-1]["source"]
    told = [
        f"{words} in {listed([years_text(run) for run in runs(row['year'] for row in held)])}"
        for words, held in (
            ("an armed conflict between the two", _of(rows, source, _BETWEEN)),
            ("troops of one against the other", _of(rows, source, _TROOPS)),
        )
        if held
    ]
    deadly = [row["year"] for row in _of(rows, source, _DEADLY) if row["value"] == _A_THOUSAND_DEAD]
    if deadly:
        told.append(f"1,000 or more deaths in battle in {listed([years_text(run) for run in runs(deadly)])}")
    who = sentence_start(title(subject, source))
    text = f"{who} lists {listed(told)}. {span_known(subject, source, 'conflict')}".strip()
    sure = (
        ("high", "a source that holds itself complete reaches this day")
        if is_complete(subject, "conflict")
        else ("moderate", "the list holds itself complete, and ends before this day")
    )
    how = "Years in which the two stood on opposite sides of an armed conflict; the years that the list covers."
    basis = joined((from_rows(how, rows, query, least_deaths=1000), coverage_basis(subject, "conflict")))
    return Sentence(text, (source,), *sure, "a later edition of the list of conflicts", basis)


def fought_table(subject: Subject) -> list[Block]:
    """The same as a table, one row for each run of years; no block where there is none."""
    rows, query = _fought(subject)
    made = []
    for source in sorted({row["source"] for row in rows}):
        deadly = {row["year"]: row["value"] for row in _of(rows, source, _DEADLY)}
        for run in runs(row["year"] for row in _of(rows, source, _BETWEEN)):
            made.append((run, source, "between the two states", _deaths(run, deadly)))
        for one, two in sorted({(row["from_state"], row["to_state"]) for row in _of(rows, source, _TROOPS)}):
            held = [row["year"] for row in _of(rows, source, _TROOPS) if row["from_state"] == one]
            words = f"troops of {state(one).name} against {state(two).name}"
            made += [(run, source, words, None) for run in runs(held)]
    if not made:
        return []
    cites = tuple(sorted({row["source"] for row in rows}))
    made.sort(key=lambda each: (-each[0][1], -each[0][0], each[1:3]))
    return [
        Table(
            title="Years of armed conflict with these states on opposite sides",
            columns=(Column("Years", "date"), Column("Conflict"), Column("Deaths in battle a year")),
            rows=tuple(
                Row(cells=(years_text(run), words, deaths), refs=(source,)) for run, source, words, deaths in made
            ),
            note="Listed are years of at least 25 deaths in battle; a year that is not listed is no year of peace.",
            cites=cites,
            as_of=horizon(subject, cites),
            basis=from_rows("Runs of years of armed conflict.", rows, query, least=25, below_many=999, many=1000),
        )
    ]


def runs(years: Iterable[int]) -> list[tuple[int, int]]:
    """Runs of years without a gap, the first and the last of each.

    >>> runs([2014, 2015, 2022, 2015])
    [(2014, 2015), (2022, 2022)]
    """
    made: list[tuple[int, int]] = []
    for year in sorted(set(years)):
        if made and year == made[-1][1] + 1:
            made[-1] = (made[-1][0], year)
        else:
            made.append((year, year))
    return made


@once
def _fought(subject: Subject) -> tuple[list[Told], Query]:
    return subject.asked(_FOUGHT, pair=list(subject.states), year=subject.as_of.year)


def _of(rows: Sequence[Told], source: str, fact: str) -> list[Told]:
    return [row for row in rows if row["source"] == source and row["fact"] == fact]


def _deaths(run: tuple[int, int], deadly: dict[int, float]) -> str | None:
    """How many died in battle in the years of a run, as far as the list codes it."""
    held = {deadly[year] for year in range(run[0], run[1] + 1) if year in deadly}
    if not held:
        return None
    most = "1,000 or more" if _A_THOUSAND_DEAD in held else "25 to 999"
    return most if len(held) == 1 else f"25 to 999, in some years {most}"
