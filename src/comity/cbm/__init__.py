"""Confidence-building: which rules an activity brings about, who must be told by when, and what is ruled out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comity import opened

if TYPE_CHECKING:
    from comity.cbm.activity import Activity, Placed
    from comity.cbm.engagements import recorded, stored
    from comity.cbm.engine import check
    from comity.cbm.loading import InRegime, Regimes, load_regimes
    from comity.cbm.reading import activities_of, read_activities
    from comity.cbm.rows import Checked, Row
    from comity.cbm.yearly import yearly_duties

_HOMES = {
    "Activity": "comity.cbm.activity",
    "Checked": "comity.cbm.rows",
    "InRegime": "comity.cbm.loading",
    "Placed": "comity.cbm.activity",
    "Regimes": "comity.cbm.loading",
    "Row": "comity.cbm.rows",
    "activities_of": "comity.cbm.reading",
    "check": "comity.cbm.engine",
    "load_regimes": "comity.cbm.loading",
    "read_activities": "comity.cbm.reading",
    "recorded": "comity.cbm.engagements",
    "stored": "comity.cbm.engagements",
    "yearly_duties": "comity.cbm.yearly",
}
__all__ = [
    "Activity",
    "Checked",
    "InRegime",
    "Placed",
    "Regimes",
    "Row",
    "activities_of",
    "check",
    "load_regimes",
    "read_activities",
    "recorded",
    "stored",
    "yearly_duties",
]


def __getattr__(name: str) -> Any:
    return opened(__name__, _HOMES, name)
