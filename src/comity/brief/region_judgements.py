"""Statements and numbers about a region."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from comity.brief.basis import Basis, Query
from comity.brief.blocks import Figure, Sentence
from comity.brief.clashes import between, harm_text, one_list
from comity.brief.expected_judgement import expected_sentence
from comity.brief.facts import (
    Fact,
    by_year,
    channels,
    engagements,
    incidents,
    sources_of,
)
from comity.brief.fighting import A_THOUSAND, spells
from comity.brief.knowledge import who_lists
from comity.brief.own_ties import region_ties
from comity.brief.quarrels import claims
from comity.brief.register_wars import apart_text, fighting_sentence, lately, register_wars, single_acts
from comity.brief.resting import COUNTED_ONCE, rests_on, stated
from comity.brief.subject import Subject
from comity.brief.text_days import check_values, when_checked
from comity.brief.texts import of_all, texts_in_force
from comity.brief.trend_words import against, no_trend
from comity.brief.wars import war_figures, wars_sentence
from comity.brief.wars_inside import inside_recent
from comity.brief.wording import counted, day_text, listed, noun, pair_name, years_text

_OF_TIES = (
    "moderate",
    "what is listed has evidence, and the lists do not say what they leave out",
    "a complete list of exercises after the last year covered",
)
MOST_SENTENCES = 6
_WHEREVER = "These are conflicts of states of the region, wherever they were fought."
LEAST_TO_JUDGE = 3  # incidents of two sides, below which nothing is said of them


def sentences(subject: Subject) -> Iterator[Sentence]:
    """Up to six statements; where there are more, the pairs most often together in exercises are left out first."""
    first, last = ((_wars,), ()) if _is_at_war(subject) else ((), (_wars,))
    told = (
        *(fighting_sentence, *first, _activity, _closest, _friction, *last, _open_lines, _contested),
        expected_sentence,
    )
    found = {statement: made for statement in told if (made := statement(subject)) is not None}
    for spare in (_closest, expected_sentence):
        if len(found) > MOST_SENTENCES:
            found.pop(spare, None)
    yield from found.values()


def _is_at_war(subject: Subject) -> bool:
    """Whether two states of the region fought each other of late, or a government of one others, with most deaths."""
    own = set(subject.states)
    pairs = any(own.issuperset(each.states) and each.years[1] >= subject.window[0] for each in spells(subject))
    return pairs or any(count >= A_THOUSAND for each in inside_recent(subject) for _, count in each.deaths[-1:])


def _wars(subject: Subject) -> Sentence | None:
    """Lists of armed conflict tell who fought and not where: a state of the region may have fought far from it."""
    found = wars_sentence(subject)
    return found and replace(found, text=f"{found.text} {_WHEREVER}")


def figures(subject: Subject) -> Iterator[Figure]:
    """The numbers a reader asks for first."""
    yield from (replace(each, detail=f"of its states, wherever it was, {each.detail}") for each in war_figures(subject))
    span = years_text(subject.window)
    done, acts = _done(subject), _recent(subject)
    texts = texts_in_force(subject)
    lines, held = channels(subject), claims(subject)
    if done:
        count = total(done, "instrument")
        unit = noun(count, "engagement listed", "engagements listed")
        basis = rests_on(COUNTED_ONCE, done, count=count, years=list(subject.window))
        yield Figure(count, unit, span, sources_of(done), basis)
    if texts:
        unit = noun(len(texts), "agreement in force", "agreements in force")
        told = of_all(texts)
        values = {"count": len(texts), **check_values(subject, texts)}
        basis = rests_on("Texts in force, each once, whichever sources list it.", told, **values)
        yield Figure(len(texts), unit, when_checked(subject, texts), sources_of(told), basis)
    if acts:
        unit = noun(len(acts), "incident listed", "incidents listed")
        basis = rests_on("Incidents begun, wars apart.", acts, count=len(acts), years=list(subject.window))
        yield Figure(len(acts), unit, span, sources_of(acts), basis)
    if lines:
        yield channel_figure(lines)
    if held:
        contested = sum(len(claimants(fact)) > 1 for fact in held)
        unit = noun(contested, "feature contested", "features contested")
        basis = rests_on("Features with more than one claimant or holder.", held, count=contested)
        yield Figure(contested, unit, "claimed by more than one party", sources_of(held), basis)


def channel_figure(lines: list[Fact]) -> Figure:
    """How many channels were active when they were last checked."""
    active = sum(fact["status"] == "active" for fact in lines)
    unit = noun(active, "channel active", "channels active")
    basis = rests_on("Channels, and those whose status is active.", lines, active=active, listed=len(lines))
    return Figure(active, unit, f"of {len(lines)} listed, when last checked", sources_of(lines), basis)


def total(facts: list[Fact], word: str) -> int:
    """How many facts there are, each year and kind by the source that lists most."""
    return sum(by_year(facts, word).values())


def claimants(fact: Fact) -> frozenset[str]:
    """The parties that claim a feature or hold it against a claim."""
    return frozenset(party.code for party in fact.parties if party.role in ("claimant", "holder"))


def _done(subject: Subject) -> list[Fact]:
    return engagements(subject, date(subject.window[0], 1, 1))


def _recent(subject: Subject) -> list[Fact]:
    """Incidents of the window, but for wars, of which is told apart."""
    return [fact for fact in single_acts(incidents(subject)) if fact.year >= subject.window[0]]


def _activity(subject: Subject) -> Sentence | None:
    """How many engagements are listed lately, against the years before."""
    last = subject.full_year
    late_years, early_years = (last - 4, last), (last - 9, last - 5)
    done = engagements(subject, date(early_years[0], 1, 1))
    late = [fact for fact in done if late_years[0] <= fact.year <= last]
    early = [fact for fact in done if fact.year <= early_years[1]]
    if not late:
        return None
    now, before = total(late, "instrument"), total(early, "instrument")
    text = (
        f"{who_lists(subject, done)} "
        f"{against(now, before, late_years, early_years, of=' with states of the region')}; {no_trend(now, before)}."
    )
    years = {"from": early_years[0], "to": early_years[1], "late_from": late_years[0], "late_to": late_years[1]}
    basis = rests_on(COUNTED_ONCE, done, late=now, early=before, **years)
    return stated(subject, text, basis, done, "engagement")


def _closest(subject: Subject) -> Sentence | None:
    """Which pairs exercised together most."""
    found = [tie for tie in region_ties(subject) if tie.layer == "exercise"]
    ranked = sorted(found, key=lambda tie: (-tie.weight, tie))[:3]
    if len(ranked) < 2:
        return None
    pairs = listed([f"{pair_name(tie.state_a, tie.state_b)} ({tie.weight})" for tie in ranked])
    text = (
        f"In the exercises, trainings and joint operations listed for {years_text(subject.window)} the pairs most "
        f"often together were {pairs}."
    )
    how = "Ties of the layer exercise between two states, one for each thing both took part in, the most first."
    first, last = subject.window
    rows = tuple({"state_a": tie.state_a, "state_b": tie.state_b, "weight": tie.weight} for tie in ranked)
    asked = Query(f"comity.brief.own_ties.region_ties(subject, years=({first}, {last}), on={subject.as_of})")
    cites = tuple(sorted({source for tie in ranked for source in tie.sources}))
    return Sentence(text, cites, *_OF_TIES, Basis(how, (asked,), rows, (("first", first), ("last", last))))


def _friction(subject: Subject) -> Sentence | None:
    """How many incidents are listed, between whom most, and how many people are reported hurt."""
    acts = _recent(subject)
    if not acts:
        return None
    pairs = between(acts, subject.states)
    text = f"{who_lists(subject, acts)} {counted(len(acts), 'incident')} in {years_text(subject.window)}"
    most = max(pairs.values(), default=0)
    first = [pair for pair, count in pairs.items() if count == most]
    if len(first) == 1 and most >= LEAST_TO_JUDGE:  # of several with as many no alphabet chooses
        one, two = first[0]
        text += f"; {pair_name(one, two)} were the two sides in {most} of them"
    (of_one, counts), (harm, sums) = one_list(subject, acts), harm_text(acts, lately(subject, register_wars(subject)))
    how = "Incidents begun in the years; pairs of two sides, one at least of the region; reported harm, added up."
    values = {"count": len(acts), "most": most} | counts | sums
    basis = rests_on(how, acts, **values, first=subject.window[0], last=subject.window[1])
    return stated(subject, f"{text}{of_one}.{apart_text(subject)}{harm}", basis, acts, "incident")


def _open_lines(subject: Subject) -> Sentence | None:
    held = channels(subject)
    if not held:
        return None
    active = sum(fact["status"] == "active" for fact in held)
    used = [
        fact["last_used_date"] for fact in held if fact["last_used_date"] and fact["last_used_date"] <= subject.as_of
    ]
    text = f"Of {counted(len(held), 'channel')} listed, {active} {noun(active, 'was', 'were')} active when last checked"
    if used:
        text += f"; a last use is known for {len(used)} of them, the latest on {day_text(max(used))}"
    counts = {"count": len(held), "active": active, "used": len(used)}
    basis = rests_on("Channels, their status, and their last use.", held, **counts)
    return stated(subject, text + ".", basis, held, "channel")


def _contested(subject: Subject) -> Sentence | None:
    held = [fact for fact in claims(subject) if len(claimants(fact)) > 1]
    if not held:
        return None
    most = max(len(claimants(fact)) for fact in held)
    first = [fact["name"] for fact in held if len(claimants(fact)) == most]
    text = (
        f"{counted(len(held), 'feature or area', 'features or areas')} of the region "
        f"{'is' if len(held) == 1 else 'are'} claimed or held by more than one party"
    )
    if len(first) == 1:  # of several with as many no alphabet chooses
        text += f"; the one with most parties is {first[0]} ({most})"
    how = "Features with more than one claimant or holder; the one with most."
    basis = rests_on(how, held, count=len(held), most=most)
    return stated(subject, f"{text}.", basis, held, "territorial_claim")
