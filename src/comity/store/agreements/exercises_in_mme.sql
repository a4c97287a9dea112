-- Pairs of states that exercised together in an exercise both lists have, 1980 to 2010, and whether MME has them do so.
WITH taking_part AS (
    SELECT DISTINCT e.source, e.engagement, e.start_date, p.party
    FROM core.engagement e JOIN core.engagement_party p USING (source, engagement)
    WHERE e.instrument = 'exercise' AND e.status = 'completed' AND p.party_kind = 'state' AND p.role <> 'observer'
), size AS (
    SELECT source, engagement, count(*) AS party_count FROM taking_part GROUP BY source, engagement
), shared AS (
    SELECT r.engagement, m.engagement AS other, count(*) AS shared_count,
           min(abs(m.start_date - r.start_date)) AS days_apart
    FROM taking_part r
    JOIN taking_part m ON m.source = 'mme' AND m.party = r.party AND abs(m.start_date - r.start_date) <= 31
    WHERE r.source = 'register'
    GROUP BY r.engagement, m.engagement
), alike AS (
    -- Begun within a month of each other, with at least half of the register's states.
    SELECT shared.*, shared_count / (ours.party_count + theirs.party_count - shared_count) AS likeness
    FROM shared
    JOIN size ours ON ours.source = 'register' AND ours.engagement = shared.engagement
    JOIN size theirs ON theirs.source = 'mme' AND theirs.engagement = shared.other
    WHERE shared_count >= 2 AND 2 * shared_count >= ours.party_count
), both_list AS (
    -- One exercise in two lists: each is the likest to the other. An exercise that MME does not list at all is no
    -- difference about it, though many of the same states held another in those weeks; docs/why/blind-coding.md
    -- counts these.
    SELECT engagement FROM alike
    QUALIFY row_number() OVER (PARTITION BY engagement ORDER BY likeness DESC, days_apart, other) = 1
        AND row_number() OVER (PARTITION BY other ORDER BY likeness DESC, days_apart, engagement) = 1
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
