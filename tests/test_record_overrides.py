"""Own records in the place of shipped ones: refused where nothing ships, and unseen by those who may not see them."""

from __future__ import annotations

import shutil

import msgspec
import pytest

from closing_samples import CALL, closed, content, planned_records
from comity.errors import BadRequest, RecordError
from comity.record import Shelf, load_own_records
from comity.record.finding import find
from register_samples import write_records


@pytest.fixture
def shipped(tmp_path):
    return write_records(tmp_path / "shipped", planned_records())


@pytest.fixture
def own(tmp_path, shipped):
    return Shelf(tmp_path / "own", "owner", shipped)


def test_what_stands_in_the_place_of_nothing_is_refused(own, shipped):
    closed(own, CALL, "cancelled")
    (shipped / "engagement" / "call-2026.yml").unlink()
    told = "overrides/engagement/call-2026.yml: no engagement 'call-2026' ships"
    assert own.found()[1][0].startswith(told)
    with pytest.raises(RecordError, match="stands in the place of none"):
        load_own_records(own)
    shutil.rmtree(own.folder)
    assert own.found()[1] == []


def test_an_own_record_of_that_place_is_not_merged_away(own):
    closed(own, CALL, "cancelled")
    item = find(own.read(), CALL).item
    with pytest.raises(BadRequest, match="ships with comity"):
        own.writable(item)


def test_another_audience_sees_what_ships(own):
    closed(own, CALL, "cancelled")
    assert find(own.seen("owner"), CALL).content.status == "cancelled"
    assert find(own.seen("public"), CALL).content.status == "planned"
    assert {item.identifier for item in own.seen("public")} == {item.identifier for item in own.shipped()}


def test_a_close_of_one_s_own_record_keeps_its_label_and_file(own):
    records = {"engagement/mine.yml": planned_records()["engagement/call-2026.yml"] | {"label": "nations:JPN"}}
    write_records(own.folder, records)
    answer = closed(own, "mine", "cancelled")
    assert answer.path == own.folder / "engagement" / "mine.yml"
    assert content(own, "mine").label == "nations:JPN"
    assert msgspec.structs.replace(answer.change.before, status="cancelled") == content(own, "mine")
