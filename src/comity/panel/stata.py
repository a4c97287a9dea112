"""Stata's file format 118 (Stata 14 and later; haven, pandas and others read it), written from an Arrow table.

The format is the one Stata publishes under `help dta`. It is written here because the libraries that write it want the
table as a data frame of theirs, put the time of day into the file, and keep a flag in four bytes instead of one. The
file's time stamp is left empty, which the format allows, so that the same table makes the same bytes.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from comity.errors import BadRequest
from comity.panel.metadata import ColumnSaid, column_said, panel_said

LONGEST_NAME = 32
LONGEST_LABEL = 80
LONGEST_TEXT = 2045
_ROWS_AT_ONCE = 131_072
_RESERVED = {
    *("_all", "_b", "byte", "_coef", "_cons", "double", "float", "if", "in", "int", "long", "_n", "_N", "_pi", "_pred"),
    *("_rc", "_skip", "strL", "using", "with"),
}


@dataclass(frozen=True)
class _Kind:
    """A storage type of Stata: its code, what numpy calls it, the mark of a missing value, and what it can hold."""

    code: int
    dtype: str
    missing: int | float
    low: int | float
    high: int | float
    format: str


_WHOLE = (
    _Kind(65530, "<i1", 101, -127, 100, "%8.0g"),
    _Kind(65529, "<i2", 32_741, -32_767, 32_740, "%8.0g"),
    _Kind(65528, "<i4", 2_147_483_621, -2_147_483_647, 2_147_483_620, "%12.0g"),
    _Kind(65526, "<f8", 2.0**1023, -(2**53), 2**53, "%16.0g"),  # larger whole numbers would be rounded
)
_DAY = _Kind(65528, "<i4", 2_147_483_621, -2_147_483_647, 2_147_483_620, "%td")
_REAL = _Kind(65526, "<f8", 2.0**1023, -(2.0**1023), np.nextafter(2.0**1023, 0), "%10.0g")
_DAYS_TO_1960 = 3653  # Arrow counts days from 1970


@dataclass(frozen=True)
class _Variable:
    """One column as Stata keeps it."""

    name: str
    said: ColumnSaid
    kind: _Kind
    values: pa.ChunkedArray

    @property
    def label(self) -> str:
        """The first sentence of the meaning, after the full name where Stata has a shorter one."""
        text = self.said.means if self.name == self.said.name else f"{self.said.name}: {self.said.means}"
        return _shortened(text.removesuffix(": "), LONGEST_LABEL)

    @property
    def notes(self) -> list[str]:
        """What else is known of the column, a note each."""
        said = self.said
        lines = {"Full name: ": said.name, "Means: ": said.means, "Measured in: ": said.unit}
        lines["Sources: "] = ", ".join(said.sources)
        notes = [f"{key}{text}" for key, text in lines.items() if text]
        notes += [f"Coverage: {text}" for text in said.coverage]
        return notes + (["Coded looking back, with knowledge of what came after."] if said.is_hindsight else [])


def stata_name(name: str) -> str:
    """The name a column has in Stata: legal there and at most 32 characters; the longest words lose letters first.

    >>> stata_name("is_defense_ally"), stata_name("2nd price (usd)"), stata_name("long")
    ('is_defense_ally', '_2nd_price__usd_', 'long_')
    >>> stata_name("peacekeeping_missions_shared_with_neighbors_count_a")
    'peac_miss_shar_with_neig_count_a'
    """
    legal = re.sub(r"[^A-Za-z0-9_]", "_", name)
    legal = f"_{legal}" if legal[:1].isdigit() or not legal else legal
    words = legal.split("_")
    while len("_".join(words)) > LONGEST_NAME and max(map(len, words)) > 1:
        longest = max(range(len(words)), key=lambda place: len(words[place]))
        words[longest] = words[longest][:-1]
    short = "_".join(words)[:LONGEST_NAME]
    return f"{short}_" if short in _RESERVED or re.fullmatch(r"str[0-9]+", short) else short


def stata_names(names: list[str]) -> list[str]:
    """The names of columns in Stata, or BadRequest where two would be the same."""
    taken: dict[str, str] = {}
    for name in names:
        short = stata_name(name)
        if short in taken:
            raise BadRequest(
                f"{taken[short]} and {name} would both be {short} in a .dta file, whose names have at most "
                f"{LONGEST_NAME} letters; leave one of them out, or write .parquet"
            )
        taken[short] = name
    return list(taken)


def write_stata(table: pa.Table, file: BinaryIO) -> None:
    """Write a table in Stata's format."""
    names = stata_names(table.column_names)
    variables = [_variable(*each) for each in zip(names, table.schema, table.columns, strict=True)]
    row = np.dtype([(variable.name, variable.kind.dtype) for variable in variables])
    head = _head(table, len(variables))
    sections = {
        "variable_types": struct.pack(f"<{len(variables)}H", *(variable.kind.code for variable in variables)),
        "varnames": b"".join(_padded(variable.name, 129) for variable in variables),
        "sortlist": bytes(2 * (len(variables) + 1)),
        "formats": b"".join(_padded(variable.kind.format, 57) for variable in variables),
        "value_label_names": bytes(129 * len(variables)),
        "variable_labels": b"".join(_padded(variable.label, 321) for variable in variables),
        "characteristics": b"".join(_characteristics(table.schema, variables)),
    }
    framed = [b"<%s>%s</%s>" % (name.encode(), held, name.encode()) for name, held in sections.items()]
    file.write(head)
    file.write(_map(len(head), [len(section) for section in framed], row.itemsize * table.num_rows))
    file.writelines(framed)
    file.write(b"<data>")
    for start in range(0, table.num_rows, _ROWS_AT_ONCE):
        file.write(_rows(variables, row, start, min(_ROWS_AT_ONCE, table.num_rows - start)))
    file.write(b"</data><strls></strls><value_labels></value_labels></stata_dta>")


def _variable(name: str, field: pa.Field, values: pa.ChunkedArray) -> _Variable:
    if pa.types.is_dictionary(field.type):
        values = values.cast(field.type.value_type)
    return _Variable(name, column_said(field), _kind(field.name, values), values)


def _kind(name: str, values: pa.ChunkedArray) -> _Kind:
    """The smallest storage type that holds a column."""
    held = values.type
    if pa.types.is_boolean(held) or pa.types.is_null(held):
        return _WHOLE[0]
    if pa.types.is_date32(held):
        return _DAY
    if pa.types.is_string(held) or pa.types.is_large_string(held):
        width = pc.max(pc.binary_length(values)).as_py() or 1
        if width <= LONGEST_TEXT:
            return _Kind(width, f"S{width}", 0, 0, 0, f"%{width}s")
        raise BadRequest(f"{name} has a text of {width:,} bytes; a .dta file holds {LONGEST_TEXT:,}; write .parquet")
    if not (pa.types.is_integer(held) or pa.types.is_floating(held)):
        raise BadRequest(f"{name} is a column of {held}, which a .dta file cannot hold; write .parquet")
    least, most = (pc.min_max(values, skip_nulls=True)[end].as_py() or 0 for end in ("min", "max"))
    for kind in _WHOLE if pa.types.is_integer(held) else (_REAL,):
        if kind.low <= least and most <= kind.high:
            return kind
    raise BadRequest(f"{name} has values to {most if most > kind.high else least}, which a .dta file cannot hold")


def _rows(variables: list[_Variable], row: np.dtype[Any], start: int, count: int) -> bytes:
    """The bytes of some rows."""
    rows = np.empty(count, dtype=row)
    for variable in variables:
        rows[variable.name] = _stored(variable.values.slice(start, count).combine_chunks(), variable.kind)
    return rows.tobytes()


def _stored(values: pa.Array, kind: _Kind) -> npt.NDArray[Any]:
    if kind.dtype.startswith("S"):
        coded = values.dictionary_encode()
        texts = np.array([b"", *(text.encode() for text in coded.dictionary.to_pylist())], dtype=kind.dtype)
        found: npt.NDArray[Any] = texts[np.asarray(coded.indices.cast(pa.int64()).fill_null(-1)) + 1]
        return found
    if pa.types.is_null(values.type) or pa.types.is_boolean(values.type):
        values = values.cast(pa.int8())
    elif pa.types.is_date32(values.type):
        values = pc.add(values.cast(pa.int32()), _DAYS_TO_1960)
    unknown = np.asarray(values.is_null(nan_is_null=True))
    whole = values.fill_null(0).to_numpy(zero_copy_only=False)
    stored: npt.NDArray[Any] = whole.astype(kind.dtype)
    stored[unknown] = kind.missing
    return stored


def _head(table: pa.Table, columns: int) -> bytes:
    label = _shortened(panel_said(table.schema).title, LONGEST_LABEL).encode()
    return b"".join(
        [
            b"<stata_dta><header><release>118</release><byteorder>LSF</byteorder>",
            b"<K>" + struct.pack("<H", columns) + b"</K><N>" + struct.pack("<Q", table.num_rows) + b"</N>",
            b"<label>" + struct.pack("<H", len(label)) + label + b"</label>",
            b"<timestamp>\0</timestamp></header>",
        ]
    )


def _map(head: int, lengths: list[int], data: int) -> bytes:
    """Where each part of the file begins."""
    places = [0, head, head + len("<map></map>") + 14 * 8]
    for length in lengths:
        places.append(places[-1] + length)
    for length in (data + len("<data></data>"), len("<strls></strls>"), len("<value_labels></value_labels>")):
        places.append(places[-1] + length)
    places.append(places[-1] + len("</stata_dta>"))
    return b"<map>" + struct.pack("<14Q", *places) + b"</map>"


def _characteristics(schema: pa.Schema, variables: list[_Variable]) -> Iterator[bytes]:
    """The notes of the file and of each variable, which `notes` shows in Stata."""
    said = panel_said(schema)
    about = [said.title, f"Made by comity {said.comity}: {said.command}" if said.command else ""]
    about += [f"As of {said.as_of}: nothing that was published later" if said.as_of else ""]
    about += [f"Cite {name} {of.version}: {of.citation} Terms: {of.terms}" for name, of in said.sources.items()]
    for name, notes in (("_dta", about), *((variable.name, variable.notes) for variable in variables)):
        kept = [note for note in notes if note]
        for place, note in enumerate([str(len(kept)), *kept] if kept else []):
            held = _padded(name, 129) + _padded(f"note{place}", 129) + note.encode() + b"\0"
            yield b"<ch>" + struct.pack("<I", len(held)) + held + b"</ch>"


def _padded(text: str, width: int) -> bytes:
    return text.encode().ljust(width, b"\0")


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
