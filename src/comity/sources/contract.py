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


class Promise(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What holds for one column: a range, or the only values it takes. Missing marks are exempt."""

    min: float | None = None
    max: float | None = None
    values: tuple[str, ...] = ()


class PromisedFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One file, or a family of files of one layout, under the source's folder."""

    path: str  # a name or a pattern such as `visits/*.xml`
    header: tuple[str, ...]  # the publisher's columns, in order; for XML the fields a row may have
    format: str = "csv"  # csv, or xml
    is_family: bool = False  # several files that belong together, read one after the other
    row: str = ""  # for XML: the element that is one row
    delimiter: str = ","
    encoding: str = "utf-8"
    has_header: bool = True
    has_final_newline: bool = True  # a file cut in its last field is found by this alone
    missing: tuple[str, ...] = ("",)
    key: tuple[str, ...] = ()
    columns: dict[str, Promise] = {}
    rows: tuple[int, int] = (1, 100_000_000)
    sha256: dict[str, str] = {}  # file name → hash of the reviewed file
    download: str | None = None
    member: str | None = None  # the name inside a downloaded zip

    def __post_init__(self) -> None:
        """The key and the promises speak of columns of the header."""
        for column in (*self.key, *self.columns):
            if column not in self.header:
                raise ValueError(f"{self.path}: {column!r} is not in the header")


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
    label: str = "public"
    coverage: tuple[Coverage, ...]
    files: dict[str, PromisedFile]
    tables: dict[str, tuple[int, int]]  # core table → least and most rows
    fixes: tuple[Fix, ...] = ()
    aliases: dict[str, Alias] = {}  # the publisher's spelling or code → what is meant
    known_errors: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Every fix speaks of a promised file and of columns of its header."""
        for fix in self.fixes:
            if fix.file not in self.files:
                raise ValueError(f"fixes: {fix.file!r} is no promised file")
            for column in (fix.column, *fix.where):
                if column not in self.files[fix.file].header:
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
