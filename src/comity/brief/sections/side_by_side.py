"""Two outside powers side by side in a region: instruments, partners, trend, depth and dependence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from comity.brief.access_changes import changes
from comity.brief.basis import Basis, joined
from comity.brief.blocks import Block, Cell, Chart, Column, Count, Note, Row, Table
from comity.brief.facts import Fact, sources_of
from comity.brief.knowledge import absence, horizon, latest
from comity.brief.region_judgements import total
from comity.brief.registry import section
from comity.brief.resting import COUNTED_ONCE, from_rows, rests_on
from comity.brief.sections.acts import span_text
from comity.brief.sides import (
    RUNGS,
    acts_with,
    arms,
    arms_share,
    changes_of,
    checked_year,
    deepest,
    forces_of,
    incidents_with,
    partners_of,
    running,
    texts_with,
)
from comity.brief.subject import Subject
from comity.brief.texts import paired
from comity.brief.wording import said, sentence_start, years_text
from comity.vocab.states import state

_IN_EACH = "In the chart an engagement that ran for years is in each of them; one in which both took part is in both."


@section("Side by side", order=20, kinds=("comparison",))
def side_by_side(subject: Subject) -> list[Block]:
    """The two in the same rows; a chart of both; then state by state."""
    facts = _facts(subject)
    if not facts:
        text, cites = absence(subject, "engagement", "exercise", date(subject.window[0], 1, 1))
        return [Note(text=text, cites=cites, as_of=horizon(subject, cites))]
    return [_both(subject, facts), *_chart(subject), _by_state(subject, facts)]


def _facts(subject: Subject) -> list[Fact]:
    """Every act, text and incident counted here, each once."""
    held = [
        fact
        for power in subject.states
        for fact in (*acts_with(subject, power), *texts_with(subject, power), *incidents_with(subject, power))
    ]
    return list({id(fact): fact for fact in held}.values())


def _both(subject: Subject, facts: list[Fact]) -> Table:
    one, two = subject.states
    lines = _lines(subject)
    rows, query = arms(subject)
    changed, asked = changes(subject)
    cites = tuple(sorted({*sources_of(facts), *(row["source"] for row in (*rows, *changed))}))
    values = dict(lines)
    bases = (from_rows("Arms delivered.", rows, query), from_rows("Changes of access.", changed, asked))
    basis = joined((rests_on(COUNTED_ONCE, facts, **values), *bases))
    return Table(
        title=f"What each has with the {len(subject.partners)} states, {years_text(subject.window)}",
        columns=(Column("What"), Column(state(one).name, "number"), Column(state(two).name, "number")),
        rows=tuple(Row((name, *cells), cites) for name, cells in lines if any(cell is not None for cell in cells)),
        note="Acts of several parties count once, and one that began earlier and ran on into these years counts. A "
        "text is in force as of the day it was last checked. Lists of the two powers’ acts are not equally full.",
        null_means="none listed, which is not the same as none",
        cites=cites,
        as_of=latest([fact for fact in facts if fact["start_date"]]),
        short_rows=24,
        basis=basis,
    )


def _lines(subject: Subject) -> list[tuple[str, tuple[Cell, Cell]]]:
    instruments = sorted({fact["instrument"] for power in subject.states for fact in acts_with(subject, power)})
    lines: list[tuple[str, tuple[Cell, Cell]]] = [
        ("Partners among them", _pair(subject, lambda power: len(partners_of(subject, power)) or None)),
        ("Engagements", _pair(subject, lambda power: total(acts_with(subject, power), "instrument") or None)),
    ]
    lines += [(f"of them {said(word)}", _pair(subject, partial(_of, subject, word=word))) for word in instruments]
    return [
        *lines,
        (
            "Texts in force or declared",
            _pair(subject, lambda power: len(paired(subject, texts_with(subject, power))) or None),
        ),
        ("Forces and bases listed", _pair(subject, lambda power: len(forces_of(subject, power)) or None)),
        ("Share of arms delivered, ten years", _pair(subject, lambda power: _percent(arms_share(subject, power)))),
        ("Incidents with one of them", _pair(subject, lambda power: len(incidents_with(subject, power)) or None)),
        ("Access refused, lost or given back", _pair(subject, lambda power: len(changes_of(subject, power)) or None)),
    ]


def _pair(subject: Subject, cell: Callable[[str], Cell]) -> tuple[Cell, Cell]:
    one, two = subject.states
    return cell(one), cell(two)


def _of(subject: Subject, power: str, word: str) -> int | None:
    return total([fact for fact in acts_with(subject, power) if fact["instrument"] == word], "instrument") or None


def _chart(subject: Subject) -> list[Block]:
    """Engagements by year of each; an act of both counts for each."""
    held: dict[tuple[int, str], int] = {}
    facts: dict[int, Fact] = {}
    for power in subject.states:
        acts = acts_with(subject, power)
        facts |= {id(fact): fact for fact in acts}
        for year in range(subject.window[0], subject.as_of.year + 1):
            count = total(running(subject, acts, year, year), "instrument")
            if count:
                held[year, state(power).name] = count
    if not held:
        return []
    counts = tuple(Count(year, name, count) for (year, name), count in sorted(held.items()))
    totals: dict[int, int] = {}
    for each in counts:
        totals[each.year] = totals.get(each.year, 0) + each.count
    cites = sources_of(facts.values())
    return [
        Chart(
            title=f"Engagements by year, {span_text(subject, subject.window)}",
            unit="engagements",
            years=subject.window,
            categories=tuple(state(power).name for power in subject.states),
            counts=counts,
            complete=frozenset(),
            description="Bars of engagements listed per year with states of the region.",
            cites=cites,
            as_of=latest(facts.values()),
            basis=rests_on(COUNTED_ONCE, facts.values(), counts={f"{c.year} {c.category}": c.count for c in counts},
                           totals=totals),
        ),
        Note(text=_IN_EACH, cites=cites, as_of=latest(facts.values()), basis=Basis(COUNTED_ONCE)),
    ]  # fmt: skip


def _by_state(subject: Subject, facts: list[Fact]) -> Table:
    one, two = subject.states
    ordered = sorted(
        subject.partners,
        key=lambda code: (-sum(partners_of(subject, power)[code] for power in subject.states), code),
    )
    rows = tuple(Row(_cells(subject, code), _sources(subject, code) or sources_of(facts)) for code in ordered)
    arms_rows, query = arms(subject)
    values = {row.cells[0]: row.cells for row in rows}
    short = (one, two)
    return Table(
        title="State by state",
        columns=(
            Column("State"),
            *(Column(f"Acts, {code}", "number") for code in short),
            *(Column(f"Deepest, {code}") for code in short),
            *(Column(f"Arms, {code}", "number") for code in short),
        ),
        rows=rows,
        note="“Deepest” is the highest of alliance with a duty to fight, access or visiting forces, information, "
        "framework, another text, acts alone, with the year in which the text was last checked. “Arms” is the share of "
        "major arms delivered in ten years.",
        null_means="none listed, or no arms delivered",
        cites=tuple(sorted({key for row in rows for key in row.refs})),
        as_of=horizon(subject, sources_of(facts)),
        short_rows=30,
        basis=joined((rests_on(COUNTED_ONCE, facts, by_state=values), from_rows("Arms delivered.", arms_rows, query))),
    )


def _cells(subject: Subject, code: str) -> tuple[Cell, ...]:
    acts = [partners_of(subject, power)[code] or None for power in subject.states]
    deep = [_deepest(subject, power, code) for power in subject.states]
    shares = [_percent(arms_share(subject, power, code)) for power in subject.states]
    return (state(code).name, *acts, *deep, *shares)


def _deepest(subject: Subject, power: str, code: str) -> str | None:
    rung, texts = deepest(subject, power, code)
    year = checked_year(subject, texts)
    return (f"{sentence_start(RUNGS[rung])}{f' ({year})' if year else ''}") if rung else None


def _sources(subject: Subject, code: str) -> tuple[str, ...]:
    held = [fact for power in subject.states for fact in acts_with(subject, power, code)]
    held += [fact for power in subject.states for fact in texts_with(subject, power, code)]
    supplied = {row["source"] for row in arms(subject)[0] if row["to_state"] == code}
    return tuple(sorted({*sources_of(held), *supplied}))


def _percent(value: float | None) -> str | None:
    return None if value is None else f"{value:.0%}"
