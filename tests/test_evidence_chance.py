"""Counting all tests: what chance alone would do, which verdicts stand, and the page that says so."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.evidence.blocks import as_markdown
from comity.evidence.chance import LEVEL, STANDS, by_chance, counted
from comity.evidence.claim import claims
from comity.evidence.estimate import Placebo
from comity.evidence.ledger import WORDS, ledger
from comity.evidence.summary import FRONT, plain_summary
from ledger_samples import estimate

RULES = Path(__file__).parents[1] / "docs" / "why" / "verdicts.md"
SUMMARY = RULES.with_name("what-we-can-say.md")
TESTABLE = [number for number, claim in claims().items() if claim.claimed == "decrease"][:12]


def made(**effects):
    """A ledger with estimates of some claims that something falls: effect and error by number."""
    return ledger({number: [estimate(*each, claim=number) for each in several] for number, several in effects.items()})


def test_what_chance_would_do_is_one_in_forty_of_each_test():
    entries = made(C02=[(-0.4, 0.1), (0.01, 0.2)], C06=[(-0.1, 0.3)])
    none, size = by_chance(entries)
    assert (none.estimates, none.by_chance, none.rejected) == (3, 3 * LEVEL, 1)
    assert (size.rejected, size.claims) == (0, 0)
    assert none.claims_by_chance == pytest.approx(1 - (1 - LEVEL) ** 2 + LEVEL)


def test_one_lucky_claim_among_many_could_be_chance_and_alone_it_stands():
    lucky = [(-0.42, 0.2)]  # 2.1 errors from nothing
    alone = made(C02=lucky)
    among = made(**({number: [(-0.01, 0.3)] for number in TESTABLE} | {"C02": lucky}))
    for entries in (alone, among):
        assert {entry.number: entry.verdict.word for entry in entries}["C02"] == "supported"
    assert counted(alone)["C02"].word == "stands"
    assert counted(among)["C02"].word == "could be chance"
    assert counted(among)["C02"].q_none == pytest.approx(12 * counted(alone)["C02"].p_none)


def test_estimates_with_a_doubt_carry_no_claim_but_count():
    doubtful = estimate(-0.9, 0.01, claim="C02", placebo=(Placebo("lead 1", -0.5, 0.01, 1e-9),))
    sure = estimate(-0.4, 0.1, claim="C02")
    with_it, without = (counted(ledger({"C02": each}))["C02"] for each in ([sure, doubtful], [sure]))
    assert with_it.p_none == pytest.approx(2 * without.p_none)
    assert counted(ledger({"C02": [doubtful]}))["C02"].p_none == 1


effects = st.lists(st.tuples(st.floats(-1, 1).filter(lambda value: abs(value) > 1e-3), st.floats(0.01, 1)), max_size=3)


@given(st.dictionaries(st.sampled_from(TESTABLE), effects, max_size=8))
def test_counting_all_tests_never_makes_a_claim_surer(given_effects):
    entries = made(**given_effects)
    for test in counted(entries).values():
        assert 0 <= test.p_none <= test.q_none <= 1
        assert 0 <= test.p_size <= test.q_size <= 1


@given(st.floats(-1, 1).filter(lambda value: abs(value) > 1e-3), st.floats(0.01, 1))
def test_the_p_values_say_what_the_interval_says(effect, error):
    (entry,) = (each for each in made(C02=[(effect, error)]) if each.estimates)
    (reading,) = entry.verdict.readings
    assert (reading.p_none < LEVEL) == (reading.side in ("supports", "too_small")) or reading.side == "contradicts"
    assert (reading.p_size < LEVEL) == (reading.side == "contradicts")


def test_in_worlds_without_effects_few_claims_ever_stand():
    """Of twelve claims, at most one world in twenty has one that stands, within chance."""
    random, worlds = np.random.default_rng(3), 300
    standing = 0
    for _ in range(worlds):
        entries = made(**{number: [(random.normal() * 0.2, 0.2) for _ in range(2)] for number in TESTABLE})
        standing += any(test.q_none <= STANDS for test in counted(entries).values())
    assert standing / worlds < STANDS + 3.5 * np.sqrt(STANDS / worlds)


def test_a_claim_that_nothing_rises_is_tested_on_the_other_side():
    (number,) = (number for number, claim in claims().items() if claim.claimed == "no_increase" and number == "C30")
    entries = ledger({number: [estimate(-0.01, 0.02, claim=number)]})
    assert {entry.number: entry.verdict.word for entry in entries}[number] == "supported"
    none, size = by_chance(entries)
    assert (none.claims, size.claims) == (0, 1)
    assert counted(entries)[number].stands


# The page.


def test_the_counts_of_the_page_are_those_of_the_ledger():
    entries, text = ledger(), SUMMARY.read_text(encoding="utf-8")
    tested = [entry for entry in entries if entry.estimates]
    words = {word: sum(entry.verdict.word == word for entry in tested) for word in WORDS}
    told = ", ".join(f"{words[word] or 'none'} {word}" for word in WORDS)
    assert f"Of {len(entries)} claims about what military diplomacy changes, comity has put {len(tested)}" in text
    assert f"to the test: {told};" in text
    assert f"We made {sum(len(entry.estimates) for entry in entries)} estimates" in text
    for word in ("supported", "contradicted", "mixed"):
        section = re.search(rf"^## {word.capitalize()}: (\d+)$", text, re.MULTILINE)
        count = sum(entry.verdict.word == word for entry in entries)
        assert (int(section[1]) if section else 0) == count


def test_what_the_rules_say_of_chance_is_what_the_ledger_says():
    entries, text = ledger(), " ".join(RULES.read_text(encoding="utf-8").split())
    none, size = by_chance(entries)
    stand = sum(test.stands is True for test in counted(entries).values())
    assert f"{none.estimates} are of a size that can be told." in text
    assert f"{none.by_chance:.1f} would rule out no effect, and {none.rejected} do;" in text
    assert f"{size.by_chance:.1f} would rule out the size claimed, and {size.rejected} do." in text
    supported = f"At most {none.claims_by_chance:.1f} claims could have come out supported by chance, and"
    assert f"{supported} {none.claims or 'none'} did;" in text
    assert f"at most {size.claims_by_chance:.1f} contradicted, and {size.claims} did, of which {stand} stand." in text


def test_the_page_for_people_who_decide_fits_on_one_sheet_and_the_lists_behind_it_on_two():
    text = SUMMARY.read_text(encoding="utf-8")
    front, lists = text.split(f"## {FRONT}\n")
    assert len(front.split()) <= 450
    assert len(lists.split()) < 1500
    parts = ["What we can say", "What we cannot say", "What to do with it"]
    assert re.findall("^## (.*)$", front, re.MULTILINE) == parts
    before = lists[: lists.index("## How much")]
    sections = dict(re.findall(r"^## (\w+): \d+$(.*?)(?=^## |\Z)", before, re.MULTILINE | re.DOTALL))
    for entry in ledger():
        assert f"({entry.number})" in sections[entry.verdict.word.capitalize()], entry.number


def test_what_can_be_said_is_what_stands_for_either_side_and_nothing_else():
    text = SUMMARY.read_text(encoding="utf-8")
    can = text[text.index("## What we can say") : text.index("## What we cannot say")]
    standing = {number for number, test in counted(ledger()).items() if test.stands}
    assert set(re.findall(r"C\d\d", can)) == standing
    both = as_markdown(plain_summary(made(C02=[(-0.4, 0.02)], C06=[(0.4, 0.02)])))
    can = both[both.index("## What we can say") : both.index("## What we cannot say")]
    assert "less likely: by 20% or more (C02)." in can
    assert "their members: not by 20% or more (C06)." in can
    nothing = as_markdown(plain_summary(made(C02=[(-0.1, 0.3)])))
    assert "Nothing stands when all tests are counted." in nothing


def test_what_is_supported_is_said_to_be_promised_and_nothing_else():
    supported = as_markdown(plain_summary(made(C02=[(-0.4, 0.05)])))
    assert "We cannot promise of any program more than what stands under Supported below." in supported
    assert "Stands when all tests are counted." in supported
    nothing = as_markdown(plain_summary(made(C02=[(-0.1, 0.3)])))
    assert "We cannot promise that any exercise, visit, sale or pact brings what is claimed for it." in nothing
    assert "## Supported" not in nothing


def test_an_estimate_read_without_a_size_counts_in_no_test():
    sized = estimate(-0.4, 0.1, claim="C02")
    entries = ledger({"C02": [sized, replace(sized, relative_effect=None)]})
    assert by_chance(entries)[0].estimates == 1
