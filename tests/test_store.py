"""The store: what goes in comes out, generations follow one another, and the wrong is refused in one line."""

from __future__ import annotations

import math
import os
import threading
import time
from datetime import date, datetime

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity import store as room
from comity.errors import BadRequest, ContractBroken, QueryRefused, StoreBusy, StoreError, StoreMissing
from comity.sources.about import Loaded
from comity.store import core_schema, home, open_store, to_table, writing
from comity.vocab.tables import tables
from strategies import about, dates, engagement, labels, small_source


@pytest.fixture
def place(tmp_path):
    return tmp_path / "store"


def load(place, *sources):
    with writing(place) as under_way:
        for source in sources:
            under_way.replace(source)


def names(store):
    return store.ask("SELECT engagement FROM core.engagement ORDER BY ALL").column(0).to_pylist()


def files(place):
    return {path for path in (place / "parts").rglob("*") if path.is_file()}


# What goes in comes out.

rows_of_one_source = st.lists(
    st.fixed_dictionaries(
        {"label": labels, "start_date": dates, "domains": st.lists(st.sampled_from(("sea", "air", "land")))},
        optional={
            "name": st.text(),
            "personnel_count": st.integers(-(2**63), 2**63 - 1),
            "latitude": st.floats(allow_nan=False, allow_infinity=False),
            "end_date": dates,
        },
    ),
    max_size=8,
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows_of_one_source)
def test_every_row_comes_back_as_it_was_given(tmp_path_factory, drawn):
    place = tmp_path_factory.mktemp("round") / "store"
    given_rows = [engagement("alpha", number, **row) for number, row in enumerate(drawn)]
    load(place, Loaded(about("alpha"), {"engagement": to_table("engagement", given_rows)}))
    with open_store(place) as store:
        found = store.ask("SELECT * FROM core.engagement").to_pylist()
        assert store.row_counts() == ({("engagement", "alpha"): len(drawn)} if drawn else {})
    empty = dict.fromkeys(core_schema("engagement").names)
    key = "engagement"
    assert sorted(found, key=lambda row: row[key]) == sorted(
        (empty | row for row in given_rows), key=lambda row: row[key]
    )


def test_an_empty_store_has_every_table_with_the_right_types(place):
    load(place)
    with open_store(place) as store:
        for name in tables():
            answer = store.ask(f"SELECT * FROM core.{name}")
            assert answer.num_rows == 0
            typed = [(field.name, _plain(field.type)) for field in answer.schema]
            assert typed == [(field.name, _plain(field.type)) for field in core_schema(name)]


def _plain(kind):
    return ("list", kind.value_type) if pa.types.is_list(kind) else kind


def test_the_same_rows_in_another_order_make_the_same_files(tmp_path):
    first, second = (tmp_path / "first", tmp_path / "second")
    rows = [engagement("alpha", number) for number in range(20)]
    load(first, Loaded(about("alpha"), {"engagement": to_table("engagement", rows)}))
    load(second, Loaded(about("alpha"), {"engagement": to_table("engagement", reversed(rows))}))
    assert {path.name: path.read_bytes() for path in files(first)} == {
        path.name: path.read_bytes() for path in files(second)
    }


def test_parameters_are_values_never_sql(place):
    load(place, small_source("alpha", ["public"], name="'; DROP"))
    with open_store(place) as store:
        sql = "SELECT engagement FROM core.engagement WHERE name = $name"
        assert store.ask(sql, {"name": "'; DROP"}).num_rows == 1
        assert store.ask(sql, {"name": "' OR true --"}).num_rows == 0


def test_what_a_source_says_of_itself_is_kept(place):
    load(place, small_source("alpha"))
    with open_store(place) as store:
        assert store.abouts() == {"alpha": about("alpha")}
        assert store.coverage("visit") == [("alpha", about("alpha").coverage[0])]
        assert store.coverage("exercise") == []


def test_one_store_answers_several_threads(place):
    load(place, small_source("alpha", ["public"] * 5))
    answers = []
    with open_store(place) as store:
        threads = [threading.Thread(target=lambda: answers.append(names(store))) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert answers == [[f"alpha-{number}" for number in range(1, 6)]] * 8


# Generations.


def test_replacing_one_source_leaves_the_files_of_the_others_alone(place):
    load(place, small_source("alpha"), small_source("beta"))
    before = {path: path.stat().st_mtime_ns for path in files(place) if path.name.startswith("alpha")}
    load(place, small_source("beta", ["public", "owner"]))
    assert {path: path.stat().st_mtime_ns for path in before} == before
    with open_store(place) as store:
        assert store.generation == 2
        assert names(store) == ["alpha-1", "beta-1", "beta-2"]


def test_replacing_a_source_takes_out_its_tables_and_labels_that_are_no_more(place):
    load(place, small_source("alpha", ["public", "owner", "nations:JPN"]))
    load(place, Loaded(about("alpha"), {}))
    with open_store(place) as store:
        assert names(store) == []
        assert list(store.abouts()) == ["alpha"]


def test_removing_a_source_takes_everything_of_it(place):
    load(place, small_source("alpha"), small_source("beta"))
    with writing(place) as under_way:
        under_way.remove("alpha")
    with open_store(place) as store:
        assert names(store) == ["beta-1"]
        assert list(store.abouts()) == ["beta"]
    with pytest.raises(BadRequest, match="no source 'alpha'; it has beta"), writing(place) as under_way:
        under_way.remove("alpha")


def test_an_exception_in_the_block_changes_nothing(place):
    load(place, small_source("alpha"))
    with pytest.raises(ZeroDivisionError), writing(place) as under_way:
        under_way.replace(small_source("beta"))
        raise ZeroDivisionError
    with open_store(place) as store:
        assert (store.generation, names(store)) == (1, ["alpha-1"])


def test_a_source_that_is_refused_leaves_the_rest_of_the_load_as_it_was(place):
    with writing(place) as under_way:
        under_way.replace(small_source("alpha"))
        wrong = small_source("alpha", ["public", "owner"])
        with pytest.raises(ContractBroken):
            under_way.replace(Loaded(about("beta"), wrong.tables))
    with open_store(place) as store:
        assert names(store) == ["alpha-1"]


def test_a_reader_keeps_its_generation_however_often_it_is_replaced(place):
    load(place, small_source("alpha", name="first"))
    with open_store(place) as early:
        for name in ("second", "third", "fourth", "fifth"):
            load(place, small_source("alpha", name=name))
        assert early.ask("SELECT name FROM core.engagement").to_pylist() == [{"name": "first"}]
        with open_store(place) as late:
            assert late.ask("SELECT name FROM core.engagement").to_pylist() == [{"name": "fifth"}]
            assert (early.generation, late.generation) == (1, 5)


def test_parts_outlive_the_commit_that_replaced_them_and_are_swept_by_the_load_after_the_next(place):
    load(place, small_source("alpha", name="first"))
    first = files(place)
    load(place, small_source("alpha", name="second"))
    assert first < files(place)
    load(place, small_source("alpha", name="third"))
    assert first < files(place)
    load(place, small_source("alpha", name="fourth"))
    assert not first & files(place)
    assert sorted(path.name for path in place.glob("manifest*")) == [
        "manifest-2.json",
        "manifest-3.json",
        "manifest-4.json",
        "manifest.json",
    ]


# One writer.


def test_a_second_writer_waits_for_the_first(place):
    load(place)
    inside = threading.Event()

    def write_slowly():
        with writing(place) as under_way:
            inside.set()
            time.sleep(0.3)
            under_way.replace(small_source("alpha"))

    thread = threading.Thread(target=write_slowly)
    thread.start()
    inside.wait(10)
    load(place, small_source("beta"))
    thread.join()
    with open_store(place) as store:
        assert (store.generation, names(store)) == (3, ["alpha-1", "beta-1"])


def test_a_writer_that_waited_long_enough_is_told_who_holds_the_store(place):
    with writing(place), pytest.raises(StoreBusy) as refusal, writing(place, wait_seconds=0.05):
        pass
    assert f"is being written by process {os.getpid()} since 20" in str(refusal.value)
    assert "\n" not in str(refusal.value)
    load(place, small_source("alpha"))


# Refusals.


def test_where_there_is_no_store_the_way_to_one_is_told(place):
    with pytest.raises(StoreMissing, match="no store at .*; `comity load` makes one"):
        open_store(place)


@pytest.mark.parametrize("audience", ["", "japan", "nation:jp", "Owner", "nation:JPN+", "public "])
def test_an_audience_that_cannot_be_read_opens_nothing(place, audience):
    load(place, small_source("alpha"))
    with pytest.raises(BadRequest, match="audience"):
        open_store(place, audience)


def test_a_path_that_is_a_pattern_to_duckdb_is_refused(tmp_path):
    for name in ("all*", "an?", "[x]"):
        with pytest.raises(BadRequest, match="pattern"), writing(tmp_path / name):
            pass


def test_a_path_with_other_odd_characters_is_no_trouble(tmp_path):
    place = tmp_path / "it's a {store}, \"ünïcode\" #1 50% a=b"
    load(place, small_source("alpha"))
    with open_store(place) as store:
        assert names(store) == ["alpha-1"]


def test_a_store_reached_by_a_link_is_the_same_store(tmp_path):
    load(tmp_path / "real", small_source("alpha"))
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with open_store(tmp_path / "link") as store:
        assert names(store) == ["alpha-1"]


def test_a_damaged_store_is_named_not_guessed_at(place):
    load(place, small_source("alpha"))
    [part] = files(place)
    whole = part.read_bytes()

    part.write_bytes(whole[:-1])
    with pytest.raises(StoreError, match=rf"{part.name} is damaged: .* bytes, not .*; load alpha again"):
        open_store(place)
    part.write_bytes(b"x" * len(whole))
    with pytest.raises(StoreError, match=rf"{part.name}"):
        open_store(place)
    part.unlink()
    with pytest.raises(StoreError, match=rf"{part.name} is missing; load alpha again"):
        open_store(place)
    # The remedy the message names works.
    load(place, small_source("alpha"))
    with open_store(place) as store:
        assert names(store) == ["alpha-1"]


def test_bytes_that_rotted_inside_a_part_are_the_stores_fault_not_the_questions(place):
    load(place, small_source("alpha", ["public"] * 50))
    [part] = files(place)
    rotten = bytearray(part.read_bytes())
    rotten[4:400] = bytes(396)
    part.write_bytes(bytes(rotten))
    with open_store(place) as store:
        for attempt in (lambda: store.ask("SELECT * FROM core.engagement"), store.verify_parts):
            with pytest.raises(StoreError, match=rf"{part.name} is damaged: its hash changed; load alpha again"):
                attempt()


def test_a_store_that_is_whole_verifies(place):
    load(place, small_source("alpha", ["public", "owner"]), small_source("beta"))
    with open_store(place) as store:
        store.verify_parts()
        # A fault of the question stays the question's, also when the parts are looked at to find out.
        with pytest.raises(QueryRefused, match="boom"):
            store.ask("SELECT error('boom') FROM core.engagement")


def test_a_part_that_became_a_link_is_refused(place, tmp_path):
    load(place, small_source("alpha"))
    [part] = files(place)
    part.rename(tmp_path / "elsewhere")
    part.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StoreError, match="damaged"):
        open_store(place)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b'{"format": "1"}',
        b'{"format": 1, "parts": [{}]}',
        b'{"format": 1, "generation": 1, "surprise": 2}',
    ],
)
def test_a_manifest_that_cannot_be_read_is_named(place, text):
    load(place, small_source("alpha"))
    (place / "manifest.json").write_bytes(text)
    for attempt in (lambda: open_store(place), lambda: load(place, small_source("beta"))):
        with pytest.raises(StoreError, match=r"manifest\.json is damaged"):
            attempt()


def test_a_store_of_another_format_is_not_read(place):
    load(place, small_source("alpha"))
    (place / "manifest.json").write_bytes(b'{"format": 2, "anything": []}')
    with pytest.raises(StoreError, match="has format 2, this comity reads format 1"):
        open_store(place)


@pytest.mark.parametrize(("old", "new"), [('"public"', '"Public"'), ('"engagement"', '"../engagement"')])
def test_a_manifest_cannot_point_outside_its_label(place, old, new):
    load(place, small_source("alpha"))
    manifest = place / "manifest.json"
    manifest.write_text(manifest.read_text().replace(old, new))
    with pytest.raises(StoreError, match="damaged"):
        open_store(place)


def test_a_part_written_for_other_columns_is_refused(place):
    load(place, small_source("alpha"))
    manifest = place / "manifest.json"
    text = manifest.read_text()
    shape = text.split('"shape": "')[1][:16]
    manifest.write_text(text.replace(shape, "0" * 16))
    with pytest.raises(StoreError, match="written for other columns of engagement; load alpha again"):
        open_store(place)


def test_a_closed_store_answers_nothing(place):
    load(place, small_source("alpha"))
    with open_store(place) as store:
        pass
    with pytest.raises(QueryRefused, match="closed"):
        store.ask("SELECT 1")
    store.close()


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("SELEC 1", "syntax error"),
        ("SELECT nothing FROM core.engagement", 'column "nothing"'),
        ("SELECT * FROM core.engagment", "nearest is core.engagement"),
        ("SELECT * FROM engagement", "nearest is core.engagement"),
        ("SELECT $missing", "missing"),
        ("SELECT 'a'::INTEGER", "Could not convert"),
        ("", "0 statements"),
        ("SELECT " + "(" * 300 + "abs(" * 600 + "1" + ")" * 900, "deep"),
    ],
)
def test_a_question_duckdb_cannot_answer_is_refused_in_one_line(place, sql, told):
    load(place)
    with open_store(place) as store, pytest.raises(QueryRefused) as refusal:
        store.ask(sql)
    assert told in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    "sql",
    [
        "FROM core.engagement",
        "TABLE core.engagement",
        "DESCRIBE core.engagement",
        "SUMMARIZE core.engagement",
        "VALUES (1), (2)",
        "EXPLAIN SELECT 1",
        "explain analyze SELECT count(*) FROM core.engagement",
        "WITH a AS (SELECT 1 AS n) SELECT * FROM a JOIN range(3) AS r(n) USING (n)",
        "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 3) FROM r",
        "SELECT * FROM core.engagement ASOF JOIN core.dispute USING (source, start_date)",
        "SELECT d, count(*) FROM core.engagement, unnest(domains) AS u(d) GROUP BY ROLLUP (d)",
        "SELECT list_filter(domains, lambda d: d = 'sea'), [x for x in domains] FROM core.engagement",
        "PIVOT core.engagement ON status IN ('completed') USING count(*) GROUP BY source",
        "SELECT table_name FROM information_schema.tables; ",
        "SELECT 1 -- ; SELECT 2",
        "SELECT * FROM core.engagement WHERE name = 'COPY x TO y; -- read_text(''z'')'",
    ],
)
def test_ordinary_questions_are_answered(place, sql):
    load(place, small_source("alpha"))
    with open_store(place) as store:
        assert isinstance(store.ask(sql), pa.Table)


# Rows into tables.


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
            "column start_date is datetime.datetime(2000, 1, 1, 9, 0), not date", start_date=datetime(2000, 1, 1, 9)
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
    told = refused(
        place, Loaded(about("alpha"), {"organisation_member": to_table("organisation_member", rows)})
    )
    assert "party=FRA, role=member, start_date=None twice: a.csv:1 and a.csv:2" in told
    # One known and one unknown start are two spells.
    rows[1]["start_date"] = date(1949, 4, 4)
    load(place, Loaded(about("alpha"), {"organisation_member": to_table("organisation_member", rows)}))


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
    assert "missing ['name'], unknown []" in refused(
        place, Loaded(about("alpha"), {"engagement": good.select(kept)})
    )
    assert "in another order" in refused(
        place, Loaded(about("alpha"), {"engagement": good.select(["name", *kept])})
    )
    narrow = good.set_column(
        good.column_names.index("personnel_count"), "personnel_count", pa.nulls(1, pa.int32())
    )
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


# Where it lies.


def test_home_follows_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("COMITY_HOME", str(tmp_path / "mine"))
    assert home() == tmp_path / "mine"
    load(None, small_source("alpha"))
    assert (tmp_path / "mine" / "store" / "manifest.json").exists()
    monkeypatch.delenv("COMITY_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert home() == tmp_path / "data" / "comity"
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert home() == tmp_path / ".local" / "share" / "comity"


def test_a_new_store_is_for_its_owner_alone(place):
    load(place, small_source("alpha"))
    assert place.stat().st_mode & 0o077 == 0


def test_importing_the_room_loads_neither_duckdb_nor_arrow():
    import subprocess
    import sys

    found = subprocess.run(
        [sys.executable, "-c", "import sys, comity.store; print({'duckdb', 'pyarrow'} & set(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert found.stdout.strip() == "set()"
    assert room.__doc__
