"""One statement on what was seen beside what one would expect, with the largest surprise or silence."""

from __future__ import annotations

from comity.brief.basis import joined
from comity.brief.blocks import Sentence
from comity.brief.expected_kept import (
    INSTRUMENTS,
    Told,
    comparisons,
    expected_basis,
    of_subject,
    pair_text,
    silences,
    surprises,
)
from comity.brief.sections.expectation import sources_for
from comity.brief.subject import Subject
from comity.brief.wording import noun

_BECAUSE = "a model of all pairs gives the expectation, which knows of this one its size, place and politics alone"
_CHANGED = "a later year that can be compared, or lists that leave out less"


def expected_sentence(subject: Subject) -> Sentence | None:
    """Of a pair what was seen where it departs from what one would expect, of others the largest surprise and silence.

    None where nothing departs, where what can be compared lies before the years of the brief, or if not prepared.
    """
    return _of_pair(subject) if subject.kind == "pair" else _of_place(subject)


def _of_pair(subject: Subject) -> Sentence | None:
    found: list[tuple[str, Told]] = []
    for instrument in INSTRUMENTS:
        held = comparisons(subject, instrument)
        rows = of_subject(subject, held["pairs"]) if held else []
        found += [(instrument, row) for row in rows[-1:] if _outside(row) and row["year"] >= subject.window[0]]
    if not found:
        return None
    instrument, row = min(found, key=lambda each: (each[1]["chance"], each[0]))
    text = (
        f"Of {_many(row)} in {row['year']}, {row['observed']:.0f} {noun(round(row['observed']), 'was', 'were')} seen "
        f"where {row['expected']:.1f} would be expected of such a pair ({row['low']:.0f} to {row['high']:.0f}): "
        f"{_outside(row)} than such pairs do."
    )
    basis = expected_basis(subject, instrument, [row])
    return Sentence(text, sources_for(subject, [instrument]), "moderate", _BECAUSE, _CHANGED, basis)


def _outside(row: Told) -> str:
    """Whether more or less was seen than such pairs do; empty for what lies within it."""
    return "more" if row["observed"] > row["high"] else "less" if row["observed"] < row["low"] else ""


def _of_place(subject: Subject) -> Sentence | None:
    first = subject.window[0]
    above = [(word, row) for word in INSTRUMENTS for row in surprises(subject, word, 1) if row["year"] >= first]
    silent = [(word, row) for word in INSTRUMENTS for row in silences(subject, word, 1) if row["until"] >= first]
    told: list[str] = []
    used: list[tuple[str, Told]] = []
    if above:
        word, row = min(above, key=lambda each: (each[1]["chance"], each[0]))
        told.append(
            f"the largest surprise is {pair_text(row)} in {row['year']}, {row['observed']:.0f} {_many(row)} where "
            f"{row['expected']:.1f} would be expected"
        )
        used.append((word, row))
    if silent:
        word, row = min(silent, key=lambda each: (each[1]["chance"], each[0]))
        told.append(
            f"the least likely silence {pair_text(row)}, without {_many(row)} from {row['since']} to {row['until']}"
        )
        used.append((word, row))
    if not told:
        return None
    bases = [expected_basis(subject, word, [row]) for word, row in used]
    text = f"Beside what one would expect, {' and '.join(told)}."
    cites = sources_for(subject, [word for word, _ in used])
    return Sentence(text, cites, "moderate", _BECAUSE, _CHANGED, joined(bases))


def _many(row: Told) -> str:
    """What is counted, in the plural."""
    return {
        "exercise": "exercises",
        "visit": "visits",
        "arms_transfer": "deliveries of arms",
        "agreement": "agreements",
    }.get(row["instrument"], f"{row['instrument'].replace('_', ' ')}s")
