-- A party to an incident that is not there.
SELECT p.row_ref, p.incident, p.party
FROM core.incident_party p ANTI JOIN core.incident i USING (source, incident)
