"""Small invented stores for the tests of panels, and every measure said a second time in plain loops."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from hypothesis import strategies as st

from comity.sources.about import Loaded
from comity.store import to_table
from comity.vocab.coverage import Coverage
from comity.vocab.states import members
from strategies import about

# DEU and GFR hand over in 1990, NRU joins CoW in 1999 and Gleditsch and Ward in 1968, HKG is no state of a system.
STATES = ("DEU", "FRA", "GFR", "JPN", "NRU", "USA")
YEARS = (1988, 1992)
KINDS = ("agreement", "alliance", "contiguity", "dispute", "exercise", "visit")
Row = dict[str, Any]
Key = tuple[Any, ...]
Facts = dict[Key, float]


@dataclass(frozen=True)
class Sample:
    """One invented source: what it says it covers, and its rows by table."""

    name: str
    coverage: tuple[Coverage, ...]
    rows: Mapping[str, list[Row]]

    def loaded(self) -> Loaded:
        """The source as the store takes it."""
        given = {"source": self.name, "source_version": "1", "label": "public"}
        tables = {
            table: to_table(table, [given | {"row_ref": f"a.csv:{number}"} | row for number, row in enumerate(rows)])
            for table, rows in self.rows.items()
        }
        return Loaded(about(self.name, coverage=self.coverage), tables)

    def changed(self, change: Callable[[str, list[Row]], list[Row]]) -> Sample:
        """The source with the rows of each table changed."""
        return Sample(self.name, self.coverage, {table: change(table, rows) for table, rows in self.rows.items()})


# What is drawn.

states = st.sampled_from(STATES)
days = st.dates(date(YEARS[0] - 1, 1, 1), date(YEARS[1] + 1, 12, 31))
edges = st.one_of(
    days, st.sampled_from([date(year, month, day) for year in (1989, 1991) for month, day in ((1, 1), (12, 31))])
)
spans = st.tuples(edges, edges).map(sorted)
coverages = st.builds(
    lambda kinds, completeness, span, of_states, system: Coverage(
        kinds=tuple(kinds), completeness=completeness, start=span[0], end=span[1], states=of_states, system=system
    ),
    st.sets(st.sampled_from(KINDS), min_size=1).map(sorted),
    st.sampled_from(("complete", "complete", "positive_only")),
    st.tuples(edges, edges).map(sorted),
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
                "start_precision": "day",
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
        st.sampled_from((("contiguity_type", True), ("dispute_onset", False), ("dispute_ongoing", False))),
        st.lists(states, min_size=2, max_size=2, unique=True),
        years,
        st.sampled_from(("1", "2")),
        st.integers(1, 5),
    ),
    max_size=8,
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


# Every measure a second time.


def _pairs(codes: list[str]) -> Iterator[tuple[str, str]]:
    return combinations(sorted(codes), 2)


def _together(sample: Sample, instrument: str) -> Facts:
    count: Facts = defaultdict(float)
    for held in sample.rows["engagement"]:
        if held["instrument"] != instrument or held["status"] not in ("completed", "ongoing"):
            continue
        role = {
            row["party"]: row["role"]
            for row in sample.rows["engagement_party"]
            if row["engagement"] == held["engagement"] and row["party_kind"] == "state" and row["role"] != "observer"
        }
        for a, b in _pairs(list(role)):
            if instrument == "visit" and role[a] == role[b] and role[a] in ("visitor", "host"):
                continue
            count[a, b, held["start_date"].year] += 1
    return count


def _dyad_facts(sample: Sample, fact: str, fold: Callable[[float, float], float]) -> Facts:
    found: Facts = {}
    for row in sample.rows["dyad_year_fact"]:
        if row["fact"] == fact:
            key = (*sorted((row["from_state"], row["to_state"])), row["year"])
            found[key] = fold(found.get(key, row["value"]), row["value"])
    return found


def _signed(sample: Sample) -> Facts:
    count: Facts = defaultdict(float)
    for text in sample.rows["agreement"]:
        kinds = {
            (row["party_kind"], row["party"])
            for row in sample.rows["agreement_party"]
            if row["agreement"] == text["agreement"]
        }
        two_states = len(kinds) == 2 and all(kind == "state" for kind, _ in kinds)
        if two_states and text["agreement_kind"] != "alliance" and text["signed_date"]:
            count[(*sorted(code for _, code in kinds), text["signed_date"].year)] += 1
    return count


def _allied(sample: Sample, obliged: Callable[[list[bool]], bool]) -> Facts:
    found: Facts = {}
    spells = [row for row in sample.rows["agreement_party"] if row["party_kind"] == "state" and row["start_date"]]
    for one, other in combinations(spells, 2):
        if one["agreement"] != other["agreement"] or one["party"] == other["party"]:
            continue
        if not obliged(["defense" in row["obligations"] for row in (one, other)]):
            continue
        first = max(one["start_date"], other["start_date"])
        last = min(row["end_date"] or row["known_until"] for row in (one, other))
        if first <= last:
            for year in range(first.year, last.year + 1):
                found[(*sorted((one["party"], other["party"])), year)] = 1
    return found


def ideal_points(sample: Sample) -> Facts:
    """The one measure of states that is stored."""
    return {(row["state"], row["year"]): row["value"] for row in sample.rows["state_year_fact"]}


# Of each measure of pairs that is stored: its kind, and the facts one source lists.
STORED: dict[str, tuple[str, Callable[[Sample], Facts]]] = {
    "agreement_count": ("agreement", _signed),
    "contiguity_type": ("contiguity", lambda sample: _dyad_facts(sample, "contiguity_type", min)),
    "dispute_ongoing": ("dispute", lambda sample: _dyad_facts(sample, "dispute_ongoing", max)),
    "dispute_onset": ("dispute", lambda sample: _dyad_facts(sample, "dispute_onset", max)),
    "exercise_count": ("exercise", lambda sample: _together(sample, "exercise")),
    "is_defense_ally": ("alliance", lambda sample: _allied(sample, any)),
    "is_mutual_defense_ally": ("alliance", lambda sample: _allied(sample, all)),
    "visit_count": ("visit", lambda sample: _together(sample, "visit")),
}


def decides(sample: Sample, kind: str, key: Key, system: str) -> bool:
    """Whether a source is complete for a kind of fact in one cell."""
    *codes, year = key
    return any(
        statement.completeness == "complete"
        and kind in statement.kinds
        and statement.start <= date(year, 1, 1)
        and date(year, 12, 31) <= statement.end
        and (not statement.states or bool(set(codes) & set(statement.states)))
        and (statement.system in (None, system) or set(codes) <= set(members(statement.system, year)))
        for statement in sample.coverage
    )


def cell(kind: str, key: Key, system: str, given: list[tuple[Sample, Facts]]) -> float | None:
    """What one cell must hold: null where nobody knows, zero only where a complete source lists nothing."""
    deciding = [(sample, facts) for sample, facts in given if decides(sample, kind, key, system)]
    listed = [facts[key] for _, facts in deciding or given if key in facts]
    return max(listed) if listed else 0.0 if deciding else None
