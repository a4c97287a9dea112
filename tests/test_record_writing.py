"""Writing records: what was written is read as the same record, and files appear all together or not at all."""

from __future__ import annotations

from typing import get_args

import msgspec
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.errors import RecordError
from comity.record.applying import write_files
from comity.record.reading import read_record, record_files, register_folder
from comity.record.shape import AccessChange, AnyRecord, Edition, Evidence, Party, Standing
from comity.record.writing import ACCESS_FIELDS, EVIDENCE_FIELDS, FIELDS, record_text, with_edition
from register_samples import good_records, write_records

SHAPES = {shape.__struct_config__.tag: shape for shape in get_args(AnyRecord)}


def read_text(tmp, text, label="public"):
    path = tmp / "x.yml"
    path.write_text(text, encoding="utf-8")
    return read_record(path, tmp, label).content


# Texts that YAML would misread if they were written bare, and texts of any letters.
texts = st.one_of(
    st.sampled_from(["", "null", "~", "no", "010", "2024-04-22", "- a", "a: b", "a #b", "'", '"', "|", " a ", "[x]"]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    st.lists(st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=9), min_size=30).map(" ".join),
)  # fmt: skip


def shaped(shape, **fixed):
    """Any value of a shape, whether a register would take it or not: each field is drawn by its type."""
    by_type = {
        str: texts,
        str | None: st.none() | texts,
        int | None: st.none() | st.integers(-(2**40), 2**40),
        float: st.floats(allow_nan=False),
        float | None: st.none() | st.floats(allow_nan=False, allow_infinity=False),
        list[str]: st.lists(texts, max_size=3),
        list[float]: st.lists(st.floats(allow_nan=False, allow_infinity=False), max_size=4),
    }
    lists = {"evidence": Evidence, "parties": Party, "editions": Edition, "standings": Standing, "access": AccessChange}
    fields = {}
    for field in msgspec.structs.fields(shape):
        if field.type in by_type:
            fields[field.name] = by_type[field.type]
        elif field.name == "parties":
            fields[field.name] = st.lists(texts | shaped(Party), max_size=3)
        else:
            fields[field.name] = st.lists(shaped(lists[field.name]), max_size=2)
    return st.builds(shape, **fields | fixed)


RECORDS = {kind: shaped(shape) for kind, shape in SHAPES.items()}


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
@pytest.mark.parametrize("kind", sorted(SHAPES))
def test_whatever_a_record_holds_is_read_as_it_was_written(tmp_path_factory, kind, data):
    content, tmp = data.draw(RECORDS[kind]), tmp_path_factory.getbasetemp()
    assert read_text(tmp, record_text(content)) == content
    assert read_text(tmp, record_text(content, "owner"), "owner") == content


def test_every_field_has_its_place_in_the_order():
    fields = {name for shape in (*SHAPES.values(), Edition) for name in shape.__struct_fields__}
    assert fields | {"kind"} == set(FIELDS)
    assert len(FIELDS) == len(set(FIELDS))
    assert set(Evidence.__struct_fields__) == set(EVIDENCE_FIELDS)
    assert set(AccessChange.__struct_fields__) == set(ACCESS_FIELDS)


def test_the_shipped_records_come_back_the_same(tmp_path):
    folder = register_folder()
    for path in record_files(folder)[::7]:
        try:
            content = read_record(path, folder).content
        except RecordError:
            continue  # tests/test_record.py tells what is wrong with it
        assert read_text(tmp_path, record_text(content)) == content, path


def test_a_record_looks_as_a_person_writes_it(tmp_path):
    folder = write_records(tmp_path, good_records())
    text = record_text(read_record(folder / "series/drill.yml", folder).content)
    assert text == (
        "kind: series\nname: A name\ninstrument: exercise\nlevel: commander\ndomains: [sea]\npurposes: [warfighting]\n"
        "parties:\n  - {party: PHL, role: host}\n  - USA\nregions: [sea]\nverification: primary\nsummary: A summary.\n"
        "evidence:\n  - kind: primary\n    publisher: A ministry\n    title: A page\n    date: 2020-05-01\n"
        "    url: https://example.org/page\n    read: 2026-11-22\n    supports: [summary, parties]\n"
        "editions:\n  - name: Example 2020\n    start_date: 2020-05-01\n    end_date: 2020-05\n"
        "    verification: primary\n    summary: A summary.\n    evidence:\n      - kind: primary\n"
        "        publisher: A ministry\n        title: A page\n        date: 2020-05-01\n"
        "        url: https://example.org/page\n        read: 2026-11-22\n"
        "        supports: [summary, start_date, end_date]\n"
    )  # fmt: skip


def test_a_long_summary_is_folded(tmp_path):
    folder = write_records(tmp_path, good_records())
    content = read_record(folder / "engagement/call.yml", folder).content
    text = record_text(msgspec.structs.replace(content, summary="A sentence of several words. " * 9 + "End."))
    assert "summary: >-\n  A sentence" in text
    assert max(map(len, text.splitlines())) <= 120


def test_an_edition_is_added_at_the_end_and_the_rest_stays_as_it_was_written(tmp_path):
    folder = write_records(tmp_path, good_records())
    content = read_record(folder / "series/drill.yml", folder).content
    text = "# by hand\n" + record_text(content).replace("name: A name", "name:   'A name'")
    edition = msgspec.structs.replace(content.editions[0], name="Example 2021")
    longer = with_edition(text, edition)
    assert longer.startswith(text)
    assert read_text(tmp_path, longer).editions == [*content.editions, edition]
    # Where the editions are not the last thing, or stand on one line, nothing can be added below them.
    assert with_edition(text + "label: public\n", edition) is None
    assert with_edition("kind: series\neditions: []\n", edition) is None
    assert with_edition("kind: series\neditions:\n# none yet\n", edition) is None


def test_files_are_written_and_removed_together(tmp_path):
    folder = tmp_path / "records"
    write_files({folder / "a" / "one.yml": "1", folder / "two.yml": "2"}, folder)
    write_files({folder / "a" / "one.yml": None, folder / "two.yml": "3"}, folder)
    assert [path.name for path in record_files(folder)] == ["two.yml"]
    assert (folder / "two.yml").read_text() == "3"
    assert [path.name for path in tmp_path.iterdir()] == ["records"]


def test_when_one_file_cannot_be_written_none_is(tmp_path):
    folder = tmp_path / "records"
    write_files({folder / "one.yml": "1"}, folder)
    (folder / "blocked").write_text("a file where a folder is needed")
    texts = {folder / "one.yml": "changed", folder / "new.yml": "2", folder / "blocked" / "x.yml": "3"}
    with pytest.raises(RecordError, match="cannot be written"):
        write_files(texts, folder)
    assert (folder / "one.yml").read_text() == "1"
    assert not (folder / "new.yml").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["records"]


def test_what_is_written_is_plain_yaml(tmp_path):
    folder = write_records(tmp_path, good_records())
    for path in record_files(folder):
        plain = yaml.safe_load(record_text(read_record(path, folder).content))
        assert plain["kind"] == path.parent.name
