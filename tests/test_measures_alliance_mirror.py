"""Measures of alliances on the publishers' real files, against the reference panel and against each other."""

from __future__ import annotations

import numpy as np
import pytest

from comity.panel import panel

pytestmark = pytest.mark.mirror


def test_obligations_sum_to_those_of_the_reference(mirror_store):
    """The sums of the reference panel of all directed dyad-years, 1816 to 2010.

    Only its column of any alliance has 159 more: it counts every row of the file, and these hold no obligation.
    """
    wanted = {
        "has_defense_obligation": 108_407,
        "has_offense_obligation": 5_124,
        "has_neutrality_obligation": 3_555,
        "has_nonaggression_obligation": 191_524,
        "has_consultation_obligation": 106_459,
        "has_alliance_obligation": 201_270 - 159,
    }
    found = panel(mirror_store, "directed_dyad_year", years=(1816, 2010)).add(*wanted)
    assert {name: found[name].sum() for name in wanted} == wanted


@pytest.mark.parametrize(
    ("obligation", "more", "less"),
    [("offense", 33, 1), ("neutrality", 52, 1), ("nonaggression", 74, 0), ("consultation", 0, 1)],
)
def test_allies_against_the_dyad_years_of_atop(mirror_store, obligation, more, less):
    """Both ways are of one mind but for obligations toward some members only, and for Greece and Serbia in 1918.

    There the code of Serbia counts for Yugoslavia, as for defense. What Serbia went on holding under the code of
    Yugoslavia in 2006 is Serbia's both ways.
    """
    names = (f"is_{obligation}_ally", f"has_{obligation}_obligation")
    found = panel(mirror_store, "dyad_year", years=(1816, 2018)).add(*names)
    ally = found[names[0]] > 0
    either = (found[f"{names[1]}_a_to_b"] > 0) | (found[f"{names[1]}_b_to_a"] > 0)
    assert ((ally & ~either).sum(), (either & ~ally).sum()) == (more, less)


def test_the_alliances_of_the_united_states_and_japan(mirror_store):
    names = ("alliance_count", "ally_distance", "alliance_depth", "alliance_military_contact", "has_alliance_bases")
    rows = panel(mirror_store, "dyad_year", years=(2010, 2010), states=("JPN",)).add(*names).to_arrow().to_pylist()
    [found] = [row for row in rows if row["state_b"] == "USA"]
    # The treaty of 1960 provides for American bases and for no contact of the militaries beyond them. The second
    # alliance is the treaty of 2003 on amity in South-East Asia (nonaggression).
    assert [found[name] for name in names] == [2, 1, 3, 0, True]


def test_every_alliance_in_force_has_a_phase(mirror_store):
    """Otherwise null would not mean what the provisions say it means."""
    found = panel(mirror_store, "dyad_year", years=(1816, 2018)).add("alliance_count", "has_wartime_alliance")
    assert ((found["alliance_count"] > 0) == ~np.isnan(found["has_wartime_alliance"])).all()
