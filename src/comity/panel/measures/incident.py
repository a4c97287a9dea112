"""Single hostile or dangerous acts between two states."""

from comity.panel.measure import measure

_MET = """
    SELECT {states}, {time}, count(DISTINCT i.incident) AS value, i.source
    FROM core.incident i
    JOIN core.incident_party a USING (source, incident)
    JOIN core.incident_party b USING (source, incident)
    WHERE a.party_kind = 'state' AND b.party_kind = 'state' AND a.role = 'actor' AND b.role = 'affected'
      AND a.party <> b.party AND {which}
    GROUP BY ALL
"""
_PAIR = "least(a.party, b.party) AS state_a, greatest(a.party, b.party) AS state_b"


def incidents_between(time: str, which: str) -> str:
    """SQL of the incidents between two states, by the columns of time, of those that meet a condition."""
    return _MET.format(states=_PAIR, time=time, which=which)


@measure(unit="dyad_year", type="count", measured_in="incidents", kind="incident")
def incident_count() -> str:
    """Number of incidents listed that began in the year in which one of the two states acted upon the other.

    States that were only present are left out. Never zero: no source lists every incident. Sources of different scope
    are not added up: the largest count stands, and lists of different years cannot be compared as a series.
    """
    return incidents_between("year(i.start_date) AS year", "true")


@measure(unit="dyad_year", type="count", measured_in="incidents", kind="incident", is_directed=True)
def incident_act_count() -> str:
    """Number of incidents listed that began in the year in which the first state is reported to have acted.

    As `incident_count`, for one direction. Where both sides acted, each has the incident.
    """
    states = "a.party AS from_state, b.party AS to_state"
    return _MET.format(states=states, time="year(i.start_date) AS year", which="true")
