"""A watch list put together with what stands around its pairs: what every drawing of it starts from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from comity.brief.watch_around import Around, around
from comity.brief.watch_words import driver_words, one_in
from comity.errors import BadRequest
from comity.forecast.replay import Replayed
from comity.forecast.watch import Pair, StateRisk, Watch, by_state

if TYPE_CHECKING:
    from comity.store import Store

CSV_COLUMNS = (
    *("rank", "state_a", "state_b", "chance", "one_in", "low", "high", "chance_a_year_before", "is_ongoing"),
    *("is_quiet", "reasons", "channels", "active_channels", "regimes", "planned_or_recurring", "recent_incidents"),
)


@dataclass(frozen=True)
class View:
    """What of a list is looked at: how many pairs, of which region, without those at it already, and by state."""

    top: int = 20
    region: str | None = None
    is_prevention: bool = False


@dataclass(frozen=True)
class Sheet:
    """The pairs that are shown, each with its place on the whole list and with what stands around it.

    `hidden` is how many pairs the prevention view leaves out, None where it was not asked for.
    """

    watch: Watch
    view: View
    ranked: tuple[tuple[int, Pair], ...]
    hidden: int | None
    day: date
    beside: Mapping[tuple[str, str], Around] = field(default_factory=dict)
    replayed: Replayed | None = None
    chosen: str = ""  # why this target, where none was named

    @property
    def shown(self) -> tuple[tuple[int, Pair], ...]:
        """The first pairs of the view."""
        return self.ranked[: self.view.top]

    @property
    def states(self) -> list[StateRisk]:
        """The chances of all pairs of the view by state."""
        return by_state(tuple(pair for _, pair in self.ranked))

    def to_dict(self) -> dict[str, Any]:
        """The list and the view as plain values."""
        said = self.watch.to_dict() if self.replayed is None else self.replayed.to_dict()["list"]
        del said["pairs"]
        said |= {"view": asdict(self.view), "hidden_as_ongoing": self.hidden, "around_as_of": self.day.isoformat()}
        said["pairs"] = [self.row(rank, pair) for rank, pair in self.shown]
        if self.replayed is not None:
            said["replay"] = {key: made for key, made in self.replayed.to_dict().items() if key != "list"}
        return said

    def row(self, rank: int, pair: Pair) -> dict[str, Any]:
        """One pair with what stands around it as plain values."""
        said = asdict(pair) | {"rank": rank, "one_in": one_in(pair.chance)}
        said["drivers"] = [driver.to_dict() | {"words": driver_words(driver)} for driver in pair.drivers]
        said["groups"] = [driver.to_dict() | {"words": driver_words(driver, is_group=True)} for driver in pair.groups]
        return said | {"around": self.beside.get(pair.states, Around()).to_dict()}

    def csv_rows(self) -> list[Sequence[Any]]:
        """Every pair of the view as a row of plain cells, in the order of `CSV_COLUMNS`.

        No list of channels, regimes, plans or incidents is complete, so that where none is listed the cell is empty.
        """
        made: list[Sequence[Any]] = []
        for rank, pair in self.ranked:
            reasons = "; ".join(driver_words(driver, is_group=True) for driver in pair.groups[:3])
            numbers = (pair.chance, one_in(pair.chance), pair.low, pair.high, pair.before)
            held = self.beside.get(pair.states)
            counts: tuple[int | None, ...] = (None,) * 5
            if held is not None:
                listed = (held.regimes, held.planned, held.incidents)
                lines = (len(held.channels), held.open_channels) if held.channels else (None, None)
                counts = (*lines, *(len(each) or None for each in listed))
            made.append((rank, *pair.states, *numbers, pair.is_ongoing, pair.is_quiet, reasons, *counts))
        return made


def sheet(store: Store, watch: Watch, view: View, day: date, replayed: Replayed | None = None) -> Sheet:
    """A list as it is looked at, with what stood around the pairs shown on a day.

    A region is the states that the register names as its own: both of a pair must be among them or its partners, and
    one among them. Raises BadRequest for a region that there is not.
    """
    pairs, hidden = watch.prevention() if view.is_prevention else (watch.pairs, None)
    places = {pair.states: place for place, pair in enumerate(watch.pairs, start=1)}
    ranked = tuple((places[pair.states], pair) for pair in pairs)
    if view.region is not None:
        inner, circle = _region(store, view.region)
        ranked = tuple(
            (place, pair) for place, pair in ranked if set(pair.states) & inner and set(pair.states) <= circle
        )
        if hidden is not None:
            left = [pair for pair in watch.pairs if pair.is_ongoing]
            hidden = sum(bool(set(pair.states) & inner) and set(pair.states) <= circle for pair in left)
    beside = around(store, [pair.states for _, pair in ranked[: view.top]], day)
    return Sheet(watch, view, ranked, hidden, day, beside, replayed)


def _region(store: Store, name: str) -> tuple[frozenset[str], frozenset[str]]:
    rows = {row["region"]: row for row in store.ask("SELECT region, states, partners FROM core.region").to_pylist()}
    if name not in rows:
        raise BadRequest(f"{name!r} is no region; it is one of {', '.join(sorted(rows)) or 'none loaded'}")
    inner = frozenset(rows[name]["states"])
    return inner, inner | frozenset(rows[name]["partners"] or ())
