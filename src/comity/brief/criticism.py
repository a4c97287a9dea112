"""Points of criticism: those that the record of a case names, each with the data that speak to it and what none says.

A point belongs to a case when the record's summary names it in so many words; no case gets the points of another.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from comity.brief.arrangements import listed_sites, presences
from comity.brief.basis import Basis, Query, joined
from comity.brief.facts import Fact, agreements, incidents, opposed, sources_of
from comity.brief.resting import from_rows, rests_on
from comity.brief.sites import last_edited
from comity.brief.subject import Subject
from comity.brief.texts import of_all, paired, texts_in_force
from comity.brief.turning import case_row
from comity.brief.wording import counted, listed, said, with_article, years_text
from comity.network import FIGHTING, IN_FORCE
from comity.vocab.register import SOURCE as REGISTER

_BETWEEN = """
    (list_contains($around, by_party) AND list_contains(of_parties, $lead))
    OR (by_party = $lead AND list_has_any(of_parties, $around))
"""
_ACCESS = f"""
    SELECT item, date, change_kind, access_kind, by_party, of_parties, reason, source FROM core.access_change
    WHERE date <= $on AND ({_BETWEEN}) ORDER BY date DESC, item
"""  # noqa: S608 (a word of this module)
_ARMS = """
    SELECT from_state, to_state, source,
           sum(delivered_tiv) FILTER (delivery_year BETWEEN $late AND $last) AS late_tiv,
           sum(delivered_tiv) FILTER (delivery_year BETWEEN $early AND $late - 1) AS early_tiv
    FROM core.arms_delivery
    WHERE (list_contains($around, to_state) OR to_state = $lead AND list_contains($around, from_state))
      AND delivery_year BETWEEN $early AND $last
    GROUP BY ALL ORDER BY from_state NULLS LAST, to_state, source
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
class Point:
    """One point of critics: what they say, what the data say, what no loaded source says, and what it rests on."""

    worry: str
    data: str | None
    missing: str
    cites: tuple[str, ...]
    basis: Basis


def points(subject: Subject) -> Iterator[Point]:
    """The points that the record of the case names, in one order."""
    summary = str(case_row(subject)[0]["summary"] or "")
    for pattern, make in _POINTS:
        if re.search(pattern, summary, re.IGNORECASE):
            yield make(subject)


def _transparency(subject: Subject) -> Point:
    texts, standing = paired(subject, agreements(subject)), texts_in_force(subject)
    seen = [pair for pair in texts if any(fact.row.get("verification") == "primary" for fact in of_all([pair]))]
    data = None
    if texts:
        data = (
            f"Texts listed: {len(texts)}; in force when last checked: {len(standing)}; "
            f"seen in their first source: {len(seen)}."
        )
    how = "Texts listed, each once, those in force when last checked, and those seen in their first source."
    basis = rests_on(how, of_all(texts), count=len(texts), standing=len(standing), seen=len(seen))
    missing = "Whether a text has secret parts, and which texts nobody has made public."
    return Point(
        "Transparency: texts and sums are not open to view", data, missing, _cited(subject, of_all(texts)), basis
    )


def _debt(subject: Subject) -> Point:
    rows, query = _asked(subject, _MONEY, facts=sorted(_MONEY_FACTS))
    told = "; ".join(
        f"{_MONEY_FACTS[row['fact']]} in {counted(row['state_count'], 'state')}, "
        f"{years_text((row['first_year'], row['last_year']))}: {row['total'] / 1e9:,.1f} billion dollars of 2024"
        for row in rows
        if row["total"]
    )
    values = {row["fact"]: round(row["total"] / 1e9, 1) for row in rows if row["total"]}
    basis = from_rows("Sums over the states of the case, in billions.", rows, query, **values)
    missing = "What is owed for arms, training and bases, and on what terms; no loaded source lists debts."
    data = f"{told[:1].upper()}{told[1:]}." if told else None
    return Point("Debt: what is given must be paid back", data, missing, _of_rows(subject, rows), basis)


def _sovereignty(subject: Subject) -> Point:
    rows, query = _asked(subject, _ACCESS)
    kinds: dict[str, int] = {}
    for row in rows:
        kinds[row["change_kind"]] = kinds.get(row["change_kind"], 0) + 1
    told = ", ".join(f"{said(kind)} {kinds[kind]}" for kind in sorted(kinds, key=lambda kind: (-kinds[kind], kind)))
    data = (
        f"Changes of access listed between the states of the case: {len(rows)} ({told})."
        if rows
        else "No change of access between the states of the case is listed."
    )
    acts = [fact for fact in incidents(subject) if fact.year >= subject.window[0] and _actors(subject, fact)]
    by = Counter(code for fact in acts for code in _actors(subject, fact))
    data += _acted(subject, len(acts), by) if acts else ""
    how = "Changes of access between the states of the case, by kind."
    basis = joined(
        (
            from_rows(how, rows, query, count=len(rows), **kinds),
            rests_on(
                "Incidents begun in the years, another state of the case the actor against the first.",
                acts,
                incidents=len(acts),
                by=dict(by),
                window=list(subject.window),
            ),
        )
    )
    cites = tuple(sorted({*_of_rows(subject, rows), *sources_of(acts)}))
    missing = "What hosts gave up to get what they got; no list of access leaves nothing out."
    return Point("Sovereignty: bases, access and who decides on them", data, missing, cites, basis)


def _jurisdiction(subject: Subject) -> Point:
    texts = [
        fact for fact in agreements(subject) if fact["agreement_kind"] == "visiting_forces" and _among(subject, fact)
    ]
    data = f"Texts on the status of forces among them that stand: {len(texts)}." if texts else None
    basis = rests_on("Texts on visiting forces among the states of the case.", texts, count=len(texts))
    missing = "Which courts tried whom, and for what; no loaded source lists such cases."
    return Point("Jurisdiction: who tries the people of the forces", data, missing, _cited(subject, texts), basis)


def _burden(subject: Subject) -> Point:
    held = [fact for fact in presences(subject) if _among(subject, fact)]
    undated = [fact for fact in listed_sites(subject) if _among(subject, fact)]
    forces = counted(len(held), "force or site", "forces and sites")
    told = (
        [f"{forces} of one in another, standing when last checked, a command and its parts counted apart"]
        if held
        else []
    )
    if undated:
        more = f"{len(undated)} {'more ' if held else ''}{'site' if len(undated) == 1 else 'sites'}"
        told.append(f"{more} of a list without days, last edited in {last_edited(undated)}, not known to stand")
    data = f"{'; '.join(told)}." if told else None
    how = "Forces and bases listed among the states of the case; those of a list without days apart."
    cited = [*held, *undated]
    basis = rests_on(how, cited, count=len(held), undated=len(undated))
    missing = "Noise, land, accidents, and what the host pays; no loaded source lists them."
    return Point("Burden: what bases cost those who live beside them", data, missing, _cited(subject, cited), basis)


def _entrapment(subject: Subject) -> Point:
    held = [
        fact
        for fact in agreements(subject)
        if fact["standing"] in IN_FORCE and set(fact["obligations"]) & set(FIGHTING) and _among(subject, fact)
    ]
    texts = paired(subject, held)
    data = f"Texts among them with a duty to fight, in force when last checked: {len(texts)}." if texts else None
    basis = rests_on(
        "Texts in force among the states of the case with a duty to fight, each once.", held, count=len(texts)
    )
    missing = "Whether such a duty drew one into a war it would have kept out of; no loaded source tells."
    return Point("Entrapment: being drawn into the wars of the ally", data, missing, _cited(subject, held), basis)


def _dependence(subject: Subject) -> Point:
    rows, query, years = _deliveries(subject)
    lead, told, values = subject.states[0], [], dict[str, Any](years=years)
    for name, span in (("late_tiv", years[2:]), ("early_tiv", years[:2])):
        taken = [row for row in rows if row["to_state"] != lead]
        whole = sum(row[name] or 0 for row in taken)
        if whole:
            share = sum(row[name] or 0 for row in taken if row["from_state"] == lead) / whole
            values |= {f"{name} share": share}
            told.append(f"{share:.0%} in {years_text((span[0], span[1]))}")
    data = (
        f"Of the major arms delivered to the others, by TIV, from {with_article(lead)}: {', '.join(told)}."
        if told
        else None
    )
    basis = from_rows("Deliveries to the other states of the case, by supplier.", rows, query, **values)
    missing = "Dependence on spare parts, training, energy and money; no loaded source lists it."
    return Point("Dependence: arms that only one supplier gives", data, missing, _of_rows(subject, rows), basis)


def _arms_race(subject: Subject) -> Point:
    rows, query, years = _deliveries(subject)
    lead, told, values = subject.states[0], [], dict[str, Any](years=years)
    ways = (("by", "from_state", "to_state"), ("to", "to_state", "from_state"))
    for word, own, other in ways:
        held = [row for row in rows if row[own] == lead and row[other] in subject.partners]
        if held:
            late, early = (sum(row[name] or 0 for row in held) for name in ("late_tiv", "early_tiv"))
            count = len({row[other] for row in held})
            values |= {f"{word} {key}": value for key, value in (("states", count), ("late", late), ("early", early))}
            far = "to" if word == "by" else "from"
            told.append(
                f"{word} {with_article(lead)} {far} {counted(count, 'state')} of the case: {late:,.0f} million TIV in "
                f"{years_text((years[2], years[3]))} and {early:,.0f} in {years_text((years[0], years[1]))}"
            )
    data = f"Major arms delivered {'; '.join(told)}." if told else None
    basis = from_rows("Deliveries added up over the states of the case, each way.", rows, query, **values)
    missing = "Whether neighbors arm in answer; the ledger tests that only where a claim says so."
    return Point("Arms race: deliveries that neighbors answer", data, missing, _of_rows(subject, rows), basis)


# What the summary of a record says that names a point.
_POINTS: tuple[tuple[str, Callable[[Subject], Point]], ...] = (
    (r"\b(open to view|transparen\w+|secre\w+)\b", _transparency),
    (r"\bdebts?\b", _debt),
    (r"\bsovereign\w*", _sovereignty),
    (r"\bjurisdiction\b", _jurisdiction),
    (r"\bburdens?\b", _burden),
    (r"\bentrap\w*", _entrapment),
    (r"\bdependen(t|ce|cy)\b", _dependence),
    (r"\barms\b", _arms_race),
)


def _deliveries(subject: Subject) -> tuple[list[dict[str, Any]], Query, list[int]]:
    """Deliveries to the states around the first, and from them to it, and the years: five, and the five before."""
    last = subject.full_year
    rows, query = _asked(subject, _ARMS, late=last - 4, early=last - 9)
    return rows, query, [last - 9, last - 5, last - 4, last]


def _asked(subject: Subject, sql: str, **more: Any) -> tuple[list[dict[str, Any]], Query]:
    given = {
        "lead": subject.states[0],
        "around": list(subject.partners),
        "on": subject.as_of,
        "last": subject.full_year,
    } | more
    return subject.asked(sql, **{name: value for name, value in given.items() if f"${name}" in sql})


def _acted(subject: Subject, count: int, by: Counter[str]) -> str:
    """In how many incidents other states of the case acted against the first, and which, as a sentence."""
    ranked = sorted(by, key=lambda code: (-by[code], code))
    named = listed([f"{with_article(code)} ({by[code]})" for code in ranked])
    what = counted(count, "incident") + " of the case in " + years_text(subject.window)
    return f" In {what} another of its states acted against {with_article(subject.states[0])}: {named}."


def _actors(subject: Subject, fact: Fact) -> list[str]:
    """The other states of the case that acted against the first."""
    lead, actors = subject.states[0], {party.code for party in fact.parties if party.role == "actor"}
    against = {code for pair in opposed(fact) if lead in pair for code in pair}
    return sorted(against & actors & set(subject.partners))


def _among(subject: Subject, fact: Fact) -> bool:
    """Whether the first party of the case and another of its states take part, and nobody from outside it."""
    return subject.states[0] in fact.states and len(fact.states) > 1 and fact.states <= set(subject.circle)


def _cited(subject: Subject, facts: list[Fact]) -> tuple[str, ...]:
    return sources_of(facts) or _register(subject)


def _of_rows(subject: Subject, rows: list[dict[str, Any]]) -> tuple[str, ...]:
    return tuple(sorted({row["source"] for row in rows})) or _register(subject)


def _register(subject: Subject) -> tuple[str, ...]:
    return (REGISTER,) if REGISTER in subject.abouts else tuple(sorted(subject.abouts))[:1]
