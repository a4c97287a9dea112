"""Troops of one state on the side of another in an armed conflict: told of a state in the window, of a pair ever."""

from __future__ import annotations

from datetime import date

import pytest

from brief_samples import TODAY, MemoryStore, engagement, together
from comity.brief.finding import Asked, read_subject
from comity.brief.troops_sent import troops_sentence

LEFT_OUT = " Sides to which more than 10 states sent troops in a year, as in missions, are left out."
LATE = engagement("of others", date(2026, 1, 5), ("FJI", "TON"))


def sent(one, two, *years):
    row = {"fact": "conflict_troop_support", "from_state": one, "to_state": two, "value": 1.0, "source": "conflicts"}
    return {"dyad_year_fact": [row | {"year": year, "item": item} for year in years for item in ("a", "b")]}


ROWS = together(
    LATE,
    sent("IRL", "MLT", 1980, 2017, 2018, 2020),
    sent("IRL", "FJI", 2019),
    sent("IRL", "TON", 2021),
    sent("IRL", "CYP", 2022, 2023),
    sent("NZL", "YEM", 2014, 2016),
    *(
        sent(code, "TUV", 2020)
        for code in (*("ISL", "IRL", "AUT", "BEL", "CAN"), *("DEU", "FRA", "ITA", "NOR", "SWE", "FIN"))
    ),
    sent("FRA", "TUV", 2021),
)


def told(*words, year=None):
    found = troops_sentence(read_subject(MemoryStore(ROWS), words, Asked(year, None, TODAY)))
    if found is not None:
        assert found.basis.bears(found.text)
    return found.text if found is not None else None


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("IRL",), "on the side of Malta (2017–2018 and 2020), Cyprus (2022–2023), Tonga (2021) and 1 more state."),
        (("MLT", "IRL"), "troops of Ireland in armed conflict on the side of Malta in 1980, 2017–2018 and 2020."),
        (("NZL", "YEM"), "troops of New Zealand in armed conflict on the side of Yemen in 2014."),
    ],
)
def test_those_with_most_years_are_named_first_and_one_whom_few_recognize_is_no_government(words, text):
    assert told(*words).removesuffix(LEFT_OUT).endswith(text)


def test_nothing_is_told_of_whoever_sent_none_or_only_later():
    assert told("MLT") is None
    assert told("ISL", "MLT") is None
    assert told("ISL") is None
    assert told("FRA").removesuffix(LEFT_OUT).endswith("on the side of Tuvalu (2021).")
    assert told("MLT", "IRL", year=1979) is None
    assert told("IRL", year=1985).removesuffix(LEFT_OUT).endswith("on the side of Malta (1980).")
