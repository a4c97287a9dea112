"""Visits and port calls between two states in a year: how many, of whom, in which direction, and what is left."""

from comity.panel.measure import Column, measure
from comity.panel.measures.engagement import HALF_LIFE_YEARS, directed, larger_of, together
from comity.panel.spells import decayed_stock, unit_starts
from comity.panel.spines import Spine

_BETWEEN = "NOT (a.role = b.role AND a.role IN ('visitor', 'host'))"
_TRAVEL = ("visitor", "host")


def _visits(level: str) -> str:
    return directed("visit", _TRAVEL, where=f"e.level = '{level}'")


@measure(unit="dyad_year", type="count", measured_in="visits", kind="visit")
def visit_count() -> str:
    """Number of visits of leaders, ministers and chiefs between the two states, either way, begun in the year.

    Two states that are visited on one journey, or that visit a third together, did not visit each other. Only visits
    that are known one by one count, not what a source says of a whole year. No source knows all visits, so there is no
    zero.
    """
    return together("visit", where=_BETWEEN)


@measure(unit="dyad_year", type="count", measured_in="visits", kind="visit", is_directed=True)
def leader_visit_count() -> str:
    """Number of visits of the one state's head of state or government to the other, begun in the year.

    Known one by one, or counted by a source for the whole year; of the two the larger stands. A source that counts
    whole years, as is done for China and its neighbors, may say that there was none; elsewhere there is no zero, since
    no source knows all visits. Party and paramount leaders of China count as heads.
    """
    return larger_of(_visits("head"), "leader_visit_count", ("from_state", "to_state"))


@measure(unit="dyad_year", type="count", measured_in="visits", kind="visit", is_directed=True)
def minister_visit_count() -> str:
    """Number of visits of the one state's ministers to the other, begun in the year.

    Mostly those of the Secretary of State of the United States; no source knows all, so there is no zero.
    """
    return _visits("minister")


@measure(unit="dyad_year", type="count", measured_in="visits", kind="visit", is_directed=True)
def chief_visit_count() -> str:
    """Number of visits of the one state's chiefs of defense or of a service, or vice-ministers, to the other.

    Begun in the year. The secretaries of a service and the Commandant of the Marine Corps of the United States are
    such; no source knows all, so there is no zero.
    """
    return _visits("chief")


@measure(unit="dyad_year", type="count", measured_in="visits", kind="visit", is_directed=True)
def commander_visit_count() -> str:
    """Number of visits of the one state's commanders and general officers to the other, begun in the year.

    No source knows all, so there is no zero.
    """
    return _visits("commander")


@measure(unit="dyad_year", type="count", measured_in="visits", kind="visit")
def military_visit_count() -> str:
    """Number of visits of chiefs, commanders and other military leaders between the two states, either way.

    Begun in the year. Known one by one, or counted by a source for the whole year; of the two the larger stands. A
    source that counts whole years, as is done for China, may say that there was none; elsewhere there is no zero.
    """
    known = together("visit", where=f"{_BETWEEN} AND e.level IN ('chief', 'commander')")
    return larger_of(known, "military_visit_count", ("state_a", "state_b"))


@measure(unit="dyad_year", type="count", measured_in="port calls", kind="port_call", is_directed=True)
def port_call_count() -> str:
    """Number of times warships of the one state called at ports of the other, begun in the year.

    Ships that come together call once. No source knows all port calls, so there is no zero.
    """
    return directed("port_call", _TRAVEL)


@measure(unit="dyad_year", type="number", measured_in="visits", of=("visit_count",), over="history")
def visit_stock(visit_count: Column, rows: Spine) -> Column:
    """What is left of the visits between the two states up to this year, when what is left halves every five years.

    The sum over the years so far of visit_count × 0.5^(years since / 5), this year's count included whole; five years
    as for exercises, so that the two compare. It is null where this year's count is unknown, and starts anew after such
    a year. Since visits are known only where they are listed, a year without one breaks it off: it tells of unbroken
    runs of years with visits and of nothing before them.
    """
    assert rows.state_b is not None
    starts = unit_starts(rows.state_a, rows.state_b)
    return decayed_stock(visit_count, starts, rows.year, HALF_LIFE_YEARS)
