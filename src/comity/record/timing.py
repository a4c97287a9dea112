"""Whether what a record tells can have been then: nothing is done before its day, and no state acts past its end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from comity.errors import UnknownWord
from comity.record.reading import Filed
from comity.record.shape import Edition, Engagement, Fact, Incident, Party, Series
from comity.vocab.dates import dated
from comity.vocab.state_list import states
from comity.vocab.state_names import has_ended

STARTS = (Engagement, Edition, Incident)  # things that cannot be placed without a date


def ahead_problems(item: Filed, today: date | None = None) -> Iterator[str]:
    """What a record that is new tells as done, though its day (default: today) has not come, one line each.

    Not a part of `problems`: a register does not become right or wrong with the day on which it is read.
    """
    last = (today or datetime.now(UTC).date()) + timedelta(days=1)  # somewhere it is tomorrow
    facts: list[tuple[str, object]] = [("", item.content)]
    if isinstance(item.content, Series):
        facts = [(f"editions[{number}].", each) for number, each in enumerate(item.content.editions)]
    for where, fact in facts:
        if isinstance(fact, STARTS) and any(day > last for day in _days(fact.start_date)):
            if isinstance(fact, Incident):
                yield f"{item.file}: {where}start_date: {fact.start_date!r} is still ahead"
            elif fact.status == "completed":
                told = f"{fact.start_date} is still ahead; 'completed' is what is meant where no status is given"
                yield f"{item.file}: {where}status: {told}"


def ended_problems(where: str, fact: Fact, party: Party) -> Iterator[str]:
    """A state takes part in nothing that begins after its own end."""
    code = states().get(party.party)
    texts = [party.start_date] if party.start_date else [fact.start_date, getattr(fact, "signed_date", None)]
    days = [day for text in texts for day in _days(text)]
    if code and days and has_ended(code.code, (min(days), min(days))):
        yield f"{where}parties: {code.code!r} ({code.name}) had ended by {min(days)}"


def _days(text: str | None) -> list[date]:
    """The first day of a date; none where there is no date, or none that can be read."""
    try:
        return [] if text is None else [dated(text).day]
    except UnknownWord:
        return []
