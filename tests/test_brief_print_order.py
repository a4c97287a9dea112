"""Pictures of a printed brief leave no holes: what may become of one, and that no more pages are asked than needed."""

from hypothesis import given
from hypothesis import strategies as st

from comity.brief.print_order import LEAST_HOLE, Arrangement, Laid, Pages, arranged, as_told

HEAD, FOOT = 2.5, 27.3
KINDS_OF = {"p": "picture", "t": "table"}


def sections_of(*kinds):
    """Sections of blocks: p is a picture, t a block that may go over the page."""
    places = iter(range(99))
    return [
        {"blocks": [{"kind": KINDS_OF[kind], "place": next(places), "file": "a.svg"} for kind in each]}
        for each in kinds
    ]


def pages_of(sections, heights):
    """What makes pages of blocks of some heights in cm: pictures stay whole, other blocks go on over the page."""
    kinds = {block["place"]: block["kind"] for section in sections for block in section["blocks"]}
    asked = []

    def ask(tried, seen, down):
        asked.append(tried)
        page, y, laid = 1, max(down, HEAD), []
        for number in range(*seen):
            for place in tried.order[number]:
                high = heights[place] * tried.scales.get(place, 100) / 100
                if kinds[place] == "picture" and y + high > FOOT:
                    page, y = page + 1, HEAD
                start = (page, y)
                y += high
                while y > FOOT:
                    page, y = page + 1, y - FOOT + HEAD
                laid.append(Laid(number, start, (page, y)))
            if {block["place"] for block in sections[number]["blocks"]} - {*tried.order[number]}:
                laid.append(Laid(number, (page, y), (page, y)))
        return Pages(FOOT, tuple(laid))

    return ask, asked


def holes_of(pages):
    return [
        FOOT - before.end[1]
        for before, after in zip(pages.laid, pages.laid[1:], strict=False)
        if after.start[0] > before.end[0] and FOOT - before.end[1] > LEAST_HOLE
    ]


def test_a_picture_stands_after_the_table_that_follows_it():
    sections = sections_of("t", "pt")
    ask, _ = pages_of(sections, {0: 12, 1: 15, 2: 20})
    assert arranged(sections, ask).order == ((0,), (2, 1))


def test_a_picture_that_hardly_finds_no_room_is_a_little_smaller():
    sections = sections_of("t", "p")
    ask, _ = pages_of(sections, {0: 10.5, 1: 15})
    assert arranged(sections, ask) == Arrangement(((0,), (1,)), {1: 94})


def test_a_picture_that_nothing_follows_stands_after_a_block_of_the_next_section():
    sections = sections_of("t", "p", "tt")
    ask, _ = pages_of(sections, {0: 10, 1: 18, 2: 16, 3: 9})
    assert arranged(sections, ask).order == ((0,), (), (2, 1, 3))


def test_where_there_is_no_hole_the_pages_are_asked_once_and_nothing_moves():
    sections = sections_of("t", "pt", "t")
    ask, asked = pages_of(sections, {0: 5, 1: 15, 2: 20, 3: 3})
    assert arranged(sections, ask) == as_told(sections)
    assert len(asked) == 1
    ask, asked = pages_of(sections_of("t", "t"), {0: 5, 1: 15})
    arranged(sections_of("t", "t"), ask)
    assert asked == []


KINDS = st.lists(st.text("pt", max_size=4), min_size=1, max_size=5)


@given(KINDS, st.lists(st.floats(1, 22), min_size=20, max_size=20))
def test_every_block_stands_once_pictures_in_their_order_and_holes_are_no_worse(kinds, heights):
    sections = sections_of(*kinds)
    ask, _ = pages_of(sections, heights)
    made = arranged(sections, ask)
    flat = [place for order in made.order for place in order]
    assert sorted(flat) == list(range(sum(map(len, kinds))))
    for section in sections:
        pictures = [block["place"] for block in section["blocks"] if block["kind"] == "picture"]
        rest = [block["place"] for block in section["blocks"] if block["kind"] != "picture"]
        assert [place for place in flat if place in rest] == rest
        assert [place for place in flat if place in pictures] == pictures
    if len(sections) == 1:
        seen = (0, 1)
        before, after = (sum(hole**2 for hole in holes_of(ask(each, seen, 0.0))) for each in (as_told(sections), made))
        assert after <= before
