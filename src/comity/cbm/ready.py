"""Every rule made ready once: its conditions compiled, and found by the kind of activity."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from comity.cbm.activity import Activity
from comity.cbm.asking import Node, Surroundings
from comity.cbm.conditions import reads_distance, ready
from comity.cbm.grammar import Case, Exemption, Rule
from comity.cbm.loading import InRegime, Regimes
from comity.cbm.logic import Ask, remembered
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
    """A rule with its conditions made ready.

    Attributes:
        held: the rule with its regime.
        scope: what the activity must be before the threshold is asked.
        when: the threshold.
        exempt: what takes the activity out again.
        constraints: what an activity that triggers the rule must keep.
        cases: deadlines that hold under a condition.
        larger: of a quota, what makes an activity one of the larger size.
        inside: whether an activity is in the rule's zone; yes for a rule that holds anywhere.
        asks_for: the measures of the threshold.
    """

    held: InRegime
    scope: Node | None
    when: Node | None
    exempt: tuple[Excused, ...]
    constraints: tuple[Node, ...]
    cases: tuple[tuple[Case, Node], ...]
    larger: Node | None
    inside: Ask
    asks_for: frozenset[str]

    @cached_property
    def is_quota(self) -> bool:
        """Whether activities are counted against its limit."""
        limit = self.held.rule.limit
        return self.held.rule.kind == "quota" and limit is not None and limit.max is not None

    @cached_property
    def adds(self) -> bool:
        """Whether it has a threshold that linked activities may reach together."""
        words = vocabulary().measures
        return any(name in words and words[name].adds for name in self.asks_for)


def rules_of_kind(regimes: Regimes, kind: str) -> tuple[Ready, ...]:
    """The rules that an activity of a kind can bring about, in the order of regimes and rules."""
    return _by_kind(regimes).get(kind, ())


@lru_cache(maxsize=4096)
def rules_for(regimes: Regimes, kind: str, who: tuple[str, ...]) -> tuple[Ready, ...]:
    """The rules of a kind of activity that any of some states could ever be a party to; all where none is named."""
    rules = rules_of_kind(regimes, kind)
    return tuple(rule for rule in rules if any(map(rule.held.could_be_party, who))) if who else rules


@lru_cache(maxsize=8)
def _by_kind(regimes: Regimes) -> dict[str, tuple[Ready, ...]]:
    found: dict[str, list[Ready]] = {}
    around = Surroundings(regimes.rules, (), "V1")
    for held in regimes.rules.values():
        made = _made(held, replace(around, zones=held.rule.zone, ver=held.rule.ver)) if held.rule.activities else None
        for kind in held.rule.activities:
            assert made is not None
            found.setdefault(kind, []).append(made)
    return {kind: tuple(rules) for kind, rules in found.items()}


def _made(held: InRegime, around: Surroundings) -> Ready:
    rule = held.rule
    limit = rule.limit.of_which if rule.limit else None
    when = ready(rule.when, around) if rule.when else None
    return Ready(
        held=held,
        scope=ready(rule.scope, around) if rule.scope else None,
        when=when,
        exempt=tuple(Excused(one, ready(one.when, around)) for one in rule.exempt),
        constraints=tuple(ready(one, around) for one in rule.constraints),
        cases=tuple((one, ready(one.when, around)) for one in (rule.deadline.cases if rule.deadline else ())),
        larger=ready(limit.when, around) if limit else None,
        inside=_inside(rule),
        asks_for=when.measures() if when else frozenset(),
    )


def _inside(rule: Rule) -> Ask:
    return _in_zones(rule.zone, reads_distance(rule)) if rule.zone else lambda activity: True  # noqa: ARG005


@cache
def _in_zones(zones: tuple[str, ...], by_distance: bool) -> Ask:
    """Whether an activity is in one of some zones, asked once for all rules of these zones."""
    return remembered(lambda activity: in_any(activity, zones, by_distance))
