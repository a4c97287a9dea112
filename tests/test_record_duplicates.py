"""Duplicates: the same engagement twice is proposed and other pairs are not; merging keeps what both knew."""

from __future__ import annotations

import pytest

from comity.errors import BadRequest
from comity.record import Shelf, record_problems
from comity.record.applying import write_files
from comity.record.duplicates import likely_duplicates
from comity.record.merging import merge
from register_samples import PIECE, good_records, write_records


def engagement(name, start, end, parties, **facts):
    supports = ["summary", "parties", "start_date", "end_date"]
    return {
        "kind": "engagement", "name": name, "instrument": "exercise", "start_date": start, "end_date": end,
        "parties": parties, "summary": "A summary.", "verification": "secondary",
        "evidence": [PIECE | {"kind": "secondary", "title": name, "supports": supports}],
    } | facts  # fmt: skip


FIRST = engagement("Exercise Silver Heron 2021", "2021-03-01", "2021-03-12", ["PHL", "USA"])
ALIKE = {
    "another wording": engagement("Silver Heron drill", "2021-03-01", "2021-03-12", ["PHL", "USA"]),
    "another name, same days": engagement("Naval drill off Palawan", "2021-03-01", "2021-03-12", ["PHL", "USA"]),
    "the month alone": engagement("Silver Heron", "2021-03", "2021-03", ["PHL", "USA"]),
    "one more state": engagement("Silver Heron 21", "2021-03-02", "2021-03-12", ["PHL", "USA", "AUS"]),
    "days apart": engagement("Exercise Silver Heron", "2021-03-13", "2021-03-14", ["PHL", "USA"]),
}
UNLIKE = {
    "another year": engagement("Exercise Silver Heron 2022", "2022-03-01", "2022-03-12", ["PHL", "USA"]),
    "other states": engagement("Exercise Silver Heron", "2021-03-01", "2021-03-12", ["FRA", "IND"]),
    "one state in common": engagement("Exercise Silver Heron", "2021-03-01", "2021-03-12", ["PHL", "IND"]),
    "another instrument": engagement("Silver Heron", "2021-03-01", "2021-03-12", ["PHL", "USA"], instrument="visit"),
}


def proposed(tmp_path, records):
    return [(pair.one, pair.other) for pair in likely_duplicates(Shelf(write_records(tmp_path, records)).read())]


@pytest.mark.parametrize("case", [*ALIKE, *UNLIKE])
def test_the_same_engagement_is_proposed_and_another_is_not(tmp_path, case):
    other = (ALIKE | UNLIKE)[case]
    found = proposed(tmp_path, {"engagement/one.yml": FIRST, "engagement/other.yml": other})
    assert found == ([("one", "other")] if case in ALIKE else [])


def test_an_engagement_is_compared_with_the_editions_of_series(tmp_path):
    records = good_records()
    same = engagement("Example drill", "2020-05-01", "2020-05-31", ["PHL", "USA"])
    assert ("same", "drill/example-2020") in proposed(tmp_path, records | {"engagement/same.yml": same})


def test_the_good_records_have_no_duplicates_and_reasons_are_said(tmp_path):
    assert proposed(tmp_path / "good", good_records()) == []
    records = {"engagement/one.yml": FIRST, "engagement/other.yml": ALIKE["another wording"]}
    [pair] = likely_duplicates(Shelf(write_records(tmp_path / "two", records)).read())
    assert 0.7 < pair.score <= 1
    assert pair.reason == "names share heron, silver; both on 2021-03-01 to 2021-03-12; 2 of 2 parties shared"


# Merging.


def merged(tmp_path, one, other, keep="one", drop="other"):
    folder = write_records(tmp_path, good_records() | {"engagement/one.yml": one, "engagement/other.yml": other})
    assert record_problems(folder)[1] == []
    answer = merge(Shelf(folder), keep, drop)
    write_files(answer.texts, folder)
    return folder, answer.contradictions


def test_merging_keeps_both_evidences_and_fills_what_was_missing(tmp_path):
    one = engagement("Heron", "2021-03", "2021-03-12", ["PHL", "USA"], note="One.")
    more = {"personnel_count": "400", "regions": ["sea"], "note": "Two.", "verification": "primary"}
    other = engagement(
        "Silver Heron", "2021-03-01", "2021-03", [{"party": "PHL", "role": "host"}, "AUS", "USA"], **more
    )
    page = PIECE | {"title": "Numbers", "supports": ["personnel_count"]}
    other["evidence"] = [one["evidence"][0] | {"supports": ["summary", "personnel_count"]}, page, *other["evidence"]]
    folder, wrong = merged(tmp_path, one, other)
    assert (wrong, record_problems(folder)) == ([], (14, []))
    filed = {item.identifier: item.content for item in Shelf(folder).read()}
    assert "other" not in filed
    kept = filed["one"]
    assert (kept.name, kept.start_date, kept.end_date) == ("Heron", "2021-03-01", "2021-03-12")
    assert (kept.personnel_count, kept.regions, kept.verification) == (400, ["sea"], "primary")
    assert kept.note == "One. Two."
    assert [getattr(party, "party", party) for party in kept.parties] == ["PHL", "USA", "AUS"]
    assert kept.parties[0].role == "host"
    assert [piece.title for piece in kept.evidence] == ["Heron", "Numbers", "Silver Heron"]
    assert kept.evidence[0].supports == ["summary", "parties", "start_date", "end_date", "personnel_count"]


def test_what_the_two_tell_in_different_words_is_kept(tmp_path):
    one = engagement("Heron", "2021-03-01", "2021-03-12", ["PHL", "USA"], summary="Osaka.", note="One.")
    other = one | {"name": "Silver Heron", "summary": "Tokyo.", "outcome": "A plan."}
    other["evidence"] = [*other["evidence"], PIECE | {"title": "Plan", "supports": ["outcome"]}]
    folder, wrong = merged(tmp_path, one, other)
    assert (wrong, record_problems(folder)) == ([], (14, []))
    kept = {item.identifier: item.content for item in Shelf(folder).read()}["one"]
    assert (kept.summary, kept.outcome) == ("Osaka.", "A plan.")
    assert kept.note == 'One. Merged from other: summary "Tokyo."'


def test_the_words_of_an_edition_that_both_series_hold_are_kept(tmp_path):
    records = good_records()
    drill = records["series/drill.yml"]
    twin = drill | {"editions": [drill["editions"][0] | {"summary": "In other words."}]}
    folder = write_records(tmp_path, records | {"series/twin.yml": twin})
    answer = merge(Shelf(folder), "drill", "twin")
    write_files(answer.texts, folder)
    [edition] = {item.identifier: item.content for item in Shelf(folder).read()}["drill"].editions
    assert edition.note == 'Merged from twin/example-2020: summary "In other words."'


def test_words_for_which_there_is_no_note_are_a_contradiction(tmp_path):
    records = good_records()
    place = records["place/reef-place.yml"]
    folder = write_records(tmp_path, records | {"place/twin.yml": place | {"summary": "Another reef."}})
    answer = merge(Shelf(folder), "reef-place", "twin")
    assert answer.contradictions == [f"summary: {place['summary']} and Another reef."]
    assert answer.texts == {}


def test_what_contradicts_is_told_and_nothing_is_merged(tmp_path):
    one = engagement("Heron", "2021-03-01", "2021-03-12", [{"party": "PHL", "role": "host"}, "USA"])
    other = engagement(
        "Heron", "2021-03-02", "2021-03-12", [{"party": "PHL", "role": "observer"}, "USA"], label="owner"
    )
    folder, wrong = merged(tmp_path, one, other)
    assert wrong == [
        "parties: PHL as host and as observer",
        "start_date: 2021-03-01 and 2021-03-02",
        "label: public and owner",
    ]
    assert record_problems(folder) == (15, [])


def test_an_engagement_is_merged_into_an_edition_of_a_series(tmp_path):
    other = engagement("Example", "2020-05-01", "2020-05-31", ["PHL", "USA"], regions=["sea"], outcome="A plan.")
    other["evidence"][0]["supports"].append("outcome")
    folder, wrong = merged(tmp_path, FIRST, other, "drill/example-2020", "other")
    assert (wrong, record_problems(folder)) == ([], (14, []))
    [edition] = {item.identifier: item.content for item in Shelf(folder).read()}["drill"].editions
    assert (edition.name, edition.end_date, edition.outcome) == ("Example 2020", "2020-05-31", "A plan.")
    assert len(edition.evidence) == 2


def test_an_edition_is_merged_into_an_engagement_and_leaves_its_series(tmp_path):
    one = engagement("Example", "2020-05-01", "2020-05-31", ["PHL", "USA"])
    folder, wrong = merged(tmp_path, one, FIRST, "one", "drill/example-2020")
    assert wrong == []
    assert {item.identifier: item.content for item in Shelf(folder).read()}["drill"].editions == []


def test_a_record_that_others_name_does_not_go(tmp_path):
    records = good_records()
    records["organisation/twin.yml"] = records["organisation/body.yml"]
    folder = write_records(tmp_path, records)
    answer = merge(Shelf(folder), "twin", "body")
    assert answer.contradictions == ["territorial_claim/reef.yml: parties: there is no record 'body'"]
    assert answer.texts == {}


@pytest.mark.parametrize(
    ("keep", "drop", "told"),
    [
        ("one", "one", "the same"), ("one", "gone", "no record 'gone'"), ("one", "drill/1999", "no edition '1999'"),
        ("one", "act", "different kinds"), ("drill/example-2020", "drill", "part of it"),
    ],
)  # fmt: skip
def test_what_cannot_be_merged_is_refused(tmp_path, keep, drop, told):
    with pytest.raises(BadRequest, match=told):
        merged(tmp_path, FIRST, ALIKE["one more state"], keep, drop)


def test_what_ships_is_not_changed(tmp_path):
    shipped = write_records(tmp_path / "shipped", good_records())
    own = Shelf(write_records(tmp_path / "own", {"engagement/one.yml": FIRST}), "owner", shipped)
    with pytest.raises(BadRequest, match="ships with comity"):
        merge(own, "one", "call")
