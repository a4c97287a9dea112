"""The catalog of measures: by topic, of one unit or of all, and those in which the words of a search stand."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from comity.errors import BadRequest
from comity.panel.measure import Measure, known_measures
from comity.panel.metadata import first_sentence
from comity.panel.naming import columns, measure_for, topics
from comity.panel.spines import UNITS

Topics = dict[str, list[Measure]]


def catalog(unit: str | None = None, search: str = "") -> Topics:
    """The measures that panels of a unit can hold, or all there are, by topic; with a search, those it finds.

    A measure is found when every word of the search stands in its name, its topic or its meaning, whatever the case.

    >>> list(catalog("state_year", "general assembly votes"))
    ['standing']
    """
    words = search.casefold().split()
    all_there_are = _everything() if unit is None else _of_unit(unit)
    found = {
        topic: kept
        for topic, measures in all_there_are.items()
        if (kept := [measure for measure in measures if _speaks_of(measure, words)])
    }
    if not found:
        names = {measure.name for measures in all_there_are.values() for measure in measures}
        near = get_close_matches(search, names, n=3, cutoff=0.5)
        nearest = f"the nearest names are {', '.join(near)}; " if near else ""
        raise BadRequest(f"no measure speaks of {search!r}; {nearest}`comity panel --list` shows all")
    return found


def heading(topic: str) -> str:
    """What a topic is about: the first line of its module.

    >>> heading("standing")
    'Where a state stands, and how far two states stand apart'
    """
    known_measures(UNITS[0])  # imports the modules of all topics
    text = sys.modules[f"comity.panel.measures.{topic}"].__doc__ or ""
    return text.strip().partition("\n")[0].rstrip(".")


def made_of(measure: Measure) -> Iterator[Measure]:
    """The measures that a computed measure takes, in order; none for one that is read from the store."""
    unit = "dyad_year" if "pairs" in measure.parameters else measure.unit
    for name in measure.of:
        yield measure_for(unit, name)


def looks_back(measure: Measure) -> bool:
    """Whether a measure, or anything it is made of, was coded with knowledge of what came after the year."""
    return measure.is_hindsight or any(looks_back(part) for part in made_of(measure))


def entry(measure: Measure, unit: str | None = None) -> dict[str, Any]:
    """A measure in plain words; of a unit named, also the columns it fills in panels of that unit."""
    said: dict[str, Any] = {
        "measure": measure.name,
        "topic": measure.topic,
        "unit": measure.unit,
        "type": measure.type,
        "measured_in": measure.measured_in,
        "is_directed": measure.is_directed,
        "is_hindsight": looks_back(measure),
        "computed_from": list(measure.of),
        "means": first_sentence(measure.means),
    }
    return said if unit is None else said | {"columns": [column.name for column in columns(unit, measure)]}


def _everything() -> Topics:
    found: Topics = {}
    for unit in UNITS:
        for measure in known_measures(unit).values():
            found.setdefault(measure.topic, []).append(measure)
    return dict(sorted(found.items()))


def _of_unit(unit: str) -> Topics:
    """What panels of a unit can hold: where a name is also one of pairs, panels of pairs mean that one."""
    return {
        topic: held
        for topic, measures in topics(unit).items()
        if (held := [measure for measure in measures if measure_for(unit, measure.name) is measure])
    }


def _speaks_of(measure: Measure, words: list[str]) -> bool:
    text = " ".join([measure.name, measure.topic, *measure.means.split()]).casefold()
    return all(word in text for word in words)
