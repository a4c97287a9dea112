"""A small register in which every kind of record is present and right, and how tests break it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from pathlib import Path
from typing import Any

import pytest
import yaml

from comity.errors import RecordError
from comity.record import load_register

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
        "regime/notice.yml": _backed(
            "standings",
            kind="regime",
            agreement="pact",
            known_until="2020",
            standings=[
                {"status": "in_force", "start_date": "1961", "end_date": "1999"},
                {"status": "suspended", "start_date": "2000-01"},
            ],
            regions=["sea"],
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


def refusal(folder):
    """The one line with which a folder of records is refused."""
    with pytest.raises(RecordError) as raised:
        load_register(folder)
    line = str(raised.value)
    assert "\n" not in line
    return line


def changed(records, name, path, value):
    """The records with one value changed; the path leads through fields and list places; None removes the field."""
    *way, last = path
    holder = reduce(lambda found, step: found[step], way, records[name])
    if value is None:
        del holder[last]
    else:
        holder[last] = value
    return records
