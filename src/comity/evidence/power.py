"""What a test could find: the smallest effect it finds with a chance of 80 % at 5 %."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isinf, sqrt
from statistics import NormalDist

from comity.errors import BadRequest
from comity.evidence.inference import student_quantile

POWER, LEVEL = 0.80, 0.05


def minimum_detectable_effect(standard_error: float, freedom: float = inf) -> float:
    """The smallest true coefficient that a two-sided test at 5 % finds with a chance of 80 %.

    A result that differs little from zero says there is no effect only as far as effects of this size go.

    >>> round(minimum_detectable_effect(1.0), 3)
    2.802
    """
    if isinf(freedom):
        normal = NormalDist()
        return standard_error * (normal.inv_cdf(1 - LEVEL / 2) + normal.inv_cdf(POWER))
    return standard_error * (student_quantile(1 - LEVEL / 2, freedom) + student_quantile(POWER, freedom))


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A test that has not been made: rows, the share treated, how often the outcome comes, and how rows hang together.

    `cluster_rows` are the rows of one cluster, `within_cluster` the share of the spread that they have in common (of
    the outcome and of the treatment alike, so that the worst case is shown).
    """

    observations: int
    treated_share: float
    base_rate: float
    cluster_rows: float = 1.0
    within_cluster: float = 0.0

    def __post_init__(self) -> None:
        shares = (self.treated_share, self.base_rate)
        if not all(0 < share < 1 for share in shares) or self.observations < 2:
            raise BadRequest(f"a plan has rows and shares between 0 and 1, not {self.observations} and {shares}")
        if self.cluster_rows < 1 or not 0 <= self.within_cluster <= 1:
            raise BadRequest("a cluster has 1 row or more, and shares none to all of the spread")


def planned_effect(plan: Plan) -> float:
    """The smallest difference of shares that a planned test of yes or no outcomes finds.

    Disputes come in 1.7 % of pair-years; with 50 000 rows, a fifth treated, a test sees only what changes them by
    about a quarter:

    >>> round(planned_effect(Plan(observations=50_000, treated_share=0.2, base_rate=0.017)) / 0.017, 2)
    0.24
    """
    spread = plan.base_rate * (1 - plan.base_rate)
    apart = plan.treated_share * (1 - plan.treated_share)
    clumped = 1 + (plan.cluster_rows - 1) * plan.within_cluster
    return minimum_detectable_effect(sqrt(spread * clumped / (plan.observations * apart)))
