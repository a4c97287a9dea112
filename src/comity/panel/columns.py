"""A column of a panel, and how it becomes an Arrow array."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from comity.panel.fill import Filled, Values
from comity.panel.measure import Measure
from comity.panel.spines import Places

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

    def values(self, part: slice = slice(None)) -> Values:
        """The values of some rows; NaN is null."""
        return self.filled.values[part] if self.at is None else np.take(self.filled.values, self.at[part])

    def keep(self, rows: npt.NDArray[np.bool_]) -> Column:
        """The column with only some of its rows."""
        at = np.flatnonzero(rows).astype(np.int32) if self.at is None else self.at[rows]
        return Column(self.measure, self.filled, at)

    def array(self, part: slice = slice(None)) -> pa.Array:
        """The values of some rows as Arrow has them, without copying numbers."""
        values = self.values(part)
        is_null = np.isnan(values) if self.filled.has_null else None
        if self.type == pa.bool_():
            data = np.packbits(values > 0, bitorder="little")
        else:
            whole = values if is_null is None or self.type == pa.float64() else np.where(is_null, 0, values)
            data = whole.astype(self.type.to_pandas_dtype(), copy=False)
        validity = None if is_null is None else pa.py_buffer(np.packbits(~is_null, bitorder="little"))
        return pa.Array.from_buffers(self.type, len(values), [validity, pa.py_buffer(data)])
