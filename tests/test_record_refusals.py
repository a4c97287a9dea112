"""Records that are wrong in one way each: every one is refused in one line that names file, field and value."""

from __future__ import annotations

import pytest

from comity.record import read_register, record_problems
from register_samples import PIECE, changed, good_records, refusal, write_records

# Each case: the file, the way to the field, the value planted, and what the line must name beside the file.
EDITION = ("editions", 0)
BAD = {
    "an unknown field": ("incident/act.yml", ("severity",), "high", ["severity"]),
    "an unknown field of an edition": ("series/drill.yml", (*EDITION, "wether"), "x", ["wether", "editions[0]"]),
    "an unknown field of a piece": ("place/reef-place.yml", ("evidence", 0, "link"), "x", ["link", "evidence[0]"]),
    "an unknown kind": ("incident/act.yml", ("kind",), "incidents", ["kind", "'incidents'"]),
    "a missing field": ("channel/line.yml", ("channel_kind",), None, ["channel_kind"]),
    "a text where a list belongs": ("agreement/pact.yml", ("parties",), "JPN", ["parties", "'JPN'"]),
    "an unknown instrument": ("series/drill.yml", ("instrument",), "excercise", ["instrument", "'excercise'"]),
    "an unknown word of an edition": ("series/drill.yml", (*EDITION, "level"), "king", ["editions[0].level", "'king'"]),
    "an unknown status": ("agreement/pact.yml", ("status",), "active", ["status", "'active'"]),
    "an unknown status of an edition": ("series/drill.yml", (*EDITION, "status"), "in_force", ["status", "'in_force'"]),
    "an unknown domain": ("series/drill.yml", ("domains",), ["sea", "no"], ["domains", "'no'"]),
    "an unknown obligation": ("agreement/pact.yml", ("obligations",), ["defence"], ["obligations", "'defence'"]),
    "an unknown verification": ("incident/act.yml", ("verification",), "checked", ["verification", "'checked'"]),
    "an unknown verification of a place": (
        "place/reef-place.yml", ("verification",), "checked", ["verification", "'checked'"],
    ),
    "an unknown role": ("incident/act.yml", ("parties", 0, "role"), "villain", ["parties[0].role", "'villain'"]),
    "an unknown kind of evidence": ("incident/act.yml", ("evidence", 0, "kind"), "gossip", ["kind", "'gossip'"]),
    "a day that is not": ("incident/act.yml", ("start_date",), "2024-02-30", ["start_date", "'2024-02-30'"]),
    "a year of two digits": ("incident/act.yml", ("start_date",), "24-04-22", ["start_date", "'24-04-22'"]),
    "a date in words": ("agreement/pact.yml", ("known_until",), "today", ["known_until", "'today'"]),
    "a date left blank": ("agreement/pact.yml", ("start_date",), "", ["start_date", "''"]),
    "a wrong date of a party": (
        "organisation/body.yml", ("parties", 0, "start_date"), "2000-13", ["parties[0].start_date", "'2000-13'"],
    ),
    "a wrong date of a piece": ("incident/act.yml", ("evidence", 0, "read"), "2026-11-31", ["read", "'2026-11-31'"]),
    "an end before the start": ("series/drill.yml", (*EDITION, "end_date"), "2020-04", ["end_date", "'2020-04'"]),
    "an end of a party before its start": (
        "organisation/body.yml", ("parties", 0, "end_date"), "1999", ["parties[0].end_date", "'1999'"],
    ),
    "a check before the start": (
        "agreement/pact.yml", ("known_until",), "1959", ["known_until", "'1959'", "start_date"],
    ),
    "a check before a party's start": (
        "organisation/body.yml", ("known_until",), "1999", ["known_until", "'1999'", "parties[0].start_date"],
    ),
    "a check before the last use": (
        "channel/line.yml", ("last_used_date",), "2026-12", ["known_until", "last_used_date", "'2026-12'"],
    ),
    "a precision that the date tells": (
        "incident/act.yml", ("start_precision",), "day", ["start_precision", "'day'"],
    ),
    "a precision without a date": ("agreement/pact.yml", ("end_precision",), "disputed", ["end_precision"]),
    "an edition without start": ("series/drill.yml", (*EDITION, "start_date"), None, ["editions[0].start_date"]),
    "an incident without start": ("incident/act.yml", ("start_date",), None, ["start_date"]),
    "an unknown state": ("agreement/pact.yml", ("parties", 0), "XYZ", ["parties", "'XYZ'"]),
    "a state code in small letters": ("agreement/pact.yml", ("parties", 0), "jpn", ["parties", "'jpn'"]),
    "an unknown state of a region": ("region/sea.yml", ("states",), ["PHL", "XYZ"], ["states", "'XYZ'"]),
    "an unknown state of a case": ("case_study/study.yml", ("parties",), ["PHL", "XYZ"], ["parties", "'XYZ'"]),
    "an unknown organisation": ("incident/act.yml", ("parties", 1), "organisation:nobody", ["parties", "'nobody'"]),
    "an unknown territory": ("incident/act.yml", ("parties", 1), "territory:JPN", ["parties", "'territory:JPN'"]),
    "a party listed twice": ("agreement/pact.yml", ("parties",), ["JPN", "USA", "JPN"], ["parties", "'JPN'"]),
    "a party in two roles of one engagement": (
        "engagement/call.yml", ("parties",), ["FRA", {"party": "FRA", "role": "host"}], ["parties", "'FRA'"],
    ),
    "an unknown status of a regime": (
        "regime/notice.yml", ("standings", 0, "status"), "active", ["standings[0].status", "'active'"],
    ),
    "a spell of a regime that overlaps the one before": (
        "regime/notice.yml", ("standings", 1, "start_date"), "1999-05", ["standings[1].start_date", "'1999-05'"],
    ),
    "a spell of a regime after one without end": (
        "regime/notice.yml", ("standings", 0, "end_date"), None, ["standings[1].start_date"],
    ),
    "a regime without spells": ("regime/notice.yml", ("standings",), [], ["standings"]),
    "a regime of no agreement": ("regime/notice.yml", ("agreement",), "nothing", ["agreement", "'nothing'"]),
    "a regime with parties of its own": ("regime/notice.yml", ("parties",), ["JPN"], ["parties"]),
    "a presence with two providers": (
        "presence/base.yml",
        ("parties",),
        [{"party": "USA", "role": "provider"}, {"party": "GBR", "role": "provider"}, {"party": "JPN", "role": "host"}],
        ["parties", "one provider"],
    ),
    "a presence without host": ("presence/base.yml", ("parties", 1, "role"), "guest", ["parties", "one host"]),
    "a presence on nobody's ground": (
        "presence/base.yml", ("parties", 1, "party"), "unknown", ["parties", "'unknown'"],
    ),
    "primary without primary evidence": ("incident/act.yml", ("evidence", 0, "kind"), "secondary", ["verification"]),
    "secondary without evidence": ("place/reef-place.yml", ("evidence",), [], ["verification"]),
    "a field that nothing supports": ("engagement/call.yml", ("personnel_count",), "20", ["personnel_count"]),
    "parties that nothing supports": (
        "incident/act.yml", ("evidence", 0, "supports"), ["summary", "start_date"], ["parties"],
    ),
    "a piece that supports nothing": ("channel/line.yml", ("evidence",), [PIECE | {"supports": []}], ["supports"]),
    "a piece for a field that is not": (
        "place/reef-place.yml", ("evidence", 0, "supports"), ["start_date"], ["supports", "'start_date'"],
    ),
    "a piece for what only Python has": (
        "place/reef-place.yml", ("evidence", 0, "supports"), ["__class__"], ["supports", "'__class__'"],
    ),
    "a bad address": ("incident/act.yml", ("evidence", 0, "url"), "www.example.org", ["url", "'www.example.org'"]),
    "a piece without publisher": ("incident/act.yml", ("evidence", 0, "publisher"), " ", ["publisher", "' '"]),
    "a name of blanks": ("incident/act.yml", ("name",), " ", ["name", "' '"]),
    "an empty name of a place": ("place/reef-place.yml", ("name",), "", ["name", "''"]),
    "an empty location": ("incident/act.yml", ("location",), "", ["location", "''"]),
    "a bad label": ("incident/act.yml", ("label",), "secret", ["label", "'secret'"]),
    "a bad label of an edition": ("series/drill.yml", (*EDITION, "label"), "nations:usa", ["editions[0].label", "usa"]),
    "a bad label of a place": ("place/reef-place.yml", ("label",), "", ["label", "''"]),
    "a region that is not there": ("agreement/pact.yml", ("regions",), ["ocean"], ["regions", "'ocean'"]),
    "a region of a place that is not there": ("place/reef-place.yml", ("regions",), ["ocean"], ["regions", "'ocean'"]),
    "a case that is not there": ("agreement/pact.yml", ("cases",), ["pact"], ["cases", "'pact'"]),
    "a place that is not there": ("territorial_claim/reef.yml", ("place",), "atoll", ["place", "'atoll'"]),
    "a replaced agreement that is not there": ("agreement/pact.yml", ("replaces",), "older", ["replaces", "'older'"]),
    "a latitude off the map": ("incident/act.yml", ("latitude",), "91", ["latitude", "91"]),
    "a longitude without latitude": ("incident/act.yml", ("longitude",), "10", ["longitude", "10"]),
    "a place off the map": ("place/reef-place.yml", ("longitude",), "181", ["longitude", "181"]),
    "a latitude that is no number": ("place/reef-place.yml", ("latitude",), "nan", ["latitude", "nan"]),
    "half a frame": ("region/sea.yml", ("frame",), ["99", "-5"], ["frame", "99.0"]),
    "a frame upside down": ("region/sea.yml", ("frame",), ["99", "27", "127", "-5"], ["frame", "27.0"]),
    "a count below zero": ("engagement/call.yml", ("personnel_count",), "-1", ["personnel_count", "-1"]),
    "a count beyond belief": ("incident/act.yml", ("killed_count",), "1" * 30, ["killed_count", "1" * 30]),
    "a count of a party below zero": (
        "engagement/call.yml",
        ("parties", 0),
        {"party": "FRA", "personnel_count": "-2"},
        ["parties[0].personnel_count", "-2"],
    ),
    "a count with a leading zero": ("engagement/call.yml", ("personnel_count",), "010", ["personnel_count", "'010'"]),
    "a count in words": ("engagement/call.yml", ("personnel_count",), "many", ["personnel_count", "'many'"]),
    "an amount without end": ("programme/aid.yml", ("amount_usd",), "inf", ["amount_usd", "inf"]),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_a_bad_record_is_refused_in_one_line(tmp_path, case):
    name, path, value, named = BAD[case]
    line = refusal(write_records(tmp_path, changed(good_records(), name, path, value)))
    assert line.startswith(f"{name}: ")
    for text in named:
        assert text in line


def test_two_editions_of_one_name_are_refused_though_they_are_spelled_apart(tmp_path):
    records = good_records()
    editions = records["series/drill.yml"]["editions"]
    editions.append(editions[0] | {"name": "EXAMPLE, 2020"})
    line = refusal(write_records(tmp_path, records))
    assert line.startswith("series/drill.yml: editions[0].name: 'Example 2020' is there twice")


def test_an_identifier_used_twice_names_both_files(tmp_path):
    records = good_records()
    records["incident/pact.yml"] = records["incident/act.yml"]
    _, found = record_problems(write_records(tmp_path, records))
    assert found == [
        "agreement/pact.yml: identifier 'pact' is used twice",
        "incident/pact.yml: identifier 'pact' is used twice",
    ]


def test_of_several_problems_the_first_is_told_with_the_number_of_the_rest(tmp_path):
    records = changed(good_records(), "incident/act.yml", ("location",), " ")
    changed(records, "place/reef-place.yml", ("name",), "")
    assert refusal(write_records(tmp_path, records)).endswith("(and 2 more; `comity record check` lists them)")


# Files that are no records at all.

NO_RECORD = {
    "nothing": b"",
    "a list": b"- kind: place\n",
    "a word": b"place\n",
    "broken YAML": b"kind: [place\n",
    "two documents": b"kind: place\n---\nkind: place\n",
    "a tab": b"kind:\n\tplace\n",
    "not UTF-8": "kind: place\nname: Île\n".encode("latin-1"),
    "UTF-16": "kind: place\n".encode("utf-16"),
    "a control character": b"kind: place\nname: \x01\n",
    "an alias of nothing": b"kind: *place\n",
    "a list that holds itself": b"&a [*a]\n",
    "a key that is a list": b"? [kind]\n: place\n",
    "a key that is a list, twice": b"? &a [kind]\n: place\n? *a\n: place\n",
    "lists without end": b"kind: " + b"[" * 900 + b"]" * 900,
}


@pytest.mark.parametrize("case", NO_RECORD)
def test_a_file_that_is_no_record_is_refused_in_one_line(tmp_path, case):
    write_records(tmp_path, good_records())
    (tmp_path / "place" / "bad.yml").write_bytes(NO_RECORD[case])
    assert refusal(tmp_path).startswith("place/bad.yml: ")


def test_a_repeated_field_is_refused_with_its_line(tmp_path):
    folder = write_records(tmp_path, good_records())
    path = folder / "incident" / "act.yml"
    path.write_text(path.read_text() + "name: Another\n")
    assert (
        refusal(folder)
        == f"incident/act.yml: line {len(path.read_text().splitlines())}: the field 'name' is given twice"
    )


def test_a_repeated_field_of_an_edition_is_refused(tmp_path):
    folder = write_records(tmp_path, good_records())
    path = folder / "series" / "drill.yml"
    text = path.read_text()
    path.write_text(text.replace("- name: Example 2020\n", "- name: Example 2020\n  name: Example 2020\n"))
    assert path.read_text() != text
    assert "the field 'name' is given twice" in refusal(folder)


def test_a_file_of_another_kind_is_refused_and_a_page_is_left_alone(tmp_path):
    folder = write_records(tmp_path, good_records())
    (folder / "README.md").write_text("About these records.")
    assert record_problems(folder) == (13, [])
    (folder / "place" / "reef.yaml").write_text("kind: place")
    assert refusal(folder) == "place/reef.yaml: a record file ends in .yml"
    assert refusal(folder / "nowhere") == f"{folder / 'nowhere'}: no such folder of records"


def test_what_yaml_would_turn_into_something_else_stays_as_written(tmp_path):
    """YAML 1.1 reads `no` as false, `010` as 8, `2020-05-01` as a date and `1:30` as ninety."""
    records = good_records()
    records["place/reef-place.yml"] |= {"name": "no", "summary": "010", "place_kind": "1:30", "aliases": ["on", "~"]}
    records["engagement/call.yml"]["personnel_count"] = "1e3"
    records["engagement/call.yml"]["evidence"][0]["supports"] = ["summary", "parties", "start_date", "personnel_count"]
    folder = write_records(tmp_path, records)
    path = folder / "place" / "reef-place.yml"
    path.write_text(path.read_text().replace("'", ""))  # what was quoted is now plain
    read = {item.identifier: item.content for item in read_register(folder)}
    place = read["reef-place"]
    assert (place.name, place.summary, place.place_kind, place.aliases) == ("no", "010", "1:30", ["on", "~"])
    assert read["call"].personnel_count == 1000


def test_aliases_that_multiply_cost_no_more_than_they_say(tmp_path):
    """Twenty lines of ten aliases each stand for 10 to the 20th texts; each list is built once."""
    write_records(tmp_path, good_records())
    lines = ["kind: place", "a0: &a0 [x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 21))]
    (tmp_path / "place" / "bad.yml").write_text("\n".join(lines) + "\n")
    assert refusal(tmp_path).startswith("place/bad.yml: ")
