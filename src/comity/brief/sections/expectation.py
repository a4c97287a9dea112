"""What was seen beside what one would expect: surprises, and pairs that fell silent."""

from __future__ import annotations

from comity.brief.basis import Basis, joined
from comity.brief.blocks import Block, Column, Note, Row, Table
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
from comity.brief.knowledge import horizon
from comity.brief.registry import section
from comity.brief.subject import Subject
from comity.brief.wording import said, sentence_start
from comity.vocab.register import SOURCE as REGISTER

MOST = 8
_SOURCES = {
    "exercise": ("mme", "jme", "register"),
    "visit": ("us_leader_travel", "register"),
    "arms": ("sipri_arms",),
    "agreement": ("dcad", "register"),
}


@section("Seen and expected", order=28, kinds=("pair", "state", "region", "world"))
def seen_and_expected(subject: Subject) -> list[Block]:
    """The pair by instrument, or the largest surprises and silences of the subject's pairs."""
    known = [instrument for instrument in INSTRUMENTS if comparisons(subject, instrument) is not None]
    if not known:
        return [_how_to_get_it(subject)] if subject.shelf is not None else []
    if subject.kind == "pair":
        return [*_of_pair(subject, known), *_silent(subject, known)]
    return [*_surprising(subject, known), *_silent(subject, known)]


def _how_to_get_it(subject: Subject) -> Note:
    cites = (REGISTER,) if REGISTER in subject.abouts else tuple(sorted(subject.abouts))[:1]
    text = "What one would expect has not been worked out for this store: `comity brief --prepare` does it once."
    return Note(text=text, cites=cites, as_of=horizon(subject, cites), basis=Basis("Nothing was worked out."))


def sources_for(subject: Subject, instruments: list[str]) -> tuple[str, ...]:
    """The loaded lists that a comparison rests on."""
    named = {source for word in instruments for source in _SOURCES[word]} & set(subject.abouts)
    return tuple(sorted(named)) or tuple(sorted(subject.abouts))[:1]


def _of_pair(subject: Subject, known: list[str]) -> list[Block]:
    """The last comparable year of each instrument."""
    rows: list[tuple[str, Told]] = []
    for instrument in known:
        found = comparisons(subject, instrument)
        mine = of_subject(subject, found["pairs"]) if found else []
        rows += [(instrument, row) for row in mine[-1:]]
    if not rows:
        return []
    return [_table(subject, "Seen, and expected of such a pair", rows, with_pair=False)]


def _surprising(subject: Subject, known: list[str]) -> list[Block]:
    rows = [(instrument, row) for instrument in known for row in surprises(subject, instrument, MOST)]
    return [_table(subject, "More than one would expect", rows, with_pair=True)] if rows else []


def _table(subject: Subject, title: str, rows: list[tuple[str, Told]], *, with_pair: bool) -> Table:
    cites = sources_for(subject, [instrument for instrument, _ in rows])
    name = [Column("Pair")] if with_pair else [Column("What")]
    return Table(
        title=title,
        columns=(
            *name,
            *(Column("Year", "date"), Column("Seen", "number"), Column("Expected", "number")),
            *(Column("95 of 100", "number"), Column("After its own past", "number")),
        ),
        rows=tuple(_row(subject, instrument, row, with_pair=with_pair) for instrument, row in rows),
        note="Expected is what a gravity model gives such a pair (size, distance, votes, regime, allies), corrected "
        "for what lists leave out. Each instrument is shown in the last year that can be compared.",
        cites=cites,
        as_of=horizon(subject, cites),
        short_rows=16,
        basis=joined(expected_basis(subject, instrument, [row]) for instrument, row in rows),
    )


def _row(subject: Subject, instrument: str, row: Told, *, with_pair: bool) -> Row:
    word = sentence_start(said(row["instrument"]))
    return Row(
        cells=(
            pair_text(row) if with_pair else word,
            str(row["year"]),
            f"{row['observed']:.0f}",
            f"{row['expected']:.2f}",
            f"{row['low']:.0f}–{row['high']:.0f}",
            f"{row['usual']:.2f}",
        ),
        refs=sources_for(subject, [instrument]),
        group=word if with_pair else "",
    )


def _silent(subject: Subject, known: list[str]) -> list[Block]:
    rows = [(instrument, row) for instrument in known for row in silences(subject, instrument, MOST)]
    if not rows:
        return []
    cites = sources_for(subject, [instrument for instrument, _ in rows])
    return [
        Table(
            title="Fell silent",
            columns=(
                *(Column("Pair"), Column("Silent since", "date"), Column("To", "date")),
                *(Column("A year before", "number"), Column("Chance", "number")),
            ),
            rows=tuple(
                Row(
                    cells=(
                        pair_text(row),
                        str(row["since"]),
                        str(row["until"]),
                        f"{row['before']:.1f}",
                        f"{row['chance']:.2f}",
                    ),
                    refs=sources_for(subject, [instrument]),
                    group=sentence_start(said(row["instrument"])),
                )
                for instrument, row in rows
            ),
            note="A pair that did something and then nothing, while the same lists spoke. Chance is that of a silence "
            "as long, had the pair gone on as before.",
            cites=cites,
            as_of=horizon(subject, cites),
            short_rows=16,
            basis=joined(expected_basis(subject, instrument, [row]) for instrument, row in rows),
        )
    ]
