"""The parts of a Markdown page."""

from __future__ import annotations

from collections.abc import Iterable


def page(*parts: str) -> str:
    """Parts of a page with one empty line between them; an empty part is left out."""
    return "\n\n".join(part.strip("\n") for part in parts if part.strip()) + "\n"


def grid(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table; a bar within a cell does not end it."""
    lines = [list(columns)]
    lines += [[str(cell).replace("|", "\\|") for cell in row] for row in rows]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def bullets(lines: Iterable[str]) -> str:
    """A list."""
    return "\n".join(f"- {line}" for line in lines)


def code(names: Iterable[object]) -> str:
    """Names as code, separated by commas."""
    return ", ".join(f"`{name}`" for name in names)


def fold(title: str, language: str, text: str) -> str:
    """Text that opens on a click."""
    return f"<details><summary>{title}</summary>\n\n```{language}\n{text.strip()}\n```\n\n</details>"


def yes(value: bool) -> str:
    """Yes or no."""
    return "yes" if value else "no"
