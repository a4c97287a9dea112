"""What is wrong with a rule that has the right shape: a word, a reference or a source that does not exist."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Protocol

from comity.cbm.grammar import Condition, Evidenced, Regime, Rule, Timing
from comity.cbm.vocabulary import Vocabulary, unknown
from comity.errors import ComityError

_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_ORDERED = (">=", ">", "<=", "<")
NOT_FOUND = ("null", "~", "")  # how YAML says that a threshold is not known


class Held(Protocol):
    """A rule as the loader holds it."""

    @property
    def rule(self) -> Rule:
        """The rule as written."""


def conditions(rule: Rule) -> Iterator[tuple[str, Condition]]:
    """Every condition a rule holds, with the field it stands in.

    >>> from comity.cbm.loading import load_regimes
    >>> [field for field, _ in conditions(load_regimes().rule("vd11.vi.observation").rule)]
    ['when', 'exempt[0].when', 'deadline.cases[0].when', 'deadline.cases[1].when']
    """
    if rule.scope:
        yield "scope", rule.scope
    if rule.when:
        yield "when", rule.when
    yield from ((f"exempt[{at}].when", one.when) for at, one in enumerate(rule.exempt))
    yield from ((f"constraints[{at}]", one) for at, one in enumerate(rule.constraints))
    if rule.limit and rule.limit.of_which:
        yield "limit.of_which.when", rule.limit.of_which.when
    if rule.deadline:
        yield from ((f"deadline.cases[{at}].when", one.when) for at, one in enumerate(rule.deadline.cases))


def nodes(condition: Condition, place: str = "") -> Iterator[tuple[str, Condition]]:
    """A condition and every one within it, each with its place."""
    yield place, condition
    for form in ("all", "any"):
        for at, part in enumerate(getattr(condition, form) or ()):
            yield from nodes(part, f"{place}.{form}[{at}]")
    if condition.not_:
        yield from nodes(condition.not_, f"{place}.not")


def rule_problem(rule: Rule, regime: Regime, rules: Mapping[str, Held], words: Vocabulary) -> str:
    """The first thing wrong with a rule, as the end of a line that names file and rule; empty when nothing is."""
    try:
        _check_words(rule, words)
        for field, condition in conditions(rule):
            for place, node in nodes(condition, field):
                _check(place, lambda node=node: _check_node(node, rules, words))  # type: ignore[misc]
        _check("when", lambda: _check_cycle(rule.id, rules, ()))
        _check_sources(rule, regime)
    except ComityError as error:
        return str(error)
    return ""


def _check(place: str, check: Callable[[], None]) -> None:
    try:
        check()
    except ComityError as error:
        raise type(error)(f"{place}: {error}") from error


def _check_words(rule: Rule, words: Vocabulary) -> None:
    """Activities, zones, anchors and days of the year."""
    for at, kind in enumerate(rule.activities):
        _check(f"activities[{at}]", lambda kind=kind: _known(kind, "activity", words.activities))  # type: ignore[misc]
    for at, zone in enumerate(rule.zone):
        _check(f"zone[{at}]", lambda zone=zone: _known(zone, "zone", words.zones))  # type: ignore[misc]
    for field, timing in timings(rule):
        _check(field, lambda timing=timing: _check_timing(timing, words))  # type: ignore[misc]
    for field, name in _claims(rule):
        _check(field, lambda name=name: _known(name, "measure", words.measures))  # type: ignore[misc]


def _claims(rule: Rule) -> Iterator[tuple[str, str]]:
    """Every measure by which an exemption or a deadline is claimed, with the field it stands in."""
    cases = rule.deadline.cases if rule.deadline else ()
    for at, exemption in enumerate(rule.exempt):
        if exemption.claimed_by is not None:
            yield f"exempt[{at}].claimed_by", exemption.claimed_by
    for at, case in enumerate(cases):
        if case.claimed_by is not None:
            yield f"deadline.cases[{at}].claimed_by", case.claimed_by


def timings(rule: Rule) -> Iterator[tuple[str, Timing]]:
    """Every deadline of a rule, with the field it stands in."""
    if rule.deadline:
        yield "deadline", rule.deadline
        yield from ((f"deadline.cases[{at}]", one) for at, one in enumerate(rule.deadline.cases))
    yield from ((f"steps[{at}].deadline", one.deadline) for at, one in enumerate(rule.steps) if one.deadline)


def _check_timing(timing: Timing, words: Vocabulary) -> None:
    if timing.anchor is not None:
        _known(timing.anchor, "anchor", words.anchors)
    if timing.by is not None and not _is_day(timing.by):
        raise ComityError(f"by: {timing.by!r} is no day of the year (MM-DD)")


def _is_day(text: str) -> bool:
    return bool(_DAY.fullmatch(text)) and text not in ("02-30", "02-31", "04-31", "06-31", "09-31", "11-31")


def _known(word: str, kind: str, allowed: Collection[str]) -> None:
    if word not in allowed:
        raise unknown(word, kind, allowed)


def _check_node(node: Condition, rules: Mapping[str, Held], words: Vocabulary) -> None:
    if node.ref is not None:
        _known(node.ref, "rule", rules)
    if node.period is not None:
        first, _, last = node.period.partition("/")
        if not (_is_day(first) and _is_day(last)):
            raise ComityError(f"period: {node.period!r} is not two days of the year (MM-DD/MM-DD)")
    for kind in node.kind or ():
        _known(kind, "activity", words.activities)
    if node.measure is not None:
        _known(node.measure, "measure", words.measures)
        _check_value(node, words)


def _check_value(node: Condition, words: Vocabulary) -> None:
    """The operator and the value fit the measure's type."""
    assert node.measure is not None
    kind = words.measures[node.measure].type
    fits = {"number": (*_ORDERED, "==", "!="), "flag": ("==", "!="), "level": (*_ORDERED, "==", "!=")}
    allowed = fits.get(kind, ("==", "!=", "in", "not_in"))
    if node.op not in allowed:
        raise ComityError(f"op: {node.op!r} does not compare a {kind}; it is one of {', '.join(allowed)}")
    many = node.op in ("in", "not_in")
    if many != isinstance(node.value, tuple):
        raise ComityError(f"value: {node.op!r} takes {'a list' if many else 'one value'}, not {node.value!r}")
    for value in node.value if isinstance(node.value, tuple) else (node.value,):
        if value is not None and value not in NOT_FOUND:
            _check_one(node.measure, kind, value, words)


def _check_one(measure: str, kind: str, value: str, words: Vocabulary) -> None:
    if kind == "number" and not re.fullmatch(r"\d+(\.\d+)?", value):
        raise ComityError(f"value: {value!r} is no number of {words.measures[measure].unit}")
    if kind == "flag" and value not in ("true", "false"):
        raise ComityError(f"value: {value!r} is neither true nor false")
    if kind == "level":
        words.level(value)
    if kind == "choice":
        words.choice(measure, value)
    if kind == "state":
        from comity.vocab.states import states

        _known(value, "state or set", {*words.sets, *states()})


def _check_cycle(name: str, rules: Mapping[str, Held], above: tuple[str, ...]) -> None:
    """Refuse a rule whose condition leads back to itself."""
    if name in above:
        raise ComityError(f"ref: {' -> '.join((*above, name))} leads back to itself")
    for _, condition in conditions(rules[name].rule):
        for _, node in nodes(condition):
            if node.ref is not None:
                _check_cycle(node.ref, rules, (*above, name))


def _check_sources(rule: Rule, regime: Regime) -> None:
    """Every source named is one of the regime's, and what is not from memory names one."""
    parts: list[tuple[str, Evidenced]] = [*conditions_and_parts(rule)]
    named = [("src", rule.src), *((f"{field}.src", part.src) for field, part in parts)]
    for field, sources in named:
        for source in sources:
            _check(field, lambda source=source: _known(source, "source", regime.sources))  # type: ignore[misc]
    for field, ver, src in (("ver", rule.ver, rule.src), *((f"{f}.ver", p.ver, p.src or rule.src) for f, p in parts)):
        if ver is not None and ver[0] == "V" and not src:
            raise ComityError(f"{field}: {ver!r} says that it was read, and no src says where")


def conditions_and_parts(rule: Rule) -> Iterator[tuple[str, Evidenced]]:
    """Every part of a rule that may carry its own verification, with its field."""
    for field, condition in conditions(rule):
        yield from nodes(condition, field)
    yield from timings(rule)
    yield from ((f"exempt[{at}]", one) for at, one in enumerate(rule.exempt))
    yield from ((f"standings[{at}]", one) for at, one in enumerate(rule.standings or ()))
    if rule.limit:
        yield "limit", rule.limit
