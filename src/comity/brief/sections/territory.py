"""Claims to territory, rivers and waters, side by side and without judgement of their merit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from comity.brief.blocks import Block, Column, Note, Row, Table
from comity.brief.evidence import refs
from comity.brief.facts import Fact, party_names, sources_of
from comity.brief.knowledge import absence, checked, horizon, statements
from comity.brief.quarrels import claims
from comity.brief.registry import section
from comity.brief.resting import rests_on
from comity.brief.subject import Subject
from comity.brief.unlisted_claims import unlisted
from comity.brief.wording import day_text
from comity.vocab.register import OWN_SOURCE
from comity.vocab.register import SOURCE as REGISTER

LAND = "Territory"
_WHAT = {2: "River", 3: "Waters"}
_FEW = 6  # of so many claims each is explained in a line of its own
_ORDER = {True: "Parties stand in the order of the region’s list.", False: "The states of this brief stand first."}


@section("Territorial claims", order=55, kinds=("region", "state", "pair", "comparison"))
def territorial_claims(subject: Subject) -> list[Block]:
    """Who claims which feature or area and who holds it; what is listed otherwise; and what no list holds."""
    now, water, older = _sorted(subject)
    blocks: list[Block] = [_held(subject, now)] if now else []
    if not now:
        text, cites = absence(subject, "territorial claim", "territorial_claim")
        text += " Claims that an earlier list held stand below." if older else ""
        blocks.append(Note(text=text, cites=cites, as_of=horizon(subject, cites)))
    blocks += unlisted(subject, [*now, *older])
    blocks += [_waters(subject, water)] if water else []
    by_end: dict[date, list[Fact]] = {}
    for fact in older:
        by_end.setdefault(fact["known_until"], []).append(fact)
    return blocks + [_older(subject, end, by_end[end]) for end in sorted(by_end, reverse=True)]


def _sorted(subject: Subject) -> tuple[list[Fact], list[Fact], list[Fact]]:
    """Claims to territory in lists that reach the day, those to rivers and waters, and those of lists that ended."""
    now: list[Fact] = []
    water: list[Fact] = []
    older: list[Fact] = []
    ended = _ended_lists(subject)
    for fact in claims(subject):
        if fact.source in ended and fact["known_until"] < subject.as_of:
            older.append(fact)
        else:
            (now if _what(fact) == LAND else water).append(fact)
    return now, water, older


def _ended_lists(subject: Subject) -> frozenset[str]:
    """The sources that say that what they know of claims ends before the day of the brief."""
    known = statements(subject, "territorial_claim")
    reaching = {source for source, stated in known if stated.end >= subject.as_of}
    return frozenset(source for source, _ in known) - reaching


def _what(fact: Fact) -> str:
    """What is claimed; a source that does not tell claims apart holds them to territory."""
    return _WHAT.get(fact["issue"], LAND)


def _held(subject: Subject, held: Sequence[Fact]) -> Table:
    return Table(
        title="Who claims what, and who holds it",
        columns=(
            Column("Feature or area"),
            Column("Claimed by"),
            Column("Held by"),
            Column("Checked", "date"),
        ),
        rows=tuple(_row(subject, fact, len(held) <= _FEW) for fact in held),
        note=f"{_ORDER[subject.region is not None]} A claim shown is a claim made, recognized or not.",
        null_means="nobody named",
        cites=sources_of(held),
        as_of=checked(held),
        basis=rests_on("Claims that had been made by the day and not ended.", held),
    )


def _row(subject: Subject, fact: Fact, is_explained: bool) -> Row:
    # The register says who claims and who holds apart: forces may hold ground that their state does not call its own.
    # Another list names a holder because a claim is made against it, which it denies.
    is_told_apart = fact.source in (REGISTER, OWN_SOURCE)
    claimants = [party for party in fact.parties if party.role == "claimant" or not is_told_apart]
    holders = [party for party in fact.parties if party.role == "holder"]
    return Row(
        cells=(
            fact["name"],
            party_names(subject, claimants, 8),
            party_names(subject, holders, 8),
            day_text(fact["known_until"], "month"),
        ),
        refs=refs(subject, fact),
        verification=fact["verification"],
        details=(fact["summary"],) if is_explained and fact.row.get("summary") else (),
    )


def _waters(subject: Subject, held: Sequence[Fact]) -> Table:
    return _challenges(
        subject,
        held,
        f"Claims to rivers and waters that stood on {day_text(subject.as_of)}",
        "Who wants the use or the line changed is the claimant; nobody is said to hold a river or a sea.",
    )


def _older(subject: Subject, end: date, held: Sequence[Fact]) -> Table:
    day = day_text(end)
    return _challenges(
        subject,
        held,
        f"As of {day}, and not known since",
        f"Claims that were open when their list ended on {day}. Whether one still stands, was settled or was given up "
        "later is not known. Who wants a state of things changed is the claimant; nobody is said to hold a river or a "
        "sea.",
    )


def _challenges(subject: Subject, held: Sequence[Fact], title: str, note: str) -> Table:
    """Claims by what they are to, each with who makes it and against whom."""
    ordered = sorted(held, key=lambda fact: ((LAND, *_WHAT.values()).index(_what(fact)), fact["name"], fact.item))
    return Table(
        title=title,
        columns=(
            *(Column("Claim"), Column("Claimant"), Column("Challenged")),
            *(Column("Listed from", "date"), Column("Listed to", "date")),
        ),
        rows=tuple(
            Row(
                cells=(
                    fact["name"],
                    party_names(subject, [party for party in fact.parties if party.role == "claimant"], 8),
                    party_names(subject, [party for party in fact.parties if party.role == "holder"], 8),
                    day_text(fact["start_date"], fact["start_precision"]),
                    day_text(fact["known_until"], "month"),
                ),
                refs=refs(subject, fact),
                group=_what(fact),
                verification=fact["verification"],
            )
            for fact in ordered
        ),
        note=note,
        cites=sources_of(held),
        as_of=checked(held),
        short_rows=8,
        basis=rests_on("Claims that had been made by the day and not ended, by what is claimed.", ordered),
    )
