"""What is not known: how far each source reaches, and what that means for this brief."""

from __future__ import annotations

from datetime import date

from comity.brief.acts_shown import shares_shown
from comity.brief.basis import Basis, Query, joined
from comity.brief.blocks import Block, Caveat, Column, Row, Table
from comity.brief.facts import Fact, agreements, channels, engagements, incidents
from comity.brief.knowledge import coverage_basis, declared_years, ends, statements
from comity.brief.known_shares import Share, known_shares, shares_beside
from comity.brief.registry import section
from comity.brief.resting import rests_on
from comity.brief.subject import KINDS, Subject, once
from comity.brief.window_acts import acts_of_window
from comity.brief.wording import counted, listed, noun, said, sentence_start, years_text
from comity.vocab.coverage import Coverage
from comity.vocab.register import SOURCE as REGISTER

MOST_TITLES = 4
_WITH_ACTS = ("pair", "region", "state", "case")  # they tell what was done, and ask for the overlap of lists anyway
_OF_BODY = (
    "What the organization itself has or does is known only where a source lists it; "
    "what is not listed may still have happened."
)
_WITHOUT_FACTS = ("world", "topic")  # they count in sums, and show no facts one by one
_KINDS = {
    "alliance": "Alliances",
    "agreement": "Agreements of two states",
    "exercise": "Exercises",
    "visit": "Visits",
    "dispute": "Disputes",
}


@section("What is not known", order=70, kinds=KINDS, closes=True)
def not_known(subject: Subject) -> list[Block]:
    """The reach of the sources that this brief rests on, and sentences that say where the record ends."""
    cites = tuple(sorted({*_bearing(subject), *_speaking(subject)}))
    counted_here = _unverified(subject) if subject.kind not in _WITHOUT_FACTS else []
    sentences = [*_ends(subject), *_withheld(subject), *counted_here, *_folding()]
    return [
        Caveat(text=" ".join(sentences), cites=cites, as_of=ends(subject, cites), basis=_words_basis(subject)),
        _coverage(subject),
    ]


def _bearing(subject: Subject) -> tuple[str, ...]:
    """The sources that the rest of the brief cites; where it cites none, every one."""
    return tuple(source for source in subject.abouts if source in subject.cited) or tuple(subject.abouts)


def _speaking(subject: Subject) -> set[str]:
    """The sources from whose reach the sentences follow."""
    return {source for kind in _KINDS for source, _ in statements(subject, kind) if source in subject.abouts}


def _ends(subject: Subject) -> list[str]:
    """For each kind of fact, the last year for which a source holds itself complete; and what the lists' overlap says.

    Of an organization that is said of its members: none is complete of what has the body itself as a party.
    """
    complete: dict[int | None, list[str]] = {}
    for kind, plural in _KINDS.items():
        years = [year for year in declared_years(subject, kind) if year <= subject.as_of.year]
        complete.setdefault(max(years, default=None), []).append(plural.lower())
    is_body = subject.kind == "organisation"
    found = [_OF_BODY] if is_body else []
    of_whom = " between members" if is_body else ""
    for last, plurals in sorted(complete.items(), key=lambda held: held[0] or 0):
        names = f"{listed(plurals)}{of_whom}"
        if last is None:
            found.append(
                f"{sentence_start(names)} are known only where a source lists them; what is not listed may still have "
                "happened."
            )
            continue
        who = noun(len(plurals), "a source holds itself", "sources hold themselves")
        after = (
            f" to {last}; after {last} only what is listed is known" if last < subject.as_of.year else f" for {last}"
        )
        found.append(f"Of {names}, {who} complete{after}.")
    return [*found, *shares_beside(_shares(subject), "exercised together")]


@once
def _shares(subject: Subject) -> list[Share]:
    """What the overlap of lists says of the exercises of years for which a source holds itself complete."""
    declared = {year for year in declared_years(subject, "exercise") if year <= subject.as_of.year}
    if not declared:
        return []
    if subject.kind == "world":
        return known_shares(subject, "exercise", (min(declared), max(declared)))
    held = shares_shown(subject) if subject.kind in _WITH_ACTS else []
    return [share for share in held if declared & set(range(share["first_year"], share["last_year"] + 1))]


def _words_basis(subject: Subject) -> Basis:
    """What each source says that it covers, and the facts of the register that this brief counts."""
    held = _of_register(subject) if subject.kind not in _WITHOUT_FACTS else []
    unverified = sum(fact["verification"] == "unverified" for fact in held)
    counts = rests_on("Facts of the register that this brief counts.", held, count=len(held), unverified=unverified)
    known = Basis("Shares known, by the overlap of lists.", (), tuple(_shares(subject)))
    return joined((*(coverage_basis(subject, kind) for kind in _KINDS), known, counts))


def _withheld(subject: Subject) -> list[str]:
    """What the owner of the store sees and this audience does not, for the terms of its publishers."""
    titles = sorted(subject.store.withheld().values())
    if not titles:
        return []
    more = f"{len(titles) - MOST_TITLES} more" if len(titles) > MOST_TITLES else None
    named = listed([*titles[:MOST_TITLES], *([more] if more else [])])
    return [f"Left out, because their publishers' terms do not let their rows be passed on: {named}."]


def _unverified(subject: Subject) -> list[str]:
    held = _of_register(subject)
    count = sum(fact["verification"] == "unverified" for fact in held)
    if not held:
        return []
    if not count and len(held) == 1:
        return ["The 1 fact of the register that this brief counts has at least one piece of evidence."]
    if not count:
        return [
            f"Each of the {len(held)} facts of the register that this brief counts has at least one piece of evidence."
        ]
    verb = "is" if count == 1 else "are"
    return [
        f"Of the {len(held)} facts of the register that this brief counts, {count} {verb} unverified and marked so."
    ]


@once
def _of_register(subject: Subject) -> list[Fact]:
    """The facts of the register that this brief counts."""
    since = date(subject.window[0], 1, 1)
    is_of_states = subject.kind in ("pair", "state")  # their figures count what ran on into the years as well
    done = acts_of_window(subject) if is_of_states else engagements(subject, since)
    shown = [*agreements(subject), *done, *incidents(subject), *channels(subject)]
    return [fact for fact in shown if fact.source == REGISTER]


def _folding() -> list[str]:
    return ["Organizations that are parties are not split into their members."]


def _coverage(subject: Subject) -> Table:
    counts: dict[str, int] = {}
    for (_, source), rows in subject.store.row_counts().items():
        counts[source] = counts.get(source, 0) + rows
    found = []
    bearing = _bearing(subject)
    for source in bearing:
        about = subject.abouts[source]
        for known in about.coverage:
            cells = (
                about.title,
                _kinds(known),
                _reach(known),
                _complete(subject, source, known),
                counts.get(source, 0),
            )
            found.append(Row(cells=cells, refs=(source,)))
    cites = tuple(sorted(bearing))
    others = len(subject.abouts) - len(bearing)
    return Table(
        title="How far each source reaches",
        columns=(
            Column("Source"),
            Column("Knows of"),
            Column("Years", "date"),
            Column("Not listed means"),
            Column("Rows loaded", "number"),
        ),
        rows=tuple(found),
        note="What not listed means is what a source says of itself. "
        f"Rows loaded are those of the whole source that this audience may see.{_others(others)}",
        cites=cites,
        as_of=ends(subject, cites),
        basis=Basis(
            "What each source cited in this brief says that it covers, and its rows.",
            (Query("comity sources --json"),),
            tuple({"source": row.refs[0], "cells": row.cells} for row in found),
            (("loaded sources that this brief does not rest on", others),),
        ),
    )


def _others(count: int) -> str:
    """What is loaded and gives nothing to this brief, counted."""
    if not count:
        return ""
    return f" {counted(count, 'other source')} {noun(count, 'is', 'are')} loaded, on which nothing in this brief rests."


def _kinds(known: Coverage) -> str:
    return ", ".join(said(kind) for kind in known.kinds)


def _reach(known: Coverage) -> str:
    return years_text((known.start.year, known.end.year))


def _complete(subject: Subject, source: str, known: Coverage) -> str:
    speaks = any((source, known) in statements(subject, kind) for kind in known.kinds)
    if not speaks:
        return "nothing here: other states"
    return "did not happen" if known.completeness == "complete" else "not known"
