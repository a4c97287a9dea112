"""The samples of the published sources, and how tests spoil them: invented rows in the publishers' exact layout."""

from __future__ import annotations

import csv
import fnmatch
import gzip
import io
import json
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from comity.errors import ContractBroken
from comity.sources import load_source, source_names
from comity.sources.contract import PromisedFile, contract

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


# Of a file and one that stands in for it, the sample holds one.
FILES = [
    File(source, key)
    for source in source_names()
    for key, promised in contract(source).files.items()
    if any((SAMPLES / source).glob(promised.path))
]
REQUIRED_FILES = [file for file in FILES if not (file.promised.is_optional or file.promised.stands_in_for)]
TABLE_FILES = [file for file in FILES if file.promised.format == "csv"]
KEYED_FILES = [file for file in TABLE_FILES if file.promised.key]
XML_FILES = [file for file in FILES if file.promised.format == "xml" and file.promised.key == ("id",)]
PROMISES = [(file, column) for file in TABLE_FILES for column in file.promised.columns]


def read_content(path: Path) -> bytes:
    content = path.read_bytes()
    return gzip.decompress(content) if path.suffix == ".gz" else content


def write_content(path: Path, content: bytes) -> None:
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)


def cells(path: Path, promised: PromisedFile) -> list[list[str]]:
    lines = io.StringIO(read_content(path).decode(promised.encoding), newline=None)
    for _ in range(promised.skip):
        lines.readline()
    return list(csv.reader(lines, delimiter=promised.delimiter))


def write_cells(path: Path, promised: PromisedFile, rows: list[list[str]]) -> None:
    preface = read_content(path).decode(promised.encoding).splitlines(keepends=True)[: promised.skip]
    text = io.StringIO("".join(preface))
    text.seek(0, io.SEEK_END)
    csv.writer(text, delimiter=promised.delimiter, lineterminator="\n").writerows(rows)
    write_content(path, text.getvalue().encode(promised.encoding))


def spoil_cell(folder: Path, file: File, column: str, value: str) -> int:
    """Put a value into the first row that says something in this column; the number of that row."""
    path, promised = file.path(folder), file.promised
    if promised.format in {"excel", "grid"}:
        return spoil_sheet(path, promised, column, value)
    if promised.format in {"json", "lines"}:
        return spoil_object(path, column, value) if promised.format == "json" else spoil_line(path, value)
    rows, place = cells(path, promised), promised.fields.index(column)
    first = 1 if promised.has_header else 0
    number = next(number for number in range(first, len(rows)) if rows[number][place] not in promised.missing)
    rows[number][place] = value
    write_cells(path, promised, rows)
    return number + 1 + promised.skip


def spoil_sheet(path: Path, promised: PromisedFile, column: str, value: str) -> int:
    """The same in the first sheet that is read; the columns of a grid are numbers."""
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))  # by content: samples of old workbooks are new ones
    sheet = next(sheet for sheet in book.worksheets if fnmatch.fnmatchcase(sheet.title, promised.sheet))
    is_grid = promised.format == "grid"
    place = 1 + (int(column) if is_grid else promised.fields.index(column))
    first = 1 if is_grid else promised.skip + (2 if promised.has_header else 1)
    number = next(number for number in range(first, sheet.max_row + 1) if sheet.cell(number, place).value is not None)
    sheet.cell(number, place).value = value
    book.save(path)
    return number


def spoil_object(path: Path, field: str, value: str) -> int:
    """The same in a list of objects."""
    objects = json.loads(path.read_text(encoding="utf-8"))
    number = next(number for number, found in enumerate(objects) if found.get(field))
    objects[number][field] = value
    path.write_text(json.dumps(objects, ensure_ascii=False), encoding="utf-8")
    return number + 1


def spoil_line(path: Path, value: str) -> int:
    """The same in plain lines: the last one is replaced."""
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[-1] = value
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(lines)


def refused(folder: Path, file: File, *parts: str) -> None:
    """Loading is refused in one line, which holds the file's name and every part."""
    path = file.path(folder / file.source)
    with pytest.raises(ContractBroken) as caught:
        load_source(file.source, folder / file.source)
    message = str(caught.value)
    assert "\n" not in message
    for part in (path.relative_to(folder / file.source).as_posix(), *parts):
        assert part in message, message
