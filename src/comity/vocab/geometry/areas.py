"""Names for maps: areas that more than one state claims (`areas.yml`), and waters (`waters.yml`).

The lists help maps to take no side. They are ours, not complete, and say nothing of who is right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from comity.vocab.states import state

_KEYS = frozenset({"name", "claims", "at", "unit", "shown_km"})
_WORD = re.compile(r"\w{4,}")
_COMMON = frozenset(
    {"archipelago", "heights", "islands", "northern", "part", "region", "south", "southern", "territories", "triangle"}
    | {"valley", "western"}
)  # words that tell no place from another


@dataclass(frozen=True, slots=True)
class DisputedArea:
    """One area: its names, the states that claim it or govern there, and where its name stands on a map.

    `at` is longitude and latitude; `unit` its code in the outlines, None where it is too small or has no line of its
    own; `shown_km` the width of the widest map on which it is named.
    """

    name: str
    claims: tuple[str, ...]
    at: tuple[float, float]
    unit: str | None
    shown_km: float

    def is_named(self, text: str) -> bool:
        """Whether a name is one of this area's: they share a word that tells places apart.

        >>> area = next(area for area in disputed_areas() if area.unit == "FLK")
        >>> area.is_named("Malvinas"), area.is_named("South Sandwich Islands")
        (True, False)
        """
        return is_same_place(self.name.partition("(")[0], text)


def is_same_place(one: str, other: str) -> bool:
    """Whether two names of land between the same states share a word that tells places apart.

    >>> is_same_place("Falkland Islands/Malvinas", "Falkland (Malvinas) Is. & Dependencies")
    True
    >>> is_same_place("Falkland Islands/Malvinas", "South Sandwich Islands")
    False
    """
    return bool(_words(one) & _words(other))


def _words(name: str) -> frozenset[str]:
    """The words of a name that other places do not bear, whatever apostrophe it is written with."""
    plain = name.casefold().translate({ord("’"): None, ord("'"): None})
    return frozenset(_WORD.findall(plain)) - _COMMON


@cache
def disputed_areas() -> tuple[DisputedArea, ...]:
    """Every area of the list.

    >>> next(area.claims for area in disputed_areas() if area.unit == "CRM")
    ('RUS', 'UKR')
    """
    import yaml

    found = []
    text = (files("comity.vocab.geometry") / "areas.yml").read_text(encoding="utf-8")
    for row in yaml.load(text, Loader=yaml.CSafeLoader):
        if unknown := set(row) - _KEYS:
            raise ValueError(f"areas.yml: {row['name']}: unknown keys {sorted(unknown)}")
        claims = tuple(sorted(state(code).code for code in row["claims"]))
        longitude, latitude = row["at"]
        found.append(DisputedArea(row["name"], claims, (longitude, latitude), row.get("unit"), row["shown_km"]))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Water:
    """A sea, gulf or strait: where its name stands, and the widths in km of the maps that show it."""

    name: str
    at: tuple[float, float]
    shown_km: tuple[float, float]


@cache
def waters() -> tuple[Water, ...]:
    """Every water of the list; two names where states use two.

    >>> next(water.name for water in waters() if "Japan" in water.name)
    'East Sea / Sea of Japan'
    """
    import yaml

    text = (files("comity.vocab.geometry") / "waters.yml").read_text(encoding="utf-8")
    return tuple(
        Water(row["name"], tuple(row["at"]), tuple(row["shown_km"])) for row in yaml.load(text, Loader=yaml.CSafeLoader)
    )
