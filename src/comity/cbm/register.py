"""What the register knows of a regime's standing, where a store is at hand: newer than the rules' own, it is added."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec

from comity.cbm.grammar import Standing, Status
from comity.cbm.loading import InRegime, Regimes, load_regimes

if TYPE_CHECKING:
    from comity.store import Store

# The register calls a text that binds politically `voluntary`; to the rules that is in force.
_STATUSES: dict[str, Status] = {
    "in_force": "in_force",
    "voluntary": "in_force",
    "suspended": "suspended",
    "terminated": "terminated",
    "superseded": "superseded",
    "unknown": "unknown",
}
_RUNNING = {
    "in_force",
    "eroded",
    "partly_suspended",
    "voluntary_practice",
}  # the rules tell these apart, not the register


def with_register(store: Store, regimes: Regimes | None = None) -> Regimes:
    """The regimes with every change of standing that the register dates after the last one the rules know.

    A rule's own standings stay: where the register says no more than the rules, nothing changes. Rules that name no
    record of the register stay as they are.

    Args:
        store: an open store; what its audience may not see changes nothing.
        regimes: the rules; those shipped with comity where none are given.
    """
    known = load_regimes() if regimes is None else regimes
    spells: dict[str, list[dict[str, Any]]] = {}
    found = store.rows("SELECT regime, status, start_date, known_until FROM core.regime_status ORDER BY start_date")
    for row in found:
        spells.setdefault(row["regime"], []).append(row)
    rules = {name: _brought_up(held, spells.get(held.record or "", [])) for name, held in known.rules.items()}
    return Regimes(known.regimes, rules)


def _brought_up(held: InRegime, spells: list[dict[str, Any]]) -> InRegime:
    """A rule with the register's later standings after its own."""
    last = max((one.from_ or date.min for one in held.standings if not one.parties), default=date.min)
    added: list[Standing] = []
    before = next((one.status for one in reversed(held.standings) if not one.parties), "unknown")
    for row in spells:
        status = _status(held, row["status"])
        if status is None or row["start_date"] <= last or status == before or {status, before} <= _RUNNING:
            continue
        added.append(Standing(status=status, from_=row["start_date"], as_of=row["known_until"], note="as registered"))
        before = status
    if not added:
        return held
    rule = msgspec.structs.replace(held.rule, standings=(*held.standings, *added))
    return InRegime(rule, held.regime, held.file, held.parties, held.is_universal)


def _status(held: InRegime, said: str) -> Status | None:
    """The register's word as the rules say it; None for one that says nothing of force, as `signed`."""
    found = _STATUSES.get(said)
    return "voluntary_practice" if found == "in_force" and held.binding == "voluntary" else found
