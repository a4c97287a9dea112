"""A condition with no parts: a comparison of one measure, a period, a kind of activity, a zone, a question."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from comity.cbm.activity import Activity
from comity.cbm.grammar import Condition
from comity.cbm.logic import Ask
from comity.cbm.margins import Gap
from comity.cbm.moments import overlaps_period
from comity.cbm.proofing import NOT_FOUND
from comity.cbm.vocabulary import Vocabulary, vocabulary
from comity.cbm.zoning import DISTANCE, in_any, untold

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    ">=": operator.ge,
    ">": operator.gt,
    "<=": operator.le,
    "<": operator.lt,
    "==": operator.eq,
    "!=": operator.ne,
}
_OPPOSITE = {">=": "<", ">": "<=", "<=": ">", "<": ">=", "==": "is not", "!=": "is"}


@dataclass(frozen=True, slots=True)
class Leaf:
    """What a condition with no parts needs: how to ask it, which measures it reads, and how to say the answer.

    Attributes:
        ask: yes, no or cannot tell of an activity.
        names: the measures it reads.
        sentence: the answer in words.
        gap: how far the activity is from the threshold, where one can say.
        missing: the measures to ask for, when that depends on the activity.
    """

    ask: Ask
    names: tuple[str, ...]
    sentence: Callable[[Activity, bool | None], str]
    gap: Callable[[Activity], Gap | None] | None = None
    missing: Callable[[Activity], tuple[str, ...]] | None = None


def comparison(condition: Condition, zones: tuple[str, ...]) -> Leaf:
    """A comparison ready to be asked; `zones` are those from which its rule counts distance."""
    name, op, value = condition.measure or "", condition.op or "==", condition.value
    words = vocabulary()
    if value is None or value in NOT_FOUND:
        return _not_found(name)
    kind = words.measures[name].type
    if kind == "number":
        return _number(name, op, _plain(str(value)), zones)
    if kind == "level":
        return _level(name, op, str(value), words)
    if kind == "flag":
        return _flag(name, (value == "true") is (op == "=="))
    wanted = value if isinstance(value, tuple) else (str(value),)
    is_in = op in ("in", "==")
    return _choice(name, is_in, wanted, words) if kind == "choice" else _state(name, is_in, wanted, words)


def _plain(text: str) -> float:
    number = float(text)
    return int(number) if number.is_integer() else number


def _not_found(name: str) -> Leaf:
    """A threshold nobody has found: whatever the activity says, it cannot be told."""
    return Leaf(lambda activity: None, (), lambda activity, answer: f"threshold for {name} not found")  # noqa: ARG005


def _number(name: str, op: str, threshold: float, zones: tuple[str, ...]) -> Leaf:
    compare, read = _COMPARE[op], _reader(name, zones)

    def ask(activity: Activity) -> bool | None:
        value = activity.values.get(name)
        if value is None:
            value = read(activity)
            if value is None:
                return None
        return _between(compare, op, value, threshold) if type(value) is tuple else compare(value, threshold)

    def sentence(activity: Activity, answer: bool | None) -> str:
        value = read(activity)
        if answer is None:
            return f"{name} {_said(value)}" if value is not None else f"{name} not given"
        return f"{name} {_said(value)} {op if answer else _OPPOSITE[op]} {threshold}"

    def gap(activity: Activity) -> Gap | None:
        value = read(activity)
        if value is None or op in ("==", "!="):
            return None
        closest = min(value, key=lambda one: abs(threshold - one)) if type(value) is tuple else value
        return None if compare(closest, threshold) else Gap(name, _round(abs(threshold - closest)), threshold)

    return Leaf(ask, (name,), sentence, gap)


def _reader(name: str, zones: tuple[str, ...]) -> Callable[[Activity], Any]:
    """How a number is read: as given, as its place or its whole bounds it, or as none where the kind has none."""
    if name == DISTANCE:
        return lambda activity: activity.values[name] if name in activity.values else _from_place(activity, zones)
    entry = vocabulary().measures[name]
    kinds, whole = frozenset(entry.kinds), entry.part_of
    if not kinds and whole is None:
        return lambda activity: activity.values.get(name)

    def read(activity: Activity) -> Any:
        if name in activity.values:
            return activity.values[name]
        if kinds and activity.type not in kinds:
            return 0
        most = activity.values.get(whole) if whole else None
        return None if most is None else (0, most)

    return read


def _between(compare: Callable[[Any, Any], bool], op: str, span: tuple[float, float], threshold: float) -> bool | None:
    """The comparison where only the least and the greatest value are known."""
    if op in ("==", "!="):
        return None if span[0] <= threshold <= span[1] else op == "!="
    low, high = compare(span[0], threshold), compare(span[1], threshold)
    return low if low is high else None


def _round(number: float) -> float:
    if type(number) is int:
        return number
    rounded = round(number, 6)
    return int(rounded) if float(rounded).is_integer() else rounded


def _said(value: Any) -> str:
    if type(value) is int:
        return str(value)
    if isinstance(value, tuple):
        return f"{_said(value[0])} to {_said(value[1])}"
    return str(_round(value))


def _from_place(activity: Activity, zones: tuple[str, ...]) -> tuple[float, float] | None:
    """The least distance to any of a rule's lines, as far as the place tells."""
    if activity.placed is None:
        return None
    spans = [activity.placed.distances[zone] for zone in zones if zone in activity.placed.distances]
    if not spans or len(spans) < len(zones):
        return None
    return min(low for low, _ in spans), min(high for _, high in spans)


def _level(name: str, op: str, wanted: str, words: Vocabulary) -> Leaf:
    ladder, rung = words.level(wanted)
    compare = _COMPARE[op]

    def ask(activity: Activity) -> bool | None:
        given = activity.values.get(name)
        return compare(given[1], rung) if given is not None and given[0] == ladder else None

    def sentence(activity: Activity, answer: bool | None) -> str:
        given = activity.values.get(name)
        if given is None:
            return f"{name} not given"
        level = words.levels[given[0]][given[1]]
        if answer is None:
            return f"{name} {level} cannot be compared with {wanted}"
        return f"{name} {level} {op if answer else _OPPOSITE[op]} {wanted}"

    def gap(activity: Activity) -> Gap | None:
        given = activity.values.get(name)
        if given is None or given[0] != ladder or compare(given[1], rung) or op in ("==", "!="):
            return None
        return Gap(name, abs(rung - given[1]) or 1, len(words.levels[ladder]), is_rung=True)

    return Leaf(ask, (name,), sentence, gap)


def _flag(name: str, wanted: bool) -> Leaf:
    def ask(activity: Activity) -> bool | None:
        value = activity.values.get(name)
        return None if value is None else value is wanted

    def sentence(activity: Activity, answer: bool | None) -> str:  # noqa: ARG001 (of one shape with the others)
        value = activity.values.get(name)
        return f"{name} not given" if value is None else f"{name} is {str(value).lower()}"

    return Leaf(ask, (name,), sentence)


def _choice(name: str, is_in: bool, wanted: tuple[str, ...], words: Vocabulary) -> Leaf:
    plain = {words.choice(name, word) for word in wanted}
    answers: dict[str, bool | None] = {}
    said = {word: " or ".join(sorted(plain & words.kinds_of(name, word) - {word})) for word in words.choices[name]}
    for word in words.choices[name]:
        is_one, may_be = bool(plain & words.kinds_of(name, word)), bool(plain & words.maybe_kinds_of(name, word))
        found = True if is_one else None if may_be else False
        answers[word] = found if is_in or found is None else not found

    def sentence(activity: Activity, answer: bool | None) -> str:
        value = activity.values.get(name)
        if value is None:
            return f"{name} not given"
        if answer is None:
            return f"{name} {value} may be {' or '.join(wanted)}"
        if answer is not is_in:
            return f"{name} {value} is {'not ' if is_in else ''}{' or '.join(wanted)}"
        return f"{name} {value}" if value in plain or not said[value] else f"{name} {value} is a {said[value]}"

    return Leaf(lambda activity: answers[activity.values[name]] if name in activity.values else None, (name,), sentence)


def _state(name: str, is_in: bool, wanted: tuple[str, ...], words: Vocabulary) -> Leaf:
    members = frozenset(one.party for word in wanted for one in words.members(word))

    def ask(activity: Activity) -> bool | None:
        state = activity.values.get(name)
        return None if state is None else (state in members) is is_in

    def sentence(activity: Activity, answer: bool | None) -> str:
        value = activity.values.get(name)
        if value is None:
            return f"{name} not given"
        return f"{name} {value} is {'in' if answer is is_in else 'not in'} {' or '.join(wanted)}"

    return Leaf(ask, (name,), sentence)


def question(asked: str) -> Leaf:
    """What only people can tell."""
    return Leaf(lambda activity: None, (), lambda activity, answer: f"for people to judge: {asked}")  # noqa: ARG005


def in_period(period: str) -> Leaf:
    """Whether an activity touches days of any year."""

    def ask(activity: Activity) -> bool | None:
        return overlaps_period(period, *activity.span) if activity.span else None

    def sentence(activity: Activity, answer: bool | None) -> str:
        if answer is None:
            return "end not given" if activity.span else "start not given"
        return period if answer else f"outside {period}"

    return Leaf(ask, (), sentence, missing=lambda activity: ("end",) if activity.span else ("start",))


def of_kind(kinds: tuple[str, ...]) -> Leaf:
    """Whether an activity is of one of these kinds."""
    allowed = frozenset(kinds)
    return Leaf(
        lambda activity: activity.type in allowed,
        (),
        lambda activity, answer: activity.type if answer else f"{activity.type} is not {' or '.join(kinds)}",
    )


def in_zones(zones: tuple[str, ...], by_distance: bool) -> Leaf:
    """Whether an activity is inside one of these zones."""
    said = {True: "inside zone", False: "outside zone"}
    return Leaf(
        lambda activity: in_any(activity, zones, by_distance),
        ("zone",),
        lambda activity, answer: untold(activity) if answer is None else said[answer],
    )
