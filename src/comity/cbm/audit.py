"""Past exercises judged by the rules of their day: which had to be announced, which lay near a line, which is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from comity.cbm.activity import Activity
from comity.cbm.engagements import plain_activity
from comity.cbm.engine import check
from comity.cbm.loading import Regimes
from comity.cbm.rows import Row

if TYPE_CHECKING:
    from comity.store import Store

# What a notice is owed for; conduct, quotas and exchanges of every year are judged elsewhere.
ASKED = ("prior_notification", "observation_invitation")
_EXERCISES = """
    SELECT e.source, e.engagement, e.name, e.start_date, e.end_date, e.domains, e.personnel_count, e.location,
           e.instrument, e.start_precision, e.end_precision,
           list(p.party ORDER BY p.party) FILTER (p.role = 'host') AS hosts,
           list(p.party ORDER BY p.party) FILTER (p.role <> 'observer') AS parties
    FROM core.engagement e JOIN core.engagement_party p USING (source, engagement)
    WHERE e.instrument = 'exercise' AND e.status IN ('completed', 'ongoing') AND e.start_date IS NOT NULL
      AND p.party_kind = 'state' AND ($since IS NULL OR year(e.start_date) >= $since)
      AND ($until IS NULL OR year(e.start_date) <= $until)
    GROUP BY ALL
    ORDER BY e.start_date, e.source, e.engagement
"""


@dataclass(frozen=True)
class Past:
    """One exercise of a store as an activity."""

    source: str
    engagement: str
    activity: Activity


@dataclass(frozen=True)
class Judged:
    """One exercise under one rule of its day."""

    past: Past
    row: Row

    @property
    def is_near(self) -> bool:
        """Whether it stayed just under the line by what is known of it."""
        return self.row.triggered is not True and self.row.flag == "near_threshold"

    def to_dict(self) -> dict[str, Any]:
        """Plain keys and values."""
        past = self.past
        return {"source": past.source, "engagement": past.engagement, "name": past.activity.name} | self.row.to_dict()


@dataclass(frozen=True)
class Tally:
    """What came of one rule over all exercises it could speak of.

    Attributes:
        rule: the rule.
        regime: its regime.
        exercises: how many exercises it could speak of.
        triggered: of how many it asked a notice or an invitation.
        near: how many stayed just under the line by what is known of them; where a measure is missing, one of them may
            have crossed it by that, and is among the untold too.
        untold: of how many it cannot be told, mostly since nobody published their size or who was host.
    """

    rule: str
    regime: str
    exercises: int
    triggered: int
    near: int
    untold: int

    @property
    def untold_share(self) -> float:
        """The share of exercises of which it cannot be told."""
        return self.untold / self.exercises

    def to_dict(self) -> dict[str, Any]:
        """Plain keys and values."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__} | {"untold_share": self.untold_share}


def exercises(store: Store, years: tuple[int | None, int | None] = (None, None)) -> Iterator[Past]:
    """Every exercise of the store as an activity.

    A host, a size or a day that no source gives stays unknown. No zone is computed from a place: the borders of today
    do not judge the past, so a rule asks for the host.
    """
    asked = {"since": years[0], "until": years[1]}
    for row in store.ask(_EXERCISES, asked).to_pylist():
        where = f"{row['source']}: {row['engagement']}"
        yield Past(row["source"], row["engagement"], Activity.from_dict(plain_activity(row), where))


def judged(held: Iterable[Past], regimes: Regimes | None = None) -> Iterator[Judged]:
    """Each exercise under each rule of its day that could ask a notice or an invitation of it.

    A courtesy asks nothing and is not among them. Each is judged alone: whether exercises of the same weeks were one
    cannot be read off a list.

    >>> plan = {"type": "field_exercise", "host": "POL", "start": "2016-06-07", "troops": 31000}
    >>> past = Past("register", "anakonda-2016", Activity.from_dict(plan))
    >>> [one.row.triggered for one in judged([past]) if one.row.rule == "vd11.vi.observation"]
    [True]
    """
    for past in held:
        for row in check([past.activity], regimes=regimes)[0].rows:
            if row.held.rule.kind in ASKED and not row.is_stopped and row.binding != "voluntary":
                yield Judged(past, row)


def tallies(found: Iterable[Judged]) -> tuple[Tally, ...]:
    """What came of each rule, the rules that spoke of most exercises first.

    An exercise outside the rule's zone is not counted among those it could speak of.
    """
    counts: dict[str, list[int]] = {}
    regimes: dict[str, str] = {}
    for one in found:
        if one.row.triggered is False and one.row.why.startswith("outside"):
            continue
        regimes[one.row.rule] = one.row.held.regime.regime
        held = counts.setdefault(one.row.rule, [0, 0, 0, 0])
        held[0] += 1
        held[1] += one.row.triggered is True
        held[2] += one.is_near
        held[3] += one.row.triggered is None
    made = [Tally(rule, regimes[rule], *held) for rule, held in counts.items()]
    return tuple(sorted(made, key=lambda tally: (-tally.exercises, tally.rule)))
