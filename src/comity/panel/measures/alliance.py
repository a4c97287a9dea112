"""Alliances between two states, what they owe each other under them, and the allies they share."""

from comity.panel import ally_graph
from comity.panel.folding import fold
from comity.panel.listed import Stated
from comity.panel.measure import Column, measure
from comity.panel.spines import Spine

_JOINT = """
    WITH held AS (
        SELECT source, agreement, party, start_date, coalesce(end_date, known_until) AS last_date,
               list_contains(obligations, '{obligation}') AS is_obliged
        FROM core.agreement_party
        WHERE party_kind = 'state' AND start_date IS NOT NULL{only}
    ), joint AS (
        SELECT a.source, a.party AS state_a, b.party AS state_b,
               year(greatest(a.start_date, b.start_date)) AS first_year,
               year(least(a.last_date, b.last_date)) AS last_year
        FROM held a JOIN held b USING (source, agreement)
        WHERE a.party < b.party AND (a.is_obliged {both_or_one} b.is_obliged)
          AND greatest(a.start_date, b.start_date) <= least(a.last_date, b.last_date)
    )
    SELECT DISTINCT state_a, state_b, unnest(range(first_year, last_year + 1)) AS year, 1 AS value, source
    FROM joint
"""

# A pair has one row a year for each obligation, so one obligation needs no grouping.
_OWED = """SELECT {fact}from_state, to_state, year, 1 AS value, source
FROM core.dyad_year_fact
WHERE item = '' AND {which}"""
_OWED_ANYTHING = """
    SELECT DISTINCT from_state, to_state, year, 1 AS value, source
    FROM core.dyad_year_fact
    WHERE fact IN ({facts})
"""
_OWED_EITHER_WAY = """
    SELECT DISTINCT least(from_state, to_state) AS state_a, greatest(from_state, to_state) AS state_b, year,
           1 AS value, source
    FROM core.dyad_year_fact
    WHERE fact IN ({facts})
"""
_ANY_OBLIGATION = "'atop_defense', 'atop_offense', 'atop_neutrality', 'atop_nonaggression', 'atop_consultation'"


def _allied(obligation: str, *, both_or_one: str = "OR", only: str = "") -> str:
    """Who is party to an agreement at the same time, where one or both have an obligation; `only` narrows parties."""
    return _JOINT.format(obligation=obligation, both_or_one=both_or_one, only=only and f" AND {only}")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="alliance")
def is_defense_ally() -> str:
    """Whether an agreement in force on any day of the year obliges one of the two states to defend the other.

    Both must be party to it at the same time. One side's obligation is enough: ATOP codes the treaty of 1960 as
    obliging the United States to defend Japan, and not the reverse. An obligation counts toward every other party;
    the dyad-year file of ATOP judges toward whom each one runs, and differs in 76 of 68,002 pair-years to 2018.
    """
    return _allied("defense")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="alliance")
def is_mutual_defense_ally() -> str:
    """Whether an agreement in force on any day of the year obliges each of the two states to defend the other.

    As `is_defense_ally`, but both sides must hold the obligation at the same time under the same agreement. The
    dyad-year file of ATOP, which judges toward whom an obligation runs, differs in 139 of 67,603 pair-years to 2018.
    """
    return _allied("defense", both_or_one="AND")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="formal_alliance")
def is_cow_defense_ally() -> str:
    """Whether the Correlates of War list a pact in force in the year that obliges one of the two to defend the other.

    Counted as in `is_defense_ally`, which is ATOP's answer to the same question. The files may be used but not served:
    unknown until your own copy is loaded as `cow_alliances`. It differs from the dyadic file of version 4.1 in one of
    51,588 pair-years.
    """
    return _allied("defense", only="source = 'cow_alliances'")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="alliance")
def is_offense_ally() -> str:
    """Whether an agreement in force on any day of the year obliges one of the two states to join the other's attack.

    Counted as in `is_defense_ally`: parties at the same time, one side's obligation is enough, and it counts toward
    every other party.
    """
    return _allied("offense")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="alliance")
def is_neutrality_ally() -> str:
    """Whether an agreement in force on any day of the year obliges one of the two states to stay neutral to the other.

    Counted as in `is_defense_ally`. To stay neutral is not to help the enemies of a state at war; a promise not to
    attack it is another obligation, `is_nonaggression_ally`.
    """
    return _allied("neutrality")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="alliance")
def is_nonaggression_ally() -> str:
    """Whether an agreement in force on any day of the year obliges one of the two states not to attack the other.

    Counted as in `is_defense_ally`. It holds in all pair-years that have `has_nonaggression_obligation` either way, and
    in 74 more to 2018.
    """
    return _allied("nonaggression")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="alliance")
def is_consultation_ally() -> str:
    """Whether an agreement in force on any day of the year obliges one of the two states to consult the other.

    Counted as in `is_defense_ally`. To consult in crises that may turn into a military conflict, as ATOP has it.
    """
    return _allied("consultation")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="alliance_obligation", is_directed=True)
def has_defense_obligation() -> str:
    """Whether the first state owes the second active military help if it is attacked.

    As ATOP's directed dyad-years judge it, toward whom an obligation runs included; `is_defense_ally` counts it toward
    every other party of the agreement.
    """
    return Stated(_OWED, "atop_defense")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="alliance_obligation", is_directed=True)
def has_offense_obligation() -> str:
    """Whether the first state owes the second active military help in a war that is not started by an attack on it.

    As ATOP's directed dyad-years judge it.
    """
    return Stated(_OWED, "atop_offense")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="alliance_obligation", is_directed=True)
def has_neutrality_obligation() -> str:
    """Whether the first state owes the second to stay out of its wars with others and not to help its enemies.

    As ATOP's directed dyad-years judge it.
    """
    return Stated(_OWED, "atop_neutrality")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="alliance_obligation", is_directed=True)
def has_nonaggression_obligation() -> str:
    """Whether the first state owes the second not to attack it.

    As ATOP's directed dyad-years judge it.
    """
    return Stated(_OWED, "atop_nonaggression")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="alliance_obligation", is_directed=True)
def has_consultation_obligation() -> str:
    """Whether the first state owes it to the second to consult when a crisis may turn into a military conflict.

    As ATOP's directed dyad-years judge it.
    """
    return Stated(_OWED, "atop_consultation")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="alliance_obligation", is_directed=True)
def has_alliance_obligation() -> str:
    """Whether the first state owes the second anything under an alliance: any of ATOP's five obligations.

    The file also lists directed pairs and years in which the first state is party to an alliance and owes the second
    nothing under it (159 of 201,270 to 2010, in the CoW system). The peacesciencer project counts these as allied
    too; here they are zero.
    """
    return _OWED_ANYTHING.format(facts=_ANY_OBLIGATION)


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="alliance_obligation")
def has_alliance() -> str:
    """Whether either state owes the other anything under an alliance: any of ATOP's five obligations, either way.

    From ATOP's directed dyad-years, like `has_alliance_obligation`, and unknown where that file is not loaded; what
    other sources say of alliances stands in `alliance_count` and `is_defense_ally` and its like.
    """
    return _OWED_EITHER_WAY.format(facts=_ANY_OBLIGATION)


@measure(unit="dyad_year", type="count", measured_in="alliances", kind="alliance")
def alliance_count() -> str:
    """Number of alliances to which both states were party at the same time on any day of the year.

    Whatever the alliance obliges to, and whether or not it obliges these two toward each other. An alliance that goes
    on in a new phase is the same alliance and counts once.
    """
    return """
        WITH held AS (
            SELECT p.source, agreement, p.party, p.start_date, coalesce(p.end_date, p.known_until) AS last_date
            FROM core.agreement_party p JOIN core.agreement a USING (source, agreement)
            WHERE a.agreement_kind = 'alliance' AND p.party_kind = 'state' AND p.start_date IS NOT NULL
        ), joint AS (
            SELECT DISTINCT a.source, agreement, a.party AS state_a, b.party AS state_b,
                   unnest(range(year(greatest(a.start_date, b.start_date)),
                                year(least(a.last_date, b.last_date)) + 1)) AS year
            FROM held a JOIN held b USING (source, agreement)
            WHERE a.party < b.party AND greatest(a.start_date, b.start_date) <= least(a.last_date, b.last_date)
        )
        SELECT state_a, state_b, year, count(*) AS value, source FROM joint GROUP BY ALL
    """


@measure(unit="dyad_year", type="count", measured_in="states", of=("is_defense_ally",), over="years")
def shared_ally_count(is_defense_ally: Column, rows: Spine) -> Column:
    """Number of states that are defense allies (`is_defense_ally`) of both states in the year.

    Every state of the system counts, also one that is not in the panel. Null where an alliance that nobody knows could
    change the number.
    """
    return ally_graph.shared_partner_count(is_defense_ally, rows)


@measure(
    unit="dyad_year", type="category", measured_in="steps 1 to 3, 0 for none", of=("is_defense_ally",), over="years"
)
def ally_distance(is_defense_ally: Column, rows: Spine) -> Column:
    """Steps between the two states along defense alliances: 1 allies, 2 ally of an ally, 3 one further, 0 more.

    The shortest way through all states of the system in that year, each step an `is_defense_ally`. A category: 0 means
    farther apart than three steps, or not connected at all, so the values are not a scale. Null where an alliance that
    nobody knows could change it.
    """
    return ally_graph.steps_apart(is_defense_ally, rows)


@measure(unit="state_year", type="count", measured_in="states", of=("is_defense_ally",), over="years")
def defense_ally_count(is_defense_ally: Column, pairs: Spine, rows: Spine) -> Column:
    """Number of states that are defense allies of the state in the year (`is_defense_ally`, either side obliged)."""
    return fold(is_defense_ally, is_defense_ally, pairs, rows, "sum")


@measure(unit="state_year", type="count", measured_in="states", of=("has_alliance",), over="years")
def alliance_partner_count(has_alliance: Column, pairs: Spine, rows: Spine) -> Column:
    """Number of states with which the state has an alliance of any kind in the year (`has_alliance`)."""
    return fold(has_alliance, has_alliance, pairs, rows, "sum")
