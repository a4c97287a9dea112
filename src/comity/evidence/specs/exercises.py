"""Claims about joint exercises."""

from __future__ import annotations

from comity.evidence.specs.samples import ACROSS, DISPUTE, EXERCISED, NEAR, NO_PACT, SHARE, WITHIN
from comity.evidence.specs.study import Selection, Study, spec, variant
from comity.evidence.specs.terms import (
    absent,
    at_least,
    between,
    count_years,
    is_state,
    lag,
    log,
    never_before,
    of,
    recent,
    scaled,
    some,
    total,
)

FRIENDS: Selection = (-1, "friends exercise with friends, and friends seldom quarrel")
LISTED = ("mme", "jme")
YEARS = (1981, 2010)
PARTNERS = total(of("exercise_partner_count_a"), of("exercise_partner_count_b"))


@spec("C01")
def trust() -> tuple[Study, ...]:
    """Exercises and the distance of votes; the years before show who was drawing near anyway."""
    study = Study(
        outcome="Distance between the two states in the General Assembly, as a trace of trust",
        treatment="A joint exercise in the year before",
        per="points of the scale of ideal points",
        y=of("ideal_point_distance"),
        d=lag(EXERCISED),
        x=WITHIN,
        years=YEARS,
        sources=(*LISTED, "un_ideal_points", "nmc", "regime", "atop"),
        selection=(-1, "states that draw near each other begin to exercise together"),
        is_trace=True,
        choices={
            "exercise of the last three years": {"d": recent(EXERCISED, 1, 3)},
            "two exercises or more": {"d": lag(at_least(of("exercise_count"), 2))},
            "relevant pairs": {"only": NEAR},
        },
    )
    return study, variant(study, "first exercise of relevant pairs", designs=("group_time_effects",), only=NEAR)


@spec("C02")
def disputes_between_participants() -> tuple[Study, ...]:
    """Exercises and new disputes between those who took part."""
    study = Study(
        outcome="A new dispute between the two",
        treatment="A joint exercise in the year before",
        per=SHARE,
        y=DISPUTE,
        d=lag(EXERCISED),
        x=ACROSS,
        only=NEAR,
        years=YEARS,
        designs=("two_way_fixed_effects", "group_time_effects", "entropy_balancing"),
        sources=(*LISTED, "gml_mid", "contiguity", "nmc", "regime", "atop", "un_ideal_points"),
        selection=FRIENDS,
        choices={
            "exercise of the last three years": {"d": recent(EXERCISED, 1, 3)},
            "two exercises or more": {"d": lag(at_least(of("exercise_count"), 2))},
            "bilateral exercise": {"d": lag(some(of("bilateral_exercise_count")))},
            "disputes of the Correlates of War, to 2000": {"y": of("mid_onset"), "years": (1981, 2000)},
            "no pact between the two": {"only": {**NEAR, "allies": NO_PACT}},
        },
    )
    return study, variant(study, "all pairs", only={}, designs=("two_way_fixed_effects",))


@spec("C04")
def pacts_after_exercises() -> tuple[Study, ...]:
    """Exercises and the first agreement or alliance of pairs that have none."""
    tied = some(of("agreement_stock"), of("has_alliance"))
    study = Study(
        outcome="A first defense agreement or alliance",
        treatment="A joint exercise in the year before",
        per="log odds that one is signed in a year",
        y=tied,
        d=lag(EXERCISED),
        x={
            **ACROSS,
            "exercise of others": log(lag(total(of("exercise_partner_count_a"), of("exercise_partner_count_b")))),
        },
        only={"tied already": absent(lag(tied)), "tied before": never_before(tied)},
        years=YEARS,
        designs=("discrete_time_hazard",),
        sources=(*LISTED, "dcad", "atop", "nmc", "regime", "contiguity", "gml_mid", "un_ideal_points"),
        selection=(1, "states that mean to sign rehearse first"),
        at_risk=True,
        choices={
            "bilateral exercise": {"d": lag(some(of("bilateral_exercise_count")))},
            "exercise of the last three years": {"d": recent(EXERCISED, 1, 3)},
            "relevant pairs": {"only": {**NEAR, "tied already": absent(lag(tied)), "tied before": never_before(tied)}},
        },
    )
    return study, variant(study, "within pairs", designs=("two_way_fixed_effects",), per="share of pair-years")


@spec("C12")
def escalation() -> tuple[Study, ...]:
    """Whether disputes between states that exercised together come to force less often."""
    pair = of("bilateral_exercise_count")
    study = Study(
        outcome="Force used in a dispute that began in the year",
        treatment="A bilateral exercise in the five years before",
        per="share of disputes",
        y=of("has_force"),
        d=recent(some(pair), 1, 5),
        x=WITHIN,
        only={"no dispute began": DISPUTE},
        years=(1985, 2010),
        designs=("entropy_balancing", "double_machine_learning"),
        sources=(*LISTED, "gml_mid", "nmc", "regime", "atop"),
        selection=(-1, "disputes between friends are over lesser things"),
        at_risk=True,
        choices={
            "any exercise": {"d": recent(EXERCISED, 1, 5)},
            "in the three years before": {"d": recent(some(pair), 1, 3), "years": (1983, 2010)},
            "with distance and border": {"x": {**WITHIN, "land border": of("has_land_border")}},
        },
    )
    return (study,)


@spec("C13")
def many_or_two() -> tuple[Study, ...]:
    """Multilateral against bilateral exercises, among pairs that exercised in the year before."""
    study = Study(
        outcome="A new dispute between the two",
        treatment="A multilateral exercise in the year before, and none of the two alone",
        per=SHARE,
        y=DISPUTE,
        d=lag(absent(of("bilateral_exercise_count"))),
        x=WITHIN,
        only={"no exercise the year before": lag(EXERCISED)},
        years=YEARS,
        designs=("two_way_fixed_effects", "entropy_balancing"),
        sources=(*LISTED, "gml_mid", "nmc", "regime", "atop"),
        selection=(-1, "large exercises gather the members of one alliance"),
        choices={
            "relevant pairs": {"only": {**NEAR, "no exercise the year before": lag(EXERCISED)}},
            "multilateral in any number": {"d": lag(some(of("multilateral_exercise_count")))},
        },
    )
    return (study,)


@spec("C23")
def evenness() -> tuple[Study, ...]:
    """Exercising every year against as many exercises at once."""
    amount = total(*(lag(of("exercise_count"), years) for years in range(1, 6)))
    study = Study(
        outcome="A new dispute between the two",
        treatment="An exercise in each of the last five years rather than in one, given how many exercises there were",
        per=f"{SHARE}, for four more of the five years with an exercise",
        y=DISPUTE,
        d=scaled(count_years(of("exercise_count"), 1, 5), 0.25),
        x={**WITHIN, "exercises of five years": log(amount)},
        only=NEAR,
        years=(1985, 2010),
        designs=("two_way_fixed_effects", "double_machine_learning"),
        sources=(*LISTED, "gml_mid", "contiguity", "nmc", "regime", "atop"),
        selection=FRIENDS,
        choices={
            "amount as it is": {"x": {**WITHIN, "exercises of five years": amount}},
            "no pact between the two": {"only": {**NEAR, "allies": NO_PACT}},
        },
    )
    return (study,)


@spec("C28")
def long_effects() -> tuple[Study, ...]:
    """Exercises five to ten years ago, given those since."""
    study = Study(
        outcome="A new dispute between the two",
        treatment="A joint exercise five to ten years before",
        per=SHARE,
        y=DISPUTE,
        d=recent(EXERCISED, 5, 10),
        x={**WITHIN, "exercise since": recent(EXERCISED, 1, 4)},
        only=NEAR,
        years=(1990, 2010),
        designs=("two_way_fixed_effects", "entropy_balancing"),
        sources=(*LISTED, "gml_mid", "contiguity", "nmc", "regime", "atop"),
        selection=FRIENDS,
        choices={
            "agreements in place of exercises": {
                "d": lag(some(of("agreement_stock")), 5),
                "years": (1985, 2010),
            },
            "no pact between the two": {"only": {**NEAR, "allies": NO_PACT}},
        },
    )
    return (study,)


@spec("C30")
def rivals_of_hosts() -> tuple[Study, ...]:
    """Exercises of a state with the United States and disputes that its rivals begin the year after."""
    host = some(between("USA", of("exercise_count")))
    study = Study(
        outcome="A dispute begun by a rival",
        treatment="An exercise of its rival with the United States in the year before",
        per="share of directed rivalry-years in which the first state begins a dispute",
        y=of("is_dispute_initiator"),
        d=lag(host),
        x={
            "share of capabilities": lag(of("cinc_share_of_pair")),
            "pact of the target": lag(some(of("defense_ally_count_to"))),
        },
        only={
            "no strategic rivalry": of("is_strategic_rivalry"),
            "the United States itself": absent(is_state("USA", side="ab")),
        },
        unit="directed_dyad_year",
        scope=(1816, 2014),
        years=YEARS,
        designs=("two_way_fixed_effects", "double_machine_learning"),
        sources=(*LISTED, "gml_mid", "rivalries", "nmc", "atop"),
        selection=(1, "states under threat seek exercises with a protector"),
        choices={
            "disputes of the Correlates of War, to 2000": {
                "y": of("is_mid_initiator"),
                "years": (1981, 2000),
            },
            "any dispute of the pair": {"y": DISPUTE},
        },
    )
    return (study,)


@spec("C40")
def near_a_rival() -> tuple[Study, ...]:
    """How many states a rival exercises with, and disputes within the rivalry."""
    study = Study(
        outcome="A new dispute within the rivalry",
        treatment="Ten more exercise partners of the two rivals in the year before",
        per="share of rivalry-years with a new dispute",
        y=DISPUTE,
        d=scaled(lag(PARTNERS), 0.1),
        x={"capabilities": lag(of("cinc_log_ratio")), "defense pact": lag(of("is_defense_ally"))},
        only={"no strategic rivalry": of("is_strategic_rivalry")},
        years=YEARS,
        designs=("two_way_fixed_effects", "double_machine_learning"),
        sources=(*LISTED, "gml_mid", "rivalries", "nmc", "atop"),
        selection=(1, "states under threat exercise more"),
        choices={
            "disputes of the Correlates of War, to 2000": {"y": of("mid_onset"), "years": (1981, 2000)},
            "partners in logarithms": {"d": log(lag(PARTNERS))},
            "only since 1991": {"years": (1991, 2010)},
        },
    )
    return (study,)
