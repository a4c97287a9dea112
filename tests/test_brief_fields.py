"""Fields of technology: what belongs to one, which texts stand, how many are in them, and who is named first."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_samples import TODAY, MemoryStore, agreement, covered, engagement, together
from comity.brief.fields import acts_of, foremost, texts_of
from comity.brief.said_parties import said_count
from comity.brief.sections.technology import norms, who_takes_part
from comity.brief.subject import Subject
from comity.brief.topic_judgements import sentences
from comity.record import SOURCE as REGISTER

LISTS = {REGISTER: (covered(("agreement", "exercise"), "positive_only", 1945, 2026),)}
SAID = "Open to all; 51 states supported it at the start and 74 a year later."


def topic(*rows):
    store = MemoryStore(together(*rows), LISTS)
    return Subject(store=store, kind="topic", title="", states=(), as_of=TODAY, key="technology")


def test_an_exercise_of_all_arms_is_of_a_field_by_its_name_alone():
    day = date(2023, 5, 5)
    subject = topic(
        engagement("great games", day, ("ISL", "IRL"), domains=["land", "sea", "air", "cyber"]),
        engagement("great cyber games", day, ("ISL", "IRL"), domains=["land", "sea", "air", "cyber"]),
        engagement("two arms", day, ("ISL", "IRL"), domains=["air", "cyber"]),
        engagement("talks", day, ("ISL", "IRL"), domains=["land", "sea", "cyber"], instrument="dialogue"),
    )
    assert {fact["name"] for fact in acts_of(subject, "cyber")} == {"Great cyber games", "Two arms", "Talks"}


def test_a_draft_does_not_stand_and_a_text_says_how_many_are_in_it():
    undated = {"start_date": None, "start_precision": None, "signed_date": None, "signed_precision": None}
    subject = topic(
        agreement("draft on cyber", ("ISL", "IRL"), **undated, status="unknown"),
        agreement("cyber call", ("ISL",), status="voluntary", summary=SAID),
    )
    assert [fact["name"] for fact in texts_of(subject, "cyber")] == ["Cyber call"]
    (table,) = norms(subject)
    assert table.rows[0].cells[1].codes == "74 by the record: ISL"


def test_the_judgement_and_the_table_count_the_same():
    subject = topic(
        *(engagement(f"cyber {year}", date(year, 5, 5), ("ISL", "IRL")) for year in range(TODAY.year - 12, TODAY.year)),
        agreement("cyber accord", ("ISL", "NZL"), start_date=date(2021, 5, 5)),
    )
    (table,) = who_takes_part(subject)
    counts = {row.cells[0]: row.cells[1] for row in table.rows}
    said = next(sentences(subject)).text
    assert f"Iceland ({counts['Iceland']}), Ireland ({counts['Ireland']}) and New Zealand (1)" in said
    assert "and 1 text in force, declared or signed when last checked (2026)" in said
    assert counts["Ireland"] == 9
    assert f"in most acts of {TODAY.year - 9}–{TODAY.year} and texts" in said


@given(st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(1, 5)))
def test_nobody_level_with_one_who_is_named_is_left_out(counts):
    named = foremost(Counter(counts))
    assert all(code in named or not named or counts[code] < min(counts[each] for each in named) for code in counts)
    assert len(named) <= 5


@pytest.mark.parametrize(
    ("summary", "said"),
    [
        ("Non-binding text of about sixty states on risk.", "about 60"),
        ("First signed by eight states; 52 had signed by December 2024.", "52"),
        ("51 states had endorsed it in January 2024 and 54 in March 2024.", "54"),
        ("Calls on states; 155 states voted for it, nine against.", "None"),
        ("A text of 2024, renewed in May 2025.", "None"),
        (None, "None"),
    ],
)
def test_the_number_of_states_in_a_text_is_read_from_its_summary(summary, said):
    assert str(said_count(summary)) == said
