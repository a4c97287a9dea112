"""What rows must be before the store takes them; the error names source, row, column and value."""

from __future__ import annotations

import math
from datetime import date, datetime

import pyarrow as pa
import pytest

from comity.errors import ContractBroken
from comity.sources.about import Loaded
from comity.store import core_schema, to_table, writing
from strategies import about, engagement, small_source, write_sources


@pytest.fixture
def place(tmp_path):
    return tmp_path / "store"


def wrong(told, **changes):
    return pytest.param(changes, told, id=told[:40])


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        wrong("column name is 7, not text", name=7),
        wrong("column personnel_count is 1.5, not integer", personnel_count=1.5),
        wrong("column personnel_count is 3.0, not integer", personnel_count=3.0),
        wrong("column personnel_count is True, not integer", personnel_count=True),
        wrong(f"column personnel_count is {2**63}, not integer", personnel_count=2**63),
        wrong("column latitude is '1', not number", latitude="1"),
        wrong("column latitude is not a finite number", latitude=math.nan),
        wrong("column longitude is not a finite number", longitude=math.inf),
        wrong("column start_date is '2000-01-01', not date", start_date="2000-01-01"),
        # A datetime is a date to Python; its hours must not vanish.
        wrong(
            "column start_date is datetime.datetime(2000, 1, 1, 9, 0), not date",
            start_date=datetime(2000, 1, 1, 9),  # noqa: DTZ001 - publishers' sheets hold such values
        ),
        wrong("column start_date is null", start_date=None),
        wrong("column domains is 'sea', not texts", domains="sea"),
        wrong("column domains is [1], not texts", domains=[1]),
        wrong("column domains is [None], not texts", domains=[None]),
        wrong("column domains is null", domains=None),
        wrong("column domains: 'see' is not one of the domains; nearest is 'sea'", domains=["sea", "see"]),
        wrong("column status: 'complete' is not one of the statuses; nearest is 'completed'", status="complete"),
        wrong("column name is '\\ud800', not text", name="\ud800"),
        wrong("column label is null", label=None),
        wrong("there is no column 'nmae' (value 'Talisman')", nmae="Talisman"),
    ],
)
def test_a_value_the_table_does_not_allow_is_named_with_its_row(changes, told):
    rows = [engagement("alpha", 1), engagement("alpha", 2, **changes)]
    with pytest.raises(ContractBroken) as refusal:
        to_table("engagement", rows)
    assert str(refusal.value) == f"alpha: engagement a.csv:2: {told}"


def test_a_row_without_source_or_row_ref_is_refused():
    for missing in ("source", "row_ref"):
        row = engagement("alpha", 1)
        del row[missing]
        with pytest.raises(ContractBroken, match=f"column {missing} is null"):
            to_table("engagement", [row])


def test_a_key_left_out_is_unknown_and_a_list_left_out_is_empty():
    row = engagement("alpha", 1)
    del row["purposes"]
    table = to_table("engagement", [row])
    assert table.column("outcome").to_pylist() == [None]
    assert table.column("purposes").to_pylist() == [[]]
    assert table.schema.equals(core_schema("engagement"))


def refused(place, loaded):
    with pytest.raises(ContractBroken) as refusal, writing(place) as under_way:
        under_way.replace(loaded)
    assert "\n" not in str(refusal.value)
    return str(refusal.value)


def test_a_repeated_key_is_named_with_both_rows_even_across_labels(place):
    rows = [engagement("alpha", 1), engagement("alpha", 1, "owner", row_ref="b.csv:9")]
    told = refused(place, Loaded(about("alpha"), {"engagement": to_table("engagement", rows)}))
    assert told == "alpha: engagement has the key engagement=alpha-1 twice: a.csv:1 and b.csv:9"


def test_two_unknown_starts_of_one_membership_are_a_repeat(place):
    member = {
        "organisation": "nato",
        "party_kind": "state",
        "party": "FRA",
        "role": "member",
        "known_until": date(2020, 1, 1),
        "source": "alpha",
        "source_version": "1",
        "label": "public",
    }
    rows = [member | {"row_ref": "a.csv:1"}, member | {"row_ref": "a.csv:2"}]
    told = refused(place, Loaded(about("alpha"), {"organisation_member": to_table("organisation_member", rows)}))
    assert "party=FRA, role=member, start_date=None twice: a.csv:1 and a.csv:2" in told
    # One known and one unknown start are two spells.
    rows[1]["start_date"] = date(1949, 4, 4)
    write_sources(place, Loaded(about("alpha"), {"organisation_member": to_table("organisation_member", rows)}))


def test_rows_of_another_source_are_refused(place):
    told = refused(place, Loaded(about("beta"), small_source("alpha").tables))
    assert told == "alpha: engagement a.csv:1: column source is not 'beta'"


@pytest.mark.parametrize("label", ["Public", "nations:JPN,AUS", "nations:", "../owner", "community:nato"])
def test_a_label_that_cannot_be_read_is_refused(place, label):
    assert "alpha: engagement a.csv:1: label" in refused(place, small_source("alpha", [label]))


@pytest.mark.parametrize("name", ["", "Alpha", "../alpha", "a/b", "a b", ".alpha", "a*"])
def test_a_source_whose_name_is_no_name_is_refused(place, name):
    assert "not named in small letters" in refused(place, Loaded(about(name), {}))


def test_a_table_with_other_columns_is_refused(place):
    good = small_source("alpha").tables["engagement"]
    kept = [column for column in good.column_names if column != "name"]
    assert "missing ['name'], unknown []" in refused(place, Loaded(about("alpha"), {"engagement": good.select(kept)}))
    assert "in another order" in refused(place, Loaded(about("alpha"), {"engagement": good.select(["name", *kept])}))
    narrow = good.set_column(good.column_names.index("personnel_count"), "personnel_count", pa.nulls(1, pa.int32()))
    assert "column personnel_count is int32, not int64" in refused(
        place, Loaded(about("alpha"), {"engagement": narrow})
    )
    assert "core has no table 'engagements'" in refused(place, Loaded(about("alpha"), {"engagements": good}))


def test_tables_made_elsewhere_are_checked_like_those_of_to_table(place):
    good = small_source("alpha").tables["engagement"]

    def changed(column, values, kind):
        schema = pa.schema([field.with_nullable(True) for field in good.schema])
        place_of_column = good.column_names.index(column)
        return good.cast(schema).set_column(place_of_column, column, pa.array(values, kind))

    for column, values, kind, told in (
        ("label", [None], pa.string(), "column label is null"),
        ("status", ["done"], pa.string(), "column status: 'done' is not one of the statuses"),
        ("domains", [[None]], pa.list_(pa.string()), "column domains: a list cannot hold null"),
        ("latitude", [math.nan], pa.float64(), "column latitude is not a finite number"),
    ):
        assert f"alpha: engagement a.csv:1: {told}" in refused(
            place, Loaded(about("alpha"), {"engagement": changed(column, values, kind)})
        )
