"""Small invented stores in which the register and a dataset speak of the same things, for the tests of comparisons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from comity.store import Agreed, open_store, run_agreements
from panel_samples import Row, Sample
from strategies import write_sources

KNOWN_UNTIL = date(2018, 12, 31)
Rows = Mapping[str, list[Row]]


def day(year: int | None) -> date | None:
    """The first day of a year, where there is one."""
    return None if year is None else date(year, 1, 1)


def states(names: Iterable[str], **changes: Any) -> list[Row]:
    """Parties that are states."""
    return [{"party_kind": "state", "party": name} | changes for name in names]


def agreement(name: str, parties: Sequence[Row], **changes: Any) -> Rows:
    """One agreement with its parties."""
    about = {"agreement": name, "status": "unknown", "known_until": KNOWN_UNTIL, "verification": "primary"}
    given = {"agreement": name, "role": "signatory", "known_until": KNOWN_UNTIL}
    return {
        "agreement": [about | {"agreement_kind": "framework"} | changes],
        "agreement_party": [given | party for party in parties],
    }


def pact(name: str, *spells: tuple[str, int | None, int | None], **changes: Any) -> Rows:
    """An alliance of states, each with the first and the last year of its spell."""
    parties = [
        {"party_kind": "state", "party": party, "start_date": day(first), "end_date": day(last)}
        for party, first, last in spells
    ]
    return agreement(name, parties, agreement_kind="alliance", **changes)


def engagement(name: str, parties: Sequence[Row], year: int, **changes: Any) -> Rows:
    """One engagement with its parties, an exercise unless it is said otherwise."""
    about = {
        "engagement": name, "instrument": "exercise", "status": "completed", "start_date": date(year, 6, 1),
        "start_precision": "day", "verification": "primary",
    }  # fmt: skip
    given = {"engagement": name, "role": "participant"}
    return {"engagement": [about | changes], "engagement_party": [given | party for party in parties]}


def visit(name: str, visitor: str, host: str, year: int, **changes: Any) -> Rows:
    """A visit of a head of state or government."""
    parties = [*states([visitor], role="visitor"), *states([host], role="host")]
    return engagement(name, parties, year, **({"instrument": "visit", "level": "head"} | changes))


def organisation(name: str, title: str, short: str, *spells: tuple[str, int | None, int | None]) -> Rows:
    """An organisation with the spells of its members."""
    about = {
        "organisation": name, "name": title, "short_name": short, "organisation_kind": "regional",
        "known_until": KNOWN_UNTIL, "verification": "primary",
    }  # fmt: skip
    members = [
        {"organisation": name, "party_kind": "state", "party": party, "role": "member",
         "start_date": day(first), "end_date": day(last), "known_until": KNOWN_UNTIL}
        for party, first, last in spells
    ]  # fmt: skip
    return {"organisation": [about], "organisation_member": members}


def store_of(place: Path, **told: Sequence[Rows]) -> Path:
    """A store in which each named source tells these things."""
    samples = []
    for source, things in told.items():
        rows: dict[str, list[Row]] = {}
        for thing in things:
            for table, given in thing.items():
                rows.setdefault(table, []).extend(given)
        samples.append(Sample(source, (), rows))
    write_sources(place, *(sample.loaded() for sample in samples))
    return place


def compared(place: Path, **told: Sequence[Rows]) -> dict[str, Agreed]:
    """What each comparison finds in a new store in which each named source tells these things."""
    with open_store(store_of(place, **told)) as store:
        return {found.name: found for found in run_agreements(store)}


def summed(found: Agreed) -> tuple[int, list[tuple[Any, ...]]]:
    """How much one comparison compared, and its differences as record, states and year."""
    return found.compared, [tuple(each.values()) for each in found.differences]
