"""Incidents in words: between whom, how many were hurt in which, and whether one single list tells nearly all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from comity.brief.facts import Fact, opposed
from comity.brief.knowledge import title
from comity.brief.subject import Subject
from comity.brief.wording import counted, listed, noun
from comity.vocab.register import SOURCE as REGISTER

Pair = tuple[str, str]
NEARLY_ALL = 0.75  # of the incidents told of, from which on it is said whose list they are
FEW = 4  # incidents, below which nothing is said of shares
MOST_NAMED = 3


def between(acts: Sequence[Fact], own: Collection[str]) -> Counter[Pair]:
    """How often two states stood against each other, at least one of them of those the brief is about."""
    return Counter(pair for fact in acts for pair in opposed(fact) if not set(own).isdisjoint(pair))


def unsided(acts: Sequence[Fact], own: Collection[str]) -> int:
    """In how many incidents no list tells a state that stood against one of the subject's own."""
    return sum(all(set(own).isdisjoint(pair) for pair in opposed(fact)) for fact in acts)


def unsided_text(count: int) -> str:
    """The same as the end of a sentence; nothing where there is none."""
    return f"; in {count} no state is told to have stood against it" if count else ""


def one_list(subject: Subject, acts: Sequence[Fact], *, is_named: bool = True) -> tuple[str, dict[str, int]]:
    """Whose list tells nearly all of some incidents, as the end of a sentence, with the count; else nothing.

    Where the sentence names its sources, nothing more is said of the only one.
    """
    (source, most), *others = Counter(fact.source for fact in acts).most_common()
    if source == REGISTER or (is_named and not others) or len(acts) < FEW or most < NEARLY_ALL * len(acts):
        return "", {}
    share = f"{most} of these {len(acts)}" if others else "all of them"
    return f"; {share} are of one list, {title(subject, source)}", {"of_one_list": most}


def harm_text(acts: Sequence[Fact], wars: Sequence[Fact] = ()) -> tuple[str, dict[str, int]]:
    """How many people are reported hurt, in a sentence of its own that names the incidents; with the sums.

    Beside a war nothing is added up: a sum of what is small would read as the toll.
    """
    if wars:
        return _worst(acts, is_known=all(fact["killed_count"] is not None for fact in wars)), {}
    told = {word: [fact for fact in acts if fact[f"{word}_count"]] for word in ("injured", "killed")}
    sums = {word: sum(fact[f"{word}_count"] for fact in held) for word, held in told.items()}
    said = [f"{counted(sums[word], 'person', 'people')} {word} in {_incidents(held, word)}"
            for word, held in told.items() if held]  # fmt: skip
    if not said:
        return "", sums
    unknown = sum(fact["killed_count"] is None and fact["injured_count"] is None for fact in acts)
    rest = f"; {unknown} {noun(unknown, 'tells', 'tell')} no number" if unknown else ""
    text = f" Reports that give numbers add up to at least {listed(said)}{rest}."
    return text, sums | {"harm_unknown": unknown, **{f"{word}_in": len(held) for word, held in told.items()}}


def _worst(acts: Sequence[Fact], *, is_known: bool) -> str:
    """The acts listed beside a war, be they of it or not, in which most were killed; and whether its dead are told."""
    deadly = [fact for fact in acts if fact["killed_count"]]
    toll = "" if is_known else " How many were killed in the fighting is not told in full."
    if not deadly:
        return toll
    left = "; others fewer" if len(deadly) > MOST_NAMED else ""
    return f"{toll} Most killed in one act that is listed by itself: {_ranked(deadly, 'killed')}{left}."


def _ranked(held: Sequence[Fact], word: str) -> str:
    ranked = sorted(held, key=lambda fact: (-fact[f"{word}_count"], fact["start_date"], fact.item))
    return "; ".join(f"{fact['name']}, {fact[f'{word}_count']}" for fact in ranked[:MOST_NAMED])


def _incidents(held: Sequence[Fact], word: str) -> str:
    """The incidents in which people were hurt, the worst by name."""
    left = "; others fewer" if len(held) > MOST_NAMED else ""
    return f"{counted(len(held), 'incident')} ({_ranked(held, word)}{left})"
