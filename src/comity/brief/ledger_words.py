"""What the ledger of evidence says of the instruments a brief shows: verdicts by rule, and never more."""

from __future__ import annotations

from comity.brief.basis import Basis, Query
from comity.brief.blocks import Column, Row, Table
from comity.brief.references import LEDGER
from comity.brief.subject import Subject, once
from comity.brief.topics import TOPICS
from comity.brief.verdicts import Entry, entries

# Which claims bear on what a brief shows, by the word of the claim's topic.
_BY_INSTRUMENT = {
    "exercise": ("exercises", "trust", "regularity"),
    "visit": ("visits",),
    "port_call": ("visits",),
    "dialogue": ("dialogue",),
    "training": ("training",),
    "exchange": ("visits", "training"),
    "assistance": ("assistance", "arms"),
    "arms_transfer": ("arms",),
    "peacekeeping": ("peacekeeping",),
    "information_sharing": ("information",),
    "agreement": ("agreements",),
    "channel": ("channels",),
}
_BY_CASE = {"us-japan-alliance": "us-japan", "russian-outreach-eurasia": "russia", "china-in-africa": "china"}
_BY_REGION = {"south-china-sea": ("south-east asia",), "middle-east": ("counter-terrorism",), "nato-europe": ("nato",)}
_BY_BODY = {"nato": ("nato", "alliances"), "un": ("peacekeeping",)}
_ALWAYS = ("overall",)


@once
def entries_on(subject: Subject, instruments: tuple[str, ...]) -> tuple[Entry, ...]:
    """The entries of the ledger on the subject itself first, then on the instruments, then on all of it."""
    topics = [*_own_topics(subject), *(topic for word in instruments for topic in _BY_INSTRUMENT.get(word, ()))]
    order = {topic: place for place, topic in enumerate(dict.fromkeys([*topics, *_ALWAYS]))}
    found = [each for each in entries(subject) if each.topic in order]
    return tuple(sorted(found, key=lambda each: (order[each.topic], each.number)))


def own_entries(subject: Subject) -> tuple[Entry, ...]:
    """The entries whose claims are about the subject itself."""
    own = _own_topics(subject)
    return tuple(each for each in entries_on(subject, ()) if each.topic in own)


def _own_topics(subject: Subject) -> tuple[str, ...]:
    if subject.kind == "case":
        return (_BY_CASE[subject.key],) if subject.key in _BY_CASE else ()
    if subject.kind == "region":
        return _BY_REGION.get(subject.key, ())
    if subject.kind == "organisation":
        return (*_BY_BODY.get(subject.key, ()), "organizations")
    return ("information", "confidence-building") if subject.key in TOPICS else ()


def verdicts_table(held: tuple[Entry, ...], title: str) -> Table:
    """One row for each claim: its wording, the verdict of the ledger, and where published findings leave it."""
    rows = tuple(
        Row(
            cells=(
                f"{each.wording.rstrip('.')} ({each.number})",
                each.word,
                each.estimate_count,
                each.published,
                each.finding_count,
            ),
            refs=(LEDGER,),
            details=(each.reason,),
        )
        for each in held
    )
    return Table(
        title=title,
        columns=(
            *(Column("What is claimed"), Column("Verdict"), Column("Estimates", "number")),
            *(Column("Published"), Column("Findings", "number")),
        ),
        rows=rows,
        note="A verdict is on the claim as it is worded, over all states and years it was tested on; it says nothing "
        "of one pair or one act. “Unknown” means that the data settle nothing, and not that there is no effect.",
        cites=(LEDGER,),
        as_of="estimates as shipped with this version",
        short_rows=10,
        basis=ledger_basis(held),
    )


def ledger_basis(held: tuple[Entry, ...]) -> Basis:
    """What words on verdicts rest on: each claim with its verdict and the reason for it."""
    rows = tuple(
        {
            "claim": each.number,
            "wording": each.wording,
            "verdict": each.word,
            "reason": each.reason,
            "estimates": each.estimate_count,
            "published": each.published,
            "findings": each.finding_count,
        }
        for each in held
    )
    queries = tuple(Query(f"comity evidence {each.number}") for each in held)
    counts: dict[str, int] = {}
    for each in held:
        counts[each.word] = counts.get(each.word, 0) + 1
    how = "Verdicts of the ledger, by its written rules, from its own estimates."
    return Basis(how, queries, rows, (("claims", len(held)), *counts.items()))
