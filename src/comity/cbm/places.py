"""What the place of an activity tells of zones and distances, from the packaged outlines of states.

Given to `check` as `zones=placed_by_outlines`. Borders are those of today, so they judge no activity from before 1993,
when the last borders between the successors of Czechoslovakia, Yugoslavia and the Soviet Union had been drawn; seas
judge every year. Inside the error of a line the answer is None, and a distance is a span.
"""

from __future__ import annotations

from functools import lru_cache

from comity.cbm.activity import Activity, Placed
from comity.vocab.geometry import in_zone, line_distance_km, states_near
from comity.vocab.geometry.borders import LINES
from comity.vocab.geometry.zoning import TERRITORIAL_KM, shore_distance_km

FIRST_YEAR = 1993
SEAS = ("black_sea", "turkish_straits", "aegean", "scs", "kor_west_sea", "kor_east_sea")
BY_BORDERS = ("osce_csbm", *LINES)


def placed_by_outlines(activity: Activity) -> Placed:
    """The zones that an activity's latitude and longitude put it in or out of, and its distances from lines.

    An activity without both is told nothing by its place. A zone that is missing in the answer is one that the
    outlines cannot judge; the host may still tell.

    >>> given = {"type": "field_exercise", "host": "RUS", "start": "2027-09-01"}
    >>> east = placed_by_outlines(Activity.from_dict({**given, "lat": 55.03, "lon": 82.92}))
    >>> west = placed_by_outlines(Activity.from_dict({**given, "lat": 54.71, "lon": 20.51}))
    >>> east.zones["osce_csbm"], west.zones["osce_csbm"]
    (False, True)
    """
    if activity.latitude is None or activity.longitude is None:
        return Placed()
    is_modern = activity.day is None or activity.day.year >= FIRST_YEAR
    return _placed(activity.latitude, activity.longitude, is_modern)


@lru_cache(maxsize=4096)
def _placed(latitude: float, longitude: float, is_modern: bool) -> Placed:
    zones = {zone: in_zone(latitude, longitude, zone) for zone in SEAS}
    zones |= {"at_sea": _is_at_sea(latitude, longitude), "high_seas": _is_on_high_seas(latitude, longitude)}
    if not is_modern:
        return Placed(zones)
    zones |= {zone: in_zone(latitude, longitude, zone) for zone in BY_BORDERS}
    distances = {}
    for line in LINES:
        if zones[line] is not False or line == "border_chn_cis_100":
            found = line_distance_km(latitude, longitude, line)
            distances[line] = (max(found.km - found.error_km, 0.0), found.km + found.error_km)
    return Placed(zones, distances)


def _is_at_sea(latitude: float, longitude: float) -> bool | None:
    answers = {claims == () for claims in states_near(latitude, longitude)}
    return answers.pop() if len(answers) == 1 else None


def _is_on_high_seas(latitude: float, longitude: float) -> bool | None:
    """Beyond 12 nautical miles of any land; a territorial sea that a state claims wider or narrower is not known."""
    if _is_at_sea(latitude, longitude) is False:
        return False
    within = shore_distance_km(latitude, longitude).is_within(TERRITORIAL_KM)
    return None if within is None else not within
