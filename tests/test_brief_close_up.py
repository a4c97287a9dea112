"""Maps that name the states most involved on their own land, frame the members of a body, and come near where asked."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from brief_samples import TODAY, MemoryStore, blocks_of, engagement, incident, together
from brief_subject_samples import write_subjects
from comity.brief import Map, compose, compose_comparison
from comity.brief.blocks import Panel, Point, Shade
from comity.brief.close_up import _around_members, _around_state, densest
from comity.brief.lettering import fits
from comity.brief.map_labels import map_labels
from comity.brief.map_marks import mark_size
from comity.brief.map_style import OTHER, STATE
from comity.brief.projection import fitted
from comity.cli import main
from comity.store import open_store
from comity.vocab.geometry import world
from comity.vocab.geometry.locating import unit_at
from comity.vocab.geometry.outlines import SEA
from comity.vocab.states import state

WORLD = (-169.0, -57.0, 191.0, 82.0)
CAUCASUS = ("ARM", "AZE", "BLR", "GEO", "KAZ", "KGZ", "MDA", "MNG", "RUS", "TJK", "TKM", "UKR", "UZB")
AFRICA = (
    "AGO", "CAF", "CMR", "COD", "DZA", "EGY", "ETH", "GAB", "GHA", "KEN", "LBY", "MAR", "MDG", "MLI", "MOZ", "NAM",
    "NER", "NGA", "SDN", "SEN", "SSD", "TCD", "TZA", "ZAF", "ZMB", "ZWE",
)  # fmt: skip


def a_map(frame, named=(), shades=(), marks=(), own=()):
    told = {"title": "Where", "cites": ("register",), "as_of": "2026", "description": "A map.", "unit": "engagements"}
    panel = Panel("2017–2026", tuple(shades), tuple(marks))
    return Map(frame=frame, panels=(panel,), classes=(1,), named=named, own=own, **told)


def labels_of(frame, named=(), marks=(), **more):
    projection = fitted(frame, 690, 0.9)
    return projection, map_labels(a_map(frame, named, marks=marks, **more), projection, marks)


def test_no_state_is_named_on_the_land_of_another():
    crowd = [Point("", 40 + step / 3, 42 + step, 5, "incident") for step in range(9)]
    projection, labels = labels_of((20.0, 32.0, 95.0, 62.0), CAUCASUS, marks=crowd)
    held = {state(code).name: world().by_code[code] for code in CAUCASUS}
    placed = [label for label in labels if label.text in held]
    assert len(placed) >= 5
    for label in placed:
        left, top, right, bottom = label.box
        longitude, latitude = projection.inverse(np.array([(left + right) / 2, (top + bottom) / 2])).tolist()
        assert unit_at(round(latitude, 2), round(longitude, 2)) in (*held[label.text], SEA)


@pytest.mark.parametrize(("count", "style"), [(12, STATE), (13, OTHER)])
def test_many_states_that_a_map_is_about_are_named_in_small_letters(count, style):
    _, labels = labels_of((20.0, 32.0, 95.0, 62.0), CAUCASUS[:count])
    names = {state(code).name for code in CAUCASUS[:count]}
    assert {label.style for label in labels if label.text in names} == {style}


def test_long_names_of_a_continent_are_named_in_lines_and_before_those_of_others():
    projection, labels = labels_of((-20.0, -36.0, 53.0, 38.0), AFRICA)
    lines = {label.text: len(label.lines) for label in labels}
    assert lines["Democratic Republic of the Congo"] > 1
    assert {"Ethiopia", "South Sudan", "Cameroon", "Senegal", "Zimbabwe", "Madagascar"} <= lines.keys()
    assert all(fits(label.box, projection) for label in labels)


def test_no_name_covers_a_large_mark_and_that_of_a_small_state_stands_beside_its_own():
    mark = Point("Nairobi", 0.5, 37.9, 9, "engagement")
    projection, labels = labels_of(WORLD, own=("KEN",), shades=[Shade("UGA", 9), Shade("ETH", 9)], marks=[mark])
    x, y = projection.at(mark.longitude, mark.latitude)
    radius = mark_size(a_map(WORLD, marks=[mark]), "engagement", 9) ** 0.5 / 2
    assert radius > 6
    assert "Kenya" in {label.text for label in labels}
    for label in labels:
        left, top, right, bottom = label.box
        assert right <= x - radius or left >= x + radius or bottom <= y - radius or top >= y + radius


def test_the_states_most_involved_are_named_even_where_marks_lie():
    involved = ("USA", "RUS", "CHN", "JPN", "AUS")
    marks = [Point("", latitude, longitude, 3, "engagement") for latitude in range(20, 60, 6)
             for longitude in range(-120, 150, 9)]  # fmt: skip
    shades = [Shade(code, 90 - place) for place, code in enumerate(involved)]
    _, labels = labels_of(WORLD, shades=shades, marks=marks)
    assert {state(code).name for code in involved} <= {label.text for label in labels if label.style == OTHER}


def test_a_place_between_several_bears_the_name_of_none():
    held = {"latitude": 3.5, "longitude": 105.5}
    rows = together(
        engagement(
            "far", date(2024, 5, 5), ("ISL", "IRL"), location="Changi, Singapore, and the South China Sea", **held
        ),
        engagement(
            "near", date(2024, 6, 5), ("ISL", "IRL"), location="Reykjavík, Iceland", latitude=64.1, longitude=-21.9
        ),
        *(
            engagement(f"at sea {number}", date(2024, 6, 5), ("ISL", "IRL"), latitude=56 + 2 * number, longitude=-16)
            for number in range(3)
        ),
    )
    maps = blocks_of(compose(MemoryStore(many(rows)), ("ISL", "IRL"), today=TODAY), Map)
    assert {point.name for point in maps[0].panels[0].points if point.what == "engagement"} == {"", "Reykjavík"}


def many(rows):
    others = [engagement(f"other-{number}", date(2024, 7, 5), ("ISL", "IRL")) for number in range(4)]
    return together(rows, *others)


def at(number, latitude, longitude, parties=("ISL:actor", "IRL:affected")):
    return incident(f"act-{number}", date(2024, 8, 5), parties, latitude=latitude, longitude=longitude)


@pytest.mark.parametrize(("spread", "count"), [(0.3, 1), (40.0, 0)])
def test_a_nearer_map_stands_only_where_incidents_lie_close_together(spread, count):
    far = [
        engagement(
            f"far-{number}", date(2024, 5, 5), ("ISL", "IRL"), latitude=-30.0 + 6 * number, longitude=15.0 * number
        )
        for number in range(8)
    ]
    acts = [at(number, 55.0 - spread * number / 4, -15.0 + spread * number) for number in range(6)]
    made = compose(MemoryStore(together(*far, *acts)), ("ISL", "IRL"), today=TODAY)
    near = [block for block in blocks_of(made, Map) if block.title.startswith("Where most incidents")]
    assert len(near) == count
    for block in near:
        assert block.basis.bears(block.description)
        assert block.named == ("ISL", "IRL")
        assert sum(point.count for point in block.panels[0].points if point.what == "incident") == 6


def test_incidents_in_few_places_are_left_to_the_table():
    acts = [at(number, 52.0 + 6 * (number % 3), -15.0 + 9 * (number % 3)) for number in range(9)]
    far = [engagement(f"far-{number}", date(2024, 5, 5), ("ISL", "IRL"), latitude=-30.0 + 6 * number,
                      longitude=15.0 * number) for number in range(8)]  # fmt: skip
    made = blocks_of(compose(MemoryStore(together(*far, *acts)), ("ISL", "IRL"), today=TODAY), Map)
    assert not [block for block in made if block.title.startswith("Where most")]


PLACES = st.tuples(st.integers(-179, 180).map(float), st.integers(-60, 70).map(float))


@given(held=st.dictionaries(PLACES, st.integers(1, 9), min_size=1, max_size=12), share=st.floats(0.1, 1.0))
def test_the_densest_spots_are_enough_and_lie_no_wider_than_those_around_any_other(held, share):
    inside = densest(held, share)
    assert sum(inside.values()) >= share * sum(held.values()) - 1e-9
    assert inside.items() <= held.items()
    assert densest(held, share) == densest(dict(reversed(held.items())), share)


def test_the_densest_spots_may_lie_on_both_sides_of_the_180th_meridian():
    held = {(179.5, -20.0): 1, (-179.5, -20.0): 1, (0.0, 10.0): 1}
    assert set(densest(held, 0.6)) == {(179.5, -20.0), (-179.5, -20.0)}


def test_the_members_of_a_body_are_shown_where_most_of_them_are():
    members = ("BEL", "DEU", "FRA", "NLD", "POL", "CZE", "DNK", "USA")
    first = Map(
        title="", cites=("register",), as_of="2026", description="", unit="engagements", classes=(1,), named=members,
        panels=(Panel("", (), ()),), frame=(-130.0, 20.0, 40.0, 70.0),
    )  # fmt: skip
    near = _around_members(first)
    assert (near.what, near.held, near.count) == ("member", 7, 8)
    west, south, east, north = near.frame
    assert -15 < west < 0
    assert 20 < east < 40
    assert 35 < south < north < 70
    assert _around_members(replace(first, named=members[:5])) is None


@pytest.mark.parametrize(
    ("own", "frame", "is_near"),
    [("KEN", WORLD, True), ("KEN", (20.0, -20.0, 60.0, 20.0), False), ("BRA", WORLD, False)],
)
def test_a_small_state_on_a_map_of_the_world_is_shown_with_its_neighbors_too(own, frame, is_near):
    shades = [Shade("UGA", 3), Shade("TZA", 2)]
    met = [
        {"latitude": 0.5, "longitude": 37.5},
        {"latitude": -6.8, "longitude": 39.3},
        {"latitude": 40, "longitude": 9},
    ]
    near = _around_state(a_map(frame, shades=shades, own=(own,)), met)
    assert (near is not None) is is_near
    if near is not None:
        assert (near.held, near.count, near.title) == (2, 3, "Around Kenya")
        west, south, east, north = near.frame
        assert 15 < west < 30
        assert -20 < south < -10
        assert 45 < east < 60
        assert 10 < north < 20
    assert _around_state(a_map(WORLD, own=("KEN",)), met) is None, "no neighbor is shaded"


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    with open_store(write_subjects(tmp_path_factory.mktemp("sample") / "store")) as store:
        yield store


def test_a_power_that_belongs_to_the_place_is_told(sample):
    rows = sample.rows("SELECT region, states FROM core.region ORDER BY region")
    place, inside = rows[0]["region"], rows[0]["states"][0]
    assert (
        f"{state(inside).name} is itself of the place"
        in compose_comparison(sample, (inside, "BRA"), place, today=TODAY).scope
    )
    assert "itself" not in compose_comparison(sample, ("ARG", "BRA"), place, today=TODAY).scope


def test_an_audience_of_no_state_is_refused(tmp_path):
    made = CliRunner().invoke(main, ["--home", str(tmp_path), "--audience", "nation:ZZZ", "brief", "ISL", "IRL"])
    assert made.exit_code != 0
    assert "ZZZ is the code of no state" in made.output + str(made.exception)
