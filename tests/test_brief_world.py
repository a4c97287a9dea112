"""Briefs on the world: what is told first and how surely, shares in percent, marks of lists, and what changed."""

from __future__ import annotations

from datetime import date

import pytest

from brief_samples import MemoryStore, covered, engagement, together
from comity.brief import Chart, Table, systemic, world_changes, world_judgements
from comity.brief.finding import Asked, read_subject
from comity.brief.sections.since import what_changed
from comity.brief.sections.world import systemic_series, what_is_done
from comity.record import SOURCE as REGISTER

TODAY = date(2026, 6, 30)
COVERAGE = {
    REGISTER: (covered(("exercise", "visit", "dispute"), "positive_only", 1945, 2026),),
    "travels": (covered(("visit",), "positive_only", 1990, 2025),),
    "games": (covered(("exercise",), "complete", 1980, 2010),),
}


def series(name, means, values, sources=(REGISTER,), seams=()):
    horizon = max(int(year) for year, value in values.items() if value is not None)
    told = {"name": name, "means": means, "horizon": horizon, "sources": list(sources), "seams": list(seams)}
    return told | {"values": {str(year): value for year, value in values.items()}}


DISPUTES = series("dispute_onset_rate", "new disputes, in 1,000 pair-years", {1951: 9.0, 2000: 3.4, 2010: 0.96})
FOUGHT = series("interstate_conflict_ongoing_rate", "pairs in armed conflict", {1949: 2.5, 2012: 0.05, 2022: 0.16})
DEFENSE = series(
    "is_defense_ally_share", "share of pairs with a defense pact", {1951: 0.12, 2008: 0.0893, 2018: 0.0903}
)
BLOCS = [
    series("alliance_bloc_count", "blocs of alliances", {2008: 4.0, 2018: 4.0}),
    series("alliance_modularity", "how far alliances fall into blocs", {2008: 0.641, 2018: 0.644}),
]
ACTS = [
    series("listed_exercise_count", "exercises", {2009: 9, 2010: 9, 2020: 3, 2025: 4}, (REGISTER, "games"), (2011,)),
    series("listed_visit_count", "visits", {2010: 30, 2020: 24, 2024: 24, 2025: 2}, (REGISTER, "travels")),
]


@pytest.fixture
def world(monkeypatch):
    """A subject of the world with given series, which take long to work out of a store."""

    def made(*held, since=None, rows=None):
        monkeypatch.setattr(systemic, "kept", lambda *_: [dict(each) for each in held])
        visits = [
            engagement(
                f"trip {year} {month}", date(year, month, 2), ("USA", "IRL"), instrument="visit", source="travels"
            )
            for year, months in ((2024, range(1, 13)), (2025, (1, 2)))
            for month in months
        ]
        latest = engagement("late games", date(2026, 5, 5), ("USA", "IRL"))  # the day of the brief
        store = MemoryStore(together(*visits, latest, rows or {}), COVERAGE)
        return read_subject(store, ("world",), Asked(None, since, TODAY))

    return made


def said(subject):
    told = list(world_judgements.sentences(subject))
    assert all(sentence.basis.bears(sentence.text) for sentence in told)
    return [sentence for sentence in told if "claims" not in sentence.text]


def test_what_is_known_latest_stands_first_and_an_old_series_is_not_sure(world):
    subject = world(DISPUTES, DEFENSE, FOUGHT, *BLOCS)
    found = said(subject)
    places = {
        word: next(i for i, each in enumerate(found) if word in each.text) for word in ("armed", "blocs", "disputes")
    }
    assert places["armed"] < places["blocs"] < places["disputes"]
    sure = {word: found[place].confidence for word, place in places.items()}
    assert (sure["armed"], sure["disputes"]) == ("moderate", "low")
    assert "nothing is known after 2010" in found[places["disputes"]].because
    assert said(world(series(DISPUTES["name"], "new disputes", {2014: 1.0, 2025: 2.0})))[0].confidence == "high"


def test_equal_values_are_no_judgement_and_no_difference(world):
    found = " ".join(sentence.text for sentence in said(world(DEFENSE, *BLOCS)))
    assert "defense pact" not in found, "9.0 and 8.9 percent are no change to tell"
    assert "as sharply as in 2008 (modularity 0.64 in both years)" in found


def test_shares_are_told_in_percent(world):
    subject = world(DEFENSE)
    (table,) = systemic_series(subject)
    assert table.rows[0].cells[1:] == ("9.0%", "2018", "8.9%", "12%", "1951")
    figure = next(each for each in world_judgements.figures(subject) if "defense" in each.unit)
    assert (figure.value, figure.unit) == (9.0, "percent of pairs with a defense pact")
    assert table.basis.bears(" ".join(table.rows[0].cells[1:]))
    assert figure.basis.bears(f"{figure.value} {figure.unit}")


def test_a_year_is_the_last_known_only_where_the_brief_sees_later_ones(world):
    subject = world(FOUGHT, series("alliance_bloc_count", "blocs", {2014: 4.0, 2025: 3.0}))
    details = {figure.unit: figure.detail for figure in world_judgements.figures(subject)}
    assert details == {FOUGHT["means"]: "in 2022, the last year known", "blocs": "in 2025"}


def test_a_mark_names_the_list_that_ends_and_the_one_that_falls_silent(world):
    (chart,) = what_is_done(world(*ACTS))
    assert isinstance(chart, Chart)
    assert [(seam.year, seam.label) for seam in chart.seams] == [
        (2011, "Exercise: “Invented games” ends; the register from here"),
        (2025, "Visit: “Invented travels” names nothing after 2 Feb 2025"),
    ]
    assert chart.seams[0].label in chart.description


def test_what_changed_in_the_world_since_a_year(world):
    status = {"regime": "code", "name": "Amber code", "status": "suspended", "start_date": date(2021, 5, 1)}
    status |= {"start_precision": "month", "known_until": date(2025, 1, 1), "verification": "primary"}
    subject = world(FOUGHT, DISPUTES, series("x_share", "share of pairs", {2018: 0.2, 2024: 0.3}), *ACTS,
                    since=2019, rows={"regime_status": [status]})  # fmt: skip
    blocks = what_changed(subject)
    assert [block.title for block in blocks] == [
        "The system of states in 2018 and in the last year known",
        "Engagements that lists name in 2012–2018 and in 2019–2025",
        "Confidence-building regimes with a new status since 2019",
    ]
    assert [row.cells for row in blocks[0].rows] == [("Share of pairs", "20%", "30%", "2024")]
    assert "new disputes, in 1,000 pair-years (2010)" in blocks[0].note
    assert [row.cells for row in blocks[1].rows] == [("Exercise", None, 7, "+7"), ("Visit", None, 50, "+50")]
    assert "travels” names nothing after 2 Feb 2025" in blocks[1].note
    assert blocks[2].rows[0].cells == ("May 2021", "Amber code", "suspended")
    for block in blocks:
        assert isinstance(block, Table)
        told = " ".join(str(cell) for row in block.rows for cell in row.cells if cell is not None)
        assert block.basis.bears(f"{told} {block.title} {block.note}")


def test_without_anything_known_of_both_spans_the_world_says_so(world):
    (note,) = world_changes.world_changes(world(since=2019), ((2012, 2018), (2019, 2025)))
    assert note.text


def test_the_world_has_a_section_on_what_changed_only_where_asked(world):
    assert what_changed(world(FOUGHT)) == []


def test_a_share_that_is_worked_out_twice_is_told_once(world):
    own, twice = (series(name, name, {2008: 0.21, 2018: 0.22}) for name in ("has_alliance_share", "alliance_density"))
    told = [[row.cells[0] for row in systemic_series(world(*given))[0].rows] for given in ((own, twice), (twice,))]
    assert told == [["Has_alliance_share"], ["Alliance_density"]]
