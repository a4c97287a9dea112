"""What every state owes in the year after a brief by the rules of confidence-building, kept beside the store.

To read the rules takes longer than to ask them for all states, so the first brief asks for all.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.brief.keeping import kept, program_of
from comity.brief.subject import Subject, once
from comity.vocab.states import states

if TYPE_CHECKING:
    from comity.cbm.loading import Regimes

AHEAD = timedelta(days=365)
_STATUSES = {"eroded": "eroded", "partly_suspended": "suspended in part", "unknown": "standing not known"}


@dataclass(frozen=True)
class Duty:
    """One duty with a fixed day: what is owed, to whom, how it binds and stands, by which rule and record."""

    due: date
    title: str
    to: str | None
    binding: str
    status: str
    rule: str
    record: str | None

    @property
    def binding_text(self) -> str:
        """How it binds, and how its regime stands where that is not simply in force.

        >>> Duty(date(2027, 12, 15), "Annual report", None, "political", "eroded", "vd11.i.aemi", None).binding_text
        'political, eroded'
        """
        stands = _STATUSES.get(self.status)
        return f"{self.binding}, {stands}" if stands else self.binding


def duties_of(subject: Subject, code: str) -> list[Duty]:
    """The duties of a state that fall due within a year of the brief; those known from memory alone are left out."""
    return [Duty(**(each | {"due": date.fromisoformat(each["due"])})) for each in _of_all(subject).get(code, ())]


@once
def _of_all(subject: Subject) -> dict[str, list[dict[str, Any]]]:
    """The duties of every state that has any, as plain data, by the state's code."""
    name = f"duties-{subject.as_of}-{_program()}"
    found: dict[str, list[dict[str, Any]]] = kept(subject, name, lambda: _asked(subject))
    return found


def _asked(subject: Subject) -> dict[str, list[dict[str, Any]]]:
    from comity.cbm.register import with_register

    held = with_register(subject.store)
    owed = {code: [_plain(duty) for duty in _owed(subject, code, held)] for code in sorted(states())}
    return {code: duties for code, duties in owed.items() if duties}


def _plain(duty: Duty) -> dict[str, Any]:
    return asdict(duty) | {"due": duty.due.isoformat()}


def _program() -> str:
    """A name for the rules and for the code that asks them."""
    room = Path(str(files("comity.cbm")))
    return program_of(("cbm",), tuple(sorted(room.rglob("*.yml"))))


def _owed(subject: Subject, code: str, held: Regimes) -> list[Duty]:
    from comity.cbm import yearly_duties
    from comity.cbm.agenda import agenda

    on, until = subject.as_of, subject.as_of + AHEAD
    found = []
    for year in range(on.year, until.year + 1):
        for entry in agenda(code, year, yearly=yearly_duties(code, year, regimes=held, as_of=on)).entries:
            if on < entry.day <= until:
                row, regime = entry.row, entry.row.held.regime
                found.append(
                    Duty(entry.day, entry.title, row.held.recipients, row.binding, row.status, row.rule, regime.record)
                )
    return found
