"""The samples of the published sources, and how tests spoil them: invented rows in the publishers' exact layout."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import pytest

from comity.errors import ContractBroken
from comity.sources import contract, load_source, source_names
from comity.sources.contract import PromisedFile

SAMPLES = Path(__file__).parent / "sources"


@dataclass(frozen=True)
class File:
    """One promised file of one source."""

    source: str
    key: str

    @property
    def promised(self) -> PromisedFile:
        return contract(self.source).files[self.key]

    def path(self, folder: Path) -> Path:
        return min(folder.glob(self.promised.path))

    def __str__(self) -> str:
        return f"{self.source}-{self.key}"


FILES = [File(source, key) for source in source_names() for key in contract(source).files]
TABLE_FILES = [file for file in FILES if file.promised.format == "csv"]
XML_FILES = [file for file in FILES if file.promised.format == "xml"]
PROMISES = [(file, column) for file in TABLE_FILES for column in file.promised.columns]


def cells(path: Path, promised: PromisedFile) -> list[list[str]]:
    text = path.read_bytes().decode(promised.encoding)
    return list(csv.reader(io.StringIO(text, newline=None), delimiter=promised.delimiter))


def write_cells(path: Path, promised: PromisedFile, rows: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=promised.delimiter, lineterminator="\n").writerows(rows)
    path.write_bytes(text.getvalue().encode(promised.encoding))


def spoil_cell(folder: Path, file: File, column: str, value: str) -> int:
    """Put a value into the first row that says something in this column; the number of that row."""
    path, promised = file.path(folder), file.promised
    rows, place = cells(path, promised), promised.header.index(column)
    first = 1 if promised.has_header else 0
    number = next(number for number in range(first, len(rows)) if rows[number][place] not in promised.missing)
    rows[number][place] = value
    write_cells(path, promised, rows)
    return number + 1


def refused(folder: Path, file: File, *parts: str) -> None:
    """Loading is refused in one line, which holds the file's name and every part."""
    path = file.path(folder / file.source)
    with pytest.raises(ContractBroken) as caught:
        load_source(file.source, folder / file.source)
    message = str(caught.value)
    assert "\n" not in message
    for part in (path.relative_to(folder / file.source).as_posix(), *parts):
        assert part in message, message
