"""What is known of the effect of what is done: the ledger's verdicts on the instruments at hand."""

from __future__ import annotations

from collections import Counter
from datetime import date

from comity.brief.blocks import Block, Note
from comity.brief.facts import engagements
from comity.brief.ledger_words import entries_on, ledger_basis, verdicts_table
from comity.brief.references import LEDGER
from comity.brief.registry import section
from comity.brief.subject import Subject
from comity.brief.verdicts import Entry
from comity.brief.wording import counted, listed, noun

MOST_CLAIMS = 16
_WORDS = ("supported", "mixed", "contradicted", "unknown")


@section("What is known of its effect", order=64, kinds=("pair", "region", "state", "organisation", "case"))
def known_effects(subject: Subject) -> list[Block]:
    """How many claims stand how, and each of them with its verdict."""
    entries = entries_on(subject, instruments_used(subject))[:MOST_CLAIMS]
    return [effects_note(entries), verdicts_table(entries, "Claims on what is done here")] if entries else []


def instruments_used(subject: Subject) -> tuple[str, ...]:
    """The instruments of the engagements of the window, those used most first."""
    used = Counter(fact["instrument"] for fact in engagements(subject, date(subject.window[0], 1, 1)))
    return tuple(sorted(used, key=lambda word: (-used[word], word)))


def effects_note(entries: tuple[Entry, ...]) -> Note:
    """The verdicts counted, in a sentence that says no more than they do."""
    counts = Counter(each.word for each in entries)
    told = [f"{counts[word]} {noun(counts[word], 'is', 'are')} {word}" for word in _WORDS if counts[word]]
    what, alone = "on what is done here that the ledger tests", "about this subject alone unless its words say so."
    if len(entries) == 1:
        text = f"The one claim {what} is {entries[0].word}. It is not {alone}"
    else:
        text = f"Of {counted(len(entries), 'claim')} {what}, {listed(told)}. None of them is {alone}"
    return Note(text=text, cites=(LEDGER,), as_of="estimates as shipped with this version", basis=ledger_basis(entries))
