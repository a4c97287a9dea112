"""Claims about defense agreements, shared information, channels for crises and measures of confidence."""

from __future__ import annotations

from comity.evidence.specs.samples import ACROSS, AGREED, DISPUTE, EXERCISED, NEAR, NO_PACT, SHARE, WITHIN
from comity.evidence.specs.study import Selection, Study, spec, variant
from comity.evidence.specs.terms import Term, at_least, lag, listed, log, of, some, total

FRIENDS: Selection = (-1, "friends sign with friends, and friends seldom quarrel")
LISTS = ("dcad", "gml_mid", "contiguity", "nmc", "regime", "atop", "un_ideal_points")
YEARS = (1981, 2010)
UNLISTED = "a year in which none is listed counts as none"


@spec("C09")
def nearer_votes() -> tuple[Study, ...]:
    """Agreements, exercises and arms between two states, and the distance of their votes."""
    arms = total(of("arms_delivery_tiv_a_to_b"), of("arms_delivery_tiv_b_to_a"))
    study = Study(
        outcome="Distance between the two states in the General Assembly",
        treatment="A defense agreement signed since 1980, as of the year before",
        per="points of the scale of ideal points",
        y=of("ideal_point_distance"),
        d=lag(AGREED),
        x=WITHIN,
        years=YEARS,
        designs=("two_way_fixed_effects",),
        sources=("dcad", "un_ideal_points", "nmc", "regime", "atop", "sipri_arms", "mme", "jme"),
        selection=(-1, "states that draw near each other sign agreements"),
        choices={
            "arms delivered": {"d": lag(some(arms))},
            "exercises": {"d": lag(EXERCISED)},
            "relevant pairs": {"only": NEAR},
        },
    )
    first = variant(study, "first agreement of relevant pairs", designs=("group_time_effects",), only=NEAR)
    delivered = variant(
        study,
        "arms",
        d=lag(some(arms)),
        treatment="Arms delivered between the two in the year before",
        only=NEAR,
    )
    return study, first, delivered


@spec("C14")
def agreements_and_disputes() -> tuple[Study, ...]:
    """Defense agreements and new disputes between those who signed."""
    study = Study(
        outcome="A new dispute between the two",
        treatment="A defense agreement signed since 1980, as of the year before",
        per=SHARE,
        y=DISPUTE,
        d=lag(AGREED),
        x=ACROSS,
        only=NEAR,
        years=YEARS,
        designs=("two_way_fixed_effects", "group_time_effects", "entropy_balancing"),
        sources=LISTS,
        selection=FRIENDS,
        choices={
            "general terms": {"d": lag(some(of("framework_agreement_stock")))},
            "signed in the five years before": {"d": lag(signed_recently())},
            "disputes of the Correlates of War, to 2000": {"y": of("mid_onset"), "years": (1981, 2000)},
            "no pact between the two": {"only": {**NEAR, "allies": NO_PACT}},
        },
    )
    return study, variant(study, "all pairs", only={}, designs=("two_way_fixed_effects",))


def signed_recently() -> Term:
    """Whether an agreement was signed this year or in the four before."""
    signed = some(of("agreement_count"))
    return some(signed, *(lag(signed, years) for years in range(1, 5)))


@spec("C15")
def information() -> tuple[Study, ...]:
    """Agreements to share or secure information, as far as they are listed."""
    study = Study(
        outcome="A new dispute between the two",
        treatment=f"An agreement on information standing in the year before; {UNLISTED}",
        per=SHARE,
        y=DISPUTE,
        d=lag(some(listed("standing_information_agreement_count"))),
        x=ACROSS,
        only=NEAR,
        years=(1951, 2010),
        designs=("two_way_fixed_effects", "entropy_balancing"),
        sources=("register", "gml_mid", "contiguity", "nmc", "regime", "atop", "un_ideal_points"),
        selection=FRIENDS,
        choices={
            "two agreements or more": {"d": lag(at_least(listed("standing_information_agreement_count"), 2))},
            "no pact between the two": {"only": {**NEAR, "allies": NO_PACT}},
            "since 1981": {"years": YEARS},
        },
    )
    return (study,)


@spec("C16")
def channels() -> tuple[Study, ...]:
    """Channels for crises that stood before, and force in disputes that began."""
    study = Study(
        outcome="Force used in a dispute that began in the year",
        treatment=f"A channel for crises between the two in the year before; {UNLISTED}",
        per="share of disputes",
        y=of("has_force"),
        d=lag(some(listed("channel_count"))),
        x={**WITHIN, "past disputes": log(of("past_dispute_count")), "land border": of("has_land_border")},
        only={"no dispute began": DISPUTE},
        years=(1963, 2010),
        designs=("two_way_fixed_effects", "entropy_balancing", "double_machine_learning"),
        sources=("register", "gml_mid", "nmc", "regime", "atop", "contiguity"),
        selection=(1, "channels are opened between those who fear a crisis"),
        at_risk=True,
        choices={
            "a line of the military": {"d": lag(some(listed("has_military_channel")))},
            "disputes of relevant pairs": {"only": {**NEAR, "no dispute began": DISPUTE}},
        },
    )
    return (study,)


@spec("C17")
def confidence() -> tuple[Study, ...]:
    """Measures of confidence applied between two states, and new disputes."""
    study = Study(
        outcome="A new dispute between the two",
        treatment=f"A regime of confidence-building applied between the two in the year before; {UNLISTED}",
        per=SHARE,
        y=DISPUTE,
        d=lag(some(listed("shared_regime_count"))),
        x=ACROSS,
        only=NEAR,
        years=(1961, 2010),
        designs=("two_way_fixed_effects", "group_time_effects"),
        sources=("register", "gml_mid", "contiguity", "nmc", "regime", "atop", "un_ideal_points"),
        selection=(-1, "measures are agreed when tension falls"),
        choices={
            "two regimes or more": {"d": lag(at_least(listed("shared_regime_count"), 2))},
            "no pact between the two": {"only": {**NEAR, "allies": NO_PACT}},
            "rivals": {"only": {**NEAR, "no rivals": of("is_strategic_rivalry")}},
        },
    )
    return (study,)


@spec("C55")
def sharing_technology() -> tuple[Study, ...]:
    """Agreements on research and industry, and exercises as a trace of coordination."""
    study = Study(
        outcome="A joint exercise, as a trace of coordination",
        treatment="An agreement on military research or industry signed in the five years before",
        per="share of pair-years with an exercise",
        y=EXERCISED,
        d=lag(some(*(lag(some(kind), years) for kind in KINDS[:2] for years in range(5)))),
        x=WITHIN,
        only=NEAR,
        years=(1985, 2010),
        designs=("two_way_fixed_effects", "group_time_effects"),
        sources=("dcad", "mme", "jme", "contiguity", "nmc", "regime", "atop"),
        selection=(1, "states that work together already also share technology"),
        is_trace=True,
        choices={
            "research alone": {"d": lag(some(*(lag(some(KINDS[0]), years) for years in range(5))))},
            "arms bought": {
                "d": lag(some(*(lag(some(of("procurement_agreement_count")), years) for years in range(5))))
            },
            "bilateral exercises": {"y": some(of("bilateral_exercise_count"))},
        },
    )
    return (study,)


@spec("C59")
def codes() -> tuple[Study, ...]:
    """Codes of conduct and shared measures between rivals, and their disputes."""
    study = Study(
        outcome="A new dispute within the rivalry",
        treatment=f"A code or regime applied between the rivals in the year before; {UNLISTED}",
        per="share of rivalry-years with a new dispute",
        y=DISPUTE,
        d=lag(some(listed("shared_regime_count"))),
        x={"capabilities": lag(of("cinc_log_ratio")), "past disputes": log(of("past_dispute_count"))},
        only={"no strategic rivalry": of("is_strategic_rivalry")},
        years=(1961, 2010),
        designs=("two_way_fixed_effects", "group_time_effects"),
        sources=("register", "gml_mid", "rivalries", "nmc"),
        selection=(-1, "codes are agreed when tension falls"),
        choices={
            "two or more": {"d": lag(at_least(listed("shared_regime_count"), 2))},
            "with channels": {"d": lag(some(listed("shared_regime_count"), listed("channel_count")))},
        },
    )
    return (study,)


KINDS = (
    of("research_agreement_count"),
    of("defense_industry_agreement_count"),
    of("procurement_agreement_count"),
)
