"""How long two states have been at peace, and how often they were not."""

import numpy as np

from comity.panel.measure import Column, measure
from comity.panel.spells import Flags, decayed_past, past_sum, rows_since, unit_starts, years_since
from comity.panel.spines import Spine

# Half of the weight of a dispute is gone after eight years: long enough that a pair is not forgiven at the next
# election, short enough that the disputes of one generation do not decide the next one's.
HALF_LIFE = 8.0


@measure(unit="dyad_year", type="number", measured_in="years", over="history")
def years_together(rows: Spine) -> Column:
    """Calendar years since the two states were first members of the state system together, from 1816 on."""
    return years_since(np.zeros(len(rows)), _starts(rows), rows.year)


@measure(unit="dyad_year", type="number", measured_in="years", of=("dispute_ongoing",), over="history")
def dispute_peace_years(ongoing: Column, rows: Spine) -> Column:
    """Calendar years between the pair's last year with a militarized dispute, or its first year, and this year.

    0 in the year after a dispute and in the pair's first year; a year with a dispute has the years of peace until
    then. The clock runs on through years in which the two are not both members: those who come back after 24 years
    have 24 years more. Null once a year since then is unknown. It does not depend on which rows a panel keeps.
    """
    return years_since(ongoing, _starts(rows), rows.year)


@measure(unit="dyad_year", type="number", measured_in="years", of=("mid_ongoing",), over="history")
def mid_peace_years(ongoing: Column, rows: Spine) -> Column:
    """Calendar years between the pair's last year with a militarized interstate dispute, or its first, and this year.

    As `dispute_peace_years`, for the disputes of `mid_ongoing`.
    """
    return years_since(ongoing, _starts(rows), rows.year)


@measure(unit="dyad_year", type="number", measured_in="years", of=("war_ongoing",), over="history")
def war_peace_years(ongoing: Column, rows: Spine) -> Column:
    """Calendar years between the pair's last year at war with each other, or its first year, and this year.

    As `dispute_peace_years`, for the wars of `war_ongoing`.
    """
    return years_since(ongoing, _starts(rows), rows.year)


@measure(unit="dyad_year", type="count", measured_in="rows", of=("dispute_ongoing",), over="rows")
def dispute_peace_rows(ongoing: Column, rows: Spine) -> Column:
    """Rows of the pair since the row after its last one with a militarized dispute, or since its first in the panel.

    This is how the package peacesciencer counts peace. A pair that left and came back goes on as if no year had
    passed, and a panel of relevant pairs counts only relevant years. `dispute_peace_years` counts by the calendar.
    """
    return rows_since(ongoing, _starts(rows))


@measure(unit="dyad_year", type="count", measured_in="rows", of=("mid_ongoing",), over="rows")
def mid_peace_rows(ongoing: Column, rows: Spine) -> Column:
    """Rows of the pair since the row after its last one with a militarized interstate dispute, or since its first.

    As `dispute_peace_rows`, for the disputes of `mid_ongoing`; `mid_peace_years` counts by the calendar.
    """
    return rows_since(ongoing, _starts(rows))


@measure(unit="dyad_year", type="count", measured_in="disputes", of=("dispute_onset_count",), over="history")
def past_dispute_count(count: Column, rows: Spine) -> Column:
    """Number of militarized disputes that began between the two states in all earlier years since 1816.

    Disputes that begin in the year itself are left out. Null once an earlier year of the pair is unknown.
    """
    return past_sum(count, _starts(rows))


@measure(unit="dyad_year", type="number", measured_in="disputes", of=("dispute_onset_count",), over="history")
def dispute_history(count: Column, rows: Spine) -> Column:
    """Militarized disputes that began between the two states in earlier years, each fading with time.

    A dispute that began t years ago counts as one half to the power of t / 8: after eight years it counts half.
    Disputes that begin in the year itself are left out. Null once an earlier year of the pair is unknown.
    """
    return decayed_past(count, _starts(rows), rows.year, HALF_LIFE)


def _starts(rows: Spine) -> Flags:
    assert rows.state_b is not None
    return unit_starts(rows.state_a, rows.state_b)
