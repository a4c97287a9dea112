"""Panels of the publishers' real files against those files read anew, and against the field's own program.

Two differences are wanted. A pair of states counts once, where the reference counts it in both directions. And the
disputes are version 2.1.1, where the reference has 2.2.1, which drops or merges 25 of 2,199 disputes; so sums over
disputes come near the reference and need not meet it, while they must meet the file that was loaded.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections import Counter

import pytest

from comity.panel import panel
from comity.store import run_checks
from comity.vocab.states import state_from_code

pytestmark = pytest.mark.mirror
COLUMNS = ("is_defense_ally", "is_mutual_defense_ally", "contiguity_type", "dispute_ongoing", "dispute_onset")


@pytest.fixture(scope="module")
def columns(mirror_store):
    """Each measure of 1816-2018 as a value by pair and year."""
    made = panel(mirror_store, "dyad_year", years=(1816, 2018)).add(*COLUMNS).to_arrow()
    keys = list(zip(*(made.column(name).to_pylist() for name in ("state_a", "state_b", "year")), strict=True))
    return {name: dict(zip(keys, made.column(name).to_pylist(), strict=True)) for name in COLUMNS}


def pair_year(row, one, other):
    """The key of a directed row of two CoW codes and a year."""
    year = int(row["year"])
    return (*sorted(state_from_code("cow", int(row[column]), year) for column in (one, other)), year)


def rows_of(path):
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return csv.DictReader(io.StringIO(content.decode()))


def test_the_united_states_and_japan_in_2010(mirror_store):
    made = panel(mirror_store, "dyad_year", years=(2010, 2010), states=("JPN",))
    made.add("agreement_count", "contiguity_type", "dispute_ongoing", "dispute_onset", "exercise_count")
    made.add("is_defense_ally", "is_mutual_defense_ally", "visit_count", "ideal_point_distance")
    [found] = [row for row in made.to_arrow().to_pylist() if row["state_b"] == "USA"]
    distance = found.pop("ideal_point_distance")
    assert distance == pytest.approx(1.87393)
    assert found == {
        "state_a": "JPN",
        "state_b": "USA",
        "year": 2010,
        "agreement_count": 0,
        "contiguity_type": 0,
        "dispute_ongoing": False,
        "dispute_onset": False,
        "exercise_count": 10,
        "is_defense_ally": True,
        # ATOP codes the treaty of 1960 as obliging the United States to defend Japan, and not the reverse.
        "is_mutual_defense_ally": False,
        "visit_count": 4,
    }


def test_visits_are_known_for_the_united_states_alone(mirror_store):
    made = panel(mirror_store, "dyad_year", years=(2010, 2010)).add("visit_count").to_arrow().to_pylist()
    told = [row for row in made if row["visit_count"] is not None]
    assert [row for row in told if "USA" not in (row["state_a"], row["state_b"])] == []
    # Travels of one state list what took place: an American pair that is not listed is unknown, not zero.
    assert all(row["visit_count"] > 0 for row in told)
    assert {(row["state_a"], row["state_b"]): row["visit_count"] for row in made}["DEU", "FRA"] is None


@pytest.fixture(scope="module")
def obliged(mirror):
    """Whether ATOP's dyad-year file obliges each side of a pair in a year to defend the other."""
    found = {}
    for row in rows_of(mirror / "atop" / "derived_atop_dyad_year.csv.gz"):
        found.setdefault(pair_year(row, "ccode1", "ccode2"), []).append(row["atop_defense"] == "1")
    assert {len(both) for both in found.values()} == {2}
    return found


def test_mutual_defense_alliances_against_the_dyad_years_of_atop(columns, obliged):
    """138 pair-years more and 1 less, for the reason of the one-sided measure."""
    ours = columns["is_mutual_defense_ally"]
    more = [key for key, value in ours.items() if value and not all(obliged.get(key, [False]))]
    less = [key for key, value in ours.items() if not value and all(obliged.get(key, [False]))]
    assert (sum(ours.values()), len(more), less) == (67_602, 138, [("GRC", "YUG", 1918)])


def test_defense_alliances_against_the_dyad_years_of_atop(columns, obliged):
    """Of 993,975 pair-years 76 differ, 75 of them because an obligation counts toward every other party here.

    The dyad-year file says toward whom each obligation runs; the member file, which is loaded, does not. The 75 are
    pairs of the multilateral treaties of 1834 to 1888 (ATOP 1100 to 2130). The last is Greece and Serbia in 1918:
    CoW 345 counts for Yugoslavia in that year, and the treaty of 1913 was Serbia's.
    """
    published = {key: any(both) for key, both in obliged.items()}
    ours = columns["is_defense_ally"]
    assert None not in ours.values()
    assert (len(ours), sum(ours.values())) == (993_975, 68_001)
    more = Counter(key[:2] for key, value in ours.items() if value and not published.get(key, False))
    less = [key for key, value in ours.items() if not value and published.get(key, False)]
    assert more == {
        ("ITA", "ROU"): 28, ("GBR", "ITA"): 15, ("ESP", "FRA"): 7, ("FRA", "GBR"): 7, ("ARG", "BRA"): 6,
        ("FRA", "PRT"): 6, ("FRA", "ITA"): 2, ("AUH", "GBR"): 1, ("DEU", "GBR"): 1, ("ESP", "GBR"): 1,
        ("GBR", "RUS"): 1,
    }  # fmt: skip
    assert less == [("GRC", "YUG", 1918)]


def test_disputes_are_those_of_the_file_and_near_the_reference(mirror, columns):
    ongoing, onset = set(), set()
    for row in rows_of(mirror / "gml_mid" / "gml-ddy-disputes-2.1.1.csv"):
        key = pair_year(row, "ccode1", "ccode2")
        ongoing.add(key)
        onset |= {key} if row["midonset"] == "1" else set()
    for name, listed in (("dispute_ongoing", ongoing), ("dispute_onset", onset)):
        within = {key: value for key, value in columns[name].items() if key[2] <= 2010}
        assert {key for key, value in within.items() if value} == listed & within.keys()
        assert None not in within.values()
        assert {value for key, value in columns[name].items() if key[2] > 2010} == {None}
    # The reference counts 9,284 and 6,248 directed dyad-years in version 2.2.1.
    assert 2 * len(ongoing & columns["dispute_ongoing"].keys()) == pytest.approx(9_284, rel=0.01)
    assert 2 * len(onset & columns["dispute_onset"].keys()) == pytest.approx(6_248, rel=0.01)


def test_contiguity_is_the_nearer_kind_of_the_directed_file(mirror, columns):
    nearest = {}
    for row in rows_of(mirror / "contiguity" / "contdird.csv"):
        key = pair_year(row, "state1no", "state2no")
        nearest[key] = min(nearest.get(key, 9), int(row["conttype"]))
    covered = {key: value for key, value in columns["contiguity_type"].items() if key[2] <= 2016}
    assert covered == {key: nearest.get(key, 0) for key in covered}
    assert {value for key, value in columns["contiguity_type"].items() if key[2] > 2016} == {None}


def test_relevant_pairs_against_the_reference(mirror_store):
    """112,282 pair-years to 2010, where the reference has 111,991: all of those, and 291 of contiguous pairs more.

    The reference keeps, of the records of one pair that hold in a year, the one that starts first, even when that is
    `no contiguity` for the whole period; here the nearer kind of the year counts.
    """
    assert len(panel(mirror_store, "dyad_year", years=(1816, 2010)).relevant().rows) == 111_991 + 291


def test_every_check_passes_on_the_real_sources(mirror_store):
    assert [found for found in run_checks(mirror_store) if found.row_count] == []
