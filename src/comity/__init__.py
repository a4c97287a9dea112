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
    "read_panel": "comity.panel.reading",
    "writing": "comity.store",
}
__all__ = [
    "ComityError",
    "__version__",
    "find_state",
    "load_register",
    "load_source",
    "open_store",
    "read_panel",
    "writing",
]


def opened(package: str, homes: dict[str, str], name: str) -> Any:
    """A public name of a package, imported from its home only now; AttributeError lists those there are."""
    if name not in homes:
        raise AttributeError(f"{package} has no {name!r}; it has {', '.join(homes)}")
    return getattr(importlib.import_module(homes[name]), name)


def __getattr__(name: str) -> Any:
    return opened(__name__, _HOMES, name)
