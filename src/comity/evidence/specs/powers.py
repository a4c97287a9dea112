"""Claims about the outreach of Russia and China."""

from __future__ import annotations

from comity.evidence.specs.conflict import AFRICA, partner_conflict
from comity.evidence.specs.samples import PARTNER
from comity.evidence.specs.study import Study, spec, variant
from comity.evidence.specs.terms import (
    absent,
    asked,
    at_least,
    between,
    is_state,
    lag,
    listed,
    log,
    of,
    over_states,
    product,
    recent,
    some,
)

NOT_RUSSIA = absent(is_state("RUS", side="ab"))
TIED = some(of("exercise_count"), of("agreement_stock"))
RICH = lag(log(of("gdp_per_capita_estimate_usd2011_to")))
PARTNER_DISPUTES = """
SELECT 'RUS' AS from_state, state AS to_state, year(start_date)::INTEGER AS year, count(DISTINCT dispute) AS value
FROM core.dispute_party WHERE source = 'gml_mid' AND state <> 'RUS' GROUP BY ALL
"""


@spec("C47")
def russian_partners() -> tuple[Study, ...]:
    """Exercises, agreements and arms with Russia, and armed conflict within the partner."""
    study = Study(
        outcome="An armed conflict within the partner",
        treatment="Exercises or agreements with Russia in the year before",
        per="share of years with an armed conflict",
        y=partner_conflict("RUS"),
        d=lag(TIED),
        x={"democracy": PARTNER["democracy"], "capabilities": PARTNER["capabilities"]},
        unit="directed_dyad_year",
        of="RUS",
        years=(1993, 2010),
        designs=("two_way_fixed_effects", "group_time_effects"),
        sources=("mme", "jme", "dcad", "ucdp_acd", "sipri_arms", "regime", "nmc"),
        selection=(1, "Russia engages neighbors in trouble"),
        choices={
            "arms delivered": {"d": lag(some(of("arms_delivery_tiv"))), "years": (1993, 2022)},
            "exercises alone": {"d": lag(some(of("exercise_count")))},
            "agreements alone": {"d": lag(some(of("agreement_stock")))},
        },
    )
    disputes = variant(
        study,
        "disputes of the partner",
        outcome="A new dispute of the partner with any state",
        y=some(asked("partner_disputes", PARTNER_DISPUTES)),
        per="share of years with a new dispute",
        sources=("mme", "jme", "dcad", "gml_mid", "regime", "nmc"),
        choices={
            "arms delivered": {"d": lag(some(of("arms_delivery_tiv")))},
            "exercises alone": {"d": lag(some(of("exercise_count")))},
            "agreements alone": {"d": lag(some(of("agreement_stock")))},
        },
    )
    return study, disputes


@spec("C48")
def balance() -> tuple[Study, ...]:
    """Exercises and agreements with Russia, and exercises of the partner with the United States."""
    study = Study(
        outcome="Exercises of the partner with the United States in the year",
        treatment="Exercises or agreements with Russia in the year before",
        per="logarithm of exercises a year",
        y=between("USA", of("exercise_count")),
        d=lag(TIED),
        only={
            "not a pair with Russia": is_state("RUS", side="a"),
            "the United States": absent(is_state("USA")),
        },
        scope=(1980, 2016),
        unit="directed_dyad_year",
        years=(1993, 2010),
        designs=("poisson_fixed_effects",),
        sources=("mme", "jme", "dcad"),
        selection=(1, "states that open up exercise with everybody"),
        choices={
            "agreements alone": {"d": lag(some(of("agreement_stock")))},
            "exercises alone": {"d": lag(some(of("exercise_count")))},
            "exercises with Germany": {"y": between("DEU", of("exercise_count"))},
            "exercises with Britain": {"y": between("GBR", of("exercise_count"))},
        },
    )
    numbers = variant(
        study, "in numbers", per="exercises a year", designs=("two_way_fixed_effects",), choices=study.choices
    )
    return study, numbers


@spec("C49")
def arms_race() -> tuple[Study, ...]:
    """Russian arms delivered to a neighbor, and military spending."""
    study = Study(
        outcome="Military spending of the state in constant dollars",
        treatment="Russian arms delivered to a neighbor in the year before",
        per="logarithm of spending",
        y=of("military_expenditure_usd2023_from"),
        d=lag(some(product(of("is_contiguous"), between("RUS", of("arms_delivery_tiv"))))),
        x={
            "output per head": lag(log(of("gdp_per_capita_estimate_usd2011_from"))),
            "democracy": lag(of("electoral_democracy_index_from")),
        },
        unit="directed_dyad_year",
        scope=(1980, 2016),
        years=(1993, 2016),
        only={"not neighbors": of("is_contiguous"), "Russia itself": NOT_RUSSIA},
        designs=("poisson_fixed_effects",),
        sources=("sipri_arms", "sipri_milex", "contiguity", "gdp_pop", "regime"),
        selection=(1, "arms flow to regions where everybody arms"),
        choices={
            "a hundred million or more": {"d": lag(at_least(between("RUS", of("arms_delivery_tiv")), 100))},
            "three years": {"d": recent(between("RUS", of("arms_delivery_tiv")), 1, 3)},
            "neighbors on land": {
                "only": {
                    "no border on land": of("has_land_border"),
                    "Russia itself": NOT_RUSSIA,
                }
            },
            "rivals": {"only": {"no rivals": of("is_strategic_rivalry"), "not neighbors": of("is_contiguous")}},
        },
    )
    share = variant(
        study,
        "as a share of output",
        outcome="Military spending of the state as a share of output",
        per="share of output",
        y=of("military_expenditure_gdp_share_from"),
        designs=("two_way_fixed_effects", "entropy_balancing"),
    )
    return study, share


@spec("C50")
def support() -> tuple[Study, ...]:
    """Engagement with a patron, and its support for a state in an armed conflict."""
    engaged = some(of("exercise_count"), of("arms_delivery_tiv"))
    study = Study(
        outcome="Support of the second state by the first in an armed conflict of the year",
        treatment="An exercise of the two, or arms from the first, in the three years before",
        per="share of directed pair-years with support",
        y=some(listed("supports_in_conflict")),
        d=recent(engaged, 1, 3),
        x={"pact": lag(of("is_defense_ally")), "capabilities": lag(of("cinc_share_of_pair"))},
        only={"the second has no support from anybody": some(over_states(listed("supports_in_conflict"), "b"))},
        unit="directed_dyad_year",
        scope=(1980, 2016),
        years=(1984, 2010),
        designs=("two_way_fixed_effects", "double_machine_learning"),
        sources=("ucdp_esd", "mme", "jme", "sipri_arms", "atop", "nmc"),
        selection=(1, "a patron prepares whom it means to help"),
        choices={
            "arms alone": {"d": recent(of("arms_delivery_tiv"), 1, 3)},
            "exercises alone": {"d": recent(of("exercise_count"), 1, 3)},
            "relevant pairs": {"only": {"not politically relevant": of("is_relevant")}},
        },
    )
    return (study,)


@spec("C51")
def africa() -> tuple[Study, ...]:
    """Chinese arms, visits and exercises, and armed conflict within African partners."""
    met = some(listed("military_visit_count"), listed("exercise_count"))
    study = Study(
        outcome="An armed conflict within the African partner",
        treatment="Major arms from China in the three years before",
        per="share of years with an armed conflict",
        y=partner_conflict("CHN"),
        d=recent(of("arms_delivery_tiv"), 1, 3),
        x={"output per head": RICH, "democracy": PARTNER["democracy"]},
        only={"not in Africa": is_state(*AFRICA)},
        unit="directed_dyad_year",
        of="CHN",
        years=(2002, 2019),
        designs=("two_way_fixed_effects", "group_time_effects"),
        sources=("sipri_arms", "china_mil_diplomacy", "ucdp_acd", "gdp_pop", "regime"),
        selection=(1, "arms are sold to those who fight"),
        choices={
            "military visits or exercises": {"d": recent(met, 1, 3), "years": (2005, 2019)},
            "the year before": {"d": lag(some(of("arms_delivery_tiv")))},
            "to 2022, without controls": {"x": {}, "years": (2002, 2022)},
        },
    )
    return (study,)
