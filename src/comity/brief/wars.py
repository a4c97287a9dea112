"""Armed conflicts of a state, a region or the world, between states and of governments with others, by years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from comity.brief.basis import Basis, joined
from comity.brief.blocks import Figure, Sentence
from comity.brief.fighting import A_THOUSAND, Spell, by_weight, fought, how_sure, runs, spells
from comity.brief.knowledge import coverage_basis, ends, titles
from comity.brief.resting import from_rows
from comity.brief.subject import Subject
from comity.brief.wars_inside import NO_STATES, Inside, deaths_told, inside_basis, inside_recent, years_told
from comity.brief.wording import counted, listed, noun, pair_name, sentence_start, with_article, years_text

MOST_NAMED = 4
_LIST_CHANGES = "a later edition of the list of conflicts"
Pair = tuple[str, str]


def war_sentence(subject: Subject) -> Sentence | None:
    """With which states one fought, and whether with parties that are no states, in years that reach the window."""
    with_others, within = _recent(subject), inside_recent(subject)
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
    text = f"{_who(subject, sources)} armed conflict {' and '.join(told)}. {_lists_end(subject, sources)}".strip()
    return Sentence(text, sources, *how_sure(subject), _LIST_CHANGES, _basis(subject))


def wars_sentence(subject: Subject) -> Sentence | None:
    """Which pairs of states fought in years that reach the window, and which governments fought others than states."""
    between, within = _recent(subject), inside_recent(subject)
    if not between and not within:
        return None
    sources = _sources(between, within)
    where = " with a state of the region" if subject.kind == "region" else ""
    pairs = _by_pair(between)
    at_war = {pair: held for pair, held in pairs.items() if not all(each.has_troops_only for each in held)}
    by_troops = {pair: held for pair, held in pairs.items() if pair not in at_war}
    senders = _senders(by_troops)
    told = []
    if at_war:
        told.append(f"between {counted(len(at_war), 'pair')} of states{where} ({_named(at_war)})")
    if by_troops:
        told.append(f"with troops of one state against another in {_more(at_war, by_troops)} ({_by_target(senders)})")
    if within:
        told.append(f"of {counted(len(within), 'government')} with {NO_STATES}{_most_deaths(within)}")
    text = (
        f"{_who(subject, sources)} armed conflict in {years_text(subject.window)} {', '.join(told[:-1])}"
        f"{', and ' if told[:-1] else ''}{told[-1]}. {_lists_end(subject, sources)}"
    )
    values = {"pairs": len(at_war), "by_troops": len(by_troops), "governments": len(within)}
    values |= {f"against {target}": len({each.states[0] for each in sent}) for target, sent in senders.items()}
    values["targets_left"] = len(senders) - MOST_NAMED
    return Sentence(text.strip(), sources, *how_sure(subject), _LIST_CHANGES, _basis(subject, **values))


def _named(pairs: dict[Pair, list[Spell]]) -> str:
    return "; ".join(f"{pair_name(*pair)} {_years(held)}" for pair, held in list(pairs.items())[:MOST_NAMED])


def _senders(by_troops: dict[Pair, list[Spell]]) -> dict[str, list[Spell]]:
    """The spells by the state against which troops were sent: those of the last year, and of most senders, first."""
    held: dict[str, list[Spell]] = defaultdict(list)
    for each in (each for spells_of in by_troops.values() for each in spells_of):
        held[each.states[1]].append(each)
    last = {target: max(each.years[1] for each in sent) for target, sent in held.items()}
    return {target: held[target] for target in sorted(held, key=lambda code: (-last[code], -len(held[code]), code))}


def _by_target(senders: dict[str, list[Spell]]) -> str:
    named = [
        f"of {_few(sorted({each.states[0] for each in sent}))} against {with_article(target)} {_years(sent)}"
        for target, sent in list(senders.items())[:MOST_NAMED]
    ]
    left = len(senders) - len(named)
    return "; ".join([*named, *([f"and against {counted(left, 'more state')}"] if left else [])])


def _few(codes: Sequence[str]) -> str:
    return listed([with_article(code) for code in codes]) if len(codes) < 3 else counted(len(codes), "state")


def _more(at_war: dict[Pair, list[Spell]], by_troops: dict[Pair, list[Spell]]) -> str:
    more = "more " if at_war else ""
    return counted(len(by_troops), f"{more}pair", f"{more}pairs")


def war_figures(subject: Subject) -> list[Figure]:
    """For how many years of the window armed conflict is listed; of a region or the world in how many pairs."""
    between, within = _recent(subject), inside_recent(subject)
    sources = _sources(between, within)
    if not sources:
        return []
    detail = "; ".join(words for words in (years_text(subject.window), _end(subject, sources)) if words)
    if subject.kind in ("state", "pair"):
        years = {year for each in between for year in range(each.years[0], each.years[1] + 1)}
        years = {year for year in years.union(*(each.years for each in within)) if year >= subject.window[0]}
        unit = noun(len(years), "year of armed conflict listed", "years of armed conflict listed")
        return [Figure(len(years), unit, detail, sources, _basis(subject, count=len(years)))] if years else []
    pairs = _by_pair(between)
    sides = "on opposite sides of armed conflict"
    unit = noun(len(pairs), f"pair of states {sides}", f"pairs of states {sides}")
    return [Figure(len(pairs), unit, detail, sources, _basis(subject, pairs=len(pairs)))] if pairs else []


def _recent(subject: Subject) -> list[Spell]:
    return by_weight(each for each in spells(subject) if each.years[1] >= subject.window[0])


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
    """The years of some spells of one pair, and those of most deaths."""
    spans = runs(year for each in held for year in range(each.years[0], each.years[1] + 1))
    deadly = runs(year for each in held for year in each.deadly)
    told = f"in {listed([years_text(run) for run in spans])}"
    return told + (f" (1,000 or more deaths in battle in {listed([years_text(run) for run in deadly])})" * bool(deadly))


def _most_deaths(within: Sequence[Inside]) -> str:
    named = [f"{with_article(each.state)}{deaths_told(each)}" for each in within[:3] if each.deaths]
    return f", most by that of {listed(named)}" if named and len(within) > 1 else f": {named[0]}" if named else ""


def _who(subject: Subject, sources: Sequence[str]) -> str:
    return f"{sentence_start(titles(subject, sources))} {noun(len(sources), 'lists', 'list')}"


def _lists_end(subject: Subject, sources: Sequence[str]) -> str:
    said = _end(subject, sources)
    return f"The {said}." if said else ""


def _end(subject: Subject, sources: Sequence[str]) -> str:
    """Where the lists end before the day of the brief; nothing where they reach it or do not say."""
    told = [subject.abouts[source].coverage for source in sources if source in subject.abouts]
    last = [max(known.end for known in coverage) for coverage in told if coverage]
    return ends(subject, sources) if last and min(last) < subject.as_of else ""


def _sources(between: Sequence[Spell], within: Sequence[Inside]) -> tuple[str, ...]:
    held = [*(each.sources for each in between), *(each.sources for each in within)]
    return tuple(sorted({source for sources in held for source in sources}))


def _basis(subject: Subject, **values: Any) -> Basis:
    rows, query = fought(subject)
    told = {"least_deaths": A_THOUSAND, "window": list(subject.window), **values}
    how = "Years in which two states stood on opposite sides of an armed conflict."
    parts = [from_rows(how, rows, query, **told), *([] if subject.kind == "pair" else [inside_basis(subject)])]
    return joined((*parts, coverage_basis(subject, "conflict"), coverage_basis(subject, "battle_death")))
