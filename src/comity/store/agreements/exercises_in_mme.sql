-- Pairs of states that exercised together in an exercise both lists have, 1980 to 2010, and whether MME has them do so.
WITH taking_part AS (
    SELECT DISTINCT e.source, e.engagement, e.start_date, p.party
    FROM core.engagement e JOIN core.engagement_party p USING (source, engagement)
    WHERE e.instrument = 'exercise' AND e.status = 'completed' AND p.party_kind = 'state' AND p.role <> 'observer'
), size AS (
    SELECT engagement, count(*) AS party_count FROM taking_part WHERE source = 'register' GROUP BY engagement
), both_list AS (
    -- One exercise in two lists: begun within a month of each other, with at least half of the register's states. An
    -- exercise that MME does not list at all is no difference about it; docs/why/blind-coding.md counts these.
    SELECT DISTINCT r.engagement
    FROM taking_part r
    JOIN taking_part m ON m.source = 'mme' AND m.party = r.party AND abs(m.start_date - r.start_date) <= 31
    JOIN size ON size.engagement = r.engagement
    WHERE r.source = 'register'
    GROUP BY r.engagement, m.engagement, size.party_count
    HAVING count(*) >= 2 AND 2 * count(*) >= size.party_count
), together AS (
    SELECT a.source, a.engagement, a.party AS state_a, b.party AS state_b, year(a.start_date) AS year
    FROM taking_part a JOIN taking_part b USING (source, engagement)
    WHERE a.party < b.party
), listed AS (
    SELECT * FROM together WHERE source = 'mme'
)
SELECT engagement AS record, state_a, state_b, year,
       EXISTS (SELECT 1 FROM listed l WHERE l.state_a = t.state_a AND l.state_b = t.state_b AND l.year = t.year)
           AS is_matched
FROM together t JOIN both_list USING (engagement)
WHERE source = 'register' AND year BETWEEN 1980 AND 2010
ORDER BY ALL
