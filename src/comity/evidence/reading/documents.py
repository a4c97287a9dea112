"""The text of a file that nobody vouches for: plain text, HTML, PDF or Word. Nothing is fetched, nothing is run.

What is larger than a limit is refused before it is unfolded, and no entity of a document type is ever resolved.
"""

from __future__ import annotations

import logging
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from comity.errors import BadRequest

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_BYTES = 20_000_000  # of a file, and of what it unfolds to
MOST_LETTERS = 2_000_000  # of text
MOST_PAGES = 1_000
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SILENT = ("script", "style", "noscript", "template", "head", "nav", "svg", "iframe", "object", "form")
_APART = """
p div li ul ol h1 h2 h3 h4 h5 h6 br tr td th table section article blockquote header footer figcaption dt dd main aside
pre hr
"""
# A broken file can fail anywhere in the libraries that read it, in ways their own errors do not cover.
BROKEN: tuple[type[Exception], ...] = (
    *(ValueError, LookupError, TypeError, AttributeError, RuntimeError, ArithmeticError, AssertionError),
    *(OSError, EOFError, zlib.error, struct.error, zipfile.BadZipFile),
)
APART = frozenset(_APART.split())  # elements that stand as paragraphs of their own


def read_document(path: Path) -> str:
    """The text of a file, its paragraphs parted by empty lines; BadRequest says why a file cannot be read.

    The kind is told by the name (.txt, .md, .html, .htm, .pdf, .docx), and must be that of the content.
    """
    readers = _readers()
    if path.suffix.lower() not in readers:
        raise BadRequest(f"{path.name}: read takes {', '.join(readers)}")
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise BadRequest(f"{path.name}: {size:,} bytes; at most {MOST_BYTES:,} are read")
    text = readers[path.suffix.lower()](path.name, path.read_bytes())
    if len(text) > MOST_LETTERS:
        raise BadRequest(f"{path.name}: {len(text):,} letters; at most {MOST_LETTERS:,} are read")
    if not text.strip():
        raise BadRequest(f"{path.name}: holds no text; a scan must be made into text first")
    return text


def _readers() -> Mapping[str, Callable[[str, bytes], str]]:
    return {".txt": _plain, ".md": _markdown, ".html": _html, ".htm": _html, ".pdf": _pdf, ".docx": _word}


def _plain(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadRequest(f"{name}: not UTF-8 at byte {error.start}") from error


def _markdown(name: str, content: bytes) -> str:
    """Markdown as it stands, without blocks of code and the rows of tables, which hold no sentences."""
    text = re.sub(r"^```.*?^```$", "", _plain(name, content), flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"^#+ (.*)$", r"\n\1\n", text, flags=re.MULTILINE)
    return re.sub(r"^\s*\|.*$", "", text, flags=re.MULTILINE)


def _html(name: str, content: bytes) -> str:
    from lxml import etree

    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.LxmlError, ValueError) as error:
        raise BadRequest(f"{name}: no HTML that can be read") from error
    if root is None:
        raise BadRequest(f"{name}: holds no text")
    for element in list(root.iter(*SILENT)):
        element.text = None
        for below in list(element):
            element.remove(below)
    return "".join(_pieces(root))


def _pieces(root: _Element) -> Iterator[str]:
    """The text of a tree in order, a paragraph's break around every element that stands apart."""
    from lxml import etree

    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element.tag in APART:
            yield "\n\n"
        text = element.text if event == "start" else element.tail
        if text:
            yield " ".join(text.split("\n")) if event == "start" or element is not root else ""


def _pdf(name: str, content: bytes) -> str:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it mends in silence is no business of the reader
    try:
        reader = PdfReader(BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise BadRequest(f"{name}: is encrypted")
        if len(reader.pages) > MOST_PAGES:
            raise BadRequest(f"{name}: {len(reader.pages):,} pages; at most {MOST_PAGES:,} are read")
        return "\n\n".join(_enough(name, (_joined(page.extract_text()) for page in reader.pages)))
    except PyPdfError as error:
        raise BadRequest(f"{name}: no PDF that can be read") from error
    except BROKEN as error:
        raise BadRequest(f"{name}: no PDF that can be read") from error


def _joined(page: str) -> str:
    """A page whose words are whole: a soft hyphen at the end of a line breaks a word, one within it is a plain one."""
    return re.sub("\u00ad[ \\t]*\\n", "", page).replace("\u00ad", "-")


def _enough(name: str, pages: Iterator[str]) -> Iterator[str]:
    """Pages as they come, stopped where they hold more than is read."""
    letters = 0
    for page in pages:
        letters += len(page)
        if letters > MOST_LETTERS:
            raise BadRequest(f"{name}: more than {MOST_LETTERS:,} letters, which is the most that is read")
        yield page


def _word(name: str, content: bytes) -> str:
    from lxml import etree

    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            part = archive.getinfo("word/document.xml")
            if part.file_size > MOST_BYTES:
                raise BadRequest(f"{name}: unfolds to {part.file_size:,} bytes; at most {MOST_BYTES:,} are read")
            held = archive.read(part)
    except BROKEN as error:
        raise BadRequest(f"{name}: no Word document that can be read") from error
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(held, parser)
    except etree.LxmlError as error:
        raise BadRequest(f"{name}: no Word document that can be read") from error
    if b"<!DOCTYPE" in held:
        raise BadRequest(f"{name}: declares a document type, which a Word document has none of")
    return "\n\n".join("".join(_run(paragraph)) for paragraph in root.iter(f"{WORD}p"))


def _run(paragraph: _Element) -> Iterator[str]:
    for element in paragraph.iter(f"{WORD}t", f"{WORD}tab", f"{WORD}br"):
        yield (element.text or "") if element.tag == f"{WORD}t" else " "
