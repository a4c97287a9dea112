"""The table of inputs of a forecast: one column for each input, one row for each pair and year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from comity.errors import BadRequest, OutsideCoverage
from comity.forecast import inputs as _inputs  # noqa: F401  # enters the groups of inputs
from comity.forecast.inner import inner_inputs
from comity.forecast.lagged import GROUPS, Lagged
from comity.forecast.listed import listed
from comity.forecast.past import past_inputs
from comity.forecast.targets import Cases

if TYPE_CHECKING:
    from comity.panel.facts import Facts

Table = npt.NDArray[np.float32]

HINDSIGHT = ("rivalry", "claims", "ongoing")  # groups that nobody could have told on the day
ENGAGEMENT = ("exercise", "agreement", "arms", "visit", "presence", "organization")
PART = 50_000  # rows that are worked on at a time
AROUND = ("is_contiguous", "has_alliance")
# Further lists whose pasts are told beside that of the target's own; each is of a different kind of trouble.
FURTHER = {
    "mid": ("icb", "ucdp_acd_troops"),
    "crisis": ("gml_mid", "ucdp_acd_troops"),
    "conflict": ("gml_mid", "icb"),
}


@dataclass(frozen=True)
class Features:
    """The inputs of some rows: their names, the group of each, and their values; NaN is unknown."""

    names: tuple[str, ...]
    groups: tuple[str, ...]
    x: Table

    def column(self, name: str) -> Table:
        """One input by its name."""
        if name not in self.names:
            raise BadRequest(f"{name!r} is no input of this forecast")
        return self.x[:, self.names.index(name)]

    def without(self, groups: Iterable[str]) -> Features:
        """The inputs of all other groups."""
        left = [place for place, group in enumerate(self.groups) if group not in set(groups)]
        return self.only(left)

    def only(self, places: list[int]) -> Features:
        """Some of the inputs by their places."""
        chosen = tuple(self.names[place] for place in places), tuple(self.groups[place] for place in places)
        return Features(*chosen, np.ascontiguousarray(self.x[:, places]))

    def among(self, rows: npt.NDArray[np.bool_]) -> Features:
        """The inputs of some rows."""
        return Features(self.names, self.groups, self.x[rows])

    def at(self, rows: npt.NDArray[np.intp], places: list[int]) -> Features:
        """Some of the inputs of rows, both by their places; held but once, and of many rows the less at a time."""
        x: Table = np.empty((len(rows), len(places)), dtype=np.float32)
        for start in range(0, len(rows), PART):
            x[start : start + PART] = self.x[rows[start : start + PART]][:, places]
        names, groups = (tuple(each[place] for place in places) for each in (self.names, self.groups))
        return Features(names, groups, x)


def features(store: Facts, rows: Cases, with_hindsight: bool = False) -> Features:
    """The inputs of every row, each as it stood at the end of the year before.

    An input that is unknown of all rows is left out. Inputs that were coded by people who knew what came of it
    (rivalries, claims, disputes that went on over the turn of the year) enter only when asked for.
    """
    made: dict[str, dict[str, Table]] = {}
    made["history"], made["neighborhood"] = (_small(each) for each in _told(rows))
    for name in _further(rows):
        try:
            other = listed(store, name, rows.panel.rows.index.states)
        except OutsideCoverage:  # not loaded: the forecast does without
            continue
        told = past_inputs(rows, other)
        made[f"history_{name}"] = _small({f"{name}_{key}": told[key] for key in told if key in _BRIEF})
    made["inner_conflict"] = _small(inner_inputs(store, rows))
    past = Lagged(rows)
    for name, group in GROUPS.items():
        if name not in HINDSIGHT or with_hindsight:
            made[name] = _small(group(past))
            past.forget()
    return _table(made)


_BRIEF = ("onset_3_fade", "onset_20_fade", "since_met")


def _further(rows: Cases) -> tuple[str, ...]:
    kind = {"crisis": "crisis", "conflict": "conflict", "internationalized": "conflict"}.get(rows.target.name, "mid")
    return tuple(name for name in FURTHER[kind] if name not in rows.lists)


def _told(rows: Cases) -> tuple[dict[str, npt.NDArray[np.float64]], dict[str, npt.NDArray[np.float64]]]:
    """The past of the pair itself, and that of the states and pairs around it."""
    told = past_inputs(rows, rows.main, AROUND)
    own = set(past_inputs(rows.among(np.arange(len(rows)) < 1), rows.main))
    return {name: told[name] for name in told if name in own}, {name: told[name] for name in told if name not in own}


def _small(told: Mapping[str, npt.NDArray[np.float64]]) -> dict[str, Table]:
    """Inputs as the table holds them, in half the memory and in one piece; of all pairs they are many."""
    if not told:
        return {}
    block: Table = np.empty((len(told), len(next(iter(told.values())))), dtype=np.float32)
    for row, values in zip(block, told.values(), strict=True):
        row[:] = values
    return dict(zip(told, block, strict=True))


def _table(made: Mapping[str, Mapping[str, Table]]) -> Features:
    columns = [(name, group, values) for group, held in made.items() for name, values in held.items()]
    columns = [each for each in columns if not np.isnan(each[2]).all()]
    x = np.empty((len(columns[0][2]), len(columns)), dtype=np.float32)
    for start in range(0, len(x), PART):
        for place, (_, _, values) in enumerate(columns):
            x[start : start + PART, place] = values[start : start + PART]
    return Features(tuple(each[0] for each in columns), tuple(each[1] for each in columns), x)
