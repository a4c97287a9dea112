"""Write the generated pages of docs/ from contracts, measures, tables, docstrings and --help.

`python docs/generate.py` writes them; `python docs/generate.py --check` names every page that is not what it would
write, and fails. The folders sources/, measures/ and reference/ hold nothing else.
"""

from __future__ import annotations

import sys
from pathlib import Path

from generating.measures import measure_pages
from generating.python import python_page
from generating.reference import commands_page, errors_page, table_page, tables_index
from generating.sources import source_page, sources_index

from comity.sources import source_names
from comity.sources.contract import contract
from comity.vocab.tables import tables

DOCS = Path(__file__).parent
GENERATED = ("sources", "measures", "reference")


def pages() -> dict[str, str]:
    """Every generated page: its path under docs/ and its text."""
    made = {"sources/index.md": sources_index()}
    made |= {f"sources/{name}.md": source_page(name, contract(name)) for name in source_names()}
    made |= {f"measures/{name}.md": text for name, text in measure_pages().items()}
    made |= {"reference/tables.md": tables_index()}
    made |= {f"reference/tables/{name}.md": table_page(table) for name, table in tables().items()}
    made |= {"reference/commands.md": commands_page(), "reference/errors.md": errors_page()}
    return made | {"reference/python.md": python_page()}


def stale(folder: Path, made: dict[str, str]) -> list[str]:
    """The pages of a folder that are missing, differ from what would be written, or should not be there."""
    wrong = [name for name, text in made.items() if not _holds(folder / name, text)]
    return sorted([*wrong, *(name for name in _present(folder) if name not in made)])


def write(folder: Path, made: dict[str, str]) -> None:
    """Write every page, and remove those of things that are gone."""
    for name in _present(folder):
        if name not in made:
            (folder / name).unlink()
    for name, text in made.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def run(arguments: list[str], folder: Path = DOCS) -> str | None:
    """Write, or check; the answer is what is wrong, or None."""
    if arguments not in ([], ["--check"]):
        return "usage: python docs/generate.py [--check]"
    made = pages()
    if not arguments:
        write(folder, made)
        return None
    lines = [f"docs/{name} is stale; run python docs/generate.py" for name in stale(folder, made)]
    return "\n".join(lines) or None


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


def _present(folder: Path) -> list[str]:
    return [str(path.relative_to(folder)) for part in GENERATED for path in sorted((folder / part).rglob("*.md"))]


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
