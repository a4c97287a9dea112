"""Measures of visits and port calls against plain loops over the facts, then known cases."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import pytest
from hypothesis import given, settings

from comity.panel import panel
from comity.panel.measures import visit
from comity.store import open_store
from engagement_samples import held, larger, pairs, samples, told, year_fact
from panel_samples import Sample
from strategies import write_sources

few = settings(max_examples=12)  # each makes a whole store


def journeys(given_samples, instrument, levels=None):
    """By traveler, host, year and source the number of journeys, of these levels where any are named."""
    found = defaultdict(int)
    for sample in given_samples:
        for row, parties in held(sample, instrument):
            if levels and row["level"] not in levels:
                continue
            for one in parties:
                for other in parties:
                    states = one["party_kind"] == other["party_kind"] == "state"
                    if states and one["role"] == "visitor" and other["role"] == "host":
                        found[one["party"], other["party"], row["start_date"].year, sample.name] += 1
    return dict(found)


def between(given_samples, levels=None):
    """The same either way, by pair; any two parties that did not both travel or both host met."""
    found = defaultdict(int)
    for sample in given_samples:
        for row, parties in held(sample, "visit"):
            for one, other in pairs(parties) if not levels or row["level"] in levels else ():
                if one["role"] != other["role"] or one["role"] not in ("visitor", "host"):
                    found[one["party"], other["party"], row["start_date"].year, sample.name] += 1
    return dict(found)


def sums(given_samples, fact):
    return {key: value for sample in given_samples for key, value in year_fact(sample, fact).items()}


@few
@given(samples("visit"))
def test_visits_are_what_a_plain_loop_counts(tmp_path_factory, given_samples):
    leaders, ministers, chiefs, commanders, all_of, military = told(
        tmp_path_factory,
        given_samples,
        visit.leader_visit_count,
        visit.minister_visit_count,
        visit.chief_visit_count,
        visit.commander_visit_count,
        visit.visit_count,
        visit.military_visit_count,
    )
    by_head = journeys(given_samples, "visit", ["head"])
    assert leaders == larger(by_head, sums(given_samples, "leader_visit_count"))
    assert ministers == journeys(given_samples, "visit", ["minister"])
    assert chiefs == journeys(given_samples, "visit", ["chief"])
    assert commanders == journeys(given_samples, "visit", ["commander"])
    assert all_of == between(given_samples)
    by_soldiers = between(given_samples, ["chief", "commander"])
    assert military == larger(by_soldiers, sums(given_samples, "military_visit_count"))


@few
@given(samples("port_call"))
def test_port_calls_are_what_a_plain_loop_counts(tmp_path_factory, given_samples):
    [calls] = told(tmp_path_factory, given_samples, visit.port_call_count)
    assert calls == journeys(given_samples, "port_call")


# Known cases.


def facts(tmp_path_factory, function, level, **roles):
    """What a measure says of one visit of 2000, without the source."""
    row = {
        "engagement": "1",
        "instrument": "visit",
        "level": level,
        "status": "completed",
        "start_date": date(2000, 6, 1),
        "start_precision": "day",
        "verification": "primary",
    }
    parties = [
        {"engagement": "1", "party_kind": "state", "party": party, "role": role} for party, role in roles.items()
    ]
    sample = Sample("alpha", (), {"engagement": [row], "engagement_party": parties})
    [found] = told(tmp_path_factory, [sample], function)
    return {key[:-1]: value for key, value in found.items()}


def test_a_visit_runs_from_the_traveler_to_the_host(tmp_path_factory):
    found = facts(tmp_path_factory, visit.leader_visit_count, "head", USA="visitor", JPN="host")
    assert found == {("USA", "JPN", 2000): 1}


def test_a_journey_to_two_states_is_a_visit_to_each(tmp_path_factory):
    found = facts(tmp_path_factory, visit.minister_visit_count, "minister", USA="visitor", JPN="host", PHL="host")
    assert found == {("USA", "JPN", 2000): 1, ("USA", "PHL", 2000): 1}


def test_a_visit_of_unknown_level_is_a_visit_and_of_no_level(tmp_path_factory):
    for function, count in (
        (visit.visit_count, {("JPN", "USA", 2000): 1}),
        (visit.leader_visit_count, {}),
        (visit.minister_visit_count, {}),
        (visit.chief_visit_count, {}),
        (visit.commander_visit_count, {}),
        (visit.military_visit_count, {}),
    ):
        assert facts(tmp_path_factory, function, None, USA="visitor", JPN="host") == count


def test_a_source_may_say_that_there_was_no_visit(tmp_path_factory):
    """A zero that was published is a fact; only a zero that nobody wrote down would be an invention."""
    none = {"from_state": "CHN", "to_state": "JPN", "year": 2000, "item": "", "value": 0.0}
    rows = [none | {"fact": fact} for fact in ("leader_visit_count", "military_visit_count")]
    answers = told(
        tmp_path_factory,
        [Sample("alpha", (), {"dyad_year_fact": rows})],
        visit.leader_visit_count,
        visit.military_visit_count,
    )
    assert answers == [{("CHN", "JPN", 2000, "alpha"): 0}] * 2


def test_what_is_left_of_visits_tells_of_unbroken_runs_of_years_alone(tmp_path):
    """No source knows all visits: 2002 without one is unknown, and what was before cannot be carried through it."""
    held_rows = [
        {
            "engagement": str(year),
            "instrument": "visit",
            "status": "completed",
            "start_date": date(year, 6, 1),
            "start_precision": "day",
            "verification": "primary",
        }
        for year in (2000, 2001, 2003)
    ]
    parties = [
        {"engagement": row["engagement"], "party_kind": "state", "party": party, "role": role}
        for row in held_rows
        for party, role in (("USA", "visitor"), ("JPN", "host"))
    ]
    write_sources(
        tmp_path / "store", Sample("alpha", (), {"engagement": held_rows, "engagement_party": parties}).loaded()
    )
    with open_store(tmp_path / "store") as store:
        made = panel(store, "dyad_year", years=(2001, 2004), states=("JPN",)).add("visit_stock").to_arrow()
    left = [row["visit_stock"] for row in made.to_pylist() if row["state_b"] == "USA"]
    assert left == [pytest.approx(1 + 0.5 ** (1 / 5)), None, 1, None]
