"""What a brief may deny: what it looked at, of states that were members of the state system then, and no more."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_body_samples import CLUB
from brief_samples import TODAY, MemoryStore, agreement, blocks_of, covered, engagement, incident, together
from comity.brief import Caveat, Chart, Judgements, Network, Note, Table, compose
from comity.brief.acts_shown import shares_shown
from comity.brief.belonging import membership
from comity.brief.facts import incidents
from comity.brief.finding import Asked, read_subject
from comity.brief.knowledge import absence, complete_years, is_complete
from comity.brief.sections.acts import counts_of
from comity.vocab.coverage import Coverage
from comity.vocab.states import code_of_state, states

LISTS = {
    "pacts": (covered(("alliance",), "complete", 1815, 2018),),
    "quarrels": (
        Coverage(
            kinds=("dispute",), completeness="complete", start=date(1816, 1, 1), end=date(2010, 12, 31), system="cow"
        ),
    ),
    "drills": (covered(("exercise",), "complete", 1980, 2010),),
}


@pytest.fixture(scope="module")
def store():
    return MemoryStore({}, LISTS)


def told(store, words, year):
    brief = compose(store, words, year, today=TODAY)
    return [sentence for block in blocks_of(brief, Judgements) for sentence in block.sentences], brief


def subject(store, words, year):
    return read_subject(store, words, Asked(year, None, TODAY))


@given(
    code=st.sampled_from(sorted(states())),
    system=st.sampled_from(("cow", "gw")),
    day=st.dates(date(1816, 1, 1), date(2026, 1, 1)),
)
def test_a_state_is_a_member_on_the_days_of_its_spells_and_no_others(code, system, day):
    is_member = code_of_state(system, code, day) is not None
    assert any(each.holds(day) for each in membership(code, system)) == is_member
    if any(each.holds(day) for each in membership(code)):
        assert is_member


def test_what_stands_is_denied_of_the_day_of_the_brief_alone(store):
    (alliance, _), _ = told(store, ("GBR", "FRA"), 1820)
    assert alliance.text == (
        "No alliance treaty in force between the two on 31 December 1820 is known to Invented pacts. "
        "It holds itself complete for that day: this means that there was none on it."
    )
    assert alliance.confidence == "high"
    assert alliance.basis.bears(alliance.text)


@pytest.mark.parametrize(
    ("words", "year", "span"),
    [
        (("GBR", "FRA"), 1820, "from 1816 to 31 December 1820"),
        (("GBR", "ISL"), 1990, "from 17 June 1944 to 31 December 1990"),
        (("GBR", "POL"), 1950, "from 28 June 1945 to 31 December 1950"),
    ],
)
def test_what_happens_is_denied_of_the_years_looked_at_in_which_both_were_members(store, words, year, span):
    (*_, dispute), _ = told(store, words, year)
    assert dispute.text.startswith(f"No militarized dispute between the two {span} is known to Invented quarrels. ")
    assert dispute.basis.bears(dispute.text)


def test_a_window_is_denied_and_not_all_that_a_source_covers(store):
    text, _ = absence(subject(store, ("GBR", "FRA"), 2005), "exercise", "exercise", date(1996, 1, 1))
    assert text.startswith("No exercise from 1996 to 31 December 2005 is known to Invented drills.")
    assert "2010" not in text


def test_a_complete_list_of_exercises_denies_no_other_engagement(store):
    text, _ = absence(subject(store, ("GBR", "FRA"), 1985), "engagement", "exercise", date(1961, 1, 1))
    assert text.startswith("No exercise from 1980 to 31 December 1985 is known to Invented drills.")
    assert text.endswith("What is no exercise may have happened without being listed.")


@pytest.mark.parametrize(("kind", "words"), [("topic", ("technology",)), ("world", ("world",))])
def test_nothing_is_denied_of_what_complete_lists_do_not_hold(store, kind, words):
    about = subject(store, words, 2005)
    assert about.kind == kind
    text, _ = absence(about, "engagement", "exercise")
    assert "may still have happened" in text
    assert "there was none" not in text


@pytest.mark.parametrize(
    ("words", "year", "first"),
    [
        (
            ("Ukraine", "Russia"),
            1962,
            "Ukraine was no member of the state system on 31 December 1962; "
            "the list of Correlates of War has Ukraine from 1991.",
        ),
        (
            ("DDR", "RUS"),
            1952,
            "East Germany was no member of the state system of Correlates of War on 31 December 1952; "
            "the list of Correlates of War has East Germany in 1954–1990.",
        ),
        (
            ("FRA", "GBR"),
            1943,
            "France was no member of the state system of Correlates of War on 31 December 1943; "
            "the list of Correlates of War has France in 1816–1942 and from 1944.",
        ),
        (
            ("TLS",),
            1990,
            "Timor-Leste was no member of the state system on 31 December 1990; "
            "the list of Correlates of War has Timor-Leste from 2002.",
        ),
    ],
)
def test_a_state_outside_the_system_is_told_first_and_denied_nothing(store, words, year, first):
    sentences, brief = told(store, words, year)
    caveat = brief.sections[0].blocks[0]
    assert isinstance(caveat, Caveat)
    assert caveat.text.startswith(first)
    assert caveat.basis.bears(caveat.text)
    assert not sentences
    assert "there was none" not in " ".join(note.text for note in blocks_of(brief, Note))
    assert f"complete for {year}." not in repr(brief)
    about = subject(store, words, year)
    assert not is_complete(about, "alliance")
    assert year not in complete_years(about, "dispute")


def test_of_an_organization_no_list_is_complete_but_of_what_its_members_have_with_each_other():
    rows = together(
        *CLUB,
        *(engagement(f"drill {year}", date(year, 5, 5), ("club", "ISL"), source="drills") for year in (2003, 2006)),
    )
    about = subject(clubs := MemoryStore(rows, LISTS), ("club",), 2008)
    assert complete_years(about, "exercise") == complete_years(about, "alliance") == frozenset()
    assert 2008 in complete_years(about, "dispute")
    assert shares_shown(about) == []
    brief = compose(clubs, ("club",), 2008, today=TODAY)
    (chart,) = [block for block in blocks_of(brief, Chart) if block.unit == "engagements"]
    assert [chart.total(year) for year in (2003, 2004, 2005, 2006)] == [1, None, None, 1]
    caveats = " ".join(block.text for block in blocks_of(brief, Caveat))
    assert "No loaded source is complete for what an organization itself takes part in." in caveats
    assert "What the organization itself has or does is known only where a source lists it" in caveats
    assert "Of alliances, exercises and disputes between members, sources hold themselves complete for 2008." in caveats


def test_what_a_list_says_of_itself_is_told_as_that_beside_what_the_overlap_of_lists_finds(monkeypatch):
    share = {"completeness": 0.81, "completeness_low": 0.73, "completeness_high": 0.88, "scope": None, "pool": "all"}
    share |= {"first_year": 1980, "last_year": 2010, "sources": ["drills"], "partner_count": None}
    whole = share | {"completeness": 1.0, "first_year": 1970, "last_year": 1979}
    monkeypatch.setattr("comity.brief.known_shares._shares", lambda *_: [share, whole, share | {"scope": "CHN"}])
    rows = together(engagement("drill", date(2009, 5, 5), ("ISL", "IRL"), source="drills"))
    for words in (("IRL", "ISL"), ("world",)):
        caveat = blocks_of(compose(MemoryStore(rows, LISTS), words, 2012, today=TODAY), Caveat)[-1]
        assert "Of exercises and disputes, sources hold themselves complete to 2010; after 2010 only" in caveat.text
        assert caveat.text.count("By the overlap of lists, though, the sources know an estimated 81% (73 to 88%)") == 1
        assert "100%" not in caveat.text
        assert caveat.basis.bears(caveat.text)


def test_a_member_is_told_without_a_word_on_membership(store):
    _, brief = told(store, ("Ukraine", "Russia"), 1995)
    assert "no member" not in repr(brief)
    about = subject(store, ("Ukraine", "Russia"), 1995)
    assert is_complete(about, "alliance")
    assert complete_years(about, "alliance") == frozenset(range(1991, 2019))


def test_of_a_region_the_states_that_were_no_members_are_named():
    region = {"region": "amber-sea", "name": "Amber Sea", "states": ["IRL", "ISL", "MLT"], "partners": ["NZL"]} | {
        "verification": "primary"
    }
    sea = MemoryStore({"region": [region]}, LISTS)
    caveat = compose(sea, ("amber-sea",), 1950, today=TODAY).sections[0].blocks[0]
    assert caveat.text.startswith("Malta was no member of the state system on 31 December 1950. ")
    assert is_complete(subject(sea, ("amber-sea",), 1950), "alliance")


def test_what_lists_call_other_and_what_is_left_over_are_one_category():
    kinds = ("other", "boarding", "collision", "intercept", "ramming", "missile_launch", "laser")
    acts = [
        incident(f"{kind}-{number}", date(2020, 1, 1 + number), ("IRL:actor", "ISL:affected"), incident_kind=kind)
        for place, kind in enumerate(kinds)
        for number in range(9 - place)
    ]
    seas = MemoryStore(together(*acts))
    categories, counts = counts_of(incidents(subject(seas, ("IRL", "ISL"), 2020)), "incident_kind")
    assert categories == ("boarding", "collision", "intercept", "ramming", "missile_launch", "other")
    assert {count.category: count.count for count in counts}["other"] == 9 + 3
    assert sum(count.count for count in counts) == len(acts)
    chart = next(block for block in blocks_of(compose(seas, ("IRL",), 2020, today=TODAY), Chart))
    assert len(set(chart.categories)) == len(chart.categories)


def test_what_is_left_out_of_the_table_is_not_said_to_be_in_the_chart_where_that_counts_one_list_alone():
    days = [date(2005, month, 5) for month in range(1, 13)]
    one = [engagement(f"drill {day}", day, ("ISL", "IRL"), source="drills") for day in days]
    other = [engagement(f"visit of {day}", day, ("ISL", "IRL")) for day in days[:10]]
    later = [engagement(f"later {day}", day.replace(year=2006), ("ISL", "IRL"), source="drills") for day in days]
    for parts, note in (
        ([*one, *later], "4 earlier engagements since 2005 counted in the chart, not listed here."),
        (
            [*one, *other, *later],
            "14 earlier engagements since 2005 in the lists, not shown here; two lists may tell of the same one. The "
            "chart takes the longest list of each year and instrument alone, and counts 24 in all.",
        ),
    ):
        brief = compose(MemoryStore(together(*parts), LISTS), ("ISL", "IRL"), 2012, today=TODAY)
        (latest,) = [block for block in blocks_of(brief, Table) if block.title == "The latest engagements"]
        assert latest.note == note
        assert latest.basis.bears(latest.note)


def test_a_picture_says_which_pairs_have_most_ties_only_where_one_has_any():
    held = together(*(incident(name, date(2020, 1, 1), ("IRL:actor", f"{name}:affected")) for name in ("ISL", "MLT")))
    (picture,) = blocks_of(compose(MemoryStore(held), ("IRL",), 2020, today=TODAY), Network)
    assert "Most ties" not in picture.description
    held = together(held, engagement("drill", date(2020, 1, 1), ("IRL", "MLT")))
    (picture,) = blocks_of(compose(MemoryStore(held), ("IRL",), 2020, today=TODAY), Network)
    assert picture.description.endswith("Most ties, of the state itself: Ireland and Malta (1).")


def test_a_table_of_ties_says_of_which_states_it_tells():
    for words, told in (
        (("IRL", "ISL"), "Of third states the 10 at most that share most with both"),
        (("IRL",), "Only ties of the state itself count, with the 24 at most"),
    ):
        held = together(
            *(engagement(f"drill {code}", date(2020, 1, 1), ("IRL", "ISL", code)) for code in ("MLT", "NZL"))
        )
        brief = compose(MemoryStore(held), words, 2020, today=TODAY)
        (table,) = [block for block in blocks_of(brief, Table) if block.title == "The pairs with most ties"]
        assert told in table.note
        assert table.basis.bears(table.note)
    (picture,) = blocks_of(compose(MemoryStore(held), ("IRL", "ISL"), 2020, today=TODAY), Network)
    assert "Most ties, of the two with each other and with states tied with both: " in picture.description


def test_one_pair_alone_is_told_in_a_table_and_not_drawn():
    held = together(incident("act", date(2020, 1, 1), ("IRL:actor", "ISL:affected")), agreement("pact", ("IRL", "ISL")))
    brief = compose(MemoryStore(held), ("IRL",), 2020, today=TODAY)
    assert not blocks_of(brief, Network)
    assert any(table.title == "The pairs with most ties" for table in blocks_of(brief, Table))
