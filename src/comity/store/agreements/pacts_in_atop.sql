-- Years in which an alliance binds a pair of ATOP's states, and whether ATOP binds them then, give or take a year.
WITH bound AS (
    -- A party that came in with the text has the day of its entry into force, and stands by the day of signature.
    SELECT t.source, t.agreement, p.party,
           coalesce(nullif(p.start_date, t.start_date), t.signed_date, t.start_date) AS first_day,
           coalesce(p.end_date, p.known_until) AS last_day
    FROM core.agreement t JOIN core.agreement_party p USING (source, agreement)
    WHERE t.agreement_kind = 'alliance' AND p.party_kind = 'state'
), pair AS (
    SELECT a.source, a.agreement, a.party AS state_a, b.party AS state_b,
           year(greatest(a.first_day, b.first_day)) AS first_year, year(least(a.last_day, b.last_day)) AS last_year
    FROM bound a JOIN bound b USING (source, agreement)
    WHERE a.party < b.party
), listed AS (
    SELECT * FROM pair WHERE source = 'atop'
), known AS (
    SELECT party FROM bound WHERE source = 'atop'
), claimed AS (
    SELECT DISTINCT agreement, state_a, state_b, unnest(range(first_year, least(last_year, 2018) + 1)) AS year
    FROM pair
    WHERE source = 'register' AND state_a IN (SELECT party FROM known) AND state_b IN (SELECT party FROM known)
)
SELECT agreement AS record, state_a, state_b, year,
       EXISTS (SELECT 1 FROM listed l WHERE l.state_a = c.state_a AND l.state_b = c.state_b
               AND c.year BETWEEN l.first_year - 1 AND l.last_year + 1) AS is_matched
FROM claimed c
WHERE year >= 1815
ORDER BY ALL
