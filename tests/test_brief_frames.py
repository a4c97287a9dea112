"""What the frame of a map is worked out of: the extents of states, and the share of points that may lie outside."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_samples import TODAY
from brief_subject_samples import write_subjects
from comity.brief.evidence import book
from comity.brief.facts import agreements, either, incidents
from comity.brief.finding import Asked, read_subject
from comity.brief.mapping import _quantile
from comity.store import open_store
from comity.vocab.geometry.extents import extents, extents_of
from comity.vocab.geometry.outlines import world


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    with open_store(write_subjects(tmp_path_factory.mktemp("sample") / "store")) as store:
        yield store


def test_the_extents_are_those_of_the_outlines():
    assert extents() == extents_of(world())


@pytest.mark.parametrize(("code", "pieces"), [("JPN", 2), ("ISL", 1), ("NZL", 2), ("USA", 1)])
def test_a_mainland_is_what_lies_together(code, pieces):
    held = extents()[code]
    assert len(held.mainland) == pieces
    assert any(
        west <= x <= east and south <= y <= north for x, y in held.marks for west, south, east, north in held.mainland
    )


@given(
    values=st.lists(st.floats(-400, 400), min_size=1, max_size=80), share=st.sampled_from([0.0, 0.08, 0.5, 0.92, 1.0])
)
def test_a_quantile_is_numpys_to_the_last_bit(values, share):
    assert _quantile(values, share) == float(np.quantile(values, share))


@pytest.mark.parametrize("about", [agreements, incidents])
@pytest.mark.parametrize("words", [("IRL", "ISL"), ("ISL", "NZL"), ("IRL", "NZL"), ("FIN", "ISL")])
def test_the_facts_of_a_pair_are_those_its_own_question_finds(sample, about, words):
    subject = read_subject(sample, words, Asked(None, None, TODAY))
    found = about(subject)
    assert all(fact.states.issuperset(words) for fact in found)
    for fact in found:
        rows = sample.rows(fact.query.text, dict(fact.query.parameters))
        assert fact.item in {row[fact.table] for row in rows}
        assert {row[fact.table] for row in rows} >= {each.item for each in found}


def test_what_either_did_is_asked_once(sample):
    subject = read_subject(sample, ("IRL", "ISL"), Asked(None, None, TODAY))
    assert either(subject) is either(subject)
    assert {fact.item for fact in agreements(subject)} <= {fact.item for fact in agreements(either(subject))}


def test_every_piece_of_evidence_is_found_by_its_key_kept_or_not(sample, tmp_path):
    rows = sample.rows("SELECT DISTINCT source, core_table, item, url, title FROM core.evidence")
    assert rows
    for shelf in (None, tmp_path, tmp_path):
        held = book(read_subject(sample, ("IRL", "ISL"), Asked(None, None, TODAY, shelf)))
        for row in rows:
            key = f"{row['url']} {row['title']}"
            assert key in held.of(row["source"], row["core_table"], row["item"])
            assert (held.piece(key).url, held.piece(key).title) == (row["url"], row["title"])
        assert held.piece("no such key") is None
