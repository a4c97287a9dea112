"""Text in Arrow told from its bytes: the same as what Arrow itself says of it."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.panel.letters import bytes_of, codes_among, numbered

STATES = ("PHL", "USA", "JPN", "CHN", "FRA")
CODES = st.sampled_from([*STATES, "XXX", "AAA", "ZZZ"])
WORDS = st.sampled_from(["", "cow", "dcad", "register", "é", "zz", "comity"])
ABOVE = 16  # more different texts than are told apart here


def cut(texts: list[str], before: int) -> pa.Array:
    """An array that begins in the middle of another, as a batch of a long answer does."""
    return pa.array(["before"] * before + texts, pa.string())[before:]


@given(codes=st.lists(CODES, min_size=1, max_size=60), before=st.integers(0, 3))
def test_codes_stand_where_arrow_finds_them(codes, before):
    expected = pc.fill_null(pc.index_in(pa.array(codes), value_set=pa.array(STATES)), -1).to_pylist()
    assert codes_among(cut(codes, before), STATES).tolist() == expected


@pytest.mark.parametrize("codes", [["usa"], ["US"], ["USA", "US"], ["USA", None], [], ["US1"], ["ÉA"], ["[[["]])
def test_codes_that_are_not_three_capital_letters_are_left_to_arrow(codes):
    assert codes_among(pa.array(codes, pa.string()), STATES) is None


def test_states_that_are_no_such_codes_are_never_found():
    assert codes_among(pa.array(["USA", "usa".upper()]), (2, "us", "USAX", "usa")).tolist() == [-1, -1]


@given(texts=st.lists(WORDS, min_size=1, max_size=60), before=st.integers(0, 3))
def test_names_are_numbered_as_arrow_numbers_them(texts, before):
    expected = pc.dictionary_encode(pa.array(texts))
    names, numbers = numbered(cut(texts, before))
    assert list(names) == expected.dictionary.to_pylist()
    assert numbers.tolist() == expected.indices.to_pylist()


@pytest.mark.parametrize("texts", [[], ["cow", None], [f"source {number}" for number in range(ABOVE + 1)]])
def test_what_is_null_or_too_various_is_left_to_arrow(texts):
    assert numbered(pa.array(texts, pa.string())) is None


@given(texts=st.lists(st.text(max_size=4), max_size=20), before=st.integers(0, 3))
def test_bytes_are_those_of_texts_of_one_width(texts, before):
    widths = {len(text.encode()) for text in texts}
    found = bytes_of(cut(texts, before))
    if len(widths) == 1 and widths != {0}:
        assert [row.tobytes().decode() for row in found] == texts
    else:
        assert found is None
