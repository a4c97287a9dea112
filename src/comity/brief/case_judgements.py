"""Statements and numbers about a case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from comity.brief.blocks import Figure, Sentence
from comity.brief.clashes import between
from comity.brief.facts import Fact, begun, engagements, incidents, sources_of
from comity.brief.knowledge import who_lists
from comity.brief.leading import leaders
from comity.brief.ledger_words import ledger_basis, own_entries
from comity.brief.own_ties import own_ties, partners_by_layer
from comity.brief.references import LEDGER
from comity.brief.region_judgements import total
from comity.brief.register_wars import apart_text, fighting_sentence, single_acts
from comity.brief.resting import COUNTED_ONCE, rests_on, stated
from comity.brief.subject import Subject
from comity.brief.text_days import check_values, since_text, when_checked
from comity.brief.texts import each_once, of_all, texts_in_force
from comity.brief.trend_words import against, no_trend
from comity.brief.wars import war_figures, war_sentence
from comity.brief.wording import counted, listed, noun, said, sentence_start, with_article, years_text

_NO_KIND = "other"  # what has no kind of its own, which says nothing of most


def sentences(subject: Subject) -> Iterator[Sentence]:
    """Up to six statements, each only where the store bears it."""
    for statement in (fighting_sentence, war_sentence, _growth, _partners, _texts, _friction, _evidence):
        found = statement(subject)
        if found is not None:
            yield found


def figures(subject: Subject) -> Iterator[Figure]:
    """The numbers a reader asks for first."""
    yield from war_figures(subject)
    done = _since(subject, subject.window[0])
    if done:
        count = total(done, "instrument")
        unit = noun(count, "engagement listed", "engagements listed")
        basis = rests_on(COUNTED_ONCE, done, count=count, years=list(subject.window))
        yield Figure(count, unit, years_text(subject.window), sources_of(done), basis)
    texts = texts_in_force(subject)
    if texts:
        told, unit = of_all(texts), noun(len(texts), "text in force", "texts in force")
        values = {"count": len(texts), **check_values(subject, texts)}
        basis = rests_on("Texts in force, each once, whichever sources list it.", told, **values)
        yield Figure(len(texts), unit, when_checked(subject, texts), sources_of(told), basis)
    acts = _recent(subject)
    if acts:
        unit = noun(len(acts), "incident listed", "incidents listed")
        basis = rests_on("Incidents begun.", acts, count=len(acts), years=list(subject.window))
        yield Figure(len(acts), unit, years_text(subject.window), sources_of(acts), basis)


def _recent(subject: Subject) -> list[Fact]:
    """Incidents of the window, but for wars, of which is told apart."""
    return [fact for fact in single_acts(incidents(subject)) if fact.year >= subject.window[0]]


def _since(subject: Subject, year: int) -> list[Fact]:
    return engagements(subject, date(year, 1, 1))


def _growth(subject: Subject) -> Sentence | None:
    """What is listed of the last five whole years against the five before, and by which instrument it differs most."""
    last = subject.full_year
    late_years, early_years = (last - 4, last), (last - 9, last - 5)
    done = [fact for fact in _since(subject, early_years[0]) if fact.year <= last]
    late = [fact for fact in done if fact.year >= late_years[0]]
    early = [fact for fact in done if fact.year < late_years[0]]
    if not late:
        return None
    now, before = total(late, "instrument"), total(early, "instrument")
    change = Counter(fact["instrument"] for fact in late)
    change.subtract(fact["instrument"] for fact in early)
    most = max(sorted(change), key=lambda word: abs(change[word]))
    text = (
        f"{who_lists(subject, done)} {against(now, before, late_years, early_years)}, the largest difference in "
        f"{said(most)} ({change[most]:+d}); {no_trend(now, before)}."
    )
    years = {"from": early_years[0], "to": early_years[1], "late_from": late_years[0], "late_to": late_years[1]}
    basis = rests_on(COUNTED_ONCE, done, late=now, early=before, change=dict(change), **years)
    return stated(subject, text, basis, done, "engagement")


def _partners(subject: Subject) -> Sentence | None:
    """With whom the first party of the case did most."""
    if len(subject.partners) < 3:
        return None
    around = set(subject.partners)
    ties = tuple(tie for tie in own_ties(subject) if tie.layer in ("exercise", "dialogue", "visit", "assistance"))
    ranked = partners_by_layer(ties, subject.states[0])
    sums = {partner: sum(layers.values()) for partner, layers in ranked.items() if partner in around}
    if len(sums) < 2:
        return None
    named = listed([f"{with_article(code)} ({sums[code]})" for code in list(sums)[:4]])
    lead = sentence_start(with_article(subject.states[0]))
    text = (
        f"{lead} is listed with {len(sums)} of the {len(around)} other states of the case in "
        f"{years_text(subject.window)}, most often with {named}."
    )
    done = _since(subject, subject.window[0])
    values = {"sums": sums, "partners": len(sums), "around": len(around), "window": list(subject.window)}
    basis = rests_on(f"One tie for each thing two states took part in. {COUNTED_ONCE}", done, **values)
    return stated(subject, text, basis, done, "engagement")


def _texts(subject: Subject) -> Sentence | None:
    texts = texts_in_force(subject)
    dated = [fact for fact in each_once(texts) if begun(fact)]
    if not dated:
        return None
    newest, held = max(dated, key=lambda fact: (str(begun(fact)), fact.item)), of_all(texts)
    text = (
        f"{who_lists(subject, held)} {counted(len(texts), 'text')} in force {when_checked(subject, texts)}, the newest "
        f"since {since_text(subject, newest)}{': ' + newest['name'] if newest['name'] else ''}."
    )
    values = {"count": len(texts), "newest": begun(newest), **check_values(subject, texts)}
    basis = rests_on("Texts in force, each once.", held, **values)
    return stated(subject, text, basis, held, "agreement")


def _friction(subject: Subject) -> Sentence | None:
    """How many incidents are listed, of which kind most, and with which state the first party had most."""
    acts = _recent(subject)
    if not acts:
        return None
    kinds = Counter(said(fact["incident_kind"]) for fact in acts)
    most = [word for word in leaders(kinds, 1) if word != _NO_KIND]
    pairs = between(acts, subject.states)
    sides = {code: count for pair, count in pairs.items() for code in pair if code in subject.partners}
    others = [f"{with_article(code)} ({sides[code]})" for code in leaders(sides, 2)]
    text = (
        f"{who_lists(subject, acts)} {counted(len(acts), 'incident')} of the case in {years_text(subject.window)}"
        f"{''.join(_of_kind(word, kinds[word], len(acts)) for word in most)}"
        f"{f', most with {listed(others)} on the other side' if others else ''}.{apart_text(subject)}"
    )
    values = {"count": len(acts), "kinds": dict(kinds), "sides": sides, "window": list(subject.window)}
    return stated(subject, text, rests_on("Incidents begun in the years.", acts, **values), acts, "incident")


def _of_kind(word: str, count: int, of: int) -> str:
    """That most incidents are of a kind, or all."""
    return f", most often of the kind {word} ({count})" if count < of else f", all of the kind {word}"


def _evidence(subject: Subject) -> Sentence | None:
    """What the ledger says of the claims that are about the case itself; no more than its verdicts."""
    entries = own_entries(subject)
    if not entries:
        return None
    told = "; ".join(f"“{each.wording.rstrip('.')}” is {each.word} ({each.number})" for each in entries)
    basis = ledger_basis(entries)
    sure = "low" if any(each.word == "unknown" for each in entries) else "moderate"
    because = "the estimates of the ledger differ or leave the matter open"
    changed = "more years of data, or a design that rules out what stands in doubt"
    return Sentence(f"Of what is claimed of its effect, {told}.", (LEDGER,), sure, because, changed, basis)
