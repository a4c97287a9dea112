"""What is foretold: for each pair and year, whether a dispute, its use of force, a crisis or a war is new.

A year in which an older dispute goes on and no new one begins counts as a year without an onset: who forecasts cannot
know in advance which disputes will go on, and the published benchmark counts so too.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from comity.errors import BadRequest, OutsideCoverage
from comity.forecast.listed import Flags, Floats, Listed, Numbers, listed
from comity.panel import panel

if TYPE_CHECKING:
    from comity.panel import Panel
    from comity.panel.facts import Facts
    from comity.panel.spines import Spine
    from comity.panel.systems import StateSystem

QUIET_YEARS = 10  # without a dispute of the two, after which an onset is a hard one to foretell
FORCE = 4  # from this level of hostility on, force was used
REACH = 11  # years a panel goes back before the first row, so that changes over ten years are known of the year before


@dataclass(frozen=True)
class Target:
    """One thing to foretell: whose list, and what of it counts.

    With `least_hostility` or `least_fatality` above 0 only onsets of disputes that reached it count; where the level
    of a dispute is unknown, the row is.
    """

    name: str
    means: str
    lists: tuple[str, ...]
    least_hostility: int = 0
    least_fatality: int = 0


_DISPUTES = ("gml_mid", "cow_mid")
TARGETS = {
    each.name: each
    for each in (
        Target("mid", "the two come to face each other in a militarized dispute", _DISPUTES),
        Target("force", "a militarized dispute begins in which one of the two uses force", _DISPUTES, FORCE),
        Target("fatal", "a militarized dispute begins that costs a life", _DISPUTES, least_fatality=1),
        Target("crisis", "an international crisis between the two begins", ("icb",)),
        Target("conflict", "the two begin to fight in an armed conflict between states", ("ucdp_acd",)),
        Target(
            "internationalized",
            "the two begin to fight in an armed conflict, or the troops of one against the other in a civil war",
            ("ucdp_acd_troops",),
        ),
    )
}


@dataclass(frozen=True)
class Cases:
    """Pair-years to forecast: their keys, whether the event came (NaN unknown), and what kind of rows they are.

    `before` is the row of the pair's year before in the panel, −1 where the pair was none then. `marks` are flags of
    rows: `hard_onset` (ten quiet years), and the onsets with `force` and that were `fatal` (NaN unknown).
    """

    target: Target
    panel: Panel
    lists: dict[str, Listed]
    row: Numbers
    before: Numbers
    y: Floats
    is_quiet: Flags
    marks: dict[str, Floats] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.row)

    @property
    def year(self) -> Numbers:
        """The year of each row."""
        return self.panel.rows.year[self.row].astype(np.int64) + self.panel.rows.index.first_year

    @property
    def state_a(self) -> Numbers:
        """The number of the first state of each row."""
        return self.panel.rows.state_a[self.row].astype(np.int64)

    @property
    def state_b(self) -> Numbers:
        """The number of the second state of each row."""
        assert self.panel.rows.state_b is not None
        return self.panel.rows.state_b[self.row].astype(np.int64)

    @property
    def pair(self) -> Numbers:
        """A number for each pair, the same in all its years."""
        return self.state_a * len(self.panel.rows.index.states) + self.state_b

    @property
    def main(self) -> Listed:
        """The list the target is taken from."""
        return next(iter(self.lists.values()))

    def among(self, kept: Flags) -> Cases:
        """Some of the rows."""
        marks = {name: values[kept] for name, values in self.marks.items()}
        parts = (self.row[kept], self.before[kept], self.y[kept], self.is_quiet[kept], marks)
        row, before, y, is_quiet, marks = parts
        return replace(self, row=row, before=before, y=y, is_quiet=is_quiet, marks=marks)


def find_target(name: str, source: str | None = None) -> tuple[Target, str]:
    """A target by its name and the list it is taken from, by default its first.

    >>> find_target("mid", "cow_mid")[1]
    'cow_mid'
    """
    if name not in TARGETS:
        raise BadRequest(f"{name!r} is no target; it is one of {', '.join(TARGETS)}")
    target = TARGETS[name]
    if source is not None and source not in target.lists:
        raise BadRequest(f"{name} is not taken from {source!r}; it is from {' or '.join(target.lists)}")
    return target, source or target.lists[0]


@dataclass(frozen=True)
class Wanted:
    """Which pair-years: of which years, of relevant pairs or of all, of which state system."""

    years: tuple[int, int]
    is_relevant: bool = True
    system: str | StateSystem = "cow"


def cases(store: Facts, name: str, source: str | None, wanted: Wanted) -> Cases:
    """The pair-years of some years, of relevant pairs or of all.

    Relevance is that of the year before, by the rule of the field's program; of a pair that was none the year before,
    that of its first year. Rows before a list begins or after it ends have an unknown outcome.
    """
    target, chosen = find_target(name, source)
    first, last = wanted.years
    made = panel(store, "dyad_year", years=(first - REACH, last), system=wanted.system)
    rows = made.rows
    assert rows.state_b is not None
    row = np.flatnonzero(rows.year >= REACH)
    before = rows.rows_of(rows.state_a[row], rows.state_b[row], rows.year[row] - np.int32(1)).astype(np.int64)
    if wanted.is_relevant:
        row, before = _relevant(made, row, before)
    lists = {chosen: listed(store, chosen, rows.index.states)}
    return _told(target, made, lists, (row, before))


def _relevant(made: Panel, row: Numbers, before: Numbers) -> tuple[Numbers, Numbers]:
    flag = made.add("is_relevant_first")["is_relevant_first"]
    told = flag[np.where(before >= 0, before, row)]
    if np.isnan(told).any():
        last = int(made.rows.year[row[np.isnan(told)]].min()) + made.rows.index.first_year
        raise OutsideCoverage(f"relevance is not known of all pairs from {last} on; take all pairs or earlier years")
    kept = told > 0
    return row[kept], before[kept]


def _told(target: Target, made: Panel, lists: dict[str, Listed], at: tuple[Numbers, Numbers]) -> Cases:
    """The rows with their outcomes."""
    row, before = at
    facing = next(iter(lists.values()))
    spine = made.rows
    where = _rows_of(spine, facing)
    outcome = _onsets(len(spine), facing, where, target)
    force = _onsets(len(spine), facing, where, replace(target, least_hostility=FORCE))
    fatal = _onsets(len(spine), facing, where, replace(target, least_fatality=1))
    year = spine.year + spine.index.first_year
    is_told = (year >= facing.first) & (year <= facing.last)
    outcome[~is_told] = np.nan
    quiet = _quiet(spine, facing)
    marks = {"force": force[row], "fatal": fatal[row]}
    return Cases(target, made, lists, row, before, outcome[row], quiet[row], marks)


def _rows_of(spine: Spine, facing: Listed) -> Numbers:
    """The row of each entry of a list, −1 where the panel has none."""
    a, b = facing.state_a.astype(np.int32), facing.state_b.astype(np.int32)
    year = (facing.year - spine.index.first_year).astype(np.int32)
    found = spine.rows_of(a, b, np.clip(year, -1, spine.index.year_count)).astype(np.int64)
    found[(year < 0) | (year >= spine.index.year_count)] = -1
    return found


def _onsets(count: int, facing: Listed, where: Numbers, target: Target) -> Floats:
    """Whether an onset that counts came in each row: 1 if one did, NaN if one might have."""
    level = np.ones(len(where))
    for values, least in ((facing.hostility, target.least_hostility), (facing.fatality, target.least_fatality)):
        if least:
            level = np.where(np.isnan(values), np.nan, np.minimum(level, values >= least))
    is_new = facing.is_onset & (where >= 0)
    found = np.zeros(count)
    found[where[is_new & np.isnan(level)]] = np.nan
    found[where[is_new & (level == 1)]] = 1.0
    return found


def _quiet(spine: Spine, facing: Listed) -> Flags:
    """Whether the two did not face each other in any of the ten years before the row's."""
    assert spine.state_b is not None
    count = len(spine.index.states)
    key = (spine.state_a.astype(np.int64) * count + spine.state_b) * 10_000
    key += spine.year + spine.index.first_year
    held = np.unique((facing.state_a * count + facing.state_b) * 10_000 + facing.year)
    earlier = np.searchsorted(held, key)  # the entries before this year's own
    last = np.where(earlier > 0, held[np.maximum(earlier - 1, 0)], -1)
    quiet: Flags = (key - last) > QUIET_YEARS
    return quiet
