"""Whole briefs kept beside the store: the same request alone is answered from them, and nobody reads another's."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_samples import TODAY
from brief_subject_samples import write_subjects
from comity.brief import documents_kept as keeping_documents
from comity.brief.documents_kept import Request, kept_document
from comity.brief.finding import Asked, read_subject
from comity.brief.keeping import folder_of, keep
from comity.cli._brief_asking import Wish, text_of
from comity.store import open_store

REQUEST = Request(words=("IRL", "ISL"), options=(("year", None), ("since", None)), today=TODAY, form=("terminal", 80))
OTHERS = (
    replace(REQUEST, words=("ISL", "IRL")),
    replace(REQUEST, words=("IRL ISL",)),
    replace(REQUEST, options=(("year", 2010), ("since", None))),
    replace(REQUEST, options=(("year", None), ("since", 2010))),
    replace(REQUEST, today=TODAY + timedelta(days=1)),
    replace(REQUEST, form=("terminal", 100)),
    replace(REQUEST, form=("html",)),
)


class Seen:
    """A store as far as keeping goes: who looks, at which generation, and what is seen of it."""

    def __init__(self, audience="owner", generation=1, fingerprint="a"):
        self.audience, self.generation, self.fingerprint = audience, generation, fingerprint


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return write_subjects(tmp_path_factory.mktemp("sample") / "store")


def refuse():
    raise AssertionError("it was kept, and is written again")


@given(text=st.text(), request_=st.sampled_from((REQUEST, *OTHERS)))
def test_the_same_request_has_the_same_text_and_is_written_once(tmp_path_factory, text, request_):
    shelf = tmp_path_factory.mktemp("kept")
    assert kept_document(Seen(), shelf, request_, lambda: text) == text
    assert kept_document(Seen(), shelf, request_, refuse) == text


@pytest.mark.parametrize("other", OTHERS)
def test_another_request_is_written_anew(tmp_path, other):
    kept_document(Seen(), tmp_path, REQUEST, lambda: "one")
    assert kept_document(Seen(), tmp_path, other, lambda: "other") == "other"
    assert kept_document(Seen(), tmp_path, REQUEST, refuse) == "one"


@pytest.mark.parametrize(
    "other",
    [Seen("public"), Seen("nation:JPN"), Seen(generation=2), Seen(fingerprint="b"), Seen("public", fingerprint="b")],
)
def test_what_was_kept_of_another_audience_or_store_is_not_served(tmp_path, other):
    kept_document(Seen(), tmp_path, REQUEST, lambda: "the owner's")
    assert kept_document(other, tmp_path, REQUEST, lambda: "another's") == "another's"


def test_an_audience_is_told_apart_even_where_folder_and_fingerprint_are_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(keeping_documents, "folder_beside", lambda store, shelf: shelf / "one")
    kept_document(Seen("owner"), tmp_path, REQUEST, lambda: "the owner's")
    assert kept_document(Seen("public"), tmp_path, REQUEST, lambda: "the public's") == "the public's"


def test_a_text_of_another_program_is_not_served(tmp_path, monkeypatch):
    kept_document(Seen(), tmp_path, REQUEST, lambda: "of this program")
    monkeypatch.setattr(keeping_documents, "_program", lambda: "another")
    assert kept_document(Seen(), tmp_path, REQUEST, lambda: "of another") == "of another"


@pytest.mark.parametrize(
    "change", [lambda held: held[:-3], lambda held: held + b"x", lambda held: b"", lambda held: b"\xff"]
)
def test_a_text_that_is_not_whole_is_written_anew(tmp_path, change):
    kept_document(Seen(), tmp_path, REQUEST, lambda: "one text\nof two lines\n")
    (file,) = tmp_path.glob("*/*.text")
    file.write_bytes(change(file.read_bytes()))
    assert kept_document(Seen(), tmp_path, REQUEST, lambda: "anew") == "anew"


def test_a_shelf_that_cannot_be_written_and_no_shelf_change_nothing(tmp_path):
    (tmp_path / "file").write_text("no folder")
    assert kept_document(Seen(), tmp_path / "file", REQUEST, lambda: "one") == "one"
    assert kept_document(Seen(), None, REQUEST, lambda: "two") == "two"


def test_what_is_kept_is_for_its_owner_alone(tmp_path):
    kept_document(Seen(), tmp_path / "kept", REQUEST, lambda: "one")
    assert {each.stat().st_mode & 0o777 for each in (tmp_path / "kept", *(tmp_path / "kept").iterdir())} == {0o700}


def test_no_more_texts_are_kept_than_so_many(tmp_path, monkeypatch):
    monkeypatch.setattr(keeping_documents, "MOST_KEPT", 3)
    for width in range(60, 68):
        kept_document(Seen(), tmp_path, replace(REQUEST, form=("terminal", width)), lambda: "a text")
        assert len(list(tmp_path.glob("*/*.text"))) == min(width - 59, 3)


def wish(tmp_path, *words, compare=None, place=None, year=None):
    return Wish(words, compare, place, Asked(year, None, TODAY, tmp_path))


@pytest.mark.parametrize("kind", ["terminal", "html", "md", "json"])
def test_a_kept_brief_has_the_bytes_of_one_written_anew_and_asks_nothing(place, tmp_path, kind):
    with open_store(place, light=True) as store:
        first = text_of(store, wish(tmp_path / "one", "IRL", "ISL"), kind)
    with open_store(place, light=True) as store:
        assert text_of(store, wish(tmp_path / "one", "IRL", "ISL"), kind) == first
        assert "connection" not in vars(store._views)
        assert text_of(store, wish(tmp_path / "other", "IRL", "ISL"), kind) == first


def test_a_brief_for_the_public_is_not_the_owners(place, tmp_path):
    with open_store(place, light=True) as store:
        owner = text_of(store, wish(tmp_path, "IRL", "ISL"), "terminal")
    with open_store(place, "public", light=True) as store:
        public = text_of(store, wish(tmp_path, "IRL", "ISL"), "terminal")
    assert "· for owner ·" in owner
    assert "· for public ·" in public


def test_a_comparison_is_told_from_its_words_and_from_another_place(place, tmp_path, monkeypatch):
    monkeypatch.setattr("comity.cli._brief_asking.composed", lambda store, asked: asked)
    monkeypatch.setattr("comity.cli._brief_asking._renderer", lambda kind, screen: repr)
    asked = (
        wish(tmp_path, compare=("IRL", "ISL"), place="baltic"),
        wish(tmp_path, compare=("ISL", "IRL"), place="baltic"),
        wish(tmp_path, compare=("IRL", "ISL"), place="nato"),
        wish(tmp_path, "IRL", "ISL"),
        wish(tmp_path, "IRL", "ISL", year=2010),
    )
    with open_store(place, light=True) as store:
        assert len({text_of(store, each, "md") for each in asked}) == len(asked)


def test_what_is_prepared_later_is_told(place, tmp_path):
    with open_store(place, light=True) as store:
        asked = wish(tmp_path, "IRL", "ISL")
        subject = read_subject(store, asked.words, asked.asked)
        assert folder_of(subject).parent == tmp_path
        request = replace(REQUEST, words=asked.words)
        kept_document(store, tmp_path, request, lambda: "before")
        keep(subject, "expected-exercise", {"latest": 2020})
        assert kept_document(store, tmp_path, request, lambda: "after") == "after"
        keep(subject, "outlook-now", {"year": 2027})
        assert kept_document(store, tmp_path, request, lambda: "with an outlook") == "with an outlook"
