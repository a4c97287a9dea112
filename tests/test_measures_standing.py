"""Votes in the General Assembly: what states cast, and how often two voted alike."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.panel import panel
from comity.panel.measures.standing import vote_agreement_share
from engagement_samples import told
from fact_samples import cells, mirror_panel, one_source, opened, pair_facts, state_facts
from panel_samples import Sample

few = settings(max_examples=20)  # each makes a whole store
STATES = ("FRA", "IND", "JPN", "USA")


@few
@given(
    st.dictionaries(
        st.tuples(st.sampled_from(STATES), st.sampled_from(("IND", "USA")), st.sampled_from((1990, 1991))).filter(
            lambda key: key[0] != key[1]
        ),
        st.sampled_from((0.0, 0.25, 1.0)),
    )
)
def test_a_share_belongs_to_both_states_whoever_is_compared_with_whom(tmp_path_factory, given_shares):
    sample = Sample("alpha", (), {"dyad_year_fact": pair_facts("vote_agreement_share", given_shares)})
    [found] = told(tmp_path_factory, [sample], vote_agreement_share)
    expected: dict[tuple[str, str, int, str], float] = {}
    for (one, other, year), share in given_shares.items():
        key = (min(one, other), max(one, other), year, "alpha")
        expected[key] = max(share, expected.get(key, share))
    assert found == expected


def test_votes_nobody_lists_are_unknown(tmp_path):
    tables = {
        "state_year_fact": state_facts("vote_count", {("FRA", 1990): 80}),
        "dyad_year_fact": pair_facts("vote_agreement_share", {("FRA", "USA", 1990): 0.5, ("JPN", "USA", 1990): 0.0}),
    }
    with opened(tmp_path, one_source(tables)) as store:
        counts = cells(panel(store, "state_year", years=(1990, 1990)).add("vote_count"), "vote_count")
        shares = cells(
            panel(store, "dyad_year", years=(1990, 1990)).add("vote_agreement_share"), "vote_agreement_share"
        )
    assert (counts["FRA", 1990], counts["USA", 1990]) == (80, None)
    assert shares["FRA", "USA", 1990] == pytest.approx(0.5)
    assert (shares["JPN", "USA", 1990], shares["FRA", "JPN", 1990]) == (0, None)


@pytest.mark.mirror
def test_the_published_votes(tmp_path):
    with mirror_panel(tmp_path, ("un_ideal_points",), "dyad_year") as made:
        shares = {key: share for key, share in cells(made.add("vote_agreement_share"), "vote_agreement_share").items()
                  if share is not None}  # fmt: skip
    six = {"BRA", "CHN", "IND", "ISR", "RUS", "USA"}
    assert all({one, other} & six and 0 <= share <= 1 for (one, other, _), share in shares.items())
    # In the session of 1971 the United States and the China just seated agreed in 12 of 47 votes.
    assert shares["CHN", "USA", 1971] == pytest.approx(12 / 47, abs=1e-6)
