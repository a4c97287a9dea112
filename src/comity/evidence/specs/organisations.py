"""Claims about organizations, NATO and its partnerships among them."""

from __future__ import annotations

from comity.evidence.specs.conflict import CONFLICT, EUROPE, TARGETED, membership
from comity.evidence.specs.samples import ACROSS, ALONE, DISPUTE, NEAR, NO_PACT, SHARE
from comity.evidence.specs.study import Selection, Study, spec, variant
from comity.evidence.specs.terms import absent, at_least, is_state, lag, listed, log, of, scaled, some

CALM: Selection = (-1, "states at peace with each other found organizations together")
NATO = membership("in_nato", "grouping/nato")
PARTNER_OF_NATO = membership("in_partnership_for_peace", "grouping/nato_pfp")
MEDITERRANEAN = membership("in_mediterranean_dialogue", "grouping/nato_md")
HERE = {"not in Europe or Central Asia": is_state(*EUROPE, side="a")}


@spec("C57")
def shared_organisations() -> tuple[Study, ...]:
    """Organizations to which both states belong, and new disputes."""
    study = Study(
        outcome="A new dispute between the two",
        treatment="Ten more organizations of which both are members in the year before",
        per=SHARE,
        y=DISPUTE,
        d=scaled(lag(of("shared_organisation_count")), 0.1),
        x=ACROSS,
        only=NEAR,
        years=(1951, 2010),
        designs=("two_way_fixed_effects",),
        sources=("cow_igo", "gml_mid", "contiguity", "nmc", "regime", "atop", "un_ideal_points"),
        selection=CALM,
        choices={
            "forums of security": {"d": lag(listed("shared_security_forum_count"))},
            "in logarithms": {"d": log(lag(of("shared_organisation_count")))},
            "disputes of the Correlates of War, to 2000": {"y": of("mid_onset"), "years": (1951, 2000)},
            "democracies": {"only": {**NEAR, "not both democracies": lag(of("is_joint_democracy"))}},
            "no pact between the two": {"only": {**NEAR, "allies": NO_PACT}},
        },
    )
    many = variant(
        study,
        "thirty or more",
        treatment="Thirty organizations or more of which both are members in the year before",
        d=lag(at_least(of("shared_organisation_count"), 30)),
        designs=("group_time_effects", "entropy_balancing"),
    )
    return study, many


@spec("C08")
def burden() -> tuple[Study, ...]:
    """How many partners members of NATO exercise with, and what they spend on their forces."""
    study = Study(
        outcome="Military spending as a share of output",
        treatment="Twice as many exercise partners in the year before",
        per="share of output",
        y=of("military_expenditure_gdp_share"),
        d=scaled(log(lag(of("exercise_partner_count"))), 1.4426950409),
        x={"output per head": ALONE["output per head"], "capabilities": ALONE["capabilities"]},
        only={"no member of NATO": lag(NATO)},
        unit="state_year",
        years=(1981, 2010),
        designs=("two_way_fixed_effects", "double_machine_learning"),
        sources=("mme", "jme", "sipri_milex", "org_membership", "gdp_pop", "nmc"),
        selection=(1, "members under threat exercise more and spend more"),
        choices={
            "ten partners or more": {"d": lag(at_least(of("exercise_partner_count"), 10))},
            "two years before": {"d": scaled(log(lag(of("exercise_partner_count"), 2)), 1.4426950409)},
            "all of Europe": {"only": HERE},
        },
    )
    return (study,)


@spec("C32")
def partnership() -> tuple[Study, ...]:
    """Joining the Partnership for Peace, and disputes and armed conflict of the partner."""
    study = Study(
        outcome="A new dispute of the partner",
        treatment="Membership in the Partnership for Peace",
        per="share of years with a new dispute",
        y=of("dispute_onset"),
        d=some(PARTNER_OF_NATO),
        only=HERE,
        unit="state_year",
        years=(1985, 2010),
        designs=("group_time_effects", "event_study", "two_way_fixed_effects"),
        sources=("org_membership", "gml_mid"),
        selection=(-1, "states that turn to the West settle their quarrels to do so"),
        choices={
            "since 1991": {"years": (1991, 2010)},
            "without Russia": {"only": {**HERE, "Russia": absent(is_state("RUS", side="a"))}},
            "disputes begun against it": {"y": some(TARGETED)},
        },
    )
    war = variant(
        study,
        "armed conflict",
        outcome="An armed conflict within the partner",
        y=CONFLICT,
        years=(1985, 2022),
        sources=("org_membership", "ucdp_acd"),
        designs=("group_time_effects", "two_way_fixed_effects"),
        per="share of years with an armed conflict",
        choices={
            "since 1991": {"years": (1991, 2022)},
            "to 2010": {"years": (1985, 2010)},
            "without Russia": {"only": {**HERE, "Russia": absent(is_state("RUS", side="a"))}},
            "with the wider Mediterranean Dialogue": {"d": some(PARTNER_OF_NATO, MEDITERRANEAN), "only": {}},
        },
    )
    return study, war


@spec("C33")
def accession() -> tuple[Study, ...]:
    """Accession to NATO, and disputes begun against the member."""
    study = Study(
        outcome="A dispute begun against the state",
        treatment="Membership in NATO",
        per="share of years with such a dispute",
        y=some(TARGETED),
        d=some(NATO),
        only=HERE,
        unit="state_year",
        years=(1946, 2010),
        designs=("group_time_effects", "two_way_fixed_effects", "event_study"),
        sources=("org_membership", "gml_mid"),
        selection=(None, "threatened states seek membership, and quarrels are settled to be let in"),
        choices={
            "since 1985": {"years": (1985, 2010)},
            "until 1990": {"years": (1946, 1990)},
            "any new dispute": {"y": of("dispute_onset")},
        },
    )
    return (study,)
