"""Columns of a user's own: from SQL over the store, and from the columns a panel has."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pytest

from comity.errors import BadRequest, QueryRefused
from comity.panel import panel
from fact_samples import complete, one_source, pair_facts, state_facts
from panel_samples import opened
from test_panel import keys_of

FACTS = {("DEU", "FRA", 1990): 2.0, ("FRA", "DEU", 1990): 3.0, ("DEU", "FRA", 1991): 1.0}
ONE_WAY = "SELECT from_state, to_state, year, value FROM core.dyad_year_fact"
EITHER_WAY = "SELECT 'FRA' AS state_a, 'DEU' AS state_b, 1990 AS year, 4 AS value"
OF_STATE = "SELECT state, year, value FROM core.state_year_fact"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    rows = {
        "dyad_year_fact": pair_facts("diplomatic_contact", FACTS),
        "state_year_fact": state_facts("ideal_point", {("FRA", 1990): 1.5, ("FRA", 1991): -0.5}),
    }
    with opened(tmp_path_factory, [one_source(rows, complete("diplomatic_contact", 1990, 1990))]) as opened_store:
        yield opened_store


def some(store, unit="dyad_year"):
    return panel(store, unit, years=(1990, 1991), states=("FRA",))


def known(made, name="own"):
    values = made[name].tolist()
    return {key: value for key, value in zip(keys_of(made.rows), values, strict=True) if not np.isnan(value)}


def test_sql_fills_the_cells_it_lists_and_no_other(store):
    """Absence is null: nothing is known of what a SELECT covers. The states of a pair may come in either order."""
    assert known(some(store).add(own=EITHER_WAY)) == {("DEU", "FRA", 1990): 4}
    assert known(some(store).add(own=f"{EITHER_WAY};")) == {("DEU", "FRA", 1990): 4}
    assert known(some(store).add(own=f"{EITHER_WAY} -- a remark")) == {("DEU", "FRA", 1990): 4}
    assert known(some(store, "state_year").add(own=OF_STATE)) == {("FRA", 1990): 1.5, ("FRA", 1991): -0.5}
    both = some(store, "directed_dyad_year").add(own=EITHER_WAY)
    assert known(both) == {("DEU", "FRA", 1990): 4, ("FRA", "DEU", 1990): 4}


def test_sql_with_a_direction_fills_one_way_of_a_directed_panel(store):
    assert known(some(store, "directed_dyad_year").add(own=ONE_WAY)) == FACTS


def test_sql_of_months_and_of_years_fills_months(store):
    months = some(store, "dyad_month")
    months.add(
        own="SELECT 'DEU' AS state_a, 'FRA' AS state_b, 1991 AS year, 12 AS month, 7.5 AS value", yearly=EITHER_WAY
    )
    assert known(months) == {("DEU", "FRA", 1991, 12): 7.5}
    # Germany takes over from West Germany in October 1990; before it there are no rows of the pair.
    assert known(months, "yearly") == {("DEU", "FRA", 1990, month): 4 for month in (10, 11, 12)}


def test_nulls_stay_null_and_flags_become_flags(store):
    value = "CASE WHEN year = 1990 THEN value > 2 END"
    made = some(store, "directed_dyad_year").add(
        own=f"SELECT from_state, to_state, year, {value} AS value FROM core.dyad_year_fact"
    )
    assert known(made) == {("DEU", "FRA", 1990): 0, ("FRA", "DEU", 1990): 1}
    assert made.to_arrow().schema.field("own").type == pa.bool_()


def test_an_own_column_stands_for_itself_alone(store):
    """One named like a measure does not get into what is computed from that measure, nor into a second one."""
    made = some(store).add(contiguity_type=EITHER_WAY).add("is_contiguous")
    assert known(made, "contiguity_type") == {("DEU", "FRA", 1990): 4}
    assert known(made, "is_contiguous") == {}
    assert known(some(store).add(own=EITHER_WAY).add(own=EITHER_WAY.replace("4", "5"))) == {("DEU", "FRA", 1990): 5}


def test_functions_see_the_columns_there_are(store):
    made = (
        some(store)
        .add(own=EITHER_WAY)
        .add(double=lambda panel: panel["own"] * 2, late=lambda panel: panel["year"] == 1991, one=lambda _: 1)
    )
    assert known(made, "double") == {("DEU", "FRA", 1990): 8}
    assert made.to_arrow().column("late").to_pylist() == (made["year"] == 1991).tolist()
    assert made.schema().field("late").type == pa.bool_()
    assert set(made["one"].tolist()) == {1.0}
    made = some(store).add(lambda panel: {"first": panel["year"] * 1.0, "second": np.full(len(panel), np.nan)})
    assert made["first"].tolist() == made["year"].tolist()
    assert made.to_arrow().column("second").null_count == len(made)


@pytest.mark.parametrize("unit", ["dyad_year", "state_year", "dyad_month"])
def test_an_own_column_is_cut_with_the_rows(store, unit):
    made = some(store, unit).add(number=lambda panel: np.arange(len(panel)))
    assert made["number"].tolist() == list(range(len(made)))


def column(**changes):
    """A SELECT of one row with some of its columns changed."""
    parts = {"state_a": "'DEU'", "state_b": "'FRA'", "year": "1990", "value": "1"} | changes
    return f"SELECT {', '.join(f'{value} AS {name}' for name, value in parts.items())}"


@pytest.mark.parametrize(
    ("unit", "sql", "problem"),
    [
        ("dyad_year", "SELECT 1 AS a", "the SQL of own yields a; it must yield state, or state_a and state_b, or"),
        ("dyad_year", "SELECT 'FRA' AS state_a, 1990 AS year, 1 AS value", "it must yield state, or"),
        ("dyad_year", OF_STATE, "the SQL of own yields state, which are not the rows of dyad_year"),
        ("state_year", ONE_WAY, "yields from_state, to_state, which are not the rows of state_year"),
        ("dyad_year", column(month="3"), "yields months, which are not the rows of dyad_year"),
        ("dyad_year", column(value="'much'"), "yields string as value, where a panel needs numbers or flags"),
        ("dyad_year", column(value="DATE '1990-01-01'"), "yields date32[day] as value"),
        ("dyad_year", column(state_a="255"), "yields int32 as state_a, where a panel needs codes of states"),
        ("dyad_year", column(year="'1990'"), "yields string as year, where a panel needs whole numbers"),
    ],
)
def test_sql_of_another_shape_is_refused(store, unit, sql, problem):
    with pytest.raises(BadRequest, match=re.escape(problem)):
        some(store, unit).add(own=sql)


@pytest.mark.parametrize(
    "sql",
    [
        "DROP TABLE core.engagement",
        "DELETE FROM core.dyad_year_fact",
        "SELECT 1; SELECT 2",
        "SELECT 1) AS x; SELECT * FROM (SELECT 2",
        "SELECT * FROM read_csv('rows.csv')",
        "SELECT * FROM nowhere",
        "no SQL at all",
    ],
)
def test_what_is_no_single_select_over_core_is_refused(store, sql):
    with pytest.raises(QueryRefused):
        some(store).add(own=sql)


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        (lambda _: [1, 2], r"own has \(2,\) values where the panel has \d+ rows"),
        (lambda made: np.zeros((len(made), 2)), r"own has \(\d+, 2\) values where the panel has"),
        (lambda made: made["state_a"], "own holds object; a column of a panel holds numbers or flags"),
        (lambda made: ["x"] * len(made), "own holds <U1; a column of a panel holds numbers or flags"),
        (lambda _: None, "own holds object"),
    ],
)
def test_values_of_another_shape_are_refused(store, given, problem):
    with pytest.raises(BadRequest, match=problem):
        some(store).add(own=given)
    with pytest.raises(BadRequest, match=problem):
        some(store).add(lambda made: {"own": given(made)})


@pytest.mark.parametrize("key", ["state_a", "state_b", "year"])
def test_a_key_is_no_name_of_a_column(store, key):
    for given in (EITHER_WAY, lambda _: 1):
        with pytest.raises(BadRequest, match=f"'{key}' is a key of the panel; call the column something else"):
            some(store).add(**{key: given})
    with pytest.raises(BadRequest, match="is a key"):
        some(store).add(lambda _: {key: 1})


def test_sql_with_a_direction_fills_two_columns_where_pairs_have_none(store):
    made = some(store).add(own=ONE_WAY)
    assert known(made, "own_a_to_b") == {("DEU", "FRA", 1990): 2.0, ("DEU", "FRA", 1991): 1.0}
    assert known(made, "own_b_to_a") == {("DEU", "FRA", 1990): 3.0}
    assert "own" not in made.columns


TWICE = "SELECT 'DEU' AS state_a, 'FRA' AS state_b, 1990 AS year, unnest([1, 2]) AS value"


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        (TWICE, "more than one value for state_a DEU, state_b FRA, year 1990"),
        (f"{EITHER_WAY} UNION ALL {EITHER_WAY}", "more than one value for state_a FRA, state_b DEU, year 1990"),
        # One pair named in both orders is one pair; no key of the SQL itself is there twice.
        (f"{EITHER_WAY} UNION ALL SELECT 'DEU', 'FRA', 1990, 5", "more than one value for one pair"),
        (f"SELECT *, NULL::VARCHAR AS source FROM ({EITHER_WAY})", "a row whose source is null"),
    ],
)
def test_sql_that_says_a_cell_twice_or_leaves_out_who_speaks_is_refused(store, sql, said):
    made = some(store)
    with pytest.raises(BadRequest, match=re.escape(said)):
        made.add(own=sql)
    assert made.columns == {}


def test_a_month_that_is_none_is_refused(store):
    with pytest.raises(BadRequest, match="months from 13 to 13"):
        some(store, "dyad_month").add(own=f"SELECT *, 13 AS month FROM ({EITHER_WAY})")


def test_a_function_without_a_name_returns_columns(store):
    with pytest.raises(BadRequest, match="returns a dict of columns, not ndarray"):
        some(store).add(lambda made: made["year"])
