"""The input tables of the R package peacesciencer, shown to panels as facts of `core`, in the tables' own units."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from comity.vocab.coverage import Coverage

if TYPE_CHECKING:
    from comity.sources.about import About

# Of each table, which of its columns is which fact of comity.
STATE_FACTS = {
    "cow_nmc": {
        "milex": "military_expenditure_usd",
        "milper": "military_personnel_count",
        "irst": "iron_steel_tons",
        "pec": "energy_coal_equivalent_tons",
        "tpop": "population_count",
        "upop": "urban_population_count",
        "cinc": "cinc_share",
    },
    "cw_democracy": {
        "euds": "unified_democracy_score",
        "aeuds": "unified_democracy_adjusted_score",
        "polity2": "polity2_score",
        "v2x_polyarchy": "electoral_democracy_index",
    },
    "cw_gdppop": {
        "mrgdppc": "gdp_per_capita_estimate_usd2011",
        "sd_mrgdppc": "gdp_per_capita_estimate_deviation_usd2011",
        "pwtrgdp": "gdp_estimate_usd2011",
        "sd_pwtrgdp": "gdp_estimate_deviation_usd2011",
        "pwtpop": "population_estimate_count",
        "sd_pwtpop": "population_estimate_deviation_count",
    },
    "cow_trade_sy": {"imports": "imports_usd", "exports": "exports_usd"},
}
PAIR_FACTS = {
    "atop_alliance": {
        "atop_defense": "atop_defense",
        "atop_offense": "atop_offense",
        "atop_neutral": "atop_neutrality",
        "atop_nonagg": "atop_nonaggression",
        "atop_consul": "atop_consultation",
    },
    "gml_mid_ddydisps": {"gmlmidonset": "dispute_onset", "gmlmidongoing": "dispute_ongoing"},
    "cow_mid_ddydisps": {"cowmidonset": "mid_onset", "cowmidongoing": "mid_ongoing"},
    "cow_mindist": {"mindist": "minimum_distance_km"},
}
ONLY_WHERE_TRUE = ("atop_alliance", "gml_mid_ddydisps", "cow_mid_ddydisps")
SOURCES = {"cow_nmc": "nmc"}  # a measure of the population asks for its source by name
# Kind of fact: its table, and the years of which that table says everything.
COMPLETE = {
    "alliance": ("atop_alliance", 1816, 2018),
    "alliance_obligation": ("atop_alliance", 1816, 2018),
    "contiguity": ("cow_contdir", 1816, 2016),
    "contiguity_record": ("cow_contdir", 1816, 2016),
    "dispute": ("gml_mid_ddydisps", 1816, 2010),
    "mid": ("cow_mid_ddydisps", 1816, 2014),
    "cow_membership": ("cow_states", 1816, 2016),
}
VIEWS = {
    "core.dyad_spell": """
        SELECT 'contiguity_type' AS fact, ccode1 AS from_state, ccode2 AS to_state, conttype AS value,
               stdate::DATE AS start_date, enddate::DATE AS end_date, DATE '2016-12-31' AS known_until,
               'cow_contdir' AS source, concat_ws(' ', ccode1, ccode2, conttype, stdate) AS row_ref
        FROM cow_contdir
    """,
    "core.state_membership": """
        SELECT ccode AS state, ccode AS code, 'cow' AS system, role,
               make_date(styear, stmonth, stday) AS start_date, make_date(endyear, endmonth, endday) AS end_date,
               DATE '2016-12-31' AS known_until, 'cow_states' AS source
        FROM (
            SELECT *, 'member' AS role FROM cow_states
            UNION ALL BY NAME
            SELECT *, 'major_power' AS role FROM cow_majors
        )
    """,
}


class ReferenceTables:
    """The tables as a panel asks a store: SQL over `core`, coverage by kind, and what is known of each source."""

    def __init__(self, folder: Path) -> None:
        # The tables are small: a second thread would cost more than it saves.
        self._connection = duckdb.connect(config={"threads": 1})
        self._connection.execute("CREATE SCHEMA core")
        self._views = {file.stem: f"FROM read_parquet('{file}')" for file in folder.glob("*.parquet")}
        self._views["core.state_year_fact"] = _facts(STATE_FACTS, "ccode AS state")
        self._views["core.dyad_year_fact"] = _facts(PAIR_FACTS, "ccode1 AS from_state, ccode2 AS to_state")
        self._views |= VIEWS

    def ask(self, sql: str, parameters: dict[str, Any] | None = None) -> pa.Table:
        """The answer to one SELECT."""
        self._show(sql)
        return self._connection.sql(sql, params=parameters or {}).to_arrow_table()

    def _show(self, sql: str) -> None:
        """Make the views of which a text speaks, and those that they need: to make one is to open its file."""
        for name in [name for name in self._views if name in sql]:
            view = self._views.pop(name, None)
            if view is not None:
                self._show(view)
                self._connection.execute(f"CREATE VIEW {name} AS {view}")

    def coverage(self, kind: str) -> list[tuple[str, Coverage]]:
        """What a table says it knows of a kind of fact."""
        if kind not in COMPLETE:
            return []
        table, first, last = COMPLETE[kind]
        span = {"start": date(first, 1, 1), "end": date(last, 12, 31)}
        return [(table, Coverage(kinds=(kind,), completeness="complete", system="cow", **span))]

    def abouts(self) -> dict[str, About]:
        """Nothing is known of the tables but what is in them."""
        return {}


def _facts(tables: dict[str, dict[str, str]], keys: str) -> str:
    return " UNION ALL BY NAME ".join(
        f"SELECT '{fact}' AS fact, '' AS item, {keys}, year, {column} AS value, "
        f"'{SOURCES.get(table, table)}' AS source FROM {table} "
        f"WHERE {column} {'> 0' if table in ONLY_WHERE_TRUE else 'IS NOT NULL'}"
        for table, columns in tables.items()
        for column, fact in columns.items()
    )
