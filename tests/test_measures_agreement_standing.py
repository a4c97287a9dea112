"""Agreements that stand, and levels of peace, against the same in plain loops and on cases to check by eye."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.panel import find_measure
from comity.store import open_store
from panel_samples import Sample
from strategies import write_sources

KEPT = date(2005, 12, 31)
KINDS = {
    "standing_agreement_count": ("framework", "access", "information_security"),
    "standing_information_agreement_count": ("information_security",),
    "standing_access_agreement_count": ("access",),
}
texts = st.lists(
    st.tuples(
        st.sampled_from(("framework", "access", "information_security", "alliance", "peace")),
        st.sampled_from(("in_force", "terminated", "signed", "unknown")),
        st.integers(1990, 2004),
        st.none() | st.integers(0, 8),
        st.lists(st.sampled_from(("FRA", "JPN", "USA")), min_size=2, max_size=3, unique=True),
    ),
    max_size=6,
)


def rows_of(place, name, drawn):
    """What the measure lists in a store of these texts, by pair and year."""
    agreements, parties = [], []
    for number, (kind, status, start, years, held) in enumerate(drawn):
        end = None if years is None else date(start + years, 12, 31)
        agreements.append(
            {"agreement": f"t{number}", "agreement_kind": kind, "categories": [], "status": status,
             "start_date": date(start, 6, 1), "end_date": end, "known_until": KEPT, "verification": "secondary"}
        )  # fmt: skip
        parties += [
            {"agreement": f"t{number}", "party_kind": "state", "party": party, "role": "signatory", "known_until": KEPT}
            for party in held
        ]
    tables = {"agreement": agreements, "agreement_party": parties} if agreements else {}
    write_sources(place / "store", Sample("alpha", (), tables).loaded())
    with open_store(place / "store") as store:
        rows = store.ask(find_measure("dyad_year", name).sql).to_pylist()
    assert len({(row["state_a"], row["state_b"], row["year"]) for row in rows}) == len(rows)
    return {(row["state_a"], row["state_b"], row["year"]): row["value"] for row in rows}


@pytest.mark.parametrize("name", sorted(KINDS))
@settings(max_examples=20)
@given(drawn=texts)
def test_a_text_stands_from_its_start_to_its_end_for_every_pair_of_its_parties(tmp_path_factory, name, drawn):
    expected: dict[tuple[str, str, int], int] = {}
    for kind, status, start, years, held in drawn:
        if kind not in KINDS[name] or status == "signed" or (status == "terminated" and years is None):
            continue
        last = KEPT.year if years is None else min(start + years, KEPT.year if status == "unknown" else 9999)
        last = start + years if years is not None else last
        for year in range(start, last + 1):
            for one in held:
                for other in held:
                    if one < other:
                        expected[one, other, year] = expected.get((one, other, year), 0) + 1
    assert rows_of(tmp_path_factory.mktemp("standing"), name, drawn) == expected


def test_one_that_ended_on_an_unknown_day_and_one_only_signed_do_not_stand(tmp_path):
    drawn = [
        ("framework", "terminated", 1990, None, ["FRA", "USA"]),
        ("framework", "signed", 1990, None, ["FRA", "USA"]),
    ]
    assert rows_of(tmp_path, "standing_agreement_count", drawn) == {}


def test_peace_has_the_mean_level_of_the_year_either_way(tmp_path):
    facts = [
        {"fact": fact, "item": "", "from_state": "USA", "to_state": "FRA", "year": 2000, "value": value}
        for fact, value in (("peace_level_mean", 0.75), ("something_else", 0.1))
    ]
    write_sources(tmp_path / "store", Sample("alpha", (), {"dyad_year_fact": facts}).loaded())
    with open_store(tmp_path / "store") as store:
        (row,) = store.ask(find_measure("dyad_year", "peace_level").sql).to_pylist()
    assert (row["state_a"], row["state_b"], row["year"], row["value"]) == ("FRA", "USA", 2000, 0.75)
