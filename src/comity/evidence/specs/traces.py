"""Claims of which only a trace can be seen: working together, trust, terrorism. Their estimates carry no verdict."""

from __future__ import annotations

from comity.evidence.specs.conflict import CONFLICT, DEATHS, EUROPE, membership
from comity.evidence.specs.organisations import MEDITERRANEAN
from comity.evidence.specs.samples import ALONE, EXERCISED, NEAR, WITHIN
from comity.evidence.specs.study import Study, spec, variant
from comity.evidence.specs.terms import (
    absent,
    asked,
    at_least,
    count_years,
    is_state,
    lag,
    listed,
    log,
    of,
    recent,
    scaled,
    some,
)

SERVED = some(listed("shared_mission_count"))
APART = "Contingents of one mission often serve apart, so that a shared mission is a trace of working together at most."
EQUIPPED = asked(
    "arms_from_nato_share",
    """WITH member AS (
        SELECT party AS state, start_date, coalesce(end_date, DATE '2100-01-01') AS end_date
        FROM core.organisation_member WHERE organisation = 'grouping/nato' AND party_kind = 'state')
    SELECT d.to_state AS state, d.delivery_year AS year, sum(CASE WHEN m.state IS NULL THEN 0 ELSE d.delivered_tiv END)
        / sum(d.delivered_tiv) AS value
    FROM core.arms_delivery d LEFT JOIN member m ON d.from_state = m.state
        AND m.start_date <= make_date(d.delivery_year, 12, 31) AND m.end_date > make_date(d.delivery_year, 12, 31)
    WHERE d.source = 'sipri_arms' AND d.to_state IS NOT NULL AND d.delivered_tiv > 0 GROUP BY ALL""",
)
FELLOWS = asked(
    "counter_terrorism_trainees",
    """SELECT p.party AS state, year(e.start_date)::INTEGER AS year, sum(e.personnel_count)::DOUBLE AS value
    FROM core.engagement e JOIN core.engagement_party p USING (engagement, source)
    WHERE source = 'us_training' AND p.role = 'recipient' AND e.personnel_count IS NOT NULL
    AND e.series IN ('ctfp', 'ctiwfp', 'regional-defense-counterterrorism-fellowship-program') GROUP BY ALL""",
)
HELPERS = asked(
    "states_with_troops_on_its_side",
    """SELECT to_state AS state, year, count(DISTINCT from_state)::DOUBLE AS value FROM core.dyad_year_fact
    WHERE source = 'ucdp_acd' AND fact = 'conflict_troop_support' AND value > 0 GROUP BY ALL""",
)
OPEN = asked(
    "openness_regime",
    """WITH bound AS (
        SELECT r.regime, p.party, greatest(r.start_date, coalesce(p.start_date, r.start_date)) AS first_date,
            least(coalesce(r.end_date, r.known_until), coalesce(p.end_date, r.end_date, r.known_until)) AS last_date
        FROM core.regime_status r JOIN core.agreement_party p USING (source, agreement)
        WHERE r.status IN ('in_force', 'voluntary') AND p.party_kind = 'state' AND (r.regime LIKE 'vienna-document%'
        OR r.regime LIKE 'stockholm-document%' OR r.regime LIKE 'open-skies%' OR r.regime LIKE 'cfe-treaty%'))
    SELECT DISTINCT a.party AS state_a, b.party AS state_b, 1 AS value, unnest(range(
        year(greatest(a.first_date, b.first_date)), year(least(a.last_date, b.last_date)) + 1))::INTEGER AS year
    FROM bound a JOIN bound b USING (regime)
    WHERE a.party < b.party AND greatest(a.first_date, b.first_date) <= least(a.last_date, b.last_date)""",
)
MIDDLE_EAST = (
    *("ARE", "BHR", "DZA", "EGY", "IRN", "IRQ", "ISR", "JOR", "KWT", "LBN", "LBY", "MAR", "OMN", "QAT", "SAU", "SYR"),
    *("TUN", "TUR", "YEM"),
)


@spec("C10")
def working_together() -> tuple[Study, ...]:
    """Joint exercises, and troops in the same peace mission afterwards."""
    study = Study(
        outcome="Troops of both in one peace mission, as a trace of working together; none listed is none",
        treatment="A joint exercise in the three years before",
        per="share of pair-years with a shared mission",
        y=SERVED,
        d=recent(EXERCISED, 1, 3),
        x=WITHIN,
        only=NEAR,
        years=(1995, 2010),
        designs=("two_way_fixed_effects", "entropy_balancing"),
        sources=("mme", "jme", "geo_pko", "nmc", "regime", "atop", "contiguity"),
        selection=(1, "states that are active abroad exercise more and send more troops"),
        caveat=APART,
        is_trace=True,
        choices={
            "the year before": {"d": lag(EXERCISED)},
            "arms delivered": {"d": recent(some(of("arms_delivery_tiv_a_to_b"), of("arms_delivery_tiv_b_to_a")), 1, 3)},
            "two missions or more": {"y": at_least(listed("shared_mission_count"), 2)},
            "all pairs": {"only": {}},
        },
    )
    return (study,)


@spec("C46")
def drills() -> tuple[Study, ...]:
    """Drills in four of the five years before, given whether there were any, and troops in the same peace mission."""
    study = Study(
        outcome="Troops of both in one peace mission, as a trace of working together; none listed is none",
        treatment="Joint exercises in four of the five years before or more, given any",
        per="share of pair-years with a shared mission",
        y=SERVED,
        d=at_least(count_years(EXERCISED, 1, 5), 4),
        x={"any exercise": recent(EXERCISED, 1, 5), **WITHIN},
        only=NEAR,
        years=(1995, 2010),
        designs=("two_way_fixed_effects", "entropy_balancing"),
        sources=("mme", "jme", "geo_pko", "nmc", "regime", "atop", "contiguity"),
        selection=(1, "states that are active abroad exercise more and send more troops"),
        caveat=APART,
        is_trace=True,
        choices={
            "three of five years": {"d": at_least(count_years(EXERCISED, 1, 5), 3)},
            "all five years": {"d": at_least(count_years(EXERCISED, 1, 5), 5)},
            "two missions or more": {"y": at_least(listed("shared_mission_count"), 2)},
            "all pairs": {"only": {}},
        },
    )
    return (study,)


@spec("C35")
def reach() -> tuple[Study, ...]:
    """Partnership with NATO outside Europe, and the share of arms delivered that came from members."""
    partner = some(MEDITERRANEAN, membership("in_ici", "grouping/nato_ici"))
    study = Study(
        outcome="Share of major arms delivered in the year that came from members, as a trace of common equipment",
        treatment="Membership in the Mediterranean Dialogue or the Istanbul Cooperation Initiative",
        per="share of arms delivered",
        y=EQUIPPED,
        d=partner,
        only={
            "in Europe or Central Asia": absent(is_state(*EUROPE, "USA", "CAN", side="a")),
            "no arms delivered": some(of("arms_import_tiv")),
        },
        unit="state_year",
        years=(1980, 2024),
        designs=("two_way_fixed_effects", "group_time_effects"),
        sources=("org_membership", "sipri_arms"),
        selection=(1, "those who buy from members become partners"),
        is_trace=True,
        choices={
            "since 1991": {"years": (1991, 2024)},
            "until 2010": {"years": (1980, 2010)},
            "Mediterranean Dialogue": {"d": some(MEDITERRANEAN)},
            "Middle East": {
                "only": {
                    "not in the Middle East": is_state(*MIDDLE_EAST, side="a"),
                    "no arms delivered": some(of("arms_import_tiv")),
                }
            },
        },
    )
    return (study,)


@spec("C36")
def against_terrorism() -> tuple[Study, ...]:
    """Officers trained by the United States against terrorism, and battle deaths in the Middle East."""
    study = Study(
        outcome="Battle deaths in the conflicts within the state, as a trace of terrorism",
        treatment="Ten times as many trained in programs against terrorism in the year before; none listed is none",
        per="logarithm of battle deaths a year",
        y=DEATHS,
        d=scaled(log(lag(FELLOWS)), 0.4342944819),
        x={"output per head": ALONE["output per head"]},
        only={"not in the Middle East": is_state(*MIDDLE_EAST, side="a")},
        unit="state_year",
        years=(2002, 2019),
        designs=("poisson_fixed_effects",),
        sources=("us_training", "ucdp_brd", "ucdp_acd", "gdp_pop"),
        selection=(1, "training goes to states that are attacked"),
        is_trace=True,
        choices={
            "anybody trained": {"d": lag(some(FELLOWS))},
            "ten or more": {"d": lag(at_least(FELLOWS, 10))},
            "two years before": {"d": scaled(log(lag(FELLOWS, 2)), 0.4342944819)},
            "to 2021, without controls": {"x": {}, "years": (2002, 2021)},
        },
    )
    fighting = variant(
        study,
        "an armed conflict",
        outcome="An armed conflict within the state, as a trace of terrorism",
        per="share of years with an armed conflict",
        y=CONFLICT,
        designs=("two_way_fixed_effects", "double_machine_learning"),
    )
    return study, fighting


@spec("C37")
def coalitions() -> tuple[Study, ...]:
    """How many states have troops on the side of a state that is fighting, and its battle deaths a year later."""
    fighting = {"no armed conflict the year before": lag(CONFLICT)}
    study = Study(
        outcome="Battle deaths in the conflicts within the state, as a trace of terrorism",
        treatment="Twice as many states with troops on its side in the year before; none listed is none",
        per="logarithm of battle deaths a year",
        y=DEATHS,
        d=scaled(log(lag(HELPERS)), 1.4426950409),
        x={"output per head": ALONE["output per head"], "deaths the year before": log(lag(DEATHS))},
        only=fighting,
        unit="state_year",
        years=(1990, 2019),
        designs=("poisson_fixed_effects", "double_machine_learning"),
        sources=("ucdp_acd", "ucdp_brd", "gdp_pop"),
        selection=(1, "coalitions gather where the fighting is worst"),
        is_trace=True,
        choices={
            "any state at all": {"d": lag(some(HELPERS))},
            "five states or more": {"d": lag(at_least(HELPERS, 5))},
            "two years before": {"d": scaled(log(lag(HELPERS, 2)), 1.4426950409)},
            "to 2022, without controls": {"x": {}, "years": (1990, 2022)},
        },
    )
    goes_on = variant(
        study,
        "an armed conflict goes on",
        outcome="An armed conflict within the state goes on, as a trace of terrorism",
        per="share of years with an armed conflict",
        y=CONFLICT,
        x={"output per head": ALONE["output per head"]},
        designs=("two_way_fixed_effects",),
    )
    return study, goes_on


@spec("C60")
def openness() -> tuple[Study, ...]:
    """Documents that open forces to inspection, and the level of peace between the parties."""
    study = Study(
        outcome="Level of peace between the two as coded by others, as a trace of trust",
        treatment="Both party to a document on inspections, notifications or overflights in the year before",
        per="points of the scale of peace, 0 to 1",
        y=of("peace_level"),
        d=lag(OPEN),
        x=WITHIN,
        years=(1970, 2018),
        designs=("two_way_fixed_effects", "group_time_effects"),
        sources=("register", "peace_scale", "nmc", "regime", "atop"),
        selection=(1, "the documents were signed when the Cold War ended"),
        is_trace=True,
        choices={
            "since 1992": {"years": (1992, 2018)},
            "votes instead": {"y": scaled(of("ideal_point_distance"), -1.0)},
            "rivals": {"only": {"never rivals": some(of("is_strategic_rivalry"), lag(of("is_strategic_rivalry"), 5))}},
            "relevant pairs": {"only": NEAR},
        },
    )
    return study, variant(study, "relevant pairs", only=NEAR, designs=("two_way_fixed_effects",))
