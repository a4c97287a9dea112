"""Channels: the lines and mechanisms the sides can use in a crisis."""

from __future__ import annotations

from comity.brief.blocks import Block, Column, Note, Row, Table
from comity.brief.evidence import refs
from comity.brief.facts import Fact, channels, party_names, sources_of
from comity.brief.knowledge import absence, checked, horizon
from comity.brief.registry import section
from comity.brief.subject import Subject
from comity.brief.wording import day_text, said, word_order


@section("Channels", order=60, kinds=("pair", "region"))
def crisis_channels(subject: Subject) -> list[Block]:
    """Each channel with its status, when it was last known to be used, and when that was checked."""
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
