"""What is kept of the ablation on published data: every instrument, in both decades, with intervals around values."""

from __future__ import annotations

from datetime import date

from comity.forecast.ablation import found_ablation
from comity.forecast.features import ENGAGEMENT
from comity.forecast.fitting import frozen


def test_every_instrument_and_all_together_are_told_of_each_decade():
    found = found_ablation()
    asked = [(instrument,) for instrument in ENGAGEMENT] + [ENGAGEMENT]
    assert len(found["tried"]) == 2
    for each in found["tried"]:
        assert each["train"][1] < each["test"][0]
        assert [tuple(added["groups"]) for added in each["added"]] == asked
        for added in each["added"]:
            assert 0 <= added["known"] <= 1
            assert all(added[score][1] <= added[score][0] <= added[score][2] for score in ("log", "brier", "ap"))


def test_the_ablation_is_of_the_settings_in_use():
    found = found_ablation()
    assert found["settings_chosen"] == str(frozen()["chosen"])
    assert date.fromisoformat(found["made"]) >= date.fromisoformat(found["settings_chosen"])
    assert {"gml_mid", "mme", "sipri_arms"} <= set(found["versions"])
