"""Why the register and a dataset differ: what an explanation speaks of, and what the command says without one."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from agreement_samples import agreement, day, states, store_of
from cli_samples import strict
from comity.errors import RecordError
from comity.record import differences
from comity.record.differences import Difference, read_differences
from comity.store import open_store, run_agreements, writing
from source_mirror import loaded, register

FOUND = {"record": "deal", "state_a": "FRA", "state_b": "JPN", "year": 2000}
LINE = {"comparison": "agreements_in_dcad", "record": "deal", "reason": "It is a note under an older text."}


@pytest.fixture
def explained(tmp_path, monkeypatch):
    """Put these explanations in the place of the shipped ones."""

    def put(*lines):
        folder = tmp_path / "records"
        folder.mkdir(exist_ok=True)
        (folder / "differences.yml").write_text(yaml.safe_dump(list(lines)))
        monkeypatch.setattr(differences, "register_folder", lambda: folder)

    return put


@pytest.fixture
def home(tmp_path):
    """A home whose register signs one agreement that DCAD has and one that it has not."""

    def signed(name, year):
        return agreement(name, states(("FRA", "JPN")), signed_date=day(year))

    store_of(
        tmp_path / "home" / "store", register=[signed("old", 1990), signed("deal", 2000)], dcad=[signed("d", 1990)]
    )
    return tmp_path / "home"


@given(st.dictionaries(st.sampled_from(sorted(FOUND)), st.sampled_from(("other", 1999)), max_size=2))
def test_an_explanation_speaks_of_what_it_names_and_of_nothing_else(changes):
    exact = Difference(**LINE, states=("JPN", "FRA"), year=2000)
    assert exact.explains("agreements_in_dcad", FOUND | changes) == (not changes)
    assert not exact.explains("pacts_in_atop", FOUND)


def test_an_explanation_without_states_or_year_speaks_of_the_whole_record():
    assert Difference(**LINE).explains("agreements_in_dcad", FOUND | {"state_a": "USA", "year": 1980})
    assert Difference(**LINE, states=("JPN",)).explains("agreements_in_dcad", FOUND)
    assert not Difference(**LINE, states=("USA",)).explains("agreements_in_dcad", FOUND)
    assert not Difference(**LINE).explains("agreements_in_dcad", FOUND | {"record": "other"})


def test_a_member_alone_is_explained_by_its_state():
    # A membership has no second state.
    line = Difference(comparison="members_in_cow_igo", record="body", reason="It came back.", states=("FRA",))
    assert line.explains("members_in_cow_igo", FOUND | {"record": "body", "state_b": None})


def test_a_folder_without_explanations_has_none(tmp_path):
    assert read_differences(tmp_path) == []
    (tmp_path / "differences.yml").write_text("# nothing differs\n")
    assert read_differences(tmp_path) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (yaml.safe_dump([LINE | {"because": "x"}]), "because"),
        (yaml.safe_dump([{key: LINE[key] for key in ("comparison", "record")}]), "reason"),
        (yaml.safe_dump([LINE | {"year": "long ago"}]), "year"),
        ("- comparison: [", "differences.yml"),
    ],
)
def test_a_wrong_explanation_is_refused_and_the_field_named(tmp_path, text, told):
    (tmp_path / "differences.yml").write_text(text)
    with pytest.raises(RecordError) as raised:
        read_differences(tmp_path)
    assert str(raised.value).startswith("differences.yml: ")
    assert told in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_difference_that_nothing_explains_fails_the_command(run, home, explained):
    explained(LINE | {"year": 1999})
    done = run("check", "--agreement", home=home)
    assert done.exit_code == 1
    answer = run("check", "--agreement", "--json", home=home)
    assert answer.exit_code == 1
    told = strict(answer.stdout)
    assert told["unexplained"] == [{"comparison": "agreements_in_dcad"} | FOUND]
    [ours] = [each for each in told["comparisons"] if each["comparison"] == "agreements_in_dcad"]
    assert {key: ours[key] for key in ("compared", "share", "differences", "unexplained")} == {
        "compared": 2,
        "share": 0.5,
        "differences": 1,
        "unexplained": 1,
    }


def test_an_explained_difference_is_counted_and_passes(run, home, explained):
    explained(LINE)
    answer = run("check", "--agreement", "--json", home=home)
    assert answer.exit_code == 0
    told = strict(answer.stdout)
    assert told["unexplained"] == []
    [ours] = [each for each in told["comparisons"] if each["comparison"] == "agreements_in_dcad"]
    assert (ours["differences"], ours["unexplained"]) == (1, 0)
    assert run("check", "--agreement", home=home).exit_code == 0


def test_without_datasets_the_command_compares_nothing_and_passes(run):
    told = strict(run("check", "--agreement", "--json").stdout)
    assert {(each["compared"], each["share"]) for each in told["comparisons"]} == {(0, None)}


@pytest.mark.mirror
def test_the_shipped_register_agrees_or_says_why_not(mirror, tmp_path):
    with writing(tmp_path / "store") as load:
        load.replace(register())
        for name in ("atop", "cow_igo", "cow_states", "dcad", "gw_states", "mme", "us_leader_travel"):
            load.replace(loaded(name))
    with open_store(tmp_path / "store") as store:
        found = list(run_agreements(store))
    differ = [(one.name, each) for one in found for each in one.differences]
    lines = read_differences()
    assert [each for each in differ if not any(line.explains(*each) for line in lines)] == []
    assert [line for line in lines if not any(line.explains(*each) for each in differ)] == []
    assert all(one.compared for one in found)
    shares = {one.name: one.share for one in found}
    assert min(shares["members_in_cow_igo"], shares["pacts_in_atop"], shares["visits_in_leader_travel"]) >= 0.97
