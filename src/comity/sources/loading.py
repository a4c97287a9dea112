"""From a publisher's files to rows of `core`: read, check, correct, convert, check again."""

from __future__ import annotations

import fnmatch
import importlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa

from comity.errors import ContractBroken, FileMissing
from comity.sources.about import About, FileRead, Loaded
from comity.sources.columns import Columns
from comity.sources.contract import Contract, Horizon, contract
from comity.sources.files import Content, apply_fixes, check_rows, find_files, read_file
from comity.sources.fingerprint import fingerprint_of
from comity.sources.raw import Raw, Row
from comity.vocab.arrow import filled_table, to_table
from comity.vocab.coverage import Coverage
from comity.vocab.dates import last_day

_BATCH = 50_000  # facts that are held as Python objects at one time


Told = Callable[[int, int], object]


def load_source(name: str, folder: Path, told: Told | None = None) -> Loaded:
    """One source from its folder of files, ready for the store; `told` hears how many of its steps are done.

    Raises FileMissing when a file is not there, ContractBroken when a file or a table is not as promised, or when a
    row is neither in a table nor left out under a rule.
    """
    promise = contract(name)
    step = _counted(len(promise.files) + len(promise.tables), told)
    raw, files = _read_raw(name, promise, folder, step)
    reader = importlib.import_module(f"comity.sources.{name}")
    version = _version(promise, files)
    given = {"source": name, "source_version": version, "label": promise.label}
    tables: dict[str, pa.Table] = {}
    for table, (least, most) in promise.tables.items():
        tables[table] = _read_table(raw, given, table, getattr(reader, table))
        step()
        if not least <= tables[table].num_rows <= most:
            raise ContractBroken(f"{name}.{table}: {tables[table].num_rows} rows, promised {least} to {most}")
    raw.check_used()
    about = _about(name, promise, [content.read for content in files], dict(raw.left_out))
    return Loaded(msgspec.structs.replace(about, version=version, coverage=_coverage(promise, raw, about)), tables)


def _counted(steps: int, told: Told | None) -> Callable[[], None]:
    """What to call after each step: it tells how many are done."""
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if told is not None:
            told(done, steps)

    return step


def _read_raw(name: str, promise: Contract, folder: Path, step: Callable[[], None]) -> tuple[Raw, list[Content]]:
    rows: dict[str, list[Row]] = {}
    large: dict[str, list[Columns]] = {}
    files: list[Content] = []
    aliases = {spelling: alias.name for spelling, alias in promise.aliases.items()}
    for file_name, promised in promise.files.items():
        is_needed = not (
            promised.stands_in_for and (rows.get(promised.stands_in_for) or large.get(promised.stands_in_for))
        )
        found = (
            [read_file(path, folder, promised, aliases) for path in find_files(folder, promised)] if is_needed else []
        )
        for content in found:
            fixes = [fix for fix in promise.fixes if fix.file == file_name]
            apply_fixes(content.rows, fixes, content.read.is_reviewed)
        rows[file_name] = [row for content in found for row in content.rows]
        large[file_name] = [content.columns for content in found if content.columns is not None]
        count = sum(content.read.row_count for content in found)
        least, most = promised.rows
        if found and not least <= count <= most:
            raise ContractBroken(f"{name}/{promised.path}: {count} rows, promised {least} to {most}")
        check_rows(rows[file_name], promised)
        files += found
        step()
    if not files:
        raise FileMissing(f"{name}: none of its files is there; run `comity fetch {name}` or set COMITY_MIRROR")
    return Raw(name, rows, large), files


def _read_table(raw: Raw, given: dict[str, str], table: str, read: Any) -> pa.Table:
    """What a reader gives for one table: rows one by one, or Arrow tables of a large file's columns."""
    parts: list[pa.Table] = []
    waiting: list[dict[str, Any]] = []
    for fact in read(raw):
        if isinstance(fact, pa.Table):
            parts.append(filled_table(table, fact, given))
            continue
        waiting.append(given | fact)
        if len(waiting) == _BATCH:
            parts.append(to_table(table, waiting))
            waiting = []
    return pa.concat_tables([*parts, to_table(table, waiting)])


def _version(promise: Contract, files: list[Content]) -> str:
    """The release as the files' names tell it, or else as the contract does."""
    for promised in promise.files.values():
        for content in files:
            if promised.version_pattern and (match := re.search(promised.version_pattern, content.read.name)):
                return ".".join(match.groups()).replace("_", ".")
    return promise.version


def _coverage(promise: Contract, raw: Raw, about: About) -> tuple[Coverage, ...]:
    """The coverage promised of the files read; a release that was not reviewed and goes further moves its end."""
    made = [statement for statement in promise.coverage if not statement.file or raw.has(statement.file)]
    if promise.horizon is None or about.is_reviewed:
        return tuple(made)
    years = _horizon_years(promise, promise.horizon, raw, about)
    last = max(statement.end for statement in promise.coverage)
    end = last_day(max(years)) if years else last
    return tuple(
        msgspec.structs.replace(statement, end=end) if statement.end == last else statement for statement in made
    )


def _horizon_years(promise: Contract, horizon: Horizon, raw: Raw, about: About) -> set[int]:
    if not horizon.in_name:
        return raw.years(horizon.file, horizon.column)
    path = promise.files[horizon.file].path
    names = [file.name for file in about.files if fnmatch.fnmatchcase(file.name, path)]
    return {int(match[1]) for name in names if (match := re.search(horizon.in_name, name))}


def _about(name: str, promise: Contract, files: list[FileRead], left_out: dict[str, int]) -> About:
    return About(
        source=name,
        title=promise.title,
        version=promise.version,
        publisher=promise.publisher,
        url=promise.url,
        citation=promise.citation,
        terms=promise.terms,
        redistribute=promise.redistribute,
        user_supplied=promise.user_supplied,
        is_reviewed=all(file.is_reviewed for file in files),
        coverage=promise.coverage,
        published=promise.published,
        files=tuple(files),
        left_out=left_out,
        known_errors=promise.known_errors,
        fingerprint=fingerprint_of(name, ((file.name, file.sha256) for file in files)),
    )
