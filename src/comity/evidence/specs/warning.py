"""The claim that engagement warns: what forecasts of disputes gain from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from comity.errors import BadRequest
from comity.evidence.specs.foretelling import Ablation
from comity.evidence.specs.study import spec
from comity.evidence.specs.terms import Term

if TYPE_CHECKING:
    from comity.evidence.sample import Floats
    from comity.evidence.specs.rows import Rows

DISPUTES = ("gml_mid", "nmc", "regime", "atop")
CHANGING = "up to the year before, their change among them"
INSTRUMENTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "exercise": (f"Joint exercises {CHANGING}", ("mme",)),
    "agreement": (f"Defense agreements {CHANGING}", ("dcad", "register")),
    "arms": (f"Deliveries of major arms {CHANGING}", ("sipri_arms",)),
    "visit": ("Visits of the five years before", ("us_leader_travel", "china_mil_diplomacy", "troopdata", "register")),
    "presence": ("Troops stationed in the year before", ("troopdata",)),
    "organization": (f"Shared organizations {CHANGING}", ("cow_igo",)),
}
EVERY = f"Exercises, agreements, arms, visits, troops and shared organizations {CHANGING}"
DECADES = (((1946, 1990), (1991, 2000)), ((1946, 2000), (2001, 2010)))


@spec("C24")
def early_signal() -> tuple[Ablation, ...]:
    """All instruments together and each by itself, in two decades that the models have not seen."""
    asked = {"all of them": tuple(INSTRUMENTS)} | {name: (name,) for name in INSTRUMENTS}
    return tuple(_study(name, groups, learned, tried) for learned, tried in DECADES for name, groups in asked.items())


def _study(name: str, groups: tuple[str, ...], learned: tuple[int, int], tried: tuple[int, int]) -> Ablation:
    first, last = tried
    told = INSTRUMENTS[name][0] if name in INSTRUMENTS else EVERY
    choices: dict[str, Mapping[str, Any]] = {
        f"{first} to {first + 4}": {"years": (first, first + 4)},
        f"{first + 5} to {last}": {"years": (first + 5, last)},
        "quiet pairs": {"is_quiet": True},
        "the logit alone": {"model": "logit"},
        "the trees alone": {"model": "trees"},
    }
    if len(groups) > 1:
        choices["beside the past of the pair alone"] = {"is_past_alone": True}
    return Ablation(
        name=f"{name}, {first} to {last}",
        outcome="Log score gained by a forecast of new disputes",
        treatment=told,
        per="log score of a pair and year",
        y=_named(f"gain({', '.join(groups)})"),
        d=_named(f"known({', '.join(groups)})"),
        groups=groups,
        learned=learned,
        years=tried,
        scope=(learned[0], last),
        designs=("out_of_sample_ablation",),
        sources=(*DISPUTES, *dict.fromkeys(source for group in groups for source in INSTRUMENTS[group][1])),
        selection=(0, "a forecast asks what goes before, and not why"),
        caveat="Relevant pairs, one year ahead; what weeks or months would tell is not seen.",
        choices=choices,
    )


def _named(name: str) -> Term:
    """A column that a forecast makes; here it has but its name."""

    def make(_rows: Rows) -> Floats:
        raise BadRequest(f"{name} is made by a forecast, not by the rows of a panel")

    return Term(name, make)
