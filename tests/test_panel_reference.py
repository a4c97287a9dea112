"""Panels from the input tables of the R package peacesciencer are the panels that package makes, value by value.

The package made the reference with version 1.2.9 on R 4.5.0. A content hash is over the columns in their order: the
name, then the values as 64-bit numbers with missing as -9e99 and capital distances rounded to a meter, for the last
bits of a distance are those of a mathematics library; the names of states are joined by 0x1F.
"""

from __future__ import annotations

import hashlib
import importlib
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

pytestmark = pytest.mark.mirror
BENCHMARKS = Path(__file__).parent.parent / "benchmarks"


@pytest.fixture(scope="module")
def reference(mirror):
    """The folder of the package's input tables and of one panel it made."""
    folder = mirror.parent / "reference" / "peacesciencer"
    if not folder.is_dir():
        pytest.skip("the reference panels do not lie beside the publishers' files")
    return folder


@pytest.fixture(scope="module")
def equality():
    """The program that builds panels of the reference."""
    sys.path.insert(0, str(BENCHMARKS))
    yield importlib.import_module("equality")
    sys.path.remove(str(BENCHMARKS))


def built(equality, reference, name):
    made = equality.reference_panel(reference / "src", name)
    return pa.Table.from_batches(equality.batches(made, name, reference / "src"))


def content_hash(table):
    told = hashlib.md5(usedforsecurity=False)
    for name in table.column_names:
        told.update(name.encode())
        if name == "cw_name":
            told.update("\x1f".join(table[name].to_pylist()).encode())
            continue
        values = table[name].to_numpy().astype("<f8")
        values = np.where(np.isnan(values), -9e99, values)
        values = np.round(values, 3) if name in ("capdist", "mincapdist") else values
        told.update((values + 0.0).tobytes())  # a negative zero becomes a positive one
    return told.hexdigest()


def test_relevant_directed_pairs_are_those_of_the_reference(equality, reference):
    made, expected = (
        built(equality, reference, "relevant_directed"),
        pq.read_table(reference / "panel_relevant_directed.parquet"),
    )
    assert equality.differences(made, expected) == []
    assert (made.num_rows, made.num_columns) == (223_982, 62)
    assert content_hash(made) == content_hash(expected) == "c5b16a84238105b5a946ad2bbc041230"


@pytest.mark.parametrize(
    ("name", "shape", "told"),
    [
        ("all_directed", (1_685_310, 61), "5b7728c589ed806773d7f6ef9b57e3cd"),
        ("relevant_undirected", (111_991, 56), "6176e7873cb144b97cd80f789f1b7bee"),
        ("state_year", (14_781, 47), "ba675c5e324b2beda2caf3502927a223"),
    ],
)
def test_other_panels_have_the_hash_of_the_reference(equality, reference, name, shape, told):
    made = built(equality, reference, name)
    assert (made.num_rows, made.num_columns) == shape
    assert content_hash(made) == told
