"""The register holds what lists of others say happened: every address of the lists leads to a record."""

from __future__ import annotations

import re

import pytest

from comity.record import read_register
from comity.record.reading import register_folder
from comity.record.shape import Series
from recall_lists import NONE, cells

CELLS = cells()
ENOUGH = 0.8


@pytest.fixture(scope="module")
def addresses():
    """Every address in the register: `KIND/IDENTIFIER`, and `series/IDENTIFIER#EDITION`."""
    found = set()
    for item in read_register():
        found.add(f"{item.kind}/{item.identifier}")
        if isinstance(item.content, Series):
            found |= {f"series/{item.identifier}#{edition.name}" for edition in item.content.editions}
    return found


def test_twelve_cells_have_three_lists_five_a_fourth_four_a_fifth_three_a_sixth_and_one_a_seventh():
    named = [{cell.name for cell in CELLS if cell.list_number == number} for number in range(1, 8)]
    assert [len(names) for names in named] == [12, 12, 12, 5, 4, 3, 1]
    assert named[0] == named[1] == named[2] >= named[3] >= named[4] >= named[5] >= named[6]
    assert register_folder().is_dir()


@pytest.mark.parametrize("number", [4, 5, 6, 7])
def test_the_later_lists_are_those_of_the_cells_that_fell_short_before(number):
    short = {cell.name for cell in CELLS if cell.list_number == number - 1 and cell.recall < ENOUGH}
    assert {cell.name for cell in CELLS if cell.list_number == number} == short


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: f"{cell.name}-{cell.list_number}")
def test_what_was_found_was_not_filled_and_what_was_dropped_says_why(cell):
    for item in cell.items:
        assert not (item["found"] != NONE and item.get("filled")), item
        assert item.get("dropped", "a reason"), item


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: f"{cell.name}-{cell.list_number}")
def test_every_thing_of_a_list_has_a_page_and_every_address_leads_to_a_record(cell, addresses):
    for item in cell.items:
        assert {"what", "date", "publisher", "title", "url", "found"} <= item.keys(), item
        assert re.fullmatch(r"\d{4}(-\d\d){0,2}", item["date"]), item
        assert item["url"].startswith("http"), item
        assert item["found"] is not None, item
    assert [address for address in cell.addresses() if address not in addresses] == []
    assert len({(item["what"], item["date"]) for item in cell.items}) == len(cell.items)


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: f"{cell.name}-{cell.list_number}")
def test_what_a_list_showed_to_be_missing_is_there_now(cell):
    left = [item["what"] for item in cell.counted if item["found"] == NONE and not item.get("filled")]
    assert len(left) <= max(1, 0.05 * len(cell.counted)), left
