"""Fields of a topic: what grows, which texts stand, which series run, and who is in."""

from __future__ import annotations

from comity.brief.basis import joined
from comity.brief.blocks import Block, Chart, Column, Count, Note, Row, Table
from comity.brief.evidence import refs
from comity.brief.facts import Fact, by_year, sources_of
from comity.brief.fields import acts_of, channels_of, counted_of, foremost, series_of, texts_of, topic_fields, who_is_in
from comity.brief.knowledge import absence, checked, horizon, latest
from comity.brief.ledger_words import entries_on, verdicts_table
from comity.brief.registry import section
from comity.brief.resting import COUNTED_ONCE, from_rows, rests_on
from comity.brief.said_parties import more_said, parties_told
from comity.brief.sections.acts import span_text
from comity.brief.subject import Subject
from comity.brief.wording import day_text, said, sentence_start, unique, years_text
from comity.vocab.states import state

FIRST_YEAR = 2000
MOST_ROWS = 25
MOST_STATES = 25


@section("What is growing", order=20, kinds=("topic",))
def growing(subject: Subject) -> list[Block]:
    """Engagements by year and field; an engagement of two fields counts in both."""
    fields = [field.name for field in topic_fields(subject)]
    held = {name: [fact for fact in acts_of(subject, name) if fact.year >= FIRST_YEAR] for name in fields}
    counts = [Count(year, name, count) for name, facts in held.items() for year, count in _by_year(facts).items()]
    if not counts:
        text, cites = absence(subject, "engagement", "exercise")
        return [Note(text=text, cites=cites, as_of=horizon(subject, cites))]
    facts = list({id(fact): fact for each in held.values() for fact in each}.values())
    years = (min(count.year for count in counts), subject.as_of.year)
    totals: dict[int, int] = {}
    for count in counts:
        totals[count.year] = totals.get(count.year, 0) + count.count
    values = {f"{count.year} {count.category}": count.count for count in counts}
    return [
        Chart(
            title=f"Engagements by year and field, {span_text(subject, years)}",
            unit="engagements",
            years=years,
            categories=tuple(name for name in fields if held[name]),
            counts=tuple(sorted(counts, key=lambda count: (count.year, count.category))),
            complete=frozenset(),
            description="Bars of engagements listed per year by field. No list of these fields holds itself complete, "
            "and attention to them grows: a rise is also one of what is written down. An exercise of more than two "
            "domains counts only where its name says the field.",
            cites=sources_of(facts),
            as_of=latest(facts),
            basis=rests_on(COUNTED_ONCE, facts, totals=totals, before=sum(totals.values()), **values),
        )
    ]


def _by_year(facts: list[Fact]) -> dict[int, int]:
    """Counts per year over all instruments, in each the source that lists most."""
    held: dict[int, int] = {}
    for (year, _), count in by_year(facts, "instrument").items():
        held[year] = held.get(year, 0) + count
    return held


@section("Norms and texts", order=30, kinds=("topic",))
def norms(subject: Subject) -> list[Block]:
    """Texts that stood when last checked, field by field, then the channels."""
    held = [(field.name, fact) for field in topic_fields(subject) for fact in texts_of(subject, field.name)]
    lines = [(field.name, fact) for field in topic_fields(subject) for fact in channels_of(subject, field.name)]
    if not held and not lines:
        return []
    facts = [fact for _, fact in (*held, *lines)]
    return [
        Table(
            title="Texts in force, declared or signed, and channels, when last checked",
            columns=(
                Column("Text"),
                Column("Parties"),
                Column("Since", "date"),
                Column("Kind"),
                Column("Checked", "date"),
            ),
            rows=tuple(_text_row(subject, name, fact) for name, fact in (*held, *lines)),
            note="“Checked” is the last day for which the source vouches. A text is found by its name; one that does "
            "not say its field in its name is missed. Parties are those that the register lists, after the number of "
            "states by its summary where that is larger.",
            cites=sources_of(facts),
            as_of=checked(facts),
            short_rows=30,
            basis=rests_on(
                "Texts in force, signed or declared, and channels, whose name says the field.",
                facts,
                by_record={fact.item: said.count for fact in facts if (said := more_said(fact))},
            ),
        )
    ]


def _text_row(subject: Subject, name: str, fact: Fact) -> Row:
    begun = day_text(fact["start_date"], fact["start_precision"])
    signed = day_text(fact.row.get("signed_date"), fact.row.get("signed_precision"))
    return Row(
        cells=(
            fact["name"] or f"{said(fact['agreement_kind']).capitalize()} {fact.item}",
            parties_told(subject, fact, 3),
            begun or (f"signed {signed}" if signed else None),
            said(fact.row.get("agreement_kind") or fact.row["channel_kind"]),
            day_text(fact["known_until"], "month"),
        ),
        refs=refs(subject, fact),
        group=sentence_start(name),
        verification=fact.row.get("verification") or "",
    )


@section("Series and meetings", order=40, kinds=("topic",))
def series_and_meetings(subject: Subject) -> list[Block]:
    """Series that run, with how often and until when; those held most first in each field."""
    rows, bases = [], []
    for field in topic_fields(subject):
        listed, query = series_of(subject, field.name)
        # Nothing tells when a series without an edition began: on an earlier day it may not have been there.
        found = [row for row in listed if row["edition_count"] or subject.year is None]
        bases.append(from_rows("Series of the field, and the editions listed.", found, query))
        for row in found[:MOST_ROWS]:
            fact = Fact("series", row["source"], row["series"], row, (), query)
            cells = (row["name"], said(row["instrument"] or "several kinds"), row["edition_count"], _span(row))
            rows.append(Row(cells, refs(subject, fact), sentence_start(field.name), row["verification"] or ""))
    if not rows:
        return []
    cites = unique(key for row in rows for key in row.refs)
    return [
        Table(
            title="Series of the fields",
            columns=(Column("Series"), Column("Kind"), Column("Editions listed", "number"), Column("Years", "date")),
            rows=tuple(rows),
            cites=cites,
            as_of=f"editions listed to {subject.as_of.year}",
            short_rows=24,
            basis=joined(bases),
        )
    ]


def _span(row: dict[str, object]) -> str | None:
    first, last = row["first_year"], row["last_year"]
    return years_text((first, last)) if isinstance(first, int) and isinstance(last, int) else None


@section("Who is in", order=45, kinds=("topic",))
def who_takes_part(subject: Subject) -> list[Block]:
    """States by how many acts of the window and standing texts they are in, field by field."""
    names = [field.name for field in topic_fields(subject)]
    facts = {name: counted_of(subject, name) for name in names}
    held = {name: who_is_in(found) for name, found in facts.items()}
    sums = {code: sum(held[name][code] for name in names) for code in {c for name in names for c in held[name]}}
    ranked = sorted(sums, key=lambda code: (-sums[code], state(code).name))
    if not ranked:
        return []
    everything = list({id(fact): fact for found in facts.values() for fact in found}.values())
    cites = sources_of(everything)
    named = {code for name in names for code in foremost(held[name])}
    shown = [code for place, code in enumerate(ranked) if place < MOST_STATES or code in named]
    left = len(ranked) - len(shown)
    return [
        Table(
            title=f"States in most acts of {years_text(subject.window)} and standing texts",
            columns=(Column("State"), *(Column(sentence_start(_short(name)), "number") for name in names)),
            rows=tuple(
                Row((state(code).name, *(held[name][code] or None for name in names)), cites)
                for code in shown
            ),
            note=f"{left} more states are in fewer." if left > 0 else "",
            null_means="none listed, which is not the same as none",
            cites=cites,
            as_of=latest([fact for fact in everything if fact["start_date"]]),
            basis=rests_on("Acts and texts in which each state is.", everything, left=left, who=held,
                           window=list(subject.window)),
        )
    ]  # fmt: skip


def _short(name: str) -> str:
    return {"artificial intelligence and autonomous systems": "AI, autonomous", "standards and shared information":
            "standards, sharing"}.get(name, name)  # fmt: skip


@section("What is known of the effect", order=64, kinds=("topic",))
def known_effect(subject: Subject) -> list[Block]:
    """The ledger's verdicts on sharing information, norms and transparency."""
    entries = entries_on(subject, ())
    return [verdicts_table(entries, "Claims that bear on these fields")] if entries else []
