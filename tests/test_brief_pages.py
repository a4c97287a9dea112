"""The pages of a PDF brief: rows stay whole, heads are never alone, days unbroken, and pictures leave no holes."""

from __future__ import annotations

import dataclasses
import io
import json
import re

import pypdf
import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from brief_samples import TODAY
from comity.brief.blocks import (
    Chart,
    Column,
    Count,
    Figure,
    KeyFigures,
    Map,
    Network,
    Node,
    Note,
    Panel,
    Point,
    Row,
    Shade,
    Table,
)
from comity.brief.composing import Brief, Section
from comity.brief.pdf import render_pdf
from comity.brief.pictures import rows_of
from comity.brief.print_columns import LONGEST, PADDING, TEXT_WIDTH, Content, column_points, pieces, text_width
from comity.brief.printed import printed
from comity.brief.references import Reference
from comity.brief.sections.ties import LAYER_TITLES
from comity.brief.seen import seen
from comity.network import Tie, layout
from comity.vocab.states import states

CITED = {"cites": ("register",), "as_of": "2026"}
COLUMNS = (Column("State"), Column("What", "words"), Column("Day", "date"), Column("People", "number"))


def brief_of(*blocks):
    source = Reference(1, "register", True, "the register", "The register.", "Version 1.", None)
    told = {"title": "A brief", "kind": "pair", "scope": "Two states.", "as_of": TODAY, "audience": "owner"}
    return Brief(**told, version="1", sections=(Section("What is known", blocks),), references=(source,), command="c")


def pages(*blocks):
    """The text of each page."""
    read = pypdf.PdfReader(io.BytesIO(render_pdf(brief_of(*blocks))))
    return [page.extract_text() for page in read.pages]


def row(name, what="a visit", details=(), group=""):
    cells = (name, what, "19 Jan 1974 to 20 Jan 1974", 1200)
    return Row(cells=cells, refs=("register",), details=tuple(details), group=group)


def table(*rows, **more):
    return Table(columns=COLUMNS, rows=rows, title="Many", **CITED, **more)


def fillers(count):
    return [Note(text=f"Line {number}.", **CITED) for number in range(count)]


def chart(title="Years"):
    counts = tuple(Count(year, "exercise", year - 2000) for year in range(2001, 2027))
    told = {"unit": "acts", "categories": ("exercise",), "complete": frozenset(), "description": "How to read it."}
    return Chart(title=title, years=(2001, 2026), counts=counts, **told, **CITED)


def network(layers):
    codes = [code for code in sorted(states()) if code.isalpha()][:6]
    places = layout([], [codes])
    nodes = tuple(Node(code, code, *places[code], is_inner=True) for code in codes)
    ties = tuple(
        Tie(codes[0], other, layer, weight, ("register",))
        for layer in layers
        for weight, other in enumerate(codes[1:4], 1)
    )
    return Network(nodes=nodes, ties=ties, layers=layers, description="How to read it.", title="Ties", **CITED)


WORDS = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=30)
CELLS = st.lists(WORDS, max_size=12).map(" ".join)
TABLES = st.integers(1, 9).flatmap(
    lambda rows: st.lists(st.lists(CELLS, min_size=rows, max_size=rows), min_size=1, max_size=9)
)


@given(TABLES, st.booleans())
def test_columns_fit_the_page_and_keep_words_whole_where_there_is_room(columns, is_full):
    held = [Content("Head", cells) for cells in columns]
    widths = column_points(held, is_full=is_full)
    assert sum(widths) <= TEXT_WIDTH + 1e-6
    assert min(widths) > 0
    least = [
        max(text_width("Head", 7.8), *(min(text_width(word), LONGEST) for cell in cells for word in pieces(cell)), 0.0)
        for cells in columns
    ]
    if sum(least) + PADDING * len(least) + 4 * len(least) < TEXT_WIDTH:
        assert all(width >= need + PADDING - 1e-6 for width, need in zip(widths, least, strict=True))
        assert not is_full or sum(widths) == pytest.approx(TEXT_WIDTH)


def test_a_column_of_few_words_does_not_stand_on_many_short_lines():
    """One row alone has a long place: to widen the column saves fewest lines, and yet it is not squeezed."""
    acts = ["An exercise with a name of so many words that it never stands on fewer than three lines"] * 20
    places = ["Latvia"] * 19 + ["Some air base, the Netherlands, and the North Sea"]
    columns = [
        Content("Engagement", acts),
        Content("Place", places),
        Content("Standing", ["signed only", "in force"] * 10),
    ]
    others = [Content("Parties", ["NATO, Norway, Sweden, Finland, Denmark and 24 others"] * 20)] * 2
    widths = column_points([*columns, *others])
    assert widths[1] >= 54
    assert widths[2] - PADDING >= text_width("signed only")


def test_a_line_is_never_wider_than_it_was_taken_to_be():
    """Else a day would be parted at the end of a column made for it."""
    signs = "".join(map(chr, range(33, 127))) + "–—’“”éÅüÇ"
    told = [*signs, *(f"{one}{other}" for one in signs for other in "aAT.1–"), "20 Apr 2026", "1815–2018", "Türkiye"]
    source = '#set text(font: "Libertinus Serif", size: 8.6pt, number-type: "lining")\n' + (
        '#context [#metadata(json("told.json").map(each => measure(text(each)).width.pt()))<wide>]'
    )
    inputs = {"main.typ": source.encode(), "told.json": json.dumps(told).encode()}
    wide = json.loads(typst.query(inputs, "<wide>", field="value", one=True, ignore_system_fonts=True))
    assert all(width <= text_width(each) + 0.05 for width, each in zip(wide, told, strict=True))


def test_a_row_is_on_one_page_with_its_accounts():
    rows = [row(f"row-{n}-", details=(f"One said {n}-a. " * 9, f"Other said {n}-b. " * 9)) for n in range(40)]
    told = pages(table(*rows))
    assert len(told) > 2
    for number in range(40):
        (page,) = (" ".join(page.split()) for page in told if f"row-{number}-" in page)
        assert page.count(f"said {number}-a.") == page.count(f"said {number}-b.") == 9


def test_a_table_begins_with_three_rows_and_ends_with_one_beside_its_note():
    for count in range(12, 22, 2):
        rows = [row(f"row-{number}-") for number in range(50)]
        told = pages(*fillers(count), table(*rows, note="All were counted."))
        (first,) = (page for page in told if "Many" in page)
        assert "row-2-" in first
        (last,) = (page for page in told if "All were counted." in page)
        assert "row-49-" in last


@pytest.mark.parametrize("count", [1, 3, 6, 12, 40])
def test_a_table_of_groups_and_unverified_rows_keeps_all_its_words(count):
    rows = [dataclasses.replace(row(f"row-{n}-", group=f"g{n // 2}"), verification="unverified") for n in range(count)]
    told = "".join(pages(table(*rows)))
    assert all(f"row-{number}-" in told for number in range(count))
    assert told.count("unverified") == count


def test_days_are_not_parted_and_heads_may_be():
    long = "A long text that takes the room which there is and leaves the other columns what they need. " * 3
    lines = "\n".join(pages(table(*(row("Some state", long) for _ in range(9))))).splitlines()
    assert not [line for line in lines if re.search(r"\b\d{1,2} Jan$|\bJan$|^1974", line.strip())]
    assert sum("20 Jan 1974" in line for line in lines) == 9


@pytest.mark.parametrize(
    "held",
    [
        row("tall", "word " * 3000),
        row("told", details=("word " * 3000, "word " * 9)),
        row("many", details=["word " * 50] * 60),
        row("W" * 3000 + " word" * 3000),
    ],
)
@pytest.mark.parametrize("after", [0, 3])
def test_what_is_higher_than_a_page_goes_on_over_it(held, after):
    told = pages(table(*[row("before")] * 8, held, *[row("after")] * after))
    assert "".join(told).count("word") == sum(text.count("word") for text in (*held.cells[:2], *held.details))
    assert "".join("".join(told).split()).count("W") >= held.cells[0].count("W")


def test_a_picture_that_finds_no_room_stands_after_what_follows_it_with_all_its_words():
    moved = set()
    for count in range(6, 18, 2):
        told = pages(*fillers(count), chart(), *(Note(text=f"After {number}.", **CITED) for number in range(30)))
        (page,) = (page for page in told if "Years" in page)
        assert "How to read it." in page
        moved.add("".join(told).index("After 0.") < "".join(told).index("Years"))
    assert moved == {True, False}


@pytest.mark.parametrize("rows", [9, 60])
def test_no_picture_stands_inside_a_table(rows):
    for count in range(6, 18, 3):
        charts = [chart(f"Chart {number}") for number in (1, 2)]
        told = "".join(pages(*fillers(count), *charts, table(*(row(f"row-{number}-") for number in range(rows)))))
        first, last = told.index("row-0-"), told.index(f"row-{rows - 1}-")
        assert "Chart" not in told[first:last]
        assert "How to read it." not in told[first:last]


def test_pictures_keep_their_order_where_one_of_them_moves():
    for count in range(6, 16, 3):
        charts = [chart(f"Chart {number}") for number in (1, 2, 3)]
        told = "".join(pages(*fillers(count), *charts, *fillers(30)))
        last = [told.rindex(f"Chart {number}") for number in (1, 2, 3)]
        assert last == sorted(last)


def test_numbers_of_key_figures_stand_on_one_line():
    units = (
        "acts",
        "states that are bound to fight beside it",
        "visits",
        "acts",
        "a unit of many words that wrap",
        "x",
    )
    figures = tuple(Figure(1111 + place, unit, "2017–2026", ("register",)) for place, unit in enumerate(units))
    found = {}

    def visit(text, page, line, *_):
        if re.fullmatch(r"1,11\d", text.strip()):
            found[text.strip()] = round(line[4] * page[1] + line[5] * page[3] + page[5], 1)

    made = render_pdf(brief_of(KeyFigures(figures=figures, **CITED)))
    pypdf.PdfReader(io.BytesIO(made)).pages[0].extract_text(visitor_text=visit)
    assert len(found) == 6
    heights = [found[f"{1111 + place:,}"] for place in range(6)]
    assert len(set(heights[:3])) == len(set(heights[3:])) == 1
    assert heights[0] > heights[3]


def test_rows_of_a_picture_say_which_layers_they_show_each_once():
    held = network(("alliance", "agreement", "exercise", "visit"))
    (block,) = printed(brief_of(held)).values["sections"][0]["blocks"]
    told = [part["alt"] for part in block["parts"]]
    assert len(told) == len(rows_of(held)) > 1
    assert all(sum(LAYER_TITLES[layer] in each for each in told) == 1 for layer in held.layers)
    assert not any("row" in each for each in told)
    assert block["note"] not in told


def test_what_a_map_shows_is_said_of_each_of_its_panels():
    spans = {"2011–2015": (("FRA", 3), ("JPN", 9)), "2016–2020": (), "2021–2025": (("KEN", 1),)}
    panels = tuple(
        Panel(title, tuple(Shade(*shade) for shade in shades), (Point("Naha", 26.2, 127.7, 1, "incident"),))
        for title, shades in spans.items()
    )
    told = {"frame": (0, 0, 1, 1), "classes": (1,), "unit": "acts", "named": (), "description": "How to read it."}
    assert seen(Map(title="Spans", panels=panels, **told, **CITED)) == (
        "Spans: 2011–2015, 2 states shaded by acts, most for Japan (9) and France (3), 1 place marked; "
        "2016–2020, no state shaded, 1 place marked; 2021–2025, 1 state shaded by acts, "
        "most for Kenya (1), 1 place marked."
    )
    assert seen(Note(text="No picture.", **CITED)) == ""
