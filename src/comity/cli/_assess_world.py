"""What `comity assess --world` does: the series of the world or a region, as a table, as JSON and as a picture."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from comity.cli._settings import Settings, write_json, write_rows

if TYPE_CHECKING:
    from comity.assess.world import Series, World

AGO = 10  # years before the last known one, beside which it is shown


def answer_world(
    settings: Settings, region: str | None, years: tuple[int, int] | None, out: Path | None, as_json: bool
) -> None:
    """Show the series, or write their picture."""
    from comity.assess.world import FIRST_YEAR, world

    if out is not None:
        from comity.assess.world_picture import check_world_ending

        check_world_ending(out)
    asked = years or (FIRST_YEAR, datetime.now(tz=UTC).year - 1)
    with settings.open() as store:
        told = world(store, asked, region)
    if out is not None:
        from comity.assess.world_picture import write_world

        write_world(told, out)
        settings.say(f"{out}: {asked[0]} to {asked[1]}, {len(told.series)} series known")
    if as_json:
        write_json(world_dict(told))
    elif out is None:
        columns = ("series", "known to", "value", f"{AGO} years before", "highest", "in", "means", "sources")
        write_rows(columns, [_row(series) for series in told.series], as_json=False)


def world_dict(told: World) -> dict[str, object]:
    """The series as plain values."""
    return {"region": told.region, "states": list(told.states), "series": [each.to_dict() for each in told.series]}


def _row(series: Series) -> tuple[object, ...]:
    last = int(np.flatnonzero(~np.isnan(series.values))[-1])
    before = series.values[last - AGO] if last >= AGO else np.nan
    top = int(np.nanargmax(series.values))
    return (
        series.name,
        int(series.years[last]),
        _short(series.values[last]),
        _short(before),
        _short(series.values[top]),
        int(series.years[top]),
        series.means,
        " ".join(series.sources),
    )


def _short(value: float) -> str:
    return "unknown" if np.isnan(value) else f"{value:.4g}"
