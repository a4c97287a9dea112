"""Where the subject stands: the indices of an assessment with their parts, and the limits of what can be done."""

from __future__ import annotations

from comity.brief.assessments import FOUR, LEAST_KNOWN, Told, assessment, basis_of, number_text, parts_of, sources_in
from comity.brief.blocks import Block, Caveat, Cell, Column, Row, Table
from comity.brief.fighting import spells
from comity.brief.knowledge import horizon
from comity.brief.registry import section
from comity.brief.subject import Subject
from comity.brief.wording import listed, noun, said, sentence_start, years_text

_HALF = "less than half is known, so only the range is told"
_MEAN = "The weighted mean of the scores of the known parts."
_RANGE = Column("Range", "number")
_RANGES = "Scores run from 0 to 1; the range is from everything unknown being 0 to all of it being 1"
_LISTED = (
    " What only a list that may leave things out tells never lowers a score; in the range it runs from what is listed "
    "to 1, so that there is a range even where “Known” is 100%."
)
# Parts whose 0 says that lists hold nothing, where one of the lists they ask may leave things out.
_BY_LISTS = {"ladder": "depth", "resilience": "steadiness"}
_NONE = "none listed"
_OF_PAIRS = ", of cooperation the middle nine tenths of what is possible"


@section("Where they stand", order=25, kinds=("pair", "state"), waits=2)
def where_they_stand(subject: Subject) -> list[Block]:
    """Each index with how much of it is known, then its parts: no number without what it is made of."""
    told = assessment(subject)
    if "problem" in told:
        return [_problem(subject, told)]
    held = [each for each in (*told["headlines"], *told["further"]) if each["score"] is not None]
    blocks: list[Block] = [_indices(subject, told, held), _parts(subject, told, held)] if held else []
    if subject.kind == "state":
        return blocks
    return [*blocks, *_limits(subject, told)]


def _problem(subject: Subject, told: Told) -> Block:
    cites = tuple(sorted(subject.abouts))
    text = f"No assessment can be made: {told['problem'].rstrip('.')}."
    return Caveat(text=text, cites=cites, as_of=horizon(subject, cites))


def _indices(subject: Subject, told: Told, held: list[Told]) -> Table:
    ranked = subject.kind == "state"
    rows = tuple(
        Row(
            cells=(
                said(each["name"]).capitalize(),
                _score(each),
                _span(each),
                *([_percent(each["above_share"]) if _is_half_known(each) else None] if ranked else []),
                _percent(each["coverage"]),
                each["latest_year"] and str(each["latest_year"]),
            ),
            refs=sources_in(subject, each),
        )
        for each in held
    )
    above = [Column("Above other states", "number")] if ranked else []
    cites = tuple(sorted({key for row in rows for key in row.refs}))
    return Table(
        title=f"Indices at the end of {told['year']}{_before_war(subject, told)}",
        columns=(
            *(Column("Index"), Column("Score", "number"), _RANGE, *above, Column("Known", "number")),
            Column("To", "date"),
        ),
        rows=rows,
        note=f"{_RANGES}{_OF_PAIRS if subject.kind == 'pair' else ''}. "
        f"{told['year']} is {told['year_is']}. “Known” is the share of an index’s weight "
        f"of which something is known; what it is made of follows.{_LISTED}{_none_listed(held)}",
        null_means=_HALF,
        cites=cites,
        as_of=horizon(subject, cites),
        basis=basis_of(subject, told, _MEAN, tuple(_shown(held)), war=_war_since(subject, told)),
    )


def _parts(subject: Subject, told: Told, held: list[Told]) -> Table:
    rows = tuple(
        Row(
            cells=(
                said(part["name"]).capitalize(),
                _NONE if _is_none_listed(part) else number_text(part["value"]),
                number_text(part["score"]) if part["is_counted"] else None,
                number_text(part["weight"]),
                part["latest_year"] and str(part["latest_year"]),
                part["means"],
            ),
            refs=tuple(key for key in part["sources"] if key in subject.abouts) or sources_in(subject, each),
            group=said(each["name"]).capitalize(),
        )
        for each in held
        for part in parts_of(each)
    )
    unknown = sum(len(each["parts"]) - len(parts_of(each)) for each in held)
    cites = tuple(sorted({key for row in rows for key in row.refs}))
    columns = (Column("Part"), Column("Value", "number"), Column("Score", "number"), Column("Weight", "number"))
    return Table(
        title="What the indices are made of",
        columns=(*columns, Column("To", "date"), Column("What it is", "explanation")),
        rows=rows,
        note=f"{unknown} parts of which nothing is known are left out, and lower only the share that is known.",
        null_means="a score that does not count, because its list does not say what it leaves out, or nothing known",
        cites=cites,
        as_of=horizon(subject, cites),
        short_rows=0,
        basis=basis_of(subject, told, "Each part by its index.", tuple(_shown(held)), unknown=unknown),
    )


def _is_none_listed(part: Told) -> bool:
    return part["name"] in _BY_LISTS and part["value"] == 0


def _none_listed(held: list[Told]) -> str:
    """That 0 is not known to be none, where lists that may leave things out bear it; no words where none does."""
    names = [part["name"] for each in held for part in parts_of(each) if _is_none_listed(part)]
    if not names:
        return ""
    of = listed([_BY_LISTS[name] for name in names])
    verb = noun(len(names), "rests", "rest")
    return (
        f" {sentence_start(of)} {verb} in part on nothing being listed: an act or a text that no "
        "list holds would raise it, whatever the range says."
    )


def _limits(subject: Subject, told: Told) -> list[Block]:
    """The four limits first; what else holds back after them."""
    by_name = {each["name"]: each for each in told["limits"]}
    named = [by_name[name] for name in (*FOUR, *(name for name in by_name if name not in FOUR)) if name in by_name]
    rows = tuple(
        Row(
            cells=(
                said(each["name"]).capitalize(),
                _score(each),
                _span(each),
                _percent(each["coverage"]),
                each["latest_year"] and str(each["latest_year"]),
                "; ".join(each["lowered_by"]) or None,
            ),
            refs=sources_in(subject, each),
            group="The four" if each["name"] in FOUR else "Further",
        )
        for each in named
    )
    cites = tuple(sorted({key for row in rows for key in row.refs}))
    return [
        Table(
            title=f"What limits them, at the end of {told['year']}{_before_war(subject, told)}",
            columns=(
                *(Column("Limit"), Column("Score", "number"), _RANGE, Column("Known", "number"), Column("To", "date")),
                Column("Would lower it"),
            ),
            rows=rows,
            note=f"0 does not hold back, 1 holds back as much as the measure can say.{_LISTED}",
            null_means=f"not known, {_HALF}, or nothing that holds back enough to be worth lowering",
            cites=cites,
            as_of=horizon(subject, cites),
            basis=basis_of(subject, told, _MEAN, tuple(_shown(told["limits"])), war=_war_since(subject, told)),
        )
    ]


def _shown(held: list[Told]) -> list[dict[str, object]]:
    """Each index and each part as a row to trace a number to."""
    rows: list[dict[str, object]] = []
    for each in held:
        rows.append({key: value for key, value in each.items() if key != "parts"})
        rows += [{"index": each["name"], **part} for part in each["parts"]]
    return rows


def _is_half_known(each: Told) -> bool:
    return (each["coverage"] or 0) >= LEAST_KNOWN


def _score(each: Told) -> Cell:
    """The score of an index; None where so little is known that the range alone says anything."""
    return number_text(each["score"]) if _is_half_known(each) else None


def _war_since(subject: Subject, told: Told) -> tuple[int, int] | None:
    """The first years of armed conflict between the two that began after the year that is told of."""
    found = spells(subject) if subject.kind == "pair" else []
    return min((spell.years for spell in found if spell.years[0] > told["year"]), default=None)


def _before_war(subject: Subject, told: Told) -> str:
    later = _war_since(subject, told)
    return f", before the armed conflict listed for {years_text(later)}" if later else ""


def _span(each: Told) -> Cell:
    return f"{each['least']:.2f}–{each['most']:.2f}"


def _percent(value: float | None) -> Cell:
    return None if value is None else f"{value:.0%}"
