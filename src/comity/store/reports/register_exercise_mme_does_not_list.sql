-- Two states the register lists together in an exercise of 1980 to 2010 that MME lists in none that year.
WITH together AS (
    SELECT e.source, a.party AS state_a, b.party AS state_b, year(e.start_date) AS year, min(e.engagement) AS engagement
    FROM core.engagement e
    JOIN core.engagement_party a USING (source, engagement)
    JOIN core.engagement_party b USING (source, engagement)
    WHERE e.instrument = 'exercise' AND e.source IN ('register', 'mme') AND a.party < b.party
      AND a.party_kind = 'state' AND b.party_kind = 'state' AND a.role <> 'observer' AND b.role <> 'observer'
    GROUP BY ALL
)
SELECT r.engagement, r.state_a, r.state_b, r.year
FROM together r
WHERE r.source = 'register' AND r.year BETWEEN 1980 AND 2010
  AND EXISTS (SELECT 1 FROM together WHERE source = 'mme')
  AND NOT EXISTS (
    SELECT 1 FROM together m
    WHERE m.source = 'mme' AND m.state_a = r.state_a AND m.state_b = r.state_b AND m.year = r.year)
ORDER BY ALL
