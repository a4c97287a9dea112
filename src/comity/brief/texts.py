"""Texts that several sources list, each once: what a table shows and what a statement counts are the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from comity.brief.evidence import book, refs
from comity.brief.facts import Fact, Party, agreements
from comity.brief.one_text import one_of, states_by_source, twins
from comity.brief.subject import Subject, once
from comity.brief.text_days import Pair, checked_before_war, checked_of, have_fought, obliges, standing_of
from comity.brief.wording import counted, day_text, listed, noun, with_article
from comity.network import WATCHING
from comity.vocab.state_names import day_span, has_ended

__all__ = ["MOST_NAMED", "Pair", "bound_by", "each_once", "is_of_two", "name_of", "obliges", "of_all", "paired",
           "parties_of", "refs_of", "texts_before_war", "texts_in_force", "yet_to_bind"]  # fmt: skip
MOST_NAMED = 7  # states: of more only the count is told


def paired(subject: Subject, facts: list[Fact]) -> list[Pair]:
    """Each text with those of other sources that are the same, and where its first stood.

    The first is the one that has a name; of numbered ones, whose named twin may not be among them, the last checked.
    """
    held: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        key = (fact.source, fact.item)
        held.setdefault(one_of(subject).get(key, key), []).append(fact)
    firsts = {id(first): same for same in held.values() for first in [_first(same)]}
    return [(fact, [each for each in firsts[id(fact)] if each is not fact]) for fact in facts if id(fact) in firsts]


def _first(same: list[Fact]) -> Fact:
    named = [fact for fact in same if fact["name"]]
    return (named or sorted(same, key=lambda fact: (fact["known_until"] or date.min, fact.source), reverse=True))[0]


def name_of(subject: Subject, fact: Fact) -> str | None:
    """The name of a text; of one that its source only numbers, what another calls it, if one does."""
    twin = twins(subject).get((fact.source, fact.item))
    return fact["name"] or (twin.name if twin else None)


def refs_of(subject: Subject, pair: Pair) -> tuple[str, ...]:
    """What a text rests on by all its sources, and what its name rests on where it is that of another source."""
    found = [ref for held in (pair[0], *pair[1]) for ref in refs(subject, held)]
    twin = None if pair[0]["name"] else twins(subject).get((pair[0].source, pair[0].item))
    if twin is not None:
        found += book(subject).of(twin.source, "agreement", twin.item)[:2] or (twin.source,)
    return tuple(dict.fromkeys(found))


@once
def texts_in_force(subject: Subject) -> list[Pair]:
    """The texts in force on the day of the brief, each once, by its first source, with the same text of others."""
    return [pair for pair in paired(subject, agreements(subject)) if standing_of(subject, pair) == "in_force"]


@once
def texts_before_war(subject: Subject) -> list[Pair]:
    """The texts that were in force when last checked, before states that they bind fought each other."""
    return [pair for pair in paired(subject, agreements(subject)) if checked_before_war(subject, pair)]


def is_of_two(pair: Pair) -> bool:
    """Whether a text has two states alone as its parties; one that both joined among many is no text of the two."""
    fact, _ = pair
    return len(fact.states) == 2 and all(each.kind == "state" for each in fact.parties if each.role not in WATCHING)


def parties_of(subject: Subject, pair: Pair) -> tuple[Party, ...]:
    """Who is party to a text, whichever state a brief is about: those of the source that names it, and some more.

    They are states that another source names, which may have listed those that joined later; of a treaty with a duty to
    fight two others must. States that had ended by the day are left out.
    """
    fact, _ = pair
    first, *others = told_parties(subject, pair).items() or [(fact.source, fact.states)]
    named = Counter(code for _, states in others for code in states - first[1])
    joined = {code for code, count in named.items() if count > (1 if obliges(fact) else 0)}
    joined |= fact.states & set(subject.states)
    own = fact.parties if first[0] == fact.source else tuple(Party("state", code, "member") for code in first[1])
    held = {each.code for each in own}
    days = day_span(subject.as_of.year)
    more = (Party("state", code, "member") for code in sorted(joined - held))
    return tuple(each for each in (*own, *more) if each.kind != "state" or not has_ended(each.code, days))


def told_parties(subject: Subject, pair: Pair) -> dict[str, frozenset[str]]:
    """The states that each source has as parties of a text that several hold, the source that leads first."""
    fact, _ = pair
    return states_by_source(subject).get(one_of(subject).get((fact.source, fact.item), (fact.source, fact.item)), {})


def bound_by(subject: Subject, pair: Pair) -> set[str]:
    """The states that a text binds, without those that fought the subject's own since.

    Whether a text of many still binds two that fought each other after it was last checked is not known.
    """
    states = {each.code for each in parties_of(subject, pair) if each.kind == "state" and each.role not in WATCHING}
    own = subject.states[0]
    return {code for code in states if code == own or not have_fought(subject, pair, (own, code))}


@once
def yet_to_bind(subject: Subject) -> tuple[list[Fact], str]:
    """The treaties with a duty to fight that are signed and not in force, and the words on them; no words on none."""
    signed = [pair for pair in paired(subject, agreements(subject)) if standing_of(subject, pair) == "signed"]
    held = sorted((fact for fact in each_once(signed) if obliges(fact)), key=lambda fact: str(fact["signed_date"]))
    if not held:
        return [], ""
    newest, last = held[-1], max(checked_of(pair) for pair in signed if pair[0] in held)
    on = f"signed on {day_text(newest['signed_date'])}" if newest["signed_precision"] == "day" else "signed"
    what = f"{counted(len(held), 'treaty', 'treaties')} with a duty to fight, {on if len(held) == 1 else 'signed'}"
    what += f"{_with_others(subject, held)},"
    be = noun(len(held), "was", "were")
    return held, f"{what} {be} not known to be in force when last checked ({day_text(last, 'month')})."


def _with_others(subject: Subject, held: list[Fact]) -> str:
    """With which states besides those of the brief some texts were signed, those of the latest first; few are named."""
    codes = list(dict.fromkeys(code for fact in reversed(held) for code in sorted(fact.states - set(subject.states))))
    if not codes:
        return ""
    if len(codes) > MOST_NAMED:
        return " with several states"
    return f" with {listed([with_article(code) for code in codes])}"


def each_once(pairs: Iterable[Pair]) -> list[Fact]:
    """The texts of some pairs, each once, as they are counted."""
    return [fact for fact, _ in pairs]


def of_all(pairs: Iterable[Pair]) -> list[Fact]:
    """The texts of some pairs with the same of other sources, as they are cited."""
    return [fact for one, twins in pairs for fact in (one, *twins)]
