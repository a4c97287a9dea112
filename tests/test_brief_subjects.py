"""Briefs on every kind of subject: which words mean what, what each says, and what an audience may not see."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from brief_samples import TODAY, blocks_of, figure
from brief_subject_samples import CASE, WORDS, write_subjects
from comity.brief import Caveat, Chart, Judgements, Table, brief_json, compose, render_html, render_terminal
from comity.brief.composing import compose_asked, compose_comparison
from comity.brief.explaining import explain_text
from comity.brief.finding import Asked, known_subjects
from comity.brief.subject import KINDS
from comity.errors import BadRequest, ComityError
from comity.store import open_store

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(scope="module")
def sample_path(tmp_path_factory):
    return write_subjects(tmp_path_factory.mktemp("sample") / "store")


@pytest.fixture(scope="module")
def sample(sample_path):
    with open_store(sample_path) as store:
        yield store


def table(brief, title):
    return next(block for block in blocks_of(brief, Table) if block.title.startswith(title))


def said_of(brief):
    return " ".join(sentence.text for block in blocks_of(brief, Judgements) for sentence in block.sentences)


def every_brief(store):
    return [
        *(compose(store, words, today=TODAY) for words in WORDS.values()),
        compose_comparison(store, ("ISL", "NZL"), "amber-sea", today=TODAY),
    ]


@pytest.mark.parametrize("kind", WORDS)
def test_words_mean_a_subject_of_their_kind(sample, kind):
    assert compose(sample, WORDS[kind], today=TODAY).kind == kind


@pytest.mark.parametrize(
    ("words", "title"),
    [
        (("Iceland",), "Iceland"),
        (("New", "Zealand"), "New Zealand"),
        (("CLUB",), "The Invented Club"),
        (("The", "Invented", "Club"), "The Invented Club"),
        (("Outreach", "of", "Iceland"), "Outreach of Iceland"),
        (("WORLD",), "The world"),
    ],
)
def test_a_subject_is_found_by_its_names(sample, words, title):
    assert compose(sample, words, today=TODAY).title == title


def test_every_kind_of_subject_has_a_sample_and_its_own_judgements(sample):
    assert {*WORDS, "comparison"} == set(KINDS)
    for brief in every_brief(sample):
        assert brief.sections[0].title == "Key judgements"
        assert brief.sections[-1].title == "What is not known"


@pytest.mark.parametrize("kind", [kind for kind in WORDS if kind not in ("pair", "region")])
def test_the_golden_texts_are_as_they_were(kind, sample, golden):
    made = render_terminal(compose(sample, WORDS[kind], today=TODAY), 80)
    path = GOLDEN / f"brief-{kind}.txt"
    if golden:
        path.write_text(made, encoding="utf-8")
    assert made == path.read_text(encoding="utf-8"), f"{path.name} differs; `pytest --golden` writes it anew"


def test_a_judgement_says_how_sure_it_is_and_what_would_change_it(sample):
    for brief in every_brief(sample):
        for block in blocks_of(brief, Judgements):
            assert 1 <= len(block.sentences) <= 6
            for sentence in block.sentences:
                assert sentence.confidence in ("high", "moderate", "low")
                assert sentence.because
                assert sentence.changed_by


def test_the_members_of_an_organization_are_those_of_the_day(sample):
    assert "It has 2 members; since 2016, New Zealand joined." in said_of(compose(sample, ("club",), today=TODAY))
    assert figure(compose(sample, ("club",), 2010, today=TODAY), "members") == 2
    chart = next(
        block for block in blocks_of(compose(sample, ("club",), today=TODAY), Chart) if block.unit == "members"
    )
    assert [chart.total(year) for year in (2001, 2014, 2015, 2021, 2022)] == [2, 2, 1, 1, 2]


def test_the_time_line_of_a_case_counts_the_years_before_and_after(sample):
    brief = compose(sample, (CASE,), today=TODAY)
    rows = {row.cells[0]: row.cells[1:] for row in table(brief, "Turning points").rows}
    # From 2018 to 2022 Iceland is listed with the others in the games of 2018, and in 2022 once by each of two lists,
    # which are not added; from 2013 to 2017 in nothing.
    assert rows["2018"] == ("The games grow to 3 states", None, 2)
    assert rows["2024"][2] is None, "five years from 2024 on are not over"
    criticism = str(table(brief, "Points of criticism"))
    assert "Changes of access listed between the states of the case: 1 (ended 1)." in criticism
    assert "Debt" not in criticism, "the record of the case names sovereignty and dependence alone"
    assert "Which instruments grow, and who pays?" in render_terminal(brief)


def test_a_topic_counts_what_its_domains_and_names_say(sample):
    brief = compose(sample, ("technology",), today=TODAY)
    assert figure(brief, "cyber") == 3  # two shields and the drill that the owner alone sees
    assert "Cyber accord" in str(table(brief, "Texts in force, declared").rows)


def test_what_changed_counts_as_many_years_before(sample):
    brief = compose(sample, ("ISL", "IRL"), since=2022, today=TODAY)
    rows = {row.cells[0]: row.cells[1:] for row in table(brief, "Listed in 2018–2021 and in 2022–2025").rows}
    # Amber shields of 2018 against those of 2022 and 2024 with a cyber shield; in 2022 the register and the closed list
    # have one each, and sources are not added.
    assert rows["Exercise"] == (1, 3, "+2")
    assert rows["Incidents"] == (None, 2, "+2")
    assert brief.command == "comity brief ISL IRL --since 2022"
    club = compose(sample, ("club",), since=2015, today=TODAY)
    assert [row.cells[1:] for row in table(club, "Members that joined or left").rows] == [
        ("New Zealand", "joined"),
        ("Ireland", "left"),
    ]


def test_a_year_after_the_day_of_the_brief_is_no_since(sample):
    with pytest.raises(BadRequest, match="--since 2030 is after the day of the brief"):
        compose(sample, ("ISL",), since=2030, today=TODAY)


def test_two_powers_are_counted_with_the_states_of_the_region_alone(sample):
    brief = compose_comparison(sample, ("ISL", "NZL"), "amber-sea", 2025, today=TODAY)
    rows = {row.cells[0].strip(): row.cells[1:] for row in table(brief, "What each has").rows}
    # Of Ireland and Malta each did something with Ireland alone; Malta only watched.
    assert rows["Partners among them"] == (1, 1)
    assert rows["Incidents with one of them"] == (2, None)
    assert brief.command.startswith("comity brief --compare ISL NZL --in amber-sea")
    assert compose_comparison(sample, ("ISL", "MLT"), "club", today=TODAY).title == "Iceland and Malta in CLUB"


@pytest.mark.parametrize(
    ("powers", "place", "message"),
    [
        (("ISL", "NZL"), "amber-see", "no region or organization that is loaded; nearest: amber-sea"),
        (("ISL", "ISL"), "amber-sea", "the same state"),
        (("ISL", "Atlantis"), "amber-sea", "Atlantis"),
    ],
)
def test_a_comparison_that_means_nothing_is_refused(sample, powers, place, message):
    with pytest.raises(ComityError, match=message):
        compose_comparison(sample, powers, place, today=TODAY)


def test_an_audience_sees_nothing_it_may_not(sample_path, sample):
    secrets = ("secret visit", "secret club talks", "secret cyber drill", "closed games", "closed list")
    owner = " ".join(render_terminal(brief).lower() for brief in every_brief(sample))
    assert all(secret in owner for secret in secrets if "games" not in secret)
    with open_store(sample_path, audience="public") as store:
        for brief in every_brief(store):
            texts = [render_html(brief), render_terminal(brief), json.dumps(brief_json(brief), default=str)]
            texts += [explain_text(brief, number, 10**6) for number in range(1, len(brief.numbered) + 1)]
            told = " ".join(text.lower() for text in texts)
            assert not [secret for secret in secrets[:4] if secret in told]
            left_out = [caveat.text for caveat in blocks_of(brief, Caveat) if "Left out" in caveat.text]
            assert left_out
            assert all("Closed List" in text for text in left_out)
            assert "closed list" not in " ".join(reference.title.lower() for reference in brief.references)


def test_what_is_kept_changes_no_byte(sample, tmp_path):
    for kind in ("pair", "state", "organisation", "case", "world"):
        asked = Asked(2024, None, TODAY, tmp_path / "kept")
        fresh, again = (compose_asked(sample, WORDS[kind], asked) for _ in range(2))
        without = compose_asked(sample, WORDS[kind], Asked(2024, None, TODAY, None))
        shown = [section for section in fresh.sections if section.title != "Seen and expected"]
        assert render_terminal(fresh) == render_terminal(again)
        assert [section.title for section in shown] == [section.title for section in without.sections]
        assert shown == [*without.sections]
    assert list((tmp_path / "kept").glob("*/*.json"))


def test_the_register_names_its_subjects_and_each_can_be_written(register_store):
    found = list(known_subjects(register_store))
    kinds = {kind for kind, _, _ in found}
    assert kinds == {"world", "region", "case", "topic", "organisation", "state"}
    cases = [key for kind, key, _ in found if kind == "case"]
    for words in [(key,) for key in cases] + [("nato",), ("JPN",), ("south-china-sea",)]:
        brief = compose(register_store, words, 2025, today=date(2026, 11, 22))
        assert len(blocks_of(brief, Table)) >= 4
