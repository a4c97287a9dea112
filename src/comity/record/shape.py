"""The shapes of records: one kind of thing per class, one YAML file per thing.

A date is text: `2024-04-22`, `2024-04` (month known) or `2024` (year known). A party is a state code (`PHL`),
`organisation:nato`, `territory:HKG` or `unknown`.
"""

from __future__ import annotations

from typing import get_args

import msgspec


class Shape(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, frozen=True):
    """What every shape shares: a field that is not declared is refused."""


class Evidence(Shape, frozen=True, kw_only=True):
    """One piece of evidence, and the fields of its record that it supports."""

    kind: str  # evidence kinds of docs/words.md: primary, secondary
    publisher: str
    title: str
    url: str
    supports: list[str]
    date: str | None = None  # when it was published
    read: str | None = None  # when it was read
    note: str | None = None


class Party(Shape, frozen=True, kw_only=True):
    """Who took part, in which role, with how many people, from when to when."""

    party: str
    role: str = "participant"
    personnel_count: int | None = None
    start_date: str | None = None
    end_date: str | None = None


class Fact(Shape, frozen=True, kw_only=True):
    """What every dated fact of the register states about itself."""

    name: str
    summary: str
    verification: str  # verifications of docs/words.md
    evidence: list[Evidence] = []
    parties: list[str | Party] = []
    start_date: str | None = None
    end_date: str | None = None
    start_precision: str | None = None  # only to say `disputed`; otherwise read off the date
    end_precision: str | None = None
    location: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    domains: list[str] = []
    purposes: list[str] = []
    note: str | None = None


class Record(Fact, frozen=True, kw_only=True):
    """A fact that has a file of its own; its identifier is the file's name without `.yml`."""

    regions: list[str] = []
    cases: list[str] = []
    label: str = "public"


class AccessChange(Shape, frozen=True, kw_only=True):
    """Access refused, lost, restricted or given back: when, by whom, whose, to what, and why in one sentence."""

    date: str
    change: str  # access changes of docs/words.md
    by: str  # a party: who changed it
    of: list[str]  # parties: whose access it is
    what: str  # access kinds
    reason: str


class Opening(Record, frozen=True, kw_only=True):
    """A record of something that gives access, with the times that access was refused, lost or given back."""

    access: list[AccessChange] = []


class Agreement(Opening, tag="agreement", tag_field="kind", frozen=True, kw_only=True):
    """A text between parties. `start_date` is the entry into force, `end_date` the end."""

    agreement_kind: str
    status: str  # agreement statuses
    known_until: str  # the last date for which the status was checked
    signed_date: str | None = None
    obligations: list[str] = []
    replaces: str | None = None  # identifier of the agreement this one superseded


class Edition(Fact, frozen=True, kw_only=True):
    """One holding of a series: Balikatan 2024. Fields left out are taken from the series."""

    instrument: str | None = None
    level: str | None = None
    status: str = "completed"
    personnel_count: int | None = None
    outcome: str | None = None
    product: str | None = None  # the text that was signed or agreed, by its title
    lessons: str | None = None
    label: str | None = None


class Series(Opening, tag="series", tag_field="kind", frozen=True, kw_only=True):
    """A recurring engagement with its editions: an exercise, a dialogue, a patrol."""

    instrument: str
    level: str | None = None
    editions: list[Edition]


class Engagement(Opening, tag="engagement", tag_field="kind", frozen=True, kw_only=True):
    """One engagement that belongs to no series: a visit, a port call, a delivery, an operation."""

    instrument: str
    level: str | None = None
    status: str = "completed"
    personnel_count: int | None = None
    outcome: str | None = None
    product: str | None = None  # the text that was signed or agreed, by its title
    lessons: str | None = None


class Incident(Record, tag="incident", tag_field="kind", frozen=True, kw_only=True):
    """A single dated act; parties carry the roles actor, affected or present, as reported."""

    incident_kind: str
    accounts: list[str] = []  # how each side described it, one sentence each, neutrally
    injured_count: int | None = None
    killed_count: int | None = None


class Channel(Record, tag="channel", tag_field="kind", frozen=True, kw_only=True):
    """A line or mechanism two sides can use in a crisis."""

    channel_kind: str
    status: str  # channel statuses
    known_until: str
    level: str | None = None
    last_used_date: str | None = None


class Standing(Shape, frozen=True, kw_only=True):
    """How a regime stood over one spell: its status from a date on, until an end or the next spell."""

    status: str  # agreement statuses
    start_date: str
    end_date: str | None = None


class Regime(Record, tag="regime", tag_field="kind", frozen=True, kw_only=True):
    """A confidence-building regime and how it stood over time; its parties are those of the agreement it rests on."""

    agreement: str  # identifier of the agreement
    standings: list[Standing]
    known_until: str


class Organisation(Opening, tag="organisation", tag_field="kind", frozen=True, kw_only=True):
    """A body with members over time; each member is a party with its dates and role."""

    short_name: str
    organisation_kind: str
    known_until: str


class TerritorialClaim(Record, tag="territorial_claim", tag_field="kind", frozen=True, kw_only=True):
    """A dispute over a feature or area: who claims it, who holds it (roles claimant, holder)."""

    place: str
    known_until: str


class Presence(Opening, tag="presence", tag_field="kind", frozen=True, kw_only=True):
    """Forces of one party (role provider) on another's ground (role host): base, rotation, access site."""

    known_until: str
    personnel_count: int | None = None


class Programme(Opening, tag="programme", tag_field="kind", frozen=True, kw_only=True):
    """A standing programme of assistance, training or information sharing."""

    instrument: str
    known_until: str
    status: str = "ongoing"
    amount_usd: float | None = None


class Place(Shape, tag="place", tag_field="kind", frozen=True, kw_only=True):
    """A point or sea on the map that records refer to by name."""

    name: str
    summary: str
    latitude: float
    longitude: float
    place_kind: str = "feature"
    aliases: list[str] = []
    regions: list[str] = []
    label: str = "public"
    verification: str
    evidence: list[Evidence] = []


class Region(Shape, tag="region", tag_field="kind", frozen=True, kw_only=True):
    """A part of the world that briefs are written about: its states, its seas and its frame on the map."""

    name: str
    summary: str
    states: list[str]
    partners: list[str] = []  # outside states that engage there
    frame: list[float] = []  # west, south, east, north in degrees
    label: str = "public"
    verification: str = "unverified"
    evidence: list[Evidence] = []


class CaseStudy(Shape, tag="case_study", tag_field="kind", frozen=True, kw_only=True):
    """A study of one relationship: its parties, its question and its turning points."""

    name: str
    summary: str
    parties: list[str]
    turning_points: list[str] = []  # `YYYY: what happened`
    label: str = "public"
    verification: str = "unverified"
    evidence: list[Evidence] = []


AnyRecord = (
    Agreement
    | Series
    | Engagement
    | Incident
    | Channel
    | Regime
    | Organisation
    | TerritorialClaim
    | Presence
    | Programme
    | Place
    | Region
    | CaseStudy
)
RECORD_KINDS = tuple(sorted(str(shape.__struct_config__.tag) for shape in get_args(AnyRecord)))
