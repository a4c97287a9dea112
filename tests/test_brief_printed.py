"""Briefs on paper: the same bytes each time, the label on every page, every word of the brief, hostile text as text."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from brief_samples import TODAY, MemoryStore, engagement, register_rows, together
from comity.brief import compose
from comity.brief.pdf import render_pdf
from comity.brief.printed import LONG_BRIEF, marking, printed
from comity.brief.word import render_docx
from comity.brief.word_layout import TEXT_WIDTH_CM

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HOSTILE = '#import "x" *bold* $x$ <script>alert(1)</script> ]] \x1b[31m & {{ 7*7 }}'


@pytest.fixture(scope="module")
def brief():
    return compose(MemoryStore(register_rows()), ("amber-sea",), today=TODAY)


@pytest.fixture(scope="module")
def hostile():
    rows = together(register_rows(), engagement("bad", date(2025, 5, 5), ("ISL", "IRL"), location=HOSTILE))
    for held in rows.values():
        for row in held:
            row.update({key: HOSTILE for key in ("name", "title", "publisher", "summary") if key in row})
            row.update({"url": "javascript:alert(1)"} if "url" in row else {})
    return compose(MemoryStore(rows), ("amber-sea",), today=TODAY)


def pages(made: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(made))


def part(made: bytes, name: str) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(made)).read(name))


def words(tree: etree._Element) -> str:
    return "".join(tree.itertext(f"{W}t"))


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("render", [render_pdf, render_docx])
def test_the_same_brief_gives_the_same_bytes(brief, render):
    assert render(brief) == render(compose(MemoryStore(register_rows()), ("amber-sea",), today=TODAY))


def test_a_pdf_names_itself_and_bears_its_label_and_number_on_every_page(brief):
    read = pages(render_pdf(brief))
    assert read.metadata.title == f"{brief.title}: Brief on a region"
    assert read.metadata.author == f"comity {brief.version}"
    assert read.root_object["/Lang"].startswith("en")
    assert read.root_object["/MarkInfo"]["/Marked"]
    count = len(read.pages)
    for number, page in enumerate(read.pages, start=1):
        text = page.extract_text()
        assert text.count(marking(brief.audience).upper()) == 2
        assert f"{number} of {count}" in text


def test_a_pdf_holds_every_section_statement_row_and_source(brief):
    told = squeezed("".join(page.extract_text() for page in pages(render_pdf(brief)).pages))
    for section in printed(brief).values["sections"]:
        assert squeezed(section["title"]) in told
        for block in section["blocks"]:
            for row in block.get("rows", ()):
                assert all(squeezed(word) in told for word in row["cells"][0].split("-"))
    assert all(str(reference.number) in told for reference in brief.references)


def test_a_pdf_has_an_outline_and_leads_to_addresses_that_browsers_may_follow(brief):
    read = pages(render_pdf(brief))
    assert [entry.title for entry in read.outline if not isinstance(entry, list)] == [
        *(section.title for section in brief.sections),
        "Sources",
    ]
    found = {
        str(note.get_object()["/A"]["/URI"])
        for page in read.pages
        for note in page.get("/Annots", ())
        if "/URI" in note.get_object().get("/A", {})
    }
    assert found == {reference.url for reference in brief.references if reference.url}


@pytest.mark.parametrize("render", [render_pdf, render_docx])
def test_hostile_text_is_text(hostile, render):
    made = render(hostile)
    if render is render_pdf:
        told = squeezed("".join(page.extract_text() for page in pages(made).pages))
        assert squeezed("*bold*") in told
        assert b"javascript:" not in made
    else:
        told = words(part(made, "word/document.xml"))
        assert "<script>alert(1)</script>" in told
        relations = zipfile.ZipFile(io.BytesIO(made)).read("word/_rels/document.xml.rels")
        assert b"javascript:" not in relations


def test_word_has_headings_a_label_above_and_below_and_page_numbers(brief):
    made = render_docx(brief)
    tree = part(made, "word/document.xml")
    heads = ["".join(line.itertext(f"{W}t")) for line in tree.iter(f"{W}p") if _style(line) == "Heading1"]
    assert heads == [*(section.title for section in brief.sections), "Sources"]
    named = [name for name in zipfile.ZipFile(io.BytesIO(made)).namelist() if "header" in name or "footer" in name]
    edges = [part(made, name) for name in named if name.endswith(".xml")]
    assert len(edges) == 2
    assert all(marking(brief.audience).upper() in words(edge) for edge in edges)
    codes = {told.text for edge in edges for told in edge.iter(f"{W}instrText")}
    assert codes == {"PAGE", "NUMPAGES"}


def _style(line) -> str | None:
    found = line.find(f"{W}pPr/{W}pStyle")
    return None if found is None else found.get(f"{W}val")


def test_words_tables_repeat_their_heads_and_fit_the_page(brief):
    tree = part(render_docx(brief), "word/document.xml")
    listed = [table for section in printed(brief).values["sections"] for table in section["blocks"] if "rows" in table]
    repeated = [table for table in tree.iter(f"{W}tbl") if table.find(f".//{W}tblHeader") is not None]
    assert len(repeated) == len(listed) > 0
    for table in repeated:
        widths = [int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol")]
        assert min(widths) > 0
        assert sum(widths) <= (TEXT_WIDTH_CM + 0.5) / 2.54 * 1440


def test_pictures_in_word_are_described(brief):
    tree = part(render_docx(brief), "word/document.xml")
    described = [each.get("descr") for each in tree.iter() if each.tag.endswith("}docPr")]
    assert described
    assert all(described)


@given(st.text())
def test_only_public_briefs_are_marked_public(audience):
    assert (marking(audience) == "Public") == (audience == "public")


def test_contents_stand_in_long_briefs(brief):
    document = printed(brief)
    assert document.values["is_long"] == (len(brief.sections) >= LONG_BRIEF)
    codes = [told.text for told in part(render_docx(brief), "word/document.xml").iter(f"{W}instrText")]
    asked = [code for code in codes if code.startswith("PAGEREF")]
    assert len(asked) == (len(brief.sections) + 1 if document.values["is_long"] else 0)
