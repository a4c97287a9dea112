"""The reference panels with polars: what an experienced user writes by hand, lazy frames collected in memory.

`build(folder, panel)` makes what `equality.py` makes with comity, from the same tables and under the same names. What
is known of single states is put together once, and pairs are joined with it once a side.
"""

from __future__ import annotations

import math
from pathlib import Path

import polars as pl

FIRST_YEAR, LAST_YEAR = 1816, 2010
STATE, PAIR, ANY_ORDER = ["ccode", "year"], ["ccode1", "ccode2", "year"], ["low", "high", "year"]
RADIUS_KM = 6378.137
MIDS = {"gml_mid_ddydisps": "gmlmid", "cow_mid_ddydisps": "cowmid"}
RIVALRIES = ["ideological", "interventionary", "positional", "spatial"]


def build(src: Path, name: str) -> pl.DataFrame:
    """A panel of the reference."""
    made = state_years(src) if name == "state_year" else dyad_years(src, is_relevant=name == "relevant_directed")
    return made.collect(engine="in-memory")


def dyad_years(src: Path, *, is_relevant: bool) -> pl.LazyFrame:
    """Directed dyad-years with every column, of all pairs or the politically relevant ones."""
    states = _states(src)
    pairs = _joined(_pairs(src, states), _contiguity(src), PAIR)
    for side in "12":
        pairs = _joined(pairs, _of_side(states.select(*STATE, "cowmaj"), side), [f"ccode{side}", "year"])
    pairs = pairs.with_columns(pl.col("conttype").fill_null(0))
    if is_relevant:
        pairs = pairs.filter(pl.max_horizontal("conttype", "cowmaj1", "cowmaj2") > 0).with_columns(prd=pl.lit(1))
    for table, kind in MIDS.items():
        pairs = _joined(pairs, _disputes(src, table, kind), PAIR)
    pairs = _joined(pairs, _table(src, "atop_alliance").with_columns(atop_alliance=pl.lit(1)), PAIR)
    for side in "12":
        pairs = _joined(pairs, _of_side(states.drop("cowmaj"), side), [f"ccode{side}", "year"])
    pairs = _joined(pairs, _distances(src), ["capital1", "capital2"])
    pairs = pairs.with_columns(low=pl.min_horizontal("ccode1", "ccode2"), high=pl.max_horizontal("ccode1", "ccode2"))
    for table in ("cow_mindist", "cow_igo_ndy"):
        pairs = _joined(pairs, _table(src, table).rename({"ccode1": "low", "ccode2": "high"}), ANY_ORDER)
    flags = [f"{kind}{flag}" for kind in MIDS.values() for flag in ("onset", "ongoing")]
    starts = (pl.col("ccode1") != pl.col("ccode1").shift()) | (pl.col("ccode2") != pl.col("ccode2").shift())
    return (
        pairs.with_columns(pl.col("^atop_.*$").fill_null(0), pl.col(flags).fill_null(0))
        .with_columns(_rows_since(f"{kind}ongoing", starts).alias(f"{kind}spell") for kind in MIDS.values())
        .drop("low", "high", "capital1", "capital2")
    )


def state_years(src: Path) -> pl.LazyFrame:
    """State-years with every column."""
    members = _states(src)
    names = _table(src, "cw_system").unique("ccode", keep="last").select("ccode", "cw_name")
    states = _joined(members, names, ["ccode"])
    for table in (_participation(src), _neighbors(src), _rivalries(src), *_nearest(src, members)):
        states = _joined(states, table, STATE)
    for name in ("cow_igo_sy", "cow_trade_sy"):
        states = _joined(states, _table(src, name), STATE)
    states = _joined(states, _table(src, "rugged").drop("gwcode"), ["ccode"])
    states = _joined(states, _fractions(src), STATE)
    starts = pl.col("ccode") != pl.col("ccode").shift()
    return (
        states.with_columns(pl.col("^(gmlmid|n_|land|sea).*$").fill_null(0))
        .with_columns(
            gmlmidspell=_rows_since("gmlmidongoing", starts),
            gmlmidinitspell=_rows_since("gmlmidongoing_init", starts),
        )
        .drop("capital")
    )


def _states(src: Path) -> pl.LazyFrame:
    """Members of the state system by year, with what the tables of states say of them and the row of their capital."""
    states = _every_year(_table(src, "cow_states"), "styear", "endyear").select(STATE).unique().sort(STATE)
    for table in ("cow_nmc", "cw_democracy", "cw_gdppop"):
        states = _joined(states, _table(src, table), STATE)
    majors = _every_year(_table(src, "cow_majors"), "styear", "endyear").select(STATE).unique()
    capitals = _table(src, "cow_capitals").drop("capital").with_row_index("capital").sort("stdate", maintain_order=True)
    capitals = _every_year(capitals, pl.col("stdate").dt.year(), pl.col("enddate").dt.year())
    capitals = capitals.unique(STATE, keep="first", maintain_order=True)  # the one on the first day of the year
    states = _joined(states, majors.with_columns(cowmaj=pl.lit(1)), STATE)
    states = _joined(states, capitals.select(*STATE, "capital"), STATE)
    return states.with_columns(pl.col("cowmaj").fill_null(0))


def _pairs(src: Path, states: pl.LazyFrame) -> pl.LazyFrame:
    """All ordered pairs of two members in a year, but those of a year in which they were never members together."""
    one, other = (_of_side(states.select(STATE), side) for side in "12")
    pairs = one.join(other, on="year").filter(pl.col("ccode1") != pl.col("ccode2"))
    return pairs.join(_table(src, "false_cow_dyads"), on=PAIR, how="anti").select(PAIR).sort(PAIR)


def _contiguity(src: Path) -> pl.LazyFrame:
    """The contiguity of a pair in a year: the first record that holds in the first month with any record."""
    records = _every_year(_table(src, "cow_contdir"), pl.col("stdate").dt.year(), pl.col("enddate").dt.year())
    holds_from = pl.max_horizontal(pl.col("stdate").cast(pl.Date), pl.date("year", 1, 1))
    records = records.with_columns(holds_from=holds_from).sort(*PAIR, "holds_from", "stdate", maintain_order=True)
    return records.unique(PAIR, keep="first", maintain_order=True).select(*PAIR, "conttype")


def _disputes(src: Path, table: str, kind: str) -> pl.LazyFrame:
    """The disputes of pairs; who began and who joined is said of one of the two data sets only."""
    flags = [f"{kind}onset", f"{kind}ongoing"]
    if kind != "gmlmid":
        return _table(src, table).select(*PAIR, *flags)
    begins = [
        ((pl.col(f"sidea{side}") == 1) | (pl.col(f"orig{side}") == 0)).cast(pl.Int32).alias(f"init{side}")
        for side in "12"
    ]
    return _table(src, table).select(*PAIR, *flags, *begins, "sidea1", "sidea2", "orig1", "orig2")


def _participation(src: Path) -> pl.LazyFrame:
    """Whether a state takes part in a dispute in a year, and whether in one it began or joined; and the first years."""
    known = (pl.col("allmiss_leader_start") == 0) & (pl.col("allmiss_leader_end") == 0)
    years = _every_year(_table(src, "gml_part").filter(known), "styear", "endyear")
    is_first, begins = pl.col("year") == pl.col("styear"), (pl.col("sidea") == 1) | (pl.col("orig") == 0)
    return years.group_by(STATE).agg(
        gmlmidongoing=pl.lit(1),
        gmlmidonset=is_first.any().cast(pl.Int32),
        gmlmidongoing_init=begins.any().cast(pl.Int32),
        gmlmidonset_init=(is_first & begins).any().cast(pl.Int32),
    )


def _neighbors(src: Path) -> pl.LazyFrame:
    near = _contiguity(src).rename({"ccode1": "ccode"})
    return near.group_by(STATE).agg(land=(pl.col("conttype") == 1).sum(), sea=(pl.col("conttype") > 1).sum())


def _rivalries(src: Path) -> pl.LazyFrame:
    """How many rivalries of each type a state has; where one of Austria-Hungary outlasts it, the rest is Austria's."""
    rivals = _table(src, "tss_rivalries").with_columns(ccode=pl.concat_list("ccode1", "ccode2")).explode("ccode")
    outlasts = (pl.col("ccode") == 300) & (pl.col("year") >= 1919)
    rivals = _every_year(rivals, "start", "end")
    rivals = rivals.with_columns(ccode=pl.when(outlasts).then(305).otherwise("ccode"))
    return rivals.group_by(STATE).agg(pl.col(RIVALRIES).sum().name.prefix("n_"))


def _nearest(src: Path, states: pl.LazyFrame) -> list[pl.LazyFrame]:
    """The distance to the nearest capital of another member, and to the nearest territory."""
    pairs = _pairs(src, states)
    for side in "12":
        capitals = states.select(*STATE, "capital")
        pairs = pairs.join(_of_side(capitals, side), on=[f"ccode{side}", "year"], how="left")
    pairs = pairs.join(_distances(src), on=["capital1", "capital2"], how="left").rename({"ccode1": "ccode"})
    apart = _table(src, "cow_mindist").with_columns(ccode=pl.concat_list("ccode1", "ccode2")).explode("ccode")
    return [
        pairs.group_by(STATE).agg(mincapdist=pl.col("capdist").min()),
        apart.group_by(STATE).agg(minmindist=pl.col("mindist").min()),
    ]


def _fractions(src: Path) -> pl.LazyFrame:
    """Where two of the table's own codes are one state of the system, the one that is also the state's speaks first."""
    creg = _table(src, "creg").sort(pl.col("creg_ccode") != pl.col("ccode"), maintain_order=True)
    return creg.group_by(STATE).agg(pl.col("ethfrac", "ethpol", "relfrac", "relpol").drop_nulls().first())


def _distances(src: Path) -> pl.LazyFrame:
    """The distance of each two capitals by their rows in the table, by Vincenty's formula for a sphere."""
    places = _table(src, "cow_capitals").drop("capital").with_row_index("capital")
    places = places.select("capital", lat=pl.col("lat") * (math.pi / 180), lon=pl.col("lng") * (math.pi / 180))
    both = places.rename(lambda name: f"{name}1").join(places.rename(lambda name: f"{name}2"), how="cross")
    here, there, apart = pl.col("lat1"), pl.col("lat2"), pl.col("lon2") - pl.col("lon1")
    across = there.cos() * apart.sin()
    along = here.cos() * there.sin() - here.sin() * there.cos() * apart.cos()
    inward = here.sin() * there.sin() + here.cos() * there.cos() * apart.cos()
    distance = RADIUS_KM * pl.arctan2((across.pow(2) + along.pow(2)).sqrt(), inward)
    return both.select("capital1", "capital2", capdist=distance)


def _table(src: Path, name: str) -> pl.LazyFrame:
    return pl.scan_parquet(src / f"{name}.parquet")


def _of_side(states: pl.LazyFrame, side: str) -> pl.LazyFrame:
    return states.rename(lambda name: name if name == "year" else f"{name}{side}")


def _joined(left: pl.LazyFrame, right: pl.LazyFrame, on: list[str]) -> pl.LazyFrame:
    """Every row of the left in its order, with the columns of the right where that has the row."""
    return left.join(right, on=on, how="left", maintain_order="left")


def _every_year(spells: pl.LazyFrame, first: str | pl.Expr, last: str | pl.Expr) -> pl.LazyFrame:
    """Each row once for every year of the panel that lies within its spell."""
    first, last = (pl.col(edge) if isinstance(edge, str) else edge for edge in (first, last))
    first, last = pl.max_horizontal(first, FIRST_YEAR), pl.min_horizontal(last, LAST_YEAR)
    years = spells.filter(first <= last).with_columns(year=pl.int_ranges(first, last + 1, dtype=pl.Int32))
    return years.explode("year")


def _rows_since(event: str, starts: pl.Expr) -> pl.Expr:
    """Rows of the unit since the row after the last event, or since its first row."""
    row = pl.int_range(pl.len(), dtype=pl.Int32)
    begins = starts.fill_null(value=True) | (pl.col(event).shift() == 1)
    return row - pl.when(begins).then(row).otherwise(None).forward_fill()
