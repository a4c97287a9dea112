"""Which way an estimate probably errs, in words."""

from __future__ import annotations

from comity.evidence.sample import Question


def bias_in_words(coefficient: float, question: Question, hint: str) -> str:
    """Which way the estimate probably errs: by selection into treatment, then by the design itself.

    >>> ask = Question(
    ...     claim="C06",
    ...     outcome="disputes",
    ...     treatment="exercises",
    ...     unit="share of pair-years",
    ...     selection=-1,
    ...     selection_reason="friends exercise with friends",
    ... )
    >>> bias_in_words(-0.2, ask, "Errors in the treatment pull toward zero.")[:79]
    'Probably too far from zero: friends exercise with friends, which moves the coef'
    """
    return f"{_selection(coefficient, question)} {hint}".strip()


def _selection(coefficient: float, question: Question) -> str:
    if question.selection is None:
        return f"Which way selection into {question.treatment} moves the coefficient is unknown."
    if question.selection == 0:
        return f"Selection into {question.treatment} probably moves the coefficient little."
    way = "up" if question.selection > 0 else "down"
    reason = question.selection_reason or f"selection into {question.treatment}"
    if coefficient == 0:
        return (
            f"Probably too {'high' if question.selection > 0 else 'low'}: {reason}, which moves the coefficient {way}."
        )
    same = (coefficient > 0) == (question.selection > 0)
    where = "too far from zero" if same else "too near to zero, if its sign is right"
    return f"Probably {where}: {reason}, which moves the coefficient {way}."
