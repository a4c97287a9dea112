"""Defense pacts by the Correlates of War's own list: on invented facts, and against their dyadic file."""

from __future__ import annotations

import csv
from datetime import date

import numpy as np
import pytest

from comity.errors import UnknownWord
from comity.panel import panel
from comity.store import open_store, writing
from comity.vocab.coverage import Coverage
from comity.vocab.states import state_from_code
from panel_samples import Sample
from source_mirror import loaded
from strategies import write_sources

SPAN = {"start": date(1990, 1, 1), "end": date(1995, 12, 31)}
COVERAGE = (Coverage(kinds=("formal_alliance",), completeness="complete", **SPAN),)


def member(agreement, party, *obligations):
    """A party since 1990; a state in several agreements has a row for each."""
    row = {"agreement": agreement, "party_kind": "state", "party": party, "role": "member"}
    spell = {"start_date": date(1990, 1, 1), "end_date": None, "known_until": date(1999, 12, 31)}
    return row | spell | {"obligations": list(obligations)}


def told(tmp_path, name, coverage, rows):
    """The measure by pair and year, after one more source was loaded."""
    write_sources(tmp_path / "store", Sample(name, coverage, {"agreement_party": rows}).loaded())
    with open_store(tmp_path / "store") as store:
        made = panel(store, "dyad_year", years=(1995, 1996)).add("is_cow_defense_ally").to_arrow().to_pylist()
    return {(row["state_a"], row["state_b"], row["year"]): row["is_cow_defense_ally"] for row in made}


def test_their_own_list_alone_is_heard(tmp_path):
    """What another source lists counts for nothing, and without their list nobody is known to have no pact."""
    others = [member("z", "FRA", "defense"), member("z", "JPN", "defense")]
    assert set(told(tmp_path, "alpha", (), others).values()) == {None}
    # One side's obligation is enough; a neutrality pact is no defense pact.
    theirs = [member("x", "GBR", "defense"), member("x", "USA"), member("y", "FRA", "neutrality"), member("y", "ITA")]
    found = told(tmp_path, "cow_alliances", COVERAGE, theirs)
    assert {key for key, value in found.items() if value} == {("GBR", "USA", 1995), ("GBR", "USA", 1996)}
    assert {value for (*_, year), value in found.items() if year == 1995} == {True, False}
    assert {value for (*_, year), value in found.items() if year == 1996} == {True, None}


@pytest.mark.mirror
def test_pacts_are_those_of_their_dyadic_file(mirror, tmp_path):
    """All but one of their pair-years: Serbia handed its code on to Yugoslavia within 1918."""
    listed = set()
    with (mirror / "cow_alliances" / "alliance_v4.1_by_dyad.csv").open() as file:
        for row in csv.DictReader(file):
            years = range(int(row["dyad_st_year"]), int(row["dyad_end_year"] or 2012) + 1)
            for year in years if row["defense"] == "1" else ():
                pair = (state_or_none(row[side], year) for side in ("ccode1", "ccode2"))
                listed.add((*sorted(state for state in pair if state), year))
    listed = {key for key in listed if len(key) == 3}  # pairs with a state that was no member by then fall away
    with writing(tmp_path / "store") as load:
        load.replace(loaded("cow_alliances"))
    with open_store(tmp_path / "store") as store:
        found = panel(store, "dyad_year", years=(1816, 2012)).add("is_cow_defense_ally")
    keys = list(zip(*(found[name].tolist() for name in ("state_a", "state_b", "year")), strict=True))
    pacts = {key for key, value in zip(keys, found["is_cow_defense_ally"].tolist(), strict=True) if value > 0}
    assert not np.isnan(found["is_cow_defense_ally"]).any()
    assert pacts ^ (listed & set(keys)) == {("GRC", "YUG", 1918)}
    assert len(pacts) == 51_587


def state_or_none(code, year):
    """The state of a code in a year, or none where the code was no member."""
    try:
        return state_from_code("cow", int(code), year)
    except UnknownWord:
        return None
