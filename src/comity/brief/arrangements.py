"""What stands between states beside texts and acts: forces abroad, programs, regimes, courses in sums."""

from __future__ import annotations

from datetime import date
from typing import Any

from comity.brief.basis import Query
from comity.brief.facts import Fact, Party, agreements, living, named_party
from comity.brief.scope import belongs, parameters
from comity.brief.sites import Site, folded, is_undated
from comity.brief.subject import Subject, once
from comity.network import COUNTED, DONE
from comity.vocab.register import SOURCE as REGISTER

Row = dict[str, Any]
_SIDES = "list_filter([from_state, to_state], lambda party: party IS NOT NULL)"
_SITES = """(
    SELECT presence.*, site_kinds FROM core.presence LEFT JOIN (
        SELECT source, item AS presence, list(property ORDER BY property) AS site_kinds FROM core.property
        WHERE core_table = 'presence' AND value = 1 GROUP BY ALL
    ) USING (source, presence)
)"""  # the places with the kinds of site that a list says they are
_FEW = 4  # states that run a program together; where more take part, it is of the one that is its host
_GIVEN = ("assistance", "training", "exchange", "visit", "basing")  # of these programmes one state gives, others take


@once
def presences(subject: Subject) -> list[Fact]:
    """Forces of one state on another's ground, standing on the day of the brief or when last checked; each place once.

    The heaviest first. A place that only a list without days names is not among them: no source says that it stands.
    """
    return [fact for fact, _ in sites(subject) if not is_undated(fact)]


@once
def listed_sites(subject: Subject) -> list[Fact]:
    """Places that only a list without days names, without those that the same forces have left since."""
    return [fact for fact, _ in sites(subject) if is_undated(fact)]


@once
def sites(subject: Subject) -> list[Site]:
    """Each place of forces abroad with the other rows that list it."""
    ended = f"presence.source = '{REGISTER}' AND presence.end_date < $on"
    return folded(_standing(subject, "presence", _SIDES), _standing(subject, "presence", _SIDES, ended))


@once
def programmes(subject: Subject) -> list[Fact]:
    """Programmes standing on the day of the brief or when last checked.

    Those of a pair are what one of the two gives the other, or what both run with few others: that both take part in
    what a third state gives, or in what many share, stands not between them. Who gives or is host is named first.
    """
    found = _standing(subject, "programme", "parties")
    return [fact for fact in found if _is_between(subject, fact)] if subject.kind == "pair" else found


@once
def regimes(subject: Subject) -> list[Fact]:
    """Confidence-building regimes whose text is about the subject, as they stood when last checked before the day.

    A regime of a text is one fact: its latest status begun by the day of the brief.
    """
    texts = {fact.item: fact for fact in agreements(subject)}
    sql = """
        SELECT * FROM core.regime_status WHERE list_contains($texts, agreement)
          AND coalesce(start_date <= $on, true) AND coalesce(end_date >= $on, true)
        QUALIFY row_number() OVER (PARTITION BY source, regime ORDER BY start_date DESC NULLS LAST) = 1
        ORDER BY name, source, regime
    """
    rows, query = subject.asked(sql, texts=sorted(texts), on=subject.as_of)
    return [
        Fact("regime_status", row["source"], row["regime"], row, texts[row["agreement"]].parties, query) for row in rows
    ]


@once
def courses(subject: Subject) -> tuple[list[Row], Query]:
    """Training courses that published sources list one by one, summed by who gives and who takes part."""
    sql = f"""
        SELECT engagement.source, giver.party AS from_state, taker.party AS to_state,
               min(year(engagement.start_date)) AS first_year, max(year(engagement.start_date)) AS last_year,
               count(*) AS course_count, sum(engagement.personnel_count) AS personnel_count,
               sum(engagement.cost_usd) AS cost_usd
        FROM core.engagement AS engagement
        JOIN core.engagement_party AS giver USING (source, engagement)
        JOIN core.engagement_party AS taker USING (source, engagement)
        WHERE NOT {COUNTED} AND giver.role = 'provider' AND taker.role = 'recipient'
          AND list_contains($done, engagement.status) AND engagement.start_date BETWEEN $since AND $on
          AND {_of_courses(subject)}
        GROUP BY ALL ORDER BY course_count DESC, from_state, to_state
    """  # noqa: S608 (the expressions are ours; every value is a parameter)
    given = parameters(subject, sql, on=subject.as_of, since=date(subject.window[0], 1, 1), done=list(DONE))
    return subject.asked(sql, **given)


def _of_courses(subject: Subject) -> str:
    if subject.kind == "state":
        return "list_has_any([giver.party, taker.party], $inner)"
    if subject.kind in ("case", "comparison"):
        return "list_contains($inner, giver.party) AND list_contains($around, taker.party)"
    circle = "list_contains($circle, giver.party) AND list_contains($circle, taker.party)"
    return f"{circle} AND list_has_any([giver.party, taker.party], $inner)"


def _is_between(subject: Subject, fact: Fact) -> bool:
    is_joint = fact["instrument"] not in _GIVEN and len(fact.states) <= _FEW
    return is_joint or len(fact.parties) == len(subject.states) or fact.parties[0].code in subject.states


def _standing(subject: Subject, table: str, parties: str, where: str = "") -> list[Fact]:
    """Rows of a table that names its parties in its own columns, those that stand unless another condition is given."""
    bodies = "[replace(party, 'organisation:', '') FOR party IN held IF starts_with(party, 'organisation:')]"
    rows_of = _SITES if table == "presence" else f"core.{table}"
    sql = f"""
        SELECT * EXCLUDE (bodies, states) FROM (
            SELECT *, held AS states, {bodies} AS bodies FROM (SELECT *, {parties} AS held FROM {rows_of})
        ) AS {table}
        WHERE {where or living(table)} AND {belongs(subject, table)}
        ORDER BY name, source, {table}
    """  # noqa: S608 (the table and its parties are words of this module)
    found = []
    rows, query = subject.asked(sql, **parameters(subject, sql, on=subject.as_of))
    for row in rows:
        held: tuple[Party, ...] = tuple(named_party(text) for text in row.pop("held"))
        found.append(Fact(table, row["source"], row[table], row, held, query))
    return found
