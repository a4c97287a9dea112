"""Verdicts: the same for welcome and unwelcome results, and never firmer for more noise."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.evidence.claim import find_claim
from comity.evidence.estimate import Placebo, Specification
from comity.evidence.verdict import judge, verdict_of
from ledger_samples import estimate

FIRMNESS = {"unknown": 0, "mixed": 1, "supported": 2, "contradicted": 2}
SMALLEST = 0.2
placebos = st.builds(Placebo, st.just("lead"), st.floats(-1, 1), st.floats(0.001, 1), st.floats(0, 1))
specifications = st.builds(Specification, st.just("other"), st.floats(-1, 1), st.just(-2.0), st.just(2.0))


@st.composite
def estimates(draw):
    """Estimates of all kinds: precise and vague, tested and untested, of known and unknown size."""
    coefficient = draw(st.floats(-1.5, 1.5).filter(lambda value: abs(value) > 1e-3))
    return estimate(
        coefficient,
        draw(st.floats(0.001, 2)),
        relative_effect=draw(st.sampled_from([coefficient, coefficient / 2, coefficient * 3, None])),
        placebo=tuple(draw(st.lists(placebos, max_size=3))),
        specifications=tuple(draw(st.lists(specifications, max_size=4))),
    )


many = st.lists(estimates(), max_size=4)
claimed = st.sampled_from(["increase", "decrease"])


def mirrored(one):
    """The same estimate with every sign turned."""
    return replace(
        one,
        coefficient=-one.coefficient,
        low=-one.high,
        high=-one.low,
        relative_effect=None if one.relative_effect is None else -one.relative_effect,
        placebo=tuple(replace(each, coefficient=-each.coefficient) for each in one.placebo),
        specifications=tuple(
            replace(each, coefficient=-each.coefficient, low=-each.high, high=-each.low) for each in one.specifications
        ),
    )


def noisier(one, factor):
    """The same estimate, less sure of itself."""
    return replace(
        one,
        standard_error=one.standard_error * factor,
        low=one.coefficient - (one.coefficient - one.low) * factor,
        high=one.coefficient + (one.high - one.coefficient) * factor,
    )


@given(many, claimed)
def test_a_claim_and_its_mirror_image_have_one_verdict(made, direction):
    turned = "decrease" if direction == "increase" else "increase"
    assert judge(direction, SMALLEST, made).word == judge(turned, SMALLEST, list(map(mirrored, made))).word


@given(many, claimed, st.lists(st.floats(1, 20), min_size=4, max_size=4))
def test_more_noise_never_makes_a_verdict_firmer(made, direction, factors):
    before = judge(direction, SMALLEST, made).word
    after = judge(direction, SMALLEST, [noisier(*each) for each in zip(made, factors, strict=False)]).word
    assert FIRMNESS[after] <= FIRMNESS[before]
    assert FIRMNESS[after] < 2 or after == before, "and it never turns round"


@given(many, claimed)
def test_without_a_placebo_or_with_one_that_fails_a_verdict_is_at_most_mixed(made, direction):
    for placebo in ((), (Placebo("lead", 0.5, 0.05, 1e-9),)):
        untested = [replace(one, placebo=placebo) for one in made]
        assert judge(direction, SMALLEST, untested).word in ("mixed", "unknown")


@given(many, claimed)
def test_that_something_does_not_rise_is_the_reverse_of_that_it_rises(made, direction):
    swapped = {"supported": "contradicted", "contradicted": "supported"}
    rises = judge("increase", SMALLEST, made).word
    assert judge("no_increase", SMALLEST, made).word == swapped.get(rises, rises)


@given(many, claimed)
def test_the_order_of_estimates_does_not_matter(made, direction):
    assert judge(direction, SMALLEST, made).word == judge(direction, SMALLEST, made[::-1]).word


@given(many, claimed, st.floats(0.05, 1))
def test_a_claim_is_never_both_supported_and_its_opposite_too(made, direction, smallest):
    turned = "decrease" if direction == "increase" else "increase"
    words = {judge(direction, smallest, made).word, judge(turned, smallest, made).word}
    assert words != {"supported"}


KNOWN = {
    "nothing estimated": ([], "unknown"),
    "a large effect the way claimed": ([estimate(-0.4, 0.05)], "supported"),
    "nothing of the size claimed, within the smallest effect on both sides": ([estimate(-0.02, 0.03)], "contradicted"),
    "a large effect the other way": ([estimate(0.4, 0.05)], "contradicted"),
    "too wide to tell": ([estimate(-0.3, 0.4)], "unknown"),
    "real but too small to matter, and no more can be said": ([estimate(-0.18, 0.05)], "mixed"),
    "one for and one against": ([estimate(-0.4, 0.05), estimate(0.4, 0.05)], "mixed"),
    # A vague estimate whose best guess lies on the other side is no support, so that noise cannot make it one.
    "one for, one vague against": ([estimate(-0.4, 0.05), estimate(0.1, 0.9)], "mixed"),
    "one for, one vague for": ([estimate(-0.4, 0.05), estimate(-0.3, 0.9)], "supported"),
    "size not known": ([estimate(-0.4, 0.05, relative_effect=None)], "unknown"),
    "a placebo that fails": ([estimate(placebo=(Placebo("lead", -0.3, 0.05, 1e-6),))], "mixed"),
    # One lead in twenty fails by chance, so that five leads share the level among them.
    "a placebo that fails by chance": (
        [estimate(-0.4, 0.05, placebo=(*(Placebo("lead", 0.0, 0.05, 0.9),) * 4, Placebo("lead", 0.1, 0.05, 0.04)))],
        "supported",
    ),
    "placebos too noisy to fail": ([estimate(-0.4, 0.05, placebo=(Placebo("lead", 0.5, 3.0, 0.8),))], "mixed"),
    "a placebo that was not computed": ([estimate(-0.4, 0.05, not_computed=("lead 3",))], "mixed"),
    "few treated clusters": ([estimate(-0.4, 0.05, clusters={"treated units": 9.0, "equal units": 9.0})], "mixed"),
    "one state in most treated pairs": ([estimate(-0.4, 0.05, clusters={"equal states": 4.2})], "mixed"),
    "clusters that are not told": ([estimate(-0.4, 0.05, clusters=None)], "mixed"),
    "a single case, which has no clusters": ([estimate(-0.4, 0.05, clusters={})], "supported"),
    "a trace of what is claimed": ([estimate(-0.4, 0.05, is_trace=True)], "mixed"),
    "most specifications disagree": (
        [estimate(-0.4, 0.05, specifications=(Specification("other", 0.1, -0.1, 0.3),) * 2)],
        "mixed",
    ),
}


@pytest.mark.parametrize("case", KNOWN)
def test_known_cases(case):
    made, word = KNOWN[case]
    verdict = judge("decrease", SMALLEST, made)
    assert verdict.word == word, verdict.reason
    assert verdict.reason.endswith(".")


@given(
    many,
    claimed,
    st.sampled_from([{"clusters": {"equal units": 9.9}}, {"not_computed": ("lead 1",)}, {"is_trace": True}]),
)
def test_a_written_doubt_keeps_any_estimate_from_carrying_a_verdict(made, direction, doubt):
    doubted = [replace(one, **doubt) for one in made]
    assert judge(direction, SMALLEST, doubted).word in ("mixed", "unknown")
    assert not any(reading.is_firm for reading in judge(direction, SMALLEST, doubted).readings)


def test_the_doubt_names_what_is_few():
    few = {"treated pairs": 40.0, "equal pairs": 30.0, "treated states": 9.0, "equal states": 3.96}
    (reading,) = judge("decrease", SMALLEST, [estimate(-0.4, 0.05, clusters=few)]).readings
    assert reading.doubts == ("it rests on few clusters (9 treated states, 3.9 equal states)",)


def test_a_size_is_read_on_the_scale_of_the_coefficient():
    """0.002 fewer disputes a year where 0.01 were to be expected is a fifth fewer."""
    made = estimate(
        -0.003, 0.0004, relative_effect=-0.3, placebo=(Placebo("lead", 0.0, 0.0005, 0.9),), specifications=()
    )
    assert judge("decrease", 0.2, [made]).word == "supported"
    assert judge("decrease", 0.4, [made]).word == "contradicted"
    assert judge("decrease", 0.4, [made]).readings[0].effect == pytest.approx(0.3)


def test_what_no_data_could_show_stays_unknown_whatever_is_estimated():
    verdict = verdict_of(find_claim("C34"), [estimate(0.9, 0.01)])
    assert verdict.word == "unknown"
    assert "No data could show this" in verdict.reason


def test_the_reason_says_what_an_unclear_estimate_could_have_found():
    unclear = judge("decrease", 0.2, [estimate(-0.3, 0.4)]).reason
    assert "would have found no fall of any size, and no rise to less than 2.1 times as much." in unclear
    sharper = judge("decrease", 0.2, [estimate(-0.1, 0.15)]).reason
    assert "would have found a change by 42% or more." in sharper
