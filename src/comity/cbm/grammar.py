"""The grammar of rules: what a regime's file may say. A field that is not named here is refused.

`Condition` is the heart: `all`, `any` and `not` over comparisons, other rules' conditions, periods of the year, and
questions only people can answer. What each shape means to who writes one is in `docs/how/add-a-rule.md`.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

Verification = Literal["V1", "V2", "K-hi", "K-med", "K-lo"]
Operator = Literal[">=", ">", "<=", "<", "==", "!=", "in", "not_in"]
Kind = Literal[
    "prior_notification",
    "post_notification",
    "observation_invitation",
    "annual_report",
    "quota",
    "prohibition",
    "conduct",
    "consultation",
    "verification",
    "channel",
    "transit",
]
Binding = Literal["legal", "political", "voluntary"]
Obliged = Literal["host_state", "conducting_state", "each_participant", "each_party"]
Status = Literal[
    "in_force",
    "eroded",
    "suspended",
    "partly_suspended",
    "terminated",
    "superseded",
    "voluntary_practice",
    "unknown",
]
Enforce = Literal["hard", "advisory", "none"]
Unit = Literal["hour", "day", "month"]


class Shape(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whatever a file says: fixed fields, and no others."""


class Evidenced(Shape, frozen=True, kw_only=True):
    """A part of a rule that may be better or worse known than the whole, with where it was read."""

    note: str | None = None
    ver: Verification | None = None
    src: tuple[str, ...] = ()


class Condition(Evidenced, frozen=True, kw_only=True):
    """One node of a condition; exactly one of its forms is given.

    * `all`, `any`: every one, at least one, of these
    * `not`: the opposite of this
    * `measure`, `op`, `value`: a comparison; a value of null is a threshold nobody has found
    * `ref`: the condition of another rule, for the kinds of activity that rule speaks of
    * `period`: the activity overlaps these days of the year, `07-01/09-01`
    * `kind`: the activity is of one of these kinds
    * `judge`: a question no computer answers; it is never known
    """

    all: tuple[Condition, ...] | None = None
    any: tuple[Condition, ...] | None = None
    not_: Condition | None = msgspec.field(default=None, name="not")
    measure: str | None = None
    op: Operator | None = None
    value: str | tuple[str, ...] | None = None
    ref: str | None = None
    period: str | None = None
    kind: tuple[str, ...] | None = None
    judge: str | None = None
    text: str | None = None  # the sentence when it holds
    otherwise: str | None = None  # the sentence when it does not

    def __post_init__(self) -> None:
        forms = ("all", "any", "not_", "measure", "ref", "period", "kind", "judge")
        given = [form.rstrip("_") for form in forms if getattr(self, form) is not None]
        if len(given) != 1:
            said = " and ".join(given) or "none"
            raise ValueError(f"a condition has one of {', '.join(forms).replace('_', '')}; this has {said}")
        if (self.measure is None) != (self.op is None):
            raise ValueError("measure and op are given together")
        if self.measure is None and self.value is not None:
            raise ValueError(f"value {self.value!r} has no measure")
        if self.all == () or self.any == ():
            raise ValueError(f"{given[0]} is empty")


class Timing(Evidenced, frozen=True, kw_only=True):
    """When something is due: so long before or after an anchor, or by a day of the year."""

    n: int | None = None
    unit: Unit | None = None
    edge: Literal["before", "after"] | None = None
    anchor: str | None = None
    by: str | None = None  # MM-DD
    year: int = 0  # the day is in the year of the anchor plus this: -1 is the year before
    none: str | None = None  # there is no number; this says what the text asks

    def __post_init__(self) -> None:
        forms = [form for form in ("n", "by", "none") if getattr(self, form) is not None]
        if len(forms) != 1:
            raise ValueError(f"a deadline has one of n, by, none; this has {' and '.join(forms) or 'none of them'}")
        if self.n is not None and (self.unit is None or self.edge is None or self.anchor is None):
            raise ValueError("a deadline with n has unit, edge and anchor")
        if self.n is not None and self.n < 0:
            raise ValueError(f"n is {self.n}, below 0; say before or after by edge")
        if self.n is None and (self.unit or self.edge):
            raise ValueError("unit and edge need n")


class Case(Timing, frozen=True, kw_only=True):
    """A deadline that holds under a condition; the first case that holds is used.

    With `claimed_by`, the case is passed over until the activity states that measure; without it, a case that cannot be
    told leaves the deadline untold.
    """

    when: Condition
    claimed_by: str | None = None


class Deadline(Timing, frozen=True, kw_only=True):
    """The deadline of a rule; `cases` come before it, each under its own condition."""

    cases: tuple[Case, ...] = ()


class Share(Evidenced, frozen=True, kw_only=True):
    """Of the activities a quota counts, how many may be of a larger size."""

    max: int
    when: Condition


class Limit(Evidenced, frozen=True, kw_only=True):
    """How many activities a state may carry out, or must."""

    per: Literal["calendar_year", "simultaneous", "years"]
    max: int | None = None
    min: int | None = None
    years: int = 1
    of_which: Share | None = None

    def __post_init__(self) -> None:
        if self.max is None and self.min is None and self.note is None:
            raise ValueError("a limit has max or min, or a note that says why neither is a number")


class Step(Evidenced, frozen=True, kw_only=True):
    """One step of a procedure, with its clock where it has one."""

    step: str
    deadline: Timing | None = None
    value: str | None = None


class Exemption(Evidenced, frozen=True, kw_only=True):
    """What takes an activity out of a rule, once shown.

    With `claimed_by`, the duty stands until the activity states that measure; without it, an exemption that cannot
    be told leaves the rule untold.
    """

    why: str
    when: Condition
    claimed_by: str | None = None


class Party(Evidenced, frozen=True, kw_only=True):
    """A state or a set of states, and the days between which the regime holds for it, both included."""

    party: str
    from_: date | None = msgspec.field(default=None, name="from")
    to: date | None = None


class Effect(Evidenced, frozen=True, kw_only=True):
    """The days between which a regime or rule is in effect, both included; open where not given."""

    from_: date | None = msgspec.field(default=None, name="from")
    to: date | None = None


class Standing(Evidenced, frozen=True, kw_only=True):
    """The status from a day on, of all parties or of some, as it was known on a day."""

    status: Status
    as_of: date
    from_: date | None = msgspec.field(default=None, name="from")
    parties: tuple[str, ...] = ()


class Source(Shape, frozen=True, kw_only=True):
    """A public text a number was read in."""

    publisher: str
    title: str
    url: str
    kind: Literal["primary", "secondary", "located"]
    date: str | None = None
    read: str | None = None
    note: str | None = None


class Rule(Shape, frozen=True, kw_only=True):
    """Who must tell whom what by when, invite whom, or refrain from what; else its regime's fields hold."""

    id: str
    kind: Kind
    ver: Verification
    enforce: Enforce = "hard"
    article: str | None = None
    instrument: str | None = None  # the text, where it is not the regime's own
    record: str | None = None
    binding: Binding | None = None
    parties: tuple[str | Party, ...] | None = None
    obliged: Obliged | None = None
    recipients: str | None = None
    channel: str | None = None
    zone: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    scope: Condition | None = None
    when: Condition | None = None
    exempt: tuple[Exemption, ...] = ()
    deadline: Deadline | None = None
    limit: Limit | None = None
    constraints: tuple[Condition, ...] = ()
    steps: tuple[Step, ...] = ()
    content: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    forbids: tuple[str, ...] = ()
    effect: Effect | None = None
    standings: tuple[Standing, ...] | None = None
    note: str | None = None
    example: str | None = None
    src: tuple[str, ...] = ()


class Regime(Shape, frozen=True, kw_only=True):
    """One regime: its parties, its standing over time, its sources and its rules."""

    regime: str
    binding: Binding
    parties: tuple[str | Party, ...]
    effect: Effect
    standings: tuple[Standing, ...]
    sources: dict[str, Source]
    rules: tuple[Rule, ...]
    record: str | None = None  # identifier of the register's record of the regime
    parties_open: bool = False  # the list is known not to be whole: whether others are parties cannot be told
    open_to: tuple[str, ...] = ()  # who those others could be, where the text says; anyone where it does not
    not_parties: tuple[str, ...] = ()  # those known to stand outside
    obliged: Obliged = "each_party"
    recipients: str | None = None
    channel: str | None = None
    note: str | None = None
