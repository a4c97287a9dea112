"""Panels in files: what is written is read again, the same bytes each time, whole or not at all."""

from __future__ import annotations

import csv
import math
import subprocess
import sys
from datetime import date
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pyreadstat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import BadRequest
from comity.panel import writing
from comity.panel.reading import read_panel
from comity.panel.stata import stata_name, stata_names
from comity.panel.writing import write_batches, write_table
from panel_file_samples import FACTS, LONG, PACTS, SCHEMA, VALUES, of_rows, rows, table, written


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("panels")


# What is written is read again.


@given(rows)
def test_parquet_gives_back_the_panel_and_all_it_says(folder, made):
    panel = of_rows(made)
    write_table(panel, folder / "p.parquet")
    again = read_panel(folder / "p.parquet")
    assert again.equals(panel, check_metadata=True)
    assert again.schema.equals(panel.schema, check_metadata=True)
    some = read_panel(folder / "p.parquet", ["ratio", "year", "ratio"])
    assert some.equals(panel.select(["ratio", "year"]), check_metadata=True)


@given(rows)
def test_csv_has_flags_as_digits_and_unknown_as_nothing(folder, made):
    panel = of_rows(made)
    write_table(panel, folder / "p.csv")
    with (folder / "p.csv").open(newline="") as file:
        head, *lines = csv.reader(file)
    assert head == panel.column_names
    assert [
        (state, int(year), bool(int(flag)) if flag else None, int(count) if count else None, float(x) if x else None)
        for state, year, flag, count, x in lines
    ] == made


@given(rows)
def test_another_program_reads_from_stata_s_format_what_was_written(folder, made):
    panel = of_rows(made)
    write_table(panel, folder / "p.dta")
    read, said = pyreadstat.read_dta(folder / "p.dta", output_format="dict")
    short = stata_name(LONG)
    assert list(read) == ["state_a", "year", "is_pact", short, "ratio"]
    assert [list(row) for row in zip(*read.values(), strict=True)] == [[*row] for row in made]
    assert said.readstat_variable_types["is_pact"] == "int8"  # one byte a flag
    assert said.file_label == FACTS.title
    labels = said.column_names_to_labels
    assert labels["is_pact"] == "Whether the two are bound by a pact."
    assert labels[short] == f"{LONG}: Missions both serve in, e.g. o…"  # the first 80 letters
    assert any(PACTS.citation in note for note in said.notes)


def test_stata_s_format_holds_each_kind_of_column_or_says_that_it_does_not(tmp_path):
    kinds = {
        "small": pa.array([-127, 100, None], pa.int64()),
        "middle": pa.array([101, -32_767, None], pa.int32()),
        "large": pa.array([32_741, None, 5]),
        "huge": pa.array([2**53, None, -1]),
        "day": pa.array([date(1959, 12, 31), None, date(2024, 2, 29)]),
        "nothing": pa.nulls(3),
        "coded": pa.array(["Åland", None, ""]).dictionary_encode(),
        "single": pa.array([0.1, math.nan, None], pa.float32()),
    }
    write_table(pa.table(kinds), tmp_path / "kinds.dta")
    read, said = pyreadstat.read_dta(tmp_path / "kinds.dta", output_format="dict")
    types = said.readstat_variable_types
    assert [types[name] for name in kinds] == [
        "int8", "int16", "int32", "double", "int32", "int8", "string", "double",
    ]  # fmt: skip
    for name in ("small", "middle", "large", "huge", "day", "nothing"):
        assert list(read[name]) == kinds[name].to_pylist(), name
    assert list(read["coded"]) == ["Åland", "", ""]  # Stata's unknown text is the empty one
    assert list(read["single"]) == [pytest.approx(0.1), None, None]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([2**53 + 1], "has values to 9007199254740993"),
        ([math.inf], "has values to inf"),
        ([-math.inf, 1.0], "has values to -inf"),
        (["x" * 2046], "has a text of 2,046 bytes"),
        ([[1]], "is a column of list"),
    ],
)
def test_what_stata_cannot_hold_is_refused_and_leaves_nothing(tmp_path, values, message):
    with pytest.raises(BadRequest, match=f"^odd {message}"):
        write_table(pa.table({"odd": values}), tmp_path / "p.dta")
    assert not list(tmp_path.iterdir())


# The same table, the same bytes.


@pytest.mark.parametrize("ending", [".parquet", ".csv", ".dta"])
@given(made=rows, cuts=st.lists(st.integers(0, 40), max_size=5))
def test_bytes_do_not_depend_on_how_the_rows_come(folder, ending, made, cuts):
    panel = of_rows(made)
    whole = written(panel, folder / f"whole{ending}")
    edges = sorted({0, len(made), *(cut for cut in cuts if cut < len(made))})
    parts = [panel.slice(start, end - start) for start, end in pairwise(edges)]
    batches = [batch for part in parts for batch in part.to_batches()]
    assert write_batches(SCHEMA, iter(batches), folder / f"parts{ending}") == len(made)
    assert (folder / f"parts{ending}").read_bytes() == whole


def test_row_groups_are_of_one_size_whatever_the_batches(monkeypatch, tmp_path):
    monkeypatch.setattr(writing, "GROUP_ROWS", 4)
    panel = table({name: values * 3 for name, values in VALUES.items()})
    for size in (1, 3, 5, 9):
        write_batches(SCHEMA, panel.to_batches(max_chunksize=size), tmp_path / f"{size}.parquet")
        kept = pyarrow.parquet.ParquetFile(tmp_path / f"{size}.parquet").metadata
        assert [kept.row_group(place).num_rows for place in range(kept.num_row_groups)] == [4, 4, 1]
    assert len({path.read_bytes() for path in tmp_path.iterdir()}) == 1


def test_the_time_of_day_is_in_no_file(tmp_path):
    """Another process, which counts its own seconds and hashes with another seed, writes the same bytes."""
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path; import panel_file_samples as t; "
        "from comity.panel.sidecar import write_sidecar; "
        "[t.write_table(t.table(), Path(sys.argv[2]) / f'p{e}') for e in ('.parquet', '.csv', '.dta')]; "
        "write_sidecar(t.SCHEMA, Path(sys.argv[2]) / 'p.csv', 3)"
    )
    contents = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        call = [sys.executable, "-c", script, str(Path(__file__).parent), str(tmp_path / name)]
        subprocess.run(call, check=True)
        contents.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    assert contents[0] == contents[1]
    assert set(contents[0]) == {"p.parquet", "p.csv", "p.dta", "p.README.md", "p.bib"}


# Whole or not at all.


@pytest.mark.parametrize("ending", [".parquet", ".csv", ".dta"])
def test_a_failure_in_the_middle_leaves_what_was_there(tmp_path, ending):
    def failing():
        yield from table().to_batches()
        raise OSError(28, "No space left on device")

    path = tmp_path / f"p{ending}"
    path.write_text("before")
    with pytest.raises(BadRequest, match="cannot be written: No space left on device"):
        write_batches(SCHEMA, failing(), path)
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["p.xlsx", "p", "none/p.csv", "none/p.parquet", "none/p.dta"])
def test_a_place_that_cannot_be_written_to_is_named(tmp_path, name):
    with pytest.raises(BadRequest, match=r"written to \.parquet, \.csv or \.dta$|cannot be written: No such file"):
        write_table(table(), tmp_path / name)
    assert not list(tmp_path.iterdir())


# Reading.


def test_columns_that_are_not_there_are_refused_with_the_nearest(tmp_path):
    write_table(table(), tmp_path / "p.parquet")
    with pytest.raises(BadRequest, match=r"^p\.parquet has no column 'is_pakt'; the nearest are is_pact"):
        read_panel(tmp_path / "p.parquet", ["year", "is_pakt"])
    assert read_panel(tmp_path / "p.parquet", []).num_columns == 0


def test_a_file_that_is_no_panel_is_refused(tmp_path):
    (tmp_path / "text.parquet").write_text("year,value\n")
    write_table(table().replace_schema_metadata(None), tmp_path / "other.parquet")
    with pytest.raises(BadRequest, match=r"no Parquet file"):
        read_panel(tmp_path / "text.parquet")
    with pytest.raises(BadRequest, match=r"no panel that comity wrote"):
        read_panel(tmp_path / "other.parquet")
    with pytest.raises(BadRequest, match=r"cannot be read: No such file"):
        read_panel(tmp_path / "none.parquet")
    with pytest.raises(BadRequest, match=r"cannot be read"):
        read_panel(tmp_path)


# Names in Stata.


@given(st.from_regex(r"[a-z][a-z0-9_]{0,70}", fullmatch=True) | st.text(max_size=50))
def test_every_name_becomes_one_that_is_legal_in_stata(name):
    short = stata_name(name)
    assert 1 <= len(short) <= 32
    assert short.isascii()
    assert short.replace("_", "a").isalnum()
    assert not short[0].isdigit()
    assert stata_name(short) == short


def test_the_names_of_columns_stay_apart_or_are_refused():
    assert stata_names(["year", "Year", LONG]) == ["year", "Year", stata_name(LONG)]
    with pytest.raises(BadRequest, match=rf"^{LONG}s and {LONG}t would both be \w+ in a \.dta file"):
        stata_names(["year", f"{LONG}s", f"{LONG}t"])
