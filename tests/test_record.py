"""The register: whatever a file holds it is read or refused, and the shipped register holds what it should."""

from __future__ import annotations

import shutil
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.errors import RecordError
from comity.record import load_register, read_register, record_problems
from comity.record.shape import Record, Series
from register_samples import changed, good_records, refusal, write_records


def test_the_good_records_of_these_tests_are_good(tmp_path):
    folder = write_records(tmp_path, good_records())
    assert record_problems(folder) == (13, [])
    tables = {"regime": "regime_status"}  # every other kind is called as its table is
    kinds = {item.kind for item in read_register(folder)}
    assert {tables.get(kind, kind) for kind in kinds} == set(load_register(folder).tables) - {
        "agreement_party",
        "channel_party",
        "engagement_party",
        "evidence",
        "incident_party",
        "organisation_member",
    }


# Whatever is done to a file, a record is read or refused; nothing else is raised.

ALL_FIELDS = sorted((name, field) for name, content in good_records().items() for field in content)


@settings(max_examples=60)
@given(st.sets(st.sampled_from(ALL_FIELDS), max_size=8))
def test_fields_left_out_give_a_record_or_a_refusal(tmp_path_factory, gone):
    records = good_records()
    for name, field in gone:
        del records[name][field]
    folder = tmp_path_factory.mktemp("left") / "records"
    _load_or_refuse(write_records(folder, records))
    shutil.rmtree(folder)


values = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12),
    st.sampled_from(
        ["", "null", "~", "JPN", "XYZ", "organisation:", "territory:HKG", "2024", "0000", "9999-12", "nan"]
    ),
    st.integers().map(str),
    st.floats().map(str),
    st.lists(st.sampled_from(["JPN", "USA", "sea", ""]), max_size=3),
    st.dictionaries(st.sampled_from(["party", "role", "name"]), st.sampled_from(["JPN", "host", ""]), max_size=2),
)


@settings(max_examples=60)
@given(st.sampled_from(ALL_FIELDS), values)
def test_any_value_in_any_field_gives_a_record_or_a_refusal(tmp_path_factory, field, value):
    name, column = field
    folder = tmp_path_factory.mktemp("changed") / "records"
    _load_or_refuse(write_records(folder, changed(good_records(), name, (column,), value)))
    shutil.rmtree(folder)


yaml_like = st.text(st.sampled_from(list("{}[]:,-?&*!|>%#'\"\n \tab1~")), max_size=60).map(str.encode)


@settings(max_examples=60)
@given(st.one_of(st.binary(max_size=200), yaml_like))
def test_random_bytes_give_a_refusal(tmp_path_factory, content):
    folder = tmp_path_factory.mktemp("bytes")
    (folder / "noise.yml").write_bytes(content)
    assert refusal(folder).startswith("noise.yml: ")
    shutil.rmtree(folder)


def _load_or_refuse(folder):
    try:
        loaded = load_register(folder)
    except RecordError:
        refusal(folder)
        assert record_problems(folder)[1]
    else:
        assert record_problems(folder) == (13, [])
        assert loaded.tables


# The shipped register.


@pytest.fixture(scope="module")
def shipped():
    return read_register()


@pytest.fixture(scope="module")
def loaded():
    return load_register()


def test_the_shipped_register_has_no_problem(shipped):
    count, found = record_problems()
    assert found == []
    assert count == len(shipped) >= 290


def of_region(shipped, region):
    return [item for item in shipped if region in getattr(item.content, "regions", [])]


def of_case(shipped, case):
    return [item for item in shipped if isinstance(item.content, Record) and case in item.content.cases]


def test_the_register_holds_what_the_brief_on_the_south_china_sea_needs(shipped):
    found = of_region(shipped, "south-china-sea")
    kinds = Counter(item.kind for item in found)
    assert len(found) >= 60
    needed = ("agreement", "channel", "incident", "place", "presence", "programme", "series", "territorial_claim")
    assert all(kinds[kind] >= 5 for kind in needed), kinds
    instruments = Counter(getattr(item.content, "instrument", None) for item in found)
    assert {"exercise", "dialogue", "visit", "port_call", "training", "information_sharing", "operation"} <= set(
        instruments
    )


def test_the_case_of_the_alliance_spans_the_instruments(shipped):
    found = of_case(shipped, "us-japan-alliance")
    kinds = Counter(item.kind for item in found)
    instruments = Counter(getattr(item.content, "instrument", None) for item in found)
    assert len(found) >= 30
    assert min(kinds[kind] for kind in ("agreement", "incident", "channel", "presence", "series")) >= 5, kinds
    assert min(instruments[word] for word in ("exercise", "dialogue", "visit")) >= 5, instruments
    assert min(instruments[word] for word in ("information_sharing", "training")) >= 1, instruments


def test_under_a_tenth_of_the_register_is_unverified(shipped, loaded):
    facts = [item.content for item in shipped]
    facts += [edition for fact in facts if isinstance(fact, Series) for edition in fact.editions]
    unverified = [fact.name for fact in facts if fact.verification == "unverified"]
    assert len(unverified) < 0.1 * len(facts), unverified


def test_every_row_of_evidence_names_an_item_and_a_field_that_are_there(loaded):
    rows = loaded.tables["evidence"].to_pylist()
    keys = {name: table.column_names[0] for name, table in loaded.tables.items()} | {"territorial_claim": "claim"}
    items = {
        name: set(loaded.tables[name].column(keys[name]).to_pylist()) for name in {row["core_table"] for row in rows}
    }
    assert rows
    assert [row for row in rows if row["item"] not in items[row["core_table"]]] == []


def test_the_register_says_how_to_cite_it_and_that_it_is_not_complete(loaded):
    about = loaded.about
    assert (about.source, about.redistribute, about.is_reviewed, about.terms) == ("register", True, True, "CC BY 4.0")
    assert about.version in about.citation
    assert [statement.completeness for statement in about.coverage] == ["positive_only"]


def test_a_page_read_in_a_month_or_year_counts_from_its_first_day(tmp_path):
    """`read: 2026-12` once broke the load, because only whole days were understood."""
    records = good_records()
    for name, read in (("place/reef-place.yml", "2027"), ("incident/act.yml", "2026-12")):
        changed(records, name, ("evidence", 0, "read"), read)
    [statement] = load_register(write_records(tmp_path, records)).about.coverage
    assert statement.end.isoformat() == "2027-01-01"


def test_an_empty_folder_is_an_empty_register(tmp_path):
    assert load_register(tmp_path).tables == {}
