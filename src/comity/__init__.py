"""comity: the open system for military diplomacy.

The public list is what a user may rely on; everything is imported only when it is asked for.
"""

from __future__ import annotations

import importlib
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "ComityError": "comity.errors",
    "find_state": "comity.vocab.states",
    "load_register": "comity.record",
    "load_source": "comity.sources",
    "open_store": "comity.session",
    "writing": "comity.store",
}
__all__ = [
    "ComityError",
    "__version__",
    "find_state",
    "load_register",
    "load_source",
    "open_store",
    "writing",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"comity has no {name!r}; it has {', '.join(__all__)}")
    return getattr(importlib.import_module(_HOMES[name]), name)
