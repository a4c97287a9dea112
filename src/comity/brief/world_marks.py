"""The marks in the chart of the world: from where other lists speak, and where a list that named much falls silent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from comity.brief.blocks import Seam
from comity.brief.subject import Subject
from comity.brief.systemic import Told
from comity.brief.wording import day_text, said, sentence_start

MOST_MARKS = 6
_SILENT = timedelta(days=180)
_MUCH = 12  # entries in the year before: a list of fewer may well be silent for half a year
_ENTRIES = """
    SELECT instrument, source, year(start_date) AS year, count(*) AS count, max(start_date) AS last_date
    FROM core.engagement
    WHERE list_contains($instruments, instrument) AND start_date <= $on AND list_contains($done, status)
    GROUP BY ALL ORDER BY ALL
"""


def world_marks(subject: Subject, charted: Mapping[str, Told], years: tuple[int, int]) -> tuple[Seam, ...]:
    """The latest marks inside the years of the chart, each with the list that begins, ends or falls silent."""
    from comity.panel.seams import called, seams

    found = [
        Seam(seam.year, f"{_head(word)}: {seam.why}")
        for word, series in charted.items()
        for seam in seams(subject.store, word, (), set(series["sources"]))
        if seam.year in series["seams"]
    ]
    for (word, source), last in _silent(subject, charted).items():
        year = last.year if last < date(last.year, 7, 1) else last.year + 1
        name = called(source, subject.abouts[source].title)
        found.append(Seam(year, f"{_head(word)}: {name} names nothing after {day_text(last)}"))
    inside = {(seam.year, seam.label): seam for seam in found if years[0] < seam.year <= years[1]}
    return tuple(inside[place] for place in sorted(inside)[-MOST_MARKS:])


def _head(word: str) -> str:
    return sentence_start(said(word))


def _silent(subject: Subject, charted: Mapping[str, Told]) -> dict[tuple[str, str], date]:
    """The last day of each list that named something each month, and half a year before its end names nothing more."""
    sql = {"instruments": list(charted), "on": subject.as_of, "done": ["completed", "ongoing"]}
    held: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in subject.ask(_ENTRIES, **sql):
        held.setdefault((row["instrument"], row["source"]), []).append(row)
    found = {}
    for (word, source), rows in held.items():
        last = max(row["last_date"] for row in rows)
        ends = [known.end for known in subject.abouts[source].coverage if word in known.kinds]
        before = sum(row["count"] for row in rows if row["year"] == last.year - 1)
        is_counted = source in charted[word]["sources"] and before >= _MUCH
        if is_counted and ends and min(max(ends), subject.as_of) - last > _SILENT:
            found[word, source] = last
    return found
