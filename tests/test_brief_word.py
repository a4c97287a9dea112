"""A brief in Word: pictures keep their colors, rows stay together, days on a line; caveats and heads as in print."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from brief_samples import TODAY
from comity.brief.blocks import Caveat, Chart, Column, Count, Judgements, Network, Node, Note, Row, Sentence, Table
from comity.brief.composing import Brief, Section
from comity.brief.drawing import legend
from comity.brief.palette import INK, VERMILION
from comity.brief.pictures import rows_of
from comity.brief.printed import printed
from comity.brief.references import Reference
from comity.brief.word import _pixels, _share, render_docx
from comity.brief.word_columns import unbroken_days
from comity.brief.wording import day_text
from comity.network import Tie

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CITED = {"cites": ("register",), "as_of": "2026"}
LONG_TITLE = "The United States and China with the states of South-East Asia and those around them"


def brief_of(*blocks):
    source = Reference(1, "register", True, "the register", "The register.", "Version 1.", "https://example.org")
    told = {"title": LONG_TITLE, "kind": "pair", "scope": "Two states.", "as_of": TODAY, "audience": "owner"}
    return Brief(**told, version="1", sections=(Section("What is known", blocks),), references=(source,), command="c")


def rows_told(details, groups=("",)):
    rows = tuple(
        Row(cells=(f"row {place}", "x"), refs=("register",), details=lines, group=groups[place % len(groups)])
        for place, lines in enumerate(details)
    )
    return Table(columns=(Column("What"), Column("Since")), rows=rows, title="A table", **CITED)


def parts(*blocks):
    package = zipfile.ZipFile(io.BytesIO(render_docx(brief_of(*blocks))))
    return {name: package.read(name) for name in package.namelist()}


def page(*blocks):
    return etree.fromstring(parts(*blocks)["word/document.xml"])


def words(element):
    return "".join(element.itertext(f"{W}t"))


def style_of(line):
    found = line.find(f"{W}pPr/{W}pStyle")
    return None if found is None else found.get(f"{W}val")


def styles(held):
    tree = etree.fromstring(held["word/styles.xml"])
    return {style.get(f"{W}styleId"): style for style in tree.iter(f"{W}style")}


def pixels(packed):
    """The pixels of a small picture, four bytes each."""
    chunks, place = {}, 8
    while place < len(packed):
        (size,) = struct.unpack(">I", packed[place : place + 4])
        name = packed[place + 4 : place + 8]
        chunks[name] = chunks.get(name, b"") + packed[place + 8 : place + 8 + size]
        place += 12 + size
    width, height, depth, kind = struct.unpack(">IIBB", chunks[b"IHDR"][:10])
    assert (depth, kind) == (8, 6)
    data, before, rows = zlib.decompress(chunks[b"IDAT"]), bytes(4 * width), []
    for number in range(height):
        start = number * (4 * width + 1)
        line, found = data[start + 1 : start + 1 + 4 * width], bytearray()
        for place, value in enumerate(line):
            left = found[place - 4] if place >= 4 else 0
            corner = before[place - 4] if place >= 4 else 0
            found.append(value + predicted(data[start], left, before[place], corner) & 255)
        before = bytes(found)
        rows.append([tuple(before[place : place + 4]) for place in range(0, 4 * width, 4)])
    return rows


def predicted(rule, left, above, corner):
    if rule < 4:
        return (0, left, above, (left + above) // 2)[rule]
    near = {left: abs(above - corner), above: abs(left - corner), corner: abs(left + above - 2 * corner)}
    return min((left, above, corner), key=near.__getitem__)


@pytest.mark.parametrize(("fill", "share"), [("#0000ff", 0.5), ("#e69f00", 0.25), ("#ffffff", 0), ("#1d2733", 1)])
def test_a_picture_keeps_its_colors_where_it_is_half_transparent(fill, share):
    """A color over white paper is mixed with white, and no pixel is left to mix with what lies below it."""
    drawn = f'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8" fill="{fill}" '
    held = pixels(_pixels(f'{drawn} fill-opacity="{share}"/></svg>'))
    mixed = [round(share * value + (1 - share) * 255) for value in bytes.fromhex(fill[1:])]
    for row in held:
        for *color, opaque in row:
            assert opaque == 255
            assert all(abs(one - two) <= 1 for one, two in zip(color, mixed, strict=True))


@pytest.mark.parametrize(("high", "share"), [(300, 1.0), (500, 10.5 / (16.6 * 500 / 690)), (690, 0.8)])
def test_a_high_picture_is_printed_smaller_but_never_so_small_that_its_letters_cannot_be_read(high, share):
    assert _share(f'<svg xmlns="x" viewBox="0 0 690 {high}" width="690"></svg>') == pytest.approx(share)


def test_a_legend_has_a_swatch_with_an_edge_for_each_color():
    count = tuple(Count(2020, name, 3) for name in ("exercise", "visit"))
    told = {"unit": "acts", "complete": frozenset(), "description": "How to read it.", "title": "Years"}
    chart = Chart(years=(2019, 2022), counts=count, categories=("exercise", "visit"), **told, **CITED)
    fills = [each.get(f"{W}fill") for each in page(chart).iter(f"{W}shd")]
    assert fills == [color.lstrip("#") for _, color in legend(chart)]
    swatches = [run for run in page(chart).iter(f"{W}r") if run.find(f"{W}rPr/{W}shd") is not None]
    assert all(run.find(f"{W}rPr/{W}bdr") is not None and not words(run).strip() for run in swatches)


def test_every_row_of_a_network_is_a_picture_of_its_own_and_described():
    layers = ("alliance", "agreement", "exercise", "visit")
    ties = tuple(Tie("FRA", "USA", layer, 1, ("register",)) for layer in layers)
    nodes = (Node("FRA", "France", -1.0, 0.0, is_inner=True), Node("USA", "United States", 1.0, 0.0, is_inner=True))
    network = Network(nodes=nodes, ties=ties, layers=layers, description="Two states.", title="Ties", **CITED)
    told = [each.get("descr") for each in page(network).iter() if each.tag.endswith("}docPr")]
    assert len(told) == len(rows_of(network)) > 1
    assert all(told)
    assert len(set(told)) == len(told)


DAYS = st.dates(date(1816, 1, 1), date(2100, 1, 1))


@given(st.text(), DAYS, st.sampled_from(["day", "month"]), st.text())
def test_a_day_is_on_one_line_and_its_words_are_the_same(before, day, precision, after):
    told = f"{before} {day_text(day, precision)} {after}"
    made = unbroken_days(told)
    assert day_text(day, precision).replace(" ", "\u00a0") in made
    assert made.replace("\u00a0", " ") == told.replace("\u00a0", " ")


def test_columns_of_word_are_as_wide_as_in_print_and_rows_fill_them():
    held = rows_told([("An account.",), (), ("One.", "Another.")] * 5, ("Group",))
    (block,) = printed(brief_of(held)).values["sections"][0]["blocks"]
    table = next(each for each in page(held).iter(f"{W}tbl") if each.find(f".//{W}tblHeader") is not None)
    widths = [int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol")]
    assert widths == pytest.approx([20 * points for points in block["points"]], abs=1)
    for row in table.iter(f"{W}tr"):
        taken = [int(width.get(f"{W}w")) for width in row.iter(f"{W}tcW")]
        assert sum(taken) == pytest.approx(sum(widths), abs=3)


ACCOUNTS = st.lists(st.sampled_from([(), ("An account.",), ("One.", "Another.")]), min_size=1, max_size=24)


@settings(max_examples=25, deadline=None)
@given(ACCOUNTS, st.sampled_from([("",), ("A", "A", "B"), ("A", "B")]))
def test_no_page_ends_within_a_row_or_leaves_one_alone(details, groups):
    held = rows_told(details, groups)
    table = next(each for each in page(held).iter(f"{W}tbl") if each.find(f".//{W}tblHeader") is not None)
    lines = list(table.iter(f"{W}tr"))
    assert all(line.find(f"{W}trPr/{W}cantSplit") is not None for line in lines)
    kinds = ["account" if line.find(f".//{W}vMerge") is not None and not is_first(line) else "row" for line in lines]
    groups_at = {place for place, line in enumerate(lines) if style_of(next(line.iter(f"{W}p"))) == "TableGroup"}
    may_end = [place for place, line in enumerate(lines) if not is_kept(line, place in groups_at)]
    for place in may_end:
        assert place + 1 < len(lines)  # the last line stays with the note below the table
        assert kinds[place + 1] != "account"
        assert place >= 2
        assert len(lines) - place - 1 >= 2
        assert place not in groups_at
    assert not may_end or len(lines) > 9


def is_first(line):
    return line.find(f".//{W}vMerge").get(f"{W}val") == "restart"


def is_kept(line, is_group):
    return is_group or all(each.find(f"{W}pPr/{W}keepNext") is not None for each in line.iter(f"{W}p"))


def test_accounts_stand_in_one_cell_below_their_row_without_a_line_and_beside_its_references():
    table = next(each for each in page(rows_told([("One.", "Another.")])).iter(f"{W}tbl") if "Another" in words(each))
    _, row, told = table.iter(f"{W}tr")
    assert [words(cell) for cell in told.iter(f"{W}tc")] == ["One.Another.", ""]
    assert [style_of(line) for line in told.iter(f"{W}p")] == ["Account"] * 3
    assert [edge.tag for edge in told.find(f".//{W}tcBorders")] == [f"{W}top"]
    assert [cell.find(f".//{W}tcBorders/{W}bottom") is not None for cell in row.iter(f"{W}tc")] == [True, True, False]
    assert is_first(row)
    assert not is_first(told)


def test_a_caveat_is_ink_beside_a_bar_and_stays_whole_with_its_sources():
    caveat = styles(parts(Caveat(text="Unknown is not zero.", **CITED)))["Caveat"]
    assert caveat.find(f"{W}rPr/{W}color").get(f"{W}val") == INK.strip("#").upper()
    assert caveat.find(f"{W}pPr/{W}pBdr/{W}left").get(f"{W}color") == VERMILION.strip("#")
    for kept in ("keepNext", "keepLines"):
        assert caveat.find(f"{W}pPr/{W}{kept}") is not None


def test_the_label_stands_at_the_right_of_the_head_however_long_the_title_is():
    held = parts(Note(text="A note.", **CITED))
    (head,) = (etree.fromstring(made) for name, made in held.items() if name.startswith("word/header"))
    assert [tab.get(f"{W}val") for tab in head.iter(f"{W}tab") if tab.get(f"{W}val")] == ["right"]
    assert len([tab for tab in head.iter(f"{W}tab") if not tab.attrib]) == 1
    assert words(head).startswith(LONG_TITLE)


def test_statements_stay_with_their_doubt_and_the_last_with_its_sources():
    told = Sentence("One that is told.", ("register",), "low", "a reason that is given", "a later list")
    lines = list(page(Judgements(sentences=(told, told), **CITED)).iter(f"{W}p"))
    kept = {style: [] for style in ("ListBullet", "Doubt")}
    for line in lines:
        if style_of(line) in kept:
            mark = line.find(f"{W}pPr/{W}keepNext")
            kept[style_of(line)].append(mark is not None and mark.get(f"{W}val") != "0")
    assert kept == {"ListBullet": [True, True], "Doubt": [False, True]}


def test_sources_stand_in_two_columns_and_the_page_has_its_head_there_too():
    tree = page(Note(text="A note.", **CITED))
    first, last = tree.iter(f"{W}sectPr")
    assert last.find(f"{W}cols").get(f"{W}num") == "2"
    assert last.find(f"{W}type").get(f"{W}val") == "continuous"
    assert first.find(f"{W}headerReference") is not None
    assert last.find(f"{W}headerReference") is None  # it has that of the pages before
    body = list(tree.iter(f"{W}p"))
    assert words(next(line for line in body if line.find(f".//{W}sectPr") is not None)) != ""
