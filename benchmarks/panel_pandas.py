"""The reference panels with pandas: what an experienced user writes by hand, one merge per source.

`build(folder, panel)` makes what `equality.py` makes with comity, from the same tables and under the same names. What
is known of single states is put together once, and pairs are merged with it once a side.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

FIRST_YEAR, LAST_YEAR = 1816, 2010
STATE, PAIR, ANY_ORDER = ["ccode", "year"], ["ccode1", "ccode2", "year"], ["low", "high", "year"]
RADIUS_KM = 6378.137
MIDS = {"gml_mid_ddydisps": "gmlmid", "cow_mid_ddydisps": "cowmid"}
RIVALRIES = ["ideological", "interventionary", "positional", "spatial"]


def build(src: Path, name: str) -> pd.DataFrame:
    """A panel of the reference."""
    return state_years(src) if name == "state_year" else dyad_years(src, is_relevant=name == "relevant_directed")


def dyad_years(src: Path, *, is_relevant: bool) -> pd.DataFrame:
    """Directed dyad-years with every column, of all pairs or the politically relevant ones."""
    states = _states(src)
    pairs = _pairs(src, states)
    pairs = pairs.merge(_contiguity(src), on=PAIR, how="left")
    pairs["conttype"] = pairs["conttype"].fillna(0)
    major = states.set_index(STATE)["cowmaj"]
    for side in "12":
        pairs[f"cowmaj{side}"] = major.reindex([pairs[f"ccode{side}"], pairs["year"]]).to_numpy()
    if is_relevant:
        near = (pairs["conttype"] > 0) | (pairs["cowmaj1"] > 0) | (pairs["cowmaj2"] > 0)
        pairs = pairs[near].reset_index(drop=True).assign(prd=1)
    for table, kind in MIDS.items():
        pairs = _with_disputes(pairs, pd.read_parquet(src / f"{table}.parquet"), kind)
    pairs = pairs.merge(_alliances(src), on=PAIR, how="left")
    allied = [name for name in pairs.columns if name.startswith("atop_")]
    pairs[allied] = pairs[allied].fillna(0)
    values = states.drop(columns="cowmaj")
    for side in "12":
        pairs = pairs.merge(values.add_suffix(side).rename(columns={f"year{side}": "year"}), how="left")
    pairs["capdist"] = _distances(src)[pairs.pop("capital1"), pairs.pop("capital2")]
    pairs["low"], pairs["high"] = pairs[["ccode1", "ccode2"]].min(axis=1), pairs[["ccode1", "ccode2"]].max(axis=1)
    for table in ("cow_mindist", "cow_igo_ndy"):
        both = pd.read_parquet(src / f"{table}.parquet").rename(columns={"ccode1": "low", "ccode2": "high"})
        pairs = pairs.merge(both, on=ANY_ORDER, how="left")
    starts = pairs["ccode1"].ne(pairs["ccode1"].shift()) | pairs["ccode2"].ne(pairs["ccode2"].shift())
    for kind in MIDS.values():
        pairs[f"{kind}spell"] = _rows_since(pairs[f"{kind}ongoing"], starts)
    return pairs.drop(columns=["low", "high"])


def state_years(src: Path) -> pd.DataFrame:
    """State-years with every column."""
    states = _states(src)
    names = pd.read_parquet(src / "cw_system.parquet").drop_duplicates("ccode", keep="last")
    states = states.merge(names[["ccode", "cw_name"]], on="ccode", how="left")
    states = states.merge(_participation(src), on=STATE, how="left")
    states = states.merge(_neighbors(src), on=STATE, how="left")
    states = states.merge(_rivalries(src), on=STATE, how="left")
    zero = [name for name in states if name.startswith(("gmlmid", "n_")) or name in ("land", "sea")]
    states[zero] = states[zero].fillna(0)
    pairs = _pairs(src, states)
    for side in "12":
        capital = states[[*STATE, "capital"]].rename(columns={"ccode": f"ccode{side}", "capital": f"capital{side}"})
        pairs = pairs.merge(capital, how="left")
    pairs["mincapdist"] = _distances(src)[pairs["capital1"], pairs["capital2"]]
    nearest = pd.read_parquet(src / "cow_mindist.parquet").rename(columns={"mindist": "minmindist"})
    nearest = pd.concat([nearest, nearest.rename(columns={"ccode1": "ccode2", "ccode2": "ccode1"})])
    for table, column in ((pairs, "mincapdist"), (nearest, "minmindist")):
        least = table.groupby(["ccode1", "year"], as_index=False)[column].min().rename(columns={"ccode1": "ccode"})
        states = states.merge(least, on=STATE, how="left")
    for table in ("cow_igo_sy", "cow_trade_sy"):
        states = states.merge(pd.read_parquet(src / f"{table}.parquet"), on=STATE, how="left")
    states = states.merge(pd.read_parquet(src / "rugged.parquet").drop(columns="gwcode"), on="ccode", how="left")
    states = states.merge(_fractions(src), on=STATE, how="left")
    starts = states["ccode"].ne(states["ccode"].shift())
    states["gmlmidspell"] = _rows_since(states["gmlmidongoing"], starts)
    states["gmlmidinitspell"] = _rows_since(states["gmlmidongoing_init"], starts)
    return states.drop(columns="capital")


def _states(src: Path) -> pd.DataFrame:
    """Members of the state system by year, with what the tables of states say of them and the row of their capital."""
    states = pd.read_parquet(src / "cow_states.parquet", columns=["ccode", "styear", "endyear"])
    states = _every_year(states, states["styear"], states["endyear"])[STATE]
    states = states.drop_duplicates().sort_values(STATE, ignore_index=True)
    for table in ("cow_nmc", "cw_democracy", "cw_gdppop"):
        states = states.merge(pd.read_parquet(src / f"{table}.parquet"), on=STATE, how="left")
    majors = pd.read_parquet(src / "cow_majors.parquet")
    majors = _every_year(majors, majors["styear"], majors["endyear"])[STATE].drop_duplicates().assign(cowmaj=1)
    capitals = pd.read_parquet(src / "cow_capitals.parquet")
    capitals = capitals.assign(capital=capitals.index).sort_values("stdate", kind="stable")
    capitals = _every_year(capitals, capitals["stdate"].dt.year, capitals["enddate"].dt.year)
    capitals = capitals[[*STATE, "capital"]].drop_duplicates(STATE)  # the one on the first day of the year
    states = states.merge(majors, on=STATE, how="left").merge(capitals, on=STATE, how="left")
    return states.assign(cowmaj=states["cowmaj"].fillna(0))


def _pairs(src: Path, states: pd.DataFrame) -> pd.DataFrame:
    """All ordered pairs of two members in a year, but those of a year in which they were never members together."""
    pairs = states[STATE].merge(states[STATE], on="year", suffixes=("1", "2"))
    pairs = pairs[pairs["ccode1"] != pairs["ccode2"]]
    pairs = pairs.merge(pd.read_parquet(src / "false_cow_dyads.parquet"), on=PAIR, how="left")
    return pairs.loc[pairs["in_ps"].isna(), PAIR].sort_values(PAIR, ignore_index=True)


def _contiguity(src: Path) -> pd.DataFrame:
    """The contiguity of a pair in a year: the first record that holds in the first month with any record."""
    records = pd.read_parquet(src / "cow_contdir.parquet")
    records = _every_year(records, records["stdate"].dt.year, records["enddate"].dt.year)
    january = pd.to_datetime(records["year"].astype(str) + "-01-01")
    records["from"] = records["stdate"].where(records["stdate"] > january, january)
    records = records.sort_values([*PAIR, "from", "stdate"], kind="stable").drop_duplicates(PAIR)
    return records[[*PAIR, "conttype"]]


def _with_disputes(pairs: pd.DataFrame, mids: pd.DataFrame, kind: str) -> pd.DataFrame:
    """The pairs with their disputes; who began and who joined is said of one of the two data sets only."""
    flags = [f"{kind}onset", f"{kind}ongoing"]
    roles = ["sidea1", "sidea2", "orig1", "orig2"] if kind == "gmlmid" else []
    mids = mids[[*PAIR, *flags, *roles]].copy()
    for side in "12" if roles else "":
        mids[f"init{side}"] = ((mids[f"sidea{side}"] == 1) | (mids[f"orig{side}"] == 0)).astype(int)
    pairs = pairs.merge(mids, on=PAIR, how="left")
    pairs[flags] = pairs[flags].fillna(0)
    return pairs


def _alliances(src: Path) -> pd.DataFrame:
    return pd.read_parquet(src / "atop_alliance.parquet").assign(atop_alliance=1)


def _participation(src: Path) -> pd.DataFrame:
    """Whether a state takes part in a dispute in a year, and whether in one it began or joined; and the first years."""
    parts = pd.read_parquet(src / "gml_part.parquet")
    parts = parts[(parts["allmiss_leader_start"] == 0) & (parts["allmiss_leader_end"] == 0)]
    years = _every_year(parts, parts["styear"], parts["endyear"]).assign(gmlmidongoing=1)
    years["gmlmidonset"] = (years["year"] == years["styear"]).astype(int)
    begins = ((years["sidea"] == 1) | (years["orig"] == 0)).astype(int)
    years["gmlmidongoing_init"], years["gmlmidonset_init"] = begins, begins * years["gmlmidonset"]
    flags = ["gmlmidongoing", "gmlmidonset", "gmlmidongoing_init", "gmlmidonset_init"]
    return years.groupby(STATE, as_index=False)[flags].max()


def _neighbors(src: Path) -> pd.DataFrame:
    near = _contiguity(src).rename(columns={"ccode1": "ccode"})
    near = near.assign(land=near["conttype"] == 1, sea=near["conttype"] > 1)
    return near.groupby(STATE, as_index=False)[["land", "sea"]].sum()


def _rivalries(src: Path) -> pd.DataFrame:
    """How many rivalries of each type a state has; where one of Austria-Hungary outlasts it, the rest is Austria's."""
    rivals = pd.read_parquet(src / "tss_rivalries.parquet")
    rivals = pd.concat([rivals.assign(ccode=rivals[side]) for side in ("ccode1", "ccode2")])
    rivals = _every_year(rivals, rivals["start"], rivals["end"])
    rivals.loc[(rivals["ccode"] == 300) & (rivals["year"] >= 1919), "ccode"] = 305
    return rivals.groupby(STATE)[RIVALRIES].sum().add_prefix("n_").reset_index()


def _fractions(src: Path) -> pd.DataFrame:
    """Where two of the table's own codes are one state of the system, the one that is also the state's speaks first."""
    creg = pd.read_parquet(src / "creg.parquet")
    creg = creg.assign(is_other=creg["creg_ccode"] != creg["ccode"]).sort_values("is_other", kind="stable")
    return creg.groupby(STATE, as_index=False)[["ethfrac", "ethpol", "relfrac", "relpol"]].first()


def _distances(src: Path) -> np.ndarray:
    """The distance of each two capitals by their rows in the table, by Vincenty's formula for a sphere."""
    lat, lon = np.radians(pd.read_parquet(src / "cow_capitals.parquet", columns=["lat", "lng"]).to_numpy()).T
    apart, here, there = lon - lon[:, None], lat[:, None], lat
    across = np.cos(there) * np.sin(apart)
    along = np.cos(here) * np.sin(there) - np.sin(here) * np.cos(there) * np.cos(apart)
    inward = np.sin(here) * np.sin(there) + np.cos(here) * np.cos(there) * np.cos(apart)
    return RADIUS_KM * np.arctan2(np.hypot(across, along), inward)


def _every_year(spells: pd.DataFrame, first: pd.Series, last: pd.Series) -> pd.DataFrame:
    """Each row once for every year of the panel that lies within its spell."""
    first, last = first.clip(lower=FIRST_YEAR).to_numpy(), last.clip(upper=LAST_YEAR).to_numpy()
    count = np.maximum(last - first + 1, 0)
    years = spells.iloc[np.repeat(np.arange(len(spells)), count)].reset_index(drop=True)
    before = np.repeat(np.cumsum(count) - count, count)
    return years.assign(year=(np.arange(len(years)) - before + np.repeat(first, count)).astype("int32"))


def _rows_since(event: pd.Series, starts: pd.Series) -> np.ndarray:
    """Rows of the unit since the row after the last event, or since its first row."""
    row = np.arange(len(event))
    return row - np.maximum.accumulate(np.where(starts | (event.shift() == 1), row, 0))
