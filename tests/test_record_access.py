"""Access refused, lost or given back: an entry is refused when it is wrong, and is one row and one cell when right."""

from __future__ import annotations

from copy import deepcopy
from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli_samples import strict
from comity.record import load_register
from comity.record.access import access_text, read_access
from comity.record.importing import import_sheet
from comity.record.merging import merge
from comity.record.phrases import sentences_text, value_of
from comity.record.shape import AccessChange, Agreement
from comity.record.sheets import write_sheet
from comity.record.shelf import Shelf
from comity.store import open_store
from comity.vocab.words import words
from register_samples import PIECE, changed, good_records, refusal, write_records
from strategies import write_sources

LOST = {
    "date": "2012-03-25",
    "change": "suspended",
    "by": "organisation:body",
    "of": ["CHN", "organisation:body"],
    "what": "membership",
    "reason": "The body set the seat aside after a change of government.",
}
OPENINGS = (
    *("agreement/pact.yml", "series/drill.yml", "engagement/call.yml", "organisation/body.yml", "presence/base.yml"),
    "programme/aid.yml",
)


def with_access(name, *entries):
    """The good records, one of them with these changes of access and a piece of evidence for them."""
    records = good_records()
    records[name] |= {
        "access": deepcopy([*entries]),
        "evidence": [*records[name]["evidence"], PIECE | {"supports": ["access"]}],
    }
    return records


# Reasons in one line, without the spaces at their ends that no cell keeps.
sentences = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1).map(str.strip).filter(bool)
entries = st.builds(
    AccessChange,
    date=st.dates().map(str) | st.sampled_from(["1990", "2022-02"]),
    change=st.sampled_from(sorted(words("access changes"))),
    by=st.sampled_from(["FRA", "organisation:nato", "unknown"]),
    of=st.lists(st.sampled_from(["MLI", "RUS", "organisation:eu", "territory:HKG"]), min_size=1, unique=True),
    what=st.sampled_from(sorted(words("access kinds"))),
    reason=sentences,
)


@given(entries)
def test_a_change_of_access_reads_back_from_its_line(entry):
    assert msgspec.convert(read_access(access_text(entry)), AccessChange) == entry


@given(st.lists(entries, max_size=4))
def test_all_changes_of_a_record_read_back_from_one_cell(given_entries):
    cell = sentences_text(given_entries)
    assert msgspec.convert(value_of(Agreement, "access", cell), list[AccessChange]) == given_entries


@pytest.mark.parametrize("name", OPENINGS)
def test_each_entry_is_one_row(tmp_path, name):
    given_back = LOST | {"date": "2015", "change": "restored", "of": ["CHN"], "by": "JPN"}
    records = with_access(name, LOST, given_back)
    records[name] |= {"regions": ["sea"], "label": "owner"}
    tables = load_register(write_records(tmp_path, records)).tables
    rows = tables["access_change"].to_pylist()
    kind, _, item = name.removesuffix(".yml").partition("/")
    shared = {"core_table": kind, "item": item, "access_kind": "membership", "reason": LOST["reason"]}
    shared |= {"regions": ["sea"], "verification": "primary", "label": "owner", "row_ref": name, "source": "register"}
    assert all(shared.items() <= row.items() for row in rows)
    assert [(row["date"], row["precision"], row["change_kind"]) for row in rows] == [
        (date(2012, 3, 25), "day", "suspended"),
        (date(2015, 1, 1), "year", "restored"),
    ]
    assert [(row["by_kind"], row["by_party"], row["of_parties"]) for row in rows] == [
        ("organisation", "body", ["CHN", "organisation:body"]),
        ("state", "JPN", ["CHN"]),
    ]
    told = [row for row in tables["evidence"].to_pylist() if row["item"] == item and row["field"] == "access"]
    assert [row["core_table"] for row in told] == ["access_change"]


def test_the_store_takes_the_rows(tmp_path):
    write_sources(tmp_path / "store", load_register(write_records(tmp_path / "r", with_access(OPENINGS[0], LOST))))
    with open_store(tmp_path / "store") as store:
        asked = store.ask("SELECT item, unnest(of_parties) AS whose FROM core.access_change ORDER BY whose")
    assert asked.to_pylist() == [{"item": "pact", "whose": "CHN"}, {"item": "pact", "whose": "organisation:body"}]


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        (("date",), "March 2012", "access[0].date: 'March 2012' is not a date"),
        (("date",), None, "missing required field `date` - at `$.access[0]`"),
        (
            ("change",),
            "suspend",
            "access[0].change: 'suspend' is not one of the access changes; nearest is 'suspended'",
        ),
        (("what",), "basin", "access[0].what: 'basin' is not one of the access kinds; nearest is 'basing'"),
        (("by",), "XYZ", "access[0].by: "),
        (("by",), "organisation:none", "access[0].by: there is no record 'none'"),
        (("of",), [], "access[0].of: names nobody"),
        (("of", 0), "Chinna", "access[0].of: "),
        (("of", 1), "CHN", "access[0].of: 'CHN' is there twice"),
        (("reason",), " ", "access[0].reason: ' ' is empty"),
        (("until",), "2013", "contains unknown field `until` - at `$.access[0]`"),
    ],
)
def test_a_wrong_entry_is_refused(tmp_path, path, value, told):
    records = changed(with_access("agreement/pact.yml", LOST), "agreement/pact.yml", ("access", 0, *path), value)
    assert told in refusal(write_records(tmp_path, records))


def test_one_change_is_not_told_twice_and_needs_evidence(tmp_path):
    twice = with_access("presence/base.yml", LOST, LOST | {"of": ["JPN"], "reason": "The same again."})
    told = refusal(write_records(tmp_path / "twice", twice))
    assert "access: 2012-03-25 suspended organisation:body membership is there twice" in told
    bare = with_access("presence/base.yml", LOST)
    bare["presence/base.yml"]["evidence"].pop()
    assert "nothing supports access" in refusal(write_records(tmp_path / "bare", bare))


def test_a_kind_of_record_that_gives_no_access_has_none(tmp_path):
    assert "unknown field `access`" in refusal(write_records(tmp_path, with_access("incident/act.yml", LOST)))


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_sheet_carries_changes_of_access(tmp_path, suffix):
    shelf = Shelf(write_records(tmp_path / "one", with_access("agreement/pact.yml", LOST)))
    write_sheet(shelf.read(), tmp_path / f"x{suffix}")
    answer = import_sheet(tmp_path / f"x{suffix}", shelf)
    assert (answer.problems, answer.added, answer.changed) == ([], [], [])


def test_a_merge_unites_changes_of_access(tmp_path):
    records = with_access("engagement/call.yml", LOST)
    other = with_access("engagement/call.yml", LOST, LOST | {"date": "2013", "change": "restored"})
    shelf = Shelf(write_records(tmp_path, records | {"engagement/twin.yml": other["engagement/call.yml"]}))
    answer = merge(shelf, "call", "twin")
    assert answer.contradictions == []
    [text] = [text for text in answer.texts.values() if text]
    assert text.count("change: suspended") == text.count("change: restored") == 1
    # An edition has no list of its own, and what cannot be kept must not be lost.
    records["engagement/call.yml"] |= {"instrument": "exercise", "start_date": "2020-05", "regions": ["sea"]}
    shelf = Shelf(write_records(tmp_path / "held", records))
    assert any(line.startswith("access: ") for line in merge(shelf, "drill/example-2020", "call").contradictions)


def test_the_command_lists_changes_by_date(run, tmp_path):
    records = with_access("agreement/pact.yml", LOST | {"date": "2014"})
    records["presence/base.yml"] = with_access("presence/base.yml", LOST)["presence/base.yml"]
    folder = write_records(tmp_path / "records", records)
    listed = strict(run("record", "list", "--access", "--folder", folder, "--json").stdout)
    assert [(row["date"], row["identifier"], row["of"]) for row in listed] == [
        ("2012-03-25", "base", "CHN, organisation:body"),
        ("2014", "pact", "CHN, organisation:body"),
    ]
    listed = strict(run("record", "list", "--access", "--kind", "agreement", "--folder", folder, "--json").stdout)
    assert [row["identifier"] for row in listed] == ["pact"]
    refused = run("record", "list", "--access", "--duplicates", "--folder", folder)
    assert refused.exit_code == 1
    assert "ask for one of them" in refused.stderr
