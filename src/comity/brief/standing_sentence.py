"""Where a state stands among others by its indices, as one statement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from comity.brief.assessments import LEAST_KNOWN, Told, assessment, basis_of, number_text, sources_in
from comity.brief.blocks import Sentence
from comity.brief.subject import Subject
from comity.brief.wording import said

_FULL = 0.995  # a score that prints as the full one is no low, wherever others stand
_NEARLY = 99  # percent: more is not rounded to all
_OUTER = 0.1  # of the states: one in the middle of them is neither high nor low


def standing_sentence(subject: Subject) -> Sentence | None:
    """The index in which it stands highest above other states and that in which it stands lowest.

    The highest is told only where it is among the highest tenth of the states, the lowest only among the lowest tenth.
    None where there is neither.
    """
    told = assessment(subject)
    known = [
        each
        for each in told.get("headlines", ())
        if each["score"] is not None and (each["coverage"] or 0) >= LEAST_KNOWN and each["above_share"] is not None
    ]
    high, low = _highest(known), _lowest(known)
    shown = [(word, each) for word, each in (("highest", high), ("lowest", low)) if each is not None]
    if not shown:
        return None
    stands = "stands" if date(told["year"], 12, 31) >= subject.as_of else "stood"
    parts = [f"{word} in {_told(each)}" for word, each in shown]
    text = f"Among the indices of states at the end of {told['year']} it {stands} {' and '.join(parts)}."
    least = min(each["coverage"] for _, each in shown)
    rows = tuple({key: value for key, value in each.items() if key != "parts"} for each in known)
    how = "Indices at least half known, by the share of states below; told where it is in the outer tenth."
    basis = basis_of(subject, told, how, rows, least_known=least, nearly=_NEARLY, outer=_OUTER)
    share = "all" if least >= _FULL else f"{least:.0%} or more"
    cites = tuple(sorted({source for _, each in shown for source in sources_in(subject, each)}))
    because = f"{share} of what the indices weigh is known for {told['year']}"
    return Sentence(text, cites, "high" if least >= 0.9 else "moderate", because, "later years of the lists", basis)


def _highest(known: Sequence[Told]) -> Told | None:
    above = [each for each in known if each["above_share"] >= 1 - _OUTER]
    return max(above, key=lambda each: (each["above_share"], each["name"]), default=None)


def _lowest(known: Sequence[Told]) -> Told | None:
    below = [each for each in known if each["above_share"] <= _OUTER and each["score"] < _FULL]
    return min(below, key=lambda each: (each["above_share"], each["name"]), default=None)


def _told(each: Told) -> str:
    full = ", the full score" if each["score"] >= _FULL else ""
    return f"{said(each['name'])} ({number_text(each['score'])}{full}, above {share_text(each['above_share'])})"


def share_text(share: float) -> str:
    """How many of the other states lie below, without making all of nearly all.

    >>> [share_text(share) for share in (1.0, 0.998, 0.59, 0.001, 0.0)]
    ['all others', 'more than 99% of states', '59% of states', 'less than 1% of states', 'none']
    """
    if share in (0, 1):
        return "all others" if share else "none"
    percent = round(share * 100)
    if percent == 100:
        return f"more than {_NEARLY}% of states"
    return f"{percent}% of states" if percent else "less than 1% of states"
