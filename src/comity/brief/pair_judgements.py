"""Statements and numbers about a pair of states."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from comity.brief.access_sentence import access_sentence
from comity.brief.basis import Query
from comity.brief.blocks import Figure, Sentence
from comity.brief.expected_judgement import expected_sentence
from comity.brief.facts import channels, engagements, sources_of
from comity.brief.fighting import fought, fought_sentence
from comity.brief.knowledge import complete_years, titles
from comity.brief.little_listed import little_sentence
from comity.brief.pair_frictions import friction_figures, frictions
from comity.brief.pair_texts import bound, none, text_figures, texts_between
from comity.brief.quarrels import disputes
from comity.brief.region_judgements import channel_figure, total
from comity.brief.register_wars import fighting_sentence
from comity.brief.resting import COUNTED_ONCE, from_rows, rests_on, stated
from comity.brief.subject import WINDOW_YEARS, Subject, once
from comity.brief.troops_sent import troops_sentence
from comity.brief.wars import war_figures
from comity.brief.window_acts import acts_of_window, window_figure
from comity.brief.wording import counted

MOST_SENTENCES = 6
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
    told = {statement: statement(subject) for statement in (bound, texts_between, access_sentence, _together)}
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
    yield from text_figures(subject)
    yield from friction_figures(subject)
    done = acts_of_window(subject)
    if done:
        yield window_figure(subject, done, "engagement")
    exercises = [fact for fact in done if fact["instrument"] == "exercise"]
    if exercises:
        yield window_figure(subject, exercises, "exercise")
    lines = channels(subject)
    if lines:
        yield channel_figure(lines)
    distances, query = _distances(subject)
    if distances:
        yield _distance_figure(distances, query)


def _together(subject: Subject) -> Sentence | None:
    """Exercises in the year of the brief against the years before; where there are none, that little is listed."""
    last = subject.full_year
    first = last - WINDOW_YEARS
    done = [
        fact
        for fact in engagements(subject, date(first, 1, 1))
        if fact["instrument"] == "exercise" and fact.year <= last
    ]
    if not done:
        return little_sentence(subject)
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
    denied = None if disputes(subject) else none(subject, "militarized dispute between the two", "dispute")
    return [*found, *([denied] if denied is not None else [])]


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
