"""The pages of the measures, from their docstrings and SQL."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

from comity.panel.measure import Measure, known_measures
from comity.record import SOURCE
from comity.record.register import KINDS
from comity.sources import source_names
from comity.sources.contract import contract
from generating.markdown import bullets, code, fold, grid, page
from generating.sources import completeness, coverage_words, reach_words


def measures_page(unit: str) -> str:
    """Every measure of one unit."""
    found = known_measures(unit)
    return page(
        f"# Measures of {unit}",
        f"These are the columns that `comity panel {unit}` can fill; an empty cell is unknown, and zero is observed.",
        grid(
            ("measure", "type", "measured in"),
            ((f"[{m.name}](#{m.name})", m.type, m.measured_in) for m in found.values()),
        ),
        *(part for made in found.values() for part in _measure(made)),
    )


def _measure(made: Measure) -> Iterator[str]:
    yield f"## {made.name}"
    yield made.means
    yield grid(
        ("unit", "type", "measured in", "kind of fact"),
        [(f"`{made.unit}`", made.type, made.measured_in, f"`{made.kind}`" if made.kind else "none")],
    )
    yield _absence(made)
    yield "What the sources know of it:\n\n" + bullets(_knowing(made))
    yield fold("SQL", "sql", made.sql) if made.sql else fold("Python", "python", inspect.getsource(made.function))


def _knowing(made: Measure) -> list[str]:
    """The coverage of every source that speaks of the measure's kind of fact."""
    # Where absence is never zero, it does not matter how complete a source is.
    words = coverage_words if made.kind else reach_words
    kinds = {made.kind, made.name, *made.of} - {None}
    knowing = [
        f"[{name}](../sources/{name}.md): {words(known)}"
        for name in source_names()
        for known in contract(name).coverage
        if kinds & set(known.kinds)
    ]
    if kinds & set(KINDS):
        knowing.append(f"[{SOURCE}](../../records/README.md): {completeness('positive_only')}.")
    return knowing


def _absence(made: Measure) -> str:
    if made.of:
        return f"Computed from {code(made.of)} of both states; null where one of them is null."
    if made.kind is None:
        return "Null where no source gives a number; absence is never zero."
    return f"Zero only where a source that is complete for `{made.kind}` covers the cell; null elsewhere."
