"""Long tables of a page are folded: every row is there, in its order, and texts without a name stand apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as pages

from brief_samples import blocks_of
from comity.brief import Table, compose, render_html
from comity.brief.blocks import Column, Row
from comity.brief.html import folded
from comity.brief.sections.in_force import ALLIANCE, MANY

SHOWN = ".//tbody/tr[contains(concat(' ', @class, ' '), ' row ')]"


@pytest.fixture(scope="module")
def brief(register_store):
    return compose(register_store, ("USA", "JPN"), 2025, today=date(2026, 11, 22))


def table_of(count, short_rows=12):
    rows = tuple(Row(cells=(f"row {number}",), refs=("register",)) for number in range(count))
    return Table(cites=("register",), as_of="today", columns=(Column("Name"),), rows=rows, short_rows=short_rows)


@given(st.integers(0, 120), st.integers(0, 30))
def test_a_fold_loses_no_row_and_hides_more_than_a_few(count, short_rows):
    table = table_of(count, short_rows)
    shown, more = folded(table)
    assert (*shown, *more) == table.rows
    assert not more or len(more) > 5
    assert len(shown) <= max(26, short_rows)


def test_every_row_of_every_table_is_on_the_page(brief):
    page = pages.fromstring(render_html(brief))
    tables = blocks_of(brief, Table)
    assert len(page.xpath(SHOWN)) == sum(len(table.rows) for table in tables)
    folds = page.findall(".//details")
    assert len(folds) == sum(bool(folded(table)[1]) for table in tables) > 0
    for fold in folds:
        assert fold.find("summary").text == f"{len(fold.xpath(SHOWN))} more rows"


def test_a_short_page_has_no_fold(brief):
    sections = tuple(
        replace(section, blocks=tuple(block for block in section.blocks if not isinstance(block, Table)))
        for section in brief.sections
    )
    assert "<details" not in render_html(replace(brief, sections=sections))


@pytest.mark.mirror
def test_texts_without_a_name_stand_apart_in_a_region_of_many(mirror_store):
    tables = {table.title: table for table in blocks_of(compose(mirror_store, ("nato-europe",)), Table)}
    named, nameless = (
        next(table for title, table in tables.items() if title.startswith(start))
        for start in ("Agreements by", "Texts without a name")
    )
    assert len(nameless.rows) >= MANY
    assert all(row.group != ALLIANCE for row in nameless.rows)
    assert any(row.cells[0] == "North Atlantic Treaty" for row in named.rows)
    assert not {row.cells for row in named.rows} & {row.cells for row in nameless.rows}
