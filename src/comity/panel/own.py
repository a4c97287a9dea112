"""Columns of a user's own: from a SELECT over the store, or made from the columns a panel has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from comity.errors import BadRequest
from comity.panel.facts import Facts
from comity.panel.fill import Values
from comity.panel.measure import Measure
from comity.panel.spines import Spine

_UNITS = {("state",): "state_year", ("state_a", "state_b"): "dyad_year", ("from_state", "to_state"): "dyad_year"}
_NUMBERS = (pa.types.is_integer, pa.types.is_floating, pa.types.is_boolean, pa.types.is_decimal)


def own_measure(name: str, sql: str, rows: Spine, store: Facts) -> tuple[Measure, pa.Table]:
    """A SELECT as a measure of this panel, and its answer: the keys of a panel, `value`, and `source` if it wishes.

    Absence is null, since nothing is known of the coverage of a SELECT. A value that is true or false makes a flag.
    """
    answer = store.ask(sql)
    schema, found = answer.schema, answer.column_names
    sides = next((each for each in _UNITS if set(each) <= set(found)), None)
    if sides is None or not {"year", "value"} <= set(found):
        raise BadRequest(
            f"the SQL of {name} yields {', '.join(found)}; it must yield state, or state_a and state_b, or from_state "
            "and to_state, then year and value"
        )
    if (rows.state_b is None) != (sides == ("state",)):
        raise BadRequest(f"the SQL of {name} yields {', '.join(sides)}, which are not the rows of {rows.unit}")
    if rows.month is None and "month" in found:
        raise BadRequest(f"the SQL of {name} yields months, which are not the rows of {rows.unit}")
    # A system of a user's own may name its states by number.
    is_state = pa.types.is_string if isinstance(rows.index.states[0], str) else pa.types.is_integer
    _check_types(name, schema, dict.fromkeys(sides, is_state))
    _check_rows(name, answer)
    is_monthly = rows.month is not None and "month" in found
    unit = "dyad_month" if is_monthly else _UNITS[sides]
    kind = "flag" if schema.field("value").type == pa.bool_() else "number"
    return Measure(name, unit, kind, "", None, _Said(sql), is_directed=sides[0] == "from_state"), answer


def _check_types(name: str, schema: pa.Schema, sides: dict[str, Callable[[pa.DataType], bool]]) -> None:
    """Raise BadRequest for a column that holds what cannot be a state, a time or a value."""
    times = [column for column in ("year", "month") if column in schema.names]
    wanted: list[tuple[str, str, tuple[Callable[[pa.DataType], bool], ...]]] = [
        (side, "codes of states", (is_state,)) for side, is_state in sides.items()
    ]
    wanted += [(time, "whole numbers", (pa.types.is_integer,)) for time in times]
    wanted += [("value", "numbers or flags", _NUMBERS)]
    for column, kind, allowed in wanted:
        held = schema.field(column).type
        if pa.types.is_dictionary(held):
            held = held.value_type
        if not any(is_allowed(held) for is_allowed in allowed):
            raise BadRequest(f"the SQL of {name} yields {held} as {column}, where a panel needs {kind}")


def _check_rows(name: str, answer: pa.Table) -> None:
    """Raise BadRequest for a month that is none, or a row without a source."""
    if "source" in answer.column_names and answer["source"].null_count:
        raise BadRequest(f"the SQL of {name} yields a row whose source is null")
    if "month" in answer.column_names and answer.num_rows:
        import pyarrow.compute as pc

        months = pc.min_max(answer["month"]).as_py()
        if months["min"] < 1 or months["max"] > 12:
            raise BadRequest(f"the SQL of {name} yields months from {months['min']} to {months['max']}")


def listed_twice(name: str, answer: pa.Table) -> str:
    """What to say of SQL that yields more than one value for a key: the first such key."""
    import pyarrow.compute as pc

    keys = [
        key for key in (*(side for sides in _UNITS for side in sides), "year", "month") if key in answer.column_names
    ]
    counted = answer.group_by(keys).aggregate([([], "count_all")])
    twice = counted.filter(pc.greater(counted["count_all"], 1)).select(keys).slice(0, 1).to_pylist()
    first = ", ".join(f"{key} {value}" for each in twice for key, value in each.items())
    return f"the SQL of {name} yields more than one value for {first or 'one pair'}; say which by grouping"


def own_values(name: str, given: Any, count: int) -> tuple[Measure, Values]:
    """What a user's function made, as a column: one number or flag for every row."""
    values = np.asarray(given)
    if values.ndim == 0:
        values = np.full(count, values)
    if values.shape != (count,):
        raise BadRequest(f"{name} has {values.shape} values where the panel has {count:,} rows")
    if values.dtype.kind not in "biuf":
        raise BadRequest(f"{name} holds {values.dtype}; a column of a panel holds numbers or flags")
    kind = "flag" if values.dtype.kind == "b" else "number"
    return Measure(name, "own", kind, "", None, _Said("")), values.astype(np.float64)


@dataclass(frozen=True)
class _Said:
    """A column of the user's own, made from columns of the panel or from SQL."""

    sql: str

    def __call__(self) -> str:
        return self.sql
