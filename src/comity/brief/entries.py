"""Since when each of two states has been a party to a text: the day it joined, or joined again after it had left."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from comity.brief.subject import Subject, once
from comity.network import WATCHING

Entry = tuple[date, str | None]
_SPELLS = """
    SELECT source, agreement AS item, party, start_date, start_precision, end_date FROM core.agreement_party
    WHERE party_kind = 'state' AND list_contains($inner, party) AND NOT list_contains($watching, role)
      AND start_date <= $on
    ORDER BY source, item, party, start_date, end_date
"""


@once
def entries(subject: Subject) -> dict[tuple[str, str], list[Entry]]:
    """For each text the days on which states of the subject became parties, with how exactly they are known."""
    rows = subject.ask(_SPELLS, inner=list(subject.states), watching=list(WATCHING), on=subject.as_of)
    by_party: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for row in rows:
        by_party.setdefault((row["source"], row["item"], row["party"]), []).append(row)
    found: dict[tuple[str, str], list[Entry]] = {}
    for (source, item, _), held in by_party.items():
        found.setdefault((source, item), []).append(_entry(held))
    return found


def _entry(spells: list[dict[str, Any]]) -> Entry:
    """The beginning of the last spells without a gap: lists begin a new spell where the duties change."""
    first = last = spells[0]
    for spell in spells[1:]:
        if last["end_date"] is not None and spell["start_date"] > last["end_date"] + timedelta(days=1):
            first = spell
        last = spell
    return first["start_date"], first["start_precision"]
