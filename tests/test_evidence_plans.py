"""Plans written down beforehand, claims of which a trace is seen, and what each claim is asked with."""

from __future__ import annotations

import numpy as np
import pytest

from comity.errors import RecordError
from comity.evidence.claim import claims
from comity.evidence.ledger import ledger, read_estimates
from comity.evidence.sizes import detectable_in_words
from comity.evidence.specs.preregistered import FILE, preregistered
from comity.evidence.specs.rows import Rows
from comity.evidence.specs.study import known_specs, studies_of
from comity.evidence.specs.surprise import FEWEST_EVENTS, FEWEST_ROWS, surprise
from comity.evidence.specs.terms import of
from comity.evidence.verdict import verdict_of


def test_plans_are_as_they_were_written_down():
    plans = preregistered()
    assert len(plans) == 5
    assert all(plan.written == "2026-11-23" for plan in plans)
    # Both the plan and its hash could be edited together; what was written down on that day is this.
    assert {plan.plan: plan.hash[:16] for plan in plans} == {
        "deterrence-2011": "c03ea40c27f73aab",
        "arms-2011": "11a2f6f41ee0463d",
        "visits-2011": "612cfe1903fb43ab",
        "votes-2024": "085101386914572d",
        "peacekeepers-2024": "497e5760b7e374fe",
    }
    assert all(plan.study.fingerprint == plan.hash for plan in plans)
    made = read_estimates()
    for plan in plans:  # no estimate of that study has a year the plan waits for
        assert all(
            each.years[1] < plan.study.years[0]
            for each in made.get(plan.study.claim, ())
            if each.name == plan.study.name
        )


@pytest.mark.parametrize(
    "change", [("discrete_time_hazard", "two_way_fixed_effects"), ("years: [2011", "years: [2012")]
)
def test_a_plan_that_was_changed_is_refused(tmp_path, change):
    text = FILE.read_text(encoding="utf-8")
    assert change[0] in text
    (tmp_path / "plans.yml").write_text(text.replace(*change, 1), encoding="utf-8")
    with pytest.raises(RecordError, match="the specification is now"):
        preregistered(tmp_path / "plans.yml")


ONE_DESIGN = {
    "C24": "what a forecast gains is asked of forecasts alone; its choices are two models, and halves of two decades",
    "C29": "one region is one series, and no region is like it",
    "C31": "a difference of two effects, which designs that leave out levels or controls cannot tell from its parts",
    "C39": "as C31",
    "C62": "as C31",
}


def test_no_design_is_trusted_alone():
    alone = {claim for claim, studies in known_specs().items() if len({d for s in studies for d in s.designs}) < 2}
    assert alone == set(ONE_DESIGN)


def test_a_claim_of_which_a_trace_is_seen_says_so_and_is_never_firm():
    traced = {claim for claim, studies in known_specs().items() if any(study.is_trace for study in studies)}
    assert traced == {"C01", "C10", "C35", "C36", "C37", "C46", "C55", "C60"}
    for entry in ledger():
        if entry.number in traced:
            assert all("trace" in study.outcome for study in studies_of(entry.number) if study.is_trace)
            assert entry.verdict.word in ("mixed", "unknown")


def test_a_study_of_a_trace_has_another_fingerprint_and_others_keep_theirs():
    assert "is_trace" not in studies_of("C06")[0].told()
    assert studies_of("C10")[0].told()["is_trace"] is True


def test_what_no_data_tests_yet_says_what_could_be_seen():
    planned = {number: claim.planned for number, claim in claims().items() if claim.planned}
    assert set(planned) == {"C54", "C61"}
    # 2.802 errors of a difference of shares, rows of one cluster hanging together.
    by_hand = 2.802 * np.sqrt(0.1 * 0.9 * (1 + 14 * 0.3) / (1500 * 0.2 * 0.8)) / 0.1
    assert planned["C54"].detectable == pytest.approx(by_hand, rel=1e-3)
    for number, plan in planned.items():
        assert detectable_in_words(plan.detectable) in verdict_of(claims()[number], []).reason


def test_what_has_no_estimate_says_what_it_would_take_and_what_could_be_found():
    bare = {entry.number: entry for entry in ledger() if not entry.estimates}
    assert set(bare) == {"C34", "C54", "C56", "C61"}
    for entry in bare.values():
        assert entry.claim.needs in entry.verdict.reason
        assert entry.claim.planned or "smallest effect that a test would find" in " ".join(entry.claim.needs.split())


# Surprise.


def history(seed=0, units=60, years=40, clear_from=None):
    """States whose events come at a rate of their own; from a year on, those of the first half are what they were."""
    random = np.random.default_rng(seed)
    rate = random.choice([0.02, 0.3], size=units)
    event = (random.random((units, years)) < rate[:, None]).astype(float)
    unit, year = np.repeat(np.arange(units), years), np.tile(np.arange(1950, 1950 + years), units)
    held = {"event": event.ravel(), "rate": np.repeat(rate, years)}
    return Rows(tuple(f"S{number:02d}" for number in range(units)), unit, None, year, held.__getitem__, None)


def test_surprise_is_the_log_score_of_a_forecast_that_saw_earlier_years_alone():
    rows = history()
    scored = surprise(of("event"), of("rate"))(rows)
    first = int(rows.year[np.isfinite(scored)].min())
    before = rows.year < first
    assert before.sum() >= FEWEST_ROWS
    assert rows.column("event")[before].sum() >= FEWEST_EVENTS
    known, event, rate = np.isfinite(scored), rows.column("event"), rows.column("rate")
    right = -np.log(np.where(event == 1, rate, 1 - rate))
    assert scored[known].mean() == pytest.approx(right[known].mean(), rel=0.1)
    # What comes later changes no earlier score.
    late = rows.year >= 1985
    other = history()
    changed = np.where(late, 1 - event, event)
    other.read = {"event": changed, "rate": rate}.__getitem__
    assert np.array_equal(surprise(of("event"), of("rate"))(other)[~late], scored[~late], equal_nan=True)


def test_a_forecast_that_knows_more_is_surprised_less():
    rows = history()
    blind, seeing = surprise(of("event"))(rows), surprise(of("event"), of("rate"))(rows)
    assert np.nanmean(seeing) < 0.9 * np.nanmean(blind)


def test_where_too_little_came_before_or_history_is_unknown_there_is_no_surprise():
    rows = history(units=5)
    assert np.isnan(surprise(of("event"), of("rate"))(rows)).all()
    rows = history()
    rows.read = {"event": rows.column("event"), "rate": np.full(len(rows), np.nan)}.__getitem__
    assert np.isnan(surprise(of("event"), of("rate"))(rows)).all()
