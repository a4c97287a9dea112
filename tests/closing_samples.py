"""Records that are planned, and how tests close them."""

from __future__ import annotations

from datetime import date

from comity.record.closing import Closing, close
from comity.record.finding import find
from comity.record.history import changing
from register_samples import good_records

TODAY = date(2026, 11, 23)
DRILL, CALL = "drill/example-2026", "call-2026"
PAGE = {"kind": "secondary", "publisher": "A paper", "title": "A report", "url": "https://example.org/report"}


def planned_records():
    """The good records, with an edition and a visit that are planned."""
    records = good_records()
    edition = records["series/drill.yml"]["editions"][0]
    planned = {"name": "Example 2026", "status": "planned", "start_date": "2026-11-16", "end_date": "2026-11-18"}
    records["series/drill.yml"]["editions"].append(edition | planned)
    records["engagement/call-2026.yml"] = records["engagement/call.yml"] | {
        "status": "planned",
        "start_date": "2026-10",
    }
    return records


def closed(shelf, name, status=None, again=False, **told):
    """Close and write."""
    personnel, evidence = told.pop("personnel", {}), told.pop("evidence", None)
    closing = Closing(status=status, fields=told, personnel=personnel, evidence=evidence)
    with changing(shelf.folder) as write:
        answer = close(shelf, name, closing, today=TODAY, again=again)
        write({answer.path: answer.text}, "close", [answer.change])
    return answer


def content(shelf, name):
    return find(shelf.read(), name).content


def files(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
