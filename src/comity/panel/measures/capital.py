"""How far two states' capitals lie from each other."""

import numpy as np

from comity.panel.measure import Column, measure
from comity.panel.spines import Spine

RADIUS_M = 6_378_137.0  # the equatorial radius of WGS 84, which the field's programs take for a sphere


@measure(unit="dyad_year", type="number", measured_in="kilometers")
def capital_distance_km(rows: Spine) -> Column:
    """Distance between the two states' capitals at the start of the year, along a great circle of a sphere.

    The capital is the one on the first day of the year, or the first one of a state that began later in it; capitals
    and where they lie are comity's own list. The radius is 6,378,137 m, and the formula Vincenty's for a sphere.
    """
    apart, capital = _between_capitals(rows)
    count, steps = apart.shape[1], np.int32(len(rows.index.span))
    assert rows.state_b is not None
    one, other = (np.take(capital, state * steps + rows.step) for state in (rows.state_a, rows.state_b))
    distance: Column = np.take(apart, one * np.int32(count) + other)
    return distance


@measure(unit="state_year", type="number", measured_in="kilometers", over="years")
def nearest_capital_km(rows: Spine) -> Column:
    """Distance from the state's capital to the nearest capital of another member of the system in the year.

    Of members on the same day; see `capital_distance_km`.
    """
    apart, capital = _between_capitals(rows)
    number = rows.index.state_numbers(list(rows.system.states))
    missed: dict[int, list[tuple[int, int]]] = {}
    for one, other, step in rows.system.apart(rows.index.span):
        missed.setdefault(step, []).append((int(number[one]), int(number[other])))
    is_member = np.zeros(capital.shape, dtype=bool)
    is_member[rows.state_a, rows.step] = True
    nearest = np.full(capital.shape, np.nan)
    for step in range(len(rows.index.span)):
        members = np.flatnonzero(is_member[:, step])
        held = capital[members, step]
        onward = np.triu(apart[held[:, None], held], 1)
        distance = onward + onward.T  # bit for bit that of the pair, which runs from its first state to its second
        np.fill_diagonal(distance, np.nan)
        for pair in missed.get(step, []):
            one, other = np.searchsorted(members, pair)
            distance[one, other] = distance[other, one] = np.nan
        nearest[members, step] = np.fmin.reduce(distance, axis=1)
    found: Column = nearest[rows.state_a, rows.step]
    return found


def _between_capitals(rows: Spine) -> tuple[Column, Column]:
    """The distance between each two capitals, and the number of the capital of every state and step."""
    spells = sorted(rows.system.capitals(), key=lambda spell: spell.start, reverse=True)
    place = {state: number for number, state in enumerate(rows.index.states)}
    # The last row and column of the table of distances are of states without a capital.
    capital = np.full((len(place), len(rows.index.span)), len(spells), dtype=np.int32)
    for number, spell in enumerate(spells):
        if spell.state in place:  # the earliest spell comes last, so it keeps the steps in which two meet
            capital[place[spell.state], rows.index.span.overlap(spell.start, spell.end)] = number
    return great_circle_km(np.radians([*(spell.what for spell in spells), (np.nan, np.nan)])), capital


def great_circle_km(places: Column) -> Column:
    """Distance between each two of some places, given as latitude and longitude in radians.

    Vincenty's formula for a sphere, which stays exact for near and for opposite places.

    >>> great_circle_km(np.radians([(0.0, 0.0), (0.0, 90.0)]))[0, 1].round(3).item()
    10018.754
    """
    one, other = (places[:, None, each] for each in (0, 1)), (places[None, :, each] for each in (0, 1))
    (lat_a, lon_a), (lat_b, lon_b) = one, other
    apart = lon_b - lon_a
    across = np.cos(lat_b) * np.sin(apart)
    along = np.cos(lat_a) * np.sin(lat_b) - np.sin(lat_a) * np.cos(lat_b) * np.cos(apart)
    inward = np.sin(lat_a) * np.sin(lat_b) + np.cos(lat_a) * np.cos(lat_b) * np.cos(apart)
    distance: Column = RADIUS_M * np.arctan2(np.sqrt(across**2 + along**2), inward) / 1000
    return distance
