"""The ledger of evidence as a brief tells it: each claim with its verdict, read once for a version of the program.

To read the claims and findings and to give each verdict takes a tenth of a second, and nothing in it is of a subject.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from comity.brief.keeping import kept, program_of
from comity.brief.subject import Subject, once


@dataclass(frozen=True)
class Entry:
    """One claim: its wording, the verdict and its reason, and how many estimates and findings it rests on.

    `published` is where published findings leave it, and `needs` what it would take to test it, where nothing does.
    """

    number: str
    topic: str
    wording: str
    needs: str | None
    word: str
    reason: str
    estimate_count: int
    published: str
    finding_count: int


@once
def entries(subject: Subject) -> tuple[Entry, ...]:
    """Every claim of the ledger, in order of number."""
    name = f"ledger-{program_of(('evidence',))}"
    return tuple(Entry(**told) for told in kept(subject, name, lambda: [asdict(each) for each in _read()]))


def _read() -> list[Entry]:
    from comity.evidence.ledger import ledger

    return [
        Entry(
            number=each.number,
            topic=each.claim.topic,
            wording=each.claim.wording,
            needs=each.claim.needs,
            word=each.verdict.word,
            reason=each.verdict.reason,
            estimate_count=len(each.estimates),
            published=each.claim.literature.verdict,
            finding_count=len(each.findings),
        )
        for each in ledger()
    ]
