-- Visits of leaders between the United States and others by the register, and whether the list of leader travel has one.
WITH visit AS (
    SELECT DISTINCT e.source, e.engagement, least(v.party, h.party) AS state_a, greatest(v.party, h.party) AS state_b,
           year(e.start_date) AS year
    FROM core.engagement e
    JOIN core.engagement_party v USING (source, engagement)
    JOIN core.engagement_party h USING (source, engagement)
    WHERE e.instrument = 'visit' AND e.level = 'leader' AND e.status = 'completed'
      AND v.role = 'visitor' AND h.role = 'host' AND 'USA' IN (v.party, h.party)
      AND v.party_kind = 'state' AND h.party_kind = 'state'
), listed AS (
    SELECT * FROM visit WHERE source = 'us_leader_travel'
)
SELECT engagement AS record, state_a, state_b, year,
       EXISTS (SELECT 1 FROM listed l WHERE l.state_a = v.state_a AND l.state_b = v.state_b AND l.year = v.year)
           AS is_matched
FROM visit v
WHERE source = 'register' AND year <= (SELECT max(year) FROM listed)
ORDER BY ALL
