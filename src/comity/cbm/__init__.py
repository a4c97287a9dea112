"""Confidence-building: which rules an activity brings about, who must be told by when, and what is ruled out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comity import opened

if TYPE_CHECKING:
    from comity.cbm.activity import Activity, Placed
    from comity.cbm.engine import check
    from comity.cbm.loading import InRegime, Regimes, load_regimes
    from comity.cbm.reading import read_activities
    from comity.cbm.rows import Checked, Row
    from comity.cbm.yearly import yearly_duties

_HOMES = {
    "Activity": "comity.cbm.activity",
    "Checked": "comity.cbm.rows",
    "InRegime": "comity.cbm.loading",
    "Placed": "comity.cbm.activity",
    "Regimes": "comity.cbm.loading",
    "Row": "comity.cbm.rows",
    "check": "comity.cbm.engine",
    "load_regimes": "comity.cbm.loading",
    "read_activities": "comity.cbm.reading",
    "yearly_duties": "comity.cbm.yearly",
}
__all__ = [
    "Activity",
    "Checked",
    "InRegime",
    "Placed",
    "Regimes",
    "Row",
    "check",
    "load_regimes",
    "read_activities",
    "yearly_duties",
]


def __getattr__(name: str) -> Any:
    return opened(__name__, _HOMES, name)
