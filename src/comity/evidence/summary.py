"""The summary "What we can and cannot say": one page in plain words for people who decide, the lists behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from comity.evidence.blocks import Block, Heading, Paragraph, Points
from comity.evidence.chance import by_chance, counted
from comity.evidence.ledger import WORDS, Entry
from comity.evidence.sizes import detectable_in_words

SAID = {
    "supported": "An effect of a size that matters was found, and passed every test we put it to.",
    "contradicted": "An effect of the size claimed is ruled out, for the outcome measured. A smaller one is not.",
    "mixed": "Something was found, but our estimates disagree, fail a test, rest on few cases, or see a mere trace. "
    "Do not build on it.",
}
FRONT = "Claim by claim"  # the heading at which the page for people who decide ends, and the lists begin
ADVICE = (
    "Promise only what stands as supported. Call everything else a hope, and say so.",
    "Do not defend a program by a claim that is contradicted; it may have other reasons.",
    "Before a program begins, write down what should change, by how much, by when, and who will count it. Five such "
    "plans of our own wait for years that are not published yet.",
    "Keep lists of what was done, with dates, and of those with whom nothing was done. Without them nobody can test "
    "anything.",
    "Look up one claim with comity evidence C06; put a speech or a paper to the ledger with comity read.",
)


def plain_summary(entries: Sequence[Entry]) -> list[Block]:
    """What can and cannot be said: one page for people who decide, then claim by claim.

    >>> plain_summary([])[0].text
    'What we can and cannot say'
    """
    page = _front(entries)
    page += [
        Heading(FRONT),
        Paragraph("The lists behind this page: every claim by its verdict, and what was measured of it."),
    ]
    for word in ("supported", "contradicted", "mixed"):
        found = [entry for entry in entries if entry.verdict.word == word]
        if found:
            page += [
                Heading(f"{word.capitalize()}: {len(found)}"),
                Paragraph(SAID[word]),
                Points(_lines(entries, word)),
            ]
    page += list(_unknown(entries))
    page += [Heading("How much of this could be chance"), Paragraph(_chance(entries))]
    page += [Heading("What others have found"), Paragraph(_published(entries))]
    return page


def _front(entries: Sequence[Entry]) -> list[Block]:
    return [
        Heading("What we can and cannot say", 1),
        Paragraph(_counts(entries)),
        Paragraph(_RULES),
        Heading("What we can say"),
        *_can(entries),
        Heading("What we cannot say"),
        Points(tuple(_cannot(entries))),
        Heading("What to do with it"),
        Points(ADVICE),
    ]


_RULES = "Verdicts rest on our own estimates, under written rules that are the same for welcome and unwelcome results."


def _counts(entries: Sequence[Entry]) -> str:
    made = [entry for entry in entries if entry.estimates]
    words = {word: sum(entry.verdict.word == word for entry in made) for word in WORDS}
    told = ", ".join(f"{count or 'none'} {word}" for word, count in words.items())
    return (
        f"Of {len(entries)} claims about what military diplomacy changes, comity has put {len(made)} to the test: "
        f"{told}; the other {len(entries) - len(made)} have no estimate and are unknown too."
    )


def _can(entries: Sequence[Entry]) -> Iterator[Block]:
    """What stands when all tests are counted, for either side; what might be chance stands in the lists alone."""
    standing = {number for number, test in counted(entries).items() if test.stands}
    for word, meaning in FIRM.items():
        found = [entry for entry in entries if entry.verdict.word == word and entry.number in standing]
        if found:
            yield Paragraph(meaning)
            yield Points(tuple(_sized(entry) for entry in found))
    if not standing:
        yield Paragraph("Nothing stands when all tests are counted.")


FIRM = {
    "supported": "These claims are supported, and stand when all tests are counted:",
    "contradicted": "These claims are contradicted, and that stands when all tests are counted. A smaller effect than "
    "the one named is not ruled out.",
}


def _sized(entry: Entry) -> str:
    """A claim with the size at which it was tested."""
    is_not = "not " if entry.verdict.word == "contradicted" else ""
    size = f"{is_not}by {entry.claim.smallest_effect.relative:.0%} or more"
    return f"{entry.claim.wording.rstrip('.')}: {size} ({entry.number})."


def _cannot(entries: Sequence[Entry]) -> Iterator[str]:
    if any(entry.verdict.word == "supported" for entry in entries):
        yield "We cannot promise of any program more than what stands under Supported below."
    else:
        yield "We cannot promise that any exercise, visit, sale or pact brings what is claimed for it."
    yield f"We cannot say that they bring nothing: {_reach(entries)}"
    words = {word: sum(entry.verdict.word == word for entry in entries) for word in WORDS}
    yield (
        f"Of {words['mixed']} claims we found something on which nobody should build, for our estimates disagree, fail "
        f"a test, or rest on few cases. Of {words['unknown']} we cannot tell. Unknown is not a polite no, and not a "
        "quiet yes."
    )
    yield (
        "We cannot speak of the next case. A verdict is of averages over many states and years, and who engages with "
        "whom is not chance."
    )


def _reach(entries: Sequence[Entry]) -> str:
    readings = [reading for entry in entries for reading in entry.verdict.readings]
    seen = [reading.detectable for reading in readings if reading.detectable is not None]
    if not seen:
        return "nothing was tested."
    return f"half of our tests were blunter than one that finds {detectable_in_words(median(seen))}."


def _lines(entries: Sequence[Entry], word: str) -> tuple[str, ...]:
    tests = counted(entries)
    return tuple(
        f"{entry.claim.wording} {_measured(entry)}{_stands(tests[entry.number].stands)}({entry.number})"
        for entry in entries
        if entry.verdict.word == word
    )


def _measured(entry: Entry) -> str:
    if entry.verdict.word == "mixed":
        return ""
    first = entry.estimates[0]
    least = f"a change by {entry.claim.smallest_effect.relative:.0%} or more counts"
    return f"Outcome: {first.outcome}; {least}. Treatment: {first.treatment}. "


def _stands(stands: bool | None) -> str:
    if stands is None:
        return ""
    return "Stands when all tests are counted. " if stands else "Could be chance when all tests are counted. "


def _unknown(entries: Sequence[Entry]) -> Iterator[Block]:
    unknown = [entry for entry in entries if entry.verdict.word == "unknown"]
    tried = [entry for entry in unknown if entry.estimates]
    hidden = [entry for entry in unknown if entry.claim.testability == "not_observable"]
    lacking = [entry for entry in unknown if entry.claim.testability == "needs_data" and entry not in tried]
    waiting = [entry for entry in unknown if entry.claim.testability == "testable" and entry not in tried]
    yield Heading(f"Unknown: {len(unknown)}")
    told = (
        ("Tested, but no effect and an effect of the size claimed are both possible", tried),
        ("It could be known, with data we do not have", lacking),
        ("The data are there and the test is not made yet", waiting),
        ("No data could show it", hidden),
    )
    for words, found in told:
        if found:
            yield Paragraph(f"{words} ({len(found)}): {_listed(found)}.")


def _listed(found: Sequence[Entry]) -> str:
    return "; ".join(f"{entry.claim.wording.rstrip('.')} ({entry.number})" for entry in found)


def _chance(entries: Sequence[Entry]) -> str:
    none, size = by_chance(entries)
    made = sum(len(entry.estimates) for entry in entries)
    standing = [test.stands for test in counted(entries).values() if test.stands is not None]
    return (
        f"We made {made} estimates, {none.estimates} of a size that can be told. If nothing had any effect, about "
        f"{none.by_chance:.1f} of them would rule out no effect by chance; {none.rejected} do. If every effect were of "
        f"the size claimed, about {size.by_chance:.1f} would rule it out by chance; {size.rejected} do. At most "
        f"{none.claims_by_chance:.1f} claims could so have come out supported, and as many contradicted; {none.claims} "
        f"and {size.claims} did. Of {len(standing)} such verdicts {sum(standing)} stand when all tests are counted."
    )


def _published(entries: Sequence[Entry]) -> str:
    told = {"supported": "support", "contradicted": "the opposite", "mixed": "both"}
    said = []
    for word, meaning in told.items():
        if found := [entry for entry in entries if entry.claim.literature.verdict == word]:
            said.append(f"Studies by others find {meaning} for {len(found)}: {_listed(found)}.")
    rest = sum(entry.claim.literature.verdict == "unknown" for entry in entries)
    return " ".join((*said, f"On the other {rest} no study was found, or none that settles it."))
