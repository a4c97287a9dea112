"""What states can bring to war: people, money, soldiers, steel and energy since 1816 (Correlates of War)."""

import re
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from comity.errors import ContractBroken
from comity.sources.columns import Columns
from comity.sources.raw import Raw
from comity.sources.year_facts import columns_of, fact_tables, says_anything, scaled

IN_THOUSANDS = {
    "milper": "military_personnel_count",
    "irst": "iron_steel_tons",
    "pec": "energy_coal_equivalent_tons",
    "tpop": "population_count",
    "upop": "urban_population_count",
}
LAST_STERLING_YEAR = 1913
COMPONENTS = ("milex", *IN_THOUSANDS, "cinc")


def state_year_fact(raw: Raw) -> Iterator[pa.Table]:
    """One row per state, year and component; `item` is empty for the newest release and its number for others."""
    published = {_release(part.file): part for part in columns_of(raw.rows("published"))}
    releases = dict(published)
    for part in columns_of(raw.rows("converted")):
        release = _release(part.file)
        if release in published:
            raw.keep(part, pa.nulls(part.row_count, pa.bool_()), "the publisher's own file of this release is there")
        else:
            releases[release] = part
    newest = max(releases, key=float)
    for release, part in releases.items():
        kept = raw.keep(part, says_anything(part, COMPONENTS), "no component is known")
        yield from _facts(kept, "" if release == newest else release)


def _facts(columns: Columns, item: str) -> Iterator[pa.Table]:
    year = columns.integers("year")
    base = pa.table(
        {"state": columns.states("ccode", "cow", "year"), "year": year, "row_ref": columns.refs("ccode", "year")}
    )
    spent = scaled(columns.numbers("milex"), 1000)
    is_sterling = pc.less_equal(year, LAST_STERLING_YEAR)
    nothing = pa.scalar(None, pa.float64())
    facts = {
        "military_expenditure_gbp": pc.if_else(is_sterling, spent, nothing),
        "military_expenditure_usd": pc.if_else(is_sterling, nothing, spent),
        "cinc_share": columns.numbers("cinc"),
    }
    facts |= {fact: scaled(columns.numbers(column), 1000) for column, fact in IN_THOUSANDS.items()}
    yield from fact_tables(base, facts, item)


def _release(file: str) -> str:
    """The release a file's name tells: `NMC-60-abridged.csv` is 6.0, `derived_nmc_v7_core.csv` is 7.0."""
    match = re.search(r"NMC-(\d)(\d)-|_v(\d)_", file)
    if match is None:
        raise ContractBroken(f"{file}: the name tells no release (as NMC-60-abridged.csv does)")
    return f"{match[1] or match[3]}.{match[2] or 0}"
