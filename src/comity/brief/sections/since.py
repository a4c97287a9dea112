"""What changed since a year: what began and ended, and what is listed against as many years before."""

from __future__ import annotations

from datetime import date

from comity.brief.basis import joined
from comity.brief.blocks import Block, Column, Note, Row, Table
from comity.brief.bodies import came_and_left, how_it_came, spells
from comity.brief.body_changes import membership_changes
from comity.brief.body_life import suspended
from comity.brief.evidence import refs
from comity.brief.facts import Fact, begun, channels, engagements, incidents, party_names, sources_of
from comity.brief.knowledge import absence, checked, horizon, latest
from comity.brief.region_judgements import total
from comity.brief.registry import section
from comity.brief.resting import COUNTED_ONCE, from_rows, rests_on
from comity.brief.subject import Subject
from comity.brief.text_changes import Change, ended_and_suspended, texts_each_once
from comity.brief.text_days import is_of_signature
from comity.brief.text_days import since as since_day
from comity.brief.texts import name_of
from comity.brief.wording import day_text, said, years_text
from comity.brief.world_changes import world_changes
from comity.vocab.states import state

MOST_ROWS = 60
_HOW = "Begun or signed, ended, or suspended or given back, from the first day of the year on."
_KINDS = ("pair", "state", "region", "organisation", "case", "world")


@section("What changed", order=12, kinds=_KINDS)
def what_changed(subject: Subject) -> list[Block]:
    """Only where a year is asked for: acts and incidents against as many years before, then what began and ended."""
    if subject.since is None:
        return []
    if subject.kind == "world":
        return world_changes(subject, _spans(subject))
    blocks = [*_members(subject), *membership_changes(subject), *_counts(subject), *_began_and_ended(subject)]
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
    found = _changes(subject)
    ordered = sorted(found, key=lambda each: (-each.day.toordinal(), each.fact.item, each.words))[:MOST_ROWS]
    if not ordered:
        return []
    facts = [each.fact for each in ordered]
    left = len(found) - len(ordered)
    latest_day = f"latest entry {day_text(ordered[0].day, ordered[0].precision)}"
    return [
        Table(
            title=f"Texts and channels that began, ended or were suspended since {subject.since}",
            columns=(Column("Day", "date"), Column("What"), Column("Parties"), Column("Kind"), Column("Change")),
            rows=tuple(
                Row(
                    cells=(
                        day_text(each.day, each.precision),
                        _named(subject, each.fact),
                        party_names(subject, each.fact.parties, 3),
                        _kind(each.fact),
                        each.words,
                    ),
                    refs=refs(subject, each.fact),
                    verification=each.fact.row.get("verification") or "",
                )
                for each in ordered
            ),
            note=f"{left} earlier changes not shown." if left else "",
            cites=sources_of(facts),
            as_of=checked(dated) if (dated := [fact for fact in facts if "known_until" in fact.row]) else latest_day,
            short_rows=20,
            basis=rests_on(_HOW, facts, left=left, days=[str(each.day) for each in ordered]),
        )
    ]


def _changes(subject: Subject) -> list[Change]:
    """What became of texts and channels since the year that is asked for."""
    assert subject.since is not None
    since = date(subject.since, 1, 1)
    held = [(fact, *_begun(subject, fact)) for fact in (*texts_each_once(subject), *channels(subject))]
    found = [
        Change(fact, _entered(subject, fact, day), day, precision)
        for fact, day, precision in held
        if day and day >= since
    ]
    return found + ended_and_suspended(subject, since)


def _entered(subject: Subject, fact: Fact, day: date) -> str:
    """Whether a text was signed, a text or a channel began, or a state joined a text that had begun before."""
    own = begun(fact) if fact.table == "agreement" else None
    if own is None or own >= day:
        return "signed" if own is not None and is_of_signature(subject, fact) else "began"
    return "joined" if subject.kind == "state" else "binds both from then"


def _begun(subject: Subject, fact: Fact) -> tuple[date | None, str | None]:
    if fact.table == "agreement":
        return since_day(subject, fact)
    return fact["start_date"], fact["start_precision"]


def _named(subject: Subject, fact: Fact) -> str:
    name = name_of(subject, fact) if fact.table == "agreement" else fact["name"]
    return str(name or f"{said(fact['agreement_kind']).capitalize()} {fact.item}")


def _kind(fact: Fact) -> str:
    return said(fact.row.get("agreement_kind") or fact.row.get("channel_kind") or fact.table)


def _members(subject: Subject) -> list[Block]:
    """Who joined, left or founded an organization, and whose part in it was suspended."""
    if subject.kind != "organisation" or subject.since is None:
        return []
    came, left = came_and_left(subject, date(subject.since, 1, 1))
    rows = [(row, how_it_came(subject, row), row["start_date"]) for row in came]
    rows += [(row, "left", row["end_date"]) for row in left]
    frozen, asked = suspended(subject)
    halted = {code: row for code, row in frozen.items() if row["date"].year >= subject.since}
    suffix = ", or whose part was suspended" if halted else ""
    rows += [({**row, "state": code}, "part suspended", row["date"]) for code, row in halted.items()]
    if not rows:
        return []
    cites = tuple(sorted({row["source"] for row, _, _ in rows}))
    _, query = spells(subject)
    return [
        Table(
            title=f"Members that joined or left since {subject.since}{suffix}",
            columns=(Column("Day", "date"), Column("State"), Column("Change")),
            rows=tuple(
                Row((day_text(day, row.get("precision", "day")), state(row["state"]).name, change), (row["source"],))
                for row, change, day in sorted(rows, key=lambda each: each[2], reverse=True)
            ),
            cites=cites,
            as_of=horizon(subject, cites),
            basis=joined(
                (
                    from_rows("Memberships begun or ended since.", [*came, *left], query),
                    from_rows("Changes of membership.", list(halted.values()), asked) if halted else None,
                )
            ),
        )
    ]
