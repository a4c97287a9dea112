"""Claims about disputes and crises that are under way."""

from __future__ import annotations

from comity.evidence.specs.samples import DISPUTE, WITHIN
from comity.evidence.specs.study import Selection, Study, spec
from comity.evidence.specs.terms import absent, asked, lag, listed, log, of, recent, some

TALKERS: Selection = (-1, "contact is kept where a dispute is about to end anyway")
NEGOTIATED = asked(
    "negotiated",
    """SELECT least(a.state, b.state) AS state_a, greatest(a.state, b.state) AS state_b,
        year(d.start_date)::INTEGER AS year, 1 AS value
    FROM core.dispute d JOIN core.dispute_party a USING (dispute, source)
    JOIN core.dispute_party b USING (dispute, source)
    WHERE d.source = 'gml_mid' AND d.settlement = 1 AND a.side = 'a' AND b.side = 'b' GROUP BY ALL""",
)
CONTACT = some(listed("dialogue_count"), listed("visit_count"), listed("channel_count"))


@spec("C25")
def dialogue() -> tuple[Study, ...]:
    """Contacts in a year with a dispute under way, and whether none is under way the year after."""
    study = Study(
        outcome="A dispute still under way or begun again",
        treatment="A dialogue, visit or channel between the two in the year before; none listed counts as none",
        per="log odds that it goes on",
        y=of("dispute_ongoing"),
        d=lag(CONTACT),
        x={
            **WITHIN,
            "force the year before": lag(of("has_force")),
            "past disputes": log(of("past_dispute_count")),
        },
        only={"no dispute under way the year before": lag(of("dispute_ongoing"))},
        years=(1951, 2010),
        designs=("entropy_balancing", "double_machine_learning"),
        sources=("register", "us_leader_travel", "china_mil_diplomacy", "gml_mid", "nmc", "regime", "atop"),
        selection=TALKERS,
        at_risk=True,
        choices={
            "dialogues and visits": {"d": lag(some(listed("dialogue_count"), listed("visit_count")))},
            "any exercise": {"d": lag(some(of("exercise_count"))), "years": (1981, 2010)},
            "rivals": {
                "only": {
                    "no dispute under way the year before": lag(of("dispute_ongoing")),
                    "no rivals": of("is_strategic_rivalry"),
                }
            },
        },
    )
    return (study,)


@spec("C26")
def settlement() -> tuple[Study, ...]:
    """Engagement of the five years before a dispute, and a settlement by negotiation."""
    study = Study(
        outcome="The dispute that began is settled by negotiation",
        treatment="A joint exercise or a defense agreement in the five years before",
        per="share of disputes",
        y=NEGOTIATED,
        d=recent(some(of("exercise_count"), of("agreement_count")), 1, 5),
        x={**WITHIN, "past disputes": log(of("past_dispute_count"))},
        only={"no dispute began": DISPUTE},
        years=(1985, 2010),
        designs=("entropy_balancing", "double_machine_learning", "two_way_fixed_effects"),
        sources=("mme", "jme", "dcad", "gml_mid", "nmc", "regime", "atop"),
        selection=(1, "friends talk"),
        at_risk=True,
        choices={
            "exercises alone": {"d": recent(some(of("exercise_count")), 1, 5)},
            "a pact": {"d": lag(of("is_defense_ally")), "x": {"capabilities": WITHIN["capabilities"]}},
            "without force": {"only": {"no dispute began": DISPUTE, "force was used": absent(of("has_force"))}},
        },
    )
    return (study,)
