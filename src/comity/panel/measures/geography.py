"""Where states lie."""

from comity.panel.listed import Stated
from comity.panel.listed_pairs import of_pairs
from comity.panel.measure import Column, measure
from comity.panel.unknowns import whether

_NEAREST = of_pairs("contiguity_type", "min(value)")
# In whole months and by system code, as the spells are published; the records of one row of the publisher's are one.
_FIRST = """
    WITH membership AS (
        SELECT state, code, date_trunc('month', start_date)::DATE AS first,
               last_day(coalesce(end_date, known_until)) AS last
        FROM core.state_membership
        WHERE system = 'cow' AND role = 'member'
    ), coded AS (
        SELECT DISTINCT state, code FROM membership
    ), record AS (
        SELECT source, least(a.code, b.code) AS code_a, greatest(a.code, b.code) AS code_b, value,
               date_trunc('month', min(start_date))::DATE AS first,
               last_day(max(coalesce(end_date, known_until))) AS last
        FROM core.dyad_spell
        JOIN coded a ON a.state = from_state
        JOIN coded b ON b.state = to_state
        WHERE fact = 'contiguity_type' AND start_date IS NOT NULL
        GROUP BY source, a.code, b.code, value, row_ref
    ), near AS (
        SELECT * FROM record WHERE value > 0
    ), joint AS (
        SELECT source, code_a, code_b, greatest(a.first, b.first) AS first, least(a.last, b.last) AS last
        FROM (SELECT DISTINCT source, code_a, code_b FROM near)
        JOIN membership a ON a.code = code_a
        JOIN membership b ON b.code = code_b AND greatest(a.first, b.first) <= least(a.last, b.last)
    ), edge AS (
        SELECT source, code_a, code_b, unnest([first, last]) AS day FROM joint
        UNION
        SELECT source, code_a, code_b, unnest([first - 1, last + 1]) AS day FROM near
    ), apart AS (
        SELECT source, code_a, code_b, 0 AS value, min(day) AS first, max(day) AS last
        FROM edge
        SEMI JOIN joint ON edge.source = joint.source AND edge.code_a = joint.code_a
            AND edge.code_b = joint.code_b AND day BETWEEN joint.first AND joint.last
        ANTI JOIN near ON edge.source = near.source AND edge.code_a = near.code_a
            AND edge.code_b = near.code_b AND day BETWEEN near.first AND near.last
        GROUP BY ALL
    ), yearly AS (
        SELECT *, unnest(range(year(first), year(last) + 1)) AS year
        FROM (SELECT * FROM record UNION ALL BY NAME SELECT * FROM apart)
    ), decided AS (
        SELECT code_a, code_b, year,
               first(value ORDER BY greatest(first, make_date(year::INTEGER, 1, 1)), first, value) AS value, source
        FROM yearly
        GROUP BY ALL
    ), holder AS (
        SELECT code, year, arg_max(state, first) AS state
        FROM (SELECT *, unnest(range(year(first), year(last) + 1)) AS year FROM membership)
        GROUP BY ALL
    )
    SELECT least(a.state, b.state) AS state_a, greatest(a.state, b.state) AS state_b, year, max(value) AS value, source
    FROM decided
    JOIN holder a USING (year)
    JOIN holder b USING (year)
    WHERE a.code = code_a AND b.code = code_b AND value > 0
    GROUP BY ALL
"""
_NEIGHBORS = """SELECT {{fact}}state, year, count(*) AS value, source
FROM (
    SELECT if(value = 1, 'land', 'sea') AS fact, unnest([state_a, state_b]) AS state, year, source
    FROM ({pairs})
    WHERE value > 0
)
WHERE {{which}}
GROUP BY ALL"""
_NEAREST_NEIGHBORS = _NEIGHBORS.format(pairs=_NEAREST)
_FIRST_NEIGHBORS = _NEIGHBORS.format(pairs=_FIRST)


@measure(unit="dyad_year", type="category", measured_in="class 0 to 5", kind="contiguity")
def contiguity_type() -> str:
    """How near the two states are: 1 land or river border, 2 to 5 at most 12, 24, 150 or 400 miles of water, 0 none.

    Where a year holds two kinds, the nearer one. The classes are ordered but not a scale: do not average them.
    """
    return _NEAREST


@measure(unit="dyad_year", type="category", measured_in="class 0 to 5", kind="contiguity_record")
def contiguity_type_first() -> str:
    """How near the two states are, as the field's program peacesciencer tells it from contradictory records.

    Of the records that hold in the first month of the year with any record, the one that starts first decides. A
    record of no contiguity counts too: for each pair that was ever contiguous, one runs from the first to the last
    month in which both were members and not contiguous, and it may start first. So Germany and Italy, neighbors from
    1938 to 1945, are at 0 in all years. Use it to repeat work; otherwise use `contiguity_type`.
    """
    return _FIRST


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", of=("contiguity_type",))
def is_contiguous(contiguity_type: Column) -> Column:
    """Whether the two states share a border or are parted by at most 400 miles of water, at any time of the year."""
    return whether(contiguity_type > 0, contiguity_type)


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", of=("contiguity_type",))
def has_land_border(contiguity_type: Column) -> Column:
    """Whether the two states share a border on land or along a river, at any time of the year."""
    return whether(contiguity_type == 1, contiguity_type)


@measure(unit="state_year", type="count", measured_in="states", kind="contiguity")
def land_neighbor_count() -> str:
    """Number of states with which the state shares a border on land or along a river, at any time of the year."""
    return Stated(_NEAREST_NEIGHBORS, "land")


@measure(unit="state_year", type="count", measured_in="states", kind="contiguity")
def sea_neighbor_count() -> str:
    """Number of states without a border on land that lie within 400 miles of water, at any time of the year."""
    return Stated(_NEAREST_NEIGHBORS, "sea")


@measure(unit="state_year", type="count", measured_in="states", kind="contiguity_record")
def land_neighbor_count_first() -> str:
    """Number of states at contiguity 1 by the rule of the field's program; see `contiguity_type_first`."""
    return Stated(_FIRST_NEIGHBORS, "land")


@measure(unit="state_year", type="count", measured_in="states", kind="contiguity_record")
def sea_neighbor_count_first() -> str:
    """Number of states at contiguity 2 to 5 by the rule of the field's program; see `contiguity_type_first`."""
    return Stated(_FIRST_NEIGHBORS, "sea")


@measure(unit="dyad_year", type="number", measured_in="kilometers")
def minimum_distance_km() -> str:
    """Smallest distance between the two states' territories in the year; 0 is a border on land.

    From maps of borders (CShapes 2.0), which begin in 1886, to a tenth of a kilometer. Colonies are not counted as
    the state's own.
    """
    return """
        SELECT from_state AS state_a, to_state AS state_b, year, value, source
        FROM core.dyad_year_fact
        WHERE fact = 'minimum_distance_km'
    """


@measure(unit="state_year", type="number", measured_in="kilometers")
def nearest_state_km() -> str:
    """Smallest distance from the state's territory to that of any other state in the year, where one is known.

    See `minimum_distance_km`. A state of which no distance is known has no value.
    """
    return """
        SELECT state, year, min(value) AS value, source
        FROM (
            SELECT from_state AS state, year, value, source
            FROM core.dyad_year_fact
            WHERE fact = 'minimum_distance_km'
            UNION ALL
            SELECT to_state AS state, year, value, source
            FROM core.dyad_year_fact
            WHERE fact = 'minimum_distance_km'
        )
        GROUP BY ALL
    """


@measure(unit="dyad_year", type="number", measured_in="kilometers")
def capital_distance_gleditsch_km() -> str:
    """Distance between the two states' capitals in Gleditsch's list, in which it never changes.

    Each state has one capital for all years (Bonn for West Germany, Berlin for Germany). The list has no Kosovo and no
    South Sudan. It is given for the years in which both states are members of a state system.
    """
    return """
        WITH membership AS (
            SELECT state, min(year(start_date)) AS first, max(year(coalesce(end_date, known_until))) AS last
            FROM core.state_membership
            WHERE role IN ('member', 'microstate')
            GROUP BY state
        )
        SELECT least(from_state, to_state) AS state_a, greatest(from_state, to_state) AS state_b,
               unnest(range(greatest(a.first, b.first), least(a.last, b.last) + 1)) AS year, value, source
        FROM core.dyad_spell
        JOIN membership a ON a.state = from_state
        JOIN membership b ON b.state = to_state
        WHERE fact = 'capital_distance_km' AND start_date IS NULL
    """
