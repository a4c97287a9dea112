-- State-years in the system of Gleditsch and Ward by the list of states, or by its own, and whether both have them.
WITH horizon AS (
    SELECT max(known_until) AS day FROM core.state_membership WHERE source = 'gw_states'
), spell AS (
    SELECT 'ours' AS list, state, start_date, end_date
    FROM (SELECT unnest($memberships, recursive := true)) WHERE system = 'gw'
    UNION ALL
    SELECT 'theirs', state, start_date, end_date
    FROM core.state_membership WHERE source = 'gw_states' AND role <> 'major_power'
), claimed AS (
    SELECT DISTINCT list, state, unnest(range(year(start_date), year(least(end_date, horizon.day)) + 1)) AS year
    FROM spell, horizon
    WHERE start_date <= horizon.day
)
SELECT state AS record, state AS state_a, NULL::VARCHAR AS state_b, year, count(*) = 2 AS is_matched
FROM claimed
GROUP BY ALL
ORDER BY ALL
