"""Measures of defense agreements against the same in plain loops, and on cases that can be checked by eye."""

from __future__ import annotations

import tempfile
from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.panel import find_measure, spine
from comity.panel.measures.agreement import agreement_stock, framework_agreement_stock
from comity.store import open_store
from panel_samples import Sample
from strategies import write_sources

CATEGORIES = {
    "framework_agreement_count": "dca",
    "defense_industry_agreement_count": "dic",
    "training_agreement_count": "trex",
    "procurement_agreement_count": "procurement",
    "research_agreement_count": "research",
    "commission_agreement_count": "commission",
}
KNOWN_UNTIL = date(1999, 12, 31)


def text(name, signed, categories=(), kind="equipment"):
    """One agreement signed in the middle of a year."""
    return {
        "agreement": name,
        "agreement_kind": kind,
        "categories": list(categories),
        "status": "unknown",
        "signed_date": signed and date(signed, 6, 1),
        "known_until": KNOWN_UNTIL,
        "verification": "secondary",
    }


def signatory(name, party, start=None, end=None):
    """One party; years stand for their first and last days."""
    return {
        "agreement": name,
        "party_kind": "state",
        "party": party,
        "role": "signatory",
        "start_date": start and date(start, 1, 1),
        "end_date": end and date(end, 12, 31),
        "known_until": KNOWN_UNTIL,
    }


def facts(name, texts, parties):
    """What the text of a measure lists in a new store of one source, by key without the source."""
    tables = {"agreement": texts, "agreement_party": parties}
    with tempfile.TemporaryDirectory() as place:
        write_sources(Path(place) / "store", Sample("alpha", (), tables).loaded())
        with open_store(Path(place) / "store") as store:
            rows = store.ask(find_measure("dyad_year", name).sql).to_pylist()
    keys = [(row["state_a"], row["state_b"], row["year"]) for row in rows]
    assert len(set(keys)) == len(keys), "one row per key"
    return dict(zip(keys, (row["value"] for row in rows), strict=True))


drawn_texts = st.lists(
    st.tuples(
        st.sampled_from((("FRA", "JPN"), ("JPN", "USA"), ("FRA", "JPN", "USA"))),
        st.none() | st.integers(1990, 1992),
        st.sets(st.sampled_from(sorted(CATEGORIES.values())), max_size=3).map(sorted),
        st.sampled_from(("alliance", "framework", "equipment")),
    ),
    max_size=8,
)


@settings(max_examples=25)
@given(drawn=drawn_texts, name=st.sampled_from(("agreement_count", *CATEGORIES)))
def test_agreements_are_counted_in_each_of_their_categories(drawn, name):
    texts = [text(str(number), *rest) for number, (_, *rest) in enumerate(drawn)]
    parties = [signatory(str(number), party) for number, (states, *_) in enumerate(drawn) for party in states]
    wanted = Counter()
    for states, signed, categories, kind in drawn:
        general = name == "framework_agreement_count" and kind == "framework" and not categories
        counts = name == "agreement_count" or CATEGORIES[name] in categories or general
        if len(states) == 2 and signed and kind != "alliance" and counts:
            wanted[(*states, signed)] += 1
    assert facts(name, texts, parties) == wanted


# Stocks.

HISTORY = spine("dyad_year", "cow", (1988, 1996))
HISTORY = HISTORY.keep(np.isin(HISTORY.state_a, range(3)) & np.isin(HISTORY.state_b, range(4)))
counts = st.lists(
    st.sampled_from((0.0, 0.0, 1.0, 2.0, np.nan)), min_size=len(HISTORY), max_size=len(HISTORY)
).map(np.array)  # fmt: skip


def looped_stock(signed, rows):
    """The stock of each row, one by one."""
    covered = [year for year, count in zip(rows.year, signed, strict=True) if count == 0]
    found = []
    for a, b, year in zip(rows.state_a, rows.state_b, rows.year, strict=True):
        past = [
            count
            for a_then, b_then, then, count in zip(rows.state_a, rows.state_b, rows.year, signed, strict=True)
            if (a_then, b_then) == (a, b) and then <= year and covered and then >= min(covered)
        ]
        found.append(sum(past) if past else np.nan)
    return found


@given(signed=counts)
def test_stocks_are_as_in_plain_loops(signed):
    np.testing.assert_equal(agreement_stock(signed, HISTORY), looped_stock(signed, HISTORY))


def test_a_stock_begins_with_the_years_that_are_covered():
    """What the register lists before 1980 says nothing of what else was signed then."""
    rows = HISTORY.keep((HISTORY.state_a == 0) & (HISTORY.state_b == 1))
    assert len(rows) == 9
    signed = np.array([np.nan, 1, np.nan, 0, 2, 0, 1, np.nan, 1])
    for stock in (agreement_stock, framework_agreement_stock):
        np.testing.assert_equal(stock(signed, rows), [np.nan] * 3 + [0, 2, 2, 3] + [np.nan] * 2)
        np.testing.assert_equal(stock(np.full(9, np.nan), rows), np.full(9, np.nan))


# In force.


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        (1990, 1992, range(1990, 1993)),
        (1997, None, range(1997, 2000)),  # open: in force as long as it is known to be
        (None, 1992, ()),  # half of the agreements have no known entry into force
        (None, None, ()),
        (2001, None, ()),  # enters into force beyond the horizon
    ],
)
def test_a_framework_agreement_holds_where_its_dates_are_known(start, end, years):
    texts = [text("1", 1989, ["trex", "dca"]), text("2", 1989, ["trex"])]
    parties = [signatory("1", party, start, end) for party in ("FRA", "JPN")]
    parties += [signatory("2", party, 1980, 1999) for party in ("FRA", "JPN")]
    assert facts("has_framework_agreement", texts, parties) == {("FRA", "JPN", year): 1 for year in years}


def test_two_framework_agreements_at_once_are_one_answer():
    texts = [text(name, 1989, ["dca"]) for name in "12"] + [text("3", 1989, kind="framework")]
    parties = [signatory(name, party, 1990, 1991) for name in "12" for party in ("FRA", "JPN")]
    parties += [signatory("3", party, 1991, 1992) for party in ("FRA", "JPN")]
    wanted = {("FRA", "JPN", year): 1 for year in (1990, 1991, 1992)}
    assert facts("has_framework_agreement", texts, parties) == wanted


def test_one_side_without_a_date_leaves_it_unknown():
    texts = [text("1", 1989, ["dca"])]
    parties = [signatory("1", "FRA", 1990, 1991), signatory("1", "JPN", None, 1991)]
    assert facts("has_framework_agreement", texts, parties) == {}


def test_an_alliance_is_no_defense_agreement():
    texts = [text("1", 1990, ["dca"], kind="alliance")]
    parties = [signatory("1", "FRA", 1990), signatory("1", "JPN", 1990)]
    for name in ("agreement_count", "framework_agreement_count", "has_framework_agreement"):
        assert facts(name, texts, parties) == {}
