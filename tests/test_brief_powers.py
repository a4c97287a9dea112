"""Two powers side by side: acts that ran on, texts with when they were checked, changes of access, claims and maps."""

from __future__ import annotations

from datetime import date

import pytest

from brief_samples import TODAY, MemoryStore, agreement, covered, engagement, together
from comity.brief.blocks import Map, Table
from comity.brief.comparison_judgements import sentences
from comity.brief.sections.access import access
from comity.brief.sections.mapped import on_the_map
from comity.brief.sections.side_by_side import side_by_side
from comity.brief.sections.territory import territorial_claims
from comity.brief.sides import acts_with, running
from comity.brief.subject import Subject
from comity.record import SOURCE as REGISTER

LISTS = {REGISTER: (covered(("agreement", "exercise", "territorial_claim"), "positive_only", 1945, 2026),)}
FIRST = TODAY.year - 9  # of the window


def powers(*rows):
    store = MemoryStore(together(*rows), LISTS)
    given = {"store": store, "kind": "comparison", "title": "", "as_of": TODAY, "region": "hills"}
    return Subject(states=("USA", "CHN"), partners=("PHL", "VNM", "MYS"), **given)


def operation(name, start, end, **more):
    more |= {"instrument": "operation", "end_date": end, "end_precision": "day"}
    return engagement(name, start, ("USA", "PHL"), **more)


def change(by, of, day):
    row = {"item": f"base {day}", "core_table": "presence", "date": day, "precision": "day", "change_kind": "ended"}
    row |= {"access_kind": "basing", "by_kind": "state", "by_party": by, "of_parties": [of], "reason": "r"}
    return {"access_change": [row | {"source": REGISTER, "verification": "secondary"}]}


def claim(area, party, regions):
    row = {"claim": area, "place": area, "name": area, "party_kind": "state", "party": party, "role": "claimant"}
    row |= {"known_until": TODAY, "source": REGISTER, "verification": "secondary", "regions": regions}
    return {"territorial_claim": [row]}


@pytest.mark.parametrize(
    ("start", "end", "counts"),
    [(FIRST - 3, FIRST + 1, 1), (FIRST - 3, FIRST - 1, 0), (FIRST + 1, FIRST + 2, 1)],
)
def test_an_act_counts_in_the_years_it_ran(start, end, counts):
    subject = powers(operation("watch", date(start, 2, 2), date(end, 2, 2)))
    acts = acts_with(subject, "USA")
    assert len(acts) == counts
    assert [bool(running(subject, acts, year, year)) for year in range(FIRST, FIRST + 4)] == [
        bool(counts) and start <= year <= end for year in range(FIRST, FIRST + 4)
    ]


def test_an_act_that_goes_on_runs_to_the_day_of_the_brief():
    subject = powers(operation("watch", date(FIRST - 5, 2, 2), None, status="ongoing", end_precision=None))
    assert running(subject, acts_with(subject, "USA"), TODAY.year, TODAY.year)


def test_a_text_is_told_with_the_year_it_was_last_checked():
    old = {"agreement_kind": "access", "start_date": date(1970, 1, 1), "known_until": date(2018, 12, 31)}
    subject = powers(
        agreement("old bases", ("USA", "PHL"), **old),
        agreement("new bases", ("USA", "VNM"), **(old | {"known_until": TODAY})),
    )
    said = " ".join(sentence.text for sentence in sentences(subject))
    assert "in force when last checked, in the year in brackets" in said
    assert "the United States has one with the Philippines (2018) and Vietnam; China has one with none of them" in said
    by_state = next(block for block in side_by_side(subject) if block.title == "State by state")
    assert {row.cells[0]: row.cells[3] for row in by_state.rows}["Philippines"] == "Access (2018)"


def test_changes_of_access_between_a_power_and_the_region_are_told():
    day = date(2024, 3, 3)
    subject = powers(
        engagement("games", date(2024, 5, 5), ("USA", "PHL")),
        *(change(*parties, day) for parties in (("PHL", "USA"), ("USA", "CHN"), ("PHL", "JPN"))),
    )
    (table,) = access(subject)
    assert len(table.rows) == 1, "neither between the powers nor of a third"
    rows = {row.cells[0]: row.cells[1:] for row in side_by_side(subject)[0].rows}
    assert rows["Access refused, lost or given back"] == (1, None)
    said = " ".join(sentence.text for sentence in sentences(subject))
    assert "the United States is in 1 (ended 1); China is in none." in said


def test_the_claims_are_those_of_the_region():
    subject = powers(claim("the ridge", "PHL", ["hills"]), claim("the fjord", "NOR", ["north"]))
    tables = [block for block in territorial_claims(subject) if isinstance(block, Table)]
    assert [row.cells[0] for table in tables for row in table.rows] == ["the ridge"]


def test_the_map_shows_the_region_once_for_each_power():
    games = [engagement(f"games {year}", date(year, 5, 5), ("USA", "PHL", "JPN")) for year in range(2018, 2024)]
    (drawn,) = on_the_map(powers(*games, engagement("talks", date(2024, 5, 5), ("CHN", "VNM"))))
    assert isinstance(drawn, Map)
    assert [panel.title for panel in drawn.panels] == ["United States", "China"]
    assert [[shade.state for shade in panel.shades] for panel in drawn.panels] == [["PHL"], ["VNM"]]
    assert drawn.frame[2] - drawn.frame[0] < 60, "the region, not the globe"
