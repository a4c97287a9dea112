"""Statements and numbers about one state."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from comity.brief.access_sentence import access_sentence
from comity.brief.basis import joined
from comity.brief.blocks import Figure, Sentence
from comity.brief.clashes import between, one_list, unsided, unsided_text
from comity.brief.expected_judgement import expected_sentence
from comity.brief.facts import Fact, channels, engagements, incidents, sources_of
from comity.brief.fighting import last_years, lists_tell
from comity.brief.knowledge import coverage_basis, who_lists
from comity.brief.leading import leaders
from comity.brief.own_ties import own_ties, partners_by_layer
from comity.brief.quarrels import disputes
from comity.brief.region_judgements import channel_figure, total
from comity.brief.register_wars import apart_text, fighting_sentence, single_acts
from comity.brief.resting import COUNTED_ONCE, rests_on, stated
from comity.brief.standing_sentence import standing_sentence
from comity.brief.subject import Subject
from comity.brief.text_days import check_values, checked_of, when_checked
from comity.brief.texts import MOST_NAMED, Pair, bound_by, is_of_two, obliges, of_all, texts_in_force, yet_to_bind
from comity.brief.trend_words import against, no_trend
from comity.brief.troops_sent import troops_sentence
from comity.brief.wars import war_figures, war_sentence
from comity.brief.window_acts import acts_of_window, earlier_in, partners_of_window, window_figure
from comity.brief.wording import counted, listed, noun, with_article, years_text

MOST_OPPONENTS = 3
HALF = 0.5


def sentences(subject: Subject) -> Iterator[Sentence]:
    """Up to ten statements, each only where the store bears it; a brief shows the first six."""
    told = (
        *(fighting_sentence, war_sentence, troops_sentence, _bound, access_sentence, _with_whom, _friction, _activity),
        *(expected_sentence, standing_sentence, _last_dispute),
    )
    for statement in told:
        found = statement(subject)
        if found is not None:
            yield found


def figures(subject: Subject) -> Iterator[Figure]:
    """The numbers a reader asks for first."""
    yield from war_figures(subject)
    allies, treaties = allies_of(subject)
    if allies:
        unit = noun(len(allies), "state bound to fight beside it", "states bound to fight beside it, or it beside them")
        held = of_all(treaties)
        values = {"count": len(allies), "treaties": len(treaties), **check_values(subject, treaties)}
        basis = rests_on("States in treaties in force with a duty to fight.", held, **values)
        yield Figure(len(allies), unit, when_checked(subject, treaties), sources_of(held), basis)
    yield from _done_figures(subject)
    acts = _recent(subject)
    if acts:
        unit = noun(len(acts), "incident listed", "incidents listed")
        basis = rests_on("Incidents begun.", acts, count=len(acts), years=list(subject.window))
        yield Figure(len(acts), unit, years_text(subject.window), sources_of(acts), basis)
    if lines := channels(subject):
        yield channel_figure(lines)


def _done_figures(subject: Subject) -> Iterator[Figure]:
    """How much was done in the years of the brief, and with how many states; what ran on into them counts."""
    done = acts_of_window(subject)
    if not done:
        return
    yield window_figure(subject, done, "engagement")
    values = {"years": list(subject.window), "earlier": earlier_in(subject, done)}
    partners = partners_of_window(subject)
    basis = rests_on("States that took part in the engagements.", done, count=len(partners), **values)
    unit = noun(len(partners), "partner in them", "partners in them")
    yield Figure(len(partners), unit, years_text(subject.window), sources_of(done), basis)


def allies_of(subject: Subject) -> tuple[tuple[str, ...], list[Pair]]:
    """The states that a treaty in force with a duty to fight binds with the subject's state, and the treaties.

    One that fought it after the treaty was last checked is none: whether the treaty binds those two is not known.
    """
    treaties = [pair for pair in texts_in_force(subject) if obliges(pair[0])]
    found = {code for pair in treaties for code in bound_by(subject, pair)} - set(subject.states)
    return tuple(sorted(found)), treaties


def _recent(subject: Subject) -> list[Fact]:
    """Incidents of the window, but for wars, of which is told apart."""
    return [fact for fact in single_acts(incidents(subject)) if fact.year >= subject.window[0]]


def _bound(subject: Subject) -> Sentence | None:
    allies, treaties = allies_of(subject)
    to_come, yet = yet_to_bind(subject)
    if not allies and to_come:
        basis = rests_on("Treaties with a duty to fight that are signed, each once.", to_come, count=len(to_come))
        return stated(subject, yet, basis, to_come, "alliance")
    if not allies:
        return None
    held = of_all(treaties)
    text = (
        f"{who_lists(subject, held)} {counted(len(treaties), 'treaty', 'treaties')} with a duty to fight in force "
        f"{when_checked(subject, treaties)}, with {_who(subject, allies, treaties)}.{yet and ' '}{yet}"
    )
    basis = rests_on("Treaties in force with a duty to fight, and the states in them.", [*held, *to_come],
        treaties=len(treaties), states=len(allies), to_come=len(to_come),
        **check_values(subject, treaties))  # fmt: skip
    return stated(subject, text, basis, [*held, *to_come], "alliance")


def _who(subject: Subject, allies: tuple[str, ...], treaties: list[Pair]) -> str:
    """The states that treaties bind with the subject's, those of the latest check first.

    No alphabet decides who of many is named: of those only the states of treaties of two are.
    """
    checked: dict[str, date] = {}
    alone: set[str] = set()
    for pair in treaties:
        for code in bound_by(subject, pair) & set(allies):
            checked[code] = max(checked.get(code, date.min), checked_of(pair))
            alone |= {code} if is_of_two(pair) else set()
    ordered = sorted(allies, key=lambda code: (-checked[code].toordinal(), with_article(code)))
    many = counted(len(allies), "state")
    if len(allies) <= MOST_NAMED:
        names = listed([with_article(code) for code in ordered])
        return names if len(allies) <= MOST_OPPONENTS else f"{many}: {names}"
    own = [with_article(code) for code in ordered if code in alone]
    treaties_of_two = noun(len(own), "a treaty of two", "treaties of two")
    return f"{many} ({listed(own)} by {treaties_of_two})" if 0 < len(own) <= MOST_NAMED else many


def _with_whom(subject: Subject) -> Sentence | None:
    """With whom most is listed, and how evenly it is spread; the states are those that the figures count."""
    done, partners = acts_of_window(subject), partners_of_window(subject)
    ties = tuple(tie for tie in own_ties(subject) if tie.layer in ("exercise", "dialogue", "visit", "assistance"))
    ranked = partners_by_layer(ties, subject.states[0])
    if len(ranked) < 2:
        return None
    sums = {partner: sum(layers.values()) for partner, layers in ranked.items()}
    everything = sum(sums.values())
    top = leaders(sums)
    share = sum(sums[code] for code in top) / everything
    named = listed([f"{with_article(code)} ({sums[code]})" for code in top])
    span, others = years_text(subject.window), counted(len(partners), "state")
    of_all = f"with {named}: {share:.0%} of its ties begun in these years"
    if not top:
        text = f"What is listed for {span} is spread over {others}, and none of them stands out."
    elif share > HALF:
        text = f"Most of what is listed for {span}, with {others} in all, was done {of_all}."
    else:
        text = f"What is listed for {span}, with {others} in all, was most often done {of_all}."
    values = {"share": round(share, 4), "states": len(partners), "ties": sums, "first": subject.window[0],
              "last": subject.window[1], "earlier": earlier_in(subject, done)}  # fmt: skip
    how = "The states are those of the engagements; one tie for each thing begun in the years that two took part in."
    basis = rests_on(f"{how} {COUNTED_ONCE}", done, **values)
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
    text = f"{who_lists(subject, done)} {against(now, before, late_years, early_years)}; {no_trend(now, before)}."
    years = {"from": early_years[0], "to": early_years[1], "late_from": late_years[0], "late_to": late_years[1]}
    return stated(subject, text, rests_on(COUNTED_ONCE, done, late=now, early=before, **years), done, "engagement")


def _friction(subject: Subject) -> Sentence | None:
    acts = _recent(subject)
    own = subject.states[0]
    if not acts:
        return None
    pairs = between(acts, (own,))
    sides = {one if two == own else two: count for (one, two), count in pairs.items()}
    text = f"{who_lists(subject, acts)} {counted(len(acts), 'incident')} in {years_text(subject.window)}"
    most = [f"{with_article(code)} ({sides[code]})" for code in leaders(sides, 2)]
    if most:
        text += f", most with {listed(most)} on the other side"
    untold, (of_one, counts) = unsided(acts, (own,)), one_list(subject, acts)
    text += f"{unsided_text(untold)}{of_one}.{apart_text(subject)}"
    values = {"count": len(acts), "between": sides, "untold": untold} | counts
    how = "Incidents begun in the years, and who stood on the other side: actor against affected, or two in a clash."
    basis = rests_on(how, acts, **values, first=subject.window[0], last=subject.window[1])
    return stated(subject, text, basis, acts, "incident")


def _last_dispute(subject: Subject) -> Sentence | None:
    fought = disputes(subject)
    if not fought:
        return None
    newest = fought[0]
    own = {party.role for party in newest.parties if party.code in subject.states}
    others = sorted({party.code for party in newest.parties if party.role not in own})
    left = len(others) - MOST_OPPONENTS
    named = [*(with_article(code) for code in others[:MOST_OPPONENTS]), *([f"{left} more"] if left > 0 else [])]
    text = (
        f"{lists_tell(subject, sources_of(fought), 'disputes', 'dispute', newest.year)} "
        f"{counted(len(fought), 'militarized dispute')} of it with other states; {noun(len(fought), 'it', 'the last')} "
        f"began in {newest.year}, with {listed(named)} on the other side."
    )
    how = "Disputes in which it stood on a side, by the source that reaches furthest."
    ends = last_years(subject, sources_of(fought), "dispute")
    told = rests_on(how, fought, count=len(fought), left=left, ends=ends)
    basis = joined((told, coverage_basis(subject, "dispute")))
    return stated(subject, text, basis, fought, "dispute")
