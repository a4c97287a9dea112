"""Tables of an open store are made when a question names them: the same answers, and no fewer, than all at once."""

from __future__ import annotations

import threading

import pytest

from comity.errors import QueryRefused, StoreError
from comity.store import open_store
from comity.vocab.tables import tables
from strategies import part_files, small_source, write_sources

_MADE = "SELECT view_name FROM duckdb_views() WHERE NOT internal"
QUESTIONS = (
    "SELECT * FROM core.engagement ORDER BY ALL",
    'SELECT count(*) FROM CORE."Engagement"',
    "SELECT e.engagement FROM core.engagement AS e LEFT JOIN core.engagement_party AS p USING (engagement) ORDER BY 1",
    "WITH engagement AS (SELECT 1 AS one) SELECT * FROM engagement",
    "SELECT table_name FROM information_schema.tables ORDER BY 1",
    "SELECT table_name, column_name FROM Information_Schema.columns ORDER BY ALL",
    "DESCRIBE core.agreement",
)


@pytest.fixture
def place(tmp_path):
    place = tmp_path / "store"
    write_sources(place, small_source("alpha", ["public"] * 3), small_source("beta"))
    return place


def made(store):
    with store._views.connection.cursor() as cursor:
        return {name for (name,) in cursor.execute(_MADE).fetchall()}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_has_the_same_answer_whenever_its_tables_are_made(place, question):
    with open_store(place) as whole, open_store(place, light=True) as light:
        assert light.ask(question).equals(whole.ask(question))
        assert light.rows(question) == whole.rows(question)


def test_every_table_is_there_for_the_first_question_that_names_it(place):
    with open_store(place, light=True) as light:
        for name in tables():
            assert light.rows(f"SELECT count(*) AS rows FROM core.{name}") == [
                {"rows": 4 if name == "engagement" else 0}
            ]
        assert made(light) == set(tables())


def test_a_light_store_makes_the_tables_of_its_questions_alone(place):
    with open_store(place) as whole, open_store(place, light=True) as light:
        assert made(whole) == set(tables())
        assert not made(light)
        light.rows("SELECT 1 FROM core.channel")
        assert made(light) == {"channel"}


def test_a_table_asked_by_several_threads_at_once_is_made_once(place):
    answers = []
    with open_store(place, light=True) as light:

        def ask():
            answers.append(light.rows("SELECT count(*) AS rows FROM core.engagement"))

        threads = [threading.Thread(target=ask) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert answers == [[{"rows": 4}]] * 8


def test_a_damaged_part_is_told_by_the_question_that_needs_it(place):
    for part in part_files(place):
        part.write_bytes(b"\0" * part.stat().st_size)
    with pytest.raises(StoreError, match="damaged"):
        open_store(place)
    with open_store(place, light=True) as light:
        assert light.rows("SELECT count(*) AS rows FROM core.channel") == [{"rows": 0}]
        with pytest.raises(StoreError, match="damaged"):
            light.rows("SELECT * FROM core.engagement")


def test_what_is_refused_is_refused_before_and_after_a_table_is_made(place):
    with open_store(place, light=True) as light:
        for sql in (
            "SELECT * FROM core.engagment",
            "SELECT * FROM read_parquet('x')",
            "CREATE VIEW core.x AS SELECT 1",
        ):
            with pytest.raises(QueryRefused):
                light.rows(sql)
        light.rows("SELECT 1 FROM core.engagement")
        with pytest.raises(QueryRefused):
            light.rows("DROP VIEW core.engagement")
