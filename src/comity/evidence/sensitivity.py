"""How strong something unseen would have to be to explain an estimate away (Cinelli and Hazlett 2020)."""

from __future__ import annotations

from math import sqrt

from comity.errors import BadRequest
from comity.evidence.inference import student_quantile


def explained_share(t: float, freedom: float) -> float:
    """The share of the outcome's spread that the treatment alone explains, after everything else (partial R²).

    >>> round(explained_share(4.184, 783), 4)
    0.0219
    """
    return t**2 / (t**2 + freedom)


def robustness_value(t: float, freedom: float, *, taken: float = 1.0, level: float | None = None) -> float:
    """How much of treatment and of outcome an unseen cause must explain to take away a share of the estimate.

    0: anything would do; 1: nothing could. `taken` is the share to take away, all of it unless told. With a `level`,
    what it takes to make the rest no longer differ from zero at it. `t` is the estimate over its classical error.

    The published case, exposure to violence in Darfur and attitudes to peace (t = 4.184 on 783): an unseen cause that
    explains less than 13.9 % of both cannot have made the estimate.

    >>> round(robustness_value(4.184, 783), 3), round(robustness_value(4.184, 783, level=0.05), 3)
    (0.139, 0.076)
    """
    if freedom <= 1 or not 0 < taken <= 1:
        raise BadRequest(
            f"a robustness value has more than 1 row left and a share in 0 to 1, not {freedom} and {taken}"
        )
    needed = 0.0 if level is None else student_quantile(1 - level / 2, freedom - 1) / sqrt(freedom - 1)
    f = taken * abs(t) / sqrt(freedom)
    strength = f - needed
    if strength <= 0:
        return 0.0
    if needed and f > 1 / needed:  # so strong that only the treatment's side of the bound binds
        return (f**2 - needed**2) / (1 + f**2)
    return (sqrt(strength**4 + 4 * strength**2) - strength**2) / 2


def largest_bias(standard_error: float, freedom: float, *, of_outcome: float, of_treatment: float) -> float:
    """How far an unseen cause moves a coefficient at most, when it explains these shares of outcome and treatment.

    >>> round(largest_bias(0.5, 100, of_outcome=0.1, of_treatment=0.1), 3)
    0.527
    """
    if not (0 <= of_outcome <= 1 and 0 <= of_treatment < 1):
        raise BadRequest(f"shares explained lie between 0 and 1, not {of_outcome} and {of_treatment}")
    return standard_error * sqrt(freedom) * sqrt(of_outcome * of_treatment / (1 - of_treatment))
