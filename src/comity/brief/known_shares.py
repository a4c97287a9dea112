"""How much of what happened the sources of a brief know, where the overlap of lists made apart tells it."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from comity.brief.answers_kept import panel_store
from comity.brief.keeping import kept
from comity.brief.subject import Subject
from comity.brief.wording import counted, years_text
from comity.panel.occasions import OF_ASKED
from comity.vocab.states import state

Share = dict[str, Any]


def known_shares(subject: Subject, instrument: str, years: tuple[int, int]) -> list[Share]:
    """The share known over each run of years in which the same lists speak; runs of which none is known left out."""
    asked = f"{instrument} {years} {subject.states}"
    found: list[Share] = kept(
        subject, f"shares-{sha256(asked.encode()).hexdigest()[:16]}", lambda: _shares(subject, instrument, years)
    )
    return found


def _shares(subject: Subject, instrument: str, years: tuple[int, int]) -> list[Share]:
    from comity.panel.completeness import OVERLAP, completeness_by_stretch

    rows = completeness_by_stretch(panel_store(subject), instrument, years, subject.states).to_pylist()
    return [row for row in rows if row["method"] == OVERLAP]


def shares_text(shares: Sequence[Share], did: str) -> list[str]:
    """The shares known as one sentence, each with its interval; no sentence where there is none."""
    if not shares:
        return []
    told = "; ".join(_of_pairs(share, did) for share in shares)
    return [f"By the overlap of lists made apart, the sources know an estimated {told}."]


def shares_beside(shares: Sequence[Share], did: str) -> list[str]:
    """What the overlap says beside a list that holds itself complete, where it finds less than all; else nothing.

    >>> share = {"completeness": 0.9, "completeness_low": 0.89, "completeness_high": 0.92, "scope": None, "pool": "all"}
    >>> shares_beside([share | {"first_year": 1980, "last_year": 2010}], "exercised")[0][:75]
    'By the overlap of lists, though, the sources know an estimated 90% (89 to 9'
    """
    return [
        f"By the overlap of lists, though, the sources know an estimated {_of_pairs(share, did)}."
        for share in shares
        if share["scope"] is None and round(100 * share["completeness"]) < 100
    ]


def _of_pairs(share: Share, did: str) -> str:
    return (
        f"{_percent(share)} of the pairs {_whose(share)} that {did} in a year of "
        f"{years_text((share['first_year'], share['last_year']))}"
    )


def _percent(share: Share) -> str:
    known, low, high = (round(100 * share[name]) for name in ("completeness", "completeness_low", "completeness_high"))
    return f"{known}% ({low} to {high}%)"


def _whose(share: Share) -> str:
    if share["scope"] is None:
        return "with one of these states" if share["pool"] == OF_ASKED else "of all states"
    partners = "" if share["partner_count"] is None else f" and {counted(share['partner_count'], 'partner')}"
    return f"of {state(share['scope']).name}{partners}"
