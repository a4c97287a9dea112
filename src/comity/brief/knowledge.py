"""What the loaded sources can know about a subject, in words. Unknown is not zero."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from comity.brief.basis import Basis, Query
from comity.brief.belonging import are_members_in, membership, outsiders, stretch_on_day, why_outside
from comity.brief.facts import Fact, sources_of
from comity.brief.subject import Subject, once
from comity.brief.wording import day_text, listed, long_day, noun, sentence_start, unique, years_text
from comity.vocab.coverage import Coverage
from comity.vocab.register import SOURCE as REGISTER

if TYPE_CHECKING:
    from comity.sources.about import About

Known = tuple[str, Coverage]
# What stands on a day; of every other kind it is told from when on it was looked for.
STANDING = ("alliance", "agreement", "channel", "territorial_claim", "organisation_membership")
_OF_MEMBERS = ("organisation_membership", "dispute")
EARLIEST = 1816  # before this year a source tells of institutions, and of nothing that a brief shows
LONG_NAMES = 60  # letters of several names together, beyond which the numbers of the references name them better


def title(subject: Subject, source: str) -> str:
    """What a source is called in a sentence."""
    return "the register" if source == REGISTER else subject.abouts[source].title


def titles(subject: Subject, sources: Iterable[str]) -> str:
    """What several sources are called in a sentence."""
    return listed([title(subject, source) for source in sources])


def who_lists(subject: Subject, facts: Iterable[Fact]) -> str:
    """The sources of some facts as the start of a sentence: `The register lists`."""
    sources = sources_of(facts)
    named = titles(subject, sources)
    if len(sources) > 1 and len(named) > LONG_NAMES:
        named = "the register and other sources" if REGISTER in sources else "several sources"
    return _who_lists(named, sources)


def these_list(subject: Subject, sources: Sequence[str]) -> str:
    """Some sources, each by its name, as the start of a sentence: `The register and ATOP list`."""
    return _who_lists(titles(subject, sources), sources)


def _who_lists(named: str, sources: Sequence[str]) -> str:
    return f"{sentence_start(named)} {noun(len(sources), 'lists', 'list')}"


@once
def statements(subject: Subject, kind: str) -> list[tuple[str, Coverage]]:
    """What the sources say they know of a kind of fact between the subject's states."""
    return [(source, known) for source, known in subject.store.coverage(kind) if _speaks(subject, known)]


def is_complete(subject: Subject, kind: str) -> bool:
    """Whether nothing listed on the day of the brief means that there was nothing of this kind.

    Never where a state of the subject was no member of the state system that day: lists are complete of members alone.
    """
    return any(_denies(subject, known) for _, known in statements(subject, kind))


def reaching(subject: Subject, facts: Iterable[Fact]) -> list[Fact]:
    """The facts of sources that know of the day of the brief; when none does, all of them."""
    held = list(facts)
    current = {
        source for source, about in subject.abouts.items() if any(k.end >= subject.as_of for k in about.coverage)
    }
    return [fact for fact in held if fact.source in current] or held


def when(subject: Subject, facts: Iterable[Fact]) -> str:
    """On which day some texts are known to stand: the day of the brief, or the day they were last checked."""
    is_current = all(fact["known_until"] >= subject.as_of for fact in facts)
    return f"on {long_day(subject.as_of)}" if is_current else "when last checked"


def complete_years(subject: Subject, kind: str) -> frozenset[int]:
    """The years in which nothing listed means that nothing of this kind happened between members of the system.

    Of an organization there are none, but for what its members have with each other: lists that hold themselves
    complete are so of states, and have a body as a party here and there only.
    """
    is_of_body = subject.kind == "organisation" and kind not in _OF_MEMBERS
    return frozenset() if is_of_body else declared_years(subject, kind)


def declared_years(subject: Subject, kind: str) -> frozenset[int]:
    """The years for which a source holds itself complete of a kind of fact between states, all of them members."""
    return frozenset(
        year
        for _, known in statements(subject, kind)
        if known.completeness == "complete"
        for year in range(known.start.year, known.end.year + 1)
        if known.covers_year(year) and are_members_in(subject, year, known.system)
    )


def absence(subject: Subject, what: str, kind: str, since: date | None = None) -> tuple[str, tuple[str, ...]]:
    """Why nothing is shown, and what says so: there was none, none is listed, or no source reaches that far.

    That there was none is said of the day of the brief where the kind of fact stands on a day. Of what happens it is
    said of the time from `since`, or from the first day the source knows, to the day of the brief. Of an organization
    it is said of what has the body itself as a party: what its members have with each other is not looked at.
    """
    if subject.kind == "organisation" and kind not in _OF_MEMBERS:
        what = f"{what} of the organization itself"
    known = statements(subject, kind)
    reaching = [(source, stated) for source, stated in known if stated.start <= subject.as_of <= stated.end]
    complete = [(source, stated) for source, stated in reaching if _is_all(subject, kind) and _denies(subject, stated)]
    if complete:
        return _denied(subject, what, kind, complete, since)
    if reaching:
        return _not_listed(subject, what, reaching), tuple(dict.fromkeys(source for source, _ in reaching))
    if known:
        spans = listed([f"{title(subject, source)} ({_span(stated)})" for source, stated in known])
        text = (
            f"The day of this brief lies outside the years of every source on this: {spans}. "
            f"Whether there was any {what} is unknown."
        )
        return text, tuple(dict.fromkeys(source for source, _ in known))
    text = f"No loaded source says what it knows of {said_plural(what)}. Whether there was any is unknown."
    return text, tuple(sorted(subject.abouts)) or (REGISTER,)


def _denied(
    subject: Subject, what: str, kind: str, complete: list[Known], since: date | None
) -> tuple[str, tuple[str, ...]]:
    """That there was none, said of the day or of the time that was looked at, and of nothing beyond it."""
    first, day = None if kind in STANDING else _first(subject, complete, since), long_day(subject.as_of)
    sources = unique(source for source, known in complete if first in (None, _first(subject, [(source, known)], since)))
    each = "It holds itself" if len(sources) == 1 else "They hold themselves"
    if first is None:
        text = f"No {what} on {day} is known to {titles(subject, sources)}. {each} complete for that day:"
        return f"{text} this means that there was none on it.", sources
    named = "exercise" if kind == "exercise" else what
    span = f"from {first.year if (first.month, first.day) == (1, 1) else long_day(first)} to {day}"
    text = f"No {named} {span} is known to {titles(subject, sources)}. {each} complete for that time:"
    # What is complete of exercises says nothing of visits and dialogues, which are engagements too.
    rest = "" if named == what else " What is no exercise may have happened without being listed."
    return f"{text} this means that there was none in it.{rest}", sources


def _first(subject: Subject, complete: list[Known], since: date | None) -> date:
    """The first day of the time over which a complete source says that there was none: of several, the earliest."""
    starts = []
    for _, known in complete:
        within = stretch_on_day(subject, known.system)
        starts.append(max(day for day in (known.start, since, within and within.start) if day is not None))
    return min(starts)


def _not_listed(subject: Subject, what: str, reaching: list[Known]) -> str:
    """That none is listed, which is no denial; and why not, where a list is complete but the states were no members."""
    text = f"No {what} is listed by {titles(subject, unique(source for source, _ in reaching))}."
    is_outside = any(known.completeness == "complete" and outsiders(subject, known.system) for _, known in reaching)
    why = f": {why_outside(subject)}" if is_outside else ""
    return f"{text} What is not listed there may still have happened{why}."


def said_plural(what: str) -> str:
    """A noun in the plural, as the sentences here need it.

    >>> said_plural("territorial claim"), said_plural("channel of the organization itself")
    ('territorial claims', 'channels of the organization itself')
    """
    noun, of, whose = what.partition(" of ")
    return f"{noun}s{of}{whose}"


def latest(facts: Iterable[Fact]) -> str:
    """How old the newest of some facts is."""
    newest = max(facts, key=lambda fact: fact["start_date"], default=None)
    if newest is None:
        return "nothing listed"
    return f"latest entry {day_text(newest['start_date'], newest['start_precision'])}"


def checked(facts: Iterable[Fact]) -> str:
    """Between which days some facts were last checked."""
    return checked_between(fact["known_until"] for fact in facts)


def checked_between(told: Iterable[date]) -> str:
    """The first and the last of some days of a last check, in words.

    >>> checked_between([date(2025, 1, 2), date(2024, 3, 4)])
    'last checked between 4 Mar 2024 and 2 Jan 2025'
    """
    days = sorted(set(told))
    if not days:
        return "nothing listed"
    first, last = (day_text(day) for day in (days[0], days[-1]))
    return f"last checked {first}" if first == last else f"last checked between {first} and {last}"


def coverage_basis(subject: Subject, kind: str) -> Basis:
    """The basis of words on what the sources know of a kind of fact: what each says that it covers."""
    rows = tuple(
        {"source": source, "kind": kind, "completeness": known.completeness, "from": known.start, "to": known.end}
        for source, known in statements(subject, kind)
    )
    how = "What each loaded source says that it covers; `complete` means that what it does not list did not happen."
    members = tuple((f"members {code}", list(membership(code))) for code in subject.states)
    return Basis(how, (Query("comity sources --json"),), rows, (("day", subject.as_of), *members))


def horizon(subject: Subject, sources: Iterable[str]) -> str:
    """The years that some sources cover; where one begins before any states system, how far they reach."""
    spans = [known for about in _abouts(subject, sources) for known in about.coverage]
    if not spans:
        return f"as of {day_text(subject.as_of)}"
    first, last = min(known.start.year for known in spans), max(known.end.year for known in spans)
    return f"sources cover {years_text((first, last))}" if first >= EARLIEST else f"sources reach to {last}"


def ends(subject: Subject, sources: Iterable[str]) -> str:
    """The years in which some sources end; where all are told of, when the first begins says nothing."""
    last = [max(known.end.year for known in about.coverage) for about in _abouts(subject, sources) if about.coverage]
    if not last:
        return f"as of {day_text(subject.as_of)}"
    return f"sources end between {min(last)} and {max(last)}" if min(last) < max(last) else f"sources end in {last[0]}"


def _abouts(subject: Subject, sources: Iterable[str]) -> list[About]:
    return [subject.abouts[source] for source in sources if source in subject.abouts]


def _speaks(subject: Subject, known: Coverage) -> bool:
    if subject.kind == "pair":
        return known.covers_pair(*subject.states)
    return not known.states or bool(set(known.states) & set(subject.circle))


def _denies(subject: Subject, known: Coverage) -> bool:
    """Whether what a source does not list on the day of the brief did not exist: it is complete, and of members."""
    if known.completeness != "complete" or not known.start <= subject.as_of <= known.end:
        return False
    return stretch_on_day(subject, known.system) is not None


def _is_all(subject: Subject, kind: str) -> bool:
    """Whether what complete lists hold is all there is of the subject: not of a topic, a body as a party, or sums.

    A list of agreements is complete of those that two states signed in its years; what stands on a day may be older,
    or of many.
    """
    if kind == "agreement":
        return False
    return subject.kind not in ("topic", "world") and (subject.kind != "organisation" or kind == "dispute")


def _span(known: Coverage) -> str:
    return years_text((known.start.year, known.end.year))
