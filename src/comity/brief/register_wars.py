"""Wars and days of fighting between states that incidents tell of: lists of armed conflict end years before the day.

An incident of the kind `armed_conflict` without a last day is not over, as far as it is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from comity.brief.basis import Basis
from comity.brief.blocks import Sentence
from comity.brief.facts import Fact, Party, fact_of, incidents, newest_first, opposed
from comity.brief.fighting import spells
from comity.brief.resting import rests_on, stated
from comity.brief.subject import Subject, once
from comity.brief.wording import counted, day_text, listed, party_name, with_article
from comity.vocab.register import SOURCE as REGISTER

KIND = "armed_conflict"
_WARS = """
    SELECT incident.*, list({kind: party_kind, code: party, role: role} ORDER BY party_kind, party, role) AS parties
    FROM core.incident AS incident JOIN core.incident_party USING (source, incident)
    WHERE incident.incident_kind = $kind AND incident.start_date <= $on
    GROUP BY ALL ORDER BY incident.start_date, incident.source, incident.incident
"""
MOST_NAMED = 6
MOST_PARTIES = 3
INFORMATION = "information"  # the domain of campaigns
FEWEST_AFFECTED = 3
Pair = tuple[str, str]
Campaign = tuple[str, str, frozenset[Party]]


class Days(NamedTuple):
    """From which day to which two states fought; no last day where it is not over on the day of the brief."""

    first: date
    last: date | None


@once
def all_wars(subject: Subject) -> list[Fact]:
    """Every war between states that incidents tell of to the day of the brief, whoever fought, the latest first."""
    rows, query = subject.asked(_WARS, kind=KIND, on=subject.as_of)
    return newest_first([fact for row in rows if opposed(fact := fact_of("incident", row, query))])


@once
def register_wars(subject: Subject) -> list[Fact]:
    """Those of the subject: of a pair with each other, of a state its own, of a region or case what belongs to it.

    Of the world all; of an organization those of members with each other.
    """
    found = all_wars(subject)
    if subject.kind == "world" or not found:
        return found
    if subject.kind == "pair":
        pair = tuple(sorted(subject.states))
        return [fact for fact in found if pair in opposed(fact)]
    if subject.kind in ("region", "case"):
        own = {(fact.source, fact.item) for fact in incidents(subject)}
        return [fact for fact in found if (fact.source, fact.item) in own]
    if subject.kind == "organisation":
        return [fact for fact in found if pairs_of_members(subject, fact)]
    return [fact for fact in found if any(set(subject.states) & set(pair) for pair in opposed(fact))]


def lately(subject: Subject, wars: Iterable[Fact]) -> list[Fact]:
    """Those that reach the years a brief looks at: they ended in them, or are not over."""
    return [fact for fact in wars if (days(subject, fact).last or subject.as_of).year >= subject.window[0]]


def days(subject: Subject, fact: Fact) -> Days:
    """The days of a war as they were known on the day of the brief."""
    last: date | None = fact["end_date"]
    return Days(fact["start_date"], last if last is not None and last <= subject.as_of else None)


@once
def fighting_days(subject: Subject) -> dict[Pair, list[Days]]:
    """The days on which two states fought, by pair with the lower code first, the latest first."""
    found: dict[Pair, list[Days]] = defaultdict(list)
    for fact in all_wars(subject):
        for pair in opposed(fact):
            found[pair].append(days(subject, fact))
    return dict(found)


def pairs_of_members(subject: Subject, fact: Fact) -> list[Pair]:
    """The pairs of members of an organization that fought each other in a war, as members on its first day."""
    from comity.brief.bodies import members_on

    members = {row["state"] for row in members_on(subject, fact["start_date"])}
    return [pair for pair in opposed(fact) if members.issuperset(pair)]


def single_acts(acts: Sequence[Fact]) -> list[Fact]:
    """Incidents but for wars, of which is told apart; a campaign that a list tells of again counts once, by its latest.

    A list that names one influence operation in several states again in a later year tells of no other: the same
    states, in the same roles, are no chance.
    """
    seen: set[Campaign] = set()
    found = []
    for fact in sorted(acts, key=lambda each: each["start_date"], reverse=True):
        campaign = _campaign(fact)
        if fact["incident_kind"] != KIND and (campaign is None or campaign not in seen):
            found.append(fact)
        if campaign is not None:
            seen.add(campaign)
    return found


def _campaign(fact: Fact) -> Campaign | None:
    """What makes entries of a list one campaign of information: its name and its parties, three affected or more."""
    affected = [party for party in fact.parties if party.role == "affected"]
    if fact.source == REGISTER or INFORMATION not in fact["domains"] or len(affected) < FEWEST_AFFECTED:
        return None
    return fact.source, str(fact["name"]), frozenset(fact.parties)


def fighting_sentence(subject: Subject) -> Sentence | None:
    """Who fought whom of late and when, what is not over first, but for what lists of armed conflict tell already."""
    held = [fact for fact in lately(subject, register_wars(subject)) if not _is_in_lists(subject, fact)]
    found = sorted(held, key=lambda fact: days(subject, fact).last is not None)
    if not found:
        return None
    named = _by_sides(subject, found)
    left = max(0, len(named) - MOST_NAMED)
    more = [f"and {counted(left, 'more war', 'more wars')}"] if left else []
    between = {"pair": "between the two", "organisation": "between members"}.get(subject.kind, "between states")
    text = f"The register tells of fighting {between}: {'; '.join([*named[:MOST_NAMED], *more])}."
    return stated(subject, text, wars_basis(subject, left=left), found, "incident")


def wars_basis(subject: Subject, **values: int) -> Basis:
    """What words on them rest on: the wars and days of fighting of the years looked at."""
    how = "Incidents of the kind armed conflict that reach the years, what is not over counted to the day of the brief."
    found = lately(subject, register_wars(subject))
    return rests_on(how, found, count=len(found), window=list(subject.window), **values)


def _is_in_lists(subject: Subject, fact: Fact) -> bool:
    """Whether lists of armed conflict tell all of a war: it is over, and they have each pair at war in each year.

    Troops of one in a conflict of the other's government are less than a war between the two.
    """
    first, last = days(subject, fact)
    told = {
        (frozenset(each.states), year)
        for each in spells(subject)
        if not each.has_troops_only
        for year in range(each.years[0], each.years[1] + 1)
    }
    return last is not None and all(
        (frozenset(pair), year) in told for pair in opposed(fact) for year in range(first.year, last.year + 1)
    )


def _by_sides(subject: Subject, found: Sequence[Fact]) -> list[str]:
    """Wars in words, those of the same sides together: the sides, the days, and how many were reported killed."""
    told: dict[str, list[str]] = defaultdict(list)
    for fact in found:
        people = counted(fact["killed_count"], "person", "people") if fact["killed_count"] else ""
        killed = people and f" ({people} reported killed)"
        told[_sides(subject, fact)].append(f"{days_text(subject, fact)}{killed}")
    return [f"{sides} {listed(spans)}".strip() for sides, spans in told.items()]


def days_text(subject: Subject, fact: Fact) -> str:
    """The days of a war in a sentence; one that was not over when it was last told of is said to go on."""
    first, last = days(subject, fact)
    began = str(day_text(first, fact["start_precision"]))
    if last is None:
        return f"since {began}, going on {'that day' if fact['end_date'] else 'when last told'}"
    ended = str(day_text(last, fact["end_precision"]))
    if (first, began) == (last, ended):
        return f"on {began}"
    if began == ended:
        return f"in {began}"
    if (first.year, first.month) == (last.year, last.month):
        if fact["start_precision"] != "day":
            return f"in {began}, to {ended.removesuffix(f' {last.year}')}"
        return f"from {first.day} to {ended}"
    is_one_year = first.year == last.year and fact["start_precision"] != "year"
    return f"from {began.removesuffix(f' {first.year}') if is_one_year else began} to {ended}"


def _sides(subject: Subject, fact: Fact) -> str:
    """Who acted against whom; where nobody is told to be the one who was attacked, who fought each other.

    Of a pair nothing, where no other state fought.
    """
    if subject.kind == "pair" and len(opposed(fact)) == 1:
        return ""
    actors, affected, present = (_named(subject, fact, role) for role in ("actor", "affected", "present"))
    if actors and affected:
        return f"{_few(actors)} against {_few(affected)}"
    return f"{_few(actors or present)} against each other"


def _named(subject: Subject, fact: Fact, role: str) -> list[str]:
    return [
        with_article(party.code) if party.kind == "state" else party_name(party.kind, party.code, subject.organisations)
        for party in fact.parties
        if party.role == role
    ]


def _few(names: Sequence[str]) -> str:
    left = len(names) - MOST_PARTIES
    return (
        listed(list(names))
        if left <= 1
        else listed([*names[:MOST_PARTIES], counted(left, "more party", "more parties")])
    )


def apart_text(subject: Subject) -> str:
    """That the acts of a war are not among the incidents, as a sentence after their count; nothing where none is."""
    told = lately(subject, register_wars(subject))
    return " Not every act of the fighting itself is listed." if told else ""
