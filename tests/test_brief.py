"""What a brief says: every block cited, every number counted again by hand, unknown never shown as zero."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_samples import (
    TODAY,
    MemoryStore,
    agreement,
    blocks_of,
    covered,
    engagement,
    figure,
    incident,
    loaded,
    register_rows,
    together,
    write_sample,
)
from comity.brief import Caveat, Chart, Count, Figure, Judgements, KeyFigures, Note, Row, Sentence, Table, compose
from comity.brief.blocks import check_cited, citations
from comity.brief.registry import plans, section
from comity.errors import BadRequest, ComityError
from comity.store import open_store, writing

SUBJECTS = (("amber-sea",), ("ISL", "IRL"))
SAID = {"cites": ("register",), "as_of": "today"}


@pytest.fixture(scope="module")
def sample_path(tmp_path_factory):
    return write_sample(tmp_path_factory.mktemp("sample") / "store")


@pytest.fixture(scope="module")
def sample(sample_path):
    with open_store(sample_path) as store:
        yield store


@pytest.mark.parametrize(
    "block",
    [
        Note(text="So it is.", cites=(), as_of="today"),
        Note(text="So it is.", cites=("register",), as_of=""),
        Caveat(text="Perhaps.", cites=(), as_of="today"),
        Judgements(sentences=(Sentence("So it is.", ()),), **SAID),
        KeyFigures(figures=(Figure(3, "things", "", ()),), **SAID),
        Table(columns=(), rows=(Row(("a",), ()),), **SAID),
    ],
)
def test_what_cites_nothing_is_refused(block):
    with pytest.raises(ComityError, match=r"brief section 'A section': .* (cites no source|how old it is)"):
        check_cited("A section", block)


def test_a_section_that_cites_nothing_stops_the_brief(sample, monkeypatch):
    plan = plans()[0]
    wrong = replace(plan, compose=lambda subject: [Note(text="So it is.", cites=(), as_of="today")])
    monkeypatch.setattr("comity.brief.composing.plans", lambda: (wrong,))
    with pytest.raises(ComityError, match="cites no source"):
        compose(sample, SUBJECTS[0], today=TODAY)


def test_a_citation_of_nothing_that_is_loaded_is_refused(sample, monkeypatch):
    wrong = replace(plans()[0], compose=lambda subject: [Note(text="So.", cites=("hearsay",), as_of="today")])
    monkeypatch.setattr("comity.brief.composing.plans", lambda: (wrong,))
    with pytest.raises(ComityError, match="'hearsay' is neither a loaded source nor evidence"):
        compose(sample, SUBJECTS[0], today=TODAY)


def test_a_section_for_an_unknown_kind_of_subject_is_refused():
    with pytest.raises(AssertionError, match="galaxy"):
        section("Stars", order=1, kinds=("galaxy",))


def test_sections_stand_in_the_order_of_a_brief(sample):
    titles = [section.title for section in compose(sample, SUBJECTS[0], today=TODAY).sections]
    assert titles == [
        *("Key judgements", "What is in force", "Who is tied to whom", "Arms and assistance", "What was done"),
        "On the map",
        *("Disputes and incidents", "Territorial claims", "Channels and regimes", "What is known of its effect"),
        "What is not known",
    ]
    pair = [section.title for section in compose(sample, SUBJECTS[1], today=TODAY).sections]
    assert "Where they stand" in pair
    assert "Where they stand" not in titles


@pytest.mark.parametrize("words", SUBJECTS)
def test_every_number_leads_to_a_reference_and_every_reference_is_used(sample, words):
    brief = compose(sample, words, today=TODAY)
    used = [key for section in brief.sections for block in section.blocks for key in citations(block)]
    assert [reference.key for reference in brief.references] == list(dict.fromkeys(used))
    assert [reference.number for reference in brief.references] == list(range(1, len(brief.references) + 1))


def test_the_two_states_of_a_pair_may_be_given_in_either_order(sample):
    one, two = (compose(sample, words, today=TODAY) for words in (("ISL", "IRL"), ("Ireland", "Iceland")))
    assert (one.title, two.title) == ("Iceland and Ireland", "Ireland and Iceland")
    for kind in (Judgements, KeyFigures, Chart):
        assert blocks_of(one, kind) == blocks_of(two, kind)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ("New", "Zealand", "Iceland"),
            'a name of several words stands in quotes: `comity brief "New Zealand" Iceland`',
        ),
        (("amber-see",), "'amber-see' is no subject of a brief: .*; nearest: amber-sea"),
        (("ISL", "Iceland"), "the same state"),
        (("ISL", "IRL", "MLT"), "'ISL IRL MLT' are 3 states: a brief is on one state or on two"),
        (("ISL", "Atlantis"), "Atlantis"),
    ],
)
def test_words_that_mean_no_subject_are_refused_with_advice(sample, words, message):
    with pytest.raises(ComityError, match=message):
        compose(sample, words, today=TODAY)


def test_a_region_is_found_by_its_name_in_any_case(sample):
    for words in (("amber-sea",), ("Amber Sea",), ("AMBER", "SEA")):
        assert compose(sample, words, today=TODAY).title == "Amber Sea"


def test_the_day_of_a_brief_is_the_end_of_the_year_asked_or_the_latest_day_known(sample):
    assert compose(sample, SUBJECTS[1], 2010, today=TODAY).as_of == date(2010, 12, 31)
    assert compose(sample, SUBJECTS[1], 2026, today=TODAY).as_of == TODAY
    # The planned engagement of September 2025 is no fact yet; the latest check of an agreement is.
    assert compose(sample, SUBJECTS[1], today=TODAY).as_of == date(2026, 1, 31)
    assert compose(sample, SUBJECTS[1], today=date(2024, 6, 1)).as_of == date(2024, 4, 4)


def test_nothing_after_the_day_of_the_brief_is_in_it(sample):
    brief = compose(sample, SUBJECTS[1], 2010, today=TODAY)
    assert "second pass" not in repr(brief).lower()
    assert "old supply pact" in repr(brief).lower()
    assert "old supply pact" not in repr(compose(sample, SUBJECTS[1], today=TODAY)).lower()


def test_what_is_for_the_owner_alone_is_not_in_a_brief_for_the_public(sample_path, sample):
    with open_store(sample_path, audience="public") as store:
        public = compose(store, SUBJECTS[1], today=TODAY)
    assert "a secret visit" not in repr(public).lower()
    assert "a secret visit" in repr(compose(sample, SUBJECTS[1], today=TODAY)).lower()
    assert (
        figure(public, "engagements listed")
        == figure(compose(sample, SUBJECTS[1], today=TODAY), "engagements listed") - 1
    )


def test_a_published_source_and_the_register_are_not_added_for_one_year(sample):
    chart = blocks_of(compose(sample, SUBJECTS[1], 2012, today=TODAY), Chart)[0]
    # The tally lists two exercises in 2001 and 2002 and one in each year to 2010; the register one in 2009 and 2010.
    assert [chart.total(year) for year in (2001, 2002, 2003, 2009, 2010, 2011)] == [2, 2, 1, 1, 1, None]


@given(
    st.dictionaries(st.integers(2000, 2010), st.integers(1, 9)),
    st.frozensets(st.integers(2000, 2010)),
    st.integers(2000, 2010),
)
def test_a_year_without_a_count_is_zero_only_where_a_source_is_complete(held, complete, year):
    counts = tuple(Count(when, "exercise", count) for when, count in sorted(held.items()))
    chart = Chart(
        **SAID, unit="", years=(2000, 2010), categories=("exercise",), counts=counts, complete=complete, description=""
    )
    assert chart.total(year) == held.get(year, 0 if year in complete else None)


def said_about_alliances(coverage, year):
    store = MemoryStore(engagement("a", date(2000, 1, 1), ("ISL", "IRL"), source="pacts"), {"pacts": coverage})
    return " ".join(note.text for note in blocks_of(compose(store, ("ISL", "IRL"), year, today=TODAY), Note))


def test_no_alliance_none_listed_and_not_covered_are_three_different_things():
    complete = (covered(("alliance",), "complete", 1815, 2018),)
    partial = (covered(("alliance",), "positive_only", 1815, 2018),)
    assert "this means that there was none" in said_about_alliances(complete, 2010)
    assert "may still have happened" in said_about_alliances(partial, 2010)
    assert "outside the years of every source" in said_about_alliances(complete, 2020)
    assert "No loaded source says what it knows of alliance treat" in said_about_alliances((), 2010)


def test_a_count_made_after_the_day_of_the_brief_is_not_shown_for_that_day():
    force = {"presence": "base", "name": "A base", "from_state": "ISL", "to_state": "IRL", "personnel_count": 50}
    force |= {"start_date": date(1990, 1, 1), "start_precision": "year", "known_until": date(2020, 1, 1)}
    store = MemoryStore(together({"presence": [force | {"verification": "primary"}]}, agreement("p", ("ISL", "IRL"))))
    cells = {
        year: next(
            table.rows[0].cells
            for table in blocks_of(compose(store, ("ISL", "IRL"), year, today=TODAY), Table)
            if table.title.startswith("Forces")
        )
        for year in (2010, 2022)
    }
    assert (cells[2010][-2], cells[2022][-2]) == (None, 50)


def test_an_empty_store_gives_a_brief_that_knows_nothing(tmp_path):
    with writing(tmp_path / "store") as load:
        load.replace(loaded("register", {"region": register_rows()["region"]}, (), "Invented register"))
    with open_store(tmp_path / "store") as store:
        for words in SUBJECTS:
            brief = compose(store, words, today=TODAY)
            assert not blocks_of(brief, Judgements)
            assert all("unknown" in note.text for note in blocks_of(brief, Note))


def test_a_year_before_every_state_is_refused_or_empty(sample):
    with pytest.raises(BadRequest):
        compose(sample, ("nowhere",), 1700, today=TODAY)
    assert not blocks_of(compose(sample, SUBJECTS[1], 1900, today=TODAY), Judgements)


def said_of(brief):
    return " ".join(sentence.text for block in blocks_of(brief, Judgements) for sentence in block.sentences)


def test_a_year_in_which_nothing_is_listed_is_zero_only_where_a_source_is_complete(sample):
    # The register lists no exercise of 2025; the tally is complete for 2001 to 2010 and lists none of 1999.
    assert "No exercise of both is listed for 2025, which is not the same as none" in said_of(
        compose(sample, SUBJECTS[1], today=TODAY)
    )
    rows = together(
        *(engagement(f"e{year}", date(year, 1, 1), ("ISL", "IRL"), source="tally") for year in (2003, 2004))
    )
    store = MemoryStore(rows, {"tally": (covered(("exercise",), "complete", 2001, 2010),)})
    assert "Both took part in no listed exercise in 2006, against 0.2" in said_of(
        compose(store, SUBJECTS[1], 2006, today=TODAY)
    )


@pytest.mark.parametrize(
    ("start", "parties", "shown"),
    [
        (date(2001, 6, 1), ("ISL", "IRL"), 1),
        (date(2005, 6, 1), ("ISL", "IRL"), 2),  # another time: another text
        (date(2001, 6, 1), ("ISL", "IRL", "NOR", "SWE"), 2),  # mostly other parties: another text
    ],
)
def test_a_text_that_a_source_only_numbers_is_shown_once_under_the_name_another_gives_it(start, parties, shown):
    numbered = agreement("3210", parties, source="tally", start_date=start)
    numbered["agreement"][0]["name"] = None
    store = MemoryStore(together(agreement("pact", ("ISL", "IRL")), numbered))
    held = blocks_of(compose(store, ("ISL", "IRL"), 2010, today=TODAY), Table)[0].rows
    assert len(held) == shown
    assert any("tally" in row.refs for row in held)


def test_what_two_states_did_on_one_side_does_not_stand_between_them():
    together_they = incident("joint", date(2010, 5, 1), ("ISL:actor", "IRL:actor", "NOR:affected"))
    against = incident("clash", date(2010, 6, 1), ("ISL:actor", "IRL:affected"))
    shown = compose(MemoryStore(together(together_they, against)), ("ISL", "IRL"), 2010, today=TODAY)
    held = [row.cells for table in blocks_of(shown, Table) for row in table.rows]
    assert "Clash" in str(held)
    assert "Joint" not in str(held)


def test_a_brief_says_what_was_left_out_for_its_audience():
    store = MemoryStore(agreement("pact", ("ISL", "IRL")))
    titles = [f"Dataset {letter}" for letter in "ABCDEF"]
    store.withheld = lambda: dict(zip("abcdef", titles, strict=True))
    said = str(compose(store, ("ISL", "IRL"), 2010, today=TODAY))
    assert "Left out" in said
    assert "Dataset D and 2 more." in said
