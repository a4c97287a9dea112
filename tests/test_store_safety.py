"""What a question must not do: show a hidden row, name a hidden file, touch the disk or a setting."""

from __future__ import annotations

import duckdb
import pyarrow as pa
import pytest

from comity.errors import QueryRefused
from comity.sources.about import Loaded
from comity.store import open_store, to_table
from strategies import about, engagement, small_source, write_sources

SECRET = "Operation Hush"


# Attacks on a store opened for the public, with one row of each kind that it may not see.


@pytest.fixture(scope="module")
def guarded(tmp_path_factory):
    """A store with public and hidden rows, and the paths an attacker may know."""
    root = tmp_path_factory.mktemp("guarded")
    place = root / "store"
    hidden = small_source("secretive", ["owner"], name=SECRET)
    mixed = [engagement("alpha", 1), engagement("alpha", 2, "nations:JPN", name=SECRET)]
    write_sources(place, hidden, Loaded(about("alpha"), {"engagement": to_table("engagement", mixed)}))
    [visible] = (place / "parts").glob("public-*/engagement/*.parquet")
    [concealed] = (place / "parts").glob("owner-*/engagement/*.parquet")
    (root / "outside.csv").write_text(f"name\n{SECRET}\n")
    known = {
        "root": root,
        "place": place,
        "visible": visible,
        "folder": visible.parent,
        "hidden": concealed,
        "climb": f"{visible.parent}/../../{concealed.relative_to(place / 'parts')}",
        "outside": root / "outside.csv",
    }
    with open_store(place, "public") as store:
        yield store, known


READERS = (
    "read_parquet",
    "parquet_scan",
    "parquet_metadata",
    "parquet_file_metadata",
    "parquet_schema",
    "parquet_kv_metadata",
    "parquet_full_metadata",
    "read_text",
    "read_blob",
    "read_csv",
    "read_csv_auto",
    "sniff_csv",
    "read_json",
    "read_ndjson",
    "read_json_objects",
    "read_duckdb",
    "glob",
)
PLACES = ("hidden", "climb", "outside", "visible")

ATTACKS = [
    *(f"SELECT * FROM {reader}('{{{place}}}')" for reader in READERS for place in PLACES),
    *(f"SELECT * FROM '{{{place}}}'" for place in PLACES),
    'SELECT * FROM "{hidden}"',
    "SELECT * FROM read_parquet(['{visible}', '{hidden}'])",
    "SELECT * FROM read_parquet('{place}/parts/*/engagement/*.parquet')",
    "SELECT * FROM glob('{folder}/../../*/*/*')",
    "SELECT * FROM glob('{folder}/*')",
    "SELECT * FROM read_text('{place}/manifest.json')",
    "SELECT * FROM read_text('file://{hidden}')",
    "SELECT * FROM READ_TEXT('{hidden}')",
    "SELECT * FROM \"read_text\"('{hidden}')",
    "SELECT * FROM system.main.read_text('{hidden}')",
    "SELECT * FROM main.read_text('{hidden}')",
    "SELECT (SELECT content FROM read_text('{hidden}'))",
    "SELECT 1 WHERE EXISTS (FROM read_text('{hidden}'))",
    "SELECT * FROM core.engagement, LATERAL (SELECT * FROM read_text('{hidden}'))",
    "SELECT 1 ORDER BY (SELECT max(size) FROM read_text('{hidden}'))",
    "SELECT 1 LIMIT (SELECT max(size) FROM read_text('{hidden}'))",
    "WITH a AS (FROM read_text('{hidden}')) FROM a",
    "WITH a AS MATERIALIZED (FROM read_text('{hidden}')) SELECT 1",
    "WITH RECURSIVE a AS (SELECT 1 AS n UNION ALL FROM read_text('{hidden}')) FROM a",
    "VALUES ((SELECT max(size) FROM read_text('{hidden}')))",
    "PIVOT (FROM read_text('{hidden}')) ON size IN (1) USING count(*)",
    "UNPIVOT (FROM read_text('{hidden}')) ON size",
    "SUMMARIZE SELECT * FROM read_text('{hidden}')",
    "DESCRIBE '{hidden}'",
    "SELECT * FROM (SUMMARIZE '{hidden}')",
    "EXPLAIN SELECT * FROM read_parquet('{hidden}')",
    "EXPLAIN ANALYZE SELECT * FROM read_parquet('{visible}')",
    "EXPLAIN (FORMAT json) SELECT * FROM read_parquet('{hidden}')",
    # A name given by WITH that is also the name of a file: in its own scope, and used outside of it.
    'WITH "{hidden}" AS (SELECT 1) SELECT * FROM "{hidden}"',
    'SELECT * FROM (WITH "{visible}" AS (SELECT 1) SELECT 1), "{visible}"',
    # SQL in a string, run by a function.
    "SELECT * FROM query('SELECT * FROM read_text(''{hidden}'')')",
    "SELECT * FROM query('SELECT 1')",
    "SELECT * FROM query_table('core.engagement')",
    "SELECT * FROM query_table('{hidden}')",
    "SELECT * FROM json_execute_serialized_sql(json_serialize_sql('FROM read_text(''{hidden}'')'))",
    "SELECT json_serialize_plan('SELECT * FROM read_parquet(''{visible}'')')",
    "SELECT json_serialize_plan('SELECT * FROM core.engagement')",
    # DuckDB calls this a SELECT, and writes the file.
    "WITH a AS (COPY (SELECT 1) TO '{folder}/written.csv') SELECT 1",
    "WITH a AS (COPY (SELECT 1) TO '{folder}/written.csv') SELECT * FROM a",
    "SELECT * FROM (WITH a AS (COPY core.engagement TO '{folder}/written.csv') SELECT 1)",
    "EXPLAIN ANALYZE WITH a AS (COPY (SELECT 1) TO '{folder}/written.csv') SELECT 1",
    "WITH a AS (DELETE FROM core.engagement RETURNING *) FROM a",
    "WITH a AS (INSERT INTO core.engagement SELECT * FROM core.engagement RETURNING *) FROM a",
    "WITH a AS (UPDATE core.engagement SET name = 'x' RETURNING *) FROM a",
    "COPY core.engagement TO '{folder}/written.csv'",
    "COPY (SELECT 1) TO '{root}/written.csv'",
    "COPY core.engagement FROM '{outside}'",
    "EXPORT DATABASE '{folder}/written'",
    "IMPORT DATABASE '{folder}'",
    "ATTACH '{folder}/written.db' AS a",
    "ATTACH '{place}' AS a",
    "DETACH memory",
    "USE core",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET allowed_directories = ['/']",
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "RESET lock_configuration",
    "SET VARIABLE a = 1",
    "PRAGMA database_list",
    "PRAGMA enable_profiling",
    "CALL duckdb_settings()",
    "CALL pragma_version()",
    "CREATE TABLE a AS SELECT 1",
    "CREATE VIEW a AS SELECT * FROM read_text('{hidden}')",
    "CREATE OR REPLACE VIEW core.engagement AS SELECT * FROM read_parquet('{hidden}')",
    "CREATE MACRO a() AS TABLE SELECT * FROM read_text('{hidden}')",
    "CREATE SECRET (TYPE s3)",
    "DROP VIEW core.engagement",
    "ALTER VIEW core.engagement RENAME TO other",
    "PREPARE a AS SELECT * FROM read_text('{hidden}')",
    "EXECUTE a",
    "BEGIN",
    "CHECKPOINT",
    "VACUUM",
    "SELECT 1; SELECT 2",
    "SELECT 1; COPY (SELECT 1) TO '{folder}/written.csv'",
    "SELECT 1;; SET threads = 1;",
    "PIVOT core.engagement ON name USING count(*)",
    "SHOW TABLES",
    "SHOW DATABASES",
    "DESCRIBE",
    "SELECT * FROM (SHOW ALL TABLES)",
    # What DuckDB knows of itself: settings name folders, views name files.
    *(
        f"SELECT * FROM {table}"
        for table in (
            "duckdb_views()",
            "duckdb_settings()",
            "duckdb_tables()",
            "duckdb_functions()",
            "duckdb_secrets()",
            "duckdb_logs()",
            "duckdb_temporary_files()",
            "duckdb_external_file_cache()",
            "duckdb_prepared_statements()",
            "duckdb_databases",
            "duckdb_views",
            "sqlite_master",
            "pg_catalog.pg_views",
            "pg_catalog.pg_settings",
            "information_schema.views",
            "pragma_table_info('core.engagement')",
            "pragma_show('core.engagement')",
            "pragma_database_size()",
            "which_secret('{hidden}', 's3')",
            "enable_logging('file')",
            "enable_profiling()",
            "checkpoint()",
            "register_external_resource('a', 'b')",
            "create_external_resource('a', 'b')",
        )
    ),
    "SELECT current_setting('allowed_directories')",
    "SELECT pg_get_viewdef(1)",
    "SELECT getenv('HOME')",
    "SELECT write_log('x')",
    "SELECT sleep_ms(1)",
    # Python's objects and pointers.
    "SELECT * FROM local_table",
    "SELECT * FROM pa",
    "SELECT * FROM pandas_scan(0)",
    "SELECT * FROM arrow_scan(0, 0, 0)",
    "SELECT * FROM arrow_scan(1::POINTER, 1::POINTER, 1::POINTER)",
    "SELECT * FROM python_map_function(0)",
    "SELECT * FROM seq_scan()",
    # Parts of the catalog that do not exist for this audience.
    "SELECT * FROM memory.main.engagement",
    "SELECT * FROM system.core.engagement",
    "SELECT * FROM core.core.engagement",
    "SELECT * FROM secretive.engagement",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_refused(guarded, attack):
    store, known = guarded
    local_table = pa.table({"name": [SECRET]})  # a name in reach of a replacement scan
    before = sorted(known["root"].rglob("*"))
    with pytest.raises(QueryRefused) as refusal:
        store.ask(attack.format(**known))
    assert "\n" not in str(refusal.value)
    assert SECRET not in str(refusal.value)
    assert sorted(known["root"].rglob("*")) == before
    assert local_table.num_rows == 1
    assert store.ask("SELECT count(*) AS n FROM core.engagement").to_pylist() == [{"n": 1}]


@pytest.mark.parametrize(
    "question",
    [
        "SELECT * FROM core.engagement",
        "SELECT DISTINCT source, label, source_version, row_ref FROM core.engagement",
        "SUMMARIZE core.engagement",
        "EXPLAIN SELECT * FROM core.engagement",
        "EXPLAIN ANALYZE SELECT * FROM core.engagement",
        "SELECT * FROM information_schema.tables",
        "SELECT * FROM information_schema.columns",
        "SELECT stats(name) FROM core.engagement",
        "SELECT json_serialize_sql('SELECT * FROM core.engagement')",
        "SELECT current_query(), current_schemas(true), version()",
    ],
)
def test_an_answer_tells_nothing_of_what_is_hidden(guarded, question):
    store, known = guarded
    answer = str(store.ask(question).to_pylist())
    for hidden in (SECRET, "secretive", "nations", "owner", "alpha-2", known["hidden"].name):
        assert hidden not in answer


@pytest.mark.parametrize("reader", [*READERS, "query"])
@pytest.mark.parametrize("place", ["hidden", "climb", "outside"])
def test_duckdb_itself_cannot_reach_a_hidden_file_were_the_question_let_through(guarded, reader, place):
    # The first wall without the second: what a question could do if the list in `admit` had a hole.
    store, known = guarded
    sql = "SELECT * FROM {}('{}')".format(
        *(("query", f"FROM read_text(''{known[place]}'')") if reader == "query" else (reader, known[place]))
    )
    with store._views.connection.cursor() as cursor, pytest.raises(duckdb.Error):
        cursor.execute(sql).fetchall()


@pytest.mark.parametrize(
    "sql",
    [
        "SET enable_external_access = true",
        "SET allowed_directories = ['/']",
        "SET lock_configuration = false",
        "SET python_enable_replacements = true",
        "SET temp_directory = '{root}'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "ATTACH '{root}/written.db' AS a",
        "COPY (SELECT 1) TO '{root}/written.csv'",
        "COPY (SELECT 1) TO '{place}/written.csv'",
        "EXPORT DATABASE '{root}/written'",
        "SELECT * FROM local_table",
    ],
)
def test_duckdb_itself_keeps_its_settings_and_stays_inside(guarded, sql):
    store, known = guarded
    local_table = pa.table({"name": [SECRET]})
    before = sorted(known["root"].rglob("*"))
    with store._views.connection.cursor() as cursor, pytest.raises(duckdb.Error):
        cursor.execute(sql.format(**known)).fetchall()
    assert sorted(known["root"].rglob("*")) == before
    assert local_table.num_rows == 1


def test_the_views_of_an_audience_name_no_hidden_file(guarded):
    store, known = guarded
    with store._views.connection.cursor() as cursor:
        said = str(cursor.execute("SELECT sql FROM duckdb_views()").fetchall())
        said += str(cursor.execute("SELECT * FROM duckdb_settings()").fetchall())
    assert known["visible"].name in said
    for hidden in (known["hidden"].name, known["hidden"].parent.parent.name, "secretive", SECRET):
        assert hidden not in said


def test_a_parameter_cannot_name_a_table_or_a_file(guarded):
    store, known = guarded
    for sql in ("SELECT * FROM read_text($path)", "SELECT * FROM $path"):
        with pytest.raises(QueryRefused):
            store.ask(sql, {"path": str(known["hidden"])})
