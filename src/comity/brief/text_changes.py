"""How texts changed since a day: those that ended, and those that a party ended, suspended, narrowed or took up again.

A text that one party suspended has not ended, and many that somebody left have no end in any list: what the parties did
is told of such a text as a change of access to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from comity.brief.access_changes import changes
from comity.brief.facts import Fact, Party, agreements, agreements_ended, named_party
from comity.brief.subject import Subject
from comity.brief.texts import each_once, paired
from comity.brief.wording import party_name, said


@dataclass(frozen=True)
class Change:
    """What became of a text or a channel, in words, and on which day."""

    fact: Fact
    words: str
    day: date
    precision: str | None


def texts_each_once(subject: Subject) -> list[Fact]:
    """The texts on the day of the brief, each once."""
    return each_once(paired(subject, agreements(subject)))


def ended_and_suspended(subject: Subject, since: date) -> list[Change]:
    """The texts that ended from a day on, and what parties did to a text; of one that ended its end is told once."""
    ended = each_once(paired(subject, agreements_ended(subject, since)))
    found = [Change(fact, "ended", fact["end_date"], fact["end_precision"]) for fact in ended]
    over = {(fact.source, fact.item) for fact in ended}
    done = [fact for fact in _done_to_texts(subject, since)
            if fact["change_kind"] != "ended" or (fact.source, fact.item) not in over]  # fmt: skip
    return found + [Change(fact, _words(subject, fact.row), fact["date"], fact["precision"]) for fact in done]


def _done_to_texts(subject: Subject, since: date) -> list[Fact]:
    rows, query = changes(subject)
    return [
        Fact("agreement", row["source"], row["item"], row, _parties(row), query)
        for row in rows
        if row["core_table"] == "agreement" and row["date"] >= since
    ]


def _parties(row: dict[str, Any]) -> tuple[Party, ...]:
    return tuple(named_party(text) for text in (f"{row['by_kind']}:{row['by_party']}", *row["of_parties"]))


def _words(subject: Subject, row: dict[str, Any]) -> str:
    """Such as `suspended by South Korea`; with what was suspended where it is not the text as a whole."""
    what = "" if row["access_kind"] == "agreement" else f"{said(row['access_kind'])} "
    by = party_name(row["by_kind"], row["by_party"], subject.organisations)
    return f"{what}{said(row['change_kind'])} by {by}"
