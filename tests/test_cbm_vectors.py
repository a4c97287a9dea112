"""Every vector under `tests/cbm/`: activities in plain keys, or a year of a state, and what the rules must say.

A vector expects keys of rows, each compared exactly; `absent: true` expects that a rule is not listed at all. Where it
has several activities, `of` is the place of the one whose row is meant; `as_of` is the day it is asked.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from comity.cbm import Activity, check, load_regimes, yearly_duties
from comity.cbm.reading import read_plain

FILES = sorted((Path(__file__).parent / "cbm").rglob("*.yml"))
VECTORS = {f"{file.name}: {one['name']}": one for file in FILES for one in read_plain(file)}
KEYS = {"rule", "triggered", "due", "margin", "missing", "violations", "status", "binding", "shown_as", "why"}
KEYS |= {"severity", "counts", "flag", "obliged", "unless", "absent", "of", "days_left", "late", "verification"}


def said(value):
    """A value of a row as a vector writes it: YAML read as plain text."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return [said(one) for one in value]
    return "null" if value is None else str(value)


def answers(vector):
    """The rows of each activity, or of the year, by rule."""
    if "calendar" in vector:
        return [{row.rule: row for row in yearly_duties(vector["calendar"]["state"], int(vector["calendar"]["year"]))}]
    raws = vector["activities"] if "activities" in vector else [vector["activity"]]
    as_of = date.fromisoformat(vector["as_of"]) if "as_of" in vector else None
    given = [Activity.from_dict(raw, vector["name"]) for raw in raws]
    return [checked.by_rule for checked in check(given, as_of=as_of)]


def differences(vector):
    """Every key that is not as expected, one line each."""
    found = answers(vector)
    for one in vector["expect"]:
        row = found[int(one.get("of", 0))].get(one["rule"])
        if one.get("absent") == "true":
            if row is not None:
                yield f"{one['rule']}: listed, {row.why!r}"
        elif row is None:
            yield f"{one['rule']}: not listed"
        else:
            told = row.to_dict()
            for key in one.keys() - {"rule", "of"}:
                if said(told.get(key)) != one[key]:
                    yield f"{one['rule']}: {key} is {said(told.get(key))!r}, not {one[key]!r} ({told['why']})"


@pytest.mark.parametrize("name", VECTORS)
def test_a_vector_is_met(name):
    vector = VECTORS[name]
    assert vector["expect"], "a vector expects something"
    assert [key for one in vector["expect"] for key in one if key not in KEYS] == []
    assert [one["rule"] for one in vector["expect"] if one["rule"] not in load_regimes().rules] == []
    assert list(differences(vector)) == []


def test_the_printed_vectors_are_all_there():
    printed = [vector["expect"] for name, vector in VECTORS.items() if name.startswith("printed.yml")]
    assert (len(printed), sum(map(len, printed))) == (9, 19)


def test_a_wrong_expectation_is_seen():
    raw = {"type": "naval_exercise", "host": "PAK", "ships_ge_frigate": 5, "enters_other_eez": True}
    wrong = [{"rule": "ind_pak.1991.naval", "triggered": "true"}, {"rule": "vd11.v.40_1.exercise", "triggered": "true"}]
    assert list(differences({"name": "x", "activity": raw, "expect": wrong})) == [
        "ind_pak.1991.naval: triggered is 'false', not 'true' (ships_ge_frigate 5 < 6)",
        "vd11.v.40_1.exercise: not listed",
    ]
    listed = [{"rule": "ind_pak.1991.naval", "absent": "true"}]
    assert list(differences({"name": "x", "activity": raw, "expect": listed})) != []


def test_every_rule_that_can_be_brought_about_has_three_vectors():
    counted = Counter(one["rule"] for vector in VECTORS.values() for one in vector["expect"])
    asked = [rule for rule, held in load_regimes().rules.items() if held.rule.activities]
    assert {rule: counted[rule] for rule in asked if counted[rule] < 3} == {}
    assert sum(counted.values()) >= 250
