"""The register's later news of a regime's standing are heard, and nothing else of it changes a rule."""

from __future__ import annotations

from datetime import date

import pytest

from cbm_samples import asked
from comity.cbm import load_regimes
from comity.cbm.register import with_register
from comity.sources.about import Loaded
from comity.store import open_store, to_table, writing
from strategies import about
from test_cbm_grammar import FILE, regimes_of

RECORD = "record: a-record\nregime: An agreement"


def rows_of(*spells):
    return [
        {
            "source": "own",
            "source_version": "1",
            "row_ref": f"a-record#{number}",
            "label": "public",
            "regime": "a-record",
            "name": "An agreement",
            "status": status,
            "start_date": date.fromisoformat(since),
            "start_precision": "day",
            "known_until": date(2027, 1, 1),
            "regions": [],
            "cases": [],
            "verification": "primary",
        }
        for number, (status, since) in enumerate(spells)
    ]


@pytest.fixture
def heard(tmp_path):
    """The standings of a rule once a store with these spells has been heard."""
    regimes = regimes_of(FILE.replace("regime: An agreement", RECORD), tmp_path)

    def hear(*spells):
        with writing(tmp_path / "store") as load:
            table = to_table("regime_status", rows_of(*spells))
            load.replace(Loaded(about("own"), {"regime_status": table}))
        with open_store(tmp_path / "store") as store:
            made = with_register(store, regimes)
        return [(one.status, str(one.from_)) for one in made.rule("one.first").standings]

    return hear


OWN = ("in_force", "1992-08-19")


def test_a_later_change_is_heard(heard):
    assert heard(("voluntary", "1992-08-19"), ("suspended", "2026-05-01")) == [OWN, ("suspended", "2026-05-01")]


def test_a_change_and_its_end_are_heard(heard):
    spells = (("suspended", "2026-05-01"), ("voluntary", "2026-09-01"))
    assert heard(*spells) == [OWN, *(("suspended", "2026-05-01"), ("in_force", "2026-09-01"))]


@pytest.mark.parametrize("spell", [("suspended", "1990-01-01"), ("voluntary", "2020-01-01"), ("signed", "2020-01-01")])
def test_what_is_older_or_no_news_changes_nothing(heard, spell):
    assert heard(spell) == [OWN]


def test_the_shipped_register_contradicts_no_rule(register_home):
    with open_store(register_home / "store") as store:
        made = with_register(store)
    for name, held in load_regimes().rules.items():
        assert made.rule(name).standings == held.standings, name


def test_a_check_takes_the_regimes_it_is_given(heard, tmp_path):
    made = load_regimes(tmp_path)
    raw = {"type": "field_exercise", "host": "IND", "troops": 100, "start": "2027-05-01"}
    assert set(asked(raw, regimes=made)) == {"one.first", "one.second"}
