"""What the tests draw from: labels, audiences, years, dates, and small sources made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

from comity.sources.about import About, FileRead, Loaded
from comity.store import to_table, writing
from comity.vocab.coverage import Coverage

NATIONS = ("AUS", "FRA", "GBR", "JPN", "USA")
COMMUNITIES = ("ASEAN", "FVEY", "NATO")

nations = st.sampled_from(NATIONS)
communities = st.sampled_from(COMMUNITIES)


def _listed(kind: str, names: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.sets(names, min_size=1).map(lambda chosen: f"{kind}:{','.join(sorted(chosen))}")


labels = st.one_of(st.sampled_from(("public", "owner")), _listed("nations", nations), _listed("community", communities))
audiences = st.one_of(
    st.sampled_from(("public", "owner")),
    st.builds(lambda nation, joined: "+".join((f"nation:{nation}", *sorted(joined))), nations, st.sets(communities)),
)
years = st.integers(min_value=1816, max_value=2030)
dates = st.dates(min_value=date(1816, 1, 1), max_value=date(2030, 12, 31))


def about(source: str, **changes: Any) -> About:
    """What a small invented source says of itself; it knows every visit from 1990 to 1999."""
    known = Coverage(kinds=("visit",), completeness="complete", start=date(1990, 1, 1), end=date(1999, 12, 31))
    told: dict[str, Any] = {
        "source": source,
        "title": f"Title of {source}",
        "version": "1",
        "publisher": "A publisher",
        "url": "https://example.org/",
        "citation": "A citation",
        "terms": "CC BY 4.0",
        "redistribute": True,
        "user_supplied": False,
        "is_reviewed": True,
        "coverage": (known,),
        "files": (FileRead(name="a.csv", sha256="0" * 64, row_count=3, is_reviewed=True),),
        "left_out": {"no partner named": 2},
        "known_errors": ("row 7 repeats row 6",),
    }
    return About(**(told | changes))


def engagement(source: str, number: int, label: str = "public", **changes: Any) -> dict[str, Any]:
    """One exercise as a row of core.engagement."""
    return {
        "engagement": f"{source}-{number}",
        "name": f"Exercise {number}",
        "instrument": "exercise",
        "status": "completed",
        "start_date": date(2000, 1, 1),
        "start_precision": "day",
        "domains": ["sea"],
        "purposes": [],
        "regions": [],
        "cases": [],
        "verification": "primary",
        "source": source,
        "source_version": "1",
        "row_ref": f"a.csv:{number}",
        "label": label,
    } | changes


def small_source(source: str, labels_of_rows: Sequence[str] = ("public",), **changes: Any) -> Loaded:
    """A source of one engagement per label given; changes go into every row."""
    rows: list[Mapping[str, Any]] = [
        engagement(source, number, label, **changes) for number, label in enumerate(labels_of_rows, start=1)
    ]
    return Loaded(about(source), {"engagement": to_table("engagement", rows)})


def write_sources(place: Path, *sources: Loaded) -> None:
    """Load these sources into the store at a place, as one generation."""
    with writing(place) as load:
        for source in sources:
            load.replace(source)


def part_files(place: Path) -> set[Path]:
    """Every file under a store's parts, named by a manifest or not."""
    return {path for path in (place / "parts").rglob("*") if path.is_file()}


# A small register in which every kind of record is present and right, by file name.

PIECE = {
    "kind": "primary",
    "publisher": "A ministry",
    "title": "A page",
    "url": "https://example.org/page",
    "date": "2020-05-01",
    "read": "2026-11-22",
    "supports": ["summary"],
}


def _backed(*fields: str, **facts: Any) -> dict[str, Any]:
    """The facts of a record with one primary piece that supports the summary and these fields."""
    shared = {"name": "A name", "summary": "A summary.", "verification": "primary"}
    return shared | facts | {"evidence": [PIECE | {"supports": ["summary", *fields]}]}


def good_records() -> dict[str, dict[str, Any]]:
    """One good record of every kind, by file name; a test breaks one of them and sees it refused."""
    edition = _backed("start_date", "end_date", name="Example 2020", start_date="2020-05-01", end_date="2020-05")
    return {
        "agreement/pact.yml": _backed(
            "parties",
            "start_date",
            "obligations",
            kind="agreement",
            agreement_kind="alliance",
            status="in_force",
            known_until="2020",
            start_date="1960-06-23",
            obligations=["defense"],
            parties=["JPN", {"party": "USA", "role": "depositary"}],
            regions=["sea"],
            cases=["study"],
        ),
        "series/drill.yml": _backed(
            "parties",
            kind="series",
            instrument="exercise",
            level="commander",
            domains=["sea"],
            purposes=["warfighting"],
            parties=[{"party": "PHL", "role": "host"}, "USA"],
            regions=["sea"],
            editions=[edition],
        ),
        "engagement/call.yml": _backed(
            "parties", "start_date", kind="engagement", instrument="visit", start_date="2019-07", parties=["FRA", "VNM"]
        ),
        "incident/act.yml": _backed(
            "parties",
            "start_date",
            kind="incident",
            incident_kind="entry",
            start_date="2018",
            parties=[{"party": "CHN", "role": "actor"}, "JPN"],
        ),
        "channel/line.yml": _backed(
            "parties",
            kind="channel",
            channel_kind="defense_line",
            status="active",
            known_until="2021-06",
            parties=["CHN", "JPN"],
        ),
        "organisation/body.yml": _backed(
            "parties",
            kind="organisation",
            short_name="Body",
            organisation_kind="forum",
            known_until="2020",
            parties=[{"party": "AUS", "start_date": "2000"}, {"party": "territory:HKG", "start_date": "2001-02"}],
        ),
        "territorial_claim/reef.yml": _backed(
            "parties",
            kind="territorial_claim",
            place="reef-place",
            known_until="2020",
            parties=["CHN", {"party": "CHN", "role": "holder", "start_date": "1988"}, "organisation:body"],
        ),
        "presence/base.yml": _backed(
            "parties",
            "start_date",
            kind="presence",
            known_until="2020",
            start_date="1990-01",
            parties=[{"party": "USA", "role": "provider"}, {"party": "JPN", "role": "host"}],
        ),
        "programme/aid.yml": _backed(
            "parties", kind="programme", instrument="assistance", known_until="2020", parties=["JPN", "PHL"]
        ),
        "place/reef-place.yml": _backed(kind="place", latitude="9.5", longitude="112.9", regions=["sea"]),
        "region/sea.yml": _backed(
            kind="region", states=["PHL", "VNM"], partners=["USA"], frame=["99", "-5", "127", "27"]
        ),
        "case_study/study.yml": _backed(kind="case_study", parties=["JPN", "USA"]),
    }


def write_records(folder: Path, records: Mapping[str, Mapping[str, Any]]) -> Path:
    """Write records as a register's files under a folder, and give the folder back."""
    for name, content in records.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = yaml.dump(dict(content), Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True)
        path.write_text(text, encoding="utf-8")
    return folder
