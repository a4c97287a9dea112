"""The vocabulary apart from states: words, tables, dates, coverage, and rows turned into Arrow."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, timedelta

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import ContractBroken, UnknownWord
from comity.vocab.arrow import core_schema, to_table
from comity.vocab.coverage import Coverage
from comity.vocab.dates import dated, dated_parts
from comity.vocab.tables import PROVENANCE, TYPES, table, tables
from comity.vocab.words import check_word, vocabularies, words, words_page

# Words.


def test_every_table_of_the_page_has_words_and_every_word_a_meaning():
    assert len(vocabularies()) >= 15
    for name, found in vocabularies().items():
        assert found, name
        assert all(word and meaning for word, meaning in found.items()), name
    assert not any(set(word) & set("|` ") for name in vocabularies() if name != "terms" for word in words(name))


def test_no_word_stands_twice_in_a_table():
    heading, seen = "", set()
    for line in words_page().read_text(encoding="utf-8").splitlines():
        heading = line if line.startswith("## ") else heading
        if line.startswith("| ") and not line.startswith("| ---"):
            word = line.split("|")[1].strip()
            assert (heading, word) not in seen, (heading, word)
            seen.add((heading, word))


def test_a_word_that_is_not_there_is_refused_with_the_nearest_or_all():
    assert check_word("instruments", "exercise") == "exercise"
    with pytest.raises(UnknownWord, match=r"^'excercise' is not one of the instruments; nearest is 'exercise'$"):
        check_word("instruments", "excercise")
    with pytest.raises(UnknownWord, match=r"^'xyz' is not one of the precisions; allowed: day, disputed, month, year$"):
        check_word("precisions", "xyz")
    for almost in ("Exercise", " exercise", "instrument", ""):
        with pytest.raises(UnknownWord):
            check_word("instruments", almost)


def test_a_table_of_words_that_is_not_there_is_refused():
    with pytest.raises(UnknownWord, match=re.escape("words.md has no table 'colors'; it has terms, instruments")):
        words("colors")


# Tables.


def test_every_table_of_core_is_well_formed():
    for name, found in tables().items():
        assert found.name == name
        assert found.means.endswith(".")
        assert found.column_names[-4:] == PROVENANCE
        assert len(set(found.column_names)) == len(found.column_names)
        assert found.key[0] == "source"
        assert {column.type for column in found.columns} <= TYPES
        for column in found.columns:
            assert column.words is None or (words(column.words) and column.type in ("text", "texts")), (
                name,
                column.name,
            )
            # A list that is empty says that there is nothing; null would say that it is unknown.
            assert not (column.type == "texts" and column.nullable), (name, column.name)


def test_every_column_has_a_meaning_and_every_meaning_a_column():
    columns = [column.name for found in tables().values() for column in found.columns]
    in_order = [name for name in dict.fromkeys(columns) if name not in PROVENANCE]
    assert list(vocabularies()["columns"]) == [*in_order, *PROVENANCE]


def test_the_meaning_of_a_column_is_a_phrase_that_names_its_unit():
    units = {"_km2": "square kilometres", "_usd": "US dollars", "_tiv": "millions of SIPRI trend-indicator values"}
    units |= {"_count": "number of", "latitude": "degrees", "longitude": "degrees", "_year": "year"}
    for found in tables().values():
        for column in found.columns:
            meaning = column.means
            assert meaning == vocabularies()["columns"][column.name]
            assert not meaning.endswith((".", ";", ",")), column.name
            assert meaning[0].islower() or meaning[0] == "`", column.name
            for ending, unit in units.items():
                assert not column.name.endswith(ending) or unit in meaning, (column.name, unit)
            # An ordinal code that is averaged gives a number that means nothing.
            if column.type == "integer" and column.name.endswith(("_level", "_action")):
                assert meaning.count("a code, not to be averaged") == 1, column.name


def test_dates_stand_with_their_precision_and_units_end_names():
    for name, found in tables().items():
        for edge in ("start", "end", "signed"):
            columns = {column.name: column for column in found.columns}
            if f"{edge}_precision" in columns:
                assert columns[f"{edge}_precision"].nullable == columns[f"{edge}_date"].nullable, name
        for column in found.columns:
            assert column.type == "date" or not column.name.endswith(("_date", "_until"))
            assert (column.type == "boolean") == column.name.startswith(("is_", "has_"))


def test_a_table_that_is_not_there_is_refused():
    with pytest.raises(UnknownWord, match=r"^core has no table 'visits'$"):
        table("visits")


# Dates.


@given(st.dates())
def test_a_day_is_itself_at_both_edges(day):
    for edge in ("start", "end"):
        found = dated(day.isoformat(), edge)
        assert (found.day, found.precision) == (day, "day")


@given(st.integers(1, 9999), st.integers(1, 12))
def test_a_month_is_its_first_and_its_last_day(year, month):
    text = f"{year:04}-{month:02}"
    first, last = dated(text), dated(text, "end")
    assert (first.precision, last.precision) == ("month", "month")
    assert (first.day, last.day) == (date(year, month, 1), date(year, month, monthrange(year, month)[1]))
    assert last.day == date.max or (last.day + timedelta(1)).month != month


@given(st.integers(1, 9999))
def test_a_year_is_its_first_and_its_last_day(year):
    first, last = dated(f"{year:04}"), dated(f"{year:04}", "end")
    assert (first.day, last.day) == (date(year, 1, 1), date(year, 12, 31))
    assert (first.precision, last.precision) == ("year", "year")


@given(st.text(st.sampled_from("0123456789-/. "), max_size=11))
def test_any_text_is_a_date_or_is_refused(text):
    for edge in ("start", "end"):
        try:
            found = dated(text, edge)
        except UnknownWord:
            continue
        shown = found.day.isoformat()
        assert shown.startswith(text)
        assert len(text) == {"day": 10, "month": 7, "year": 4}[found.precision]


@pytest.mark.parametrize(
    "text",
    [
        "2024-02-30",
        "2023-02-29",
        "24-04-22",
        "2024-4-22",
        "2024-13",
        "2024-00",
        "2024-04-00",
        "２０２４",
        "0000",
        "2024-04-22T10:00",
        "2024-04-22\n",
        "",
        "-2024",
    ],
)
def test_what_is_no_date_is_refused(text):
    for edge in ("start", "end"):
        with pytest.raises(UnknownWord):
            dated(text, edge)


@pytest.mark.parametrize(
    ("parts", "shown"), [((2024, 2, 30), "2024-02-30"), ((2024, 13, None), "2024-13"), ((0, None, None), "0")]
)
def test_parts_that_are_no_date_are_named(parts, shown):
    for edge in ("start", "end"):
        with pytest.raises(UnknownWord, match=f"^'{shown}' is not a date: "):
            dated_parts(*parts, edge)


def test_a_day_without_its_month_says_no_more_than_the_year():
    assert dated_parts(1980, None, 5, "end").precision == "year"


# Coverage.

spans = st.tuples(st.dates(date(1990, 1, 1), date(1995, 12, 31)), st.dates(date(1990, 1, 1), date(1995, 12, 31))).map(
    sorted
)


@given(spans, st.integers(1989, 1996))
def test_a_year_is_covered_when_every_day_of_it_is(span, year):
    statement = Coverage(kinds=("visit",), completeness="complete", start=span[0], end=span[1])
    days = [date(year, 1, 1) + timedelta(number) for number in range(366)]
    assert statement.covers_year(year) == all(span[0] <= day <= span[1] for day in days if day.year == year)


def test_a_pair_is_covered_when_one_of_the_two_is_named_or_nobody_is():
    span = {"start": date(1990, 1, 1), "end": date(1990, 12, 31)}
    named = Coverage(kinds=("visit",), completeness="complete", states=("USA", "FRA"), **span)
    assert named.covers_pair("JPN", "USA")
    assert named.covers_pair("FRA", "JPN")
    assert not named.covers_pair("JPN", "KOR")
    assert Coverage(kinds=("visit",), completeness="complete", **span).covers_pair("JPN", "KOR")


# Rows as Arrow.

GIVEN = {"source": "alpha", "source_version": "1", "row_ref": "a.csv:1", "label": "public"}
FACT = GIVEN | {"fact": "f", "from_state": "FRA", "to_state": "USA", "year": 2000, "item": "", "value": 1.5}
PLACE = GIVEN | {"place": "p", "name": "P", "place_kind": "feature", "latitude": 1.0, "longitude": 2.0,
                 "verification": "primary"}  # fmt: skip


@pytest.mark.parametrize("name", tables())
def test_no_rows_make_an_empty_table_of_the_right_shape(name):
    made = to_table(name, [])
    assert made.num_rows == 0
    assert made.schema == core_schema(name)
    assert [(field.name, field.nullable) for field in made.schema] == [
        (c.name, c.nullable) for c in table(name).columns
    ]


def test_a_field_left_out_is_null_and_a_list_left_out_is_empty():
    [row] = to_table("place", [PLACE]).to_pylist()
    assert (row["summary"], row["regions"], row["latitude"]) == (None, [], 1.0)


@pytest.mark.parametrize(
    ("name", "given", "change", "named"),
    [
        ("dyad_year_fact", FACT, {"colour": "red"}, ["colour"]),
        ("dyad_year_fact", FACT, {"year": None}, ["year"]),
        ("dyad_year_fact", FACT, {"year": "2000"}, ["year", "'2000'"]),
        ("dyad_year_fact", FACT, {"year": 2000.5}, ["year", "2000.5"]),
        ("dyad_year_fact", FACT, {"year": 2**63}, ["year", str(2**63)]),
        ("dyad_year_fact", FACT, {"value": "many"}, ["value", "'many'"]),
        ("dyad_year_fact", FACT, {"value": float("nan")}, ["value"]),
        ("dyad_year_fact", FACT, {"fact": 7}, ["fact", "7"]),
        ("place", PLACE, {"verification": "checked"}, ["verification", "'checked'"]),
        ("place", PLACE, {"regions": ["a", None]}, ["regions"]),
        ("place", PLACE, {"regions": "a"}, ["regions", "'a'"]),
        ("mission", GIVEN | {"mission": "m", "name": "M", "start_precision": "day", "known_until": date(2000, 1, 1)},
         {"start_date": datetime(2000, 1, 1, 12)}, ["start_date"]),  # noqa: DTZ001
    ],
)  # fmt: skip
def test_a_row_that_does_not_fit_is_refused_by_source_row_and_column(name, given, change, named):
    with pytest.raises(ContractBroken) as raised:
        to_table(name, [given | {"row_ref": "a.csv:0"}, given | change])
    line = str(raised.value)
    assert "\n" not in line
    for text in ("alpha", name, "a.csv:1", *named):
        assert text in line


@given(
    st.lists(st.tuples(st.integers(-(2**63), 2**63 - 1), st.floats(allow_nan=False, allow_infinity=False)), max_size=5)
)
def test_rows_come_back_as_they_went_in(values):
    rows = [FACT | {"year": year, "value": value, "row_ref": f"a.csv:{n}"} for n, (year, value) in enumerate(values)]
    made = to_table("dyad_year_fact", rows)
    assert made.to_pylist() == [{name: row[name] for name in table("dyad_year_fact").column_names} for row in rows]
    assert made.schema.field("value").type == pa.float64()
