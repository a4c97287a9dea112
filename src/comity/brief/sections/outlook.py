"""What may come: a seam for forecasts. Nothing is told here that was not scored on years it had not seen."""

from __future__ import annotations

from comity.brief.basis import Basis, Query
from comity.brief.blocks import Block, Note
from comity.brief.knowledge import horizon, statements
from comity.brief.quarrels import disputes
from comity.brief.registry import section
from comity.brief.subject import Subject
from comity.record import SOURCE as REGISTER


@section("Outlook", order=67, kinds=("pair", "region", "state"))
def outlook(subject: Subject) -> list[Block]:
    """How to get a chance of a dispute; none is given in passing, because one takes long and has to be scored."""
    if not statements(subject, "dispute"):
        return []
    fought = disputes(subject)
    cites = (fought[0].source,) if fought else (REGISTER,) if REGISTER in subject.abouts else _first(subject)
    text = (
        "How likely a dispute is in the next year is not worked out for a brief. `comity backtest` shows how well such "
        "chances did on years they had not seen."
    )
    basis = Basis("No number is given.", (Query("comity backtest"),))
    return [Note(text=text, cites=cites, as_of=horizon(subject, cites), basis=basis)]


def _first(subject: Subject) -> tuple[str, ...]:
    return tuple(sorted(subject.abouts))[:1]
