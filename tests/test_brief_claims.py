"""Claims in briefs: territory apart from rivers and waters, lists that ended apart from what stands, what is left."""

from __future__ import annotations

from datetime import date

import pytest

from brief_samples import TODAY, MemoryStore, covered, register_rows, together
from comity.brief import Note, Table
from comity.brief.finding import Asked, read_subject
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
    assert left.text.startswith("The register collects claims in these regions alone: Amber Sea.")
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
