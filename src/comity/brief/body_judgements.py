"""Statements and numbers about an organization."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from comity.brief.assessments import Told, assessment, basis_of
from comity.brief.blocks import Figure, Sentence
from comity.brief.bodies import FOUNDED, WAYS, Row, came_and_left, how_it_came, members_on, spells, untold_on
from comity.brief.body_life import ended_sentence, suspended_sentence
from comity.brief.body_operations import ran_on
from comity.brief.body_together import acts_together, left_together, texts_of_two, touched
from comity.brief.facts import Fact, begun, by_year, engagements, sources_of
from comity.brief.fighting_inside import fought_inside
from comity.brief.knowledge import who_lists
from comity.brief.leading import leaders
from comity.brief.region_judgements import total
from comity.brief.register_wars import fighting_sentence
from comity.brief.resting import COUNTED_ONCE, from_rows, rests_on, stated
from comity.brief.subject import WINDOW_YEARS, Subject
from comity.brief.text_days import check_values, since_text, when_checked
from comity.brief.texts import each_once, of_all, texts_in_force
from comity.brief.wording import counted, listed, long_day, noun, said, with_article, years_text
from comity.vocab.states import state

MOST_NAMED = 6
MOST_LATEST = 3  # of more than can be named


def sentences(subject: Subject) -> Iterator[Sentence]:
    """The statements that the store bears, the first six of which are shown; a body that ended has no members."""
    fighting = (fighting_sentence, fought_inside, touched)
    of_members = (ended_sentence, _members, left_together, suspended_sentence, *fighting)
    for statement in (*of_members, _acts, acts_together, _cohesion, _texts, texts_of_two):
        found = statement(subject)
        if found is not None:
            yield found


def figures(subject: Subject) -> Iterator[Figure]:
    """The numbers a reader asks for first."""
    held, (_, query) = members_on(subject, subject.as_of), spells(subject)
    if held:
        untold = len(untold_on(subject, subject.as_of))
        basis = from_rows("Memberships that hold on the day.", held, query, count=len(held), untold=untold)
        unit = noun(len(held), "member", "members")
        detail = f"of {untold} more it is not known" if untold else "as the list stood when last checked"
        yield Figure(len(held), unit, detail, _sources(held), basis)
    done = _done(subject)
    if done:
        count = total(done, "instrument")
        unit = noun(count, "engagement listed", "engagements listed")
        basis = rests_on(COUNTED_ONCE, done, count=count, years=list(subject.window))
        yield Figure(count, unit, f"{years_text(subject.window)}, the body itself a party", sources_of(done), basis)
    texts = texts_in_force(subject)
    if texts:
        told, unit = of_all(texts), noun(len(texts), "text in force", "texts in force")
        values = {"count": len(texts), **check_values(subject, texts)}
        basis = rests_on("Texts in force to which the body is a party.", told, **values)
        detail = f"the body itself a party, {when_checked(subject, texts)}"
        yield Figure(len(texts), unit, detail, sources_of(told), basis)


def _sources(rows: list[Row]) -> tuple[str, ...]:
    return tuple(sorted({key for row in rows for key in (row["source"], row["since_by"]) if key}))


def _done(subject: Subject) -> list[Fact]:
    return engagements(subject, date(subject.window[0], 1, 1))


def _members(subject: Subject) -> Sentence | None:
    """How many members there are, and who came and left of late."""
    held, (_, query) = members_on(subject, subject.as_of), spells(subject)
    if untold_on(subject, subject.as_of):
        return _members_in_part(subject, held)
    if not held:
        return None
    since = date(subject.as_of.year - WINDOW_YEARS, 1, 1)
    came, left = came_and_left(subject, since)
    how = {word: [row for row in came if how_it_came(subject, row) == word] for word in WAYS}
    told = [_moved(rows, word) for word, rows in (*how.items(), ("left", left)) if rows]
    moved = "; ".join(told) if any("," in part for part in told) else listed(told)
    undated = sum(row["start_date"] is None for row in held)
    change = f"; since {since.year}, {moved}" if told else f"; none is listed to have come or left since {since.year}"
    checked = max(row["known_until"] for row in held if row["known_until"])
    because = f"the membership list was checked in {checked.year}"
    sure = "high" if subject.as_of.year - checked.year <= 3 else "moderate"
    basis = from_rows("Memberships that hold on the day; those begun or ended since.", spells(subject)[0], query,
        count=len(held), since=since, undated=undated, came=list(map(len, how.values())), left=len(left))  # fmt: skip
    who = "none" if undated == len(held) else f"{undated} of them"
    of_unknown_day = f", {who} with{'' if who == 'none' else 'out'} a listed day of entry" if undated else ""
    text = f"It has {counted(len(held), 'member')}{of_unknown_day}{change}."
    if not told and checked < since:
        text = f"It had {counted(len(held), 'member')} when the list of them was last checked, in {checked.year}."
    return Sentence(text, _sources(held), sure, because, "an accession or a withdrawal after that", basis)


def _members_in_part(subject: Subject, held: list[Row]) -> Sentence:
    """Who belonged on a day of which it is not known of all: those that are known, and how many are not."""
    untold, query = untold_on(subject, subject.as_of), spells(subject)[1]
    states = counted(len({row["state"] for row in untold}), "state")
    known = f"{counted(len(held), 'member')} {noun(len(held), 'is', 'are')} known" if held else "no member is known"
    day = long_day(subject.as_of)
    text = f"On {day}, {known}; of {states} more it is not known, for the list does not tell since when."
    basis = from_rows("Memberships that hold on the day, and those without a day of entry.", [*held, *untold], query,
        count=len(held), states=len({row["state"] for row in untold}), day=subject.as_of)  # fmt: skip
    because = "the list that knows the body best does not tell when each member entered"
    return Sentence(text, _sources(untold), "moderate", because, "the days on which members entered", basis)


def _moved(rows: list[Row], word: str) -> str:
    """Who joined or left: all of them by name, or how many, with the latest of them."""
    if len(rows) <= MOST_NAMED:
        by_name = sorted(rows, key=lambda row: state(row["state"]).name)
        return f"{listed([with_article(row['state']) for row in by_name])} {word}"
    if word == FOUNDED:
        return f"{counted(len(rows), 'state')} {word}"
    day = "end_date" if word == "left" else "start_date"
    latest = sorted(rows, key=lambda row: (-row[day].toordinal(), state(row["state"]).name))[:MOST_LATEST]
    return f"{counted(len(rows), 'state')} {word}, {listed([with_article(row['state']) for row in latest])} last"


def _measure(told: Told, group: str, name: str) -> Told | None:
    found = [each for each in told.get("measures", {}).get(group, ()) if each["name"] == name]
    return found[0] if found and found[0]["value"] is not None else None


def _cohesion(subject: Subject) -> Sentence | None:
    """How alike the members vote, beside all states."""
    told = assessment(subject)
    spread = _measure(told, "cohesion", "ideal_point_spread_to_world")
    if spread is None:
        return None
    alike = "more alike than" if spread["value"] < 1 else "no more alike than"
    text = (
        f"In {spread['latest_year']} its members voted {alike} all states in the General Assembly: the spread of their "
        f"positions was {spread['value']:.2f} of the spread of all"
    )
    basis = basis_of(subject, told, "Measures of the members in the year.", (spread,))
    because = f"{spread['known_share']:.0%} of the members of {told['year']} are placed by their votes"
    keys = tuple(sorted(set(spread["sources"]) & set(subject.abouts)))
    return Sentence(f"{text}.", keys, "high", because, "votes of later sessions, or other members", basis)


def _acts(subject: Subject) -> Sentence | None:
    done = _done(subject)
    if not done:
        return None
    counts: Counter[str] = Counter()
    for (_, word), listed_most in by_year(done, "instrument").items():
        counts[word] += listed_most
    count = counts.total()
    named = listed([f"{said(word)} ({counts[word]})" for word in leaders(counts)]) if leaders(counts) else ""
    text = (
        f"{who_lists(subject, done)} {counted(count, 'engagement')} of the body itself begun in "
        f"{years_text(subject.window)}{f', most often {named}' if named and len(counts) > 1 else ''}"
        f"{f', all of the kind {said(one[0])}' if len(one := list(counts)) == 1 < count else ''}"
    )
    others = _others(subject, done)
    if others:
        states = listed([f"{with_article(code)} ({shared})" for code, shared in others.items()])
        text += f"; of states outside it most often with {states}"
    earlier = ran_on(subject)
    text += f"; {counted(len(earlier), 'operation')} begun earlier ran on into these years." if earlier else "."
    values = {
        "count": count,
        "ran_on": len(earlier),
        "by_instrument": dict(counts),
        "others": others,
        "first": subject.window[0],
        "last": subject.window[1],
    }
    return stated(
        subject,
        text,
        rests_on(f"Engagements to which the body is a party. {COUNTED_ONCE}", [*done, *earlier], **values),
        done,
        "engagement",
    )


def _others(subject: Subject, done: list[Fact]) -> dict[str, int]:
    """The states that are no members and are named most in what the body did, each with in how much; none of a few."""
    own = {row["state"] for row in spells(subject)[0] if row["role"] == "member"}
    around = sorted({code for fact in done for code in fact.states} - own)
    named = {code: total([fact for fact in done if code in fact.states], "instrument") for code in around}
    return {code: named[code] for code in leaders(named)}


def _texts(subject: Subject) -> Sentence | None:
    texts = texts_in_force(subject)
    newest = max((fact for fact in each_once(texts) if begun(fact)), key=lambda fact: str(begun(fact)), default=None)
    if newest is None:
        return None
    held = of_all(texts)
    text = (
        f"{who_lists(subject, held)} {counted(len(texts), 'text')} in force to which the body itself is a party "
        f"{when_checked(subject, texts)}, the newest since {since_text(subject, newest)}."
    )
    values = {"count": len(texts), "newest": begun(newest), **check_values(subject, texts)}
    basis = rests_on("Texts in force to which the body is a party.", held, **values)
    return stated(subject, text, basis, held, "agreement")
