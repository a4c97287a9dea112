"""The publishers' real files, loaded once for every mirror test of one process."""

from __future__ import annotations

import os
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

from comity.sources import Loaded, load_source
from comity.sources.contract import contract

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


def unknown_files(source: str) -> list[str]:
    """What lies in a source's folder and is neither promised nor said not to be read."""
    promise, folder = contract(source), MIRROR / source
    known = [*(file.path for file in promise.files.values()), *promise.not_read]
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))
    return [name for name in names if not any(fnmatchcase(name, pattern) for pattern in known)]
