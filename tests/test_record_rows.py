"""Records as rows of `core`: each kind goes to its tables, and what the record says is what the rows say."""

from __future__ import annotations

from datetime import date

import pytest

from comity.record import load_register
from comity.store import open_store
from comity.vocab.tables import tables
from register_samples import PIECE, changed, good_records, write_records
from strategies import write_sources


@pytest.fixture
def rows(tmp_path):
    """Rows by table of the good records, after changes given as (file, way to the field, value)."""

    def made(*changes):
        records = good_records()
        for name, path, value in changes:
            changed(records, name, path, value)
        loaded = load_register(write_records(tmp_path / "records", records))
        return {table: found.to_pylist() for table, found in loaded.tables.items()}

    return made


def only(rows, **wanted):
    """The one row with these values."""
    [found] = [row for row in rows if wanted.items() <= row.items()]
    return found


KINDS = {
    "agreement/pact.yml": {"agreement": 1, "agreement_party": 2},
    "series/drill.yml": {"series": 1, "engagement": 1, "engagement_party": 2},
    "engagement/call.yml": {"engagement": 1, "engagement_party": 2},
    "incident/act.yml": {"incident": 1, "incident_party": 2},
    "regime/notice.yml": {"regime_status": 2},
    "channel/line.yml": {"channel": 1, "channel_party": 2},
    "organisation/body.yml": {"organisation": 1, "organisation_member": 2},
    "territorial_claim/reef.yml": {"territorial_claim": 3},
    "presence/base.yml": {"presence": 1},
    "programme/aid.yml": {"programme": 1},
    "place/reef-place.yml": {"place": 1},
    "region/sea.yml": {"region": 1},
    "case_study/study.yml": {"case_study": 1},
}


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_goes_to_its_tables(rows, name):
    found = {table: [row for row in of_table if row["row_ref"] == name] for table, of_table in rows().items()}
    counts = {table: len(of_record) for table, of_record in found.items() if of_record and table != "evidence"}
    assert counts == KINDS[name]
    assert {row["source"] for of_record in found.values() for row in of_record} == {"register"}
    assert {row["label"] for of_record in found.values() for row in of_record} == {"public"}
    identifier = name.split("/")[1].removesuffix(".yml")
    assert {row["item"].split("/")[0] for row in found["evidence"]} == {identifier}


def test_good_records_are_rows_the_store_takes(tmp_path):
    write_sources(tmp_path / "store", load_register(write_records(tmp_path / "records", good_records())))
    with open_store(tmp_path / "store") as store:
        assert store.row_counts().keys() >= {("agreement", "register"), ("evidence", "register")}


def test_an_edition_takes_from_its_series_what_it_leaves_out(rows):
    found = rows()
    edition = only(found["engagement"], engagement="drill/example-2020")
    inherited = {
        "series": "drill", "instrument": "exercise", "level": "commander", "domains": ["sea"], "regions": ["sea"],
        "purposes": ["warfighting"], "cases": [], "status": "completed",
    }  # fmt: skip
    assert inherited.items() <= edition.items()
    parties = [row for row in found["engagement_party"] if row["engagement"] == "drill/example-2020"]
    assert [(row["party"], row["role"]) for row in parties] == [("PHL", "host"), ("USA", "participant")]


def test_an_edition_keeps_what_it_says_itself(rows):
    edition = ("series/drill.yml", ("editions", 0))
    own = {
        "instrument": "dialogue",
        "level": "head",
        "domains": ["air", "cyber"],
        "parties": ["AUS"],
        "status": "planned",
    }
    changes = [(edition[0], (*edition[1], field), value) for field, value in own.items()]
    backing = (edition[0], (*edition[1], "evidence", 0, "supports"), ["summary", "start_date", "end_date", "parties"])
    found = rows(*changes, backing)
    assert {key: own[key] for key in own if key != "parties"}.items() <= found["engagement"][1].items()
    assert [row["party"] for row in found["engagement_party"] if row["engagement"].startswith("drill")] == ["AUS"]
    assert found["series"][0]["instrument"] == "exercise"


def test_what_organizes_a_series_organizes_each_edition_that_lists_its_own_parties(rows):
    whole = ("series/drill.yml", ("parties",), ["PHL", {"party": "organisation:body", "role": "organiser"}])
    own = ("series/drill.yml", ("editions", 0, "parties"), ["AUS", {"party": "PHL", "role": "host"}])
    told = ["summary", "start_date", "end_date", "parties"]
    backing = ("series/drill.yml", ("editions", 0, "evidence", 0, "supports"), told)
    held = [row for row in rows(whole, own, backing)["engagement_party"] if row["engagement"].startswith("drill")]
    assert [(row["party"], row["role"]) for row in held] == [
        ("AUS", "participant"), ("PHL", "host"), ("body", "organiser"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("start", "end", "row"),
    [
        ("2020-05-01", "2020-05-09", (date(2020, 5, 1), "day", date(2020, 5, 9), "day")),
        # A month that is known means its first day at the start and its last day at the end.
        ("2020-02", "2020-02", (date(2020, 2, 1), "month", date(2020, 2, 29), "month")),
        ("2019", "2020", (date(2019, 1, 1), "year", date(2020, 12, 31), "year")),
        ("2020-05", "2020-05-09", (date(2020, 5, 1), "month", date(2020, 5, 9), "day")),
        # Within one precision an end may be the start.
        ("2020-05-01", "2020", (date(2020, 5, 1), "day", date(2020, 12, 31), "year")),
    ],
)
def test_dates_keep_their_precision(rows, start, end, row):
    edition = ("series/drill.yml", ("editions", 0))
    given = [(edition[0], (*edition[1], field), value) for field, value in (("start_date", start), ("end_date", end))]
    found = only(rows(*given)["engagement"], engagement="drill/example-2020")
    assert tuple(found[name] for name in ("start_date", "start_precision", "end_date", "end_precision")) == row


def test_a_disputed_date_says_so_and_an_end_left_out_stays_null(rows):
    found = rows(("incident/act.yml", ("start_precision",), "disputed"))["incident"][0]
    assert (found["start_date"], found["start_precision"]) == (date(2018, 1, 1), "disputed")
    assert (found["end_date"], found["end_precision"]) == (None, None)


def test_known_until_is_the_last_day_that_was_checked(rows):
    found = rows()
    assert found["agreement"][0]["known_until"] == date(2020, 12, 31)
    assert found["channel"][0]["known_until"] == date(2021, 6, 30)


def test_the_parties_of_an_alliance_hold_its_obligations_from_its_entry_into_force(rows):
    found = rows()["agreement_party"]
    assert [(row["party"], row["role"], row["obligations"], row["start_date"]) for row in found] == [
        ("JPN", "signatory", ["defense"], date(1960, 6, 23)),
        ("USA", "depositary", ["defense"], date(1960, 6, 23)),
    ]


def test_a_party_that_joined_later_leaves_at_the_end_of_the_whole(rows):
    """Each end of a spell is taken alone: a start of its own once hid the end of the agreement."""
    pact = "agreement/pact.yml"
    parties = [{"party": "JPN", "start_date": "1970"}, {"party": "USA", "end_date": "1980-03"}, "PHL"]
    supports = ["summary", "parties", "start_date", "end_date", "obligations"]
    found = rows(
        (pact, ("parties",), parties),
        (pact, ("end_date",), "1990-06-30"),
        (pact, ("evidence", 0, "supports"), supports),
    )["agreement_party"]
    spells = {row["party"]: (row["start_date"], row["end_date"], row["end_precision"]) for row in found}
    assert spells == {
        "JPN": (date(1970, 1, 1), date(1990, 6, 30), "day"),
        "USA": (date(1960, 6, 23), date(1980, 3, 31), "month"),
        "PHL": (date(1960, 6, 23), date(1990, 6, 30), "day"),
    }


def test_a_member_of_a_body_that_ended_is_a_member_no_longer(rows):
    body = "organisation/body.yml"
    found = rows(
        (body, ("end_date",), "2010"),
        (body, ("parties",), ["NZL", {"party": "AUS", "start_date": "2000", "end_date": "2005"}]),
        (body, ("evidence", 0, "supports"), ["summary", "parties", "end_date"]),
    )["organisation_member"]
    spells = [(row["party"], row["start_date"], row["end_date"]) for row in found]
    # When New Zealand joined is not told, and not assumed.
    assert spells == [("NZL", None, date(2010, 12, 31)), ("AUS", date(2000, 1, 1), date(2005, 12, 31))]


def test_a_presence_is_from_its_provider_to_its_host_whatever_the_order(rows):
    base = "presence/base.yml"
    host, guest = {"party": "JPN", "role": "host"}, {"party": "USA", "role": "provider"}
    for parties in ([guest, host], [host, guest]):
        found = rows((base, ("parties",), parties))["presence"][0]
        assert (found["from_state"], found["to_state"]) == ("USA", "JPN")
    found = rows((base, ("parties",), [host, {"party": "organisation:body", "role": "provider"}]))["presence"][0]
    assert (found["from_state"], found["to_state"]) == (None, "JPN")


def test_parties_are_states_organisations_territories_or_unknown(rows):
    parties = ["CHN", "organisation:body", "territory:HKG", "unknown"]
    found = rows(("incident/act.yml", ("parties",), parties))["incident_party"]
    assert [(row["party_kind"], row["party"]) for row in found] == [
        ("state", "CHN"), ("organisation", "body"), ("territory", "HKG"), ("unknown", "unknown"),
    ]  # fmt: skip


def test_a_party_that_only_takes_part_gets_the_role_of_its_table(rows):
    found = rows()
    roles = {table: [row["role"] for row in found[table]] for table in found if "role" in found[table][0]}
    assert roles == {
        "agreement_party": ["signatory", "depositary"],
        "engagement_party": ["participant", "participant", "host", "participant"],
        "incident_party": ["actor", "present"],
        "channel_party": ["user", "user"],
        "organisation_member": ["member", "member"],
        "territorial_claim": ["claimant", "holder", "claimant"],
    }


def test_a_claim_has_a_row_for_each_part_its_party_plays(rows):
    found = rows()["territorial_claim"]
    assert [(row["party"], row["role"], row["start_date"]) for row in found] == [
        ("CHN", "claimant", None), ("CHN", "holder", date(1988, 1, 1)), ("body", "claimant", None),
    ]  # fmt: skip
    assert {(row["claim"], row["place"]) for row in found} == {("reef", "reef-place")}


def test_a_region_has_its_frame_and_one_without_a_frame_none(rows):
    found = rows()["region"][0]
    assert [found[side] for side in ("west", "south", "east", "north")] == [99, -5, 127, 27]
    found = rows(("region/sea.yml", ("frame",), []))["region"][0]
    assert [found[side] for side in ("west", "south", "east", "north")] == [None] * 4


def test_evidence_has_one_row_for_each_field_a_piece_supports(rows):
    found = [row for row in rows()["evidence"] if row["item"] == "pact"]
    assert [(row["core_table"], row["field"]) for row in found] == [
        ("agreement", field) for field in ("summary", "parties", "start_date", "obligations")
    ]
    told = {"evidence_kind": "primary", "publisher": "A ministry", "title": "A page", "url": PIECE["url"]}
    told |= {"published_date": date(2020, 5, 1), "read_date": date(2026, 11, 22), "note": None}
    assert all(told.items() <= row.items() for row in found)


# Who may see it.


def test_all_rows_of_a_record_carry_its_label(rows):
    for name in good_records():
        found = rows((name, ("label",), "owner"))
        labels = {(row["row_ref"], row["label"]) for of_table in found.values() for row in of_table}
        assert {label for ref, label in labels if ref == name} == {"owner"}
        assert {label for ref, label in labels if ref != name} == {"public"}


def test_an_edition_has_the_label_of_its_series_unless_it_says_another(rows):
    """A label left out once meant `public`, whoever the series was for, and the evidence went by the series."""
    drill = "series/drill.yml"
    own = ("editions", 0, "label")
    for changes, of_series, of_edition in (
        ([(drill, ("label",), "owner")], "owner", "owner"),
        ([(drill, own, "nations:JPN")], "public", "nations:JPN"),
        ([(drill, ("label",), "owner"), (drill, own, "public")], "owner", "public"),
    ):
        found = rows(*changes)
        labels = {
            (table, row["item"] if table == "evidence" else row[f"{table.removesuffix('_party')}"]): row["label"]
            for table in ("series", "engagement", "engagement_party", "evidence")
            for row in found[table]
            if row["row_ref"] == drill
        }
        assert {label for (_, item), label in labels.items() if item == "drill"} == {of_series}
        assert {label for (_, item), label in labels.items() if item == "drill/example-2020"} == {of_edition}


def test_every_table_of_the_register_is_one_of_core(rows):
    assert rows().keys() <= tables().keys()
    assert load_register().tables.keys() <= tables().keys()
