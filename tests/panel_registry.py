"""Rows of every table of `core`, made of the words that measures ask for, and what a measure's SQL lists over them."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from comity.panel import Measure, known_measures
from comity.store import Store
from comity.vocab.tables import Column, tables
from comity.vocab.words import words
from panel_samples import Row

STATES = ("FRA", "JPN", "USA", "VNM")
COUNT = 240  # rows of a table: enough that most measures find some, and that keys repeat
_ASKED = re.compile(r"(\w+)(?: <>| =| IN|,) ?\(?((?:'\w+'(?:, )?)+)")
_OF_STATES = {"state", "from_state", "to_state", "state_a", "state_b", "to_party", "from_party", "party", "host_state"}


def _asked() -> dict[str, list[str]]:
    """The words with which the SQL of measures compares each column."""
    found: dict[str, set[str]] = defaultdict(set)
    for unit in ("state_year", "dyad_year", "dyad_month"):
        for measure in known_measures(unit).values():
            for column, listed in _ASKED.findall(measure.sql or ""):
                found[column] |= set(re.findall(r"'(\w+)'", listed))
    return {column: sorted(listed) for column, listed in found.items()}


def rows_of_every_table(seed: int) -> dict[str, list[Row]]:
    """Some rows of every table; those that repeat a key are left out."""
    chance = random.Random(seed)
    asked = _asked()
    facts = {unit: _facts(unit) for unit in ("state_year_fact", "dyad_year_fact", "state_spell", "dyad_spell")}
    made: dict[str, list[Row]] = {}
    for name, table in tables().items():
        rows: dict[tuple[Any, ...], Row] = {}
        count = COUNT * 5 if name in facts else COUNT
        for _ in range(count):
            row = {each.name: _value(chance, each, asked) for each in table.columns if each.name not in _PROVENANCE}
            if facts.get(name):
                row["fact"] = chance.choice(facts[name])
            row = _in_order(row)
            rows.setdefault(tuple(row.get(key) for key in table.key if key != "source"), row)
        made[name] = list(rows.values())
    return made


# Facts of a pair that publishers list once, in the order of the states' codes, and without parts.
_ONCE = {"joint_exercise_count", "military_visit_count", "senior_military_engagement_count"}
_ONCE |= {"capital_distance_km", "minimum_distance_km"}
_PROVENANCE = {"source", "source_version", "row_ref", "label"}


def _facts(table: str) -> list[str]:
    """The facts that measures read from a table."""
    texts = [
        each.sql or "" for unit in ("state_year", "dyad_year", "dyad_month") for each in known_measures(unit).values()
    ]
    asked = [
        match
        for text in texts
        if f"core.{table}" in text
        for match in re.findall(r"fact (?:= |IN \()((?:'\w+'(?:, )?)+)", text)
    ]
    return sorted({word for listed in asked for word in re.findall(r"'(\w+)'", listed)})


def _value(chance: random.Random, column: Column, asked: dict[str, list[str]]) -> Any:
    if column.nullable and chance.random() < 0.2:
        return None
    if column.type in ("text", "texts"):
        return _text(chance, column, asked)
    if column.name == "year":
        return chance.randrange(1988, 1993)
    day = date(1988, 1, 1) + timedelta(chance.randrange(5 * 365))
    kinds: dict[str, Any] = {
        "integer": chance.choice((0, 1, 2, 5)),
        "number": chance.choice((0.0, 1.0, 1.0, 2.0, 4.0)),
        "boolean": chance.random() < 0.5,
        "date": day,
    }
    return kinds[column.type]


def _text(chance: random.Random, column: Column, asked: dict[str, list[str]]) -> str | list[str]:
    """A word or a list of words, of those that a measure asks for in the column where there are any."""
    if column.name == "content":  # measures read only days from it
        return f"{chance.randrange(1988, 1993)}-06-30"
    pool = sorted(words(column.words)) if column.words else [str(number) for number in range(25)]
    pool = [word for word in asked.get(column.name, []) if not column.words or word in pool] or pool
    if column.name.endswith("party_kind") or column.name in ("from_kind", "to_kind"):
        pool = ["state"]
    if column.name in _OF_STATES or column.name == "parties":
        pool = list(STATES)
    if column.name in ("item", "actor"):
        pool = ["", "1", "2"]
    if column.type == "texts":
        return chance.sample(pool, chance.randint(0, min(2, len(pool))))
    return chance.choice(pool)


def _in_order(row: Row) -> Row:
    """The row with its ends after its starts, its two states apart and in order, and codes of a system."""
    if row.get("start_date") and row.get("end_date"):
        row["start_date"], row["end_date"] = sorted((row["start_date"], row["end_date"]))
    if "known_until" in row:
        row["known_until"] = date(1992, 12, 31)
    if row.get("fact") in _ONCE and "item" in row:
        row["item"] = ""
    if "code" in row and "state" in row:
        row["code"] = STATES.index(row["state"])
    for one, other in (("state_a", "state_b"), ("from_state", "to_state")):
        if row.get(one) and row.get(other):
            row |= _apart(row, one, other)
    return row


def _apart(row: Row, one: str, other: str) -> Row:
    """Two states of a row that are not the same, in order where the row has no direction."""
    pair = [row[one], row[other]]
    if pair[0] == pair[1]:
        pair[1] = STATES[(STATES.index(pair[0]) + 1) % len(STATES)]
    has_direction = one == "from_state" and row.get("fact") not in _ONCE
    return dict(zip((one, other), pair if has_direction else sorted(pair), strict=True))


def keys_listed(store: Store, measure: Measure) -> dict[str, int]:
    """How many rows and keys a measure's SQL lists, and how many of them no panel could hold."""
    sides = ("state",) if measure.unit == "state_year" else ("state_a", "state_b")
    sides = ("from_state", "to_state") if measure.is_directed else sides
    keys = [*sides, "year", *(["month"] if measure.unit == "dyad_month" else []), "source"]
    misplaced = "false" if len(sides) == 1 else f"{sides[0]} {'=' if measure.is_directed else '>='} {sides[1]}"
    nulls = " OR ".join(f"{key} IS NULL" for key in keys)
    [found] = store.ask(
        f"SELECT count(*) AS rows, count(DISTINCT ({', '.join(keys)})) AS keys, "
        f"count(*) FILTER ({misplaced}) AS misplaced, count(*) FILTER ({nulls}) AS nulls, "
        f"count(*) FILTER (value IS NULL) AS unknown FROM ({measure.sql})"
    ).to_pylist()
    return dict(found)
