"""How states were governed since 1776: Polity5 by spell and year, electoral democracy and unified scores by year."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from comity.sources.columns import Columns
from comity.sources.raw import Raw, Row
from comity.sources.year_facts import columns_of, fact_tables, named_states, says_anything
from comity.vocab.dates import Dated

LOWEST_SCORE = -10  # below it stand -66, -77 and -88: interruption, interregnum, transition
ENDINGS = ("96", "98")  # in `change`: the polity broke up, or ended and was followed by another
HORIZON = date(2018, 12, 31)
SCORES = {
    "polity": "polity_score",
    "democ": "polity_democracy_score",
    "autoc": "polity_autocracy_score",
    "xrreg": "executive_recruitment_regulation_code",
    "xrcomp": "executive_recruitment_competition_code",
    "xropen": "executive_recruitment_openness_code",
    "xconst": "executive_constraint_code",
    "parreg": "participation_regulation_code",
    "parcomp": "participation_competition_code",
    "exrec": "executive_recruitment_code",
    "exconst": "executive_constraint_concept_code",
    "polcomp": "political_competition_code",
}
INTERRUPTION = "polity_interruption_code"
YEARLY = {
    "polity2": "polity2_score",
    "durable": "regime_durability_years",
    "flag": "polity_confidence_code",
    "fragment": "polity_fragmentation_code",
    "prior": "polity_prior_code",
    "interim": "polity_interim_code",
    "post": "polity_post_code",
    "change": "polity_change_code",
    "d5": "regime_change_code",
    "sf": "state_failure_code",
    "regtrans": "regime_transition_code",
}
INDICES = {
    "v2x_polyarchy": "electoral_democracy_index",
    "euds": "unified_democracy_score",
    "aeuds": "unified_democracy_adjusted_score",
}


def state_spell(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per spell of unchanged coding and score; a mark in place of a score stands alone."""
    rows = list(raw.rows("spells"))
    states = [state for part in columns_of(rows) for state in named_states(part, "country", "byear").to_pylist()]
    for row, state in zip(rows, states, strict=True):
        start = _needed_date(row)
        end = _end(row)
        if end is not None and end.day < start.day:
            raise row.broken("eyear", f"is an end before the start in {row.plain('byear')}")
        spell = {
            "state": state,
            "item": "",
            "start_date": start.day,
            "start_precision": start.precision,
            "end_date": end.day if end else None,
            "end_precision": end.precision if end else None,
            "known_until": HORIZON,
            "row_ref": row.ref("ccode", "byear", "bmonth", "bday"),
        }
        for fact, value in _scores(row):
            yield spell | {"fact": fact, "value": float(value)}


def state_year_fact(raw: Raw) -> Iterator[pa.Table]:
    """One row per state, year and number, of Polity's yearly file and of the two files of democracy scores."""
    for name in ("years", "years_converted"):
        for part in columns_of(raw.rows(name)):
            yield from _polity_years(raw, part)
    for name, system, code, item in (("democracy_cow", "cow", "ccode", ""), ("democracy_gw", "gw", "gwcode", "gw")):
        for part in columns_of(raw.rows(name)):
            kept = raw.keep(part, says_anything(part, tuple(INDICES)), "no score is known")
            base = _base(kept, kept.states(code, system, "year"), code)
            yield from fact_tables(base, {fact: kept.numbers(column) for column, fact in INDICES.items()}, item)


def _polity_years(raw: Raw, given: Columns) -> Iterator[pa.Table]:
    columns = raw.keep(given, _lasting(given), "the state's polity that ended in a year another began")
    base = _base(columns, named_states(columns, "country", "year"), "ccode")
    nothing = pa.scalar(None, pa.float64())
    facts = {fact: columns.numbers(column) for column, fact in YEARLY.items()}
    for column, fact in SCORES.items():
        values = columns.numbers(column)
        is_score = pc.greater_equal(values, LOWEST_SCORE)
        facts[fact] = pc.if_else(is_score, values, nothing)
        if column == "polity":
            facts[INTERRUPTION] = pc.if_else(is_score, nothing, values)
    yield from fact_tables(base, facts)


def _lasting(columns: Columns) -> pa.ChunkedArray:
    """False for the polity that ended, where one state has two in a year (Sardinia and Italy in 1861)."""
    states = named_states(columns, "country", "year").to_pylist()
    places = list(zip(states, columns.text("year").to_pylist(), strict=True))
    counts = Counter(places)
    is_alone = pa.array([counts[place] == 1 for place in places])
    is_ending = pc.is_in(columns.text("change"), value_set=pa.array(ENDINGS))
    return pc.or_(pc.invert(is_ending), is_alone)


def _base(columns: Columns, states: pa.Array, code: str) -> pa.Table:
    return pa.table({"state": states, "year": columns.integers("year"), "row_ref": columns.refs(code, "year")})


def _scores(row: Row) -> Iterator[tuple[str, int]]:
    """The facts of one spell: its scores and components, or the mark that stands in their place."""
    polity = row.needed_integer("polity")
    if polity < LOWEST_SCORE:
        yield INTERRUPTION, polity
        return
    for column, fact in SCORES.items():
        value = row.integer(column)
        if value is not None:
            yield fact, value


def _needed_date(row: Row) -> Dated:
    found = row.date_parts(("byear", "bmonth", "bday"))
    if found is None:
        raise row.broken("byear", "must not be missing")
    return found


def _end(row: Row) -> Dated | None:
    """The last day; 9999 is a spell still open."""
    is_open = row.needed_integer("eyear") == 9999
    return None if is_open else row.date_parts(("eyear", "emonth", "eday"), edge="end")
