"""What may come: chances of a dispute, crisis or conflict from lists whose like was scored on years not seen."""

from __future__ import annotations

from comity.brief.basis import Basis, Query
from comity.brief.blocks import Block, Note
from comity.brief.knowledge import horizon, statements
from comity.brief.outlook_kept import watch_lists
from comity.brief.registry import section
from comity.brief.subject import Subject
from comity.record import SOURCE as REGISTER


@section("Outlook", order=67, kinds=("pair", "region", "state"))
def outlook(subject: Subject) -> list[Block]:
    """The chance of the pair on each list; of a state or region, its likeliest pairs on the newest."""
    lists = watch_lists(subject)
    if not lists:
        return [_how_to_get_it(subject)] if statements(subject, "dispute") else []
    from comity.brief.outlook_tables import likeliest, of_pair  # a brief without lists pays for no forecast

    if subject.kind == "pair":
        return of_pair(subject, lists)
    return likeliest(subject, lists[0])


def _how_to_get_it(subject: Subject) -> Note:
    """How a chance is had; a brief of an earlier year would need a list made as if on its day."""
    cites = (REGISTER,) if REGISTER in subject.abouts else tuple(sorted(subject.abouts))[:1]
    if subject.year is not None:
        text, command = (
            ("A brief of a chosen year gives no chances: `comity watch --replay` makes a list as if on a day."),
            "comity watch --replay",
        )
    else:
        text, command = (
            (
                "How likely a dispute or conflict is has not been worked out for this store: `comity brief --prepare` "
                "does it once. `comity backtest` shows how well such chances did on years they had not seen."
            ),
            "comity brief --prepare",
        )
    return Note(text=text, cites=cites, as_of=horizon(subject, cites), basis=Basis("Nothing.", (Query(command),)))
