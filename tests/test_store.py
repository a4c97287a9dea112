"""The store: what goes in comes out, generations follow one another, and the wrong is refused in one line."""

from __future__ import annotations

import os
import threading
import time

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity import store as room
from comity.errors import BadRequest, ContractBroken, StoreBusy
from comity.sources.about import Loaded
from comity.store import core_schema, home, open_store, to_table, writing
from comity.vocab.tables import tables
from strategies import about, dates, engagement, labels, part_files, small_source, write_sources


@pytest.fixture
def place(tmp_path):
    return tmp_path / "store"


def names(store):
    return store.ask("SELECT engagement FROM core.engagement ORDER BY ALL").column(0).to_pylist()


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
    write_sources(place, Loaded(about("alpha"), {"engagement": to_table("engagement", given_rows)}))
    with open_store(place) as store:
        found = store.ask("SELECT * FROM core.engagement").to_pylist()
        assert store.row_counts() == ({("engagement", "alpha"): len(drawn)} if drawn else {})
    empty = dict.fromkeys(core_schema("engagement").names)
    key = "engagement"
    assert sorted(found, key=lambda row: row[key]) == sorted(
        (empty | row for row in given_rows), key=lambda row: row[key]
    )


def test_an_empty_store_has_every_table_with_the_right_types(place):
    write_sources(place)
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
    write_sources(first, Loaded(about("alpha"), {"engagement": to_table("engagement", rows)}))
    write_sources(second, Loaded(about("alpha"), {"engagement": to_table("engagement", reversed(rows))}))
    assert {path.name: path.read_bytes() for path in part_files(first)} == {
        path.name: path.read_bytes() for path in part_files(second)
    }


def test_parameters_are_values_never_sql(place):
    write_sources(place, small_source("alpha", ["public"], name="'; DROP"))
    with open_store(place) as store:
        sql = "SELECT engagement FROM core.engagement WHERE name = $name"
        assert store.ask(sql, {"name": "'; DROP"}).num_rows == 1
        assert store.ask(sql, {"name": "' OR true --"}).num_rows == 0


def test_what_a_source_says_of_itself_is_kept(place):
    write_sources(place, small_source("alpha"))
    with open_store(place) as store:
        assert store.abouts() == {"alpha": about("alpha")}
        assert store.coverage("visit") == [("alpha", about("alpha").coverage[0])]
        assert store.coverage("exercise") == []


def test_one_store_answers_several_threads(place):
    write_sources(place, small_source("alpha", ["public"] * 5))
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
    write_sources(place, small_source("alpha"), small_source("beta"))
    before = {path: path.stat().st_mtime_ns for path in part_files(place) if path.name.startswith("alpha")}
    write_sources(place, small_source("beta", ["public", "owner"]))
    assert {path: path.stat().st_mtime_ns for path in before} == before
    with open_store(place) as store:
        assert store.generation == 2
        assert names(store) == ["alpha-1", "beta-1", "beta-2"]


def test_replacing_a_source_takes_out_its_tables_and_labels_that_are_no_more(place):
    write_sources(place, small_source("alpha", ["public", "owner", "nations:JPN"]))
    write_sources(place, Loaded(about("alpha"), {}))
    with open_store(place) as store:
        assert names(store) == []
        assert list(store.abouts()) == ["alpha"]


def test_removing_a_source_takes_everything_of_it(place):
    write_sources(place, small_source("alpha"), small_source("beta"))
    with writing(place) as under_way:
        under_way.remove("alpha")
    with open_store(place) as store:
        assert names(store) == ["beta-1"]
        assert list(store.abouts()) == ["beta"]
    with pytest.raises(BadRequest, match="no source 'alpha'; it has beta"), writing(place) as under_way:
        under_way.remove("alpha")


def test_an_exception_in_the_block_changes_nothing(place):
    write_sources(place, small_source("alpha"))

    def fail():
        with writing(place) as under_way:
            under_way.replace(small_source("beta"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
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
    write_sources(place, small_source("alpha", name="first"))
    with open_store(place) as early:
        for name in ("second", "third", "fourth", "fifth"):
            write_sources(place, small_source("alpha", name=name))
        assert early.ask("SELECT name FROM core.engagement").to_pylist() == [{"name": "first"}]
        with open_store(place) as late:
            assert late.ask("SELECT name FROM core.engagement").to_pylist() == [{"name": "fifth"}]
            assert (early.generation, late.generation) == (1, 5)


def test_parts_outlive_the_commit_that_replaced_them_and_are_swept_by_the_load_after_the_next(place):
    write_sources(place, small_source("alpha", name="first"))
    first = part_files(place)
    write_sources(place, small_source("alpha", name="second"))
    assert first < part_files(place)
    write_sources(place, small_source("alpha", name="third"))
    assert first < part_files(place)
    write_sources(place, small_source("alpha", name="fourth"))
    assert not first & part_files(place)
    assert sorted(path.name for path in place.glob("manifest*")) == [
        "manifest-2.json",
        "manifest-3.json",
        "manifest-4.json",
        "manifest.json",
    ]


# One writer.


def test_a_second_writer_waits_for_the_first(place):
    write_sources(place)
    inside = threading.Event()

    def write_slowly():
        with writing(place) as under_way:
            inside.set()
            time.sleep(0.3)
            under_way.replace(small_source("alpha"))

    thread = threading.Thread(target=write_slowly)
    thread.start()
    inside.wait(10)
    write_sources(place, small_source("beta"))
    thread.join()
    with open_store(place) as store:
        assert (store.generation, names(store)) == (3, ["alpha-1", "beta-1"])


def test_a_writer_that_waited_long_enough_is_told_who_holds_the_store(place):
    with writing(place), pytest.raises(StoreBusy) as refusal, writing(place, wait_seconds=0.05):
        pass
    assert f"is being written by process {os.getpid()} since 20" in str(refusal.value)
    assert "\n" not in str(refusal.value)
    write_sources(place, small_source("alpha"))


# Where it lies.


def test_home_follows_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("COMITY_HOME", str(tmp_path / "mine"))
    assert home() == tmp_path / "mine"
    write_sources(None, small_source("alpha"))
    assert (tmp_path / "mine" / "store" / "manifest.json").exists()
    monkeypatch.delenv("COMITY_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert home() == tmp_path / "data" / "comity"
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert home() == tmp_path / ".local" / "share" / "comity"


def test_a_new_store_is_for_its_owner_alone(place):
    write_sources(place, small_source("alpha"))
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
