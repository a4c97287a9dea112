"""Income and population of states over two thousand years (Maddison Project; Fariss and others)."""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from comity.sources.properties import text_properties
from comity.sources.raw import Raw, Row
from comity.sources.year_facts import columns_of, fact_tables, says_anything, scaled
from comity.vocab.state_list import states, territories

# The publisher's totals of states that came apart: our state, and the years in which it stood.
FORMER = {"SUN": ("RUS", 1, 1991), "YUG": ("YUG", 1918, 1991), "CSK": ("CSK", 1918, 1992)}
RUSSIA, LAST_SOVIET_YEAR = "RUS", 1991
PER_CAPITA = "gdp_per_capita_usd2011"
FACTS = {"cgdppc": (PER_CAPITA, 1), "rgdpnapc": ("gdp_per_capita_growth_usd2011", 1), "pop": ("population_count", 1000)}
NOTES = {"observation_kind": "i_cig", "benchmark_kind": "i_bm"}
ESTIMATES = {
    "mrgdppc": ("gdp_per_capita_estimate_usd2011", 1),
    "sd_mrgdppc": ("gdp_per_capita_estimate_deviation_usd2011", 1),
    "pwtrgdp": ("gdp_estimate_usd2011", 1_000_000),
    "sd_pwtrgdp": ("gdp_estimate_deviation_usd2011", 1_000_000),
    "pwtpop": ("population_estimate_count", 1_000_000),
    "sd_pwtpop": ("population_estimate_deviation_count", 1_000_000),
}


def state_year_fact(raw: Raw) -> Iterator[dict[str, Any] | pa.Table]:
    """One row per state, year and number: Maddison's countries that are states, and the estimates."""
    for row in raw.rows("maddison"):
        who = _who(row)
        if not _values(row):
            raw.leave_out(row, "neither income nor population is known")
        elif who[0] == "state":
            base = {"state": who[1], "year": row.needed_integer("year"), "item": who[2], "row_ref": _ref(row)}
            yield from (base | {"fact": fact, "value": value} for fact, value in _values(row).items())
    for part in columns_of(raw.rows("estimates")):
        kept = raw.keep(part, says_anything(part, tuple(ESTIMATES)), "no estimate is given")
        base_table = pa.table(
            {
                "state": kept.states("ccode", "cow", "year"),
                "year": kept.integers("year"),
                "row_ref": kept.refs("ccode", "year"),
            }
        )
        facts = {fact: _scaled(kept.numbers(column), factor) for column, (fact, factor) in ESTIMATES.items()}
        yield from fact_tables(base_table, facts)


def party_year_fact(raw: Raw) -> Iterator[dict[str, Any]]:
    """The same for territories, and for former states before and after they stood."""
    for row in raw.rows("maddison"):
        kind, code, item = _who(row)
        if kind == "territory":
            base = {"party_kind": kind, "party": code, "year": row.needed_integer("year"), "item": item}
            for fact, value in _values(row).items():
                yield base | {"fact": fact, "value": value, "row_ref": _ref(row)}


def property(raw: Raw) -> Iterator[dict[str, Any]]:  # noqa: A001 (named like the table it fills)
    """How each income was observed: by a benchmark and which, or carried from one."""
    for row in raw.rows("maddison"):
        if row.number("cgdppc") is None:
            continue
        kind, code, item = _who(row)
        fact = {
            "core_table": "state_year_fact" if kind == "state" else "party_year_fact",
            "item": "/".join(filter(None, (PER_CAPITA, code, row.needed("year"), item))),
            "row_ref": _ref(row),
        }
        yield from text_properties(row, fact, NOTES)


def _who(row: Row) -> tuple[str, str, str]:
    """Kind, code and item of a row's country; the publisher's codes are comity's own but for the former states."""
    code, year = row.needed("countrycode"), row.needed_integer("year")
    if code in FORMER:
        state, first, last = FORMER[code]
        return ("state", state, "") if first <= year <= last else ("territory", code, "")
    if code == RUSSIA and year <= LAST_SOVIET_YEAR:
        return "state", code, "russian_republic"
    if code in states():
        return "state", code, ""
    if code in territories():
        return "territory", code, ""
    raise row.broken("countrycode", "is no state or territory comity knows")


def _scaled(values: pa.ChunkedArray, factor: int) -> pa.ChunkedArray:
    return values if factor == 1 else scaled(values, factor)


def _values(row: Row) -> dict[str, float]:
    numbers = {fact: (row.number(column), factor) for column, (fact, factor) in FACTS.items()}
    return {fact: round(number * factor, 6) for fact, (number, factor) in numbers.items() if number is not None}


def _ref(row: Row) -> str:
    return row.ref("countrycode", "year")
