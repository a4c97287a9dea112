"""Files nobody vouches for: every kind is read, and a hostile one is refused or stays harmless."""

from __future__ import annotations

import io
import zipfile
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import BadRequest
from comity.evidence.reading import annotate, documents, read_document
from comity.evidence.reading.showing import reading_html, reading_text
from test_reading import KINDS, PLAIN, TEXTS, whole_text


def word_document(xml):
    """A Word file around the XML of its text."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", xml)
    return held.getvalue()


SCHEMA = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word_text(*paragraphs):
    """The XML of a Word text; each paragraph is broken into runs, as Word does."""
    runs = (
        "<w:p>"
        + "".join(f"<w:r><w:t xml:space='preserve'>{each} </w:t></w:r>" for each in paragraph.split())
        + "</w:p>"
        for paragraph in paragraphs
    )
    return f"<w:document xmlns:w='{SCHEMA}'><w:body>{''.join(runs)}</w:body></w:document>"


def pdf_of(*lines):
    """A PDF of one page, built by hand, with its table of objects in place."""
    shown = " ".join(f"({line}) Tj 0 -20 Td" for line in lines)
    stream = f"BT /F1 12 Tf 50 700 Td {shown} ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>",
        f"<</Length {len(stream)}>>\nstream\n{stream}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    text, places = "%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(text))
        text += f"{number} 0 obj\n{each}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 6\n0000000000 65535 f \n{table}trailer<</Size 6/Root 1 0 R>>\nstartxref\n{len(text)}\n%%EOF\n"
    return (text + end).encode()


HTML = """<!doctype html><html><head><title>t</title><script>Alliances deter.</script></head><body>
<h1>On peace</h1><p>Strong <b>alliances</b> deter
attacks. The ship has a crew of two hundred.</p><ul><li>Our bond is unbreakable.</li></ul><style>p{}</style>
<p>What is peace?</p></body></html>"""
FILES = {
    "a.txt": PLAIN.encode(),
    "a.md": b"\xef\xbb\xbf" + PLAIN.encode(),
    "a.html": HTML.encode(),
    "a.pdf": pdf_of(*PLAIN.replace("\n\n", " ").split(". ")[:1], "The ship has a crew of two hundred."),
    "a.docx": word_document(word_text(*PLAIN.split("\n\n"))),
}


@pytest.mark.parametrize("name", FILES)
def test_every_kind_of_file_is_read(name, tmp_path):
    (tmp_path / name).write_bytes(FILES[name])
    text = read_document(tmp_path / name)
    kinds = [each.kind for each in annotate(text).sentences if each.sentence != "On peace"]
    if name == "a.pdf":
        assert "alliances deter attacks" in text
    else:
        assert kinds == KINDS
    assert "Alliances deter." not in text


def claims_in(file):
    """Each sentence of a file with the claims it is given."""
    return [
        (each.sentence, [match.claim for match in each.matches]) for each in annotate(read_document(file)).sentences
    ]


def test_a_report_from_word_and_an_article_from_the_web_say_what_the_text_says(tmp_path):
    """As programs write them: headings, a table and a header in Word; navigation, styles and a footer on the web."""
    docx = pytest.importorskip("docx")
    told = {each["text"]: whole_text(each) for each in TEXTS}
    document = docx.Document()
    for paragraph in told["report"].split("\n\n"):
        document.add_paragraph(paragraph)
    document.add_table(1, 2).cell(0, 0).text = "46 exercises"
    document.sections[0].header.paragraphs[0].text = "Draft"
    document.save(str(tmp_path / "a.docx"))
    (tmp_path / "a.txt").write_text(told["report"] + "\n\n46 exercises")
    assert claims_in(tmp_path / "a.docx") == claims_in(tmp_path / "a.txt")
    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in told["press"].split("\n\n"))
    page = f"<html><head><style>p{{}}</style></head><body><nav>Alliances deter attacks.</nav>{body}</body></html>"
    (tmp_path / "b.html").write_text(page)
    (tmp_path / "b.txt").write_text(told["press"])
    assert claims_in(tmp_path / "b.html") == claims_in(tmp_path / "b.txt")


def test_a_paper_set_in_two_columns_with_words_broken_at_their_ends_says_what_the_text_says(tmp_path):
    typst = pytest.importorskip("typst")
    text = next(whole_text(each) for each in TEXTS if each["text"] == "paper")
    page = '#set page(columns: 2)\n#set par(justify: true)\n#set text(hyphenate: true, lang: "en")\n'
    (tmp_path / "a.typ").write_text(page + text, encoding="utf-8")
    typst.compile(str(tmp_path / "a.typ"), output=str(tmp_path / "a.pdf"))
    (tmp_path / "a.txt").write_text(text)
    from_pdf, from_text = (
        [claims for _, claims in claims_in(tmp_path / name) if claims] for name in ("a.pdf", "a.txt")
    )
    assert from_pdf == from_text


def bomb():
    """A Word file of a few kilobytes that unfolds to more than is read."""
    return word_document(word_text("a") + " " * (documents.MOST_BYTES + 1))


ENTITIES = f"""<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY x SYSTEM "file:///etc/hostname">]>
<w:document xmlns:w='{SCHEMA}'><w:body><w:p><w:r><w:t>&b; &x;</w:t></w:r></w:p></w:body></w:document>"""
HOSTILE = {
    "an unknown kind": ("a.exe", b"x", "read takes .txt, .md, .html, .htm, .pdf, .docx"),
    "nothing in it": ("a.txt", b" \n", "holds no text"),
    "not text": ("a.txt", b"\xff\xfe\x00", "not UTF-8 at byte 0"),
    "too many letters": ("a.txt", b"a" * (documents.MOST_LETTERS + 1), "letters; at most"),
    "no PDF": ("a.pdf", b"%PDF-1.4 no", "no PDF that can be read"),
    "no Word file": ("a.docx", b"PK no", "no Word document that can be read"),
    "a zip that is no Word file": ("a.docx", word_document("x")[:-10], "no Word document"),
    "a Word file that unfolds too far": ("a.docx", bomb(), "unfolds to"),
    "a Word file with entities": ("a.docx", word_document(ENTITIES), "declares a document type"),
    "an HTML file without text": ("a.html", b"<script>x</script>", "holds no text"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_file_that_cannot_be_read_is_refused_in_one_line(case, tmp_path):
    name, content, said = HOSTILE[case]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadRequest) as refused:
        read_document(tmp_path / name)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path):
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(documents.MOST_BYTES + 1)
    with pytest.raises(BadRequest, match="bytes; at most"):
        read_document(tmp_path / "a.txt")


def test_an_entity_of_html_reads_no_file(tmp_path):
    (tmp_path / "a.html").write_text('<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><p>&f; Peace &amp; order.')
    assert "root:" not in read_document(tmp_path / "a.html")


@given(st.binary(max_size=400), st.sampled_from([".html", ".pdf", ".docx", ".txt"]))
def test_any_bytes_are_read_or_refused(content, kind):
    reader = documents._readers()[kind]
    try:
        said = reader("a" + kind, content)
    except BadRequest as refused:
        said = str(refused)
        assert_one_line(said)
    assert isinstance(said, str)


def assert_one_line(said):
    """What is said of a file that is refused is one line that names it."""
    assert said.startswith("a.")
    assert "\n" not in said


@given(
    st.sampled_from([".html", ".pdf", ".docx"]),
    st.integers(0, 10_000),
    st.binary(min_size=1, max_size=20),
    st.booleans(),
)
def test_a_file_with_bytes_changed_or_left_out_is_read_or_refused(kind, at, bytes_, is_put_in):
    good = FILES["a" + kind]
    at %= len(good)
    broken = good[:at] + (bytes_ if is_put_in else b"") + good[at + len(bytes_) :]
    try:
        said = documents._readers()[kind]("a" + kind, broken)
    except BadRequest as refused:
        said = str(refused)
        assert_one_line(said)
    assert isinstance(said, str)


@pytest.mark.parametrize("show", [reading_html, reading_text])
def test_a_text_cannot_break_out_of_what_shows_it(show):
    hostile = "<img src=x onerror=alert(1)> alliances deter attacks \x1b[2J\u202e on <b>us</b>."
    said = show(annotate(hostile, "<script>.txt"))
    assert not {"\x1b", "\u202e"} & set(said)
    if show is reading_html:
        assert "<img" not in said
        assert "<script" not in said
        assert "default-src 'none'" in said
