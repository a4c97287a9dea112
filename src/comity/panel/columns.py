"""A column of a panel, and how it becomes an Arrow array."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from comity.panel.fill import Filled, Values
from comity.panel.measure import Measure
from comity.panel.spines import Places

CHUNK = 16_384  # a multiple of eight
_ARROW = {"flag": pa.bool_(), "count": pa.int64(), "category": pa.int8(), "number": pa.float64()}


@dataclass(frozen=True)
class Column:
    """Values on their home spine, and for each row of the panel the row of that spine; None where they are the same."""

    measure: Measure
    filled: Filled
    at: Places | None = None

    @property
    def type(self) -> pa.DataType:
        """The Arrow type of the column."""
        return _ARROW[self.measure.type]

    @property
    def is_silent(self) -> bool:
        """Whether no source speaks in the column, and nothing is known in it without one."""
        return not self.filled.sources and not self.filled.silenced and bool(np.isnan(self.values()).all())

    def values(self, part: slice = slice(None)) -> Values:
        """The values of some rows; NaN is null."""
        return self.filled.values[part] if self.at is None else np.take(self.filled.values, self.at[part])

    def keep(self, rows: npt.NDArray[np.bool_]) -> Column:
        """The column with only some of its rows."""
        at = np.flatnonzero(rows).astype(np.int32) if self.at is None else self.at[rows]
        return Column(self.measure, self.filled, at)

    def array(self, part: slice = slice(None)) -> pa.Array:
        """The values of some rows as Arrow has them."""
        first, after, _ = part.indices(self.row_count)
        made = _Made(self.type, after - first, self.filled.has_null)
        for start in range(first, after, CHUNK):
            made.put(start - first, self.values(slice(start, min(start + CHUNK, after))))
        return made.array()

    @property
    def row_count(self) -> int:
        """How many rows the panel has."""
        return len(self.filled.values if self.at is None else self.at)


class _Made:
    """An Arrow array in the making: its memory is taken once, and filled a piece at a time.

    Pieces keep what they need in the cache; new memory for every column is what a panel in memory costs most.
    """

    def __init__(self, kind: pa.DataType, count: int, has_null: bool) -> None:
        self.type = kind
        self.count = count
        bits = (count + 7) // 8
        self.validity = np.empty(bits, dtype=np.uint8) if has_null else None
        is_bits = kind == pa.bool_()
        self.data = np.empty(bits if is_bits else count, dtype=np.uint8 if is_bits else kind.to_pandas_dtype())

    def put(self, start: int, values: Values) -> None:
        """Set the values from a row on; the row is a multiple of eight."""
        bits = slice(start // 8, (start + len(values) + 7) // 8)
        if self.validity is not None:
            is_null = np.isnan(values)
            self.validity[bits] = np.packbits(~is_null, bitorder="little")
            values = values if self.type == pa.float64() else np.where(is_null, 0, values)
        if self.type == pa.bool_():
            self.data[bits] = np.packbits(values > 0, bitorder="little")
        else:
            self.data[start : start + len(values)] = values

    def array(self) -> pa.Array:
        """The finished array."""
        validity = None if self.validity is None else pa.py_buffer(self.validity)
        return pa.Array.from_buffers(self.type, self.count, [validity, pa.py_buffer(self.data)])
