"""What a brief looks like on each medium: nothing cut to no sense, commands as code, groups and contents kept."""

import dataclasses
import io
import math
import re
import zipfile
from itertools import combinations

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from brief_samples import TODAY, blocks_of, write_sample
from comity.brief import Chart, Table, compose, render_html, render_markdown, render_terminal
from comity.brief.blocks import Caveat, Column, Count, Judgements, Network, Node, Note, Row, Sentence, citations
from comity.brief.composing import Brief, Section
from comity.brief.pdf import render_pdf
from comity.brief.pictures import MOST_LINES, WIDTH, draw_network, panels_of, rows_of, undrawn
from comity.brief.printed import printed
from comity.brief.references import Reference
from comity.brief.terminal_chart import spans
from comity.brief.terminal_columns import broken_cell, laid_out
from comity.brief.word import render_docx
from comity.network import Tie, layout
from comity.store import open_store
from comity.vocab.states import states

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CITED = {"cites": ("register",), "as_of": "2026"}
COMMAND = "It was not worked out: `comity brief --prepare` does it once, and `x` is no command."


def brief_of(*blocks):
    source = Reference(1, "register", True, "the register", "The register.", "Version 1.", None)
    told = {"title": "A brief", "kind": "pair", "scope": "Two states.", "as_of": TODAY, "audience": "owner"}
    return Brief(**told, version="1", sections=(Section("What is known", blocks),), references=(source,), command="c")


def table(columns, *rows, **more):
    return Table(columns=columns, rows=tuple(Row(cells=cells, refs=("register",)) for cells in rows), **CITED, **more)


WIDE = table(
    (Column("Text", "text"), Column("Parties"), Column("Since", "date"), Column("Standing"), Column("Checked", "date")),
    ("A treaty of amity and cooperation among many states", "PHL, ARG, AUS", "signed 24 Feb 1976", "signed only", "–"),
)
TIES = table(
    (Column("Pair"), *(Column(title, "number") for title in ("Alliances", "Information", "Exercises", "Dialogues"))),
    ("PHL–USA", 1, 1, 102, 16),
    title="Ties",
)


def test_no_cell_of_a_terminal_is_cut_where_it_can_break():
    made = render_terminal(brief_of(WIDE, TIES), 80)
    assert "…" not in made.partition("SOURCES")[0]
    for word in ("signed", "only", "24 Feb 1976", "Alliances", "Information", "Dialogues", "cooperation"):
        assert word in made
    assert max(map(len, made.splitlines())) <= 80


def test_columns_without_room_are_named():
    titles = [2 * word for word in ("alphabetic", "benevolent", "capability", "diplomatic", "excellence")]
    wide = table((Column("Name"), *(Column(title, "number") for title in titles)), ("One", 1, 2, 3, 4, 5))
    made = render_terminal(brief_of(wide), 80)
    assert "For want of room in the HTML only: diplomaticdiplomatic, excellenceexcellence." in made
    assert "alphabeticalphabetic" in made
    assert "…" not in made.partition("SOURCES")[0]


words = st.text(st.sampled_from("abc -,"), max_size=40)


@given(rows=st.lists(st.tuples(words, words, words), min_size=1, max_size=4), room=st.integers(12, 120))
def test_a_layout_fits_its_room_and_keeps_the_name(rows, room):
    layout = laid_out((Column("Name"), Column("Kind"), Column("Words", "words")), (0, 6), rows, room)
    taken = sum(layout.widths) + layout.gap * (len(layout.widths) - 1)
    assert 0 in layout.places
    assert taken + (layout.cited + layout.gap if layout.cited else 0) <= max(room, layout.widths[0])
    assert len(layout.places) + len(layout.left_out) == 3 + (layout.cited == 0)


@given(text=words, width=st.integers(4, 30))
def test_a_broken_cell_keeps_every_letter_and_its_width(text, width):
    made = broken_cell(text, width)
    assert re.sub(r"\s", "", made) == re.sub(r"\s", "", text)
    assert max(map(len, made.split("\n"))) <= width


def test_a_table_without_short_rows_is_one_line_in_a_terminal():
    made = render_terminal(brief_of(table((Column("Part"),), ("Troops",), title="Made of", short_rows=0)), 80)
    assert "Made of: 1 row, in the HTML. #1" in made
    assert "more in the HTML\n" not in made.partition("SOURCES")[0]


def a_chart(counts, years=(2001, 2026)):
    held = tuple(Count(year, "exercise", count) for year, count in counts.items())
    told = {"title": "Years", "unit": "acts", "categories": ("exercise",), "complete": frozenset(), "description": ""}
    return Chart(years=years, counts=held, **told, **CITED)


def test_years_of_nothing_listed_share_a_line_so_that_those_with_something_are_seen():
    made = render_terminal(brief_of(a_chart({2003: 2, 2025: 1})), 80)
    assert re.search(r"2004–2024 +–\n", made)
    assert re.search(r"2003 +2 █+", made)
    assert len(re.findall(r"^ +20\d\d(?:–20\d\d)? ", made, re.M)) == 6


@given(st.dictionaries(st.integers(1990, 2020), st.sampled_from([None, 0, 1, 5]), min_size=1))
def test_lines_of_a_chart_hold_every_year_once(totals):
    totals = {year: totals.get(year) for year in range(min(totals), max(totals) + 1)}
    made = spans(totals, lambda year: year % 7 == 0)
    assert [year for first, last in made for year in range(first, last + 1)] == list(totals)
    assert all(totals[year] == totals[first] for first, last in made for year in range(first, last + 1))
    assert all(first == last or not totals[first] for first, last in made)


@pytest.mark.parametrize("kind", [Note, Caveat])
def test_commands_are_code_and_no_backtick_is_printed(kind):
    made = brief_of(kind(text=COMMAND, **CITED))
    assert "<code>comity brief --prepare</code>" in render_html(made)
    assert "`comity brief --prepare` does" in render_markdown(made)
    with zipfile.ZipFile(io.BytesIO(render_docx(made))) as package:
        tree = etree.fromstring(package.read("word/document.xml"))
    coded = [run for run in tree.iter(f"{W}r") if "".join(run.itertext()) == "comity brief --prepare"]
    assert [run.find(f"{W}rPr/{W}rFonts").get(f"{W}ascii") for run in coded] == ["Courier New"]
    page = pypdf.PdfReader(io.BytesIO(render_pdf(made))).pages[0].extract_text()
    assert "`comity" not in page
    assert "brief --prepare" in " ".join(page.split())


def grouped():
    rows = tuple(Row(cells=("Belarus", str(place)), refs=("register",), group=name)
                 for place, name in enumerate(("Member", "Member", "Observer")))  # fmt: skip
    return Table(columns=(Column("State"), Column("Since")), rows=rows, title="Who belongs", **CITED)


def test_markdown_says_in_which_group_a_row_stands():
    lines = render_markdown(brief_of(grouped())).splitlines()
    assert [line for line in lines if "**" in line] == ["| **Member** |  |  |", "| **Observer** |  |  |"]
    assert lines.index("| **Observer** |  |  |") == lines.index("| Belarus | 2 | \\[1\\] |") - 1


def test_a_group_of_a_printed_table_never_ends_a_page():
    groups = {f"row {place}": f"Group {place // 3}" for place in range(99)}
    rows = tuple(Row(cells=(name, "x"), refs=("register",), group=group) for name, group in groups.items())
    held = Table(columns=(Column("State"), Column("Since")), rows=rows, title="Many", **CITED)
    for page in pypdf.PdfReader(io.BytesIO(render_pdf(brief_of(held)))).pages:
        told = [line for line in page.extract_text().splitlines() if line.startswith(("row", "Group"))]
        assert not told or told[-1].startswith("row")


def test_what_is_not_known_lists_the_sources_of_the_brief_and_counts_the_others(tmp_path_factory):
    with open_store(write_sample(tmp_path_factory.mktemp("forms") / "store")) as store:
        made = compose(store, ("ISL", "IRL"), today=TODAY)
    (reach,) = (block for block in blocks_of(made, Table) if block.title == "How far each source reaches")
    cited = {key for section in made.sections[:-1] for block in section.blocks for key in citations(block)}
    shown = {row.refs[0] for row in reach.rows}
    loaded = {name for name, about in store.abouts().items() if about.coverage}
    assert shown == loaded & cited
    left = len(store.abouts().keys() - cited)
    assert ("loaded" in reach.note.partition("see.")[2]) == bool(left)
    assert reach.basis.bears(reach.note)


def network_of(count, ties):
    codes = [code for code in sorted(states()) if code.isalpha()][:count]
    places = layout([], [codes])
    held = tuple(Tie(codes[one], codes[two], "exercise", weight, ("register",)) for one, two, weight in ties)
    nodes = tuple(Node(code, code, *places[code], is_inner=True) for code in codes)
    return Network(nodes=nodes, ties=held, layers=("exercise",), description="", title="", **CITED)


PAIRS = st.sets(st.tuples(st.integers(0, 39), st.integers(0, 39)).filter(lambda pair: pair[0] < pair[1]), min_size=1)


@given(PAIRS, st.integers(1, 9), st.booleans())
def test_a_picture_of_ties_draws_no_more_lines_than_can_be_followed_and_says_what_it_leaves_out(pairs, most, is_level):
    ties = [(one, two, 1 if is_level else 1 + (one * two) % most) for one, two in sorted(pairs)]
    drawn = draw_network(network_of(40, ties))
    lines = drawn.count("<path")
    assert lines <= MOST_LINES
    assert (f"strongest {lines} of {len(ties):,}" in drawn) == (0 < lines < len(ties))
    assert ("not drawn" in drawn) == (lines == 0)
    assert lines == len(ties) or len(ties) > MOST_LINES


def test_of_a_dense_layer_the_strongest_ties_are_drawn_and_of_equal_ones_none():
    everybody = [(one, two, 1) for one in range(40) for two in range(one + 1, 40)]
    drawn = draw_network(network_of(40, everybody))
    assert "<path" not in drawn
    assert "not drawn" in drawn
    assert undrawn(network_of(40, everybody))[0].endswith("Each of 40 states has a tie with each other.")
    strong = [(one, two, 9 if one < 2 and two < 20 else 1) for one, two, _ in everybody]
    assert "strongest 37 of 780" in (drawn := draw_network(network_of(40, strong)))
    assert drawn.count("<path") == 37


@pytest.mark.parametrize("count", [25, 45, 70])
def test_names_around_a_dense_picture_do_not_lie_on_each_other(count):
    """Names that stand like rays are as far apart at their feet as they are high."""
    drawn = etree.fromstring(draw_network(network_of(count, [(0, 1, 1)])))
    names = [each for each in drawn.iter("{http://www.w3.org/2000/svg}text") if "rotate" in each.get("transform", "")]
    assert len(names) == count
    spots = [tuple(map(float, re.findall(r"translate\((\S+) (\S+)\)", each.get("transform"))[0])) for each in names]
    apart = min(math.dist(one, two) for one, two in combinations(spots, 2))
    across = max(math.dist(one, two) for one, two in combinations(spots, 2))
    assert apart * (across + 18) / across >= float(names[0].get("font-size")) * 0.95


@pytest.mark.parametrize("count", [3, 24, 25, 49, 63, 90])
def test_no_letter_of_a_network_is_smaller_than_seven_points_in_print(count):
    """A picture is printed 16.6 cm wide; every row and panel has the letters of the whole."""
    held = network_of(count, [(0, 1, 1)])
    for drawn in (draw_network(held), *rows_of(held), *panels_of(held)[1]):
        sizes = [float(size) for size in re.findall(r'font-size="(\S+?)"', drawn)]
        assert min(sizes) * 16.6 / 2.54 * 72 / WIDTH >= 7


def test_a_single_tie_is_a_thin_line_in_every_layer():
    def widths(drawn):
        return [float(width) for width in re.findall(r'<path[^>]*stroke-width="(\S+?)"', drawn)]

    (single,) = widths(draw_network(network_of(4, [(0, 1, 1)])))
    (many,) = widths(draw_network(network_of(4, [(0, 1, 40)])))
    assert single < 1.5
    assert many > 4


def test_a_picture_of_many_panels_may_go_on_over_the_page():
    """Its rows together hold every layer of the whole once, and the PDF of it can be set."""
    network = network_of(6, [(0, 1, 1), (1, 2, 3)])
    layers = ("alliance", "agreement", "exercise", "visit")
    ties = tuple(dataclasses.replace(tie, layer=layer) for tie in network.ties for layer in layers)
    held = dataclasses.replace(network, layers=layers, ties=ties, title="Ties", description="Ties of six states.")
    rows = rows_of(held)
    assert len(rows) == 2
    assert sum(row.count("<path") for row in rows) == draw_network(held).count("<path")
    document = printed(brief_of(held))
    (block,) = document.values["sections"][0]["blocks"]
    assert [part["file"] in document.pictures for part in block["parts"]] == [True, True]
    assert render_pdf(brief_of(held)).startswith(b"%PDF")


def test_a_statement_is_on_one_page_with_its_doubt_and_the_last_with_its_sources():
    told = Sentence("One that is told.", ("register",), "low", "a reason that is given", "a later list")
    lines = [Note(text=f"Line {number}.", **CITED) for number in range(17)]
    for count in range(8, 17):
        made = render_pdf(brief_of(*lines[:count], Judgements(sentences=(told,) * 3, **CITED)))
        pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages]
        assert all(page.count("One that is told") == page.count("a reason that is given") for page in pages)


def test_a_year_is_zero_only_where_all_that_is_added_up_is_known():
    """Lists that are whole for exercises say nothing of aid, so the sum of a year without either is not zero."""
    whole = {"complete": frozenset({2003, 2004}), "complete_of": ("exercise",)}
    exercises = dataclasses.replace(a_chart({2001: 2}, (2001, 2005)), **whole)
    assert [exercises.total(year) for year in (2001, 2003, 2005)] == [2, 0, None]
    both = dataclasses.replace(exercises, categories=("exercise", "assistance"))
    assert [both.total(year) for year in (2001, 2003, 2005)] == [2, None, None]
    assert [both.part(2003, name) for name in both.categories] == [0, None]
    assert "| 2003 | – | 0 | – |" in render_markdown(brief_of(both))
