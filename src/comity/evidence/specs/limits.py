"""Claims about what engagement as a whole does, what limits it, and what holds states back from it."""

from __future__ import annotations

from comity.evidence.specs.samples import ACROSS, AGREED, DISPUTE, EXERCISED, NEAR, NO_PACT, SHARE, WITHIN
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
    shortfall,
    some,
    total,
)

FRIENDS: Selection = (-1, "friends engage with friends, and friends seldom quarrel")
LISTS = ("mme", "jme", "dcad", "sipri_arms", "gml_mid", "contiguity", "nmc", "regime", "atop")
YEARS = (1981, 2010)
ARMS = some(total(of("arms_delivery_tiv_a_to_b"), of("arms_delivery_tiv_b_to_a")))
KINDS = total(EXERCISED, AGREED, ARMS)
GROWTH = of("military_expenditure_growth_share")
ALIKE = absent(at_least(of("ideal_point_distance"), 1.0))


@spec("C27")
def the_whole() -> tuple[Study, ...]:
    """How many kinds of engagement two states have, and new disputes between them."""
    study = Study(
        outcome="A new dispute between the two",
        treatment="One more kind of engagement of exercises, agreements and arms in the year before",
        per=SHARE,
        y=DISPUTE,
        d=lag(KINDS),
        x=ACROSS,
        only=NEAR,
        years=YEARS,
        designs=("two_way_fixed_effects", "double_machine_learning"),
        sources=(*LISTS, "un_ideal_points"),
        selection=FRIENDS,
        choices={
            "two kinds or more": {"d": lag(at_least(KINDS, 2))},
            "any kind": {"d": lag(some(KINDS))},
            "stock of exercises": {"d": log(lag(of("exercise_stock")))},
            "disputes of the Correlates of War, to 2000": {"y": of("mid_onset"), "years": (1981, 2000)},
            "no pact between the two": {"only": {**NEAR, "allies": NO_PACT}},
        },
    )
    start = variant(
        study,
        "any kind",
        d=lag(some(KINDS)),
        treatment="Exercises, agreements or arms in the year before",
        designs=("group_time_effects", "entropy_balancing"),
    )
    return study, start, variant(study, "all pairs", only={}, designs=("two_way_fixed_effects",))


def _moderated(where: str, held: Term, sources: tuple[str, ...], years: tuple[int, int]) -> Study:
    """The effect of exercises where a condition holds, against that where it does not."""
    return Study(
        outcome="A new dispute between the two",
        treatment=f"A joint exercise in the year before {where}",
        per=f"{SHARE}: the effect there less the effect elsewhere",
        y=DISPUTE,
        d=product(lag(EXERCISED), held),
        x={"exercise": lag(EXERCISED), "the condition": held, **WITHIN},
        only=NEAR,
        years=years,
        sources=("mme", "jme", "dcad", "gml_mid", *sources),
        selection=(None, "friends exercise with friends, under the condition and elsewhere"),
        choices={
            "exercise of three years": {"d": product(recent(EXERCISED, 1, 3), held)},
            "agreements": {
                "d": product(lag(AGREED), held),
                "x": {"agreement": lag(AGREED), "the condition": held, **WITHIN},
            },
            "no pact between the two": {"only": {**NEAR, "allies": NO_PACT}},
        },
    )


@spec("C39")
def interests() -> tuple[Study, ...]:
    """Whether exercises do more between states that vote alike."""
    where = "between states that vote alike, rather than between others"
    study = _moderated(where, lag(ALIKE), ("un_ideal_points",), YEARS)
    return study, variant(study, "all pairs", only={})


@spec("C31")
def sovereignty() -> tuple[Study, ...]:
    """Whether exercises do more between states of which neither claims ground of the other."""
    where = "where neither claims territory of the other, rather than where one does; none listed counts as none"
    free = absent(lag(some(listed("has_territorial_claim_a_to_b"), listed("has_territorial_claim_b_to_a"))))
    study = _moderated(where, free, ("icow",), (1981, 2001))
    return study, variant(study, "all pairs", only={})


@spec("C38")
def rivals() -> tuple[Study, ...]:
    """Rivalries, and exercises and agreements of every purpose."""
    study = Study(
        outcome="Exercises of the two in the year, of every purpose",
        treatment="A strategic rivalry between the two in the year before",
        per="logarithm of exercises a year",
        y=of("exercise_count"),
        d=lag(of("is_strategic_rivalry")),
        x=WITHIN,
        only=NEAR,
        years=YEARS,
        designs=("poisson_fixed_effects",),
        sources=("rivalries", "mme", "jme"),
        selection=(-1, "what ends a rivalry also opens the door to exercises"),
        choices={
            "spatial rivalries": {"d": lag(of("is_spatial_rivalry"))},
            "bilateral exercises": {"y": of("bilateral_exercise_count")},
            "since 1990": {"years": (1990, 2010)},
        },
    )
    across = variant(
        study,
        "a new agreement",
        outcome="A new defense agreement of the two, of every purpose",
        per="share of pair-years with a new agreement",
        y=some(of("agreement_count")),
        x={name: term for name, term in ACROSS.items() if name != "past disputes"},
        designs=("entropy_balancing",),
        sources=("rivalries", "dcad"),
    )
    return study, across


@spec("C41")
def resources() -> tuple[Study, ...]:
    """Less military spending, and states exercised with."""
    study = Study(
        outcome="States exercised with in the year",
        treatment="Half the military spending in the year before",
        per="logarithm of exercise partners a year",
        y=of("exercise_partner_count"),
        d=lag(shortfall(of("military_expenditure_usd2023"))),
        x={"democracy": lag(of("electoral_democracy_index")), "allies": log(lag(of("defense_ally_count")))},
        unit="state_year",
        years=YEARS,
        designs=("poisson_fixed_effects",),
        sources=("sipri_milex", "mme", "jme", "regime", "atop", "gdp_pop"),
        selection=(-1, "states under threat spend more and exercise more"),
        choices={
            "half the output": {"d": lag(shortfall(of("gdp_estimate_usd2011")))},
            "a cut of five percent or more": {
                "d": lag(at_least(scaled(of("military_expenditure_growth_share"), -1), 0.05))
            },
            "since 1990": {"years": (1990, 2010)},
        },
    )
    small = variant(
        study,
        "a small budget",
        treatment="Military spending below a billion dollars of 2023 in the year before",
        per="exercise partners a year",
        d=absent(at_least(lag(of("military_expenditure_usd2023")), 1e9)),
        designs=("entropy_balancing",),
    )
    return study, small


@spec("C42")
def regimes() -> tuple[Study, ...]:
    """Distance between political regimes, and exercises and agreements."""
    study = Study(
        outcome="Exercises of the two in the year",
        treatment="Regimes further apart by half of the index of electoral democracy in the year before",
        per="logarithm of exercises a year",
        y=of("exercise_count"),
        d=scaled(lag(of("electoral_democracy_distance")), 2.0),
        x={"capabilities": WITHIN["capabilities"], "lower democracy": WITHIN["lower democracy"]},
        only=NEAR,
        years=YEARS,
        designs=("poisson_fixed_effects",),
        sources=("regime", "mme", "jme", "dcad", "nmc", "contiguity"),
        selection=(None, "what changes a regime changes its friends as well"),
        choices={
            "ten points of Polity": {"d": scaled(lag(of("polity2_distance")), 0.1)},
            "bilateral exercises": {"y": of("bilateral_exercise_count")},
            "since 1990": {"years": (1990, 2010)},
        },
    )
    signed = variant(
        study,
        "new agreements",
        outcome="A new defense agreement of the two",
        treatment="Regimes apart by three tenths or more of the index of electoral democracy in the year before",
        per="share of pair-years with a new agreement",
        y=some(of("agreement_count")),
        d=lag(at_least(of("electoral_democracy_distance"), 0.3)),
        x={name: term for name, term in ACROSS.items() if name not in ("defense pact", "lower democracy")},
        designs=("entropy_balancing", "node_permutation"),
        sources=("regime", "dcad"),
    )
    return study, signed
