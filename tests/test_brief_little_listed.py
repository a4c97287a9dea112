"""That hardly anything is listed of a pair, and what lists can know of that; sentences on verdicts are whole ones."""

from __future__ import annotations

from datetime import date

import pytest

from brief_samples import TODAY, MemoryStore, agreement, covered, engagement, incident, together
from comity.brief.finding import Asked, read_subject
from comity.brief.little_listed import little_sentence
from comity.brief.pair_judgements import sentences
from comity.brief.sections.effects import effects_note
from comity.brief.verdicts import Entry

LISTS = {
    "pacts": (covered(("alliance",), "complete", 1815, 2018),),
    "drills": (covered(("exercise",), "complete", 1980, 2010),),
    "quarrels": (covered(("dispute",), "complete", 1816, 2010),),
}
PAIR = ("FJI", "ISL")
LATE = engagement("of others", date(2026, 1, 5), ("TON", "NZL"))  # so that the store knows of this year


def asked(*parts, lists=LISTS, year=None):
    return read_subject(MemoryStore(together(LATE, *parts), lists), PAIR, Asked(year, None, TODAY))


def test_that_nothing_is_listed_is_told_with_what_lists_are_complete_of():
    made = little_sentence(asked())
    assert made.text == (
        "No exercise, visit, dialogue or other engagement of both is listed since 2002; between them no agreement in "
        "force, no channel, no dispute and no incident is listed. Lists hold themselves complete of exercises and "
        "disputes to 2010 and of alliances to 2018; later, and of all else, what is not listed may still have happened."
    )
    assert made.basis.bears(made.text)
    assert set(made.cites) == set(LISTS)
    assert [each.text for each in sentences(asked())] == [made.text]


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "Of what both did since 2002 a single engagement is listed, of 3 May 2010; between them"),
        (2, "Of what both did since 2002 only 2 engagements are listed, the last of 3 May 2011; between them"),
        (3, None),
    ],
)
def test_a_few_engagements_are_counted_and_of_more_nothing_is_said(count, words):
    parts = [engagement(f"talks {n}", date(2010 + n, 5, 3), PAIR, instrument="dialogue") for n in range(count)]
    made = little_sentence(asked(*parts))
    assert (made is None) == (words is None)
    if made is not None:
        assert made.text.startswith(words)
        assert made.basis.bears(made.text)


def test_what_is_listed_is_not_denied_and_without_a_complete_list_nothing_is_complete():
    parts = (agreement("talks on fish", PAIR), incident("a pass", date(2024, 4, 4), ("ISL:actor", "FJI:affected")))
    text = little_sentence(asked(*parts)).text
    assert "between them no channel and no dispute is listed. " in text
    some = {"diary": (covered(("visit",), "positive_only", 1990, 2026),)}
    text = little_sentence(asked(lists=some)).text
    assert text.endswith("No list is complete of them: what is not listed may still have happened.")
    assert little_sentence(asked(lists=some, year=1985)) is None  # before any list tells


def test_of_a_day_that_lists_reach_nothing_is_said_of_later():
    text = little_sentence(asked(year=2009)).text
    assert "complete of exercises and alliances to the day of this brief; of all else, what is not" in text


def test_an_exercise_of_late_is_told_in_its_stead():
    told = [each.text for each in sentences(asked(engagement("games", date(2025, 5, 3), PAIR)))]
    assert not any("may still have happened" in text for text in told)


def entry(word):
    return Entry("C1", "exercises", "Games calm", None, word, "for a reason", 2, "unknown", 0)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("mixed",), "The one claim on what is done here that the ledger tests is mixed. It is not about this"),
        (
            ("mixed", "mixed", "unknown"),
            "Of 3 claims on what is done here that the ledger tests, 2 are mixed and 1 is unknown. None",
        ),
    ],
)
def test_verdicts_are_counted_in_whole_sentences(words, text):
    assert effects_note(tuple(map(entry, words))).text.startswith(text)
