"""The SQL of every measure over rows of every table: one value for each key and source, and pairs in their order."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from comity.errors import FileMissing
from comity.panel import UNITS, known_measures, panel
from comity.sources.contract import source_names
from comity.store import open_store, writing
from panel_registry import keys_listed, rows_of_every_table
from panel_samples import Sample, opened
from source_mirror import loaded

TESTS = Path(__file__).parent
MEASURES = [(unit, name) for unit in ("state_year", "dyad_year", "dyad_month") for name in known_measures(unit)]
LISTED = [(unit, name) for unit, name in MEASURES if known_measures(unit)[name].sql]


@pytest.fixture(scope="module")
def full_store(tmp_path_factory):
    """Two sources with rows in every table, made of the words that the SQL of measures asks for."""
    sources = [Sample(name, (), rows_of_every_table(seed)) for seed, name in enumerate(("alpha", "beta"))]
    with opened(tmp_path_factory, sources) as store:
        yield store


def assert_one_value_a_key(store, unit, name):
    found = keys_listed(store, known_measures(unit)[name])
    assert found["keys"] == found["rows"], "two values for one key and source"
    assert found["misplaced"] == 0, "a pair that is not in order, or a state with itself"
    assert found["nulls"] == 0, "a key that is null"
    return found


def test_every_measure_lists_one_value_for_each_key(full_store):
    rows = {}
    for unit, name in LISTED:
        try:
            rows[unit, name] = assert_one_value_a_key(full_store, unit, name)["rows"]
        except AssertionError as problem:
            raise AssertionError(f"{name} of {unit}: {problem}") from problem
    # The invented rows are worth something only where measures find any.
    silent = sorted(name for (_, name), count in rows.items() if not count)
    assert len(silent) < len(rows) / 4, silent


def test_every_measure_is_named_in_a_test():
    """Whole, or as a name with a slot in it, such as f"{service}_troop_count"."""
    files = [*TESTS.glob("test_measures_*.py"), *TESTS.glob("test_panel*.py"), *TESTS.glob("test_similarity*.py")]
    text = " ".join(path.read_text() for path in files)
    words = set(re.findall(r"\w+", text))
    slots = [re.sub(r"\{\w+\}", r"\\w+", named) for named in re.findall(r'f"((?:\w|\{\w+\})+)"', text)]
    of_slots = re.compile("|".join(sorted({slot for slot in slots if len(slot.replace(r"\w+", "")) >= 8})))
    assert [name for _, name in MEASURES if name not in words and not of_slots.fullmatch(name)] == []


@pytest.fixture(scope="module")
def whole_store(tmp_path_factory):
    """Every source of which the publisher's files are there."""
    place = tmp_path_factory.mktemp("whole") / "store"
    with writing(place) as load:
        for name in source_names():
            with suppress(FileMissing):
                load.replace(loaded(name))
    with open_store(place) as store:
        yield store


@pytest.mark.mirror
def test_every_measure_lists_one_value_for_each_key_of_the_real_sources(whole_store):
    for unit, name in LISTED:
        # A value that is null would turn into zero where its source is complete.
        assert assert_one_value_a_key(whole_store, unit, name)["unknown"] == 0, name


@pytest.mark.mirror
@pytest.mark.parametrize("unit", UNITS)
def test_the_values_of_every_measure_are_of_its_type(whole_store, unit):
    made = panel(whole_store, unit, years=(1914, 2010), states=("FRA", "USA")).add("all")
    for name, column in made.columns.items():
        values = column.values()[~np.isnan(column.values())]
        assert np.isfinite(values).all(), name
        if column.measure.type == "flag":
            assert np.isin(values, (0, 1)).all(), name
        if column.measure.type in ("count", "category"):
            assert (values == np.round(values)).all(), name
    assert made.to_arrow().num_rows == len(made)
