"""Territorial claims of a region, side by side and without judgement of their merit."""

from __future__ import annotations

from comity.brief.blocks import Block, Column, Note, Row, Table
from comity.brief.evidence import refs
from comity.brief.facts import Fact, party_names, sources_of
from comity.brief.knowledge import absence, checked, horizon
from comity.brief.quarrels import claims
from comity.brief.registry import section
from comity.brief.resting import rests_on
from comity.brief.subject import Subject
from comity.brief.wording import day_text


@section("Territorial claims", order=55, kinds=("region", "state", "pair"))
def territorial_claims(subject: Subject) -> list[Block]:
    """Who claims which feature or area, and who holds it."""
    held = claims(subject)
    if not held and subject.kind != "region":
        return []
    if not held:
        text, cites = absence(subject, "territorial claim", "territorial_claim")
        return [Note(text=text, cites=cites, as_of=horizon(subject, cites))]
    return [
        Table(
            title="Who claims what, and who holds it",
            columns=(
                Column("Feature or area"),
                Column("Claimed by"),
                Column("Held by"),
                Column("Checked", "date"),
            ),
            rows=tuple(_row(subject, fact) for fact in held),
            note="Parties stand in the order of the region’s list. A claim shown is a claim made, recognized or not.",
            cites=sources_of(held),
            as_of=checked(held),
            basis=rests_on("Claims that had been made by the day and not ended.", held),
        )
    ]


def _row(subject: Subject, fact: Fact) -> Row:
    # Who holds a feature claims it, whether or not the record says so twice.
    holders = [party for party in fact.parties if party.role == "holder"]
    claimants = [party for party in fact.parties if party.role in ("claimant", "holder")]
    return Row(
        cells=(
            fact["name"],
            party_names(subject, claimants, 8),
            party_names(subject, holders, 8),
            day_text(fact["known_until"], "month"),
        ),
        refs=refs(subject, fact),
        verification=fact["verification"],
    )
