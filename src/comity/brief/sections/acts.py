"""What was done together: engagements by year, and the latest of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from comity.brief.acts_shown import acts_shown, first_day_shown, shares_shown
from comity.brief.arrangements import courses
from comity.brief.basis import Basis, joined
from comity.brief.blocks import Block, Caveat, Chart, Column, Count, Note, Row, Table
from comity.brief.bodies import last_year
from comity.brief.drawn_ahead import begin
from comity.brief.evidence import refs
from comity.brief.facts import Fact, by_year, party_names, sources_of
from comity.brief.knowledge import absence, complete_years, coverage_basis, horizon, latest
from comity.brief.known_shares import shares_text
from comity.brief.registry import section
from comity.brief.resting import COUNTED_ONCE, from_rows, rests_on
from comity.brief.seams import chart_seams, seams_told
from comity.brief.subject import Subject
from comity.brief.window_acts import ran_on_basis, ran_on_text
from comity.brief.wording import counted, day_text, said, years_text
from comity.vocab.states import state, states

MOST_ROWS = 20
MOST_CATEGORIES = 6
OTHER = "other"
MOST_LETTERS = 80  # of a place; some lists describe it in three sentences
_NO_PLACE = ("It is ", "They ", "There ")  # how a sentence begins that stands where a place should
_COURSE_NUMBERS = ("Courses", "People", "US dollars")


@section("What was done", order=40, kinds=("pair", "region", "state", "organisation", "case"), waits=1)
def what_was_done(subject: Subject) -> list[Block]:
    """A chart of engagements per year by instrument, and a table of the latest."""
    done = acts_shown(subject)
    if not done:
        text, cites = absence(subject, "engagement", "exercise", first_day_shown(subject))
        return [Note(text=text, cites=cites, as_of=horizon(subject, cites))]
    chart = _chart(subject, done)
    begin([chart], subject.shelf)  # what another process works out is waited for below
    return [chart, _gaps(subject, done), _table(subject, done), *_courses(subject)]


def _courses(subject: Subject) -> list[Block]:
    """Training courses in sums; one by one they would bury everything else."""
    found, query = courses(subject)
    if not found:
        return []
    last = max(row["last_year"] for row in found)
    columns = (Column("From"), Column("To"), Column("Years"), *(Column(word, "number") for word in _COURSE_NUMBERS))
    rows = tuple(
        Row(
            cells=(
                state(row["from_state"]).name,
                state(row["to_state"]).name,
                years_text((row["first_year"], row["last_year"])),
                row["course_count"],
                row["personnel_count"],
                None if row["cost_usd"] is None else round(row["cost_usd"]),
            ),
            refs=(row["source"],),
        )
        for row in found[:MOST_ROWS]
    )
    return [
        Table(
            title=f"Training courses begun in {years_text((subject.window[0], last))}",
            columns=columns,
            rows=rows,
            note="Courses that a published source lists one by one; they are not counted among the engagements above. "
            "People and dollars are sums of what is stated; a course may state neither.",
            cites=tuple(sorted({row["source"] for row in found})),
            as_of=f"latest entry {last}",
            short_rows=6,
            basis=from_rows("Courses counted, and what they state added up, by giver and taker.", found, query),
        )
    ]


def counts_of(facts: list[Fact], word: str) -> tuple[tuple[str, ...], tuple[Count, ...]]:
    """Counts per year by category, the most frequent first; beyond six the rest are one category.

    `other` is a word of the lists too: what they call so and what is left over are one, and last.
    """
    found = by_year(facts, word)
    totals: Counter[str] = Counter()
    for (_, name), count in found.items():
        totals[name] += count
    ranked = sorted(totals, key=lambda name: (name == OTHER, -totals[name], name))
    kept = ranked if len(ranked) <= MOST_CATEGORIES else ranked[: MOST_CATEGORIES - 1]
    merged: Counter[tuple[int, str]] = Counter()
    for (year, name), count in found.items():
        merged[year, name if name in kept else OTHER] += count
    categories = (*kept, OTHER) if len(kept) < len(ranked) else tuple(kept)
    return categories, tuple(Count(year, name, count) for (year, name), count in sorted(merged.items()))


def counts_basis(facts: list[Fact], counts: tuple[Count, ...]) -> Basis:
    """What the bars of a chart rest on: the facts, and each count by its year and category."""
    told = {f"{count.year} {said(count.category)}": count.count for count in counts}
    totals: Counter[int] = Counter()
    for count in counts:
        totals[count.year] += count.count
    return rests_on(COUNTED_ONCE, facts, counts=told, totals=dict(totals), all=len(facts), shown=sum(totals.values()))


def _chart(subject: Subject, done: list[Fact]) -> Chart:
    categories, counts = counts_of(done, "instrument")
    told = [count.year for count in counts]
    years = (min(told), max(last_year(subject), *told))
    found = chart_seams(subject, _by_instrument(done), years)
    return Chart(
        title=f"Engagements by year and instrument, {span_text(subject, years)}",
        unit="engagements",
        years=years,
        categories=categories,
        counts=counts,
        complete=complete_years(subject, "exercise") & frozenset(range(years[0], years[1] + 1)),
        complete_of=("exercise",),
        description=_described(counts, "engagements") + seams_told(found),
        seams=found,
        cites=sources_of(done),
        as_of=latest(done),
        basis=counts_basis(done, counts),
    )


def _by_instrument(done: list[Fact]) -> dict[str, list[Fact]]:
    held: dict[str, list[Fact]] = defaultdict(list)
    for fact in done:
        held[fact["instrument"]].append(fact)
    return held


def span_text(subject: Subject, years: tuple[int, int]) -> str:
    """A span of years that says when its last year is not whole."""
    text = years_text(years)
    return text if years[1] <= subject.full_year else f"{text} (to {day_text(subject.as_of)})"


def _described(counts: tuple[Count, ...], unit: str) -> str:
    totals: Counter[int] = Counter()
    for count in counts:
        totals[count.year] += count.count
    most = max(sorted(totals), key=lambda year: totals[year])
    return f"Bars of {unit} listed per year. The most are listed in {most}: {totals[most]}."


def _gaps(subject: Subject, done: list[Fact]) -> Caveat:
    """What an empty year means, and how much of what happened the sources know where that can be told."""
    shares = shares_shown(subject)
    cites = tuple(sorted({*sources_of(done), *(source for share in shares for source in share["sources"])}))
    complete = complete_years(subject, "exercise")
    shown = {year for year in complete if year <= subject.as_of.year}
    if subject.kind == "organisation":
        told = ["No loaded source is complete for what an organization itself takes part in."]
        told.append("A year without a bar is not a year without engagements.")
    elif not shown:
        told = ["No loaded source is complete for these years. A year without a bar is not a year without engagements."]
    else:
        last = max(shown)
        told = [f"A source holds itself complete for exercises to {last}."]
        if last < subject.as_of.year:
            told.append(f"After {last} only what is listed is known:")
            told.append("a year without a bar is not a year without exercises.")
        told.append("Visits and dialogues are never known completely.")
    told += shares_text(shares, "exercised together")
    told.append("In each year, and for each instrument, the source that lists most is counted; sources are not added.")
    told += ran_on_text(subject)
    known = Basis("Shares known, by the overlap of lists.", (), tuple(shares))
    basis = joined((coverage_basis(subject, "exercise"), known, ran_on_basis(subject)))
    return Caveat(text=" ".join(told), cites=cites, as_of=horizon(subject, cites), basis=basis)


def told_once(done: Sequence[Fact]) -> list[tuple[Fact, ...]]:
    """What some lists tell of, in its order: entries of several sources of one name, day and instrument are one.

    Two entries of one source stay two, and so do those of two sources where neither's states are among the other's.
    """
    held: dict[tuple[Any, ...], list[list[Fact]]] = {}
    for fact in done:
        name = str(fact["name"] or "").casefold()
        alike = held.setdefault((fact["start_date"], fact["instrument"], name), [])
        same = (each for each in alike if name and all(_may_be_one(other, fact) for other in each))
        found = next(same, None)
        if found is None:
            alike.append([fact])
        else:
            found.append(fact)
    groups = {id(each[0]): tuple(each) for alike in held.values() for each in alike}
    return [groups[id(fact)] for fact in done if id(fact) in groups]


def _may_be_one(one: Fact, other: Fact) -> bool:
    return one.source != other.source and (one.states <= other.states or other.states <= one.states)


def _table(subject: Subject, done: list[Fact]) -> Table:
    held = told_once(done)
    shown, left = [fact for each in held[:MOST_ROWS] for fact in each], len(held[MOST_ROWS:])
    charted = sum(by_year(done, "instrument").values())
    return Table(
        title="The latest engagements",
        columns=(
            Column("Date", "date"),
            Column("Engagement"),
            Column("Parties"),
            Column("Place"),
            Column("People", "number"),
        ),
        rows=tuple(_row(subject, each) for each in held[:MOST_ROWS]),
        note=_left_text(left, done[-1].year, None if charted == len(held) else charted),
        cites=sources_of(shown),
        as_of=latest(shown),
        short_rows=8,
        basis=rests_on(
            "Engagements done, the latest first; what several lists tell of is one.",
            done,
            shown=min(len(held), MOST_ROWS),
            left=left,
            charted=charted,
        ),
    )


def _left_text(left: int, since: int, charted: int | None) -> str:
    """How many are not shown, and how many the chart counts where that is another number."""
    if not left:
        return ""
    earlier = f"{counted(left, 'earlier engagement')} since {since}"
    if charted is None:
        return f"{earlier} counted in the chart, not listed here."
    return (
        f"{earlier} in the lists, not shown here; two lists may tell of the same one. The chart takes the longest list "
        f"of each year and instrument alone, and counts {charted:,} in all."
    )


def _name(subject: Subject, fact: Fact) -> str:
    """What an engagement is called; an edition that does not say its series gets it beside its own name."""
    name = str(fact["name"] or said(fact["instrument"]).capitalize())
    series = subject.series.get(fact["series"] or "", "")
    known = {word.lower() for word in name.split()}
    told = not series or any(word.lower() in known for word in series.split() if word[0].isupper() and len(word) > 3)
    return name if told else f"{name} ({series})"


def _row(subject: Subject, told: tuple[Fact, ...]) -> Row:
    """One engagement, of the entry that names most parties; what that leaves untold is of the others."""
    fact = max(told, key=lambda each: len(each.states))
    parties = party_names(subject, (party for party in fact.parties if party.role != "observer"), 4)
    return Row(
        cells=(
            day_text(fact["start_date"], fact["start_precision"]),
            _name(subject, fact),
            parties,
            _place_name(_first(told, fact, "location")),
            _first(told, fact, "personnel_count"),
        ),
        refs=tuple(dict.fromkeys(ref for each in told for ref in refs(subject, each))),
        verification=fact["verification"],
    )


def _first(told: tuple[Fact, ...], fact: Fact, word: str) -> Any:
    """What the leading entry tells, or the first of the others that tells it."""
    return next((each[word] for each in (fact, *told) if each[word] is not None), None)


def _place_name(location: str | None) -> str | None:
    """Where it was, in a few words; a list that gives the code of a state means the state.

    >>> _place_name("It is hard to say. They involve many airfields.") is None
    True
    >>> _place_name(
    ...     "Bases in Portsmouth and Portland, the Royal Naval College in Greenwich, and aboard British warships"
    ... )
    'Bases in Portsmouth and Portland, the Royal Naval College in Greenwich …'
    """
    if location is None or location.startswith(_NO_PLACE):
        return None
    if location in states():
        return state(location).name
    if len(location) <= MOST_LETTERS:
        return location
    told = location[:MOST_LETTERS]
    ends = max(told.rfind(mark) for mark in (", ", "; ", ". "))
    return f"{told[: ends if ends > 0 else told.rfind(' ')]} …"
