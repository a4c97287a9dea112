"""Numbers that say less than they seem to: zeros of rounded lists, shares at odds, sums that leave the wars out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from brief_body_samples import asked, body, joined, said, table
from brief_samples import TODAY, MemoryStore, engagement, incident, register_rows, together
from comity.brief import Chart
from comity.brief.blocks import Count
from comity.brief.body_burden import burden
from comity.brief.finding import Asked, read_subject
from comity.brief.markdown import _chart
from comity.brief.sections.capability import capability
from comity.brief.sections.membership import members
from comity.brief.tense import tense_pairs, told_of


def told(code, fact, value, year=2022, source="numbers"):
    return {
        "item": f"{code} {fact} {year}",
        "state": code,
        "fact": fact,
        "value": value,
        "year": year,
        "source": source,
    }


def pair_of(*facts):
    return read_subject(
        MemoryStore(together({"state_year_fact": list(facts)})), ("ISL", "IRL"), Asked(None, None, TODAY)
    )


def shares(budget, year=2022):
    product = told("ISL", "military_expenditure_gdp_share", 0.02)
    return product, told("ISL", "military_expenditure_government_share", budget, year)


@pytest.mark.parametrize(("facts", "cell"), [(shares(0.5), None), (shares(0.1), "10.0%"), (shares(0.5, 2021), "50.0%")])
def test_two_shares_that_cannot_both_be_of_the_whole_government_are_not_told_side_by_side(facts, cell):
    (made,) = capability(pair_of(*facts, told("IRL", "military_expenditure_government_share", 0.03)))
    row = next(row for row in made.rows if row.cells[0] == "Spending, share of government spending")
    assert row.cells[1] == cell
    assert ("Left out is 50.0% of government spending for Iceland in 2022: with 2.0%" in made.note) == (cell is None)
    assert made.basis.bears(made.note)


@pytest.mark.parametrize(("spent", "cell"), [(0.01, "under 1,000"), (None, "none, or under 1,000")])
def test_a_zero_of_a_list_in_thousands_is_not_told_as_none(spent, cell):
    facts = [told("ISL", "military_personnel_count", 0.0), told("ISL", "population_count", 400_000.0)]
    facts += [told("ISL", "military_expenditure_gdp_share", spent)] if spent else []
    (made,) = capability(pair_of(*facts, told("IRL", "military_personnel_count", 8000.0)))
    assert next(row for row in made.rows if row.cells[0] == "Soldiers").cells[1:4] == (cell, "2022", 8000)
    assert made.basis.bears(cell)
    (made,) = burden(asked(body(), joined(("ISL", 2001, None)), {"state_year_fact": facts}))
    assert made.rows[0].cells[3] == f"{cell} in all"
    assert made.basis.bears(cell)


def war(name, parties, day, **more):
    more = {"incident_kind": "armed_conflict", "end_date": day, "end_precision": "day"} | more
    return incident(name, day, parties, **more)


def test_the_dead_of_other_acts_are_no_sum_of_a_pair_whose_war_nobody_numbered():
    strike = incident("a strike", date(2024, 4, 1), ("IRL:actor", "ISL:affected"), killed_count=21)
    parts = (
        war("counted", ("NOR:actor", "FIN:affected"), date(2022, 9, 14), killed_count=284),
        war("not counted", ("IRL:actor", "ISL:affected"), date(2025, 6, 24)),
        strike,
    )
    store = MemoryStore(together(register_rows() | {"incident": [], "incident_party": []}, *parts))
    found, basis = tense_pairs(read_subject(store, ("world",), Asked(None, None, TODAY)))
    # The one that nobody numbered is later, and so stands before the one of 284.
    assert [(row["state_b"], row["killed_count"], row["killed_at_least"]) for row in found] == [
        ("ISL", None, 21),
        ("NOR", 284, None),
    ]
    words = told_of(found[0])
    assert "21 people reported killed in acts told one by one, while no list numbers the dead of its wars" in words
    assert basis.bears(words)


def test_members_stand_by_name_and_years_without_a_change_are_left_out():
    many = joined(("DEU", 2001, None), ("CZE", 2001, None), ("CHE", 2001, None), ("GBR", 2020, None))
    blocks = members(asked(body(start_date=date(2001, 6, 1)), many))
    assert [row.cells[0] for row in table(blocks, "Who belongs").rows] == [
        *("Czechia", "Germany", "Switzerland", "United Kingdom"),
    ]
    (chart,) = (block for block in blocks if isinstance(block, Chart))
    lines = _chart(chart).splitlines()
    assert lines == [
        *("| Year | Members |", "| --- | --- |", "| 2001 | 3 |", "| 2020 | 4 |", "| 2026 | 4 |"),
        *("", "Years in which nothing changed are left out."),
    ]
    flow = replace(chart, is_stock=False, counts=(Count(2001, "member", 3),), complete=frozenset())
    assert "| 2002 | – | – |" in _chart(flow)


def test_with_whom_a_body_acted_is_told():
    done = [engagement(f"talk {n}", date(2021, 1, 1 + n), ("club", "NZL"), instrument="dialogue") for n in range(4)]
    text = said(asked(body(), joined(("ISL", 2001, None), ("IRL", 2001, None)), *done))
    assert "all of the kind dialogue; of states outside it most often with New Zealand (4)." in text
