"""Which evidence of a case speaks of which turning point, by the years that its note names.

A record has one word for how far it was verified, and its turning points are many; each is as good as its own evidence.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from comity.brief.basis import Query
from comity.brief.subject import Subject, once

_PIECES = """
    SELECT DISTINCT source, url, title, evidence_kind, note FROM core.evidence
    WHERE core_table = 'case_study' AND item = $case AND field = 'turning_points'
    ORDER BY evidence_kind, url, title
"""
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True)
class PointEvidence:
    """What one turning point rests on: the keys of its evidence, those of first hand first, and how far it is verified.

    `verification` is `primary`, `secondary`, or `unverified` where no piece names the year.
    """

    keys: tuple[str, ...] = ()
    verification: str = "unverified"


def years_named(note: str | None) -> tuple[int, ...]:
    """The years of turning points for which a piece of evidence stands, by the beginning of its note.

    >>> years_named("For 1999 and 2002, as in the agreement charter-2003. A copy of 2012.")
    (1999, 2002)
    >>> years_named("A copy of 2012."), years_named(None)
    ((), ())
    """
    if not (note or "").startswith("For "):
        return ()
    return tuple(int(year) for year in _YEAR.findall(re.split(r"[.;]|, as in", str(note), maxsplit=1)[0]))


@once
def evidence_by_year(subject: Subject) -> tuple[dict[int, PointEvidence], Query]:
    """The evidence of each year that notes of the case name; empty where none names any."""
    rows, query = subject.asked(_PIECES, case=subject.key)
    held: dict[int, dict[str, str]] = defaultdict(dict)
    for row in rows:
        for year in years_named(row["note"]):
            held[year][f"{row['url']} {row['title']}"] = row["evidence_kind"]
    found = {
        year: PointEvidence(tuple(pieces), "primary" if "primary" in pieces.values() else "secondary")
        for year, pieces in held.items()
    }
    return found, query
