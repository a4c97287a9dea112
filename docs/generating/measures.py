"""The pages of measures: for each unit what its panels can hold, and for each topic the measures with their SQL."""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Iterable, Iterator
from functools import cache

from comity.panel.catalog import catalog, heading, looks_back, made_of
from comity.panel.measure import Measure
from comity.panel.metadata import first_sentence
from comity.panel.naming import columns
from comity.record import SOURCE
from comity.record.register import KINDS
from comity.sources import source_names
from comity.sources.contract import contract
from generating.markdown import bullets, code, fold, grid, page
from generating.sources import completeness, coverage_words, reach_words

UNITS = {
    "state_year": "a state in a year",
    "dyad_year": "a pair of states in a year, each pair once",
    "directed_dyad_year": "a pair of states in a year, seen from the first to the second; each pair stands twice",
    "dyad_month": "a pair of states in a month, each pair once",
}
# An example with a direction, and one of single states: what their columns are called differs from unit to unit.
_EXAMPLES = ("arms_delivery_tiv", "cinc_share")
_FACT = re.compile(r"\b(?:fact|property) (?:=|IN) \(?'(\w+)'")
_WORD = re.compile(r"'(\w+)'")
_EXCLUDED = re.compile(r"<> '\w+'")
_WORD_OF_READER = re.compile(r'"(\w+)"')
_LOOKED_UP = {"state_membership", "property"}  # nearly every text looks up the one, and many sources fill the other
_TABLE = re.compile(r"core\.(\w+)")


def measure_pages() -> dict[str, str]:
    """The page of every unit and of every topic, by name."""
    by_topic = {topic: topic_page(topic, measures) for topic, measures in catalog().items()}
    return {"index": index_page()} | {unit: unit_page(unit) for unit in UNITS} | by_topic


def index_page() -> str:
    """What there is: the units, and the topics with how many measures each has."""
    units = ((f"[{unit}]({unit}.md)", means, _count(catalog(unit).values())) for unit, means in UNITS.items())
    topics = ((f"[{topic}]({topic}.md)", heading(topic), len(measures)) for topic, measures in catalog().items())
    return page(
        "# Measures",
        "A panel has a row for each state or pair in each year or month, and measures are what its columns can be.",
        "In every column null is unknown and zero is observed; [why](../why/unknown-is-not-zero.md). "
        "`comity panel --list WORD` searches, and [make a panel](../how/make-a-panel.md) shows how they are used.",
        grid(("unit", "a row is", "measures"), units),
        "A measure of states also fills panels of pairs, with one column for each of the two. The name of a topic, "
        "given as a measure, means all measures of it that are of the unit itself.",
        grid(("topic", "what it is about", "measures"), topics),
    )


def unit_page(unit: str) -> str:
    """What panels of one unit can hold, by topic, each measure in a line."""
    found = catalog(unit)
    return page(
        f"# Measures of {unit}",
        f"A row is {UNITS[unit]}, and `comity panel {unit}` can fill these {_count(found.values())} measures.",
        *_names_of_columns(unit),
        "Topics: " + ", ".join(f"[{topic}](#{topic})" for topic in found) + ".",
        *(part for topic, measures in found.items() for part in _lines(unit, topic, measures)),
    )


def topic_page(topic: str, measures: list[Measure]) -> str:
    """Every measure of one topic, of whatever unit."""
    return page(
        f"# Measures: {topic}",
        f"{heading(topic)}.",
        grid(("measure", "unit", "type"), ((f"[{m.name}](#{m.name})", f"`{m.unit}`", m.type) for m in measures)),
        *(part for made in measures for part in _measure(made)),
        "[All topics](index.md)",
    )


def _names_of_columns(unit: str) -> Iterator[str]:
    if unit == "state_year":
        return
    held = {measure.name: measure for measures in catalog(unit).values() for measure in measures}
    directed, single = (code(each.name for each in columns(unit, held[name])) for name in _EXAMPLES)
    yield (
        f"A measure with a direction has two columns, `{_EXAMPLES[0]}` say {directed}; "
        f"one of single states has two as well, `{_EXAMPLES[1]}` say {single}."
    )


def _lines(unit: str, topic: str, measures: list[Measure]) -> Iterator[str]:
    yield f"## {topic}"
    yield f"{heading(topic)}."
    rows = ((f"[{m.name}]({topic}.md#{m.name})", _marks(unit, m), first_sentence(m.means)) for m in measures)
    yield grid(("measure", "type", "means"), rows)


def _marks(unit: str, made: Measure) -> str:
    """The type of a measure, and what sets it apart from the others of the page."""
    of_states = made.unit == "state_year" and unit != "state_year"
    marks = [made.type, "of each state" * of_states, "directed" * made.is_directed, "hindsight" * looks_back(made)]
    return ", ".join(filter(None, marks))


def _measure(made: Measure) -> Iterator[str]:
    yield f"## {made.name}"
    yield made.means
    yield grid(("unit", "type", "measured in", "direction", "kind of fact"), [_facts(made)])
    if looks_back(made):
        yield "**Hindsight**: coded looking back, with knowledge of what came after the year. Do not forecast with it."
    yield _absence(made)
    knowing = _knowing(made)
    yield "What the sources know of it:\n\n" + bullets(knowing) if knowing else ""
    yield fold("SQL", "sql", made.sql) if made.sql else fold("Python", "python", inspect.getsource(made.function))


def _facts(made: Measure) -> tuple[str, ...]:
    direction = "of one state"
    if made.unit != "state_year":
        direction = "from the one to the other" if made.is_directed else "none"
    return f"`{made.unit}`", made.type, made.measured_in, direction, f"`{made.kind}`" if made.kind else "none"


def _absence(made: Measure) -> str:
    if made.of:
        parts = (f"[`{part.name}`]({part.topic}.md#{part.name})" for part in made_of(made))
        return f"Computed from {', '.join(parts)}."
    if not made.sql:
        return "Computed from the list of states itself."
    if made.kind is None:
        return "Null where no source says anything; absence is never zero."
    return f"Zero only where a source that is complete for `{made.kind}` covers the cell; null elsewhere."


def _knowing(made: Measure) -> list[str]:
    """For a measure of a kind of fact the coverage of every source of it; for others the sources that list it."""
    if made.sql is None:
        return []
    if made.kind is None:
        return [_reach(name) for name in _listing(made.sql)]
    knowing = [
        f"{_link(name)}: {coverage_words(known)}"
        for name in source_names()
        for known in contract(name).coverage
        if made.kind in known.kinds
    ]
    if made.kind in KINDS:
        knowing.append(f"{_link(SOURCE)}: {completeness('positive_only')}.")
    return knowing


def _listing(sql: str) -> list[str]:
    """The sources that fill the tables an SQL text reads, with the facts or kinds of fact it names."""
    facts, words = set(_FACT.findall(sql)), set(_WORD.findall(_EXCLUDED.sub("", sql)))
    tables = set(_TABLE.findall(sql)) - _LOOKED_UP
    found = []
    for name in source_names():
        kinds = words & _known_kinds()
        named = facts & set(_WORD_OF_READER.findall(_reader(name))) if facts else kinds & _kinds(name) or not kinds
        if named and tables <= set(contract(name).tables):
            found.append(name)
    return found or ([] if facts else [SOURCE])


@cache
def _kinds(name: str) -> frozenset[str]:
    return frozenset(kind for known in contract(name).coverage for kind in known.kinds)


@cache
def _known_kinds() -> frozenset[str]:
    return frozenset().union(*map(_kinds, source_names()))


@cache
def _reader(name: str) -> str:
    return inspect.getsource(importlib.import_module(f"comity.sources.{name}"))


def _reach(name: str) -> str:
    reach = "" if name == SOURCE else f": {'; '.join(map(reach_words, contract(name).coverage))}."
    return f"{_link(name)}{reach}"


def _link(name: str) -> str:
    return f"[{name}](../../records/README.md)" if name == SOURCE else f"[{name}](../sources/{name}.md)"


def _count(found: Iterable[list[Measure]]) -> int:
    return sum(map(len, found))
