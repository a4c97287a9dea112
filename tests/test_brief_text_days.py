"""Since when a text binds two states, when it was last looked at, and what became of it since a year."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brief_samples import TODAY, MemoryStore, agreement, engagement, incident, together
from brief_subject_samples import WORDS, write_subjects
from comity.brief import Judgements, KeyFigures, Table, compose
from comity.brief.finding import Asked, read_subject
from comity.brief.sections.in_force import in_force
from comity.brief.sections.judgements import key_judgements
from comity.brief.sections.since import what_changed
from comity.brief.state_judgements import allies_of
from comity.brief.text_days import check_values, when_checked
from comity.brief.texts import texts_in_force
from comity.store import open_store

LATE = engagement("of others", date(2026, 1, 5), ("FJI", "TON"))


def text(item, parties=("ISL", "IRL"), checked=date(2026, 1, 31), **more):
    return agreement(item, parties, known_until=checked, **more)


def joined(rows, party, *spells):
    """The same text, with the spells in which one state was a party."""
    own = [row for row in rows["agreement_party"] if row["party"] == party]
    others = [row for row in rows["agreement_party"] if row["party"] != party]
    made = [own[0] | {"start_date": first, "start_precision": "day", "end_date": last} for first, last in spells]
    return rows | {"agreement_party": [*others, *made]}


def fought(*years):
    row = {
        "fact": "interstate_conflict",
        "from_state": "IRL",
        "to_state": "ISL",
        "value": 1.0,
        "item": "",
        "source": "conflicts",
    }
    return {"dyad_year_fact": [row | {"year": year} for year in years]}


def asked(*parts, since=None, words=("ISL", "IRL")):
    return read_subject(MemoryStore(together(LATE, *parts)), words, Asked(None, since, TODAY))


def told(subject):
    return " ".join(each.text for block in key_judgements(subject) if isinstance(block, Judgements)
                    for each in block.sentences)  # fmt: skip


def tile(subject):
    blocks = (block for block in key_judgements(subject) if isinstance(block, KeyFigures))
    return next((each.value, each.detail) for block in blocks for each in block.figures if "agreement" in each.unit)


def rows_of(subject):
    return [row.cells for block in in_force(subject) if isinstance(block, Table) for row in block.rows]


def test_a_text_binds_two_states_from_the_day_the_later_of_them_joined():
    treaty = joined(text("treaty", start_date=date(1949, 4, 4)), "ISL", (date(2024, 3, 7), None))
    subject = asked(treaty)
    assert "1 text in force between them on 31 January 2026, since 2024: Treaty." in told(subject)
    assert [cells[2] for cells in rows_of(subject)] == ["7 Mar 2024"]


@pytest.mark.parametrize(
    ("spells", "year"),
    [
        (((date(1992, 5, 15), date(2002, 10, 7)), (date(2002, 10, 7), None)), 2001),
        (((date(1995, 1, 1), date(2004, 5, 5)), (date(2010, 6, 6), None)), 2010),
    ],
)
def test_a_spell_of_other_duties_is_no_new_entry_and_one_after_a_gap_is(spells, year):
    subject = asked(joined(text("treaty", start_date=date(2001, 1, 1)), "ISL", *spells))
    assert f"since {year}: Treaty." in told(subject)


def test_sentence_and_number_say_when_texts_were_last_checked_and_how_many_of_late():
    subject = asked(text("old", checked=date(2010, 12, 31)), text("older", checked=date(2018, 12, 31)), text("new"))
    words = "when last checked (between Dec 2010 and Jan 2026; 1 of 3 in 2023 or later)"
    assert f"3 texts in force between them {words}" in told(subject)
    assert tile(subject) == (3, words)
    none = asked(text("old", checked=date(2010, 12, 31)), text("older", checked=date(2018, 12, 31)))
    assert tile(none) == (2, "when last checked (between Dec 2010 and Dec 2018; none of 2 in 2023 or later)")


def test_the_days_of_alliance_treaties_are_of_those_just_counted_and_not_of_the_one_named_after():
    kinds = {"old": "defense", "older": "defense", "late": "nonaggression"}
    days = {"old": date(2018, 12, 31), "older": date(2010, 12, 31), "late": date(2024, 2, 2)}
    pacts = (text(item, checked=days[item], agreement_kind="alliance", obligations=[kinds[item]]) for item in kinds)
    assert (
        "2 alliance treaties in force between the two when last checked "
        "(between Dec 2010 and Dec 2018; none of 2 in 2023 or later), the oldest since 2001 and the newest since 2001; "
        "both carry an obligation of defense. "
        "1 more treaty has no duty to fight." in told(asked(*pacts))
    )


def test_a_text_last_checked_before_the_two_fought_is_not_told_to_be_in_force():
    texts = (text("before", checked=date(2018, 12, 31)), text("after", checked=date(2023, 5, 5)))
    subject = asked(*texts, fought(2022))
    assert "1 text in force between them when last checked (May 2023)" in told(subject)
    assert "1 more was last checked before later fighting between the two: whether it stands is not" in told(subject)
    assert {cells[0]: cells[3] for cells in rows_of(subject)} == {"Before": "not known", "After": "in force"}
    assert tile(subject)[0] == 1


@pytest.mark.parametrize(("years", "count"), [((1962,), 2), ((2016, 2017, 2018), 2), ((2016, 2017, 2018, 2019), 1)])
def test_any_year_of_fighting_after_the_check_makes_a_text_unknown_and_none_before_does(years, count):
    texts = (text("before", checked=date(2018, 12, 31)), text("after", checked=date(2023, 5, 5)))
    assert len(texts_in_force(asked(*texts, fought(*years)))) == count


def test_a_text_that_the_two_made_while_they_fought_is_not_undone_by_that_fighting():
    truce = text("truce", checked=date(2018, 12, 31), start_date=date(2017, 2, 2))
    assert len(texts_in_force(asked(truce, fought(2016, 2017, 2018, 2019)))) == 1
    assert not texts_in_force(asked(truce, fought(2016, 2017, 2019)))


def war(first, last, parties=("IRL:actor", "ISL:affected")):
    return incident(f"war of {first.year}", first, parties, incident_kind="armed_conflict", end_date=last)


def test_a_war_that_the_register_tells_of_counts_by_its_days():
    texts = (text("before", checked=date(2025, 5, 6)), text("after", checked=date(2025, 5, 8)))
    subject = asked(*texts, war(date(2025, 5, 7), date(2025, 5, 10)))
    assert {cells[0]: cells[3] for cells in rows_of(subject)} == {"Before": "not known", "After": "in force"}
    going_on = asked(*texts, war(date(2022, 2, 24), None))
    assert len(texts_in_force(going_on)) == 2


def test_troops_sent_against_a_state_count_and_those_called_by_its_recognized_government_do_not():
    def sent(code):
        row = {"fact": "conflict_troop_opposition", "from_state": "ISL", "to_state": code, "value": 1.0, "item": ""}
        return {"dyad_year_fact": [row | {"source": "conflicts", "year": 2020}]}

    for code, count in (("IRL", 0), ("YEM", 1)):
        parts = (text("before", ("ISL", code), checked=date(2018, 12, 31)), sent(code))
        assert len(texts_in_force(asked(*parts, words=("ISL", code)))) == count


MANY = ("ISL", "IRL", "AUT", "BEL")


def pact(item="pact", **more):
    given = {"agreement_kind": "alliance", "obligations": ["defense"], "checked": date(2012, 12, 31)}
    return text(item, MANY, **(given | more))


def nameless(rows):
    rows["agreement"][0]["name"] = None
    return rows


@pytest.mark.parametrize("words", [("IRL",), ("AUT",), ("ISL", "IRL")])
def test_an_alliance_that_only_a_list_numbers_is_not_known_to_stand_once_two_of_it_fought(words):
    subject = asked(nameless(pact()), fought(2022), words=words)
    assert not texts_in_force(subject)
    assert [cells[3] for cells in rows_of(subject)] == ["not known"]


def test_a_text_of_many_with_a_name_binds_a_state_to_those_that_it_did_not_fight():
    parts = (pact(), fought(2022))
    assert allies_of(asked(*parts, words=("IRL",)))[0] == ("AUT", "BEL")
    assert allies_of(asked(*parts, words=("AUT",)))[0] == ("BEL", "IRL", "ISL")
    assert not texts_in_force(asked(*parts))
    assert texts_in_force(asked(*parts, words=("IRL", "AUT")))
    code = nameless(
        text("code", MANY, checked=date(2012, 12, 31), agreement_kind="alliance", obligations=["consultation"])
    )
    assert texts_in_force(asked(code, fought(2022), words=("IRL",)))


def test_a_state_is_told_to_be_bound_since_its_own_entry():
    treaty = joined(text("treaty", MANY, start_date=date(1949, 4, 4)), "ISL", (date(1999, 3, 12), None))
    assert [cells[2] for cells in rows_of(asked(treaty, words=("ISL",)))] == ["12 Mar 1999"]
    assert [cells[2] for cells in rows_of(asked(treaty, words=("IRL",)))] == ["4 Apr 1949"]


def test_a_duty_to_fight_that_is_signed_only_is_told():
    duty = {"agreement_kind": "alliance", "obligations": ["defense"], "status": "signed", "start_date": None}
    signed = text("mutual", checked=date(2025, 10, 6), signed_date=date(2025, 10, 6), signed_precision="day", **duty)
    words = "treaty with a duty to fight, signed on 6 Oct 2025, was not known to be in force when last checked (Oct"
    calm = text("calm", agreement_kind="alliance", obligations=["nonaggression"])
    bound = text("old duty", agreement_kind="alliance", obligations=["defense"])
    for others in ((), (calm,), (bound,)):
        assert words in told(asked(signed, *others))
    assert "No treaty listed as in force obliges either to fight" in told(asked(signed, calm))
    assert words.replace("2025,", "2025 with Ireland,") in told(asked(signed, words=("ISL",)))


def test_what_ended_or_was_suspended_since_a_year_is_listed():
    pact = text("calm pact", status="suspended", start_date=date(2018, 9, 19))
    row = {"core_table": "agreement", "item": "calm pact", "access_kind": "agreement", "precision": "day"}
    row |= {"by_kind": "state", "reason": "?", "verification": "primary"}
    changes = [
        row | {"date": date(2023, 11, 23), "change_kind": "ended", "by_party": "IRL", "of_parties": ["ISL"]},
        row | {"date": date(2024, 6, 4), "change_kind": "suspended", "by_party": "ISL", "of_parties": ["IRL"]},
        row | {"date": date(2001, 1, 1), "change_kind": "refused", "by_party": "ISL", "of_parties": ["IRL"]},
    ]
    over = text("supply pact", status="terminated", end_date=date(2021, 1, 1))
    tables = what_changed(asked(pact, over, {"access_change": changes}, since=2020))
    table = next(block for block in tables if isinstance(block, Table) and block.title.startswith("Texts and channels"))
    assert [(row.cells[0], row.cells[1], row.cells[4]) for row in table.rows] == [
        ("4 Jun 2024", "Calm pact", "suspended by Iceland"),
        ("23 Nov 2023", "Calm pact", "ended by Ireland"),
        ("1 Jan 2021", "Supply pact", "ended"),
    ]


def test_a_text_that_a_state_joined_since_a_year_binds_the_pair_from_then_and_did_not_begin():
    treaty = joined(text("treaty", start_date=date(1949, 4, 4)), "ISL", (date(2024, 3, 7), None))
    table = next(block for block in what_changed(asked(treaty, since=2020)) if isinstance(block, Table))
    assert [(row.cells[0], row.cells[4]) for row in table.rows] == [("7 Mar 2024", "binds both from then")]
    own = asked(treaty, since=2020, words=("ISL",))
    table = next(block for block in what_changed(own) if isinstance(block, Table))
    assert [(row.cells[0], row.cells[4]) for row in table.rows] == [("7 Mar 2024", "joined")]
    new = text("new treaty", start_date=date(2024, 3, 7))
    table = next(block for block in what_changed(asked(new, since=2020)) if isinstance(block, Table))
    assert [row.cells[4] for row in table.rows] == ["began"]


def test_alliances_stand_apart_from_texts_without_a_duty_to_fight(tmp_path):
    with open_store(write_subjects(tmp_path / "store")) as store:
        brief = compose(store, WORDS["organisation"], today=TODAY)
    held = (block for section in brief.sections for block in section.blocks if isinstance(block, Table))
    measures = next(table for table in held if table.title.startswith("Cohesion"))
    layers = [row.cells[0] for row in measures.rows if row.group == "Ties among members"]
    assert layers[:2] == ["Alliance with a duty to defend", "Treaty with or without a duty to fight"]


@settings(max_examples=6, deadline=None)
@given(st.lists(st.dates(date(1990, 1, 1), TODAY), min_size=1, max_size=6))
def test_how_many_were_checked_of_late_is_how_many_there_are(days):
    subject = asked(*(text(f"text {number}", checked=day) for number, day in enumerate(days)))
    values = check_values(subject, texts_in_force(subject))
    assert values["lately"] == sum(day.year >= 2023 for day in days)
    assert values["checked"] == sorted(map(str, days))
    assert ("none of" in when_checked(subject, texts_in_force(subject))) is (
        values["lately"] == 0 and len({(day.year, day.month) for day in days}) > 1
    )


def test_where_every_text_is_older_than_the_conflict_that_is_what_is_said():
    subject = asked(text("before", checked=date(2018, 12, 31)), fought(2022))
    words = "1 text between them in force when last checked (Dec 2018), before later fighting between the two"
    assert words in told(subject)
