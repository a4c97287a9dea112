"""What a state owes every year whether or not it plans anything: reports and exchanges with a day of their own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from comity.cbm.loading import InRegime, Regimes, load_regimes
from comity.cbm.moments import day_in_year, text_of
from comity.cbm.rows import Row
from comity.cbm.standing import STOPPED, By, is_shown, shown_as, standing
from comity.vocab.state_names import has_ended


def yearly_duties(
    state: str, year: int, *, regimes: Regimes | None = None, as_of: date | None = None
) -> tuple[Row, ...]:
    """The rules tied to no activity whose day falls in a year, for a state that is a party on that day.

    A state that had ended by that day owes nothing. A rule that is due so long after an event of no fixed day, as a
    budget is, is not among them. What rests on memory
    is among them and says so (`Row.is_reading_aid`), and so is what has stopped (`Row.is_stopped`).

    >>> [row.due.isoformat() for row in yearly_duties("POL", 2027) if row.rule == "vd11.i.aemi"]
    ['2027-12-15']
    """
    known = load_regimes() if regimes is None else regimes
    rows = (row for held in known.rules.values() for row in _row(held, state, year, as_of))
    return tuple(sorted(rows, key=lambda row: (str(row.due), row.rule)))


def _row(held: InRegime, state: str, year: int, as_of: date | None) -> Iterator[Row]:
    deadline = held.rule.deadline
    if held.rule.activities or deadline is None or deadline.by is None:
        return
    due = day_in_year(deadline.by, year)
    if due is None or not is_shown(held, due) or has_ended(state, (due, due)):
        return
    is_party = held.is_party(state, due)
    if is_party is False:
        return
    stands = standing(held, [state], due)
    status = stands.status if stands else "unknown"
    ver = deadline.ver or held.rule.ver
    yield Row(
        held=held,
        triggered=True if is_party else None,
        why="every year" if is_party else f"whether {state} is a party is not known",
        missing=() if is_party else ("parties",),
        status=status,
        status_note=stands.note if stands else None,
        shown_as=shown_as(held, True if is_party else None, status, By(text_of(due), held.rule.ver, ver)),
        binding="none" if status in STOPPED else held.binding,
        ver=held.rule.ver,
        due_ver=ver,
        due=due,
        obliged=(state,),
        notes=tuple(note for note in (deadline.note, held.rule.note) if note),
        as_of=as_of,
    )
