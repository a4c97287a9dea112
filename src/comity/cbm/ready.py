"""Every rule made ready once: its conditions compiled, and found by the kind of activity."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from comity.cbm.activity import Activity
from comity.cbm.conditions import Node, Surroundings, reads_distance, ready
from comity.cbm.grammar import Case, Exemption
from comity.cbm.loading import InRegime, Regimes
from comity.cbm.vocabulary import vocabulary
from comity.cbm.zoning import in_any


class Excused(NamedTuple):
    """An exemption with its condition made ready."""

    exemption: Exemption
    node: Node

    def is_claimed(self, activity: Activity) -> bool:
        """Whether the activity states what the exemption must be claimed by."""
        by = self.exemption.claimed_by
        return by is None or by in activity.values


@dataclass(frozen=True)
class Ready:
    """A rule with its conditions made ready."""

    held: InRegime
    scope: Node | None
    when: Node | None
    exempt: tuple[Excused, ...]
    constraints: tuple[Node, ...]
    cases: tuple[tuple[Case, Node], ...]
    larger: Node | None
    by_distance: bool

    def is_inside(self, activity: Activity) -> bool | None:
        """Whether the activity is in the rule's zone; True for a rule that holds anywhere."""
        zones = self.held.rule.zone
        return in_any(activity, zones, self.by_distance) if zones else True

    @cached_property
    def adds(self) -> bool:
        """Whether it has a threshold that linked activities may reach together."""
        words = vocabulary().measures
        return self.when is not None and any(name in words and words[name].adds for name in self.when.measures())


def rules_of_kind(regimes: Regimes, kind: str) -> tuple[Ready, ...]:
    """The rules that an activity of a kind can bring about, in the order of regimes and rules."""
    return _by_kind(regimes).get(kind, ())


@lru_cache(maxsize=8)
def _by_kind(regimes: Regimes) -> dict[str, tuple[Ready, ...]]:
    found: dict[str, list[Ready]] = {}
    for held in regimes.rules.values():
        made = _made(held, regimes) if held.rule.activities else None
        for kind in held.rule.activities:
            assert made is not None
            found.setdefault(kind, []).append(made)
    return {kind: tuple(rules) for kind, rules in found.items()}


def _made(held: InRegime, regimes: Regimes) -> Ready:
    rule = held.rule
    around = Surroundings(regimes.rules, rule.zone, rule.ver)
    limit = rule.limit.of_which if rule.limit else None
    return Ready(
        held=held,
        scope=ready(rule.scope, around) if rule.scope else None,
        when=ready(rule.when, around) if rule.when else None,
        exempt=tuple(Excused(one, ready(one.when, around)) for one in rule.exempt),
        constraints=tuple(ready(one, around) for one in rule.constraints),
        cases=tuple((one, ready(one.when, around)) for one in (rule.deadline.cases if rule.deadline else ())),
        larger=ready(limit.when, around) if limit else None,
        by_distance=reads_distance(rule),
    )
