"""Statements and numbers about the texts of a pair: treaties with a duty to fight, and all that stands or may stand."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any

from comity.brief.basis import joined
from comity.brief.blocks import Figure, Sentence
from comity.brief.facts import agreements, begun, sources_of
from comity.brief.knowledge import absence, coverage_basis, is_complete, who_lists
from comity.brief.resting import rests_on, stated
from comity.brief.subject import Subject
from comity.brief.text_days import (
    check_values,
    checked_before_war,
    checked_of,
    since,
    since_text,
    standing_of,
    when_checked,
)
from comity.brief.texts import (
    Pair,
    each_once,
    is_of_two,
    name_of,
    obliges,
    of_all,
    paired,
    texts_before_war,
    texts_in_force,
    yet_to_bind,
)
from comity.brief.war_begun import war_basis
from comity.brief.wording import counted, day_text, listed, noun

_FOUGHT_SINCE = "before later fighting between the two"
_DOUBTFUL = {"unknown": "", "suspended": "suspended, "}
_MOST_NAMED = 2


def text_figures(subject: Subject) -> Iterator[Figure]:
    """How many treaties with a duty to fight bind the two, and how many texts in all; one number where they are one."""
    fighting = [pair for pair in in_force(subject, "alliance") if obliges(pair[0])]
    if fighting:
        unit = noun(len(fighting), "alliance treaty in force", "alliance treaties in force")
        yield _figure(subject, fighting, unit, "Treaties in force with a duty to fight, each once.")
    texts = in_force(subject)
    if len(texts) > len(fighting):
        unit = noun(len(texts), "agreement in force", "agreements in force") + (" in all" if fighting else "")
        yield _figure(subject, texts, unit, "Texts in force, each once, whichever sources list it.")


def in_force(subject: Subject, kind: str | None = None) -> list[Pair]:
    """The texts in force, or those of one kind, each once with the same text of other sources."""
    return [pair for pair in texts_in_force(subject) if kind in (None, pair[0]["agreement_kind"])]


def _figure(subject: Subject, texts: list[Pair], unit: str, how: str) -> Figure:
    held, own = of_all(texts), sum(map(is_of_two, texts))
    basis = rests_on(how, held, count=len(texts), of_two=own, **check_values(subject, texts))
    alone = f"{own or 'none'} of the two alone; " if own < len(texts) else ""
    return Figure(len(texts), unit, f"{alone}{when_checked(subject, texts)}", sources_of(held), basis)


def bound(subject: Subject) -> Sentence | None:
    """Which alliance treaties bind both; when none does, what says so. A duty that is signed only is told too."""
    treaties = in_force(subject, "alliance")
    to_come, yet = yet_to_bind(subject)
    if not treaties and to_come:
        basis = rests_on("Treaties with a duty to fight that are signed, each once.", to_come, count=len(to_come))
        return stated(subject, yet, basis, to_come, "alliance")
    if not treaties:
        return none(subject, "alliance treaty in force between the two", "alliance")
    fighting = [pair for pair in treaties if obliges(pair[0])]
    if not fighting:
        return _without_duty(subject, treaties)
    defense = [fact for fact in each_once(fighting) if "defense" in fact["obligations"]]
    held, others = [*of_all(treaties), *to_come], len(treaties) - len(fighting)
    last_told = fighting if _are_all(subject, treaties) else []  # else their years are told with those of all texts
    beside = f" {counted(others, 'more treaty has', 'more treaties have')} no duty to fight." if others else ""
    text = (
        f"{who_lists(subject, of_all(treaties))} {counted(len(fighting), 'alliance treaty', 'alliance treaties')} "
        f"in force between the two {when_checked(subject, fighting)}{_since(subject, last_told)}; "
        f"{_how_many(len(defense), len(fighting))} an obligation of defense.{beside}{yet and ' '}{yet}"
    )
    how = "Alliance treaties in force on the day, each once; those whose obligations hold defense."
    checked = check_values(subject, fighting)
    basis = rests_on(how, held, treaties=len(fighting), with_defense=len(defense), others=others,
        to_come=len(to_come), since=[since_text(subject, fact) for fact in each_once(last_told)
        if since(subject, fact)[0]], **checked)  # fmt: skip
    return stated(subject, text, basis, held, "alliance")


def _are_all(subject: Subject, treaties: list[Pair]) -> bool:
    """Whether the treaties of the lists of alliances are all texts in force between the two."""
    return len(treaties) == len(in_force(subject))


def _without_duty(subject: Subject, treaties: list[Pair]) -> Sentence:
    """That treaties of the lists of alliances bind both, and none obliges one to fight for the other."""
    held = of_all(treaties)
    to_come, yet = yet_to_bind(subject)
    text = (
        f"No treaty listed as in force obliges either to fight for the other.{yet and ' '}{yet} "
        f"{who_lists(subject, held)} {counted(len(treaties), 'treaty', 'treaties')} in force between them "
        f"{when_checked(subject, treaties)}, not to attack, to stay neutral or to consult{_shares(treaties)}."
    )
    how = (
        "Treaties in force of the lists of alliances, each once; none has a duty to fight; those signed only with one."
    )
    basis = rests_on(how, [*held, *to_come], count=len(treaties), to_come=len(to_come),
        of_two=sum(map(is_of_two, treaties)), **check_values(subject, treaties))  # fmt: skip
    return stated(subject, text, basis, [*held, *to_come], "alliance")


def none(subject: Subject, what: str, kind: str) -> Sentence | None:
    """That there was none, where a source can know it; what no source can know is no judgement."""
    if not is_complete(subject, kind):
        return None
    text, cites = absence(subject, what, kind)
    because = "a source that holds itself complete reaches this day"
    return Sentence(text, cites, "high", because, "a later edition of that source", coverage_basis(subject, kind))


def _how_many(count: int, of: int) -> str:
    if of == 1:
        return "it carries" if count else "it does not carry"
    if count in (0, of):
        return f"{'both' if of == 2 else f'all {of}'} carry" if count else "none carries"
    return f"{count} of them carr{'ies' if count == 1 else 'y'}"


def _shares(texts: Sequence[Pair]) -> str:
    """How many texts are of the two alone and how many of more parties; no words where all are of the two alone."""
    own = sum(map(is_of_two, texts))
    if own == len(texts):
        return ""
    if len(texts) == 1:
        return "; it is of more parties, and both joined it"
    return f"; {own} of them {noun(own, 'is', 'are')} of the two alone" if own else "; all are of more parties"


def texts_between(subject: Subject) -> Sentence | None:
    """The texts in force, with how many are of the two alone, and those of the two that may stand, by their names.

    None where the statement on treaties has told all there is.
    """
    texts, before = in_force(subject), [pair for pair in texts_before_war(subject) if is_of_two(pair)]
    named, declared = _doubtful(subject), _named_of_two(subject, ("voluntary",))
    if _are_all(subject, in_force(subject, "alliance")):
        texts = []  # told of by the statement on treaties
    if not texts and not before and not named and not declared:
        return None
    held = of_all([*texts, *before, *declared, *named])
    parts = [_standing(subject, texts), _before_war(subject, before, is_more=bool(texts)),
             _told_declared(subject, declared), _told(subject, named)]  # fmt: skip
    text = " ".join(part for part in parts if part)
    how = "Texts in force on the day, each once; the years from which they bind both, or were signed where unknown; "
    how += "and named texts of the two alone that are declared practice or whose standing is not known."
    basis = rests_on(how, held, **_values(subject, texts), before_war=len(before), doubtful=len(named),
        declared=len(declared), more=[max(0, len(each) - _MOST_NAMED) for each in (named, declared)],
        names=[name_of(subject, fact) for fact in each_once([*texts, *declared, *named])],
        before=check_values(subject, before) if before else None)  # fmt: skip
    if before:
        basis = joined((basis, war_basis(subject)))
    made = stated(subject, text, basis, held, "agreement")
    unsure = not texts and made.confidence == "high"
    return replace(made, confidence="moderate", because="no list tells whether they stand") if unsure else made


def _standing(subject: Subject, texts: list[Pair]) -> str:
    if not texts:
        return ""
    told = len(in_force(subject, "alliance"))
    among = (
        f" The {noun(told, 'treaty', f'{told} treaties')} above {noun(told, 'is', 'are')} among them." if told else ""
    )
    return (
        f"{who_lists(subject, of_all(texts))} {counted(len(texts), 'text')} in force between them"
        f"{' in all' if told else ''} {when_checked(subject, texts)}{_since(subject, texts)}{_shares(texts)}"
        f"{_own_names(subject, texts)}.{among}"
    )


def _own_names(subject: Subject, texts: list[Pair]) -> str:
    """The names of the texts in force of the two alone where they are few, after `_shares`; else no words."""
    names = [name_of(subject, pair[0]) for pair in texts if is_of_two(pair)]
    named = [name for name in names if name]
    if len(named) < len(names) or not 0 < len(named) <= _MOST_NAMED:
        return ""
    return f": {listed(named)}" if len(named) == len(texts) else f" ({listed(named)})"


def _since(subject: Subject, texts: list[Pair]) -> str:
    dated = sorted(
        (fact for fact in each_once(texts) if since(subject, fact)[0]), key=lambda fact: str(since(subject, fact)[0])
    )
    if not dated:
        return ""
    first, last = (since_text(subject, fact) for fact in (dated[0], dated[-1]))
    return f", since {first}" if len(texts) == 1 else f", the oldest since {first} and the newest since {last}"


def _values(subject: Subject, texts: list[Pair]) -> dict[str, Any]:
    if not texts:
        return {}
    years = [str(day) for fact in each_once(texts) if (day := since(subject, fact)[0])]
    return {"count": len(texts), "of_two": sum(map(is_of_two, texts)), "years": years,
            "treaties": len(in_force(subject, "alliance")), **check_values(subject, texts)}  # fmt: skip


def _before_war(subject: Subject, before: list[Pair], *, is_more: bool) -> str:
    """That texts of the two were last checked before they fought; no words where none was."""
    if not before:
        return ""
    stand = f"{_FOUGHT_SINCE}: whether {noun(len(before), 'it stands', 'they stand')} is not known."
    if is_more:
        return f"{counted(len(before), 'more was', 'more were')} last checked {stand}"
    return (
        f"{who_lists(subject, of_all(before))} {counted(len(before), 'text')} between them in force "
        f"{when_checked(subject, before)}, {stand}"
    )


def _doubtful(subject: Subject) -> list[Pair]:
    """The texts of the two alone that a source names and that are suspended or not known to stand, the newest first.

    Those of which fighting makes it doubtful are told apart.
    """
    return [pair for pair in _named_of_two(subject, _DOUBTFUL) if not checked_before_war(subject, pair)]


def _named_of_two(subject: Subject, standings: Collection[str]) -> list[Pair]:
    """The texts of the two alone of some standing that a source names, the newest first."""
    held = [
        pair
        for pair in paired(subject, agreements(subject))
        if is_of_two(pair) and standing_of(subject, pair) in standings and name_of(subject, pair[0])
    ]
    return sorted(held, key=lambda pair: (str(begun(pair[0]) or ""), pair[0].item), reverse=True)


def _told(subject: Subject, named: list[Pair]) -> str:
    """Which texts of the two alone are not known to stand, a few by their names; no words where there is none."""
    if not named:
        return ""
    is_off = any(standing_of(subject, pair) == "suspended" for pair in named)
    stand = f"{noun(len(named), 'is', 'are')} {'suspended or ' if is_off else ''}not known to stand"
    return f"Of the two alone, {counted(len(named), 'named text')} {stand}: {_names(subject, named)}."


def _told_declared(subject: Subject, declared: list[Pair]) -> str:
    """Which texts of the two alone are declared practice, which no list tells to be in force; no words on none."""
    if not declared:
        return ""
    be = noun(len(declared), "is", "are")
    return (
        f"Of the two alone, {counted(len(declared), 'named text')} {be} declared practice: {_names(subject, declared)}."
    )


def _names(subject: Subject, pairs: list[Pair]) -> str:
    left = len(pairs) - _MOST_NAMED
    return listed([*(_name(subject, pair) for pair in pairs[:_MOST_NAMED]), *([f"{left} more"] if left > 0 else [])])


def _name(subject: Subject, pair: Pair) -> str:
    fact, _ = pair
    day = day_text(fact["signed_date"], fact["signed_precision"])
    began = f"signed {day}, " if day else ""
    checked = day_text(checked_of(pair), "month")
    return f"{name_of(subject, fact)} ({began}{_DOUBTFUL.get(standing_of(subject, pair), '')}last checked {checked})"
