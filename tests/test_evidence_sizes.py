"""Sizes in words: nobody is told a percentage of next to nothing, and what is told keeps side and order."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from comity.evidence.blocks import as_text
from comity.evidence.ledger import entry, ledger
from comity.evidence.pages import claim_page
from comity.evidence.reading import annotate
from comity.evidence.reading.showing import reading_text
from comity.evidence.sizes import MOST_TIMES, detectable_in_words, effect_in_words

shares = st.floats(-1, 1e6)
PERCENT = re.compile(r"(\d+(?:\.\d+)?)%")


@given(shares)
def test_no_percentage_is_above_a_hundred_and_the_side_is_kept(share):
    said = effect_in_words(share)
    assert all(float(found) <= 100 for found in PERCENT.findall(said))
    if abs(share) >= 0.001:
        assert ("less than without" in said) == (share < 0)
    assert ("more than 10 times" in said) == (1 + share > MOST_TIMES)
    assert ("says nothing" in said) == (1 + share > MOST_TIMES)


@given(st.floats(0, 1e6))
def test_what_falls_is_never_said_to_be_found_only_if_it_falls_by_more_than_all(share):
    said = detectable_in_words(share)
    assert all(float(found) <= 100 for found in PERCENT.findall(said))
    assert said.startswith("no fall of any size") == (share > 1)


def test_no_page_and_no_reading_tells_more_than_a_hundred_percent_of_what_was_estimated():
    for each in ledger():
        told = as_text(claim_page(each)[:3]) + as_text([block for block in claim_page(each) if _is_estimate(block)])
        assert all(float(found) <= 100 for found in PERCENT.findall(told)), each.number
    text = reading_text(annotate("Multilateral exercises do more for stability than bilateral exercises."))
    assert "more than 10 times as much as without, because next to nothing is expected" in " ".join(text.split())


def _is_estimate(block):
    return "Coefficient: " in getattr(block, "text", "") or any(
        "Minimum" in line for line in getattr(block, "lines", ())
    )


def test_the_share_that_misled_is_told_in_words_and_kept_for_the_rules():
    held = entry("C13")
    first = held.estimates[0]
    assert first.relative_effect > MOST_TIMES
    assert held.verdict.readings[0].effect == -first.relative_effect
    text = " ".join(as_text(claim_page(held)).split())
    assert "That is more than 10 times as much as without, because next to nothing is expected without" in text
    assert "1787%" not in text
    assert "6822%" not in text


def test_the_page_of_a_claim_cites_the_data_it_rests_on():
    text = as_text(claim_page(entry("C02")))
    data = text[text.index("\nData\n") :]
    for source in {source for each in entry("C02").estimates for source in each.sources}:
        assert f"- {source}: " in data
    assert "D'Orazio" in data
    assert "\nData\n" not in as_text(claim_page(entry("C34")))
