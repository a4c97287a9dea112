"""What takes long in the brief on a pair, worked out by a process of its own: the same as here, or here."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest

from brief_samples import TODAY
from brief_subject_samples import write_subjects
from comity.brief import assessor, render_terminal
from comity.brief.acts_shown import shares_shown
from comity.brief.assessments import assessment
from comity.brief.assessor import AHEAD, Assessor, Errand, assessor_at_work, assessor_called, errand, run, told_beside
from comity.brief.composing import compose_asked
from comity.brief.finding import Asked, read_subject
from comity.store import open_store

ASKED = Asked(None, None, TODAY)
PAIR = ("IRL", "ISL")


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return write_subjects(tmp_path_factory.mktemp("sample") / "store")


@pytest.fixture
def store(place):
    with open_store(place) as opened:
        yield opened


@pytest.fixture
def process(monkeypatch):
    """A process beside this one; on a machine of one processor there would be none."""
    monkeypatch.setattr("os.cpu_count", lambda: 2)


def refuse(*_given):
    raise AssertionError("worked out here")


def test_an_errand_is_on_two_states_named_by_their_codes(store):
    found = errand(store, PAIR, ASKED)
    assert isinstance(found, Errand)
    assert found.is_on(read_subject(store, PAIR, ASKED))
    assert found.is_on(read_subject(store, PAIR[::-1], ASKED))
    for other in ((), ("IRL",), ("IRL", "IRL"), ("Ireland", "Iceland"), ("amber-sea",), (*PAIR, "NZL")):
        assert errand(store, other, ASKED) is None


@pytest.mark.parametrize(
    "changed", [{"words": ("IRL", "NZL")}, {"generation": 99}, {"audience": "public"}, {"year": 2010}]
)
def test_what_was_worked_out_for_another_question_is_not_taken(store, process, changed):
    other = replace(errand(store, PAIR, ASKED), **changed)
    with assessor_at_work(other):
        subject = read_subject(store, PAIR, ASKED)
        assert told_beside(subject, f"assess-IRL-ISL-{subject.full_year}") is None


def test_the_process_tells_what_would_be_found_here(store, process, monkeypatch):
    here = read_subject(store, PAIR, ASKED)
    wanted = (assessment(here), shares_shown(here))
    assert "problem" not in wanted[0]
    with assessor_at_work(errand(store, PAIR, ASKED)):
        monkeypatch.setattr("comity.brief.assessments._assessed", refuse)
        monkeypatch.setattr("comity.brief.known_shares._shares", refuse)
        subject = read_subject(store, PAIR, ASKED)
        assert (assessment(subject), shares_shown(subject)) == wanted
    with pytest.raises(AssertionError, match="worked out here"):
        assessment(read_subject(store, PAIR, ASKED))


@pytest.mark.parametrize("audience", ["owner", "public", "nation:IRL"])
def test_a_brief_is_the_same_with_the_process_and_without(place, process, tmp_path, audience):
    with open_store(place, audience) as store:
        for asked, other in (
            (ASKED, ASKED),
            (replace(ASKED, shelf=tmp_path / "one"), replace(ASKED, shelf=tmp_path / "other")),
        ):
            alone = render_terminal(compose_asked(store, PAIR, asked))
            with assessor_at_work(errand(store, PAIR, other)):
                assert render_terminal(compose_asked(store, PAIR, other)) == alone


@pytest.mark.parametrize(
    "program", ["raise SystemExit", "print('no JSON')", "print('[1, 2')", "import sys; sys.stdin.read(); print('[]')"]
)
def test_where_the_other_process_fails_this_one_works(store, process, monkeypatch, program):
    wanted = assessment(read_subject(store, PAIR, ASKED))
    monkeypatch.setattr(assessor, "Assessor", lambda: Assessor((sys.executable, "-c", program)))
    with assessor_at_work(errand(store, PAIR, ASKED)):
        assert assessment(read_subject(store, PAIR, ASKED)) == wanted


def test_a_process_that_cannot_be_started_changes_nothing(store, process, monkeypatch):
    monkeypatch.setattr(assessor, "Assessor", lambda: Assessor(("/nowhere/python",)))
    with assessor_at_work(errand(store, PAIR, ASKED)):
        subject = read_subject(store, PAIR, ASKED)
        assert told_beside(subject, "assess-IRL-ISL-2024") is None
        assert "problem" not in assessment(subject)


def test_one_that_was_called_before_takes_the_errand(store, process, monkeypatch):
    wanted = assessment(read_subject(store, PAIR, ASKED))
    with assessor_called():
        monkeypatch.setattr(assessor, "Assessor", refuse)  # no second one is started
        subject = read_subject(store, PAIR, ASKED)
        assert told_beside(subject, f"assess-IRL-ISL-{subject.full_year}") is None  # nothing was asked of it yet
        monkeypatch.setattr("comity.brief.assessments._assessed", refuse)
        with assessor_at_work(errand(store, PAIR, ASKED)):
            assert assessment(read_subject(store, PAIR, ASKED)) == wanted


def test_one_that_was_called_and_gets_no_errand_ends_with_the_brief(store, process):
    with assessor_called():
        called = assessor._at_work.get()
        with assessor_at_work(None):
            assert read_subject(store, ("IRL",), ASKED).kind == "state"
    assert called._process.poll() is not None


def test_nothing_is_told_of_another_generation_and_nothing_but_what_takes_long(store, tmp_path):
    told: list[str] = []
    sent = errand(store, PAIR, replace(ASKED, shelf=tmp_path))
    run(replace(sent, generation=99), lambda name, _: told.append(name))
    assert told == []
    run(sent, lambda name, _: told.append(name))
    assert {name.split("-")[0] + "-" for name in told if name.startswith(AHEAD)} == set(AHEAD)
    with assessor_at_work(sent):
        assert told_beside(read_subject(store, PAIR, ASKED), "series") is None
