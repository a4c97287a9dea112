"""Facts read in one go are those read one by one, whatever their order and sources; codes may be words or numbers."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.panel import panel
from comity.panel.spines import Index
from comity.panel.systems import Span
from fact_samples import one_source, pair_facts
from panel_samples import opened

MEASURES = ("war", "war_onset", "dispute_ongoing", "dispute_onset", "mid_ongoing", "conflict_troop_support")
FACTS = ("war", "war_onset", "dispute_ongoing", "dispute_onset", "mid_ongoing")
keys = st.tuples(st.just("BEL"), st.sampled_from(["NLD", "FRA"]), st.integers(1989, 1992))
listed = st.dictionaries(st.sampled_from(FACTS), st.dictionaries(keys, st.sampled_from([0.0, 1.0])), max_size=4)


@settings(max_examples=15)
@given(one=listed, other=listed)
def test_facts_read_together_are_those_read_alone(tmp_path_factory, one, other):
    """Rows of two sources lie in one table, so the facts of a listing do not come one after the other."""
    sources = []
    for name, told in (("alpha", one), ("longer_name", other)):
        rows = [row for fact, cells in told.items() for row in pair_facts(fact, cells)]
        sources.append(one_source({"dyad_year_fact": rows}, name=name))
    with opened(tmp_path_factory, sources) as store:
        together = panel(store, "dyad_year", years=(1990, 1991), states=("BEL",)).add(*MEASURES)
        alone = panel(store, "dyad_year", years=(1990, 1991), states=("BEL",))
        for name in MEASURES:
            alone.add(name)
        for name, column in together.columns.items():
            np.testing.assert_array_equal(together[name], alone[name], err_msg=name)
            assert column.filled.sources == alone.columns[name].filled.sources


@given(st.sets(st.integers(1, 50), min_size=1), st.lists(st.integers(-5, 1000) | st.none()))
def test_codes_that_are_numbers_are_found_like_words(states, codes):
    """Unknown, too large, negative and missing codes are of no state."""
    index = Index(tuple(sorted(states)), Span(1990, 1990))
    place = {state: number for number, state in enumerate(sorted(states))}
    expected = [place.get(code, -1) for code in codes]
    assert index.state_numbers(pa.array(codes, type=pa.int32())).tolist() == expected
    assert index.state_numbers(codes).tolist() == expected
    words = Index(tuple(f"{state:02}" for state in sorted(states)), index.span)
    spelled = pa.array([None if code is None else f"{code:02}" for code in codes], type=pa.string())
    assert words.state_numbers(spelled).tolist() == expected


@pytest.mark.parametrize("states", [(2, 20, 200), ("BEL", "FRA", "NLD")])
def test_numbers_of_states_are_told_as_their_codes(states):
    numbers = np.array([2, 0, 0, 1], dtype=np.int32)
    assert Index(states, Span(1990, 1990)).codes(numbers).to_pylist() == [states[each] for each in numbers.tolist()]
