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
OTHER_VIEWS = """
    CREATE VIEW core.dyad_spell AS
    SELECT 'contiguity_type' AS fact, ccode1 AS from_state, ccode2 AS to_state, conttype AS value,
           stdate::DATE AS start_date, enddate::DATE AS end_date, DATE '2016-12-31' AS known_until,
           'cow_contdir' AS source, concat_ws(' ', ccode1, ccode2, conttype, stdate) AS row_ref
    FROM cow_contdir;
    CREATE VIEW core.state_membership AS
    SELECT ccode AS state, ccode AS code, 'cow' AS system, 'member' AS role,
           make_date(styear, stmonth, stday) AS start_date, make_date(endyear, endmonth, endday) AS end_date,
           DATE '2016-12-31' AS known_until, 'cow_states' AS source
    FROM cow_states
    UNION ALL BY NAME
    SELECT ccode AS state, ccode AS code, 'cow' AS system, 'major_power' AS role,
           make_date(styear, stmonth, stday) AS start_date, make_date(endyear, endmonth, endday) AS end_date,
           DATE '2016-12-31' AS known_until, 'cow_states' AS source
    FROM cow_majors;
"""


class ReferenceTables:
    """The tables as a panel asks a store: SQL over `core`, coverage by kind, and what is known of each source."""

    def __init__(self, folder: Path) -> None:
        # The tables are small: a second thread would cost more than it saves.
        self._connection = duckdb.connect(config={"threads": 1})
        for file in sorted(folder.glob("*.parquet")):
            self._connection.execute(f"CREATE VIEW {file.stem} AS SELECT * FROM read_parquet('{file}')")
        self._connection.execute("CREATE SCHEMA core")
        self._connection.execute(f"CREATE VIEW core.state_year_fact AS {_facts(STATE_FACTS, 'ccode AS state')}")
        sides = "ccode1 AS from_state, ccode2 AS to_state"
        self._connection.execute(f"CREATE VIEW core.dyad_year_fact AS {_facts(PAIR_FACTS, sides)}")
        self._connection.execute(OTHER_VIEWS)

    def ask(self, sql: str, parameters: dict[str, Any] | None = None) -> pa.Table:
        """The answer to one SELECT."""
        return self._connection.sql(sql, params=parameters or {}).to_arrow_table()

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
