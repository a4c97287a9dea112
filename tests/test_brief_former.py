"""States that have ended in briefs: asked for with their year, without duties of today, tied to nobody since."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_samples import TODAY, MemoryStore, agreement, together
from comity.brief.duties_kept import duties_of
from comity.brief.finding import Asked, read_subject
from comity.brief.former import state_on
from comity.brief.own_ties import own_ties
from comity.cbm import load_regimes, yearly_duties
from comity.errors import UnknownWord
from comity.vocab.state_names import has_ended
from comity.vocab.states import states

NOT_IN_THE_UN = ("TWN", "XKX", "VAT", "ESH")
UN_RULES = {"unroca", "unmilex"}
NEEDED = ("organisation", "region", "case_study", "engagement", "incident", "agreement", "channel")  # to find a subject


@given(st.sampled_from(sorted(states())), st.dates(date(1900, 1, 1), date(2026, 1, 1)))
def test_a_code_means_its_state_until_it_has_ended(code, day):
    if not has_ended(code, (day, day)):
        assert state_on(code, day) == code
        return
    with pytest.raises(UnknownWord, match="add --year ") as refused:
        state_on(code, day)
    year = int(str(refused.value).rpartition(" ")[2])
    assert state_on(code, date(year, 12, 31)) == code


@pytest.mark.parametrize(
    ("word", "year"),
    [("DDR", 1989), ("East Germany", 1989), ("YUG", 2005), ("SUN", 1991), ("Soviet Union", 1990), ("CSK", 1992)],
)
@pytest.mark.parametrize("with_other", [False, True])
def test_a_code_and_a_name_of_the_past_are_refused_alike_with_the_year_to_ask_for(word, year, with_other):
    words = (word, "POL") if with_other else (word,)
    store = MemoryStore({}, names=NEEDED)
    for beyond in (None, 2010, year + 2):  # a name is understood for a year after its state has ended
        with pytest.raises(UnknownWord, match=f"add --year {year}$"):
            read_subject(store, words, Asked(beyond, None, TODAY))
    assert read_subject(store, words, Asked(year, None, TODAY)).states


@pytest.mark.parametrize(
    ("words", "year", "title"),
    [
        (("SUN",), 1980, "Soviet Union (Russia)"),
        (("USSR",), 1980, "Soviet Union (Russia)"),
        (("RUS",), 1980, "Russia"),
        (("USA", "SUN"), 1985, "United States and Soviet Union (Russia)"),
        (("Zaire",), 1980, "Zaire (Democratic Republic of the Congo)"),
        (("DDR",), 1985, "East Germany"),
        (("Serbia",), 2000, "Yugoslavia"),
        (("Burma",), 1980, "Myanmar"),
    ],
)
def test_a_brief_asked_for_by_a_name_of_a_time_now_over_is_headed_by_it(words, year, title):
    assert read_subject(MemoryStore({}, names=NEEDED), words, Asked(year, None, TODAY)).title == title


def test_a_name_that_may_mean_two_states_is_still_told_so():
    with pytest.raises(UnknownWord, match="say which"):
        state_on("Germany", date(1960, 12, 31))


def test_duties_are_of_states_that_are_there_and_those_of_the_united_nations_of_its_members():
    subject = read_subject(MemoryStore(together(agreement("a", ("POL", "DDR")))), ("POL",), Asked(None, None, TODAY))
    assert {duty.rule for duty in duties_of(subject, "POL")} >= UN_RULES
    for code in NOT_IN_THE_UN:
        assert not UN_RULES & {duty.rule for duty in duties_of(subject, code)}
    assert not duties_of(subject, "DDR")
    assert not yearly_duties("DDR", 2027)
    assert "unmilex" in {row.rule for row in yearly_duties("DDR", 1989)}
    held = load_regimes().rules["unroca"]
    assert held.is_party("POL", None)
    assert not held.is_party("TWN", None)
    assert not held.could_be_party("TWN")


def test_a_state_that_has_ended_is_tied_by_no_text_that_outlived_it():
    store = MemoryStore(together(agreement("final act", ("POL", "DDR", "USA"), start_date=date(1975, 8, 1))))
    tied = own_ties(read_subject(store, ("POL",), Asked(None, None, TODAY)))
    assert {(tie.state_a, tie.state_b) for tie in tied} == {("POL", "USA")}
    then = own_ties(read_subject(store, ("POL",), Asked(1985, None, TODAY)))
    assert {(tie.state_a, tie.state_b) for tie in then} == {("POL", "USA"), ("DDR", "POL")}
