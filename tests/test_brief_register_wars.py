"""Wars and days of fighting that incidents tell of: told first, apart from incidents, and only of who fought."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brief_samples import (
    REGISTER_COVERAGE,
    TODAY,
    MemoryStore,
    agreement,
    blocks_of,
    covered,
    incident,
    register_rows,
    together,
)
from comity.brief import Chart, Judgements, KeyFigures, Table, compose
from comity.brief.finding import Asked, read_subject
from comity.brief.pair_frictions import friction_figures
from comity.brief.register_wars import all_wars, days, fighting_days, fighting_sentence, register_wars
from comity.brief.sections.world import where_it_is_tense
from comity.brief.tense import CONFLICT, last_text, tense_pairs
from comity.vocab.words import vocabularies

WAR = {"incident_kind": "armed_conflict", "end_precision": "day"}
ENDED = incident("a war", date(2025, 5, 7), ("IRL:actor", "ISL:actor"), end_date=date(2025, 5, 10), **WAR)
BEGUN = incident(
    "another war", date(2022, 2, 24), ("NOR:actor", "FIN:affected", "MLT:present"), regions=["amber-sea"], **WAR
)


def store_of(*parts, **more):
    held = register_rows() | more
    held["incident"], held["incident_party"] = [], []
    return MemoryStore(together(held, *parts))


def subject_of(store, *words, year=None):
    return read_subject(store, words, Asked(year, None, TODAY))


def said(store, *words, year=None):
    (block,) = blocks_of(compose(store, words, year, today=TODAY), Judgements)
    return [sentence.text for sentence in block.sentences]


def test_the_word_is_one_of_the_table():
    assert "armed_conflict" in vocabularies()["incident kinds"]


def test_a_pair_is_first_told_of_its_days_and_not_as_one_of_its_incidents():
    store = store_of(ENDED, incident("a pass", date(2024, 4, 4), ("ISL:actor", "IRL:affected")))
    first, *rest = said(store, "IRL", "ISL")
    assert first == "The register tells of fighting between the two: from 7 to 10 May 2025."
    (between,) = (text for text in rest if "incident between the two" in text)
    assert between == (
        "The register lists 1 incident between the two in 2017–2026, of 4 Apr 2024. Not every act of the "
        "fighting itself is listed."
    )
    (figure,) = friction_figures(subject_of(store, "IRL", "ISL"))
    assert figure.value == 1


def test_a_war_without_a_last_day_goes_on_and_comes_first():
    store = store_of(ENDED, BEGUN)
    (world, *_) = said(store, "world")
    assert world == (
        "The register tells of fighting between states: Norway against Finland since 24 Feb 2022, going on when last "
        "told; Ireland and Iceland against each other from 7 to 10 May 2025."
    )
    figure = blocks_of(compose(store, ("world",), today=TODAY), KeyFigures)[0].figures[0]
    assert (figure.value, figure.unit) == (2, "pairs of states at war or in armed conflict")
    rows = {(row["state_a"], row["state_b"]): row for row in tense_pairs(subject_of(store, "world"))[0]}
    assert [rows[pair]["level"] for pair in (("FIN", "NOR"), ("IRL", "ISL"))] == [CONFLICT, CONFLICT]
    assert last_text(rows["FIN", "NOR"]) == "goes on"
    assert last_text(rows["IRL", "ISL"]) == "10 May 2025"


@pytest.mark.parametrize(("words", "count"), [(("NOR",), 1), (("MLT",), 0), (("ISL",), 1), (("amber-sea",), 2)])
def test_only_who_fought_is_told_to_have(words, count):
    assert len(register_wars(subject_of(store_of(ENDED, BEGUN), *words))) == count


def test_nothing_later_than_the_day_is_told():
    store = store_of(ENDED, BEGUN)
    assert not all_wars(subject_of(store, "world", year=2021))
    before = subject_of(store, "IRL", "ISL", year=2024)
    assert fighting_sentence(before) is None
    end = incident("a long war", date(2023, 5, 7), ("IRL:actor", "ISL:affected"), end_date=date(2025, 1, 1), **WAR)
    during = subject_of(store_of(end), "IRL", "ISL", year=2024)
    assert "since 7 May 2023, going on that day" in fighting_sentence(during).text


def test_what_lists_tell_whole_is_not_told_twice():
    listed = [
        {"fact": "interstate_conflict", "from_state": "IRL", "to_state": "ISL", "year": 2025, "value": 1.0}
        | {"item": "c", "source": "register"}
    ]
    assert fighting_sentence(subject_of(store_of(ENDED, dyad_year_fact=listed), "IRL", "ISL")) is None
    assert fighting_sentence(subject_of(store_of(ENDED), "IRL", "ISL")) is not None
    troops = [listed[0] | {"fact": "conflict_troop_opposition"}]
    assert fighting_sentence(subject_of(store_of(ENDED, dyad_year_fact=troops), "IRL", "ISL")) is not None


def test_beside_a_war_of_unknown_deaths_nothing_is_added_up():
    act = incident("a sinking", date(2024, 1, 1), ("NOR:actor", "FIN:affected"), killed_count=6, regions=["amber-sea"])
    (text,) = (text for text in said(store_of(act, BEGUN), "amber-sea") if "incident" in text)
    assert "add up" not in text
    assert text.endswith(
        "How many were killed in the fighting is not told in full. "
        "Most killed in one act that is listed by itself: A sinking, 6."
    )


def test_a_campaign_that_a_list_tells_again_counts_once():
    def told(name, year, parties):
        act = incident(name, date(year, 1, 1), parties, domains=["information"])
        act["incident"][0] |= {"name": "Influence reported", "source": "tally"}
        return {table: [row | {"source": "tally"} for row in rows] for table, rows in act.items()}

    many = ("FIN:actor", "IRL:affected", "ISL:affected", "NOR:affected")
    store = store_of(
        *(told(f"again {year}", year, many) for year in (2022, 2023, 2024)),
        *(told(f"other {year}", year, ("FIN:actor", "ISL:affected")) for year in (2022, 2023)),
    )
    (text,) = (text for text in said(store, "ISL") if "incident" in text)
    assert " 3 incidents in 2017–2026, most with Finland (3) on the other side" in text


def test_the_dead_of_an_incident_of_several_pairs_are_of_none():
    act = incident("a strike", date(2025, 1, 1), ("NOR:actor", "FIN:affected", "ISL:affected"), killed_count=6,
        incident_kind="strike")  # fmt: skip
    found, _ = tense_pairs(subject_of(store_of(act), "world"))
    assert [(row["state_b"], row["killed_count"]) for row in found] == [("NOR", None), ("NOR", None)]


def test_wars_stand_first_in_the_table_of_incidents_with_their_days():
    later = incident("a pass", date(2026, 4, 4), ("ISL:actor", "IRL:affected"))
    tables = blocks_of(compose(store_of(ENDED, later), ("IRL", "ISL"), today=TODAY), Table)
    (table,) = (block for block in tables if block.title.startswith("The latest incidents"))
    assert [(row.group, row.cells[0]) for row in table.rows] == [
        ("Wars and days of fighting", "7 May 2025 to 10 May 2025"),
        ("Other incidents", "4 Apr 2026"),
    ]


def test_where_only_lists_tell_it_is_said_where_they_end():
    def in_list(number):
        act = incident(f"act {number}", date(1998, 1, number), ("ISL:actor", "IRL:affected"))
        return {table: [row | {"source": "tally"} for row in rows] for table, rows in act.items()}

    coverage = {"register": REGISTER_COVERAGE, "tally": (covered(("incident",), "positive_only", 1993, 2000),)}
    held = register_rows() | {"incident": [], "incident_party": []}
    store = MemoryStore(together(held, *(in_list(number) for number in range(1, 7))), coverage)
    (text,) = (text for text in said(store, "IRL", "ISL") if "incident" in text)
    assert text == (
        "A list of incidents, which ends in 2000, tells of 6 incidents between the two, the last of 6 Jan 1998."
    )
    charts = blocks_of(compose(store, ("IRL", "ISL"), today=TODAY), Chart)
    (chart,) = (block for block in charts if block.title.startswith("Incidents"))
    assert chart.years == (1998, 2000)
    assert "end in 2000" in chart.description


def test_a_few_incidents_stand_in_the_table_alone():
    charts = blocks_of(compose(store_of(ENDED), ("IRL", "ISL"), today=TODAY), Chart)
    assert not [block for block in charts if block.title.startswith("Incidents")]


def test_a_regime_that_a_party_left_is_shown_with_it():
    text = agreement("flights", ("IRL", "ISL", "NOR"))
    text["agreement_party"][0] |= {"end_date": date(2020, 11, 22), "end_precision": "day"}
    text["agreement_party"][2] |= {"end_date": date(2027, 1, 1), "end_precision": "day"}
    regime = {
        "regime": "looking",
        "name": "Looking",
        "agreement": "flights",
        "status": "in_force",
        "source": "register",
    }
    regime |= {"known_until": date(2026, 1, 1), "start_date": date(2002, 1, 1), "start_precision": "day"}
    regime |= {"verification": "primary"}
    held = register_rows() | {"agreement": [], "agreement_party": []}
    store = MemoryStore(together(held | {"regime_status": [regime]}, text))
    blocks = where_it_is_tense(subject_of(store, "world"))
    (table,) = (block for block in blocks if "left by a party" in block.title)
    assert [row.cells[0:4] for row in table.rows] == [("Looking", "in force", "1 Jan 2002", "Ireland (2020)")]


DAYS = st.tuples(st.dates(date(2010, 1, 1), TODAY), st.none() | st.integers(0, 900))


@settings(max_examples=15)
@given(st.lists(DAYS, max_size=4), st.integers(2012, 2025))
def test_days_are_in_order_and_never_after_the_day_of_the_brief(wars, year):
    parts = [
        incident(f"war {number}", first, ("IRL:actor", "ISL:actor"), **WAR) for number, (first, _) in enumerate(wars)
    ]
    for part, (first, length) in zip(parts, wars, strict=True):
        part["incident"][0]["end_date"] = None if length is None else date.fromordinal(first.toordinal() + length)
    subject = subject_of(store_of(*parts), "IRL", "ISL", year=year)
    told = fighting_days(subject).get(("IRL", "ISL"), [])
    assert len(told) == sum(first <= subject.as_of for first, _ in wars) == len(all_wars(subject))
    assert all(each.first <= (each.last or subject.as_of) <= subject.as_of for each in told)
    assert [each.first for each in told] == sorted((each.first for each in told), reverse=True)
    assert all(days(subject, fact).first == fact["start_date"] for fact in all_wars(subject))
