"""The summary "What we can and cannot say": one page in plain words, with counts of what stands in the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from comity.evidence.blocks import Block, Heading, Paragraph, Points
from comity.evidence.chance import by_chance, counted
from comity.evidence.ledger import WORDS, Entry

SAID = {
    "supported": "An effect of a size that matters was found, and passed every test we put it to.",
    "contradicted": "An effect of the size claimed is ruled out, for the outcome measured. A smaller one is not.",
    "mixed": "Something was found, but our estimates disagree, fail a test, rest on few cases, or see a mere trace. "
    "Do not build on it.",
}
PLAIN = (
    "A verdict speaks of averages over many states and years, not of the next case, and who engages with whom is not "
    "chance. Verdicts rest on our own estimates, under written rules that are the same for welcome and unwelcome "
    "results. Unknown is not a polite no, and not a quiet yes."
)


def plain_summary(entries: Sequence[Entry]) -> list[Block]:
    """What can and cannot be said, on a page for people who decide.

    >>> plain_summary([])[0].text
    'What we can and cannot say'
    """
    page: list[Block] = [Heading("What we can and cannot say", 1), Paragraph(_counts(entries)), Paragraph(_so(entries))]
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


def _counts(entries: Sequence[Entry]) -> str:
    made = [entry for entry in entries if entry.estimates]
    words = {word: sum(entry.verdict.word == word for entry in made) for word in WORDS}
    told = ", ".join(f"{count or 'none'} {word}" for word, count in words.items())
    return (
        f"Of {len(entries)} claims about what military diplomacy changes, comity has put {len(made)} to the test: "
        f"{told}; the other {len(entries) - len(made)} have no estimate and are unknown too."
    )


def _so(entries: Sequence[Entry]) -> str:
    if any(entry.verdict.word == "supported" for entry in entries):
        return "Only what stands under Supported below can be promised of a program. " + PLAIN
    return (
        "So no exercise, visit, sale or pact can be promised to bring what is claimed for it on the strength of these "
        f"data. That does not show that they bring nothing: {_reach(entries)} " + PLAIN
    )


def _reach(entries: Sequence[Entry]) -> str:
    readings = [reading for entry in entries for reading in entry.verdict.readings]
    seen = [reading.detectable for reading in readings if reading.detectable is not None]
    if not seen:
        return "nothing was tested."
    return f"half of our tests could only have seen a change by {median(seen):.0%} or more."


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
