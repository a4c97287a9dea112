"""Claims about visits, on lists that follow the journeys of one state's leaders."""

from __future__ import annotations

from comity.evidence.specs.samples import PARTNER
from comity.evidence.specs.study import Selection, Study, spec, variant
from comity.evidence.specs.surprise import surprise
from comity.evidence.specs.terms import absent, asked, lag, listed, log, never_before, of, recent, some

SAFE: Selection = (-1, "visits go to states that are safe and valued")
GONE = some(listed("leader_visit_count"), listed("minister_visit_count"))
COME = some(listed("leader_visit_count_back"))
FOLLOWED = "the list follows every journey, so a year without one listed counts as none"
BEGUN_AGAINST = """
SELECT 'USA' AS from_state, b.state AS to_state, year(b.start_date)::INTEGER AS year, count(DISTINCT dispute) AS value
FROM core.dispute_party b WHERE b.source = 'gml_mid' AND b.side = 'b' AND b.is_originator
AND b.state <> 'USA' GROUP BY ALL
"""


@spec("C03")
def partnerships() -> tuple[Study, ...]:
    """Visits between the United States and a partner, and a first agreement or alliance of the two."""
    tied = some(of("agreement_stock"))
    study = Study(
        outcome="A first defense agreement with the United States since 1980",
        treatment=f"A journey of its President or Secretary of State there in the two years before; {FOLLOWED}",
        per="log odds that one is signed in a year",
        y=tied,
        d=recent(GONE, 1, 2),
        x=PARTNER,
        only={"signed before": never_before(tied)},
        unit="directed_dyad_year",
        of="USA",
        years=(1981, 2010),
        designs=("discrete_time_hazard", "entropy_balancing"),
        sources=("us_leader_travel", "dcad", "nmc", "regime", "atop"),
        selection=(1, "journeys are made to sign what was agreed before"),
        at_risk=True,
        choices={
            "visits to the United States": {"d": recent(COME, 1, 2)},
            "the year before": {"d": lag(GONE)},
            "four years": {"d": recent(GONE, 1, 4)},
        },
    )
    new = variant(
        study,
        "any new agreement",
        y=some(of("agreement_count")),
        only={},
        at_risk=False,
        designs=("two_way_fixed_effects",),
        outcome="A new defense agreement with the United States",
        per="share of years with a new agreement",
    )
    return study, new


@spec("C21")
def visits_and_disputes() -> tuple[Study, ...]:
    """Journeys of American leaders, and disputes begun against the state visited the year after."""
    study = Study(
        outcome="A dispute begun by others against the state visited",
        treatment=f"A journey of the American President or Secretary of State there in the year before; {FOLLOWED}",
        per="share of years with such a dispute",
        y=some(asked("begun_against", BEGUN_AGAINST)),
        d=lag(GONE),
        x=PARTNER,
        unit="directed_dyad_year",
        of="USA",
        years=(1947, 2010),
        designs=("two_way_fixed_effects", "entropy_balancing", "double_machine_learning"),
        sources=("us_leader_travel", "gml_mid", "nmc", "regime", "atop"),
        selection=SAFE,
        choices={
            "the President alone": {"d": lag(some(listed("leader_visit_count")))},
            "three years": {"d": recent(GONE, 1, 3), "years": (1949, 2010)},
            "since 1990": {"years": (1990, 2010)},
            "partners without a pact": {"only": {"allies": absent(lag(of("has_defense_obligation")))}},
        },
    )
    between = variant(
        study,
        "between the two",
        y=of("dispute_onset"),
        outcome="A new dispute between the United States and the state visited",
        designs=("two_way_fixed_effects", "entropy_balancing"),
        choices={
            "visits to the United States": {"d": lag(COME)},
            "three years": {"d": recent(GONE, 1, 3), "years": (1949, 2010)},
        },
    )
    return study, between


@spec("C22")
def clear_intentions() -> tuple[Study, ...]:
    """Journeys of American leaders, and how badly history alone foretold disputes with the state visited."""
    dispute = of("dispute_onset")
    history = (lag(of("dispute_ongoing")), log(of("past_dispute_count")))
    study = Study(
        outcome="Surprise: the log score, less its sign, of a forecast of disputes of the two from history alone",
        treatment=f"A journey of its President or Secretary of State there in the year before; {FOLLOWED}",
        per="log score of a forecast of a new dispute",
        y=surprise(dispute, *history),
        d=lag(GONE),
        x=PARTNER,
        unit="directed_dyad_year",
        of="USA",
        years=(1966, 2010),
        designs=("two_way_fixed_effects", "entropy_balancing"),
        sources=("us_leader_travel", "gml_mid", "nmc", "regime", "atop"),
        selection=SAFE,
        caveat="Fewer disputes are less surprising too, so that calm looks like clarity.",
        choices={
            "the President alone": {"d": lag(some(listed("leader_visit_count")))},
            "three years": {"d": recent(GONE, 1, 3)},
            "visits to the United States": {"d": lag(COME)},
            "from all that was known of past disputes alone": {"y": surprise(dispute, history[1])},
        },
    )
    return (study,)


@spec("C52")
def chinese_influence() -> tuple[Study, ...]:
    """Chinese military visits and exercises, and how often the partner votes with China."""
    met = some(listed("military_visit_count"), listed("exercise_count"))
    study = Study(
        outcome="Share of votes in the General Assembly cast as China cast them",
        treatment="A military visit from or to China, or an exercise, in the year before; none listed is none",
        per="share of votes",
        y=of("vote_agreement_share"),
        d=lag(met),
        x={
            "output per head": lag(log(of("gdp_per_capita_estimate_usd2011_to"))),
            "democracy": PARTNER["democracy"],
        },
        unit="directed_dyad_year",
        of="CHN",
        years=(2003, 2020),
        designs=("two_way_fixed_effects", "event_study"),
        sources=("china_mil_diplomacy", "un_ideal_points", "gdp_pop", "regime", "register"),
        selection=(1, "China visits those who agree with it already"),
        choices={
            "visits alone": {"d": lag(some(listed("military_visit_count")))},
            "three years": {"d": recent(met, 1, 3)},
            "arms from China": {"d": lag(some(of("arms_delivery_tiv")))},
            "port calls": {"d": lag(some(listed("port_call_count")))},
        },
    )
    return (study,)
