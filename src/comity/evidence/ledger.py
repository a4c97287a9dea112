"""The ledger: every claim with its published findings, comity's own estimates and the verdict on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from comity.errors import RecordError
from comity.evidence.claim import Claim, PublishedFinding, Word, claims, find_claim, findings
from comity.evidence.estimate import Estimate
from comity.evidence.verdict import Verdict, verdict_of

if TYPE_CHECKING:
    from comity.evidence.specs.preregistered import Plan

WORDS: tuple[Word, ...] = ("supported", "mixed", "contradicted", "unknown")
SHIPPED = Path(__file__).parent / "estimates.json"


@dataclass(frozen=True)
class Entry:
    """One claim with all that is known of it."""

    claim: Claim
    findings: Mapping[str, PublishedFinding]
    estimates: tuple[Estimate, ...]
    verdict: Verdict

    @property
    def number(self) -> str:
        """The claim's number."""
        return self.claim.claim

    @property
    def plans(self) -> tuple[Plan, ...]:
        """The designs written down before the years of their outcome were loaded."""
        from comity.evidence.specs.preregistered import preregistered

        return tuple(plan for plan in preregistered() if plan.study.claim == self.number)

    def to_dict(self) -> dict[str, Any]:
        """The entry as plain values, fit for JSON."""
        told: dict[str, Any] = msgspec.to_builtins(self.claim)
        del told["speaks_of"]
        return told | {
            "findings": {name: msgspec.to_builtins(finding) for name, finding in self.findings.items()},
            "estimates": [estimate.to_dict() for estimate in self.estimates],
            "verdict": self.verdict.to_dict(),
            "plans": [plan.to_dict() for plan in self.plans],
        }


def read_estimates(file: Path = SHIPPED) -> Mapping[str, tuple[Estimate, ...]]:
    """The estimates made so far, by claim; none where the file is not there yet.

    The file holds a list of estimates, or an object whose `estimates` is that list. An estimate of no claim is refused.
    """
    if not file.is_file():
        return {}
    try:
        held = msgspec.json.decode(file.read_bytes())
    except msgspec.DecodeError as error:
        raise RecordError(f"{file.name}: {error}") from error
    rows = held.get("estimates") if isinstance(held, dict) else held
    if not isinstance(rows, list):
        raise RecordError(f"{file.name}: holds no list of estimates")
    made: dict[str, tuple[Estimate, ...]] = {}
    for estimate in map(Estimate.from_dict, rows):
        if estimate.claim not in claims():
            raise RecordError(f"{file.name}: claim: {estimate.claim!r} is no claim")
        made[estimate.claim] = (*made.get(estimate.claim, ()), estimate)
    return made


def entry(number: str, estimates: Mapping[str, Sequence[Estimate]] | None = None) -> Entry:
    """One claim with its findings, estimates and verdict.

    >>> entry("C34").verdict.word
    'unknown'
    """
    claim = find_claim(number)
    made = tuple((read_estimates() if estimates is None else estimates).get(claim.claim, ()))
    return Entry(claim, {name: findings()[name] for name in claim.findings}, made, verdict_of(claim, made))


def ledger(estimates: Mapping[str, Sequence[Estimate]] | None = None) -> tuple[Entry, ...]:
    """Every claim, in order of number.

    >>> len(ledger())
    62
    """
    made = read_estimates() if estimates is None else estimates
    return tuple(entry(number, made) for number in claims())


def by_verdict(entries: Sequence[Entry]) -> Iterator[tuple[Word, tuple[Entry, ...]]]:
    """The entries of each verdict, in the order of the words; a word without an entry is left out."""
    for word in WORDS:
        found = tuple(each for each in entries if each.verdict.word == word)
        if found:
            yield word, found
