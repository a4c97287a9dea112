"""Every source keeps its contract on its sample, whatever the order of the rows, and says where each fact is from."""

from __future__ import annotations

import fnmatch
import json
import random
import re
import shutil
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import openpyxl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from comity.errors import ContractBroken
from comity.sources import Loaded, load_source, loading, source_names
from comity.sources.contract import Contract, Fix, PromisedFile, contract
from comity.store.check import checked_table
from source_samples import SAMPLES, cells, write_cells

each_source = pytest.mark.parametrize("source", source_names())


def row_sets(loaded: Loaded) -> dict[str, frozenset[str]]:
    return {name: frozenset(map(repr, rows.to_pylist())) for name, rows in loaded.tables.items()}


def column_values(rows: pa.Table, column: str) -> list[Any]:
    return list(rows.column(column).to_pylist())


def with_contract(monkeypatch: pytest.MonkeyPatch, source: str, **changed: Any) -> None:
    promise: Contract = msgspec.structs.replace(contract(source), **changed)
    monkeypatch.setattr(loading, "contract", lambda name: promise)


def reviewed_files(source: str) -> dict[str, PromisedFile]:
    """The promised files with the hashes of the sample in place of the publisher's."""
    folder = SAMPLES / source
    return {
        key: msgspec.structs.replace(
            promised,
            sha256={
                path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
                for path in folder.glob(promised.path)
            },
        )
        for key, promised in contract(source).files.items()
    }


@each_source
def test_sample_keeps_every_rule_of_the_store(source: str) -> None:
    loaded = load_source(source, SAMPLES / source)
    assert set(loaded.tables) == set(contract(source).tables)
    for name, rows in loaded.tables.items():
        assert checked_table(source, name, rows).num_rows == rows.num_rows > 0


@each_source
def test_every_core_row_says_where_it_comes_from(source: str) -> None:
    loaded = load_source(source, SAMPLES / source)
    names = {file.name for file in loaded.about.files}
    for rows in loaded.tables.values():
        assert set(column_values(rows, "source")) == {source}
        assert set(column_values(rows, "source_version")) == {contract(source).version}
        assert set(column_values(rows, "label")) == {"public"}
        references = [part for ref in column_values(rows, "row_ref") for part in ref.split("; ")]
        assert {re.split(r"[:\[]", reference)[0] for reference in references} <= names


@each_source
def test_a_known_layout_with_another_hash_loads_unreviewed(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    about = load_source(source, SAMPLES / source).about
    assert not about.is_reviewed
    assert not any(file.is_reviewed for file in about.files)
    with_contract(monkeypatch, source, files=reviewed_files(source))
    assert load_source(source, SAMPLES / source).about.is_reviewed


@each_source
def test_a_fix_that_fits_no_row_of_a_reviewed_file_is_an_error(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    key, promised = next(iter(contract(source).files.items()))
    column = promised.header[0] if promised.header else "0"  # the columns of a grid are numbers
    fix = Fix(file=key, where={}, column=column, old="never there", new="x", reason="for the test")
    fixes = (*contract(source).fixes, fix)
    if promised.is_large:
        with pytest.raises(ValueError, match="read by column and not corrected"):
            with_contract(monkeypatch, source, fixes=fixes)
        return
    with_contract(monkeypatch, source, fixes=fixes)
    assert load_source(source, SAMPLES / source).tables
    with_contract(monkeypatch, source, files=reviewed_files(source), fixes=fixes)
    with pytest.raises(ContractBroken, match=r"'never there' .*fits no row"):
        load_source(source, SAMPLES / source)


@each_source
def test_too_few_rows_are_refused(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    many = (1000, 2000)
    files = {key: msgspec.structs.replace(file, rows=many) for key, file in contract(source).files.items()}
    with_contract(monkeypatch, source, files=files)
    with pytest.raises(ContractBroken, match=r"\d+ rows, promised 1000 to 2000"):
        load_source(source, SAMPLES / source)
    with_contract(monkeypatch, source, tables=dict.fromkeys(contract(source).tables, many))
    with pytest.raises(ContractBroken, match=rf"{source}\.\w+: \d+ rows, promised 1000 to 2000"):
        load_source(source, SAMPLES / source)


@each_source
@settings(max_examples=8, deadline=None)
@given(dice=st.randoms(use_true_random=False))
def test_the_order_of_a_publishers_rows_does_not_matter(source: str, dice: random.Random) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(shutil.copytree(SAMPLES / source, Path(place) / source))
        for promised in contract(source).files.values():
            for path in folder.glob(promised.path):
                shuffle(path, promised, dice)
        shuffled = load_source(source, folder)
    plain = load_source(source, SAMPLES / source)
    assert row_sets(shuffled) == row_sets(plain)
    assert shuffled.about.left_out == plain.about.left_out


def shuffle(path: Path, promised: PromisedFile, dice: random.Random) -> None:
    if promised.format == "xml":
        tree = etree.parse(path)
        tree.getroot()[:] = dice.sample(list(tree.getroot()), len(tree.getroot()))
        tree.write(path, encoding="UTF-8", xml_declaration=True)
        return
    if promised.is_ordered or promised.format in {"lines", "grid"}:
        return  # as they stand: their order may mean something
    if promised.format == "jsonl":
        lines = path.read_text(encoding=promised.encoding).splitlines(keepends=True)
        path.write_text("".join(dice.sample(lines, len(lines))), encoding=promised.encoding)
        return
    if promised.format == "json":
        shuffle_objects(path, promised, dice)
        return
    if promised.format == "excel":
        shuffle_sheets(path, promised, dice)
        return
    rows = cells(path, promised)
    top, rest = (rows[:1], rows[1:]) if promised.has_header else ([], rows)
    write_cells(path, promised, top + dice.sample(rest, len(rest)))


def shuffle_objects(path: Path, promised: PromisedFile, dice: random.Random) -> None:
    found = whole = {"": json.loads(path.read_text(encoding=promised.encoding))}
    *above, last = ["", *filter(None, promised.row.split("/"))]
    for step in above:
        found = found[step]
    rows = found[last]
    if isinstance(rows, dict):
        found[last] = dict(dice.sample(list(rows.items()), len(rows)))
    else:
        found[last] = dice.sample(rows, len(rows))
    path.write_text(json.dumps(whole[""], ensure_ascii=False), encoding=promised.encoding)


def shuffle_sheets(path: Path, promised: PromisedFile, dice: random.Random) -> None:
    if path.suffix != ".xlsx":
        return  # the old form of workbooks can be read here, not written
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        if fnmatch.fnmatchcase(sheet.title, promised.sheet):
            first = promised.skip + (2 if promised.has_header else 1)
            rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first)]
            for place, row in enumerate(dice.sample(rows, len(rows)), start=first):
                for number, value in enumerate(row, start=1):
                    sheet.cell(place, number).value = value
    book.save(path)
