"""What the members of a small organization did or met together, where the body itself is no party to it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from comity.brief.basis import Query, query_of
from comity.brief.blocks import Block, Column, Row, Sentence, Table
from comity.brief.bodies import life, states_on
from comity.brief.evidence import book
from comity.brief.knowledge import horizon, these_list
from comity.brief.one_text import over
from comity.brief.resting import COUNTED_ONCE, from_rows
from comity.brief.subject import Subject, once
from comity.brief.wording import counted, day_text, listed, long_day, noun, said, years_text
from comity.network import COUNTED, DONE, STANDING, WATCHING
from comity.vocab.register import SOURCE as REGISTER

MOST_MEMBERS = 12  # of more, what two or a few of them do says little of the body
FEWEST = 3
FEW_OTHERS = 2  # an exercise of forty states is none of the four that were all there
MOST_NAMED = 3
MOST_ROWS = 20
Asked = dict[str, Any]

_LEFT = """
    SELECT member.organisation, body.name, member.source, member.end_date, list(DISTINCT member.party) AS states
    FROM core.organisation_member AS member JOIN core.organisation AS body USING (organisation, source)
    WHERE member.role = 'member' AND member.end_date BETWEEN $since AND $on AND member.end_precision = 'day'
      AND list_contains($members, member.party) AND member.organisation <> $body
      AND coalesce(body.end_date > member.end_date, true)
    GROUP BY ALL HAVING len(states) = len($members) ORDER BY member.end_date DESC, member.organisation
"""
_TOUCHED = f"""
    SELECT incident.incident, incident.name, incident.source, incident.start_date, incident.start_precision,
           list(DISTINCT party.party) AS states
    FROM core.incident AS incident JOIN core.incident_party AS party USING (source, incident)
    WHERE source = '{REGISTER}' AND party.party_kind = 'state' AND incident.start_date BETWEEN $since AND $on
    GROUP BY ALL HAVING len(list_intersect(states, $members)) * 2 > len($members)
    ORDER BY incident.start_date DESC, incident.incident
"""  # noqa: S608 (words of this module)
_ACTS = f"""
    SELECT engagement.engagement, engagement.name, engagement.source, engagement.instrument, engagement.start_date,
           engagement.start_precision, engagement.verification, list(DISTINCT party.party) AS states
    FROM core.engagement AS engagement JOIN core.engagement_party AS party USING (source, engagement)
    WHERE party.party_kind = 'state' AND engagement.start_date BETWEEN $since AND $on
      AND list_contains($done, engagement.status) AND {COUNTED}
      AND NOT EXISTS (SELECT 1 FROM core.engagement_party AS own
                      WHERE own.source = engagement.source AND own.engagement = engagement.engagement
                        AND own.party_kind = 'organisation' AND own.party = $body)
    GROUP BY ALL HAVING list_has_all(states, $members) AND len(states) <= len($members) + {FEW_OTHERS}
    ORDER BY engagement.start_date DESC, engagement.source, engagement.engagement
"""  # noqa: S608 (words of this module)
_TEXTS = f"""
    WITH two AS (
        SELECT source, agreement, list_sort(list_distinct(list(party))) AS states FROM core.agreement_party
        WHERE party_kind = 'state' AND NOT list_contains($watching, role)
          AND coalesce(start_date <= $on, true) AND coalesce(end_date >= $on, true)
        GROUP BY ALL HAVING len(states) = 2 AND list_has_all($members, states))
    SELECT agreement.source, agreement.agreement, states, agreement.known_until, {STANDING} AS standing
    FROM core.agreement AS agreement JOIN two USING (source, agreement)
    WHERE standing = 'in_force'
    ORDER BY ALL
"""  # noqa: S608 (words of this module)


def members_of_few(subject: Subject) -> tuple[str, ...]:
    """The members of the day, where they are few enough that what most of them did says something of the body."""
    members = states_on(subject)
    return members if FEWEST <= len(members) <= MOST_MEMBERS else ()


def left_together(subject: Subject) -> Sentence | None:
    """Which other organizations all the members left on one day of late; None where they left none."""
    members = members_of_few(subject)
    if not members:
        return None
    rows, query = subject.asked(_LEFT, members=list(members), body=subject.key, **_span(subject))
    rows = [row for row in rows if row["source"] == min((each["source"] for each in rows), key=_place)]
    if not rows:
        return None
    named = listed([f"{row['name']} ({long_day(row['end_date'])})" for row in rows])
    basis = from_rows("Organizations that each member of the day left on the same day.", rows, query)
    because = "the lists of members of the bodies that were left give the day"
    return Sentence(
        f"All its members left another body on one day: {named}.",
        _sources(rows),
        "high",
        because,
        "a return to it",
        basis,
    )


def touched(subject: Subject) -> Sentence | None:
    """The incidents of the register that touched most of the members, the latest first; None where it has none."""
    members = members_of_few(subject)
    if not members:
        return None
    rows, query = subject.asked(_TOUCHED, members=list(members), **_span(subject))
    if not rows:
        return None
    named = listed([f"{row['name']} ({_day(row)})" for row in rows[:MOST_NAMED]])
    latest = f"the latest {MOST_NAMED} are " if len(rows) > MOST_NAMED else ""
    what = f"{counted(len(rows), 'incident')} that touched most of its members"
    text = f"The register lists {what} in {years_text(subject.window)}: {latest}{named}."
    basis = from_rows("Incidents in which most members of the day had a part or were on the scene.", rows, query,
        count=len(rows), first=subject.window[0], last=subject.window[1])  # fmt: skip
    return Sentence(text, _sources(rows), "moderate", _EVIDENCE, "an incident that is not listed", basis)


@once
def _acts(subject: Subject) -> tuple[list[Asked], Query]:
    members = members_of_few(subject)
    if not members:
        return [], query_of(_ACTS, {})
    return subject.asked(_ACTS, members=list(members), body=subject.key, done=list(DONE), **_span(subject))


def together(subject: Subject) -> list[Block]:
    """What all the members did with few others, the body itself no party to it; no block where nothing is listed."""
    rows, query = _acts(subject)
    if not rows:
        return []
    shown, cites = rows[:MOST_ROWS], _sources(rows)
    left = len(rows) - len(shown)
    return [
        Table(
            title=f"Engagements of all its members together, {years_text(subject.window)}",
            columns=(Column("Began", "date"), Column("Engagement"), Column("Kind")),
            rows=tuple(
                Row(
                    (day_text(row["start_date"], row["start_precision"]), row["name"], said(row["instrument"])),
                    book(subject).of(row["source"], "engagement", row["engagement"])[:2] or (row["source"],),
                    verification=row["verification"] or "",
                )
                for row in shown
            ),
            note=f"All members of the day took part, with {FEW_OTHERS} other states at most; the organization itself "
            "is not named as a party. Two lists may tell of one engagement."
            + (f" {counted(left, 'earlier entry', 'earlier entries')} not listed here." if left else ""),
            null_means="no name is told",
            cites=cites,
            as_of=horizon(subject, cites),
            basis=from_rows("Engagements of all members of the day.", rows, query, left=left, others=FEW_OTHERS,
                window=list(subject.window)),
        )
    ]  # fmt: skip


def acts_together(subject: Subject) -> Sentence | None:
    """The engagements of all the members and few others to which the body is no party; None where there is none."""
    rows, query = _acts(subject)
    if not rows:
        return None
    most: Counter[tuple[int, str]] = Counter()
    for (_, year, word), count in Counter((r["source"], r["start_date"].year, r["instrument"]) for r in rows).items():
        most[year, word] = max(most[year, word], count)
    kinds = Counter[str]()
    for (_, word), count in most.items():
        kinds[word] += count
    cites, latest = _sources(rows), f"{rows[0]['name'] or said(rows[0]['instrument'])} ({_day(rows[0])})"
    if len(kinds) > 1:
        latest = f"{listed([f'{said(w)} ({n})' for w, n in kinds.most_common(MOST_NAMED)])}, the latest {latest}"
    elif kinds.total() > 1:
        latest = f"all of the kind {said(next(iter(kinds)))}, the latest {latest}"
    what = f"{counted(kinds.total(), 'engagement')} of all its members together, the body itself not named as a party,"
    text = f"{these_list(subject, cites)} {what} in {years_text(subject.window)}: {latest}."
    how = f"Engagements of all members of the day with {FEW_OTHERS} others at most. {COUNTED_ONCE}"
    basis = from_rows(how, rows, query, count=kinds.total(), by_instrument=dict(kinds), first=subject.window[0],
        last=subject.window[1])  # fmt: skip
    return Sentence(text, cites, "moderate", _EVIDENCE, "a complete list of the same years", basis)


def texts_of_two(subject: Subject) -> Sentence | None:
    """How many pairs of members are bound by a text of the two alone; a text of all says nothing of a pair."""
    members = states_on(subject)
    if len(members) < FEWEST:
        return None
    rows, query = subject.asked(_TEXTS, members=list(members), watching=list(WATCHING), on=subject.as_of)
    rows = [row for row in rows if (row["source"], row["agreement"]) not in over(subject)]
    if not rows:
        return None
    bound, pairs = len({tuple(row["states"]) for row in rows}), len(members) * (len(members) - 1) // 2
    checked = [row["known_until"].year for row in rows if row["known_until"]]
    when = f" ({years_text((min(checked), max(checked)))})" if checked else ""
    cites = _sources(rows)
    verb = noun(bound, "is", "are")
    text = (
        f"Of the {counted(pairs, 'pair')} of its members, {bound} {verb} listed with a text of the two alone that was "
        f"in force when last checked{when}."
    )
    basis = from_rows("Texts in force that bind two members and no third state.", rows, query, pairs=pairs, bound=bound,
        checked=[min(checked), max(checked)] if checked else [])  # fmt: skip
    because = "what is listed has evidence or a list, and no list of texts that is whole reaches this day"
    return Sentence(text, cites, "moderate", because, "a later list of texts", basis)


_EVIDENCE = "what is listed has evidence, and no list holds itself complete to this day"


def _span(subject: Subject) -> dict[str, date]:
    """The days looked at: those of the window on which the body was there."""
    body, since = life(subject)[0], date(subject.window[0], 1, 1)
    return {"since": max(since, body["start_date"] or since) if body else since, "on": subject.as_of}


def _place(source: str) -> int:
    from comity.assess.membership import BEST_FIRST

    return BEST_FIRST.index(source) if source in BEST_FIRST else len(BEST_FIRST)


def _day(row: Asked) -> str:
    return day_text(row["start_date"], row["start_precision"]) or "day not known"


def _sources(rows: list[Asked]) -> tuple[str, ...]:
    return tuple(sorted({row["source"] for row in rows}))
