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
    changes_in_window,
    changes_of,
    checked_year,
    deepest,
    forces_of,
    incidents_with,
    listed_sites_of,
    partners_of,
    running,
    texts_with,
)
from comity.brief.sites import last_edited
from comity.brief.subject import Subject
from comity.brief.texts import paired
from comity.brief.wording import said, sentence_start, years_text
from comity.vocab.states import state

_IN_EACH = (
    "In the chart an engagement that ran for years is in each of them. “Alone” is without the other of the two; one in "
    "which both took part is counted once, as “both”."
)


@section("Side by side", order=20, kinds=("comparison",))
def side_by_side(subject: Subject) -> list[Block]:
    """The two in the same rows; a chart of both; then state by state."""
    facts = _facts(subject)
    if not facts:
        text, cites = absence(subject, "engagement", "exercise", date(subject.window[0], 1, 1))
        return [Note(text=text, cites=cites, as_of=horizon(subject, cites))]
    return [_both(subject, facts), *_chart(subject), _by_state(subject, facts)]


def _facts(subject: Subject) -> list[Fact]:
    """Every act, text, force and incident counted here, each once."""
    held = [fact for of_power in _COUNTED for power in subject.states for fact in of_power(subject, power)]
    return list({id(fact): fact for fact in held}.values())


_STANDING = "Forces and bases standing when last checked"
_COUNTED = (acts_with, texts_with, forces_of, listed_sites_of, incidents_with)


def _both(subject: Subject, facts: list[Fact]) -> Table:
    one, two = subject.states
    lines = _lines(subject)
    rows, query = arms(subject)
    _, asked = changes(subject)
    changed = changes_in_window(subject)
    values = {name: cells for name, cells, _ in lines}
    bases = (from_rows("Arms delivered.", rows, query), from_rows("Changes of access.", changed, asked))
    basis = joined((rests_on(COUNTED_ONCE, facts, **values), *bases))
    return Table(
        title=f"What each has with the {len(subject.partners)} states, {years_text(subject.window)}",
        columns=(Column("What"), Column(state(one).name, "number"), Column(state(two).name, "number")),
        rows=tuple(Row((name, *cells), refs) for name, cells, refs in lines),
        note="Acts of several parties count once, and one that began earlier and ran on into these years counts. A "
        "text is in force as of the day it was last checked. Lists of the two powers’ acts are not equally full.",
        null_means="none listed, which is not the same as none",
        cites=tuple(sorted({source for *_, refs in lines for source in refs})),
        as_of=latest([fact for fact in facts if fact["start_date"]]),
        short_rows=24,
        basis=basis,
    )


Line = tuple[str, tuple[Cell, Cell], tuple[str, ...]]


def _lines(subject: Subject) -> list[Line]:
    """What the table says, with the sources of each line; nothing of what neither has."""
    instruments = sorted({fact["instrument"] for power in subject.states for fact in acts_with(subject, power)})
    acted = _sources_by(subject, acts_with)
    changed = tuple(sorted({row["source"] for row in changes_in_window(subject)}))
    found: list[tuple[str, Callable[[str], Cell], tuple[str, ...]]] = [
        ("Partners among them", lambda power: len(partners_of(subject, power)), acted),
        ("Engagements", lambda power: total(acts_with(subject, power), "instrument"), acted),
        *(
            (f"of them {said(word)}", partial(_of, subject, word=word), _sources_by(subject, partial(_acts, word=word)))
            for word in instruments
        ),
        (
            "Texts in force or declared",
            lambda power: len(paired(subject, texts_with(subject, power))),
            _sources_by(subject, texts_with),
        ),
        *(
            (name, partial(_number, subject, of_power), _sources_by(subject, of_power))
            for name, of_power in ((_STANDING, forces_of), (_undated_title(subject), listed_sites_of))
        ),
        (
            "Share of arms delivered, ten years",
            lambda power: _percent(arms_share(subject, power)),
            tuple(sorted({row["source"] for row in arms(subject)[0]})),
        ),
        (
            "Incidents with one of them",
            lambda power: len(incidents_with(subject, power)),
            _sources_by(subject, incidents_with),
        ),
        ("Its access refused or cut there", lambda power: len(changes_of(subject, power)), changed),
        ("Its access given back there", lambda power: len(changes_of(subject, power, back=True)), changed),
        ("Theirs refused or cut by it", lambda power: len(changes_of(subject, power, by_it=True)), changed),
        ("Theirs given back by it", lambda power: len(changes_of(subject, power, by_it=True, back=True)), changed),
    ]
    lines = [(name, _pair(subject, partial(_cell, count)), refs) for name, count, refs in found]
    return [line for line in lines if any(cell is not None for cell in line[1])]


def _undated_title(subject: Subject) -> str:
    found = [fact for power in subject.states for fact in listed_sites_of(subject, power)]
    return f"Sites that only a list without days names, last edited in {last_edited(found)}"


def _number(subject: Subject, of_power: Callable[[Subject, str], list[Fact]], power: str) -> int:
    return len(of_power(subject, power))


def _sources_by(subject: Subject, of_power: Callable[[Subject, str], list[Fact]]) -> tuple[str, ...]:
    return sources_of(fact for power in subject.states for fact in of_power(subject, power))


def _cell(count: Callable[[str], Cell], power: str) -> Cell:
    return count(power) or None


def _pair(subject: Subject, cell: Callable[[str], Cell]) -> tuple[Cell, Cell]:
    one, two = subject.states
    return cell(one), cell(two)


def _of(subject: Subject, power: str, word: str) -> int | None:
    return total(_acts(subject, power, word), "instrument") or None


def _acts(subject: Subject, power: str, word: str) -> list[Fact]:
    return [fact for fact in acts_with(subject, power) if fact["instrument"] == word]


def _chart(subject: Subject) -> list[Block]:
    """Engagements by year of each alone and of both, so that what both took part in is counted once."""
    by_power = [acts_with(subject, power) for power in subject.states]
    facts = {id(fact): fact for acts in by_power for fact in acts}
    everything = list(facts.values())
    names = *(f"{state(power).name} alone" for power in subject.states), "both"
    counts: list[Count] = []
    for year in range(subject.window[0], subject.as_of.year + 1):
        one, two, either = (total(running(subject, acts, year, year), "instrument") for acts in (*by_power, everything))
        parts = zip(names, (either - two, either - one, one + two - either), strict=True)
        counts += [Count(year, name, count) for name, count in parts if count]
    if not counts:
        return []
    totals: dict[int, int] = {}
    for each in counts:
        totals[each.year] = totals.get(each.year, 0) + each.count
    cites = sources_of(everything)
    return [
        Chart(
            title=f"Engagements by year, {span_text(subject, subject.window)}",
            unit="engagements",
            years=subject.window,
            categories=tuple(name for name in names if any(each.category == name for each in counts)),
            counts=tuple(counts),
            complete=frozenset(),
            description="Bars of engagements listed per year with states of the region.",
            cites=cites,
            as_of=latest(everything),
            basis=rests_on(COUNTED_ONCE, everything, counts={f"{c.year} {c.category}": c.count for c in counts},
                           totals=totals),
        ),
        Note(text=_IN_EACH, cites=cites, as_of=latest(everything), basis=Basis(COUNTED_ONCE)),
    ]  # fmt: skip


def _by_state(subject: Subject, facts: list[Fact]) -> Table:
    one, two = subject.states
    garrisoned = {fact["to_state"] for power in subject.states for fact in forces_of(subject, power)}
    ordered = sorted(
        subject.partners,
        key=lambda code: (
            code not in garrisoned,
            -sum(partners_of(subject, power)[code] for power in subject.states),
            code,
        ),
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
        note="States where forces of either are listed as standing come first. “Deepest” is the highest of alliance "
        "with a duty to fight, forces there, a text on access or visiting forces, on information, a framework, another "
        "text, acts alone, with the year of the last check; a site of a list without days does not count. “Arms” is "
        "the share of major arms delivered in ten years.",
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
    held += [fact for power in subject.states for fact in forces_of(subject, power) if fact["to_state"] == code]
    supplied = {row["source"] for row in arms(subject)[0] if row["to_state"] == code}
    return tuple(sorted({*sources_of(held), *supplied}))


def _percent(value: float | None) -> str | None:
    return None if value is None else f"{value:.0%}"
