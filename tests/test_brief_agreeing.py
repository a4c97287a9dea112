"""A brief agrees with itself: what a statement counts or names is what its tables show."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brief_samples import TODAY, MemoryStore, agreement, covered, engagement, together
from comity.assess import assess
from comity.brief import Judgements, KeyFigures, Note, Table
from comity.brief.assessments import assessment
from comity.brief.comparison_judgements import sentences as of_powers
from comity.brief.finding import Asked, read_subject
from comity.brief.sections.in_force import ALLIANCE, in_force
from comity.brief.sections.judgements import key_judgements
from comity.brief.sections.side_by_side import side_by_side
from comity.brief.subject import Subject


def pact(item, year, duty, **more):
    given = {"agreement_kind": "alliance", "obligations": [duty], "start_date": date(year, 8, 27)}
    return agreement(item, ("ISL", "IRL"), **given, **more)


def numbered(item, year, duty):
    """A treaty of a list that gives a number and no name."""
    rows = pact(item, year, duty, source="pacts", known_until=date(2018, 12, 31))
    rows["agreement"][0]["name"] = None
    return rows


def signed(item, day):
    only = {"start_date": None, "start_precision": None, "signed_date": day, "signed_precision": "day"}
    return agreement(item, ("ISL", "IRL"), **only)


PACTS = {
    "named": pact("named", 1952, "defense"),
    "numbered": numbered("1", 1951, "defense"),
    "of the list alone": numbered("2", 1992, "offense"),
    "signed": signed("signed", date(2010, 11, 2)),
    "signed first": signed("signed first", date(1949, 4, 4)),
}
LISTS = {"pacts": (covered(("alliance",), "complete", 1815, 2018),)}


LATE = engagement("of others", date(2026, 1, 5), ("FJI", "TON"))  # so that the store knows of this year


def asked(store, words, year=None):
    return read_subject(store, words, Asked(year, None, TODAY))


def told(subject):
    return [text.text for block in key_judgements(subject) if isinstance(block, Judgements) for text in block.sentences]


def figure(subject, *units):
    """The key figure of a unit, which is written in the singular or the plural."""
    blocks = (block for block in key_judgements(subject) if isinstance(block, KeyFigures))
    return next(each.value for block in blocks for each in block.figures if each.unit in units)


def standing(subject):
    tables = (block for block in in_force(subject) if isinstance(block, Table))
    held = next(table for table in tables if table.title.startswith("Agreements by"))
    return [row for row in held.rows if row.cells[3] == "in force"]


@settings(max_examples=12, deadline=None)
@given(st.sets(st.sampled_from(sorted(PACTS)), min_size=1))
def test_as_many_texts_are_counted_as_the_table_shows_in_force(held):
    subject = asked(MemoryStore(together(*(PACTS[name] for name in sorted(held))), LISTS), ("ISL", "IRL"))
    shown = standing(subject)
    pacts = sum(row.group == ALLIANCE for row in shown)
    units = [f"agreement{end} in force{all_told}" for end in ("", "s") for all_told in ("", " in all")]
    assert pacts == len(shown) or figure(subject, *units) == len(shown)
    assert not pacts or figure(subject, "alliance treaty in force", "alliance treaties in force") == pacts


def test_the_oldest_and_the_newest_text_are_those_of_the_table_and_say_when_a_year_is_of_the_signature():
    every = told(asked(MemoryStore(together(*PACTS.values()), LISTS), ("ISL", "IRL")))
    assert any("the oldest since 1949 (signed) and the newest since 2010 (signed)" in text for text in every)
    assert any("2 alliance treaties in force" in text for text in every)
    two = together(PACTS["named"], PACTS["numbered"])  # one text, which the lists date a year apart
    subject = asked(MemoryStore(two, LISTS), ("ISL", "IRL"), 1962)
    assert any("1 alliance treaty in force between the two on 31 December 1962, since 1952;" in text
               for text in told(subject))  # fmt: skip
    assert [row.cells[2] for row in standing(subject)] == ["27 Aug 1952"]


def test_a_region_a_state_and_a_case_count_the_texts_their_tables_show():
    rows = together(*PACTS.values())
    region = {"region": "amber-sea", "name": "Amber Sea", "states": ["IRL", "ISL"], "partners": ["NZL"]}
    region |= {"west": -30.0, "south": 30.0, "east": 20.0, "north": 70.0, "verification": "unverified"}
    sea = MemoryStore(together({"region": [region]}, rows), LISTS)
    subject = asked(sea, ("amber-sea",))
    assert figure(subject, "agreements in force") == len(standing(subject)) == 4
    subject = asked(MemoryStore(rows, LISTS), ("ISL",))
    assert any("2 treaties with a duty to fight" in text for text in told(subject))
    case = {"case_study": "the-pacts", "name": "The pacts", "parties": ["ISL", "IRL"], "turning_points": []}
    study = MemoryStore(together({"case_study": [case | {"summary": "?", "verification": "secondary"}]}, rows), LISTS)
    told_of = asked(study, ("the-pacts",))
    assert figure(told_of, "texts in force") == len(standing(told_of)) == 4
    checked = "when last checked (between Dec 2018 and Jan 2026; 3 of 4 in 2023 or later)"
    assert any(f"4 texts in force {checked}, the newest since 2010 (signed)" in text for text in told(told_of))
    assert sum(row.group == ALLIANCE for row in standing(subject)) == 2


def listed_twice(code, power, year):
    """One visit in two lists, which are not added."""
    first = engagement(f"{code} {power} {year}", date(year, 3, 3), (power, code), instrument="visit")
    again = engagement(f"{code} {power} {year} too", date(year, 3, 3), (power, code), instrument="visit", source="log")
    return together(first, again)


def test_the_partners_named_have_the_numbers_of_the_table():
    rows = together(
        listed_twice("PHL", "USA", 2024),
        *(engagement(f"games {code}", date(2024, 5, 5), ("USA", code)) for code in ("PHL", "VNM")),
        engagement("talks", date(2024, 6, 6), ("CHN", "VNM"), instrument="dialogue"),
    )
    store = MemoryStore(rows)
    subject = Subject(
        store=store, kind="comparison", title="", states=("USA", "CHN"), as_of=TODAY, partners=("PHL", "VNM")
    )
    text = next(of_powers(subject)).text
    assert "3 engagements with 2 of them, most with the Philippines (2), and China 1 engagement" in text
    states = next(table for table in side_by_side(subject) if table.title == "State by state")
    assert [row.cells[:3] for row in states.rows] == [("Philippines", 2, None), ("Vietnam", 1, 1)]


def club(joined, acts=(), since=None):
    body = {"organisation": "club", "name": "The Invented Club", "short_name": "CLUB", "organisation_kind": "forum"}
    body |= {"known_until": date(2025, 1, 1), "verification": "primary", "start_date": since}
    row = {"organisation": "club", "party_kind": "state", "role": "member", "known_until": date(2025, 1, 1)}
    members = [
        row | {"party": state, "start_date": date(year, 6, 1), "start_precision": "day"} for state, year in joined
    ]
    return MemoryStore(together({"organisation": [body], "organisation_member": members}, LATE, *acts))


MANY = (*(("BEL", "CAN", "DNK", "FRA", "ISL", "ITA", "LUX")), "TUR")


def test_where_more_joined_than_are_named_their_number_is_told():
    founder = ("NZL", 1951)
    held = club([founder, *((state, 2020) for state in MANY[:-1]), ("TUR", 2024)])
    text = next(text for text in told(asked(held, ("club",))) if "members" in text)
    assert text == "It has 9 members; since 2016, 8 states joined, Türkiye, Belgium and Canada last."
    few = told(asked(club([founder, *((state, 2020) for state in MANY[:3])]), ("club",)))
    assert any("since 2016, Belgium, Canada and Denmark joined." in text for text in few)
    began = date(2020, 6, 1)  # who founded a body is told where it is known when it began
    new = told(asked(club([*((state, 2020) for state in MANY[:-1]), ("TUR", 2024)], since=began), ("club",)))
    assert any("since 2016, 7 states founded it and Türkiye joined." in text for text in new)


def test_acts_of_a_body_that_two_lists_name_are_counted_once_in_statement_and_number():
    subject = asked(club([("ISL", 2001)], [listed_twice("ISL", "club", 2024)]), ("club",))
    assert figure(subject, "engagement listed") == 1
    assert any("1 engagement of the body itself begun in 2017–2026." in text for text in told(subject))


@pytest.mark.parametrize(("year", "is_earlier"), [(2005, True), (2024, False), (1990, None)])
def test_that_nothing_is_listed_is_said_of_the_years_looked_at_where_something_earlier_is_shown(year, is_earlier):
    subject = asked(
        MemoryStore(together(LATE, engagement("mission", date(year, 11, 25), ("ISL", "PSE")))), ("ISL", "PSE")
    )
    notes = [note.text for note in key_judgements(subject) if isinstance(note, Note)]
    earlier = "No engagement is listed for 2017–2026; the last one listed began 25 Nov 2005."
    assert any(text.startswith(earlier) for text in notes) is bool(is_earlier)
    if is_earlier is None:  # too long ago for any section to show it
        assert any(text.startswith("No loaded source says what it knows of engagements") for text in notes)


def test_a_brief_and_an_assessment_choose_the_same_year_even_where_it_is_long_ago():
    kinds = ("exercise", "agreement", "dispute")
    known = {"tally": tuple(covered((kind,), "complete", 1980, 2008) for kind in kinds)}
    store = MemoryStore(together(LATE, engagement("first", date(2008, 3, 1), ("FIN", "NOR"), source="tally")), known)
    subject = asked(store, ("FIN", "NOR"))
    made = assess(store, "FIN", "NOR")
    assert assessment(subject)["year"] == made.year == 2008
    assert assessment(subject)["year_is"] == made.year_is
