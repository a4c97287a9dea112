"""Channels, regimes and programs that two states share, on small registers that can be checked by eye."""

from __future__ import annotations

from datetime import date
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from comity.panel.measures.channel import (
    assistance_programme_count,
    channel_count,
    has_leader_channel,
    has_military_channel,
    has_minister_channel,
    hotline_count,
    information_sharing_programme_count,
    operation_programme_count,
    shared_regime_count,
    training_programme_count,
)
from engagement_samples import told
from panel_samples import Sample

few = settings(max_examples=20)  # each makes a whole store
checked = {"regions": [], "cases": [], "verification": "primary"}


def channel(name, start, **more):
    told_of = {
        "channel": name,
        "name": name,
        "channel_kind": "defense_line",
        "level": "minister",
        "status": "active",
        "start_date": start,
        "known_until": date(2020, 6, 1),
    }
    return told_of | checked | more


def users(name, *parties):
    return [
        {"channel": name, "party_kind": "organisation" if party == "asean" else "state", "party": party, "role": "user"}
        for party in parties
    ]


days = st.dates(date(2015, 1, 1), date(2019, 12, 31))
channels = st.lists(
    st.tuples(
        st.tuples(days, days).map(sorted),
        st.booleans(),
        st.sampled_from(("leader_line", "defense_line", "mechanism", "code")),
        st.sampled_from(("head", "minister", "working")),
        st.sampled_from(("active", "dormant", "closed")),
        st.sets(st.sampled_from(("CHN", "JPN", "PHL", "asean")), min_size=1),
    ),
    max_size=5,
)


def counted(drawn, is_wanted):
    """How many channels two states have in each year, in loops."""
    found = {}
    for (start, end), has_end, kind, level, status, parties in drawn:
        if not is_wanted(kind, level) or (status == "closed" and not has_end):
            continue
        for a, b in combinations(sorted(parties - {"asean"}), 2):
            for year in range(start.year, (end.year if has_end else 2020) + 1):
                found[a, b, year, "alpha"] = found.get((a, b, year, "alpha"), 0) + 1
    return found


@few
@given(channels)
def test_a_channel_counts_for_every_pair_while_it_is_known_to_be_there(tmp_path_factory, drawn):
    rows = {"channel": [], "channel_party": []}
    for number, ((start, end), has_end, kind, level, status, parties) in enumerate(drawn):
        told_of = {"end_date": end if has_end else None, "channel_kind": kind, "level": level, "status": status}
        rows["channel"].append(channel(f"{number}", start, **told_of))
        rows["channel_party"] += users(f"{number}", *parties)
    every, lines, leaders, ministers, forces = told(
        tmp_path_factory,
        [Sample("alpha", (), rows)],
        *(channel_count, hotline_count, has_leader_channel, has_minister_channel, has_military_channel),
    )
    assert every == counted(drawn, lambda kind, level: True)
    assert lines == counted(drawn, lambda kind, level: kind.endswith("_line"))
    assert leaders == dict.fromkeys(counted(drawn, lambda kind, level: level == "head"), 1)
    assert ministers == dict.fromkeys(counted(drawn, lambda kind, level: level == "minister"), 1)
    assert forces == dict.fromkeys(counted(drawn, lambda kind, level: kind == "defense_line"), 1)


def test_a_channel_without_a_start_or_closed_nobody_knows_when_is_not_counted(tmp_path_factory):
    rows = {
        "channel": [channel("early", None), channel("gone", date(2015, 1, 1), status="closed")],
        "channel_party": [*users("early", "CHN", "JPN"), *users("gone", "CHN", "JPN")],
    }
    [found] = told(tmp_path_factory, [Sample("alpha", (), rows)], channel_count)
    assert found == {}


def signatory(name, party, start, end=None):
    return {
        "agreement": name,
        "party_kind": "state",
        "party": party,
        "role": "signatory",
        "obligations": [],
        "start_date": start,
        "end_date": end,
        "known_until": date(2020, 6, 1),
    }


def regime(name, status, start, end=None):
    return {
        "regime": name,
        "name": name,
        "agreement": f"text of {name}",
        "status": status,
        "verification": "primary",
        "start_date": start,
        "start_precision": "day",
        "end_date": end,
        "known_until": date(2020, 6, 1),
    }


def test_a_regime_is_shared_while_it_applies_and_both_are_party(tmp_path_factory):
    rows = {
        "regime_status": [
            regime("notice", "signed", date(2014, 1, 1), date(2014, 12, 31)),
            regime("notice", "in_force", date(2015, 1, 1), date(2018, 6, 30)),
            # Suspended from the middle of a year: it applied on some day of that year, and on none of the next.
            regime("notice", "suspended", date(2018, 7, 1)),
            regime("code", "voluntary", date(2017, 1, 1)),
        ],
        "agreement_party": [
            signatory("text of notice", "CHN", date(2010, 1, 1)),
            signatory("text of notice", "JPN", date(2016, 3, 1)),
            signatory("text of code", "CHN", None),
            signatory("text of code", "JPN", None, date(2019, 1, 31)),
        ],
    }
    [found] = told(tmp_path_factory, [Sample("alpha", (), rows)], shared_regime_count)
    assert found == {("CHN", "JPN", year, "alpha"): {2017: 2, 2018: 2}.get(year, 1) for year in range(2016, 2020)}


def programme(name, instrument, parties, **more):
    told_of = {
        "programme": name,
        "name": name,
        "instrument": instrument,
        "status": "ongoing",
        "start_date": date(2018, 1, 1),
        "known_until": date(2019, 6, 1),
        "parties": parties,
    }
    return told_of | checked | more


def test_two_who_are_both_taught_by_a_third_have_no_program_together(tmp_path_factory):
    """A program with one giver and eight takers once made 28 pairs of takers that assist each other."""
    rows = {
        "programme": [
            programme("wide", "assistance", ["USA", "JPN", "PHL"]),
            programme("narrow", "assistance", ["organisation:asean", "PHL", "JPN"]),
            programme("school", "training", ["USA", "PHL"], start_date=date(2019, 1, 1), end_date=date(2019, 3, 1)),
            programme("picture", "information_sharing", ["USA", "organisation:quad", "JPN", "PHL"]),
            programme("patrol", "operation", ["PHL", "JPN"], status="planned"),
            programme("watch", "operation", ["PHL", "JPN"], status="completed"),
        ]
    }
    assisted, taught, shared, patrolled = told(
        tmp_path_factory,
        [Sample("alpha", (), rows)],
        *(assistance_programme_count, training_programme_count, information_sharing_programme_count),
        operation_programme_count,
    )
    years = (2018, 2019)
    assert assisted == {("JPN", "PHL", year, "alpha"): 1 for year in years}
    assert taught == {("PHL", "USA", 2019, "alpha"): 1}
    assert shared == {(*pair, year, "alpha"): 1 for pair in combinations(("JPN", "PHL", "USA"), 2) for year in years}
    assert patrolled == {("JPN", "PHL", year, "alpha"): 1 for year in years}
