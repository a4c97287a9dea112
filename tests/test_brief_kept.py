"""What briefs keep beside the store: pictures, answers and verdicts; with them and without, a brief is the same."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_samples import CHART, TODAY
from brief_subject_samples import write_subjects
from comity.brief import pictures_kept as keeping_pictures
from comity.brief import render_html, render_terminal
from comity.brief.answers_kept import KeptAnswers, panel_store
from comity.brief.assessments import assessment
from comity.brief.composing import compose_asked
from comity.brief.drawing import picture
from comity.brief.facts import engagements
from comity.brief.finding import Asked, read_subject
from comity.brief.keeping import PICTURES, folder_of
from comity.brief.verdicts import DESIGNS, entries
from comity.evidence.design import known_designs
from comity.evidence.ledger import ledger
from comity.store import open_store

PARAMETERS = st.dictionaries(st.sampled_from(["first", "last", "fact"]), st.integers(1900, 2100) | st.text(max_size=3))


class Asking:
    """A store that answers with what it was asked, and counts how often it was."""

    def __init__(self) -> None:
        self.times = 0

    def ask(self, sql, parameters=None):
        self.times += 1
        told = sorted(map(str, (parameters or {}).items()))
        return pa.table({"sql": [sql] * 3, "told": [told] * 3, "year": [2000, None, 2002], "value": [0.5, None, 2.0]})

    def coverage(self, kind):
        return [("register", kind)]

    def abouts(self):
        return {"register": "about"}


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    with open_store(write_subjects(tmp_path_factory.mktemp("sample") / "store")) as store:
        yield store


def plain(answer):
    """An answer whose texts are no longer numbers into a list of names."""
    held = [column.type for column in answer.columns]
    types = [each.value_type if pa.types.is_dictionary(each) else each for each in held]
    return answer.cast(pa.schema(list(zip(answer.column_names, types, strict=True))))


def asked(shelf=None, year=None):
    return Asked(year, None, TODAY, shelf)


@given(questions=st.lists(st.tuples(st.sampled_from(["SELECT 1", "SELECT 2"]), PARAMETERS), min_size=1, max_size=6))
def test_a_kept_answer_is_the_answer_and_is_asked_once(tmp_path_factory, questions):
    store, folder = Asking(), tmp_path_factory.mktemp("kept")
    for _ in range(2):
        for sql, parameters in questions:
            found = KeptAnswers(store, folder).ask(sql, parameters)
            assert plain(found).equals(Asking().ask(sql, parameters))
    assert store.times == len({(sql, str(sorted(told.items()))) for sql, told in questions})


@pytest.mark.parametrize("cut", [0, 7, 200])
def test_an_answer_that_was_cut_off_is_asked_again(tmp_path, cut):
    store = Asking()
    KeptAnswers(store, tmp_path).ask("SELECT 1")
    (place,) = tmp_path.iterdir()
    place.write_bytes(place.read_bytes()[:cut])
    assert plain(KeptAnswers(store, tmp_path).ask("SELECT 1")).equals(Asking().ask("SELECT 1"))
    assert store.times == 2


def test_a_folder_that_cannot_be_written_changes_nothing(tmp_path):
    (tmp_path / "file").write_text("no folder")
    kept = KeptAnswers(Asking(), tmp_path / "file" / "below")
    assert kept.ask("SELECT 1").equals(Asking().ask("SELECT 1"))
    assert kept.coverage("exercise") == [("register", "exercise")]
    assert kept.abouts() == {"register": "about"}


def test_the_latest_day_that_the_store_knows_is_asked_once_for_all_briefs(sample, tmp_path, monkeypatch):
    day = asked(tmp_path).day(sample)
    assert day == asked().day(sample)
    monkeypatch.setattr(type(sample), "rows", lambda *_given: pytest.fail("asked again"))
    assert asked(tmp_path).day(sample) == day


def test_answers_are_kept_for_the_year_most_briefs_look_at_and_by_audience(sample, tmp_path):
    usual = read_subject(sample, ("IRL", "ISL"), asked(tmp_path))
    assert panel_store(usual).folder == folder_of(usual)
    assert folder_of(usual).parent == tmp_path
    assert panel_store(read_subject(sample, ("IRL", "ISL"), asked(tmp_path, 2010))) is sample
    assert panel_store(read_subject(sample, ("IRL", "ISL"), asked())) is sample
    with open_store(sample.folder, "public") as public:
        assert folder_of(read_subject(public, ("IRL", "ISL"), asked(tmp_path))) != folder_of(usual)


@pytest.mark.parametrize("words", [("IRL", "ISL"), ("world",)])
def test_a_brief_is_the_same_whatever_was_kept(sample, tmp_path, words):
    shelves = (tmp_path / "one", tmp_path / "one", tmp_path / "other")
    first, again, fresh = (compose_asked(sample, words, asked(shelf)) for shelf in shelves)
    assert render_html(first) == render_html(again) == render_html(fresh)
    assert render_terminal(first) == render_terminal(again) == render_terminal(fresh)
    assert list((tmp_path / "one").iterdir())


def test_a_pair_is_assessed_from_what_was_kept_for_another_as_from_the_store(sample, tmp_path):
    assessment(read_subject(sample, ("IRL", "ISL"), asked(tmp_path)))
    kept = len(list(tmp_path.glob("*/*.arrow")))
    for other in (("NOR", "SWE"), ("IRL", "NOR")):
        told = assessment(read_subject(sample, other, asked(tmp_path)))
        assert told == assessment(read_subject(sample, other, asked()))
        assert "problem" not in told
    assert kept == len(list(tmp_path.glob("*/*.arrow")))


def test_a_picture_is_drawn_once_and_again_when_it_was_damaged_or_shows_something_else(tmp_path, monkeypatch):
    drawn = picture(CHART)
    assert picture(CHART, tmp_path) == drawn
    (place,) = (tmp_path / PICTURES).iterdir()
    monkeypatch.setattr("comity.brief.charts.draw_chart", lambda _: "<svg>drawn again</svg>")
    assert picture(CHART, tmp_path) == drawn
    assert picture(replace(CHART, years=(2000, 2005)), tmp_path) == "<svg>drawn again</svg>"
    place.write_text(drawn[:-20])
    assert picture(CHART, tmp_path) == "<svg>drawn again</svg>"


def test_no_more_pictures_are_kept_than_so_many(tmp_path, monkeypatch):
    monkeypatch.setattr(keeping_pictures, "MOST_KEPT", 3)
    monkeypatch.setattr("comity.brief.charts.draw_chart", lambda chart: f"<svg>{chart.years}</svg>")
    for year in range(2004, 2012):
        assert picture(replace(CHART, years=(2000, year)), tmp_path) == f"<svg>(2000, {year})</svg>"
        assert len(list((tmp_path / PICTURES).iterdir())) == min(year - 2003, 3)


def test_verdicts_are_those_of_the_ledger_kept_or_read(sample, tmp_path):
    told = [(each.number, each.claim.wording, each.verdict.word, len(each.estimates)) for each in ledger()]
    for _ in range(2):
        held = entries(read_subject(sample, ("world",), asked(tmp_path)))
        assert [(each.number, each.wording, each.word, each.estimate_count) for each in held] == told


def test_the_reasons_for_verdicts_hold_no_code_of_a_design(sample):
    assert set(DESIGNS) == {each.name for each in known_designs()}
    reasons = [each.reason for each in entries(read_subject(sample, ("world",), asked()))]
    assert any(words[1:] in reason for reason in reasons for words in DESIGNS.values())
    assert not [reason for reason in reasons if "_" in reason or "(main)" in reason or re.search(r"\blead \d", reason)]


@pytest.mark.parametrize("words", [("IRL", "ISL"), ("IRL",), ("world",)])
def test_the_sieves_leave_out_nothing_that_the_rules_keep(sample, words):
    subject = read_subject(sample, words, asked())
    found = {(fact.source, fact.item) for fact in engagements(subject, date(1900, 1, 1))}
    parties: dict[tuple[str, str], set[str]] = {}
    for row in sample.rows("SELECT * FROM core.engagement_party WHERE party_kind = 'state'"):
        if row["role"] not in ("observer", "depositary"):
            parties.setdefault((row["source"], row["engagement"]), set()).add(row["party"])
    done = sample.rows(
        "SELECT source, engagement FROM core.engagement WHERE start_date <= $on AND status IN ('completed', 'ongoing') "
        "AND (instrument <> 'training' OR source = 'register')",
        {"on": subject.as_of},
    )
    expected = {
        (row["source"], row["engagement"])
        for row in done
        if words == ("world",) or (set(words) <= parties.get((row["source"], row["engagement"]), set()))
    }
    assert found == expected
    assert found
