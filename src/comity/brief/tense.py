"""Where it is tense: pairs on opposite sides of what is listed of late, by how far it went before how often."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from comity.brief.basis import Basis, joined
from comity.brief.facts import Fact, fact_of, opposed, sources_of
from comity.brief.fighting import A_THOUSAND, Spell, fought, runs, spells
from comity.brief.register_wars import all_wars, days, single_acts
from comity.brief.resting import from_rows, rests_on
from comity.brief.subject import Subject, once
from comity.brief.wording import counted, day_text, listed, years_text
from comity.vocab.states import state

YEARS = 5
MOST_PAIRS = 15
# How far it went, the furthest last: the words of the table's groups and of the statement.
WAR, CONFLICT, SHOTS, TROOPS, FORCE, OTHER = 5, 4, 3, 2, 1, 0
HIGHEST = {
    WAR: "armed conflict of 1,000 deaths a year or more",
    CONFLICT: "armed conflict",
    SHOTS: "shots, missiles or deaths",
    TROOPS: "troops sent against it",
    FORCE: "force without shots",
    OTHER: "other acts",
}
_FIRED = ("shooting", "missile_launch", "strike")
GOES_ON = "goes on"
_FORCED = ("ramming", "water_cannon", "boarding", "seizure", "collision", "standoff", "blocking", "landing", "laser")
_INCIDENTS = """
    SELECT incident.*, list({kind: party_kind, code: party, role: role} ORDER BY party_kind, party, role) AS parties
    FROM core.incident AS incident JOIN core.incident_party USING (source, incident)
    WHERE incident.start_date BETWEEN $since AND $on
    GROUP BY ALL ORDER BY incident.start_date, incident.source, incident.incident
"""
Pair = tuple[str, str]


@once
def recent_incidents(subject: Subject) -> list[Fact]:
    """Every incident of the last five years, whoever took part."""
    since = date(subject.as_of.year - YEARS + 1, 1, 1)
    rows, query = subject.asked(_INCIDENTS, since=since, on=subject.as_of)
    return [fact_of("incident", row, query) for row in rows]


@once
def _by_pair(subject: Subject) -> dict[Pair, list[Fact]]:
    acts: dict[Pair, list[Fact]] = {}
    for fact in single_acts(recent_incidents(subject)):
        for pair in opposed(fact):
            acts.setdefault(pair, []).append(fact)
    return acts


@once
def _wars_by_pair(subject: Subject) -> dict[Pair, list[Fact]]:
    """Wars of which incidents tell that reach the last five years."""
    found: dict[Pair, list[Fact]] = {}
    for fact in all_wars(subject):
        if (days(subject, fact).last or subject.as_of).year > subject.as_of.year - YEARS:
            for pair in opposed(fact):
                found.setdefault(pair, []).append(fact)
    return found


@once
def tense_pairs(subject: Subject) -> tuple[list[dict[str, Any]], Basis]:
    """The pairs that went furthest against each other in the last five years, with what the counts rest on.

    Armed conflicts come before shots and deaths, those before troops sent into a conflict and force without shots;
    of armed conflicts what goes on first, then the latest, for the dead of some are in no list; elsewhere the
    pairs of most deaths first, then those of most incidents with shots or deaths, then the latest.
    """
    acts = _by_pair(subject)
    wars: dict[Pair, list[Spell]] = defaultdict(list)
    for spell in spells(subject):
        if spell.years[1] > subject.as_of.year - YEARS:
            wars[min(spell.states), max(spell.states)].append(spell)
    fights = _wars_by_pair(subject)
    known = [_Pair(pair, acts.get(pair, []), wars[pair], fights.get(pair, [])) for pair in {*acts, *wars, *fights}]
    ranked = sorted((_row(subject, each) for each in known), key=_rank)
    shown = ranked[:MOST_PAIRS]
    how = "Incidents begun in the years, and armed conflict in them, for each pair that stood on opposite sides."
    named = [(row["state_a"], row["state_b"]) for row in shown]
    held = [fact for pair in named for fact in (*acts.get(pair, ()), *fights.get(pair, ()))]
    rows, query = fought(subject)
    recent = [row for row in rows if row["year"] > subject.as_of.year - YEARS]
    of_incidents = rests_on(how, held, pairs=[dict(row) for row in shown], left=len(ranked) - len(shown))
    of_wars = from_rows(how, recent, query, many=A_THOUSAND, first=subject.as_of.year - YEARS + 1)
    return shown, joined((of_incidents, of_wars), how)


def most_incidents(subject: Subject) -> tuple[Pair, int, list[Fact]] | None:
    """The pair with most incidents of the last five years, however mild; None where there are none."""
    acts = _by_pair(subject)
    if not acts:
        return None
    pair = min(acts, key=lambda each: (-len(acts[each]), each))
    return pair, len(acts[pair]), acts[pair]


class _Pair(NamedTuple):
    """What stood between two states in the last five years: incidents, wars of lists and wars of incidents."""

    states: Pair
    acts: Sequence[Fact]
    wars: Sequence[Spell]
    fights: Sequence[Fact]


def _row(subject: Subject, each: _Pair) -> dict[str, Any]:
    first = subject.as_of.year - YEARS + 1
    own = [fact for fact in (*each.acts, *each.fights) if len(opposed(fact)) == 1]
    killed, injured = ([fact[name] for fact in own if fact[name] is not None] for name in _HARM)
    # The dead of a war that no report numbers are not those of the acts beside it: no sum of them is of the pair.
    are_untold = [any(fact[name] is None for fact in each.fights) for name in _HARM]
    deaths = {year: count for spell in each.wars for year, count in spell.deaths if year >= first}
    return {
        "state_a": each.states[0],
        "state_b": each.states[1],
        "name_a": state(each.states[0]).name,
        "name_b": state(each.states[1]).name,
        "level": _level(each, first),
        "incident_count": len(each.acts) or None,
        "deadly_count": sum(map(_is_deadly, each.acts)),
        "last": _last(each),
        "goes_on": any(days(subject, fact).last is None for fact in each.fights),
        "injured_count": sum(injured) if injured and not are_untold[1] else None,
        "killed_count": sum(killed) if killed and not are_untold[0] else None,
        "killed_at_least": sum(killed) if killed and are_untold[0] else None,
        "battle_deaths": sum(deaths.values()) if deaths else None,
        "death_years": sorted(deaths),
        "sources": tuple(sorted({*sources_of([*each.acts, *each.fights]), *_sources(each.wars)})),
    }


def _sources(wars: Sequence[Spell]) -> set[str]:
    return {source for spell in wars for source in spell.sources}


# Of an incident with several pairs no report says between which its dead stood: they are added to none.
_HARM = ("killed_count", "injured_count")


def _level(each: _Pair, first: int) -> int:
    """How far it went; a run of years is of the level of those in the last five."""
    fighting = [spell for spell in each.wars if not spell.has_troops_only]
    if any(year >= first for spell in fighting for year in spell.deadly):
        return WAR
    if fighting or each.fights:
        return CONFLICT
    if any(map(_is_deadly, each.acts)):
        return SHOTS
    if each.wars:
        return TROOPS
    return FORCE if any(fact["incident_kind"] in _FORCED for fact in each.acts) else OTHER


def _is_deadly(fact: Fact) -> bool:
    return bool(fact["killed_count"]) or fact["incident_kind"] in _FIRED


def _last(each: _Pair) -> Any:
    """The day and precision of the last incident or day of a war, or the last year of conflict where that is later."""
    told = [(fact["start_date"], fact["start_precision"]) for fact in each.acts]
    told += [
        (fact["end_date"] or fact["start_date"], fact["end_precision"] or fact["start_precision"])
        for fact in each.fights
    ]
    newest = max(told, key=lambda day: day[0], default=None)
    year = max((spell.years[1] for spell in each.wars), default=0)
    return (date(year, 1, 1), "year") if newest is None or newest[0].year < year else newest


def last_text(row: dict[str, Any]) -> str:
    """When a pair last stood against each other; of a war that was not over when last told, that it goes on."""
    return GOES_ON if row["goes_on"] else str(day_text(*row["last"]))


def deaths_text(row: dict[str, Any]) -> str | None:
    """The deaths in battle of a pair with the years that they are of, which end before the day."""
    if not row["battle_deaths"]:
        return None
    return f"{row['battle_deaths']:,} ({_death_years(row)})"


def _death_years(row: dict[str, Any]) -> str:
    return listed([years_text(run) for run in runs(row["death_years"])])


def _rank(row: dict[str, Any]) -> tuple[Any, ...]:
    deaths = max(row["battle_deaths"] or 0, row["killed_count"] or row["killed_at_least"] or 0)
    often, last = row["deadly_count"], row["last"][0].toordinal()
    late = (not row["goes_on"], -last) if row["level"] >= CONFLICT else ()
    return (-row["level"], *late, -deaths, -often, -last, row["state_a"], row["state_b"])


def told_of(row: dict[str, Any]) -> str:
    """How far it went between a pair, and how often, in the brackets of a sentence."""
    told = [
        f"{row['battle_deaths']:,} deaths in battle in {_death_years(row)}"
        if row["battle_deaths"]
        else HIGHEST[row["level"]],
        "going on when last told" if row["goes_on"] else "",
        f"{counted(row['killed_count'], 'person', 'people')} reported killed" if row["killed_count"] else "",
        f"{counted(row['killed_at_least'], 'person', 'people')} reported killed in acts told one by one, while "
        "no list numbers the dead of its wars"
        if row["killed_at_least"]
        else "",
        counted(row["incident_count"], "incident") if row["incident_count"] else "",
    ]
    return ", ".join(words for words in told if words)
