"""Conditions made ready to be asked ten thousand times: each answers yes, no or cannot tell, and says why.

A comparison whose measure is not given cannot be told; `all` is no as soon as one part is, `any` yes as soon as one
part is (Kleene's three-valued logic), so that nothing missing ever becomes a no.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from comity.cbm.activity import Activity
from comity.cbm.asking import Node, Surroundings
from comity.cbm.comparing import Leaf, comparison, in_period, in_zones, of_kind, question
from comity.cbm.grammar import Condition, Rule
from comity.cbm.logic import opposite, remembered
from comity.cbm.margins import Gap, nearest, widest
from comity.cbm.proofing import nodes
from comity.cbm.zoning import DISTANCE

_RANKS = {"V1": 0, "V2": 1, "K-hi": 2, "K-med": 3, "K-lo": 4}  # from read in the text to weakly remembered


class One(Node):
    """A comparison, a period, a kind or a question: a condition with no parts."""

    has_parts = False
    __slots__ = ("leaf",)

    def __init__(self, condition: Condition, leaf: Leaf, around: Surroundings) -> None:
        super().__init__(condition, leaf.ask, around)
        self.leaf = leaf

    def _sentences(self, activity: Activity, answer: bool | None) -> tuple[str, ...]:
        return (self.leaf.sentence(activity, answer),)

    def _missing(self, activity: Activity) -> tuple[str, ...]:
        """The measure it asks for, while that is not given."""
        if self.ask(activity) is not None:
            return ()
        return self.leaf.missing(activity) if self.leaf.missing else self.leaf.names

    def _gap(self, activity: Activity) -> Gap | None:
        """The distance to the threshold."""
        return self.leaf.gap(activity) if self.leaf.gap else None

    def _rests_on(self, activity: Activity) -> str:  # noqa: ARG002 (of one shape with the others)
        """Its own verification."""
        return self.ver

    def measures(self) -> frozenset[str]:
        """The measure it asks for."""
        return frozenset(self.leaf.names)


class Divided(NamedTuple):
    """The parts of a condition by what they answer."""

    yes: list[Node]
    no: list[Node]
    open: list[Node]

    def of(self, answer: bool | None) -> list[Node]:
        """The parts that give an answer."""
        if answer is None:
            return self.open
        return self.yes if answer else self.no


class Every(Node):
    """Holds when all its parts do; the first `silent` of them are no reason when they hold."""

    __slots__ = ("divided", "parts", "silent")

    def __init__(self, condition: Condition, parts: tuple[Node, ...], around: Surroundings, *, silent: int = 0) -> None:
        self.parts, self.silent = parts, silent
        self.divided = remembered(self._divided)
        super().__init__(condition, self._answer, around)

    def _divided(self, activity: Activity) -> Divided:
        """Each part asked once: those that hold, those that do not, those that cannot be told."""
        divided = Divided([], [], [])
        for part in self.parts:
            said = part.ask(activity)
            if said is None:
                divided.open.append(part)
            else:
                (divided.yes if said else divided.no).append(part)
        return divided

    def _answer(self, activity: Activity) -> bool | None:
        """No as soon as one part is no, yes when every one is yes."""
        divided = self.divided(activity)
        if divided.no:
            return False
        return None if divided.open else True

    def _sentences(self, activity: Activity, answer: bool | None) -> tuple[str, ...]:
        told = self.divided(activity).of(answer)
        if answer and len(told) > self.silent:
            told = told[self.silent :]  # all hold, so they stand as the parts do
        return (" and ".join(dict.fromkeys(said for part in told for said in part.sentences(activity))),)

    def _missing(self, activity: Activity) -> tuple[str, ...]:
        """What is missing of the parts that cannot be told, unless another part already says no."""
        if self.ask(activity) is not None:
            return ()
        open_ = self.divided(activity).open
        return tuple(dict.fromkeys([name for part in open_ for name in part.missing(activity)]))

    def _gap(self, activity: Activity) -> Gap | None:
        """The widest of the gaps of its parts: all must close."""
        divided = self.divided(activity)
        return widest([part.gap(activity) for part in (*divided.no, *divided.open)])

    def _rests_on(self, activity: Activity) -> str:
        """The weakest of its parts."""
        return max((part.rests_on(activity) for part in self.parts), key=_RANKS.__getitem__)

    def measures(self) -> frozenset[str]:
        """Every measure of its parts."""
        return frozenset().union(*(part.measures() for part in self.parts))

    def decisive(self, activity: Activity) -> frozenset[str]:
        """The measures of the parts that hold."""
        return frozenset().union(*(part.decisive(activity) for part in self.divided(activity).yes))

    def is_held_back(self, activity: Activity) -> bool:
        """Whether only a part with a sentence of its own keeps it from holding."""
        divided = self.divided(activity)
        return bool(divided.no) and not divided.open and all(part.otherwise for part in divided.no)


class Some(Every):
    """Holds when at least one of its parts does."""

    __slots__ = ()

    def _answer(self, activity: Activity) -> bool | None:
        """Yes as soon as one part is yes, no when every one is no."""
        divided = self.divided(activity)
        if divided.yes:
            return True
        return None if divided.open else False

    def _sentences(self, activity: Activity, answer: bool | None) -> tuple[str, ...]:
        told = self.divided(activity).of(answer)
        if answer is False:
            held_back = [part for part in told if isinstance(part, Every) and part.is_held_back(activity)]
            closest = sorted(told, key=lambda part: _relative(part.gap(activity)))
            told = [*held_back, *closest][:1]
        return ("; ".join(dict.fromkeys(said for part in told for said in part.sentences(activity))),)

    def _gap(self, activity: Activity) -> Gap | None:
        """The narrowest of the gaps of its parts: one is enough."""
        return nearest([part.gap(activity) for part in self.parts])

    def _rests_on(self, activity: Activity) -> str:
        """The best known of the parts that hold: one is enough."""
        holding = self.divided(activity).yes
        return min((part.rests_on(activity) for part in holding or self.parts), key=_RANKS.__getitem__)

    def is_held_back(self, activity: Activity) -> bool:  # noqa: ARG002 (of one shape with the other)
        """Never: another of its parts might hold."""
        return False


class Reverse(Node):
    """Holds when its part does not."""

    __slots__ = ("part",)

    def __init__(self, condition: Condition, part: Node, around: Surroundings) -> None:
        super().__init__(condition, opposite(part.ask), around)
        self.part = part

    def _sentences(self, activity: Activity, answer: bool | None) -> tuple[str, ...]:  # noqa: ARG002
        return self.part.sentences(activity)

    def _missing(self, activity: Activity) -> tuple[str, ...]:
        """What is missing of its part."""
        return self.part.missing(activity)

    def _gap(self, activity: Activity) -> Gap | None:  # noqa: ARG002 (of one shape with the others)
        """None: a threshold passed is not one ahead."""
        return None

    def _rests_on(self, activity: Activity) -> str:
        """As its part."""
        return self.part.rests_on(activity)

    def measures(self) -> frozenset[str]:
        """As its part."""
        return self.part.measures()


def ready(condition: Condition, around: Surroundings) -> Node:
    """A condition of a rule, made ready to be asked."""
    key = (condition, around.zones, around.ver)
    if key not in around.made:
        around.made[key] = _made(condition, around)
    return around.made[key]


def _made(condition: Condition, around: Surroundings) -> Node:
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
    there = replace(around, zones=other.zone or around.zones, ver=other.ver)
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


def _relative(gap: Gap | None) -> float:
    return gap.relative if gap else float("inf")
