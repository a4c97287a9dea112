"""What the store refuses to open or to answer, and that it says why in one line."""

from __future__ import annotations

import pyarrow as pa
import pytest

from comity.errors import BadRequest, QueryRefused, StoreError, StoreMissing
from comity.store import open_store, writing
from strategies import part_files, small_source, write_sources


@pytest.fixture
def place(tmp_path):
    return tmp_path / "store"


def names(store):
    return store.ask("SELECT engagement FROM core.engagement ORDER BY ALL").column(0).to_pylist()


def test_where_there_is_no_store_the_way_to_one_is_told(place):
    with pytest.raises(StoreMissing, match=r"no store at .*; `comity load` makes one"):
        open_store(place)


@pytest.mark.parametrize("audience", ["", "japan", "nation:jp", "Owner", "nation:JPN+", "public "])
def test_an_audience_that_cannot_be_read_opens_nothing(place, audience):
    write_sources(place, small_source("alpha"))
    with pytest.raises(BadRequest, match="audience"):
        open_store(place, audience)


def test_a_path_that_is_a_pattern_to_duckdb_is_refused(tmp_path):
    for name in ("all*", "an?", "[x]"):
        with pytest.raises(BadRequest, match="pattern"), writing(tmp_path / name):
            pass


def test_a_path_with_other_odd_characters_is_no_trouble(tmp_path):
    place = tmp_path / 'it\'s a {store}, "ünïcode" #1 50% a=b'
    write_sources(place, small_source("alpha"))
    with open_store(place) as store:
        assert names(store) == ["alpha-1"]


def test_a_store_reached_by_a_link_is_the_same_store(tmp_path):
    write_sources(tmp_path / "real", small_source("alpha"))
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with open_store(tmp_path / "link") as store:
        assert names(store) == ["alpha-1"]


def test_a_damaged_store_is_named_not_guessed_at(place):
    write_sources(place, small_source("alpha"))
    [part] = part_files(place)
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
    write_sources(place, small_source("alpha"))
    with open_store(place) as store:
        assert names(store) == ["alpha-1"]


def test_bytes_that_rotted_inside_a_part_are_the_stores_fault_not_the_questions(place):
    write_sources(place, small_source("alpha", ["public"] * 50))
    [part] = part_files(place)
    rotten = bytearray(part.read_bytes())
    rotten[4:400] = bytes(396)
    part.write_bytes(bytes(rotten))
    with open_store(place) as store:
        for attempt in (lambda: store.ask("SELECT * FROM core.engagement"), store.verify_parts):
            with pytest.raises(StoreError, match=rf"{part.name} is damaged: its hash changed; load alpha again"):
                attempt()


def test_a_store_that_is_whole_verifies(place):
    write_sources(place, small_source("alpha", ["public", "owner"]), small_source("beta"))
    with open_store(place) as store:
        store.verify_parts()
        # A fault of the question stays the question's, also when the parts are looked at to find out.
        with pytest.raises(QueryRefused, match="boom"):
            store.ask("SELECT error('boom') FROM core.engagement")


def test_a_part_that_became_a_link_is_refused(place, tmp_path):
    write_sources(place, small_source("alpha"))
    [part] = part_files(place)
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
    write_sources(place, small_source("alpha"))
    (place / "manifest.json").write_bytes(text)
    for attempt in (lambda: open_store(place), lambda: write_sources(place, small_source("beta"))):
        with pytest.raises(StoreError, match=r"manifest\.json is damaged"):
            attempt()


def test_a_store_of_another_format_is_not_read(place):
    write_sources(place, small_source("alpha"))
    (place / "manifest.json").write_bytes(b'{"format": 2, "anything": []}')
    with pytest.raises(StoreError, match="has format 2, this comity reads format 1"):
        open_store(place)


@pytest.mark.parametrize(("old", "new"), [('"public"', '"Public"'), ('"engagement"', '"../engagement"')])
def test_a_manifest_cannot_point_outside_its_label(place, old, new):
    write_sources(place, small_source("alpha"))
    manifest = place / "manifest.json"
    manifest.write_text(manifest.read_text().replace(old, new))
    with pytest.raises(StoreError, match="damaged"):
        open_store(place)


def test_a_part_written_for_other_columns_is_refused(place):
    write_sources(place, small_source("alpha"))
    manifest = place / "manifest.json"
    text = manifest.read_text()
    shape = text.split('"shape": "')[1][:16]
    manifest.write_text(text.replace(shape, "0" * 16))
    with pytest.raises(StoreError, match="written for other columns of engagement; load alpha again"):
        open_store(place)


def test_a_closed_store_answers_nothing(place):
    write_sources(place, small_source("alpha"))
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
    write_sources(place)
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
    write_sources(place, small_source("alpha"))
    with open_store(place) as store:
        assert isinstance(store.ask(sql), pa.Table)
