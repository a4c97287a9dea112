"""What the ledger of evidence says of an instrument, to stand beside a forecast that was asked about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from comity.evidence.estimate import Estimate
from comity.evidence.ledger import Entry, ledger

TOPICS = {"exercise": "exercises", "agreement": "agreements", "arms_transfer": "arms", "visit": "visits"}
TELLING = 3.0  # times what would have been, beyond which an estimate rests on a few odd cases
# A claim is about what comes between states, not about trust or spending, where its outcome is one of these.
OUTCOMES = ("mid_onset", "dispute_onset", "mid_onset_count", "dispute_onset_count", "crisis_onset")


@dataclass(frozen=True)
class Claimed:
    """One claim about an instrument and disputes: its verdict, and the first of its estimates in words."""

    claim: str
    wording: str
    treatment: str
    outcome: str
    verdict: str
    estimate: str

    def to_dict(self) -> dict[str, Any]:
        """The claim as plain values."""
        return asdict(self)


def claims_about(instruments: Iterable[str]) -> dict[str, tuple[Claimed, ...]]:
    """The claims of the ledger about each instrument that are tested on disputes or crises, in order of number.

    None for an instrument of which the ledger holds no such claim.
    """
    entries = [entry for entry in ledger() if set(entry.claim.data.measures) & set(OUTCOMES)]
    return {
        name: tuple(_tested(entry) for entry in entries if entry.claim.topic == TOPICS.get(name))
        for name in instruments
    }


def _tested(entry: Entry) -> Claimed:
    claim = entry.claim
    estimate = _estimate(entry.estimates[0]) if entry.estimates else "no estimate yet"
    return Claimed(claim.claim, claim.wording, claim.treatment, claim.outcome, entry.verdict.word, estimate)


def _estimate(made: Estimate) -> str:
    """An estimate in words: its size against what would have been, and whether its interval holds no effect."""
    share = made.relative_effect
    if share is None:
        size = "size unknown"
    elif abs(share) > TELLING:
        size = "so imprecise that its size says nothing"
    else:
        size = f"{abs(share):.0%} {'more' if share > 0 else 'less'} than would have been"
    holds = "the interval holds no effect" if made.low <= 0 <= made.high else "the interval rules out no effect"
    return f"{size}; {holds} ({made.design.replace('_', ' ')}, {made.years[0]} to {made.years[1]})"
