"""XML and JSON files as rows: every element or object is a row, its fields named by where they stand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from lxml import etree

from comity.errors import ContractBroken
from comity.sources.contract import PromisedFile
from comity.sources.layout import Layout
from comity.sources.raw import Row
from comity.sources.text_files import decoded


def xml_rows(name: str, content: bytes, promised: PromisedFile, aliases: Mapping[str, str]) -> list[Row]:
    """Every element of the promised name, wherever it stands; `..@x` is an attribute of the element above it.

    Without `/` in the promised name the row elements stand right under the root, and any other element is refused.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ContractBroken(f"{name} row {error.lineno}: {error.msg}") from error
    layout = _layout(name, promised, aliases)
    rows = []
    for element in root.iterfind(promised.row) if "/" in promised.row else root:
        place = _line(element)
        if "/" not in promised.row and element.tag != promised.row:
            raise ContractBroken(f"{name} row {place}: unknown element {element.tag!r}")
        rows.append(_row(layout, place, _xml_fields(element)))
    return rows


def json_rows(name: str, content: bytes, promised: PromisedFile, aliases: Mapping[str, str]) -> list[Row]:
    """Every object of a list, or of an object of objects (its key is then the field `@key`)."""
    found: Any = _parsed(name, decoded(name, content, promised.encoding), 1)
    for step in filter(None, promised.row.split("/")):
        if not isinstance(found, dict) or step not in found:
            raise ContractBroken(f"{name}: there is no {step!r}")
        found = found[step]
    if isinstance(found, dict):
        found = [
            {"@key": key} | (value if isinstance(value, dict) else {"@value": value}) for key, value in found.items()
        ]
    return _json_objects(_layout(name, promised, aliases), enumerate(found, start=1))


def json_line_rows(name: str, content: bytes, promised: PromisedFile, aliases: Mapping[str, str]) -> list[Row]:
    """Every line is one object."""
    lines = enumerate(decoded(name, content, promised.encoding).splitlines(), start=1)
    objects = [(place, _parsed(name, line, place)) for place, line in lines if line.strip()]
    return _json_objects(_layout(name, promised, aliases), objects)


def _json_objects(layout: Layout, objects: Iterable[tuple[int, Any]]) -> list[Row]:
    rows = []
    for place, found in objects:
        if not isinstance(found, dict):
            raise ContractBroken(f"{layout.file} row {place}: {str(found)[:40]!r} is no object")
        rows.append(_row(layout, place, [(key, _json_text(value)) for key, value in found.items()]))
    return rows


def _parsed(name: str, text: str, place: int) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ContractBroken(f"{name} row {place + error.lineno - 1}: {error.msg} at column {error.colno}") from error


def _json_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool | list | dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def _layout(name: str, promised: PromisedFile, aliases: Mapping[str, str]) -> Layout:
    fields = {column: number for number, column in enumerate(promised.header)}
    return Layout(name, fields, frozenset(promised.missing), aliases)


def _row(layout: Layout, place: int, found: Iterable[tuple[str, str]]) -> Row:
    """The fields found, each in its place; a field that is not promised or stands there twice is refused."""
    values = [""] * len(layout.fields)
    filled: set[str] = set()
    for field, value in found:
        where = f"{layout.file} row {place}"
        if field not in layout.fields:
            raise ContractBroken(f"{where}: unknown field {field!r} with {value[:40]!r}")
        if field in filled:
            raise ContractBroken(f"{where}: the field {field!r} is there twice")
        filled.add(field)
        values[layout.fields[field]] = value
    return Row(layout, place, values)


def _xml_fields(element: etree._Element) -> list[tuple[str, str]]:
    """Every field of a row: `@x` is its attribute, `x` a child's text, `x/@y` a child's attribute."""
    found = [(f"@{key!s}", str(value)) for key, value in element.attrib.items()]
    for child in element:
        tag = str(child.tag)
        text = "".join(str(part) for part in child.itertext())
        found.append((tag, " ".join(text.split())))
        found += [(f"{tag}/@{key!s}", str(value)) for key, value in child.attrib.items()]
    above = element.getparent()
    while above is not None and above.getparent() is not None:
        found += [(f"{above.tag}@{key!s}", str(value)) for key, value in above.attrib.items()]
        above = above.getparent()
    return found


def _line(element: etree._Element) -> int:
    """Where an element begins in its file."""
    return element.sourceline if isinstance(element.sourceline, int) else 0
