"""Statements and numbers about an organization."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from comity.brief.assessments import Told, assessment, basis_of
from comity.brief.blocks import Figure, Sentence
from comity.brief.bodies import Row, came_and_left, members_on, spells
from comity.brief.facts import Fact, begun, by_year, engagements, sources_of
from comity.brief.knowledge import when, who_lists
from comity.brief.region_judgements import total, with_article
from comity.brief.resting import COUNTED_ONCE, from_rows, rests_on, stated
from comity.brief.subject import WINDOW_YEARS, Subject
from comity.brief.texts import each_once, of_all, texts_in_force, year_text
from comity.brief.wording import counted, listed, noun, said, years_text

MOST_NAMED = 6
MOST_LATEST = 3  # of more than can be named


def sentences(subject: Subject) -> Iterator[Sentence]:
    """Up to six statements, each only where the store bears it."""
    for statement in (_members, _cohesion, _quarrels, _acts, _texts):
        found = statement(subject)
        if found is not None:
            yield found


def figures(subject: Subject) -> Iterator[Figure]:
    """The numbers a reader asks for first."""
    held, (_, query) = members_on(subject, subject.as_of), spells(subject)
    if held:
        basis = from_rows("Memberships that hold on the day.", held, query, count=len(held))
        unit = noun(len(held), "member", "members")
        yield Figure(len(held), unit, "as the list stood when last checked", _sources(held), basis)
    done = _done(subject)
    if done:
        count = total(done, "instrument")
        unit = noun(count, "engagement listed", "engagements listed")
        basis = rests_on(COUNTED_ONCE, done, count=count, years=list(subject.window))
        yield Figure(count, unit, f"{years_text(subject.window)}, the body itself a party", sources_of(done), basis)
    texts = texts_in_force(subject)
    if texts:
        told, unit = of_all(texts), noun(len(texts), "text in force", "texts in force")
        basis = rests_on("Texts in force to which the body is a party.", told, count=len(texts))
        yield Figure(len(texts), unit, f"the body itself a party, {when(subject, told)}", sources_of(told), basis)


def _sources(rows: list[Row]) -> tuple[str, ...]:
    return tuple(sorted({row["source"] for row in rows}))


def _done(subject: Subject) -> list[Fact]:
    return engagements(subject, date(subject.window[0], 1, 1))


def _members(subject: Subject) -> Sentence | None:
    """How many members there are, and who came and left of late."""
    held, (_, query) = members_on(subject, subject.as_of), spells(subject)
    if not held:
        return None
    since = date(subject.as_of.year - WINDOW_YEARS, 1, 1)
    came, left = came_and_left(subject, since)
    told = [_moved(rows, word) for rows, word in ((came, "joined"), (left, "left")) if rows]
    change = (
        f"; since {since.year}, {' and '.join(told)}"
        if told
        else f"; none is listed to have come or left since {since.year}"
    )
    checked = max(row["known_until"] for row in held if row["known_until"])
    because = f"the membership list was checked in {checked.year}"
    sure = "high" if subject.as_of.year - checked.year <= 3 else "moderate"
    basis = from_rows("Memberships that hold on the day; those begun or ended since.", spells(subject)[0], query,
        count=len(held), since=since)  # fmt: skip
    text = f"It has {counted(len(held), 'member')}{change}."
    return Sentence(text, _sources(held), sure, because, "an accession or a withdrawal after that", basis)


def _moved(rows: list[Row], word: str) -> str:
    """Who joined or left: all of them by name, or how many, with the latest of them."""
    if len(rows) <= MOST_NAMED:
        return f"{listed([with_article(row['state']) for row in rows])} {word}"
    day = "start_date" if word == "joined" else "end_date"
    latest = sorted(rows, key=lambda row: (-row[day].toordinal(), row["state"]))[:MOST_LATEST]
    return f"{counted(len(rows), 'state')} {word}, {listed([with_article(row['state']) for row in latest])} last"


def _measure(told: Told, group: str, name: str) -> Told | None:
    found = [each for each in told.get("measures", {}).get(group, ()) if each["name"] == name]
    return found[0] if found and found[0]["value"] is not None else None


def _cohesion(subject: Subject) -> Sentence | None:
    """How alike the members vote, beside all states; how densely they are tied."""
    told = assessment(subject)
    spread = _measure(told, "cohesion", "ideal_point_spread_to_world")
    if spread is None:
        return None
    alike = "more alike than" if spread["value"] < 1 else "no more alike than"
    text = (
        f"In {spread['latest_year']} its members voted {alike} all states in the General Assembly: the spread of their "
        f"positions was {spread['value']:.2f} of the spread of all"
    )
    rows, cites = [spread], set(spread["sources"])
    if pacts := _measure(told, "ties_inside", "agreement"):
        text += f"; {pacts['value']:.0%} of their pairs have a defense text that stands or was signed since lists begin"
        rows.append(pacts)
        cites |= set(pacts["sources"])
    basis = basis_of(subject, told, "Measures of the members in the year.", tuple(rows))
    because = f"{spread['known_share']:.0%} of the members are placed by their votes"
    keys = tuple(sorted(cites & set(subject.abouts)))
    return Sentence(f"{text}.", keys, "high", because, "votes of later sessions, or other members", basis)


def _quarrels(subject: Subject) -> Sentence | None:
    told = assessment(subject)
    fought = _measure(told, "conflict_inside", "interstate_conflict_ongoing")
    if fought is None:
        return None
    text = (
        f"No two members were in armed conflict with each other in {fought['latest_year']}"
        if not fought["value"]
        else f"Members were in armed conflict with each other in {fought['latest_year']}: {fought['value']:.2f} of "
        "1,000 pairs"
    )
    basis = basis_of(subject, told, "Pairs of members in armed conflict, in 1,000.", (fought,), of=1000)
    because = "the list of armed conflicts holds itself complete for that year"
    return Sentence(f"{text}.", tuple(fought["sources"]), "high", because, "a later edition of the list", basis)


def _acts(subject: Subject) -> Sentence | None:
    done = _done(subject)
    if not done:
        return None
    counts: Counter[str] = Counter()
    for (_, word), listed_most in by_year(done, "instrument").items():
        counts[word] += listed_most
    count = counts.total()
    most = sorted(counts, key=lambda word: (-counts[word], word))[:3]
    named = listed([f"{said(word)} ({counts[word]})" for word in most])
    text = (
        f"{who_lists(subject, done)} {counted(count, 'engagement')} of the body itself in "
        f"{years_text(subject.window)}, most often {named}."
    )
    values = {"count": count, "by_instrument": dict(counts), "first": subject.window[0], "last": subject.window[1]}
    return stated(
        subject,
        text,
        rests_on(f"Engagements to which the body is a party. {COUNTED_ONCE}", done, **values),
        done,
        "engagement",
    )


def _texts(subject: Subject) -> Sentence | None:
    texts = texts_in_force(subject)
    newest = max((fact for fact in each_once(texts) if begun(fact)), key=lambda fact: str(begun(fact)), default=None)
    if newest is None:
        return None
    held = of_all(texts)
    text = (
        f"{who_lists(subject, held)} {counted(len(texts), 'text')} in force to which the body itself is a party "
        f"{when(subject, held)}, the newest since {year_text(newest)}."
    )
    basis = rests_on("Texts in force to which the body is a party.", held, count=len(texts), newest=begun(newest))
    return stated(subject, text, basis, held, "agreement")
