"""Text that the typesetter's typefaces lack: told in words, never lost, and never the end of a document."""

from __future__ import annotations

import io
import json

import pypdf
import pytest
import typst
from hypothesis import example, given
from hypothesis import strategies as st

from brief_samples import TODAY, MemoryStore, register_rows
from comity.brief import compose
from comity.brief.pdf import render_pdf
from comity.brief.printable import all_printable, lacked, printable
from comity.record import load_register

SCRIPTS = "美國駐菲基地協定 · かな · 한국 · தமிழ் · ไทย · አማርኛ · العربية · עברית · ქართული · हिन्दी · Русский · Ελληνικά"


@given(st.text())
@example("（广州）、「x」　１２")
def test_what_is_printed_can_be_shown_and_stays(text):
    made = printable(text)
    assert printable(made) == made
    assert all_printable({"a": [text, 1, None, True]}) == {"a": [made, 1, None, True]}


@given(st.text(st.characters(max_codepoint=0x52F, exclude_categories=["Cn"])))
def test_european_letters_and_signs_are_left_alone(text):
    assert printable(text) == text


@given(before=st.text("abc XYZ-", max_size=9), after=st.text("abc XYZ-", max_size=9))
def test_what_stands_around_is_kept(before, after):
    made = printable(f"{before}x 美國 x{after}")
    assert made == f"{before}x [in Chinese characters] x{after}"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("協定", "[in Chinese characters]"),
        ("2018年12月", "2018[in Chinese characters]"),
        ("共同訓練について", "[in Japanese]"),
        ("한국, 2021: 훈련", "[in Korean]"),
        ("ไทย", "[in Thai script]"),
        ("한국 தமிழ்", "[in Korean and Tamil script]"),
        ("Xinhua（Beijing）", "Xinhua(Beijing)"),
        ("a 🙂 b", "a \ufffd b"),
    ],
)
def test_a_script_is_named(text, told):
    assert printable(text) == told


def test_further_characters_are_shown_as_missing():
    assert printable("naïve ж", frozenset("ïж")) == "na\ufffdve \ufffd"
    assert lacked('the text `"x"` could not be displayed with font') == {"x"}
    assert lacked("no such file") == frozenset()


def test_a_brief_with_titles_in_many_scripts_becomes_a_document():
    rows = register_rows()
    for held in rows.values():
        for row in held:
            row.update({key: f"{row[key]} {SCRIPTS} 🙂\u2e8f" for key in ("title", "publisher") if key in row})
    made = render_pdf(compose(MemoryStore(rows), ("amber-sea",), today=TODAY))
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages)
    assert "Русский" in text
    assert "[inChinesecharacters" in "".join(text.split()) or "[inJapanese" in "".join(text.split())


def test_the_typesetter_is_asked_again_without_what_it_lacks(monkeypatch):
    monkeypatch.setattr("comity.brief.printable._is_shown", lambda _letter: True)
    rows = register_rows()
    for row in rows["evidence"]:
        row["title"] = "On 美 and 國"
    text = "".join(
        page.extract_text()
        for page in pypdf.PdfReader(
            io.BytesIO(render_pdf(compose(MemoryStore(rows), ("amber-sea",), today=TODAY)))
        ).pages
    )
    assert "and" in text
    assert "美" not in text


def test_every_title_of_the_register_can_be_set():
    evidence = load_register().tables["evidence"]
    texts = sorted({text for name in ("title", "publisher") for text in evidence[name].to_pylist() if text})
    inputs = {
        "main.typ": b'#set document(title: "titles")\n#set text(font: "Libertinus Serif", lang: "en")\n'
        b'#for each in json("titles.json") [#each #parbreak()]',
        "titles.json": json.dumps([printable(text) for text in texts]).encode(),
    }
    made = typst.compile(inputs, format="pdf", ignore_system_fonts=True, timestamp=0, pdf_standards="ua-1")
    assert len(pypdf.PdfReader(io.BytesIO(made)).pages) > len(texts) / 100
