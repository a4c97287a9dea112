"""An organization's members over time, how they hold together, and what they bear."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import Any

from comity.brief.assessments import Told, assessment, basis_of, number_text
from comity.brief.basis import joined
from comity.brief.blocks import Block, Chart, Column, Count, Note, Row, Table
from comity.brief.bodies import all_known_from, last_year, life, members_on, since_known, spells
from comity.brief.body_burden import burden
from comity.brief.body_life import summary_note, suspended
from comity.brief.evidence import book
from comity.brief.knowledge import absence, horizon, titles
from comity.brief.registry import section
from comity.brief.resting import from_rows
from comity.brief.subject import Subject
from comity.brief.wording import counted, day_text, layer_words, long_day, noun, said, unique
from comity.vocab.register import SOURCE as REGISTER
from comity.vocab.states import state

_OF_TEXTS = "; a text on defense that stands, or was signed since lists begin, of two states or of many"
MOST_YEARS = 80
FEWEST_YEARS = 5  # of a chart that does not begin with the body
_SPAN = re.compile(r"in 1,000 pair-years of .*")
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
    return [*summary_note(subject), *_over_time(subject), _table(subject)]


def _over_time(subject: Subject) -> list[Block]:
    """How many there were year by year, from the first year of which it is known of all; of few years no chart."""
    rows, query = spells(subject)
    known = all_known_from(subject)
    if known is None:
        return []
    undated = [row for row in rows if row["role"] == "member" and row["start_date"] is None]
    blocks: list[Block] = []
    least = FEWEST_YEARS if undated else 2
    is_charted = known <= subject.as_of and last_year(subject) - known.year + 1 >= least
    if is_charted:
        blocks.append(_chart(subject, known.year))
    if undated:
        who, day = counted(len(undated), "membership"), max(since_known(row) for row in undated)
        before = f"how many members there were before {long_day(day)} is not known"
        if known < day:
            before = f"{noun(len(undated), 'it counts', 'they count')} from the day of checking on"
        basis = from_rows("Memberships without a day of entry.", undated, query, count=len(undated), day=day)
        text = f"Of {who} it is not told since when: {before}."
        cites = tuple(sorted({row["source"] for row in undated}))
        blocks.append(Note(text=text, cites=cites, as_of=_checked(rows), basis=basis))
    return blocks


def _chart(subject: Subject, known: int) -> Chart:
    rows, query = spells(subject)
    body, _ = life(subject)
    ended = body["end_date"] if body and body["end_date"] and body["end_date"] <= subject.as_of else None
    last = ended.year if ended else subject.as_of.year
    first = min(max(known, last - MOST_YEARS + 1), last)
    years = range(first, last + 1)
    when = ", when it ended" if ended else ""
    counts = {year: len(members_on(subject, min(date(year, 12, 31), subject.as_of))) for year in years}
    return Chart(
        title=f"Members at the end of each year, {first}–{last}{when}",
        unit="members",
        years=(first, last),
        categories=("member",),
        counts=tuple(Count(year, "member", count) for year, count in counts.items() if count),
        complete=frozenset(years),
        description=f"Bars of members at the end of each year. The last bar, of {last}{when}, is {counts[last]}.",
        is_stock=True,
        cites=_lists(rows),
        as_of=_checked(rows),
        basis=from_rows("Memberships that hold at the end of each year.", rows, query, counts=counts, ended=ended),
    )


def _table(subject: Subject) -> Table:
    rows, query = spells(subject)
    shown = sorted(rows, key=lambda row: _place(subject, row))
    cites = _lists(rows)
    frozen, asked = suspended(subject)
    basis = from_rows("Memberships begun by the day.", rows, query, count=len(rows))
    columns = (Column("State"), Column("Since", "date"), Column("Until", "date"), Column("Checked", "date"))
    return Table(
        title="Who belongs, and since when",
        columns=(*columns, *([Column("Part suspended", "date")] if frozen else [])),
        rows=tuple(
            Row(
                cells=(
                    state(row["state"]).name,
                    day_text(row["start_date"], row["start_precision"]) or "not known",
                    day_text(row["end_date"], row["end_precision"]),
                    day_text(row["known_until"], "month"),
                    *([_suspended_since(frozen, row)] if frozen else []),
                ),
                refs=_refs(subject, row),
                group=_group(subject, row),
            )
            for row in shown
        ),
        note=" ".join(filter(None, (_gaps_told(rows), _told_elsewhere(subject, rows)))),
        null_means="not ended when last checked" + (", or no suspension listed" if frozen else ""),
        cites=cites,
        as_of=_checked(rows),
        short_rows=40,
        basis=joined((basis, from_rows("Changes of membership.", list(frozen.values()), asked))) if frozen else basis,
    )


def _place(subject: Subject, row: dict[str, Any]) -> tuple[Any, ...]:
    """Members stand first, those who left last, each by their day of entry."""
    return (
        row["role"] != "member",
        row["role"],
        _is_untold(subject, row),
        row["end_date"] is not None,
        row["start_date"] or date.max,
        state(row["state"]).name,
    )


def _is_untold(subject: Subject, row: dict[str, Any]) -> bool:
    """Whether it is not known of a membership that it held by the day of the brief."""
    return row["start_date"] is None and since_known(row) > subject.as_of


def _group(subject: Subject, row: dict[str, Any]) -> str:
    role = said(row["role"]).capitalize()
    return f"{role}, whether by {long_day(subject.as_of)} not known" if _is_untold(subject, row) else role


def _suspended_since(frozen: dict[str, dict[str, Any]], row: dict[str, Any]) -> str | None:
    """Since when a member's part is suspended; of a membership that ended, or of another role, nothing."""
    change = frozen.get(row["state"])
    holds = row["role"] == "member" and row["end_date"] is None
    return day_text(change["date"], change["precision"]) if change and holds else None


def _gaps_told(rows: list[dict[str, Any]]) -> str:
    """That years between two memberships of one state are those in which a published list does not name it."""
    again = [key for key, count in Counter((row["state"], row["role"]) for row in rows).items() if count > 1]
    if not again or all(row["source"] == REGISTER for row in rows):
        return ""
    return "A state stands twice where the list names it, then for some years does not, and then again: it may be a \
gap of the list and no withdrawal."


def _refs(subject: Subject, row: dict[str, Any]) -> tuple[str, ...]:
    """What a membership rests on: the evidence of the body, or the source."""
    held = book(subject).of(row["source"], "organisation", row["organisation"])
    own = held[:2] or (row["source"],)
    return (*own, row["since_by"]) if row["since_by"] else own


def _lists(rows: list[dict[str, Any]]) -> tuple[str, ...]:
    """The lists that tell of some memberships, also those that only tell since when."""
    return tuple(sorted({key for row in rows for key in (row["source"], row["since_by"]) if key}))


def _told_elsewhere(subject: Subject, rows: list[dict[str, Any]]) -> str:
    """That the days of entry which the list of members leaves open are those of another list of the same body."""
    lists = sorted({row["since_by"] for row in rows if row["since_by"]})
    if not lists:
        return ""
    count = sum(row["since_by"] is not None for row in rows)
    return f"Since when is told by {titles(subject, lists)} for {counted(count, 'membership')}."


def _checked(rows: list[dict[str, Any]]) -> str:
    days = [row["known_until"] for row in rows if row["known_until"]]
    return f"last checked {day_text(max(days))}" if days else "day of checking not given"


@section("How it holds together", order=26, kinds=("organisation",))
def how_it_holds(subject: Subject) -> list[Block]:
    """Measures of the members side by side, and no score that adds them; then what each of them bears."""
    told = assessment(subject)
    blocks: list[Block] = [_measures(subject, told)] if told.get("measures") else _unmeasured(subject, told)
    return [*blocks, *burden(subject)]


def _unmeasured(subject: Subject, told: Told) -> list[Block]:
    """Why nothing is measured of a body of which it is not known who belonged to it in the year of the measures."""
    untold = told.get("members_untold", ())
    if not untold:
        return []
    states = counted(len(untold), "state")
    text = f"How its members hold together is not worked out: of {states} it is not known whether they were members \
in {told['year']}, the year of which enough is listed."
    basis = basis_of(subject, told, "States of whose membership it is not told since when.", (), states=list(untold))
    cites = tuple(sorted({row["source"] for row in spells(subject)[0]}))
    return [Note(text=text, cites=cites, as_of=horizon(subject, cites), basis=basis)]


def _per_what(told: Told) -> str:
    """Over which years, and per what, conflict among members is counted, for a page without room for each meaning."""
    spans = (_SPAN.search(each["means"]) for each in told["measures"].get("conflict_inside", ()))
    found = unique(span[0] for span in spans if span)
    return f" Disputes and armed conflicts are counted {found[0]}." if len(found) == 1 else ""


def _what_it_is(measure: Told) -> str:
    """What a measure is; of texts also which, for a judgement counts those of two states alone."""
    return f"{measure['means']}{_OF_TEXTS if measure['name'] == 'agreement' else ''}"


def _measures(subject: Subject, told: Told) -> Table:
    everything = [(group, each) for group, held in told["measures"].items() for each in held]
    rows = tuple(
        Row(
            cells=(
                layer_words(each["name"]),
                number_text(each["value"]),
                each["listed_count"],
                None if each["known_share"] is None else f"{each['known_share']:.0%}",
                each["latest_year"] and str(each["latest_year"]),
                _what_it_is(each),
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
        columns=(*columns, Column("To", "date"), Column("What it is", "explanation")),
        rows=rows,
        note=f"{told['year']} is {told['year_is']}. “Known” is the share of pairs or members of which it is known."
        + _per_what(told),
        null_means="too little is known or listed to work it out",
        cites=cites,
        as_of=horizon(subject, cites),
        short_rows=24,
        basis=basis_of(
            subject, told, "Each measure by its group.", tuple({"group": g, **each} for g, each in everything)
        ),
    )
