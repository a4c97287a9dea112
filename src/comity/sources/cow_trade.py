"""What states bought from and sold to each other and in all, 1870 to 2014 (Correlates of War)."""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from comity.sources.columns import Columns
from comity.sources.raw import Raw
from comity.sources.year_facts import columns_of, fact_tables, says_anything, scaled

MILLION = 1_000_000
AMOUNTS = {
    "imports": "imports_usd",
    "exports": "exports_usd",
    "alt_imports": "imports_alternative_usd",
    "alt_exports": "exports_alternative_usd",
}
SOURCES = {"source1": "imports_source_code", "source2": "exports_source_code"}
# The importer's column, the exporter's, and the number that ends the names of the flow's columns.
DIRECTIONS = (("ccode1", "ccode2", "1"), ("ccode2", "ccode1", "2"))
ALTERNATIVES = {"bel_lux_alt_flow": "imports_belgium_luxembourg_usd", "china_alt_flow": "imports_china_alternative_usd"}


def state_year_fact(raw: Raw) -> Iterator[pa.Table]:
    """One row per state, year and total; the totals are published apart from the pairs and need not be their sums."""
    for part in columns_of(raw.rows("states")):
        kept = raw.keep(part, says_anything(part, (*AMOUNTS, *SOURCES)), "no amount is known")
        base = pa.table(
            {
                "state": kept.states("ccode", "cow", "year"),
                "year": kept.integers("year"),
                "row_ref": kept.refs("ccode", "year"),
            }
        )
        facts = {fact: scaled(kept.numbers(column), MILLION) for column, fact in AMOUNTS.items()}
        yield from fact_tables(base, facts | {fact: kept.numbers(column) for column, fact in SOURCES.items()})


def dyad_year_fact(raw: Raw) -> Iterator[pa.Table]:
    """One row per importer, exporter and year; smoothed imports where they say something of their own."""
    for name in ("pairs", "pairs_converted"):
        for part in raw.columns(name):
            flows = [column for column in part.table.column_names if "flow" in column]
            kept = raw.keep(part, says_anything(part, flows), "no flow is known")
            states = {code: kept.states(code, "cow", "year") for code in ("ccode1", "ccode2")}
            fixed = {"year": kept.integers("year"), "row_ref": kept.refs("ccode1", "ccode2", "year")}
            for importer, exporter, number in DIRECTIONS:
                ends = {"from_state": states[importer], "to_state": states[exporter]}
                yield from fact_tables(pa.table(ends | fixed), _flows(kept, number))


def _flows(columns: Columns, number: str) -> dict[str, pa.ChunkedArray]:
    """The facts of one direction."""
    flow, smooth = columns.numbers(f"flow{number}"), columns.numbers(f"smoothflow{number}")
    is_same = pc.fill_null(pc.equal(flow, smooth), fill_value=False)
    own = pc.if_else(is_same, pa.scalar(None, pa.float64()), smooth)
    facts = {"imports_usd": scaled(flow, MILLION), "imports_smoothed_usd": scaled(own, MILLION)}
    for column, fact in ALTERNATIVES.items():
        if f"{column}{number}" in columns.table.column_names:
            facts[fact] = scaled(columns.numbers(f"{column}{number}"), MILLION)
    return facts
