"""The ledger of evidence as a brief tells it: each claim with its verdict, read once for a version of the program.

To read the claims and findings and to give each verdict takes a tenth of a second, and nothing in it is of a subject.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace

from comity.brief.keeping import kept, program_of
from comity.brief.subject import Subject, once
from comity.brief.wording import sentence_start

# How each design compares, in a few words; `comity evidence` says more of each.
DESIGNS = {
    "discrete_time_hazard": "the chance of a beginning, year by year",
    "double_machine_learning": "comparison given what else is known (double machine learning)",
    "entropy_balancing": "comparison with others weighed to be alike (entropy balancing)",
    "event_study": "the years before and after (event study)",
    "group_time_effects": "comparison with those not treated yet (group-time effects)",
    "interrupted_series": "a series before and after (interrupted time series)",
    "node_permutation": "comparison with treatments dealt anew (permutation)",
    "out_of_sample_ablation": "forecasts with it and without it",
    "poisson_fixed_effects": "comparison of counts with other years (Poisson, fixed effects)",
    "synthetic_control": "comparison with a mixture of others (synthetic control)",
    "two_way_fixed_effects": "comparison with other years (two-way fixed effects)",
}
_DESIGN = re.compile(rf"\b({'|'.join(DESIGNS)}) \(([^)]*)\)")
_LEADS = re.compile(r"\blead (\d+(?:, lead \d+)*)")
_PLACEBO = {
    "its placebo fails (": "it finds an effect where there can be none (",
    "its placebos are too noisy to fail": "its tests where there can be none are too noisy to tell",
    "it has no placebo": "it has no test where there can be no effect",
    "a placebo is not computed (": "a test where there can be no effect is not computed (",
}


@dataclass(frozen=True)
class Entry:
    """One claim: its wording, the verdict and its reason, and how many estimates and findings it rests on.

    `published` is where published findings leave it, and `needs` what it would take to test it, where nothing does.
    """

    number: str
    topic: str
    wording: str
    needs: str | None
    word: str
    reason: str
    estimate_count: int
    published: str
    finding_count: int


@once
def entries(subject: Subject) -> tuple[Entry, ...]:
    """Every claim of the ledger, in order of number."""
    name = f"ledger-{program_of(('evidence',))}"
    held = (Entry(**told) for told in kept(subject, name, lambda: [asdict(each) for each in _read()]))
    return tuple(replace(each, reason=in_words(each.reason)) for each in held)


def in_words(reason: str) -> str:
    """The reason for a verdict with its designs and placebos in words, as one says them.

    >>> in_words("event_study (main): its placebo fails (lead 1, lead 3).")
    'The years before and after (event study): it finds an effect where there can be none (1, 3 years before).'
    """
    for code, words in _PLACEBO.items():
        reason = reason.replace(code, words)
    return _DESIGN.sub(_design, _LEADS.sub(_leads, reason))


def _design(found: re.Match[str]) -> str:
    which = "" if found[2] == "main" else f", {found[2]}"
    return f"{sentence_start(DESIGNS[found[1]])}{which}"


def _leads(found: re.Match[str]) -> str:
    years = found[1].replace("lead ", "")
    return f"{years} {'year' if years == '1' else 'years'} before"


def _read() -> list[Entry]:
    from comity.evidence.ledger import ledger

    return [
        Entry(
            number=each.number,
            topic=each.claim.topic,
            wording=each.claim.wording,
            needs=each.claim.needs,
            word=each.verdict.word,
            reason=each.verdict.reason,
            estimate_count=len(each.estimates),
            published=each.claim.literature.verdict,
            finding_count=len(each.findings),
        )
        for each in ledger()
    ]
