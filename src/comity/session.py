"""A session: one open store with the verbs of every room, for people who work in Python."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from comity.store import Store
from comity.store import open_store as open_plain

if TYPE_CHECKING:
    from comity.assess import Assessment
    from comity.assess.world import World
    from comity.brief import Brief
    from comity.network import Network
    from comity.panel import Panel


class Session:
    """A store and what can be asked of it; every method is the function of the same name in its room."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.ask = store.ask
        self.abouts = store.abouts
        self.coverage = store.coverage
        self.withheld = store.withheld
        self.close = store.close

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def panel(
        self,
        unit: str,
        *,
        years: tuple[int, int],
        system: str = "cow",
        states: tuple[str, ...] = (),
    ) -> Panel:
        """A panel of states or pairs in the years asked for, both included, with no measure yet.

        The units are state_year, dyad_year, directed_dyad_year and dyad_month. With `states` named (by code), it has
        only them, or the pairs with one of them. What it gives is cut and filled in a chain:
        `.as_of(day).relevant().add("is_defense_ally", …)`.
        """
        from comity.panel import panel

        return panel(self.store, unit, years=years, system=system, states=states)

    def network(self, years: int | tuple[int, int], layers: Sequence[str] = (), *, system: str = "cow") -> Network:
        """The network of a year or window: who is known to be tied to whom, layer by layer."""
        from comity.network import USUAL, network

        return network(self.store, years, tuple(layers) or USUAL, system)

    def assess(self, state_a: str, state_b: str, *, year: int | None = None) -> Assessment:
        """Where two states stand with each other at the end of a year, and what limits them; states by code or name."""
        from comity.assess import assess
        from comity.vocab.states import find_state

        return assess(self.store, find_state(state_a, year), find_state(state_b, year), year)

    def world(self, years: tuple[int, int], *, region: str | None = None) -> World:
        """The world, or the pairs of states inside a region, as series over the years."""
        from comity.assess.world import world

        return world(self.store, years, region)

    def brief(self, *subject: str, year: int | None = None) -> Brief:
        """A brief on a pair of states or a region."""
        from comity.brief import compose

        return compose(self.store, subject, year)


def open_store(path: Path | None = None, audience: str = "owner") -> Session:
    """The store of this machine, or of another folder, as one audience may see it."""
    return Session(open_plain(path, audience))
