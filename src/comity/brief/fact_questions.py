"""The question by which the rows of a table of `core` that belong to a subject are read, each with its parties."""

from __future__ import annotations

from comity.brief.scope import belongs
from comity.brief.subject import Subject
from comity.network import ACTED_UPON, WATCHING


def apart(table: str) -> tuple[str, ...]:
    """The roles in which a party takes no part."""
    return WATCHING if table == "incident" else (*WATCHING, ACTED_UPON)


def question(subject: Subject, table: str, where: str = "true", columns: str = "", **parties: str) -> str:
    """One SELECT of the rows of a table that belong to the subject, each with the list of its parties.

    `spell` says when a party was one, and `sources` which sources are asked. Every argument is a word of this module;
    what a user gives travels as a parameter.
    """
    spell, sources = parties.get("spell", "true"), parties.get("sources", "true")
    taking_part = "NOT list_contains($watching, p.role)"
    return f"""
        WITH asked AS (
            SELECT * FROM core.{table} AS {table} WHERE {where}{_sieve(subject, table, sources)}),
        involved AS (
            SELECT *, list_distinct([p.code FOR p IN parties IF p.kind = 'state' AND {taking_part}]) AS states,
                   list_distinct([p.code FOR p IN parties IF p.kind = 'organisation' AND {taking_part}]) AS bodies
            FROM (SELECT source, {table}, list_sort(list({{kind: party_kind, code: party, role: role}})) AS parties
                  FROM core.{table}_party SEMI JOIN asked USING (source, {table})
                  WHERE {spell} AND {sources} GROUP BY ALL))
        SELECT {table}.*, involved.parties{columns}
        FROM asked AS {table} LEFT JOIN involved USING (source, {table})
        WHERE {belongs(subject, table)}
    """  # noqa: S608 (see the docstring)


def _sieve(subject: Subject, table: str, sources: str) -> str:
    """A first sieve by who took part at all, before the parties of each row are listed; it saves much work."""
    own = {"world": "", "topic": "", "organisation": "[$body]"}.get(subject.kind, "$inner")
    if not own:
        return ""
    both = f" GROUP BY source, {table} HAVING list_has_all(list(party), $inner)" if subject.kind == "pair" else ""
    found = f"SELECT source, {table} FROM core.{table}_party WHERE list_contains({own}, party) AND {sources}{both}"  # noqa: S608
    tagged = {"region": f"list_contains({table}.regions, $region)", "case": f"list_contains({table}.cases, $case)"}
    sieve = f"(source, {table}) IN ({found})"
    return f" AND ({tagged[subject.kind]} OR {sieve})" if subject.kind in tagged else f" AND {sieve}"
