"""The pages of the published sources, from their contracts and readers."""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Iterable, Iterator

from comity.sources import source_names
from comity.sources.contract import Contract, Fix, contract
from comity.vocab.coverage import Coverage
from comity.vocab.words import vocabularies
from generating.markdown import bullets, code, grid, page, yes

# Where the reason stands among the arguments of what leaves rows or values out.
_REASON_AT = {"leave_out": 1, "leave_out_value": 1, "keep": 2}
SYSTEMS = {"cow": "Correlates of War", "gw": "Gleditsch and Ward"}


def sources_index() -> str:
    """The table of all sources."""
    rows = []
    for name in source_names():
        promise = contract(name)
        years = "; ".join(f"{', '.join(known.kinds)}: {_span(known)}" for known in promise.coverage)
        rows.append((f"[{name}]({name}.md)", promise.title, promise.version, years, yes(promise.redistribute)))
    return page(
        "# Published sources",
        "These are the published datasets comity reads; not one row of them is part of comity.",
        grid(("source", "title", "version", "knows of", "may be passed on"), rows),
        "The register, which the project writes itself, is described in [records](../../records/README.md).",
    )


def source_page(name: str, promise: Contract) -> str:
    """What one source covers, on what terms, with what errors."""
    facts = [
        ("version", promise.version),
        ("publisher", promise.publisher),
        ("address", f"<{promise.url}>"),
        ("published", promise.published or "not known"),
        ("terms", promise.terms),
        ("`redistribute`: its rows may be passed on", yes(promise.redistribute)),
        ("`user_supplied`: read only from your own copy", yes(promise.user_supplied)),
    ]
    return page(
        f"# {name}: {promise.title}",
        f"comity reads version {promise.version} of {promise.title}, published by {promise.publisher}.",
        grid(("", ""), facts),
        "## Citation",
        f"> {promise.citation}",
        "## Coverage",
        bullets(coverage_words(known) for known in promise.coverage),
        "## Files",
        grid(("file", "format", "columns", "key", "fetched from"), _file_rows(promise)),
        *_listed("Not read", (f"`{pattern}`: {reason}" for pattern, reason in promise.not_read.items())),
        "## What becomes of it",
        bullets(_filled(name, table) for table in promise.tables),
        *_listed("Known errors", promise.known_errors),
        *_listed("Fixes", map(_fix, promise.fixes)),
        *_listed(
            "Spellings of its own", (f"`{it}` means {by.name}. {by.reason}" for it, by in promise.aliases.items())
        ),
        "## Left out",
        _left_out(name),
    )


def coverage_words(known: Coverage) -> str:
    """What a statement of coverage says, and what it means that something is not listed."""
    return f"{reach_words(known)}; {completeness(known.completeness)}."


def reach_words(known: Coverage) -> str:
    """Which facts and dates a statement of coverage speaks of."""
    whom = f" with {' or '.join(known.states)}" if known.states else ""
    among = f", among members of the {SYSTEMS[known.system]} system" if known.system else ""
    where = f", where the file {known.file} is loaded" if known.file else ""
    return f"{', '.join(known.kinds)}{whom}{among}, {known.start} to {known.end}{where}"


def completeness(word: str) -> str:
    """A completeness and its meaning, in the words of docs/words.md."""
    return f"{word}: {vocabularies()['completeness'][word]}"


def _file_rows(promise: Contract) -> Iterator[tuple[str, ...]]:
    for file in promise.files.values():
        origin = f"<{file.download}>" if file.download else "no address: bring your own copy"
        columns = str(len(file.header)) if file.header else "as they stand"
        yield f"`{file.path}`", file.format, columns, code(file.key) or "none", origin


def _listed(title: str, lines: Iterable[str]) -> tuple[str, ...]:
    held = list(lines)
    return (f"## {title}", bullets(held)) if held else ()


def _fix(fix: Fix) -> str:
    where = ", ".join(f"`{column}` is `{value}`" for column, value in fix.where.items())
    return (
        f"In `{fix.file}`, where {where}: `{fix.column}` holds `{fix.old}`, read as `{fix.new}`. "
        f"{fix.reason} ({fix.reported.capitalize()}.)"
    )


def _filled(name: str, table: str) -> str:
    """A table of `core` that a source fills, and what its reader says of the rows."""
    reader = getattr(importlib.import_module(f"comity.sources.{name}"), table)
    said = inspect.getdoc(reader) or ""
    return f"[{table}](../reference/tables/{table}.md): {' '.join(said.split())}"


def _left_out(name: str) -> str:
    """The rules by which a reader leaves rows or values out, found in its text."""
    reader = importlib.import_module(f"comity.sources.{name}")
    calls = [
        (node.func.attr, _rule(node.args[_REASON_AT[node.func.attr]]))
        for node in ast.walk(ast.parse(inspect.getsource(reader)))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and len(node.args) > _REASON_AT.get(node.func.attr, len(node.args))
    ]
    if not calls:
        return "No row is left out."
    kinds = {"leave_out": "Rows", "keep": "Rows", "leave_out_value": "Values within rows"}
    counted = f"Each is counted when the source is loaded; `comity sources {name}` shows the counts."
    return counted + "\n\n" + bullets(f"{kinds[kind]}: {rule}." for kind, rule in dict.fromkeys(calls))


def _rule(node: ast.expr) -> str:
    """A reason as it stands in the code; what is filled in when it runs shows as an ellipsis."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
    return "for reasons that are named with their counts"


def _span(known: Coverage) -> str:
    return f"{known.start.year} to {known.end.year}"
