"""Small invented worlds for the tests of panels: state systems, and sources with rows that measures read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from comity.panel import StateSystem
from comity.panel.systems import Spell
from comity.sources.about import Loaded
from comity.store import Store, open_store, to_table
from comity.vocab.coverage import Coverage
from strategies import about, write_sources

# DEU and GFR hand over in 1990, NRU joins CoW in 1999 and Gleditsch and Ward in 1968, HKG is no state of a system.
STATES = ("DEU", "FRA", "GFR", "JPN", "NRU", "USA")
YEARS = (1988, 1992)
KINDS = ("agreement", "alliance", "contiguity", "diplomatic_contact", "dispute", "exercise", "visit")
Row = dict[str, Any]


@dataclass(frozen=True)
class Sample:
    """One invented source: what it says it covers, and its rows by table."""

    name: str
    coverage: tuple[Coverage, ...]
    rows: Mapping[str, list[Row]]
    published: date | None = None

    def loaded(self) -> Loaded:
        """The source as the store takes it."""
        given = {"source": self.name, "source_version": "1", "label": "public"}
        tables = {
            table: to_table(table, [given | {"row_ref": f"a.csv:{number}"} | row for number, row in enumerate(rows)])
            for table, rows in self.rows.items()
        }
        told = {"coverage": self.coverage, "published": self.published, "citation": f"Cited as {self.name}"}
        return Loaded(about(self.name, **told), tables)

    def changed(self, change: Callable[[str, list[Row]], list[Row]]) -> Sample:
        """The source with the rows of each table changed."""
        return replace(self, rows={table: change(table, rows) for table, rows in self.rows.items()})


# What is drawn.

states = st.sampled_from(STATES)
days = st.dates(date(YEARS[0] - 1, 1, 1), date(YEARS[1] + 1, 12, 31))
edges = st.one_of(
    days, st.sampled_from([date(year, month, day) for year in (1989, 1991) for month, day in ((1, 1), (12, 31))])
)
spans = st.tuples(edges, edges).map(sorted)
begins = st.one_of(edges, st.just(date(1816, 1, 1)))
coverages = st.builds(
    lambda kinds, completeness, span, of_states, system: Coverage(
        kinds=tuple(kinds), completeness=completeness, start=span[0], end=span[1], states=of_states, system=system
    ),
    st.sets(st.sampled_from(KINDS), min_size=1).map(sorted),
    st.sampled_from(("complete", "complete", "positive_only")),
    st.tuples(begins, edges).map(sorted),
    st.sampled_from(((), (), ("FRA",), ("DEU", "USA"))),
    st.sampled_from((None, None, "cow", "gw")),
)
years = st.integers(YEARS[0] - 1, YEARS[1] + 1)
parties = st.lists(
    st.tuples(
        st.one_of(
            states.map(lambda code: ("state", code)), st.sampled_from([("territory", "HKG"), ("organisation", "x")])
        ),
        st.sampled_from(("participant", "host", "visitor", "observer")),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda party: party[0],
)


@st.composite
def engagements(draw: st.DrawFn) -> tuple[list[Row], list[Row]]:
    """Rows of engagements and their parties."""
    held, took_part = [], []
    for number in range(draw(st.integers(0, 6))):
        name = f"e{number}"
        held.append(
            {
                "engagement": name,
                "instrument": draw(st.sampled_from(("exercise", "visit", "visit", "dialogue"))),
                "status": draw(st.sampled_from(("completed", "completed", "ongoing", "cancelled"))),
                "start_date": draw(days),
                "start_precision": draw(st.sampled_from(("day", "month", "year"))),
                "verification": "primary",
            }
        )
        took_part += [
            {"engagement": name, "party_kind": kind, "party": party, "role": role}
            for (kind, party), role in draw(parties)
        ]
    return held, took_part


@st.composite
def agreements(draw: st.DrawFn) -> tuple[list[Row], list[Row]]:
    """Rows of agreements and of the spells of their parties."""
    texts, spells = [], []
    for number in range(draw(st.integers(0, 4))):
        name, known = f"a{number}", draw(days)
        kind, signed = draw(st.sampled_from(("alliance", "framework"))), draw(st.none() | days)
        texts.append(
            {
                "agreement": name,
                "agreement_kind": kind,
                "status": "unknown",
                "signed_date": signed,
                "known_until": known,
                "verification": "primary",
            }
        )
        for (party_kind, party), _ in draw(parties):
            start, end = draw(spans)
            spells.append(
                {
                    "agreement": name,
                    "party_kind": party_kind,
                    "party": party,
                    "role": "signatory",
                    "obligations": draw(
                        st.sampled_from(([], ["defense"], ["consultation", "defense"], ["neutrality"]))
                    ),
                    "start_date": draw(st.sampled_from((start, start, None))),
                    "end_date": draw(st.sampled_from((end, end, None))),
                    "known_until": known,
                }
            )
    return texts, spells


dyad_facts = st.lists(
    st.builds(
        lambda fact, pair, year, item, value: {
            "fact": fact[0], "from_state": pair[0], "to_state": pair[1], "year": year, "item": item,
            "value": float(value if fact[1] else 1),
        },
        st.sampled_from(
            (
                *(("contiguity_type", True), ("diplomatic_contact", False)),
                *(("dispute_onset", False), ("dispute_ongoing", False)),
            )
        ),
        st.lists(states, min_size=2, max_size=2, unique=True),
        years,
        st.sampled_from(("1", "2")),
        st.integers(1, 5),
    ),
    max_size=10,
    unique_by=lambda row: tuple(row[name] for name in ("fact", "from_state", "to_state", "year", "item")),
)  # fmt: skip
state_facts = st.lists(
    st.builds(
        lambda state, year, value: {"fact": "ideal_point", "state": state, "year": year, "item": "", "value": value},
        states,
        years,
        st.integers(-4, 4).map(lambda whole: whole / 2),
    ),
    max_size=12,
    unique_by=lambda row: (row["state"], row["year"]),
)


@st.composite
def samples(draw: st.DrawFn) -> list[Sample]:
    """Two invented sources with rows in every table that a measure reads."""
    found = []
    for name in ("alpha", "beta"):
        held, took_part = draw(engagements())
        texts, spells = draw(agreements())
        rows = {
            "engagement": held,
            "engagement_party": took_part,
            "agreement": texts,
            "agreement_party": spells,
            "dyad_year_fact": draw(dyad_facts),
            "state_year_fact": draw(state_facts),
        }
        found.append(Sample(name, tuple(draw(st.lists(coverages, max_size=3))), rows))
    return found


@st.composite
def systems(draw: st.DrawFn) -> StateSystem:
    """Six states under five codes: they come and go, and Germany takes over the code of West Germany on some day."""
    spells = []
    for number, code in enumerate(("FRA", "JPN", "NRU", "USA")):
        first = draw(st.one_of(st.just(date(1816, 1, 1)), days))
        left, back = draw(spans)
        stays = draw(st.booleans()) or not first < left < back
        spells += (
            [Spell(code, first, None, number)]
            if stays
            else [Spell(code, first, left, number), Spell(code, back, None, number)]
        )
    handed = draw(days)
    spells += [Spell("GFR", date(1955, 5, 5), handed, 9), Spell("DEU", handed + timedelta(1), None, 9)]
    return StateSystem("invented", spells)


@st.composite
def worlds(draw: st.DrawFn) -> tuple[StateSystem, list[Sample]]:
    """A state system and the sources that speak of its states."""
    return draw(systems()), draw(samples())


@contextmanager
def opened(tmp_path_factory: Any, given: list[Sample]) -> Iterator[Store]:
    """A new store of these sources."""
    place: Path = tmp_path_factory.mktemp("panel") / "store"
    write_sources(place, *(sample.loaded() for sample in given))
    with open_store(place) as store:
        yield store
