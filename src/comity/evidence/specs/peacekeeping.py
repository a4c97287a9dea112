"""Claims about peacekeepers, on states with an armed conflict in the ten years before."""

from __future__ import annotations

from comity.evidence.specs.conflict import CONFLICT, DEATHS
from comity.evidence.specs.samples import ALONE
from comity.evidence.specs.study import Selection, Study, spec, variant
from comity.evidence.specs.terms import asked, at_least, lag, listed, log, recent, scaled, some

WORSE: Selection = (1, "peacekeepers are sent to the worst wars")
TROUBLED = {"no armed conflict in the ten years before": recent(CONFLICT, 1, 10)}
TROOPS = scaled(listed("peacekeeper_on_ground_count"), 0.0001)  # the published findings speak of 10,000 troops
CHINESE = asked(
    "chinese_peacekeepers",
    """SELECT to_state AS state, year, avg(troops) AS value FROM (
        SELECT host_state AS to_state, year(date)::INTEGER AS year, date, sum(personnel_count) AS troops
        FROM core.mission_presence WHERE source = 'geo_pko' AND party_kind = 'state' AND party = 'CHN'
        AND host_state IS NOT NULL GROUP BY ALL) GROUP BY ALL""",
)


@spec("C58")
def peacekeepers() -> tuple[Study, ...]:
    """Troops of peace missions on a state's ground, and people killed in battle in its wars."""
    study = Study(
        outcome="Battle deaths in the conflicts within the state",
        treatment="Ten thousand troops of peace missions on its ground in the year before",
        per="logarithm of battle deaths a year",
        y=DEATHS,
        d=lag(TROOPS),
        x={"output per head": ALONE["output per head"], "democracy": ALONE["democracy"]},
        only=TROUBLED,
        unit="state_year",
        years=(1995, 2019),
        designs=("poisson_fixed_effects",),
        sources=("geo_pko", "ucdp_brd", "ucdp_acd", "gdp_pop", "regime"),
        selection=WORSE,
        choices={
            "the same year": {"d": TROOPS},
            "a thousand or more": {"d": lag(at_least(TROOPS, 0.1))},
            "any troops": {"d": lag(some(TROOPS))},
            "to 2023, without controls": {"x": {}, "years": (1995, 2023)},
        },
    )
    lasting = variant(
        study,
        "armed conflict goes on",
        outcome="An armed conflict within the state",
        per="share of years with an armed conflict",
        y=CONFLICT,
        designs=("two_way_fixed_effects",),
        choices={
            "a thousand or more": {"d": lag(at_least(TROOPS, 0.1))},
            "two years before": {"d": lag(TROOPS, 2)},
            "to 2022, without controls": {"x": {}, "years": (1995, 2022)},
        },
    )
    return study, lasting


@spec("C53")
def chinese_peacekeepers() -> tuple[Study, ...]:
    """Chinese troops in peace missions, given all others, and people killed in battle."""
    chinese = scaled(CHINESE, 0.001)
    study = Study(
        outcome="Battle deaths in the conflicts within the state",
        treatment="A thousand Chinese troops of peace missions on its ground in the year before, given all others",
        per="logarithm of battle deaths a year",
        y=DEATHS,
        d=lag(chinese),
        x={
            "all troops": lag(TROOPS),
            "output per head": ALONE["output per head"],
            "democracy": ALONE["democracy"],
        },
        only=TROUBLED,
        unit="state_year",
        years=(1995, 2019),
        designs=("poisson_fixed_effects",),
        sources=("geo_pko", "ucdp_brd", "ucdp_acd", "gdp_pop", "regime"),
        selection=WORSE,
        choices={
            "any Chinese troops": {"d": lag(some(chinese))},
            "troops in logarithms": {"d": log(lag(CHINESE))},
            "the same year": {"d": chinese},
        },
    )
    lasting = variant(
        study,
        "armed conflict goes on",
        outcome="An armed conflict within the state",
        per="share of years with an armed conflict",
        y=CONFLICT,
        designs=("two_way_fixed_effects",),
    )
    return study, lasting
