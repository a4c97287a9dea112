"""Maps of briefs: places fall where the charting library puts them, names cover no other, and no side is taken."""

import itertools
import json
import math
import re

import numpy as np
import pytest
import vl_convert
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.brief.blocks import Map, Panel, Point, Shade
from comity.brief.land import disputed_lines, land_features
from comity.brief.map_labels import map_labels
from comity.brief.map_style import CONTESTED, LAND, OWN, SHADES, shade
from comity.brief.mapping import classes, classes_in, frame_of
from comity.brief.maps import _graticule, draw_map, panel_spec
from comity.brief.projection import fitted
from comity.vocab.geometry import disputed_areas, world

SEA = (99.0, -5.0, 127.0, 27.0)
WORLD = (-169.0, -57.0, 191.0, 82.0)
FRAMES = [SEA, WORLD, (-25.0, 33.0, 48.0, 72.0), (130.0, 20.0, 293.0, 55.0), (22.0, 34.0, 30.0, 42.0)]


def a_map(frame=SEA, shades=(), points=(), **more):
    held = {"panels": (Panel("2017–2026", tuple(shades), tuple(points)),), "classes": (1, 5, 20), "named": ()}
    told = {"title": "Where", "cites": ("register",), "as_of": "2026", "description": "A map.", "unit": "engagements"}
    return Map(frame=frame, **told, **{**held, **more})


@pytest.mark.parametrize("frame", FRAMES)
def test_places_fall_where_the_charting_library_puts_them(frame):
    projection = fitted(frame, 690)
    west, south, east, north = frame
    places = [
        {"x": west + (east - west) * across, "y": south + (north - south) * up}
        for across, up in ((0.3, 0.3), (0.7, 0.6))
    ]
    places = [{"x": (place["x"] + 180) % 360 - 180, "y": place["y"]} for place in places]
    spec = {
        "width": projection.width, "height": projection.height, "padding": 0, "autosize": {"type": "none"},
        "projection": projection.spec(), "data": {"values": places}, "mark": "circle",
        "encoding": {
            name: {"field": field, "type": "quantitative"} for name, field in (("longitude", "x"), ("latitude", "y"))
        },
    }  # fmt: skip
    drawn = vl_convert.vegalite_to_svg(json.dumps(spec), vl_version="6.4")
    marks = re.findall(r'<path[^>]*transform="translate\(([-\d.]+),\s*([-\d.]+)\)"', drawn)
    assert len(marks) == len(places)
    for place, (x, y) in zip(places, marks, strict=True):
        assert projection.at(place["x"], place["y"]) == pytest.approx((float(x), float(y)), abs=0.05)


@given(x=st.floats(0, 690), y=st.floats(0, 500))
def test_a_pixel_and_its_place_are_the_same_point(x, y):
    projection = fitted(SEA, 690)
    place = projection.inverse(np.array([x, y]))
    assert projection(place).tolist() == pytest.approx([x, y], abs=1e-6)


@given(
    west=st.floats(-180, 150), south=st.floats(-55, 50), wide=st.floats(9, 200), high=st.floats(8, 30)
)  # fmt: skip
def test_a_frame_lies_in_its_picture(west, south, wide, high):
    projection = fitted((west, south, west + wide, south + high), 690)
    for across in (0, 0.5, 1):
        for up in (0, 0.5, 1):
            x, y = projection.at(west + wide * across, south + high * up)
            assert -1 <= x <= 691
            assert -1 <= y <= projection.height + 1


@pytest.mark.parametrize("frame", [*FRAMES, (10.0, 60.0, 40.0, 81.0), (160.0, -30.0, 200.0, 10.0)])
def test_the_net_of_lines_around_a_picture_looks_as_one_around_the_globe(frame):
    projection = fitted(frame, 690)
    around = _graticule(projection)
    whole = around | {"data": {"graticule": {"step": around["data"]["graticule"]["step"]}}}
    one, other = (on_lines(projection, layer) for layer in (around, whole))
    for points, others in ((one, other), (other, one)):
        # What runs along the edge may lie to either side of it.
        middle = np.array([projection.width, projection.height]) / 2
        inside = points[(np.abs(points - middle) < middle - 6).all(axis=1)]
        apart = np.hypot(*(inside[:, None, :] - others[None, :, :]).transpose(2, 0, 1))
        assert apart.min(axis=1).max() < 3


def on_lines(projection, layer):
    """Points on what the library draws of a layer, none further from the next than five pixels."""
    size = {"width": projection.width, "height": projection.height, "padding": 0, "autosize": {"type": "none"}}
    spec = size | {"projection": projection.spec(), "layer": [layer], "config": {"view": {"stroke": None}}}
    drawn = vl_convert.vegalite_to_svg(json.dumps(spec)).partition("layer_0_marks")[2]
    points = []
    for line in re.findall(r"M([-.0-9,L]+)", drawn):
        ends = [np.array(list(map(float, each.split(",")))) for each in line.split("L")]
        for start, end in itertools.pairwise(ends):
            points.extend(np.linspace(start, end, 2 + int(np.hypot(*(end - start)) / 5)))
    return np.array(points)


@pytest.mark.parametrize("frame", FRAMES)
def test_rings_turn_so_that_the_inside_is_the_inside(frame):
    fills = dict.fromkeys(range(len(world().units)), LAND)
    features = land_features(fitted(frame, 690), fills, "#000000")
    assert features
    for feature in features:
        for polygon in feature["geometry"]["coordinates"]:
            for place, ring in enumerate(polygon):
                points = np.array(ring)
                x, y = points[:, 0], points[:, 1]
                area = (x[:-1] * y[1:] - x[1:] * y[:-1]).sum()
                assert (area < 0) == (place == 0)


@settings(max_examples=25)
@given(
    points=st.lists(
        st.builds(Point, st.text("abc def", max_size=18), st.floats(-4, 26), st.floats(100, 126), st.integers(0, 60)),
        max_size=25,
    )
)
def test_no_name_covers_another_or_leaves_the_picture(points):
    projection = fitted(SEA, 690)
    block = a_map(points=points, named=("PHL", "VNM", "CHN"))
    boxes = [label.box for label in map_labels(block, projection, points)]
    for place, (left, top, right, bottom) in enumerate(boxes):
        assert left >= 0
        assert top >= 0
        assert right <= projection.width
        assert bottom <= projection.height
        for other in boxes[place + 1 :]:
            assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top


@given(st.lists(st.integers(0, 5000)))
def test_classes_rise_from_one_and_the_last_is_used(counts):
    found = classes(counts)
    assert list(found) == sorted(set(found))
    assert bool(found) == (max(counts, default=0) > 0)
    assert len(found) <= len(SHADES)
    if found:
        assert found[0] == 1
        assert found[-1] <= max(counts)


@given(st.integers(0, 400), st.integers(0, 400))
def test_more_is_never_lighter(one, two):
    block = a_map(classes=(1, 3, 10, 50, 200))
    order = (LAND, *SHADES)
    least, most = sorted((one, two))
    assert order.index(shade(block, least)) <= order.index(shade(block, most))
    assert (shade(block, least) == LAND) == (least == 0)


def test_classes_are_those_of_the_states_in_sight():
    far = [Shade("PER", 1), Shade("CHL", 2), Shade("BOL", 3)]
    near = [Shade("PHL", 40), Shade("VNM", 80)]
    assert classes_in([*far, *near], SEA) == classes([40, 80])
    assert classes_in(far, SEA) == classes([1, 2, 3])


def test_disputed_ground_is_gray_whatever_its_claimants_have():
    block = a_map((58.0, -2.0, 98.0, 39.0), [Shade("IND", 90), Shade("PAK", 3), Shade("CHN", 90)], own=("PAK",))
    spec = panel_spec(block, block.panels[0], fitted(block.frame, 690))
    fills = {feature["properties"]["fill"] for layer in spec["layer"] for feature in values(layer) if fill(feature)}
    assert {CONTESTED, OWN[0], SHADES[-1]} <= fills
    assert disputed_lines(fitted(block.frame, 690))
    words = [row["text"] for layer in spec["layer"] for row in values(layer) if "text" in row]
    assert "(India, Pakistan)" in words


def values(layer):
    held = layer["data"].get("values", [])
    return held if isinstance(held, list) else []


def fill(feature):
    return isinstance(feature.get("properties"), dict) and "fill" in feature["properties"]


@pytest.mark.parametrize("area", disputed_areas(), ids=lambda area: area.name)
def test_a_disputed_area_bears_every_side_on_a_map_around_it(area):
    longitude, latitude = area.at
    span = min(area.shown_km, 1000) / 111 / 2
    across = span / math.cos(math.radians(latitude))
    frame = (longitude - across * 0.8, latitude - span * 0.6, longitude + across * 0.8, latitude + span * 0.6)
    names = {label.text for label in map_labels(a_map(frame), fitted(frame, 690), [])}
    assert area.name in names


@pytest.mark.parametrize("area", disputed_areas(), ids=lambda area: area.name.split()[0])
def test_a_large_mark_on_a_disputed_area_takes_its_name_from_none(area):
    longitude, latitude = area.at
    span = min(area.shown_km, 1000) / 111 / 2
    across = span / math.cos(math.radians(latitude))
    frame = (longitude - across * 0.8, latitude - span * 0.6, longitude + across * 0.8, latitude + span * 0.6)
    mark = Point("", latitude, longitude, 20, "incident")
    names = {label.text for label in map_labels(a_map(frame), fitted(frame, 690), [mark])}
    assert area.name in names


def test_the_frame_of_a_pair_across_the_date_line_holds_both():
    west, south, east, north = frame_of(("USA", "JPN"))
    assert 100 < west < 140
    assert 280 < east < 310
    assert south < 30
    assert north > 45
    assert frame_of(("GRC", "TUR"))[2] < 60


def test_a_map_is_the_same_each_time_and_holds_no_address():
    block = a_map(points=[Point("<b>Manila</b>", 14.6, 121.0, 7, "engagement")], shades=[Shade("PHL", 9)])
    drawn = draw_map(block)
    assert drawn == draw_map(block)
    assert "<b>" not in drawn
    assert not re.findall(r'(?:href|src)="', drawn)
    assert re.findall(r'https?://[^"]*', drawn.replace("http://www.w3.org", "")) == []


def test_panels_share_their_shades_and_bear_their_years():
    spans = [Panel(f"{first}–{first + 4}", (Shade("PHL", first - 2000),), ()) for first in (2011, 2016, 2021)]
    drawn = draw_map(a_map(panels=tuple(spans)))
    for span in spans:
        assert span.title in drawn
    assert drawn.count('class="marks"') == 3
