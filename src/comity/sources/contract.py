"""The contract of a source: what its `.yml` promises about the files and the tables read from them."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files as package_files
from pathlib import Path
from typing import Any

import msgspec
import yaml

from comity.errors import BadRequest, ContractBroken
from comity.vocab.coverage import Coverage

FORMATS = ("csv", "xml", "excel", "json", "jsonl", "lines", "grid")


class Promise(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What holds for one column: a range, or the only values it takes. Missing marks are exempt."""

    min: float | None = None
    max: float | None = None
    values: tuple[str, ...] = ()


class PromisedFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One file, or a family of files of one layout, under the source's folder; a name ending in `.gz` is unpacked."""

    path: str  # a name or a pattern such as `visits/*.xml`
    header: tuple[str, ...] = ()  # the publisher's columns, in order; for XML and JSON the fields a row may have
    headers: tuple[tuple[str, ...], ...] = ()  # columns of other releases, which load all the same
    names: tuple[str, ...] = ()  # our names for the columns, where the publisher repeats or leaves out his
    format: str = "csv"  # csv, xml, excel, json, jsonl; lines (text) and grid (sheets without a header) as they stand
    is_family: bool = False  # several files that belong together, read one after the other
    is_large: bool = False  # read by column, as `Raw.columns`; for files of several hundred thousand rows
    is_ordered: bool = False  # a row's line is all that tells it from another, so their order means something
    is_optional: bool = False  # may be absent: its rows are then none
    stands_in_for: str = ""  # read only when no file of that promise is there
    row: str = ""  # for XML the element, for JSON the path to the list, that holds rows
    sheet: str = "*"  # for workbooks: the sheet, or a pattern of sheets
    has_colors: bool = False  # of a grid: each cell's color of font is a field too, `3 color` beside `3`
    skip: int = 0  # lines before the header
    delimiter: str = ","
    encoding: str = "utf-8"
    is_quoted: bool = True
    has_header: bool = True
    has_more: bool = False  # the publisher has further columns, in an order we do not know; they are not read
    has_final_newline: bool = True  # a file cut in its last field is found by this alone
    missing: tuple[str, ...] = ("",)
    key: tuple[str, ...] = ()
    columns: dict[str, Promise] = {}
    rows: tuple[int, int] = (1, 100_000_000)
    sha256: dict[str, str] = {}  # file name → hash of the reviewed file
    version_pattern: str = ""  # a regular expression on the file's name whose groups, joined by points, are the release
    download: str | None = None
    member: str | None = None  # the name inside a downloaded zip

    def __post_init__(self) -> None:
        """The key and the promises speak of columns of the header, and the names are one for each column."""
        if self.names and len(self.names) != len(self.header):
            raise ValueError(f"{self.path}: {len(self.names)} names for {len(self.header)} columns")
        if self.format not in FORMATS:
            raise ValueError(f"{self.path}: {self.format!r} is no format; there are {', '.join(FORMATS)}")
        if self.is_large and (self.key or self.columns):
            raise ValueError(f"{self.path}: a large file keeps no key and no columns; the table it becomes is checked")
        for column in (*self.key, *self.columns):
            if column not in self.fields:
                raise ValueError(f"{self.path}: {column!r} is not in the header")

    @property
    def fields(self) -> tuple[str, ...]:
        """The names by which a reader asks for the columns."""
        return self.names or self.header


class Fix(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A known error of the publisher: where the row matches `where`, `column` holds `old`, not `new`."""

    file: str
    where: dict[str, str]
    column: str
    old: str
    new: str
    reason: str
    reported: str = "not reported"


class Alias(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A spelling or code of the publisher's own that the vocabulary cannot know, and a name it does know."""

    name: str
    reason: str


class Horizon(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a release says how far it goes: the largest year in a column of one file, or in its name."""

    file: str
    column: str = ""
    in_name: str = ""  # instead of a column: a regular expression on the file's name whose first group is the year


class Contract(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything a source promises."""

    title: str
    version: str
    publisher: str
    url: str
    citation: str
    terms: str
    redistribute: bool
    user_supplied: bool = False
    published: date | None = None
    release_lag_days: int | None = (
        None  # where `published` is not that of the facts: from the last day known to release
    )
    label: str = "public"
    coverage: tuple[Coverage, ...]
    files: dict[str, PromisedFile]
    tables: dict[str, tuple[int, int]]  # core table → least and most rows
    horizon: Horizon | None = None  # lets a newer release move the end of the coverage
    fixes: tuple[Fix, ...] = ()
    aliases: dict[str, Alias] = {}  # the publisher's spelling or code → what is meant
    known_errors: tuple[str, ...] = ()
    bibtex: dict[str, str] = {}  # fields of its BibTeX entry beyond the citation; `type` is that of the entry
    not_read: dict[str, str] = {}  # a file of the publisher's (or a pattern) that is not read → why

    def __post_init__(self) -> None:
        """Every fix speaks of a promised file and of columns of its header, and every coverage of a promised file."""
        for statement in self.coverage:
            if statement.file and statement.file not in self.files:
                raise ValueError(f"coverage: {statement.file!r} is no promised file")
        for fix in self.fixes:
            if fix.file not in self.files:
                raise ValueError(f"fixes: {fix.file!r} is no promised file")
            if self.files[fix.file].is_large:
                raise ValueError(f"fixes: {fix.file!r} is a large file, which is read by column and not corrected")
            promised = self.files[fix.file]
            for column in (fix.column, *fix.where):
                is_cell = promised.format == "grid" and (column.isdigit() or column == "sheet")
                if column not in promised.fields and not is_cell:
                    raise ValueError(f"fixes: {column!r} is not in the header of {fix.file}")


@cache
def source_names() -> tuple[str, ...]:
    """Every source comity knows, by name.

    >>> "atop" in source_names()
    True
    """
    folder = Path(str(package_files("comity.sources")))
    return tuple(sorted(path.stem for path in folder.glob("*.yml")))


def check_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names themselves when all are sources; otherwise BadRequest."""
    for name in names:
        if name not in source_names():
            raise BadRequest(f"{name!r} is not a source; comity knows {', '.join(source_names())}")
    return names


@cache
def contract(name: str) -> Contract:
    """The contract of one source, checked for its own form."""
    check_names((name,))
    text = (package_files("comity.sources") / f"{name}.yml").read_text(encoding="utf-8")
    return read_contract(name, text)


def read_contract(name: str, text: str) -> Contract:
    """A contract from its text; what is not of the form raises ContractBroken."""
    plain: Any = yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 (text only, no objects)
    try:
        return msgspec.convert(plain, type=Contract, strict=False)
    except msgspec.ValidationError as error:
        raise ContractBroken(f"{name}.yml: {error}") from error
