"""Channels: the lines and mechanisms the sides can use in a crisis."""

from __future__ import annotations

from comity.brief.arrangements import regimes
from comity.brief.blocks import Block, Column, Note, Row, Table
from comity.brief.evidence import refs
from comity.brief.facts import Fact, channels, party_names, sources_of
from comity.brief.knowledge import absence, checked, horizon
from comity.brief.registry import section
from comity.brief.resting import rests_on
from comity.brief.subject import Subject
from comity.brief.wording import day_text, said, word_order

_HOLDING = ("in_force", "voluntary")


@section("Channels and regimes", order=60, kinds=("pair", "region", "state", "organisation", "case"))
def crisis_channels(subject: Subject) -> list[Block]:
    """Channels with their status and last known use; then confidence-building regimes with theirs."""
    return [*_channels(subject), *_regimes(subject)]


def _regimes(subject: Subject) -> list[Block]:
    """What the two sides have to tell, show or not do, and whether that still holds."""
    held = regimes(subject)
    if not held:
        return []
    return [
        Table(
            title="Confidence-building regimes, with their status when last checked",
            columns=(
                *(Column("Regime"), Column("Parties"), Column("Status"), Column("Status since", "date")),
                Column("Checked", "date"),
            ),
            rows=tuple(
                Row(
                    cells=(
                        fact["name"],
                        party_names(subject, fact.parties, 3),
                        said(fact["status"]),
                        day_text(fact["start_date"], fact["start_precision"]),
                        day_text(fact["known_until"], "month"),
                    ),
                    refs=refs(subject, fact),
                    verification=fact["verification"],
                    details=(fact["summary"],) if fact["summary"] else (),
                )
                for fact in sorted(held, key=lambda fact: (fact["status"] not in _HOLDING, fact["name"]))
            ),
            note="A regime is what a text asks its parties to tell, show or not do. It holds only where both apply it.",
            cites=sources_of(held),
            as_of=checked(held),
            basis=rests_on("The latest status begun by the day of each regime of a text in force.", held),
        )
    ]


def _channels(subject: Subject) -> list[Block]:
    held = channels(subject)
    if not held:
        text, cites = absence(subject, "channel", "channel")
        return [Note(text=text, cites=cites, as_of=horizon(subject, cites))]
    kinds = word_order("channel kinds")
    ordered = sorted(held, key=lambda fact: (kinds[fact["channel_kind"]], fact["name"]))
    return [
        Table(
            title="Lines and mechanisms",
            columns=(
                Column("Channel"),
                Column("Parties"),
                Column("Opened", "date"),
                Column("Status"),
                Column("Last used", "date"),
                Column("Checked", "date"),
            ),
            rows=tuple(_row(subject, fact) for fact in ordered),
            note="The status is that of the day it was checked; “last used” is the last use known.",
            cites=sources_of(held),
            as_of=checked(held),
            basis=rests_on("Channels opened by the day and not ended.", held),
        )
    ]


def _row(subject: Subject, fact: Fact) -> Row:
    used = fact["last_used_date"]
    return Row(
        cells=(
            fact["name"],
            party_names(subject, fact.parties, 3),
            day_text(fact["start_date"], fact["start_precision"]),
            said(fact["status"]),
            # A use after the day of the brief is not yet known on that day.
            day_text(used) if used and used <= subject.as_of else None,
            day_text(fact["known_until"], "month"),
        ),
        refs=refs(subject, fact),
        group=said(fact["channel_kind"]).capitalize(),
        verification=fact["verification"],
    )
