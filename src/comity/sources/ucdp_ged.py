"""Deaths in organized violence by state and year, summed from single events (Uppsala Conflict Data Program)."""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from comity.sources.columns import Columns
from comity.sources.raw import Raw

KINDS = {"1": "state_based", "2": "non_state", "3": "one_sided"}
COUNTS = {
    "violence_death_count": "best",
    "violence_death_count_low": "low",
    "violence_death_count_high": "high",
    "violence_civilian_death_count": "deaths_civilians",
}


def state_year_fact(raw: Raw) -> Iterator[pa.Table]:
    """Events and deaths on a state's ground in a year; the item is the kind of violence."""
    for columns in raw.columns("events"):
        events = pa.table(
            {
                "state": columns.states("country_id", "gw", "year"),
                "year": columns.integers("year"),
                "item": _kinds(columns),
                "violence_event_count": pa.repeat(pa.scalar(1), columns.row_count),
            }
            | {fact: columns.integers(column) for fact, column in COUNTS.items()}
        )
        facts = ("violence_event_count", *COUNTS)
        sums = events.group_by(["state", "year", "item"]).aggregate([(fact, "sum") for fact in facts])
        key = pc.binary_join_element_wise(sums["state"], pc.cast(sums["year"], pa.string()), sums["item"], "/")
        refs = pc.binary_join_element_wise(f"{columns.file}:", key, "")
        for fact in facts:
            yield pa.table(
                {
                    "fact": pa.repeat(pa.scalar(fact), sums.num_rows),
                    "state": sums["state"],
                    "year": sums["year"],
                    "item": sums["item"],
                    "value": pc.cast(sums[f"{fact}_sum"], pa.float64()),
                    "row_ref": refs,
                }
            )


def _kinds(columns: Columns) -> pa.Array:
    """The kind of violence of each event, in words."""
    numbers = pc.index_in(columns.text("type_of_violence"), value_set=pa.array(list(KINDS))).combine_chunks()
    if numbers.null_count:
        place = pc.index(pc.is_null(numbers), value=True).as_py()
        raise columns.broken("type_of_violence", place, f"is not one of {', '.join(KINDS)}")
    return pa.array(list(KINDS.values())).take(numbers)
