"""What changed since a year: what began and ended, and what is listed against as many years before."""

from __future__ import annotations

from datetime import date

from comity.brief.blocks import Block, Column, Note, Row, Table
from comity.brief.bodies import came_and_left, spells
from comity.brief.evidence import refs
from comity.brief.facts import (
    Fact,
    agreements,
    agreements_ended,
    channels,
    engagements,
    incidents,
    party_names,
    sources_of,
)
from comity.brief.knowledge import absence, checked, horizon, latest
from comity.brief.region_judgements import total
from comity.brief.registry import section
from comity.brief.resting import COUNTED_ONCE, from_rows, rests_on
from comity.brief.subject import Subject
from comity.brief.wording import day_text, said, years_text
from comity.vocab.states import state

MOST_ROWS = 60
_KINDS = ("pair", "state", "region", "organisation", "case")


@section("What changed", order=12, kinds=_KINDS)
def what_changed(subject: Subject) -> list[Block]:
    """Only where a year is asked for: acts and incidents against as many years before, then what began and ended."""
    if subject.since is None:
        return []
    blocks = [*_members(subject), *_counts(subject), *_began_and_ended(subject)]
    if blocks:
        return blocks
    text, cites = absence(subject, "engagement", "exercise", date(_spans(subject)[0][0], 1, 1))
    return [Note(text=text, cites=cites, as_of=horizon(subject, cites))]


def _spans(subject: Subject) -> tuple[tuple[int, int], tuple[int, int]]:
    """As many whole years before as there are whole years since."""
    assert subject.since is not None
    after = (subject.since, max(subject.full_year, subject.since))
    length = after[1] - after[0] + 1
    return (subject.since - length, subject.since - 1), after


def _counts(subject: Subject) -> list[Block]:
    before, after = _spans(subject)
    acts = [fact for fact in engagements(subject, date(before[0], 1, 1)) if fact.year <= after[1]]
    fought = [fact for fact in incidents(subject) if before[0] <= fact.year <= after[1]]
    if not acts and not fought:
        return []
    words = sorted({fact["instrument"] for fact in acts})
    held = {said(word).capitalize(): [fact for fact in acts if fact["instrument"] == word] for word in words}
    if fought:
        held["Incidents"] = fought
    rows, values = [], {}
    for name, facts in held.items():
        word = "incident_kind" if name == "Incidents" else "instrument"
        early = total([fact for fact in facts if fact.year <= before[1]], word)
        late = total([fact for fact in facts if fact.year >= after[0]], word)
        values[name] = [early, late, abs(late - early)]
        rows.append(Row((name, early or None, late or None, f"{late - early:+d}"), sources_of(facts)))
    everything = [*acts, *fought]
    basis = rests_on(COUNTED_ONCE, everything, counts=values, years=[*before, *after])
    return [
        Table(
            title=f"Listed in {years_text(before)} and in {years_text(after)}",
            columns=(
                *(Column("What"), Column(years_text(before), "number"), Column(years_text(after), "number")),
                Column("Change", "number"),
            ),
            rows=tuple(rows),
            note="The lists grow fuller over time, and a source may end between the two spans: a change of what is "
            "listed is not by itself a change of what was done.",
            null_means="none listed, which is not the same as none",
            cites=sources_of(everything),
            as_of=latest(everything),
            short_rows=20,
            basis=basis,
        )
    ]


def _began_and_ended(subject: Subject) -> list[Block]:
    """Texts and channels that began or ended, the latest first."""
    assert subject.since is not None
    since = date(subject.since, 1, 1)
    began = [fact for fact in (*agreements(subject), *channels(subject)) if (day := _day(fact)) and day >= since]
    ended = agreements_ended(subject, since)
    found = [("began", fact, _day(fact)) for fact in began] + [("ended", fact, fact["end_date"]) for fact in ended]
    ordered = sorted(found, key=lambda each: (-each[2].toordinal() if each[2] else 0, each[1].item))[:MOST_ROWS]
    if not ordered:
        return []
    facts = [fact for _, fact, _ in ordered]
    left = len(found) - len(ordered)
    return [
        Table(
            title=f"Texts and channels that began or ended since {subject.since}",
            columns=(Column("Day", "date"), Column("What"), Column("Parties"), Column("Kind"), Column("Change")),
            rows=tuple(
                Row(
                    cells=(
                        day_text(day, _precision(fact, change)),
                        fact["name"] or f"{said(fact['agreement_kind']).capitalize()} {fact.item}",
                        party_names(subject, fact.parties, 3),
                        said(fact.row.get("agreement_kind") or fact.row.get("channel_kind") or fact.table),
                        change,
                    ),
                    refs=refs(subject, fact),
                    verification=fact.row.get("verification") or "",
                )
                for change, fact, day in ordered
            ),
            note=f"{left} earlier changes not shown." if left else "",
            cites=sources_of(facts),
            as_of=checked(facts),
            short_rows=20,
            basis=rests_on("Begun or signed, or ended, from the first day of the year on.", facts, left=left),
        )
    ]


def _day(fact: Fact) -> date | None:
    day = fact["start_date"] or fact.row.get("signed_date")
    return day if isinstance(day, date) else None


def _precision(fact: Fact, change: str) -> str | None:
    if change == "ended":
        return str(fact["end_precision"])
    return str(fact["start_precision"] if fact["start_date"] else fact.row.get("signed_precision"))


def _members(subject: Subject) -> list[Block]:
    """Who joined and who left an organization."""
    if subject.kind != "organisation" or subject.since is None:
        return []
    came, left = came_and_left(subject, date(subject.since, 1, 1))
    rows = [(row, "joined", row["start_date"]) for row in came] + [(row, "left", row["end_date"]) for row in left]
    if not rows:
        return []
    cites = tuple(sorted({row["source"] for row, _, _ in rows}))
    _, query = spells(subject)
    return [
        Table(
            title=f"Members that joined or left since {subject.since}",
            columns=(Column("Day", "date"), Column("State"), Column("Change")),
            rows=tuple(
                Row((day_text(day), state(row["state"]).name, change), (row["source"],))
                for row, change, day in sorted(rows, key=lambda each: each[2], reverse=True)
            ),
            cites=cites,
            as_of=horizon(subject, cites),
            basis=from_rows("Memberships begun or ended since.", [row for row, _, _ in rows], query),
        )
    ]
