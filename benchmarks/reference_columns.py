"""The columns of the reference panels, in their order: the name there, and the column of comity's panel it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from comity.panel import Panel
from comity.panel.spells import rows_since, unit_starts

Spelled = tuple[tuple[str, str], ...]

_NMC = (
    ("milex", "military_expenditure_usd"),
    ("milper", "military_personnel_count"),
    ("irst", "iron_steel_tons"),
    ("pec", "energy_coal_equivalent_tons"),
    ("tpop", "population_count"),
    ("upop", "urban_population_count"),
    ("cinc", "cinc_share"),
)
_DEMOCRACY = (
    ("euds", "unified_democracy_score"),
    ("aeuds", "unified_democracy_adjusted_score"),
    ("polity2", "polity2_score"),
    ("v2x_polyarchy", "electoral_democracy_index"),
)
_GDP = (
    ("mrgdppc", "gdp_per_capita_estimate_usd2011"),
    ("sd_mrgdppc", "gdp_per_capita_estimate_deviation_usd2011"),
    ("pwtrgdp", "gdp_estimate_usd2011"),
    ("sd_pwtrgdp", "gdp_estimate_deviation_usd2011"),
    ("pwtpop", "population_estimate_count"),
    ("sd_pwtpop", "population_estimate_deviation_count"),
)
_ATOP = (
    ("atop_defense", "has_defense_obligation"),
    ("atop_offense", "has_offense_obligation"),
    ("atop_neutral", "has_neutrality_obligation"),
    ("atop_nonagg", "has_nonaggression_obligation"),
    ("atop_consul", "has_consultation_obligation"),
)
_DISPUTES = (("gmlmidonset", "dispute_onset"), ("gmlmidongoing", "dispute_ongoing"))
_MIDS = (("cowmidonset", "mid_onset"), ("cowmidongoing", "mid_ongoing"))
_SIDES = tuple((name, name) for name in ("init1", "init2", "sidea1", "sidea2", "orig1", "orig2"))
_DISTANCES = (("capdist", "capital_distance_km"), ("mindist", "minimum_distance_km"))
_RIVALRIES = ("ideological", "interventionary", "positional", "spatial")
_SPELLS = (("gmlmidspell", "dispute_peace_rows"), ("cowmidspell", "mid_peace_rows"))


def _both(columns: Spelled, ends: tuple[str, str]) -> Spelled:
    """Columns of single states, first all of the one state and then all of the other."""
    return tuple((f"{name}{n}", f"{measure}_{end}") for n, end in enumerate(ends, 1) for name, measure in columns)


def _pairs(*, is_directed: bool, is_relevant: bool) -> Spelled:
    ends = ("from", "to") if is_directed else ("a", "b")
    contiguity = (("conttype", "contiguity_type_first"), *_both((("cowmaj", "is_major_power"),), ends))
    first = (*contiguity, ("prd", "is_relevant_first")) if is_relevant else ()
    # Where pairs have no direction, an obligation of either state is one of the pair.
    owed = _ATOP if is_directed else tuple((name, name) for name, _ in _ATOP)
    return (
        *first,
        *_DISPUTES,
        *(_SIDES if is_directed else ()),
        *_MIDS,
        ("atop_alliance", "atop_alliance"),
        *owed,
        *_both(_NMC, ends),
        *_both(_DEMOCRACY, ends),
        *(() if is_relevant else contiguity),
        *_DISTANCES,
        *_both(_GDP, ends),
        ("dyadigos", "dyadigos"),
        *_SPELLS,
    )


COLUMNS: dict[str, Spelled] = {
    "relevant_directed": _pairs(is_directed=True, is_relevant=True),
    "relevant_undirected": _pairs(is_directed=False, is_relevant=True),
    "all_directed": _pairs(is_directed=True, is_relevant=False),
    "all_undirected": _pairs(is_directed=False, is_relevant=False),
    "state_year": (
        *((name, name) for name in ("gmlmidongoing", "gmlmidonset", "gmlmidongoing_init", "gmlmidonset_init")),
        *_NMC,
        *_DEMOCRACY,
        ("land", "land_neighbor_count_first"),
        ("sea", "sea_neighbor_count_first"),
        ("cowmaj", "is_major_power"),
        ("mincapdist", "nearest_capital_km"),
        ("minmindist", "nearest_state_km"),
        *_GDP,
        *((name, name) for name in ("sum_igo_full", "sum_igo_associate", "sum_igo_observer", "sum_igo_anytype")),
        ("imports", "imports_usd"),
        ("exports", "exports_usd"),
        *((name, name) for name in ("rugged", "newlmtnest", "ethfrac", "ethpol", "relfrac", "relpol")),
        *((f"n_{kind}", f"n_{kind}") for kind in _RIVALRIES),
        ("gmlmidspell", "gmlmidspell"),
        ("gmlmidinitspell", "gmlmidinitspell"),
    ),
}

# What the reference's tables hold in a shape of their own, as columns that a user brings.
_SIDE = "SELECT ccode1 AS from_state, ccode2 AS to_state, year, {value} AS value FROM gml_mid_ddydisps"
_TAKES_PART = """
    SELECT DISTINCT ccode AS state, unnest(range(styear, {last} + 1)) AS year, 1 AS value
    FROM gml_part
    WHERE allmiss_leader_start = 0 AND allmiss_leader_end = 0 AND {which}
"""
_BY_STATE = "SELECT ccode AS state, year, {column} AS value FROM {table} WHERE {column} IS NOT NULL"
_OF_EVERY_YEAR = """
    SELECT ccode AS state, unnest(range(1816, 2011)) AS year, {column} AS value FROM rugged WHERE {column} IS NOT NULL
"""
# Two of the table's own codes may be one state of the system; the code that is also the state's speaks first.
_FRACTION = """
    SELECT ccode AS state, year, arg_max({column}, creg_ccode = ccode) AS value
    FROM creg
    WHERE {column} IS NOT NULL
    GROUP BY ALL
"""
# Where a rivalry of Austria-Hungary outlasts it, the rest of it is Austria's: the package hands on code 300 to 305.
_RIVALS = """
    SELECT if(code = 300 AND year >= 1919, 305, code) AS state, year, count(*) AS value
    FROM (
        SELECT *, unnest(range(greatest(start, 1816), "end" + 1)) AS year
        FROM (SELECT *, unnest([ccode1, ccode2]) AS code FROM tss_rivalries)
        WHERE "{column}" > 0 AND "end" >= 1816
    )
    GROUP BY ALL
"""


def _or_zero(name: str) -> Callable[[Panel], Any]:
    """The column so far, with zero where the table lists nothing: it says everything of these years."""
    return lambda made: np.nan_to_num(made[name])


def _either_way(measure: str) -> Callable[[Panel], Any]:
    """The larger of the two directions of a measure."""

    def larger(made: Panel) -> Any:
        made.add(measure)
        return np.fmax(made[f"{measure}_a_to_b"], made[f"{measure}_b_to_a"])

    return larger


def _rows_since(name: str) -> Callable[[Panel], Any]:
    return lambda made: rows_since(made[name], unit_starts(made.rows.state_a))


_INITIATES = "(sidea = 1 OR orig = 0)"
_STATE_SQL = {
    "gmlmidongoing": _TAKES_PART.format(last="endyear", which="true"),
    "gmlmidonset": _TAKES_PART.format(last="styear", which="true"),
    "gmlmidongoing_init": _TAKES_PART.format(last="endyear", which=_INITIATES),
    "gmlmidonset_init": _TAKES_PART.format(last="styear", which=_INITIATES),
    **{
        f"sum_igo_{role}": _BY_STATE.format(column=f"sum_igo_{role}", table="cow_igo_sy")
        for role in ("full", "associate", "observer", "anytype")
    },
    **{name: _OF_EVERY_YEAR.format(column=name) for name in ("rugged", "newlmtnest")},
    **{name: _FRACTION.format(column=name) for name in ("ethfrac", "ethpol", "relfrac", "relpol")},
    **{
        f"n_{kind}": _RIVALS.format(column=kind) for kind in ("ideological", "interventionary", "positional", "spatial")
    },
}
_COUNTED = [name for name in _STATE_SQL if name.startswith(("gml", "n_"))]

# In the order in which they are added; a name that comes twice is first read and then made of what was read.
OWN: dict[str, list[tuple[str, str | Callable[[Panel], Any]]]] = {
    "pairs": [
        (
            "atop_alliance",
            "SELECT ccode1 AS state_a, ccode2 AS state_b, year, true AS value FROM atop_alliance WHERE ccode1 < ccode2",
        ),
        ("atop_alliance", _or_zero("atop_alliance")),
        *((f"init{n}", _SIDE.format(value=f"sidea{n} = 1 OR orig{n} = 0")) for n in (1, 2)),
        *((f"{name}{n}", _SIDE.format(value=f"{name}{n} = 1")) for name in ("sidea", "orig") for n in (1, 2)),
        *((name, _either_way(measure)) for name, measure in _ATOP),
        ("dyadigos", "SELECT ccode1 AS state_a, ccode2 AS state_b, year, dyadigos AS value FROM cow_igo_ndy"),
    ],
    "state_year": [
        *_STATE_SQL.items(),
        *((name, _or_zero(name)) for name in _COUNTED),
        ("gmlmidspell", _rows_since("gmlmidongoing")),
        ("gmlmidinitspell", _rows_since("gmlmidongoing_init")),
    ],
}
