-- Pairs that signed an agreement of a kind DCAD collects, 1980 to 2010, and whether DCAD has them sign within a year.
WITH bilateral AS (
    SELECT t.source, t.agreement, t.agreement_kind, min(p.party) AS state_a, max(p.party) AS state_b,
           year(t.signed_date) AS year
    FROM core.agreement t JOIN core.agreement_party p USING (source, agreement)
    WHERE t.signed_date IS NOT NULL
    GROUP BY ALL
    HAVING count(DISTINCT p.party) = 2 AND bool_and(p.party_kind = 'state')
), listed AS (
    SELECT * FROM bilateral WHERE source = 'dcad'
)
SELECT agreement AS record, state_a, state_b, year,
       EXISTS (SELECT 1 FROM listed l WHERE l.state_a = b.state_a AND l.state_b = b.state_b
               AND l.year BETWEEN b.year - 1 AND b.year + 1) AS is_matched
FROM bilateral b
WHERE source = 'register' AND year BETWEEN 1980 AND 2010
  AND agreement_kind IN (SELECT agreement_kind FROM listed)
ORDER BY ALL
