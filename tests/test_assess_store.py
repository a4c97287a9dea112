"""Assessments from a store: what others do is irrelevant, nothing later is looked at, the command says it in words."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from assess_samples import sketch
from brief_samples import MemoryStore, agreement, engagement, incident, together
from cli_samples import strict
from comity.assess import assess, index_kind, index_kinds, view_of_pairs
from comity.assess.assessment import LISTS, last_known_year, last_whole_year, lowered_by
from comity.assess.sensitivity import standings
from comity.assess.validity import FIRST_YEAR, FORETOLD, LAST_YEAR, Foretold, check_validity, headlines_that_fail
from comity.errors import BadRequest, OutsideCoverage
from comity.vocab.coverage import Coverage

KNOWN = {
    "tally": (
        Coverage(kinds=("exercise",), completeness="complete", start=date(1980, 1, 1), end=date(2010, 12, 31)),
        Coverage(kinds=("agreement",), completeness="complete", start=date(1980, 1, 1), end=date(2010, 12, 31)),
        Coverage(kinds=("dispute",), completeness="complete", start=date(1980, 1, 1), end=date(2010, 12, 31)),
        Coverage(kinds=("contiguity",), completeness="complete", start=date(1980, 1, 1), end=date(2010, 12, 31)),
    )
}
OURS = [
    engagement("first", date(2008, 3, 1), ("FIN", "NOR"), source="tally"),
    engagement("second", date(2010, 3, 1), ("FIN", "NOR", "SWE"), source="tally"),
    engagement("talks", date(2009, 5, 1), ("FIN", "NOR"), instrument="visit"),
    agreement("pact of two", ("FIN", "NOR")),
]
THEIRS = [
    *(engagement(f"other {year}", date(year, 6, 1), ("IRL", "NZL"), source="tally") for year in range(1996, 2011)),
    agreement("pact of others", ("IRL", "NZL")),
    incident("other incident", date(2010, 1, 1), ("IRL:actor", "NZL:affected")),
]
LATER = [engagement(f"later {n}", date(2011, 1, 1 + n), ("FIN", "NOR"), source="tally") for n in range(9)]


def store(*parts):
    return MemoryStore(together(*parts), KNOWN)


def scored(held, year=2010):
    made = assess(held, "NOR", "FIN", year)
    return {each.name: (each.score[0], each.coverage[0]) for each in (*made.headlines, *made.further, *made.limits)}


def same(first, second):
    return all(np.array_equal(first[name], second[name], equal_nan=True) for name in first)


def test_what_other_pairs_do_changes_nothing():
    assert same(scored(store(*OURS)), scored(store(*OURS, *THEIRS)))


def test_what_comes_later_changes_nothing():
    assert same(scored(store(*OURS)), scored(store(*OURS, *LATER)))


def test_the_order_of_the_two_states_changes_nothing():
    held = store(*OURS)
    assert assess(held, "FIN", "NOR", 2010).to_dict() == assess(held, "NOR", "FIN", 2010).to_dict()


def test_one_pair_and_all_pairs_are_scored_alike():
    held = store(*OURS, *THEIRS)
    alone, every = view_of_pairs(held, 2010, (("FIN", "NOR"),)), view_of_pairs(held, 2010)
    row = every.subjects.index(("FIN", "NOR"))
    for kind in index_kinds("pair"):
        one, all_of_them = kind.of(alone), kind.of(every)
        assert np.array_equal(one.score, all_of_them.score[[row]], equal_nan=True), kind.name
        assert np.array_equal(one.coverage, all_of_them.coverage[[row]]), kind.name


def test_a_view_of_another_year_of_a_longer_panel_is_the_view_of_that_year():
    held = store(*OURS, *LATER)
    longer = view_of_pairs(held, 2012, (("FIN", "NOR"),), 20).at(2010, 15)
    short = view_of_pairs(held, 2010, (("FIN", "NOR"),))
    for kind in index_kinds("pair"):
        assert np.array_equal(kind.of(longer).score, kind.of(short).score, equal_nan=True), kind.name
    with pytest.raises(BadRequest, match="a view of 1985 to 1999 lies outside its panel, 1996 to 2010"):
        short.at(1999)


def test_more_exercises_together_raise_what_they_are_a_sign_of():
    more = [engagement(f"more {n}", date(2010, 2, 1 + n), ("FIN", "NOR"), source="tally") for n in range(5)]
    before, after = scored(store(*OURS)), scored(store(*OURS, *more))
    assert after["intensity"][0] > before["intensity"][0]
    assert after["steadiness"][0] >= before["steadiness"][0]


def test_the_year_is_the_last_of_which_half_the_lists_tell_and_it_is_said():
    held = store(*OURS)
    made = assess(held, "FIN", "NOR")
    assert made.year == 2010  # exercises, agreements and disputes are told to 2010, and a visit alone after
    assert "half of the 6 lists" in made.year_is
    assert assess(held, "FIN", "NOR", 2009).year_is == "the year asked for"
    empty = MemoryStore({}, {})
    assert last_known_year(view_of_pairs(empty, 2015, (("FIN", "NOR"),)), LISTS) is None
    assert assess(empty, "FIN", "NOR").year_is == "the last whole year; no year is better known"
    assert assess(held, "FIN", "SSD").year == last_whole_year()  # which was no state while lists were complete


@pytest.mark.parametrize(
    ("states", "year", "said"),
    [
        (("FIN", "FIN"), None, "FIN and FIN are one state"),
        (("FIN", "NOR"), last_whole_year() + 1, "is not over; the last year that can be assessed is"),
        (("BIH", "FIN"), 1980, "BIH and FIN were not both members of the state system in 1980"),
    ],
)
def test_what_cannot_be_assessed_is_refused_in_one_line(states, year, said):
    with pytest.raises(BadRequest, match=said) as refused:
        assess(store(*OURS), *states, year)
    assert "\n" not in str(refused.value)


def test_a_limit_says_what_would_lower_it_only_where_it_holds_back():
    tense = store(*OURS, incident("close", date(2010, 1, 1), ("FIN:actor", "NOR:affected")))
    limits = {each.name: each for each in assess(tense, "FIN", "NOR", 2010).limits}
    assert lowered_by(limits["lack_of_transparency"])
    assert lowered_by(limits["political_incompatibility"]) == []


def test_an_index_is_found_by_its_name():
    made = assess(store(*OURS), "FIN", "NOR", 2010)
    assert made.index("resources").name == "resources"
    with pytest.raises(BadRequest, match="an assessment of a pair has no index 'warmth'"):
        made.index("warmth")


def test_a_pair_is_ranked_among_the_pairs_of_each_of_its_states():
    rows = {(each.index, each.state): each for each in standings(store(*OURS, *THEIRS), "FIN", "NOR", 2010)}
    first = rows["steadiness", "FIN"]
    assert (first.rank, first.rank_low) == (1, 1)
    assert first.next_below == "SWE"
    assert first.next_above is None
    assert first.above_next_below is not None
    assert first.above_next_below > 0.5
    assert ("balance", "FIN") not in rows  # too little of it is known to rank


def test_every_headline_has_a_test_named_in_advance_on_years_after_those_scales_were_set_on():
    assert {kind.name for kind in index_kinds("pair") if kind.is_headline} - {"cooperation"} <= {
        each.index for each in FORETOLD
    }
    for each in FORETOLD:
        assert each.years[0] >= FIRST_YEAR
        assert each.years[-1] + each.horizon == LAST_YEAR
        made = index_kind("pair", each.index).of(sketch({}))
        assert set(each.without) <= {piece.name for piece in made.parts}


def border(one, other):
    """Two states that are neighbors, so that they count as relevant."""
    told = {"fact": "contiguity_type", "from_state": one, "to_state": other, "item": "", "value": 1.0}
    return {"dyad_year_fact": [told | {"source": "tally", "year": year} for year in range(1986, 2011)]}


def test_an_index_that_foretells_passes_and_one_that_does_not_is_named():
    told = Foretold(index="steadiness", outcome="an exercise together", measures=("exercise_count",), horizon=5)
    once = engagement("once", date(2003, 1, 1), ("FIN", "NOR"), source="tally")
    held = store(*THEIRS, once, border("IRL", "NZL"), border("FIN", "NOR"), border("FIN", "SWE"))
    turned = Foretold(index="steadiness", outcome=told.outcome, measures=told.measures, horizon=5, sign=-1)
    verdict, failed = check_validity(held, (told, turned))
    assert verdict.all_pairs.event_count == 3  # one pair in both windows, and another in the first
    assert verdict.all_pairs.area > 0.8
    assert verdict.relevant.row_count == 6
    assert failed.all_pairs.area == pytest.approx(1 - verdict.all_pairs.area)
    assert not failed.passes
    assert headlines_that_fail([failed]) == ["steadiness"]


def test_an_outcome_that_no_list_tells_of_is_refused():
    with pytest.raises(OutsideCoverage, match="no list loaded tells of an exercise together from 2002 to 2010"):
        check_validity(MemoryStore({}, {}), FORETOLD[:1])


def test_the_command_says_where_a_pair_stands(run):
    said = run("assess", "PHL", "CHN").output
    for words in ("CHN and PHL at the end of", "headline", "tension", "limit", "sources", "would lower it: "):
        assert words in said


def test_the_command_answers_in_json(run):
    answer = strict(run("assess", "China", "PHL", "--json").output)
    assert answer["subject"] == ["CHN", "PHL"]
    parts = [piece for each in answer["headlines"] + answer["limits"] for piece in each["parts"]]
    assert {"name", "value", "score", "weight", "latest_year", "sources", "is_counted"} <= set(parts[0])
    assert all(each["score"] is not None or each["coverage"] == 0 for each in answer["headlines"])


@pytest.mark.parametrize(
    ("arguments", "said", "code"),
    [
        (("PHL", "PHL"), "PHL and PHL are one state", 1),
        (("PHL", "CHN", "USA"), "not of 3", 1),
        (("PHL", "Atlantis"), "Atlantis", 1),
        ((), "--validity", 2),
        (("PHL", "CHN", "--validity"), "--validity", 2),
        (("--validity",), "no list loaded tells of", 1),
    ],
)
def test_the_command_refuses_in_one_line(run, arguments, said, code):
    done = run("assess", *arguments)
    assert done.exit_code == code
    assert said in done.output.splitlines()[-1]
