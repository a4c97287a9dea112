"""Changes of access that are about a subject: refused, taken away, narrowed or given back."""

from __future__ import annotations

from typing import Any

from comity.brief.basis import Query
from comity.brief.body_together import members_of_few
from comity.brief.scope import parameters
from comity.brief.subject import Subject, once

_NAMED = " UNION ALL ".join(
    f"SELECT source, '{table}' AS core_table, {table} AS item, name FROM core.{table}"  # noqa: S608 (words of this line)
    for table in ("agreement", "engagement", "series", "organisation", "presence", "programme")
)
OF_SUBJECT = {
    # What one of the two did to its part of a body to which both belong is between them too.
    "pair": """list_has_all(list_append(of_parties, by_party), $inner)
        OR (core_table = 'organisation' AND access_kind = 'membership' AND list_contains($inner, by_party)
            AND item IN (
                SELECT organisation FROM core.organisation_member
                WHERE party_kind = 'state' AND list_contains($inner, party) AND role = 'member'
                  AND coalesce(start_date, least(known_until, end_date)) <= $on
                  AND (end_date IS NULL OR end_date > $on)
                GROUP BY organisation HAVING count(DISTINCT party) = len($inner)))""",
    "state": "list_contains($inner, by_party) OR list_has_any(of_parties, $inner)",
    # A programme of the whole world has the tags of many regions: what it did to a state is of that state's own.
    "region": """(list_contains(regions, $region)
            AND (core_table <> 'programme' OR list_has_any(list_append(of_parties, by_party), $ordinary)))
        OR (list_has_any(regions, $within) AND list_has_any(list_append(of_parties, by_party), $inner))
        OR (list_contains($ordinary, by_party) AND list_has_any(of_parties, $circle))
        OR (list_contains($circle, by_party) AND list_has_any(of_parties, $ordinary))""",
    "case": "list_contains(cases, $case)",
    "comparison": """(list_contains($inner, by_party) AND list_has_any(of_parties, $around))
        OR (list_contains($around, by_party) AND list_has_any(of_parties, $inner))""",
    # Of a small body also what one member did to another's access.
    "organisation": """by_party = $body OR list_contains(of_parties, 'organisation:' || $body)
        OR (list_contains($members, by_party)
            AND list_has_any(list_filter(of_parties, lambda one: one <> by_party), $members))""",
}


@once
def changes(subject: Subject) -> tuple[list[dict[str, Any]], Query]:
    """Changes of access by the subject or of its access up to the day, newest first."""
    sql = f"""
        WITH changed AS (SELECT * FROM core.access_change WHERE date <= $on AND ({OF_SUBJECT[subject.kind]})),
        named AS (SELECT * FROM ({_NAMED}) SEMI JOIN changed USING (source, core_table, item))
        SELECT changed.*, named.name FROM changed LEFT JOIN named USING (source, core_table, item)
        ORDER BY date DESC, item, access_kind
    """  # noqa: S608 (words of this module; what a user gives travels as a parameter)
    members = list(members_of_few(subject)) if subject.kind == "organisation" else []
    return subject.asked(sql, **parameters(subject, sql, on=subject.as_of, members=members))
