"""Pictures of networks: any network is drawn, words do not collide, the same network gives the same bytes."""

from __future__ import annotations

import re
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from comity.errors import BadRequest, UnknownWord
from comity.network import KINDS, Layer, Network, networks
from comity.network.pictures import (
    PICTURES,
    draw_heat_map,
    draw_node_link,
    draw_picture,
    draw_streams,
    draw_timeline,
    layout,
    write_picture,
)
from comity.network.pictures.backbone import backbone, strength, surprise
from comity.network.pictures.bloc_shapes import skin
from comity.network.pictures.canvas import MARGIN, WIDTH, text_width
from comity.network.pictures.heat_map import runs
from comity.network.pictures.spreading import Boxes, spread
from comity.network.pictures.style import BLOCS, FAINT, INK, MUTED, PAPER, STROKES, contrast, stroke_of, tint
from comity.network.pictures.timeline import spans
from comity.vocab.states import states
from pace import at_most

CODES = tuple(states())
LAYERS = ("alliance", "exercise", "visit", "dispute")


def made(codes, year, draw_weight, layers=LAYERS):
    """A network whose weights are given pair by pair."""
    held = {}
    for name in layers:
        weights = np.zeros((len(codes), len(codes)))
        for a, b in combinations(range(len(codes)), 2):
            weights[a, b] = weights[b, a] = draw_weight(name, a, b)
        held[name] = Layer(name, weights, KINDS[name].sign, ("atop",))
    return Network((year, year), tuple(codes), held)


@st.composite
def worlds(draw, most=14, year=2010):
    codes = sorted(draw(st.sets(st.sampled_from(CODES), max_size=most)))
    seed = draw(st.integers(0, 2**16))
    density, unknown = draw(st.floats(0, 1)), draw(st.floats(0, 0.5))
    chance = np.random.default_rng(seed)

    def weight(*_):
        roll = chance.random()
        return np.nan if roll < unknown else float(chance.integers(1, 9)) if chance.random() < density else 0.0

    return made(codes, year, weight)


def random_world(count, share=0.2, seed=3, year=2010):
    chance = np.random.default_rng(seed)
    return made(sorted(CODES[:count]), year, lambda *_: float(chance.random() < share))


def well_formed(svg):
    """The picture as XML with a title and a description, and nothing in it that is no number or no word."""
    tree = etree.fromstring(svg.encode())
    space = "{http://www.w3.org/2000/svg}"
    assert tree.findtext(f"{space}title")
    assert tree.findtext(f"{space}desc")
    assert not re.search(r"\b(nan|inf|None)\b", svg)
    assert "href" not in svg  # it needs no other file
    return tree


def overlapping(boxes):
    return [
        (one, other)
        for (one, a), (other, b) in combinations(boxes.items(), 2)
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]


@given(worlds())
@settings(max_examples=25)
def test_any_network_is_drawn_the_same_way_twice(world):
    for draw in (draw_node_link, draw_heat_map, lambda one: draw_streams([one]), lambda one: draw_timeline([one])):
        svg = draw(world)
        well_formed(svg)
        assert draw(world) == svg


@given(worlds(most=8, year=2009), worlds(most=8), st.data())
@settings(max_examples=25)
def test_any_years_are_drawn(before, after, data):
    chosen = sorted({*before.states, *after.states})
    named = data.draw(st.lists(st.sampled_from(chosen), unique=True, max_size=3)) if chosen else []
    well_formed(draw_streams([before, after]))
    well_formed(draw_timeline([before, after], named))


@given(worlds(most=60))
@settings(max_examples=25)
def test_no_two_labels_touch_and_none_leaves_the_page(world):
    places = layout([world])
    boxes = {state: places.box(state) for state in places.at}
    assert overlapping(boxes) == []
    assert all(left >= MARGIN and right <= WIDTH - MARGIN for left, _, right, _ in boxes.values())


def test_no_two_labels_of_a_full_world_touch():
    places = layout([random_world(230)])
    assert len(places.at) == 230
    assert overlapping({state: places.box(state) for state in places.at}) == []


def test_labels_that_touch_are_seen():
    assert overlapping({"A": (0, 0, 9, 9), "B": (8, 8, 12, 12), "C": (20, 0, 30, 9)}) == [("A", "B")]


@given(st.integers(0, 60), st.floats(1, 40), st.floats(1, 30))
@settings(max_examples=30)
def test_boxes_are_spread_even_where_there_is_no_room(count, wide, high):
    half = np.tile([wide, high], (count, 1))
    found = spread(Boxes(np.full((count, 2), 50.0), half, np.zeros(count, dtype=int)), (0, 0), (100, 100))
    gap = np.abs(found[:, None] - found[None])
    touches = (gap < 2 * np.array([wide, high]) - 1e-6).all(axis=2)
    np.fill_diagonal(touches, False)
    assert not touches.any()


def test_a_state_keeps_its_place_in_all_years_laid_out_together():
    years = [random_world(40, seed=seed, year=1990 + seed) for seed in range(3)]
    drawn = [draw_picture("network", [year], around=years) for year in years]
    at = [dict(re.findall(r'<text x="([^"]+ *" y="[^"]+)" font-size="11"[^>]*>([A-Z]{3})<', svg)) for svg in drawn]
    by_state = [{state: place for place, state in each.items()} for each in at]
    shared = set.intersection(*(set(each) for each in by_state))
    assert len(shared) > 30
    assert all(len({each[state] for each in by_state}) == 1 for state in shared)


def test_partners_stand_nearer_than_strangers():
    # Two blocs of eight without a tie between them, their states taken in turns from the list.
    world = made(CODES[:16], 2010, lambda name, a, b: float(name == "alliance" and a % 2 == b % 2))
    places = layout([world])
    at = np.array([places.at[state] for state in world.states])
    away = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1))
    same = np.arange(16)[:, None] % 2 == np.arange(16)[None] % 2
    assert away[same & ~np.eye(16, dtype=bool)].mean() < 0.8 * away[~same].mean()


@given(worlds(most=20), st.integers(1, 30))
@settings(max_examples=40)
def test_the_backbone_keeps_every_tied_state_and_every_part_whole(world, most):
    weights = strength(world)
    kept = backbone(weights, most)
    assert len(set(kept)) == len(kept)
    assert all(weights[pair] > 0 for pair in kept)
    whole = np.zeros_like(weights, dtype=bool)
    for pair in kept:
        whole[pair] = whole[pair[::-1]] = True
    assert (_reach(whole) == _reach(weights > 0)).all()
    assert len(kept) <= max(most, int((weights > 0).any(axis=1).sum()) - 1, 0)
    assert [weights[pair] for pair in kept] == sorted(weights[pair] for pair in kept)


def _reach(tied):
    reach = tied | np.eye(len(tied), dtype=bool)
    for _ in range(len(tied)):
        reach = reach | (reach.astype(int) @ reach.astype(int) > 0)
    return reach


def test_the_disparity_of_a_tie():
    # Serrano, Boguñá and Vespignani (2009), equation 2: (1 - share) to the power of one less than the degree.
    weights = np.array([[0.0, 8.0, 1.0, 1.0], [8.0, 0.0, 0.0, 0.0], [1.0, 0.0, 0.0, 0.0], [1.0, 0.0, 0.0, 0.0]])
    assert surprise(weights)[0, 1] == pytest.approx(0.2**2)
    assert surprise(weights)[0, 2] == pytest.approx(0.9**2)


def test_a_dense_picture_says_how_many_ties_it_shows():
    svg = draw_node_link(random_world(60, 0.6), most=50)
    assert re.search(r"The strongest \d+ of 1,\d+ bound pairs", svg)
    assert "disparity filter" in svg


def test_the_unknown_is_said_and_hatched():
    world = made(("FRA", "GBR", "USA"), 2010, lambda _, a, b: 1.0 if (a, b) == (0, 1) else np.nan, ("alliance",))
    assert "33 % of pairs known" in draw_node_link(world)
    assert 'fill="url(#unknown)"/>' in draw_heat_map(world)
    assert 'fill="url(#unknown)"/>' in draw_timeline([world], ("FRA", "USA"))
    assert 'fill="url(#unknown)"/>' not in draw_timeline([world], ("FRA", "GBR"))


def test_states_without_a_tie_are_set_apart():
    world = made(CODES[:40], 2010, lambda name, a, b: float(name == "alliance" and b < 30))
    assert f"10 states without a known tie: {' '.join(CODES[30:40])}" in draw_node_link(world)


@given(st.integers(1, 12), st.integers(0, 2**16))
def test_rectangles_cover_just_the_cells_that_hold(count, seed):
    cells = np.random.default_rng(seed).random((count, count)) < 0.5
    covered = np.zeros((count, count), dtype=int)
    for row, column, wide, high in runs(cells):
        covered[row : row + high, column : column + wide] += 1
    assert (covered == cells).all()


@given(st.lists(st.booleans(), max_size=20))
def test_spans_cover_just_the_years_that_hold(flags):
    assert [year for first, last in spans(np.array(flags, dtype=bool)) for year in range(first, last)] == [
        year for year, flag in enumerate(flags) if flag
    ]


@given(st.lists(st.tuples(st.integers(0, 600), st.integers(0, 600)), unique=True, max_size=14))
def test_a_hull_is_in_one_piece(points):
    made_of = skin(points, [])
    joined = list(range(len(points)))
    for a, b in [
        *made_of.lines,
        *made_of.bridges,
        *(pair for three in made_of.triangles for pair in combinations(three, 2)),
    ]:
        joined = [joined[a] if held == joined[b] else held for held in joined]
    assert len(set(joined)) <= 1


def test_every_layer_has_a_look_of_its_own_that_stands_out():
    assert set(STROKES) == set(KINDS)
    assert len(set(STROKES.values())) == len(STROKES)
    assert all(contrast(stroke.color) >= 3 for stroke in STROKES.values())
    reds = {name for name, stroke in STROKES.items() if stroke.color == STROKES["dispute"].color}
    assert reds == {name for name, kind in KINDS.items() if kind.sign < 0}
    assert all(STROKES[name].dash for name in reds)


def test_words_can_be_read_on_what_they_stand_on():
    assert contrast(INK) >= 7
    assert min(contrast(MUTED), contrast(FAINT)) >= 4
    assert all(contrast(INK, tint(color, 0.32)) >= 4.5 for color in BLOCS)
    assert contrast("#777777") == pytest.approx(4.48, abs=0.01)  # as the WCAG's own examples have it
    assert contrast(PAPER) == 1


def test_what_cannot_be_drawn_is_refused(tmp_path):
    world = random_world(4)
    with pytest.raises(UnknownWord, match="'handshake' has no color"):
        stroke_of("handshake")
    with pytest.raises(BadRequest, match="'pie' is no picture; pictures are network"):
        draw_picture("pie", [world])
    with pytest.raises(BadRequest, match=r"written as \.svg, \.png, not '\.gif'"):
        write_picture("<svg/>", tmp_path / "a.gif")
    with pytest.raises(BadRequest, match="ZZZ was no member"):
        draw_timeline([world], ("ZZZ",))
    for draw in (draw_streams, draw_timeline):
        with pytest.raises(BadRequest, match="at least one year"):
            draw([])


def test_widths_are_those_of_helvetica():
    # Adobe's metrics of Helvetica: H 722, e 556, l 222, o 556.
    assert text_width("Hello", 10) == pytest.approx(7.22 + 5.56 + 2 * 2.22 + 5.56)


def test_a_large_picture_is_drawn_at_once():
    world = random_world(195, 0.25)
    with at_most(3.0):
        draw_node_link(world)


def test_pictures_of_the_register_are_drawn(register_store):
    years = list(networks(register_store, (2019, 2021), ("alliance", "exercise", "incident")))
    for name in PICTURES:
        well_formed(draw_picture(name, years if name in ("blocs", "timeline") else years[-1:]))
