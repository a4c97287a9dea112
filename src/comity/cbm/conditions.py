"""Conditions made ready to be asked ten thousand times: each answers yes, no or cannot tell, and says why.

A comparison whose measure is not given cannot be told; `all` is no as soon as one part is, `any` yes as soon as one
part is (Kleene's three-valued logic), so that nothing missing ever becomes a no.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from comity.cbm.activity import Activity
from comity.cbm.comparing import Leaf, comparison, in_period, in_zones, of_kind, question
from comity.cbm.grammar import Condition, Rule
from comity.cbm.logic import Ask, all_of, any_of, opposite, remembered
from comity.cbm.margins import Gap, nearest, widest
from comity.cbm.proofing import nodes
from comity.cbm.zoning import DISTANCE

RANK = ("V1", "V2", "K-hi", "K-med", "K-lo")  # from read in the text to weakly remembered


class Held(Protocol):
    """A rule as the loader holds it."""

    @property
    def rule(self) -> Rule:
        """The rule as written."""


@dataclass(frozen=True)
class Surroundings:
    """What a condition may refer to: the rules, and the zones and verification of the rule it stands in."""

    rules: Mapping[str, Held]
    zones: tuple[str, ...]
    ver: str


class Node(ABC):
    """A condition ready to be asked.

    Attributes:
        ask: yes, no or cannot tell (None) of an activity.
    """

    __slots__ = ("ask", "otherwise", "text", "ver")

    def __init__(self, condition: Condition, ask: Ask, around: Surroundings) -> None:
        self.ask = ask if isinstance(self, One) else remembered(ask)  # asking one part again costs nothing
        self.text, self.otherwise = condition.text, condition.otherwise
        self.ver = condition.ver or around.ver

    def sentences(self, activity: Activity) -> list[str]:
        """Why it holds, or does not."""
        answer = self.ask(activity)
        own = self.text if answer else self.otherwise if answer is False else None
        return [own] if own else self._sentences(activity, answer)

    @abstractmethod
    def _sentences(self, activity: Activity, answer: bool | None) -> list[str]:
        """The sentences of its own form."""

    @abstractmethod
    def missing(self, activity: Activity) -> list[str]:
        """The measures whose values would decide it; empty once it is decided."""

    @abstractmethod
    def gap(self, activity: Activity) -> Gap | None:
        """How far it is from holding, where a number tells."""

    @abstractmethod
    def rests_on(self, activity: Activity) -> str:
        """The weakest verification of what makes it hold."""

    @abstractmethod
    def measures(self) -> frozenset[str]:
        """Every measure it asks for."""

    def decisive(self, activity: Activity) -> frozenset[str]:  # noqa: ARG002 (parts are asked where there are some)
        """The measures that make it hold."""
        return self.measures()


class One(Node):
    """A comparison, a period, a kind or a question: a condition with no parts."""

    __slots__ = ("leaf",)

    def __init__(self, condition: Condition, leaf: Leaf, around: Surroundings) -> None:
        super().__init__(condition, leaf.ask, around)
        self.leaf = leaf

    def _sentences(self, activity: Activity, answer: bool | None) -> list[str]:
        return [self.leaf.sentence(activity, answer)]

    def missing(self, activity: Activity) -> list[str]:
        """The measure it asks for, while that is not given."""
        if self.ask(activity) is not None:
            return []
        return list(self.leaf.missing(activity) if self.leaf.missing else self.leaf.names)

    def gap(self, activity: Activity) -> Gap | None:
        """The distance to the threshold."""
        return self.leaf.gap(activity) if self.leaf.gap else None

    def rests_on(self, activity: Activity) -> str:  # noqa: ARG002 (of one shape with the others)
        """Its own verification."""
        return self.ver

    def measures(self) -> frozenset[str]:
        """The measure it asks for."""
        return frozenset(self.leaf.names)


class Every(Node):
    """Holds when all its parts do; the first `silent` of them are no reason when they hold."""

    __slots__ = ("parts", "silent")

    def __init__(self, condition: Condition, parts: tuple[Node, ...], around: Surroundings, *, silent: int = 0) -> None:
        super().__init__(condition, all_of([part.ask for part in parts]), around)
        self.parts, self.silent = parts, silent

    def _sentences(self, activity: Activity, answer: bool | None) -> list[str]:
        asked = self.parts[self.silent :] if answer and len(self.parts) > self.silent else self.parts
        told = [part for part in asked if part.ask(activity) is answer]
        return [" and ".join(dict.fromkeys(said for part in told for said in part.sentences(activity)))]

    def missing(self, activity: Activity) -> list[str]:
        """What is missing of the parts that cannot be told, unless another part already says no."""
        return _missing(self.parts, activity) if self.ask(activity) is None else []

    def gap(self, activity: Activity) -> Gap | None:
        """The widest of the gaps of its parts: all must close."""
        return widest(part.gap(activity) for part in self.parts if part.ask(activity) is not True)

    def rests_on(self, activity: Activity) -> str:
        """The weakest of its parts."""
        return max((part.rests_on(activity) for part in self.parts), key=RANK.index)

    def measures(self) -> frozenset[str]:
        """Every measure of its parts."""
        return frozenset().union(*(part.measures() for part in self.parts))

    def decisive(self, activity: Activity) -> frozenset[str]:
        """The measures of the parts that hold."""
        return frozenset().union(*(part.decisive(activity) for part in self.parts if part.ask(activity)))

    def is_held_back(self, activity: Activity) -> bool:
        """Whether only a part with a sentence of its own keeps it from holding."""
        failing = [part for part in self.parts if part.ask(activity) is False]
        others = [part for part in self.parts if part not in failing]
        return bool(failing) and all(part.otherwise for part in failing) and all(map(_holds(activity), others))


class Some(Every):
    """Holds when at least one of its parts does."""

    __slots__ = ()

    def __init__(self, condition: Condition, parts: tuple[Node, ...], around: Surroundings) -> None:
        Node.__init__(self, condition, any_of([part.ask for part in parts]), around)
        self.parts, self.silent = parts, 0

    def _sentences(self, activity: Activity, answer: bool | None) -> list[str]:
        told = [part for part in self.parts if part.ask(activity) is answer]
        if answer is False:
            held_back = [part for part in told if isinstance(part, Every) and part.is_held_back(activity)]
            closest = sorted(told, key=lambda part: _relative(part.gap(activity)))
            told = [*held_back, *closest][:1]
        return ["; ".join(dict.fromkeys(said for part in told for said in part.sentences(activity)))]

    def gap(self, activity: Activity) -> Gap | None:
        """The narrowest of the gaps of its parts: one is enough."""
        return nearest(part.gap(activity) for part in self.parts)

    def rests_on(self, activity: Activity) -> str:
        """The best known of the parts that hold: one is enough."""
        holding = [part for part in self.parts if part.ask(activity) is True]
        return min((part.rests_on(activity) for part in holding or self.parts), key=RANK.index)

    def is_held_back(self, activity: Activity) -> bool:  # noqa: ARG002 (of one shape with the other)
        """Never: another of its parts might hold."""
        return False


class Reverse(Node):
    """Holds when its part does not."""

    __slots__ = ("part",)

    def __init__(self, condition: Condition, part: Node, around: Surroundings) -> None:
        super().__init__(condition, opposite(part.ask), around)
        self.part = part

    def _sentences(self, activity: Activity, answer: bool | None) -> list[str]:  # noqa: ARG002
        return self.part.sentences(activity)

    def missing(self, activity: Activity) -> list[str]:
        """What is missing of its part."""
        return self.part.missing(activity)

    def gap(self, activity: Activity) -> Gap | None:  # noqa: ARG002 (of one shape with the others)
        """None: a threshold passed is not one ahead."""
        return None

    def rests_on(self, activity: Activity) -> str:
        """As its part."""
        return self.part.rests_on(activity)

    def measures(self) -> frozenset[str]:
        """As its part."""
        return self.part.measures()


def ready(condition: Condition, around: Surroundings) -> Node:
    """A condition of a rule, made ready to be asked."""
    if condition.all is not None:
        return Every(condition, tuple(ready(part, around) for part in condition.all), around)
    if condition.any is not None:
        return Some(condition, tuple(ready(part, around) for part in condition.any), around)
    if condition.not_ is not None:
        return Reverse(condition, ready(condition.not_, around), around)
    if condition.ref is not None:
        return _referred(condition, around)
    return One(condition, _leaf(condition, around), around)


def _referred(condition: Condition, around: Surroundings) -> Node:
    """Another rule's kinds of activity, scope and condition; its zone too where the rule that refers has none."""
    other = around.rules[condition.ref or ""].rule
    there = Surroundings(around.rules, other.zone or around.zones, other.ver)
    leaves = [of_kind(other.activities)] if other.activities else []
    if other.zone and not around.zones:
        leaves.append(in_zones(other.zone, reads_distance(other)))
    plain = Condition(judge="", ver="V1")
    parts: list[Node] = [One(plain, leaf, there) for leaf in leaves]
    parts += [ready(one, there) for one in (other.scope, other.when) if one is not None]
    return Every(condition, tuple(parts), there, silent=len(leaves))


def reads_distance(rule: Rule) -> bool:
    """Whether a rule asks how far the activity is from the line it speaks of."""
    return rule.when is not None and any(node.measure == DISTANCE for _, node in nodes(rule.when))


def _leaf(condition: Condition, around: Surroundings) -> Leaf:
    if condition.measure is not None:
        return comparison(condition, around.zones)
    if condition.period is not None:
        return in_period(condition.period)
    if condition.kind is not None:
        return of_kind(condition.kind)
    return question(condition.judge or "")


def _missing(parts: tuple[Node, ...], activity: Activity) -> list[str]:
    return list(dict.fromkeys(name for part in parts for name in part.missing(activity)))


def _holds(activity: Activity) -> Callable[[Node], bool]:
    return lambda part: part.ask(activity) is True


def _relative(gap: Gap | None) -> float:
    return gap.relative if gap else float("inf")
