"""Every number of a brief stands in the rows or values behind it, and the questions behind it give those rows again."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_samples import TODAY, blocks_of
from brief_subject_samples import WORDS, write_subjects
from comity.brief import Chart, KeyFigures, Table, compose
from comity.brief.basis import Basis, numbers_in
from comity.brief.blocks import Caveat, Figure, Map, Network, Note, Parties, Sentence
from comity.brief.composing import compose_comparison
from comity.brief.explaining import explain_text, explained
from comity.errors import BadRequest
from comity.store import open_store

OTHERS = re.compile(r", \d+ others$")
REGISTER_SUBJECTS = {
    "pair": ("IND", "PAK"),
    "region": ("east-china-sea",),
    "state": ("PHL",),
    "organisation": ("asean",),
    "case": ("russian-outreach-eurasia",),
    "topic": ("technology",),
}


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    with open_store(write_subjects(tmp_path_factory.mktemp("sample") / "store")) as store:
        yield store


@pytest.fixture(scope="module", params=[*WORDS, "comparison"])
def brief(request, sample):
    if request.param == "comparison":
        return compose_comparison(sample, ("ISL", "NZL"), "amber-sea", today=TODAY)
    return compose(sample, WORDS[request.param], today=TODAY)


@pytest.fixture(scope="module", params=REGISTER_SUBJECTS)
def shipped(request, register_store):
    return compose(register_store, REGISTER_SUBJECTS[request.param], 2025, today=date(2026, 11, 22))


def told_by(part):
    """The words and numbers of a part that a reader may ask about."""
    if isinstance(part, Sentence | Note | Caveat):
        return [part.text]
    if isinstance(part, Figure):
        return [f"{'' if part.value is None else part.value} {part.detail}"]
    if isinstance(part, Chart):
        return [f"{count.year} {count.count}" for count in part.counts]
    if isinstance(part, Network | Map):
        return [part.description]
    cells = [cell.codes if isinstance(cell, Parties) else cell for row in part.rows for cell in row.cells]
    # Parties beyond the first few are counted in the cell, and each of them stands in the rows behind it.
    return [*(OTHERS.sub("", str(cell)) for cell in cells if cell is not None), part.note]


def untraced(made):
    found = []
    for number, part in enumerate(made.numbered, start=1):
        known = part.basis.numbers if part.basis else frozenset()
        missing = {one for text in told_by(part) for one in numbers_in(text)} - known - allowed(part)
        if missing:
            found.append((number, type(part).__name__, getattr(part, "title", ""), sorted(missing)))
    return found


def allowed(part):
    """Numbers that are words: scales and spans that a note explains."""
    return {"0", "1"} if isinstance(part, Table) else set()


def test_every_number_of_a_sample_brief_is_traced(brief):
    assert untraced(brief) == []


def test_every_number_of_a_brief_on_the_register_is_traced(shipped):
    assert untraced(shipped) == []
    assert len(shipped.numbered) > 8


def test_every_question_behind_a_number_gives_its_rows_again(sample, brief):
    asked = 0
    for part in brief.numbered:
        for query in part.basis.queries if part.basis else ():
            if query.is_select and query.text != "SELECT":
                asked += len(sample.ask(query.text, dict(query.parameters)))
    assert asked


def test_the_rows_behind_a_number_are_among_those_its_questions_give(sample, brief):
    seen = 0
    for part in brief.numbered:
        if part.basis is None:
            continue
        queries = [query for query in part.basis.queries if query.is_select and query.text != "SELECT"]
        given = {
            (row.get("source"), row.get(key))
            for query in queries
            for row in sample.ask(query.text, dict(query.parameters)).to_pylist()
            for key in row
            if isinstance(row.get(key), str)
        }
        for row in part.basis.rows:
            table = row.get("table")
            if table in ("engagement", "agreement", "incident", "channel") and queries:
                assert (row["source"], row[table]) in given
                seen += 1
    if brief.kind != "world":
        assert seen


def test_charts_add_up_from_the_rows_behind_them(brief):
    for chart in blocks_of(brief, Chart):
        if chart.unit != "engagements" or brief.kind in ("topic", "world", "comparison"):
            continue
        counts = {}
        for row in chart.basis.rows:
            by_source = counts.setdefault((row["start_date"].year, row["instrument"]), {})
            by_source[row["source"]] = by_source.get(row["source"], 0) + 1
        for year in range(chart.years[0], chart.years[1] + 1):
            expected = sum(max(held.values()) for (when, _), held in counts.items() if when == year)
            assert (chart.total(year) or 0) == expected


def test_numbers_run_without_gaps_in_the_order_of_reading(brief):
    assert [brief.number_of(part) for part in brief.numbered] == list(range(1, len(brief.numbered) + 1))
    figures = [figure for block in blocks_of(brief, KeyFigures) for figure in block.figures]
    assert all(brief.number_of(figure) for figure in figures)


def test_what_is_explained_shows_the_question_and_the_rows(sample):
    made = compose(sample, WORDS["pair"], today=TODAY)
    number = next(n for n, part in enumerate(made.numbered, 1) if getattr(part, "unit", "") == "exercises listed")
    told = explained(made, number)
    assert told["values"] == {"count": made.numbered[number - 1].value, "years": [2017, 2026], "earlier": 0}
    assert "core.engagement" in told["queries"][0]["text"]
    assert told["queries"][0]["parameters"]["inner"] == ["ISL", "IRL"]
    assert {row["instrument"] for row in told["rows"]} == {"exercise"}
    text = explain_text(made, number, most=2)
    assert f"#{number} " in text
    assert f"… {len(told['rows']) - 2} more with --json" in text


@pytest.mark.parametrize("number", [0, -1, 10_000])
def test_a_number_that_no_part_has_is_refused(sample, number):
    made = compose(sample, WORDS["pair"], today=TODAY)
    with pytest.raises(BadRequest, match=r"has no number .*; they run from 1 to \d+"):
        explained(made, number)


@given(st.lists(st.integers(0, 10**7), min_size=1), st.integers(0, 10**7))
def test_a_basis_bears_the_numbers_it_holds_and_no_others(held, other):
    basis = Basis("counted", rows=tuple({"count": number} for number in held))
    assert basis.bears(" and ".join(f"{number:,}" for number in held))
    assert basis.bears(str(other)) == (str(other) in {str(number) for number in held})
