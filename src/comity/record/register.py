"""The register: every record of a folder, checked and ready for the store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from importlib.resources import files as package_files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.errors import RecordError
from comity.record.applying import unfinished
from comity.record.checking import problems
from comity.record.reading import Filed, read_record, readable, record_files, register_folder
from comity.record.rows import rows_of
from comity.sources.about import About, Loaded
from comity.sources.fingerprint import file_hash, joined_hash, shared_hash
from comity.vocab.arrow import to_table
from comity.vocab.coverage import Coverage
from comity.vocab.dates import dated
from comity.vocab.register import SOURCE
from comity.vocab.tables import tables

if TYPE_CHECKING:
    import pyarrow as pa

VERSION = "2026.11"
CITATION = f"The comity project. 2026. Register of military diplomacy, version {VERSION}."
TERMS = "CC BY 4.0"
PUBLISHED = date(2026, 11, 22)
KINDS = (
    "agreement",
    "alliance",
    "exercise",
    "training",
    "visit",
    "dialogue",
    "port_call",
    "operation",
    "information_sharing",
    "assistance",
    "presence",
    "channel",
    "incident",
    "territorial_claim",
)


def read_register(folder: Path | None = None) -> list[Filed]:
    """Every record of a folder (default: the shipped register), checked; the first problem raises RecordError."""
    folder = folder or register_folder()
    refuse(unfinished(folder))
    filed = [read_record(path, folder) for path in record_files(folder)]
    refuse(problems(filed))
    return filed


def refuse(found: list[str]) -> None:
    """Raise RecordError with the first problem, if there is any, and with how many more there are."""
    if found:
        more = f" (and {len(found) - 1} more; `comity record check` lists them)" if len(found) > 1 else ""
        raise RecordError(found[0] + more)


def record_problems(folder: Path | None = None) -> tuple[int, list[str]]:
    """How many records of a folder could be read, and everything wrong with them, one line each."""
    filed, unread = readable(folder or register_folder())
    return len(filed), unread + problems(filed)


def load_register(folder: Path | None = None) -> Loaded:
    """The register as a source like any other: rows by core table, with what is known of them."""
    fingerprint = register_fingerprint(folder)
    filed = read_register(folder)
    return Loaded(about_register(filed, fingerprint), core_rows(filed, SOURCE, VERSION))


def core_rows(filed: Sequence[Filed], source: str, version: str) -> dict[str, pa.Table]:
    """The rows that records make, by core table, under the name and version of their source."""
    given: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for item in filed:
        for table, row in rows_of(item):
            given[table].append({"source": source, "source_version": version} | row)
    return {table: to_table(table, given[table]) for table in tables() if table in given}


def register_fingerprint(folder: Path | None = None) -> str:
    """What the fingerprint of the register would be if it were loaded now: its files, and what its rows follow from."""
    folder = folder or register_folder()
    code = sorted(Path(str(package_files("comity.record"))).glob("*.py"))
    records = [f"{path.relative_to(folder).as_posix()}\t{file_hash(path)}" for path in record_files(folder)]
    return joined_hash([shared_hash(), *map(file_hash, code), *records])


def about_register(filed: Sequence[Filed] = (), fingerprint: str = "") -> About:
    """What is known of the register; how far it goes is the day on which a piece of its evidence was last read."""
    reads = [dated(piece.read).day for item in filed for piece in item.content.evidence if piece.read]
    return About(
        source=SOURCE,
        title="The comity register of military diplomacy",
        version=VERSION,
        publisher="The comity project",
        url="records/README.md",
        citation=CITATION,
        terms=TERMS,
        redistribute=True,
        user_supplied=False,
        is_reviewed=True,
        coverage=(
            Coverage(
                kinds=KINDS,
                completeness="positive_only",
                start=date(1945, 1, 1),
                end=max(reads, default=PUBLISHED),
            ),
        ),
        published=PUBLISHED,
        left_out={},
        fingerprint=fingerprint,
    )
