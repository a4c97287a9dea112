"""A small invented panel with all it says of itself, for the tests of the files it is written to."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
from hypothesis import strategies as st

from comity.panel.metadata import ColumnFacts, PanelFacts, column_metadata, table_metadata
from comity.panel.writing import write_table
from comity.sources.about import About
from comity.vocab.coverage import Coverage

LONG = "shared_peacekeeping_missions_of_neighbors_count"


def knows(kind: str, first: int, last: int, completeness: str = "complete") -> Coverage:
    return Coverage(kinds=(kind,), completeness=completeness, start=date(first, 1, 1), end=date(last, 12, 31))


PACTS = About(
    source="pacts",
    title="Pacts & Promises_2",
    version="3.1",
    publisher="Bureau of {Pacts}",
    url="https://pacts.example/data",
    citation="Roe, J. and A. Doe. 2009. Pacts and Promises: 50% of Them. Journal of Pacts 3:1-9.",
    terms="Free for research; ask before you pass the rows on.",
    redistribute=False,
    user_supplied=True,
    is_reviewed=True,
    coverage=(knows("pact", 1816, 2018), knows("promise", 1900, 2018, "positive_only")),
    published=date(2019, 12, 31),
)
CALLS = About(
    source="calls",
    title="Calls of Ships",
    version="June 2024",
    publisher="Office of Harbors",
    url="none",
    citation="Office of Harbors. Calls of Ships | a list.",
    terms="CC0.",
    redistribute=True,
    user_supplied=False,
    is_reviewed=True,
    coverage=(knows("call", 1946, 2023),),
)

COLUMNS = {
    "state_a": ColumnFacts(means="The state that comes first.", measured_in="code of a state", type="category"),
    "year": ColumnFacts(means="The year.", measured_in="year", type="count"),
    "is_pact": ColumnFacts(
        means="Whether the two are bound by a pact.\n\nPromises are no pacts.",
        measured_in="0 or 1", type="flag", sources=(PACTS,), kinds=("pact",),
    ),
    LONG: ColumnFacts(
        means="Missions both serve in, e.g. of neighbors. Calls count too.",
        measured_in="missions", type="count", sources=(PACTS, CALLS), is_hindsight=True,
    ),
    "ratio": ColumnFacts(means="A ratio.", measured_in="ratio from 0 to 1", type="number", sources=(CALLS,)),
}  # fmt: skip
FACTS = PanelFacts(
    title="Pairs of states, 1946–1947",
    unit="dyad_year",
    system="cow",
    years=(1946, 1947),
    command="comity panel dyad_year --years 1946:1947 --measures is_pact,ratio -o panel.parquet",
    as_of=date(2024, 7, 1),
    sources=(PACTS, CALLS),
)
TYPES = {"state_a": pa.string(), "year": pa.int16(), "is_pact": pa.bool_(), LONG: pa.int32(), "ratio": pa.float64()}
SCHEMA = pa.schema(
    [pa.field(name, held, metadata=column_metadata(COLUMNS[name])) for name, held in TYPES.items()],
    metadata=table_metadata(FACTS),
)
VALUES = {
    "state_a": ["CHN", "RUS", "USA"],
    "year": [1946, 1946, 1947],
    "is_pact": [True, None, False],
    LONG: [None, 0, 101],
    "ratio": [0.5, None, 1 / 3],
}


def table(values: dict[str, list[object]] = VALUES) -> pa.Table:
    return pa.Table.from_pydict(values, schema=SCHEMA)


rows = st.lists(
    st.tuples(
        st.sampled_from(["USA", "RUS", "CHN", "CIV"]),
        st.integers(1816, 2030),
        st.none() | st.booleans(),
        st.none() | st.integers(-(2**31) + 1, 2**31 - 28),
        st.none() | st.floats(allow_nan=False, allow_infinity=False, min_value=-8.9e307, max_value=8.9e307),
    ),
    max_size=40,
)


def of_rows(made: list[tuple[object, ...]]) -> pa.Table:
    return table({name: [row[place] for row in made] for place, name in enumerate(TYPES)})


def written(made: pa.Table, path: Path) -> bytes:
    write_table(made, path)
    return path.read_bytes()
