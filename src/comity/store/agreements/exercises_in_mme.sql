-- Pairs of states that exercised together, 1980 to 2010, and whether MME has them do so that year.
WITH together AS (
    SELECT DISTINCT e.source, e.engagement, a.party AS state_a, b.party AS state_b, year(e.start_date) AS year
    FROM core.engagement e
    JOIN core.engagement_party a USING (source, engagement)
    JOIN core.engagement_party b USING (source, engagement)
    WHERE e.instrument = 'exercise' AND e.status = 'completed' AND a.party_kind = 'state' AND b.party_kind = 'state'
      AND a.party < b.party AND a.role <> 'observer' AND b.role <> 'observer'
), listed AS (
    SELECT * FROM together WHERE source = 'mme'
)
SELECT engagement AS record, state_a, state_b, year,
       EXISTS (SELECT 1 FROM listed l WHERE l.state_a = t.state_a AND l.state_b = t.state_b AND l.year = t.year)
           AS is_matched
FROM together t
WHERE source = 'register' AND year BETWEEN 1980 AND 2010 AND EXISTS (SELECT 1 FROM listed)
ORDER BY ALL
