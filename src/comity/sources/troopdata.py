"""People of the United States' forces abroad, their bases, construction and senior visits (troopdata project)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

from comity.errors import UnknownWord
from comity.sources.raw import Raw, Row
from comity.vocab.states import find_territory, state

SERVICES = ("army", "navy", "air_force", "marine_corps")
RESERVES = ("Army National Guard", "Army Reserve", "Navy Reserve", "Marine Corps Reserve", "Air National Guard")
# Our name for each number, and its column in the reports of our day and in those before 2008.
REPORTED = {
    "troop_count": ("troops_ad", "troops_ad"),
    **{f"{service}_troop_count": (f"{service.replace('_', ' ').title()} Active Duty", f"{service}_ad") for service in SERVICES},
    "coast_guard_troop_count": ("Coast Guard Active Duty", None),
    "space_force_troop_count": ("Space Force Active Duty", None),
    **{f"{column.lower().replace(' ', '_')}_count": (column, None) for column in RESERVES},
    "air_force_reserve_count": ("Air Force Reserve", None),
    "coast_guard_reserve_count": ("Coast Guard Reserve", None),
    "selected_reserve_count": ("Total Selected Reserve", None),
    "army_civilian_count": ("Army Civilian", None),
    "navy_civilian_count": ("Navy Civilian", None),
    "marine_corps_civilian_count": ("Marine Corps Civilian", None),
    "air_force_civilian_count": ("Air Force Civilian", None),
    "defense_civilian_count": ("DOD Civilian", None),
    "civilian_count": ("Total Civilian", None),
}
QUARTERLY = {"troop_count": "troops_ad"} | {f"{service}_troop_count": f"{service}_ad" for service in SERVICES}
IMPUTED = "Stepwise Imputation"
NOT_A_COUNT = re.compile(r"(?i)\bnot available\b|\(see\b")
UNITED_STATES = 2
OWN_CODES = (6, 990)  # Puerto Rico, and the last code of a state: what lies above was made up by the project
