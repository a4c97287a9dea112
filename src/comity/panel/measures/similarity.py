"""How alike the foreign policies of two states are, from the alliances that each holds with every state."""

import numpy as np

from comity.panel.measure import Column, measure
from comity.panel.similarity import kappa, pi, s_absolute, s_squared, similarity_by_year
from comity.panel.spines import Spine

TOP = 3
_OBLIGATIONS = (
    "is_defense_ally",
    "is_offense_ally",
    "is_neutrality_ally",
    "is_nonaggression_ally",
    "is_consultation_ally",
)
_LEVEL = ("alliance_obligation_level",)
_LEVEL_AND_WEIGHT = ("alliance_obligation_level", "cinc_share")


@measure(unit="dyad_year", type="category", measured_in="level 0 to 3", of=_OBLIGATIONS)
def alliance_obligation_level(
    defense: Column, offense: Column, neutrality: Column, nonaggression: Column, consultation: Column
) -> Column:
    """The strongest alliance obligation: 3 defense or offense, 2 neutrality or nonaggression, 1 consultation, 0 none.

    The order of Signorino and Ritter (1999) and Haege (2011), who count an entente where consultation stands here. It
    is contested: the R package fpsim, after Chiba and others (2022), puts neutrality beside consultation and
    nonaggression below both. The measures named `binary` need no order.
    Null where an obligation that would decide the level is unknown.
    """
    level = _step(consultation, 1.0, np.zeros_like(consultation))
    level = _step(nonaggression, 2.0, level)
    level = _step(neutrality, 2.0, level)
    level = _step(offense, 3.0, level)
    return _step(defense, 3.0, level)


def _step(is_held: Column, level: float, below: Column) -> Column:
    """The level where the obligation is held, what lies below where it is not; unknown unless below is as high."""
    unless: Column = np.where(np.isnan(is_held) & ~(below == level), np.nan, below)
    held: Column = np.where(is_held == 1, level, unless)
    return held


@measure(unit="dyad_year", type="number", measured_in="S", of=_LEVEL, over="years")
def alliance_similarity_s(level: Column, rows: Spine) -> Column:
    """How alike the two states' alliances with all states are: S with absolute distances, -1 opposite to 1 the same.

    Signorino and Ritter (1999), on `alliance_obligation_level` with every member of the year. A state is its own
    defense ally, as they and Haege (2011) have it. S is high wherever two states have few allies; `kappa` and `pi`
    correct for that. Null where a tie of either state to any member is unknown. Two states that were never members on
    the same day (West and united Germany in 1990) are left out of the portfolios compared with each other's.
    """
    return similarity_by_year(s_absolute, level, rows, TOP)


@measure(unit="dyad_year", type="number", measured_in="S", of=_LEVEL, over="years")
def alliance_similarity_s_squared(level: Column, rows: Spine) -> Column:
    """How alike the two states' alliances are: as `alliance_similarity_s`, with squared distances.

    A tie that only one of the two holds counts more the stronger it is.
    """
    return similarity_by_year(s_squared, level, rows, TOP)


@measure(unit="dyad_year", type="number", measured_in="kappa", of=_LEVEL, over="years")
def alliance_similarity_kappa(level: Column, rows: Spine) -> Column:
    """How alike the two states' alliances are beyond chance: Cohen's kappa, 1 the same, 0 chance, below 0 less.

    With squared distances as in Haege (2011); chance is each state's own habit of holding ties. Portfolios and nulls
    as in `alliance_similarity_s`; null too where both hold one and the same tie with everyone.
    """
    return similarity_by_year(kappa, level, rows, TOP)


@measure(unit="dyad_year", type="number", measured_in="pi", of=_LEVEL, over="years")
def alliance_similarity_pi(level: Column, rows: Spine) -> Column:
    """How alike the two states' alliances are beyond chance: Scott's pi, 1 the same, 0 chance, below 0 less.

    As `alliance_similarity_kappa`, but chance is the habit of the two states taken together, so a difference in how
    many ties they hold counts as unlike. With squared distances as in Haege (2011); the R package fpsim compares the
    levels as mere categories.
    """
    return similarity_by_year(pi, level, rows, TOP)


@measure(unit="dyad_year", type="number", measured_in="S", of=_LEVEL, over="years")
def alliance_similarity_s_binary(level: Column, rows: Spine) -> Column:
    """How alike the two states' alliances are: S of whether there is any obligation at all.

    As `alliance_similarity_s`, which needs an order of obligations where this one needs none.
    """
    return similarity_by_year(s_squared, _any(level), rows, 1)


@measure(unit="dyad_year", type="number", measured_in="kappa", of=_LEVEL, over="years")
def alliance_similarity_kappa_binary(level: Column, rows: Spine) -> Column:
    """How alike the two states' alliances are beyond chance: Cohen's kappa of whether there is any obligation at all.

    As `alliance_similarity_kappa`, which needs an order of obligations where this one needs none.
    """
    return similarity_by_year(kappa, _any(level), rows, 1)


@measure(unit="dyad_year", type="number", measured_in="pi", of=_LEVEL, over="years")
def alliance_similarity_pi_binary(level: Column, rows: Spine) -> Column:
    """How alike the two states' alliances are beyond chance: Scott's pi of whether there is any obligation at all.

    As `alliance_similarity_pi`, which needs an order of obligations where this one needs none.
    """
    return similarity_by_year(pi, _any(level), rows, 1)


@measure(unit="dyad_year", type="number", measured_in="S", of=_LEVEL_AND_WEIGHT, over="years")
def alliance_similarity_s_weighted(level: Column, cinc_a: Column, cinc_b: Column, rows: Spine) -> Column:
    """How alike the two states' alliances are, ties to the powerful counting more: weighted S, absolute distances.

    As `alliance_similarity_s`; a tie counts by the `cinc_share` of the state it is with, the two states themselves
    among them. Null for every pair of a year in which the share of a member is unknown: no year to 2022 in the state
    system of CoW, nearly every year in that of Gleditsch and Ward.
    """
    return similarity_by_year(s_absolute, level, rows, TOP, (cinc_a, cinc_b))


@measure(unit="dyad_year", type="number", measured_in="S", of=_LEVEL_AND_WEIGHT, over="years")
def alliance_similarity_s_squared_weighted(level: Column, cinc_a: Column, cinc_b: Column, rows: Spine) -> Column:
    """How alike the two states' alliances are: as `alliance_similarity_s_weighted`, with squared distances."""
    return similarity_by_year(s_squared, level, rows, TOP, (cinc_a, cinc_b))


@measure(unit="dyad_year", type="number", measured_in="kappa", of=_LEVEL_AND_WEIGHT, over="years")
def alliance_similarity_kappa_weighted(level: Column, cinc_a: Column, cinc_b: Column, rows: Spine) -> Column:
    """How alike the two states' alliances are beyond chance: Cohen's kappa, ties to the powerful counting more.

    As `alliance_similarity_kappa`, weighted as `alliance_similarity_s_weighted`. Haege (2011) weights S alone.
    """
    return similarity_by_year(kappa, level, rows, TOP, (cinc_a, cinc_b))


@measure(unit="dyad_year", type="number", measured_in="pi", of=_LEVEL_AND_WEIGHT, over="years")
def alliance_similarity_pi_weighted(level: Column, cinc_a: Column, cinc_b: Column, rows: Spine) -> Column:
    """How alike the two states' alliances are beyond chance: Scott's pi, ties to the powerful counting more.

    As `alliance_similarity_pi`, weighted as `alliance_similarity_s_weighted`. Haege (2011) weights S alone.
    """
    return similarity_by_year(pi, level, rows, TOP, (cinc_a, cinc_b))


@measure(unit="dyad_year", type="number", measured_in="S", of=_LEVEL_AND_WEIGHT, over="years")
def alliance_similarity_s_binary_weighted(level: Column, cinc_a: Column, cinc_b: Column, rows: Spine) -> Column:
    """How alike the two states' alliances are: S of whether there is any obligation, weighted by `cinc_share`.

    As `alliance_similarity_s_binary`, weighted as `alliance_similarity_s_weighted`.
    """
    return similarity_by_year(s_squared, _any(level), rows, 1, (cinc_a, cinc_b))


@measure(unit="dyad_year", type="number", measured_in="kappa", of=_LEVEL_AND_WEIGHT, over="years")
def alliance_similarity_kappa_binary_weighted(level: Column, cinc_a: Column, cinc_b: Column, rows: Spine) -> Column:
    """How alike the two states' alliances are beyond chance: kappa of any obligation, weighted by `cinc_share`.

    As `alliance_similarity_kappa_binary`, weighted as `alliance_similarity_s_weighted`.
    """
    return similarity_by_year(kappa, _any(level), rows, 1, (cinc_a, cinc_b))


@measure(unit="dyad_year", type="number", measured_in="pi", of=_LEVEL_AND_WEIGHT, over="years")
def alliance_similarity_pi_binary_weighted(level: Column, cinc_a: Column, cinc_b: Column, rows: Spine) -> Column:
    """How alike the two states' alliances are beyond chance: pi of any obligation, weighted by `cinc_share`.

    As `alliance_similarity_pi_binary`, weighted as `alliance_similarity_s_weighted`.
    """
    return similarity_by_year(pi, _any(level), rows, 1, (cinc_a, cinc_b))


def _any(level: Column) -> Column:
    """Whether there is any obligation: 0 or 1, unknown where the level is."""
    tie: Column = np.where(np.isnan(level), np.nan, level > 0)
    return tie
