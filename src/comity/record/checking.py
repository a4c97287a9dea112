"""What a record must satisfy beyond its shape: known words, real dates, resolvable parties, evidence for each field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from comity.errors import UnknownWord
from comity.record.parties import as_party, named
from comity.record.reading import Filed
from comity.record.shape import (
    Agreement,
    AnyRecord,
    CaseStudy,
    Channel,
    Edition,
    Engagement,
    Evidence,
    Fact,
    Incident,
    Organisation,
    Place,
    Presence,
    Programme,
    Record,
    Region,
    Series,
    TerritorialClaim,
)
from comity.vocab.dates import dated
from comity.vocab.labels import read_label
from comity.vocab.words import check_word

# Fields that state a fact about the world: each must be supported by a piece of evidence when it is filled.
SUPPORTED = (
    "summary",
    "parties",
    "start_date",
    "end_date",
    "signed_date",
    "location",
    "personnel_count",
    "injured_count",
    "killed_count",
    "obligations",
    "last_used_date",
    "amount_usd",
    "outcome",
)
_WORDS = {
    "verification": "verifications",
    "instrument": "instruments",
    "level": "levels",
    "agreement_kind": "agreement kinds",
    "incident_kind": "incident kinds",
    "channel_kind": "channel kinds",
    "organisation_kind": "organisation kinds",
    "start_precision": "precisions",
    "end_precision": "precisions",
    "domains": "domains",
    "purposes": "purposes",
    "obligations": "obligations",
}
_STATUSES = {
    Agreement: "agreement statuses",
    Channel: "channel statuses",
    Engagement: "statuses",
    Edition: "statuses",
    Programme: "statuses",
}
_STARTS = (Engagement, Edition, Incident)  # things that cannot be placed without a date
_DATES = ("start_date", "end_date", "signed_date", "last_used_date", "known_until")


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
    yield from _tried("label", partial(read_label, content.label))
    if isinstance(content, Record):
        yield from _fact_problems("", content, refer)
        yield from _missing("regions", content.regions, refer.regions)
        yield from _missing("cases", content.cases, refer.cases)
    else:
        yield from _evidence_problems("", content, ())
    if isinstance(content, Series):
        yield from _edition_problems(content, refer)
    yield from _own_problems(content, refer)


def _own_problems(content: AnyRecord, refer: Known) -> Iterator[str]:
    """What only one kind of record must satisfy."""
    if isinstance(content, Region):
        yield from _named_problems("states", [*content.states, *content.partners], refer)
    if isinstance(content, CaseStudy):
        yield from _named_problems("parties", content.parties, refer)
    if isinstance(content, Place):
        yield from _missing("regions", content.regions, refer.regions)
    if isinstance(content, TerritorialClaim):
        yield from _missing("place", [content.place], refer.places)
    if isinstance(content, Agreement) and content.replaces:
        yield from _missing("replaces", [content.replaces], refer.agreements)
    if isinstance(content, Presence) and "host" not in {as_party(given).role for given in content.parties}:
        yield "parties: a presence needs a party with the role host"


def _edition_problems(series: Series, refer: Known) -> Iterator[str]:
    names = Counter(edition.name for edition in series.editions)
    yield from (f"editions: {name!r} is there twice" for name, count in names.items() if count > 1)
    for number, edition in enumerate(series.editions):
        yield from _tried(f"editions[{number}].label", partial(read_label, edition.label))
        yield from _fact_problems(f"editions[{number}].", edition, refer)


def _fact_problems(where: str, fact: Fact, refer: Known) -> Iterator[str]:
    for field, vocabulary in [*_WORDS.items(), ("status", _STATUSES.get(type(fact), ""))]:
        given = getattr(fact, field, None)
        for word in given if isinstance(given, list) else [given]:
            if word is not None and vocabulary:
                yield from _tried(where + field, partial(check_word, vocabulary, word))
    yield from _date_problems(where, fact)
    yield from _party_problems(where, fact, refer)
    yield from _evidence_problems(where, fact, SUPPORTED)
    if not -90 <= (fact.latitude or 0) <= 90 or not -180 <= (fact.longitude or 0) <= 180:
        yield f"{where}latitude, longitude: {fact.latitude}, {fact.longitude} is not on the map"


def _date_problems(where: str, fact: Fact) -> Iterator[str]:
    bad = False
    for field in _DATES:
        text = getattr(fact, field, None)
        if text is not None:
            for problem in _tried(where + field, partial(dated, text)):
                bad = True
                yield problem
    if not bad and fact.start_date and fact.end_date and dated(fact.end_date, "end").day < dated(fact.start_date).day:
        yield f"{where}end_date: {fact.end_date!r} is before start_date {fact.start_date!r}"
    if fact.start_date is None and isinstance(fact, _STARTS):
        yield f"{where}start_date: missing; a thing that was done needs at least its year"


def _party_problems(where: str, fact: Fact, refer: Known) -> Iterator[str]:
    parties = [as_party(given) for given in fact.parties]
    yield from _named_problems(where + "parties", [party.party for party in parties], refer)
    for number, party in enumerate(parties):
        at = f"{where}parties[{number}]."
        yield from _tried(at + "role", partial(check_word, "roles", party.role))
        for field in ("start_date", "end_date"):
            text = getattr(party, field)
            if text is not None:
                yield from _tried(at + field, partial(dated, text))
    spells = Counter((party.party, party.role, party.start_date) for party in parties)
    yield from (f"{where}parties: {key[0]} is there twice" for key, count in spells.items() if count > 1)


def _named_problems(where: str, given: list[str], refer: Known) -> Iterator[str]:
    for text in given:
        yield from _tried(where, partial(named, text))
        if text.startswith("organisation:"):
            yield from _missing(where, [text.removeprefix("organisation:")], refer.organisations)


def _evidence_problems(
    where: str, fact: Fact | Place | Region | CaseStudy, supported: tuple[str, ...]
) -> Iterator[str]:
    for number, piece in enumerate(fact.evidence):
        yield from _piece_problems(f"{where}evidence[{number}].", piece, fact)
    kinds = {piece.kind for piece in fact.evidence}
    if fact.verification == "primary" and "primary" not in kinds:
        yield f"{where}verification: 'primary' needs evidence of kind primary"
    if fact.verification == "secondary" and not kinds:
        yield f"{where}verification: 'secondary' needs evidence"
    if fact.verification != "unverified":
        backed = {field for piece in fact.evidence for field in piece.supports}
        bare = [
            field for field in supported if getattr(fact, field, None) not in (None, [], "") and field not in backed
        ]
        if bare:
            yield f"{where}evidence: nothing supports {', '.join(bare)}"


def _piece_problems(where: str, piece: Evidence, fact: object) -> Iterator[str]:
    yield from _tried(where + "kind", partial(check_word, "evidence kinds", piece.kind))
    if not piece.url.startswith(("https://", "http://", "doi:", "urn:")):
        yield f"{where}url: {piece.url!r} is not an address"
    for field in ("publisher", "title"):
        if not getattr(piece, field).strip():
            yield f"{where}{field}: empty"
    if not piece.supports:
        yield f"{where}supports: names no field"
    yield from (
        f"{where}supports: the fact has no field {name!r}" for name in piece.supports if not hasattr(fact, name)
    )
    for field in ("date", "read"):
        text = getattr(piece, field)
        if text is not None:
            yield from _tried(where + field, partial(dated, text))


def _missing(where: str, names: list[str], known_names: frozenset[str]) -> Iterator[str]:
    yield from (f"{where}: there is no record {name!r}" for name in names if name not in known_names)


def _tried(where: str, check: Callable[[], object]) -> Iterator[str]:
    try:
        check()
    except UnknownWord as error:
        yield f"{where}: {error}"
