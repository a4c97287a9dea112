"""Panels: spines of states or pairs and years or months, and the measures that fill them."""

from __future__ import annotations

import importlib
from typing import Any

_HOMES = {
    "SYSTEMS": "systems",
    "UNITS": "spines",
    "Measure": "measure",
    "Panel": "frame",
    "Spine": "spines",
    "StateSystem": "systems",
    "find_measure": "measure",
    "known_measures": "measure",
    "panel": "frame",
    "read_panel": "reading",
    "spine": "spines",
    "state_system": "systems",
}
__all__ = [*_HOMES]


def __getattr__(name: str) -> Any:
    # Reading a stored panel needs none of what making one does.
    if name not in _HOMES:
        raise AttributeError(f"comity.panel has no {name!r}; it has {', '.join(__all__)}")
    return getattr(importlib.import_module(f"comity.panel.{_HOMES[name]}"), name)
