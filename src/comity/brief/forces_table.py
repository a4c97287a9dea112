"""The table of forces of one state on another's ground."""

from __future__ import annotations

from collections.abc import Sequence

from comity.brief.blocks import Column, Row, Table
from comity.brief.evidence import all_refs
from comity.brief.facts import named_party, party_names, sources_of
from comity.brief.knowledge import checked
from comity.brief.resting import rests_on
from comity.brief.sites import Site, of_all, site_location, site_name
from comity.brief.subject import Subject
from comity.brief.wording import day_text


def forces_table(subject: Subject, sites: Sequence[Site]) -> Table:
    """Each place once, by what stands there, whose it is, where, and until when it is known to stand."""
    held = of_all(sites)
    people = (Column("People", "number"), Column("Checked", "date"))
    return Table(
        title="Forces on another’s ground",
        columns=(Column("Forces"), Column("Whose"), Column("Where"), Column("Since", "date"), *people),
        rows=tuple(_row(subject, site) for site in sites),
        note="Those with most people first, where a number is known. “Checked” is the last day for which the source "
        "vouches: whether forces are still there is not known. A place that several list is shown once, and one of a "
        "list without days that the register says was left since is not shown.",
        cites=sources_of(held),
        as_of=checked(held),
        short_rows=5,
        basis=rests_on("Forces that had come by the day and had not left.", held),
    )


def _row(subject: Subject, site: Site) -> Row:
    fact, others = site
    owner = fact["from_state"]
    return Row(
        cells=(
            site_name(fact),
            party_names(subject, [named_party(owner)]) if owner else None,
            site_location(fact),
            day_text(fact["start_date"], fact["start_precision"]),
            # A count made after the day of the brief says nothing of that day.
            fact["personnel_count"] if fact["known_until"] <= subject.as_of else None,
            day_text(fact["known_until"], "month"),
        ),
        refs=all_refs(subject, [fact, *others]),
        verification=fact["verification"],
    )
