"""Facts with many parties as they are: one group of states for each treaty and exercise, not its pairs.

A projection makes pairs of them, and loses that twenty states met once, not 190 pairs. Groups keep it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from comity.errors import BadRequest
from comity.network.graph import Matrix
from comity.network.standing import IN_FORCE, STANDING

if TYPE_CHECKING:
    from comity.store import Store

_TEXTS = f"""
    SELECT agreement.source, agreement.agreement AS item, agreement.name,
           list(DISTINCT party.party ORDER BY party.party) AS members
    FROM core.agreement AS agreement JOIN core.agreement_party AS party USING (source, agreement)
    WHERE party.party_kind = 'state' AND list_contains($in_force, {STANDING}) AND party.role <> 'depositary'
      AND (agreement.agreement_kind = 'alliance') = $is_alliance
      AND coalesce(party.start_date <= $on, true) AND coalesce(party.end_date >= $on, true)
    GROUP BY ALL ORDER BY ALL
"""  # noqa: S608 (the expression is ours; every value is a parameter)
_TOGETHER = """
    SELECT e.source, e.engagement AS item, e.name, list(DISTINCT p.party ORDER BY p.party) AS members
    FROM core.engagement e JOIN core.engagement_party p USING (source, engagement)
    WHERE e.instrument = $instrument AND e.status IN ('completed', 'ongoing') AND p.party_kind = 'state'
      AND p.role <> 'observer' AND e.start_date BETWEEN $since AND $on
    GROUP BY ALL ORDER BY ALL
"""
GROUPED = ("alliance", "agreement", "exercise", "operation", "dialogue")


@dataclass(frozen=True)
class Group:
    """One fact with its state parties: a treaty in force, an exercise, an operation or a dialogue."""

    layer: str
    source: str
    item: str
    name: str
    members: tuple[str, ...]


def groups(store: Store, layer: str, years: int | tuple[int, int]) -> tuple[Group, ...]:
    """The facts of a layer in the years with the states in each; texts are those in force on the last day.

    Facts of different sources stand side by side, so one exercise that two sources list is there twice. BadRequest
    where a layer is made of pairs and has no facts with many parties.
    """
    if layer not in GROUPED:
        raise BadRequest(f"{layer!r} has no groups; layers with groups are {', '.join(GROUPED)}")
    first, last = (years, years) if isinstance(years, int) else years
    on = date(last, 12, 31)
    if layer in ("alliance", "agreement"):
        found = store.ask(_TEXTS, {"on": on, "in_force": list(IN_FORCE), "is_alliance": layer == "alliance"})
    else:
        found = store.ask(_TOGETHER, {"instrument": layer, "since": date(first, 1, 1), "on": on})
    return tuple(
        Group(layer, row["source"], row["item"], row["name"] or row["item"], tuple(row["members"]))
        for row in found.to_pylist()
        if len(row["members"]) > 1
    )


def projected(groups: Sequence[Group], states: Sequence[str], *, shared_out: bool = False) -> Matrix:
    """The groups as pairs: how many groups two states share.

    Shared out, a group of n gives each of its pairs 1 / (n - 1), so that every member spends 1 on each group whatever
    its size (Newman 2001).

    >>> drill = Group("exercise", "register", "a", "A", ("FRA", "GBR", "USA"))
    >>> projected([drill], ("FRA", "USA")).tolist(), projected([drill], ("FRA", "USA"), shared_out=True).tolist()
    ([[0.0, 1.0], [1.0, 0.0]], [[0.0, 0.5], [0.5, 0.0]])
    """
    number = {state: row for row, state in enumerate(states)}
    made = np.zeros((len(states), len(states)))
    for group in groups:
        weight = 1 / max(len(group.members) - 1, 1) if shared_out else 1.0  # a group of one has no pair
        for one, other in combinations([number[member] for member in group.members if member in number], 2):
            made[one, other] += weight
            made[other, one] += weight
    return made


def size_counts(groups: Sequence[Group]) -> dict[int, int]:
    """How many groups there are of each size, the smallest size first.

    >>> size_counts([Group("exercise", "register", "a", "A", ("FRA", "GBR", "USA"))])
    {3: 1}
    """
    return dict(sorted(Counter(len(group.members) for group in groups).items()))
