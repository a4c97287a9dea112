-- Visits of heads between the United States and others, and whether the list of leader travel has one that year.
WITH visit AS (
    SELECT DISTINCT e.source, e.engagement, v.party AS visitor, h.party AS host, year(e.start_date) AS year,
           e.start_date
    FROM core.engagement e
    JOIN core.engagement_party v USING (source, engagement)
    JOIN core.engagement_party h USING (source, engagement)
    WHERE e.instrument = 'visit' AND e.level = 'head' AND e.status = 'completed'
      AND v.role = 'visitor' AND h.role = 'host' AND 'USA' IN (v.party, h.party)
      AND v.party_kind = 'state' AND h.party_kind = 'state'
), listed AS (
    SELECT * FROM visit WHERE source = 'us_leader_travel'
)
SELECT engagement AS record, least(visitor, host) AS state_a, greatest(visitor, host) AS state_b, year,
       EXISTS (SELECT 1 FROM listed l WHERE l.visitor = v.visitor AND l.host = v.host AND l.year = v.year)
           AS is_matched
FROM visit v
WHERE source = 'register' AND start_date <= (SELECT max(start_date) FROM listed)
ORDER BY ALL
