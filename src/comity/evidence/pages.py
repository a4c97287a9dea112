"""A page for each claim, and the summary "What we can and cannot say"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from comity.evidence.blocks import Block, Grid, Heading, Intervals, Paragraph, Points
from comity.evidence.claim import GRADES, MAKERS, TESTABILITY, PublishedFinding
from comity.evidence.estimate import Estimate
from comity.evidence.ledger import Entry
from comity.evidence.verdict import SIDES

MEANS = {
    "supported": "An effect of a size that matters was found, and passes its tests.",
    "mixed": "Something was found, and not all of it says the same or passes its tests.",
    "contradicted": "An effect of the size claimed is ruled out.",
    "unknown": "Nothing estimated so far can tell.",
}
CLAIMED = {
    "increase": "The claim says that it rises.",
    "decrease": "The claim says that it falls.",
    "no_increase": "The claim says that it does not rise.",
}
CHECKED = {"primary": "read in the text itself", "secondary": "read at second hand", "unverified": "not checked"}


def claim_page(entry: Entry) -> list[Block]:
    """Everything the ledger holds on one claim."""
    claim, verdict = entry.claim, entry.verdict
    page: list[Block] = [
        Heading(f"{claim.claim}: {claim.wording}", 1),
        Paragraph(f"Verdict: {verdict.word}. {verdict.reason}"),
        Paragraph(f"Published findings: {claim.literature.verdict}. {claim.literature.reason}"),
        Heading("The claim"),
        Points(
            (
                f"Made by: {MAKERS[claim.made_by]}.",
                f"Scope: {claim.scope}.",
                f"Treatment: {claim.treatment}.",
                f"Outcome: {claim.outcome}. {CLAIMED[claim.claimed]}",
                f"Smallest effect of interest: {claim.smallest_effect.relative:.0%} of {claim.smallest_effect.of}. "
                f"{claim.smallest_effect.reason}",
                f"What would show it false: {claim.false_if}",
            )
        ),
        Heading("How it can be tested"),
        Points(tuple(_testing(entry))),
        Heading("comity's own estimates"),
    ]
    page += _estimates(entry)
    page.append(Heading("Published findings"))
    page += _findings(entry)
    return page


def _testing(entry: Entry) -> Iterator[str]:
    claim = entry.claim
    yield f"{TESTABILITY[claim.testability].capitalize()}."
    if claim.needs:
        yield f"What it would take: {claim.needs}"
    if claim.data.sources:
        yield f"Sources: {', '.join(claim.data.sources)}."
    if claim.data.measures:
        yield f"Measures: {', '.join(claim.data.measures)}."
    if claim.designs:
        yield f"Designs: {'; '.join(claim.designs)}."


def _estimates(entry: Entry) -> Iterator[Block]:
    if not entry.estimates:
        yield Paragraph("None yet.")
        return
    for estimate, reading in zip_longest(entry.estimates, entry.verdict.readings):  # no readings where none may count
        yield Heading(f"{estimate.design}: {estimate.name}", 3)
        yield Paragraph(_told(estimate))
        if reading:
            doubts = f" It cannot carry a verdict alone: {', '.join(reading.doubts)}." if reading.doubts else ""
            yield Paragraph(f"It {SIDES[reading.side]}.{doubts}")
        yield Points(tuple(_sample(estimate)))
        yield from _pictures(estimate)


def _told(estimate: Estimate) -> str:
    share = "" if estimate.relative_effect is None else f" That is {_share(estimate.relative_effect)}."
    return (
        f"{estimate.treatment} and {estimate.outcome}: {estimate.coefficient:.3g} "
        f"(95 % interval {estimate.low:.3g} to {estimate.high:.3g}, p {estimate.p_value:.2g}), "
        f"in {estimate.unit}.{share}"
    )


def _share(share: float) -> str:
    return f"{abs(share):.0%} {'more' if share > 0 else 'less'} than without"


def _sample(estimate: Estimate) -> Iterator[str]:
    first, last = estimate.years
    yield (
        f"Sample: {estimate.observations:,} rows, {estimate.treated:,} treated, {estimate.events:,} with the outcome, "
        f"{first} to {last}."
    )
    if estimate.excluded:
        yield "Left out: " + ", ".join(f"{count:,} ({reason})" for reason, count in estimate.excluded.items()) + "."
    yield "Standard errors: " + ", ".join(f"{kind} {error:.3g}" for kind, error in estimate.errors.items()) + "."
    if estimate.minimum_detectable_effect is not None:
        yield f"Minimum detectable effect: {estimate.minimum_detectable_effect:.3g} (80 % power, 5 % level)."
    if estimate.robustness_value is not None:
        yield f"Robustness value: {estimate.robustness_value:.1%} (what a hidden cause would have to explain)."
    yield f"Likely bias: {estimate.bias}"
    yield f"Sources: {', '.join(estimate.sources)}. Specification {estimate.specification_hash[:12]}."


def _pictures(estimate: Estimate) -> Iterator[Block]:
    before = [(each.name, each.coefficient, each.standard_error) for each in estimate.placebo]
    after = [(each.name, each.coefficient, each.standard_error) for each in estimate.course]
    if before or after:
        rows = tuple(
            (name, middle - 1.96 * error, middle, middle + 1.96 * error) for name, middle, error in before + after
        )
        yield Intervals("Placebos before the treatment, and the course after it", rows)
    if estimate.specifications:
        rows = tuple((each.name, each.low, each.coefficient, each.high) for each in estimate.specifications)
        yield Intervals("Other specifications", rows)


def _findings(entry: Entry) -> Iterator[Block]:
    if not entry.findings:
        yield Paragraph("None that was read.")
        return
    yield Points(tuple(finding_line(finding) for finding in entry.findings.values()))


def finding_line(finding: PublishedFinding) -> str:
    """One published finding in a line: study, data, sign and size, grade and how far it was checked."""
    years = f", {finding.years}" if finding.years else ""
    caveat = f" Caveat: {finding.caveat}." if finding.caveat else ""
    seen = "".join(f" {each.publisher}: {each.title} <{each.url}>." for each in finding.evidence)
    grade = f"Grade {finding.grade} ({GRADES[finding.grade]}), {CHECKED[finding.verification]}."
    return f"{finding.study} ({finding.data}{years}): {finding.found}. {grade}{caveat}{seen}"


def summary_page(entries: Sequence[Entry]) -> list[Block]:
    """What can and cannot be said, in words for people who decide."""
    made = [entry for entry in entries if entry.estimates]
    page: list[Block] = [
        Heading("What we can and cannot say", 1),
        Paragraph(
            f"The ledger holds {len(entries)} claims about what military diplomacy changes, and comity has estimated "
            f"{len(made)} of them itself."
        ),
        Paragraph(
            "A verdict rests on comity's own estimates alone, under rules that are the same for welcome and unwelcome "
            "results. Beside it stands what others have published. Unknown means that nobody can say yet: it is not "
            "a polite no, and not a quiet yes."
        ),
    ]
    for word, meaning in MEANS.items():
        of_word = [entry for entry in made if entry.verdict.word == word]
        if of_word:
            page += [Heading(f"Our estimates: {word}"), Paragraph(meaning), Points(tuple(map(_line, of_word)))]
    page += _published(entries)
    page += _untestable(entries)
    page.append(Heading("Every claim"))
    rows = tuple(
        (each.number, each.claim.wording, each.verdict.word, each.claim.literature.verdict) for each in entries
    )
    page.append(Grid(("claim", "wording", "our verdict", "published findings"), rows))
    return page


def _line(entry: Entry) -> str:
    return f"{entry.claim.wording} {entry.verdict.reason} ({entry.number})"


def _published(entries: Sequence[Entry]) -> Iterator[Block]:
    told = {
        "supported": "Others have found support",
        "mixed": "Others have found both",
        "contradicted": "Others have found the opposite",
    }
    for word, title in told.items():
        found = [entry for entry in entries if entry.claim.literature.verdict == word]
        if found:
            yield Heading(title)
            yield Points(
                tuple(f"{each.claim.wording} {each.claim.literature.reason} ({each.number})" for each in found)
            )


def _untestable(entries: Sequence[Entry]) -> Iterator[Block]:
    none = [entry for entry in entries if entry.claim.testability == "not_observable"]
    yield Heading("No data could show this")
    yield Points(tuple(f"{each.claim.wording} {each.claim.needs} ({each.number})" for each in none))
    lacking = [entry for entry in entries if entry.claim.testability == "needs_data"]
    yield Heading("It could be known, with data we do not have")
    yield Points(tuple(f"{each.claim.wording} It would take: {each.claim.needs} ({each.number})" for each in lacking))
