"""What a map says of itself: its legend and its key, letters large enough for print, and shades told apart in gray."""

import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.brief.blocks import Map, Panel, Point, Shade
from comity.brief.land import disputed_lines
from comity.brief.map_key import map_legend
from comity.brief.map_labels import map_labels
from comity.brief.map_style import (
    AREA,
    CONTESTED,
    INKS,
    LAND,
    OWN,
    PLACE,
    SHADES,
    SIZES,
    STATE,
    WATER_FILL,
    contrast,
    letters_on,
    shade,
)
from comity.brief.maps import WIDTH, draw_map, panel_spec
from comity.brief.page_map import page_map
from comity.brief.palette import INK
from comity.brief.projection import fitted

SEA = (99.0, -5.0, 127.0, 27.0)
WORLD = (-169.0, -57.0, 191.0, 82.0)
PRINT_POINTS = 16.6 / 2.54 * 72  # how wide a picture is on paper


def a_map(frame=SEA, shades=(), points=(), **more):
    held = {"panels": (Panel("2017–2026", tuple(shades), tuple(points)),), "classes": (1, 5, 20), "named": ()}
    told = {"title": "Where", "cites": ("register",), "as_of": "2026", "description": "A map.", "unit": "engagements"}
    return Map(frame=frame, **{**told, **held, **more})


def words_of(drawn):
    return re.findall(r">([^<>]+)</text>", drawn)


def key_of(block):
    """The words below the picture."""
    entries = re.findall(r'<svg class="entry".*?</svg>', draw_map(block), re.DOTALL)
    return [text for entry in entries for text in re.findall(r"<text [^>]*>([^<]+)</text>", entry)]


def test_the_legend_has_every_shade_that_a_map_may_take():
    """A state whose land is in the picture and whose middle is not is shaded too."""
    block = a_map(shades=[Shade("PHL", 9)])
    assert map_legend(block) == [
        ("Engagements: 1–4", shade(block, 1)), ("5–19", shade(block, 5)), ("20 or more", shade(block, 20)),
        ("none listed", LAND),
    ]  # fmt: skip
    assert map_legend(a_map(classes=())) == []
    near = (118.0, 10.0, 126.0, 18.0)
    assert map_legend(a_map(near, own=("PHL",))) == [], "no land but that of the subject"
    assert map_legend(a_map(near, own=("VNM",))) == map_legend(block)


@given(classes=st.sets(st.integers(1, 900), max_size=4), count=st.integers(1, 2000))
def test_whatever_is_painted_stands_in_the_legend(classes, count):
    block = a_map(classes=(1, *sorted(classes - {1})))
    assert shade(block, count) in {color for _, color in map_legend(block)}


def test_the_key_tells_what_is_in_sight_and_nothing_else():
    held = [Point("", 15, 115, 2, "incident"), Point("Paris", 48.8, 2.3, 3, "engagement")]
    assert key_of(a_map((101.0, 6.0, 118.0, 19.0), points=held, own=("VNM", "NOR"))) == [
        "Vietnam",
        "1",
        "2",
        "incidents",
    ]
    assert "disputed" in key_of(a_map((58.0, -2.0, 98.0, 39.0)))
    assert key_of(a_map((-4.0, 44.0, 8.0, 50.0))) == []


def test_a_state_too_small_to_be_shaded_is_a_square_and_the_key_says_so():
    block = a_map((-40.0, -40.0, 120.0, 40.0), [Shade("SGP", 30)], [Point("", 0.0, 20.0, 4, "engagement")])
    assert "state too small to be shaded" in key_of(block)
    spec = panel_spec(block, block.panels[0], fitted(block.frame, WIDTH, 0.9))
    shapes = [layer["mark"]["shape"] for layer in spec["layer"] if layer["mark"]["type"] == "point"]
    assert sorted(shapes) == ["circle", "square"]


def test_a_named_feature_is_no_square():
    assert "named features" in key_of(a_map(points=[Point("Amber Shoal", 10, 115)]))


def test_two_states_side_by_side_differ_and_each_has_its_swatch():
    drawn = draw_map(a_map((60.0, 5.0, 125.0, 55.0), own=("IND", "CHN")))
    assert all(drawn.count(f'fill="{color}"') >= 2 for color in OWN)
    assert {"India", "China"} <= set(words_of(drawn))


def test_disputed_land_is_hatched_with_a_pattern_that_no_other_picture_has():
    blocks = [a_map((58.0, -2.0, 98.0, 39.0), title=title) for title in ("One", "Another")]
    names = [re.findall(r'<pattern id="([^"]+)"', draw_map(block)) for block in blocks]
    assert names[0] != names[1]
    for block, (name,) in zip(blocks, names, strict=True):
        drawn = draw_map(block)
        assert drawn.count(f"url(#{name})") >= 2
        assert f'fill="{CONTESTED}"' not in drawn.split("</defs>")[1]


@pytest.mark.parametrize("frame", [SEA, WORLD])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_no_letters_are_too_small_for_print(frame, count):
    points = [Point("Manila", 14.6, 121.0, 7, "engagement")]
    panels = tuple(Panel(str(year), (Shade("PHL", 9), Shade("SGP", 2)), tuple(points)) for year in range(count))
    drawn = draw_map(a_map(frame, panels=panels, named=("PHL", "VNM"), own=("CHN",)))
    sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)', drawn)]
    assert min(sizes) * PRINT_POINTS / WIDTH >= 7
    assert min(SIZES.values()) * PRINT_POINTS / WIDTH >= 7


def test_shades_are_told_apart_without_color():
    ladder = (WATER_FILL, LAND, *SHADES)
    assert all(contrast(one, other) >= 1.15 for one, other in pairwise(ladder))
    assert all(contrast(one, other) >= 1.25 for one, other in pairwise(SHADES))
    assert contrast(LAND, SHADES[0]) >= 1.25
    assert all(contrast(color, INK) >= 7 for color in OWN), "the line around the subject stands out"


@pytest.mark.parametrize("ground", [*SHADES, *OWN, LAND, CONTESTED, WATER_FILL])
def test_every_name_can_be_read_on_every_ground(ground):
    for style in INKS:
        ink, halo = letters_on(ground, style)
        assert contrast(ink, halo) >= 4.5
        if style in (STATE, PLACE, AREA):
            assert contrast(ink, ground) >= 3


def test_a_name_on_dark_land_is_light():
    block = a_map((-130.0, 20.0, -60.0, 55.0), [Shade("USA", 90)], named=("USA",))
    spec = panel_spec(block, block.panels[0], fitted(block.frame, WIDTH, 0.9))
    rows = [row for layer in spec["layer"] for row in layer["data"].get("values", []) if "ink" in row]
    assert {(row["ink"], row["halo"]) for row in rows if row["text"] == "United States"} == {("#ffffff", SHADES[-1])}


def test_no_name_stands_twice():
    """Singapore is a state and a place, and where engagements and incidents were."""
    points = [Point("Singapore", 1.35, 103.8, 5, what) for what in ("engagement", "incident", "place")]
    block = a_map(shades=[Shade("SGP", 40)], points=points)
    names = [label.text for label in map_labels(block, fitted(SEA, WIDTH), points)]
    assert names.count("Singapore") == 1
    assert len(names) == len(set(names))


def test_the_name_of_the_subject_stands_clear_of_the_edge():
    """The middle of Iran lies at the edge of a map of the Gulf."""
    frame = (45.4, 21.4, 58.6, 32.1)
    projection = fitted(frame, WIDTH, 0.9)
    block = a_map(frame, own=("IRN",))
    (name,) = [label for label in map_labels(block, projection, []) if label.text == "Iran"]
    assert name.box[1] >= 30


def test_the_names_of_an_area_do_not_lie_on_its_lines_where_there_is_sea_beside_it():
    frame = (-20.0, -36.0, 53.0, 38.0)
    projection = fitted(frame, WIDTH, 0.9)
    (name,) = [each for each in map_labels(a_map(frame), projection, []) if each.text.startswith("Western Sahara")]
    left, top, right, bottom = name.box
    lines = [projection(np.array(line)) for each in disputed_lines(projection)
             for line in each["geometry"]["coordinates"]]  # fmt: skip
    points = np.concatenate(lines)
    assert not ((points[:, 0] > left) & (points[:, 0] < right) & (points[:, 1] > top) & (points[:, 1] < bottom)).any()


def test_two_maps_side_by_side_bear_the_names_of_their_states():
    panels = (Panel("One", (Shade("PHL", 9),), ()), Panel("Other", (Shade("VNM", 3),), ()))
    words = words_of(draw_map(a_map(panels=panels, named=("PHL", "VNM", "BRN", "SGP"), own=("CHN",))))
    for name in ("Philippines", "Vietnam", "Brunei", "Singapore", "China"):
        assert words.count(name) >= 2, name


def test_the_world_in_three_spans_bears_no_marks():
    point = Point("", 48.8, 2.3, 3, "engagement")
    panels = tuple(Panel(f"{year}", (Shade("FRA", 9), Shade("SGP", 4)), (point,)) for year in range(3))
    block = a_map(WORLD, panels=panels)
    assert "engagements" not in key_of(block)
    spec = panel_spec(block, panels[0], fitted(WORLD, 222))
    assert not [layer for layer in spec["layer"] if layer["mark"]["type"] == "point"]


@given(longitude=st.floats(-168.9, 190.9), latitude=st.floats(-56, 81))
def test_a_pixel_of_the_world_and_its_place_are_the_same_point(longitude, latitude):
    projection = fitted(WORLD, 690)
    found = projection.inverse(np.array(projection.at(longitude, latitude)))
    away = (found[0] - longitude + 180) % 360 - 180
    assert (away, found[1]) == pytest.approx((0, latitude), abs=1e-6)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_on_a_page_each_panel_and_each_entry_of_the_key_is_a_picture_of_its_own(count):
    spans = [
        Panel(f"Span {number}", (Shade("PHL", 3),), (Point("", 15, 115, 2, "incident"),)) for number in range(count)
    ]
    block = a_map(panels=tuple(spans), own=("VNM",))
    drawn, paged = draw_map(block), page_map(draw_map(block))
    panels, _, key = paged.partition('<div class="key">')
    assert f'class="panels across-{count}"' in panels
    assert panels.count('class="marks"') == count
    assert re.findall(r"<p>([^<]*)</p>", panels) == ([span.title for span in spans] if count > 1 else [])
    assert re.findall(r">([^<>]+)</text>", key) == key_of(block)
    assert key.count("<svg") == drawn.count('class="entry"') > 1
    assert paged.count("<svg") == paged.count("</svg>")
    assert all(f"url(#{name})" in paged for name in re.findall(r'<pattern id="([^"]+)"', paged))
    assert len(re.findall(r"<pattern", paged)) == len(re.findall(r"<pattern", drawn))
