"""Assistance by fiscal year, and who has an embassy where."""

from __future__ import annotations

import numpy as np
import pytest

from comity.panel import panel
from comity.panel.measures.assistance import assistance_disbursements_usd, assistance_obligations_usd
from comity.panel.measures.contact import (
    embassy_abroad_count,
    embassy_hosted_count,
    has_diplomatic_contact,
    has_mutual_diplomatic_contact,
)
from comity.store import open_store
from engagement_samples import told
from panel_samples import Sample
from strategies import write_sources


def fact(name, pair, year, value, item=""):
    from_state, to_state = pair
    return {"fact": name, "from_state": from_state, "to_state": to_state, "year": year, "item": item, "value": value}


def test_the_quarter_between_two_fiscal_years_counts_in_the_earlier(tmp_path_factory):
    rows = [
        fact("assistance_obligations_usd", ("USA", "PHL"), 1976, 800.0),
        fact("assistance_obligations_usd", ("USA", "PHL"), 1976, 90.0, "transition quarter"),
        # A negative amount takes back an earlier one and is no error.
        fact("assistance_obligations_usd", ("USA", "JPN"), 1977, -5.0),
        fact("assistance_disbursements_usd", ("USA", "PHL"), 2001, 7.0),
    ]
    obligations, disbursements = told(
        tmp_path_factory,
        [Sample("alpha", (), {"dyad_year_fact": rows})],
        *(assistance_obligations_usd, assistance_disbursements_usd),
    )
    assert obligations == {("USA", "PHL", 1976, "alpha"): 890, ("USA", "JPN", 1977, "alpha"): -5}
    assert disbursements == {("USA", "PHL", 2001, "alpha"): 7}


CONTACTS = Sample(
    "alpha",
    (),
    {
        "dyad_year_fact": [
            fact("diplomatic_contact", ("USA", "JPN"), 1995, 1.0),
            fact("diplomatic_contact", ("JPN", "USA"), 1995, 1.0),
            fact("diplomatic_contact", ("USA", "FRA"), 1995, 1.0),
            fact("diplomatic_contact", ("FRA", "USA"), 1995, 0.0),
            fact("diplomatic_contact", ("JPN", "FRA"), 1995, 0.0),
        ]
    },
)


def test_a_zero_is_the_sources_own_and_a_missing_state_is_unknown(tmp_path_factory):
    contact, abroad, hosted = told(
        tmp_path_factory, [CONTACTS], has_diplomatic_contact, embassy_abroad_count, embassy_hosted_count
    )
    assert contact["FRA", "USA", 1995, "alpha"] == 0
    assert ("FRA", "JPN", 1995, "alpha") not in contact
    assert abroad == {("USA", 1995, "alpha"): 2, ("JPN", 1995, "alpha"): 1, ("FRA", 1995, "alpha"): 0}
    assert hosted == {("USA", 1995, "alpha"): 1, ("JPN", 1995, "alpha"): 1, ("FRA", 1995, "alpha"): 1}


def test_contact_is_mutual_where_both_sides_are_known(tmp_path):
    write_sources(tmp_path / "store", CONTACTS.loaded())
    with open_store(tmp_path / "store") as store:
        made = panel(store, "dyad_year", years=(1995, 1996), states=("FRA", "JPN", "USA"))
        made.add("has_mutual_diplomatic_contact")
        rows = made.to_arrow().to_pylist()
    found = {
        (row["state_a"], row["state_b"]): row["has_mutual_diplomatic_contact"]
        for row in rows
        if row["year"] == 1995 and {row["state_a"], row["state_b"]} <= {"FRA", "JPN", "USA"}
    }
    assert found == {("JPN", "USA"): True, ("FRA", "USA"): False, ("FRA", "JPN"): None}
    assert all(row["has_mutual_diplomatic_contact"] is None for row in rows if row["year"] == 1996)


@pytest.mark.parametrize(("there", "back", "expected"), [(1, 1, 1), (1, 0, 0), (0, 0, 0), (0, np.nan, np.nan)])
def test_mutual_contact_is_the_same_from_either_side(there, back, expected):
    for one, other in ((there, back), (back, there)):
        found = has_mutual_diplomatic_contact(np.array([one], dtype=float), np.array([other], dtype=float))
        assert np.array_equal(found, [expected], equal_nan=True)
