"""Records as rows of `core`: each kind to its tables, each piece of evidence to the fields it supports."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import singledispatch
from typing import Any

from comity.record.access import access_rows
from comity.record.parties import as_party, named, parties_held, slug
from comity.record.reading import Filed
from comity.record.shape import (
    Agreement,
    CaseStudy,
    Channel,
    Edition,
    Engagement,
    Evidence,
    Fact,
    Incident,
    Organisation,
    Party,
    Place,
    Presence,
    Programme,
    Regime,
    Region,
    Series,
    Standing,
    TerritorialClaim,
)
from comity.vocab.dates import dated

Rows = Iterator[tuple[str, dict[str, Any]]]


def rows_of(item: Filed) -> Rows:
    """Every row one record makes: pairs of core table and row, without source and version."""
    content = item.content
    shared = {"row_ref": item.file, "label": content.label}
    for table, row in (*_rows(content, item.identifier), *access_rows(content, item.identifier)):
        yield table, shared | row


@singledispatch
def _rows(content: Any, identifier: str) -> Rows:
    raise AssertionError(f"no rows are defined for {type(content).__name__} {identifier}")


@_rows.register
def _agreement(content: Agreement, identifier: str) -> Rows:
    known = _day(content.known_until, "end")
    fields = (
        "name",
        "agreement_kind",
        "obligations",
        "status",
        "summary",
        "verification",
        "regions",
        "cases",
    )
    row = {
        "agreement": identifier,
        "known_until": known,
        "categories": [],
        **_plain(content, fields),
        **_spell(content),
    }
    if content.signed_date:
        signed = dated(content.signed_date)
        row |= {"signed_date": signed.day, "signed_precision": signed.precision}
    yield "agreement", row
    for party in map(as_party, content.parties):
        role = "signatory" if party.role == "participant" else party.role
        row = {"agreement": identifier, "role": role, "obligations": content.obligations, "known_until": known}
        yield "agreement_party", _party(party) | row | _spell(party, content)
    yield from _evidence("agreement", identifier, content.evidence)


@_rows.register
def _series(content: Series, identifier: str) -> Rows:
    fields = (
        "name",
        "instrument",
        "level",
        "domains",
        "purposes",
        "regions",
        "cases",
        "summary",
        "verification",
    )
    yield "series", {"series": identifier} | _plain(content, fields)
    yield from _evidence("series", identifier, content.evidence)
    for edition in content.editions:
        name = f"{identifier}/{slug(edition.name)}"
        label = {"label": edition.label or content.label}
        for table, row in (*_held(edition, name, content), *_evidence("engagement", name, edition.evidence)):
            yield table, row | label


@_rows.register
def _engagement(content: Engagement, identifier: str) -> Rows:
    yield from _held(content, identifier, content)
    yield from _evidence("engagement", identifier, content.evidence)


def _held(fact: Engagement | Edition, name: str, whole: Series | Engagement) -> Rows:
    """The engagement itself; an edition takes from its series what it leaves out."""
    of_fact = ("name", "status", "personnel_count", "outcome", "product", "lessons", "summary", "verification")
    row = _plain(fact, (*of_fact, "location")) | {
        "engagement": name,
        "instrument": fact.instrument or whole.instrument,
        "level": fact.level or whole.level,
        "domains": fact.domains or whole.domains,
        "purposes": fact.purposes or whole.purposes,
        "regions": whole.regions,
        "cases": whole.cases,
        **_spell(fact),
        **_point(fact),
    }
    if isinstance(fact, Edition):
        row["series"] = name.split("/", maxsplit=1)[0]
    yield "engagement", row
    for party in parties_held(fact.parties, whole.parties):
        row = {"engagement": name, "role": party.role, "personnel_count": party.personnel_count}
        yield "engagement_party", _party(party) | row


@_rows.register
def _incident(content: Incident, identifier: str) -> Rows:
    fields = (
        "name",
        "incident_kind",
        "domains",
        "location",
        "injured_count",
        "killed_count",
        "accounts",
        "regions",
        "cases",
    )
    row = {"incident": identifier, **_plain(content, (*fields, "summary", "verification"))}
    yield "incident", row | _spell(content) | _point(content)
    for party in map(as_party, content.parties):
        role = "present" if party.role == "participant" else party.role
        yield "incident_party", _party(party) | {"incident": identifier, "role": role}
    yield from _evidence("incident", identifier, content.evidence)


@_rows.register
def _channel(content: Channel, identifier: str) -> Rows:
    fields = ("name", "channel_kind", "level", "status", "regions", "cases", "summary", "verification")
    row = {
        "channel": identifier,
        "known_until": _day(content.known_until, "end"),
        **_plain(content, fields),
        **_spell(content),
    }
    row["last_used_date"] = _day(content.last_used_date, "start")
    yield "channel", row
    for party in map(as_party, content.parties):
        role = "user" if party.role == "participant" else party.role
        yield "channel_party", _party(party) | {"channel": identifier, "role": role}
    yield from _evidence("channel", identifier, content.evidence)


@_rows.register
def _regime(content: Regime, identifier: str) -> Rows:
    fields = ("name", "agreement", "regions", "cases", "summary", "verification")
    known = {"regime": identifier, "known_until": _day(content.known_until, "end")}
    for standing in content.standings:
        row = {"status": standing.status} | _edge("start", standing) | _edge("end", standing)
        yield "regime_status", known | _plain(content, fields) | row
    yield from _evidence("regime_status", identifier, content.evidence)


@_rows.register
def _organisation(content: Organisation, identifier: str) -> Rows:
    known = _day(content.known_until, "end")
    fields = ("name", "short_name", "organisation_kind", "summary", "verification")
    yield (
        "organisation",
        {"organisation": identifier, "known_until": known} | _plain(content, fields) | _spell(content),
    )
    for party in map(as_party, content.parties):
        role = "member" if party.role == "participant" else party.role
        row = {"organisation": identifier, "role": role, "known_until": known}
        # A member stays at most until the body ends; when it joined is not told by when the body began.
        yield "organisation_member", _party(party) | row | _edge("start", party) | _edge("end", party, content)
    yield from _evidence("organisation", identifier, content.evidence)


@_rows.register
def _territorial_claim(content: TerritorialClaim, identifier: str) -> Rows:
    fields = ("name", "place", "regions", "cases", "summary", "verification")
    for party in map(as_party, content.parties):
        row = {"claim": identifier, "role": "claimant" if party.role == "participant" else party.role}
        row |= _party(party) | _spell(party, content)
        yield (
            "territorial_claim",
            row | {"known_until": _day(content.known_until, "end")} | _plain(content, fields),
        )
    yield from _evidence("territorial_claim", identifier, content.evidence)


@_rows.register
def _presence(content: Presence, identifier: str) -> Rows:
    fields = ("name", "personnel_count", "location", "regions", "cases", "summary", "verification")
    by_role = {party.role: named(party.party) for party in map(as_party, content.parties)}
    provider = by_role["provider"]
    row = {
        "presence": identifier,
        "known_until": _day(content.known_until, "end"),
        "from_state": provider.code if provider.kind == "state" else None,
        "to_state": by_role["host"].code,
    }
    yield "presence", row | _plain(content, fields) | _spell(content) | _point(content)
    yield from _evidence("presence", identifier, content.evidence)


@_rows.register
def _programme(content: Programme, identifier: str) -> Rows:
    fields = ("name", "instrument", "status", "amount_usd", "regions", "cases", "summary", "verification")
    row = {"programme": identifier, "known_until": _day(content.known_until, "end")} | _plain(content, fields)
    row["parties"] = [as_party(given).party for given in content.parties]
    yield "programme", row | _spell(content)
    yield from _evidence("programme", identifier, content.evidence)


@_rows.register
def _place(content: Place, identifier: str) -> Rows:
    fields = ("name", "place_kind", "latitude", "longitude", "regions", "summary", "verification")
    yield "place", {"place": identifier} | _plain(content, fields)
    yield from _evidence("place", identifier, content.evidence)


@_rows.register
def _region(content: Region, identifier: str) -> Rows:
    frame = dict(zip(("west", "south", "east", "north"), content.frame, strict=True)) if content.frame else {}
    fields = ("name", "states", "partners", "summary", "verification")
    yield "region", {"region": identifier} | frame | _plain(content, fields)
    yield from _evidence("region", identifier, content.evidence)


@_rows.register
def _case_study(content: CaseStudy, identifier: str) -> Rows:
    fields = ("name", "parties", "turning_points", "summary", "verification")
    yield "case_study", {"case_study": identifier} | _plain(content, fields)
    yield from _evidence("case_study", identifier, content.evidence)


def _plain(content: Any, fields: tuple[str, ...]) -> dict[str, Any]:
    return {field: getattr(content, field) for field in fields}


def _party(party: Party) -> dict[str, Any]:
    found = named(party.party)
    return {"party_kind": found.kind, "party": found.code}


def _spell(*facts: Fact | Party) -> dict[str, Any]:
    """Start and end with their precisions; an end left out is open or unknown, and `known_until` says which."""
    return _edge("start", *facts) | _edge("end", *facts)


def _edge(edge: str, *facts: Fact | Party | Standing) -> dict[str, Any]:
    """One end of a spell, from the first fact that gives it: a party's own, or else that of the whole."""
    for fact in facts:
        text = getattr(fact, f"{edge}_date")
        if text is not None:
            found = dated(text, edge)
            precision = getattr(fact, f"{edge}_precision", None) or found.precision
            return {f"{edge}_date": found.day, f"{edge}_precision": precision}
    return {}


def _point(fact: Fact) -> dict[str, Any]:
    return {"latitude": fact.latitude, "longitude": fact.longitude}


def _day(text: str | None, edge: str) -> date | None:
    return None if text is None else dated(text, edge).day


def _evidence(table: str, item: str, pieces: list[Evidence]) -> Rows:
    for piece in pieces:
        for field in piece.supports:
            row = _plain(piece, ("publisher", "title", "url", "note")) | {
                "core_table": "access_change" if field == "access" else table,
                "item": item,
                "field": field,
            }
            row |= {"evidence_kind": piece.kind, "published_date": _day(piece.date, "start")}
            yield "evidence", row | {"read_date": _day(piece.read, "start")}
