"""A text that was read, as HTML and for the terminal; what a text says is escaped wherever it is shown."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from html import escape
from itertools import zip_longest

from comity.evidence.blocks import WIDTH, as_html, page_of, plain
from comity.evidence.claim import TESTABILITY
from comity.evidence.estimate import Estimate
from comity.evidence.ledger import Entry
from comity.evidence.pages import claim_page, finding_line
from comity.evidence.reading.annotating import KINDS, Annotated, Reading
from comity.evidence.reading.matching import Match
from comity.evidence.sizes import detectable_in_words, effect_in_words
from comity.evidence.verdict import Reading as Judged

DENIES = "The sentence seems to deny the claim."


def notes(entry: Entry) -> Iterator[str]:
    """What is known of a claim, line by line: verdict, estimates with what they could have found, findings."""
    claim = entry.claim
    yield f"Verdict: {entry.verdict.word}. {entry.verdict.reason}"
    if claim.testability != "testable" and claim.needs and claim.needs not in entry.verdict.reason:
        yield f"{TESTABILITY[claim.testability].capitalize()}. It would take: {claim.needs}"
    for estimate, judged in zip_longest(entry.estimates, entry.verdict.readings):  # not judged where none may count
        yield _estimate_line(estimate, judged)
    yield f"Published findings: {claim.literature.verdict}. {claim.literature.reason}"


def _estimate_line(estimate: Estimate, judged: Judged | None) -> str:
    share = "size as a share unknown"
    if estimate.relative_effect is not None:
        share = effect_in_words(estimate.relative_effect)
    found = ""
    if judged and judged.detectable is not None:
        found = f"; a test with a chance of 80 % to find {detectable_in_words(judged.detectable)}"
    first, last = estimate.years
    return (
        f"Estimate ({estimate.design}, {estimate.name}): {estimate.coefficient:.3g} ({estimate.low:.3g} to "
        f"{estimate.high:.3g}), {share}{found}. Rows behind it: {estimate.observations:,}, "
        f"{estimate.treated:,} treated, {estimate.events:,} with the outcome, {first} to {last}, "
        f"from {', '.join(estimate.sources)}."
    )


def reading_text(read: Reading, is_short: bool = False) -> str:
    """The sentences that matter with their notes; each claim is told in full once, or with its verdict alone."""
    lines = [f"{plain(read.name)}: {_counted(read)}", ""]
    told: set[str] = set()
    for number, each in enumerate(read.sentences, start=1):
        if each.kind in ("no_claim", "question"):
            continue
        lines += textwrap.wrap(plain(each.sentence), WIDTH, initial_indent=f"[{number}] ", subsequent_indent="    ")
        lines += _short(each, read) if is_short else _beside(each, read, told)
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _counted(read: Reading) -> str:
    counts = read.counts
    return f"{len(read.sentences)} sentences, " + ", ".join(
        f"{counts[kind]} {kind.replace('_', ' ')}" for kind in KINDS if counts[kind]
    )


def _short(each: Annotated, read: Reading) -> Iterator[str]:
    if not each.matches:
        yield f"    -> {KINDS[each.kind]}"
    for match in each.matches:
        entry = read.entries[match.claim]
        said = f"-> {match.claim} {entry.verdict.word}{', denied here' if match.denies else ''}: {entry.claim.wording}"
        published = f"Published findings: {entry.claim.literature.verdict}."
        yield from textwrap.wrap(
            plain(f"{said} {published}"), WIDTH, initial_indent="    ", subsequent_indent="       "
        )


def _beside(each: Annotated, read: Reading, told: set[str]) -> Iterator[str]:
    if not each.matches:
        yield f"    -> {KINDS[each.kind]}"
    for match in each.matches:
        entry = read.entries[match.claim]
        yield f"    -> {match.claim} {entry.claim.wording} (match {match.score:.2f})"
        if match.denies:
            yield f"       {DENIES}"
        if match.claim in told:
            yield f"       Verdict: {entry.verdict.word} (told above)."
            continue
        told.add(match.claim)
        more = (f"Found: {finding_line(finding)}" for finding in entry.findings.values())
        for note in (*notes(entry), *more):
            yield from textwrap.wrap(plain(note), WIDTH, initial_indent="       ", subsequent_indent="         ")


def reading_html(read: Reading) -> str:
    """The whole text as a page, every claim marked, with what is known below it and the ledger's pages at the end."""
    body = [f"<h1>{escape(plain(read.name))}</h1>", f'<p class="quiet">{escape(_counted(read))}</p>']
    body += [_sentence(each, read) for each in read.sentences]
    for number, entry in read.entries.items():
        page = as_html(number, claim_page(entry))
        inner = page[page.index("<main>") + len("<main>") : page.index("</main>")]
        body.append(f'<section id="{number}">{inner.replace("h1>", "h2>")}</section>')
    return page_of(f"{plain(read.name)}, read with the ledger of evidence", "\n".join(body))


def _sentence(each: Annotated, read: Reading) -> str:
    said = escape(plain(each.sentence))
    if each.matches:
        told = "".join(_match(match, read.entries[match.claim]) for match in each.matches)
        return f'<div class="sentence claimed"><p class="says">{said}</p>{told}</div>'
    note = f'<p class="note quiet">{escape(KINDS[each.kind])}</p>' if each.kind == "not_testable" else ""
    return f'<div class="sentence"><p>{said}</p>{note}</div>'


def _match(match: Match, entry: Entry) -> str:
    denied = f'<p class="note">{DENIES}</p>' if match.denies else ""
    told = "".join(f'<p class="note">{escape(note)}</p>' for note in notes(entry))
    link = f'<a href="#{match.claim}">{match.claim}</a>'
    word = f'<span class="verdict">{entry.verdict.word}</span>'
    said = f'<p class="note">{link} {escape(entry.claim.wording)} (match {match.score:.2f}): {word}</p>'
    count = len(entry.estimates)
    made = f"{count} estimate{'' if count == 1 else 's'}" if count else "no estimate"
    return f"{said}{denied}<details><summary>Why: {made}, published findings</summary>{told}</details>"
