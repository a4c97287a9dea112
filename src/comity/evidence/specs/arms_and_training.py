"""Claims about arms, assistance and training."""

from __future__ import annotations

from comity.evidence.specs.conflict import TARGETED, partner_conflict
from comity.evidence.specs.samples import ALONE, DISPUTE, NEAR, PARTNER, WITHIN
from comity.evidence.specs.study import Selection, Study, spec, variant
from comity.evidence.specs.terms import (
    Term,
    absent,
    at_least,
    lag,
    listed,
    log,
    of,
    product,
    recent,
    scaled,
    some,
    total,
)

DOUBLINGS = 1.4426950409  # natural logarithms to doublings
THREAT: Selection = (1, "states under threat buy and are given arms")


@spec("C18")
def aid() -> tuple[Study, ...]:
    """Assistance of the United States, and conflict within the recipient."""
    money = listed("assistance_obligations_constant_usd")
    study = Study(
        outcome="An armed conflict within the recipient",
        treatment="Assistance of the United States of every kind in the year before, ten times as much",
        per="share of years with an armed conflict",
        y=partner_conflict("USA"),
        d=tenfold(money),
        x=PARTNER,
        unit="directed_dyad_year",
        of="USA",
        years=(1962, 2019),
        designs=("two_way_fixed_effects", "double_machine_learning"),
        sources=("us_foreign_assistance", "ucdp_acd", "nmc", "regime", "atop"),
        selection=(1, "money follows trouble"),
        choices={
            "three years before": {"d": lag(tenfold(money), 2)},
            "since 1990": {"years": (1990, 2019)},
            "a million dollars or more": {"d": lag(at_least(money, 1e6))},
        },
    )
    return (study,)


@spec("C19")
def officers() -> tuple[Study, ...]:
    """People trained by the United States, and a change of regime within three points of Polity or a transition."""
    trained = listed("trainee_count")
    study = Study(
        outcome="A change of the political regime in the year",
        treatment="A hundred people or more trained by the United States in the year before; none listed is none",
        per="share of years with a change",
        y=absent(of("regime_durability_years_to")),
        d=lag(at_least(trained, 100)),
        x={**PARTNER, "output per head": lag(log(of("gdp_per_capita_estimate_usd2011_to")))},
        only={"in transition the year before": lag(of("regime_durability_years_to"))},
        unit="directed_dyad_year",
        of="USA",
        years=(2000, 2018),
        designs=("two_way_fixed_effects", "entropy_balancing"),
        sources=("us_training", "regime", "nmc", "atop", "gdp_pop"),
        selection=(None, "training goes to allies and to fragile states alike"),
        at_risk=True,
        choices={
            "anybody trained": {"d": lag(some(trained))},
            "five hundred or more": {"d": lag(at_least(trained, 500))},
            "three years": {"d": recent(at_least(trained, 100), 1, 3), "years": (2002, 2018)},
        },
    )
    return (study,)


@spec("C20")
def arms() -> tuple[Study, ...]:
    """Major arms delivered to a state, and disputes that it enters or that begin between buyer and seller."""
    bought = of("arms_import_tiv")
    study = Study(
        outcome="A new dispute of the recipient",
        treatment="Major arms delivered to it in the three years before",
        per="share of years with a new dispute",
        y=of("dispute_onset"),
        d=recent(bought, 1, 3),
        x=ALONE,
        unit="state_year",
        years=(1953, 2010),
        designs=("two_way_fixed_effects", "entropy_balancing"),
        sources=("sipri_arms", "gml_mid", "nmc", "regime", "gdp_pop"),
        selection=THREAT,
        choices={
            "a hundred million or more": {"d": lag(at_least(bought, 100))},
            "the year before": {"d": lag(some(bought))},
            "disputes it begins": {"y": some(of("dispute_initiation_count"))},
            "disputes begun against it": {"y": some(TARGETED)},
        },
    )
    return study, _between(study)


def _between(study: Study) -> Study:
    """The same of disputes between buyer and seller."""
    passed = some(total(of("arms_delivery_tiv_a_to_b"), of("arms_delivery_tiv_b_to_a")))
    return variant(
        study,
        "between buyer and seller",
        unit="dyad_year",
        outcome="A new dispute between buyer and seller",
        treatment="Major arms delivered from one to the other in the three years before",
        y=DISPUTE,
        d=recent(passed, 1, 3),
        x=WITHIN,
        only=NEAR,
        designs=("two_way_fixed_effects",),
        sources=("sipri_arms", "gml_mid", "nmc", "regime", "atop", "contiguity"),
        selection=(-1, "friends sell to friends"),
        choices={
            "the year before": {"d": lag(passed)},
            "no pact between the two": {"only": {**NEAR, "allies": absent(lag(of("is_defense_ally")))}},
        },
    )


@spec("C44")
def reassured() -> tuple[Study, ...]:
    """Exercises with the United States, and what its allies spend on their forces."""
    study = Study(
        outcome="The ally's military spending as a share of output",
        treatment="Twice as many exercises with the United States in the year before",
        per="share of output",
        y=of("military_expenditure_gdp_share_to"),
        d=scaled(log(lag(of("exercise_count"))), DOUBLINGS),
        x={
            "output per head": lag(log(of("gdp_per_capita_estimate_usd2011_to"))),
            "democracy": PARTNER["democracy"],
        },
        only={"no ally of the United States": lag(of("has_defense_obligation"))},
        unit="directed_dyad_year",
        of="USA",
        years=(1981, 2010),
        designs=("two_way_fixed_effects", "double_machine_learning"),
        sources=("jme", "mme", "sipri_milex", "atop", "gdp_pop", "regime"),
        selection=(1, "allies under threat drill more and spend more"),
        choices={
            "any exercise": {"d": lag(some(of("exercise_count")))},
            "bilateral exercises": {"d": scaled(log(lag(of("bilateral_exercise_count"))), DOUBLINGS)},
            "troops in logarithms": {"d": log(lag(of("troop_count")))},
        },
    )
    return (study,)


@spec("C62")
def diminishing() -> tuple[Study, ...]:
    """Whether assistance goes with less conflict where little came before than where much did."""
    each = listed("assistance_obligations_constant_usd")
    money, before = tenfold(each), total(*(lag(each, years) for years in range(2, 7)))
    study = Study(
        outcome="An armed conflict within the recipient",
        treatment="Assistance of the United States, ten times as much, where less than a hundred million dollars "
        "came in the five years before rather than more",
        per="share of years with an armed conflict",
        y=partner_conflict("USA"),
        d=product(money, absent(at_least(before, 1e8))),
        x={"assistance": money, "little before": absent(at_least(before, 1e8)), **PARTNER},
        unit="directed_dyad_year",
        of="USA",
        years=(1962, 2019),
        sources=("us_foreign_assistance", "ucdp_acd", "nmc", "regime", "atop"),
        selection=(None, "money follows trouble, new money above all"),
        choices={
            "fifty million": {"d": product(money, absent(at_least(before, 5e7)))},
            "five hundred million": {"d": product(money, absent(at_least(before, 5e8)))},
            "since 1990": {"years": (1990, 2019)},
        },
    )
    return (study,)


def tenfold(money: Term) -> Term:
    """The logarithm to base ten of one more than a sum of the year before."""
    return scaled(log(lag(money)), 0.4342944819)
