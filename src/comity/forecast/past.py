"""What had happened by the end of the year before: a walk through the years in which no step sees its own year.

Of each list the walk keeps matrices of states × states: onsets that fade with several half-lives, the last year in
which two states faced each other, how often they did. Before the events of a year are added, the rows of that year
are read off; so nothing of a year can enter its own forecast. `over_the_turn` alone does otherwise, and enters only
where hindsight is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from comity.forecast.listed import Floats, Listed, Numbers
from comity.forecast.targets import FORCE, Cases

Square = npt.NDArray[np.float32]

# Half-lives in years: what is left of a dispute halves so often. Several, since some quarrels are over in a year and
# others last a generation; the models weigh them.
ONSET_HALF_LIVES = (1, 3, 8, 20)
OTHER_HALF_LIVES = {"force": 8, "fatal": 15, "met": 4, "theirs": 8, "joined": 8}
SEVERE = ("force", "fatal")  # told by how far a dispute went, which is known only when it is over
NEAR_HALF_LIFE = 5  # of what states around a pair do
LONGEST = 200.0  # years of peace of a pair of which no dispute is listed and whose age is not known


@dataclass
class _Memory:
    """What is known of every two states at the start of a year."""

    count: int
    fades: dict[str, float]
    faded: dict[str, Square] = field(default_factory=dict)
    over: tuple[Numbers, Numbers, dict[str, npt.NDArray[np.bool_]]] | None = None  # what ended in the year before

    def __post_init__(self) -> None:
        size = (self.count, self.count)
        self.faded = {name: np.zeros(size, dtype=np.float32) for name in self.fades}
        self.past = np.zeros(size, dtype=np.float32)
        self.met = np.full(size, -9999, dtype=np.int32)  # the last year they faced each other
        self.began = np.full(size, -9999, dtype=np.int32)  # the last year in which an onset came

    def add(self, facing: Listed, part: slice, year: int) -> None:
        """Let a year pass, with what happened in it; how far a dispute went is known a year after its end."""
        a, b, is_onset = facing.state_a[part], facing.state_b[part], facing.is_onset[part]
        is_met, is_theirs = np.ones(len(a), dtype=bool), facing.is_theirs[part]
        kinds = {"met": is_met, "theirs": is_onset & (is_theirs == 1), "joined": is_onset & (is_theirs == 0)}
        for name, square in self.faded.items():
            kind = name.split("_")[0]
            if kind in SEVERE:
                if self.over is not None:
                    count_both(square, *self.over[:2], self.over[2][kind])
            else:
                count_both(square, a, b, kinds.get(kind, is_onset))
            np.multiply(square, np.float32(0.5 ** (1 / self.fades[name])), out=square)
        is_over = facing.is_end[part]
        severe = {"force": facing.hostility[part] >= FORCE, "fatal": facing.fatality[part] >= 1}
        self.over = a, b, {kind: is_over & flags for kind, flags in severe.items()}
        count_both(self.past, a, b, is_onset)
        for last, kept in ((self.met, is_met), (self.began, is_onset)):
            last[a[kept], b[kept]] = last[b[kept], a[kept]] = year


def count_both(square: Square, a: Numbers, b: Numbers, kept: npt.NDArray[np.bool_]) -> None:
    """Count events of pairs in a matrix of states × states, both ways round."""
    np.add.at(square, (a[kept], b[kept]), np.float32(1))
    np.add.at(square, (b[kept], a[kept]), np.float32(1))


def past_inputs(rows: Cases, facing: Listed, around: tuple[str, ...] = ()) -> dict[str, Floats]:
    """What a list tells of each row's pair, and of the states and pairs around it, up to the year before.

    `around` names flags of pairs in the panel (borders, alliances) along which disputes of third states are counted;
    without it only the pair's own past is told. NaN where the list had ended before the year before.
    """
    fades = {f"onset_{years}": float(years) for years in ONSET_HALF_LIVES}
    unknown = ("theirs", "joined") if np.isnan(facing.is_theirs).all() else ()
    fades |= {f"{name}_{years}": float(years) for name, years in OTHER_HALF_LIVES.items() if name not in unknown}
    fades["near"] = float(NEAR_HALF_LIFE)
    memory = _Memory(len(rows.panel.rows.index.states), fades)
    told: dict[str, Floats] = {}
    order = np.argsort(rows.year, kind="stable")
    years = rows.year[order]
    ties = {name: Tied.of(rows, name) for name in around}
    for year in range(facing.first, int(years[-1]) + 1 if len(years) else facing.first):
        start, end = np.searchsorted(years, (year, year + 1))
        if end > start and year - 1 <= facing.last:
            at = order[start:end]
            pairs = rows.state_a[at], rows.state_b[at]
            found = _own(memory, pairs, year)
            if around:
                found |= _around(memory, pairs, {name: tie.square(year - 1) for name, tie in ties.items()})
            for name, values in found.items():
                told.setdefault(name, np.full(len(rows), np.nan))[at] = values
        memory.add(facing, slice(*np.searchsorted(facing.year, (year, year + 1))), year)
    return told


def _own(memory: _Memory, pairs: tuple[Numbers, Numbers], year: int) -> dict[str, Floats]:
    """The pair's own past."""
    found = {f"{name}_fade": np.log1p(square[pairs].astype(float)) for name, square in memory.faded.items()}
    del found["near_fade"]
    since, begun = (np.minimum(year - last[pairs], LONGEST).astype(float) for last in (memory.met, memory.began))
    found |= {"since_met": np.log(since), "since_onset": np.log(begun), "met_last_year": (since <= 1).astype(float)}
    found["onset_last_year"] = (begun <= 1).astype(float)
    found["met_in_decade"] = (since <= 10).astype(float)
    found["past_onsets"] = np.log1p(memory.past[pairs].astype(float))
    return found


def _around(memory: _Memory, pairs: tuple[Numbers, Numbers], ties: dict[str, Square]) -> dict[str, Floats]:
    """What the two states do with others, and what their neighbors and allies do."""
    a, b = pairs
    near = memory.faded["near"]
    found: dict[str, Floats] = {}
    for name in ("onset_1", "onset_8", "force_8"):
        square = memory.faded[name]
        total = square.sum(axis=1)
        found |= two_sides(f"others_{name}", total[a] - square[pairs], total[b] - square[pairs])
    opponents = (near > 0.25).sum(axis=1)
    found |= two_sides("opponents", opponents[a] - (near[pairs] > 0.25), opponents[b] - (near[pairs] > 0.25))
    found["common_opponents"] = np.log1p((near @ near)[pairs].astype(float))
    total = near.sum(axis=1)
    for name, tie in ties.items():
        found |= two_sides(f"{name}_activity", (tie @ total)[a], (tie @ total)[b])
        crossed = tie @ near  # what those tied to the one have with the other
        found[f"{name}_against"] = np.log1p((crossed[a, b] + crossed[b, a]).astype(float))
        among = (crossed * tie).sum(axis=1)  # disputes among those tied to a state
        found |= two_sides(f"{name}_among", among[a], among[b])
    found["world"] = np.full(len(a), np.log1p(float(total.sum()) / 2))
    return found


def two_sides(name: str, one: npt.NDArray[np.float32], other: npt.NDArray[np.float32]) -> dict[str, Floats]:
    """The lower and the higher of what the two states have, as logarithms."""
    one, other = np.log1p(np.maximum(one, 0).astype(float)), np.log1p(np.maximum(other, 0).astype(float))
    return {f"{name}_low": np.minimum(one, other).astype(float), f"{name}_high": np.maximum(one, other).astype(float)}


def over_the_turn(rows: Cases, facing: Listed) -> Floats:
    """Whether a dispute of each row's pair went on from the year before into the row's own; NaN out of the list.

    This is hindsight, and the one thing here that looks into the row's year: incidents within six months of one
    another are one dispute, so that only a later incident, or its end, tells that one was still going on.
    """
    count = len(rows.panel.rows.index.states)
    lasting = ~facing.is_end
    held = ((facing.state_a * count + facing.state_b) * 10_000 + facing.year)[lasting]
    told = np.isin(rows.pair * 10_000 + rows.year - 1, held).astype(float)
    told[(rows.year - 1 < facing.first) | (rows.year - 1 > facing.last)] = np.nan
    return told


@dataclass(frozen=True)
class Tied:
    """A flag of pairs, year by year; what is not known to be tied is not."""

    count: int
    years: Numbers
    state_a: Numbers
    state_b: Numbers

    @classmethod
    def of(cls, rows: Cases, name: str) -> Tied:
        """The flag of a name, from the panel of some rows."""
        spine = rows.panel.rows
        assert spine.state_b is not None
        tied = np.flatnonzero(rows.panel.add(name)[name] > 0)
        tied = tied[np.argsort(spine.year[tied], kind="stable")]
        year = spine.year[tied].astype(np.int64) + spine.index.first_year
        return cls(len(spine.index.states), year, spine.state_a[tied].astype(np.int64), spine.state_b[tied])  # type: ignore[arg-type]

    def square(self, year: int) -> Square:
        """Who was tied to whom in a year."""
        part = slice(*np.searchsorted(self.years, (year, year + 1)))
        made = np.zeros((self.count, self.count), dtype=np.float32)
        made[self.state_a[part], self.state_b[part]] = made[self.state_b[part], self.state_a[part]] = 1.0
        return made
