"""Which questions the store answers: one SELECT over the tables of `core`, with no function that reaches out.

A store that is open holds a DuckDB that is shut in: no file outside the visible label folders, no setting
changed, no extension loaded. This is the second wall, inside that one, and it is needed: DuckDB may write
where it may read, and `WITH x AS (COPY …) SELECT …` is one SELECT to it. So DuckDB parses the question and
hands back the tree, and every query, table and table function in the tree must be on a short list. Files,
catalogs and settings cannot even be named, and what a later DuckDB adds is refused until somebody lists it.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from comity.errors import QueryRefused
from comity.vocab.tables import tables

if TYPE_CHECKING:
    import duckdb

Node = dict[str, Any]

_EXPLAIN = re.compile(r"\s*explain(\s+analyze)?\s", re.IGNORECASE)
_PLAIN = re.compile(r"\w+")
_QUERIES = frozenset({"SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE"})
_TABLES = frozenset(
    {"BASE_TABLE", "EMPTY", "EXPRESSION_LIST", "JOIN", "PIVOT", "SHOW_REF", "SUBQUERY", "TABLE_FUNCTION"}
)
_TABLE_FUNCTIONS = frozenset({"generate_series", "json_each", "json_tree", "range", "repeat", "unnest"})
_CATALOG = frozenset({("information_schema", "tables"), ("information_schema", "columns")})
# Functions that tell settings, plan other SQL (and so name files), write the log, or hold the machine.
_REFUSED = frozenset({"current_setting", "json_serialize_plan", "sleep_ms", "write_log"})
_REFUSED_BEGINNINGS = ("__internal", "pg_", "duckdb_", "pragma_")


def admitted(connection: duckdb.DuckDBPyConnection, sql: str) -> duckdb.Statement:
    """The one statement of a question, or QueryRefused with the reason."""
    import duckdb

    try:
        statements = connection.extract_statements(sql)
    except duckdb.Error as problem:
        raise QueryRefused(first_line(problem)) from problem
    if len(statements) != 1:
        raise QueryRefused(f"ask takes one SELECT, not {len(statements)} statements")
    kind = statements[0].type
    explain = _EXPLAIN.match(sql) if kind == duckdb.StatementType.EXPLAIN else None
    if kind != duckdb.StatementType.SELECT and not explain:
        raise QueryRefused(f"ask takes one SELECT, not {kind.name}")
    _check_tree(_tree(connection, sql[explain.end() :] if explain else sql))
    return statements[0]


def first_line(problem: Exception) -> str:
    """DuckDB's own words for a problem, on one line."""
    return str(problem).strip().split("\n", 1)[0]


def _tree(connection: duckdb.DuckDBPyConnection, sql: str) -> Node:
    [(text,)] = connection.execute("SELECT json_serialize_sql($sql::VARCHAR)", {"sql": sql}).fetchall()
    try:
        tree: Node = json.loads(text)
    except RecursionError:
        raise QueryRefused("the question is nested too deeply") from None
    if tree["error"] or len(tree["statements"]) != 1:
        raise QueryRefused(f"ask takes one SELECT: {tree.get('error_message', 'this is none')}")
    return tree


def _check_tree(tree: Node) -> None:
    """Look at every node; text the asker wrote stands in leaves, so it cannot pose as a node."""
    nodes = list(_nodes(tree))
    named = {entry["key"].lower() for node in nodes for entry in node.get("cte_map", {}).get("map", ())}
    for node in nodes:
        kind = str(node.get("type"))
        if (kind.endswith("_NODE") or "cte_map" in node) and kind not in _QUERIES:
            raise QueryRefused(f"ask takes one SELECT; it holds {kind.removesuffix('_QUERY_NODE')}")
        if "alias" in node and "sample" in node:
            _check_table(kind, node, named)
        _check_function(str(node.get("function_name", "")).lower())


def _nodes(tree: Node) -> Iterator[Node]:
    waiting: list[Any] = [tree]
    while waiting:
        found = waiting.pop()
        if isinstance(found, dict):
            yield found
            waiting += found.values()
        elif isinstance(found, list):
            waiting += found


def _check_function(name: str) -> None:
    if name in _REFUSED or name.startswith(_REFUSED_BEGINNINGS):
        raise QueryRefused(f"the function {name} is not answered here")


def _check_table(kind: str, node: Node, named: set[str]) -> None:
    """Refuse what stands in FROM unless it is a table of `core`, named by the question, or a plain series."""
    if kind not in _TABLES:
        raise QueryRefused(f"{kind} cannot stand in FROM here")
    if kind == "SHOW_REF" and not node.get("query"):
        raise QueryRefused("SHOW is not answered; ask DESCRIBE core.NAME, or information_schema.tables")
    if kind == "TABLE_FUNCTION":
        name = node["function"]["function_name"].lower()
        if name not in _TABLE_FUNCTIONS:
            raise QueryRefused(f"{name} cannot stand in FROM here; the tables are core.NAME")
    if kind == "BASE_TABLE":
        _check_name(node["qualified_name"]["path"], named)


def _check_name(path: list[str], named: set[str]) -> None:
    """A name alone must come from WITH and be plain, so that it can never be taken for the name of a file."""
    schema, name = ["", *(part.lower() for part in path)][-2:]
    if len(path) == 1 and name in named and _PLAIN.fullmatch(name):
        return
    if len(path) == 2 and ((schema == "core" and name in tables()) or (schema, name) in _CATALOG):
        return
    near = difflib.get_close_matches(name, list(tables()), n=1)
    hint = f"nearest is core.{near[0]}" if near else "the tables are core.NAME"
    raise QueryRefused(f"there is no table {'.'.join(path)!r}; {hint}")
