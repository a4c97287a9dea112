"""Members of eighteen security groupings, compiled by hand and not checked."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from comity.sources.raw import Raw, Row
from comity.vocab.dates import Dated
from comity.vocab.states import state

KINDS = {
    "collective_defence": "alliance",
    "consultation": "forum",
    "intelligence_sharing": "partnership",
    "partnership": "partnership",
    "regional_organisation": "regional",
    "security_forum": "forum",
    "technology_partnership": "partnership",
}
ENDED_IN_NATO = "ended on joining NATO"


def organisation(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per grouping; the file gives no dates of its own for it."""
    horizon = _horizon(raw)
    groupings = {row.needed("grouping"): row for row in raw.rows("members")}
    for name, row in groupings.items():
        yield {
            "organisation": _identifier(row),
            "name": name.replace("_", " "),
            "short_name": name,
            "organisation_kind": KINDS[row.needed("kind")],
            "known_until": horizon,
            "verification": "unverified",
            "row_ref": row.ref("grouping"),
        }


def organisation_member(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per spell; a spell of West Germany that goes on in Germany is cut in two."""
    horizon = _horizon(raw)
    joined_nato = {
        row.needed("iso3"): start
        for row in raw.rows("members")
        if row.needed("grouping") == "NATO" and (start := row.date("start_date"))
    }
    for row in raw.rows("members"):
        start, end = row.date("start_date"), _end(row, joined_nato)
        if row.text("start_precision") != (start and start.precision):
            raise row.broken("start_precision", f"does not fit the date {row.plain('start_date')!r}")
        kind, party = row.party(("iso3",), end.day if end else horizon)
        fact = {
            "organisation": _identifier(row),
            "party_kind": kind,
            "party": party,
            "role": "partner" if row.needed("kind") == "partnership" else "member",
            "start_date": start and start.day,
            "start_precision": start and start.precision,
            "end_date": end and end.day,
            "end_precision": end and end.precision,
            "known_until": horizon,
            "row_ref": row.ref("grouping", "iso3", "start_date"),
        }
        before = row.party(("iso3",), start.day)[1] if start else party
        if before != party:
            last = _last_day(before)
            yield fact | {"party": before, "end_date": last, "end_precision": "day"}
            fact |= {"start_date": last + timedelta(days=1), "start_precision": "day"}
        yield fact


def property(raw: Raw) -> Iterator[dict[str, Any]]:  # noqa: A001 (named like its table)
    """The official page of a grouping to check against, and what the file says of single members."""
    pages: set[tuple[str, str]] = set()
    for row in raw.rows("members"):
        fact = {"core_table": "organisation", "item": _identifier(row), "row_ref": row.ref("grouping")}
        page = row.text("official_page")
        if page and (fact["item"], page) not in pages:
            pages.add((fact["item"], page))
            yield fact | {"property": "official_page", "part": "", "content": page}
        part = f"{row.needed('iso3')}/{row.text('start_date') or ''}"
        of_member = {"part": part, "row_ref": row.ref("grouping", "iso3", "start_date")}
        yield fact | of_member | {"property": "member_status", "content": row.needed("status")}
        if row.text("note"):
            yield fact | of_member | {"property": "member_note", "content": row.needed("note")}


def _identifier(row: Row) -> str:
    """Apart from the organizations of other sources, whose acronyms can be the same."""
    return f"grouping/{row.needed('grouping').lower()}"


def _horizon(raw: Raw) -> date:
    """The last date that the file names: how long after it was compiled, it does not say."""
    dates = [row.date(column) for row in raw.rows("members") for column in ("start_date", "end_date")]
    return max(each.day for each in dates if each)


def _end(row: Row, joined_nato: dict[str, Dated]) -> Dated | None:
    """The end as it is given; a partnership that ended on joining NATO ends with the day of joining."""
    end = row.date("end_date", edge="end")
    if end is None and row.text("note") == ENDED_IN_NATO:
        end = joined_nato.get(row.needed("iso3"))
    if end is None and row.needed("status") == "former":
        raise row.broken("end_date", "must not be missing for a former member")
    return end


def _last_day(code: str) -> date:
    """The last day of a state that has ended."""
    return max(spell.end for spell in state(code).memberships if spell.end is not None)
