"""Where it is tense: pairs on opposite sides of what is listed of late."""

from __future__ import annotations

from datetime import date
from typing import Any

from comity.brief.basis import Basis
from comity.brief.resting import from_rows
from comity.brief.subject import Subject, once
from comity.vocab.states import state

YEARS = 5
MOST_PAIRS = 12
_INCIDENTS = """
    SELECT least(actor.party, affected.party) AS state_a, greatest(actor.party, affected.party) AS state_b,
           count(DISTINCT (incident.source, incident.incident)) AS incident_count,
           max(incident.start_date) AS last_date, sum(incident.injured_count) AS injured_count,
           sum(incident.killed_count) AS killed_count,
           list(DISTINCT incident.source ORDER BY incident.source) AS sources
    FROM core.incident AS incident
    JOIN core.incident_party AS actor ON (incident.source, incident.incident) = (actor.source, actor.incident)
    JOIN core.incident_party AS affected ON (incident.source, incident.incident) = (affected.source, affected.incident)
    WHERE incident.start_date BETWEEN $since AND $on AND actor.role = 'actor' AND affected.role = 'affected'
      AND actor.party_kind = 'state' AND affected.party_kind = 'state' AND actor.party <> affected.party
    GROUP BY ALL ORDER BY incident_count DESC, state_a, state_b
"""


@once
def tense_pairs(subject: Subject) -> tuple[list[dict[str, Any]], Basis]:
    """The pairs most often on opposite sides of incidents in the last five years, with what the counts rest on."""
    since = date(subject.as_of.year - YEARS + 1, 1, 1)
    rows, query = subject.asked(_INCIDENTS, since=since, on=subject.as_of)
    shown = rows[:MOST_PAIRS]
    for row in shown:
        row |= {"name_a": state(row["state_a"]).name, "name_b": state(row["state_b"]).name}
    how = "Incidents begun in the years, for each pair of a reported actor and one affected."
    return shown, from_rows(how, shown, query, left=len(rows) - len(shown))
