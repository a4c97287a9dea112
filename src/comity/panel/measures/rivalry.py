"""Rivalries and arms races between two states, coded by historians with knowledge of what came after."""

from comity.panel.measure import measure

_RIVALS = """
    SELECT DISTINCT r.state_a, r.state_b,
           unnest(range(year(r.start_date), year(coalesce(r.end_date, r.known_until)) + 1)) AS year,
           1 AS value, r.source
    FROM core.rivalry r{typed}
    WHERE r.rivalry_kind IN ({kinds}) AND year(coalesce(r.end_date, r.known_until)) >= 1816
"""
# The types of a strategic rivalry are properties of it; one rivalry may have several.
TYPED = """
    JOIN core.property p ON p.source = r.source AND p.core_table = 'rivalry' AND p.item = r.rivalry
                         AND p.property = '{type_of}' AND p.value = 1"""


def _of_type(type_of: str) -> str:
    return _RIVALS.format(typed=TYPED.format(type_of=type_of), kinds="'strategic'")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="rivalry", is_hindsight=True)
def is_strategic_rivalry() -> str:
    """Whether the two states were strategic rivals on any day of the year.

    Strategic rivals see in one another competitors, actual or latent threats, and enemies, as historians read their
    leaders (Thompson, Sakuwa and Suhas). The earlier list of 2012 is not used.
    """
    return _RIVALS.format(typed="", kinds="'strategic'")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="rivalry", is_hindsight=True)
def is_positional_rivalry() -> str:
    """Whether the two states were strategic rivals over influence and rank, in their region or the world."""
    return _of_type("is_positional")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="rivalry", is_hindsight=True)
def is_spatial_rivalry() -> str:
    """Whether the two states were strategic rivals over the control of territory."""
    return _of_type("is_spatial")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="rivalry", is_hindsight=True)
def is_ideological_rivalry() -> str:
    """Whether the two states were strategic rivals over systems of belief, political, economic or religious."""
    return _of_type("is_ideological")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="rivalry", is_hindsight=True)
def is_interventionary_rivalry() -> str:
    """Whether the two states were strategic rivals in that one meddled in the other's internal affairs."""
    return _of_type("is_interventionary")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="dispute_rivalry", is_hindsight=True)
def is_dispute_rivalry() -> str:
    """Whether the two states were rivals by their disputes, enduring or proto, on any day of the year.

    The list (Klein, Goertz and Diehl) looks back from the last dispute: a rivalry begins with its first dispute and
    ends with its last, and whether there was one is known only when enough disputes have followed. So this measure
    holds the disputes it would be asked to explain.
    """
    return _RIVALS.format(typed="", kinds="'enduring', 'proto'")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="dispute_rivalry", is_hindsight=True)
def is_enduring_rivalry() -> str:
    """Whether the two states were enduring rivals by their disputes on any day of the year.

    As `is_dispute_rivalry`, without the proto-rivalries of fewer disputes or shorter life.
    """
    return _RIVALS.format(typed="", kinds="'enduring'")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="arms_race", is_hindsight=True)
def is_arms_race() -> str:
    """Whether the two states were in an arms race in the year.

    The list (Gibler, Rider and Hutchison) is of rivals only and goes to 1984; what it does not list is unknown.
    """
    return """
        SELECT DISTINCT least(from_state, to_state) AS state_a, greatest(from_state, to_state) AS state_b,
               unnest(range(year(start_date), year(coalesce(end_date, known_until)) + 1)) AS year, 1 AS value, source
        FROM core.dyad_spell
        WHERE fact = 'arms_race'
    """
