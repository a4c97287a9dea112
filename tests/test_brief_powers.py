"""Two powers side by side: acts that ran on, texts with when they were checked, changes of access, claims and maps."""

from __future__ import annotations

from datetime import date

import pytest

from brief_samples import TODAY, MemoryStore, agreement, covered, engagement, together
from comity.brief.blocks import Chart, Map, Table
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


def change(by, of, day, **more):
    row = {"item": f"base {day}", "core_table": "presence", "date": day, "precision": "day", "change_kind": "ended"}
    row |= {"access_kind": "basing", "by_kind": "state", "by_party": by, "of_parties": [of], "reason": "r"}
    row |= more
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
    assert rows["Its access refused or cut there"] == (1, None)
    assert "Theirs refused or cut by it" not in rows
    said = " ".join(sentence.text for sentence in sentences(subject))
    assert (
        f"listed for {FIRST}–{TODAY.year}, the Philippines (2024) ended access of the United States; none is of China."
        in said
    )


def test_who_took_access_from_whom_is_told_with_the_years():
    subject = powers(
        engagement("games", date(2024, 5, 5), ("USA", "PHL")),
        change("PHL", "USA", date(1992, 3, 3)),  # before the years of the brief
        change("PHL", "USA", date(FIRST + 1, 3, 3)),
        change("PHL", "USA", date(2020, 3, 3), change_kind="suspended"),
        change("PHL", "USA", date(2021, 3, 3), change_kind="restored"),
        change("USA", "VNM", date(FIRST + 2, 3, 3), change_kind="refused"),
    )
    said = " ".join(sentence.text for sentence in sentences(subject))
    span = f"{FIRST}–{TODAY.year}"
    assert f"for {span}, the Philippines ({FIRST + 1} and 2020) suspended or ended access of the United" in said
    assert "1992" not in said, "a change before the years that are told of"
    assert "the Philippines (2021) gave the United States some back" in said
    assert f"the United States refused that of Vietnam ({FIRST + 2}); none is of China." in said
    rows = {row.cells[0]: row.cells[1] for row in side_by_side(subject)[0].rows}
    assert {name: value for name, value in rows.items() if "by it" in name or "there" in name} == {
        "Its access refused or cut there": 2,
        "Its access given back there": 1,
        "Theirs refused or cut by it": 1,
    }


def test_forces_there_come_first_and_count_as_a_tie():
    def force(owner, place, day):
        row = {"presence": f"{owner}-{place}", "name": f"Base {owner}", "from_state": owner, "to_state": place}
        row |= {"start_date": date(2019, 1, 1), "known_until": day, "verification": "primary"}
        return {"presence": [row]}

    subject = powers(
        engagement("games", date(2024, 5, 5), ("USA", "PHL")),
        force("CHN", "VNM", date(2023, 1, 1)),
        force("CHN", "VNM", date(2019, 2, 2)),
        force("USA", "PHL", TODAY),
        force("USA", "JPN", TODAY),
    )
    first, *_ = sentences(subject)
    assert first.text == (
        "Forces or bases of the United States are listed as standing in 1 of them: the Philippines; those of China are "
        "listed as standing in 1 of them: Vietnam (2023); the year in brackets is that of the last check."
    )
    by_state = {row.cells[0]: row.cells for row in side_by_side(subject)[-1].rows}
    assert "Forces there (2023)" in by_state["Vietnam"]


def test_a_site_of_a_list_without_days_is_never_told_as_standing():
    def listed(place, **more):
        row = {"presence": f"lab {place}", "name": f"Lab {place}", "from_state": "USA", "to_state": place}
        row |= {"known_until": date(2018, 12, 31), "verification": "secondary", "source": "list"}
        return {"presence": [row | more]}

    subject = powers(
        engagement("games", date(2024, 5, 5), ("USA", "PHL")),
        listed("VNM"),
        listed("MYS"),
        listed("PHL", start_date=date(2019, 1, 1), known_until=TODAY, source=REGISTER, name="Harbor"),
    )
    first, *_ = sentences(subject)
    assert first.text == (
        "Forces or bases of the United States are listed as standing in 1 of them: the Philippines; those of China are "
        "listed as standing in none of them. A list without days, last edited in 2018, names sites of the United "
        "States in 2 more; whether they stand is not known."
    )
    assert first.basis.bears(first.text)
    both, *_, by_state = side_by_side(subject)
    rows = {row.cells[0]: row.cells[1:] for row in both.rows}
    assert rows["Forces and bases standing when last checked"] == (1, None)
    assert rows["Sites that only a list without days names, last edited in 2018"] == (2, None)
    assert both.basis.bears(" ".join(rows))
    assert {row.cells[0]: row.cells[3] for row in by_state.rows}["Malaysia"] is None


@pytest.mark.parametrize("lists", [(REGISTER,), (REGISTER, "tally")])
def test_an_act_of_both_counts_once_in_the_chart(lists):
    day = date(2024, 5, 5)
    acts = [("USA", "PHL"), ("USA", "VNM"), ("CHN", "VNM"), ("USA", "CHN", "MYS")]
    subject = powers(
        *(engagement(f"{source} {n}", day, parties, source=source) for source in lists
          for n, parties in enumerate(acts))
    )  # fmt: skip
    chart = next(block for block in side_by_side(subject) if isinstance(block, Chart))
    assert {count.category: count.count for count in chart.counts} == {
        "United States alone": 2,
        "China alone": 1,
        "both": 1,
    }
    assert chart.total(2024) == len(acts)


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
