"""A user's own records lie on top of the shipped register, are told apart from it, and are their owner's alone."""

from __future__ import annotations

import pytest

from cli_samples import strict
from comity.errors import RecordError
from comity.record import Shelf, load_own_records, own_fingerprint, seen_by
from comity.store import open_store
from register_samples import good_records, write_records

OWN = good_records()["engagement/call.yml"] | {"name": "Own call", "regions": ["south-china-sea"]}


@pytest.fixture
def register_home(tmp_path):
    """A home without a store: these tests need none, and hold whatever the shipped register holds."""
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


@pytest.fixture
def shipped(tmp_path):
    return write_records(tmp_path / "shipped", good_records())


def own(tmp_path, shipped, **records):
    given = {f"engagement/{name}.yml": content for name, content in records.items()}
    return Shelf(write_records(tmp_path / "own", given), "owner", shipped)


def test_own_records_refer_to_shipped_ones_and_are_their_owner_s(tmp_path, shipped):
    shelf = own(tmp_path, shipped, mine=OWN | {"regions": ["sea"]}, told=OWN | {"regions": [], "label": "public"})
    loaded = load_own_records(shelf)
    assert set(loaded.tables) == {"engagement", "engagement_party", "evidence"}
    labels = dict(
        zip(*(loaded.tables["engagement"].column(name).to_pylist() for name in ("engagement", "label")), strict=True)
    )
    assert labels == {"mine": "owner", "told": "public"}
    assert set(loaded.tables["engagement"].column("source").to_pylist()) == {"register_own"}
    assert "mine" not in {item.identifier for item in seen_by("public", shelf.read())}
    assert {"mine", "told", "pact"} <= {item.identifier for item in seen_by("owner", shelf.read())}


def test_an_own_record_may_not_take_a_shipped_name(tmp_path, shipped):
    shelf = own(tmp_path, shipped, pact=OWN | {"regions": []})
    with pytest.raises(RecordError, match=r"engagement/pact.yml: 'pact' is the name of a shipped record"):
        load_own_records(shelf)


def test_a_wrong_own_record_is_refused_and_a_shipped_one_is_told_too(tmp_path, shipped):
    shelf = own(tmp_path, shipped, mine=OWN)
    with pytest.raises(RecordError, match="no record 'south-china-sea'"):
        shelf.read()
    (shipped / "incident" / "act.yml").write_text("kind: nothing")
    (shelf.folder / "engagement" / "bad.yml").write_text("kind: nothing")
    assert [line.split(":")[0] for line in shelf.found()[1]][:2] == ["incident/act.yml", "engagement/bad.yml"]


def test_the_fingerprint_follows_own_and_shipped_records(tmp_path, shipped):
    shelf = own(tmp_path, shipped, mine=OWN | {"regions": []})
    first = own_fingerprint(shelf)
    write_records(shipped, {"engagement/call.yml": OWN | {"regions": []}})
    second = own_fingerprint(shelf)
    write_records(shelf.folder, {"engagement/mine.yml": OWN | {"regions": [], "name": "x"}})
    assert len({first, second, own_fingerprint(shelf)}) == 3


# At the command line.


def loaded(run, home):
    done = run("load", "--json", home=home)
    assert done.exit_code == 0, done.stderr
    return {row["source"]: row["action"] for row in strict(done.stdout)}


@pytest.fixture
def with_shipped(monkeypatch, shipped):
    """The shipped register is the small one of the tests."""
    for module in ("comity.record.register", "comity.record.shelf"):
        monkeypatch.setattr(f"{module}.register_folder", lambda: shipped)
    return shipped


def test_own_records_are_loaded_kept_and_taken_out(run, tmp_path, with_shipped):
    home = tmp_path / "home"
    assert loaded(run, home) == {"register": "loaded"}
    write_records(home / "records", {"engagement/mine.yml": OWN | {"regions": ["sea"]}})
    assert loaded(run, home) == {"register": "unchanged", "register_own": "loaded"}
    assert loaded(run, home) == {"register": "unchanged", "register_own": "unchanged"}
    sql = "SELECT engagement FROM core.engagement WHERE source = 'register_own'"
    for audience, rows in (("owner", [{"engagement": "mine"}]), ("public", []), ("nation:JPN", [])):
        assert strict(run("ask", sql, "--json", home=home, before=["--audience", audience]).stdout) == rows
    for audience, count in (("owner", 14), ("public", 13)):
        listed = strict(run("record", "list", "--json", home=home, before=["--audience", audience]).stdout)
        assert len(listed) == count
    assert run("record", "show", "mine", home=home, before=["--audience", "public"]).exit_code == 1
    assert run("record", "show", "mine", home=home).stdout.startswith("name: Own call")
    (home / "records" / "engagement" / "mine.yml").unlink()
    (home / "records" / "engagement").rmdir()
    (home / "records").rmdir()
    assert loaded(run, home) == {"register": "unchanged", "register_own": "removed"}


def test_a_wrong_own_record_leaves_the_store_as_it_was(run, tmp_path, with_shipped):
    home = tmp_path / "home"
    write_records(home / "records", {"engagement/mine.yml": OWN})
    done = run("load", home=home)
    assert done.exit_code == 1
    assert done.stderr.splitlines()[-1] == ("Error: engagement/mine.yml: regions: there is no record 'south-china-sea'")


def test_a_record_in_the_place_of_a_shipped_one_hides_it_from_its_owner_alone(run, tmp_path, with_shipped):
    home = tmp_path / "home"
    loaded(run, home)
    shipped = agreements(home, "owner")
    name = next(name for name, (source, status, _) in shipped.items() if status == "in_force")
    said = run(
        "record",
        "close",
        name,
        "--status",
        "terminated",
        "--end",
        "2026-11-01",
        "--note",
        "It was denounced.",
        home=home,
    )
    assert said.exit_code == 0, said.output
    loaded(run, home)
    assert agreements(home, "public") == shipped
    seen = agreements(home, "owner")
    assert seen[name][:2] == ("register_own", "terminated")
    assert {other: fact for other, fact in seen.items() if other != name} == {
        other: fact for other, fact in shipped.items() if other != name
    }


def agreements(home, audience):
    """Each agreement with its source, its status and how many parties it has, as an audience sees them."""
    with open_store(home / "store", audience) as store:
        rows = store.ask("""
            SELECT a.agreement, a.source, a.status, count(*) AS parties
            FROM core.agreement a JOIN core.agreement_party p USING (source, agreement)
            GROUP BY ALL
        """).to_pylist()
    assert len(rows) == len({row["agreement"] for row in rows})
    return {row["agreement"]: (row["source"], row["status"], row["parties"]) for row in rows}
