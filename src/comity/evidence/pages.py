"""A page for each claim: what it says, how it is tested, comity's own estimates, and what others have found."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from comity.evidence.blocks import Block, Heading, Intervals, Paragraph, Points
from comity.evidence.claim import GRADES, MAKERS, TESTABILITY, PublishedFinding
from comity.evidence.estimate import Estimate
from comity.evidence.ledger import Entry
from comity.evidence.sizes import detectable_in_words, effect_in_words
from comity.evidence.verdict import SIDES, Reading

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
    page += _data(entry)
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
    for plan in entry.plans:
        yield f"Written down on {plan.written}, to be decided by {plan.awaits}: {plan.decides} ({plan.hash[:12]})."


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
        yield Points(tuple(_sample(estimate, reading)))
        yield from _pictures(estimate)


def _told(estimate: Estimate) -> str:
    share = "" if estimate.relative_effect is None else f" That is {effect_in_words(estimate.relative_effect)}."
    return (
        f"Treatment: {estimate.treatment}. Outcome: {estimate.outcome}. Coefficient: {estimate.coefficient:.3g} "
        f"(95 % interval {estimate.low:.3g} to {estimate.high:.3g}, p {estimate.p_value:.2g}), "
        f"in {estimate.unit}.{share}"
    )


def _sample(estimate: Estimate, reading: Reading | None) -> Iterator[str]:
    first, last = estimate.years
    yield (
        f"Sample: {estimate.observations:,} rows, {estimate.treated:,} treated, {estimate.events:,} with the outcome, "
        f"{first} to {last}."
    )
    if estimate.excluded:
        yield "Left out: " + ", ".join(f"{count:,} ({reason})" for reason, count in estimate.excluded.items()) + "."
    if estimate.clusters:
        yield "It rests on " + ", ".join(f"{count:,.1f} {kind}" for kind, count in estimate.clusters.items()) + "."
    if estimate.not_computed:
        yield f"Placebos that could not be computed: {', '.join(estimate.not_computed)}."
    yield "Standard errors: " + ", ".join(f"{kind} {error:.3g}" for kind, error in estimate.errors.items()) + "."
    if estimate.minimum_detectable_effect is not None:
        share = f": {detectable_in_words(reading.detectable)}" if reading and reading.detectable is not None else ""
        yield f"Minimum detectable effect: {estimate.minimum_detectable_effect:.3g} (80 % power, 5 % level){share}."
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
        yield Intervals(_path_title(estimate), rows)
    if estimate.specifications:
        rows = tuple((each.name, each.low, each.coefficient, each.high) for each in estimate.specifications)
        yield Intervals("Other specifications", rows)


def _path_title(estimate: Estimate) -> str:
    if estimate.course:
        return "Placebos before the treatment, and the course after it"
    is_before = all(each.name.startswith("lead ") or each.name.endswith(" before") for each in estimate.placebo)
    return "Placebos before the treatment" if is_before else "Placebo"


def _data(entry: Entry) -> Iterator[Block]:
    """The citation of every source that an estimate rests on."""
    from comity.record import SOURCE, about_register
    from comity.sources import source_names
    from comity.sources.contract import contract

    used = sorted({source for estimate in entry.estimates for source in estimate.sources})
    known = {SOURCE, *source_names()}
    cited = [(name, about_register() if name == SOURCE else contract(name)) for name in used if name in known]
    if cited:
        yield Heading("Data")
        yield Points(tuple(f"{name}: {work.citation}" for name, work in cited))


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
