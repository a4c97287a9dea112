"""The pages of tables, commands and errors."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click

from comity import errors
from comity.cli import main
from comity.vocab.tables import PROVENANCE, Column, Table, tables
from generating.markdown import code, grid, page, yes

WIDTH = 100


def tables_index() -> str:
    """The list of core tables, and what all of them share."""
    rows = [(f"[{table.name}](tables/{table.name}.md)", table.means, code(table.key)) for table in tables().values()]
    return page(
        "# Tables",
        "The store holds these tables in the schema `core`: one row per fact, in the words of [words](../words.md).",
        f"Every table ends with the columns {code(PROVENANCE)}, text and never null: which source and version says so, "
        "where in its files, and who may see the row. Null means unknown; where it can mean something else, "
        "the meaning of the column says so.",
        grid(("table", "one row is", "key"), rows),
    )


def table_page(table: Table) -> str:
    """The columns of one table."""
    return page(
        f"# {table.name}",
        table.means,
        f"Key: {code(table.key)}.",
        grid(("column", "meaning", "type", "may be null", "words"), map(_column, table.columns)),
        "[All tables](../tables.md)",
    )


def _column(column: Column) -> tuple[str, ...]:
    anchor = (column.words or "").replace(" ", "-")
    words = f"[{column.words}](../../words.md#{anchor})" if column.words else ""
    return f"`{column.name}`", column.means, column.type, yes(column.nullable), words


def commands_page() -> str:
    """The help of every command."""
    top = click.Context(main, info_name="comity", terminal_width=WIDTH, **main.context_settings)
    parts = [f"## {name}\n\n```text\n{text}\n```" for name, text in command_helps(main, top)]
    return page(
        "# Commands",
        "These are all the commands, each as its `--help` describes it.",
        "An error is one line and the exit code 1; wrong usage has the exit code 2.",
        *parts,
    )


def command_helps(command: click.Command, context: click.Context) -> Iterator[tuple[str, str]]:
    """The full name and the help of a command and of all commands under it."""
    yield context.command_path, command.get_help(context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from command_helps(below, click.Context(below, info_name=name, parent=context, terminal_width=WIDTH))


def errors_page() -> str:
    """The tree of errors."""
    return page(
        "# Errors",
        "Everything comity refuses on purpose is one of these, and its text is one line that says what, where and why.",
        "\n".join(_error_lines(errors.ComityError, 0)),
        "Catch `comity.ComityError` to catch them all. On the command line each ends with exit code 1.",
    )


def _error_lines(error: type[errors.ComityError], depth: int) -> Iterator[str]:
    yield f"{'  ' * depth}- `{error.__name__}`: {error.__doc__}"
    for below in sorted(error.__subclasses__(), key=lambda each: inspect.getsourcelines(each)[1]):
        if below.__module__ == errors.__name__:
            yield from _error_lines(below, depth + 1)
