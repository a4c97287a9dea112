"""An invented world for the tests of forecasts: eight states, their borders and powers, and disputes among them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from comity.panel import StateSystem
from comity.panel.systems import Spell
from comity.store import Store
from fact_samples import complete, membership, one_source, opened, pair_facts, state_facts
from panel_samples import Row, Sample

STATES = {"AUT": 305, "BEL": 211, "CHE": 225, "DNK": 390, "ESP": 230, "FRA": 220, "GRC": 350, "HUN": 310}
YEARS = (1960, 2000)
Dispute = tuple[str, str, int, int, int]  # the two states, the year it began, its hostility and its deaths


def disputes(seed: int = 3, years: tuple[int, int] = YEARS) -> list[Dispute]:
    """Disputes that come more often between pairs which had one of late, and never between some."""
    random = np.random.default_rng(seed)
    names, found = list(STATES), []
    last: dict[tuple[str, str], int] = {}
    for year in range(years[0], years[1] + 1):
        for place, one in enumerate(names):
            for other in names[place + 1 :]:
                warm = year - last.get((one, other), -99) <= 5
                if random.random() < (0.35 if warm else 0.02 if place < 4 else 0.005):
                    found.append((one, other, year, int(random.integers(2, 6)), int(random.integers(0, 2))))
                    last[one, other] = year
    return found


def month_of(dispute: Dispute) -> int:
    """A month for each dispute, which changes from one to the next and stays when others do."""
    one, other, year, hostility, deaths = dispute
    return 1 + (sum(map(ord, one + other)) + 5 * year + 3 * hostility + deaths) % 12


def world(
    held: list[Dispute], jump: int = 9999, known: tuple[int, int] = YEARS, by_month: bool = False
) -> tuple[Sample, ...]:
    """The sources of the world: members, borders, the disputes given, and capabilities; from `jump` on other ones.

    Disputes begin in March, or `by_month` each in its own.
    """
    span = range(YEARS[0] - 15, YEARS[1] + 1)
    members = [membership(state, code, date(1900, 1, 1)) for state, code in STATES.items()]
    members += [membership("FRA", 220, date(1900, 1, 1), role="major_power")]
    names = list(STATES)
    near = dict.fromkeys(itertools.pairwise(names), 1.0)
    borders = pair_facts("contiguity_type", {(*pair, year): 1.0 for pair in near for year in span})
    strong = {
        (state, year): (0.01 * (place + 1)) ** (1 if year < jump else 2)
        for place, state in enumerate(names)
        for year in span
    }
    return (
        one_source({"state_membership": members}, complete("cow_membership", 1816, 2016), name="cow_states"),
        one_source(
            {"dyad_year_fact": borders, "dyad_spell": _spells(near)},
            *(complete(kind, 1900, 2016) for kind in ("contiguity", "contiguity_record")),
            name="contiguity",
        ),
        one_source({"state_year_fact": state_facts("cinc_share", strong)}, name="nmc"),
        one_source(_listed(held, by_month), complete("dispute", *known), name="gml_mid"),
    )


def _spells(near: dict[tuple[str, str], float]) -> list[Row]:
    """Borders once more as spells, from which the rule of the field's program reads them."""
    days = {"start_date": date(1900, 1, 1), "start_precision": "day", "known_until": date(2016, 12, 31)}
    return [
        {"fact": "contiguity_type", "from_state": one, "to_state": other, "item": "", "value": value} | days
        for (one, other), value in near.items()
    ]


def _listed(held: list[Dispute], by_month: bool) -> dict[str, list[Row]]:
    facts, parts, texts = [], [], []
    for number, (one, other, year, hostility, deaths) in enumerate(held):
        name, begin = f"d{number}", date(year, month_of(held[number]) if by_month else 3, 1)
        for pair in ((one, other), (other, one)):
            for fact in ("dispute_onset", "dispute_ongoing"):
                facts.append(
                    {"fact": fact, "from_state": pair[0], "to_state": pair[1], "year": year, "item": name, "value": 1.0}
                )
        spell = {"start_date": begin, "start_precision": "day", "end_date": begin, "end_precision": "day"}
        for state, side in ((one, "a"), (other, "b")):
            parts.append(
                {"dispute": name, "state": state, "side": side, "is_originator": True, "hostility_level": hostility}
                | spell
            )
        texts.append({"dispute": name, "hostility_level": hostility, "fatality_level": deaths} | spell)
    return {"dyad_year_fact": facts, "dispute_party": parts, "dispute": texts}


@contextmanager
def stored(place: Path, held: list[Dispute], **given: Any) -> Iterator[Store]:
    """A store of the world with these disputes."""
    with opened(place, *world(held, **given)) as store:
        yield store


SYSTEM = StateSystem("invented", [Spell(state, date(1900, 1, 1), None, code) for state, code in STATES.items()])
