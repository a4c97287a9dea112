"""Briefs of an earlier year: nothing that came later is told, even where nobody knows when it began."""

from __future__ import annotations

from datetime import date

import pytest

from brief_samples import TODAY, MemoryStore, agreement, register_rows, together
from comity.brief import compose
from comity.brief.blocks import Table
from comity.brief.facts import agreements
from comity.brief.finding import Asked, read_subject

SAMPLES = {"begun unknown": {"start_date": None, "start_precision": None, "signed_date": None}}


@pytest.mark.parametrize(("year", "is_told"), [(1990, False), (2020, False), (None, True)])
def test_a_text_whose_beginning_is_unknown_counts_from_when_it_was_checked(year, is_told):
    rows = together(register_rows(), agreement("undated", ("ISL", "IRL"), **SAMPLES["begun unknown"]))
    for party in rows["agreement_party"]:
        if party["agreement"] == "undated":
            party |= {"start_date": None, "start_precision": None}
    subject = read_subject(MemoryStore(rows), ("ISL", "IRL"), Asked(year, None, TODAY))
    assert ("undated" in {fact.item for fact in agreements(subject)}) is is_told


def test_no_text_and_no_series_of_later_is_in_a_brief_of_1914_or_1962(register_store):
    subject = read_subject(register_store, ("USA",), Asked(1914, None, TODAY))
    assert agreements(subject)
    for fact in agreements(subject):
        assert (fact["start_date"] or fact["signed_date"] or fact["known_until"]) <= date(1914, 12, 31)
    brief = compose(register_store, ("technology",), 1962, today=TODAY)
    tables = {block.title: block for section in brief.sections for block in section.blocks if isinstance(block, Table)}
    assert (
        all(row.cells[2] for row in tables["Series of the fields"].rows) if "Series of the fields" in tables else True
    )
    today = compose(register_store, ("technology",), today=TODAY)
    assert any(block.title == "Series of the fields" for section in today.sections for block in section.blocks)
