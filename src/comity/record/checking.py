"""What a record must satisfy beyond its shape: known words, real dates, resolvable parties, evidence for each field."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from comity.record.access import access_problems
from comity.record.evidence import evidence_problems, tried
from comity.record.parties import as_party, named, slug
from comity.record.reading import Filed
from comity.record.shape import (
    Agreement,
    AnyRecord,
    CaseStudy,
    Channel,
    Edition,
    Engagement,
    Fact,
    Opening,
    Organisation,
    Party,
    Place,
    Presence,
    Programme,
    Record,
    Regime,
    Region,
    Series,
    Standing,
    TerritorialClaim,
)
from comity.record.timing import STARTS, ended_problems
from comity.vocab.dates import dated
from comity.vocab.labels import read_label
from comity.vocab.words import check_word

WORDS = {
    "verification": "verifications",
    "instrument": "instruments",
    "level": "levels",
    "agreement_kind": "agreement kinds",
    "incident_kind": "incident kinds",
    "channel_kind": "channel kinds",
    "organisation_kind": "organisation kinds",
    "domains": "domains",
    "purposes": "purposes",
    "obligations": "obligations",
}
STATUSES = {
    Agreement: "agreement statuses",
    Channel: "channel statuses",
    Engagement: "statuses",
    Edition: "statuses",
    Programme: "statuses",
}
# What tells the parties to one fact apart in `core`; elsewhere a party has one row, whatever its role.
_PARTY_KEYS = {
    Agreement: ("party", "start_date"),
    Organisation: ("party", "role", "start_date"),
    TerritorialClaim: ("party", "role"),
}
_MOST = 2**31 - 1  # of anything counted; a larger number is a slip of the pen


@dataclass(frozen=True)
class Known:
    """Identifiers that records may refer to."""

    organisations: frozenset[str]
    regions: frozenset[str]
    cases: frozenset[str]
    places: frozenset[str]
    agreements: frozenset[str]


def known(filed: list[Filed]) -> Known:
    """What a set of records holds that others may name."""

    def of(shape: type) -> frozenset[str]:
        return frozenset(item.identifier for item in filed if isinstance(item.content, shape))

    return Known(of(Organisation), of(Region), of(CaseStudy), of(Place), of(Agreement))


def problems(filed: list[Filed]) -> list[str]:
    """Everything wrong with a set of records, one line each: file, field, what is wrong."""
    refer = known(filed)
    found = [f"{item.file}: {problem}" for item in filed for problem in _record_problems(item, refer)]
    repeated = Counter(item.identifier for item in filed)
    found += [
        f"{item.file}: identifier {item.identifier!r} is used twice" for item in filed if repeated[item.identifier] > 1
    ]
    return found


def _record_problems(item: Filed, refer: Known) -> Iterator[str]:
    content = item.content
    yield from tried("label", partial(read_label, content.label))
    if isinstance(content, Record):
        yield from _fact_problems("", content, refer)
        yield from _missing("regions", content.regions, refer.regions)
        yield from _missing("cases", content.cases, refer.cases)
    else:
        yield from _text_problems("", content)
        yield from tried("verification", partial(check_word, "verifications", content.verification))
        yield from evidence_problems("", content)
    if isinstance(content, Series):
        yield from _edition_problems(content, refer)
    if isinstance(content, Opening):
        yield from access_problems(content, refer.organisations)
    yield from _own_problems(content, refer)


def _own_problems(content: AnyRecord, refer: Known) -> Iterator[str]:
    """What only one kind of record must satisfy."""
    if isinstance(content, Region):
        yield from _named_problems("states", [*content.states, *content.partners], refer)
        yield from _frame_problems(content.frame)
    if isinstance(content, CaseStudy):
        yield from _named_problems("parties", content.parties, refer)
    if isinstance(content, Place):
        yield from _missing("regions", content.regions, refer.regions)
        yield from _point_problems("", content.latitude, content.longitude)
    if isinstance(content, TerritorialClaim):
        yield from _missing("place", [content.place], refer.places)
    if isinstance(content, Agreement) and content.replaces:
        yield from _missing("replaces", [content.replaces], refer.agreements)
    if isinstance(content, Regime):
        yield from _standing_problems(content, refer)
    if isinstance(content, Presence):
        roles = Counter(party.role for party in map(as_party, content.parties))
        yield from (f"parties: a presence needs one {role}" for role in ("provider", "host") if roles[role] != 1)
        hosts = [party.party for party in map(as_party, content.parties) if party.role == "host"]
        yield from (f"parties: the host {host!r} is no state" for host in hosts if ":" in host or host == "unknown")


def _standing_problems(regime: Regime, refer: Known) -> Iterator[str]:
    """A regime rests on a text that is recorded, and its spells follow each other."""
    yield from _missing("agreement", [regime.agreement], refer.agreements)
    if regime.parties:
        yield "parties: a regime has those of its agreement; leave the field out"
    if not regime.standings:
        yield "standings: a regime needs at least one"
    wrong = []
    for number, standing in enumerate(regime.standings):
        at = f"standings[{number}]."
        wrong += [*tried(at + "status", partial(check_word, "agreement statuses", standing.status))]
        wrong += _spell_problems(at, standing)
    yield from wrong
    for number, (one, other) in enumerate(pairwise([] if wrong else regime.standings), start=1):
        if one.end_date is None or dated(one.end_date, "end").day >= dated(other.start_date).day:
            yield f"standings[{number}].start_date: {other.start_date!r} is not after the end of the spell before it"


def _frame_problems(frame: list[float]) -> Iterator[str]:
    """A frame is west, south, east, north; west may exceed east where it crosses the date line."""
    if frame:
        west, south, east, north = frame if len(frame) == 4 else [math.nan] * 4
        if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south < north <= 90):
            yield f"frame: {frame} is not west, south, east, north in degrees"


def _edition_problems(series: Series, refer: Known) -> Iterator[str]:
    names = Counter(slug(edition.name) for edition in series.editions)
    for number, edition in enumerate(series.editions):
        if names[slug(edition.name)] > 1:
            yield f"editions[{number}].name: {edition.name!r} is there twice"
        if edition.label is not None:
            yield from tried(f"editions[{number}].label", partial(read_label, edition.label))
        yield from _fact_problems(f"editions[{number}].", edition, refer)


def _fact_problems(where: str, fact: Fact, refer: Known) -> Iterator[str]:
    for field, vocabulary in [*WORDS.items(), ("status", STATUSES.get(type(fact), ""))]:
        given = getattr(fact, field, None)
        for word in given if isinstance(given, list) else [given]:
            if word is not None and vocabulary:
                yield from tried(where + field, partial(check_word, vocabulary, word))
    yield from _date_problems(where, fact)
    yield from _party_problems(where, fact, refer)
    yield from _text_problems(where, fact)
    yield from _number_problems(where, fact)
    yield from _point_problems(where, fact.latitude, fact.longitude)
    yield from evidence_problems(where, fact)


def _text_problems(where: str, fact: Fact | Place | Region | CaseStudy) -> Iterator[str]:
    """A text that says nothing is not the same as a field left out."""
    for field in fact.__struct_fields__:
        value = getattr(fact, field)
        if isinstance(value, str) and not value.strip():
            yield f"{where}{field}: {value!r} is empty; leave the field out"


def _number_problems(where: str, fact: Fact | Party) -> Iterator[str]:
    for field in ("personnel_count", "injured_count", "killed_count"):
        count = getattr(fact, field, None)
        if count is not None and not 0 <= count <= _MOST:
            yield f"{where}{field}: {count} is no count"
    if isinstance(fact, Programme) and not 0 <= (fact.amount_usd or 0) < math.inf:
        yield f"{where}amount_usd: {fact.amount_usd} is no amount"


def _point_problems(where: str, latitude: float | None, longitude: float | None) -> Iterator[str]:
    is_half = (latitude is None) != (longitude is None)
    if is_half or not -90 <= (latitude or 0) <= 90 or not -180 <= (longitude or 0) <= 180:
        yield f"{where}latitude, longitude: {latitude}, {longitude} is not on the map"


def _date_problems(where: str, fact: Fact) -> Iterator[str]:
    yield from _spell_problems(where, fact)
    for field in ("signed_date", "last_used_date", "known_until"):
        text = getattr(fact, field, None)
        if text is not None:
            yield from tried(where + field, partial(dated, text))
    yield from _horizon_problems(where, fact)
    for edge in ("start", "end"):
        precision = getattr(fact, f"{edge}_precision")
        if precision is not None and (precision != "disputed" or getattr(fact, f"{edge}_date") is None):
            yield f"{where}{edge}_precision: {precision!r} may only be disputed, beside a date"
    if fact.start_date is None and isinstance(fact, STARTS):
        yield f"{where}start_date: missing; a thing that was done needs at least its year"


def _horizon_problems(where: str, fact: Fact) -> Iterator[str]:
    """The last day for which a fact was checked is not before it began, was last used or gained a party."""
    until = getattr(fact, "known_until", None)
    days = {field: getattr(fact, field, None) for field in ("start_date", "last_used_date")}
    days |= {f"parties[{number}].start_date": as_party(given).start_date for number, given in enumerate(fact.parties)}
    if until is None or any(
        list(tried("", partial(dated, text))) for text in (until, *days.values()) if text is not None
    ):
        return  # what is no date is told elsewhere
    for field, text in days.items():
        if text is not None and dated(until, "end").day < dated(text).day:
            yield f"{where}known_until: {until!r} is before {field} {text!r}"


def _spell_problems(where: str, fact: Fact | Party | Standing) -> Iterator[str]:
    """Start and end are dates, and in this order."""
    wrong = [
        problem
        for field in ("start_date", "end_date")
        if getattr(fact, field) is not None
        for problem in tried(where + field, partial(dated, getattr(fact, field)))
    ]
    yield from wrong
    if not wrong and fact.start_date and fact.end_date and dated(fact.end_date, "end").day < dated(fact.start_date).day:
        yield f"{where}end_date: {fact.end_date!r} is before start_date {fact.start_date!r}"


def _party_problems(where: str, fact: Fact, refer: Known) -> Iterator[str]:
    parties = [as_party(given) for given in fact.parties]
    yield from _named_problems(where + "parties", [party.party for party in parties], refer)
    for number, party in enumerate(parties):
        at = f"{where}parties[{number}]."
        yield from tried(at + "role", partial(check_word, "roles", party.role))
        yield from _spell_problems(at, party)
        yield from _number_problems(at, party)
        yield from ended_problems(where, fact, party)
    key = _PARTY_KEYS.get(type(fact), ("party",))
    rows = Counter(tuple(getattr(party, field) for field in key) for party in parties)
    yield from (f"{where}parties: {row[0]!r} is there twice" for row, count in rows.items() if count > 1)


def _named_problems(where: str, given: list[str], refer: Known) -> Iterator[str]:
    for text in given:
        yield from tried(where, partial(named, text))
        if text.startswith("organisation:"):
            yield from _missing(where, [text.removeprefix("organisation:")], refer.organisations)


def _missing(where: str, names: list[str], known_names: frozenset[str]) -> Iterator[str]:
    yield from (f"{where}: there is no record {name!r}" for name in names if name not in known_names)
