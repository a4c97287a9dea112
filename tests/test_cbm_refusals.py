"""What is no activity is refused in one line; what no document may hold is taken out of names."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbm_samples import WORDS
from comity.cbm import Activity, check
from comity.cbm.agenda import agenda
from comity.cbm.draft import draft
from comity.cbm.draft_word import draft_document
from comity.cbm.ics import calendar_file
from comity.cbm.moments import moment, text_of
from comity.cbm.reading import read_activities
from comity.errors import ComityError

PLAN = {"type": "field_exercise", "host": "POL", "zone": "osce_csbm", "start": "2027-05-03", "troops": 14200}
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.dates() | st.datetimes(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)
keys = st.sampled_from(["type", "host", "parties", "name", "zone", *WORDS.anchors, *WORDS.measures])


def refusal(raw):
    """The one line in which an activity is refused."""
    with pytest.raises(ComityError) as caught:
        Activity.from_dict(raw, "plan.yml")
    assert "\n" not in str(caught.value)
    return str(caught.value)


def answer(raw):
    """What a check says of an activity: its reasons, or the line in which it is refused."""
    try:
        activity = Activity.from_dict(raw, "plan.yml")
    except ComityError as error:
        return [str(error)]
    return [row.to_dict()["why"] for row in check(activity, as_of=date(2027, 1, 1))[0].rows]


@given(st.dictionaries(keys, anything, max_size=4))
def test_whatever_is_given_is_an_activity_or_refused_in_one_line(given_keys):
    said = answer(PLAN | given_keys)
    assert all(said)
    assert all("\n" not in line for line in said)


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("type", ["field_exercise"], "type: \"['field_exercise']\" is no activity; nearest is 'field_exercise'"),
        ("duration_hours", 1e9, "duration_hours: 1000000000 hours from 2027-05-03 pass the year 9999"),
        ("start", "9999-12-31T23:00-12:00", "start: '9999-12-31T23:00-12:00' is no date: in UTC it is outside"),
        ("troops", "14.200", "troops: '14.200' is not a whole number; write 14200 for"),
        ("troops", "14.000", "troops: '14.000' is not a whole number; write 14200 for"),
        ("tanks", 14.2, "tanks: 14.2 is not a whole number"),
        ("troops", 10**400, f"troops: '1{'0' * 39}' is not a number"),
        ("host", "DDR", "'DDR' (East Germany) had ceased to be by 2027-05-03: it ended on 1990-10-02"),
        ("parties", ["DEU", "YUG"], "'YUG' (Yugoslavia) had ceased to be by 2027-05-03"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_its_key(key, value, said):
    assert refusal(PLAN | {key: value}).startswith(f"plan.yml: {said}")


def test_a_state_of_its_time_and_measures_with_parts_stand():
    assert Activity.from_dict(PLAN | {"host": "DDR", "start": "1989-05-03"}).hosts == ("DDR",)
    assert Activity.from_dict({"type": "field_exercise", "host": "DDR"}).hosts == ("DDR",)
    found = Activity.from_dict(PLAN | {"troops": "14200.0", "distance_km": "4.125"}).values
    assert (found["troops"], found["distance_km"]) == (14200, 4.125)


@pytest.mark.parametrize("text", ["activity: [1]", "activity:", "activity: x", "- activity: [1]", "name: a\nactivity:"])
def test_an_entry_whose_activity_is_none_is_refused(tmp_path, text):
    path = tmp_path / "plan.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ComityError, match=r"^plan\.yml: \w+: activity: .* is not a mapping of keys$"):
        read_activities(path)


def test_characters_that_steer_a_terminal_stay_out_of_names_and_so_of_every_document(tmp_path):
    path = tmp_path / "plan.yml"
    path.write_text('name: "Win\\0ter\\e[31m\\nShield"\nplace: "a\\u0007b"\n', encoding="utf-8")
    with pytest.raises(ComityError, match=r"^plan\.yml: Win ter \[31m Shield: type is not given"):
        read_activities(path)
    plan = Activity.from_dict(PLAN | {"name": "Win\0ter\x1b[31m\nShield", "place": "a\x07b"})
    assert (plan.name, plan.place) == ("Win ter [31m Shield", "a b")
    checked = check(plan)
    made = draft_document(draft(checked[0].by_rule["vd11.v.40_1.exercise"], plan))
    assert "Win ter [31m Shield" in "\n".join(one.text for one in docx.Document(io.BytesIO(made)).paragraphs)
    file = calendar_file(agenda("POL", 2027, checked))
    assert b"Win ter [31m Shield" in file.replace(b"\r\n ", b"")
    assert not set(range(32)) & set(file) - {10, 13}


def test_hours_stay_exact_where_clocks_are_turned():
    """Poland's clock is turned on 28 March 2027: 42 days are so many hours, whatever the season."""
    start = datetime(2027, 5, 3, 1, tzinfo=ZoneInfo("Europe/Warsaw"))
    row = check(Activity.from_dict(PLAN | {"start": start}))[0].by_rule["vd11.v.40_1.exercise"]
    assert row.due == datetime(2027, 3, 21, 23, tzinfo=UTC)
    assert text_of(moment(start)) == "2027-05-02T23:00Z"


def test_an_end_by_another_clock_is_no_end_before_the_start():
    raw = PLAN | {"start": "2027-05-03T01:00+03:00", "end": "2027-05-02T23:00Z"}
    plan = Activity.from_dict(raw)
    assert plan.values["duration_hours"] == 1
    assert plan.span == (date(2027, 5, 3), date(2027, 5, 3))
    assert "is before the start" in refusal(raw | {"end": "2027-05-03T00:30+03:00"})
