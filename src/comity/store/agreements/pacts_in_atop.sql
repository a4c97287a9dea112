-- Pairs that the register binds by an alliance, by the year they were bound, and whether ATOP binds them within a year.
WITH pair AS (
    SELECT DISTINCT a.source, a.agreement, a.party AS state_a, b.party AS state_b,
           year(greatest(coalesce(a.start_date, t.signed_date), coalesce(b.start_date, t.signed_date),
                         coalesce(t.signed_date, t.start_date))) AS year
    FROM core.agreement t
    JOIN core.agreement_party a USING (source, agreement)
    JOIN core.agreement_party b USING (source, agreement)
    WHERE t.agreement_kind = 'alliance' AND a.party_kind = 'state' AND b.party_kind = 'state' AND a.party < b.party
), listed AS (
    SELECT * FROM pair WHERE source = 'atop'
)
SELECT agreement AS record, state_a, state_b, year,
       EXISTS (SELECT 1 FROM listed l WHERE l.state_a = p.state_a AND l.state_b = p.state_b
               AND l.year BETWEEN p.year - 1 AND p.year + 1) AS is_matched
FROM pair p
WHERE source = 'register' AND year BETWEEN 1815 AND 2018 AND EXISTS (SELECT 1 FROM listed)
ORDER BY ALL
