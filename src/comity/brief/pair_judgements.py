"""Statements and numbers about a pair of states."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from comity.brief.basis import Query, joined
from comity.brief.blocks import Figure, Sentence
from comity.brief.expected_judgement import expected_sentence
from comity.brief.facts import Fact, channels, engagements, sources_of
from comity.brief.fighting import fought, fought_sentence
from comity.brief.knowledge import (
    absence,
    complete_years,
    coverage_basis,
    is_complete,
    titles,
    who_lists,
)
from comity.brief.pair_frictions import friction_figures, frictions
from comity.brief.quarrels import disputes
from comity.brief.region_judgements import channel_figure, total
from comity.brief.register_wars import fighting_sentence
from comity.brief.resting import COUNTED_ONCE, from_rows, rests_on, stated
from comity.brief.subject import WINDOW_YEARS, Subject, once
from comity.brief.text_days import check_values, since, since_text, when_checked
from comity.brief.texts import Pair, each_once, obliges, of_all, texts_before_war, texts_in_force, yet_to_bind
from comity.brief.troops_sent import troops_sentence
from comity.brief.war_begun import war_basis
from comity.brief.wars import war_figures
from comity.brief.wording import counted, noun, years_text

MOST_SENTENCES = 6
_FOUGHT_SINCE = "before later fighting between the two"
_DISTANCE = """
    SELECT one.year AS year, one.source AS source, abs(one.value - two.value) AS value
    FROM core.state_year_fact AS one JOIN core.state_year_fact AS two USING (source, fact, year, item)
    WHERE one.fact = 'ideal_point' AND one.state = $one AND two.state = $two AND one.year <= $year
    ORDER BY one.year DESC, one.source
"""


def sentences(subject: Subject) -> Iterator[Sentence]:
    """Up to six statements; where there are more, how they vote is left out, and then what they did together.

    An armed conflict of late is told first.
    """
    war = fought_sentence(subject)
    is_first = any(row["year"] >= subject.window[0] for row in fought(subject)[0])
    told = {statement: statement(subject) for statement in (_bound, _texts, _together)}
    late = {statement: statement(subject) for statement in (_votes, expected_sentence)}
    between = _stood_between(subject)
    rest = [war, *told.values()] if is_first else [*told.values(), war]
    all_told = (fighting_sentence(subject), *rest, troops_sentence(subject), *between, *late.values())
    found = [each for each in all_told if each is not None]
    for spare in (late[_votes], told[_together]):
        if len(found) > MOST_SENTENCES and spare is not None:
            found = [each for each in found if each is not spare]
    yield from found[:MOST_SENTENCES]


def figures(subject: Subject) -> Iterator[Figure]:
    """The numbers a reader asks for first."""
    yield from war_figures(subject)
    alliances = [pair for pair in in_force(subject, "alliance") if obliges(pair[0])]
    if alliances:
        unit = noun(len(alliances), "alliance treaty in force", "alliance treaties in force")
        yield _text_figure(subject, alliances, unit, "Treaties in force with a duty to fight, each once.")
    texts = in_force(subject)
    if texts:
        unit = noun(len(texts), "agreement in force", "agreements in force")
        yield _text_figure(subject, texts, unit, "Texts in force, each once, whichever sources list it.")
    yield from friction_figures(subject)
    done = _span(subject)
    if done:
        count = total(done, "instrument")
        unit = noun(count, "engagement listed", "engagements listed")
        basis = rests_on(COUNTED_ONCE, done, count=count, years=list(subject.window))
        yield Figure(count, unit, _window(subject), sources_of(done), basis)
    exercises = [fact for fact in done if fact["instrument"] == "exercise"]
    if exercises:
        count = total(exercises, "instrument")
        unit = noun(count, "exercise listed", "exercises listed")
        basis = rests_on(COUNTED_ONCE, exercises, count=count, years=list(subject.window))
        yield Figure(count, unit, _window(subject), sources_of(exercises), basis)
    lines = channels(subject)
    if lines:
        yield channel_figure(lines)
    distances, query = _distances(subject)
    if distances:
        yield _distance_figure(distances, query)


def in_force(subject: Subject, kind: str | None = None) -> list[Pair]:
    """The texts in force, or those of one kind, each once with the same text of other sources."""
    return [pair for pair in texts_in_force(subject) if kind in (None, pair[0]["agreement_kind"])]


def _text_figure(subject: Subject, texts: list[Pair], unit: str, how: str) -> Figure:
    held = of_all(texts)
    basis = rests_on(how, held, count=len(texts), **check_values(subject, texts))
    return Figure(len(texts), unit, when_checked(subject, texts), sources_of(held), basis)


def _window(subject: Subject) -> str:
    return years_text(subject.window)


def _span(subject: Subject) -> list[Fact]:
    return engagements(subject, date(subject.window[0], 1, 1))


def _bound(subject: Subject) -> Sentence | None:
    """Which alliance treaties bind both; when none does, what says so. A duty that is signed only is told too."""
    treaties = in_force(subject, "alliance")
    to_come, yet = yet_to_bind(subject)
    if not treaties and to_come:
        basis = rests_on("Treaties with a duty to fight that are signed, each once.", to_come, count=len(to_come))
        return stated(subject, yet, basis, to_come, "alliance")
    if not treaties:
        return _none(subject, "alliance treaty in force between the two", "alliance")
    fighting = [pair for pair in treaties if obliges(pair[0])]
    if not fighting:
        return _without_duty(subject, treaties)
    defense = [fact for fact in each_once(fighting) if "defense" in fact["obligations"]]
    held, others = [*of_all(treaties), *to_come], len(treaties) - len(fighting)
    beside = f" {counted(others, 'more treaty has', 'more treaties have')} no duty to fight." if others else ""
    text = (
        f"{who_lists(subject, of_all(treaties))} {counted(len(fighting), 'alliance treaty', 'alliance treaties')} "
        f"in force between the two {when_checked(subject, fighting)}; "
        f"{_how_many(len(defense), len(fighting))} an obligation of defense.{beside}{yet and ' '}{yet}"
    )
    how = "Alliance treaties in force on the day, each once; those whose obligations hold defense."
    checked = check_values(subject, fighting)
    basis = rests_on(how, held, treaties=len(fighting), with_defense=len(defense), others=others,
        to_come=len(to_come), **checked)  # fmt: skip
    return stated(subject, text, basis, held, "alliance")


def _without_duty(subject: Subject, treaties: list[Pair]) -> Sentence:
    """That treaties of the lists of alliances bind both, and none obliges one to fight for the other."""
    held = of_all(treaties)
    to_come, yet = yet_to_bind(subject)
    text = (
        f"No treaty in force obliges either to fight for the other {when_checked(subject, treaties)}.{yet and ' '}"
        f"{yet} {who_lists(subject, held)} {counted(len(treaties), 'treaty', 'treaties')} between them not to attack, "
        "to stay neutral or to consult."
    )
    how = (
        "Treaties in force of the lists of alliances, each once; none has a duty to fight; those signed only with one."
    )
    basis = rests_on(how, [*held, *to_come], count=len(treaties), to_come=len(to_come),
        **check_values(subject, treaties))  # fmt: skip
    return stated(subject, text, basis, [*held, *to_come], "alliance")


def _none(subject: Subject, what: str, kind: str) -> Sentence | None:
    """That there was none, where a source can know it; what no source can know is no judgement."""
    if not is_complete(subject, kind):
        return None
    text, cites = absence(subject, what, kind)
    because = "a source that holds itself complete reaches this day"
    return Sentence(text, cites, "high", because, "a later edition of that source", coverage_basis(subject, kind))


def _how_many(count: int, of: int) -> str:
    if of == 1:
        return "it carries" if count else "it does not carry"
    return f"{count} of them carr{'ies' if count == 1 else 'y'}"


def _texts(subject: Subject) -> Sentence | None:
    texts = in_force(subject)
    days = {fact.item: str(day) for fact in each_once(texts) if (day := since(subject, fact)[0])}
    dated = sorted((fact for fact in each_once(texts) if fact.item in days), key=lambda fact: days[fact.item])
    if not dated:
        return _doubtful(subject)
    held, before = of_all(texts), of_all(texts_before_war(subject))
    ends = [since_text(subject, fact) for fact in (dated[0], dated[-1])]
    span = f"since {ends[0]}" if len(texts) == 1 else f"the oldest since {ends[0]} and the newest since {ends[1]}"
    text = (
        f"{who_lists(subject, held)} {counted(len(texts), 'text')} in force between them "
        f"{when_checked(subject, texts)}, {span}.{_before_war(subject)}"
    )
    how = "Texts in force on the day, each once; the years from which they bind both, or were signed where unknown."
    values = {"count": len(texts), "years": list(days.values()), **check_values(subject, texts)}
    basis = rests_on(how, [*held, *before], **values, before_war=len(texts_before_war(subject)))
    if before:
        basis = joined((basis, war_basis(subject)))
    return stated(subject, text, basis, [*held, *before], "agreement")


def _before_war(subject: Subject) -> str:
    """That some texts were last checked before the two fought; no words where none was."""
    count = len(texts_before_war(subject))
    words = f"last checked {_FOUGHT_SINCE}: whether {noun(count, 'it stands', 'they stand')} is not known."
    return f" {counted(count, 'more was', 'more were')} {words}" if count else ""


def _doubtful(subject: Subject) -> Sentence | None:
    """That every text between the two was last checked before they fought; None where there is none."""
    before = texts_before_war(subject)
    if not before:
        return None
    held, stand = of_all(before), noun(len(before), "it stands", "they stand")
    text = (
        f"{who_lists(subject, held)} {counted(len(before), 'text')} between them in force "
        f"{when_checked(subject, before)}, {_FOUGHT_SINCE}: whether {stand} is not known."
    )
    how = "Texts that were in force when last checked, each once, and the years in which the two fought."
    values = {"count": len(before), **check_values(subject, before)}
    return stated(subject, text, joined((rests_on(how, held, **values), war_basis(subject))), held, "agreement")


def _together(subject: Subject) -> Sentence | None:
    """Exercises in the year of the brief against the years before, or over the window."""
    last = subject.full_year
    first = last - WINDOW_YEARS
    done = [
        fact
        for fact in engagements(subject, date(first, 1, 1))
        if fact["instrument"] == "exercise" and fact.year <= last
    ]
    if not done:
        return None
    mean = total([fact for fact in done if fact.year < last], "instrument") / WINDOW_YEARS
    now = total([fact for fact in done if fact.year == last], "instrument")
    before = f"{mean:.1f} a year over the {WINDOW_YEARS} years before ({titles(subject, sources_of(done))})"
    if not now and last not in complete_years(subject, "exercise"):
        text = f"No exercise of both is listed for {last}, which is not the same as none; listed were {before}."
    else:
        many = counted(now, "listed exercise") if now else "no listed exercise"
        text = f"Both took part in {many} in {last}, against {before}."
    how = f"Exercises of both by year. {COUNTED_ONCE} The mean is over the {WINDOW_YEARS} years before."
    values = {"count": now, "year": last, "mean": round(mean, 1), "years": WINDOW_YEARS}
    return stated(subject, text, rests_on(how, done, **values), done, "exercise")


def _stood_between(subject: Subject) -> list[Sentence]:
    """Disputes and incidents, the newest first; where no dispute is listed, what says that there was none."""
    found = frictions(subject)
    none = None if disputes(subject) else _none(subject, "militarized dispute between the two", "dispute")
    return [*found, *([none] if none is not None else [])]


@once
def _distances(subject: Subject) -> tuple[list[dict[str, Any]], Query]:
    one, two = sorted(subject.states)
    return subject.asked(_DISTANCE, one=one, two=two, year=subject.as_of.year)


def _distance_figure(distances: list[dict[str, Any]], query: Query) -> Figure:
    newest = distances[0]
    detail = f"between UN ideal points in {newest['year']}; 0 is the same point, not the same votes"
    basis = from_rows("The distance between the two ideal points.", distances[:1], query, same_record=0)
    return Figure(round(newest["value"], 2), "distance in UN votes", detail, (newest["source"],), basis)


def _votes(subject: Subject) -> Sentence | None:
    distances, query = _distances(subject)
    if not distances:
        return None
    newest = distances[0]
    earlier = next((row for row in distances if row["year"] <= newest["year"] - 10), None)
    text = f"Their ideal points in United Nations votes lay {newest['value']:.2f} apart in {newest['year']}"
    if earlier is not None:
        text += f" and {earlier['value']:.2f} apart in {earlier['year']}"
    told = [row for row in (newest, earlier) if row is not None]
    because = "every recorded vote of the General Assembly is in it, and the model that places states is published"
    return Sentence(
        f"{text}; a larger distance means that they voted less alike.",
        (newest["source"],),
        "high",
        because,
        "votes of later sessions",
        from_rows("The distance between the two ideal points in each year.", told, query),
    )
