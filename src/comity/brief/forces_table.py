"""The table of forces of one state on another's ground."""

from __future__ import annotations

from collections.abc import Sequence

from comity.brief.blocks import Column, Row, Table
from comity.brief.evidence import all_refs
from comity.brief.facts import Fact, named_party, party_names, sources_of
from comity.brief.knowledge import checked
from comity.brief.resting import rests_on
from comity.brief.sites import Site, is_undated, last_edited, of_all, site_kind, site_location, site_name
from comity.brief.subject import Subject
from comity.brief.wording import day_text

STANDING = "Standing when last checked"
_OF_LIST = (
    " A list without days says neither when forces came nor whether they were still there when it was last edited; a "
    "place of it that the register says was left since is not shown. Kinds of site are that list’s own."
)


def forces_table(subject: Subject, sites: Sequence[Site]) -> Table:
    """Each place once, by what stands there, whose it is, where, and until when it is known to stand.

    Places that only a list without days names stand in groups of their own, below: nobody says that they stand.
    """
    held = of_all(sites)
    groups = [_group(fact) for fact, _ in sites]
    ordered = sorted(zip(groups, sites, strict=True), key=lambda each: (each[0] != STANDING, each[0]))
    known = [fact for fact in held if not is_undated(fact)]
    people = (Column("People", "number"), Column("Checked", "date"))
    return Table(
        title="Forces on another’s ground",
        columns=(Column("Forces"), Column("Whose"), Column("Where"), Column("Since", "date"), *people),
        rows=tuple(_row(subject, site, "" if {*groups} == {STANDING} else group) for group, site in ordered),
        note="Those with most people first, where a number is known. “Checked” is the last day for which the source "
        "vouches: whether forces are still there is not known. A place that several list is shown once."
        f"{_OF_LIST if len(known) < len(held) else ''}",
        cites=sources_of(held),
        as_of=checked(known) if known else f"a list last edited in {last_edited(held)}",
        short_rows=5,
        basis=rests_on(
            "Forces that had come by the day and had not left, and places that a list without days names.", held
        ),
    )


def _group(fact: Fact) -> str:
    if not is_undated(fact):
        return STANDING
    kind = site_kind(fact)
    return f"Named by a list without days, last edited in {last_edited([fact])}{f': {kind}' if kind else ''}"


def _row(subject: Subject, site: Site, group: str) -> Row:
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
            None if is_undated(fact) else day_text(fact["known_until"], "month"),
        ),
        refs=all_refs(subject, [fact, *others]),
        group=group,
        verification=fact["verification"],
    )
