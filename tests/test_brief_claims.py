"""Claims in briefs: territory apart from rivers and waters, lists that ended apart from what stands, what is left."""

from __future__ import annotations

from datetime import date

import pytest

from brief_samples import TODAY, MemoryStore, covered, engagement, register_rows, together
from comity.brief import Note, Table
from comity.brief.blocks import Map, Panel, Point
from comity.brief.finding import Asked, read_subject
from comity.brief.map_labels import map_labels
from comity.brief.projection import fitted
from comity.brief.sections.mapped import on_the_map
from comity.brief.sections.territory import territorial_claims
from comity.vocab.geometry.areas import disputed_areas

LIST_END = 2001
ISSUES = {"Hill": 1, "Dam": 2, "Cod": 3}
OLD = f"As of 31 Dec {LIST_END}, and not known since"
NOW = "Who claims what, and who holds it"


def listed(name, issue):
    """A claim of Iceland against Ireland in a list that ended; open at its end."""
    own = {"source": "old"}
    row = {"claim": name, "name": name, "place": name, "party_kind": "state", "start_date": date(1950, 3, 1)}
    row |= {"start_precision": "month", "known_until": date(LIST_END, 12, 31), "verification": "secondary"} | own
    told = {"core_table": "territorial_claim", "item": name, "property": "issue", "part": "", "value": float(issue)}
    sides = [row | {"party": party, "role": role} for party, role in (("ISL", "claimant"), ("IRL", "holder"))]
    return {"territorial_claim": sides, "property": [told | own]}


@pytest.fixture(scope="module")
def store():
    rows = together(register_rows(), *(listed(name, issue) for name, issue in ISSUES.items()))
    register = (covered(("territorial_claim",), "positive_only", 1945, 2026),)
    return MemoryStore(rows, {"old": (covered(("territorial_claim",), "positive_only", 1816, LIST_END),),
                              "register": register})  # fmt: skip


def told(store, words, year=None):
    blocks = territorial_claims(read_subject(store, words, Asked(year, None, TODAY)))
    return {block.title: block for block in blocks if isinstance(block, Table)}, [b for b in blocks if type(b) is Note]


@pytest.mark.parametrize("words", [("ISL",), ("ISL", "IRL")])
def test_claims_of_a_list_that_ended_are_told_as_of_its_end_by_what_is_claimed(store, words):
    tables, _ = told(store, words)
    assert [row.cells[0] for row in tables[NOW].rows] == ["Amber Rock"]
    assert [(row.group, row.cells[0]) for row in tables[OLD].rows] == [
        ("Territory", "Hill"), ("River", "Dam"), ("Waters", "Cod"),
    ]  # fmt: skip
    for row in tables[OLD].rows:
        claimant, challenged, since, until = row.cells[1:]
        assert (claimant.names, challenged.names, since, until) == ("Iceland", "Ireland", "Mar 1950", "Dec 2001")
    assert "Held by" not in [column.title for column in tables[OLD].columns]


def test_rivers_and_waters_are_nobodys_to_hold_in_the_years_of_the_list(store):
    tables, _ = told(store, ("ISL", "IRL"), 1995)
    assert [row.cells[0] for row in tables[NOW].rows] == ["Hill", "Amber Rock"]
    water = tables["Claims to rivers and waters that stood on 31 Dec 1995"]
    assert [row.cells[0] for row in water.rows] == ["Dam", "Cod"]
    assert OLD not in tables


def test_where_the_register_does_not_look_is_said_and_what_the_map_shows_is_named(store):
    tables, (absent, left) = told(store, ("IND", "CHN"))
    assert not tables
    assert absent.text.startswith("No territorial claim is listed by the register.")
    assert left.text.startswith("The register holds some of the best-known claims of Amber Sea.")
    areas = [area.name for area in disputed_areas() if {"CHN", "IND"} <= set(area.claims)]
    assert len(areas) > 1
    for name in areas:
        assert name in left.text
    assert left.basis.bears(left.text)
    assert not [area.name for area in disputed_areas() if {"ISL", "IRL"} & set(area.claims)]
    assert "In dispute on the map" not in told(store, ("ISL",))[1][0].text


def test_an_area_that_is_listed_is_not_named_as_left_out(store):
    rows = register_rows()
    own = {"claim": "aksai", "name": "Aksai Chin", "place": "amber-rock", "known_until": date(2025, 1, 1)}
    own |= {"verification": "secondary", "party_kind": "state", "regions": ["amber-sea"]}
    sides = [own | {"party": party, "role": "claimant"} for party in ("CHN", "IND")]
    tables, (left,) = told(MemoryStore(together(rows, {"territorial_claim": sides})), ("IND", "CHN"))
    assert [row.cells[0] for row in tables[NOW].rows] == ["Aksai Chin"]
    assert "Aksai" not in left.text
    assert "Arunachal" in left.text


def of_register(name, roles, **more):
    """A claim of the register: who claims and who holds."""
    own = {"claim": name, "name": name, "place": "amber-rock", "known_until": date(2025, 1, 1)} | more
    own |= {"verification": "secondary", "party_kind": "state", "regions": ["amber-sea"]}
    return {"territorial_claim": [own | {"party": party, "role": role} for party, role in roles]}


@pytest.mark.parametrize(
    ("area", "record"),
    [
        ("Senkaku / Diaoyu (China, Japan, Taiwan)", "Senkaku/Diaoyu/Tiaoyutai Islands"),
        ("Dokdo / Takeshima (Korea, Japan)", "Takeshima/Dokdo (Liancourt Rocks)"),
        ("Northern Cyprus (self-declared; Cyprus)", "Northern part of Cyprus"),
        ("Hala’ib Triangle (Egypt, Sudan)", "Hala'ib Triangle"),
        ("South Georgia (Argentina, United Kingdom)", "South Georgia and the South Sandwich Islands"),
    ],
)
def test_an_area_is_known_by_either_sides_name_and_not_by_words_that_many_places_bear(area, record):
    found = [each for each in disputed_areas() if each.is_named(record)]
    assert area in [each.name for each in found]
    assert not {"Falkland Islands / Malvinas (Argentina, United Kingdom)"} & {each.name for each in found}


def test_forces_that_hold_ground_do_not_make_their_state_a_claimant(store):
    held = of_register("Amber Cape", (("ISL", "claimant"), ("IRL", "holder")), summary="Iceland claims the cape.")
    tables, _ = told(MemoryStore(together(register_rows(), held)), ("ISL", "IRL"))
    row = next(row for row in tables[NOW].rows if row.cells[0] == "Amber Cape")
    assert (row.cells[1].names, row.cells[2].names) == ("Iceland", "Ireland")
    assert row.details == ("Iceland claims the cape.",)


def test_a_claim_that_the_register_tells_is_not_told_again_from_an_older_list(store):
    sides = (("ISL", "claimant"), ("IRL", "claimant"), ("IRL", "holder"))
    rows = together(
        register_rows(), listed("Hill (Knoll) & Is.", 1), listed("Dam", 2), of_register("Hill/Knoll", sides)
    )
    covers = {"old": (covered(("territorial_claim",), "positive_only", 1816, LIST_END),)}
    tables, _ = told(MemoryStore(rows, covers), ("ISL", "IRL"))
    assert "Hill/Knoll" in [row.cells[0] for row in tables[NOW].rows]
    assert [row.cells[0] for row in tables[OLD].rows] == ["Dam"]
    tables, _ = told(MemoryStore(rows, covers), ("ISL", "IRL"), 1995)
    assert [row.cells[0] for row in tables[NOW].rows].count("Hill/Knoll") == 1


def test_where_nobody_is_said_to_hold_a_place_the_table_says_so(store):
    rows = together(register_rows(), of_register("Amber Creek", (("ISL", "claimant"), ("IRL", "claimant"))))
    tables, _ = told(MemoryStore(rows), ("ISL", "IRL"))
    assert tables[NOW].null_means == "nobody named"
    assert next(row for row in tables[NOW].rows if row.cells[0] == "Amber Creek").cells[2] is None


def test_no_point_on_the_map_stands_for_a_stretch_of_land():
    place = {"latitude": 57.0, "longitude": -12.0, "regions": ["amber-sea"], "verification": "secondary"}
    kinds = {"Amber Plain": "area", "Amber Border": "line", "Amber Islet": "feature"}
    given = [place | {"place": name, "name": name, "place_kind": kind} for name, kind in kinds.items()]
    acts = [engagement(f"games {number}", date(2024, 5, 5), ("ISL", "IRL"), latitude=52.0 + 3 * number, longitude=-12.0,
                       regions=["amber-sea"]) for number in range(4)]  # fmt: skip
    store = MemoryStore(together(register_rows(), {"place": given}, *acts))
    blocks = on_the_map(read_subject(store, ("amber-sea",), Asked(2024, None, TODAY)))
    marked = {point.name for point in blocks[0].panels[0].points if point.what == "place"}
    assert marked == {"Amber Rock", "Amber Islet"}


@pytest.mark.parametrize(
    ("name", "at", "is_named"),
    [
        ("Senkaku/Diaoyu/Tiaoyutai Islands", (25.75, 123.5), False),  # the area bears the name already
        ("Senkaku Park", (35.0, 135.0), True),  # a place far off that begins alike
        ("Ishigaki", (24.4, 124.2), True),
    ],
)
def test_a_map_that_names_a_disputed_area_does_not_name_its_point_again(name, at, is_named):
    point, frame = Point(name, *at, 0, "place"), (117.0, 22.0, 140.0, 37.0)
    more = {
        "classes": (),
        "unit": "engagements",
        "named": (),
        "own": (),
        "description": "",
        "title": "",
        "cites": (),
        "as_of": "",
    }
    block = Map(frame=frame, panels=(Panel("", (), (point,)),), **more)
    names = [label.text for label in map_labels(block, fitted(frame, 690), [point])]
    assert (name in names) is is_named
    assert "Senkaku / Diaoyu (China, Japan, Taiwan)" in names
