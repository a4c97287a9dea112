"""Armed conflicts of a state, a region or the world, between states and of governments with others, by years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from comity.brief.basis import Basis, joined
from comity.brief.blocks import Figure, Sentence
from comity.brief.coded_governments import against_whom, troops_words
from comity.brief.facts import Fact, opposed
from comity.brief.fighting import (
    A_THOUSAND,
    Spell,
    by_weight,
    deaths_by_year,
    fought,
    how_sure,
    last_years,
    lists_tell,
    runs,
    spells,
)
from comity.brief.knowledge import coverage_basis
from comity.brief.register_wars import days, lately, register_wars, wars_basis
from comity.brief.resting import from_rows
from comity.brief.subject import Subject
from comity.brief.wars_inside import NO_STATES, Inside, deaths_told, inside_basis, inside_recent, years_told
from comity.brief.wording import counted, listed, noun, pair_name, with_article, years_text

MOST_NAMED = 4  # states with which one fought
MOST_PAIRS = 3
MOST_TARGETS = 2  # states against whose governments troops were sent, and
MOST_GROUPS = 1  # senders of the same years: a first page is no list of conflicts
_LIST_CHANGES = "a later edition of the list of conflicts"
Pair = tuple[str, str]
Years = tuple[int, int]
Sent = tuple[tuple[str, ...], tuple[Years, ...]]


def war_sentence(subject: Subject) -> Sentence | None:
    """With which states one fought, and whether with parties that are no states, in years that reach the window."""
    with_others, within = _recent(subject), _within(subject)
    if not with_others and not within:
        return None
    sources = _sources(with_others, within)
    own = subject.states[0]
    told = []
    if with_others:
        told.append(f"of {with_article(own)} with {_opponents(own, with_others)}")
    if within:
        whose = "its government" if with_others else f"the government of {with_article(own)}"
        told.append(f"of {whose} with {NO_STATES} in {years_told(subject, within[0])}")
    text = f"{lists_tell(subject, sources)} armed conflict {' and '.join(told)}."
    return Sentence(text, sources, *how_sure(subject), _LIST_CHANGES, _basis(subject))


def wars_sentence(subject: Subject) -> Sentence | None:
    """Which pairs of states fought in years that reach the window, and which governments fought others than states."""
    between, within = _recent(subject), inside_recent(subject)
    if not between and not within:
        return None
    sources = _sources(between, within)
    pairs = _by_pair(between)
    at_war = {pair: held for pair, held in pairs.items() if not all(each.has_troops_only for each in held)}
    whose = noun(len(at_war), "at least one of them", "each with at least one")
    where = f", {whose} of the region" if subject.kind == "region" else ""
    by_troops = {pair: held for pair, held in pairs.items() if pair not in at_war}
    senders = _senders(by_troops)
    told = []
    if at_war:
        told.append(("armed conflict", f"between {counted(len(at_war), 'pair')} of states{where}: {_named(at_war)}"))
    if by_troops:
        told.append(
            (
                "troops of one state against the government of another",
                f"in {_more(at_war, by_troops)}: {_by_target(senders)}",
            )
        )
    if within:
        told.append(
            ("armed conflict", f"of {counted(len(within), 'government')} with {NO_STATES}{_most_deaths(within)}")
        )
    they = noun(len(sources), "It tells", "They tell")
    (what, which), *more = told
    text = f"{lists_tell(subject, sources)} {what} since {subject.window[0]} {which}."
    text += "".join(f" {they} of {what} {which}." for what, which in more)
    values: dict[str, Any] = {"pairs": len(at_war), "by_troops": len(by_troops), "governments": len(within)}
    for target, sent in senders.items():
        values[f"more against {target}"] = [*(len(codes) - 1 for codes, _ in sent), _senders_left(sent)]
    values |= {"pairs_left": max(0, len(at_war) - MOST_PAIRS), "targets_left": max(0, len(senders) - MOST_TARGETS)}
    return Sentence(text, sources, *how_sure(subject), _LIST_CHANGES, _basis(subject, **values))


def _named(pairs: dict[Pair, list[Spell]]) -> str:
    named = [f"{pair_name(*pair)} {_years(held)}" for pair, held in list(pairs.items())[:MOST_PAIRS]]
    left = len(pairs) - len(named)
    return "; ".join([*named, *([f"and {counted(left, 'more pair')}"] if left else [])])


def _senders(by_troops: dict[Pair, list[Spell]]) -> dict[str, list[Sent]]:
    """Who sent troops by the state they were sent against: those of the last year, and of most senders, first.

    Senders are told together only where they sent troops in the same years.
    """
    spans: dict[str, dict[str, list[Years]]] = defaultdict(lambda: defaultdict(list))
    for each in (each for spells_of in by_troops.values() for each in spells_of):
        spans[each.states[1]][each.states[0]].append(each.years)
    last = {target: max(run[1] for held in sent.values() for run in held) for target, sent in spans.items()}
    order = sorted(spans, key=lambda code: (-last[code], -len(spans[code]), code))
    return {target: _of_same_years(spans[target]) for target in order}


def _of_same_years(sent: dict[str, list[Years]]) -> list[Sent]:
    """Senders by their years: those of the last year first, then the most."""
    held: dict[tuple[Years, ...], list[str]] = defaultdict(list)
    for code, years in sorted(sent.items()):
        held[tuple(sorted(years))].append(code)
    groups = [(tuple(codes), years) for years, codes in held.items()]
    return sorted(groups, key=lambda group: (-group[1][-1][1], -len(group[0]), group[1]))


def _by_target(senders: dict[str, list[Sent]]) -> str:
    named = [_sent(target, sent) for target, sent in list(senders.items())[:MOST_TARGETS]]
    left = len(senders) - len(named)
    return "; ".join([*named, *([f"and against {counted(left, 'more state')}"] if left else [])])


def _sent(target: str, sent: Sequence[Sent]) -> str:
    told = []
    for place, (codes, years) in enumerate(sent[:MOST_GROUPS]):
        whom = "" if place else f" {against_whom(target, years[0][0])}"
        whom += "," if "," in whom else ""
        told.append(f"of {_few(codes)}{whom} in {listed([years_text(run) for run in years])}")
    left = _senders_left(sent)
    return listed([*told, *([f"of {counted(left, 'more state')} in other years"] if left else [])])


def _senders_left(sent: Sequence[Sent]) -> int:
    return sum(len(codes) for codes, _ in sent[MOST_GROUPS:])


def _few(codes: Sequence[str]) -> str:
    names = [with_article(code) for code in codes]
    return listed(names) if len(names) < 3 else f"{names[0]} and {counted(len(names) - 1, 'more state')}"


def _more(at_war: dict[Pair, list[Spell]], by_troops: dict[Pair, list[Spell]]) -> str:
    more = "more " if at_war else ""
    return counted(len(by_troops), f"{more}pair", f"{more}pairs")


def war_figures(subject: Subject) -> list[Figure]:
    """For how many years of the window armed conflict is listed; of a region or the world in how many pairs."""
    between, within, told = _recent(subject), _within(subject), lately(subject, register_wars(subject))
    sources = tuple(sorted({*_sources(between, within), *(fact.source for fact in told)}))
    if subject.kind in ("state", "pair"):
        years = _all_years(between).union(*(each.years for each in within), *(_war_years(subject, war) for war in told))
        years = {year for year in years if year >= subject.window[0]}
        by_troops = subject.kind == "pair" and any(each.has_troops_only for each in between)
        what = "on opposite sides of armed conflict" if by_troops else "of armed conflict listed"
        return _figure(subject, len(years), (f"year {what}", f"years {what}"), sources)
    at_war = {pair for each in between if not each.has_troops_only for pair in _by_pair([each])}
    near = set(subject.states)
    at_war |= {pair for war in told for pair in opposed(war) if subject.kind in ("world", "case") or near & set(pair)}
    return _figure(subject, len(at_war), ("pair of states at war or in armed conflict",
        "pairs of states at war or in armed conflict"), sources)  # fmt: skip


def _figure(subject: Subject, count: int, units: tuple[str, str], sources: tuple[str, ...]) -> list[Figure]:
    """A number of years or pairs with where the lists end; none where there is nothing."""
    if not count:
        return []
    ends = listed([str(year) for year in last_years(subject, sources)])
    detail = f"{years_text(subject.window)}{f'; lists end in {ends}' if ends != 'none' else ''}"
    basis = joined((_basis(subject, count=count), wars_basis(subject)))
    return [Figure(count, noun(count, *units), detail, sources, basis)]


def _war_years(subject: Subject, war: Fact) -> range:
    first, last = days(subject, war)
    return range(first.year, (last or subject.as_of).year + 1)


def _recent(subject: Subject) -> list[Spell]:
    """The runs of years that reach the window; of a case those between its own states."""
    circle = set(subject.circle)
    return by_weight(
        each
        for each in spells(subject)
        if each.years[1] >= subject.window[0] and (subject.kind != "case" or circle.issuperset(each.states))
    )


def _within(subject: Subject) -> list[Inside]:
    """Conflicts with parties that are no states; a case is about what stands between states."""
    return [] if subject.kind == "case" else inside_recent(subject)


def _by_pair(found: Iterable[Spell]) -> dict[Pair, list[Spell]]:
    held: dict[Pair, list[Spell]] = defaultdict(list)
    for each in found:
        held[min(each.states), max(each.states)].append(each)
    return held


def _opponents(own: str, found: Sequence[Spell]) -> str:
    pairs = _by_pair(found)
    named = [
        f"{with_article(two if one == own else one)} {_years(held)}"
        for (one, two), held in list(pairs.items())[:MOST_NAMED]
    ]
    left = len(pairs) - len(named)
    return listed([*named, *([counted(left, "other state")] if left else [])])


def _years(held: Sequence[Spell]) -> str:
    """The years in which a pair was in conflict, and in brackets deaths with their years, and troops alone.

    Of a year of 1,000 or more, of which no number is told, that it was one.
    """
    deaths = {year: count for each in held for year, count in each.deaths}
    sent = max((each for each in held if each.has_troops_only), key=lambda each: each.years, default=None)
    between, deadly, troops = (
        listed([years_text(run) for run in runs(years)]) if years else ""
        for years in (
            _all_years(each for each in held if not each.has_troops_only),
            {year for each in held for year in each.deadly} - set(sorted(deaths)[-2:]),
            _all_years(each for each in held if each.has_troops_only),
        )
    )
    more = [
        *([f"1,000 or more deaths in battle in {deadly}"] if deadly else []),
        *([deaths_by_year(deaths)] if deaths else []),
        *([f"{troops_words(sent.states[1], sent.years[1])} in {troops}"] if sent else []),
    ]
    return " ".join([*([f"in {between}"] if between else []), *([f"({'; '.join(more)})"] if more else [])])


def _all_years(held: Iterable[Spell]) -> set[int]:
    return {year for each in held for year in range(each.years[0], each.years[1] + 1)}


def _most_deaths(within: Sequence[Inside]) -> str:
    named = [f"{with_article(each.state)}{deaths_told(each)}" for each in within[:3] if each.deaths]
    return f", most by that of {listed(named)}" if named and len(within) > 1 else f": {named[0]}" if named else ""


def _sources(between: Sequence[Spell], within: Sequence[Inside]) -> tuple[str, ...]:
    held = [*(each.sources for each in between), *(each.sources for each in within)]
    return tuple(sorted({source for sources in held for source in sources}))


def _basis(subject: Subject, **values: Any) -> Basis:
    rows, query = fought(subject)
    told = {"least_deaths": A_THOUSAND, "window": list(subject.window), **values}
    how = "Years in which two states stood on opposite sides of an armed conflict."
    parts = [from_rows(how, rows, query, **told), *([] if subject.kind == "pair" else [inside_basis(subject)])]
    return joined((*parts, coverage_basis(subject, "conflict"), coverage_basis(subject, "battle_death")))
