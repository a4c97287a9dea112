"""A small invented world for briefs and networks, and a store in memory for many small examples.

The states are real codes, because the vocabulary knows no others; everything they do here is invented.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb

from comity.brief import Chart, Count, KeyFigures
from comity.record import SOURCE as REGISTER
from comity.sources.about import About, Loaded
from comity.store import to_table, writing
from comity.vocab.coverage import Coverage
from comity.vocab.tables import tables

TODAY = date(2026, 6, 30)
CHART = Chart(
    unit="exercises",
    years=(2000, 2004),
    categories=("exercise",),
    counts=(Count(2001, "exercise", 3), Count(2003, "exercise", 1)),
    complete=frozenset({2000, 2001}),
    description="Bars of exercises.",
    cites=("register",),
    as_of="2004",
)


class MemoryStore:
    """What a room asks of a store, answered by DuckDB from rows; tables without rows are there and empty.

    `names` limits the tables, for tests that make many small stores.
    """

    audience = "owner"

    def __init__(self, rows, coverage=None, names=None) -> None:
        self._connection = duckdb.connect()
        self._connection.execute("CREATE SCHEMA core")
        self._held = {name: to_table(name, [complete(row) for row in rows.get(name, [])]) for name in names or tables()}
        for name, table in self._held.items():
            self._connection.register("given", table)
            self._connection.execute(f"CREATE TABLE core.{name} AS SELECT * FROM given")
            self._connection.unregister("given")
        sources = {row["source"] for held in self._held.values() for row in held.to_pylist()} | set(coverage or {})
        self._abouts = {source: about(source, (coverage or {}).get(source, ())) for source in sorted(sources)}

    def ask(self, sql, parameters=None):
        return self._connection.sql(sql, params=parameters).to_arrow_table()

    def rows(self, sql, parameters=None):
        answer = self._connection.execute(sql, parameters)
        return [dict(zip([column[0] for column in answer.description], row, strict=True)) for row in answer.fetchall()]

    def abouts(self):
        return dict(self._abouts)

    def row_counts(self):
        counts = {}
        for name, table in self._held.items():
            for row in table.to_pylist():
                counts[name, row["source"]] = counts.get((name, row["source"]), 0) + 1
        return counts

    def withheld(self):
        return {}

    def coverage(self, kind):
        found = [(source, known) for source, held in self._abouts.items() for known in held.coverage]
        return [(source, known) for source, known in found if kind in known.kinds]


def complete(row: dict) -> dict:
    return {"source": REGISTER, "source_version": "1", "row_ref": "sample", "label": "public"} | row


def about(source: str, coverage: tuple[Coverage, ...], title: str | None = None) -> About:
    return About(
        source=source,
        title=title or f"Invented {source}",
        version="1.0",
        publisher="Nobody",
        url="https://example.org/" + source,
        citation=f"Nobody. 2020. {title or source}.",
        terms="CC0",
        redistribute=True,
        user_supplied=False,
        is_reviewed=True,
        coverage=coverage,
    )


def covered(kinds: tuple[str, ...], completeness: str, first: int, last: int) -> Coverage:
    return Coverage(kinds=kinds, completeness=completeness, start=date(first, 1, 1), end=date(last, 12, 31))


def engagement(name: str, day: date, parties: tuple[str, ...], **more) -> dict[str, list[dict]]:
    """An engagement and its parties; `parties` are codes, or code and role as `IRL:observer`."""
    source = {"source": more.pop("source", REGISTER), "label": more.pop("label", "public")}
    row = {"engagement": name, "name": name.capitalize(), "instrument": "exercise", "status": "completed"}
    row |= {"start_date": day, "start_precision": "day", "verification": "primary"}
    held = [_party(text, "participant") | {"engagement": name} | source for text in parties]
    return {"engagement": [row | source | more], "engagement_party": held}


def incident(name: str, day: date, parties: tuple[str, ...], **more) -> dict[str, list[dict]]:
    row = {"incident": name, "name": name.capitalize(), "incident_kind": "close_approach", "verification": "secondary"}
    row |= {"start_date": day, "start_precision": "day"}
    held = [_party(text, "present") | {"incident": name} for text in parties]
    return {"incident": [row | more], "incident_party": held}


def agreement(name: str, parties: tuple[str, ...], **more) -> dict[str, list[dict]]:
    source = {"source": more.pop("source", REGISTER)}
    row = {"agreement": name, "name": name.capitalize(), "agreement_kind": "framework", "status": "in_force"}
    row |= {"known_until": date(2026, 1, 31), "start_date": date(2001, 5, 1), "start_precision": "day"}
    row |= {"verification": "primary"} | more
    dates = {key: row[key] for key in ("known_until", "start_date", "start_precision")}
    held = [_party(text, "signatory") | {"agreement": name} | dates | source for text in parties]
    return {"agreement": [row | source], "agreement_party": held}


def channel(name: str, parties: tuple[str, ...], **more) -> dict[str, list[dict]]:
    row = {"channel": name, "name": name.capitalize(), "channel_kind": "military_line", "status": "active"}
    row |= {"known_until": date(2025, 3, 1), "start_date": date(2019, 1, 1), "start_precision": "year"}
    held = [_party(text, "user") | {"channel": name} for text in parties]
    return {"channel": [row | {"verification": "secondary"} | more], "channel_party": held}


def evidence(table: str, item: str, title: str, **more) -> dict[str, list[dict]]:
    row = {"core_table": table, "item": item, "field": "summary", "evidence_kind": "primary", "publisher": "A Ministry"}
    row |= {"title": title, "url": f"https://example.org/{item}", "read_date": date(2026, 2, 1)}
    return {"evidence": [row | more]}


def together(*parts: dict[str, list[dict]]) -> dict[str, list[dict]]:
    held: dict[str, list[dict]] = {}
    for part in parts:
        for name, rows in part.items():
            held.setdefault(name, []).extend(dict(row) for row in rows)  # a test may change its own
    return held


def _party(text: str, role: str) -> dict:
    code, _, given = text.partition(":")
    kind = "state" if code.isupper() else "organisation"
    return {"party_kind": kind, "party": code, "role": given or role}


TREATY = "treaty-of-the-three-islands"


def register_rows() -> dict[str, list[dict]]:
    """The invented register: a region with three states and a partner, and what they did."""
    sea = {"regions": ["amber-sea"]}
    region = {"region": "amber-sea", "name": "Amber Sea", "states": ["IRL", "ISL", "MLT"], "partners": ["NZL"]}
    region |= {"west": -30.0, "south": 30.0, "east": 20.0, "north": 70.0, "verification": "unverified"}
    place = {"place": "amber-rock", "name": "Amber Rock", "place_kind": "feature", "latitude": 57.0, "longitude": -13.0}
    claim = {"claim": "amber-rock", "name": "Amber Rock", "place": "amber-rock", "known_until": date(2024, 12, 31)}
    claim |= {"verification": "secondary", "party_kind": "state"} | sea
    exercises = [
        engagement(
            f"amber shield {year}", date(year, 6, 4), ("ISL", "IRL", "NZL", "MLT:observer"), personnel_count=count
        )
        for year, count in ((2009, None), (2010, 0), (2018, 1200), (2022, None), (2024, 2500))
    ]
    return together(
        {"region": [region], "place": [place | {"verification": "secondary"} | sea]},
        {"territorial_claim": [claim | {"party": party, "role": role} for party, role in _CLAIMS]},
        {"organisation": [_CLUB]},
        *exercises,
        engagement(
            "ministers meet", date(2025, 2, 1), ("ISL", "IRL", "club"), instrument="dialogue", start_precision="month"
        ),
        engagement("a secret visit", date(2025, 4, 9), ("ISL", "IRL"), instrument="visit", label="owner"),
        engagement("planned games", date(2025, 9, 9), ("ISL", "IRL"), status="planned"),
        agreement(TREATY, ("ISL", "IRL"), agreement_kind="alliance", obligations=["defense", "consultation"], **sea),
        agreement(
            "old supply pact",
            ("ISL", "IRL"),
            agreement_kind="logistics",
            status="terminated",
            end_date=date(2015, 1, 1),
        ),
        agreement("new visiting forces pact", ("ISL", "NZL"), start_date=None, signed_date=date(2025, 5, 5), **_SIGNED),
        channel("harbor line", ("ISL", "IRL"), last_used_date=date(2024, 8, 2)),
        channel("quiet line", ("IRL", "MLT"), status="unknown", verification="unverified"),
        incident(
            "close pass", date(2023, 3, 3), ("IRL:actor", "ISL:affected"), latitude=57.1, longitude=-13.1, **_HURT
        ),
        incident(
            "second pass", date(2024, 4, 4), ("ISL:actor", "IRL:affected", "NZL:present"), verification="unverified"
        ),
        evidence("agreement", TREATY, "Text of the treaty"),
        evidence("engagement", "amber shield 2024", "Amber Shield ends"),
        evidence(
            "engagement",
            "amber shield 2024",
            "Amber Shield in numbers",
            evidence_kind="secondary",
            url="https://example.org/n",
        ),
        evidence("incident", "close pass", "Statement on a close pass", published_date=date(2023, 3, 4)),
        evidence("channel", "harbor line", "Harbor line tested"),
    )


_CLAIMS = (("IRL", "claimant"), ("ISL", "claimant"), ("ISL", "holder"))
_CLUB = {
    "organisation": "club",
    "name": "The Invented Club",
    "short_name": "CLUB",
    "organisation_kind": "forum",
    "known_until": date(2025, 1, 1),
    "verification": "primary",
}
_SIGNED = {"start_precision": None, "signed_precision": "day", "status": "signed", "agreement_kind": "visiting_forces"}
_HURT = {"injured_count": 2, "killed_count": 0, "accounts": ["Ireland called it routine.", "Iceland called it unsafe."]}


def published_rows() -> dict[str, list[dict]]:
    """An invented published source that is complete for exercises from 2001 to 2010."""
    return together(
        *(
            engagement(f"tally-{number}", date(2001 + number % 10, 5, 5), ("ISL", "IRL"), source="tally")
            for number in range(12)
        )
    )


REGISTER_COVERAGE = (covered(("exercise", "visit", "incident", "channel", "agreement"), "positive_only", 1945, 2026),)
TALLY_COVERAGE = (covered(("exercise",), "complete", 2001, 2010), covered(("alliance",), "complete", 1945, 2018))


def loaded(source: str, rows: dict[str, list[dict]], coverage: tuple[Coverage, ...], title: str) -> Loaded:
    held = {name: to_table(name, [complete(row) for row in given]) for name, given in rows.items()}
    return Loaded(about(source, coverage, title), held)


def write_sample(place: Path) -> Path:
    """The whole invented world in a store."""
    with writing(place) as load:
        load.replace(loaded(REGISTER, register_rows(), REGISTER_COVERAGE, "Invented register"))
        load.replace(loaded("tally", published_rows(), TALLY_COVERAGE, "Invented Tally of Exercises"))
    return place


def blocks_of(brief, kind):
    return [block for section in brief.sections for block in section.blocks if isinstance(block, kind)]


def figure(brief, unit):
    """The value of the key figure with this unit, written in the plural."""
    held = {found.unit: found.value for block in blocks_of(brief, KeyFigures) for found in block.figures}
    first, *rest = unit.split()
    return held[unit] if unit in held else held[" ".join((first.removesuffix("s"), *rest))]
