"""Armed conflicts in the briefs of states, regions and the world: told first, by pairs, years and deaths."""

from __future__ import annotations

import pytest

from brief_samples import TODAY, MemoryStore, blocks_of, register_rows
from comity.brief import Judgements, KeyFigures, Table, compose, resting
from comity.brief.basis import Query
from comity.brief.facts import Fact
from comity.brief.finding import Asked, read_subject
from comity.brief.sections.standing import _before_war, _none_listed, _score
from comity.brief.tense import CONFLICT, WAR, tense_pairs


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
        "The register tells of armed conflict of Iceland with Ireland in 2019 and 2022–2023 "
        "(1,000 or more deaths in battle in 2022; 4,321 deaths in battle in 2023)."
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
    text = first_of(brief).text
    assert "of its government with parties that are no states in 2021–2022" in text
    assert " (117 deaths in battle in 2021–2022, most in 2022: 77)" in text
    (table,) = tables(brief, "Armed conflict of governments")
    assert [row.cells for row in table.rows] == [("Malta", "2021–2022", 117, "2021–2022", "2022: 77", 1)]


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
    which = "between 1 pair of states, at least one of them of the region: Ireland and"
    assert f"armed conflict since 2017 {which}" in said.text
    troops = "It tells of troops of one state against the government of another in 1 more pair"
    assert f"{troops}: of New Zealand against the government of Malta in 2018." in said.text
    assert (
        "of 1 government with parties that are no states: Malta (117 deaths in battle in 2021–2022, most in 2022: 77)"
        in said.text
    )
    assert "Norway" not in said.text
    assert said.text.endswith(" These are conflicts of states of the region, wherever they were fought.")
    figure = blocks_of(brief, KeyFigures)[0].figures[0]
    assert figure.detail.startswith("of its states, wherever it was, 2017–2026")
    assert said.basis.bears(said.text)
    (table,) = tables(brief, "Years of armed conflict between states")
    assert [row.cells[0] for row in table.rows] == ["2022–2023", "2019", "2018"]


def test_a_war_of_one_state_with_a_stranger_is_not_the_first_that_is_told_of_a_region():
    far = [fact("interstate_conflict", "IRL", "NOR", 2020)]
    brief = compose(MemoryStore(register_rows() | {"dyad_year_fact": far}), ("amber-sea",), today=TODAY)
    told = [said.text for said in blocks_of(brief, Judgements)[0].sentences]
    place = next(place for place, text in enumerate(told) if "wherever they were fought" in text)
    incidents = next(place for place, text in enumerate(told) if "incident" in text)
    assert place == incidents + 1


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


def test_a_score_of_which_lists_hold_nothing_is_said_to_rest_on_that():
    def index(name, part, value):
        return {"name": name, "parts": [{"name": part, "value": value, "score": value}]}

    none = [index("depth", "ladder", 0.0), index("steadiness", "resilience", 0.0)]
    assert _none_listed(none[:1]).startswith(" Depth rests in part on nothing being listed: ")
    assert _none_listed(none).startswith(" Depth and steadiness rest in part on nothing being listed: ")
    known = [index("depth", "ladder", 2.0), index("depth", "ladder", None), index("tension", "incidents", 0.0)]
    assert _none_listed(known) == ""


def of_world(facts):
    said = first_of(compose(MemoryStore(register_rows() | {"dyad_year_fact": facts}), ("world",), today=TODAY))
    assert said.basis.bears(said.text)
    return said.text


def test_senders_of_troops_are_told_together_only_where_their_years_are_the_same():
    troops = {"IRL": (2018, 2019), "ISL": (2018, 2019), "NOR": (2018, 2019), "FIN": (2018,), "NZL": (2017, 2019)}
    told = of_world(
        [fact("conflict_troop_opposition", one, "MLT", year) for one, years in troops.items() for year in years]
    )
    sent = "of Ireland and 2 more states against the government of Malta in 2018–2019"
    assert f"in 5 pairs: {sent} and of 2 more states in other years." in told


def test_more_groups_of_senders_and_pairs_than_are_named_are_counted():
    senders = zip(("IRL", "ISL", "NOR", "FIN", "NZL"), range(2017, 2022), strict=True)
    told = of_world([fact("conflict_troop_opposition", one, "MLT", year) for one, year in senders])
    assert "of New Zealand against the government of Malta in 2021 and of 4 more states in other years." in told
    told = of_world([fact("interstate_conflict", one, "NZL", 2020) for one in ("IRL", "ISL", "NOR", "FIN", "MLT")])
    assert "between 5 pairs of states: " in told
    assert "; and 2 more pairs." in told


def test_a_state_and_a_pair_tell_the_same_years_of_conflict_and_of_troops():
    facts = [
        fact("interstate_conflict", "IRL", "ISL", 2022),
        fact("interstate_conflict_intensity", "IRL", "ISL", 2022, 2),
        *(fact("conflict_troop_opposition", "IRL", "ISL", year) for year in (2020, 2021, 2022)),
        *(fact("battle_death_count", "IRL", "ISL", year, 4321.0 + year) for year in (2022, 2023, 2024)),
        fact("conflict_troop_opposition", "NOR", "FIN", 2019),
    ]
    store = MemoryStore(register_rows() | {"dyad_year_fact": facts})
    assert (
        "armed conflict of Iceland with Ireland in 2022–2024 (1,000 or more deaths in battle in 2022; 6,344 deaths in "
        "battle in 2023 and 6,345 in 2024, the last years told; troops of one against the other in 2020–2022)."
    ) in first_of(compose(store, ("ISL",), today=TODAY)).text
    alone = first_of(compose(store, ("NOR",), today=TODAY)).text
    assert "of Norway with Finland (troops of one against the other in 2019)." in alone
    pair = compose(store, ("ISL", "IRL"), today=TODAY)
    assert first_of(pair).text.startswith(
        "The register tells of an armed conflict between the two in 2022–2024, troops of one against the other in "
        "2020–2022 and 1,000 or more deaths in battle in 2022–2024."
    )
    assert (
        "By best estimates, 6,344 deaths in battle in 2023 and 6,345 in 2024, the last years told."
        in first_of(pair).text
    )
    figure = blocks_of(pair, KeyFigures)[0].figures[0]
    assert (figure.value, figure.unit) == (5, "years on opposite sides of armed conflict")


@pytest.mark.parametrize(("complete", "ends"), [(True, False), (False, True)])
def test_what_reaches_the_day_is_not_said_to_end_before_it(monkeypatch, store, complete, ends):
    monkeypatch.setattr(resting, "is_complete", lambda *_: complete)
    subject = read_subject(store, ("ISL",), Asked(None, None, TODAY))
    dispute = Fact("dispute", "a list", "1", {}, (), Query(""))
    said = resting.stated(subject, "", resting.rests_on("", [dispute]), [dispute], "dispute")
    assert said.confidence == ("high" if complete else "moderate")
    assert ("ends before this day" in said.changed_by) is ends
