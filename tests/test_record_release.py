"""A release of the register: the same records make the same bytes, and what is in it can be checked and cited."""

from __future__ import annotations

import csv
import hashlib
import json

import pyarrow.parquet as pq
import pytest

from comity.errors import BadRequest, RecordError
from comity.record import CITATION, Shelf, load_register
from comity.record.importing import import_sheet
from comity.record.release import write_release
from comity.vocab.tables import table
from register_samples import changed, good_records, write_records


@pytest.fixture
def folder(tmp_path):
    records = good_records()
    records["programme/aid.yml"]["label"] = "owner"
    records["series/drill.yml"]["editions"][0]["label"] = "nations:JPN"
    return write_records(tmp_path / "records", records)


def files(place):
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()}


def test_the_same_records_make_the_same_bytes(tmp_path, folder):
    released = [write_release(tmp_path / name, folder) for name in ("one", "two")]
    assert released[0] == released[1]
    assert files(tmp_path / "one") == files(tmp_path / "two")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "records", "two"]


def test_every_table_is_there_twice_with_its_public_rows(tmp_path, folder):
    released = write_release(tmp_path / "out", folder)
    loaded = load_register(folder).tables
    assert set(released.rows) == set(loaded)
    assert released.rows["programme"] == 0
    assert sum(released.rows.values()) + released.withheld == sum(rows.num_rows for rows in loaded.values())
    for name, count in released.rows.items():
        rows = pq.read_table(tmp_path / "out" / "tables" / f"{name}.parquet")
        assert rows.num_rows == count
        assert rows.column_names == list(table(name).column_names)
        text = (tmp_path / "out" / "tables" / f"{name}.csv").read_text()
        given = list(csv.DictReader(text.splitlines()))
        assert [row["row_ref"] for row in given] == rows.column("row_ref").to_pylist()
    listed = list(csv.DictReader((tmp_path / "out" / "tables" / "series.csv").read_text().splitlines()))
    assert json.loads(listed[0]["domains"]) == ["sea"]


def test_nothing_that_is_not_public_is_in_any_file(tmp_path):
    records = changed(good_records(), "programme/aid.yml", ("name",), "Hush")
    records["programme/aid.yml"]["label"] = "owner"
    records["series/drill.yml"]["editions"][0] |= {"label": "nations:JPN", "name": "Hush 2020"}
    write_release(tmp_path / "out", write_records(tmp_path / "records", records))
    for name, content in files(tmp_path / "out").items():
        assert b"Hush" not in content, name
        assert b"hush" not in content, name


def test_the_checksums_the_columns_and_the_citation_hold(tmp_path, folder):
    write_release(tmp_path / "out", folder)
    content = files(tmp_path / "out")
    sums = dict(reversed(line.split("  ")) for line in content["SHA256SUMS"].decode().splitlines())
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in content.items() if name != "SHA256SUMS"}
    assert CITATION in content["README.md"].decode()
    assert "@misc{register," in content["citation.bib"].decode()
    assert "| `agreement_party` | 2 |" in content["README.md"].decode()
    columns = list(csv.DictReader(content["columns.csv"].decode().splitlines()))
    assert all(row["means"] for row in columns)
    assert {row["table"] for row in columns} == set(load_register(folder).tables)


def test_the_flat_sheet_of_a_release_can_be_imported(tmp_path):
    folder = write_records(tmp_path / "records", good_records())
    write_release(tmp_path / "out", folder)
    answer = import_sheet(tmp_path / "out" / "register.csv", Shelf(folder))
    assert (answer.problems, len(answer.unchanged)) == ([], 14)


def test_a_folder_that_holds_something_is_not_written_into(tmp_path, folder):
    (tmp_path / "out").mkdir()
    write_release(tmp_path / "out", folder)
    with pytest.raises(BadRequest, match="not empty"):
        write_release(tmp_path / "out", folder)


def test_a_wrong_register_is_not_released(tmp_path):
    records = changed(good_records(), "incident/act.yml", ("name",), "")
    with pytest.raises(RecordError):
        write_release(tmp_path / "out", write_records(tmp_path / "records", records))
    with pytest.raises(BadRequest, match="cannot be written"):
        write_release(
            tmp_path / "records" / "incident" / "act.yml" / "x", write_records(tmp_path / "good", good_records())
        )
    assert not (tmp_path / "out").exists()
