"""A text with, beside every sentence, the claim it makes and what is known of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from comity.errors import BadRequest
from comity.evidence.ledger import Entry, ledger
from comity.evidence.pages import finding_line
from comity.evidence.reading.matching import Match, Matcher, asks, resolved
from comity.evidence.reading.sentences import LONGEST, sentences

Kind = Literal["claim", "not_observable", "not_testable", "question", "no_claim"]
MOST_SENTENCES = 20_000
KINDS: Mapping[Kind, str] = {
    "claim": "makes a claim of the ledger",
    "not_observable": "makes a claim that no data could show",
    "not_testable": "not a testable claim: it wishes, values or promises",
    "question": "asks",
    "no_claim": "makes no claim of the ledger",
}
_WISH = re.compile(
    r"\b(must|should|ought to|shall|let us|we (hope|believe|trust|remain|stand|vow|pledge|are committed)"
    r"|i (hope|believe)|committed to|unbreakable|ironclad|sacred|proud|honou?r(ed)?|destiny|birthright|deserve|values"
    r"|noble|freedom|steadfast|unwavering|never forget|has the right to|have the right to)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Annotated:
    """One sentence, what kind it is, and the claims it makes, the surest first."""

    sentence: str
    kind: Kind
    matches: tuple[Match, ...]


@dataclass(frozen=True)
class Reading:
    """A text read: its sentences in order, and the ledger's entries they speak of."""

    name: str
    sentences: tuple[Annotated, ...]
    entries: Mapping[str, Entry]

    @property
    def counts(self) -> dict[str, int]:
        """How many sentences are of each kind."""
        found = Counter(each.kind for each in self.sentences)
        return {kind: found[kind] for kind in KINDS}

    def to_dict(self) -> dict[str, Any]:
        """The reading as plain values, fit for JSON; each claim is told once."""
        return {
            "name": self.name,
            "counts": self.counts,
            "sentences": [
                {
                    "sentence": each.sentence,
                    "kind": each.kind,
                    "claims": [
                        {"claim": match.claim, "score": match.score, "denies": match.denies} for match in each.matches
                    ],
                }
                for each in self.sentences
            ],
            "claims": {number: _told(entry) for number, entry in self.entries.items()},
        }


def annotate(text: str, name: str = "text") -> Reading:
    """Read a text sentence by sentence.

    >>> read = annotate("Strong alliances deter attacks. Our bond is unbreakable.")
    >>> [(each.kind, [match.claim for match in each.matches]) for each in read.sentences]
    [('claim', ['C06']), ('not_testable', [])]
    """
    cut = sentences(text)
    if len(cut) > MOST_SENTENCES:
        raise BadRequest(f"{name}: {len(cut):,} sentences; at most {MOST_SENTENCES:,} are read")
    entries = {entry.number: entry for entry in ledger()}
    matcher = Matcher()
    read = tuple(
        _annotated(sentence, seen, matcher, entries) for sentence, seen in zip(cut, _pointing(cut), strict=True)
    )
    named = sorted({match.claim for each in read for match in each.matches})
    return Reading(name, read, {number: entries[number] for number in named})


def _pointing(cut: Sequence[str]) -> Iterator[str]:
    """Each sentence as it is looked at; one that points back is told what the sentences before it speak of."""
    before = ""
    for sentence in cut:
        before = resolved(sentence[:LONGEST], before)
        yield before


def _annotated(sentence: str, seen: str, matcher: Matcher, entries: Mapping[str, Entry]) -> Annotated:
    if asks(sentence[:LONGEST]):
        return Annotated(sentence, "question", ())
    matches = matcher.match(seen)
    if matches:
        observable = any(entries[match.claim].claim.testability != "not_observable" for match in matches)
        return Annotated(sentence, "claim" if observable else "not_observable", matches)
    return Annotated(sentence, "not_testable" if _WISH.search(seen) else "no_claim", ())


def _told(entry: Entry) -> dict[str, Any]:
    """What is known of a claim, as a reader of a text needs it."""
    return {
        "wording": entry.claim.wording,
        "verdict": entry.verdict.word,
        "reason": entry.verdict.reason,
        "testability": entry.claim.testability,
        "needs": entry.claim.needs,
        "estimates": [estimate.to_dict() for estimate in entry.estimates],
        "published": entry.claim.literature.verdict,
        "published_reason": entry.claim.literature.reason,
        "findings": [finding_line(finding) for finding in entry.findings.values()],
    }
