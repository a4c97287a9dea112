"""What the tests draw from: labels, audiences, years, dates, and small sources made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

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
