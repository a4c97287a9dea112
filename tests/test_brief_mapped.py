"""The section of maps: what it counts, what it leaves out and says so, and which part of the world it shows."""

from datetime import date

import pytest

from brief_samples import TODAY, MemoryStore, blocks_of, engagement, incident, together, write_sample
from comity.brief import Map, compose
from comity.brief.map_key import map_legend
from comity.brief.sections.mapped import _frame_of_spans
from comity.store import open_store


def met(name, year, parties=("ISL", "IRL"), **more):
    return engagement(name, date(year, 5, 5), parties, **more)


def maps_of(*parts, words=("ISL", "IRL")):
    return blocks_of(compose(MemoryStore(together(*parts)), words, today=TODAY), Map)


def many(count, year=2024, parties=("ISL", "IRL"), **more):
    return [met(f"meeting-{year}-{number}", year, parties, **more) for number in range(count)]


def around(count=4, **more):
    """Engagements at so many places, without which a map would show too little."""
    at = [{"latitude": 54.0 + 3 * number, "longitude": -24.0 + 4 * number} for number in range(count)]
    return [met(f"placed-{number}", 2024, **at[number], **more) for number in range(count)]


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    with open_store(write_sample(tmp_path_factory.mktemp("sample") / "store")) as store:
        yield store


@pytest.mark.parametrize("words", [("amber-sea",), ("ISL", "IRL")])
def test_every_number_of_a_caption_stands_in_the_basis(sample, words):
    for block in blocks_of(compose(sample, words, today=TODAY), Map):
        assert block.basis is not None
        assert block.basis.bears(block.description)
        assert block.basis.bears(block.title)


def test_third_states_are_shaded_by_how_often_they_joined_and_the_pair_is_not():
    found = maps_of(
        *around(), met("with-norway", 2024, ("ISL", "IRL", "NOR")), met("older", 2009, ("ISL", "IRL", "DNK"))
    )
    assert {shade.state: shade.count for shade in found[0].panels[0].shades} == {"NOR": 1}
    assert found[0].own == ("ISL", "IRL")


def test_sources_of_the_same_year_are_not_added():
    trio = ("ISL", "IRL", "NOR")
    ours = [met(f"ours-{number}", 2024, trio) for number in range(5)]
    theirs = [met(f"theirs-{number}", 2024, trio, source="other") for number in range(3)]
    assert [(shade.state, shade.count) for shade in maps_of(*around(), *ours, *theirs)[0].panels[0].shades] == [
        ("NOR", 5)
    ]


def test_facts_without_a_position_are_told_and_not_drawn():
    placed = [met(f"together-{number}", 2024, latitude=60.0, longitude=-10.0) for number in range(4)]
    found = maps_of(*placed, *around(), *many(3))[0]
    assert "not marked: 3 of 11 facts." in found.description
    assert (60.0, -10.0, 4) in {(point.latitude, point.longitude, point.count) for point in found.panels[0].points}


def test_where_few_facts_have_a_position_none_is_marked():
    """One circle for nine engagements would say that they were there."""
    seen = ("FRA", "POL", "DEU", "BEL", "CZE", "NLD")
    placed = met("placed", 2024, seen, latitude=50.0, longitude=10.0)
    found = maps_of(placed, *many(8, 2024, seen), words=("FRA", "POL"))[0]
    assert not found.panels[0].points
    assert "Circles" not in found.description
    assert "not marked: 9 of 9 facts; where fewer than a fifth have one, none is marked." in found.description
    assert not [text for text, _ in map_legend(found) if "circles" in text]


def test_incidents_are_marked_apart_from_engagements():
    hit = incident("hit", date(2025, 6, 6), ("ISL:actor", "IRL:affected"), latitude=57.0, longitude=-13.0)
    whats = {point.what for point in maps_of(*around(), hit)[0].panels[0].points}
    assert whats == {"engagement", "incident"}


def test_too_little_is_left_to_the_table():
    assert maps_of(*many(4)) == []


def test_a_map_that_would_show_land_and_water_is_not_drawn():
    """Many engagements without a place and without a third state, and a few incidents: the tables tell them."""
    hits = [
        incident(f"hit-{number}", date(2025, 6, 6), ("ISL:actor", "IRL:affected"), latitude=52.0 + 4 * number,
                 longitude=-13.0) for number in range(4)
    ]  # fmt: skip
    assert maps_of(*many(20), *hits[:3]) == []
    assert maps_of(*many(20), *hits) != []


def test_spans_of_five_whole_years_end_with_the_last_whole_year():
    years, trio, at = (2012, 2013, 2018, 2024), ("ISL", "IRL", "GBR"), {"latitude": 60.0, "longitude": -10.0}
    spread = [part for year in years for part in many(3, year, trio, **at)] + around()
    over_time = maps_of(*spread, met("of a year that is not over", 2025, trio))[1]
    assert [panel.title for panel in over_time.panels] == ["2010–2014", "2015–2019", "2020–2024"]
    assert [sum(shade.count for shade in panel.shades) for panel in over_time.panels] == [6, 3, 3]


def test_a_map_names_the_edition_of_its_geometry_and_takes_no_side():
    told = maps_of(*around(5))[0].description
    assert "Natural Earth 5.1" in told
    assert "takes no side" in told


def test_spans_that_show_nothing_are_not_drawn():
    far = [part for year in (2012, 2018, 2024) for part in many(3, year, ("ISL", "IRL", "FJI"))]
    assert [len(block.panels) for block in maps_of(*far, *around())] == [1]


def test_three_maps_of_the_whole_world_bear_no_marks():
    pair, at = ("JPN", "USA"), {"latitude": 35.0, "longitude": 139.0}
    held = [part for year in (2012, 2018, 2024) for part in many(3, year, (*pair, "KOR", "CAN"), **at)]
    first, *_, over_time = maps_of(*held, words=pair)
    assert [point.count for point in first.panels[0].points] == [6]
    assert [panel.points for panel in over_time.panels] == [(), (), ()]


@pytest.mark.parametrize(("kind", "is_near"), [("organisation", True), ("pair", False), ("state", False)])
def test_spans_of_an_organization_show_where_most_of_its_members_are(kind, is_near):
    held = {"title": "", "cites": (), "as_of": "", "description": "", "panels": (), "classes": (), "unit": "acts"}
    near = Map(frame=(-12.0, 35.0, 40.0, 70.0), named=(), **held)
    wide = (-130.0, 10.0, 60.0, 80.0)
    assert _frame_of_spans(kind, wide, [near]) == (near.frame if is_near else wide)
    assert _frame_of_spans(kind, wide, []) == wide
