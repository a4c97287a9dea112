"""Years in which two states fought: in the judgements and the section on disputes of a pair, up to the brief's day."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_samples import TODAY, MemoryStore, register_rows
from comity.brief import compose
from comity.brief.blocks import Judgements, Table
from comity.brief.fighting import fought_sentence, fought_table, runs
from comity.brief.finding import Asked, read_subject
from comity.brief.pair_judgements import MOST_SENTENCES

TITLE = "Years of armed conflict with these states on opposite sides"


def fact(name, one, two, year, value=1.0):
    row = {"fact": name, "from_state": one, "to_state": two, "year": year, "value": value}
    return row | {"item": f"{name}-{one}-{two}", "source": "register"}


FACTS = [
    *(fact("interstate_conflict", "IRL", "ISL", year) for year in (1975, 1976, 2003)),
    *(fact("interstate_conflict_intensity", "IRL", "ISL", year, code) for year, code in ((1975, 1), (1976, 2))),
    fact("interstate_conflict_intensity", "IRL", "ISL", 2003, 1),
    *(fact("conflict_troop_opposition", "ISL", "IRL", year) for year in (2001, 2002)),
    fact("interstate_conflict", "IRL", "NZL", 1999),
    fact("interstate_conflict", "IRL", "ISL", 1980, 0.0),
]


@pytest.fixture
def rows():
    return register_rows() | {"dyad_year_fact": [dict(row) for row in FACTS]}


@given(st.lists(st.integers(1900, 2020), max_size=30))
def test_runs_hold_each_year_once_and_leave_a_gap_between_them(years):
    found = runs(years)
    assert [year for first, last in found for year in range(first, last + 1)] == sorted(set(years))
    assert all(after[0] > before[1] + 1 for before, after in pairwise(found))


def test_a_pair_that_fought_is_told_so(rows):
    subject = read_subject(MemoryStore(rows), ("ISL", "IRL"), Asked(None, None, TODAY))
    (table,) = fought_table(subject)
    assert [row.cells for row in table.rows] == [
        ("2003", "between the two states", "25 to 999"),
        ("2001–2002", "troops of Iceland against the government of Ireland", None),
        ("1975–1976", "between the two states", "25 to 999, in some years 1,000 or more"),
    ]
    sentence = fought_sentence(subject)
    assert sentence.text == (
        "The register tells of an armed conflict between the two in 1975–1976 and 2003, troops of one against the "
        "other in 2001–2002 and 1,000 or more deaths in battle in 1976."
    )
    assert sentence.confidence == "moderate"


def test_nothing_later_and_nobody_else_is_told(rows):
    store = MemoryStore(rows)
    assert fought_sentence(read_subject(store, ("ISL", "IRL"), Asked(1974, None, TODAY))) is None
    assert fought_table(read_subject(store, ("ISL", "IRL"), Asked(1974, None, TODAY))) == []
    (table,) = fought_table(read_subject(store, ("ISL", "IRL"), Asked(1975, None, TODAY)))
    assert [row.cells[0] for row in table.rows] == ["1975"]
    assert fought_table(read_subject(store, ("ISL", "NZL"), Asked(None, None, TODAY))) == []


def test_it_stands_in_the_brief_and_judgements_stay_six(rows):
    brief = compose(MemoryStore(rows), ("ISL", "IRL"), today=TODAY)
    blocks = [block for section in brief.sections for block in section.blocks]
    assert [block.title for block in blocks if isinstance(block, Table)].count(TITLE) == 1
    (judged,) = (block for block in blocks if isinstance(block, Judgements))
    assert len(judged.sentences) <= MOST_SENTENCES
    assert any("armed conflict" in sentence.text for sentence in judged.sentences)
