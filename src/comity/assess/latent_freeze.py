"""Estimate what each instrument tells of closeness on the years set aside for it, and write it down.

    python -m comity.assess.latent_freeze latent.yml

The file that ships was made so. Later years are kept for judging the index and were not looked at.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from comity.assess.latent import Items
from comity.assess.latent_fit import STEPS_TRIED, fit
from comity.assess.latent_items import INSTRUMENTS, ties
from comity.assess.shape import Numbers
from comity.assess.view import View
from comity.panel import panel

if TYPE_CHECKING:
    from comity.store import Store

FITTED_YEARS = (1951, 2000)


def fitted(store: Store) -> tuple[Items, float]:
    """The items that make the ties of all pairs in the years set aside likeliest, over the steps that are tried."""
    years = _ties(store)
    tried = [fit(years, tuple(INSTRUMENTS), step) for step in STEPS_TRIED]
    return max(tried, key=lambda pair: pair[1])


def text_of(store: Store, items: Items, likelihood: float) -> str:
    """The file: what was estimated, on which years and which versions of the sources."""
    versions = {name: about.version for name, about in store.abouts().items()}
    used = sorted({source for name in _measures() for source in _sources(store, name)})
    lines = [
        "# What each instrument tells of the closeness of two states: discrimination and difficulty, as",
        "# comity.assess.latent_freeze estimated them. Frozen: years after the last one named judge the index.",
        f"years: [{FITTED_YEARS[0]}, {FITTED_YEARS[1]}]",
        "sources: {" + ", ".join(f"{source}: '{versions.get(source, '')}'" for source in used) + "}",
        f"log_likelihood: {likelihood:.1f}",
        f"step: {items.step:g}",
        "items:",
    ]
    for name, slope, place in zip(items.names, items.discrimination, items.difficulty, strict=True):
        lines.append(f"  {name}: [{slope:.4f}, {place:.4f}]")
    return "\n".join([*lines, ""])


def _measures() -> list[str]:
    return sorted({measure for measure, _ in INSTRUMENTS.values()})


def _sources(store: Store, measure: str) -> tuple[str, ...]:
    made = panel(store, "dyad_year", years=FITTED_YEARS).add(measure)
    return tuple(source for column in made.columns.values() for source in column.filled.sources)


def _ties(store: Store) -> list[Numbers]:
    first, last = FITTED_YEARS
    made = panel(store, "dyad_year", years=FITTED_YEARS)
    rows = made.rows
    states = rows.index.states
    keys = np.unique(np.stack([rows.state_a, rows.state_b]), axis=1)  # type: ignore[list-item]
    pairs = tuple((states[a], states[b]) for a, b in keys.T)
    told = ties(View(made, pairs, last, last - first + 1))
    return [told[:, year] for year in range(told.shape[1])]


def main() -> None:
    """Fit on the user's store and write the file named."""
    from comity.store import open_store

    with open_store() as store:
        items, likelihood = fitted(store)
        Path(sys.argv[1]).write_text(text_of(store, items, likelihood), encoding="utf-8")


if __name__ == "__main__":
    main()
