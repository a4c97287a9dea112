"""Which rows of the store belong to a subject, as SQL over `states` and `bodies`, the parties that took part."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from comity.brief.subject import Subject
from comity.brief.topics import TOPICS
from comity.brief.wording import listed, noun, sentence_start
from comity.vocab.states import state

KIND_WORDS = {
    "pair": "a pair",
    "region": "a region",
    "state": "a state",
    "organisation": "an organization",
    "case": "a case",
    "world": "the world",
    "topic": "a topic",
    "comparison": "two outside powers",
}
MOST_STATES = 20

_NEAR_REGION = """CASE WHEN len({table}.regions) > 0 THEN list_contains({table}.regions, $region)
    ELSE list_has_any(coalesce(states, []), $inner) AND len(list_intersect(coalesce(states, []), $circle)) >= 2 END"""
_CASE = """list_contains({table}.cases, $case)
    OR list_has_any(coalesce(states, []), $inner) AND list_has_any(coalesce(states, []), $around)"""
_RULES: dict[str, str] = {
    "pair": "list_has_all(coalesce(states, []), $inner)",
    "state": "list_has_any(coalesce(states, []), $inner)",
    "comparison": "list_has_any(coalesce(states, []), $inner) AND list_has_any(coalesce(states, []), $around)",
    "region": _NEAR_REGION,
    "organisation": "list_contains(coalesce(bodies, []), $body)",
    "case": f"({_CASE})",
    "world": "true",
    "topic": "({of_topic})",
}
# What says that a row is of a topic: its domains where its table has them, or its name.
_OF_DOMAINS = "list_has_any({table}.domains, $domains)"
_OF_NAME = "regexp_matches(coalesce({table}.name, ''), $pattern, 'i')"
_WITH_DOMAINS = ("engagement", "series", "incident")
# An exercise of all arms has nearly every domain: it is of a field by its name alone.
FIELDS_OF_ONE = 2
_OF_FEW = f" AND NOT (coalesce({{table}}.instrument, '') = 'exercise' AND len({{table}}.domains) > {FIELDS_OF_ONE})"


def belongs(subject: Subject, table: str) -> str:
    """The condition under which a row of a table is about the subject.

    Every word of it is of this module; what a user gives travels as a parameter.
    """
    few = "" if table == "incident" else _OF_FEW
    tests = [_OF_NAME, *([f"({_OF_DOMAINS}{few})"] if table in _WITH_DOMAINS else [])]
    of_topic = " OR ".join(test.format(table=table) for test in tests)
    return _RULES[subject.kind].format(table=table, of_topic=of_topic)


def parameters(subject: Subject, sql: str, **more: Any) -> dict[str, Any]:
    """The values of the parameters that stand in a question; a parameter that does not is not sent."""
    values = {name: value(subject) for name, value in _VALUES.items() if f"${name}" in sql}
    return values | {name: value for name, value in more.items() if f"${name}" in sql}


_VALUES: dict[str, Callable[[Subject], Any]] = {
    "region": lambda subject: subject.region or "",
    "inner": lambda subject: list(subject.states),
    "circle": lambda subject: list(subject.circle),
    "around": lambda subject: list(subject.partners),
    "body": lambda subject: subject.key,
    "case": lambda subject: subject.key,
    "domains": lambda subject: list(TOPICS[subject.key].domains),
    "pattern": lambda subject: TOPICS[subject.key].pattern,
}


def scope_text(subject: Subject) -> str:
    """Which states a brief is about, in one sentence."""
    if subject.kind in _TOLD:
        return _TOLD[subject.kind]
    inner, outer = _names(subject.states), _names(subject.partners)
    if subject.kind == "case":
        return f"A case: {inner} with {outer}. What was done and agreed, when, and what is known of its effect."
    if subject.kind == "comparison":
        told = f"What each of the two has with {outer}: texts, acts, how deep they go, and who depends on whom."
        return f"{told}{_inside(subject)}"
    return f"States of the region: {inner}. Partners: {outer}." if outer else f"States of the region: {inner}."


def _inside(subject: Subject) -> str:
    """Powers that are no outsiders where they are compared: what one of them has at home is none of its ties."""
    if not subject.insiders:
        return ""
    are = noun(len(subject.insiders), "is itself", "are themselves")
    return f" {sentence_start(_names(subject.insiders))} {are} of the place; what is counted is with the others there."


def _names(codes: tuple[str, ...]) -> str:
    names = [state(code).name for code in codes[:MOST_STATES]]
    left = len(codes) - len(names)
    return listed([*names, *([f"{left} more"] if left else [])]) if names else ""


_TOLD = {
    "pair": "Military ties between two states: what binds them, what they did, what stands between them.",
    "state": "The military ties of one state: with whom, by what, how they changed, and what stands against them.",
    "organisation": "A body with members over time: who belongs, what it does, what it asks of them, what is known.",
    "world": "The system of states as a whole: what is measured over time, what changed, where it is tense.",
    "topic": "What is done and agreed in some fields of military technology, by whom, and what grows.",
}
