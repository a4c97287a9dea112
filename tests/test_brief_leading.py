"""Who is named as first, how a state stands among others, and counts that do not differ."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_samples import REGISTER_COVERAGE, TODAY, MemoryStore, engagement, together
from comity.brief import standing_sentence, state_judgements
from comity.brief.finding import Asked, read_subject
from comity.brief.leading import leaders
from comity.record import SOURCE as REGISTER

counts = st.dictionaries(st.text("ABCDEF", min_size=1, max_size=2), st.integers(0, 9))


@given(counts, st.integers(1, 4))
def test_whoever_is_named_is_before_everybody_who_is_not(drawn, most):
    named = leaders(drawn, most)
    rest = [count for name, count in drawn.items() if name not in named]
    assert len(named) <= most
    assert named == sorted(named, key=lambda name: (-drawn[name], name))
    assert all(drawn[name] > max(rest, default=0) and drawn[name] >= 2 for name in named)
    assert all(drawn[name] * 3 >= drawn[named[0]] for name in named)


def subject_of(*parts, words=("ISL",), year=2025):
    store = MemoryStore(together(*parts), {REGISTER: REGISTER_COVERAGE})
    return read_subject(store, words, Asked(year, None, TODAY))


def said(subject, start):
    told = [sentence for sentence in state_judgements.sentences(subject) if start in sentence.text]
    assert all(sentence.basis.bears(sentence.text) for sentence in told)
    return " ".join(sentence.text for sentence in told)


def games(count, partner, first=2021, **more):
    return [engagement(f"{partner} {number} {first}", date(first, 1, 1 + number), ("ISL", partner), **more)
            for number in range(count)]  # fmt: skip


def test_a_state_is_named_with_whom_most_was_done_only_where_it_leads():
    one_each = [*games(1, "IRL"), *games(1, "MLT"), *games(1, "NZL")]
    assert "none of them stands out" in said(subject_of(*one_each), "What is listed")
    few = [*games(3, "NZL"), *one_each[:2], *games(1, "NOR"), *games(1, "DNK")]
    assert ", with 5 states in all, was most often done with New Zealand (3): 43% of its ties begun in these" in said(
        subject_of(*few), "listed for"
    )
    most = [*games(9, "NZL"), *one_each[:2]]
    assert "Most of what is listed for 2016–2025, with 3 states in all, was done with New Zealand (9): 82%" in said(
        subject_of(*most), "Most of"
    )


def test_the_states_of_a_statement_are_those_that_the_figures_count():
    """What began earlier and ran on counts in both, and so does the signing of a text, which is no tie."""
    ran_on = engagement("mission", date(2010, 1, 1), ("ISL", "FIN"), end_date=date(2020, 1, 1), instrument="operation")
    signing = engagement("signing", date(2020, 1, 1), ("ISL", "MLT"), instrument="agreement")
    subject = subject_of(*games(3, "NZL"), *games(1, "IRL"), ran_on, signing)
    (figure,) = (each for each in state_judgements.figures(subject) if each.unit == "partners in them")
    assert figure.value == 4
    assert "with 4 states in all" in said(subject, "What is listed") + said(subject, "Most of")


def test_equal_counts_are_no_difference():
    same = [*games(2, "IRL"), *games(2, "IRL", 2016)]
    text = said(subject_of(*same), "2016–2020")
    assert text == "The register lists 2 engagements in 2021–2025, as many as in 2016–2020; the lists are not complete."
    more = [*games(3, "IRL"), *games(2, "IRL", 2016)]
    assert "3 engagements in 2021–2025 and 2 in 2016–2020; the lists are not complete, so" in said(
        subject_of(*more), "2016"
    )


def index(name, score, above, coverage=1.0):
    return {"name": name, "score": score, "above_share": above, "coverage": coverage, "parts": []}


HIGH_AND_LOW = "highest in reach (0.90, above 91% of states) and lowest in position (0.20, above 10% of states)."
FULL = "highest in transparency (1.00, the full score, above 95% of states)."


@pytest.mark.parametrize(
    ("headlines", "text"),
    [
        ([index("reach", 0.9, 0.91), index("position", 0.2, 0.1)], HIGH_AND_LOW),
        ([index("reach", 0.9, 1.0), index("transparency", 1.0, 0.4)], "highest in reach (0.90, above all others)."),
        ([index("reach", 0.07, 0.03)], "lowest in reach (0.07, above 3% of states)."),
        ([index("reach", 0.9, 0.997)], "highest in reach (0.90, above more than 99% of states)."),
        ([index("transparency", 1.0, 0.95)], FULL),
        ([index("transparency", 1.0, 0.05), index("reach", 0.5, 0.9, 0.4)], None),
        ([index("reach", 0.65, 0.68), index("position", 0.64, 0.47)], None),
    ],
)
def test_a_state_stands_high_and_low_in_the_outer_tenths_alone(monkeypatch, headlines, text):
    told = {"year": 2018, "headlines": headlines}
    monkeypatch.setattr(standing_sentence, "assessment", lambda _: told)
    subject = subject_of(*games(1, "IRL"))
    found = standing_sentence.standing_sentence(subject)
    if text is None:
        assert found is None
        return
    assert found.text == f"Among the indices of states at the end of 2018 it stood {text}"
    assert found.basis.bears(found.text)
    assert found.because == "all of what the indices weigh is known for 2018"
    then = standing_sentence.standing_sentence(subject_of(*games(1, "IRL"), year=2018))
    assert then.text == found.text.replace("stood", "stands")
