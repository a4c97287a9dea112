"""The publishers' real files, loaded once for every mirror test of one process."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

from comity.sources import Loaded, load_source

Fact = dict[str, Any]

# Tests marked `mirror` are skipped when no folder is named, so this path is then never read.
MIRROR = Path(os.environ.get("COMITY_MIRROR") or "/no mirror is named")


@cache
def loaded(source: str) -> Loaded:
    return load_source(source, MIRROR / source)


@cache
def facts(source: str, table: str) -> list[Fact]:
    rows: list[Fact] = loaded(source).tables[table].to_pylist()
    return rows
