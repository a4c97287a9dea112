"""Estimates made up for tests of verdicts and pages."""

from __future__ import annotations

from comity.evidence.estimate import Estimate, Placebo, Specification


def estimate(coefficient=-0.4, error=0.1, **given):
    """An estimate on the scale of logs whose unit is a share, with one placebo that passes unless told otherwise."""
    made = {
        "claim": "C06",
        "design": "two_way",
        "name": "main",
        "outcome": "mid_onset",
        "treatment": "has_defense_obligation",
        "coefficient": coefficient,
        "standard_error": error,
        "errors": {"pair": error * 0.8, "pair and states": error},
        "low": coefficient - 1.96 * error,
        "high": coefficient + 1.96 * error,
        "p_value": 0.01,
        "unit": "share of the rate without",
        "relative_effect": coefficient,
        "observations": 10_000,
        "treated": 900,
        "events": 120,
        "years": (1950, 2010),
        "excluded": {"year outside a source": 40},
        "placebo": (Placebo("two years before", 0.01, 0.05, 0.84),),
        "robustness_value": 0.03,
        "minimum_detectable_effect": 2.8 * error,
        "bias": "Friends ally, so the effect is probably overstated.",
        "specifications": (Specification("without controls", coefficient * 0.9, coefficient - 0.3, coefficient + 0.3),),
        "sources": ("atop", "cow_mid"),
        "specification_hash": "0" * 64,
        "clusters": {"treated pairs": 90.0, "equal pairs": 60.0, "treated states": 40.0, "equal states": 25.0},
    }
    return Estimate(**(made | given))
