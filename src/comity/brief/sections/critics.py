"""What critics point to in a case, and which data speak to each point: none is a verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from comity.brief.basis import Basis, Query
from comity.brief.blocks import Block, Column, Row, Table
from comity.brief.facts import Fact, agreements, sources_of
from comity.brief.knowledge import horizon
from comity.brief.registry import section
from comity.brief.resting import from_rows, rests_on
from comity.brief.subject import Subject
from comity.brief.wording import counted, said, years_text
from comity.vocab.register import SOURCE as REGISTER

_ACCESS = """
    SELECT item, date, change_kind, access_kind, by_party, of_parties, reason, source FROM core.access_change
    WHERE date <= $on AND (list_contains(cases, $case)
        OR (list_contains(of_parties, $lead) AND list_contains($around, by_party))
        OR (by_party = $lead AND list_has_any(of_parties, $around)))
    ORDER BY date DESC, item
"""
_ARMS = """
    SELECT to_state, source, sum(delivered_tiv) FILTER (delivery_year BETWEEN $late AND $last) AS late_tiv,
           sum(delivered_tiv) FILTER (delivery_year BETWEEN $early AND $late - 1) AS early_tiv
    FROM core.arms_delivery
    WHERE from_state = $lead AND list_contains($around, to_state) AND delivery_year BETWEEN $early AND $last
    GROUP BY ALL ORDER BY late_tiv DESC NULLS LAST, to_state
"""
_MONEY = """
    SELECT fact, source, min(year) AS first_year, max(year) AS last_year, count(DISTINCT to_state) AS state_count,
           sum(value) AS total
    FROM core.dyad_year_fact
    WHERE from_state = $lead AND list_contains($around, to_state) AND list_contains($facts, fact) AND year <= $last
    GROUP BY ALL ORDER BY fact, source
"""
_MONEY_FACTS = {
    "infrastructure_project_usd2024": "infrastructure projects",
    "currency_swap_drawn_usd2024": "swap lines drawn",
}


@dataclass(frozen=True)
class _Point:
    """One point of critics: what they say, what the data say, what no loaded source says, and what it rests on."""

    worry: str
    data: str | None
    missing: str
    cites: tuple[str, ...]
    basis: Basis


@section("What critics point to", order=66, kinds=("case",))
def critics(subject: Subject) -> list[Block]:
    """Each point beside the data that speak to it, and what it would take to know."""
    points = tuple(_points(subject))
    cites = tuple(sorted({key for point in points for key in point.cites}))
    return [
        Table(
            title="Points of criticism, and the data there are",
            columns=(Column("Worry"), Column("What the data say", "words"), Column("What they do not say", "words")),
            rows=tuple(Row(cells=(point.worry, point.data, point.missing), refs=point.cites) for point in points),
            note="A number here neither bears a worry out nor removes it.",
            null_means="nothing in the loaded sources",
            cites=cites,
            as_of=horizon(subject, cites),
            basis=Basis(
                " ".join(point.basis.how for point in points),
                tuple(query for point in points for query in point.basis.queries),
                tuple(row for point in points for row in point.basis.rows),
                tuple(value for point in points for value in point.basis.values),
            ),
        )
    ]


def _points(subject: Subject) -> Iterator[_Point]:
    yield _transparency(subject)
    yield _debt(subject)
    yield _sovereignty(subject)
    yield _arms_race(subject)


def _transparency(subject: Subject) -> _Point:
    texts = agreements(subject)
    seen = [fact for fact in texts if fact.row.get("verification") == "primary"]
    data = None
    if texts:
        data = f"Of {counted(len(texts), 'text')} standing, {len(seen)} were seen in their first source."
    basis = rests_on("Texts standing, and those seen in their first source.", texts, count=len(texts), seen=len(seen))
    missing = "Whether a text has secret parts, and which texts nobody has made public."
    return _Point("Transparency: texts and sums are not open to view", data, missing, _or_register(texts), basis)


def _debt(subject: Subject) -> _Point:
    rows, query = _asked(subject, _MONEY, facts=sorted(_MONEY_FACTS))
    told = [
        f"{_MONEY_FACTS[row['fact']]} in {counted(row['state_count'], 'state')}, "
        f"{years_text((row['first_year'], row['last_year']))}: {row['total'] / 1e9:,.1f} billion dollars of 2024"
        for row in rows
        if row["total"]
    ]
    values = {row["fact"]: round(row["total"] / 1e9, 1) for row in rows if row["total"]}
    basis = from_rows("Sums over the states of the case, in billions.", rows, query, **values)
    cites = tuple(sorted({row["source"] for row in rows})) or _register(subject)
    missing = "What is owed for arms, training and bases, and on what terms; no loaded source lists debts."
    return _Point("Debt: what is given must be paid back", _sentence(told), missing, cites, basis)


def _sovereignty(subject: Subject) -> _Point:
    rows, query = _asked(subject, _ACCESS)
    kinds: dict[str, int] = {}
    for row in rows:
        kinds[row["change_kind"]] = kinds.get(row["change_kind"], 0) + 1
    told = ", ".join(
        f"{said(kind)} {count}" for kind, count in sorted(kinds.items(), key=lambda held: (-held[1], held[0]))
    )
    data = f"Changes of access listed: {len(rows)} ({told})." if rows else None
    basis = from_rows(
        "Changes of access between the states of the case, by kind.", rows, query, count=len(rows), **kinds
    )
    cites = tuple(sorted({row["source"] for row in rows})) or _register(subject)
    missing = "What hosts gave up to get what they got; no list of access leaves nothing out."
    return _Point("Sovereignty: bases, access and dependence", data, missing, cites, basis)


def _arms_race(subject: Subject) -> _Point:
    last = subject.full_year
    rows, query = _asked(subject, _ARMS, late=last - 4, early=last - 9)
    late, early = (sum(row[name] or 0 for row in rows) for name in ("late_tiv", "early_tiv"))
    data = None
    if rows:
        data = (
            f"Major arms delivered to {counted(len(rows), 'state')}: {late:,.0f} million TIV in "
            f"{years_text((last - 4, last))} and {early:,.0f} in {years_text((last - 9, last - 5))}."
        )
    values = {"states": len(rows), "late": late, "early": early, "years": [last - 9, last - 5, last - 4, last]}
    basis = from_rows("Deliveries added up over the states of the case.", rows, query, **values)
    cites = tuple(sorted({row["source"] for row in rows})) or _register(subject)
    missing = "Whether neighbors arm in answer; the ledger tests that only where a claim says so."
    return _Point("Arms race: deliveries that neighbors answer", data, missing, cites, basis)


def _asked(subject: Subject, sql: str, **more: Any) -> tuple[list[dict[str, Any]], Query]:
    given = {
        "lead": subject.states[0],
        "around": list(subject.partners),
        "case": subject.key,
        "on": subject.as_of,
        "last": subject.full_year,
    } | more
    return subject.asked(sql, **{name: value for name, value in given.items() if f"${name}" in sql})


def _or_register(facts: list[Fact]) -> tuple[str, ...]:
    return sources_of(facts) or (REGISTER,)


def _register(subject: Subject) -> tuple[str, ...]:
    return (REGISTER,) if REGISTER in subject.abouts else tuple(sorted(subject.abouts))[:1]


def _sentence(told: list[str]) -> str | None:
    return f"{'; '.join(told)[:1].upper()}{'; '.join(told)[1:]}." if told else None
