"""The checks on the store: each finds the row planted for it, leaves the mended row alone, and passes the register."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import pytest

from comity.sources.about import Loaded
from comity.store import open_store, run_checks, to_table
from comity.vocab.tables import table, tables
from comity.vocab.words import words
from strategies import about, write_sources

CHECKS = sorted(path.name.removesuffix(".sql") for path in (files("comity.store") / "checks").iterdir())
PLAIN = {"text": "x", "integer": 1, "number": 1.0, "boolean": True, "date": date(2000, 1, 1), "texts": []}


def row(name, **changes):
    """A row of a table in which everything that must be there is, and nothing is wrong."""
    given = {"source": "alpha", "source_version": "1", "row_ref": "a.csv:1", "label": "public"}
    for column in table(name).columns:
        if not column.nullable and column.name not in given:
            allowed = min(words(column.words)) if column.words and column.type == "text" else None
            given[column.name] = allowed or PLAIN[column.type]
    return name, given | changes


def ended(name):
    return row(name, end_date=date(1999, 12, 31), start_date=date(2000, 1, 1))


def ally(source, party, *obligations, **dates):
    spell = {"start_date": date(1960, 1, 1), "known_until": date(2018, 12, 31)} | dates
    return row("agreement_party", source=source, agreement=source, party_kind="state", party=party,
               obligations=list(obligations), row_ref=party, **spell)  # fmt: skip


def atop(*parties):
    horizon = date(2018, 12, 31)
    return [row("agreement", source="atop", agreement="atop", known_until=horizon, verification="unverified"), *parties]


def verified(name):
    return row(name, source="register", verification="primary", row_ref=name)


def dispute_fact(fact, **changes):
    return row("dyad_year_fact", **({"fact": fact, "from_state": "USA", "to_state": "IRQ"} | changes))


def spell(start, end, **changes):
    return row("state_membership", start_date=date(start, 1, 1), end_date=end and date(end, 12, 31), **changes)


ENDED = [name for name in tables() if {"start_date", "end_date"} <= set(table(name).column_names)]
VERIFIED = [name for name in tables() if "verification" in table(name).column_names]
DAY = date(2026, 11, 22)
READ = row("evidence", core_table="series", item="s", read_date=DAY)

# Each check: rows that break it once each, and rows beside which they would not.
PLANTED = {
    "agreement_party_without_agreement": ([row("agreement_party")], [row("agreement")]),
    "channel_party_without_channel": ([row("channel_party")], [row("channel")]),
    "dispute_party_without_dispute": ([row("dispute_party")], [row("dispute")]),
    "engagement_party_without_engagement": ([row("engagement_party")], [row("engagement")]),
    "engagement_without_party": ([row("engagement")], [row("engagement_party")]),
    "engagement_without_series": ([row("engagement", series="s")], [row("series", series="s")]),
    "incident_party_without_incident": ([row("incident_party")], [row("incident")]),
    "member_without_organisation": ([row("organisation_member")], [row("organisation")]),
    "dispute_onset_without_dispute_year": ([dispute_fact("dispute_onset")], [dispute_fact("dispute_ongoing")]),
    "done_in_the_future": (
        [READ, row("engagement", status="completed", start_date=date(2026, 11, 23))],
        [row("evidence", core_table="series", item="t", read_date=date(2026, 11, 23))],
    ),
    "ends_before_it_begins": ([ended(name) for name in ENDED], None),
    "fact_about_one_state_with_itself": ([dispute_fact("dispute_ongoing", to_state="USA")], None),
    "register_alliance_unknown_to_atop": (
        [*atop(), ally("register", "JPN", "defense"), ally("register", "USA")],
        atop(ally("atop", "JPN"), ally("atop", "USA", "defense"))[1:],
    ),
    "state_is_member_twice": ([spell(1990, None), spell(1995, None, row_ref="b")], None),
    "verified_without_evidence": (
        [verified(name) for name in VERIFIED],
        [row("evidence", source="register", core_table=name, item="x", row_ref=name) for name in VERIFIED],
    ),
}
# What stands beside the planted rows and is no fault, though it looks like one.
INNOCENT = {
    "done_in_the_future": [READ, row("engagement", status="planned", start_date=date(2030, 1, 1))],
    "engagement_without_series": [row("engagement")],
    "ends_before_it_begins": [row("engagement", end_date=date(2000, 1, 1)), row("mission")],
    "fact_about_one_state_with_itself": [dispute_fact("dispute_ongoing")],
    "register_alliance_unknown_to_atop": [
        *atop(),
        ally("register", "JPN", "consultation"),
        ally("register", "USA", start_date=date(2019, 1, 1)),
    ],
    "state_is_member_twice": [spell(1990, 1994), spell(1995, None), spell(1990, None, system="gw")],
    "verified_without_evidence": [
        row("agreement", verification="primary"),
        row("place", source="register", verification="unverified"),
    ],
}


def found(place, planted):
    """What each check finds in a store of these rows, by name."""
    sources = {}
    for name, given in planted:
        sources.setdefault(given["source"], {}).setdefault(name, []).append(given)
    loaded = [
        Loaded(about(source), {name: to_table(name, rows) for name, rows in of_source.items()})
        for source, of_source in sources.items()
    ]
    write_sources(place, *loaded)
    with open_store(place) as store:
        return {result.name: result for result in run_checks(store)}


def test_every_check_has_a_row_planted_for_it():
    assert sorted(PLANTED) == CHECKS


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_finds_the_row_planted_for_it(tmp_path, name):
    bad, _ = PLANTED[name]
    result = found(tmp_path / "store", bad)[name]
    expected = {"ends_before_it_begins": len(ENDED), "verified_without_evidence": len(VERIFIED)}.get(name, 1)
    assert result.row_count == expected
    assert result.means.endswith(".")
    assert result.first.startswith("row_ref ")


@pytest.mark.parametrize("name", [name for name in CHECKS if PLANTED[name][1]])
def test_a_check_passes_when_what_was_missing_is_there(tmp_path, name):
    bad, mended = PLANTED[name]
    result = found(tmp_path / "store", bad + mended)[name]
    assert (result.row_count, result.first) == (0, None)


@pytest.mark.parametrize("name", sorted(INNOCENT))
def test_a_check_leaves_alone_what_only_looks_wrong(tmp_path, name):
    assert found(tmp_path / "store", INNOCENT[name])[name].row_count == 0


@pytest.mark.parametrize("name", CHECKS)
def test_the_shipped_register_passes(register_store, name):
    [result] = [result for result in run_checks(register_store) if result.name == name]
    assert (result.row_count, result.first) == (0, None)
