"""The fingerprint of a source: a hash over all that its rows follow from, so that only what changed is loaded again.

Rows follow from the publisher's files, the contract, the reader, what readers share, and the vocabulary. Files are
hashed and never parsed. A hash that takes in too much costs a load; one that takes in too little keeps wrong rows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files as package_files
from pathlib import Path

from comity.sources.contract import contract, source_names
from comity.sources.files import find_files
from comity.vocab.words import words_page


def source_fingerprint(name: str, folder: Path) -> str:
    """What the fingerprint of a source would be if it were loaded from a folder now.

    Raises FileMissing when a file is not there.
    """
    found: dict[str, list[Path]] = {}
    for file_name, promised in contract(name).files.items():
        found[file_name] = [] if found.get(promised.stands_in_for) else find_files(folder, promised)
    paths = (path for listed in found.values() for path in listed)
    return fingerprint_of(name, ((path.relative_to(folder).as_posix(), file_hash(path)) for path in paths))


def fingerprint_of(name: str, hashes: Iterable[tuple[str, str]]) -> str:
    """The fingerprint of a source that was read from files of these names and hashes."""
    folder = _package("comity.sources")
    own = (folder / f"{name}.yml", folder / f"{name}.py")
    return joined_hash([shared_hash(), *map(file_hash, own), *sorted(map("\t".join, hashes))])


@cache
def shared_hash() -> str:
    """A hash over what the rows of every source follow from: the vocabulary and the code that readers share."""
    vocabulary, sources = _package("comity.vocab"), _package("comity.sources")
    shared = [path for path in vocabulary.rglob("*") if path.suffix in (".py", ".yml", ".md")]
    shared += [path for path in sources.glob("*.py") if path.stem not in source_names()]
    return joined_hash(file_hash(path) for path in [words_page(), *sorted(shared)])


def file_hash(path: Path) -> str:
    """The SHA-256 of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def joined_hash(parts: Iterable[str]) -> str:
    """One hash of many texts; it changes when one of them, or their order, does.

    >>> joined_hash(["a", "bc"]) == joined_hash(["ab", "c"])
    False
    """
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _package(name: str) -> Path:
    return Path(str(package_files(name)))
