"""Engagement beside what one would expect of it, from comparisons that were made ahead and kept beside the store.

To compare all pairs of all years takes many seconds. `prepare` does it once for a store; a brief reads what it kept.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from comity.brief.basis import Basis, Query
from comity.brief.keeping import keep, kept_only
from comity.brief.subject import Subject, once
from comity.vocab.states import state

INSTRUMENTS = ("exercise", "visit", "arms", "agreement")
FIRST_YEAR = 1970
LAST_YEARS = 3  # comparable years of which the pairs are kept
UNLIKELY = 0.1  # a silence likelier than this may be chance, and is not told
LEAST = 0.05  # a pair of which less is expected and nothing seen says nothing
MOST_SILENCES = 2000
Told = dict[str, Any]


def prepare(subject: Subject, say: Callable[[str], None]) -> None:
    """Work out, for every instrument, what one would expect of every pair, and keep it; says what it does."""
    from comity.assess.expected import expected

    for instrument in INSTRUMENTS:
        say(f"{instrument}: comparing every pair with what one would expect of it")
        keep(subject, _name(instrument), _worked_out(expected(subject.store, instrument, _years(subject))))


def _worked_out(found: Any) -> Told:
    last = found.latest()
    comparisons = [each.to_dict() for year in range(last - LAST_YEARS + 1, last + 1) for each in _told(found, year)]
    silences = [each.to_dict() for each in found.silences("", MOST_SILENCES, last)]
    return {"latest": last, "pairs": comparisons, "silences": silences, "nouns": list(_nouns(found))}


def _told(found: Any, year: int) -> list[Any]:
    """The pairs of a year of which anything was seen or expected."""
    import numpy as np

    rows = found.rows
    held = np.flatnonzero((rows.year == year) & ((rows.amount > 0) | (found.mean >= LEAST)))
    pairs = sorted({(rows.states[rows.state_a[row]], rows.states[rows.state_b[row]]) for row in held})
    wanted = set(pairs)
    everything = found._told(held)
    return [each for each in everything if (each.state_a, each.state_b) in wanted]


def _nouns(found: Any) -> tuple[str, str]:
    return found.rows.instrument.one, found.rows.instrument.many


@once
def comparisons(subject: Subject, instrument: str) -> Told | None:
    """What was kept of one instrument; None where nothing was prepared for this store, or the day lies before it."""
    found: Told | None = kept_only(subject, _name(instrument))
    return None if found is None or found["latest"] > subject.as_of.year else found


def of_subject(subject: Subject, rows: list[Told]) -> list[Told]:
    """The rows of the subject: of the pair, of the state's pairs, or of pairs inside the region."""
    held = set(subject.states)
    if subject.kind == "pair":
        return [row for row in rows if {row["state_a"], row["state_b"]} == held]
    if subject.kind == "state":
        return [row for row in rows if held & {row["state_a"], row["state_b"]}]
    if subject.kind == "world":
        return rows
    return [row for row in rows if {row["state_a"], row["state_b"]} <= held]


def surprises(subject: Subject, instrument: str, most: int) -> list[Told]:
    """The least likely surpluses of the last comparable year."""
    found = comparisons(subject, instrument)
    if found is None:
        return []
    rows = [row for row in of_subject(subject, found["pairs"]) if row["year"] == found["latest"]]
    above = [row for row in rows if row["is_surprising"] and row["observed"] > row["expected"]]
    return sorted(above, key=lambda row: (row["chance"], -row["observed"], row["state_a"], row["state_b"]))[:most]


def silences(subject: Subject, instrument: str, most: int) -> list[Told]:
    """The least likely silences that last to the last comparable year."""
    found = comparisons(subject, instrument)
    rows = [] if found is None else of_subject(subject, found["silences"])
    return [row for row in rows if row["chance"] < UNLIKELY][:most]


def pair_text(row: Told) -> str:
    """The pair of a row by name."""
    return f"{state(row['state_a']).name} and {state(row['state_b']).name}"


def expected_basis(subject: Subject, instrument: str, rows: list[Told], **values: Any) -> Basis:
    """What words on an expectation rest on."""
    pair = " ".join(subject.states) if subject.kind == "pair" else ""
    where = {"state": f"--state {subject.key}", "region": f"--region {subject.key}"}.get(subject.kind, pair)
    asked = Query(f"comity assess --expected {instrument} {where}".rstrip())
    how = "A gravity model of all pairs, fitted on what was known a year before, corrected by what lists leave out."
    return Basis(how, (asked,), tuple(rows), tuple(values.items()))


def _name(instrument: str) -> str:
    return f"expected-{instrument}"


def _years(subject: Subject) -> tuple[int, int]:
    return FIRST_YEAR, subject.as_of.year
