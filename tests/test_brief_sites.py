"""Forces abroad in briefs: each place once, whose they are, when it was checked, and what was left since not shown."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_samples import TODAY, MemoryStore, together
from comity.brief import Table
from comity.brief.arrangements import listed_sites, presences
from comity.brief.facts import Fact
from comity.brief.finding import Asked, read_subject
from comity.brief.sections.in_force import in_force
from comity.brief.sites import folded, site_location, site_name
from comity.record import SOURCE as REGISTER

LISTED = date(2018, 12, 31)


def base(name, host="JPN", source="list", at=(26.0, 127.0), **more):
    row = {"presence": name, "name": name, "from_state": "USA", "to_state": host, "location": None, "source": source}
    row |= {"known_until": LISTED if source != REGISTER else date(2025, 6, 1), "verification": "secondary"}
    row |= {"personnel_count": None, "start_date": None, "start_precision": None, "end_date": None}
    return row | dict(zip(("latitude", "longitude"), at or (None, None), strict=True)) | more


def fact(row):
    return Fact("presence", row["source"], row["presence"], row)


def names(standing, ended=()):
    found = folded([fact(row) for row in standing], [fact(row) for row in ended])
    return {site_name(one): [each["name"] for each in others] for one, others in found}


@pytest.mark.parametrize(
    ("own", "listed", "is_one"),
    [
        ("Kadena Air Base", "Kadena AB, Okinawa", True),
        ("Marine Corps Air Station Iwakuni", "MCAS Iwakuni", True),
        ("United States aircraft carrier at Yokosuka", "COMFLEACT Yokosuka", True),
        ("Kadena Air Base", "Sobe Communications Site, Okinawa", False),
        ("US forces in Japan", "Naha Port", False),
        ("US forces in Japan", "US Air Base", False),
    ],
)
def test_a_place_of_a_list_is_shown_by_the_row_of_the_register(own, listed, is_one):
    found = names([base(own, source=REGISTER), base(listed)])
    assert found == ({own: [listed]} if is_one else {own: [], listed: []})
    far = names([base(own, source=REGISTER), base(listed, at=(40.0, 140.0))])
    assert len(far) == 2, "a namesake far away is another place"
    assert len(names([base(own, source=REGISTER), base(listed) | {"from_state": "GBR"}])) == 2


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("Osan\tSouth Korea", "Osan AFB", True),
        ("Camo Kinser, Makiminato", "Camp Kinser, Makiminato", True),
        ("Camp Zama, Sagamihara", "Camp Zama, Zama", True),
        ("CATC Camp Fuji", "Camp Fuji, Gotemba", True),
        ("Mildenhall", "Mildenhall Storage Annex", False),
        ("Camp Courtney, Tengan", "Camp McTureous, Tengan", False),
        ("Site 51", "Camp Ederle", False),
    ],
)
def test_a_list_that_has_a_place_twice_shows_it_once(one, other, is_one):
    assert len(names([base(one, "KOR"), base(other, "KOR")])) == (1 if is_one else 2)


LEFT = date(2024, 8, 5)


@pytest.mark.parametrize(
    ("gone", "more", "listed", "is_left"),
    [
        ("US forces at Air Base 201, Agadez", {"location": "Agadez, Niger"}, "Agadez", True),
        ("US forces at Air Base 201, Agadez", {"location": "Agadez, Niger"}, "Niamey airport", False),
        ("US forces in Niger", {"location": "Niger"}, "Niamey airport", True),
        ("US forces at Agadez", {"location": "Agadez, Niger", "end_date": date(2010, 1, 1)}, "Agadez", False),
        ("French forces at Agadez", {"location": "Agadez, Niger", "from_state": "FRA"}, "Agadez", False),
    ],
)
def test_a_place_that_the_register_says_was_left_since_is_not_shown(gone, more, listed, is_left):
    ended = base(gone, "NER", REGISTER, end_date=LEFT) | more
    assert (listed not in names([base(listed, "NER")], [ended])) is is_left


COUNTS = st.lists(st.none() | st.integers(1, 50_000), max_size=8)


@given(COUNTS)
def test_the_places_with_most_people_come_first_and_none_is_lost(counts):
    rows = [base(f"Place{place}", at=(place * 2.0, 10.0), personnel_count=n) for place, n in enumerate(counts)]
    found = folded([fact(row) for row in rows], [])
    told = [one["personnel_count"] for one, _ in found]
    known = [count for count in told if count is not None]
    assert told == [*sorted(known, reverse=True), *[None] * (len(told) - len(known))]
    assert len(told) == len(counts)


@pytest.mark.parametrize(
    ("name", "host", "clean"),
    [("Mombasa\tKenya", "KEN", "Mombasa"), ("Dammam, Saudi Arabia", "SAU", "Dammam"),
     ("Osan\tSouth Korea", "KOR", "Osan"), ("Japan", "JPN", "Japan"),
     ("Green Zone, Baghdad", "IRQ", "Green Zone, Baghdad")],
)  # fmt: skip
def test_names_are_cleaned_of_marks_and_of_their_state(name, host, clean):
    assert site_name(fact(base(name, host))) == clean


@pytest.mark.parametrize(
    ("location", "host", "clean"),
    [("NIger", "NER", "Niger"), ("Georigia", "GEO", "Georgia"), ("Greenland", "DNK", "Greenland"), (None, "DNK", None)],
)
def test_the_name_of_the_host_is_spelled_as_everywhere(location, host, clean):
    assert site_location(fact(base("Post", host, location=location))) == clean


def test_the_table_says_whose_forces_stand_there_and_when_it_was_checked():
    own = base("Kadena Air Base", source=REGISTER, personnel_count=7000, location="Okinawa, Japan")
    rows = [own, base("Kadena AB")]
    store = MemoryStore(together({"presence": rows}))
    blocks = in_force(read_subject(store, ("USA", "JPN"), Asked(2026, None, TODAY)))
    (forces,) = [block for block in blocks if isinstance(block, Table) and block.title.startswith("Forces")]
    (row,) = forces.rows
    assert [column.title for column in forces.columns] == ["Forces", "Whose", "Where", "Since", "People", "Checked"]
    name, owner, *rest = row.cells
    assert (name, owner.names, rest) == ("Kadena Air Base", "United States", ["Okinawa, Japan", None, 7000, "Jun 2025"])
    assert set(row.refs) == {REGISTER, "list"}
    assert len(forces.basis.rows) == 2


def test_places_of_a_list_without_days_stand_apart_and_are_not_told_as_checked():
    kinds = {"core_table": "presence", "part": "", "value": 1.0, "source": "list"}
    rows = [base("Naha Port"), base("Sobe Post", at=(30.0, 130.0)), base("Misawa", source=REGISTER, at=(40.7, 141.4))]
    held = {"presence": rows, "property": [kinds | {"item": "Naha Port", "property": "is_lilypad"}]}
    subject = read_subject(MemoryStore(together(held)), ("USA", "JPN"), Asked(2026, None, TODAY))
    (forces,) = [block for block in in_force(subject) if isinstance(block, Table) and block.title.startswith("Forces")]
    listed = "Named by a list without days, last edited in 2018"
    assert [(row.cells[0], row.cells[-1], row.group) for row in forces.rows] == [
        ("Misawa", "Jun 2025", "Standing when last checked"),
        ("Sobe Post", None, listed),
        ("Naha Port", None, f"{listed}: small sites"),
    ]
    assert "2018" not in forces.as_of
    assert "list without days" in forces.note
    assert [one.item for one in presences(subject)] == ["Misawa"]
    assert {one.item for one in listed_sites(subject)} == {"Naha Port", "Sobe Post"}


def test_a_table_without_a_list_has_no_groups():
    store = MemoryStore(together({"presence": [base("Misawa", source=REGISTER)]}))
    blocks = in_force(read_subject(store, ("USA", "JPN"), Asked(2026, None, TODAY)))
    (forces,) = [block for block in blocks if isinstance(block, Table) and block.title.startswith("Forces")]
    assert [row.group for row in forces.rows] == [""]
    assert "without days" not in forces.note
