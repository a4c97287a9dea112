"""Specifications of claims: on invented worlds whose truth is known, and as data."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from comity.errors import BadRequest, UnknownWord
from comity.evidence.claim import claims
from comity.evidence.design import find_design
from comity.evidence.estimate import Estimate
from comity.evidence.ledger import read_estimates
from comity.evidence.specs.rows import Rows
from comity.evidence.specs.running import Run, estimated, refresh, rerun, run, write_estimates
from comity.evidence.specs.samples import World
from comity.evidence.specs.study import known_specs, studies_of
from comity.evidence.specs.terms import absent, ahead, between, lag, never_before, of, recent, rolling_spread, some
from comity.sources import source_names

STATES = tuple(f"S{number:02d}" for number in range(30))
FIRST, LAST = 1946, 2025
EVERY = [(claim, study) for claim, studies in known_specs().items() for study in studies]


class Invented(World):
    """Pairs of thirty states: exercises come and go, disputes begin at a known rate and change by a planted effect."""

    def __init__(self, effect=0.0, seed=0, broken=()):
        super().__init__(store=None)
        self.effect, self.broken = effect, broken
        self.random = np.random.default_rng(seed)

    def made(self, study):
        a, b = np.triu_indices(len(STATES), 1)
        years = np.arange(study.scope[0], study.scope[1] + 1)
        shape = (len(a), len(years))
        exercised = np.repeat(self.random.random((len(a), len(years) // 5 + 1)) < 0.3, 5, axis=1)[:, : len(years)]
        before = np.hstack([np.zeros((len(a), 1), bool), exercised[:, :-1]])
        dispute = self.random.random(shape) < 0.06 + self.effect * before + 0.03 * self.random.random((len(a), 1))
        known = (years >= 1980) & (years <= 2010)
        held = {
            "exercise_count": np.where(known, exercised, np.nan),
            "dispute_onset": np.where(years <= 2010, dispute, np.nan),
            "mid_onset": np.where(years <= 2000, dispute, np.nan),
            "is_relevant": self.random.random((len(a), 1)).repeat(len(years), axis=1) < 0.8,
            "is_defense_ally": np.zeros(shape),
        }

        def read(name):
            assert name not in self.broken
            values = held[name] if name in held else self.random.normal(size=shape) ** 2
            return np.asarray(values, dtype=float).ravel()

        place = np.repeat(np.arange(len(a)), len(years))
        return Rows(STATES, a[place], b[place], np.tile(years, len(a)), read, lambda name, sql: np.zeros(a.size))


def rows_of(year, unit=None, **columns):
    """Rows of single states with the columns given."""
    unit = np.zeros(len(year), dtype=int) if unit is None else np.array(unit)
    held = {name: np.array(values, dtype=float) for name, values in columns.items()}
    return Rows(("AAA", "BBB", "CCC"), unit, None, np.array(year), held.__getitem__, lambda name, sql: held[name])


def test_without_an_effect_the_interval_covers_none():
    """In 95 of 100 worlds it should; twelve worlds of which four miss would come about once in three thousand."""
    study = studies_of("C02")[0]
    study = replace(study, choices={}, x={})
    found = [estimated(Invented(seed=seed), study, "two_way_fixed_effects") for seed in range(12)]
    assert sum(each.low < 0 < each.high for each in found) >= 9


@pytest.mark.parametrize("effect", [-0.05, 0.06])
@pytest.mark.parametrize("design", ["two_way_fixed_effects", "entropy_balancing"])
def test_a_planted_effect_is_found_with_its_sign(effect, design):
    found = estimated(Invented(effect), studies_of("C02")[0], design)
    assert np.sign(found.low) == np.sign(found.high) == np.sign(effect)
    assert found.low < effect < found.high
    assert all(np.sign(each.coefficient) == np.sign(effect) for each in found.specifications if each.name == "all")


def test_rows_outside_the_horizon_are_left_out_and_counted():
    study, world = studies_of("C02")[0], Invented()
    sample = world.sample(study)
    pairs = len(STATES) * (len(STATES) - 1) // 2
    assert (int(sample.year.min()), int(sample.year.max())) == study.years == (1981, 2010)
    assert sample.excluded["outside 1981 to 2010"] == pairs * (LAST - FIRST + 1 - 30)
    assert len(sample) + sum(sample.excluded.values()) == pairs * (LAST - FIRST + 1)
    assert np.isfinite(sample.d).all()
    assert np.isfinite(sample.y).all()


def test_unknown_values_are_no_zeros():
    """One year earlier the exercises of the year before are unknown: those rows go, and are counted."""
    study = replace(studies_of("C02")[0], years=(1980, 2010))
    sample = Invented().sample(study).known()
    assert sample.year.min() == 1981
    assert sample.excluded["treatment unknown"] > 0


def test_no_row_left_is_said():
    nobody = replace(studies_of("C02")[0], only={"nobody": absent(some(of("is_relevant"), of("year_one")))})
    with pytest.raises(BadRequest, match="no row is left"):
        Invented().sample(replace(nobody, years=(1700, 1701)))


def test_a_run_says_what_it_could_not_answer_and_goes_on():
    world = Invented()
    heard = []
    made = run(None, ("C02", "C29"), heard.append, world)
    assert {each.claim for each in made.estimates} == {"C02"}
    assert any(name.startswith("C29") for name in made.refused)
    assert heard[0] == "C02 (1 of 2)"
    assert any("has no estimate" in line for line in heard)


def test_rerun_takes_one_claim_by_its_number():
    assert {each.claim for each in rerun(None, "C02", world=Invented())} == {"C02"}
    with pytest.raises(UnknownWord, match="C34"):
        rerun(None, "C34", world=Invented())


class Loaded:
    """A store of which only the names of sources matter."""

    def abouts(self):
        return {}


def test_estimates_are_written_and_read_again(tmp_path):
    made = Run(rerun(None, "C02", world=Invented()), {"C29 main: interrupted_series": "no row is left"})
    write_estimates(made, Loaded(), tmp_path / "estimates.json")
    read = read_estimates(tmp_path / "estimates.json")["C02"]
    assert [each.name for each in read] == [each.name for each in made.estimates]
    assert read[0].coefficient == pytest.approx(made.estimates[0].coefficient, rel=1e-5)
    told = json.loads((tmp_path / "estimates.json").read_text())
    assert set(told) == {"made_on", "sources", "not_estimated", "estimates"}


def test_one_claim_made_anew_leaves_the_others(tmp_path, monkeypatch):
    path = tmp_path / "estimates.json"
    first = Run(rerun(None, "C02", world=Invented()))
    other = [replace(each, claim="C01") for each in first.estimates]
    write_estimates(Run([*other, *first.estimates], {"C02 x: y": "why", "C05 x: y": "why"}), Loaded(), path)
    monkeypatch.setattr("comity.evidence.specs.running.run", lambda *_: Run(first.estimates[:1]))
    made = refresh(Loaded(), "C02", path=path)
    read = read_estimates(path)
    assert (len(read["C01"]), len(read["C02"])) == (len(other), 1)
    assert made.refused == {"C05 x: y": "why"}


@pytest.mark.parametrize(("claim", "study"), EVERY, ids=[f"{claim} {study.name}" for claim, study in EVERY])
def test_every_study_says_all_that_it_must(claim, study):
    assert claim in claims()
    assert study.sources
    assert study.designs
    assert study.outcome
    assert study.treatment
    assert study.per
    assert all(find_design(name) for name in study.designs)
    assert {*study.sources} <= {*source_names(), "register"}
    assert study.scope[0] <= study.years[0] <= study.years[1] <= study.scope[1]
    way, reason = study.selection
    assert way in (None, -1, 0, 1)
    assert reason
    assert study.name == "main" or study.name in {each.name for each in studies_of(claim)}


@pytest.mark.parametrize("claim", known_specs())
def test_every_claim_has_a_first_study_with_four_choices_or_more(claim):
    """Seven choices or so can be made with any sample of pairs or states; single series have only their own."""
    study = studies_of(claim)[0]
    own = len(study.choices)
    assert own >= 4 or (own >= 2 and study.designs[0] != "interrupted_series")


def test_names_of_studies_are_their_own():
    for claim, studies in known_specs().items():
        assert len({study.name for study in studies}) == len(studies), claim


def test_fingerprints_change_with_every_choice_and_with_nothing_else():
    study = studies_of("C02")[0]
    assert study.fingerprint == replace(study).fingerprint
    assert len({each.fingerprint for _, each in EVERY}) == len(EVERY)
    others = [
        replace(study, y=of("mid_onset")),
        replace(study, d=lag(of("exercise_count"))),
        replace(study, years=(1982, 2010)),
        replace(study, x={}),
        replace(study, only={}),
        replace(study, designs=("two_way_fixed_effects",)),
    ]
    assert len({each.fingerprint for each in [study, *others]}) == 7


def test_two_runs_of_one_specification_have_one_hash():
    study = replace(studies_of("C02")[0], choices={})
    one, other = (estimated(Invented(seed=seed), study, "two_way_fixed_effects") for seed in (1, 2))
    assert one.specification_hash == other.specification_hash
    assert one.coefficient != other.coefficient


def test_terms_of_the_past_never_look_ahead():
    rows = rows_of([2000, 2001, 2002, 2004], value=[1, 0, 3, 0])
    value = of("value")
    assert lag(value)(rows).tolist()[1:3] == [1, 0]
    assert np.isnan(lag(value)(rows)[[0, 3]]).all()  # no row the year before
    assert never_before(value)(rows).tolist() == [1, 0, 0, 0]
    assert recent(value, 1, 2)(rows)[2] == 1
    assert recent(value, 1, 2)(rows)[3] == 1  # 2003 has no row, but 2002 had it
    assert np.isnan(recent(value, 1, 2)(rows)[0])


def test_terms_of_later_years():
    rows = rows_of([2000, 2001, 2002], value=[0, 1, 0])
    assert ahead(of("value"), 1)(rows).tolist()[0] == 1
    assert np.isnan(ahead(of("value"), 1)(rows)[1:]).all()  # treated now, and nothing after
    assert rolling_spread(of("value"), 3)(rows)[0] == pytest.approx(2 / 9)


def test_years_do_not_reach_into_another_unit():
    rows = rows_of([2001, 2000], unit=[0, 1], value=[5, 7])
    assert np.isnan(lag(of("value"))(rows)).all()


def test_a_third_state_is_seen_from_each_row():
    a, b = np.triu_indices(3, 1)
    rows = Rows(("AAA", "BBB", "CCC"), a, b, np.full(3, 2000), lambda name: np.array([4.0, 5.0, 6.0]), None)
    assert between("AAA", of("count"))(rows).tolist() == [4.0, 5.0, 5.0]
    assert np.isnan(between("AAA", of("count"), "a")(rows)[:2]).all()


def test_shipped_estimates_keep_what_the_designs_promise():
    made = [each for held in read_estimates().values() for each in held]
    assert len({each.claim for each in made}) >= 58
    for each in made:
        assert isinstance(each, Estimate)
        assert each.sources
        assert each.bias
        assert len(each.specifications) >= 4, f"{each.claim} {each.design} {each.name}"
        assert all(placebo.standard_error > 0 for placebo in each.placebo)
        assert not {placebo.name for placebo in each.placebo} & set(each.not_computed)
        assert each.clusters is not None
        assert each.is_trace == any(study.is_trace for study in studies_of(each.claim) if study.name == each.name)


@pytest.mark.mirror
def test_a_handful_of_specifications_run_on_the_real_files(mirror_store):
    """Of the nine sources that panels are made of; what needs others says so and stops nothing."""
    made = run(mirror_store, ("C14", "C29"))
    assert {each.claim for each in made.estimates} >= {"C29"}
    assert all(each.observations for each in made.estimates)
