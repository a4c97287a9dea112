"""Armed conflicts in the briefs of states, regions and the world: told first, by pairs, years and deaths."""

from __future__ import annotations

import pytest

from brief_samples import TODAY, MemoryStore, blocks_of, register_rows
from comity.brief import Judgements, KeyFigures, Table, compose
from comity.brief.finding import Asked, read_subject
from comity.brief.sections.standing import _before_war, _score
from comity.brief.tense import CONFLICT, WAR, tense_pairs

WINDOW = "2017–2026"


def fact(name, one, two, year, value=1.0):
    row = {"fact": name, "from_state": one, "to_state": two, "year": year, "value": value}
    return row | {"item": f"{name}-{one}-{two}", "source": "register"}


def inside(code, year, deaths, *others):
    row = {"conflict": f"c-{code}", "year": year, "conflict_kind": "intrastate", "parties": [code, *others]}
    return row | {"source": "register", "death_count": deaths, "intensity_level": None}


FACTS = [
    *(fact("interstate_conflict", "IRL", "ISL", year) for year in (2019, 2022, 2023)),
    fact("interstate_conflict_intensity", "IRL", "ISL", 2022, 2),
    fact("battle_death_count", "IRL", "ISL", 2023, 4321.0),
    fact("conflict_troop_opposition", "NZL", "MLT", 2018),
    fact("interstate_conflict", "FIN", "NOR", 2024),
    fact("interstate_conflict", "ISL", "NOR", 1980),
]
OF_WARS = inside("NOR", 2022, None)  # of a list with another threshold, which tells no deaths of a year
INSIDE = [inside("MLT", 2021, 40), inside("MLT", 2022, 77, "NZL"), inside("IRL", 1990, 900), OF_WARS]


@pytest.fixture(scope="module")
def store():
    return MemoryStore(register_rows() | {"dyad_year_fact": FACTS, "conflict_year": INSIDE})


def first_of(brief):
    return blocks_of(brief, Judgements)[0].sentences[0]


def tables(brief, start):
    return [block for block in blocks_of(brief, Table) if block.title.startswith(start)]


def test_a_state_is_first_told_with_whom_it_fought(store):
    brief = compose(store, ("ISL",), today=TODAY)
    said = first_of(brief)
    assert said.text.startswith(
        "The register lists armed conflict of Iceland with Ireland in 2019 and 2022–2023 "
        "(1,000 or more deaths in battle in 2022–2023)."
    )
    assert said.basis.bears(said.text)
    figure = blocks_of(brief, KeyFigures)[0].figures[0]
    assert (figure.value, figure.unit) == (3, "years of armed conflict listed")
    (table,) = tables(brief, "Years of armed conflict with other states")
    assert [row.cells for row in table.rows] == [
        ("2022–2023", "between Ireland and Iceland", "1,000 or more; 2023: 4,321"),
        ("2019", "between Ireland and Iceland", None),
        ("1980", "between Iceland and Norway", None),
    ]


def test_a_government_that_fights_no_state_is_told_of_too(store):
    brief = compose(store, ("MLT",), today=TODAY)
    assert "of its government with parties that are no states in 2021–2022 (77 deaths in battle in 2022)" in (
        first_of(brief).text
    )
    (table,) = tables(brief, "Armed conflict of governments")
    assert [row.cells for row in table.rows] == [("Malta", "2021–2022", 77, "2022", 1)]


def test_what_is_long_past_or_of_others_is_no_first_statement(store):
    for words in (("NOR",), ("NZL",)):
        brief = compose(store, words, 2016, today=TODAY)
        assert not any(
            "armed conflict" in said.text for each in blocks_of(brief, Judgements) for said in each.sentences
        )


def test_a_list_that_tells_no_deaths_of_a_year_is_not_mixed_with_those_that_do(store):
    assert not tables(compose(store, ("NOR",), today=TODAY), "Armed conflict of governments")


def test_a_region_tells_the_pairs_of_which_one_is_its_own(store):
    brief = compose(store, ("amber-sea",), today=TODAY)
    said = first_of(brief)
    assert f"armed conflict in {WINDOW} between 1 pair of states with a state of the region (Ireland and" in said.text
    assert "with troops of one state against another in 1 more pair (of New Zealand against Malta in 2018)" in said.text
    assert "of 1 government with parties that are no states: Malta (77 deaths in battle in 2022)" in said.text
    assert "Norway" not in said.text
    assert said.basis.bears(said.text)
    (table,) = tables(brief, "Years of armed conflict between states")
    assert [row.cells[0] for row in table.rows] == ["2022–2023", "2019", "2018"]


def test_the_world_ranks_by_how_far_it_went_before_how_often(store):
    subject = read_subject(store, ("world",), Asked(None, None, TODAY))
    found, basis = tense_pairs(subject)
    # Two close passes between Ireland and Iceland, and no incident of the other two, who fought.
    assert [(row["state_a"], row["state_b"], row["level"], row["incident_count"]) for row in found] == [
        ("IRL", "ISL", WAR, 2),
        ("FIN", "NOR", CONFLICT, None),
    ]
    assert basis.bears("4,321 deaths in 2023")


def test_indices_of_a_year_before_a_conflict_say_so(store):
    subject = read_subject(store, ("ISL", "IRL"), Asked(None, None, TODAY))
    assert _before_war(subject, {"year": 2010}) == ", before the armed conflict listed for 2019"
    assert _before_war(subject, {"year": 2023}) == ""
    state = read_subject(store, ("ISL",), Asked(None, None, TODAY))
    assert _before_war(state, {"year": 2010}) == ""


@pytest.mark.parametrize(("coverage", "score"), [(0.13, None), (0.5, "0.25"), (None, None)])
def test_an_index_of_which_little_is_known_has_a_range_and_no_score(coverage, score):
    assert _score({"score": 0.25, "coverage": coverage}) == score
