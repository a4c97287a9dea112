"""Access refused and given back, texts between a body's members, and their disputes, as briefs tell them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brief_samples import TODAY, MemoryStore, agreement, together
from brief_subject_samples import CASE, subject_rows
from comity.brief import Table
from comity.brief.finding import Asked, read_subject
from comity.brief.sections.access import access
from comity.brief.sections.in_force import in_force
from comity.brief.sections.tension import disputes_and_incidents
from comity.record import SOURCE as REGISTER

LAST = date(2026, 1, 31)  # the last day that the invented world knows, and so the day of its briefs
STATES = ("ISL", "IRL", "NZL")


def change(day, by, of, **more):
    row = {"item": "harbor-base", "core_table": "presence", "date": day, "precision": "day", "by_kind": "state"}
    row |= {"change_kind": "refused", "access_kind": "port", "by_party": by, "of_parties": list(of)}
    return row | {"reason": f"Told on {day}.", "verification": "secondary"} | more


def dispute(name, day, one, other):
    row = {"source": REGISTER, "dispute": name, "start_date": day, "start_precision": "day"}
    sides = [row | {"state": state, "side": side} for state, side in ((one, "a"), (other, "b"))]
    return {"dispute": [row], "dispute_party": sides}


@pytest.fixture
def blocks():
    """What sections say of a subject of the invented world with these rows besides."""

    def made(words, *more, ask=access):
        store = MemoryStore(together(subject_rows(), *more))
        return ask(read_subject(store, words, Asked(None, None, TODAY, None)))

    return made


def rows_of(told, title):
    return [row for block in told if isinstance(block, Table) and block.title == title for row in block.rows]


def changes(told):
    return rows_of(told, "Changes of access")


CHANGES = st.lists(
    st.tuples(st.integers(0, 3000), st.permutations(STATES).map(lambda held: held[:2]), st.booleans()),
    min_size=1,
    max_size=8,
    unique_by=lambda drawn: drawn[0],
)


@given(drawn=CHANGES)
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_change_is_told_for_each_party_to_it_newest_first(blocks, drawn):
    rows = [
        change(LAST - timedelta(days=days), by, [of], regions=["amber-sea"] if near else [])
        for days, (by, of), near in drawn
    ]
    days = {row["date"]: row for row in rows}
    more = {"access_change": rows}

    def told(*words):
        return [row.details[0] for row in changes(blocks(words, more)) if row.details != ("The lease ended.",)]

    def those(is_told):
        return [days[day]["reason"] for day in sorted(days, reverse=True) if is_told(days[day])]

    assert told("NZL") == those(lambda row: "NZL" in (row["by_party"], *row["of_parties"]))
    assert told("ISL", "IRL") == those(lambda row: {"ISL", "IRL"} == {row["by_party"], *row["of_parties"]})
    circle = {"IRL", "ISL", "MLT", "NZL"}  # all four of the region or its partners, so that each change is of it
    assert told("amber-sea") == those(lambda row: row["regions"] or {row["by_party"], *row["of_parties"]} <= circle)


def test_a_state_that_took_its_own_forces_home_is_no_matter_of_a_pair(blocks):
    more = {
        "access_change": [change(date(2021, 1, 1), "ISL", ["ISL"]), change(date(2022, 1, 1), "ISL", ["ISL", "IRL"])]
    }
    assert [row.details for row in changes(blocks(("ISL", "IRL"), more))] == [
        ("Told on 2022-01-01.",),
        ("The lease ended.",),
    ]


def test_what_a_body_was_refused_is_told_with_the_name_of_the_thing(blocks):
    more = {
        "access_change": [
            change(date(2024, 3, 1), "NZL", ["organisation:club"], item="club", core_table="organisation")
        ]
    }
    [row] = changes(blocks(("club",), more))
    assert [str(cell) for cell in row.cells[:4]] == ["1 Mar 2024", "The Invented Club", "port", "refused"]
    assert changes(blocks(("club",))) == []


@pytest.mark.parametrize(
    ("of", "name"),
    [("unknown", "a party not named"), ("territory:HKG", "Hong Kong"), ("organisation:club", "CLUB")],
)
def test_whose_access_it_was_need_not_be_a_state(blocks, of, name):
    rows = changes(blocks(("NZL",), {"access_change": [change(LAST, "NZL", [of])]}))
    assert [row.cells[5].names for row in rows] == [name]


def test_what_is_not_shown_is_counted(blocks):
    days = [date(2010, 1, 1) + timedelta(days=30 * step) for step in range(20)]
    told = blocks(("NZL",), {"access_change": [change(day, "NZL", ["IRL"]) for day in days]})
    assert [row.details[0] for row in changes(told)] == [f"Told on {day}." for day in sorted(days)[:-13:-1]]
    [table] = told
    assert "8 earlier changes not listed here" in table.note


def test_a_change_after_the_day_of_the_brief_is_not_told(blocks):
    more = {"access_change": [change(LAST + timedelta(days=1), "NZL", ["IRL"])]}
    assert changes(blocks(("NZL",), more)) == []


def test_a_case_tells_the_changes_that_carry_its_name(blocks):
    assert [row.details[0] for row in changes(blocks((CASE,)))] == ["The lease ended."]


@pytest.mark.parametrize(
    ("parties", "is_shared"),
    [
        (("ISL", "NZL", "IRL", "MLT"), True),  # four of five
        (("ISL", "NZL", "IRL"), False),  # three of five
        (("ISL", "NZL", "IRL", "MLT", "CYP", "AUT"), True),  # five of six
        (("ISL", "NZL", "IRL", "MLT", "CYP", "AUT", "CHE"), False),  # five of seven
        (("ISL", "NZL", "IRL", "MLT", "CYP:observer"), True),  # who watches is not bound
    ],
)
def test_texts_of_a_body_bind_nearly_its_members(blocks, parties, is_shared):
    joined = [
        {"organisation": "club", "party_kind": "state", "party": state, "role": "member", "source": REGISTER}
        | {"start_date": date(2016, 1, 1), "start_precision": "day", "known_until": date(2025, 1, 1)}
        for state in ("IRL", "MLT", "CYP")
    ]
    told = blocks(("club",), {"organisation_member": joined}, agreement("founding treaty", parties), ask=in_force)
    shared = [row.cells[0] for row in rows_of(told, "Texts that bind nearly the same states")]
    assert ("Founding treaty" in shared) == is_shared


def test_disputes_of_a_body_are_those_between_members_of_the_time(blocks):
    more = together(
        dispute("inside", date(2005, 1, 1), "ISL", "IRL"),
        dispute("before", date(1999, 1, 1), "ISL", "IRL"),
        dispute("after", date(2018, 1, 1), "ISL", "IRL"),
        dispute("outside", date(2023, 1, 1), "ISL", "MLT"),
    )
    rows = rows_of(
        blocks(("club",), more, ask=disputes_and_incidents), "Militarized disputes between members of the time"
    )
    assert [row.cells[0] for row in rows] == ["1 Jan 2005"]
