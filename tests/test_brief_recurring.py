"""The rhythm of a series: from the numbers in the names of its editions, or from gaps that are alike."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_samples import TODAY, MemoryStore, engagement, together
from comity.brief.facts import Fact
from comity.brief.finding import Asked, read_subject
from comity.brief.recurring import often_text, recurring, rhythm
from comity.brief.sections.duties import duties_and_dates


def edition(day, name="Talks"):
    words = {"series": "one", "start_date": day, "instrument": "dialogue", "name": name}
    return Fact("engagement", "register", str(day), words)


def test_a_rhythm_comes_from_numbers_or_from_gaps_that_are_alike():
    """Of a yearly meeting a few editions are listed, far apart; their numbers tell that it is held every year."""
    days = [date(2005, 10, 20), date(2017, 10, 27), date(2018, 10, 25), date(2019, 11, 14), date(2024, 10, 17)]
    numbered = [edition(day, f"{day.year - 1978}th committee") for day in days]
    assert rhythm(numbered) == 1
    assert rhythm([edition(day) for day in days]) is None
    assert rhythm([edition(days[0], "Third talks"), edition(days[1], "Ninth talks")]) == 2
    assert rhythm([edition(day, "Talks of the 7th Fleet") for day in days[1:4]]) == 1
    assert rhythm([edition(day) for day in days[:2]]) is None


@given(st.integers(1, 6), st.integers(3, 9), st.sets(st.integers(1, 8), max_size=5))
def test_the_numbers_of_editions_make_good_what_is_not_listed(every, count, unlisted):
    """Whichever editions of a series held at one gap are listed, the first and the last among them, the gap is told."""
    days = [date(1970 + every * place, 3, 1) for place in range(count)]
    held = [edition(day, f"{place + 1}th talks") for place, day in enumerate(days)
            if place in (0, count - 1) or place not in unlisted]  # fmt: skip
    assert rhythm(held) == every


@pytest.mark.parametrize(
    ("on", "after"),
    [
        (date(2026, 11, 23), date(2026, 11, 10)),  # the month is not over
        (date(2026, 12, 1), date(2027, 11, 10)),
        (date(2025, 11, 23), date(2026, 11, 10)),
    ],
)
def test_an_edition_that_would_be_of_the_month_of_the_brief_is_not_passed_over(on, after):
    (found,) = recurring([edition(date(year, 11, 10)) for year in (2023, 2024, 2025)], on)
    assert found.next_after(on) == after


def test_what_was_held_a_year_apart_once_is_not_said_to_be_held_every_two_years():
    days = [date(year, 9, 1) for year in (2010, 2012, 2014, 2016, 2018, 2020)]
    (found,) = recurring(map(edition, days), date(2021, 1, 1))
    assert often_text(found.usual_years) == "every 2 years as listed"
    assert recurring(map(edition, [*days, date(2021, 9, 1)]), date(2022, 1, 1)) == []


def test_a_series_skipped_for_years_is_told_as_last_held_then_and_not_as_due_next():
    """What was due once and is not listed says so beside the next; of two in a row no next edition is told."""
    yearly = [date(year, 5, 1) for year in (2021, 2022, 2023)]
    skipped, late = (
        together(*(engagement(f"{series} {day}", day, ("IRL", "ISL"), series=series) for day in days))
        for series, days in (("skipped", yearly), ("late", [day.replace(year=day.year + 1) for day in yearly]))
    )
    subject = read_subject(MemoryStore(together(skipped, late)), ("IRL",), Asked(2025, None, TODAY))
    ahead, lapsed = (block for block in duties_and_dates(subject) if "series" in block.null_means + block.note)
    assert [(row.cells[0], *row.cells[4:]) for row in ahead.rows] == [("late", "1 May 2024", "May 2025", "May 2026")]
    assert [(row.cells[0], *row.cells[4:]) for row in lapsed.rows] == [("skipped", "1 May 2023", 2)]
    assert "no longer listed" in lapsed.title
    assert lapsed.basis.bears("2")


@given(st.integers(1, 4), st.integers(0, 30))
def test_the_next_edition_is_the_first_after_those_that_were_missed(every, months):
    days = [date(2000 + every * place, 6, 15) for place in range(4)]
    on = date(days[-1].year + months // 12, months % 12 + 1, 20)
    for found in recurring(map(edition, days), on):
        due = [*found.missed(on), found.next_after(on)]
        assert due == sorted(due)
        assert all(day < on.replace(day=1) for day in due[:-1])
        assert due[-1] >= on.replace(day=1)
        assert found.is_lapsed(on) == (len(due) > 2)
