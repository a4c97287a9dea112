"""Names: which measure a name means in a panel, and which columns a measure fills there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from comity.errors import BadRequest
from comity.panel.measure import Measure, find_measure, known_measures

_REGISTRIES = {  # where a unit's measures stand, the nearest first
    "state_year": ("state_year",),
    "dyad_year": ("dyad_year", "state_year"),
    "directed_dyad_year": ("dyad_year", "state_year"),
    "dyad_month": ("dyad_month", "dyad_year", "state_year"),
}
_ONE_STATE = {"state_year": (), "dyad_year": ("a", "b"), "directed_dyad_year": ("from", "to"), "dyad_month": ("a", "b")}
_ONE_WAY = {
    "dyad_year": ("a_to_b", "b_to_a"),
    "directed_dyad_year": ("", "back"),
    "dyad_month": ("a_to_b", "b_to_a"),
}


@dataclass(frozen=True)
class Named:
    """A column of a panel: its name, its measure, and which side of the measure it is (0 the first, 1 the second)."""

    name: str
    measure: Measure
    side: int


def measure_for(unit: str, name: str) -> Measure:
    """The measure a name means in panels of a unit: one of the unit itself, else of pairs by year, else of states."""
    for registry in _REGISTRIES[unit]:
        if name in known_measures(registry):
            return known_measures(registry)[name]
    finer = [registry for registry in ("dyad_year", "dyad_month") if name in known_measures(registry)]
    if finer:
        raise BadRequest(f"{name!r} is a measure of {finer[0]}; a panel of {unit} cannot hold it")
    return find_measure(_REGISTRIES[unit][0], name)


def columns(unit: str, measure: Measure) -> list[Named]:
    """The columns a measure fills in panels of a unit.

    A measure of states has one column for each state of a pair (`_a` and `_b`; in directed panels `_from` and `_to`).
    One with a direction has two as well: `_a_to_b` and `_b_to_a`, in directed panels none and `_back`.

    >>> [each.name for each in columns("dyad_year", find_measure("state_year", "ideal_point"))]
    ['ideal_point_a', 'ideal_point_b']
    """
    ends: tuple[str, ...] = ()
    if measure.unit == "state_year":
        ends = _ONE_STATE[unit]
    elif measure.is_directed:
        ends = _ONE_WAY[unit]
    names = [f"{measure.name}_{end}" if end else measure.name for end in ends] or [measure.name]
    return [Named(name, measure, side) for side, name in enumerate(names)]


def wanted(unit: str, name: str) -> list[Named]:
    """The columns that a word asks for: `all`, a topic, a measure, or one column of a measure of states or one way.

    `all` means every measure of the unit itself, so not every measure of each state of a pair.
    """
    if of_topic := _by_topic(unit).get(name):
        return [column for measure in of_topic.values() for column in columns(unit, measure)]
    registries = _REGISTRIES[unit]
    for stem in _stems(unit, name):
        for registry in registries:
            if stem in known_measures(registry):
                found = columns(unit, known_measures(registry)[stem])
                if chosen := [each for each in found if name in {stem, each.name}]:
                    return chosen
    return columns(unit, measure_for(unit, name))


@cache
def _by_topic(unit: str) -> dict[str, dict[str, Measure]]:
    """The measures that panels of a unit can hold, under each topic; under `all`, its own."""
    registries = _REGISTRIES[unit]
    found: dict[str, dict[str, Measure]] = {}
    for registry in reversed(registries):  # the nearest registry comes last, and its measure stands
        for measure in known_measures(registry).values():
            is_own = registry in (registries[:-1] or registries)
            for word in (measure.topic, *(["all"] if is_own else [])):
                found.setdefault(word, {})[measure.name] = measure
    return found


def _stems(unit: str, name: str) -> list[str]:
    """What a measure may be called of which a name is one column."""
    ends = [end for end in (*_ONE_STATE[unit], *_ONE_WAY.get(unit, ())) if end]
    return [name, *(name.removesuffix(f"_{end}") for end in ends if name.endswith(f"_{end}"))]


def topics(unit: str) -> dict[str, list[Measure]]:
    """The measures that panels of a unit can hold, by topic."""
    found: dict[str, dict[str, Measure]] = {}
    for registry in _REGISTRIES[unit]:
        for measure in known_measures(registry).values():
            found.setdefault(measure.topic, {}).setdefault(measure.name, measure)
    return {topic: list(found[topic].values()) for topic in sorted(found)}
