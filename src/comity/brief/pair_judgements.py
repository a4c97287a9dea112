"""Statements and numbers about a pair of states."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from comity.brief.blocks import Figure, Sentence
from comity.brief.facts import Fact, agreements, channels, disputes, engagements, fullest, incidents, sources_of
from comity.brief.knowledge import (
    absence,
    complete_years,
    is_complete,
    reaching,
    span_known,
    title,
    titles,
    when,
    who_lists,
)
from comity.brief.region_judgements import channel_figure, total
from comity.brief.subject import WINDOW_YEARS, Subject
from comity.brief.wording import counted, day_text, noun, years_text

_DISTANCE = """
    SELECT one.year AS year, one.source AS source, abs(one.value - two.value) AS value
    FROM core.state_year_fact AS one JOIN core.state_year_fact AS two USING (source, fact, year, item)
    WHERE one.fact = 'ideal_point' AND one.state = $one AND two.state = $two AND one.year <= $year
    ORDER BY one.year DESC, one.source
"""


def sentences(subject: Subject) -> Iterator[Sentence]:
    """Up to five statements, each only where the store bears it."""
    for statement in (_bound, _texts, _together, _opposed, _votes):
        found = statement(subject)
        if found is not None:
            yield found


def figures(subject: Subject) -> Iterator[Figure]:
    """The numbers a reader asks for first."""
    alliances = in_force(subject, "alliance")
    if alliances:
        unit = noun(len(alliances), "alliance treaty in force", "alliance treaties in force")
        yield Figure(len(alliances), unit, when(subject, alliances), sources_of(alliances))
    texts = in_force(subject)
    if texts:
        unit = noun(len(texts), "agreement in force", "agreements in force")
        yield Figure(
            len(texts), unit, f"{when(subject, texts)}, in {title(subject, texts[0].source)}", sources_of(texts)
        )
    done = _span(subject)
    if done:
        count = total(done, "instrument")
        unit = noun(count, "engagement listed", "engagements listed")
        yield Figure(count, unit, _window(subject), sources_of(done))
    exercises = [fact for fact in done if fact["instrument"] == "exercise"]
    if exercises:
        count = total(exercises, "instrument")
        unit = noun(count, "exercise listed", "exercises listed")
        yield Figure(count, unit, _window(subject), sources_of(exercises))
    lines = channels(subject)
    if lines:
        yield channel_figure(lines)
    if distances := _distances(subject):
        yield _distance_figure(distances)


def in_force(subject: Subject, kind: str | None = None) -> list[Fact]:
    """The texts in force in the one source that lists most, among the sources that know of the day of the brief."""
    held = [fact for fact in agreements(subject) if fact["standing"] == "in_force"]
    return fullest(reaching(subject, (fact for fact in held if kind in (None, fact["agreement_kind"]))))


def _window(subject: Subject) -> str:
    return years_text(subject.window)


def _span(subject: Subject) -> list[Fact]:
    return engagements(subject, date(subject.window[0], 1, 1))


def _bound(subject: Subject) -> Sentence | None:
    """Which alliance treaties bind both; when none does, what says so."""
    treaties = in_force(subject, "alliance")
    if not treaties:
        return _none(subject, "alliance treaty between the two", "alliance")
    defense = [fact for fact in treaties if "defense" in fact["obligations"]]
    text = (
        f"{who_lists(subject, treaties)} {counted(len(treaties), 'alliance treaty', 'alliance treaties')} "
        f"in force between the two {when(subject, treaties)}; "
        f"{_how_many(len(defense), len(treaties))} an obligation of defense."
    )
    return Sentence(text, sources_of(treaties))


def _none(subject: Subject, what: str, kind: str) -> Sentence | None:
    """That there was none, where a source can know it; what no source can know is no judgement."""
    return Sentence(*absence(subject, what, kind)) if is_complete(subject, kind) else None


def _how_many(count: int, of: int) -> str:
    if of == 1:
        return "it carries" if count else "it does not carry"
    return f"{count} of them carr{'ies' if count == 1 else 'y'}"


def _texts(subject: Subject) -> Sentence | None:
    held = in_force(subject)
    dated = [fact for fact in held if fact["start_date"]]
    if not dated:
        return None
    years = sorted(fact["start_date"].year for fact in dated)
    since = f"since {years[0]}" if len(held) == 1 else f"the oldest since {years[0]} and the newest since {years[-1]}"
    text = (
        f"{who_lists(subject, held)} {counted(len(held), 'text')} in force between them {when(subject, held)}, {since}."
    )
    return Sentence(text, sources_of(held))


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
        text = f"Both took part in {counted(now, 'listed exercise')} in {last}, against {before}."
    return Sentence(text, sources_of(done))


def _opposed(subject: Subject) -> Sentence | None:
    """The last militarized dispute between the two, or what says that there was none; else the last incident."""
    fought = disputes(subject)
    if fought:
        newest = fought[0]
        text = (
            f"{who_lists(subject, fought)} {counted(len(fought), 'militarized dispute')} with the two on opposite "
            f"sides; the last began in {newest.year}. {span_known(subject, newest.source, 'dispute')}"
        )
        return Sentence(text.strip(), sources_of(fought))
    none = _none(subject, "militarized dispute between the two", "dispute")
    if none is not None:
        return none
    acts = incidents(subject)
    if acts:
        newest_day = day_text(acts[0]["start_date"], acts[0]["start_precision"])
        found = f"{who_lists(subject, acts)} {counted(len(acts), 'incident')} with both as parties"
        return Sentence(f"{found}, the last of {newest_day}.", sources_of(acts))
    return None


def _distances(subject: Subject) -> list[dict[str, Any]]:
    one, two = sorted(subject.states)
    return subject.ask(_DISTANCE, one=one, two=two, year=subject.as_of.year)


def _distance_figure(distances: list[dict[str, Any]]) -> Figure:
    newest = distances[0]
    detail = f"between UN ideal points in {newest['year']}; 0 is the same vote record"
    return Figure(round(newest["value"], 2), "distance in UN votes", detail, (newest["source"],))


def _votes(subject: Subject) -> Sentence | None:
    distances = _distances(subject)
    if not distances:
        return None
    newest = distances[0]
    earlier = next((row for row in distances if row["year"] <= newest["year"] - 10), None)
    text = f"Their ideal points in United Nations votes lay {newest['value']:.2f} apart in {newest['year']}"
    if earlier is not None:
        text += f" and {earlier['value']:.2f} apart in {earlier['year']}"
    return Sentence(f"{text}; a larger distance means that they voted less alike.", (newest["source"],))
