"""Estimates: they survive being written and read, keep what they promise, and refuse what is no part of them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import BadRequest
from comity.evidence import Balance, Estimate, Placebo, Specification, specification_hash

numbers = st.floats(-1e6, 1e6)
shares = st.floats(0, 1)
words = st.text(max_size=12)
placebos = st.builds(Placebo, words, numbers, st.floats(1e-6, 1e3), shares)
specifications = st.builds(Specification, words, numbers, numbers, numbers)


@st.composite
def estimates(draw):
    low, coefficient, high = sorted(draw(st.lists(numbers, min_size=3, max_size=3)))
    rows = draw(st.integers(0, 10**7))
    first, last = sorted(draw(st.lists(st.integers(1816, 2030), min_size=2, max_size=2)))
    return Estimate(
        **{key: draw(words) for key in ("claim", "design", "name", "outcome", "treatment", "unit", "bias")},
        coefficient=coefficient,
        low=low,
        high=high,
        p_value=draw(shares),
        standard_error=draw(st.floats(0, 1e3)),
        errors=draw(st.dictionaries(words, st.floats(0, 1e3), max_size=3)),
        relative_effect=draw(st.none() | numbers),
        observations=rows,
        treated=draw(st.integers(0, rows)),
        events=draw(st.integers(0, rows)),
        years=(first, last),
        excluded=draw(st.dictionaries(words, st.integers(0, 10**6), max_size=3)),
        placebo=tuple(draw(st.lists(placebos, max_size=3))),
        robustness_value=draw(st.none() | shares),
        minimum_detectable_effect=draw(st.none() | st.floats(0, 1e3)),
        specifications=tuple(draw(st.lists(specifications, max_size=3))),
        sources=tuple(draw(st.lists(words, max_size=3))),
        specification_hash=draw(words),
        balance=tuple(draw(st.lists(st.builds(Balance, words, numbers, numbers), max_size=2))),
        course=tuple(draw(st.lists(placebos, max_size=2))),
        not_computed=tuple(draw(st.lists(words, max_size=2))),
        clusters=draw(st.none() | st.dictionaries(words, st.floats(0, 1e6), max_size=3)),
    )


def plain(**changed):
    """An estimate as it stands in a file, with some fields changed."""
    held = {
        "claim": "C06",
        "design": "two_way_fixed_effects",
        "name": "main",
        "outcome": "dispute onset",
        "treatment": "joint exercise last year",
        "coefficient": -0.002,
        "standard_error": 0.001,
        "errors": {"pair": 0.0008, "pair and both states": 0.001},
        "low": -0.004,
        "high": 0.0,
        "p_value": 0.05,
        "unit": "share of pair-years with a dispute onset",
        "relative_effect": -0.2,
        "observations": 1000,
        "treated": 100,
        "events": 17,
        "years": [1973, 2010],
        "excluded": {"outcome unknown": 4},
        "placebo": [{"name": "lead 2", "coefficient": 0.0, "standard_error": 0.001, "p_value": 1.0}],
        "robustness_value": 0.01,
        "minimum_detectable_effect": 0.0028,
        "bias": "toward peace",
        "specifications": [{"name": "no controls", "coefficient": 0.0, "low": -0.1, "high": 0.1}],
        "sources": ["mme", "cow_mid"],
        "specification_hash": "0" * 64,
        "balance": [{"name": "distance", "before": 0.4, "after": 0.0}],
        "course": [{"name": "1 year after", "coefficient": 0.0, "standard_error": 0.001, "p_value": 1.0}],
    }
    return held | changed


@given(estimates())
def test_an_estimate_comes_back_from_json_as_it_was(estimate):
    assert Estimate.from_dict(json.loads(json.dumps(estimate.to_dict()))) == estimate


def test_the_plain_estimate_is_read_and_written_as_it_stands():
    assert Estimate.from_dict(plain()).to_dict() == plain()


@pytest.mark.parametrize("key", sorted(set(plain()) - {"balance", "course"}))
def test_no_field_may_be_left_out(key):
    held = plain()
    del held[key]
    with pytest.raises(BadRequest, match=f"has no {key}"):
        Estimate.from_dict(held)


def test_a_design_that_does_not_weigh_or_follow_says_nothing_of_balance_and_course():
    held = plain()
    del held["balance"], held["course"]
    assert Estimate.from_dict(held) == Estimate.from_dict(plain(balance=[], course=[]))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"verdict": "supported"}, "'verdict' is no part of it"),
        ({"placebo": [{"name": "lead 2"}]}, "placebo 1: has no coefficient, p_value, standard_error"),
        ({"specifications": ["x"]}, "specifications 1: is str"),
        ({"balance": [{"name": "distance", "before": 0.4, "after": 0.0, "p": 1}]}, "balance 1: 'p' is no part"),
        ({"placebo": "none"}, "Expected `array`"),
        ({"observations": "many"}, "Expected `int`"),
        ({"years": [1973]}, "Expected `array` of length 2"),
        ({"coefficient": float("nan")}, "not finite"),
        ({"robustness_value": float("inf")}, "not finite"),
        ({"standard_error": -1.0}, "standard error is below 0"),
        ({"low": 0.0}, "outside its interval"),
        ({"p_value": 1.5}, "p-value"),
        ({"excluded": {"outcome unknown": -1}}, "count is below 0"),
        ({"treated": 1001}, "more rows are treated"),
        ({"events": 1001}, "more rows are treated"),
        ({"years": [2010, 1973]}, "last year is before the first"),
    ],
)
def test_what_is_no_estimate_is_refused_in_one_line(changed, said):
    with pytest.raises(BadRequest, match=r"^estimate C06") as refused:
        Estimate.from_dict(plain(**changed))
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


@given(st.dictionaries(words, st.integers() | words, min_size=1, max_size=4), words)
def test_a_specification_has_one_fingerprint_until_anything_in_it_changes(specification, other):
    backward = dict(reversed(specification.items()))
    assert specification_hash(specification) == specification_hash(backward)
    changed = specification | {next(iter(specification)): other + "!"}
    assert (specification_hash(changed) == specification_hash(specification)) == (changed == specification)
