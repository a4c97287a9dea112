"""Closing records: what was told is what is read back, over a shipped record too, and a refusal changes nothing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from closing_samples import CALL, DRILL, PAGE, TODAY, closed, content, files, planned_records
from comity.errors import BadRequest, RecordError
from comity.record import Shelf, load_own_records
from comity.record.closing import CLOSINGS, is_closed
from comity.record.finding import find
from comity.record.history import read_history, replayed
from comity.record.parties import as_party
from comity.record.shape import Engagement, Party
from register_samples import PIECE, write_records


@pytest.fixture
def shipped(tmp_path):
    return write_records(tmp_path / "shipped", planned_records())


@pytest.fixture
def own(tmp_path, shipped):
    return Shelf(tmp_path / "own", "owner", shipped)


words = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)
days = st.dates(date(2026, 11, 16), TODAY).map(str)
told = st.fixed_dictionaries(
    {"end_date": days},
    optional={
        "outcome": words,
        "product": words,
        "lessons": words,
        "note": words,
        "personnel_count": st.integers(0, 2**31 - 1),
        "parties": st.just([{"party": "PHL", "role": "host"}, "USA", "JPN"]),
    },
)


closes = st.fixed_dictionaries(
    {
        "fields": told,
        "status": st.sampled_from(CLOSINGS[Engagement]),
        "count": st.none() | st.integers(0, 10**6),
        "evidence": st.none() | st.just(PAGE),
    }
)


@pytest.mark.parametrize("is_own", [True, False])
@pytest.mark.parametrize("name", [DRILL, CALL])
@settings(max_examples=15)
@given(given_close=closes)
def test_what_was_told_is_what_is_read_back(tmp_path_factory, name, is_own, given_close):
    folder, fields, count = tmp_path_factory.mktemp("close"), given_close["fields"], given_close["count"]
    shipped = write_records(folder / "shipped", planned_records())
    shelf = Shelf(shipped) if is_own else Shelf(folder / "own", "owner", shipped)
    base, before = content(shelf, name.split("/")[0]), content(shelf, name)
    party = "PHL" if name == DRILL or "parties" in fields else "FRA"
    personnel = {} if count is None else {party: count}
    status, page = given_close["status"], given_close["evidence"]
    answer = closed(shelf, name, status, personnel=personnel, evidence=page, **fields)
    after = content(shelf, name)
    assert after == answer.change.after
    assert after.status == status
    assert all(getattr(after, field) == value for field, value in fields.items() if field != "parties")
    if count is not None:
        told_of = {each.party: each.personnel_count for each in map(as_party, after.parties)}
        assert told_of[party] == count
    # What nobody spoke of is as it was, and what stands beside it too.
    for field in {*before.__struct_fields__} - {*fields, "status", "parties", "evidence", "verification", "label"}:
        assert getattr(after, field) == getattr(before, field)
    assert shelf.found()[1] == []
    again = replayed(read_history(shelf.folder, name).entries, base)
    assert (again if name == CALL else again.editions[1]) == after


def test_a_shipped_edition_is_closed_over_the_shipped_series(own, shipped):
    before = files(shipped)
    answer = closed(own, DRILL, "completed", end_date="2026-11-20", outcome="Held.", personnel={"PHL": 5000})
    assert answer.path == own.folder / "overrides" / "series" / "drill.yml"
    assert files(shipped) == before
    whole = content(own, "drill")
    assert [(edition.name, edition.status) for edition in whole.editions] == [
        ("Example 2020", "completed"), ("Example 2026", "completed"),
    ]  # fmt: skip
    assert whole.editions[1].parties == [Party(party="PHL", role="host", personnel_count=5000), "USA"]
    # Others see what ships, and a newer register is seen beside what was closed.
    public = find(own.seen("public"), "drill").content
    assert (public.editions[1].status, public.editions[1].end_date) == ("planned", "2026-11-18")
    records = planned_records()
    newer = records["series/drill.yml"]["editions"][0] | {"name": "Example 2028"}
    records["series/drill.yml"]["editions"].append(newer)
    write_records(shipped, records)
    assert [edition.name for edition in content(own, "drill").editions][2:] == ["Example 2028"]
    labels = {edition.name: edition.label for edition in content(own, "drill").editions}
    assert labels == {"Example 2020": "public", "Example 2026": None, "Example 2028": "public"}


def test_only_what_was_closed_goes_into_the_store_again(own):
    closed(own, DRILL, "completed", outcome="Held.", product="A plan", lessons="Earlier.")
    closed(own, CALL, "cancelled")
    tables = load_own_records(own).tables
    rows = {row["engagement"]: row for row in tables["engagement"].to_pylist()}
    assert {name: row["status"] for name, row in rows.items()} == {DRILL: "completed", CALL: "cancelled"}
    assert {rows[DRILL][field] for field in ("outcome", "product", "lessons")} == {"Held.", "A plan", "Earlier."}
    assert {row["label"] for table in tables.values() for row in table.to_pylist()} == {"owner"}


def test_two_editions_of_one_series_are_closed_one_after_the_other(own):
    closed(own, DRILL, "completed")
    closed(own, "drill/example-2020", "cancelled", again=True)
    assert [edition.status for edition in content(own, "drill").editions] == ["cancelled", "completed"]
    closed(own, DRILL, "cancelled", again=True)
    assert [edition.status for edition in content(own, "drill").editions] == ["cancelled", "cancelled"]


@pytest.mark.parametrize(
    ("name", "status", "fields", "missing"),
    [
        ("pact", "terminated", {"end_date": "2024-06-01"}, {"obligations"}),
        ("base", "terminated", {"end_date": "2024-06"}, set()),
        ("aid", "completed", {"end_date": "2024"}, set()),
        ("line", "closed", {"end_date": "2026-11-23"}, set()),
        ("body", "terminated", {"end_date": "2019"}, set()),
    ],
)
def test_what_stands_is_closed_with_its_end(own, name, status, fields, missing):
    before = content(own, name)
    assert not is_closed(before)
    closed(own, name, status, **fields)
    after = content(own, name)
    assert is_closed(after)
    assert after.end_date == fields["end_date"]
    # That it ended is known until the end at least, and nothing known before is forgotten.
    assert after.known_until == max(before.known_until, fields["end_date"])
    with pytest.raises(BadRequest, match="closed already"):
        closed(own, name, status, **fields)


# Evidence goes as far as it shows.


def test_what_no_page_shows_makes_a_record_unverified(own):
    after = closed(own, DRILL, "completed", end_date="2026-11-20", outcome="Held.").change.after
    assert after.verification == "unverified"
    # The page of the plan showed another last day, and does not show the new one.
    assert [piece.supports for piece in after.evidence] == [["summary", "start_date"]]


def test_a_page_supports_all_that_is_told(own):
    after = closed(own, DRILL, "completed", end_date="2026-11-20", outcome="Held.", evidence=PAGE).change.after
    assert after.verification == "primary"
    assert [piece.supports for piece in after.evidence] == [
        ["summary", "start_date"], ["status", "end_date", "outcome"],
    ]  # fmt: skip


def test_a_page_that_is_named_later_makes_up_for_it(own):
    closed(own, DRILL, "completed", end_date="2026-11-20", outcome="Held.")
    after = closed(own, DRILL, again=True, evidence=PAGE).change.after
    assert (after.verification, after.status) == ("primary", "completed")
    assert after.evidence[1].supports == ["status", "end_date", "outcome"]


def test_what_was_unverified_for_another_reason_stays_so(tmp_path):
    records = planned_records()
    records["engagement/call-2026.yml"] |= {"verification": "unverified"}
    shelf = Shelf(write_records(tmp_path, records))
    assert closed(shelf, CALL, "cancelled", evidence=PAGE).change.after.verification == "unverified"


def test_a_page_that_was_there_supports_more(own):
    page = {field: PIECE[field] for field in ("kind", "publisher", "title", "url")}
    after = closed(own, DRILL, "completed", outcome="Held.", evidence=page).change.after
    assert [piece.supports for piece in after.evidence] == [["summary", "start_date", "end_date", "status", "outcome"]]


def test_a_record_whose_primary_page_no_longer_holds_is_no_longer_primary(tmp_path):
    records = planned_records()
    visit = records["engagement/call-2026.yml"]
    shown = [PIECE | {"supports": ["start_date"]}, PIECE | PAGE | {"supports": ["summary", "parties"]}]
    records["engagement/call-2026.yml"] = visit | {"evidence": shown}
    shelf = Shelf(write_records(tmp_path, records))
    page = PAGE | {"title": "Another"}
    after = closed(shelf, CALL, "completed", start_date="2026-10-02", end_date="2026-10-03", evidence=page).change.after
    assert (after.verification, len(after.evidence)) == ("secondary", 2)


# A refused close changes nothing.

REFUSED = {
    "closed already": (DRILL.replace("2026", "2020"), "completed", {"outcome": "Held."}),
    "--status is missing": (DRILL, None, {"outcome": "Held."}),
    "--status 'done' is not one of completed, cancelled, postponed": (DRILL, "done", {}),
    "--status 'terminated' is not one of": (CALL, "terminated", {}),
    "--end is missing": (CALL, "completed", {}),
    "--end 2026-11-24 has not come": (CALL, "completed", {"end_date": "2026-11-24"}),
    "end_date: 'soon' is not a date": (CALL, "completed", {"end_date": "soon"}),
    "end_date: '2026-09' is before start_date": (CALL, "completed", {"end_date": "2026-09"}),
    "parties: there is no record 'none'": (CALL, "cancelled", {"parties": ["organisation:none"]}),
    "outcome: ' ' is empty": (DRILL, "completed", {"outcome": " "}),
    "personnel_count: -1 is no count": (DRILL, "completed", {"personnel_count": -1}),
    "JPN: does not take part": (DRILL, "completed", {"personnel": {"JPN": 3}}),
    "outcome is not told when this is closed": ("pact", "terminated", {"end_date": "2020", "outcome": "Over."}),
    "personnel_count is not told": ("base", "terminated", {"end_date": "2020", "personnel": {"USA": 3}}),
    "is a series; close one of its editions": ("drill", "completed", {}),
    "of kind incident, which is not closed": ("act", "completed", {}),
    "there is no record 'nothing'": ("nothing", "completed", {}),
    "has no edition 'example-1999'": ("drill/example-1999", "completed", {}),
}  # fmt: skip


@pytest.mark.parametrize("is_own", [True, False])
@pytest.mark.parametrize("told", REFUSED)
def test_a_refused_close_changes_nothing(tmp_path, shipped, own, told, is_own):
    name, status, fields = REFUSED[told]
    shelf = Shelf(shipped) if is_own else own
    before = files(tmp_path)
    with pytest.raises((BadRequest, RecordError), match=told) as raised:
        closed(shelf, name, status, **fields)
    assert "\n" not in str(raised.value)
    assert files(tmp_path) == before
    assert not own.folder.exists()


def test_what_is_postponed_may_be_closed_and_what_is_closed_only_again(own):
    closed(own, CALL, "postponed")
    closed(own, CALL, "completed", end_date="2026-11-02")
    with pytest.raises(BadRequest, match="closed already"):
        closed(own, CALL, "cancelled")
    closed(own, CALL, again=True, outcome="They met.")
    assert (content(own, CALL).status, content(own, CALL).outcome) == ("completed", "They met.")
