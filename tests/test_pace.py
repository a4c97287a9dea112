"""The yardstick of the budgets: too much work is seen, and a slow processor is given its share and no more."""

from __future__ import annotations

from time import process_time

import pytest

from pace import Spent, at_most, spent


def busy(seconds: float) -> None:
    """Work of this processor for so long."""
    start = process_time()
    while process_time() - start < seconds:
        pass


def test_what_is_spent_is_measured():
    with spent() as taken:
        busy(0.3)
    assert taken.seconds == pytest.approx(0.3, abs=0.1)
    assert taken.slowness > 0


def test_too_much_work_fails():
    with pytest.raises(AssertionError, match=r"s of processor time; 0\.01 allowed"), at_most(0.01):
        busy(0.5)


@pytest.mark.parametrize(("slowness", "seconds"), [(0.5, 1.0), (1.0, 1.0), (2.0, 2.0)])
def test_a_slow_processor_is_given_its_share_and_a_quick_one_no_less(slowness, seconds):
    Spent(seconds, slowness).assert_at_most(1.0)
    with pytest.raises(AssertionError):
        Spent(seconds + 0.01, slowness).assert_at_most(1.0)
