"""Claims about alliances: what they do to others, to their members, and how long they last."""

from __future__ import annotations

from comity.evidence.specs.samples import DIRECTED, DISPUTE, NEAR, NO_PACT, WITHIN
from comity.evidence.specs.study import Selection, Study, spec, variant
from comity.evidence.specs.terms import (
    absent,
    at_least,
    lag,
    listed,
    log,
    of,
    over_states,
    rolling_spread,
    some,
)

THREAT: Selection = (1, "states that expect to be attacked seek pacts")
SPAN = (1817, 2010)
PER = "share of directed pair-years in which the first state begins a dispute"
OUTSIDERS = {**NEAR, "allies of each other": NO_PACT}
LISTS = ("atop", "gml_mid", "contiguity", "nmc", "regime")


@spec("C05")
def predictable() -> tuple[Study, ...]:
    """How much disputes of a pair differ from year to year, before and after a pact."""
    study = Study(
        outcome="Variance of disputes between the two over the five years from this one",
        treatment="A defense pact in force in the year before",
        per="variance of new disputes a year",
        y=rolling_spread(DISPUTE, 5),
        d=lag(of("is_defense_ally")),
        x={
            "capabilities": lag(of("cinc_log_ratio")),
            "lower democracy": lag(of("lower_electoral_democracy_index")),
        },
        only=NEAR,
        years=(1947, 2006),
        designs=("two_way_fixed_effects", "group_time_effects"),
        sources=LISTS,
        selection=(-1, "pacts are made between friends"),
        choices={
            "three years": {"y": rolling_spread(DISPUTE, 3), "years": (1947, 2008)},
            "any alliance": {"d": lag(of("has_alliance"))},
            "disputes of the Correlates of War": {
                "y": rolling_spread(of("mid_onset"), 5),
                "years": (1947, 1996),
            },
        },
    )
    return (study,)


@spec("C06")
def deterrence() -> tuple[Study, ...]:
    """A pact of the target with third states, and disputes that outsiders begin against it."""
    study = Study(
        outcome="A dispute begun against the target by an outsider",
        treatment="A defense pact of the target with a third state in the year before",
        per=PER,
        y=of("is_dispute_initiator"),
        d=lag(some(of("defense_ally_count_to"))),
        x=DIRECTED,
        only=OUTSIDERS,
        unit="directed_dyad_year",
        scope=(1816, 2014),
        years=SPAN,
        designs=("two_way_fixed_effects", "group_time_effects", "discrete_time_hazard"),
        sources=LISTS,
        selection=THREAT,
        choices={
            "five allies or more": {"d": lag(at_least(of("defense_ally_count_to"), 5))},
            "only until 1945": {"years": (1817, 1945)},
            "only since 1946": {"years": (1946, 2010)},
            "disputes of the Correlates of War, to 2000": {
                "y": of("is_mid_initiator"),
                "years": (1817, 2000),
            },
        },
    )
    return (study,)


@spec("C07")
def restraint() -> tuple[Study, ...]:
    """A pact of the state that could begin, by kind of promise."""
    study = Study(
        outcome="A dispute begun by the member",
        treatment="A defense pact of the first state with a third in the year before",
        per=PER,
        y=of("is_dispute_initiator"),
        d=lag(some(of("defense_ally_count_from"))),
        x=DIRECTED,
        only=OUTSIDERS,
        unit="directed_dyad_year",
        scope=(1816, 2014),
        years=SPAN,
        designs=("two_way_fixed_effects", "group_time_effects"),
        sources=LISTS,
        selection=THREAT,
        choices={
            "five allies or more": {"d": lag(at_least(of("defense_ally_count_from"), 5))},
            "only since 1946": {"years": (1946, 2010)},
            "disputes of the Correlates of War, to 2000": {
                "y": of("is_mid_initiator"),
                "years": (1817, 2000),
            },
        },
    )
    return study, variant(
        study,
        "promise of help in attack",
        d=lag(some(over_states(listed("has_offense_obligation_back"), "a"))),
        treatment="A promise of help in attack held by the first state in the year before",
        designs=("two_way_fixed_effects",),
    )


@spec("C11")
def lasting() -> tuple[Study, ...]:
    """Whether alliances with common military institutions end less often."""
    ended = absent(of("has_alliance"))
    study = Study(
        outcome="The end of the alliance between the two",
        treatment="Military institutions written into the treaty, in the year before",
        per="log odds that it ends in a year",
        y=ended,
        d=lag(some(of("alliance_military_institutionalization"))),
        x={
            **WITHIN,
            "distance of votes": lag(of("ideal_point_distance")),
            "distance": log(of("capital_distance_km")),
        },
        only={"no alliance": lag(of("has_alliance"))},
        years=(1947, 2018),
        designs=("discrete_time_hazard", "entropy_balancing"),
        sources=("atop", "nmc", "regime", "un_ideal_points"),
        selection=(-1, "states that mean an alliance to last give it institutions"),
        at_risk=True,
        choices={
            "an integrated command": {"d": lag(of("has_integrated_command"))},
            "high institutions": {"d": lag(at_least(of("alliance_military_institutionalization"), 2))},
            "since 1950": {"years": (1950, 2016)},
        },
    )
    return (study,)


@spec("C45")
def bases_for_guarantees() -> tuple[Study, ...]:
    """Promises of defense by the United States, and a thousand of its troops or more on the partner's ground."""
    here = at_least(of("troop_count"), 1000)
    study = Study(
        outcome="A thousand troops of the United States or more on the partner's ground, where there were fewer",
        treatment="A promise of defense by the United States in the year before",
        per="log odds that they come in a year",
        y=here,
        d=lag(of("has_defense_obligation")),
        x={"capabilities": lag(of("cinc_share_to")), "democracy": lag(of("electoral_democracy_index_to"))},
        only={"there already": absent(lag(here))},
        unit="directed_dyad_year",
        of="USA",
        years=(1951, 2018),
        designs=("discrete_time_hazard", "entropy_balancing"),
        sources=("troopdata", "atop", "nmc", "regime"),
        selection=(1, "states that matter to the United States get both"),
        at_risk=True,
        choices={
            "a hundred troops": {
                "y": at_least(of("troop_count"), 100),
                "only": {"there already": absent(lag(at_least(of("troop_count"), 100)))},
            },
            "any alliance": {"d": lag(of("has_alliance"))},
            "since 1990": {"years": (1990, 2018)},
        },
    )
    return (study,)
