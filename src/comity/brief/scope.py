"""Which rows of the store belong to a subject, as SQL over `states` and `bodies`, the parties that took part."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from comity.brief.subject import Subject, once
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
GREAT_POWERS = frozenset(("CHN", "RUS", "USA"))

_CIRCLE = "len(list_intersect(coalesce(states, []), $circle))"
_ORDINARY = "len(list_intersect(coalesce(states, []), $ordinary))"
# Where nothing tells the place, an act is of a region when its own states are more than those of nowhere near. The
# great powers act everywhere: what one of them did does not tell where.
_AMONG = f"{_ORDINARY} > 0 AND {_CIRCLE} >= 2 AND {_ORDINARY} > len(states) - {_CIRCLE}"
_AT = "{table}.latitude BETWEEN $south AND $north AND {table}.longitude BETWEEN $west AND $east"
_UNTAGGED = f"""len({{table}}.regions) = 0 AND {_CIRCLE} >= 2
    AND CASE WHEN {{table}}.latitude IS NULL THEN {_AMONG} ELSE {_AT} END"""
_HOSTS = "[p.code FOR p IN coalesce(parties, []) IF p.kind = 'state' AND p.role = 'host']"
_HOSTED = f"list_has_any({_HOSTS}, $ordinary) AND {_CIRCLE} >= 2 AND coalesce({_AT}, true)"
# What says that a row without the region's tag is of it; one with the tags of others alone needs more than a frame,
# which is wider than its region.
_PLACES = {
    "engagement": f"{_HOSTED} OR {_UNTAGGED} AND list_has_all($circle, {_HOSTS})",
    "incident": _UNTAGGED,
    "presence": "list_contains($inner, {table}.to_state)",
    # A text binds wherever its parties are: two states of a region make it one of theirs, whoever else is bound.
    "agreement": f"{_AMONG} OR len({{table}}.regions) = 0 AND {_ORDINARY} >= 2",
}
_OF_REGION = """(list_contains({table}.regions, $region)
    OR list_has_any(coalesce(states, []), $inner) AND (list_has_any({table}.regions, $within) OR ({place})))"""
_CASE = """list_contains({table}.cases, $case)
    OR list_has_any(coalesce(states, []), $inner) AND list_has_any(coalesce(states, []), $around)"""
_RULES: dict[str, str] = {
    "pair": "list_has_all(coalesce(states, []), $inner)",
    "state": "list_has_any(coalesce(states, []), $inner)",
    "comparison": "list_has_any(coalesce(states, []), $inner) AND list_has_any(coalesce(states, []), $around)",
    "region": _OF_REGION,
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
    place = _PLACES.get(table, _AMONG).format(table=table)
    return _RULES[subject.kind].format(table=table, of_topic=of_topic, place=place)


@once
def tags_within(subject: Subject) -> tuple[str, ...]:
    """The other regions whose frame lies within that of the subject's region: what bears their tag is here too."""
    return tuple(row["region"] for row in subject.ask(_WITHIN, region=subject.region))


_WITHIN = """
    SELECT DISTINCT part.region FROM core.region AS part JOIN core.region AS whole
      ON part.west >= whole.west AND part.south >= whole.south AND part.east <= whole.east AND part.north <= whole.north
    WHERE whole.region = $region AND part.region <> $region ORDER BY ALL
"""


def _edges(subject: Subject) -> dict[str, float | None]:
    """The edges of the frame; where a region has none, no position is known to lie in it."""
    return dict(zip(("west", "south", "east", "north"), subject.frame or (None,) * 4, strict=True))


def parameters(subject: Subject, sql: str, **more: Any) -> dict[str, Any]:
    """The values of the parameters that stand in a question; a parameter that does not is not sent."""
    values = {name: value(subject) for name, value in _VALUES.items() if f"${name}" in sql}
    return values | {name: value for name, value in more.items() if f"${name}" in sql}


_VALUES: dict[str, Callable[[Subject], Any]] = {
    "region": lambda subject: subject.region or "",
    "within": lambda subject: list(tags_within(subject)),
    "ordinary": lambda subject: sorted(set(subject.states) - GREAT_POWERS),
    "west": lambda subject: _edges(subject)["west"],
    "south": lambda subject: _edges(subject)["south"],
    "east": lambda subject: _edges(subject)["east"],
    "north": lambda subject: _edges(subject)["north"],
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
