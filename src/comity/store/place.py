"""Where a store lies, and the name of each thing in it.

STORE/lock                    the one writer's lock, with its process and start time
STORE/manifest.json           the generation that readers open
STORE/manifest-<n>.json       the same generation under its number; readers hold it
STORE/parts/<label folder>/<table>/<source>-<hash>.parquet
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from comity.errors import BadRequest
from comity.vocab.labels import read_label


def home() -> Path:
    """The folder of everything comity keeps for its user: $COMITY_HOME, or the user's data folder."""
    given = os.environ.get("COMITY_HOME")
    if given:
        return Path(given).expanduser()
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data).expanduser() if data else Path.home() / ".local" / "share") / "comity"


def store_folder(path: Path | None) -> Path:
    """The folder of the store asked for, absolute and without links, so that one store has one name.

    >>> store_folder(Path("/tmp/all*"))
    Traceback (most recent call last):
    comity.errors.BadRequest: a store cannot lie at /tmp/all*: DuckDB reads * ? [ in a path as a pattern
    """
    root = Path(os.path.realpath(home() / "store" if path is None else path))
    if set(str(root)) & set("*?["):
        raise BadRequest(f"a store cannot lie at {root}: DuckDB reads * ? [ in a path as a pattern")
    return root


def manifest_file(root: Path, generation: int | None = None) -> Path:
    """The manifest that readers open, or the one kept under a generation's number."""
    return root / ("manifest.json" if generation is None else f"manifest-{generation}.json")


def label_folder(label: str) -> str:
    """The folder of one label: its kind and a hash, so that no label ever becomes a path.

    >>> label_folder("nations:AUS,JPN")
    'nations-400beb49f2eae89e'
    """
    return f"{read_label(label).kind}-{hashlib.sha256(label.encode()).hexdigest()[:16]}"


def part_folder(root: Path, label: str, table: str) -> Path:
    """The folder that holds the parts of one table under one label."""
    return root / "parts" / label_folder(label) / table
