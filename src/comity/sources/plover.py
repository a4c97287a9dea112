"""The events of PLOVER and which of them each CAMEO code becomes (Open Event Data Alliance)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from comity.sources.raw import Raw, Row

# `CODE: EVENT, mode, context; context # words`; after the event everything may be missing.
LINE = re.compile(r"(\d{2,4}): *([A-Z]+) *(?:,([^,#]*))?(?:,([^,#]*))?(?:#(.*))?", re.ASCII)
MARKS = ("#", "~")


@dataclass(frozen=True)
class Conversion:
    """One line of the table."""

    row: Row
    code: str
    event: str
    mode: str
    contexts: tuple[str, ...]
    words: str

    @property
    def ref(self) -> str:
        """The reference to keep: the line up to the event."""
        self.row.is_used = True
        return f"{self.row.file}:{self.code}: {self.event}"


def code(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per PLOVER event, and one per CAMEO code with the event it becomes."""
    lines = _lines(raw)
    roots: dict[str, list[str]] = {}
    for line in lines:
        if len(line.code) == 2:
            roots.setdefault(line.event, []).append(line.ref)
    for event, refs in roots.items():
        yield {"code_list": "plover_event", "code": event, "name": event.capitalize(), "row_ref": "; ".join(refs)}
    for line in _conversions(raw, lines):
        if line.event not in roots:
            raise line.row.broken("line", f"names the event {line.event}, which no CAMEO root becomes")
        yield {
            "code_list": "cameo_to_plover",
            "code": line.code,
            "name": line.words or line.event.capitalize(),
            "parent": line.event,
            "row_ref": line.ref,
        }


def property(raw: Raw) -> Iterator[dict[str, Any]]:  # noqa: A001 (named like its table)
    """Mode and contexts of each conversion, and the CAMEO roots of each event."""
    lines = _lines(raw)
    for line in lines:
        if len(line.code) == 2:
            yield _property(line, f"plover_event/{line.event}", "cameo_root", line.code) | {"content": line.code}
    for line in _conversions(raw, lines):
        item = f"cameo_to_plover/{line.code}"
        if line.mode:
            yield _property(line, item, "mode", "") | {"content": line.mode}
        for number, context in enumerate(line.contexts, start=1):
            yield _property(line, item, "context", str(number)) | {"content": context}


def _conversions(raw: Raw, lines: list[Conversion]) -> Iterator[Conversion]:
    """The lines of codes below the roots; a second line of one code must have the meaning of the first."""
    first: dict[str, Conversion] = {}
    for line in lines:
        if len(line.code) == 2:
            continue
        before = first.setdefault(line.code, line)
        if before is line:
            yield line
        elif (before.event, before.mode, before.contexts) != (line.event, line.mode, line.contexts):
            raise line.row.broken("line", f"gives {line.code} another meaning than row {before.row.place}")
        elif not line.row.is_used:
            raw.leave_out(line.row, "a code listed twice with one meaning")


def _lines(raw: Raw) -> list[Conversion]:
    """The lines of the table in its order; comments and marks are left out."""
    found = []
    for row in raw.rows("conversion"):
        line = row.plain("line").strip()
        if line.startswith(MARKS):
            if not row.is_used:
                raw.leave_out(row, "a comment or mark")
            continue
        match = LINE.fullmatch(line)
        if match is None:
            raise row.broken("line", "is no line `code: EVENT, mode, context # words`")
        number, event, mode, context, words = (part.strip() if part else "" for part in match.groups())
        contexts = tuple(part.strip() for part in context.split(";") if part.strip())
        found.append(Conversion(row, number, event, mode, contexts, words))
    return found


def _property(line: Conversion, item: str, name: str, part: str) -> dict[str, Any]:
    return {"core_table": "code", "item": item, "property": name, "part": part, "row_ref": line.ref}
