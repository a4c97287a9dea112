"""The two files beside a written panel: what it is and how to cite it, for people (Markdown) and for BibTeX.

Both are made from the metadata of the panel's schema alone, so they say of exactly the measures in the file where each
comes from, and nothing of other sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa

from comity.panel.metadata import ColumnSaid, PanelSaid, SourceSaid, column_said, panel_said
from comity.record.whole_files import write_whole

_ROWS = {
    "state_year": "a state in a year",
    "dyad_year": "a pair of states in a year",
    "directed_dyad_year": "a pair of states in a year, from the one to the other",
    "dyad_month": "a pair of states in a month",
}
_SYSTEMS = {"cow": "Correlates of War", "gw": "Gleditsch and Ward"}
_UNKNOWN = {
    ".parquet": "null",
    ".csv": "an empty cell",
    ".dta": "missing (`.`)",
}
_EMPTY = "–"
_MARKS = str.maketrans({"|": "\\|", "*": "\\*", "<": "&lt;", "\n": " "})


def write_sidecar(schema: pa.Schema, path: Path, row_count: int) -> tuple[Path, Path]:
    """Write NAME.README.md and NAME.bib beside the panel NAME.parquet (or .csv, .dta); answers the two paths."""
    readme, entries = path.with_suffix(".README.md"), path.with_suffix(".bib")
    for beside, text in ((readme, readme_text(schema, path.name, row_count)), (entries, bibtex_text(schema))):
        write_whole(beside, text)
    return readme, entries


def bibtex_text(schema: pa.Schema) -> str:
    """One entry for each source that speaks in the panel; the key is the name of the source."""
    from comity.sources.citing import bibtex_entry

    sources = panel_said(schema).sources
    return "".join(f"{bibtex_entry(name, source)}\n\n" for name, source in sources.items()).removesuffix("\n")


def readme_text(schema: pa.Schema, file_name: str, row_count: int) -> str:
    """What the panel is, how it was made, what its columns mean, and how to cite what speaks in it."""
    panel = panel_said(schema)
    columns = [column_said(field) for field in schema]
    file = Path(file_name)
    blocks = [
        f"# {_text(panel.title) or 'A panel'}",
        *_opening(panel, file, row_count, len(columns)),
        f"In the file, {_UNKNOWN.get(file.suffix, 'null')} means unknown: no source that was used covers the cell. "
        "Zero is observed: a source says so, or one that claims to be complete there lists nothing.",
        "## Columns",
        _table(columns),
        *_hindsight(columns),
        *_short_names(columns, file.suffix),
        *_sources(panel.sources, file),
    ]
    return "\n\n".join(blocks) + "\n"


def _opening(panel: PanelSaid, file: Path, rows: int, columns: int) -> Iterator[str]:
    first, _, last = panel.years.partition(":")
    states = f", states of the {_SYSTEMS[panel.system]} system" if panel.system in _SYSTEMS else ""
    when = f", {first} to {last}" if last else ""
    row = _ROWS.get(panel.unit, panel.unit)
    yield f"`{file.name}` has {rows:,} rows, each {row}{states}{when}, and {columns:,} columns."
    if panel.as_of:
        yield f"It stands as of {panel.as_of}: nothing that was published later speaks in it."
    if panel.command:
        yield f"It was made by comity {panel.comity}; the same command on the same data makes the same file:"
        yield f"```sh\n{panel.command}\n```"


def _table(columns: list[ColumnSaid]) -> str:
    lines = ["| column | meaning | measured in | sources | coverage |", "| - | - | - | - | - |"]
    for column in columns:
        name = f"`{column.name}`" + (" †" if column.is_hindsight else "")
        measured = _text(column.unit) + (f" ({column.type})" if column.type and column.type != column.unit else "")
        coverage = "<br>".join(map(_text, column.coverage))
        cells = (name, _text(column.means), measured, ", ".join(map(_text, column.sources)), coverage)
        lines.append("| " + " | ".join(cell or _EMPTY for cell in cells) + " |")
    return "\n".join(lines)


def _hindsight(columns: list[ColumnSaid]) -> Iterator[str]:
    if any(column.is_hindsight for column in columns):
        yield (
            "† Coded looking back, with knowledge of what came after the year: not for a forecast that claims to know "
            "only what was known then."
        )


def _short_names(columns: list[ColumnSaid], suffix: str) -> Iterator[str]:
    if suffix != ".dta":
        return
    from comity.panel.stata import stata_name

    short = {column.name: stata_name(column.name) for column in columns}
    changed = [f"- `{name}` is `{kept}`" for name, kept in short.items() if kept != name]
    if changed:
        yield "Stata's names have at most 32 letters, so in the file:"
        yield "\n".join(changed)


def _sources(sources: dict[str, SourceSaid], file: Path) -> Iterator[str]:
    yield "## Sources"
    if not sources:
        yield "No source speaks in this panel."
        return
    yield (
        "Cite each of these when you publish what you found with the panel; "
        f"`{file.with_suffix('.bib').name}` has them for BibTeX, by the names in the column *sources*."
    )
    yield "\n".join(_source(name, source) for name, source in sources.items())
    kept = [name for name, source in sources.items() if not source.redistribute]
    if kept:
        yield "## Not to be passed on"
        yield (
            f"The rows of {_listed(kept)} may not be redistributed, or nobody has said that they may. This panel is "
            "for your own work: publish your results and how the panel was made, not the file."
        )
    brought = [name for name, source in sources.items() if source.user_supplied]
    if brought:
        yield f"comity does not deliver {_listed(brought)}; the files were brought by whoever made this panel."


def _source(name: str, source: SourceSaid) -> str:
    published = f", published {source.published}" if source.published else ""
    address = f" <{source.url}>" if source.url.startswith("http") else ""
    lines = [
        f"- **{name}**: {_text(source.title)}, version {_text(source.version)}{published}. "
        f"{_text(source.publisher)}.{address}",
        f"  - Cite: {_text(source.citation)}",
        f"  - Terms: {_text(source.terms)}",
    ]
    return "\n".join(lines)


def _listed(names: Iterable[str]) -> str:
    *others, last = (f"`{name}`" for name in names)
    return f"{', '.join(others)} and {last}" if others else last


def _text(text: str) -> str:
    """A text in a line of Markdown, as it was written."""
    return text.translate(_MARKS)
