"""Statements and numbers about one state."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from comity.brief.assessments import assessment, basis_of, number_text, sources_in
from comity.brief.blocks import Figure, Sentence
from comity.brief.expected_judgement import expected_sentence
from comity.brief.facts import Fact, channels, engagements, incidents, sources_of
from comity.brief.knowledge import when, who_lists
from comity.brief.own_ties import own_ties, partners_by_layer
from comity.brief.quarrels import disputes
from comity.brief.region_judgements import channel_figure, opposed, total, with_article
from comity.brief.resting import COUNTED_ONCE, rests_on, stated
from comity.brief.subject import Subject
from comity.brief.texts import Pair, each_once, of_all, texts_in_force
from comity.brief.wording import counted, listed, noun, said, years_text
from comity.network import FIGHTING


def sentences(subject: Subject) -> Iterator[Sentence]:
    """Up to seven statements, each only where the store bears it; a brief shows the first six."""
    for statement in (_bound, _with_whom, _activity, _friction, expected_sentence, _standing, _last_dispute):
        found = statement(subject)
        if found is not None:
            yield found


def figures(subject: Subject) -> Iterator[Figure]:
    """The numbers a reader asks for first."""
    allies, treaties = allies_of(subject)
    if allies:
        unit = noun(len(allies), "state bound to fight beside it", "states bound to fight beside it, or it beside them")
        held = of_all(treaties)
        basis = rests_on("States in treaties in force with a duty to fight.", held, count=len(allies))
        yield Figure(len(allies), unit, when(subject, held), sources_of(held), basis)
    done = _done(subject)
    if done:
        count = total(done, "instrument")
        unit = noun(count, "engagement listed", "engagements listed")
        basis = rests_on(COUNTED_ONCE, done, count=count, years=list(subject.window))
        yield Figure(count, unit, years_text(subject.window), sources_of(done), basis)
        partners = {code for fact in done for code in fact.states} - set(subject.states)
        basis = rests_on(
            "States that took part in the engagements.", done, count=len(partners), years=list(subject.window)
        )
        yield Figure(len(partners), "partners in them", years_text(subject.window), sources_of(done), basis)
    acts = _recent(subject)
    if acts:
        unit = noun(len(acts), "incident listed", "incidents listed")
        basis = rests_on("Incidents begun.", acts, count=len(acts), years=list(subject.window))
        yield Figure(len(acts), unit, years_text(subject.window), sources_of(acts), basis)
    if lines := channels(subject):
        yield channel_figure(lines)


def allies_of(subject: Subject) -> tuple[tuple[str, ...], list[Pair]]:
    """The states that a treaty in force with a duty to fight binds with the subject's state, and the treaties."""
    treaties = [
        pair
        for pair in texts_in_force(subject)
        if pair[0]["agreement_kind"] == "alliance" and set(pair[0]["obligations"]) & set(FIGHTING)
    ]
    found = {code for fact in each_once(treaties) for code in fact.states} - set(subject.states)
    return tuple(sorted(found)), treaties


def _done(subject: Subject) -> list[Fact]:
    return engagements(subject, date(subject.window[0], 1, 1))


def _recent(subject: Subject) -> list[Fact]:
    return [fact for fact in incidents(subject) if fact.year >= subject.window[0]]


def _bound(subject: Subject) -> Sentence | None:
    allies, treaties = allies_of(subject)
    if not allies:
        return None
    names = [with_article(code) for code in allies]
    who = listed(names) if len(names) <= 4 else f"{counted(len(names), 'state')}, {names[0]} and {names[-1]} among them"
    held = of_all(treaties)
    text = (
        f"{who_lists(subject, held)} {counted(len(treaties), 'treaty', 'treaties')} with a duty to fight in force "
        f"{when(subject, held)}, with {who}."
    )
    basis = rests_on("Treaties in force with a duty to fight, and the states in them.", held,
        treaties=len(treaties), states=len(allies))  # fmt: skip
    return stated(subject, text, basis, held, "alliance")


def _with_whom(subject: Subject) -> Sentence | None:
    """With whom most is listed, and how evenly it is spread."""
    done = _done(subject)
    ties = tuple(tie for tie in own_ties(subject) if tie.layer in ("exercise", "dialogue", "visit", "assistance"))
    ranked = partners_by_layer(ties, subject.states[0])
    if len(ranked) < 2:
        return None
    sums = {partner: sum(layers.values()) for partner, layers in ranked.items()}
    everything = sum(sums.values())
    top = list(sums)[:3]
    share = sum(sums[code] for code in top) / everything
    named = listed([f"{with_article(code)} ({sums[code]})" for code in top])
    text = (
        f"Most of what is listed for {years_text(subject.window)} was done with {named}; "
        f"they hold {share:.0%} of its ties with {counted(len(sums), 'state')}."
    )
    values = {"share": round(share, 4), "states": len(sums), "ties": sums, "first": subject.window[0]}
    basis = rests_on(f"One tie for each thing two states took part in. {COUNTED_ONCE}", done,
        **values, last=subject.window[1])  # fmt: skip
    return stated(subject, text, basis, done, "engagement")


def _activity(subject: Subject) -> Sentence | None:
    last = subject.full_year
    late_years, early_years = (last - 4, last), (last - 9, last - 5)
    done = [fact for fact in engagements(subject, date(early_years[0], 1, 1)) if fact.year <= last]
    late = [fact for fact in done if fact.year >= late_years[0]]
    early = [fact for fact in done if fact.year < late_years[0]]
    if not late:
        return None
    now, before = total(late, "instrument"), total(early, "instrument")
    text = (
        f"{who_lists(subject, done)} {counted(now, 'engagement')} in {years_text(late_years)} and {before} in "
        f"{years_text(early_years)}; the lists are not complete, so the difference alone shows no trend."
    )
    years = {"from": early_years[0], "to": early_years[1], "late_from": late_years[0], "late_to": late_years[1]}
    return stated(subject, text, rests_on(COUNTED_ONCE, done, late=now, early=before, **years), done, "engagement")


def _friction(subject: Subject) -> Sentence | None:
    acts = _recent(subject)
    own = subject.states[0]
    if not acts:
        return None
    between: dict[str, int] = {}
    for fact in acts:
        for pair in opposed(fact):
            if own in pair:
                other = pair[0] if pair[1] == own else pair[1]
                between[other] = between.get(other, 0) + 1
    text = f"{who_lists(subject, acts)} {counted(len(acts), 'incident')} in {years_text(subject.window)}"
    most = sorted(between.items(), key=lambda held: (-held[1], held[0]))[:2]
    if most:
        text += f", most with {listed([f'{with_article(code)} ({count})' for code, count in most])} on the other side"
    values = {"count": len(acts), "between": between, "first": subject.window[0], "last": subject.window[1]}
    how = "Incidents begun in the years, and who stood on the other side as actor or affected."
    return stated(subject, text + ".", rests_on(how, acts, **values), acts, "incident")


def _last_dispute(subject: Subject) -> Sentence | None:
    fought = disputes(subject)
    if not fought:
        return None
    newest = fought[0]
    others = sorted({party.code for party in newest.parties} - set(subject.states))
    text = (
        f"{who_lists(subject, fought)} {counted(len(fought), 'militarized dispute')} of it with other states; the last "
        f"began in {newest.year}, with {listed([with_article(code) for code in others[:3]])} among the parties."
    )
    basis = rests_on("Disputes in which it stood on a side, by the source that lists most.", fought, count=len(fought))
    return stated(subject, text, basis, fought, "dispute")


def _standing(subject: Subject) -> Sentence | None:
    """The index in which it stands highest above other states, of those known for the most part."""
    told = assessment(subject)
    known = [
        each
        for each in told.get("headlines", ())
        if each["score"] is not None and (each["coverage"] or 0) >= 0.5 and each["above_share"] is not None
    ]
    if not known:
        return None
    high = max(known, key=lambda each: (each["above_share"], each["name"]))
    low = min(known, key=lambda each: (each["above_share"], each["name"]))
    parts = [
        f"{said(each['name'])} {number_text(each['score'])}, above {each['above_share']:.0%} of states"
        for each in ((high,) if high is low else (high, low))
    ]
    cites = tuple(sorted({*sources_in(subject, high), *sources_in(subject, low)}))
    said_of = " and lowest in ".join(parts)
    text = f"Among the indices of states at the end of {told['year']} it stands highest in {said_of}."
    rows = tuple({key: value for key, value in each.items() if key != "parts"} for each in known)
    least = min(high["coverage"], low["coverage"])
    how = "Indices at least half known, by the share of states below."
    basis = basis_of(subject, told, how, rows, least_known=least)
    sure = "high" if least >= 0.9 else "moderate"
    because = f"{least:.0%} or more of what the indices weigh is known for {told['year']}"
    return Sentence(text, cites, sure, because, "later years of the lists", basis)
