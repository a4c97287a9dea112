"""Counting all tests: what chance alone would do, and which verdicts stand when every test is counted.

`docs/why/verdicts.md` tells the rule; it changes no verdict and stands beside all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from comity.evidence.ledger import Entry

Against = Literal["none", "size"]
SIDES: tuple[Against, Against] = ("none", "size")
LEVEL = 0.025  # of each test, on one side
STANDS = 0.05  # the share of false finds among those that stand


@dataclass(frozen=True)
class Expected:
    """How often a test would reject by chance alone, and how often it does.

    `against` says what is rejected: no effect ("none") or an effect of the size claimed ("size"). `by_chance` is how
    many of `estimates` would reject it if it were true of all; `claims_by_chance` at most how many claims could then
    have come out as `word`, and `claims` how many do.
    """

    against: Against
    estimates: int
    by_chance: float
    rejected: int
    word: str
    claims_by_chance: float
    claims: int


@dataclass(frozen=True)
class Counted:
    """One claim's p-values when every test is counted, and whether its verdict stands.

    `p_none` and `p_size` are corrected for the claim's own estimates, `q_none` and `q_size` across all claims as well.
    `stands` is None where the verdict is neither supported nor contradicted.
    """

    claim: str
    p_none: float
    p_size: float
    q_none: float
    q_size: float
    stands: bool | None

    @property
    def word(self) -> str | None:
        """Whether the verdict stands, in words; None where there is nothing to stand."""
        return None if self.stands is None else "stands" if self.stands else "could be chance"


def by_chance(entries: Sequence[Entry]) -> tuple[Expected, Expected]:
    """What chance alone would do to the estimates of all entries: against no effect, and against the size claimed.

    >>> [(each.word, each.by_chance) for each in by_chance([])]
    [('supported', 0.0), ('contradicted', 0.0)]
    """
    return _expected(entries, "none"), _expected(entries, "size")


def _expected(entries: Sequence[Entry], against: Against) -> Expected:
    tests = {entry.number: len(_tests(entry, against)) for entry in entries}
    rejected = sum(value < LEVEL for entry in entries for value, _ in _tests(entry, against))
    found = [entry for entry in entries if _side(entry) == against]
    return Expected(
        against,
        sum(tests.values()),
        LEVEL * sum(tests.values()),
        rejected,
        "supported" if against == "none" else "contradicted",
        sum(1 - (1 - LEVEL) ** count for count in tests.values()),
        len(found),
    )


def counted(entries: Sequence[Entry]) -> dict[str, Counted]:
    """The p-values of every claim that has an estimate of known size, corrected within it and across all.

    Within a claim the first step of Holm: the smallest p-value of an estimate without a doubt (1 where there is none)
    times how many estimates there are. Across claims Benjamini and Hochberg's procedure, each side by itself.

    >>> counted([])
    {}
    """
    from scipy.stats import false_discovery_control

    tested = [entry for entry in entries if _tests(entry, "none")]
    if not tested:
        return {}
    p_none, p_size = ([_holm(entry, against) for entry in tested] for against in SIDES)
    q_none, q_size = (false_discovery_control(values, method="bh").tolist() for values in (p_none, p_size))
    told = {}
    for entry, p_none_of, p_size_of, q_none_of, q_size_of in zip(tested, p_none, p_size, q_none, q_size, strict=True):
        side = _side(entry)
        stands = None if side is None else (q_none_of if side == "none" else q_size_of) <= STANDS
        told[entry.number] = Counted(entry.number, p_none_of, p_size_of, q_none_of, q_size_of, stands)
    return told


def _holm(entry: Entry, against: Against) -> float:
    sure = [value for value, is_sure in _tests(entry, against) if is_sure]
    return min(1.0, min(sure, default=1.0) * len(_tests(entry, against)))


def _tests(entry: Entry, against: Against) -> list[tuple[float, bool]]:
    """The one-sided p-values of an entry's estimates, and whether each is without a doubt.

    Those whose size as a share is not known have none.
    """
    readings = entry.verdict.readings
    found = ((each.p_none if against == "none" else each.p_size, not each.doubts) for each in readings)
    return [(value, is_sure) for value, is_sure in found if value is not None]


def _side(entry: Entry) -> Against | None:
    """What a verdict rejects: of a claim that something does not rise, the sides are turned round."""
    word = entry.verdict.word
    if word not in ("supported", "contradicted") or not entry.verdict.readings:
        return None
    return "none" if (word == "supported") != (entry.claim.claimed == "no_increase") else "size"
