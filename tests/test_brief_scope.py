"""What is of a region: by its tag, its place, its host, or most of its parties; and against whom an act is."""

from __future__ import annotations

from datetime import date

import pytest

from brief_samples import TODAY, MemoryStore, agreement, engagement, incident, together
from comity.brief.access_changes import changes
from comity.brief.arrangements import presences
from comity.brief.facts import agreements, engagements, incidents
from comity.brief.own_ties import own_ties, region_ties
from comity.brief.quarrels import claims
from comity.brief.subject import Subject
from comity.network import ties

DAY = date(2025, 5, 5)
SINCE = date(2020, 1, 1)
AT, AWAY = {"latitude": 15.0, "longitude": 15.0}, {"latitude": 15.0, "longitude": 95.0}
ELSEWHERE, BAY = {"regions": ["elsewhere"]}, {"regions": ["bay"]}
FRAMES = {"hills": (0, 0, 30, 30), "bay": (5, 5, 10, 10), "elsewhere": (-60, -60, 80, 80)}


def frames():
    edges = ("west", "south", "east", "north")
    rows = [{"region": name, "name": name} | dict(zip(edges, frame, strict=True)) for name, frame in FRAMES.items()]
    return {"region": [row | {"states": [], "partners": [], "verification": "primary"} for row in rows]}


def hills(*rows, frame=FRAMES["hills"]):
    """The United States, Canada and Mexico are of it, Britain and France its partners."""
    given = {"kind": "region", "title": "Hills", "region": "hills", "as_of": TODAY, "frame": frame}
    store = MemoryStore(together(frames(), *rows))
    return Subject(store=store, states=("USA", "CAN", "MEX"), partners=("GBR", "FRA"), **given)


@pytest.mark.parametrize(
    ("parties", "more", "is_of_it"),
    [
        (("GBR", "FRA"), {"regions": ["hills"]}, True),  # the tag decides
        (("CAN", "JPN", "KOR"), BAY, True),  # a region within it
        (("GBR", "FRA"), BAY, False),
        (("USA", "GBR"), {}, False),  # a great power acts everywhere
        (("USA", "GBR"), AT, True),
        (("USA", "CAN", "GBR"), AWAY, False),
        (("CAN", "GBR"), {}, True),
        (("CAN:host", "GBR"), ELSEWHERE, True),
        (("CAN", "GBR:host"), ELSEWHERE, False),
        (("CAN", "GBR"), ELSEWHERE | AT, False),  # a frame is wider than its region
        (("USA:host", "GBR"), ELSEWHERE, False),
        (("CAN", "GBR", "JPN:host"), AT, False),
        (("CAN", "USA", "JPN", "KOR"), {}, False),  # more of nowhere near
        (("CAN", "MEX", "JPN"), {}, True),
        (("CAN", "JPN"), {}, False),
    ],
)
def test_an_act_is_of_a_region_by_tag_place_host_or_most_of_its_parties(parties, more, is_of_it):
    subject = hills(engagement("games", DAY, parties, **{"regions": []} | more))
    assert [fact.item for fact in engagements(subject, SINCE)] == ["games"] * is_of_it


@pytest.mark.parametrize(
    ("parties", "more", "is_of_it"),
    [
        (("RUS:actor", "USA:affected", "GBR:affected"), {}, False),
        (("RUS:actor", "USA:affected", "GBR:affected"), AT, True),
        (("RUS:actor", "CAN:affected", "GBR:affected", "DEU:affected", "ITA:affected"), {}, False),
        (("GBR:actor", "CAN:affected"), {}, True),
        (("GBR:actor", "CAN:affected"), ELSEWHERE | AT, False),
        (("RUS:actor", "CAN:affected"), BAY, True),
    ],
)
def test_an_incident_is_of_a_region_by_tag_place_or_most_of_its_parties(parties, more, is_of_it):
    subject = hills(incident("clash", DAY, parties, **{"regions": []} | more))
    assert [fact.item for fact in incidents(subject)] == ["clash"] * is_of_it


def test_a_region_without_a_frame_knows_no_position_in_it():
    rows = [engagement("games", DAY, ("USA", "GBR"), regions=[], **AT)]
    assert not engagements(hills(*rows, frame=None), SINCE)
    assert engagements(hills(*rows), SINCE)


def test_a_text_is_of_a_region_when_it_binds_two_of_its_states_or_more_than_strangers():
    strangers = ("DEU", "ITA", "NOR", "POL")
    subject = hills(
        agreement("of two", ("CAN", "MEX", *strangers), regions=[]),
        agreement("of one", ("CAN", "USA", *strangers), regions=[]),
        agreement("of one and a partner", ("CAN", "GBR"), regions=[]),
        agreement("of powers", ("USA", "GBR"), regions=[]),
        agreement("of others", ("CAN", "MEX", *strangers), **ELSEWHERE),
    )
    assert {fact.item for fact in agreements(subject)} == {"of two", "of one and a partner"}


def test_forces_are_of_the_region_in_which_they_stand():
    def force(owner, place):
        row = {"presence": f"{owner}-{place}", "name": f"Base {owner} {place}", "from_state": owner, "to_state": place}
        return {"presence": [row | {"known_until": DAY, "start_date": DAY, "regions": [], "verification": "primary"}]}

    subject = hills(*(force(*pair) for pair in (("USA", "GBR"), ("GBR", "CAN"), ("CAN", "GBR"), ("USA", "MEX"))))
    assert {fact.item for fact in presences(subject)} == {"GBR-CAN", "USA-MEX"}


def test_claims_and_changes_of_a_region_within_are_told_where_its_states_are_parties():
    def claim(area, party, region):
        row = {"claim": area, "place": area, "name": area, "party_kind": "state", "party": party, "role": "claimant"}
        row |= {"verification": "primary"}
        return {"territorial_claim": [row | {"known_until": TODAY, "regions": [region]}]}

    def change(by, of, region, item):
        row = {"item": item, "core_table": "presence", "date": DAY, "precision": "day", "change_kind": "ended"}
        row |= {
            "access_kind": "basing",
            "by_kind": "state",
            "by_party": by,
            "of_parties": [of],
            "reason": "r",
            "verification": "primary",
        }
        return {"access_change": [row | {"regions": [region]}]}

    subject = hills(
        claim("ours", "CAN", "bay"),
        claim("theirs", "NOR", "bay"),
        claim("far", "CAN", "elsewhere"),
        change("CAN", "JPN", "bay", "of the bay"),
        change("CAN", "GBR", "elsewhere", "of a partner"),
        change("CAN", "JPN", "elsewhere", "of a stranger"),
        change("USA", "GBR", "elsewhere", "of powers"),
    )
    assert [fact["name"] for fact in claims(subject)] == ["ours"]
    assert {row["item"] for row in changes(subject)[0]} == {"of the bay", "of a partner"}


def test_the_ties_of_a_region_are_those_by_what_is_of_it():
    acts = [("CAN", "GBR"), ("USA", "GBR"), ("CAN", "MEX", "JPN")]
    subject = hills(*(engagement(f"games {n}", DAY, parties, regions=[]) for n, parties in enumerate(acts)))
    assert [(tie.state_a, tie.state_b) for tie in region_ties(subject)] == [("CAN", "GBR"), ("CAN", "MEX")]
    assert ("CAN", "JPN") in {(tie.state_a, tie.state_b) for tie in own_ties(subject)}


def test_no_party_against_which_an_act_is_took_part_in_it():
    cut = engagement("cut", DAY, ("CAN", "MEX", "GBR:affected"), regions=[])
    store = MemoryStore(cut)
    given = {"store": store, "title": "", "as_of": TODAY}

    def acts(kind, *states):
        return engagements(Subject(kind=kind, states=states, **given), SINCE)

    assert not acts("pair", "CAN", "GBR")
    assert not acts("state", "GBR")
    assert [fact.states for fact in acts("pair", "CAN", "MEX")] == [{"CAN", "MEX"}]
    found = ties(store, ("CAN", "MEX", "GBR"), (2020, 2025))
    assert [(tie.state_a, tie.state_b) for tie in found] == [("CAN", "MEX")]


def test_who_is_acted_upon_took_part_in_an_incident():
    subject = hills(incident("clash", DAY, ("GBR:actor", "CAN:affected"), regions=[]))
    assert [fact.states for fact in incidents(subject)] == [{"GBR", "CAN"}]
